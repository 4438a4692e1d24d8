"""What differs between two versions of the data, as somebody sees who compares them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import spasm_reference as sr
from spasm_reference import exports
from spasm_reference.authoring import DATA, version_order
from spasm_reference.changes import Added, Changed, Removed, Renamed, as_markdown, compare_versions
from spasm_reference.errors import DataError
from tests.conftest import ROOT
from tests.removing import REMOVED, bury
from tests.test_command_line import run
from tests.test_faulty_data import change

FILES = ("version", "foods/banana", "supplements/magnesium", "terms/placebo", "sources/garrison-2020")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a small version of the data."""
    for file in FILES:
        (tmp_path / "old" / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DATA / f"{file}.toml", tmp_path / "old" / f"{file}.toml")
    return tmp_path / "old"


@pytest.fixture
def new(old: Path) -> Path:
    """Return a copy of it, to be changed."""
    return shutil.copytree(old, old.parent / "new")


def rename(data: Path, kind: str, id: str, new_id: str) -> None:
    """Give a record a new id, and nothing else."""
    (data / kind / f"{id}.toml").rename(data / kind / f"{new_id}.toml")
    change(data, f"{kind}/{new_id}.toml", f'id = "{id}"', f'id = "{new_id}"')


def test_versions_that_say_the_same_do_not_differ(old: Path, new: Path) -> None:
    """The order of fields is no difference."""
    lines = (new / "terms/placebo.toml").read_text().split("\n")
    assert lines[0] == 'id = "placebo"'
    (new / "terms/placebo.toml").write_text("\n".join([*lines[1:], lines[0]]))
    assert compare_versions(old, new)[2:] == ((), (), (), ())
    assert run("changes", str(old), str(new)).endswith(": 0 added, 0 removed, 0 renamed, 0 changed\n")


def test_all_records_are_the_same_from_files_and_from_an_export(tmp_path: Path) -> None:
    """What an export writes out in full, files leave out."""
    exports.write("json", tmp_path / "all.json")
    changes = compare_versions(tmp_path / "all.json", DATA)
    assert changes[2:] == ((), (), (), ())
    assert compare_versions(DATA.parents[1], tmp_path / "all.json")[2:] == ((), (), (), ())


def test_each_difference_is_named_with_its_fields(old: Path, new: Path) -> None:
    """Ids in order, parts of parts with a dot, findings apart from their record."""
    change(new, "version.toml", "2026.11.0", "2026.12.0")
    change(new, "supplements/magnesium.toml", 'name = "Magnesium"', 'name = "Magnesium salts"')
    change(new, "supplements/magnesium.toml", "value = -0.18", "value = -0.19")
    change(new, "supplements/magnesium.toml", "magnesium-rest-cramps-percent-change", "magnesium-percent-change")
    rename(new, "foods", "banana", "cavendish")
    shutil.copy(new / "terms/placebo.toml", new / "terms/sham.toml")
    change(new, "terms/sham.toml", 'id = "placebo"', 'id = "sham"')
    (new / "sources/garrison-2020.toml").unlink()
    bury(
        new,
        {**REMOVED[1], "id": "banana", "replaced_by": ["cavendish"]},
        {**REMOVED[0], "kind": "sources", "id": "garrison-2020", "replaced_by": []},
    )
    changes = compare_versions(old, new)
    assert (changes.old, changes.new) == ("2026.11.0", "2026.12.0")
    assert changes.added == (Added("terms", "sham"), Added("findings", "magnesium-percent-change"))
    assert changes.renamed == (Renamed("foods", "banana", "cavendish", ()),)
    assert changes.removed == (
        Removed("sources", "garrison-2020", True, (), "It was two things in one bottle."),
        Removed("findings", "magnesium-rest-cramps-percent-change", False, (), None),
    )
    assert changes.changed == (
        Changed("supplements", "magnesium", ("findings", "name")),
        Changed("findings", "magnesium-rest-cramps-frequency", ("effect.value",)),
    )
    assert changes.without_tombstone == changes.removed[1:]
    assert run("changes", str(old), str(new), "--format", "md") == as_markdown(changes) + "\n"
    assert as_markdown(changes).splitlines() == [
        "## 2026.12.0",
        "",
        "Since 2026.11.0: 2 added, 2 removed, 1 renamed, 2 changed.",
        "",
        "### Supplements and remedies",
        "",
        "- Changed: `magnesium` (findings, name).",
        "",
        "### Foods",
        "",
        "- Renamed: `banana` is `cavendish` now.",
        "",
        "### Words explained",
        "",
        "- Added: `sham`.",
        "",
        "### Sources",
        "",
        "- Removed: `garrison-2020`, replaced by nothing. It was two things in one bottle.",
        "",
        "### Findings",
        "",
        "- Added: `magnesium-percent-change`.",
        "- Removed: `magnesium-rest-cramps-percent-change`, **without a tombstone**.",
        "- Changed: `magnesium-rest-cramps-frequency` (effect.value).",
    ]
    document = json.loads(run("changes", str(old), str(new), "--format", "json"))
    assert document["renamed"] == [{"kind": "foods", "id": "banana", "new_id": "cavendish", "fields": []}]
    assert [each["has_tombstone"] for each in document["removed"]] == [True, False]
    text = run("changes", str(old), str(new))
    assert "  renamed  banana -> cavendish\n" in text
    assert "  removed  magnesium-rest-cramps-percent-change; no tombstone\n" in text


