"""The leaflet: every warning sign on one printed page."""

from __future__ import annotations

import re
from pathlib import Path

import pymupdf
import pytest
from click.testing import CliRunner

import spasm_reference as sr
from spasm_reference.cli import main
from spasm_reference.errors import SpasmReferenceError
from spasm_reference.handbook.pdf import leaflet
from spasm_reference.library import default_library
from spasm_reference.notices import NOT_REVIEWED


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a leaflet built as a user does."""
    target = tmp_path_factory.mktemp("leaflet") / "out"
    done = CliRunner().invoke(main, ["build", "leaflet", "-o", str(target)])
    assert done.exit_code == 0, done.output
    return target


def test_it_is_one_page_with_every_sign_and_number(folder: Path) -> None:
    """The signs stand below the heading of their level, and numbers beside their country."""
    assert [path.name for path in folder.iterdir()] == ["when-to-get-help.pdf"]
    with pymupdf.open(folder / "when-to-get-help.pdf") as document:
        assert len(document) == 1
        text = re.sub(r"\s+", " ", document[0].get_text()).replace("’", "'")
    places = [text.index(f"{level}: ") for level in ("Emergency", "Urgent", "Routine")]
    places.append(text.index("Emergency numbers, by country"))
    assert places == sorted(places)
    for start, end, urgency in zip(places, places[1:], ("emergency", "urgent", "routine"), strict=False):
        for flag in sr.red_flags.filter(urgency=urgency):
            assert flag.name in text[start:end], flag.id
    for record in sr.emergency_numbers.values():
        assert f"{record.country}: {' or '.join(record.emergency)}" in text
    assert NOT_REVIEWED in text


def test_its_letters_can_be_read(folder: Path) -> None:
    """Nothing smaller than 8 points, and the signs at 12."""
    with pymupdf.open(folder / "when-to-get-help.pdf") as document:
        spans = [
            span
            for block in document[0].get_text("dict")["blocks"]
            for line in block["lines"]
            for span in line["spans"]
        ]
    assert min(span["size"] for span in spans) >= 8
    assert any("Chest pain" in span["text"] and span["size"] >= 12 for span in spans)


def test_the_same_records_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """A second leaflet is no change for a version control or a mirror."""
    leaflet.make_leaflet(default_library(), tmp_path / "second.pdf")
    assert (tmp_path / "second.pdf").read_bytes() == (folder / "when-to-get-help.pdf").read_bytes()


def test_a_failure_leaves_the_earlier_leaflet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiler's own words are in the one line of the error."""
    target = tmp_path / "leaflet.pdf"
    target.write_bytes(b"earlier")
    monkeypatch.setattr(leaflet, "leaflet_words", lambda library: {"title": "no other words"})
    with pytest.raises(SpasmReferenceError, match=r"the leaflet was not made: .*author"):
        leaflet.make_leaflet(default_library(), target)
    assert target.read_bytes() == b"earlier"
