"""The JSON Schema and the strict reading agree, judged by a validator that we did not write."""

from __future__ import annotations

import copy
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import spasm_reference as sr
from spasm_reference.authoring import DATA
from spasm_reference.decoding import Problem, decode
from spasm_reference.exports.json import export
from spasm_reference.frozen import Frozen
from spasm_reference.library import default_library
from spasm_reference.records import COLLECTIONS
from spasm_reference.schema import field_docs, schema, schema_files

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("kind", COLLECTIONS)
def test_every_record_fits_its_schema(kind: str) -> None:
    """As `to_dict` gives it."""
    validator = jsonschema.Draft202012Validator(schema(kind))
    validator.check_schema(schema(kind))
    for record in getattr(sr, kind).values():
        validator.validate(record.to_dict())


def test_a_whole_export_fits_the_whole_schema() -> None:
    """The document that `export` writes."""
    jsonschema.validate(json.loads(export(default_library())), schema())


def _as_json(value: Any) -> Any:
    """Return what TOML gave with its dates as text, the way editors hand it to a schema."""
    if isinstance(value, dict):
        return {name: _as_json(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("kind", COLLECTIONS)
def test_every_file_that_an_author_wrote_fits_its_schema(kind: str) -> None:
    """As it stands in the file, where what is not known is left out."""
    validator = jsonschema.Draft202012Validator(schema(kind), format_checker=jsonschema.FormatChecker())
    files = sorted((DATA / kind).glob("*.toml"))
    assert files
    for file in files:
        faults = [fault.message for fault in validator.iter_errors(_as_json(tomllib.loads(file.read_text("utf-8"))))]
        assert faults == [], file


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('status = "complete"', 'status = "done"', ["status"]),
        ("summary = ", "sumary = ", []),
        ("reviewed = 20", "reviewed = 120", ["reviewed"]),
        ('certainty = "moderate"', 'certainty = "sure"', ["findings", 0, "certainty"]),
    ],
)
def test_a_fault_in_an_author_s_file_is_refused(old: str, new: str, place: list[str | int]) -> None:
    """A word outside its list, a misspelled field, a date as a number, a fault deep inside."""
    text = (DATA / "supplements/magnesium.toml").read_text("utf-8")
    assert old in text
    if new.startswith("reviewed"):
        text = "\n".join("reviewed = 120" if line.startswith(old) else line for line in text.splitlines())
    validator = jsonschema.Draft202012Validator(schema("supplements"))
    faults = list(validator.iter_errors(_as_json(tomllib.loads(text.replace(old, new, 1)))))
    assert faults
    assert {tuple(fault.path)[-1:] for fault in faults} == {tuple(place[-1:])}


def test_the_editor_is_told_the_schema_of_each_folder_of_records() -> None:
    """`.taplo.toml` names one file for each kind, of those that the command line writes."""
    rules = tomllib.loads((ROOT / ".taplo.toml").read_text("utf-8"))["rule"]
    told = {rule["include"][0]: rule["schema"]["path"] for rule in rules}
    assert told == {f"spasm_reference/data/{kind}/*.toml": f"build/schema/{kind}.json" for kind in COLLECTIONS}
    assert {Path(path).name for path in told.values()} < set(schema_files())


def _break(plain: dict[str, Any], name: str) -> list[dict[str, Any]]:
    spoiled = []
    values: tuple[Any, ...] = (None, 3, "", " x", [], {}, ["x"], True, "\n")
    for value in values:
        copied = copy.deepcopy(plain)
        copied[name] = value
        spoiled.append(copied)
    return spoiled


def test_schema_and_strict_reading_refuse_the_same() -> None:
    """A value of a wrong type in any field of a finding is refused by both or by neither.

    Dates are left out: TOML has a type for them and JSON has not.  So are explicit
    nulls, which TOML cannot write.
    """
    finding = sr.supplements["magnesium"].findings[0]
    cls = type(finding)
    kind_schema = schema("supplements")
    rules = {**kind_schema["$defs"]["Finding"], "$defs": kind_schema["$defs"]}
    validator = jsonschema.Draft202012Validator(rules)
    plain = {name: value for name, value in finding.to_dict().items() if value is not None and name != "searched"}
    plain["effect"] = {name: value for name, value in plain["effect"].items() if value is not None}
    assert validator.is_valid(plain)
    for name in plain:
        for spoiled in _break(plain, name):
            if spoiled[name] is None:
                continue
            problems: list[Problem] = []
            decode(cls, spoiled, "x.toml", problems)
            assert validator.is_valid(spoiled) == (not problems), (name, spoiled[name], problems)


def test_every_field_is_documented() -> None:
    """The field docs serve the schema, the API pages and authors."""
    from spasm_reference import records, tombstones

    for cls in (*vars(records).values(), *vars(tombstones).values()):
        if isinstance(cls, type) and issubclass(cls, Frozen) and cls.field_names():
            docs = field_docs(cls)
            assert [name for name in cls.field_names() if not docs.get(name)] == [], cls
