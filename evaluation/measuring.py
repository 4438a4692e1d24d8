"""Asking a search all questions and counting what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from .questions import Question

FIRST = 3
"""How far people look: an answer counts if it is among so many."""


class Figures(NamedTuple):
    """What a search reached on a set of questions."""

    asked: int
    """Questions."""
    hits: int
    """Questions with an expected entry among the first three results."""
    dangers: int
    """Questions that describe a warning sign."""
    warned: int
    """Those of them with that sign among the first three results."""
    warned_first: int
    """Those of them with that sign as the very first result."""
    missed: tuple[str, ...]
    """A line for each question without a hit or without its warning sign."""

    @property
    def hit_rate(self) -> float:
        """The share of questions that were hits (hit@3)."""
        return self.hits / self.asked

    @property
    def recall(self) -> float:
        """The share of described warning signs that were found (red-flag recall)."""
        return self.warned / self.dangers


def measure(questions: Iterable[Question], find: Callable[[str], list[str]]) -> Figures:
    """Ask each question; ``find`` returns the ids of the results, best first."""
    asked = hits = dangers = warned = warned_first = 0
    missed = []
    for question in questions:
        found = find(question.ask)[:FIRST]
        hit = not set(question.expect).isdisjoint(found)
        seen = question.red_flag is None or question.red_flag in found
        asked += 1
        hits += hit
        if question.red_flag is not None:
            dangers += 1
            warned += seen
            warned_first += found[:1] == [question.red_flag]
        if not (hit and seen):
            missed.append(f"{question.ask}: found {', '.join(found)}; expected {', '.join(question.expect)}")
    return Figures(asked, hits, dangers, warned, warned_first, tuple(missed))
