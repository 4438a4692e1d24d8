"""The database: its links hold, it finds words, and Datasette serves it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import spasm_reference as sr
from spasm_reference import __version__
from spasm_reference.exports import sqlite
from spasm_reference.library import default_library
from spasm_reference.notices import INTENDED_USE, NOT_REVIEWED


@pytest.fixture
def database(exported: Callable[[str], Path]) -> Iterator[sqlite3.Connection]:
    """Return a copy of the database in memory, which a test may spoil."""
    copy = sqlite3.connect(":memory:")
    copy.deserialize(exported("sqlite").read_bytes())
    yield copy
    copy.close()


def test_links_hold(database: sqlite3.Connection) -> None:
    """Every one; and one that does not is seen."""
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.execute("UPDATE citations SET source_id = 'nowhere' WHERE part = 'magnesium/findings/0'")
    database.execute("UPDATE links SET to_id = 'nowhere' WHERE from_id = 'magnesium'")
    broken = {row[0] for row in database.execute("PRAGMA foreign_key_check")}
    assert broken == {"citations", "links"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE findings SET certainty = 'good'",
        "UPDATE findings SET plural = 2",
        "UPDATE findings SET sentence = NULL",
        "INSERT INTO terms SELECT * FROM terms",
    ],
)
def test_wrong_values_are_refused(database: sqlite3.Connection, statement: str) -> None:
    """Words not on a list, numbers that are no answer, missing values, an id twice."""
    with pytest.raises(sqlite3.IntegrityError):
        database.execute(statement)


def test_the_same_records_give_the_same_bytes(exported: Callable[[str], Path]) -> None:
    """So that two exports can be compared."""
    assert sqlite.export(default_library()) == exported("sqlite").read_bytes()


def test_words_are_found(database: sqlite3.Connection) -> None:
    """In names, aliases, lay terms and summaries, in any form of the word."""

    def found(words: str) -> list[str]:
        query = "SELECT id FROM search WHERE search MATCH ? ORDER BY rank"
        return [row[0] for row in database.execute(query, [words])]

    assert "nocturnal-leg-cramps" in found('"charley horse"')
    assert "acetaminophen" in found("paracetamol")
    assert found("cramping") == found("cramps")
    assert found("qqqq") == []


def test_it_says_what_it_is(database: sqlite3.Connection) -> None:
    """Versions, licence, citation, caveats, and a checksum of each table that can be worked out again."""
    about = dict(database.execute("SELECT name, value FROM about"))
    assert (about["data_version"], about["code_version"]) == (sr.data_version, __version__)
    assert INTENDED_USE in about["caveats"]
    assert NOT_REVIEWED in about["caveats"]
    assert "CC BY 4.0" in about["license_text"]
    assert sr.data_version in about["citation"]


def test_checksums_are_those_of_the_data_package(database: sqlite3.Connection, exported: Callable[[str], Path]) -> None:
    """Whoever has both can see that they say the same."""
    for name, rows, sha256 in database.execute("SELECT table_name, row_count, sha256 FROM checksums"):
        file = exported("datapackage") / f"{name}.csv"
        assert hashlib.sha256(file.read_bytes()).hexdigest() == sha256
        assert database.execute(f"SELECT count(*) FROM {name}").fetchone() == (rows,)  # noqa: S608


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM citations WHERE source_id = 'x'",
        "SELECT * FROM harms WHERE owner_kind = 'foods' AND owner_id = 'x'",
        "SELECT * FROM links WHERE to_id = 'x' AND to_kind = 'foods'",
        "SELECT * FROM codes WHERE system = 'MeSH' AND code = 'x'",
        "SELECT * FROM texts WHERE part = 'x' AND field = 'aliases'",
        "SELECT * FROM findings WHERE id = 'x'",
    ],
)
def test_usual_questions_use_an_index(database: sqlite3.Connection, query: str) -> None:
    """And do not read the whole table."""
    plan = " ".join(row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {query}"))
    assert "SEARCH" in plan


def datasette(*arguments: str) -> Any:
    """Return what Datasette's own command prints."""
    command = [str(Path(sys.executable).with_name("datasette")), *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_datasette_opens_it(exported: Callable[[str], Path]) -> None:
    """It counts the rows, follows links, and searches."""
    path = str(exported("sqlite"))
    counted = datasette("inspect", path)["spasm"]["tables"]
    assert counted["findings"]["count"] == len(sr.findings)
    assert counted["sources"]["count"] == len(sr.sources)
    rows = datasette(path, "--get", "/spasm/search.json?_search=charley+horse&_shape=array")
    assert "nocturnal-leg-cramps" in [row["id"] for row in rows]
    row = datasette(path, "--get", "/spasm/findings/magnesium~2Ffindings~2F0.json?_shape=objects")["rows"][0]
    assert row["sentence"] == sr.supplements["magnesium"].findings[0].sentence
    labelled = datasette(path, "--get", "/spasm/findings.json?_labels=on&_size=1&_shape=objects")["rows"][0]
    assert labelled["source_id"]["value"] in sr.sources
