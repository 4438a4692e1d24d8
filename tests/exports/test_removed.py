"""Ids that are gone, in every format that holds all records."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from spasm_reference import exports
from spasm_reference.errors import DataError
from spasm_reference.exports import json as json_export
from spasm_reference.library import Library, TreeStore
from spasm_reference.schema import schema
from tests.exports.rebuilding import READERS, rebuild
from tests.removing import REMOVED


@pytest.fixture(scope="module")
def library(data_with_removals: Path) -> Library:
    """Return a library in which some ids are gone."""
    return Library(TreeStore(data_with_removals))


@pytest.fixture(scope="module")
def written(library: Library) -> bytes:
    """Return its JSON export."""
    return json_export.export(library)


def test_json_lists_them_and_reads_them_back(library: Library, written: bytes) -> None:
    """By kind and id, with every field; the schema of an export knows them."""
    document = json.loads(written)
    assert len(document["removed"]) == len(REMOVED)
    assert [(each["kind"], each["id"]) for each in document["removed"]][:3] == [
        ("treatments", "snake-oil"),
        ("medicines", "cold"),
        ("supplements", "cramp-tonic"),
    ]
    assert document["removed"][2] == {**REMOVED[0], "removed_on": "2026-11-22", "renamed": False}
    empty: dict[str, Any] = {name: [] for name in document if name != "about"}
    jsonschema.validate({**empty, "about": document["about"], "removed": document["removed"]}, schema())
    assert json_export.load_removed(written) == library.tombstones


def test_faults_of_the_list_are_named() -> None:
    """As those of records are; an export without a list has none."""
    assert json_export.load_removed(b"{}") == ()
    with pytest.raises(DataError, match=r"^export: removed\[0\]: kind: found nothing, expected one of conditions"):
        json_export.load_removed(
            b'{"removed": [{"id": "x", "removed_in": "y", "removed_on": "2026-01-01", "why": "z"}]}'
        )
    with pytest.raises(DataError, match=r"^export: removed: found nothing, expected a list"):
        json_export.load_removed(b'{"removed": null}')


@pytest.mark.parametrize("way", READERS)
def test_tables_hold_all_of_it(library: Library, written: bytes, tmp_path: Path, way: str) -> None:
    """Read back by others' tools."""
    form, read = READERS[way]
    exports.write(form, tmp_path / "out", library)
    assert rebuild(read(tmp_path / "out"))["removed"] == json.loads(written)["removed"]


def test_the_database_leads_from_an_old_id_to_its_record(library: Library, tmp_path: Path) -> None:
    """By a join, and its links are checked."""
    exports.write("sqlite", tmp_path / "spasm.sqlite", library)
    query = (
        "SELECT name FROM replacements JOIN records ON records.kind = to_kind AND records.id = to_id"
        " WHERE replacements.id = ? ORDER BY position"
    )
    with closing(sqlite3.connect(tmp_path / "spasm.sqlite")) as database:
        assert database.execute(query, ["cramp-tonic"]).fetchall() == [("Magnesium",), ("Banana",)]
        assert database.execute(query, ["lost-paper-1999"]).fetchall() == []
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        database.execute("UPDATE replacements SET to_id = 'nowhere' WHERE id = 'cramp-tonic'")
        assert {row[0] for row in database.execute("PRAGMA foreign_key_check")} == {"replacements"}
