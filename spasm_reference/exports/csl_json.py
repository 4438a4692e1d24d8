"""The sources as CSL-JSON, which Zotero, pandoc and every CSL processor read.

Written to the schema of the Citation Style Language 1.0.2.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ..bibliography import Item, item
from ..citations import person
from ..library import Library

TYPES = {
    "article": "article-journal",
    "book": "book",
    "chapter": "chapter",
    "dataset": "dataset",
    "entry": "entry-encyclopedia",
    "report": "report",
    "web": "webpage",
    "work": "document",
}
"""The type of each form of item."""


def export(library: Library) -> bytes:
    """Return every source as UTF-8 CSL-JSON, ordered by id."""
    sources = library.collections["sources"].values()
    return document(item(source, library.data_version) for source in sources).encode() + b"\n"


def document(items: Iterable[Item]) -> str:
    """Return items as the text of a CSL-JSON list."""
    return json.dumps([entry(it) for it in items], ensure_ascii=False, indent=1)


def entry(it: Item) -> dict[str, Any]:
    """Return one item as a CSL-JSON object; what is not known is left out."""
    values: dict[str, Any] = {
        "id": it.id,
        "type": TYPES[it.form],
        "title": it.title,
        "author": [_name(author) for author in it.authors],
        "issued": {"date-parts": [[it.year]]} if it.year else None,
        "genre": it.genre,
        "container-title": it.container,
        "volume": it.volume,
        "issue": it.issue,
        "page": it.pages,
        "publisher": it.publisher,
        "version": it.version,
        "DOI": it.doi,
        "PMID": it.pmid,
        "PMCID": it.pmcid,
        "URL": it.url,
        "accessed": {"date-parts": [[it.accessed.year, it.accessed.month, it.accessed.day]]} if it.accessed else None,
        "note": it.note,
        "annote": it.annotation,
    }
    return {name: value for name, value in values.items() if value}


def _name(author: str) -> dict[str, str]:
    named = person(author)
    if named is None:
        return {"literal": author}
    family, given, suffix = named
    name = {"family": family, "given": given}
    return {**name, "suffix": suffix} if suffix else name
