"""Bad input on the command line: one line that helps, the right exit code, and no raw echo of what was typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from spasm_reference.arguments import LONGEST
from spasm_reference.cli import main

ESCAPE = "\x1b[31m"


def refused(*arguments: str, code: int = 2) -> str:
    """Call the command and return what it says on standard error; nothing may stand on standard output."""
    done = CliRunner().invoke(main, arguments)
    assert isinstance(done.exception, SystemExit)
    assert done.exit_code == code, done.output
    assert done.stdout == ""
    return done.stderr.rstrip("\n")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["show", "magnezium"], 'no record "magnezium" in any collection; nearest: magnesium, low-magnesium'),
        (["show", "qqqqqqqq"], 'no record "qqqqqqqq" in any collection'),
        (["list", "suplements"], 'no kind "suplements"; nearest: supplements'),
        (["schema", "food"], 'no kind "food"; nearest: foods'),
        (["schema", "findings"], 'no kind "findings"; kinds: conditions, causes, '),
        (["search", "cramp", "--kind", "red_flag"], 'no kind "red_flag"; nearest: red_flags'),
        (["list", "red_flags", "--where", "urgensy=x"], 'red_flags have no field "urgensy"; nearest: urgency'),
        (["list", "foods", "--where", "qqqq=x"], 'foods have no field "qqqq"; fields: id, name, '),
        (["list", "foods", "--where", "status"], '"status" has no "="; write FIELD=VALUE'),
        (["list", "foods", "--where", "status=done"], 'status: found "done", expected one of complete, partial'),
        (["list", "foods", "--finding", "urgency=x"], 'findings have no field "urgency"; '),
        (["list", "foods", "--where", "harms=x"], "harms holds parts with fields of their own "),
        (["list", "sources", "--where", "year=soon"], 'year: found "soon", expected a whole number'),
        (["list", "sources", "--where", "retracted=x"], 'retracted: found "x", expected yes or no'),
        (["list", "foods", "--where", "reviewed=x"], 'reviewed: found "x", expected a date such as 2026-11-29'),
        (["list", "conditions", "--where", "region_ids=calv"], 'no record "calv" in any collection; nearest: calf'),
        (["compare", "ibuprofin"], 'no record "ibuprofin" in any collection; nearest: ibuprofen'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_does_not_exist_is_named_in_one_line_with_what_is_near(arguments: list[str], line: str) -> None:
    message = refused(*arguments)
    assert message.startswith(f"Error: {line}")
    assert "\n" not in message


@pytest.mark.parametrize("words", [[""], ["  "], ["", ""], ["\n"]])
def test_a_search_for_nothing_gets_the_usage(words: list[str]) -> None:
    lines = refused("search", *words).splitlines()
    assert lines[0] == "Usage: main search [OPTIONS] WORDS..."
    assert lines[-1] == "Error: the words are empty"


def test_a_query_of_10_megabytes_is_refused_in_one_line() -> None:
    assert refused("search", "cramp " * 1_700_000) == (f"Error: WORDS: 10200000 characters; at most {LONGEST} are read")
    assert refused("search", *["cramp"] * 300) == "Error: the query has 1799 characters; at most 1000 are searched"


@pytest.mark.parametrize("command", [["show"], ["list"], ["compare"], ["cite"], ["list", "foods", "--where"]])
def test_a_name_of_10_megabytes_is_not_shown_again(command: list[str]) -> None:
    message = refused(*command, "x" * 10_000_000)
    assert len(message) < 100
    assert f"10000000 characters; at most {LONGEST} are read" in message


@pytest.mark.parametrize("command", ["search", "show", "cite", "list", "compare"])
def test_bytes_that_are_not_utf_8_are_refused_in_one_line(command: str) -> None:
    """As a real process gets them."""
    done = subprocess.run([sys.executable, "-m", "spasm_reference", command, b"cramp\xff"], capture_output=True)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.endswith(b": this is not UTF-8\n")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "words", ['"cramp', "cramp*", "NEAR(cramp", "cramp AND", "cramp -leg OR", "* ( ) ^ :", "cramp' --", "\\", "%_"]
)
def test_operators_of_search_engines_are_data(words: str) -> None:
    """Whatever stands around the word, the word is found; signs alone find nothing and break nothing."""
    done = CliRunner().invoke(main, ["search", "--", words])
    assert done.exit_code == 0
    plain = CliRunner().invoke(main, ["search", "--kind", "terms", "cramp"]).output
    assert plain.startswith("terms/cramp: Cramp")
    same = CliRunner().invoke(main, ["search", "--kind", "terms", "--", words])
    assert same.output.startswith("terms/cramp: Cramp" if "cramp" in words else "No entry matched.")


def test_words_that_begin_with_a_dash() -> None:
    """They are words after `--`; before it, the message says so."""
    after = CliRunner().invoke(main, ["search", "--", "-magnezium"])
    assert after.output.startswith("supplements/magnesium: Magnesium")
    for word in ("-magnezium", "--magnezium"):
        lines = refused("search", word).splitlines()
        assert lines[0].startswith("Usage: main search")
        assert lines[-1].startswith('If a word begins with "-", put "--" before it: main search -- -')
    assert 'put "--"' not in refused("info", "--magnezium")


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", f"mag{ESCAPE}\r\n\x07\u202enesium"],
        ["cite", ESCAPE],
        ["list", ESCAPE],
        ["list", "foods", "--where", f"{ESCAPE}=x"],
        ["list", "foods", "--where", f"status={ESCAPE}"],
        ["compare", ESCAPE],
        ["compare", "ibuprofen", "--condition", ESCAPE],
        ["cite", "magnesium", "--style", ESCAPE],
        ["export", "-o", f"/no/such/{ESCAPE}"],
        ["export", "--format", "fhir", "--base", ESCAPE, "-o", "out"],
        ["validate", f"/no/such/{ESCAPE}"],
        ["serve", "--folder", ESCAPE],
        [ESCAPE],
        [f"-{ESCAPE}"],
        [f"--{ESCAPE}"],
        ["info", ESCAPE],
        ["search", f"--{ESCAPE}"],
        ["search", "cramp", "--kind", ESCAPE],
    ],
    ids=lambda value: " ".join(map(ascii, value)),
)
def test_control_characters_are_never_sent_back_to_the_terminal(arguments: list[str]) -> None:
    """They could change its colors or title, or hide what was said; they are written out."""
    done = CliRunner().invoke(main, arguments, color=True)
    assert isinstance(done.exception, SystemExit)
    assert done.exit_code in (1, 2)
    assert all(letter.isprintable() or letter == "\n" for letter in done.output)
    assert "\\x1b" in done.output


def test_a_query_with_control_characters_is_just_words() -> None:
    assert CliRunner().invoke(main, ["search", f"magnesium{ESCAPE}"], color=True).output.startswith("supplements/magn")


@pytest.mark.parametrize("command", [["list", "sources"], ["cite", "magnesium"], ["--help"]])
def test_a_full_disk_behind_the_output_gets_one_line_and_code_1(command: list[str]) -> None:
    """`/dev/full` takes nothing; Python must not complain a second time when it ends."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    line = [sys.executable, "-m", "spasm_reference", *command]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(line, env=environment, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stderr == b"Error: cannot write: No space left on device\n"
