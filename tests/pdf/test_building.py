"""What someone who builds the book notices."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pymupdf
import pytest

from spasm_reference.handbook.pdf.images import printable_svg
from spasm_reference.handbook.pdf.text import literal, with_breaks
from tests.pdf.bookmaking import SAMPLE, BuiltBook, build, read_pages

CONF = """
project = "Small Book"
extensions = ["myst_parser", "spasm_reference.sphinx.nodes", "spasm_reference.handbook.pdf"]
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Write a project of one document."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    (source / "index.md").write_text("# Title\n\nGood words.\n", encoding="utf-8")
    return source


def test_log_says_where_the_pdf_is(book: BuiltBook) -> None:
    """The last lines of the build name the file."""
    assert f"The PDF is ready: {book.pdf}" in book.log


def test_unchanged_build_leaves_the_pdf_alone(small: Path, tmp_path: Path) -> None:
    """A second build without changes touches nothing; a change makes a new book."""
    out = tmp_path / "out"
    assert build(small, out, "-W").returncode == 0
    pdf = out / "small-book.pdf"
    before = (pdf.stat().st_mtime_ns, pdf.read_bytes())
    again = build(small, out, "-W")
    assert "up to date" in again.stdout
    assert (pdf.stat().st_mtime_ns, pdf.read_bytes()) == before
    (small / "index.md").write_text("# Title\n\nBetter words.\n", encoding="utf-8")
    assert build(small, out, "-W").returncode == 0
    assert "Better words." in " ".join(read_pages(pdf))


def test_two_clean_builds_are_the_same_bytes(book: BuiltBook, tmp_path: Path) -> None:
    """Anyone who builds the same edition gets the same file."""
    assert build(SAMPLE, tmp_path, "-W").returncode == 0
    assert (tmp_path / "sample.pdf").read_bytes() == book.pdf.read_bytes()


def test_compiler_error_is_one_line_and_keeps_the_earlier_pdf(small: Path, tmp_path: Path) -> None:
    """A mistake names its document in one line, without a traceback, and the last good book stays."""
    out = tmp_path / "out"
    assert build(small, out).returncode == 0
    pdf = out / "small-book.pdf"
    before = pdf.read_bytes()
    (small / "index.md").write_text('# Title\n\nWords.\n\n```{raw} typst\n#panic("mistake")\n```\n', encoding="utf-8")
    failed = build(small, out)
    assert failed.returncode == 1
    errors = [line for line in failed.stderr.splitlines() if line.strip()]
    assert len(errors) == 1
    assert "index.md:5" in errors[0]
    assert "mistake" in errors[0]
    assert "Traceback" not in failed.stdout + failed.stderr
    assert pdf.read_bytes() == before
    assert not list(out.glob(".small-book-*.pdf"))


def test_missing_picture_is_named_and_leaves_a_marked_gap(small: Path, tmp_path: Path) -> None:
    """A picture that is not there is a warning with the document's name and a box in the book."""
    (small / "index.md").write_text("# Title\n\nWords.\n\n![A lost leg](lost.png)\n", encoding="utf-8")
    finished = build(small, tmp_path / "out")
    assert finished.returncode == 0
    assert re.search(r"index\.md:5: .*image file not found: lost\.png", finished.stderr)
    assert "Missing picture: A lost leg" in " ".join(read_pages(tmp_path / "out" / "small-book.pdf"))


def test_character_that_no_font_has_is_spelled_out(small: Path, tmp_path: Path) -> None:
    """A character the fonts lack is a warning and prints as its code, and the book is still made."""
    (small / "index.md").write_text("# Title\n\nHot \N{CJK UNIFIED IDEOGRAPH-4E2D} soup.\n", encoding="utf-8")
    finished = build(small, tmp_path / "out")
    assert finished.returncode == 0, finished.stderr
    assert re.search(r"index\.md:3: .*no embedded font has", finished.stderr)
    assert "Hot [U+4E2D] soup." in " ".join(read_pages(tmp_path / "out" / "small-book.pdf"))


def test_other_profiles_only_change_settings(tmp_path: Path) -> None:
    """Letter paper, 18 pt type and grays give the same book, with nothing off the page."""
    source = tmp_path / "source"
    shutil.copytree(SAMPLE, source)
    out = tmp_path / "out"
    finished = build(source, out, "-W", "-D", "pdf_paper=us-letter", "-D", "pdf_text_size=18", "-D", "pdf_grayscale=1")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    with pymupdf.open(out / "sample.pdf") as document:
        assert {round(page.rect.width) for page in document} <= {612, 792}
        for page in document:
            for x0, y0, x1, y1, word, *_rest in page.get_text("words"):
                assert 36 < x0 < x1 < page.rect.width - 36, (page.number + 1, word)
                assert 20 < y0 < y1 < page.rect.height - 20, (page.number + 1, word)
        drawings = [item for page in document for item in page.get_drawings() if "calf" not in page.get_text()]
        fills = [item["fill"] for item in drawings if item.get("fill")]
    assert all(max(fill) - min(fill) < 0.01 for fill in fills)


@pytest.mark.parametrize("text", ['"', "\\", 'a"#panic()', "\\u{41}", "line\nbreak\ttab", "bell\x07"])
def test_string_literals_hold_any_text(text: str) -> None:
    """No text can end the literal it is in."""
    written = literal(text)
    assert (written[0], written[-1]) == ('"', '"')
    inner = written[1:-1].replace("\\\\", "").replace('\\"', "")
    assert not set(inner) & {'"', "\n", "\x07"}


def test_long_words_get_break_points() -> None:
    """Addresses break after their signs, and a run without signs can break anywhere."""
    assert with_breaks("https://example.org/a_b", 30).split("\u200b") == ["https://", "example.", "org/", "a_", "b"]
    assert "\u200b" in with_breaks("f" * 64, 30)


def test_svg_variables_take_their_printed_value() -> None:
    """A variable takes the value the drawing sets, or its fallback, and dark rules go."""
    style = b"<style>:root{--a:#111} @media (x){:root{--a:#fff}}</style>"
    svg = b"<svg>" + style + b'<path fill="var(--a)" stroke="var(--b, rgb(1, 2, 3))"/></svg>'
    assert b'fill="#111" stroke="rgb(1, 2, 3)"' in printable_svg(svg)
