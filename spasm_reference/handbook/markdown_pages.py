"""Beside each web page the same page in Markdown, which the head of the web page names.

It is written when its web page is written, so only changed pages are written again.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from ..library import default_library
from ..notices import INTENDED_USE, NOT_REVIEWED
from .markdown import link, markdown_of


def _write(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write the Markdown of a page that has a source, and name it to the template."""
    if doctree is None or app.builder.name != "html":
        return  # an e-book is a web page inside a file, and holds no other form of it
    assert isinstance(app.builder, StandaloneHTMLBuilder)
    name = posixpath.basename(pagename)
    text = markdown_of(doctree, app.builder.dlpath)
    file = Path(app.outdir) / f"{pagename}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{text}\n---\n\n{_foot(app, f'{name}.html')}\n", encoding="utf-8")
    context["markdown_page"] = f"{name}.md"


def _foot(app: Sphinx, web_page: str) -> str:
    """Return what stands at the foot of the web page, and where that is."""
    version = f"Spasm Reference {app.config.version}, data {default_library().data_version}."
    return f"{INTENDED_USE} {NOT_REVIEWED}\n\n{version} Text and data: CC BY 4.0. {link('Web page', web_page)}."


def setup(app: Sphinx) -> dict[str, Any]:
    """Write the pages with the web pages, each in the process that writes its web page."""
    app.connect("html-page-context", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
