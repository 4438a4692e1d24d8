"""The FHIR export, read by fhir.resources (made from the R5 definitions) and held against the records."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from fhir.resources import get_fhir_model_class
from fhir.resources.bundle import Bundle
from pydantic import ValidationError

import spasm_reference as sr
from spasm_reference.exports import fhir
from spasm_reference.exports.addresses import BASE
from spasm_reference.library import default_library
from spasm_reference.notices import INTENDED_USE, NOT_REVIEWED
from spasm_reference.vocabulary import Certainty, Measure, words

# Read in HL7's code systems (terminology.hl7.org 2020 to 2025, and FHIR 5.0.0 for certainty-type).
KNOWN_CODES = {
    "http://terminology.hl7.org/CodeSystem/statistic-type": {
        "absolute-MedianDiff": "Absolute Median Difference",
        "C25463": "Count",
        "C93150": "Hazard Ratio",
        "rate-ratio": "Incidence Rate Ratio",
        "0000457": "Mean Difference",
        "C16932": "Odds Ratio",
        "C44256": "Proportion",
        "C93152": "Relative Risk",
        "0000424": "Risk Difference",
        "0000100": "Standardized Mean Difference",
    },
    "http://terminology.hl7.org/CodeSystem/attribute-estimate-type": {
        "C53324": "Confidence interval",
        "C44185": "P-value",
    },
    "http://terminology.hl7.org/CodeSystem/certainty-rating": {
        "high": "High quality",
        "moderate": "Moderate quality",
        "low": "Low quality",
        "very-low": "Very low quality",
    },
    "http://hl7.org/fhir/certainty-type": {"Overall": "Overall certainty"},
    "http://terminology.hl7.org/CodeSystem/usage-context-type": {"focus": "Clinical Focus"},
    "http://terminology.hl7.org/CodeSystem/variable-role": {
        "population": "population",
        "exposure": "exposure",
        "referenceExposure": "reference exposure",
        "measuredVariable": "measured variable",
    },
}

Json = dict[str, Any]


@pytest.fixture(scope="module")
def exported() -> bytes:
    """Return the export as users get it."""
    return fhir.export(default_library())


@pytest.fixture(scope="module")
def bundle(exported: bytes) -> Json:
    """Return the export as plain JSON."""
    result: Json = json.loads(exported)
    return result


@pytest.fixture(scope="module")
def resources(bundle: Json) -> dict[str, Json]:
    """Return each resource by its address in the bundle."""
    return {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}


@pytest.fixture(scope="module")
def evidence(resources: dict[str, Json]) -> dict[str, Json]:
    """Return each Evidence by the id of its finding."""
    return {
        resource["identifier"][0]["value"]: resource
        for resource in resources.values()
        if resource["resourceType"] == "Evidence"
    }


# ---------------------------------------------------------------- sound FHIR


def test_every_resource_is_sound_r5(bundle: Json) -> None:
    """Each by the class made from its definition; unknown and missing elements are refused."""
    for entry in bundle["entry"]:
        resource = entry["resource"]
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    Bundle.model_validate({**bundle, "entry": bundle["entry"][:3]})
    assert bundle["type"] == "collection"


@pytest.mark.parametrize(
    "fault", [{"status": None}, {"variableDefinition": None}, {"certainity": []}, {"statistic": [{"quantity": "1"}]}]
)
def test_the_check_against_r5_can_fail(evidence: dict[str, Json], fault: Json) -> None:
    """A missing, a misspelled and a malformed element are each refused."""
    spoiled = {**evidence["magnesium-rest-cramps-frequency"], **fault}
    with pytest.raises(ValidationError):
        get_fhir_model_class("Evidence").model_validate({k: v for k, v in spoiled.items() if v is not None})


def test_ids_are_legal_and_addresses_are_unique(bundle: Json) -> None:
    """FHIR allows 64 characters; the full id of a finding stays as its identifier."""
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(urls)) == len(urls)
    for entry in bundle["entry"]:
        resource = entry["resource"]
        assert re.fullmatch(r"[A-Za-z0-9.-]{1,64}", resource["id"])
        assert entry["fullUrl"] == resource["url"] == f"{BASE}fhir/{resource['resourceType']}/{resource['id']}"
    assert any(len(id) > 64 for id in sr.findings), "no finding has a long id any more"


def inside(value: Any, name: str) -> list[Any]:
    """Return every value with this name, at any depth."""
    if isinstance(value, list):
        return [found for each in value for found in inside(each, name)]
    if not isinstance(value, dict):
        return []
    return ([value[name]] if name in value else []) + [found for each in value.values() for found in inside(each, name)]


def test_every_reference_leads_to_a_resource_in_the_bundle(resources: dict[str, Json]) -> None:
    """And every variable is used."""
    references = {f"{BASE}fhir/{reference}" for reference in inside(list(resources.values()), "reference")}
    assert references <= set(resources)
    assert {url for url in resources if "/EvidenceVariable/" in url} <= references


def test_codes_are_those_of_the_published_code_systems(resources: dict[str, Json]) -> None:
    """With their own display; codes of diseases and medicines are those of the records."""
    ours = {
        (fhir.CODE_SYSTEMS[code.system], code.code, code.label)
        for finding in sr.findings.values()
        for record in (finding.record, *finding.conditions)
        for code in record.codes
        if code.system in fhir.CODE_SYSTEMS
    }
    used = [coding for codings in inside(list(resources.values()), "coding") for coding in codings]
    used += [context["code"] for contexts in inside(list(resources.values()), "useContext") for context in contexts]
    for coding in used:
        if coding["system"] in KNOWN_CODES:
            assert KNOWN_CODES[coding["system"]][coding["code"]] == coding["display"]
        else:
            assert (coding["system"], coding["code"], coding["display"]) in ours
    assert {coding["system"] for coding in used} >= set(KNOWN_CODES)
    assert set(fhir.CERTAINTY_RATINGS) == set(words(Certainty))
    assert set(fhir.STATISTIC_TYPES) <= set(words(Measure))


def test_nothing_is_empty(resources: dict[str, Json]) -> None:
    """FHIR forbids empty strings, lists and objects."""

    def empties(value: Any) -> bool:
        if isinstance(value, (dict, list)):
            return not value or any(map(empties, value.values() if isinstance(value, dict) else value))
        return value is None or value == ""

    assert not [url for url, resource in resources.items() if empties(resource)]


def test_everything_is_a_draft_that_says_what_it_is_not_for(resources: dict[str, Json]) -> None:
    """In the elements for machines, and in the text for people, which is sound XHTML."""
    for resource in resources.values():
        assert resource["status"] == "draft"
        assert INTENDED_USE in resource["purpose"]
        assert NOT_REVIEWED in resource["purpose"]
        assert "CC BY 4.0" in resource["copyright"]
        assert "approvalDate" not in resource
        div = ElementTree.fromstring(resource["text"]["div"])  # noqa: S314 (our own text)
        assert div.tag == "{http://www.w3.org/1999/xhtml}div"
        assert INTENDED_USE in "".join(div.itertext())


# ---------------------------------------------------------------- what it says is what the records say


def test_every_finding_and_source_is_there_once(resources: dict[str, Json], evidence: dict[str, Json]) -> None:
    """Nothing is lost."""
    assert set(evidence) == set(sr.findings)
    kinds = [resource["resourceType"] for resource in resources.values()]
    assert kinds.count("Evidence") == len(sr.findings)
    assert kinds.count("Citation") == len(sr.sources)


def test_numbers_equal_the_records(evidence: dict[str, Json]) -> None:
    """Value, unit, interval, level, p-value, studies and people of every finding."""
    numbers = p_values = 0
    for finding in sr.findings.values():
        statistics = evidence[finding.id].get("statistic", [])
        effect = finding.effect
        if effect is None and finding.n_studies is None and finding.n_participants is None:
            assert not statistics, finding.id
            continue
        (statistic,) = statistics
        size = statistic.get("sampleSize", {})
        assert size.get("numberOfStudies") == finding.n_studies, finding.id
        assert size.get("numberOfParticipants") == finding.n_participants, finding.id
        if effect is None:
            continue
        quantity = statistic.get("quantity", {})
        assert quantity.get("value") == effect.value, finding.id
        if effect.value is not None:
            assert quantity.get("unit") == effect.unit, finding.id
        estimates = {
            estimate["type"]["coding"][0]["code"]: estimate for estimate in statistic.get("attributeEstimate", [])
        }
        interval = estimates.get("C53324", {})
        assert interval.get("range", {}).get("low", {}).get("value") == effect.low, finding.id
        assert interval.get("range", {}).get("high", {}).get("value") == effect.high, finding.id
        if effect.low is not None:
            assert round(interval["level"] * 100) == effect.interval, finding.id
        assert estimates.get("C44185", {}).get("description") == effect.p_value, finding.id
        p_value = estimates.get("C44185", {}).get("quantity", {})
        if p_value:
            comparator, number = re.fullmatch(r"([<>=]*)(.+)", effect.p_value or "").groups()  # type: ignore[union-attr]
            assert p_value.get("comparator", "") == comparator, finding.id
            assert p_value["value"] == float(number), finding.id
            p_values += 1
        for text in (effect.with_intervention, effect.with_comparison, effect.text):
            assert text is None or text in statistic["description"], finding.id
        numbers += effect.value is not None
    assert numbers > 200
    assert p_values > 100


def test_words_and_roles_equal_the_records(evidence: dict[str, Json], resources: dict[str, Json]) -> None:
    """The generated sentence; who, what, against what and which outcome; who graded it, and how."""
    for finding in sr.findings.values():
        resource = evidence[finding.id]
        assert resource["description"] == finding.sentence
        assert finding.sentence in "".join(ElementTree.fromstring(resource["text"]["div"]).itertext())  # noqa: S314
        roles = {
            variable["variableRole"]["coding"][0]["code"]: resources[f"{BASE}fhir/{variable['observed']['reference']}"]
            for variable in resource["variableDefinition"]
        }
        assert {role: variable["title"] for role, variable in roles.items()} == {
            "population": finding.population,
            "exposure": finding.intervention,
            "referenceExposure": finding.comparison,
            "measuredVariable": finding.outcome,
        }
        (certainty,) = resource["certainty"]
        if finding.direction == "no-trials":
            assert "coding" not in certainty["rating"], "where nothing was found there is nothing to rate"
        else:
            assert certainty["rating"]["coding"][0]["code"] == finding.certainty
            assert certainty["rater"] == finding.graded_by
        (related,) = resource["relatedArtifact"]
        citation = resources[f"{BASE}fhir/{related['resourceReference']['reference']}"]
        assert citation["identifier"][0]["value"] == finding.source_id


def test_the_best_known_finding_reads_as_published(evidence: dict[str, Json]) -> None:
    """Cochrane 2020 on magnesium, number by number."""
    resource = evidence["magnesium-rest-cramps-frequency"]
    (statistic,) = resource["statistic"]
    assert statistic["statisticType"]["coding"][0]["display"] == "Mean Difference"
    assert statistic["quantity"] == {"value": -0.18, "unit": "cramps a week"}
    assert statistic["sampleSize"] == {"numberOfStudies": 5, "numberOfParticipants": 307}
    (interval,) = statistic["attributeEstimate"]
    assert interval["level"] == 0.95
    assert (interval["range"]["low"]["value"], interval["range"]["high"]["value"]) == (-0.84, 0.49)
    assert resource["certainty"][0]["rating"]["coding"][0]["code"] == "moderate"


def test_a_citation_carries_doi_and_pubmed_id(resources: dict[str, Json]) -> None:
    """As identifiers, so that they can be matched."""
    for source in sr.sources.values():
        artifact = resources[f"{BASE}fhir/Citation/{source.id}"]["citedArtifact"]
        known = {each["system"]: each["value"] for each in artifact.get("identifier", [])}
        assert known.get("https://doi.org") == source.doi
        assert known.get("https://pubmed.ncbi.nlm.nih.gov") == source.pmid
        assert artifact["title"][0]["text"] == source.title
        assert artifact["webLocation"][0]["url"] == source.url
        assert bool(artifact.get("currentState")) is source.retracted


# ---------------------------------------------------------------- the file


def test_the_same_records_give_the_same_bytes(exported: bytes) -> None:
    """Nothing depends on the time or on hashing."""
    assert fhir.export(default_library()) == exported


def test_a_clinic_sets_its_own_base() -> None:
    """No trace of the stand-in address is left; a base that cannot work is refused."""
    exported = fhir.export(default_library(), base="https://clinic.example/cramps/").decode()
    assert '"https://clinic.example/cramps/fhir/Citation/garrison-2020"' in exported
    assert BASE not in exported
    with pytest.raises(ValueError, match="expected http"):
        fhir.export(default_library(), base="clinic.example")
