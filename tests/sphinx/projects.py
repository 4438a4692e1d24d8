"""Builds a project with an installed package, and reads what came out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import lxml.html

PROJECT = Path(__file__).resolve().parents[1] / "sphinx_project"


def build(
    project: Path, package: Path, builder: str = "html", *options: str, jobs: int = 2
) -> subprocess.CompletedProcess[str]:
    """Build a project as a person would, with the package that stands in the folder ``package``."""
    environment = {**os.environ, "PYTHONPATH": str(package), "NO_COLOR": "1", "SOURCE_DATE_EPOCH": "1767225600"}
    output = project.parent / "out"
    command = [sys.executable, "-m", "sphinx", "-b", builder, "-n", "-j", str(jobs), *options]
    command += ["-d", str(output / "doctrees"), str(project), str(output / builder)]
    # Elsewhere than in the checkout, whose own package would be found first.
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=output.parent)


def built(project: Path, package: Path, builder: str = "html") -> Path:
    """Build a project with warnings as errors and return the folder."""
    done = build(project, package, builder, "-W", "--keep-going")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    return project.parent / "out" / builder


def page(folder: Path, name: str) -> lxml.html.HtmlElement:
    """Return the body of a built web page."""
    tree = lxml.html.fromstring((folder / f"{name}.html").read_text(encoding="utf-8"))
    return tree.xpath("//div[@role='main'] | //div[@class='body']")[0]


def words_of(folder: Path, builder: str) -> str:
    """Return every word that a build wrote, in the form of `squeezed`."""
    if builder == "epub":
        book = zipfile.ZipFile(next(folder.glob("*.epub")))
        texts = [lxml.html.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xhtml")]
        return squeezed(" ".join(tree.text_content() for tree in texts))
    if builder == "html":
        return squeezed(" ".join(page(folder, name).text_content() for name in PAGES))
    suffix, read = {"latex": ("tex", without_tex), "text": ("txt", without_grids)}[builder]
    return squeezed(" ".join(read(file.read_text(encoding="utf-8")) for file in folder.glob(f"*.{suffix}")))


def squeezed(text: str) -> str:
    """Return a text without any blank or line break, which formats set as they like, and with plain quotes."""
    return re.sub(r"\s+", "", text.translate(str.maketrans("’‘“”", "''\"\"")))


def without_tex(text: str) -> str:
    """Return the words of LaTeX source: marks that stand for a character become that character."""
    for mark, character in TEX.items():
        text = text.replace(mark, character)
    return text


def without_grids(text: str) -> str:
    """Return the words of a text in which tables are drawn: cell after cell."""
    words: list[str] = []
    columns: list[list[str]] = []
    for line in map(str.strip, text.splitlines()):
        if line.startswith("|") and not line.startswith("|="):
            cells = line.strip("|").split("|")
            columns = columns or [[] for _ in cells]
            for column, cell in zip(columns, cells, strict=True):
                column.append(cell)
        else:
            words += [" ".join(column) for column in columns]
            columns = []
            if not line.startswith(("+-", "|=")):
                words.append(line)
    return " ".join(words)


PAGES = ("index", "cards", "care", "tables", "map", "other")

TEX = {
    r"\sphinxhyphen{}": "-",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    r"\textbackslash{}": "\\",
    r"\textbar{}": "|",
    r"\textasciigrave{}": "`",
    r"{[}": "[",
    r"{]}": "]",
    r"\{": "{",
    r"\}": "}",
    **{f"\\{character}": character for character in "%&#$_"},
}
"""How LaTeX source writes the characters that mean something to it."""
