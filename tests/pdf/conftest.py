"""Builds the sample book once for all tests of the print half."""

from __future__ import annotations

import pytest

from tests.pdf.bookmaking import SAMPLE, BuiltBook, build, read_pages


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> BuiltBook:
    """Build the sample book with warnings as errors."""
    folder = tmp_path_factory.mktemp("book")
    finished = build(SAMPLE, folder, "-W", "--keep-going")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    pdf = folder / "sample.pdf"
    return BuiltBook(folder, pdf, read_pages(pdf), finished.stdout + finished.stderr)
