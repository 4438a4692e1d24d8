"""The Data Package, judged by Frictionless's own tool."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import spasm_reference as sr
from spasm_reference.exports.tables import tables
from spasm_reference.library import default_library


def report(folder: Path) -> Any:
    """Return what ``frictionless validate`` says."""
    command = [str(Path(sys.executable).with_name("frictionless")), "validate", "--json", "datapackage.json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return json.loads(done.stdout)


def faults(found: Any) -> set[tuple[str, str]]:
    """Return the table and the type of each fault."""
    return {(task["name"], error["type"]) for task in found["tasks"] for error in task["errors"]}


def test_frictionless_finds_no_fault(exported: Callable[[str], Path]) -> None:
    """In the description, types, keys, links, sizes and hashes."""
    found = report(exported("datapackage"))
    assert found["valid"], (found["errors"], faults(found))
    assert [task["name"] for task in found["tasks"]] == [table.name for table in tables(default_library())]
    assert [task["stats"].get("rows", 0) for task in found["tasks"]] == [len(t.rows) for t in tables(default_library())]


def test_frictionless_would_find_one(exported: Callable[[str], Path], tmp_path: Path) -> None:
    """A link to nothing, a word that is not on the list, an id twice, a missing value."""
    folder = tmp_path / "spoiled"
    shutil.copytree(exported("datapackage"), folder)

    def change(file: str, old: str, new: str) -> None:
        text = (folder / file).read_bytes().decode()
        assert old in text
        (folder / file).write_bytes(text.replace(old, new, 1).encode())

    change("citations.csv", ",garrison-2020,", ",garrison-2030,")
    change("doses.csv", ",day,", ",fortnight,")
    change("terms.csv", "\r\ncontracture,", "\r\ncramp,")
    change("muscles.csv", "/muscles/0,regions,", "/muscles/0,,")
    found = faults(report(folder))
    assert ("citations", "foreign-key") in found
    assert ("doses", "constraint-error") in found
    assert ("terms", "primary-key") in found
    assert ("muscles", "constraint-error") in found


def test_every_column_is_described(exported: Callable[[str], Path]) -> None:
    """With the documentation of its field, and the words it may hold."""
    described = json.loads((exported("datapackage") / "datapackage.json").read_text(encoding="utf-8"))
    assert described["version"] == sr.data_version
    columns = {
        (resource["name"], field["name"]): field
        for resource in described["resources"]
        for field in resource["schema"]["fields"]
    }
    assert all(field["description"] and field["title"] for field in columns.values())
    certainty = columns["findings", "certainty"]
    assert certainty["constraints"] == {"required": True, "enum": ["high", "moderate", "low", "very-low"]}
    assert columns["findings", "effect_value"]["description"] == "The point estimate, in ``unit``."
    assert columns["sources", "id"]["constraints"] == {"required": True, "unique": True}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_frictionless_reads_typed_rows(exported: Callable[[str], Path]) -> None:
    """Numbers, dates and booleans come back as such."""
    code = (
        "import frictionless, datetime\n"
        "package = frictionless.Package('datapackage.json')\n"
        "row = next(r for r in package.get_resource('findings').read_rows()"
        " if r['id'] == 'magnesium-rest-cramps-frequency')\n"
        "assert float(row['effect_value']) == -0.18 and row['plural'] is False, row\n"
        "source = package.get_resource('sources').read_rows()[0]\n"
        "assert isinstance(source['accessed'], datetime.date)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=exported("datapackage"), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
