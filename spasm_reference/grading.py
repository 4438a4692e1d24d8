"""How a result is put into words: direction, size and certainty in, one sentence out.

The wording follows the GRADE guidance on informative statements (Santesso and others,
2020, doi 10.1016/j.jclinepi.2019.10.014).  Nothing else in the project writes a
sentence about an effect.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .records import Finding
    from .vocabulary import Certainty, LinkStrength, Size, Urgency, Verdict

CERTAINTY_MARKS: dict[Certainty, str] = {"high": "⊕⊕⊕⊕", "moderate": "⊕⊕⊕⊝", "low": "⊕⊕⊝⊝", "very-low": "⊕⊝⊝⊝"}
"""GRADE's four circles.  Always shown together with the words."""

CERTAINTY_WORDS: dict[Certainty, str] = {
    "high": "High certainty",
    "moderate": "Moderate certainty",
    "low": "Low certainty",
    "very-low": "Very low certainty",
}

CERTAINTY_MEANING: dict[Certainty, str] = {
    "high": "We are very sure that the true effect is close to this.",
    "moderate": "The true effect is probably close to this, but it could be different.",
    "low": "The true effect may be quite different from this.",
    "very-low": "We do not know. The true effect is likely to be different from this.",
}

VERDICT_WORDS: dict[Verdict, str] = {
    "supported": "Supported",
    "partly-supported": "Partly supported",
    "not-supported": "Not supported",
    "contradicted": "Contradicted",
    "no-evidence": "No evidence found",
}

VERDICT_MEANING: dict[Verdict, str] = {
    "supported": "Studies back this up.",
    "partly-supported": "Some of it holds, for some people.",
    "not-supported": "Studies do not back this up.",
    "contradicted": "Studies point the other way.",
    "no-evidence": "We looked and found no study that tests it.",
}

LINK_WORDS: dict[LinkStrength, str] = {
    "established": "Well-established link",
    "probable": "Probable link",
    "association-only": "Seen together, cause not shown",
    "not-supported": "Not supported by evidence",
}

LINK_MEANING: dict[LinkStrength, str] = {
    "established": "Doctors agree that this causes spasms or that they are part of it.",
    "probable": "Good reasons point to a link, but it is not proven.",
    "association-only": "The two are seen together. Nobody has shown that one causes the other.",
    "not-supported": "What we found does not back up this link.",
}

URGENCY_WORDS: dict[Urgency, str] = {
    "emergency": "Emergency",
    "urgent": "Urgent",
    "routine": "Routine",
}

URGENCY_ORDER: tuple[Urgency, ...] = ("emergency", "urgent", "routine")
"""Most urgent first: the order on every surface."""

# Verb forms: plain ("lower", after "may", or with a plural subject) and singular ("lowers").
_LOWER = ("lower", "lowers")
_RAISE = ("raise", "raises")
_RESULT = ("result", "results")
_MAKE = ("make", "makes")

_HEDGES: dict[Certainty, str] = {"high": "", "moderate": "probably", "low": "may"}


def sentence(finding: Finding) -> str:
    """Return the finding in one sentence of plain words, with GRADE's wording.

    >>> import spasm_reference as sr
    >>> print(sr.findings["magnesium-rest-cramps-frequency"].sentence)
    Magnesium probably makes little or no difference to the number of cramps a week in older adults with night cramps.
    """
    return effect_sentence(
        intervention=finding.intervention,
        plural=finding.plural,
        outcome=finding.outcome,
        population=finding.population,
        better_when=finding.better_when,
        direction=finding.direction,
        size=finding.size,
        certainty=finding.certainty,
        finding_kind=finding.finding_kind,
    )


