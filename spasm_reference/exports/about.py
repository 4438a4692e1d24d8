"""What an export says of itself: versions, licence, how to cite, and what it must not be used for."""

from __future__ import annotations

import os.path

from .. import __version__
from ..library import Library
from ..notices import INTENDED_USE, NOT_REVIEWED
from .tables import Table

TITLE = "Spasm Reference: graded, cited records on muscle cramps and spasms"
AUTHOR = "The Spasm Reference maintainers"
LICENSE = "CC-BY-4.0"
LICENSE_URL = "https://creativecommons.org/licenses/by/4.0/"

CAVEATS = (
    INTENDED_USE,
    NOT_REVIEWED,
    "Records and gradings were written from published sources; each names its own.",
    "A finding whose figures nobody saw in the source says so (verified is false).",
    "Doses and intakes are what was tried or set officially; they are not advice.",
    "Nothing listed does not mean safe.",
)
"""What whoever uses the data has to know, one sentence each."""

_PACKAGE = os.path.dirname(os.path.dirname(__file__))


def citation(library: Library) -> str:
    """Return how to cite the data, in one line.

    >>> import spasm_reference as sr
    >>> from spasm_reference.library import default_library
    >>> citation(default_library()).startswith("The Spasm Reference maintainers (")
    True
    """
    version = library.data_version
    return f"{AUTHOR} ({version.split('.')[0]}). {TITLE}. Data version {version}. Licensed under {LICENSE}."


def facts(library: Library) -> dict[str, str]:
    """Return the same as the readme says, by name, for formats that keep it inside."""
    return {
        "title": TITLE,
        "data_version": library.data_version,
        "code_version": __version__,
        "citation": citation(library),
        "license": LICENSE,
        "license_url": LICENSE_URL,
        "license_text": text_of("LICENSE-DATA"),
        "notice": text_of("NOTICE"),
        "caveats": "\n".join(CAVEATS),
    }


def companions(library: Library, tables: tuple[Table, ...], extension: str, notes: str) -> dict[str, bytes]:
    """Return the files that go beside the data in a folder: readme, licence, notice and citation.

    ``extension`` is that of the tables' files, and ``notes`` what is special about the format.
    """
    content = {
        "README.md": _readme(library, tables, extension, notes),
        "LICENSE-DATA": text_of("LICENSE-DATA"),
        "NOTICE": text_of("NOTICE"),
        "CITATION.cff": _citation_file(library),
    }
    return {name: text.encode() for name, text in content.items()}


def text_of(name: str) -> str:
    """Return the text of ``LICENSE-DATA`` or ``NOTICE``: from the checkout, or as the wheel carries it."""
    in_checkout = os.path.isdir(os.path.join(_PACKAGE, "data"))
    folder = os.path.dirname(_PACKAGE) if in_checkout else os.path.join(_PACKAGE, "_packaged")
    content: bytes = __loader__.get_data(os.path.join(folder, name))  # type: ignore[name-defined]
    return content.decode("utf-8")


def _readme(library: Library, tables: tuple[Table, ...], extension: str, notes: str) -> str:
    lines = [
        f"# {TITLE}",
        "",
        f"Data version {library.data_version}, written by spasm-reference {__version__}.",
        "",
        "## Before you use it",
        "",
        *(f"- {caveat}" for caveat in CAVEATS),
        "",
        "## How to cite",
        "",
        citation(library),
        "",
        f"The data are licensed under {LICENSE} ({LICENSE_URL}); see LICENSE-DATA.",
        "Code systems keep their own terms; see NOTICE.",
        "",
        "## Format",
        "",
        notes,
        "",
        "Each collection is a table, and so is each type of part that stands in lists.",
        "`part` says what a row belongs to: `magnesium` is a record, `magnesium/findings/0` its first finding.",
        "Lists of texts stand in `texts`, links between records in `links`, sources in `citations`.",
        "",
        "| File | Rows | One row is |",
        "| --- | --- | --- |",
        *(f"| {t.name}{extension} | {len(t.rows)} | {t.doc.splitlines()[0]} |" for t in tables),
        "",
        "Check the files with `sha256sum --check SHA256SUMS`.",
        "",
    ]
    return "\n".join(lines)


def _citation_file(library: Library) -> str:
    return "\n".join(
        (
            "cff-version: 1.2.0",
            'message: "If you use these data, please cite them with their data version."',
            "type: dataset",
            f'title: "{TITLE}"',
            "authors:",
            f'  - name: "{AUTHOR}"',
            f'version: "{library.data_version}"',
            f"license: {LICENSE}",
            "",
        )
    )
