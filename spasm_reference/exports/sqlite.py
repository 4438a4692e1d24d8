"""One SQLite database: the tables, their links checked, and a full-text index."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import date

from ..errors import MissingExtra
from ..library import Library
from ..records import Entry
from . import about
from .csv import render
from .tables import Column, Table, Value, tables

TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}

SEARCHED = ("name", "aliases", "lay_terms", "summary")
"""What the full-text index is over."""

INDEXES = {
    "records": ("id",),
    "texts": ("text",),
    "links": ("to_kind, to_id",),
    "citations": ("source_id",),
    "codes": ("system, code",),
    "findings": ("id",),
    "removed": ("id",),
}
"""Look-ups to be quick, beside those by key and by record."""


def export(library: Library) -> bytes:
    """Return the database as bytes; the same records and the same SQLite give the same bytes.

    Beside the tables it has ``about`` (versions, licence, how to cite, caveats), ``checksums``
    (SHA-256 of each table in the form of the Data Package) and ``search`` (FTS5 over names,
    aliases, lay terms and summaries).  Raises `MissingExtra` if Python's SQLite has no FTS5.
    """
    all_tables = tables(library)
    database = sqlite3.connect(":memory:")
    try:
        database.execute("PRAGMA foreign_keys = ON")
        for table in all_tables:
            _add_table(database, table)
        _add_about(database, library, all_tables)
        _add_search(database, library)
        database.commit()
        database.execute("ANALYZE")
        database.execute("VACUUM")
        return database.serialize()
    finally:
        database.close()


def _add_table(database: sqlite3.Connection, table: Table) -> None:
    lines = [_column(column) for column in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(table.key)})")
    lines += [
        f"FOREIGN KEY ({', '.join(reference.columns)}) REFERENCES {reference.table} ({', '.join(reference.key)})"
        # A record may come before the one it refers to, so links are checked when all are there.
        " DEFERRABLE INITIALLY DEFERRED"
        for reference in table.references
    ]
    inside = ",\n  ".join(lines)
    database.execute(f"CREATE TABLE {table.name} (\n  {inside}\n) WITHOUT ROWID")
    marks = ", ".join("?" * len(table.columns))
    rows = ([_value(value) for value in row] for row in table.rows)
    database.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)  # noqa: S608
    looked_up = [", ".join(reference.columns) for reference in table.references]
    for columns in dict.fromkeys((*looked_up, *INDEXES.get(table.name, ()))):
        name = f"{table.name}_by_{columns.replace(', ', '_')}"
        database.execute(f"CREATE INDEX {name} ON {table.name} ({columns})")


def _column(column: Column) -> str:
    checks = []
    if column.required:
        checks.append("NOT NULL")
    if column.type == "boolean":
        checks.append(f"CHECK ({column.name} IN (0, 1))")
    if column.words:
        words = ", ".join(f"'{word}'" for word in column.words)
        checks.append(f"CHECK ({column.name} IN ({words}))")
    return " ".join((column.name, TYPES[column.type], *checks))


def _value(value: Value) -> str | int | float | None:
    return value.isoformat() if isinstance(value, date) else value


def _add_about(database: sqlite3.Connection, library: Library, all_tables: tuple[Table, ...]) -> None:
    database.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
    database.executemany("INSERT INTO about VALUES (?, ?)", about.facts(library).items())
    database.execute(
        "CREATE TABLE checksums (table_name TEXT PRIMARY KEY, row_count INTEGER NOT NULL, sha256 TEXT NOT NULL)"
        " WITHOUT ROWID"
    )
    sums = ((t.name, len(t.rows), hashlib.sha256(render(t, guard=False)).hexdigest()) for t in all_tables)
    database.executemany("INSERT INTO checksums VALUES (?, ?, ?)", sums)


def _add_search(database: sqlite3.Connection, library: Library) -> None:
    try:
        database.execute(
            f"CREATE VIRTUAL TABLE search USING fts5 (kind UNINDEXED, id UNINDEXED, {', '.join(SEARCHED)},"
            " tokenize = 'porter unicode61 remove_diacritics 2')"
        )
    except sqlite3.OperationalError:
        raise MissingExtra("the SQLite export needs an SQLite with FTS5; this Python's has none") from None
    rows = (
        (kind, entry.id, entry.name, "\n".join(entry.aliases), "\n".join(entry.lay_terms), entry.summary)
        for kind, collection in library.collections.items()
        if kind != "findings"
        for entry in collection.values()
        if isinstance(entry, Entry)
    )
    database.executemany("INSERT INTO search VALUES (?, ?, ?, ?, ?, ?)", rows)
    database.execute("INSERT INTO search (search) VALUES ('optimize')")
