"""What the web pages need beyond Sphinx and the theme."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from ..notices import INTENDED_USE, NOT_REVIEWED

HERE = Path(__file__).parent


def _add_versions(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give every page the intended use and the data version for its foot."""
    from ..library import default_library

    context["data_version"] = default_library().data_version
    context["intended_use"] = INTENDED_USE
    context["not_reviewed"] = NOT_REVIEWED


def _add_sorting(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load the sorting of tables on the pages that have such a table."""
    if doctree is not None and any("sortable" in node["classes"] for node in doctree.findall(nodes.container)):
        app.add_js_file("sort.js")


def _share_navigation() -> Callable[[Sphinx, str, str, dict[str, Any], nodes.document | None], None]:
    """Return a handler that has pages outside the navigation share one sidebar per folder.

    The sidebar of a page in the navigation marks where the reader is.  Record pages are not in it, so
    all pages of a folder have the same, and making it again for each was a third of the writing time.
    """
    made: dict[tuple[str, str], str] = {}

    def share(
        app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        if "toctree" not in context or "orphan" not in app.env.metadata.get(pagename, {}):
            return
        make = context["toctree"]

        def shared(**options: Any) -> str:
            key = (posixpath.dirname(pagename), repr(sorted(options.items())))
            if key not in made:
                made[key] = make(**options)
            return made[key]

        context["toctree"] = shared

    return share


class HandbookHTML(StandaloneHTMLBuilder):
    """Sphinx's web pages, each written again also when only what it was read with has changed.

    Sphinx compares a page with its source alone.  When another builder has read the sources before, a page
    whose records or measures changed, and not its text, would stay as it was.
    """

    def get_outdated_docs(self) -> Iterator[str]:
        """Yield the pages to write: those with a newer source, and those that were read since they were written."""
        outdated = set(super().get_outdated_docs())
        yield from outdated
        for docname in self.env.found_docs - outdated:
            doctree = self.doctreedir / f"{docname}.doctree"
            page = Path(self.get_output_path(docname))
            if page.is_file() and doctree.is_file() and doctree.stat().st_mtime_ns > page.stat().st_mtime_ns:
                yield docname


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the style sheet, our page template and its values."""
    app.config.templates_path.append(str(HERE / "templates" / "html"))
    app.config.html_static_path.append(str(HERE / "static"))
    app.add_builder(HandbookHTML, override=True)
    app.add_css_file("handbook.css")
    app.connect("html-page-context", _add_versions)
    app.connect("html-page-context", _add_sorting)
    # Before the theme, which asks for the navigation in a handler of its own.
    app.connect("html-page-context", _share_navigation(), priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
