"""The closed word lists that records may use.

Each list is a `typing.Literal`, so an editor and mypy know the allowed words.
Validation reads the same lists; nothing repeats them.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

Kind: TypeAlias = Literal[
    "conditions",
    "causes",
    "symptoms",
    "regions",
    "treatments",
    "medicines",
    "supplements",
    "foods",
    "red_flags",
    "claims",
    "terms",
    "emergency_numbers",
    "sources",
]
"""The collections. A kind is also a folder in ``data`` and a key in every export."""

AnyKind: TypeAlias = Literal[Kind, "findings"]
"""Whatever has ids: findings are a collection too, though they are written inside records."""

KINDS: tuple[AnyKind, ...] = get_args(AnyKind)
"""The same in order."""

Status: TypeAlias = Literal["complete", "partial"]
"""``complete``: every field that this kind needs is filled. ``partial``: work goes on."""

Direction: TypeAlias = Literal["benefit", "harm", "no-effect", "mixed", "unclear", "no-trials"]
"""Which way a finding points for the person. ``no-effect``: little or no difference was seen."""

Size: TypeAlias = Literal["large", "important", "small", "trivial", "unknown"]
"""How big an effect is, in the GRADE sense of what matters to people."""

Certainty: TypeAlias = Literal["high", "moderate", "low", "very-low"]
"""GRADE certainty of the evidence for one outcome."""

FindingKind: TypeAlias = Literal["effect", "association"]
"""``effect``: a comparison of treatments. ``association``: two things seen together."""

BetterWhen: TypeAlias = Literal["lower", "higher"]
"""Whether less or more of an outcome is good for the person."""

Population: TypeAlias = Literal[
    "rest-cramps",
    "pregnancy",
    "exercise",
    "dialysis",
    "cirrhosis",
    "multiple-sclerosis",
    "motor-neurone-disease",
    "stroke-and-brain-injury",
    "spinal-cord-injury",
    "diabetes",
    "statin-users",
    "low-back-pain",
    "neck-pain",
    "joint-pain",
    "muscle-soreness",
    "dystonia",
    "children",
    "older-adults",
    "healthy-people",
    "general-population",
    "other",
]
"""Groups that findings are sorted into: the columns of the evidence map."""

Measure: TypeAlias = Literal[
    "mean-difference",
    "standardized-mean-difference",
    "median-difference",
    "risk-ratio",
    "odds-ratio",
    "hazard-ratio",
    "rate-ratio",
    "prevalence-ratio",
    "risk-difference",
    "number-needed-to-treat",
    "percent-change",
    "correlation",
    "count",
    "share",
    "threshold-frequency",
    "not-stated",
]
"""What kind of number an effect is."""

Urgency: TypeAlias = Literal["emergency", "urgent", "routine"]
"""How soon help is needed, most urgent first."""

Advice: TypeAlias = Literal["no-special-concern", "ask-first", "avoid", "not-known"]
"""The answer for one special group. ``not-known`` is an answer."""

LinkStrength: TypeAlias = Literal["established", "probable", "association-only", "not-supported"]
"""How sure the link between a cause or condition and spasms is."""

Aim: TypeAlias = Literal["relief", "prevention", "both"]
"""What a treatment is used for."""

Setting: TypeAlias = Literal["self-care", "professional", "either"]
"""Who carries out a treatment."""

LegalStatus: TypeAlias = Literal["over-the-counter", "prescription", "controlled", "not-licensed", "not-approved"]
"""How a medicine may be sold in one country."""

Verdict: TypeAlias = Literal["supported", "partly-supported", "not-supported", "contradicted", "no-evidence"]
"""What the evidence says of a popular claim."""

SourceKind: TypeAlias = Literal[
    "systematic-review",
    "guideline",
    "rct",
    "observational",
    "review",
    "monograph",
    "label",
    "safety-communication",
    "textbook",
    "dataset",
    "web",
]
"""What sort of source it is, roughly from most to least weight."""

CodeSystem: TypeAlias = Literal[
    "ICD-10-CM",
    "ICD-11",
    "MeSH",
    "MedlinePlus",
    "Wikidata",
    "RxNorm",
    "ATC",
    "UNII",
    "HPO",
    "MONDO",
    "Orphanet",
    "PubChem",
    "FoodData Central",
]
"""Code systems that may be named under their licences (see NOTICE)."""

Unit: TypeAlias = Literal[
    "g",
    "mg",
    "microgram",
    "IU",
    "mL",
    "L",
    "mmol",
    "mEq",
    "kcal",
    "minutes",
    "hours",
    "days",
    "weeks",
    "percent",
    "repetitions",
    "seconds",
    "mg/kg",
    "drops",
    "capsules",
    "tablets",
    "units",
    "puffs",
    "patches",
]
"""Units that doses, intakes and contents may be given in."""

Period: TypeAlias = Literal["day", "dose", "hour", "week", "session", "month", "once"]
"""What a dose is counted per."""

IntakeMeasure: TypeAlias = Literal["RDA", "AI", "UL", "PRI", "AR", "LTI", "safe-level", "CDRR"]
"""Official intake figures. EFSA's PRI is the counterpart of the US RDA."""

Sex: TypeAlias = Literal["any", "female", "male"]
"""Whom an official figure is for."""

Basis: TypeAlias = Literal["total", "supplements-only", "food-only"]
"""What an official intake figure counts."""

Nutrient: TypeAlias = Literal[
    "potassium",
    "calcium",
    "magnesium",
    "sodium",
    "vitamin-d",
    "vitamin-b6",
    "vitamin-b12",
    "vitamin-c",
    "vitamin-e",
    "vitamin-k",
    "zinc",
    "iron",
]
"""Nutrients that food and intake figures name."""

BodyView: TypeAlias = Literal["front", "back", "both"]
"""The side of the body map a region is drawn on."""


def words(vocabulary: object) -> tuple[str, ...]:
    """Return the words of one list, in order.

    >>> words(Certainty)
    ('high', 'moderate', 'low', 'very-low')
    """
    return get_args(vocabulary)
