"""The findings and their sources as one FHIR R5 Bundle, in the resources of evidence-based medicine.

A source is a Citation.  A finding is an Evidence: its population, intervention,
comparison and outcome are EvidenceVariables, its figures a statistic, its GRADE
certainty a rating.  Codes are given only from code systems that were looked up;
everything else is text.  All resources are drafts, for no clinician reviewed them.
"""

from __future__ import annotations

import hashlib
import json
import re
from html import escape
from typing import Any, TypeAlias

from ..citations import plain_text
from ..grading import CERTAINTY_WORDS, certainty_label
from ..library import Library
from ..notices import INTENDED_USE, NOT_REVIEWED
from ..records import Effect, Entry, Finding, Source
from ..vocabulary import Certainty, CodeSystem, Measure
from .addresses import BASE, checked

Resource: TypeAlias = dict[str, Any]
"""One FHIR resource or element as JSON."""

LICENCE = "CC BY 4.0"

_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"

STATISTIC_TYPES: dict[Measure, tuple[str, str]] = {
    "mean-difference": ("0000457", "Mean Difference"),
    "standardized-mean-difference": ("0000100", "Standardized Mean Difference"),
    "median-difference": ("absolute-MedianDiff", "Absolute Median Difference"),
    "risk-ratio": ("C93152", "Relative Risk"),
    "odds-ratio": ("C16932", "Odds Ratio"),
    "hazard-ratio": ("C93150", "Hazard Ratio"),
    "rate-ratio": ("rate-ratio", "Incidence Rate Ratio"),
    "risk-difference": ("0000424", "Risk Difference"),
    "count": ("C25463", "Count"),
    "share": ("C44256", "Proportion"),
}
"""Codes of HL7's ``statistic-type``.  It has none for our other measures."""

CERTAINTY_RATINGS: dict[Certainty, tuple[str, str]] = {
    "high": ("high", "High quality"),
    "moderate": ("moderate", "Moderate quality"),
    "low": ("low", "Low quality"),
    "very-low": ("very-low", "Very low quality"),
}
"""Codes of HL7's ``certainty-rating``, which holds the four levels of GRADE."""

ROLES = {
    "population": ("population", "population"),
    "intervention": ("exposure", "exposure"),
    "comparison": ("referenceExposure", "reference exposure"),
    "outcome": ("measuredVariable", "measured variable"),
}
"""The parts of a finding, and the codes of HL7's ``variable-role`` for them."""

CODE_SYSTEMS: dict[CodeSystem, str] = {
    "ATC": "http://www.whocc.no/atc",
    "ICD-10-CM": "http://hl7.org/fhir/sid/icd-10-cm",
    "RxNorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "UNII": "http://fdasis.nlm.nih.gov",
}
"""The addresses by which FHIR knows code systems of ours."""

_P_VALUE = re.compile(r"(<=|>=|<|>)?(\d*\.?\d+)")


def export(library: Library, base: str = BASE) -> bytes:
    """Return all findings and sources as one FHIR R5 Bundle of the type ``collection``, UTF-8.

    ``base`` is the address behind which resources stand: ``<base>fhir/Evidence/<id>``.
    Raises `ValueError` if it is not an absolute web address that ends in ``/``.
    """
    writer = _Writer(checked(base), library.data_version)
    sources = [writer.citation(source) for source in library.collections["sources"].values()]
    findings = [writer.evidence(finding) for finding in library.findings.values()]
    bundle = {
        "resourceType": "Bundle",
        "identifier": {"system": base, "value": f"evidence-{library.data_version}"},
        "type": "collection",
        "entry": [
            {"fullUrl": resource["url"], "resource": resource}
            for resource in (*sources, *writer.variables.values(), *findings)
        ],
    }
    return (json.dumps(bundle, ensure_ascii=False, indent=1) + "\n").encode()


def resource_id(name: str) -> str:
    """Return ``name`` as the id of a resource, which may have 64 characters at most.

    >>> resource_id("garrison-2020")
    'garrison-2020'
    """
    return name if len(name) <= 64 else f"{name[:51].rstrip('-')}-{_digest(name)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


