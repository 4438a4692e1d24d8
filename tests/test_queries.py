"""Questions that run across records."""

from __future__ import annotations

import csv
import io
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import spasm_reference as sr
from spasm_reference.library import Library, TreeStore
from spasm_reference.queries import NOT_LISTED, interactions


def test_foods_are_sorted_by_a_nutrient() -> None:
    """The richest first, per portion or per 100 g, each with its source."""
    for per, field in (("portion", "per_portion"), ("100 g", "per_100g")):
        found = sr.foods_by("potassium", per=per)
        assert len(found) >= 5
        assert [item.amount for item in found] == sorted((item.amount for item in found), reverse=True)
        for item in found:
            assert getattr(item.row, field) == item.amount
            assert item.row.source.id in sr.sources
            assert item.row in item.food.nutrients
    with pytest.raises(ValueError, match='unknown nutrient "potasium"'):
        sr.foods_by("potasium")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match='unknown measure "cup"'):
        sr.foods_by("potassium", per="cup")


def test_upper_limits_differ_by_authority() -> None:
    """350 mg of magnesium from supplements in the US, 250 mg in the EU."""
    adults = {
        row.amount for row in sr.upper_limits("magnesium", authority="NASEM") if row.life_stage == "9 years and over"
    }
    assert adults == {350}
    assert {row.amount for row in sr.upper_limits("Magnesium", authority="efsa")} == {250}
    assert all(row.measure == "UL" for row in sr.upper_limits())
    assert sr.upper_limits("unobtainium") == ()


def test_records_are_found_by_their_findings() -> None:
    """Direction, certainty and group of people in one finding."""
    found = sr.supplements.with_finding(population_group="rest-cramps", direction="no-effect", certainty="moderate")
    assert "magnesium" in [record.id for record in found]
    assert sr.foods.with_finding(lambda finding: finding.direction == "no-trials")
    with pytest.raises(AttributeError):
        sr.supplements.with_finding(colour="blue")


def test_a_pair_is_found_in_either_order() -> None:
    """And by a name that is no record of its own."""
    one, other = sr.interactions("magnesium", "ciprofloxacin"), sr.interactions("Ciprofloxacin", "Magnesium")
    assert one == other
    assert len(one) == 1
    assert one[0].record.id == "magnesium"
    assert one[0].interaction.what_to_do in str(one)


def test_a_class_stands_for_its_members(data_copy: Path) -> None:
    """An interaction with a class is found for each medicine in it, and the other way round."""
    path = data_copy / "foods/banana.toml"
    path.write_text(
        path.read_text()
        + '\n[[interactions]]\npartner = "Pain relievers"\npartner_ids = [\n    "pain-relievers",\n]\n'
        + 'effect = "A made-up effect."\nwhat_to_do = "Ask."\nsource_ids = [\n    "usda-sr28",\n]\n'
    )
    library = Library(TreeStore(data_copy))
    assert "ibuprofen" in library.collections["medicines"]["pain-relievers"].member_ids
    for pair in (("banana", "ibuprofen"), ("ibuprofen", "banana"), ("banana", "pain relievers")):
        assert any(item.interaction.effect == "A made-up effect." for item in interactions(library, *pair)), pair
    assert not any(
        item.interaction.effect == "A made-up effect." for item in interactions(library, "banana", "tizanidine")
    )


def test_interventions_can_be_compared() -> None:
    """In the order given, with findings about one condition, harms and groups."""
    rows = sr.compare(["tizanidine", "Advil", "stretching"], condition="acute-back-spasm")
    assert [row.record.id for row in rows] == ["tizanidine", "ibuprofen", "stretching"]
    for row in rows:
        assert all("acute-back-spasm" in finding.condition_ids for finding in row.findings)
        plain = row.to_dict()
        assert plain["findings"] == [finding.sentence for finding in row.findings]
        assert plain["pregnancy"] == row.advice["pregnancy"]
    assert len(sr.compare(["tizanidine"])[0].findings) >= len(rows[0].findings)
    with pytest.raises(ValueError, match="terms/placebo is no treatment"):
        sr.compare(["placebo"])
    with pytest.raises(sr.RecordNotFound):
        sr.compare(["tizanidin"])


def test_treatments_and_medicines_are_found_by_what_they_are_for() -> None:
    """Aim, setting, region and condition; class and status."""
    assert "stretching" in [record.id for record in sr.treatments.filter(setting="self-care")]
    assert all(record.aim == "prevention" for record in sr.treatments.filter(aim="prevention"))
    assert sr.treatments.filter(region_ids="leg")
    assert "stretching" in [record.id for record in sr.treatments.with_finding(condition_ids="nocturnal-leg-cramps")]
    shop = sr.medicines.filter(lambda record: any(row.status == "over-the-counter" for row in record.legal_status))
    assert "ibuprofen" in [record.id for record in shop]
    assert "tizanidine" in [record.id for record in sr.medicines["muscle-relaxants"].members]


def test_an_unlisted_pair_is_no_all_clear() -> None:
    """The printed form says so, and two unknown names are an error."""
    nothing = sr.interactions("magnesium", "acetaminophen")
    assert nothing == ()
    assert str(nothing) == NOT_LISTED
    assert "does not mean safe" in NOT_LISTED
    with pytest.raises(sr.RecordNotFound):
        sr.interactions("qqqq", "zzzz")


def test_every_partner_id_leads_to_a_record_that_may_interact() -> None:
    """Lookups by class need them."""
    for kind in ("supplements", "medicines", "foods", "treatments"):
        for record in getattr(sr, kind).values():
            for interaction in record.interactions:
                assert not re.search(r"^\s|\s$", interaction.partner)
                assert all(partner.kind in ("supplements", "medicines", "foods") for partner in interaction.partners)


def test_claims_are_found_by_subject_verdict_and_article() -> None:
    """By any name of the subject; each article's claims are those that answer a row of it."""
    about = sr.claims_about("Magnesium")
    assert about == sr.claims.filter(lambda claim: "magnesium" in claim.subject_ids)
    assert "magnesium-stops-night-cramps" in [claim.id for claim in about]
    assert sr.claims_about("Mg") == about
    with pytest.raises(sr.RecordNotFound, match="nearest: magnesium"):
        sr.claims_about("magnezium")
    assert {claim.verdict for claim in sr.claims.filter(verdict="contradicted")} == {"contradicted"}
    answered = [row for claim in sr.claims.values() for row in claim.seed_rows]
    for article in ("seed0", "seed1", "seed2", "seed3", "seed4"):
        claims = sr.claims_from_article(article)
        rows = {row for claim in claims for row in claim.seed_rows if row.startswith(f"{article}-")}
        assert rows == {row for row in answered if row.startswith(f"{article}-")}
        assert all(any(row.startswith(f"{article}-") for row in claim.seed_rows) for claim in claims)
    with pytest.raises(ValueError, match='unknown article "seed"; the articles are seed0, seed1'):
        sr.claims_from_article("seed")


def test_findings_are_rows_of_plain_values() -> None:
    """One a finding, all with the same columns, each column of one type, as data frames need."""
    rows = sr.finding_rows()
    assert [row["id"] for row in rows] == list(sr.findings)
    assert len({tuple(row) for row in rows}) == 1
    columns = {name: {type(row[name]) for row in rows} - {type(None)} for name in rows[0]}
    numbers = {"value": float, "low": float, "high": float, "n_studies": int, "n_participants": int}
    assert columns == {name: {numbers.get(name, str)} for name in columns}
    # Polars takes the type of a column from its first 100 rows.
    assert all(any(row[name] is not None for row in rows[:100]) for name in columns)
    row = next(row for row in rows if row["id"] == "magnesium-rest-cramps-frequency")
    finding = sr.findings[row["id"]]
    assert (row["record_kind"], row["record_id"]) == ("supplements", "magnesium")
    assert (row["value"], row["low"], row["high"], row["n_participants"]) == (-0.18, -0.84, 0.49, 307)
    assert (row["sentence"], row["source_id"], row["doi"]) == (finding.sentence, "garrison-2020", finding.source.doi)


def test_finding_rows_make_a_csv_file() -> None:
    """Which reads back with the same texts."""
    rows = sr.finding_rows()
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    file.seek(0)
    read = list(csv.DictReader(file))
    assert read == [{name: "" if value is None else str(value) for name, value in row.items()} for row in rows]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_finding_rows_make_a_data_frame(library: str) -> None:
    """As they are, with numbers as numbers."""
    frames: Any = import_module(library)
    rows = sr.finding_rows()
    frame = frames.DataFrame(rows)
    assert frame.shape == (len(rows), len(rows[0]))
    means = {row["value"] for row in rows if row["measure"] == "mean-difference" and row["value"] is not None}
    assert set(frame["value"].to_list()) >= means
    assert "float" in str(frame["low"].dtype).lower()


def test_a_code_finds_its_records() -> None:
    """In any case, in one system or in all; an unknown code finds nothing, an unknown system is refused."""
    assert [record.id for record in sr.with_code("e86.0", system="ICD-10-CM")] == ["dehydration"]
    assert sr.with_code("E86.0", system="MeSH") == ()
    assert sr.with_code("Z99.99") == ()
    for record in sr.conditions.values():
        for code in record.codes:
            assert record in sr.with_code(code.code), (record.id, code.code)
    with pytest.raises(ValueError, match='unknown code system "SNOMED"'):
        sr.with_code("22253000", system="SNOMED")
