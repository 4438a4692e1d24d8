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


GENERATIONS = ("Jr", "Sr")
"""What may follow the initials of a person."""

_WORDS_OF_BODIES = frozenset(("and", "for", "of", "on", "the"))
"""A name that holds one of these is no person's, even if it ends in capital letters."""

_IN_ADDRESS = str.maketrans({character: f"%{ord(character):02X}" for character in '%<>#?"{}|^`[]\\ '})


def person(author: str) -> tuple[str, str, str] | None:
    """Return family name, given names and suffix of a person; ``None`` for a body or a name in any other form.

    >>> person("van der Vleuten CJM"), person("Shaw J-P Jr"), person("Institute of Medicine")
    (('van der Vleuten', 'C. J. M.', ''), ('Shaw', 'J.-P.', 'Jr'), None)
    """
    words = author.split()
    suffix = words.pop() if len(words) > 2 and words[-1] in GENERATIONS else ""
    *family, initials = words
    if not family or not initials.isupper() or len(initials) > 4 or _WORDS_OF_BODIES.intersection(family):
        return None
    given = "-".join(" ".join(f"{letter}." for letter in part) for part in initials.split("-"))
    return " ".join(family), given, suffix


def label(source: Source) -> str:
    """Return the short form used inside a text: first author or body, and year.

    >>> import spasm_reference as sr
    >>> label(sr.sources["garrison-2020"])
    'Garrison 2020'
    """
    if source.authors:
        named = person(source.authors[0])
        who = named[0] if named else source.authors[0]
    else:
        who = source.publisher or source.container or source.title
    known = next((letters for name, letters in SHORT_NAMES.items() if who.startswith(name)), None)
    if known:
        return f"{known} {source.year}" if source.year else known
    words = who.split()
    short = " ".join(words[:5]).rstrip(",;:") + ("…" if len(words) > 5 else "")
    return f"{short} {source.year}" if source.year else short


def plain_text(source: Source) -> str:
    """Return authors, year, title, container, identifiers and standing in one line.

    >>> import spasm_reference as sr
    >>> print(plain_text(sr.sources["garrison-2020"]))  # doctest: +ELLIPSIS
    Garrison SR, Korownyk CS, Kolber MR, et al. (2020). Magnesium for skeletal muscle cramps. ...
    """
    parts = [_who_and_when(source), f"{source.title.rstrip('.')}.", _where(source)]
    if source.doi:
        parts.append(f"doi:{source.doi}.")
    if source.pmid:
        parts.append(f"PMID {source.pmid}.")
    if source.pmcid:
        parts.append(f"PMCID {source.pmcid}.")
    if not source.doi:
        parts.append(source.url)
    parts.append(standing(source))
    return " ".join(part for part in parts if part)


def imprint(source: Source) -> str:
    """Return authors, year and container: what stands below a title, before the identifiers."""
    return f"{_who_and_when(source)} {_where(source)}".strip()


def identifiers(source: Source) -> tuple[tuple[str, str, str], ...]:
    """Return each identifier as its system's name, its value, and the address where it opens.

    >>> import spasm_reference as sr
    >>> identifiers(sr.sources["garrison-2020"])[0]
    ('DOI', '10.1002/14651858.CD009402.pub3', 'https://doi.org/10.1002/14651858.CD009402.pub3')
    """
    found = []
    if source.doi:
        found.append(("DOI", source.doi, doi_address(source.doi)))
    if source.pmid:
        found.append(("PMID", source.pmid, f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/"))
    if source.pmcid:
        found.append(("PMCID", source.pmcid, f"https://pmc.ncbi.nlm.nih.gov/articles/{source.pmcid}/"))
    return tuple(found)


def doi_address(doi: str) -> str:
    """Return the address of a DOI; characters that an address may not hold are encoded.

    >>> doi_address("10.1002/(SICI)1097-4598<1439::AID>3.0.CO;2-X")
    'https://doi.org/10.1002/(SICI)1097-4598%3C1439::AID%3E3.0.CO;2-X'
    """
    return f"https://doi.org/{doi.translate(_IN_ADDRESS)}"


def standing(source: Source) -> str:
    """Return whether a source was retracted or replaced, and by what; empty if neither."""
    parts = []
    if source.retracted:
        parts.append("Retracted.")
    successor = source.successor
    if successor is not None:
        parts.append(f"Superseded by {label(successor)} ({successor.id}).")
    return " ".join(parts)


def _who_and_when(source: Source) -> str:
    authors = ", ".join(source.authors)
    who = f"{authors.rstrip('.')}." if authors else source.publisher or source.container or ""
    when = f"({source.year})" if source.year else "(no date)"
    return f"{who} {when}.".strip()


def _where(source: Source) -> str:
    parts = []
    if source.container:
        issue = f"({source.issue})" if source.issue else ""
        volume = f" {source.volume or ''}{issue}" if source.volume or issue else ""
        pages = f":{source.pages}" if source.pages else ""
        parts.append(f"{source.container}{volume}{pages}.")
    named_as_author = None if source.authors else source.publisher or source.container
    if source.publisher and source.publisher not in (source.container, named_as_author):
        parts.append(f"{source.publisher}.")
    return " ".join(parts)
