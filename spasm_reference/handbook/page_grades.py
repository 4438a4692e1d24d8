"""Which pages are for readers, which long words are excused on each, and how their grades are summed up."""

from __future__ import annotations

import statistics
from functools import cache
from typing import NamedTuple

from docutils import nodes

from .. import readability
from ..library import default_library
from ..readability import Reading
from .running_text import running_text

QUALITY_PAGE = "reference/overview/quality"
"""The page that shows all grades.  It is not measured itself."""

GLOSSARY = ("terms", "medicines", "supplements", "conditions")
"""Collections whose names readers came for, or find explained."""

COLLECTIONS = {
    "reference/conditions": "Conditions",
    "reference/causes": "Causes",
    "reference/symptoms": "Symptoms",
    "reference/regions": "Body regions",
    "reference/treatments": "Treatments",
    "reference/medicines": "Medicines",
    "reference/supplements": "Supplements",
    "reference/foods": "Foods",
    "reference/red_flags": "Warning signs",
    "reference/claims": "What people say",
    "reference/terms": "Words explained",
    "reference/overview": "Overviews",
    "help": "Help now",
    "about": "About this book",
}
"""Folders of pages for readers, and what they are called in the tables."""


class Group(NamedTuple):
    """The middle of the grades of several pages."""

    name: str
    """What the pages are."""
    pages: int
    """How many pages."""
    smog: float
    """Median SMOG grade."""
    smog_excused: float
    """Median SMOG grade with glossary words excused."""
    flesch_kincaid: float
    """Median Flesch-Kincaid grade."""
    long_share: float
    """Share of all their sentences that have more than 20 words, from 0 to 1."""


def folder_of(docname: str) -> str | None:
    """Return the folder of a page for readers; ``None`` for an index, the page of all grades, and the rest."""
    if docname == QUALITY_PAGE or (docname.startswith("reference/") and docname.endswith("/index")):
        return None
    return next((folder for folder in COLLECTIONS if docname.startswith(f"{folder}/")), None)


@cache
def glossary_words() -> frozenset[str]:
    """Return the long words of the names of every term, medicine, supplement and condition."""
    records = [record for kind in GLOSSARY for record in default_library().collections[kind].values()]
    return readability.long_words(name for record in records for name in (record.name, *record.aliases))


def excused_words(docname: str) -> frozenset[str]:
    """Return the glossary words for a page: those of every page, and the page's own name and aliases."""
    kind, _, id = docname.removeprefix("reference/").partition("/")
    collections = default_library().collections
    record = collections[kind].get(id) if kind in collections else None
    own = readability.long_words((record.name, *record.aliases)) if record else frozenset()
    return glossary_words() | own


def measure_page(docname: str, doctree: nodes.document) -> Reading | None:
    """Return the reading of a page for readers; ``None`` for another page or one without running text."""
    if folder_of(docname) is None:
        return None
    return readability.measure(running_text(doctree), excused_words(docname))


def reading_line(reading: Reading) -> str:
    """Return a reading in one plain line.

    >>> reading_line(Reading(90, 900, 1300, 76, 2, 31, 50))
    'Reading grade (SMOG): 8.4; with glossary words excused: 7.2; 2 of 90 sentences have more than 20 words.'
    """
    verb = "has" if reading.long_sentences == 1 else "have"
    return (
        f"Reading grade (SMOG): {reading.smog:.1f}; with glossary words excused: {reading.smog_excused:.1f}; "
        f"{reading.long_sentences} of {reading.sentences} sentences {verb} more than 20 words."
    )


def grouped(readings: dict[str, Reading]) -> list[Group]:
    """Return the middle of the grades of each folder that has pages, then of all pages."""
    groups = [
        _group(name, [reading for docname, reading in readings.items() if folder_of(docname) == folder])
        for folder, name in COLLECTIONS.items()
        if any(folder_of(docname) == folder for docname in readings)
    ]
    return [*groups, _group("All pages for readers", list(readings.values()))]


def _group(name: str, readings: list[Reading]) -> Group:
    return Group(
        name,
        len(readings),
        statistics.median(reading.smog for reading in readings),
        statistics.median(reading.smog_excused for reading in readings),
        statistics.median(reading.flesch_kincaid for reading in readings),
        sum(reading.long_sentences for reading in readings) / sum(reading.sentences for reading in readings),
    )
