"""What a web page says to programs: what it is about, and a record as linked data.

``templates/html/page.html`` writes it.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from ..exports.jsonld import page_document
from ..library import default_library
from .inventory import record_of_page
from .web_address import records_base


def description_of(doctree: nodes.document) -> str:
    """Return the first paragraph that stands directly below the title of a page, or nothing."""
    for section in doctree.findall(nodes.section):
        for child in section.children:
            if isinstance(child, nodes.paragraph):
                return " ".join(child.astext().split())
        break
    return ""


def _note_description(app: Sphinx, doctree: nodes.document) -> None:
    """Keep what a page is about among its metadata; an author may have written it there."""
    docname = app.env.docname
    record = record_of_page(default_library(), docname)
    app.env.metadata[docname].setdefault("description", record.summary if record else description_of(doctree))


def _fill_in(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the template what it writes into the head."""
    context["description"] = app.env.metadata.get(pagename, {}).get("description", "")
    record = record_of_page(default_library(), pagename)
    if record is not None:
        base = records_base(app.config)
        address = f"{base}{record.kind}/{app.builder.get_target_uri(record.id)}"
        context["linked_data"] = page_document(record, base, address)


def setup(app: Sphinx) -> dict[str, Any]:
    """Note what pages are about as they are read, and put it into their heads."""
    app.connect("doctree-read", _note_description)
    app.connect("html-page-context", _fill_in)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
