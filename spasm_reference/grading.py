"""How a result is put into words: direction, size and certainty in, one sentence out.

The wording follows the GRADE guidance on informative statements (Santesso and others,
2020, doi 10.1016/j.jclinepi.2019.10.014).  Nothing else in the project writes a
sentence about an effect.
"""

from __future__ import annotations

from .frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .records import Finding
    from .vocabulary import (
        BetterWhen,
        Certainty,
        Direction,
        FindingKind,
        LinkStrength,
        Size,
        Urgency,
        Verdict,
    )

CERTAINTY_MARKS: dict[Certainty, str] = {"high": "⊕⊕⊕⊕", "moderate": "⊕⊕⊕⊝", "low": "⊕⊕⊝⊝", "very-low": "⊕⊝⊝⊝"}
"""GRADE's four circles.  Always shown together with the words."""

CERTAINTY_WORDS: dict[Certainty, str] = {
    "high": "High certainty",
    "moderate": "Moderate certainty",
    "low": "Low certainty",
    "very-low": "Very low certainty",
}
"""Each level in words."""

CERTAINTY_MEANING: dict[Certainty, str] = {
    "high": "We are very sure that the true effect is close to this.",
    "moderate": "The true effect is probably close to this, but it could be different.",
    "low": "The true effect may be quite different from this.",
    "very-low": "We do not know. The true effect is likely to be different from this.",
}
"""What each level means."""

VERDICT_WORDS: dict[Verdict, str] = {
    "supported": "Supported",
    "partly-supported": "Partly supported",
    "not-supported": "Not supported",
    "contradicted": "Contradicted",
    "no-evidence": "No evidence found",
}
"""Each verdict in words."""

VERDICT_MEANING: dict[Verdict, str] = {
    "supported": "Studies back this up.",
    "partly-supported": "Some of it holds, for some people.",
    "not-supported": "Studies do not back this up.",
    "contradicted": "Studies point the other way.",
    "no-evidence": "We looked and found no study that tests it.",
}
"""What each verdict means."""

LINK_WORDS: dict[LinkStrength, str] = {
    "established": "Well-established link",
    "probable": "Probable link",
    "association-only": "Seen together, cause not shown",
    "not-supported": "Not supported by evidence",
}
"""How sure a link to spasms is, in words."""

LINK_MEANING: dict[LinkStrength, str] = {
    "established": "Doctors agree that this causes spasms or that they are part of it.",
    "probable": "Good reasons point to a link, but it is not proven.",
    "association-only": "The two are seen together. Nobody has shown that one causes the other.",
    "not-supported": "What we found does not back up this link.",
}
"""What each strength of a link means."""

URGENCY_WORDS: dict[Urgency, str] = {
    "emergency": "Emergency",
    "urgent": "Urgent",
    "routine": "Routine",
}
"""Each level of urgency in words."""

URGENCY_ACTIONS: dict[Urgency, str] = {
    "emergency": "Call your local emergency number now",
    "urgent": "Get medical help today",
    "routine": "Book a visit with your doctor",
}
"""The one action of each level, where several warning signs share a card."""

URGENCY_ORDER: tuple[Urgency, ...] = ("emergency", "urgent", "routine")
"""Most urgent first: the order on every surface."""

# Verb forms: plain ("lower", after "may", or with a plural subject) and singular ("lowers").
_LOWER = ("lower", "lowers")
_RAISE = ("raise", "raises")
_RESULT = ("result", "results")
_MAKE = ("make", "makes")

_HEDGES: dict[Certainty, str] = {"high": "", "moderate": "probably", "low": "may"}


class Facts(Frozen):
    """What a sentence is made from.  A `Finding` holds the same and more."""

    intervention: str
    """What was tried, as it reads inside a sentence."""
    plural: bool = False
    """Whether it takes a plural verb."""
    outcome: str
    """What was measured, as it reads after "lowers"."""
    population: str
    """Who was studied, as it reads after "in"."""
    better_when: BetterWhen
    """Whether less or more of the outcome is good."""
    direction: Direction
    """Which way the result points for the person."""
    size: Size
    """How big the effect is."""
    certainty: Certainty
    """How sure anyone can be."""
    finding_kind: FindingKind = "effect"
    """A comparison of treatments, or two things seen together."""


