"""The data in other formats, one module a format.

A format that is one file has a module with ``export(library) -> bytes``; a format that
is a folder has ``export_to(library, folder)``.  Either is written whole or not at all.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from ..library import Library, default_library


class Format(NamedTuple):
    """One format: where its module is and what it makes."""

    module: str
    """Name of the module in this package."""
    extension: str
    """How its file is usually called; empty for a folder."""
    is_folder: bool
    """Whether it makes a folder of files."""
    has_addresses: bool = False
    """Whether it gives records web addresses."""


FORMATS: dict[str, Format] = {
    "json": Format("json", ".json", is_folder=False),
    "jsonl": Format("jsonl", ".jsonl", is_folder=False),
    "csv": Format("csv", "", is_folder=True),
    "datapackage": Format("datapackage", "", is_folder=True),
    "sqlite": Format("sqlite", ".sqlite", is_folder=False),
    "parquet": Format("parquet", "", is_folder=True),
    "jsonld": Format("jsonld", ".jsonld", is_folder=False, has_addresses=True),
    "fhir": Format("fhir", ".json", is_folder=False, has_addresses=True),
    "bibtex": Format("bibtex", ".bib", is_folder=False),
    "csl-json": Format("csl_json", ".json", is_folder=False),
}
"""Every format by the name it has on the command line."""


def write(form: str, path: Path, library: Library | None = None, *, base: str | None = None) -> None:
    """Write all records to ``path`` in one of `FORMATS`, whole or not at all.

    ``path`` is a file, or a folder for a format that makes one.  Without ``library``
    the records of this installation are written.  ``base`` is the web address that a format with
    addresses puts ids behind, in place of ``exports.addresses.BASE``.
    Raises `KeyError` for an unknown format, `ValueError` for a base that is no such address or
    for a format without addresses, `OutputError` if the path cannot be written, and
    `MissingExtra` if the format needs a package that is not installed.
    """
    from ..output import write_whole

    chosen = FORMATS[form]
    if base is not None and not chosen.has_addresses:
        raise ValueError(f"{form} gives no web addresses; a base is for {', '.join(_with_addresses())}")
    module = import_module(f".{chosen.module}", __package__)
    library = library or default_library()
    if chosen.is_folder:
        module.export_to(library, path)
    else:
        write_whole(path, module.export(library) if base is None else module.export(library, base))


def _with_addresses() -> list[str]:
    return [form for form, made in FORMATS.items() if made.has_addresses]
