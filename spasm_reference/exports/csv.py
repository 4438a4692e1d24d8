"""A folder of CSV files, one a table: UTF-8, RFC 4180, safe to open in a spreadsheet.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, quoted or not.
So a text that begins so gets an apostrophe in front, as OWASP advises; numbers stay numbers.
The Data Package holds the same files with every text as it is.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

from ..library import Library
from . import about, folder
from .tables import Table, Value, tables

# The apostrophes come first, so that whoever takes one away gets back every text.
FORMULA = re.compile(r"'*[=+\-@\t\r\n\0＝＋－＠]")
"""How a text begins that a spreadsheet could run, or that would look guarded and is not."""

NOTES = """Each table is one CSV file: UTF-8 without a byte order mark, RFC 4180, lines end in CR LF.
The first line names the columns. Dates are ISO 8601, booleans `true` and `false`; an empty cell means no value.
A text that a spreadsheet would take for a formula has an apostrophe (') in front."""


def export_to(library: Library, path: Path) -> None:
    """Write the folder of CSV files, whole or not at all.

    Raises `spasm_reference.errors.OutputError` with one line.
    """
    all_tables = tables(library)
    files = {f"{table.name}.csv": render(table, guard=True) for table in all_tables}
    folder.write(path, {**files, **about.companions(library, all_tables, ".csv", NOTES)})


def render(table: Table, *, guard: bool) -> bytes:
    """Return a table as the content of a CSV file; with ``guard``, no text of it can run as a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        writer.writerow([guarded(text) if guard and isinstance(text, str) else _cell(text) for text in row])
    return buffer.getvalue().encode()


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("a dummy pill")
    ("'=1+1", 'a dummy pill')
    """
    return f"'{text}" if FORMULA.match(text) else text


def _cell(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value
