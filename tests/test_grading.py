"""The wording table, cell by cell, as a reader would meet it."""

from __future__ import annotations

import itertools

import pytest

from spasm_reference import grading
from spasm_reference.vocabulary import Certainty, Direction, FindingKind, Size, words

LOWERED = {
    ("high", "large"): "Rest results in a large fall in pain in adults.",
    ("high", "important"): "Rest lowers pain in adults.",
    ("high", "small"): "Rest lowers pain slightly in adults.",
    ("high", "trivial"): "Rest makes little or no difference to pain in adults.",
    ("high", "unknown"): "Rest lowers pain in adults; by how much is not known.",
    ("moderate", "large"): "Rest probably results in a large fall in pain in adults.",
    ("moderate", "important"): "Rest probably lowers pain in adults.",
    ("moderate", "small"): "Rest probably lowers pain slightly in adults.",
    ("moderate", "trivial"): "Rest probably makes little or no difference to pain in adults.",
    ("moderate", "unknown"): "Rest probably lowers pain in adults; by how much is not known.",
    ("low", "large"): "Rest may result in a large fall in pain in adults.",
    ("low", "important"): "Rest may lower pain in adults.",
    ("low", "small"): "Rest may lower pain slightly in adults.",
    ("low", "trivial"): "Rest may make little or no difference to pain in adults.",
    ("low", "unknown"): "Rest may lower pain in adults; by how much is not known.",
}
UNCERTAIN = "The evidence is very uncertain about the effect of rest on pain in adults."


def say(**changes: object) -> str:
    """Return the sentence for a plain example with some facts changed."""
    facts: dict[str, object] = {
        "intervention": "rest",
        "outcome": "pain",
        "population": "adults",
        "better_when": "lower",
        "direction": "benefit",
        "size": "important",
        "certainty": "high",
    }
    return grading.sentence(grading.Facts(**{**facts, **changes}))  # type: ignore[arg-type]


@pytest.mark.parametrize(("cell", "expected"), LOWERED.items(), ids=str)
def test_each_cell_of_the_table_for_a_benefit(cell: tuple[str, str], expected: str) -> None:
    """A benefit lowers an outcome that is better when lower."""
    assert say(certainty=cell[0], size=cell[1]) == expected


@pytest.mark.parametrize(("cell", "expected"), LOWERED.items(), ids=str)
def test_each_cell_of_the_table_for_a_harm(cell: tuple[str, str], expected: str) -> None:
    """A harm raises the same outcome, in the same words turned round."""
    turned = expected.replace("large fall", "large rise").replace("lowers", "raises").replace("may lower", "may raise")
    assert say(certainty=cell[0], size=cell[1], direction="harm") == turned


@pytest.mark.parametrize("size", words(Size))
@pytest.mark.parametrize("direction", ["benefit", "harm", "no-effect", "mixed", "unclear"])
def test_very_low_certainty_is_always_said_to_be_very_uncertain(size: str, direction: str) -> None:
    """With very low certainty no direction or size is claimed."""
    assert say(certainty="very-low", size=size, direction=direction) == UNCERTAIN


@pytest.mark.parametrize("certainty", words(Certainty))
@pytest.mark.parametrize("size", words(Size))
def test_no_trials_is_said_plainly(certainty: str, size: str) -> None:
    """That nothing was found is said in the same way whatever else is filled in."""
    assert (
        say(direction="no-trials", certainty=certainty, size=size) == "We found no trials of rest for pain in adults."
    )


@pytest.mark.parametrize("size", words(Size))
@pytest.mark.parametrize(
    ("certainty", "verb"),
    [("high", "makes"), ("moderate", "probably makes"), ("low", "may make")],
)
def test_no_effect_is_little_or_no_difference(certainty: str, verb: str, size: str) -> None:
    """Little or no difference is said, never proof of none."""
    expected = f"Rest {verb} little or no difference to pain in adults."
    assert say(direction="no-effect", certainty=certainty, size=size) == expected


def test_a_benefit_raises_what_is_better_when_higher() -> None:
    """The verb follows what is good for the person."""
    assert say(better_when="higher", outcome="sleep") == "Rest raises sleep in adults."
    assert say(better_when="higher", outcome="sleep", direction="harm") == "Rest lowers sleep in adults."


def test_a_plural_intervention_takes_a_plural_verb() -> None:
    """Heat wraps lower, heat lowers."""
    assert say(intervention="heat wraps", plural=True) == "Heat wraps lower pain in adults."
    assert say(intervention="heat wraps", plural=True, certainty="moderate", size="trivial") == (
        "Heat wraps probably make little or no difference to pain in adults."
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Age is linked with higher cramps in adults."),
        ({"certainty": "moderate"}, "Age is probably linked with higher cramps in adults."),
        ({"certainty": "low", "size": "large"}, "Age may be linked with much higher cramps in adults."),
        ({"size": "small"}, "Age is linked with slightly higher cramps in adults."),
        ({"direction": "benefit"}, "Age is linked with lower cramps in adults."),
        ({"direction": "no-effect"}, "Age is linked little or not at all with cramps in adults."),
        ({"certainty": "very-low"}, "The evidence is very uncertain about a link between age and cramps in adults."),
        ({"direction": "no-trials"}, "We found no studies of age and cramps in adults."),
        ({"direction": "mixed"}, "Studies disagree about a link between age and cramps in adults."),
        ({"direction": "unclear"}, "It is not clear whether age and cramps go together in adults."),
    ],
)
def test_an_association_is_never_worded_as_a_cause(changes: dict[str, str], expected: str) -> None:
    """What was only seen together is "linked with"."""
    facts = {"intervention": "age", "outcome": "cramps", "direction": "harm", "finding_kind": "association"}
    assert say(**{**facts, **changes}) == expected


def test_every_combination_gives_one_clean_sentence() -> None:
    """No cell is empty, doubled or badly spaced."""
    for certainty, size, direction, kind, plural in itertools.product(
        words(Certainty), words(Size), words(Direction), words(FindingKind), (False, True)
    ):
        text = say(certainty=certainty, size=size, direction=direction, finding_kind=kind, plural=plural)
        assert text[0].isupper()
        assert text.endswith(".")
        assert "  " not in text
        assert text.count(".") == 1


def test_marks_always_come_with_words() -> None:
    """Four circles alone say nothing to a listener."""
    for certainty in words(Certainty):
        assert len(grading.CERTAINTY_MARKS[certainty]) == 4  # type: ignore[index]
        assert grading.CERTAINTY_WORDS[certainty].endswith("certainty")  # type: ignore[index]