class _Writer:
    """Makes resources, and keeps the variables that findings share."""

    def __init__(self, base: str, data_version: str) -> None:
        self.base = base
        self.data_version = data_version
        self.variables: dict[str, Resource] = {}

    # ------------------------------------------------------------ what all resources share

    def _resource(self, kind: str, id: str, paragraphs: list[str], **own: Any) -> Resource:
        return _filled(
            {
                "resourceType": kind,
                "id": id,
                "text": _narrative([*paragraphs, f"{INTENDED_USE} {NOT_REVIEWED}"]),
                "url": f"{self.base}fhir/{kind}/{id}",
                "version": self.data_version,
                "status": "draft",
                "publisher": "The Spasm Reference maintainers",
                "purpose": f"{INTENDED_USE} {NOT_REVIEWED}",
                "copyright": f"Spasm Reference, data version {self.data_version}. {LICENCE}.",
                "copyrightLabel": LICENCE,
                **own,
            }
        )

    # ------------------------------------------------------------ sources

    def citation(self, source: Source) -> Resource:
        """Return a source as a Citation."""
        citation = plain_text(source)
        return self._resource(
            "Citation",
            resource_id(source.id),
            [citation],
            identifier=[{"system": f"{self.base}sources", "value": source.id}],
            title=source.title,
            citedArtifact={
                "identifier": _identifiers(source),
                "dateAccessed": source.accessed.isoformat(),
                "currentState": [{"text": "Retracted"}] if source.retracted else [],
                "title": [{"text": source.title}],
                "relatesTo": self._successor(source),
                "publicationForm": [_publication(source)],
                "webLocation": [{"url": source.url}],
                "contributorship": {"summary": [{"value": ", ".join(source.authors)}]} if source.authors else None,
                "note": [{"text": source.note}] if source.note else [],
            },
        )

    def _successor(self, source: Source) -> list[Resource]:
        if source.superseded_by is None:
            return []
        reference = {"reference": f"Citation/{resource_id(source.superseded_by)}"}
        return [{"type": "replaced-with", "resourceReference": reference}]

    # ------------------------------------------------------------ findings

    def evidence(self, finding: Finding) -> Resource:
        """Return a finding as an Evidence."""
        owner = finding.record
        source = finding.source
        return self._resource(
            "Evidence",
            resource_id(finding.id),
            [finding.sentence, f"{certainty_label(finding)}.", f"Source: {plain_text(source)}"],
            identifier=[{"system": f"{self.base}findings", "value": finding.id}],
            title=f"{owner.name}: {finding.outcome}",
            date=owner.reviewed.isoformat(),
            lastReviewDate=owner.reviewed.isoformat(),
            description=finding.sentence,
            assertion=finding.sentence,
            note=[{"text": text} for text in _notes(finding)],
            useContext=[context for record in (owner, *finding.conditions) for context in _focus(record)],
            relatedArtifact=[
                {
                    "type": "citation",
                    "display": finding.locator,
                    "citation": plain_text(source),
                    "resourceReference": {"reference": f"Citation/{resource_id(source.id)}"},
                }
            ],
            variableDefinition=[self._variable(finding, part) for part in ROLES],
            statistic=_statistic(finding),
            certainty=[_certainty(finding)],
        )

    def _variable(self, finding: Finding, part: str) -> Resource:
        """Return the use of a variable in a finding, and keep the variable itself."""
        text: str = getattr(finding, part)
        id = f"{part}-{_digest(text)}"
        if id not in self.variables:
            self.variables[id] = self._resource("EvidenceVariable", id, [text], title=text)
        code, display = ROLES[part]
        return {
            "description": text,
            "variableRole": _concept("variable-role", code, display),
            "observed": {"reference": f"EvidenceVariable/{id}"},
        }


def _narrative(paragraphs: list[str]) -> Resource:
    text = "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{text}</div>'}


def _concept(system: str, code: str, display: str, **more: Any) -> Resource:
    address = system if system.startswith("http") else f"{_TERMINOLOGY}{system}"
    return {"coding": [{"system": address, "code": code, "display": display}], **more}


def _filled(element: Resource) -> Resource:
    """Return an element without empty ones inside, which FHIR forbids."""
    inner = {name: _value(value) for name, value in element.items()}
    return {name: value for name, value in inner.items() if value not in (None, "", [], {})}


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [each for each in map(_value, value) if each != {}]
    return _filled(value) if isinstance(value, dict) else value


# ---------------------------------------------------------------- parts of a citation


