"""Words in, ranked entries out, red flags first.

The ranking, in full:

1. The query is cut into stems (`spasm_reference.wording`); stop words drop out, and some everyday
   words become plainer ones that mean the same.
2. A stem finds entries exactly, as the beginning of a longer word (at least 3 letters,
   worth 0.6), or, if it is in no entry, by likeness of letters (one change for 4 to 7
   letters, two for more; worth 0.5).
3. Each stem adds its weight in the entry times how rare it is.  The sum is multiplied by
   the share of the query that the entry has, where rare stems count for more; a stem that no
   entry has counts for nothing.
4. A name, alias or lay term that the query holds whole adds its weight times the number
   of its words; one that the query is adds it twice over.  For this a misspelled word
   counts as the known word that it is most like.
5. Red flags whose own words match come before everything else, however they score: first those
   of which the query holds a whole lay term, then those (emergency and urgent only) that are
   alike enough.  Words count here by the square of how rare they are, so that "cramp" and "leg"
   alone raise no alarm.  A lay term is alike by the share of it that the query has, times the
   share of the query that it has; of several words one in common is chance.  A red flag is alike
   by its most alike lay term, and by how much of the query stands in any of its terms.  Within
   each group the most urgent comes first.

`handbook/static/search.js` does the same in the browser, function by function, and the order of
every sum and product is the same too: a change here is a change there.
"""

from __future__ import annotations

import math
from bisect import bisect_left

from .frozen import Frozen
from .wording import PLAINER, plain_words, root, terms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, ClassVar

    from .library import Library
    from .records import Record
    from .vocabulary import Kind

LONGEST_QUERY = 1000
NOTHING_FOUND = "No entry matched. This does not mean it is safe. If you are worried, ask a doctor or nurse."

PREFIX_WORTH = 0.6
LIKENESS_WORTH = 0.5
KIND_WORTH = {"sources": 0.2, "claims": 0.7, "terms": 0.8, "emergency_numbers": 0.8}
"""Kinds that people rarely look for first count for less."""

ROUTINE = 2
ALIKE = 0.2
"""From this likeness on, a red flag comes before what it is not; whole words of one would be 1."""

UNFLAGGED = (2, 0)


class Result(Frozen):
    """One entry that matched."""

    __slots__ = ("_library",)
    # Set by the search.  ClassVar keeps it out of the fields.
    _library: ClassVar[Library]

    kind: Kind
    """The collection it is in."""
    id: str
    """Its id."""
    title: str
    """Its name."""
    summary: str
    """Its summary; empty for a source."""
    matched: tuple[str, ...]
    """The words of the query that it matched."""
    score: float
    """How well it matched; only the order has a meaning."""

    @property
    def record(self) -> Record:
        """The entry itself."""
        return self._library.record(self.id)


class Results(tuple["Result", ...]):
    """The entries that matched, best first.  Printed when empty, it says that this is no all-clear."""

    __slots__ = ()

    @property
    def message(self) -> str:
        """What to show a reader beside the results; empty if there are any."""
        return "" if self else NOTHING_FOUND

    def __str__(self) -> str:
        return "\n".join(f"{result.kind}/{result.id}: {result.title}" for result in self) or NOTHING_FOUND


def search(index: dict[str, Any], query: str, *, limit: int, kinds: Iterable[str] | None, library: Library) -> Results:
    """Return the entries of ``index`` that match ``query``.  See the top of this module for the ranking."""
    if not isinstance(query, str):
        raise TypeError(f"a query is text, not {type(query).__name__}")
    if len(query) > LONGEST_QUERY:
        raise ValueError(f"the query has {len(query)} characters; at most {LONGEST_QUERY} are searched")
    if limit < 1:
        raise ValueError(f"limit is {limit}; it must be 1 or more")
    wanted = _check_kinds(kinds)
    typed = {root(word): word for word in reversed(plain_words(query))}
    stems = list(dict.fromkeys(terms(query)))
    alternatives = {word: _alternatives(index["words"], index["order"], word) for word in stems}
    scores, matched = _score_words(index, alternatives)
    _add_names(index, [_known(word, alternatives) for word in map(root, plain_words(query))], scores)
    docs = index["docs"]
    flagged = _matching_red_flags(index, list(dict.fromkeys(_known(word, alternatives) for word in stems)))
    for number in flagged:
        scores.setdefault(number, 1.0)
        matched.setdefault(number, [])
    ranked = [number for number in scores if wanted is None or docs[number][0] in wanted]
    ranked.sort(key=lambda number: (flagged.get(number, UNFLAGGED), -_worth(docs[number], scores[number]), number))
    results = []
    for number in ranked[:limit]:
        kind, id, title, summary = docs[number]
        result = Result(
            kind=kind,
            id=id,
            title=title,
            summary=summary,
            matched=tuple(typed[word] for word in matched.get(number, ())),
            score=round(_worth(docs[number], scores[number]), 3),
        )
        object.__setattr__(result, "_library", library)
        results.append(result)
    return Results(results)


