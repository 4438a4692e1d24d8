"""How a source is named: in full, in one line, and inside a text."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .records import Source


SHORT_NAMES = {
    "European Food Safety Authority": "EFSA",
    "European Medicines Agency": "EMA",
    "Food and Drug Administration": "FDA",
    "Food and Nutrition Board": "FNB",
    "Institute of Medicine": "IOM",
    "Medicines and Healthcare products Regulatory Agency": "MHRA",
    "National Academies of Sciences": "NASEM",
    "National Library of Medicine": "NLM",
    "NIH Office of Dietary Supplements": "NIH ODS",
    "U.S. Food and Drug Administration": "FDA",
    "U.S. National Library of Medicine": "NLM",
    "US Department of Agriculture": "USDA",
    "US Food and Drug Administration": "FDA",
    "World Health Organization": "WHO",
}
"""Bodies that are better known by their letters; a name that begins so is shown so inside a text."""


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
    known = next((letters for name, letters in SHORT_NAMES.items() if who.startswith(name)), None)
    if known:
        return f"{known} {source.year}" if source.year else known
    words = who.split()
    short = " ".join(words[:5]).rstrip(",;:") + ("…" if len(words) > 5 else "")
    return f"{short} {source.year}" if source.year else short


def plain_text(source: Source) -> str:
    """Return authors, year, title, container and identifiers in one line.

    >>> import spasm_reference as sr
    >>> print(plain_text(sr.sources["garrison-2020"]))  # doctest: +ELLIPSIS
    Garrison SR, Korownyk CS, Kolber MR, et al. (2020). Magnesium for skeletal muscle cramps. ...
    """
    return f"{_who_and_when(source)} {source.title.rstrip('.')}. {_where(source)}"


def details(source: Source) -> str:
    """Return the same without the title, for a place that has the title as its heading."""
    return f"{_who_and_when(source)} {_where(source)}"


def _who_and_when(source: Source) -> str:
    authors = ", ".join(source.authors)
    who = f"{authors.rstrip('.')}." if authors else source.publisher or source.container or ""
    when = f"({source.year})" if source.year else "(no date)"
    return f"{who} {when}.".strip()


def _where(source: Source) -> str:
    parts = []
    if source.container:
        volume = f" {source.volume}" if source.volume else ""
        issue = f"({source.issue})" if source.issue else ""
        pages = f":{source.pages}" if source.pages else ""
        parts.append(f"{source.container}{volume}{issue}{pages}.")
    named_as_author = None if source.authors else source.publisher or source.container
    if source.publisher and source.publisher not in (source.container, named_as_author):
        parts.append(f"{source.publisher}.")
    if source.doi:
        parts.append(f"doi:{source.doi}.")
    if source.pmid:
        parts.append(f"PMID {source.pmid}.")
    if not source.doi:
        parts.append(source.url)
    return " ".join(parts)
