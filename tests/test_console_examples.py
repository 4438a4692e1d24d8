"""Every `spasm-reference` command in the README, the chapters and the help texts works and prints what stands there."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from spasm_reference import exports
from spasm_reference.cli import main
from tests.conftest import ROOT

BLOCK = re.compile(r"^```console\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)
PROMPT = "$ spasm-reference "
NOT_RUN = ("build", "serve", "format")
"""What takes minutes, does not end, or changes the checkout."""


class Example(NamedTuple):
    """A command, and the output that stands below it, if any does."""

    where: str
    command: str
    output: str


def examples_in(text: str, where: str) -> list[Example]:
    """Return the examples of one chapter."""
    found = []
    for block in BLOCK.findall(text):
        for part in re.split(r"^(?=\$ )", block, flags=re.MULTILINE):
            line, _break, output = part.partition("\n")
            if line.startswith(PROMPT) and line.removeprefix(PROMPT).split()[0] not in NOT_RUN:
                found.append(Example(where, line.removeprefix("$ "), output))
    return found


def all_examples() -> list[Example]:
    """Return the examples of all chapters and help texts."""
    found = []
    for file in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))):
        name = file.relative_to(ROOT).as_posix()
        if not name.startswith("docs/reference/"):
            found += examples_in(file.read_text(encoding="utf-8"), name)
    for name, command in main.commands.items():
        lines = [line.strip() for line in (command.epilog or "").splitlines()]
        found += [
            Example(f"{name} --help", line, "")
            for line in lines
            if line.startswith("spasm-reference ") and name not in NOT_RUN
        ]
    return found


def run(command: str, folder: Path) -> tuple[int, str]:
    """Return the exit code and output of a command: in this process, or in bash if it holds a pipe."""
    if "|" in command:
        environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.returncode, done.stdout
    result = CliRunner().invoke(main, shlex.split(command)[1:], prog_name="spasm-reference")
    return result.exit_code, result.output


def check(example: Example, folder: Path) -> str:
    """Return what is wrong with an example; nothing if it is right.

    ``...`` in its output stands for anything.  An example without output has to succeed,
    and one whose output says "Error:" has to fail.
    """
    code, printed = run(example.command, folder)
    if (code != 0) != ("Error:" in example.output):
        return f"exit code {code}: {printed}"
    if example.output and not doctest.OutputChecker().check_output(example.output, printed, doctest.ELLIPSIS):
        return f"expected:\n{example.output}\ngot:\n{printed}"
    return ""


@pytest.mark.parametrize("example", all_examples(), ids=lambda example: f"{example.where}: {example.command}")
def test_an_example_is_true(example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if "validate" in example.command:
        tmp_path = ROOT  # what it checks are the files of a checkout
    if " changes " in example.command:
        for name in ("old.json", "new.json"):
            exports.write("json", tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert check(example, tmp_path) == ""


def test_wrong_examples_are_noticed(tmp_path: Path) -> None:
    """Other output, an error where there is none, none where there is one, and a command that is not there."""
    text = (
        "```console\n$ spasm-reference search magnezium --limit 1\nsupplements/zinc: Zinc\n"
        "$ spasm-reference show magnesium\nError: no record ...\n$ spasm-reference show magnezium\nMagnesium\n...\n"
        "$ spasm-reference explain magnesium\n$ make handbook\n```\n"
    )
    examples = examples_in(text, "here")
    assert len(examples) == 4
    assert all(check(example, tmp_path) for example in examples)


def test_the_page_about_the_command_line_shows_every_command() -> None:
    """Somebody who looks one up finds an example of it."""
    text = "\n".join(BLOCK.findall((ROOT / "docs" / "developers" / "command-line.md").read_text(encoding="utf-8")))
    assert [name for name in main.commands if f"{PROMPT}{name} " not in text] == []
