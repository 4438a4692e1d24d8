"""The same text in a terminal, in a pipe and where few letters can be shown."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import spasm_reference as sr
from spasm_reference.cli import main
from spasm_reference.progress import progress
from spasm_reference.terminal import fitted, printable

COMMAND = [sys.executable, "-m", "spasm_reference"]
COLOR = re.compile(r"\x1b\[[0-9;]*m")


def in_terminal(*command: str, width: int = 500, **environment: str) -> str:
    """Run a command in a real terminal (a pseudo-terminal) and return all it sent there."""
    ours, theirs = pty.openpty()
    settings = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    settings |= {"TERM": "xterm-256color", "COLUMNS": str(width), **environment}
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=settings)
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so when the other side has closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert process.wait() == 0, shown
    return shown.decode().replace("\r\n", "\n")


def in_pipe(*arguments: str) -> str:
    """Run the command with its output in a pipe."""
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("arguments", "marked"),
    [
        (["show", "chest-pain"], "[EMERGENCY]"),
        (["show", "magnesium"], "⊕⊕⊕⊕ High certainty"),
        (["search", "chest", "pain"], "[EMERGENCY]"),
    ],
)
def test_colors_mark_urgency_and_certainty_in_a_terminal_only(arguments: list[str], marked: str) -> None:
    """The words are the same without them."""
    colored = in_terminal(*COMMAND, *arguments)
    assert re.search(COLOR.pattern + re.escape(marked) + r"\x1b\[0m", colored)
    assert all(re.fullmatch(r"\[[A-Z]+\]|[⊕⊝]+ \w+( low)? certainty", text) for text in _colored_texts(colored))
    plain = in_pipe(*arguments)
    assert "\x1b" not in plain
    assert COLOR.sub("", colored) == plain
    assert in_terminal(*COMMAND, *arguments, NO_COLOR="1") == plain
    assert in_terminal(*COMMAND, *arguments, TERM="dumb") == plain


def _colored_texts(shown: str) -> list[str]:
    texts = re.findall(r"\x1b\[(?!0m)[0-9;]*m([^\x1b]*)\x1b\[0m", shown)
    assert texts
    return texts


def test_lines_fit_a_terminal_and_are_whole_in_a_pipe() -> None:
    """Words stay whole; nothing is lost."""
    narrow = in_terminal(*COMMAND, "show", "ibuprofen", width=60, NO_COLOR="1")
    plain = in_pipe("show", "ibuprofen")
    assert narrow.split() == plain.split()
    assert all(len(line) <= 60 for line in narrow.splitlines() if "http" not in line and "doi:" not in line)
    harm = sr.medicines["ibuprofen"].harms[0].text
    assert f"  - Serious. {harm}\n" in plain
    assert "\n    " in narrow  # a line that goes on is set in as far as its text


def test_text_is_left_alone_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the size of the window it was started from."""
    monkeypatch.setenv("COLUMNS", "40")
    assert fitted("word " * 30) == "word " * 30


@pytest.mark.parametrize(
    "command", ["list sources", "search cramp --limit 100 --format json", "show magnesium", "schema"]
)
def test_output_into_a_closed_pipe_is_no_error(command: str) -> None:
    """`spasm-reference list sources | head -1` ends quietly."""
    line = f"{sys.executable} -m spasm_reference {command} | head -1"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(["bash", "-c", line], env=environment, capture_output=True, text=True)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_output_where_few_letters_can_be_shown() -> None:
    """Text shows the number of a letter, and JSON stays JSON."""
    environment = {**os.environ, "PYTHONIOENCODING": "koi8-r"}
    text = subprocess.run([*COMMAND, "show", "magnesium"], env=environment, capture_output=True, check=True)
    assert rb"\u2295\u2295\u2295\u2295 High certainty" in text.stdout
    done = subprocess.run(
        [*COMMAND, "show", "bartsch-2021", "--format", "json"], env=environment, capture_output=True, check=True
    )
    assert json.loads(done.stdout.decode("koi8-r")) == sr.sources["bartsch-2021"].to_dict()


def test_progress_goes_away_in_a_terminal(tmp_path: Path) -> None:
    """What is being done stands there while it is done, and is wiped out before the result is named."""
    target = tmp_path / "out.bib"
    shown = in_terminal(*COMMAND, "export", "--format", "bibtex", "-o", str(target))
    before, wiped, after = shown.split("\r")
    assert before == "writing bibtex …"
    assert len(wiped) == len(before)
    assert wiped.strip() == ""
    assert after == f"wrote {target}\n"


def test_progress_is_plain_lines_elsewhere(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """An export says what it wrote; what takes a minute says so before."""
    done = CliRunner().invoke(main, ["export", "--format", "bibtex", "-o", str(tmp_path / "out.bib")])
    assert (done.stdout, done.stderr) == (f"wrote {tmp_path / 'out.bib'}\n", "")
    with progress("making the book", plain=True):
        assert capfd.readouterr().err == "making the book\n"
    assert capfd.readouterr().err == ""


def test_printable_leaves_letters_of_every_script_alone() -> None:
    """Only what steers a terminal, or cannot be encoded, is written out."""
    assert printable("⊕ naïve 痙攣 ‘x’") == "⊕ naïve 痙攣 ‘x’"
    assert printable("a\tb\x7f\x9b\u202e\udcff") == r"a\tb\x7f\x9b\u202e\udcff"
