"""What the web pages need beyond Sphinx and the theme."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

HERE = Path(__file__).parent


def _add_versions(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give every page the intended use and the data version for its foot."""
    from ..library import default_library

    context["data_version"] = default_library().data_version


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the style sheet, our page template and its values."""
    app.config.templates_path.append(str(HERE / "templates" / "html"))
    app.config.html_static_path.append(str(HERE / "static"))
    app.add_css_file("handbook.css")
    app.connect("html-page-context", _add_versions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
