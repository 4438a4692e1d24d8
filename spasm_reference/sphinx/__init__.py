"""An extension with which any Sphinx project can show and link the records.

One line in its ``conf.py`` is enough: ``extensions = ["spasm_reference.sphinx"]``.

Roles of the domain ``spasm`` lead to records; the directives ``spasm-card``, ``spasm-care-card``, ``spasm-findings``,
``spasm-intakes`` and ``spasm-evidence-map`` show them.  The handbook is made with the same parts.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__

if TYPE_CHECKING:
    # Looking at this package must not need Sphinx; only a build does, and it has it.
    from sphinx.application import Sphinx

STYLE = "spasm-reference.css"


def _add_static_files(app: Sphinx) -> None:
    """Have our style sheet copied; late enough not to look like a change of the project's settings."""
    app.config.html_static_path.append(str(Path(__file__).parent / "static"))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything that a project gets."""
    for part in ("nodes", "shown", "domain", "directives"):
        app.setup_extension(f"spasm_reference.sphinx.{part}")
    app.add_css_file(STYLE)
    app.connect("builder-inited", _add_static_files)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
