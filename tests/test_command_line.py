"""The command line as a user meets it: real processes, their output and exit codes."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import spasm_reference as sr
from spasm_reference.bibliography import STYLES
from spasm_reference.exports import bibtex, csl_json
from spasm_reference.library import default_library
from spasm_reference.records import COLLECTIONS


def run(*arguments: str, code: int = 0) -> str:
    """Run the command; check its exit code and that it shows no traceback; return what it printed."""
    done = subprocess.run([sys.executable, "-m", "spasm_reference", *arguments], capture_output=True, text=True)
    output = done.stdout + done.stderr
    assert "Traceback" not in output
    assert done.returncode == code, output
    return output


@pytest.mark.parametrize(
    "command",
    ["", "show", "list", "search", "cite", "export", "validate", "format", "changes", "schema", "build"],
    ids=lambda c: c or "main",
)
def test_every_command_has_help(command: str) -> None:
    """`--help` works everywhere."""
    assert "Usage:" in run(*command.split(), "--help")


def test_show_prints_a_record_most_urgent_part_first() -> None:
    """The emergency card stands above the summary; the limits stand at the end."""
    text = run("show", "nocturnal-leg-cramps")
    assert (
        text.index("[EMERGENCY]") < text.index("[URGENT]") < text.index(sr.conditions["nocturnal-leg-cramps"].summary)
    )
    assert "No clinician has reviewed this text yet." in text
    plain = json.loads(run("show", "Magnesium", "--format", "json"))
    assert plain == sr.supplements["magnesium"].to_dict()


def test_list_names_every_record_of_a_kind() -> None:
    """As text and as JSON."""
    text = run("list", "red_flags")
    assert all(id in text for id in sr.red_flags)
    rows = json.loads(run("list", "red_flags", "--format", "json"))
    assert [row["id"] for row in rows] == list(sr.red_flags)


def test_search_prints_the_best_first() -> None:
    """As text and as JSON, and an honest answer when nothing matched."""
    assert run("search", "magnezium").startswith("supplements/magnesium: Magnesium")
    first = json.loads(run("search", "chest", "pain", "--format", "json"))["results"][0]
    assert (first["kind"], first["id"]) == ("red_flags", "chest-pain")
    assert run("search", "qqqqqq").startswith("No entry matched. This does not mean it is safe.")


def test_export_writes_every_record(tmp_path: Path) -> None:
    """Top-level keys are the collections; each holds its records with their ids."""
    target = tmp_path / "all.json"
    run("export", "--format", "json", "-o", str(target))
    document = json.loads(target.read_text(encoding="utf-8"))
    assert list(document) == [*COLLECTIONS, "removed"]
    for kind in COLLECTIONS:
        assert [record["id"] for record in document[kind]] == list(getattr(sr, kind))
    assert [path.name for path in tmp_path.iterdir()] == ["all.json"]


@pytest.mark.parametrize("form", ["jsonld", "fhir"])
def test_export_writes_linked_formats(form: str, tmp_path: Path) -> None:
    """The file holds what the module of that format gives."""
    target = tmp_path / "export.json"
    run("export", "--format", form, "-o", str(target))
    module = importlib.import_module(f"spasm_reference.exports.{form}")
    assert target.read_bytes() == module.export(default_library())


@pytest.mark.parametrize(("form", "exporter"), [("bibtex", bibtex.export), ("csl-json", csl_json.export)])
def test_export_writes_every_source_for_a_reference_manager(tmp_path: Path, form: str, exporter: Any) -> None:
    """Whole, and over what was there before."""
    target = tmp_path / "sources"
    target.write_text("earlier")
    run("export", "--format", form, "-o", str(target))
    assert target.read_bytes() == exporter(default_library())
    assert [path.name for path in tmp_path.iterdir()] == ["sources"]
    assert "does not exist" in run("export", "--format", form, "-o", str(tmp_path / "no" / "file"), code=1)


def test_cite_prints_a_source_or_record_in_each_style() -> None:
    """As `spasm_reference.cite` gives it; a wrong id gets the nearest and code 2."""
    for style in STYLES:
        assert run("cite", "Magnesium", "--style", style) == sr.cite("magnesium", style) + "\n"
    assert run("cite", "magnesium", "--sources") == sr.cite("magnesium", sources=True) + "\n"
    assert run("cite", "garrison-2020") == sr.sources["garrison-2020"].citation + "\n"
    assert run("cite", "garison-2020", code=2).startswith(
        'Error: no record "garison-2020" in any collection; nearest: garrison-2020'
    )


def test_a_wrong_id_gets_one_line_and_code_2() -> None:
    """With the nearest ids."""
    assert run("show", "magnezium", code=2).strip() == (
        'Error: no record "magnezium" in any collection; nearest: magnesium, low-magnesium'
    )
    assert "'suplements' is not one of" in run("list", "suplements", code=2)
    assert "Missing argument" in run("search", code=2)


def test_an_output_path_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    """One line, and nothing is left behind."""
    assert run("export", "-o", str(tmp_path), code=1).strip() == f"Error: {tmp_path}: is a folder, expected a file name"
    missing = tmp_path / "no" / "such" / "file.json"
    assert "does not exist" in run("export", "-o", str(missing), code=1)
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_cannot_be_written_keeps_the_old_file() -> None:
    """Neither a half file nor a temporary one is left; /proc takes no files, not even from root."""
    lines = run("export", "-o", "/proc/spasm.json", code=1).strip().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("Error: /proc/spasm.json: cannot be written")
    assert "is a file, expected a folder" in run("build", "html", "-o", __file__, code=2) or "is a file" in run(
        "build", "html", "-o", __file__, code=2
    )


def test_validate_is_clean_here_and_names_faults_elsewhere(data_copy: Path) -> None:
    """Exit code 0 with no problems, 1 with a line for each."""
    assert run("validate").strip() == "no problems"
    path = data_copy / "supplements/magnesium.toml"
    path.write_text(path.read_text().replace('certainty = "moderate"', 'certainty = "good"', 1))
    lines = run("validate", str(data_copy), code=1).splitlines()
    assert lines[0] == (
        'data/supplements/magnesium.toml: findings[0].certainty: found "good", '
        "expected one of high, moderate, low, very-low"
    )
    assert "no such folder" in run("validate", str(data_copy / "nowhere"), code=1)


def test_the_records_are_in_canonical_form() -> None:
    """`make format` would change nothing."""
    assert run("format", "--check") == ""


def test_schema_is_json() -> None:
    """For one kind and for a whole export."""
    assert json.loads(run("schema", "foods"))["properties"]["portion"]
    assert json.loads(run("schema"))["required"] == list(COLLECTIONS)


def test_output_into_a_closed_pipe_is_no_error() -> None:
    """`spasm-reference list sources | head -1` ends quietly."""
    command = f"{sys.executable} -m spasm_reference list sources | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr
