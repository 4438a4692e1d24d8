"""The commands as a user meets them: their output and exit codes, some of them as real processes."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import spasm_reference as sr
from spasm_reference.bibliography import STYLES
from spasm_reference.cli import main
from spasm_reference.exports import bibtex, csl_json
from spasm_reference.exports.addresses import BASE
from spasm_reference.info import info
from spasm_reference.library import default_library
from spasm_reference.phrases import GROUP_WORDS
from spasm_reference.records import COLLECTIONS


def call(*arguments: str, code: int = 0) -> str:
    """Call the command in this process; check its exit code; return what it printed."""
    done = CliRunner().invoke(main, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.exit_code == code, done.output
    return done.output


def run(*arguments: str, code: int = 0) -> str:
    """Run the command; check its exit code and that it shows no traceback; return what it printed."""
    done = subprocess.run([sys.executable, "-m", "spasm_reference", *arguments], capture_output=True, text=True)
    output = done.stdout + done.stderr
    assert "Traceback" not in output
    assert done.returncode == code, output
    return output


@pytest.mark.parametrize("command", ["", *main.commands], ids=lambda name: name or "main")
def test_every_command_has_help_with_an_example(command: str) -> None:
    """`--help` works everywhere, and the commands' texts show what to type."""
    text = call(*command.split(), "--help")
    assert "Usage:" in text
    assert f"spasm-reference {command}" in text


def test_the_help_names_kinds_exit_codes_and_how_to_turn_completion_on() -> None:
    """All of it stands where people look first."""
    text = call("-h")
    assert all(kind in text for kind in COLLECTIONS)
    for line in ("0  all is well", "1  faulty data", "2  wrong usage", "bash_source", "zsh_source", "fish_source"):
        assert line in text


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
    text = call("list", "red_flags")
    assert all(id in text for id in sr.red_flags)
    rows = json.loads(call("list", "red_flags", "--format", "json"))
    assert [row["id"] for row in rows] == list(sr.red_flags)


def test_search_prints_the_best_first() -> None:
    """As text and as JSON, and an honest answer when nothing matched."""
    assert call("search", "magnezium").startswith("supplements/magnesium: Magnesium")
    first = json.loads(call("search", "chest", "pain", "--format", "json"))["results"][0]
    assert (first["kind"], first["id"]) == ("red_flags", "chest-pain")
    assert call("search", "qqqqqq").startswith("No entry matched. This does not mean it is safe.")


def test_export_writes_every_record(tmp_path: Path) -> None:
    """Top-level keys are the collections; each holds its records with their ids."""
    target = tmp_path / "all.json"
    call("export", "--format", "json", "-o", str(target))
    document = json.loads(target.read_text(encoding="utf-8"))
    assert list(document) == ["about", *COLLECTIONS, "removed"]
    for kind in COLLECTIONS:
        assert [record["id"] for record in document[kind]] == list(getattr(sr, kind))
    assert [path.name for path in tmp_path.iterdir()] == ["all.json"]


@pytest.mark.parametrize("form", ["jsonld", "fhir"])
def test_export_writes_linked_formats(form: str, tmp_path: Path) -> None:
    """The file holds what the module of that format gives."""
    target = tmp_path / "export.json"
    call("export", "--format", form, "-o", str(target))
    module = importlib.import_module(f"spasm_reference.exports.{form}")
    assert target.read_bytes() == module.export(default_library())


@pytest.mark.parametrize(("form", "exporter"), [("bibtex", bibtex.export), ("csl-json", csl_json.export)])
def test_export_writes_every_source_for_a_reference_manager(tmp_path: Path, form: str, exporter: Any) -> None:
    """Whole, and over what was there before."""
    target = tmp_path / "sources"
    target.write_text("earlier")
    call("export", "--format", form, "-o", str(target))
    assert target.read_bytes() == exporter(default_library())
    assert [path.name for path in tmp_path.iterdir()] == ["sources"]
    assert "does not exist" in call("export", "--format", form, "-o", str(tmp_path / "no" / "file"), code=1)


def test_cite_prints_a_source_or_record_in_each_style() -> None:
    """As `spasm_reference.cite` gives it; a wrong id gets the nearest and code 2."""
    for style in STYLES:
        assert call("cite", "Magnesium", "--style", style) == sr.cite("magnesium", style) + "\n"
    assert call("cite", "magnesium", "--sources") == sr.cite("magnesium", sources=True) + "\n"
    assert call("cite", "garrison-2020") == sr.sources["garrison-2020"].citation + "\n"
    assert call("cite", "garison-2020", code=2).startswith(
        'Error: no record "garison-2020" in any collection; nearest: garrison-2020'
    )


def test_a_wrong_id_gets_one_line_and_code_2() -> None:
    """With the nearest ids."""
    assert run("show", "magnezium", code=2).strip() == (
        'Error: no record "magnezium" in any collection; nearest: magnesium, low-magnesium'
    )
    assert "Missing argument" in run("search", code=2)


