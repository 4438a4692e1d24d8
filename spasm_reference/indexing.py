"""Building the search index from the records.  Run when the package is built, or on first search in a checkout."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .grading import URGENCY_ORDER
from .ranking import telling
from .records import Claim, Entry, Record, RedFlag, Source, Statement
from .wording import plain_words, root, terms

NAME, ALIAS, LAY, SUMMARY, BODY = 12, 10, 9, 2, 1
"""Weights: what a word is worth in the name, an alias, a lay term, the summary, the rest."""


def build_index(records: Iterable[Record]) -> dict[str, Any]:
    """Return the index as plain values.

    ``docs``: kind, id, title and summary of each entry.  ``words``: for each stem, entry
    numbers and weights in turn.  ``names``: for each whole name, the entries it names and
    the weight of that.  ``red_flags``: for each red flag, its urgency (0 is an emergency), the
    stems of each lay term, and how much those of each tell together.
    """
    entries = []
    red_flags: dict[str, list[Any]] = {}
    for number, record in enumerate(records):
        summary = record.summary if isinstance(record, Entry) else ""
        entries.append(([record.kind, record.id, record.name, summary], _weighted_texts(record)))
        if isinstance(record, RedFlag):
            phrases = [sorted(set(terms(text))) for text in (record.name, *record.aliases, *record.lay_terms)]
            red_flags[str(number)] = [URGENCY_ORDER.index(record.urgency), phrases]
    index = index_texts(entries)
    for flag in red_flags.values():
        flag.append([_mass(index, phrase) for phrase in flag[1]])
    return {**index, "red_flags": red_flags}


def _mass(index: dict[str, Any], phrase: list[str]) -> float:
    return round(sum(telling(len(index["docs"]), len(index["words"][word]) // 2) for word in phrase), 3)


def index_texts(entries: Iterable[tuple[list[Any], Iterable[tuple[str, int]]]]) -> dict[str, Any]:
    """Return the index of entries given as ``docs`` row and weighted texts; none of them is a red flag."""
    docs: list[list[Any]] = []
    words: dict[str, dict[int, int]] = {}
    names: dict[str, dict[int, int]] = {}
    for number, (doc, texts) in enumerate(entries):
        docs.append(doc)
        for text, weight in texts:
            for word in dict.fromkeys(terms(text)):
                postings = words.setdefault(word, {})
                postings[number] = max(postings.get(number, 0), weight)
            if weight >= LAY:
                phrase = " ".join(root(word) for word in plain_words(text))
                names.setdefault(phrase, {})[number] = max(names.get(phrase, {}).get(number, 0), weight)
    return {
        "docs": docs,
        "words": {word: _flat(words[word]) for word in sorted(words)},
        "names": {name: _flat(names[name]) for name in sorted(names)},
        "red_flags": {},
    }


def _flat(postings: dict[int, Any]) -> list[Any]:
    return [value for number, weight in sorted(postings.items()) for value in (number, weight)]


def _weighted_texts(record: Record) -> Iterable[tuple[str, int]]:
    if isinstance(record, Source):
        yield record.title, SUMMARY
        yield " ".join(author.split()[0] for author in record.authors), SUMMARY
        yield f"{record.year or ''} {record.container or ''}", BODY
        return
    assert isinstance(record, Entry)
    yield record.name, NAME
    yield record.id, ALIAS
    for alias in record.aliases:
        yield alias, ALIAS
    for term in record.lay_terms:
        yield term, LAY
    yield record.summary, SUMMARY
    for code in record.codes:
        yield code.code, LAY
    if isinstance(record, RedFlag):
        for sign in record.signs:
            yield sign, SUMMARY
    if isinstance(record, Claim):
        yield record.statement, SUMMARY
    for finding in record.findings:
        yield f"{finding.intervention} {finding.population} {finding.outcome}", BODY
    for name in record.field_names():
        value = getattr(record, name)
        if isinstance(value, tuple):
            for item in value:
                if isinstance(item, Statement):
                    yield item.text, BODY
