"""A Frictionless Data Package: CSV files and ``datapackage.json``, which says what each column holds."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from .. import __version__
from ..library import Library
from . import about, folder
from .csv import render
from .tables import Column, Table, tables

NOTES = """This is a Frictionless Data Package: `datapackage.json` names each file, column, type, key and link.
The files are CSV: UTF-8, RFC 4180. Dates are ISO 8601, booleans `true` and `false`; an empty cell means no value.
Texts are exactly those of the records: for a spreadsheet, take the CSV export, which guards against formulas."""

TYPES = {"text": "string", "integer": "integer", "number": "number", "boolean": "boolean", "date": "date"}


def export_to(library: Library, path: Path) -> None:
    """Write the package as a folder, whole or not at all.

    Raises `spasm_reference.errors.OutputError` with one line.
    """
    all_tables = tables(library)
    files = {f"{table.name}.csv": render(table, guard=False) for table in all_tables}
    described = json.dumps(_describe(library, all_tables, files), ensure_ascii=False, indent=1) + "\n"
    files["datapackage.json"] = described.encode()
    folder.write(path, {**files, **about.companions(library, all_tables, ".csv", NOTES)})


def _describe(library: Library, all_tables: tuple[Table, ...], files: dict[str, bytes]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "spasm-reference",
        "title": about.TITLE,
        "description": "\n".join(about.CAVEATS),
        "version": library.data_version,
        "code_version": __version__,
        "citation": about.citation(library),
        "licenses": [{"name": about.LICENSE, "path": about.LICENSE_URL}],
        "contributors": [{"title": about.AUTHOR, "role": "author"}],
        "resources": [_resource(table, files[f"{table.name}.csv"]) for table in all_tables],
    }


def _resource(table: Table, content: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.doc,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        # Said in full, as a reader would guess what is left out from the semicolons in texts.
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True},
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [_field(column, alone=table.key == (column.name,)) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "fields": list(reference.columns),
                    # An empty name means this very table.
                    "reference": {
                        "resource": "" if reference.table == table.name else reference.table,
                        "fields": list(reference.key),
                    },
                }
                for reference in table.references
            ],
            "missingValues": [""],
        },
    }


def _field(column: Column, *, alone: bool) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if alone:
        constraints["unique"] = True
    if column.words:
        constraints["enum"] = list(column.words)
    return {
        "name": column.name,
        "type": TYPES[column.type],
        "title": column.name.replace("_", " ").capitalize(),
        "description": column.doc,
        **({"constraints": constraints} if constraints else {}),
    }
