"""CSV that any reader understands and no spreadsheet runs."""

from __future__ import annotations

import csv
import dataclasses
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import spasm_reference as sr
from spasm_reference import __version__, exports
from spasm_reference.exports import about
from spasm_reference.exports.csv import guarded, render
from spasm_reference.exports.tables import Column, Table
from spasm_reference.notices import INTENDED_USE, NOT_REVIEWED
from tests.exports.rebuilding import library_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("form", ["csv", "datapackage"])
def test_files_are_utf_8_and_rfc_4180(exported: Callable[[str], Path], form: str) -> None:
    """Lines end in CR LF, each row has the cells of the header, and there is no byte order mark."""
    for path in exported(form).glob("*.csv"):
        content = path.read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\r\n")
        content.decode("utf-8")
        with path.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.reader(handle, strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}, path
        assert content.count(b"\r\n") == len(rows), path


@pytest.mark.parametrize("form", ["csv", "datapackage", "parquet"])
def test_folders_say_what_they_are(exported: Callable[[str], Path], form: str) -> None:
    """Versions, caveats, citation, licence and checksums that the usual tool accepts."""
    folder = exported(form)
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for text in (INTENDED_USE, NOT_REVIEWED, sr.data_version, __version__, "CC-BY-4.0", "How to cite"):
        assert text in readme
    for name in ("LICENSE-DATA", "NOTICE"):
        assert (folder / name).read_text(encoding="utf-8") == (ROOT / name).read_text(encoding="utf-8")
    assert f'version: "{sr.data_version}"' in (folder / "CITATION.cff").read_text(encoding="utf-8")
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=True
    )
    listed = {line.removesuffix(": OK") for line in checked.stdout.splitlines()}
    assert listed == {path.name for path in folder.iterdir()} - {"SHA256SUMS"}


def test_title_and_authors_are_those_of_the_repository() -> None:
    """The two places that say how to cite agree."""
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f'title: "{about.TITLE}"' in text
    assert f'- name: "{about.AUTHOR}"' in text
    assert about.LICENSE in text


def test_no_cell_can_run_in_a_spreadsheet(exported: Callable[[str], Path], tmp_path: Path) -> None:
    """Whatever begins like a formula is a number, in all records and in one that somebody spoiled."""
    record = sr.emergency_numbers["united-kingdom"]
    spoiled = dataclasses.replace(record, name="=1+1", aliases=("@SUM(A1)",), country="-2+3")
    exports.write("csv", tmp_path / "spoiled", library_of(spoiled, *record.sources))
    assert "'=1+1" in (tmp_path / "spoiled" / "emergency_numbers.csv").read_text(encoding="utf-8")
    for path in (*exported("csv").glob("*.csv"), *(tmp_path / "spoiled").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            for row in csv.reader(handle):
                for cell in row:
                    if cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
                        float(cell)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1"),
        ("+1", "'+1"),
        ("-0.5 cramps", "'-0.5 cramps"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1+1", "'＝1+1"),
        ("'=1", "''=1"),
        ("'quoted' word", "'quoted' word"),
        ("<0.001", "<0.001"),
        ("1 - 2", "1 - 2"),
    ],
)
def test_a_text_like_a_formula_gets_an_apostrophe(text: str, cell: str) -> None:
    """And one that had it already gets a second, so that taking one away gives back every text."""
    assert guarded(text) == cell


def test_numbers_stay_numbers() -> None:
    """Negative ones have no apostrophe, whole ones no point, and a value that is not there no text."""
    columns = (
        Column("a", "text", False, ""),
        Column("b", "number", False, ""),
        Column("c", "integer", False, ""),
        Column("d", "boolean", False, ""),
    )
    table = Table("t", "", columns, ("a",), (), [("-1", -0.18, -3, True), ("x", 350, None, False)])
    assert render(table, guard=True) == b"a,b,c,d\r\n'-1,-0.18,-3,true\r\nx,350,,false\r\n"
    assert render(table, guard=False) == b"a,b,c,d\r\n-1,-0.18,-3,true\r\nx,350,,false\r\n"
