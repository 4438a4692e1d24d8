"""The JSON-LD export, read by rdflib and held against schema.org's own vocabulary."""

from __future__ import annotations

import json
import socket
import warnings
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF

import spasm_reference as sr
from spasm_reference.exports import jsonld
from spasm_reference.exports.addresses import BASE
from spasm_reference.grading import VERDICT_WORDS
from spasm_reference.library import default_library
from spasm_reference.notices import INTENDED_USE, NOT_REVIEWED
from spasm_reference.records import COLLECTIONS, Entry

SCHEMA = "https://schema.org/"
VOCABULARY: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "schema-org.json").read_text(encoding="utf-8")
)["types"]


def s(name: str) -> URIRef:
    """Return a name of schema.org."""
    return URIRef(SCHEMA + name)


def at(path: str) -> URIRef:
    """Return the address of a record."""
    return URIRef(BASE + path)


@pytest.fixture(scope="module")
def exported() -> bytes:
    """Return the export as users get it."""
    return jsonld.export(default_library())


@pytest.fixture(scope="module")
def document(exported: bytes) -> dict[str, Any]:
    """Return the export as plain JSON."""
    result: dict[str, Any] = json.loads(exported)
    return result


@pytest.fixture(scope="module")
def graph(exported: bytes) -> Iterator[Graph]:
    """Return the triples that rdflib reads, on a machine without a network."""

    def refuse(*_: object) -> None:
        raise AssertionError("reading the export asked the network")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        with warnings.catch_warnings():
            # rdflib's own reader still uses a class that rdflib deprecates.
            warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
            result = Graph().parse(data=exported, format="json-ld")
        yield result


# ---------------------------------------------------------------- what the graph says


def test_magnesium_is_a_dietary_supplement_with_its_name_and_codes(graph: Graph) -> None:
    """Found by its code alone, as a search engine would."""
    magnesium = at("supplements/magnesium")
    assert (magnesium, RDF.type, s("DietarySupplement")) in graph
    assert (magnesium, s("name"), Literal("Magnesium")) in graph
    codes = {
        (str(graph.value(code, s("codingSystem"))), str(graph.value(code, s("codeValue"))))
        for code in graph.objects(magnesium, s("code"))
    }
    assert {("MeSH", "D008274"), ("UNII", "I38ZP9992A")} <= codes


def test_diabetes_is_found_by_its_icd_code(graph: Graph) -> None:
    """The release that the code was seen in stands with it."""
    codes = list(graph.subjects(s("codeValue"), Literal("E11.9")))
    assert [subject for code in codes for subject in graph.subjects(s("code"), code)] == [at("conditions/diabetes")]
    (code,) = codes
    assert graph.value(code, s("codingSystem")) == Literal("ICD-10-CM")
    release = graph.value(code, s("inCodeSet"))
    assert str(graph.value(release, s("version"))).startswith("FY20")


def test_every_claim_has_one_review_with_the_verdict_in_words(graph: Graph) -> None:
    """No star or number stands for a verdict."""
    for claim in sr.claims.values():
        (review,) = graph.objects(at(f"claims/{claim.id}"), s("review"))
        assert (review, RDF.type, s("ClaimReview")) in graph
        assert graph.value(review, s("itemReviewed")) == at(f"claims/{claim.id}")
        rating = graph.value(review, s("reviewRating"))
        assert graph.value(rating, s("alternateName")) == Literal(VERDICT_WORDS[claim.verdict])
        assert {str(finding) for finding in graph.objects(review, s("isBasedOn"))} == {
            f"{BASE}findings/{id}" for id in claim.finding_ids
        }
    assert not list(graph.subject_objects(s("ratingValue")))


def test_every_finding_is_its_generated_sentence_with_its_source(graph: Graph) -> None:
    """Tied to what it is about by the sentence, never by "treats"."""
    for finding in sr.findings.values():
        node = at(f"findings/{finding.id}")
        assert graph.value(node, s("text")) == Literal(finding.sentence)
        assert graph.value(node, s("citation")) == at(f"sources/{finding.source_id}")
        assert (jsonld_address(finding.record), s("subjectOf"), node) in graph
    assert not list(graph.subject_objects(s("possibleTreatment")))


def jsonld_address(record: Entry) -> URIRef:
    """Return where a record stands."""
    return at(f"{record.kind}/{record.id}")


def test_what_is_only_said_to_be_a_cause_is_none(graph: Graph) -> None:
    """Each strength of link was met."""
    for cause in sr.causes.values():
        known = cause.spasm_link in ("established", "probable")
        node = jsonld_address(cause)
        assert ((node, RDF.type, s("MedicalCause")) in graph) is known
        if not known:
            assert not list(graph.subjects(s("cause"), node))
    assert {cause.spasm_link for cause in sr.causes.values()} >= {"established", "association-only", "not-supported"}


