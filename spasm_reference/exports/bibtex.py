r"""The sources as BibTeX, for BibTeX with any style, for biber, and for reference managers.

Only entry types that plain BibTeX knows are used.  Text is UTF-8, with the characters that TeX
would act on escaped.  ``doi`` and ``url`` stand as they are: styles print them by ``\url``, and
biblatex reads them letter by letter, so an escape would become part of the address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from ..bibliography import LICENCE, TITLE, Item, item
from ..citations import person
from ..library import Library
from ..notices import INTENDED_USE

TYPES = {
    "article": "article",
    "book": "book",
    "chapter": "incollection",
    "dataset": "misc",
    "entry": "incollection",
    "report": "techreport",
    "web": "misc",
    "work": "misc",
}
"""The entry type of each form of item."""

CONTAINERS = {"article": "journal", "incollection": "booktitle", "misc": "howpublished"}
"""The field of each entry type that says where an item came out."""

_ESCAPES = str.maketrans(
    {
        **{character: f"\\{character}" for character in "&%$#_"},
        # A bare brace would count as one even after a backslash.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
    }
)

_BETWEEN_MARKS = re.compile(r"^([(\[\"']*)(.+?)([)\]\"',.:;!?]*)$")

_IN_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def export(library: Library) -> bytes:
    """Return every source as UTF-8 BibTeX, ordered by id, which is the key."""
    sources = library.collections["sources"].values()
    head = f"% {TITLE}, data version {library.data_version}: {len(sources)} sources. {LICENCE}.\n% {INTENDED_USE}\n\n"
    return (head + document(item(source, library.data_version) for source in sources) + "\n").encode()


def document(items: Iterable[Item]) -> str:
    """Return items as BibTeX entries, an empty line between two."""
    return "\n\n".join(entry(it) for it in items)


def entry(it: Item) -> str:
    """Return one item as a BibTeX entry; what is not known is left out."""
    type = TYPES[it.form]
    fields = {
        "author": " and ".join(_name(author) for author in it.authors),
        # What to sort and label by where nobody is named, without calling a publisher the author.
        "key": "" if it.authors else _escape(it.publisher or it.container),
        "title": _keep_capitals(it.title),
        **_where(it, type),
        "year": str(it.year) if it.year else None,
        "volume": _escape(it.volume),
        "number": _escape(it.issue),
        "pages": re.sub(r"(?<=\w)-(?=\w)", "--", _escape(it.pages)),
        "version": _escape(it.version),
        "doi": _address(it.doi),
        "pmid": it.pmid,
        "pmcid": it.pmcid,
        "url": _address(it.url),
        "urldate": str(it.accessed) if it.accessed else None,
        "note": _escape(it.note),
        "annote": _escape(it.annotation),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{type}{{{it.id},", *lines, "}"])


def _where(it: Item, type: str) -> dict[str, str]:
    """Return where an item came out and who brought it out, in the fields that its type prints."""
    if type == "techreport":
        # Without a word of its own a style would call it a technical report.
        series = it.container if it.publisher and it.publisher != it.container else None
        return {"type": _escape(series or it.genre), "institution": _escape(it.publisher or it.container)}
    if type == "misc" and not it.container:
        return {"howpublished": _escape(it.publisher)}
    where = {CONTAINERS[type]: _escape(it.container)} if type in CONTAINERS else {}
    return {**where, "publisher": _escape(it.publisher)}


def _name(author: str) -> str:
    if author == "et al.":
        return "others"
    named = person(author)
    if named is None:
        return f"{{{_escape(author)}}}"
    family, given, suffix = named
    return ", ".join(_escape(part) for part in (family, suffix, given) if part)


def _keep_capitals(title: str) -> str:
    r"""Return a title with braces around words whose capitals a style must not lower: names, acronyms.

    The first letter of a title is safe in every style.

    >>> print(_keep_capitals("Sport & cramps in ALS: the Ohio State study"))
    Sport \& cramps in {ALS}: the {Ohio State} study
    """
    words = enumerate(title.split(" "))
    parts = []
    for capital, run in groupby(words, lambda at: any(letter.isupper() for letter in at[1][at[0] == 0 :])):
        text = _escape(" ".join(word for _place, word in run))
        parts.append(_BETWEEN_MARKS.sub(r"\1{\2}\3", text) if capital else text)
    return " ".join(parts)


def _escape(text: str | None) -> str:
    return text.translate(_ESCAPES) if text else ""


def _address(text: str | None) -> str:
    return text.translate(_IN_ADDRESS) if text else ""
