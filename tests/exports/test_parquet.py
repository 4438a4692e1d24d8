"""Parquet as data people read it, and without the package it needs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars
import pyarrow.parquet

import spasm_reference as sr
from spasm_reference.notices import INTENDED_USE


def test_columns_have_types(exported: Callable[[str], Path]) -> None:
    """In polars."""
    findings = polars.read_parquet(exported("parquet") / "findings.parquet")
    types = dict(findings.schema)
    assert (types["effect_value"], types["n_studies"], types["plural"], types["searched"], types["sentence"]) == (
        polars.Float64(),
        polars.Int64(),
        polars.Boolean(),
        polars.Date(),
        polars.String(),
    )
    assert findings.height == len(sr.findings)


def test_files_are_joined_in_duckdb(exported: Callable[[str], Path]) -> None:
    """The sources of all findings about magnesium."""
    folder = exported("parquet")
    query = (
        "SELECT DISTINCT s.id FROM read_parquet(?) f JOIN read_parquet(?) s ON f.source_id = s.id"
        " WHERE f.owner_id = 'magnesium'"
    )
    files = [str(folder / "findings.parquet"), str(folder / "sources.parquet")]
    with duckdb.connect() as database:
        found = {row[0] for row in database.execute(query, files).fetchall()}
    assert found == {finding.source_id for finding in sr.supplements["magnesium"].findings}


def test_each_file_says_what_it_is(exported: Callable[[str], Path]) -> None:
    """In its metadata, columns included."""
    schema = pyarrow.parquet.read_schema(exported("parquet") / "doses.parquet")
    assert INTENDED_USE in schema.metadata[b"caveats"].decode()
    assert schema.metadata[b"data_version"].decode() == sr.data_version
    assert schema.field("amount").metadata[b"description"].decode().startswith("The amount, or the lower end")
    assert not schema.field("text").nullable


def test_without_pyarrow_it_says_what_to_install(tmp_path: Path) -> None:
    """In one line, and nothing is written."""
    code = (
        "import sys; sys.modules['pyarrow'] = None; from spasm_reference.cli import main;"
        f"main(['export', '--format', 'parquet', '-o', r'{tmp_path / 'out'}'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "Error: the Parquet export needs pyarrow; install spasm-reference[parquet]\n"
    assert list(tmp_path.iterdir()) == []
