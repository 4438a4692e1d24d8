"""Names of collections, and figures of findings, doses and intakes, as short plain texts on every surface."""

from __future__ import annotations

from .records import Dose, Effect, Finding, IntakeRow

TITLES = {
    "conditions": "Conditions",
    "causes": "Causes and risk factors",
    "symptoms": "Symptoms",
    "regions": "Body regions",
    "treatments": "Treatments",
    "medicines": "Medicines",
    "supplements": "Supplements and remedies",
    "foods": "Foods",
    "red_flags": "Warning signs",
    "claims": "What people say",
    "terms": "Words explained",
    "emergency_numbers": "Emergency numbers",
    "sources": "Sources",
}
"""The name of each collection as readers see it."""

KINDS = {"treatments": "treatment", "medicines": "medicine", "supplements": "supplement", "foods": "food"}
"""What one intervention of each collection is called."""

KIND_WORDS = {
    "conditions": "Condition",
    "causes": "Cause or risk factor",
    "symptoms": "Symptom",
    "regions": "Body region",
    "treatments": "Treatment",
    "medicines": "Medicine",
    "supplements": "Supplement or remedy",
    "foods": "Food",
    "red_flags": "Warning sign",
    "claims": "What people say",
    "terms": "Word explained",
    "emergency_numbers": "Emergency number",
    "sources": "Source",
}
"""What one record of each collection is."""

MEASURE_WORDS = {
    "mean-difference": "mean difference",
    "standardized-mean-difference": "standardized mean difference",
    "median-difference": "difference between medians",
    "risk-ratio": "risk ratio",
    "odds-ratio": "odds ratio",
    "hazard-ratio": "hazard ratio",
    "rate-ratio": "rate ratio",
    "prevalence-ratio": "prevalence ratio",
    "risk-difference": "risk difference",
    "number-needed-to-treat": "number needed to treat",
    "percent-change": "change in percent",
    "correlation": "correlation",
    "count": "count",
    "share": "share",
    "threshold-frequency": "threshold frequency",
}

GROUP_WORDS = {
    "pregnancy": "Pregnancy",
    "breastfeeding": "Breastfeeding",
    "children": "Children and teenagers",
    "kidney_disease": "Kidney disease",
    "older_adults": "Older adults",
    "blood_thinners": "Blood thinners",
}

ADVICE_WORDS = {
    "no-special-concern": "No special concern known",
    "ask-first": "Ask first",
    "avoid": "Avoid",
    "not-known": "Not known",
}

NUTRIENT_WORDS = {
    "potassium": "Potassium",
    "calcium": "Calcium",
    "magnesium": "Magnesium",
    "sodium": "Sodium",
    "vitamin-d": "Vitamin D",
    "vitamin-b6": "Vitamin B6",
    "vitamin-b12": "Vitamin B12",
    "vitamin-c": "Vitamin C",
    "vitamin-e": "Vitamin E",
    "vitamin-k": "Vitamin K",
    "zinc": "Zinc",
    "iron": "Iron",
}

POPULATION_WORDS = {
    "rest-cramps": "People with cramps at rest or at night",
    "pregnancy": "Pregnant people",
    "exercise": "People who exercise",
    "dialysis": "People on dialysis",
    "cirrhosis": "People with liver scarring (cirrhosis)",
    "multiple-sclerosis": "People with multiple sclerosis",
    "motor-neurone-disease": "People with motor neuron disease",
    "stroke-and-brain-injury": "People after a stroke or brain injury",
    "spinal-cord-injury": "People with a spinal cord injury",
    "diabetes": "People with diabetes",
    "statin-users": "People who take statins",
    "low-back-pain": "People with low back pain",
    "neck-pain": "People with neck pain",
    "joint-pain": "People with joint pain",
    "muscle-soreness": "People with sore muscles",
    "dystonia": "People with dystonia",
    "children": "Children",
    "older-adults": "Older adults",
    "healthy-people": "Healthy people",
    "general-population": "The general population",
    "other": "Other groups",
}

