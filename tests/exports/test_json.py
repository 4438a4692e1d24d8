"""What JSON and JSON Lines say becomes the same records again, or is refused by name."""

from __future__ import annotations

import hashlib
import json
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import spasm_reference as sr
from spasm_reference.errors import DataError
from spasm_reference.exports import json as json_export
from spasm_reference.exports import jsonl as jsonl_export
from spasm_reference.library import default_library
from spasm_reference.notices import NOT_REVIEWED
from spasm_reference.records import COLLECTIONS


@pytest.mark.parametrize("module", [json_export, jsonl_export], ids=["json", "jsonl"])
def test_records_come_back_as_they_were(module: ModuleType) -> None:
    """Equal objects, and the same bytes when written again."""
    content = module.export(default_library())
    loaded = module.load(content)
    assert list(loaded) == list(COLLECTIONS)
    for kind, records in loaded.items():
        assert records == list(getattr(sr, kind).values())
    again: Any = SimpleNamespace(
        collections={kind: {record.id: record for record in records} for kind, records in loaded.items()},
        tombstones=default_library().tombstones,
        data_version=sr.data_version,
    )
    assert module.export(again) == content
    magnesium = next(record for record in loaded["supplements"] if record.id == "magnesium")
    assert magnesium.findings[0].record == magnesium
    assert magnesium.findings[0].source.id == "garrison-2020"


def test_a_line_is_a_record_with_its_kind() -> None:
    """In the order of the collections, the kind first; no field of a record has that name."""
    _about, *lines = jsonl_export.export(default_library()).decode().splitlines()
    rows = [json.loads(line) for line in lines]
    assert [(row["kind"], row["id"]) for row in rows] == [
        (kind, id) for kind in COLLECTIONS for id in getattr(sr, kind)
    ]
    assert all(next(iter(row)) == "kind" for row in rows)
    assert not [cls for cls in COLLECTIONS.values() if "kind" in cls.field_names()]


def test_both_say_what_they_are() -> None:
    """Version, licence, how to cite, what not to use it for, and checksums that are true."""
    content = jsonl_export.export(default_library())
    first, rest = content.split(b"\n", 1)
    of_lines = json.loads(first)
    assert of_lines.pop("kind") == "about"
    assert of_lines.pop("sha256") == hashlib.sha256(rest).hexdigest()
    document = json.loads(json_export.export(default_library()))
    assert next(iter(document)) == "about"
    of_document = document.pop("about")
    assert of_document.pop("sha256") == {name: json_export.checksum(items) for name, items in document.items()}
    assert of_document == of_lines
    assert of_document["data_version"] == sr.data_version
    assert of_document["license"] == "CC-BY-4.0"
    assert NOT_REVIEWED in of_document["caveats"]


def spoil(change: Any) -> bytes:
    document: Any = {kind: [] for kind in COLLECTIONS}
    document["supplements"] = [sr.supplements["magnesium"].to_dict()]
    change(document)
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"\xff", "export: (encoding): found a bad byte at 0, expected UTF-8"),
        (b"{", "export: (syntax): found Expecting property name"),
        (b"[" * 100_000, "export: (syntax): found"),
        (b"[]", "export: (whole file): found a list of 0, expected a table of collections"),
        (spoil(lambda d: d.pop("terms")), "export: terms: found nothing, expected a list of records"),
        (spoil(lambda d: d.update(sorrows=[])), "export: sorrows: found an unknown collection"),
        (spoil(lambda d: d.update(terms=None)), "export: terms: found nothing"),
        (
            spoil(lambda d: d["supplements"].append(3)),
            "export: supplements[1]: (whole file): found 3, expected a table",
        ),
        (
            spoil(lambda d: d["supplements"][0].update(reviewed="2026-13-01")),
            'export: supplements[0]: reviewed: found "2026-13-01", expected a date',
        ),
        (
            spoil(lambda d: d["supplements"][0].update(name=None)),
            "export: supplements[0]: name: found nothing, expected text",
        ),
        (
            spoil(lambda d: d["supplements"][0].update(price=None)),
            "export: supplements[0]: price: found an unknown field",
        ),
        (
            spoil(lambda d: d["supplements"][0]["findings"][0].update(certainty="good")),
            'export: supplements[0]: findings[0].certainty: found "good", expected one of high, moderate',
        ),
        (
            spoil(lambda d: d["supplements"][0]["findings"][0]["effect"].update(value=float("nan"))),
            "export: supplements[0]: findings[0].effect.value: found nan, expected a number",
        ),
    ],
)
def test_faults_are_named(content: bytes, line: str) -> None:
    """One line each: where, what was found, what was expected."""
    with pytest.raises(DataError) as caught:
        json_export.load(content)
    assert str(caught.value).startswith(line)
    assert len(str(caught.value)) < 400


def test_faults_of_lines_are_named_by_their_number() -> None:
    """All of them, not only the first."""
    good = json.dumps({"kind": "supplements", **sr.supplements["magnesium"].to_dict()})
    lines = [good, "{", '{"kind": "potions"}', "[]", '{"kind": "terms"}', ""]
    with pytest.raises(DataError) as caught:
        jsonl_export.load("\n".join(lines).encode())
    found = str(caught.value).splitlines()
    assert [line.split(":")[1].strip() for line in found[:3]] == ["line 2", "line 3", "line 4"]
    assert {line.split(":")[1].strip() for line in found[3:]} == {"line 5"}