def test_serious_harms_stand_with_every_intervention(graph: Graph) -> None:
    """In the words of the record, with a source."""
    for kind in (sr.treatments, sr.medicines, sr.supplements, sr.foods):
        for record in kind.values():
            said = {
                str(graph.value(statement, s("text"))): list(graph.objects(statement, s("citation")))
                for statement in graph.objects(jsonld_address(record), s("subjectOf"))
            }
            for harm in record.harms:
                assert len(said[harm.text]) == len(set(harm.source_ids)), (record.id, harm.text)


def test_a_warning_sign_says_what_to_do(graph: Graph) -> None:
    """How urgent, the action, every sign."""
    for flag in sr.red_flags.values():
        texts = " ".join(
            str(graph.value(statement, s("text"))) for statement in graph.objects(jsonld_address(flag), s("subjectOf"))
        )
        assert flag.action in texts
        assert flag.urgency in texts.lower()
        assert all(sign.rstrip(".") in texts for sign in flag.signs)


def test_a_source_is_known_by_its_doi_and_pubmed_pages(graph: Graph) -> None:
    """A review is an article; a page, a report, a book and a data set are what they are."""
    for source in sr.sources.values():
        same = {str(address) for address in graph.objects(at(f"sources/{source.id}"), s("sameAs"))}
        assert (f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/" in same) is bool(source.pmid)
        assert any(address.startswith("https://doi.org/10.") for address in same) is bool(source.doi)
    assert (at("sources/garrison-2020"), RDF.type, s("ScholarlyArticle")) in graph
    assert (
        at("sources/garrison-2020"),
        s("sameAs"),
        URIRef("https://doi.org/10.1002/14651858.CD009402.pub3"),
    ) in graph
    types = {kind for source in sr.sources for kind in graph.objects(at(f"sources/{source}"), RDF.type)}
    assert types == {s(name) for name in ("ScholarlyArticle", "WebPage", "Report", "Book", "Dataset")}
    for source in sr.sources.values():
        assert not list(graph.objects(at(f"sources/{source.id}"), s("license"))), (
            "the work of others has no licence of ours"
        )


def test_every_page_has_its_date_licence_and_limits(graph: Graph) -> None:
    """On what we wrote, not on the illness itself."""
    for collection in (sr.conditions, sr.medicines, sr.foods, sr.claims, sr.terms, sr.emergency_numbers):
        for record in collection.values():
            page = URIRef(f"{BASE}{record.kind}/{record.id}#page")
            assert graph.value(jsonld_address(record), s("mainEntityOfPage")) == page
            assert str(graph.value(page, s("lastReviewed"))) == record.reviewed.isoformat()
            assert str(graph.value(page, s("dateModified"))) == record.reviewed.isoformat()
            assert graph.value(page, s("license")) == URIRef("https://creativecommons.org/licenses/by/4.0/")
            limits = str(graph.value(graph.value(page, s("usageInfo")), s("text")))
            assert INTENDED_USE in limits
            assert NOT_REVIEWED in limits
    assert not list(graph.subject_objects(s("reviewedBy")))


def test_terms_form_one_set(graph: Graph) -> None:
    """Both ways."""
    for term in sr.terms.values():
        node = at(f"terms/{term.id}")
        assert graph.value(node, s("description")) == Literal(term.definition)
        assert (node, s("inDefinedTermSet"), at("terms")) in graph
        assert (at("terms"), s("hasDefinedTerm"), node) in graph


# ---------------------------------------------------------------- whole and well formed


def test_every_record_and_finding_is_in_the_graph_once(document: dict[str, Any]) -> None:
    """Nothing is lost or described twice."""
    records = [record for kind in COLLECTIONS for record in default_library().collections[kind].values()]
    top = [node["@id"] for node in document["@graph"]]
    assert sorted(top) == sorted([BASE, f"{BASE}terms", *(f"{BASE}{record.kind}/{record.id}" for record in records)])
    described = [node["@id"] for node in nodes(document["@graph"]) if "@id" in node and "/findings/" in node["@id"]]
    assert sorted(described) == sorted(f"{BASE}findings/{id}" for id in sr.findings)


def test_no_address_points_at_nothing(graph: Graph) -> None:
    """Every address below the base has a type somewhere in the graph."""
    dangling = {
        node
        for triple in graph
        for node in triple
        if isinstance(node, URIRef) and node.startswith(BASE) and graph.value(node, RDF.type) is None
    }
    assert not dangling


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every node that has a type, at any depth."""
    if isinstance(value, list):
        for inner in value:
            yield from nodes(inner)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from nodes(inner)


def ancestry(type_: str) -> set[str]:
    """Return a type and all that it is a kind of."""
    return {type_}.union(*(ancestry(parent) for parent in VOCABULARY[type_]["parents"]))


def faults(graph_: list[Any]) -> set[str]:
    """Hold nodes against the vocabulary: types, whose properties they are, and what values these expect."""
    kinds = {node["@id"]: node["@type"] for node in nodes(graph_) if "@id" in node}
    found = set()
    for node in nodes(graph_):
        if node["@type"] not in VOCABULARY:
            found.add(f"{node['@type']}: no such type")
            continue
        allowed: dict[str, list[str]] = {}
        for type_ in ancestry(node["@type"]):
            allowed.update(VOCABULARY[type_]["properties"])
        for name, values in node.items():
            if name.startswith("@"):
                continue
            if name not in allowed:
                found.add(f"{node['@type']}.{name}: no such property")
                continue
            for value in values if isinstance(values, list) else [values]:
                if not fits(value, set(allowed[name]), kinds):
                    found.add(f"{node['@type']}.{name}: expects {allowed[name]}, got {value!r:.80}")
    return found


def fits(value: Any, expected: set[str], kinds: dict[str, str]) -> bool:
    """Tell whether a value is of one of the expected types."""
    if isinstance(value, dict):
        type_ = value.get("@type") or kinds.get(value["@id"])
        return type_ in VOCABULARY and bool(ancestry(type_) & expected)
    if isinstance(value, str):
        return bool({"Text", "URL", "Date", "DateTime"} & expected)
    return bool({"Number", "Integer"} & expected)


def test_types_properties_and_values_are_those_of_schema_org(document: dict[str, Any]) -> None:
    """A misspelled or misplaced property fails, and so does a value of the wrong type."""
    assert not faults(document["@graph"])


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"@type": "DietarySuplement"}, "DietarySuplement: no such type"),
        ({"@type": "Drug", "nonPropietaryName": "x"}, "Drug.nonPropietaryName: no such property"),
        (
            {"@type": "MedicalCondition", "lastReviewed": "2026-01-01"},
            "MedicalCondition.lastReviewed: no such property",
        ),
        ({"@type": "Thing", "name": 7}, "Thing.name: expects ['Text'], got 7"),
        (
            {"@type": "Drug", "interactingDrug": {"@type": "Person"}},
            "Drug.interactingDrug: expects ['Drug'], got {'@type': 'Person'}",
        ),
    ],
)
def test_the_check_against_schema_org_can_fail(fault: dict[str, Any], message: str) -> None:
    """Each kind of fault is named."""
    assert faults([fault]) == {message}


def test_the_context_is_given_in_full(document: dict[str, Any]) -> None:
    """A remote context would need the network."""
    assert isinstance(document["@context"], dict)
    assert document["@context"]["@vocab"] == SCHEMA


def test_the_same_records_give_the_same_bytes(exported: bytes) -> None:
    """Nothing depends on the time or on hashing."""
    assert jsonld.export(default_library()) == exported


# ---------------------------------------------------------------- base, and pages


def test_a_clinic_sets_its_own_base() -> None:
    """No trace of the stand-in address is left."""
    exported = jsonld.export(default_library(), base="https://clinic.example/cramps/").decode()
    assert '"https://clinic.example/cramps/supplements/magnesium"' in exported
    assert BASE not in exported


@pytest.mark.parametrize(
    "base", ["", "cramps/", "https://clinic.example", "ftp://clinic.example/", "https://x.org/?a/"]
)
def test_a_base_that_ids_cannot_follow_is_refused(base: str) -> None:
    """With the address and what was expected."""
    with pytest.raises(ValueError, match=r"base address .* expected http"):
        jsonld.export(default_library(), base=base)


class _Scripts(HTMLParser):
    """Collects the text of script elements and the names of all others."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.others: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self._inside = tag == "script"
        if not self._inside:
            self.others.append(tag)

    def handle_data(self, data: str) -> None:
        """Keep the text of a script."""
        if self._inside:
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Leave a script."""
        self._inside = False


def test_a_page_can_carry_its_own_record_safely() -> None:
    """Not even a name that closes the script gets out of it, and it reads back unchanged."""
    hostile = '</script><script>alert("&amp;")</script><!-- \u2028'
    record: Any = sr.terms["tetany"] if "tetany" in sr.terms else next(iter(sr.terms.values()))
    spoiled = type(record)(**{name: getattr(record, name) for name in record.field_names()} | {"definition": hostile})
    text = jsonld.page_document(spoiled)
    reader = _Scripts()
    reader.feed(f'<script type="application/ld+json">{text}</script>')
    assert reader.others == []
    (script,) = reader.scripts
    assert json.loads(script)["description"] == hostile
    assert "<" not in text
    assert "\u2028" not in text


def test_a_page_says_the_same_as_the_export(document: dict[str, Any]) -> None:
    """One function makes both."""
    record = sr.conditions["diabetes"]
    page = json.loads(jsonld.page_document(record))
    assert page.pop("@context") == document["@context"]
    assert page in document["@graph"]
