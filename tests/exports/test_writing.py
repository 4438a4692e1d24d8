"""Each format appears whole or not at all, and touches nothing else."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest
from click.testing import CliRunner

import spasm_reference as sr
from spasm_reference import exports
from spasm_reference.cli import main
from spasm_reference.exports import FORMATS
from tests.exports.rebuilding import library_of


@pytest.fixture(autouse=True)
def few_records(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write one country's numbers, in place of all records: how much is written makes no difference here."""
    record = sr.emergency_numbers["united-kingdom"]
    monkeypatch.setattr(exports, "default_library", lambda: library_of(record, *record.sources))


FILES = [form for form, made in FORMATS.items() if not made.is_folder]
FOLDERS = [form for form, made in FORMATS.items() if made.is_folder]


def run(form: str, output: Path, code: int = 0) -> str:
    """Run the command and return what it printed, which is one line."""
    done = CliRunner().invoke(main, ["export", "--format", form, "-o", str(output)])
    assert done.exit_code == code, done.output
    assert len(done.output.splitlines()) == 1
    return done.output.strip()


def contents(path: Path) -> Any:
    """Return the bytes of a file, or of each file of a folder."""
    return {item.name: item.read_bytes() for item in path.iterdir()} if path.is_dir() else path.read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_replaces_an_earlier_one(tmp_path: Path, form: str) -> None:
    """With the same bytes, and nothing beside it."""
    target = tmp_path / "out"
    assert run(form, target) == f"wrote {target}"
    first = contents(target)
    run(form, target)
    assert contents(target) == first
    assert list(tmp_path.iterdir()) == [target]
    assert target.stat().st_mode & 0o777 == (0o777 if target.is_dir() else 0o666) & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("form", FILES)
def test_a_file_does_not_replace_a_folder(tmp_path: Path, form: str) -> None:
    """One line."""
    assert run(form, tmp_path, code=1) == f"Error: {tmp_path}: is a folder, expected a file name"


@pytest.mark.parametrize("form", FOLDERS)
def test_a_folder_does_not_replace_a_file(tmp_path: Path, form: str) -> None:
    """One line, and the file stays."""
    target = tmp_path / "letter.txt"
    target.write_text("dear")
    assert run(form, target, code=1) == f"Error: {target}: is a file, expected a folder"
    assert contents(tmp_path) == {"letter.txt": b"dear"}


def test_a_folder_of_something_else_is_not_replaced(tmp_path: Path) -> None:
    """Whoever names their home folder loses nothing; an empty folder or an earlier export is replaced."""
    run("csv", tmp_path / "out")
    (tmp_path / "out" / "thesis.txt").write_text("my life's work")
    assert run("datapackage", tmp_path / "out", code=1) == (
        f"Error: {tmp_path / 'out'}: holds thesis.txt, which is no part of an export; name a new or empty folder"
    )
    assert (tmp_path / "out" / "thesis.txt").read_text() == "my life's work"
    (tmp_path / "out" / "thesis.txt").unlink()
    run("datapackage", tmp_path / "out")
    assert (tmp_path / "out" / "datapackage.json").exists()
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "SHA256SUMS").write_text("\xff not ours")
    (tmp_path / "home" / "docs").mkdir()
    assert "holds docs" in run("csv", tmp_path / "home", code=1)


@pytest.mark.parametrize("form", FORMATS)
def test_the_folder_around_it_must_be_there(tmp_path: Path, form: str) -> None:
    """None is made, so a slip of the pen leaves nothing behind."""
    target = tmp_path / "no" / "such" / "out"
    assert run(form, target, code=1) == f"Error: {target}: the folder {target.parent} does not exist"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", FORMATS)
def test_where_nobody_can_write(form: str) -> None:
    """/proc takes no files, not even from root."""
    assert run(form, Path("/proc/spasm"), code=1).startswith("Error: /proc/spasm: cannot be written: ")


@pytest.mark.parametrize("form", FORMATS)
def test_a_link_to_an_export_stays_a_link(tmp_path: Path, form: str) -> None:
    """A folder is replaced where it is; a file takes the place of its link, as `mv` does it."""
    real = tmp_path / "real"
    run(form, real)
    link = tmp_path / "link"
    link.symlink_to(real)
    run(form, link)
    assert link.is_symlink() == FORMATS[form].is_folder
    assert {path.name for path in tmp_path.iterdir()} == {"real", "link"}


@pytest.mark.parametrize("form", ["sqlite", "csv", "parquet"])
def test_a_full_disk_keeps_the_earlier_export(tmp_path: Path, form: str) -> None:
    """On a real disk of 1 MB, which is mounted for this process only."""
    if shutil.which("unshare") is None:
        pytest.skip("unshare is needed to mount a small disk")
    small = tmp_path / "small"
    small.mkdir()
    command = f'mount -t tmpfs -o size=1m none "{small}" || exit 77; cd "{small}"; '
    if FORMATS[form].is_folder:
        command += "mkdir out; echo earlier > out/README.md; touch out/SHA256SUMS; "
        command += "sha256sum out/README.md | sed s:out/:: > out/SHA256SUMS; "
    else:
        command += "echo earlier > out; "
    command += f'"{sys.executable}" -m spasm_reference export --format {form} -o out; echo "code $?"; '
    command += "cat out/README.md 2>/dev/null || cat out; ls -A"
    done = subprocess.run(["unshare", "-m", "bash", "-c", command], capture_output=True, text=True)
    if done.returncode in (1, 77) and "code" not in done.stdout:
        pytest.skip("mounting is not allowed here")
    assert done.stderr.splitlines() == ["Error: out: cannot be written: No space left on device"]
    assert done.stdout.splitlines() == ["code 1", "earlier", "out"]


@pytest.mark.parametrize("form", FORMATS)
def test_a_write_that_fails_half_way_keeps_the_earlier_export(
    tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same with the last write refused, where no disk can be mounted."""
    target = tmp_path / "out"
    exports.write(form, target)
    before = contents(target)

    def refuse(*_paths: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", refuse)
    assert run(form, target, code=1) == f"Error: {target}: cannot be written: No space left on device"
    monkeypatch.undo()
    assert contents(target) == before
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("form", FOLDERS)
def test_the_second_half_of_a_swap_that_fails_is_taken_back(
    tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old folder has been moved away by then, and comes back."""
    target = tmp_path / "out"
    exports.write(form, target)
    before = contents(target)
    replace = os.replace
    calls = []

    def fail_once(source: Path, goal: Path) -> None:
        calls.append(source)
        if len(calls) == 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        replace(source, goal)

    monkeypatch.setattr(os, "replace", fail_once)
    assert "Input/output error" in run(form, target, code=1)
    monkeypatch.undo()
    assert contents(target) == before
    assert list(tmp_path.iterdir()) == [target]


def test_a_swap_that_was_cut_short_is_mended(tmp_path: Path) -> None:
    """A process that ended between the two halves left the old folder under another name."""
    target = tmp_path / "out"
    exports.write("csv", target)
    target.rename(tmp_path / ".out.old")
    exports.write("csv", target)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