def test_the_changelog_begins_with_the_version_of_the_data() -> None:
    """Whoever raises the version writes an entry."""
    entries = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG-DATA.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert entries[0] == sr.data_version
    assert entries == sorted(entries, key=version_order, reverse=True)


def test_ci_can_ask_for_tombstones(old: Path, new: Path) -> None:
    """An id that goes without a word fails, and so does a tombstone that is taken away."""
    command = ("changes", str(old), str(new), "--require-tombstones")
    (new / "foods/banana.toml").unlink()
    assert "\ngone without a tombstone: " in run(*command, code=1)
    assert "banana; no tombstone" in run(*command[:-1])
    findings = [each.id for each in compare_versions(old, new).removed if each.kind == "findings"]
    assert len(findings) > 0
    buried = [{**REMOVED[0], "kind": "foods", "id": "banana"}]
    buried += [{**REMOVED[0], "kind": "findings", "id": id, "replaced_by": []} for id in findings]
    bury(new, *buried)
    assert "banana; replaced by: magnesium, banana; why: It was two" in run(*command)
    bury(old, REMOVED[1])
    assert "plantain-fruit; no tombstone" in run(*command, code=1)


def test_a_field_that_the_code_does_not_know_is_a_difference(old: Path, new: Path) -> None:
    """The versions may be those of an older and a newer code, so they are not refused."""
    change(old, "foods/banana.toml", 'name = "Banana"', 'name = "Banana"\nshape = "bent"')
    assert compare_versions(old, new).changed == (Changed("foods", "banana", ("shape",)),)


def test_a_revision_of_git_is_a_version_too(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read without touching the files that are there."""
    data = tmp_path / "repository/spasm_reference/data"
    shutil.copytree(old, data)

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, "-C", str(tmp_path / "repository"), *arguments], check=True, capture_output=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "First")
    git("tag", "data-2026.11.0")
    rename(data, "foods", "banana", "cavendish")
    monkeypatch.chdir(data)
    changes = compare_versions("data-2026.11.0", tmp_path / "repository")
    assert [each.id for each in changes.added if each.kind == "foods"] == ["cavendish"]
    assert [each.id for each in changes.removed if each.kind == "foods"] == ["banana"]
    assert compare_versions("HEAD", "data-2026.11.0")[2:] == ((), (), (), ())
    git("rm", "-rq", "--cached", "spasm_reference")
    git("commit", "-qm", "Empty")
    with pytest.raises(DataError, match=r"^HEAD: \(version\): found a revision without spasm_reference/data"):
        compare_versions("HEAD", data)


def test_what_is_no_version_is_refused_in_one_line(old: Path, tmp_path: Path) -> None:
    """Whatever it is, and whichever side it stands on."""
    expected = "expected a data folder, a checkout, an exported JSON file, or a revision that git knows here"
    (tmp_path / "text.json").write_text("[1]")
    (tmp_path / "odd.json").write_text('{"foods": [{"name": "x"}]}')
    (tmp_path / "empty").mkdir()
    for wrong, found in (
        ("no-such-thing", "nothing of that name"),
        ("--output=x", "nothing of that name"),
        (str(tmp_path / "text.json"), "no JSON export"),
        (str(tmp_path / "odd.json"), "something without an id where records stand"),
        (str(tmp_path / "empty"), "no version.toml"),
    ):
        line = f"{wrong}: (version): found {found}, {expected}\n"
        assert run("changes", "--", wrong, str(old), code=1) == line
        assert run("changes", "--", str(old), wrong, code=1) == line
    (old / "foods/banana.toml").write_text("id = ")
    assert run("changes", str(old), str(old), code=1).startswith(f"{old}: foods/banana.toml: (syntax): found")
