"""The tables hold every value of every record, whatever it is written in."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import spasm_reference as sr
from spasm_reference import exports
from spasm_reference.exports.json import export
from spasm_reference.exports.tables import fields, tables
from spasm_reference.library import Library, default_library
from spasm_reference.records import COLLECTIONS, Part
from spasm_reference.validation import REFERENCES
from tests.exports.rebuilding import READERS, Rows, from_sqlite, library_of, rebuild


def lists_of(library: Library) -> dict[str, Any]:
    """Return the lists of a JSON export; what it says of itself the tables do not repeat."""
    document: dict[str, Any] = json.loads(export(library))
    del document["about"]
    return document


def as_bytes(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


@pytest.fixture(scope="module")
def read_back(exported: Callable[[str], Path]) -> Rows:
    """Return the tables of the database."""
    return from_sqlite(exported("sqlite"))


@pytest.mark.parametrize("way", READERS)
def test_every_record_is_rebuilt_from_its_tables(exported: Callable[[str], Path], way: str) -> None:
    """As the JSON export has it, read back by others' tools.  A table has no order, so records are sorted."""
    form, read = READERS[way]
    written = lists_of(default_library())
    in_order = {kind: sorted(records, key=lambda record: record["id"]) for kind, records in written.items()}
    in_order["removed"] = written["removed"]
    assert as_bytes(rebuild(read(exported(form)))) == as_bytes(in_order)


WITHOUT_RECORD = ("records", "removed", "replacements")
"""Tables that a record is not put together from; the last two are in `tests.exports.test_removed`."""


@pytest.mark.parametrize(
    "table", [table.name for table in tables(default_library()) if table.name not in WITHOUT_RECORD]
)
def test_no_row_could_be_left_out(read_back: Rows, table: str) -> None:
    """The check above sees the loss of any: here the last of each table."""
    row = read_back[table][-1]
    id = row.get("owner_id") or row.get("from_id") or row["id"]
    about = {
        name: [row for row in rows if id in (row.get("owner_id"), row.get("from_id"), row.get("id"))]
        for name, rows in read_back.items()
    }
    record = sr.get(id)
    assert rebuild(about)[record.kind] == [record.to_dict()]
    about[table] = [other for other in about[table] if other is not row]
    assert rebuild(about)[record.kind] != [record.to_dict()]


def test_findings_carry_the_sentence_that_the_library_makes(read_back: Rows) -> None:
    """And sources their citation and address."""
    found = read_back
    assert {row["id"]: row["sentence"] for row in found["findings"]} == {
        id: finding.sentence for id, finding in sr.findings.items()
    }
    assert {row["id"]: (row["citation"], row["link"]) for row in found["sources"]} == {
        id: (source.citation, source.link) for id, source in sr.sources.items()
    }
    names = {(row["kind"], row["id"]): row["name"] for row in found["records"]}
    assert names["medicines", "ibuprofen"] == "Ibuprofen"
    assert len(names) == len(sr.findings) + sum(len(getattr(sr, kind)) for kind in COLLECTIONS)


def test_every_field_that_links_is_known_to_do_so() -> None:
    """Else its ids would stand among the texts."""
    for cls in COLLECTIONS.values():
        waiting: list[type[Part]] = [cls]
        while waiting:
            for field in fields(waiting.pop()):
                if field.form in ("part", "parts"):
                    waiting.append(field.type)
                elif field.name.endswith(("_id", "_ids")):
                    assert field.name in REFERENCES


class Numbers(Part):
    """A part that no table could hold."""

    amounts: tuple[int, ...] = ()


class Hollow(Part):
    """A part that may hold nothing."""

    note: str | None = None


class Holder(Part):
    """A part with one that could not be told from none."""

    hollow: Hollow | None = None


@pytest.mark.parametrize("cls", [Numbers, Holder])
def test_a_field_that_would_be_lost_is_refused(cls: type[Part]) -> None:
    """It is a fault of the program, named at the first export."""
    with pytest.raises(TypeError, match=cls.__name__):
        fields(cls)


# Texts as the strict reading lets them in, the worst first.
texts = st.sampled_from(
    ["=1+1", "-0.5", "'=1", "''@x", 'a "b", c;\nd', "+", "⊕⊕⊝⊝ µg", "1e5", "true", "0012", "NULL"]
) | (st.text(min_size=1).filter(lambda text: text == text.strip() and text.replace("\n", " ").isprintable()))


@pytest.mark.parametrize("way", READERS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts, number=st.floats(min_value=-1e11, max_value=1e11))
def test_any_text_and_number_survive(tmp_path: Path, way: str, text: str, number: float) -> None:
    """Quotes, line breaks, formulas, words that look like numbers."""
    form, read = READERS[way]
    library = spoiled(text, int(number) if number.is_integer() else number)
    exports.write(form, tmp_path / "out", library)
    assert as_bytes(rebuild(read(tmp_path / "out"))) == as_bytes(lists_of(library))


def spoiled(text: str, number: float) -> Any:
    """Return a small library around magnesium with odd values in all sorts of places."""
    magnesium = sr.supplements["magnesium"]
    finding = magnesium.findings[0]
    assert finding.effect is not None
    effect = dataclasses.replace(finding.effect, value=number, unit=text, p_value=text)
    groups = magnesium.special_groups
    assert groups is not None
    lists = "related_ids red_flag_ids interactions who_should_avoid what_it_is codes forms doses_tried intakes"
    emptied: dict[str, Any] = dict.fromkeys((*lists.split(), "deficiency", "excess", "quality"), ())
    answers: dict[str, Any] = {
        name: dataclasses.replace(getattr(groups, name), text=text, source_ids=()) for name in groups.field_names()
    }
    record = dataclasses.replace(
        magnesium,
        name=text,
        aliases=(text, "plain"),
        findings=(dataclasses.replace(finding, effect=effect, condition_ids=(), locator=text),),
        harms=(dataclasses.replace(magnesium.harms[0], text=text, source_ids=(finding.source_id,)),),
        special_groups=dataclasses.replace(groups, **answers),
        source_ids=(finding.source_id,),
        how_to_stop=None,
        **emptied,
    )
    source = dataclasses.replace(finding.source, title=text, superseded_by=None)
    return library_of(record, source)
