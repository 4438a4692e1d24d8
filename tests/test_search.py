"""Search as people use it: lay words, misspellings, warning signs first."""

from __future__ import annotations

import pytest

import spasm_reference as sr

QUESTIONS = {
    "charley horse at night": "nocturnal-leg-cramps",
    "leg cramps at night": "nocturnal-leg-cramps",
    "magnezium": "magnesium",
    "potasium": "potassium",
    "MS": "multiple-sclerosis",
    "paracetamol": "acetaminophen",
    "Epsom salt bath": "epsom-salts",
    "does a banana help": "banana",
    "slipped disc": "herniated-disc",
    "stretching calf": "stretching",
    "ice pack": "cold-therapy",
    "Advil": "ibuprofen",
    "zanaflex": "tizanidine",
    "my back seized up": "acute-back-spasm",
    "cramp while running": "exercise-associated-cramps",
}

ODD_QUERIES = ["", "   ", "!!!", "the", "🦵", "<script>alert(1)</script>", 'NEAR("x" OR -y*)', "مرحبا"]


@pytest.mark.parametrize(("question", "expected"), QUESTIONS.items())
def test_the_right_entry_is_among_the_first_three(question: str, expected: str) -> None:
    """Warning signs may stand before it; among the rest it is in the top 3."""
    others = [result.id for result in sr.search(question, limit=20) if result.kind != "red_flags"]
    assert expected in others[:3]


@pytest.mark.parametrize(
    ("flag", "words"), [(flag.id, term) for flag in sr.red_flags.values() for term in (flag.name, *flag.lay_terms)]
)
def test_a_warning_sign_comes_first_for_its_own_words(flag: str, words: str) -> None:
    """Whoever types the words of a warning sign sees it before everything that is not one."""
    leading = []
    for result in sr.search(words, limit=10):
        if result.kind != "red_flags":
            break
        leading.append(result.id)
    assert flag in leading


def test_a_result_says_what_it_is_and_why_it_matched() -> None:
    """Kind, id, title, matched words, score, and the record itself."""
    result = sr.search("magnesium", kinds=["supplements"], limit=1)[0]
    assert (result.kind, result.id, result.title) == ("supplements", "magnesium", "Magnesium")
    assert result.matched == ("magnesium",)
    assert result.score > 0
    assert result.record is sr.supplements["magnesium"]


def test_nothing_found_is_no_all_clear() -> None:
    """The empty answer says so when printed."""
    results = sr.search("qqqqqq")
    assert len(results) == 0
    assert str(results).startswith("No entry matched. This does not mean it is safe.")
    assert results.message == str(results)
    assert sr.search("magnesium").message == ""


def test_options_are_kept_to() -> None:
    """Limit and kinds do what they say."""
    assert len(sr.search("cramp", limit=3)) == 3
    assert {result.kind for result in sr.search("cramp", kinds=["foods", "terms"], limit=50)} <= {"foods", "terms"}


@pytest.mark.parametrize("query", ODD_QUERIES)
def test_odd_queries_are_only_words(query: str) -> None:
    """No query is an error and none is read as syntax."""
    assert isinstance(str(sr.search(query)), str)


def test_bad_options_are_refused_in_one_line() -> None:
    """Unknown kinds, silly limits and endless queries get a plain message."""
    with pytest.raises(ValueError, match='unknown kind "fods"; the kinds are conditions, causes'):
        sr.search("x", kinds=["fods"])
    with pytest.raises(ValueError, match="limit is 0; it must be 1 or more"):
        sr.search("x", limit=0)
    with pytest.raises(ValueError, match="the query has 20000 characters; at most 1000 are searched"):
        sr.search("x" * 20_000)
    with pytest.raises(TypeError, match="a query is text"):
        sr.search(None)  # type: ignore[arg-type]
