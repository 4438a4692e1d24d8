"""Builds books and reads them back, for the tests of the print half."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pymupdf

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
SAMPLE = HERE / "sample"
EPOCH = "1767225600"  # January 1, 2026


def build(source: Path, target: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run Sphinx on ``source`` as a person would and return how it ended."""
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": EPOCH,
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY), str(HERE)]),
        "NO_COLOR": "1",
    }
    command = [sys.executable, "-m", "sphinx", "-b", "typst", *options, str(source), str(target)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@dataclass(frozen=True)
class BuiltBook:
    """A finished book: its folder, its PDF and the words of each page."""

    folder: Path
    pdf: Path
    #: Text of each page, with every run of blanks and line breaks as one space.
    pages: tuple[str, ...]
    log: str

    @property
    def text(self) -> str:
        """The text of the whole book."""
        return " ".join(self.pages)

    def page_of_heading(self, title: str, size: float = 12.5) -> int:
        """Return the page where ``title`` stands in heading type."""
        with pymupdf.open(self.pdf) as document:
            for page in document:
                for block in page.get_text("dict")["blocks"]:
                    for line in block.get("lines", ()):
                        words = "".join(span["text"] for span in line["spans"]).strip()
                        biggest = max((span["size"] for span in line["spans"]), default=0)
                        if words == title and biggest >= size and page.number > 1:
                            return int(page.number + 1)
        raise AssertionError(f"no heading {title!r}")


def read_pages(pdf: Path) -> tuple[str, ...]:
    """Return the text of each page of a PDF, without the word joiners Typst sets before page numbers."""
    with pymupdf.open(pdf) as document:
        return tuple(" ".join(page.get_text().replace("\u2060", "").split()) for page in document)