def sentence(facts: Facts | Finding) -> str:
    """Return the sentence for one cell of the wording table.

    ``better_when`` and ``direction`` decide between "lowers" and "raises": a benefit
    lowers an outcome that is better when lower, and a harm raises it.

    >>> import spasm_reference as sr
    >>> print(sentence(sr.findings["magnesium-rest-cramps-frequency"]))
    Magnesium probably makes little or no difference to the number of cramps a week in older adults with night cramps.
    >>> sentence(Facts(intervention="heat", outcome="pain", population="adults with back pain",
    ...                better_when="lower", direction="benefit", size="small", certainty="low"))
    'Heat may lower pain slightly in adults with back pain.'
    """
    words = _association(facts) if facts.finding_kind == "association" else _effect(facts)
    return words[0].upper() + words[1:] + "."


def _effect(facts: Facts | Finding) -> str:
    what, outcome, people = facts.intervention, facts.outcome, facts.population
    if facts.direction == "no-trials":
        return f"we found no trials of {what} for {outcome} in {people}"
    if facts.certainty == "very-low":
        return f"the evidence is very uncertain about the effect of {what} on {outcome} in {people}"
    if facts.direction == "unclear":
        return f"it is not clear what {what} {'do' if facts.plural else 'does'} to {outcome} in {people}"
    if facts.direction == "mixed":
        return f"studies of {what} disagree about {outcome} in {people}"
    if facts.direction == "no-effect" or facts.size == "trivial":
        return f"{what} {_verb(_MAKE, facts)} little or no difference to {outcome} in {people}"
    falls = _falls(facts)
    if facts.size == "large":
        return f"{what} {_verb(_RESULT, facts)} in a large {'fall' if falls else 'rise'} in {outcome} in {people}"
    does = _verb(_LOWER if falls else _RAISE, facts)
    if facts.size == "small":
        return f"{what} {does} {outcome} slightly in {people}"
    if facts.size == "unknown":
        return f"{what} {does} {outcome} in {people}; by how much is not known"
    return f"{what} {does} {outcome} in {people}"


def _association(facts: Facts | Finding) -> str:
    """Word a link that was only seen, never as cause and effect."""
    what, outcome, people = facts.intervention, facts.outcome, facts.population
    if facts.direction == "no-trials":
        return f"we found no studies of {what} and {outcome} in {people}"
    if facts.certainty == "very-low":
        return f"the evidence is very uncertain about a link between {what} and {outcome} in {people}"
    if facts.direction == "unclear":
        return f"it is not clear whether {what} and {outcome} go together in {people}"
    if facts.direction == "mixed":
        return f"studies disagree about a link between {what} and {outcome} in {people}"
    be = "are" if facts.plural else "is"
    linked = {"high": f"{be} linked", "moderate": f"{be} probably linked", "low": "may be linked"}[facts.certainty]
    if facts.direction == "no-effect" or facts.size == "trivial":
        return f"{what} {linked} little or not at all with {outcome} in {people}"
    degree = {"large": "much ", "small": "slightly "}.get(facts.size, "")
    tail = "; how strongly is not known" if facts.size == "unknown" else ""
    return f"{what} {linked} with {degree}{'lower' if _falls(facts) else 'higher'} {outcome} in {people}{tail}"


def _falls(facts: Facts | Finding) -> bool:
    """Tell whether the outcome goes down."""
    return (facts.direction == "benefit") == (facts.better_when == "lower")


def _verb(forms: tuple[str, str], facts: Facts | Finding) -> str:
    plain, singular = forms
    hedge = _HEDGES[facts.certainty]
    if hedge == "may":
        return f"may {plain}"
    return f"{hedge} {plain if facts.plural else singular}".strip()


def certainty_label(finding: Finding) -> str:
    """Return the certainty in circles and words, or that no trials were found.

    >>> import spasm_reference as sr
    >>> certainty_label(sr.findings["magnesium-rest-cramps-frequency"])
    '⊕⊕⊕⊝ Moderate certainty'
    """
    if finding.direction == "no-trials":
        return "No trials found" if finding.finding_kind == "effect" else "No studies found"
    return f"{CERTAINTY_MARKS[finding.certainty]} {CERTAINTY_WORDS[finding.certainty]}"
