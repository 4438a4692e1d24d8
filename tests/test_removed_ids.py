"""Ids that are gone: what a look-up answers, and what may be said of them."""

from __future__ import annotations

import copy
import datetime
import pickle
import shutil
from pathlib import Path
from typing import Any

import pytest
import tomli_w

import spasm_reference as sr
from spasm_reference import queries, removals
from spasm_reference.artefact import PackagedStore
from spasm_reference.authoring import DATA, REMOVED_FILE, read_tree
from spasm_reference.compiling import compile_to
from spasm_reference.errors import DataError, RecordNotFound, RecordRemoved
from spasm_reference.library import Library, TreeStore
from spasm_reference.plain import flatten, revive
from spasm_reference.records import Record
from tests.removing import REMOVED, bury
from tests.test_faulty_data import TODAY, problems


@pytest.fixture(scope="module")
def packaged(data_with_removals: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the records in which some ids are gone as an installed package has them."""
    folder = tmp_path_factory.mktemp("packaged")
    compile_to(folder, data_with_removals)
    return folder


@pytest.fixture(scope="module", params=["checkout", "package"])
def library(request: pytest.FixtureRequest, data_with_removals: Path, packaged: Path) -> Library:
    """Return the library of either."""
    return Library(TreeStore(data_with_removals) if request.param == "checkout" else PackagedStore(str(packaged)))


def test_a_renamed_id_answers_with_the_record(library: Library) -> None:
    """As another name would, in any case, and for findings too."""
    foods = library.collections["foods"]
    assert library.get("Plantain fruit") is foods["plantain-fruit"] is foods["banana"]
    assert library.record("plantain-fruit") is foods["banana"]
    assert "plantain-fruit" in foods
    assert "plantain-fruit" not in list(foods)
    finding = library.findings["magnesium-old-finding"]
    assert finding is library.finding("magnesium-old-finding") is library.findings["magnesium-rest-cramps-frequency"]


def test_a_removed_id_gets_one_line_that_says_why_and_what_to_read_instead(library: Library) -> None:
    """In the collection it stood in, and whatever the kind."""
    line = (
        'no record "cramp-tonic" in supplements; removed in data version 2026.11.0; '
        "replaced by: magnesium, banana; why: It was two things in one bottle."
    )
    for look_up in (library.get, library.record, library.collections["supplements"].__getitem__):
        with pytest.raises(RecordRemoved) as caught:
            look_up("cramp-tonic")
        assert str(caught.value) == line
        assert caught.value.replaced_by == ("magnesium", "banana")
        assert caught.value.removed_in == "2026.11.0"
    assert isinstance(caught.value, RecordNotFound | KeyError)
    assert "cramp-tonic" not in library.collections["supplements"]
    assert library.collections["supplements"].get("cramp-tonic") is None
    for again in (copy.copy(caught.value), pickle.loads(pickle.dumps(caught.value))):  # noqa: S301
        assert (str(again), again.replaced_by) == (line, ("magnesium", "banana"))
    with pytest.raises(RecordRemoved, match=r"replaced by: nothing; why: Nobody could find the paper\."):
        library.get("lost-paper-1999")
    with pytest.raises(RecordRemoved, match="in findings; removed"):
        library.findings["magnesium-lost-finding"]


def test_an_id_is_gone_only_where_it_stood(library: Library) -> None:
    """Other collections say what they always say; and what never was an id gets the nearest."""
    for name, kind in (("cramp-tonic", "foods"), ("plantain-fruit", "terms"), ("magnesium-old-finding", "supplements")):
        with pytest.raises(RecordNotFound) as caught:
            library.collections[kind][name]
        assert type(caught.value) is RecordNotFound
        assert name not in library.collections[kind]
    with pytest.raises(RecordNotFound, match="nearest: magnesium"):
        library.get("magnezium")


def test_an_id_that_another_kind_has_now_answers_with_that(library: Library) -> None:
    """The medicine was renamed, and the cause has its id: each collection knows its own."""
    assert library.get("cold").kind == "causes"
    assert library.collections["medicines"]["cold"].id == "acetaminophen"


def test_interactions_of_a_removed_record_are_not_said_to_be_none(library: Library) -> None:
    """They may be listed under what replaced it."""
    with pytest.raises(RecordRemoved, match="replaced by: magnesium"):
        queries.interactions(library, "cramp-tonic", "ibuprofen")
    assert str(queries.interactions(library, "plantain-fruit", "a made-up pill")).startswith("No interaction")


def test_links_of_others_hold(library: Library) -> None:
    """A record that was exported before the renaming still leads to what it names."""
    old = sr.supplements["magnesium"].findings[0]
    row = flatten(old)
    row[list(old.field_names()).index("source_id")] = "garrison-2012"
    assert revive(type(old), row, library).source.id == "garrison-2020"


def test_a_look_up_that_succeeds_reads_no_tombstones(packaged: Path, tmp_path: Path) -> None:
    """They cost time and memory only when something is missing."""
    copy = shutil.copytree(packaged, tmp_path / "packaged")
    (copy / "tombstones.json").unlink()
    library = Library(PackagedStore(str(copy)))
    assert library.get("paracetamol").id == "acetaminophen"
    for collection in (*library.collections.values(), library.findings):
        list(collection.values())
    with pytest.raises(sr.SpasmReferenceError, match=r"tombstones\.json is missing"):
        library.get("no such record")


GOOD: dict[str, Any] = REMOVED[0]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return one copy of the records for all faults."""
    return shutil.copytree(DATA, tmp_path_factory.mktemp("faulty") / "data")


@pytest.fixture(scope="module")
def tree(data: Path) -> dict[str, dict[str, Record]]:
    """Return the records, read once."""
    return read_tree(data)[0]


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown kind": (
        {"kind": "potions"},
        'kind: found "potions", expected one of conditions, causes, symptoms, regions, treatments, medicines, '
        "supplements, foods, red_flags, claims, terms, emergency_numbers, sources, findings",
    ),
    "an unknown field": ({"reason": "x"}, "reason: found an unknown field, expected a field of this type"),
    "no reason": ({"why": None}, "why: found nothing, expected text, not empty"),
    "no day": ({"removed_on": "2026-11-22"}, 'removed_on: found "2026-11-22", expected a date such as 2026-11-22'),
    "a reason nobody can read": (
        {"why": "word " * 20 + "word."},
        "why: found a sentence of 21 words, expected at most 20",
    ),
    "an id that is none": (
        {"id": "Cramp Tonic"},
        'id: found "Cramp Tonic", expected lower-case words joined by hyphens',
    ),
    "an id that is there": (
        {"id": "potassium"},
        'id: found "potassium", expected an id that is not in supplements: this one is there',
    ),
    "a finding that is there": (
        {"kind": "findings", "id": "magnesium-rest-cramps-frequency", "replaced_by": []},
        'id: found "magnesium-rest-cramps-frequency", expected an id that is not in findings: this one is there',
    ),
    "a name that something else has": (
        {"id": "mg", "replaced_by": ["potassium"]},
        'id: found "mg", a name of magnesium, expected "magnesium" in replaced_by, or no such name there',
    ),
    "a replacement that is not there": (
        {"replaced_by": ["magnesium", "bananna"]},
        'replaced_by[1]: found "bananna", expected the id of a record; nearest "banana"',
    ),
    "a record in place of a finding": (
        {"kind": "findings", "replaced_by": ["magnesium"]},
        'replaced_by[0]: found "magnesium", expected the id of a finding',
    ),
    "a replacement that is gone too": (
        {"replaced_by": ["plantain-fruit"]},
        'replaced_by[0]: found "plantain-fruit", expected an id that is there: this one is gone too, replaced by banana',
    ),
    "a replacement twice": (
        {"replaced_by": ["magnesium", "magnesium"]},
        "replaced_by: found an id twice, expected each id once",
    ),
    "renamed to two": ({"renamed": True}, 'replaced_by: found 2 ids, expected exactly one, because "renamed" is true'),
    "renamed to another kind": (
        {"renamed": True, "replaced_by": ["banana"]},
        'replaced_by[0]: found "banana", expected an id in supplements, because "renamed" is true',
    ),
    "a version that is none": (
        {"removed_in": "0.1.0"},
        'removed_in: found "0.1.0", expected year, month and number, such as "2026.11.0"',
    ),
    "a version yet to come": (
        {"removed_in": "2099.1.0"},
        f'removed_in: found "2099.1.0", expected a data version not after {sr.data_version}, the one of these records',
    ),
    "a day yet to come": (
        {"removed_on": datetime.date(2099, 1, 1)},
        "removed_on: found 2099-01-01, expected a date not after 2026-11-29",
    ),
}


