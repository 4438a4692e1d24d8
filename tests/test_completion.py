"""The Tab key: commands, kinds, ids and fields, by Click's machinery and in a real bash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

import spasm_reference as sr
from spasm_reference.cli import main
from spasm_reference.library import Library
from spasm_reference.records import COLLECTIONS


def completions(*words: str) -> list[str]:
    """Return what the Tab key would offer for the last word."""
    *before, incomplete = words
    items = ShellComplete(main, {}, "spasm-reference", "_X").get_completions(list(before), incomplete)
    return [item.value for item in items]


def test_ids_are_completed_without_reading_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of any kind where any will do, and of the right kinds elsewhere."""
    monkeypatch.setattr(Library, "__init__", None)
    monkeypatch.setattr("spasm_reference.library._library", None)
    assert "magnesium" in completions("show", "magnes")
    assert "garrison-2020" in completions("cite", "garr")
    assert "magnesium" in completions("compare", "ibuprofen", "magn")
    assert "multiple-sclerosis" not in completions("compare", "multiple")
    assert completions("compare", "ibuprofen", "--condition", "multiple") == ["multiple-sclerosis"]


def test_every_id_is_offered() -> None:
    """Exactly those of the library."""
    assert sorted(completions("show", "")) == sorted(id for kind in COLLECTIONS for id in getattr(sr, kind))


def test_kinds_fields_and_commands_are_completed() -> None:
    assert completions("com") == ["compare"]
    assert completions("list", "f") == ["foods", "findings"]
    assert completions("schema", "f") == ["foods"]
    assert completions("search", "--kind", "red") == ["red_flags"]
    assert completions("list", "red_flags", "--where", "urg") == ["urgency="]
    assert "certainty=" in completions("list", "foods", "--finding", "cert")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_help_tells_how_to_turn_it_on(shell: str, tmp_path: Path) -> None:
    """The setting it names makes a script of that shell that asks for completions."""
    environment = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "HOME": str(tmp_path)}
    environment["_SPASM_REFERENCE_COMPLETE"] = f"{shell}_source"
    done = subprocess.run(["spasm-reference"], env=environment, capture_output=True, text=True, check=True)
    assert f"_SPASM_REFERENCE_COMPLETE={shell}_complete" in done.stdout


def test_it_works_in_bash(tmp_path: Path) -> None:
    """As the line in the help turns it on."""
    script = """
        eval "$(_SPASM_REFERENCE_COMPLETE=bash_source spasm-reference)"
        COMP_WORDS=(spasm-reference show magnesium-st); COMP_CWORD=2
        _spasm_reference_completion spasm-reference
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    environment = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [
        id for kind in COLLECTIONS for id in getattr(sr, kind) if id.startswith("magnesium-st")
    ]
    assert done.stdout
