"""Pages that are gone from the handbook go from the folder of the web pages, in which Sphinx leaves them for ever."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Remove them when the web pages are written."""
    without_source: set[str] = set()

    def note(
        app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Note a page that was made and not read, such as the search."""
        if doctree is None:
            without_source.add(pagename)

    def remove(app: Sphinx, exception: Exception | None) -> None:
        """Remove web pages that nobody made, and Markdown that has no source."""
        if exception is not None or app.builder.name != "html" or not without_source:
            return  # nothing was written, and nothing noted
        wanted = {".html": app.env.found_docs | without_source, ".md": app.env.found_docs}
        for file in Path(app.outdir).rglob("*"):
            page = file.relative_to(app.outdir).with_suffix("").as_posix()
            if file.suffix in wanted and page not in wanted[file.suffix]:
                file.unlink()

    app.connect("html-page-context", note)
    app.connect("build-finished", remove)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
