"""Where each record and finding stands in the handbook, noted for its inventory.

Other projects link to the handbook through the inventory (``objects.inv``), with roles of `spasm_reference.sphinx`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx

from ..library import Library, default_library
from ..records import Entry, Finding, Record
from ..sphinx.domain import SpasmDomain
from . import markup

FOLDER = "reference"


def record_of_page(library: Library, docname: str) -> Entry | None:
    """Return the record whose page this is; sources share pages, so none is theirs."""
    folder, _, rest = docname.partition("/")
    kind, _, name = rest.partition("/")
    if folder != FOLDER or kind not in library.collections or kind == "sources":
        return None
    # By its id alone: the name of a page that is gone can lead to another record.
    collection = library.collections[kind]
    return collection[name] if name in tuple(collection) else None


def standing_on(library: Library, docname: str) -> Iterator[tuple[Record | Finding, str]]:
    """Yield the records and findings of a page, each with its place there; a record with a page of its own has none."""
    folder, _, name = docname.rpartition("/")
    if folder == f"{FOLDER}/sources":
        for source in library.collections["sources"].values():
            if markup.source_group(source) == name:
                yield source, markup.anchor(source)
    record = record_of_page(library, docname)
    if record is not None:
        yield record, ""
        for finding in record.findings:
            yield finding, markup.anchor(finding)


def _note(app: Sphinx, doctree: nodes.document) -> None:
    domain = cast(SpasmDomain, app.env.domains["spasm"])
    docname = app.env.docname
    for record, anchor in standing_on(default_library(), docname):
        domain.note(record, docname, anchor)


def setup(app: Sphinx) -> dict[str, Any]:
    """Note the places of each page, in the domain that lists them, as it is read."""
    app.setup_extension("spasm_reference.sphinx")
    app.connect("doctree-read", _note)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