def _check_kinds(kinds: Iterable[str] | None) -> frozenset[str] | None:
    if kinds is None:
        return None
    from .records import COLLECTIONS

    wanted = frozenset([kinds] if isinstance(kinds, str) else kinds)
    unknown = sorted(wanted - set(COLLECTIONS))
    if unknown:
        raise ValueError(f'unknown kind "{unknown[0]}"; the kinds are {", ".join(COLLECTIONS)}')
    return wanted


def _worth(doc: list[str], score: float) -> float:
    return score * KIND_WORTH.get(doc[0], 1.0)


def _score_words(
    index: dict[str, Any], alternatives: dict[str, list[tuple[str, float]]]
) -> tuple[dict[int, float], dict[int, list[str]]]:
    sums: dict[int, float] = {}
    told: dict[int, float] = {}
    matched: dict[int, list[str]] = {}
    total = len(index["docs"])
    asked = 0.0
    for word, known_words in alternatives.items():
        best: dict[int, float] = {}
        tells = 0.0
        for known, worth in known_words:
            postings = index["words"][known]
            rare = rarity(total, len(postings) // 2)
            tells = max(tells, rare * worth)
            for i in range(0, len(postings), 2):
                value = postings[i + 1] * rare * worth
                if value > best.get(postings[i], 0):
                    best[postings[i]] = value
        asked += tells
        for number, value in best.items():
            sums[number] = sums.get(number, 0) + value
            told[number] = told.get(number, 0) + tells
            matched.setdefault(number, []).append(word)
    for number in sums:
        sums[number] *= told[number] / asked
    return sums, matched


def rarity(total: int, having: int) -> float:
    """Return how much a stem tells that ``having`` of ``total`` entries have."""
    return math.log(1 + total / having)


def telling(total: int, having: int) -> float:
    """Return how much a stem tells one red flag from others and from everyday words."""
    rare = rarity(total, having)
    return rare * rare


def _known(word: str, alternatives: dict[str, list[tuple[str, float]]]) -> str:
    """Return the indexed word that a misspelled one is most like, or the word itself."""
    found = alternatives.get(word)
    return found[0][0] if found and found[0][1] == LIKENESS_WORTH else word


def _alternatives(words: dict[str, Any], order: list[str], word: str) -> list[tuple[str, float]]:
    """Return the indexed words that a query word stands for, and what each is worth."""
    found = [(word, 1.0)] if word in words else []
    if len(word) >= 3:
        # The words of the index stand in order, so those that begin alike stand together.
        for i in range(bisect_left(order, word), len(order)):
            if not order[i].startswith(word):
                break
            if order[i] != word:
                found.append((order[i], PREFIX_WORTH))
    if not found and len(word) >= 4:
        first, second, letters = word[0], word[1], set(word)
        known_words = (*order, *PLAINER)
        similar = [known for known in known_words if len(known) >= 4 and (known[0] == first or known[1] == second)]
        for changes in range(1, (1 if len(word) <= 7 else 2) + 1):
            alike = [
                PLAINER.get(known, known)
                for known in similar
                # Each change can take one letter out, so most words need no closer look.
                if abs(len(known) - len(word)) <= changes
                and len(letters.difference(known)) <= changes
                and _within(word, known, changes)
            ]
            found = [(known, LIKENESS_WORTH) for known in dict.fromkeys(alike) if known in words]
            if found:
                break
    return found


def _within(a: str, b: str, allowed: int) -> bool:
    """Tell whether at most ``allowed`` letters were added, left out, changed or swapped with a neighbor."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        next_row = [i]
        for j, y in enumerate(b, 1):
            cost = min(row[j] + 1, next_row[j - 1] + 1, row[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            next_row.append(cost)
        if min(next_row) > allowed:
            return False
        before, row = row, next_row
    return row[-1] <= allowed


def _add_names(index: dict[str, Any], words: list[str], scores: dict[int, float]) -> None:
    names = index["names"]
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + 8) + 1):
            postings = names.get(" ".join(words[start:end]))
            if postings is None:
                continue
            times = 2 * (end - start) * (2 if end - start == len(words) else 1)
            for i in range(0, len(postings), 2):
                scores[postings[i]] = scores.get(postings[i], 0) + postings[i + 1] * times


def _matching_red_flags(index: dict[str, Any], query: list[str]) -> dict[int, tuple[int, int]]:
    """Return the red flags to show first, with their place: group, then urgency."""
    found: dict[int, tuple[int, int]] = {}
    total, words = len(index["docs"]), index["words"]
    weights = {word: telling(total, len(words[word]) // 2) for word in query if word in words}
    asked = sum(weights.values())
    for number, (urgency, phrases, masses) in index["red_flags"].items():
        nearest = 0.0
        shared_with_any: dict[str, float] = {}
        for phrase, mass in zip(phrases, masses, strict=True):
            both = {word: weights[word] for word in phrase if word in weights}
            if not both:
                continue
            if len(both) == len(phrase):
                found[int(number)] = (0, urgency)
                break
            shared_with_any.update(both)
            if len(both) == 1 < len(weights):
                continue  # of several words one in common is chance
            shared = sum(both.values())
            nearest = max(nearest, shared / mass * (shared / asked))
        else:
            likeness = nearest * (1 + sum(shared_with_any.values()) / asked) / 2 if nearest else 0.0
            if likeness >= ALIKE and urgency < ROUTINE:
                found[int(number)] = (1, urgency)
    return found
