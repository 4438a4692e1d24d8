"""The real book: every record is in it, and its numbers are the records' numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pikepdf
import pymupdf
import pytest

import spasm_reference as sr
from spasm_reference.citations import identifiers
from spasm_reference.phrases import number
from spasm_reference.records import COLLECTIONS


@pytest.fixture(scope="module")
def document(handbook_pdf: Path) -> Iterator[pymupdf.Document]:
    """Return the open book."""
    with pymupdf.open(handbook_pdf) as opened:
        yield opened


@pytest.fixture(scope="module")
def words(document: pymupdf.Document) -> str:
    """Return the whole text as single-spaced words, without page heads and feet."""
    pages = []
    for page in document.pages():
        height = page.rect.height
        inner = pymupdf.Rect(0, height * 0.075, page.rect.width, height * 0.915)
        pages.append(page.get_text(clip=inner))
    return plain(" ".join(pages))


def plain(text: str) -> str:
    """Return text without line breaks, soft breaks and quotation styles."""
    text = text.translate(str.maketrans("’‘“”", "''\"\"", "\u00ad\u200b\u2060")).replace("…", "...")
    text = re.sub(r"\s*\(p\. \d+\)", "", text).replace("-\n", "-")
    return re.sub(r"\s+", " ", text.replace("---", "—").replace("--", "–"))


def without_spaces(text: str) -> str:
    """Return a form in which line breaks inside words do not matter."""
    return re.sub(r"[\s\-‐]", "", text)


def test_the_book_is_of_a_sensible_length(document: pymupdf.Document, handbook_pdf: Path) -> None:
    """Neither cut short nor padded, and small enough to send."""
    records = sum(len(getattr(sr, kind)) for kind in COLLECTIONS if kind != "sources")
    assert records / 2 <= len(document) <= 4 * records
    assert handbook_pdf.stat().st_size <= 15_000_000


def test_the_book_says_what_it_is(handbook_pdf: Path, document: pymupdf.Document) -> None:
    """Language, title, tags, and the notice on the cover."""
    with pikepdf.open(handbook_pdf) as pdf:
        assert str(pdf.Root.Lang).startswith("en")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
    assert (document.metadata or {})["title"].startswith("Spasm Reference")
    cover = plain(document[0].get_text())
    assert "No clinician has reviewed this text yet." in cover
    assert f"Data version {sr.data_version}" in cover
    assert "CC BY 4.0" in cover


@pytest.mark.parametrize("kind", [kind for kind in COLLECTIONS if kind != "sources"])
def test_every_record_is_in_the_book(words: str, kind: str) -> None:
    """With its name and its summary."""
    squeezed = without_spaces(words)
    for id, record in getattr(sr, kind).items():
        assert without_spaces(plain(record.name)) in squeezed, id
        for sentence in re.split(r"(?<=[.!?])\s", record.summary):
            assert without_spaces(plain(sentence))[:60] in squeezed, (id, sentence)


def test_every_finding_is_in_the_book_with_its_figures(words: str) -> None:
    """The sentence, and each number of its effect."""
    squeezed = without_spaces(words)
    for finding in sr.findings.values():
        assert without_spaces(plain(finding.sentence)) in squeezed, finding.id
        effect = finding.effect
        if effect is not None and effect.value is not None:
            for value in (effect.value, effect.low, effect.high):
                assert value is None or without_spaces(number(value)) in squeezed, (finding.id, value)


def test_every_source_is_in_the_bibliography(words: str) -> None:
    """With its title."""
    squeezed = without_spaces(words)
    for id, source in sr.sources.items():
        assert without_spaces(plain(source.title))[:60] in squeezed, id


def test_identifiers_in_the_bibliography_are_links(document: pymupdf.Document) -> None:
    """DOI, PubMed and PubMed Central open from the book, too."""
    addresses = {unquote(link["uri"]) for page in document.pages() for link in page.get_links() if "uri" in link}
    for source in sr.sources.values():
        for _system, _value, address in identifiers(source):
            assert unquote(address) in addresses, source.id


def test_bookmarks_lead_to_the_pages_of_their_titles(document: pymupdf.Document) -> None:
    """Every chapter and record has one, and it points to where its title stands."""
    titles: dict[str, int] = {}
    for _level, title, page in document.get_toc():
        titles.setdefault(plain(title), page)
    for record in (*sr.conditions.values(), *sr.supplements.values(), *sr.red_flags.values()):
        page = titles[plain(record.name)]
        assert without_spaces(plain(record.name)) in without_spaces(plain(document[page - 1].get_text())), record.id


def test_index_entries_lead_to_pages_that_deserve_them(document: pymupdf.Document) -> None:
    """A lay word in the index leads to a page of the record it belongs to."""
    start = next(page for _level, title, page in document.get_toc() if title == "Index")
    index = plain(" ".join(document[page].get_text() for page in range(start - 1, len(document))))
    match = re.search(r"charley horse at night[^\d]*(\d+)", index, re.IGNORECASE)
    assert match, "charley horse at night is not in the index"
    page = int(match.group(1))
    near = plain(" ".join(document[i].get_text() for i in (page - 1, page)))
    assert "Night leg cramps" in near


def test_no_word_runs_off_the_page(document: pymupdf.Document) -> None:
    """Typst lets what does not fit run off without a word."""
    for page in document.pages():
        box = pymupdf.Rect(28, 20, page.rect.width - 28, page.rect.height - 20)
        for x0, y0, x1, y1, word, *_rest in page.get_text("words"):
            assert box.contains(pymupdf.Rect(x0, y0, x1, y1)), (page.number + 1, word)


def test_no_page_is_empty(document: pymupdf.Document) -> None:
    """Every page has more than its head and foot."""
    for page in document.pages():
        assert len(page.get_text().split()) > 15 or page.number == 0, page.number + 1


def test_every_character_has_its_glyph(document: pymupdf.Document) -> None:
    """No box or replacement character stands for something that no font has."""
    for page in document.pages():
        text = page.get_text()
        assert "\ufffd" not in text, page.number + 1
        assert not re.search(r"\[U\+[0-9A-F]{4,6}\]", text), page.number + 1