@pytest.mark.parametrize(("change", "line"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_named_in_one_line(
    tree: dict[str, dict[str, Record]], data: Path, change: dict[str, Any], line: str
) -> None:
    """File, field, found and expected."""
    spoiled = {name: value for name, value in {**GOOD, **change}.items() if value is not None}
    bury(data, spoiled, REMOVED[1])
    found = [str(problem) for problem in removals.check(tree, data, TODAY)]
    assert len(found) == 1, found
    assert found[0].startswith(f"data/removed.toml: removed[0].{line}")


def test_with_a_fault_nothing_opens(data_copy: Path) -> None:
    """Neither the validation nor the library of a checkout lets it pass."""
    bury(data_copy, {**GOOD, "id": "potassium"})
    line = 'data/removed.toml: removed[0].id: found "potassium", expected an id that is not in supplements: this one is there'
    assert problems(data_copy) == [line]
    with pytest.raises(DataError) as caught:
        Library(TreeStore(data_copy))
    assert str(caught.value) == line


def test_an_id_is_buried_once(data_copy: Path) -> None:
    """The second time is named."""
    bury(data_copy, GOOD, {**GOOD, "why": "Again."})
    assert problems(data_copy) == [
        'data/removed.toml: removed[1].id: found "cramp-tonic", expected each id of supplements once'
    ]


def test_the_file_holds_nothing_else_and_may_be_missing(data_copy: Path) -> None:
    """A tree of the time before it has none."""
    (data_copy / REMOVED_FILE).write_text(tomli_w.dumps({"gone": [GOOD]}))
    assert problems(data_copy) == ["data/removed.toml: gone: found an unknown field, expected a field of this type"]
    (data_copy / REMOVED_FILE).write_text("removed = [")
    assert problems(data_copy)[0].startswith("data/removed.toml: (syntax): found")
    (data_copy / REMOVED_FILE).unlink()
    assert problems(data_copy) == []
    assert Library(TreeStore(data_copy)).tombstones == ()


def test_a_data_version_is_year_month_and_number(data_copy: Path) -> None:
    """And nothing that could be taken for the version of the code."""
    for written, found in (('"0.1.0"', '"0.1.0"'), ('"2026.13.0"', '"2026.13.0"'), ('"2026.01.0"', '"2026.01.0"')):
        (data_copy / "version.toml").write_text(f"data_version = {written}\n")
        assert problems(data_copy) == [
            f'data/version.toml: data_version: found {found}, expected year, month and number, such as "2026.11.0"'
        ]