def _identifiers(source: Source) -> list[Resource]:
    known = (("https://doi.org", source.doi), ("https://pubmed.ncbi.nlm.nih.gov", source.pmid))
    return [{"system": system, "value": value} for system, value in known if value]


def _publication(source: Source) -> Resource:
    return {
        "publishedIn": {"title": source.container or source.publisher},
        "volume": source.volume,
        "issue": source.issue,
        "publicationDateText": str(source.year) if source.year else None,
        "pageString": source.pages,
    }


# ---------------------------------------------------------------- parts of a finding


def _focus(record: Entry) -> list[Resource]:
    """Return what the finding is about as usage contexts, one a code: two codes need not mean quite the same."""
    code = {"system": f"{_TERMINOLOGY}usage-context-type", "code": "focus", "display": "Clinical Focus"}
    known = [each for each in record.codes if each.system in CODE_SYSTEMS]
    concepts = [
        {"coding": [{"system": CODE_SYSTEMS[each.system], "code": each.code, "display": each.label}]} for each in known
    ]
    return [{"code": code, "valueCodeableConcept": {**concept, "text": record.name}} for concept in concepts or [{}]]


def _notes(finding: Finding) -> list[str]:
    notes = [finding.caveat] if finding.caveat else []
    if not finding.verified:
        notes.append("The figures were not seen in the source.")
    if finding.searched:
        notes.append(f"Looked for on {finding.searched.isoformat()}: {finding.search_terms}.")
    return notes


def _statistic(finding: Finding) -> list[Resource]:
    """Return the figures as their source gives them; none if no trials were found."""
    effect = finding.effect
    size = {"numberOfStudies": finding.n_studies, "numberOfParticipants": finding.n_participants}
    counted = {name: number for name, number in size.items() if number is not None}
    if effect is None:
        return [{"sampleSize": counted}] if counted else []
    return [
        {
            "description": _description(effect),
            "statisticType": _statistic_type(effect.measure),
            "quantity": _quantity(effect.value, effect.unit),
            "sampleSize": counted,
            "attributeEstimate": [*_interval(effect), *_p_value(effect)],
        }
    ]


def _statistic_type(measure: Measure) -> Resource:
    text = measure.replace("-", " ")
    if measure not in STATISTIC_TYPES:
        return {"text": text}
    return _concept("statistic-type", *STATISTIC_TYPES[measure], text=text)


def _description(effect: Effect) -> str:
    parts = [
        f"With the intervention: {effect.with_intervention}." if effect.with_intervention else "",
        f"With the comparison: {effect.with_comparison}." if effect.with_comparison else "",
        effect.text or "",
    ]
    return " ".join(part for part in parts if part)


def _quantity(value: float | None, unit: str | None) -> Resource | None:
    return None if value is None else {"value": value, "unit": unit}


def _interval(effect: Effect) -> list[Resource]:
    if effect.low is None and effect.high is None:
        return []
    known = effect.interval is not None
    return [
        {
            "type": _concept("attribute-estimate-type", "C53324", "Confidence interval")
            if known
            else {"text": "Interval, level not stated"},
            "level": effect.interval / 100 if effect.interval is not None else None,
            "range": {"low": _quantity(effect.low, effect.unit), "high": _quantity(effect.high, effect.unit)},
        }
    ]


def _p_value(effect: Effect) -> list[Resource]:
    """Return the p-value as its source printed it, and as a number if it is one."""
    if effect.p_value is None:
        return []
    number = _P_VALUE.fullmatch(effect.p_value)
    return [
        {
            "description": effect.p_value,
            "type": _concept("attribute-estimate-type", "C44185", "P-value"),
            "quantity": {"comparator": number[1], "value": float(number[2])} if number else None,
        }
    ]


def _certainty(finding: Finding) -> Resource:
    """Return the overall rating; where no trials were found there is nothing to rate."""
    if finding.direction == "no-trials":
        return {"rating": {"text": certainty_label(finding)}}
    code, display = CERTAINTY_RATINGS[finding.certainty]
    return {
        "description": finding.grading_reason,
        # In R5 this one system stands with FHIR itself, not with HL7's terminology.
        "type": _concept("http://hl7.org/fhir/certainty-type", "Overall", "Overall certainty"),
        "rating": _concept("certainty-rating", code, display, text=CERTAINTY_WORDS[finding.certainty]),
        "rater": finding.graded_by,
    }
