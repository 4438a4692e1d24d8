"""Citing: a source or a record of this reference as an item that every citation style is made from."""

from __future__ import annotations

from .citations import plain_text, standing
from .frozen import Frozen
from .records import Entry, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any, Literal, TypeAlias

    from .library import Library
    from .records import Record

    Form: TypeAlias = Literal["article", "book", "chapter", "dataset", "entry", "report", "web", "work"]
    """What an item is to a librarian.  ``entry``: a record here.  ``work``: nothing more is known."""

STYLES = ("text", "bibtex", "csl-json")
"""The forms in which `cite` answers."""

TITLE = "Spasm Reference"
MAINTAINERS = "The Spasm Reference maintainers"
LICENCE = "CC BY 4.0"

GENRES = {
    "guideline": "Guideline",
    "label": "Product label",
    "monograph": "Monograph",
    "safety-communication": "Safety communication",
}
"""What readers call the kinds of sources that styles have no word for."""

_RESEARCH = ("systematic-review", "rct", "observational", "review")


class Item(Frozen):
    """One item of a bibliography, in no style yet."""

    form: Form
    """What it is to a librarian."""
    id: str
    """Id of the source or record; the key in every style."""
    title: str
    """Its title."""
    authors: tuple[str, ...]
    """As `Source.authors`."""
    year: int | None
    """Year it came out, or was last reviewed."""
    genre: str | None = None
    """What readers call it, such as ``Guideline``."""
    container: str | None = None
    """Journal, book or site."""
    volume: str | None = None
    """Volume."""
    issue: str | None = None
    """Issue."""
    pages: str | None = None
    """Pages or article number."""
    publisher: str | None = None
    """Publisher or issuing body."""
    version: str | None = None
    """Version of the data, of a record here."""
    doi: str | None = None
    """DOI, without a prefix."""
    pmid: str | None = None
    """PubMed id."""
    pmcid: str | None = None
    """PubMed Central id."""
    url: str | None = None
    """Where a reader can open it; a record has no address of its own."""
    accessed: date | None = None
    """When it was last read."""
    note: str | None = None
    """Whether it was retracted or replaced; the licence of a record."""
    annotation: str | None = None
    """What a careful reader should know of a source."""


def cite(library: Library, name: str, style: str = "text", *, sources: bool = False) -> str:
    """Return a source, or a record of this reference, as a citation; see `spasm_reference.cite`."""
    if style not in STYLES:
        raise ValueError(f'unknown style "{style}"; the styles are {", ".join(STYLES)}')
    record = library.get(name)
    cited: list[Record] = [record]
    if sources and isinstance(record, Entry):
        cited += record.cited_sources
    if style == "text":
        return "\n".join(_line(each, library.data_version) for each in cited)
    items = [item(each, library.data_version) for each in cited]
    if style == "bibtex":
        from .exports.bibtex import document as bibtex

        return bibtex(items)
    from .exports.csl_json import document as csl_json

    return csl_json(items)


def item(record: Record, data_version: str) -> Item:
    """Return a source, or a record of this reference, as an item of a bibliography."""
    if isinstance(record, Source):
        return _source(record)
    entry: Any = record
    return Item(
        form="entry",
        id=entry.id,
        title=entry.name,
        authors=(MAINTAINERS,),
        year=entry.reviewed.year,
        container=TITLE,
        version=data_version,
        note=f"Data version {data_version}. Reviewed {entry.reviewed}. {LICENCE}.",
    )


def _line(record: Record, data_version: str) -> str:
    if isinstance(record, Source):
        return plain_text(record)
    it = item(record, data_version)
    return f"{MAINTAINERS} ({it.year}). {it.title}. In: {TITLE}. {it.note}"


def _source(source: Source) -> Item:
    remarks = (source.note, "Only the abstract was read." if source.abstract_only else None)
    form = _form(source)
    return Item(
        form=form,
        id=source.id,
        title=source.title,
        authors=source.authors,
        year=source.year,
        genre=None if form == "article" else GENRES.get(source.source_type),
        container=source.container,
        volume=source.volume,
        issue=source.issue,
        pages=source.pages,
        publisher=source.publisher,
        doi=source.doi,
        pmid=source.pmid,
        pmcid=source.pmcid,
        url=source.url,
        accessed=source.accessed,
        note=standing(source) or None,
        annotation=" ".join(remark for remark in remarks if remark) or None,
    )


def _form(source: Source) -> Form:
    """Tell what a source is to a librarian: by its kind, and by where it came out."""
    kind = source.source_type
    if kind == "dataset":
        return "dataset"
    if kind == "textbook":
        return "chapter" if source.container else "book"
    if source.container and source.volume:
        return "article"  # what stands in a volume is an article, whatever it is called
    if source.container and (source.doi or kind in _RESEARCH):
        # StatPearls and the like: a publisher, and no volumes.
        in_a_book = source.publisher and (source.doi or kind == "review")
        return "chapter" if in_a_book else "article"
    if kind in _RESEARCH:
        return "work"
    if kind in ("label", "web"):
        return "web"
    if kind == "monograph":
        return "report" if source.publisher and not source.container else "web"
    return "report" if source.publisher or source.container else "work"