def test_an_output_path_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    """One line, and nothing is left behind."""
    assert (
        call("export", "-o", str(tmp_path), code=1).strip() == f"Error: {tmp_path}: is a folder, expected a file name"
    )
    missing = tmp_path / "no" / "such" / "file.json"
    assert "does not exist" in call("export", "-o", str(missing), code=1)
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_cannot_be_written_keeps_the_old_file() -> None:
    """Neither a half file nor a temporary one is left; /proc takes no files, not even from root."""
    lines = call("export", "-o", "/proc/spasm.json", code=1).strip().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("Error: /proc/spasm.json: cannot be written")
    assert call("build", "leaflet", "-o", __file__, code=1) == f"Error: {__file__}: is a file, expected a folder\n"


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
    assert call("format", "--check") == ""


def test_schema_is_json() -> None:
    """For one kind and for a whole export."""
    assert json.loads(call("schema", "foods"))["properties"]["portion"]
    assert json.loads(call("schema"))["required"] == list(COLLECTIONS)


def test_all_schemas_are_written_to_a_folder(tmp_path: Path) -> None:
    """Where the editor looks for them; again, over those that are there."""
    folder = tmp_path / "build" / "schema"
    for _time in range(2):
        assert call("schema", "-o", str(folder)).strip() == f"wrote {folder}"
    assert {file.name for file in folder.iterdir()} == {*(f"{kind}.json" for kind in COLLECTIONS), "export.json"}
    assert json.loads((folder / "foods.json").read_text("utf-8")) == json.loads(call("schema", "foods"))
    assert "name no KIND" in call("schema", "foods", "-o", str(folder), code=2)


def test_show_prints_a_finding_too() -> None:
    """With its figures, source and record: what `list findings` names can be shown."""
    text = call("show", "magnesium-rest-cramps-frequency")
    finding = sr.findings["magnesium-rest-cramps-frequency"]
    assert text.startswith(finding.sentence)
    assert "Moderate certainty" in text
    assert "−0.84 to 0.49" in text
    assert "In supplements/magnesium: Magnesium" in text
    assert json.loads(call("show", finding.id, "--format", "json")) == finding.to_dict()


def test_show_keeps_dangers_beside_benefits() -> None:
    """Harms, who should avoid it, interactions, each special group, and how to stop."""
    text = call("show", "ibuprofen")
    record = sr.medicines["ibuprofen"]
    assert record.how_to_stop is not None
    texts = [harm.text for harm in record.harms] + [statement.text for statement in record.who_should_avoid]
    for shown in (*texts, record.how_to_stop.text):
        assert shown in text
    for interaction in record.interactions:
        assert interaction.what_to_do in text
    assert record.special_groups is not None
    assert f"Pregnancy: Avoid. {record.special_groups.pregnancy.text}" in text


def test_show_prints_what_only_some_kinds_have() -> None:
    """Numbers to call, a meaning, a verdict, and how sure a link with spasms is."""
    assert "Ambulance: 999" in call("show", "united-kingdom")
    assert f"Meaning: {sr.terms['cramp'].definition}" in call("show", "cramp")
    assert "Verdict: Not supported" in call("show", "magnesium-stops-night-cramps")
    assert "Link with spasms: " in call("show", "low-magnesium")


@pytest.mark.parametrize(
    ("kind", "condition", "chosen"),
    [
        ("red_flags", "urgency=emergency", lambda record: record.urgency == "emergency"),
        ("red-flags", "condition-ids=MS", lambda record: "multiple-sclerosis" in record.condition_ids),
        ("sources", "year=2020", lambda record: record.year == 2020),
        ("sources", "abstract_only=yes", lambda record: record.abstract_only),
        ("sources", "year=none", lambda record: record.year is None),
        ("supplements", "aliases=Mg", lambda record: "Mg" in record.aliases),
        ("conditions", "reviewed=2026-11-22", lambda record: record.reviewed.isoformat() == "2026-11-22"),
        ("claims", "status=partial", lambda record: record.status == "partial"),
    ],
)
def test_list_filters_by_any_field(kind: str, condition: str, chosen: Callable[[Any], bool]) -> None:
    """As `Collection.filter` does; links are named by any name."""
    rows = json.loads(call("list", kind, "--where", condition, "--format", "json"))
    records = default_library().collections[kind.replace("-", "_")].values()
    assert [row["id"] for row in rows] == [record.id for record in records if chosen(record)]


def test_list_filters_by_findings() -> None:
    """Conditions on findings hold for one and the same finding; conditions add up."""
    rows = json.loads(
        call(
            *("list", "supplements", "--format", "json", "--where", "status=complete"),
            *("--finding", "certainty=high", "--finding", "population_group=rest-cramps"),
        )
    )
    expected = sr.supplements.with_finding(certainty="high", population_group="rest-cramps")
    assert [row["id"] for row in rows] == [record.id for record in expected if record.status == "complete"]
    assert rows


def test_list_prints_findings_and_says_when_none_matched() -> None:
    """Nothing stands on standard output then, so a pipe gets nothing."""
    lines = call("list", "findings", "--where", "direction=harm").splitlines()
    assert len(lines) == len(sr.findings.filter(direction="harm"))
    assert all("certainty; " in line or "No " in line for line in lines)
    done = CliRunner().invoke(main, ["list", "foods", "--where", "name=Stone"])
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "none of the foods matched\n")


