"""A folder of Parquet files, one a table.  Needs pyarrow: ``pip install spasm-reference[parquet]``."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from ..errors import MissingExtra
from ..library import Library
from . import about, folder
from .tables import Table, tables

NOTES = """Each table is one Parquet file. Columns have types (text, 64-bit numbers, booleans, dates) and descriptions.
Versions, licence, citation and caveats stand in the metadata of each file too."""


def export_to(library: Library, path: Path) -> None:
    """Write the folder of Parquet files, whole or not at all.

    Raises `MissingExtra` if pyarrow is not installed, and `spasm_reference.errors.OutputError`
    with one line if the folder cannot be written.
    """
    all_tables = tables(library)
    facts = about.facts(library)
    files = {f"{table.name}.parquet": render(table, facts) for table in all_tables}
    folder.write(path, {**files, **about.companions(library, all_tables, ".parquet", NOTES)})


def render(table: Table, metadata: dict[str, str]) -> bytes:
    """Return a table as the content of a Parquet file that carries ``metadata``."""
    arrow, parquet = _pyarrow()
    types = {
        "text": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "date": arrow.date32(),
    }
    fields = [
        arrow.field(column.name, types[column.type], nullable=not column.required, metadata={"description": column.doc})
        for column in table.columns
    ]
    values: list[list[Any]] = [[row[i] for row in table.rows] for i in range(len(fields))]
    columns = [arrow.array(cells, type=field.type) for cells, field in zip(values, fields, strict=True)]
    schema = arrow.schema(fields, metadata={"description": table.doc, **metadata})
    buffer = io.BytesIO()
    parquet.write_table(arrow.Table.from_arrays(columns, schema=schema), buffer)
    return buffer.getvalue()


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtra("the Parquet export needs pyarrow; install spasm-reference[parquet]") from None
    return pyarrow, pyarrow.parquet
