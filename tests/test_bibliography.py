"""Citing sources and records, judged by a BibTeX reader and a schema that we did not write."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pybtex
import pytest
from pybtex.database import parse_string
from pybtex.richtext import Text

import spasm_reference as sr
from spasm_reference.bibliography import cite, item
from spasm_reference.exports import bibtex, csl_json
from spasm_reference.library import Library, TreeStore, default_library
from spasm_reference.records import Source

CSL_SCHEMA = Path(__file__).parent / "schemas" / "csl-data.json"

SPECIAL = r"A & B 5% x_1 #2 $3 {open} }shut{ \cmd ~a ^b <i> naïve “ß” 中"
IN_TEX = {
    "&": r"\&",
    "%": r"\%",
    "_": r"\_",
    "#": r"\#",
    "$": r"\$",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
}


def without_tex(text: str) -> str:
    """Return what TeX prints of an escaped text; bare braces only keep capitals."""
    characters = {escape: character for character, escape in IN_TEX.items()}
    return re.sub(r"\\text[a-z]+\{\}|\\[&%$#_]|[{}]", lambda match: characters.get(match[0], ""), text)


def made_up(**values: Any) -> Source:
    """Return a web page as a source, with some fields of its own."""
    fields: dict[str, Any] = {
        "id": "made-up",
        "source_type": "web",
        "title": "A page",
        "url": "https://example.org/a_b?c=%20d&e=~f#g",
        "accessed": datetime.date(2026, 1, 5),
    }
    return Source(**{**fields, **values})


@pytest.fixture(scope="module")
def bibliography() -> Any:
    """Return the exported BibTeX as pybtex reads it."""
    return parse_string(bibtex.export(default_library()).decode("utf-8"), "bibtex")


@pytest.fixture(scope="module")
def csl_items() -> dict[str, dict[str, Any]]:
    """Return the exported CSL-JSON by id."""
    return {entry["id"]: entry for entry in json.loads(csl_json.export(default_library()))}


def test_bibtex_holds_every_source_with_its_words(bibliography: Any) -> None:
    """Title, people, year and identifiers come back as the record has them; the keys are the ids."""
    assert list(bibliography.entries) == list(sr.sources)
    for id, source in sr.sources.items():
        entry = bibliography.entries[id]
        assert str(Text.from_latex(entry.fields["title"])) == source.title, id
        assert entry.fields["url"] == source.url
        assert entry.fields["urldate"] == source.accessed.isoformat()
        for name, value in (("year", source.year), ("doi", source.doi), ("pmid", source.pmid), ("pmcid", source.pmcid)):
            assert entry.fields.get(name) == (str(value) if value else None), (id, name)
        people = entry.persons.get("author", [])
        assert len(people) == len(source.authors), id
        for person, author in zip(people, source.authors, strict=True):
            if author != "et al.":
                name = " ".join([*person.prelast_names, *person.last_names, *person.lineage_names])
                family = str(Text.from_latex(name))
                assert author.startswith(family) or author.removesuffix(" Jr").startswith(family.removesuffix(" Jr"))


def test_bibtex_types_follow_the_kind_of_source(bibliography: Any) -> None:
    """Each with the field that says where it came out; only types that plain BibTeX knows."""
    where = {"article": "journal", "incollection": "booktitle", "techreport": "institution"}
    types = {entry.type for entry in bibliography.entries.values()}
    assert types == {"article", "book", "incollection", "misc", "techreport"}
    for id, entry in bibliography.entries.items():
        if entry.type in where:
            assert entry.fields[where[entry.type]], id
        if sr.sources[id].container and sr.sources[id].volume:
            assert entry.type == "article", id
    assert bibliography.entries["garrison-2020"].type == "article"


def test_bibtex_escapes_what_tex_would_act_on() -> None:
    """Other characters stay as they are, the next entry is still read, and addresses are not touched."""
    text = bibtex.document([item(made_up(title=SPECIAL, note=SPECIAL), ""), item(made_up(id="next"), "")])
    entries = parse_string(text, "bibtex").entries
    assert list(entries) == ["made-up", "next"]
    expected = "".join(IN_TEX.get(character, character) for character in SPECIAL)
    assert entries["made-up"].fields["annote"] == expected
    assert without_tex(entries["made-up"].fields["title"]) == SPECIAL
    assert entries["made-up"].fields["url"] == "https://example.org/a_b?c=%20d&e=~f#g"


def test_a_style_prints_a_citation_and_keeps_its_capitals() -> None:
    """People by initials, an acronym in capitals, the DOI: pybtex with the style "plain"."""
    source = made_up(
        source_type="rct",
        title="Baclofen and ALS in Ohio & elsewhere",
        authors=("van der Berg J-P", "Shaw ST Jr", "Institute of Medicine", "et al."),
        container="Neurology",
        volume="5",
        pages="12-18",
        year=2019,
        doi="10.1000/x_1",
    )
    shown = pybtex.format_from_string(bibtex.document([item(source, "")]), "plain", output_backend="plaintext")
    assert "J.-P. van der Berg, S. T. Shaw, Jr, Institute of Medicine, and others." in shown
    assert "Baclofen and ALS in Ohio & elsewhere." in shown
    assert "Neurology, 5:12–18, 2019." in shown
    assert "doi:10.1000/x_1" in shown


def test_csl_json_fits_the_published_schema(csl_items: dict[str, dict[str, Any]]) -> None:
    """Every source, and a record of ours."""
    schema = json.loads(CSL_SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    validator.validate(list(csl_items.values()))
    for kind in ("supplements", "claims", "red_flags"):
        for id in getattr(sr, kind):
            validator.validate(json.loads(sr.cite(id, "csl-json")))
    with pytest.raises(jsonschema.ValidationError):
        validator.validate([{**csl_items["garrison-2020"], "type": "systematic-review"}])


def test_csl_json_holds_every_source_with_its_words(csl_items: dict[str, dict[str, Any]]) -> None:
    """And leaves out what is not known."""
    assert list(csl_items) == list(sr.sources)
    for id, source in sr.sources.items():
        entry = csl_items[id]
        assert entry["title"] == source.title
        assert entry["URL"] == source.url
        assert (entry.get("DOI"), entry.get("PMID"), entry.get("PMCID")) == (source.doi, source.pmid, source.pmcid)
        assert (entry.get("container-title"), entry.get("publisher")) == (source.container, source.publisher)
        assert entry.get("issued", {}).get("date-parts") == ([[source.year]] if source.year else None)
        assert datetime.date(*entry["accessed"]["date-parts"][0]) == source.accessed
        assert len(entry.get("author", [])) == len(source.authors)
        assert all(value not in (None, "", [], {}) for value in entry.values())
    assert csl_items["garrison-2020"]["author"][0] == {"family": "Garrison", "given": "S. R."}
    assert csl_items["dri-tables-dataset"]["author"] == [{"literal": "Food and Nutrition Board, Institute of Medicine"}]
    assert csl_items["dri-tables-dataset"]["type"] == "dataset"


@pytest.mark.parametrize("export", [bibtex.export, csl_json.export], ids=["bibtex", "csl-json"])
def test_the_same_records_give_the_same_bytes(export: Any) -> None:
    """An export can be compared with an earlier one."""
    assert export(default_library()) == export(default_library())


def test_withdrawn_and_replaced_sources_say_so_in_every_style(data_copy: Path) -> None:
    """With the id of the successor."""
    source = data_copy / "sources/garrison-2020.toml"
    source.write_text(source.read_text() + 'retracted = true\nsuperseded_by = "winzenberg-2015"\n')
    library = Library(TreeStore(data_copy))
    standing = "Retracted. Superseded by Winzenberg 2015 (winzenberg-2015)."
    assert cite(library, "garrison-2020").endswith(standing)
    assert json.loads(cite(library, "garrison-2020", "csl-json"))[0]["note"] == standing
    entry = parse_string(cite(library, "garrison-2020", "bibtex"), "bibtex").entries["garrison-2020"]
    assert entry.fields["note"] == standing
    assert "note" not in parse_string(sr.cite("garrison-2020", "bibtex"), "bibtex").entries["garrison-2020"].fields


def test_a_record_is_cited_as_an_entry_of_this_reference() -> None:
    """With data version and year of review, no invented address, by any of its names."""
    magnesium = sr.supplements["magnesium"]
    entry = parse_string(sr.cite("Magnesium", "bibtex"), "bibtex").entries["magnesium"]
    assert dict(entry.fields) == {
        "title": "Magnesium",
        "booktitle": "Spasm Reference",
        "year": str(magnesium.reviewed.year),
        "version": sr.data_version,
        "note": f"Data version {sr.data_version}. Reviewed {magnesium.reviewed}. CC BY 4.0.",
    }
    (csl,) = json.loads(sr.cite("magnesium", "csl-json"))
    assert (csl["title"], csl["container-title"], csl["version"]) == ("Magnesium", "Spasm Reference", sr.data_version)
    assert "URL" not in csl
    assert sr.cite("magnesium").count("\n") == 0


def test_the_sources_of_a_record_follow_on_request() -> None:
    """Each once: of the summary, the statements, the findings, and the findings a verdict rests on."""
    claim = sr.claims["magnesium-stops-night-cramps"]
    ids = [entry["id"] for entry in json.loads(sr.cite(claim.id, "csl-json", sources=True))]
    assert ids == [claim.id, *(source.id for source in claim.cited_sources)]
    for claim in sr.claims.values():
        ids = [source.id for source in claim.cited_sources]
        assert ids == sorted(set(ids))
        assert set(ids) >= {*claim.source_ids, *(finding.source_id for finding in claim.findings_used)}
        assert set(ids) >= {id for statement in claim.reason for id in statement.source_ids}
    for treatment in sr.treatments.values():
        assert set(treatment.cited_sources) >= set(treatment.steps_sources)
    assert sr.cite("garrison-2020", sources=True) == sr.cite("garrison-2020") == sr.sources["garrison-2020"].citation


def test_a_wrong_name_or_style_is_named() -> None:
    """The nearest ids, and the styles there are."""
    with pytest.raises(sr.RecordNotFound, match="nearest: garrison-2020"):
        sr.cite("garison-2020")
    with pytest.raises(ValueError, match='unknown style "apa"; the styles are text, bibtex, csl-json'):
        sr.cite("garrison-2020", "apa")
