"""How a source is named: in full, in one line, and inside a text."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .records import Source


def label(source: Source) -> str:
    """Return the short form used inside a text: first author or body, and year.

    >>> import spasm_reference as sr
    >>> label(sr.sources["garrison-2020"])
    'Garrison 2020'
    """
    if source.authors:
        # "Garrison SR" is a person, "Institute of Medicine" a body.
        family, _, initials = source.authors[0].rpartition(" ")
        who = family if family and initials.isupper() and len(initials) <= 4 else source.authors[0]
    else:
        who = source.publisher or source.container or source.title
    words = who.split()
    short = " ".join(words[:5]).rstrip(",;:") + ("…" if len(words) > 5 else "")
    return f"{short} {source.year}" if source.year else short


def plain_text(source: Source) -> str:
    """Return authors, year, title, container and identifiers in one line.

    >>> import spasm_reference as sr
    >>> print(plain_text(sr.sources["garrison-2020"]))  # doctest: +ELLIPSIS
    Garrison SR, Korownyk CS, Kolber MR, et al. (2020). Magnesium for skeletal muscle cramps. ...
    """
    parts = []
    authors = ", ".join(source.authors) or source.publisher or source.container
    year = f"({source.year})" if source.year else "(no date)"
    parts.append(f"{authors.rstrip('.') + '.' if authors and source.authors else authors or ''} {year}.".strip())
    parts.append(source.title.rstrip(".") + ".")
    if source.container:
        place = source.container
        if source.volume:
            place += f" {source.volume}"
        if source.issue:
            place += f"({source.issue})"
        if source.pages:
            place += f":{source.pages}"
        parts.append(place + ".")
    if source.publisher and source.publisher not in (source.container, authors):
        parts.append(source.publisher + ".")
    if source.doi:
        parts.append(f"doi:{source.doi}.")
    if source.pmid:
        parts.append(f"PMID {source.pmid}.")
    if not source.doi:
        parts.append(source.url)
    return " ".join(parts)