MAP_COLUMNS = {
    "rest-cramps": "At rest or night",
    "pregnancy": "Pregnancy",
    "exercise": "Exercise",
    "dialysis": "Dialysis",
    "cirrhosis": "Cirrhosis",
    "multiple-sclerosis": "Multiple sclerosis",
    "motor-neurone-disease": "Motor neuron",
    "stroke-and-brain-injury": "Stroke, brain injury",
    "spinal-cord-injury": "Spinal injury",
    "diabetes": "Diabetes",
    "statin-users": "Statin users",
    "low-back-pain": "Low back pain",
    "neck-pain": "Neck pain",
    "joint-pain": "Joint pain",
    "muscle-soreness": "Sore muscles",
    "dystonia": "Dystonia",
    "children": "Children",
    "older-adults": "Older adults",
    "healthy-people": "Healthy people",
    "general-population": "General population",
    "other": "Other groups",
}
"""The same groups, short enough to head a column."""

DIRECTION_WORDS = {
    "benefit": "Points to a benefit",
    "no-effect": "Little or no difference",
    "mixed": "Results differ",
    "unclear": "Not clear",
    "harm": "Only harm was found",
    "no-trials": "Looked for, no trial found",
}
"""Where the results of a cell of the evidence map point."""


def number(value: float) -> str:
    """Return a number as a reader expects it: no trailing zeros, a real minus sign, commas from 10,000 up.

    >>> number(-0.18), number(350.0), number(12500)
    ('−0.18', '350', '12,500')
    """
    text = f"{abs(value):,.10g}" if abs(value) >= 10_000 else f"{abs(value):.10g}"
    return ("−" if value < 0 else "") + text


def effect_text(effect: Effect) -> str:
    """Return the figures of an effect in one line.

    >>> import spasm_reference as sr
    >>> effect_text(sr.findings["magnesium-rest-cramps-frequency"].effect)
    'Mean difference −0.18 cramps a week (95% interval −0.84 to 0.49). Without it: 4.68 cramps a week.'
    """
    parts = []
    if effect.value is not None:
        figure = f"{MEASURE_WORDS.get(effect.measure, '')} {number(effect.value)}".strip()
        if effect.unit:
            figure += "%" if effect.unit == "percent" else f" {effect.unit}"
        details = []
        if effect.low is not None and effect.high is not None:
            level = f"{effect.interval}% interval" if effect.interval else "interval"
            details.append(f"{level} {number(effect.low)} to {number(effect.high)}")
        if effect.p_value:
            details.append(f"p {effect.p_value}" if effect.p_value[0] in "<>=" else f"p = {effect.p_value}")
        parts.append(figure + (f" ({'; '.join(details)})" if details else ""))
    elif effect.p_value:
        parts.append(f"p {effect.p_value}" if effect.p_value[0] in "<>=" else f"p = {effect.p_value}")
    if effect.with_intervention:
        parts.append(f"With it: {effect.with_intervention}")
    if effect.with_comparison:
        parts.append(f"Without it: {effect.with_comparison}")
    if effect.text:
        parts.append(effect.text)
    return " ".join(part[0].upper() + part[1:].rstrip(".") + "." for part in parts) or "The source gives no figure."


def study_text(finding: Finding) -> str:
    """Return how many studies and people stand behind a finding.

    >>> import spasm_reference as sr
    >>> study_text(sr.findings["magnesium-rest-cramps-frequency"])
    '5 studies, 307 people'
    """
    parts = []
    if finding.n_studies is not None:
        parts.append("1 study" if finding.n_studies == 1 else f"{finding.n_studies} studies")
    if finding.n_participants is not None:
        parts.append(f"{number(finding.n_participants)} people")
    return ", ".join(parts) or "number of studies not stated"


def amount_text(row: Dose | IntakeRow) -> str:
    """Return the amount of a dose or intake with its unit.

    >>> import spasm_reference as sr
    >>> amount_text(sr.supplements["magnesium"].intakes[0])
    '30 mg'
    """
    if row.amount is None:
        return "none set"
    text = number(row.amount)
    maximum = row.amount_max if isinstance(row, Dose) else None
    if maximum is not None:
        text += f" to {number(maximum)}"
    text += f" {row.unit}"
    return f"{text} a {row.per}" if isinstance(row, Dose) and row.per not in (None, "once") else text