def effect_sentence(
    *,
    intervention: str,
    outcome: str,
    population: str,
    better_when: str,
    direction: str,
    size: Size,
    certainty: Certainty,
    plural: bool = False,
    finding_kind: str = "effect",
) -> str:
    """Return the sentence for one cell of the wording table.

    ``better_when`` and ``direction`` decide between "lowers" and "raises": a benefit
    lowers an outcome that is better when lower, and a harm raises it.

    >>> effect_sentence(intervention="heat", outcome="pain", population="adults with back pain",
    ...                 better_when="lower", direction="benefit", size="small", certainty="low")
    'Heat may lower pain slightly in adults with back pain.'
    """
    if finding_kind == "association":
        words = _association(intervention, plural, outcome, population, better_when, direction, size, certainty)
    else:
        words = _effect(intervention, plural, outcome, population, better_when, direction, size, certainty)
    return words[0].upper() + words[1:] + "."


def _effect(
    intervention: str,
    plural: bool,
    outcome: str,
    population: str,
    better_when: str,
    direction: str,
    size: Size,
    certainty: Certainty,
) -> str:
    if direction == "no-trials":
        return f"we found no trials of {intervention} for {outcome} in {population}"
    if certainty == "very-low":
        return f"the evidence is very uncertain about the effect of {intervention} on {outcome} in {population}"
    if direction == "unclear":
        return f"it is not clear what {intervention} {'do' if plural else 'does'} to {outcome} in {population}"
    if direction == "mixed":
        return f"studies of {intervention} disagree about {outcome} in {population}"
    if direction == "no-effect" or size == "trivial":
        does = _verb(_MAKE, plural, certainty)
        return f"{intervention} {does} little or no difference to {outcome} in {population}"
    falls = (direction == "benefit") == (better_when == "lower")
    if size == "large":
        does = _verb(_RESULT, plural, certainty)
        return f"{intervention} {does} in a large {'fall' if falls else 'rise'} in {outcome} in {population}"
    does = _verb(_LOWER if falls else _RAISE, plural, certainty)
    if size == "small":
        return f"{intervention} {does} {outcome} slightly in {population}"
    if size == "unknown":
        return f"{intervention} {does} {outcome} in {population}; by how much is not known"
    return f"{intervention} {does} {outcome} in {population}"


def _association(
    exposure: str,
    plural: bool,
    outcome: str,
    population: str,
    better_when: str,
    direction: str,
    size: Size,
    certainty: Certainty,
) -> str:
    """Word a link that was only seen, never as cause and effect."""
    if direction == "no-trials":
        return f"we found no studies of {exposure} and {outcome} in {population}"
    if certainty == "very-low":
        return f"the evidence is very uncertain about a link between {exposure} and {outcome} in {population}"
    if direction == "unclear":
        return f"it is not clear whether {exposure} and {outcome} go together in {population}"
    if direction == "mixed":
        return f"studies disagree about a link between {exposure} and {outcome} in {population}"
    be = {"high": "are" if plural else "is", "moderate": "are probably" if plural else "is probably"}.get(
        certainty, "may be"
    )
    if direction == "no-effect" or size == "trivial":
        return f"{exposure} {be} linked little or not at all with {outcome} in {population}"
    falls = (direction == "benefit") == (better_when == "lower")
    degree = {"large": "much ", "small": "slightly "}.get(size, "")
    tail = "; how strongly is not known" if size == "unknown" else ""
    return f"{exposure} {be} linked with {degree}{'lower' if falls else 'higher'} {outcome} in {population}{tail}"


def _verb(forms: tuple[str, str], plural: bool, certainty: Certainty) -> str:
    plain, singular = forms
    hedge = _HEDGES[certainty]
    if hedge == "may":
        return f"may {plain}"
    return f"{hedge} {plain if plural else singular}".strip()


def certainty_label(finding: Finding) -> str:
    """Return the certainty in circles and words, or that no trials were found.

    >>> import spasm_reference as sr
    >>> certainty_label(sr.findings["magnesium-rest-cramps-frequency"])
    '⊕⊕⊕⊝ Moderate certainty'
    """
    if finding.direction == "no-trials":
        return "No trials found" if finding.finding_kind == "effect" else "No studies found"
    return f"{CERTAINTY_MARKS[finding.certainty]} {CERTAINTY_WORDS[finding.certainty]}"