def test_lists_and_search_results_name_the_urgency_of_warning_signs() -> None:
    """In words."""
    assert f"{sr.red_flags['chest-pain'].name} [EMERGENCY]" in call("search", "chest", "pain")
    assert call("list", "red_flags").count("[") == len(sr.red_flags)


def test_compare_shows_findings_beside_harms_and_every_group() -> None:
    """For each record in the order given."""
    text = call("compare", "tizanidine", "ibuprofen", "--condition", "acute-back-spasm")
    rows = sr.compare(["tizanidine", "ibuprofen"], condition="acute-back-spasm")
    assert text.index("medicines/tizanidine") < text.index("medicines/ibuprofen")
    for row in rows:
        part = text[text.index(f"medicines/{row.record.id}") :]
        for shown in (*(finding.sentence for finding in row.findings), *row.serious_harms):
            assert shown in part
        assert part.index("What the evidence says") < part.index("Serious harms")
    assert "Low certainty" in text
    for group in GROUP_WORDS.values():
        after = text[text.index(f"  {group}\n") :].splitlines()
        assert after[1].split(maxsplit=1)[0] == "Tizanidine"
        assert after[2].split(maxsplit=1)[0] == "Ibuprofen"
    assert "Tizanidine  Ask first" in text


def test_compare_says_what_is_not_known() -> None:
    """No finding about the condition, and a group that nobody studied."""
    text = call("compare", "magnet-or-copper-bands", "--condition", "multiple-sclerosis")
    assert "Not known. No finding about Multiple sclerosis is listed." in text
    assert re.search(r"Magnet or copper bands  Not known$", text, flags=re.MULTILINE)
    assert "Not listed does not mean safe." in text


def test_compare_as_json_is_rows() -> None:
    """The same as `spasm_reference.compare` gives."""
    rows = json.loads(call("compare", "ibuprofen", "magnesium", "--format", "json"))
    assert rows == [row.to_dict() for row in sr.compare(["ibuprofen", "magnesium"])]


def test_compare_refuses_what_is_no_treatment() -> None:
    """One line and code 2."""
    assert call("compare", "ibuprofen", "multiple-sclerosis", code=2) == (
        "Error: conditions/multiple-sclerosis is no treatment, medicine, supplement or food\n"
    )
    assert "in conditions; nearest: multiple-sclerosis" in call(
        "compare", "ibuprofen", "--condition", "multiple-scleros", code=2
    )


def test_info_counts_what_is_there() -> None:
    """As text and as JSON."""
    facts = json.loads(call("info", "--format", "json"))
    assert facts["records"] == {kind: len(getattr(sr, kind)) for kind in COLLECTIONS}
    assert facts["findings"] == len(sr.findings)
    assert (facts["code_version"], facts["data_version"]) == (sr.__version__, sr.data_version)
    assert (Path(facts["data_folder"]) / "version.toml").is_file()
    text = call("info")
    assert "Text and data: CC BY 4.0." in text
    assert f"Reviewed between {facts['earliest_review']} and {facts['latest_review']}." in text


def test_info_tells_overdue_reviews_from_others() -> None:
    """A review is overdue on the day after it was to be, not before."""
    dates = sorted(
        record.next_review for kind in COLLECTIONS if kind != "sources" for record in getattr(sr, kind).values()
    )
    assert info(default_library(), dates[0])["overdue_reviews"] == 0
    assert info(default_library(), dates[0] + timedelta(days=1))["overdue_reviews"] == dates.count(dates[0])
    assert info(default_library(), dates[-1] + timedelta(days=1))["overdue_reviews"] == len(dates)


@pytest.mark.parametrize("form", ["jsonld", "fhir"])
def test_export_puts_records_at_the_address_of_a_site(form: str, tmp_path: Path) -> None:
    """Nothing of the example address is left."""
    target = tmp_path / "out"
    call("export", "--format", form, "--base", "https://clinic.example/cramps/", "-o", str(target))
    content = target.read_text(encoding="utf-8")
    assert "https://clinic.example/cramps/" in content
    assert BASE not in content


def test_export_refuses_an_address_that_cannot_be_one(tmp_path: Path) -> None:
    """Or one for a format without addresses: code 2, and nothing is written."""
    target = tmp_path / "out"
    assert "expected http:// or https://" in call(
        "export", "--format", "fhir", "--base", "clinic", "-o", str(target), code=2
    )
    assert call("export", "--base", "https://clinic.example/", "-o", str(target), code=2) == (
        "Error: json gives no web addresses; a base is for jsonld, fhir\n"
    )
    assert not target.exists()


def test_the_import_of_the_package_leaves_the_command_line_out() -> None:
    """Click is loaded for the command only."""
    code = "import sys, spasm_reference as sr; sr.get('magnesium'); sr.compare(['ibuprofen']); print('click' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "False", done.stderr
