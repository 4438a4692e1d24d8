"""The e-book: the same words as the web pages, in one file that reading programs open."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

import spasm_reference as sr
from tests.conftest import built


@pytest.fixture(scope="module")
def book() -> zipfile.ZipFile:
    """Return the built e-book."""
    return zipfile.ZipFile(built("epub") / "spasm-reference.epub")


def words(book: zipfile.ZipFile, page: str) -> str:
    """Return the text of a page, which must be well-formed XML, with straight quotation marks."""
    text = "".join(etree.fromstring(book.read(page)).itertext())
    return " ".join(text.translate(str.maketrans("‘’“”", "''\"\"")).split())


def test_it_is_an_epub(book: zipfile.ZipFile) -> None:
    """What it is stands first and plain, and the container names its contents."""
    first = book.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert book.read("mimetype") == b"application/epub+zip"
    (package,) = etree.fromstring(book.read("META-INF/container.xml")).xpath("//@full-path")
    contents = etree.fromstring(book.read(str(package)))
    listed = {str(name) for name in contents.xpath("//*[local-name()='item']/@href")}
    assert listed <= set(book.namelist())
    assert "nav.xhtml" in listed


def test_every_record_is_in_it(book: zipfile.ZipFile) -> None:
    """With its name and summary."""
    for kind in ("red_flags", "conditions", "medicines", "supplements", "claims"):
        for record in getattr(sr, kind).values():
            text = words(book, f"reference/{kind}/{record.id}.xhtml")
            assert record.name in text
            assert record.summary in text


def test_only_what_a_reading_program_can_show_is_in_it(book: zipfile.ZipFile) -> None:
    """No second form of the pages, and no search that needs a browser."""
    assert [name for name in book.namelist() if Path(name).suffix in (".md", ".html")] == []
    assert "_static/search-index.js" not in book.namelist()
