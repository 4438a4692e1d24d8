"""The questions of real people: search must answer nearly all, and miss no warning sign."""

from __future__ import annotations

import pytest

import spasm_reference as sr
from evaluation.measuring import FIRST, Figures, measure
from evaluation.questions import Question, question_sets

SETS = question_sets()


def find(query: str) -> list[str]:
    """Return the ids that search gives."""
    return [result.id for result in sr.search(query, limit=FIRST)]


@pytest.mark.parametrize("name", SETS)
def test_search_answers_real_questions(name: str) -> None:
    """The targets of the whole: 95 of 100 answered among the first 3, and each warning sign there."""
    figures = measure(SETS[name], find)
    assert figures.recall == 1.0, figures.missed
    assert figures.hit_rate >= 0.95, figures.missed


def test_there_are_questions_enough() -> None:
    """At least 120, none twice, on every warning sign, and every expected entry is there."""
    questions = [question for questions in SETS.values() for question in questions]
    assert len(questions) >= 120
    assert len({question.ask for question in questions}) == len(questions)
    assert {question.red_flag for question in questions} - {None} == set(sr.red_flags)
    for question in questions:
        assert question.who
        for id in question.expect:
            assert sr.get(id).id == id, question.ask


def test_a_miss_is_counted() -> None:
    """A search that finds nothing gets nothing, and each question is named."""
    questions = [
        Question("banana", "a child", ("banana",), None),
        Question("chest pain", "a man", ("chest-pain",), "chest-pain"),
    ]
    figures = measure(questions, lambda query: [])
    assert figures == Figures(2, 0, 1, 0, 0, figures.missed)
    assert (figures.hit_rate, figures.recall, len(figures.missed)) == (0, 0, 2)
    assert measure(questions, lambda query: ["banana", "chest-pain"])[:5] == (2, 2, 1, 1, 0)
