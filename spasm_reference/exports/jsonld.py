"""Everything as JSON-LD in the words of schema.org, one node a record.

`node` describes one record, so a web page can carry its own; `export` puts all of
them into one graph.  Types and properties are used as schema.org defines them.
Where its words would say more than we know, they are left out: nothing here is a
``possibleTreatment``, and a cause is one only if its link is well established or
probable.  What was found stands as statements, each with its source.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TypeAlias
from urllib.parse import quote

from ..citations import plain_text
from ..grading import (
    CERTAINTY_WORDS,
    LINK_WORDS,
    URGENCY_WORDS,
    VERDICT_MEANING,
    VERDICT_WORDS,
    certainty_label,
)
from ..library import Library
from ..notices import INTENDED_USE, NOT_REVIEWED
from ..records import (
    COLLECTIONS,
    Cause,
    Cited,
    Claim,
    Code,
    Condition,
    Dose,
    EmergencyNumber,
    Entry,
    Finding,
    Food,
    IntakeRow,
    Intervention,
    Medicine,
    Part,
    Record,
    RedFlag,
    Region,
    Source,
    Sourced,
    Statement,
    Supplement,
    Symptom,
    Term,
    Treatment,
)
from .addresses import BASE, checked

Node: TypeAlias = dict[str, Any]
"""One JSON object: a thing of schema.org, with the things inside it."""

CONTEXT: Node = {
    "@vocab": "https://schema.org/",
    # As in schema.org's own context: these values are addresses, those are dates.
    **{name: {"@type": "@id"} for name in ("license", "sameAs", "url")},
    **{name: {"@type": "Date"} for name in ("dateModified", "datePublished", "lastReviewed")},
}
"""The context of every document, given in full: a reader needs no network."""

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
TITLE = "Spasm Reference"

_RECOMMENDED = ("RDA", "AI", "PRI")
_HIGHEST = ("UL", "safe-level")
_MENTIONED = ("related", "red_flags", "conditions", "regions", "causes", "symptoms", "members", "subjects")
_RESEARCH = ("systematic-review", "rct", "observational", "review")
_LANGUAGE = "en-US"


def export(library: Library, base: str = BASE) -> bytes:
    """Return all records as one JSON-LD graph, UTF-8.

    ``base`` is the address that ids are put behind: ``<base>supplements/magnesium``.
    Raises `ValueError` if it is not an absolute web address that ends in ``/``.
    """
    nodes = [
        _collection(library, checked(base)),
        _term_set(library, base),
        *(node(record, base) for kind in COLLECTIONS for record in library.collections[kind].values()),
    ]
    document = {"@context": CONTEXT, "@graph": nodes}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def node(record: Record, base: str = BASE) -> Node:
    """Return one record as a node, without a context.

    Links to other records are their addresses, ``{"@id": …}``.

    >>> import spasm_reference as sr
    >>> magnesium = node(sr.supplements["magnesium"])
    >>> magnesium["@type"], magnesium["@id"]
    ('DietarySupplement', 'https://example.org/spasm/supplements/magnesium')
    """
    if isinstance(record, Source):
        return _filled(_source(record, base))
    assert isinstance(record, Entry)
    type_, own = _described(record, base)
    shared = {
        "@type": type_,
        "@id": address(record, base),
        "name": record.name,
        "alternateName": list(record.aliases),
        "description": record.summary,
        **_codes(record, own.pop("identifier", [])),
    }
    statements = [
        *own.pop("subjectOf", []),
        *(_finding(finding, base) for finding in record.findings),
        *(_harms(record, base) if isinstance(record, Intervention) else ()),
    ]
    return _filled({**shared, **own, "subjectOf": statements, "mainEntityOfPage": _page(record, base)})


def page_document(record: Record, base: str = BASE, page: str | None = None) -> str:
    """Return one record as JSON-LD that is safe inside ``<script type="application/ld+json">``.

    ``page`` is the address of the page that it stands on.  That and ``base`` may be relative to it.
    Characters that could end the element or begin another are written as escapes, so
    the text means the same to a JSON reader and nothing to an HTML reader.
    """
    document = {"@context": CONTEXT, **node(record, base)}
    if page is not None and "mainEntityOfPage" in document:
        document["mainEntityOfPage"]["url"] = page
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def address(record: Record | Finding, base: str = BASE) -> str:
    """Return the address of a record or finding: collection and id behind ``base``."""
    kind = record.kind if isinstance(record, Record) else "findings"
    return f"{base}{kind}/{record.id}"


# ---------------------------------------------------------------- around the records


def _collection(library: Library, base: str) -> Node:
    return {
        "@type": "Dataset",
        "@id": base,
        "name": TITLE,
        "description": f"Muscle cramps and spasms: graded, cited records. {INTENDED_USE} {NOT_REVIEWED}",
        "version": library.data_version,
        "inLanguage": _LANGUAGE,
        "license": LICENSE,
        "creator": _publisher(base),
        "usageInfo": _usage(),
    }


def _term_set(library: Library, base: str) -> Node:
    return {
        "@type": "DefinedTermSet",
        "@id": f"{base}terms",
        "name": f"Terms of the {TITLE}",
        "isPartOf": {"@id": base},
        "license": LICENSE,
        "hasDefinedTerm": _references(library.collections["terms"].values(), base),
    }


def _page(record: Entry, base: str) -> Node:
    """Describe what we wrote about the subject, apart from the subject itself."""
    return {
        "@type": "MedicalWebPage",
        "@id": f"{address(record, base)}#page",
        "name": record.name,
        "isPartOf": {"@id": base},
        "mainEntity": {"@id": address(record, base)},
        "inLanguage": _LANGUAGE,
        "keywords": list(record.lay_terms),
        "dateModified": record.reviewed.isoformat(),
        "lastReviewed": record.reviewed.isoformat(),
        "license": LICENSE,
        "publisher": _publisher(base),
        "usageInfo": _usage(),
        "mentions": _mentioned(record, base),
        "citation": _references(_sources_in(record), base),
    }


def _publisher(base: str) -> Node:
    return {"@type": "Organization", "@id": f"{base}#publisher", "name": "The Spasm Reference maintainers"}


def _usage() -> Node:
    return {"@type": "CreativeWork", "text": f"{INTENDED_USE} {NOT_REVIEWED}"}


def _references(records: Iterable[Record | Finding], base: str) -> list[Node]:
    return [{"@id": address(record, base)} for record in records]


def _mentioned(record: Entry, base: str) -> list[Node]:
    linked = [other for name in _MENTIONED for other in getattr(record, name, ())]
    return _references(dict.fromkeys(linked), base)


def _sources_in(part: Part) -> list[Source]:
    """Return every source in a record, in the order of its fields, each once."""
    found: dict[str, Source] = {}
    if isinstance(part, Cited):
        found.update((source.id, source) for source in part.sources)
    if isinstance(part, Sourced):
        found[part.source.id] = part.source
    for name in part.field_names():
        value = getattr(part, name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Part):
                found.update((source.id, source) for source in _sources_in(inner) if source.id not in found)
    return list(found.values())


def _filled(node: Node) -> Node:
    """Return a node without its empty properties, inside as well."""
    return {name: _value(value) for name, value in node.items() if value not in (None, "", [])}


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [_value(inner) for inner in value if inner is not None]
    return _filled(value) if isinstance(value, dict) else value


# ---------------------------------------------------------------- what a subject is called elsewhere

_NO_MEDICAL_CODE = (Food, Claim, Term, EmergencyNumber)
"""What schema.org does not count among medical things, so that ``code`` is not theirs."""


def _codes(record: Entry, identifiers: list[Node]) -> Node:
    named = [record.id, *identifiers]
    same = [f"https://www.wikidata.org/entity/{code.code}" for code in record.codes if code.system == "Wikidata"]
    if isinstance(record, _NO_MEDICAL_CODE):
        named += [_property_value(code.system, code.code, description=code.label) for code in record.codes]
        return {"identifier": named, "sameAs": same}
    return {"identifier": named, "code": [_medical_code(code) for code in record.codes], "sameAs": same}


def _medical_code(code: Code) -> Node:
    release = {"@type": "CategoryCodeSet", "name": code.system, "version": code.version} if code.version else None
    return {
        "@type": "MedicalCode",
        "codeValue": code.code,
        "codingSystem": code.system,
        "name": code.label,
        "inCodeSet": release,
    }


def _property_value(what: str, value: str | float, **more: Any) -> Node:
    return {"@type": "PropertyValue", "propertyID": what, "value": value, **more}


# ---------------------------------------------------------------- what was found


def _statement(text: str, cited: Iterable[Source], base: str, **more: Any) -> Node:
    return {"@type": "Statement", "text": text, **more, "citation": _references(cited, base)}


def _finding(finding: Finding, base: str) -> Node:
    """Describe a finding; how sure it is stands in words, for schema.org has no grade of certainty."""
    about = [{"@id": address(finding.record, base)}, *_references(finding.conditions, base)]
    sure = f"{certainty_label(finding)}. Graded by: {finding.graded_by}."
    return _statement(
        finding.sentence,
        [finding.source],
        base,
        **{"@id": address(finding, base)},
        identifier=finding.id,
        about=about,
        description=" ".join(part for part in (sure, finding.caveat) if part),
    )


def _harms(record: Intervention, base: str) -> list[Node]:
    about = {"@id": address(record, base)}
    return [
        _statement(harm.text, harm.sources, base, name="Serious harm" if harm.serious else "Harm", about=about)
        for harm in record.harms
    ]


def _texts(*statements: Statement | None) -> list[str]:
    return [statement.text for statement in statements if statement is not None]


# ---------------------------------------------------------------- kinds of records


def _described(record: Entry, base: str) -> tuple[str, Node]:
    """Return the type of a record, and what only its kind says."""
    match record:
        case Condition():
            return "MedicalCondition", _condition(record, base)
        case Cause():
            return _cause_type(record), _cause(record, base)
        case Symptom():
            return "MedicalSymptom", {}
        case Region():
            return "AnatomicalStructure", _region(record, base)
        case Treatment():
            return _treatment_type(record), _treatment(record)
        case Medicine() if record.member_ids:
            drugs = [member for member in record.members if not member.member_ids]
            return "DrugClass", {"drug": _references(drugs, base)}
        case Medicine():
            return "Drug", _drug(record, base)
        case Supplement():
            return "DietarySupplement", _supplement(record)
        case Food():
            return "Product", _food(record)
        case RedFlag():
            return "MedicalSignOrSymptom", _red_flag(record, base)
        case Claim():
            return "Claim", _claim(record, base)
        case Term():
            return "DefinedTerm", _term(record, base)
        case EmergencyNumber():
            return "Service", _emergency_number(record)
    raise TypeError(f"no schema.org type for {record.kind}")


def _condition(record: Condition, base: str) -> Node:
    known = [cause for cause in record.causes if _cause_type(cause) == "MedicalCause"]
    return {
        "associatedAnatomy": _references(record.regions, base),
        "cause": _references(known, base),
        "signOrSymptom": _references((*record.symptoms, *record.red_flags), base),
        "epidemiology": [prevalence.text for prevalence in record.how_common],
        "differentialDiagnosis": [
            {
                "@type": "DDxElement",
                "name": other.name,
                "description": other.difference,
                "diagnosis": {"@id": address(other.record, base)} if isinstance(other.record, Condition) else None,
            }
            for other in record.look_alikes
        ],
    }


def _cause_type(record: Cause) -> str:
    """Return the type of a cause: what is only said to be one is no more than a medical thing."""
    return "MedicalCause" if record.spasm_link in ("established", "probable") else "MedicalEntity"


def _cause(record: Cause, base: str) -> Node:
    if record.spasm_link is None:
        return {}
    reason = record.spasm_link_reason
    text = f"{LINK_WORDS[record.spasm_link]}.{f' {reason.text}' if reason else ''}"
    about = {"@id": address(record, base)}
    return {"subjectOf": [_statement(text, reason.sources if reason else record.sources, base, about=about)]}


def _region(record: Region, base: str) -> Node:
    return {
        "subStructure": [
            {"@type": "Muscle", "name": muscle.name, "alternateName": muscle.lay_name} for muscle in record.muscles
        ],
        "relatedCondition": _references(record.conditions, base),
    }


def _treatment_type(record: Treatment) -> str:
    """Return the narrower type only for what is called so."""
    return "PhysicalTherapy" if "physical therapy" in record.aliases else "MedicalTherapy"


def _treatment(record: Treatment) -> Node:
    return {
        "contraindication": _texts(*record.who_should_avoid),
        "howPerformed": [f"{step.text}{f' ({step.how_long})' if step.how_long else ''}" for step in record.steps],
    }


def _drug(record: Medicine, base: str) -> Node:
    groups = record.special_groups
    partners = [partner for interaction in record.interactions for partner in interaction.partners]
    drugs = [partner for partner in partners if isinstance(partner, Medicine) and not partner.member_ids]
    return {
        "nonProprietaryName": record.name,
        "rxcui": [code.code for code in record.codes if code.system == "RxNorm"],
        "drugClass": {"@type": "DrugClass", "name": record.medicine_class} if record.medicine_class else None,
        "legalStatus": [f"{status.country}: {status.status}" for status in record.legal_status],
        "maximumIntake": [_dose(dose) for dose in record.maximum_doses],
        "warning": _warnings(record),
        "pregnancyWarning": groups.pregnancy.text if groups else None,
        "breastfeedingWarning": groups.breastfeeding.text if groups else None,
        "alcoholWarning": record.alcohol.text if record.alcohol else None,
        "interactingDrug": _references(dict.fromkeys(drugs), base),
    }


def _supplement(record: Supplement) -> Node:
    groups = record.special_groups
    cared_for = [f"{_words(name)}: {getattr(groups, name).text}" for name in groups.field_names()] if groups else []
    return {
        "safetyConsideration": [
            *_warnings(record),
            *(f"{interaction.partner}: {interaction.effect}" for interaction in record.interactions),
            *cared_for,
        ],
        "recommendedIntake": [_intake(row) for row in record.intakes if row.measure in _RECOMMENDED],
        "maximumIntake": [_intake(row) for row in record.intakes if row.measure in _HIGHEST],
    }


def _words(field: str) -> str:
    return field.replace("_", " ").capitalize()


def _warnings(record: Intervention) -> list[str]:
    return [*(harm.text for harm in record.harms if harm.serious), *_texts(*record.who_should_avoid)]


def _dose(dose: Dose) -> Node:
    """Describe the most that a label allows; where it is a range, the words hold the numbers."""
    one = dose.amount is not None and dose.amount_max is None
    return {
        "@type": "MaximumDoseSchedule",
        "description": dose.text,
        "doseValue": dose.amount if one else None,
        "doseUnit": dose.unit if one else None,
        "frequency": f"per {dose.per}" if one and dose.per else None,
        "targetPopulation": dose.who,
    }


def _intake(row: IntakeRow) -> Node | None:
    """Describe an official figure for a day; the basis says whether food counts."""
    if row.amount is None:
        return None
    return {
        "@type": "RecommendedDoseSchedule" if row.measure in _RECOMMENDED else "MaximumDoseSchedule",
        "name": f"{row.measure}, {row.nutrient}",
        "description": {"total": "from all sources", "supplements-only": "from supplements", "food-only": "from food"}[
            row.basis
        ],
        "doseValue": row.amount,
        "doseUnit": row.unit,
        "frequency": "per day",
        "targetPopulation": row.life_stage if row.sex == "any" else f"{row.life_stage}, {row.sex}",
        "recognizingAuthority": {"@type": "Organization", "name": row.authority},
    }


def _food(record: Food) -> Node:
    """Describe a food: schema.org has no type for it, and its ``nutrition`` is for recipes and menus."""
    portion = record.portion
    properties = []
    for amount in record.nutrients:
        if amount.per_100g is not None:
            properties.append(_property_value(amount.nutrient, amount.per_100g, unitText=f"{amount.unit} in 100 g"))
        if amount.per_portion is not None and portion is not None:
            unit = f"{amount.unit} in {portion.name} ({portion.grams:g} g)"
            properties.append(_property_value(amount.nutrient, amount.per_portion, unitText=unit))
    return {"category": "Food", "additionalProperty": properties}


def _red_flag(record: RedFlag, base: str) -> Node:
    """Describe a warning sign; the action is a statement, for no society or consensus made it a guideline."""
    text = (
        f"{URGENCY_WORDS[record.urgency]}. {record.action} if: {'; '.join(sign.rstrip('.') for sign in record.signs)}."
    )
    about = {"@id": address(record, base)}
    return {"subjectOf": [_statement(text, record.sources, base, name=URGENCY_WORDS[record.urgency], about=about)]}


def _claim(record: Claim, base: str) -> Node:
    sure = f"{CERTAINTY_WORDS[record.certainty]}. Graded by: {record.graded_by}."
    return {
        "text": record.statement,
        "about": _references(record.subjects, base),
        "creditText": f"Said by: {', '.join(record.said_by)}",
        "review": {
            "@type": "ClaimReview",
            "@id": f"{address(record, base)}#review",
            "claimReviewed": record.statement,
            "itemReviewed": {"@id": address(record, base)},
            "author": _publisher(base),
            "dateModified": record.reviewed.isoformat(),
            "license": LICENSE,
            "reviewRating": {
                "@type": "Rating",
                "alternateName": VERDICT_WORDS[record.verdict],
                "ratingExplanation": f"{VERDICT_MEANING[record.verdict]} {sure}",
            },
            "reviewBody": " ".join([*_texts(*record.reason), f"For whom: {record.for_whom}"]),
            "isBasedOn": _references(record.findings_used, base),
            "citation": _references(record.sources, base),
        },
    }


def _term(record: Term, base: str) -> Node:
    return {"description": record.definition, "termCode": record.id, "inDefinedTermSet": {"@id": f"{base}terms"}}


def _emergency_number(record: EmergencyNumber) -> Node:
    channels = {"emergency": record.emergency, "health advice": record.advice, "poison information": record.poison}
    return {
        "serviceType": "Telephone numbers for emergencies and health advice",
        "areaServed": {"@type": "Country", "name": record.country, "identifier": record.country_code},
        "availableChannel": [
            {
                "@type": "ServiceChannel",
                "name": purpose,
                "servicePhone": [
                    {"@type": "ContactPoint", "telephone": number, "contactType": purpose} for number in numbers
                ],
            }
            for purpose, numbers in channels.items()
            if numbers
        ],
    }


# ---------------------------------------------------------------- sources


def _source(record: Source, base: str) -> Node:
    """Describe a work of others: it gets no page, date or licence of ours."""
    return {
        "@type": _source_type(record),
        "@id": address(record, base),
        "identifier": [
            record.id,
            *(
                _property_value(system, value)
                for system, value in (("DOI", record.doi), ("PMID", record.pmid), ("PMCID", record.pmcid))
                if value
            ),
        ],
        "name": record.title,
        "author": [_author(name) for name in record.authors],
        "datePublished": str(record.year) if record.year else None,
        "publisher": {"@type": "Organization", "name": record.publisher} if record.publisher else None,
        "creditText": plain_text(record),
        "creativeWorkStatus": _standing(record),
        "url": record.url,
        "sameAs": [
            *([f"https://doi.org/{_quoted(record.doi)}"] if record.doi else []),
            *([f"https://pubmed.ncbi.nlm.nih.gov/{record.pmid}/"] if record.pmid else []),
            *([f"https://pmc.ncbi.nlm.nih.gov/articles/{record.pmcid}/"] if record.pmcid else []),
        ],
        **_place(record),
    }


def _source_type(record: Source) -> str:
    if record.source_type == "textbook":
        return "Book"
    if record.source_type == "dataset":
        return "Dataset"
    if record.source_type in _RESEARCH or record.doi or record.pmid:
        return "ScholarlyArticle"
    return "WebPage" if record.source_type in ("web", "label") else "Report"


def _standing(record: Source) -> list[str]:
    return [*(["Retracted"] if record.retracted else []), *(["Superseded"] if record.superseded_by else [])]


def _place(record: Source) -> Node:
    """Describe where a work stands: an article in an issue of a volume of a journal, else a work in a work."""
    if not record.container:
        return {}
    if _source_type(record) != "ScholarlyArticle":
        return {"isPartOf": {"@type": "CreativeWork", "name": record.container}}
    within: Node = {"@type": "Periodical", "name": record.container}
    if record.volume:
        within = {"@type": "PublicationVolume", "volumeNumber": record.volume, "isPartOf": within}
    if record.issue:
        within = {"@type": "PublicationIssue", "issueNumber": record.issue, "isPartOf": within}
    return {"isPartOf": within, "pagination": record.pages}


def _author(name: str) -> Node:
    """Describe an author: "Garrison SR" is a person, "Institute of Medicine" a body."""
    family, _, initials = name.rpartition(" ")
    person = bool(family) and initials.isupper() and len(initials) <= 4
    return {"@type": "Person" if person else "Organization", "name": name}


def _quoted(doi: str) -> str:
    """Return a DOI as an address may hold it."""
    return quote(doi, safe="/:;()-._~")
