"""Reads tables back with tools that others wrote, and puts the records together again.

It knows the rules that the readme of an export states, and the record types; it shares
no code with the writer.
"""

from __future__ import annotations

import csv
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args, get_origin

import duckdb
import polars

from spasm_reference.naming import snake_plural
from spasm_reference.records import COLLECTIONS, Part, Record
from spasm_reference.tombstones import Tombstone

Rows = dict[str, list[dict[str, Any]]]


def from_csv(folder: Path) -> Rows:
    """Read CSV files; an apostrophe that guards a formula is taken away."""
    tables = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle, strict=True))
        tables[path.stem] = [{name: _unguarded(cell) for name, cell in row.items()} for row in rows]
    return tables


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'")[:1] in "=+-@\t\r\n\0＝＋－＠" else cell


def from_plain_csv(folder: Path) -> Rows:
    """Read CSV files whose texts are not guarded."""
    tables = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as handle:
            tables[path.stem] = [dict(row) for row in csv.DictReader(handle, strict=True)]
    return tables


def from_sqlite(path: Path) -> Rows:
    """Read every table of a database."""
    with sqlite3.connect(path) as database:
        database.row_factory = sqlite3.Row
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        tables = {
            name: [dict(row) for row in database.execute(f'SELECT * FROM "{name}"')]  # noqa: S608
            for name in names
        }
    database.close()
    return tables


def from_parquet_by_polars(folder: Path) -> Rows:
    """Read Parquet files with polars."""
    return {path.stem: polars.read_parquet(path).to_dicts() for path in folder.glob("*.parquet")}


def from_parquet_by_duckdb(folder: Path) -> Rows:
    """Read Parquet files with DuckDB."""
    tables = {}
    with duckdb.connect() as database:
        for path in folder.glob("*.parquet"):
            found = database.execute("SELECT * FROM read_parquet(?)", [str(path)])
            names = [column[0] for column in found.description or ()]
            tables[path.stem] = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return tables


READERS: dict[str, tuple[str, Callable[[Path], Rows]]] = {
    "csv": ("csv", from_csv),
    "datapackage": ("datapackage", from_plain_csv),
    "sqlite": ("sqlite", from_sqlite),
    "parquet, polars": ("parquet", from_parquet_by_polars),
    "parquet, duckdb": ("parquet", from_parquet_by_duckdb),
}
"""The format and the reader of each way back."""


def rebuild(tables: Rows) -> dict[str, list[dict[str, Any]]]:
    """Return the records of all tables as the JSON export has them."""
    return _Rebuilding(tables).document()


class _Rebuilding:
    def __init__(self, tables: Rows) -> None:
        self.tables = tables
        self.items: dict[tuple[str, str], dict[int, Any]] = defaultdict(dict)
        for table, column in (("texts", "text"), ("links", "to_id"), ("citations", "source_id")):
            for row in tables[table]:
                self.items[row["part"], row["field"]][int(row["position"])] = row[column]
        self.parts: dict[tuple[str, str], dict[int, dict[str, Any]]] = defaultdict(dict)
        names = {
            *COLLECTIONS,
            "records",
            "texts",
            "links",
            "citations",
            "removed",
            "replacements",
            "about",
            "checksums",
        }
        for table in tables.keys() - names:
            for row in tables[table]:
                if "part" in row:
                    self.parts[table, row["part"].rpartition("/")[0]][int(row["position"])] = row

    def document(self) -> dict[str, list[dict[str, Any]]]:
        return {
            kind: [
                self._object(cls, row, "", row["id"]) for row in sorted(self.tables[kind], key=lambda row: row["id"])
            ]
            for kind, cls in COLLECTIONS.items()
        } | {"removed": self._removed()}

    def _removed(self) -> list[dict[str, Any]]:
        """Return the ids that are gone, in the order of the collections."""
        instead: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
        for row in self.tables["replacements"]:
            instead[row["kind"], row["id"]][int(row["position"])] = row["to_id"]
        order = [*COLLECTIONS, "findings"]
        rows = sorted(self.tables["removed"], key=lambda row: (order.index(row["kind"]), row["id"]))
        return [
            {
                name: _value(type_, row[name])
                if name in row
                else [id for _position, id in sorted(instead[row["kind"], row["id"]].items())]
                for name, type_ in _types_of(Tombstone).items()
            }
            for row in rows
        ]

    def _object(self, cls: type[Part], row: dict[str, Any], prefix: str, path: str) -> dict[str, Any]:
        return {name: self._field(type_, row, f"{prefix}{name}", path, name) for name, type_ in _types_of(cls).items()}

    def _field(self, type_: Any, row: dict[str, Any], column: str, path: str, name: str) -> Any:
        optional = type(None) in get_args(type_)
        if optional:
            type_ = next(arg for arg in get_args(type_) if arg is not type(None))
        if get_origin(type_) is tuple:
            item = get_args(type_)[0]
            if not (isinstance(item, type) and issubclass(item, Part)):
                return [text for _position, text in sorted(self.items[path, name].items())]
            parts = self.parts[snake_plural(item.__name__), f"{path}/{name}"]
            return [self._object(item, part, "", part["part"]) for _position, part in sorted(parts.items())]
        if isinstance(type_, type) and issubclass(type_, Part):
            whole = self._object(type_, row, f"{column}_", f"{path}/{name}")
            return None if optional and not any(whole.values()) else whole
        return _value(type_, row[column])


@cache
def _types_of(cls: type[Part]) -> dict[str, Any]:
    return cls.field_types()


def _value(type_: Any, cell: Any) -> Any:
    if cell in (None, ""):
        return None
    if type_ is bool:
        return {True: True, False: False, "true": True, "false": False}[cell]
    if type_ is int:
        return int(cell)
    if type_ is float:
        number = float(cell)
        return int(number) if number.is_integer() else number
    return cell.isoformat() if isinstance(cell, date) else cell


def library_of(*records: Record) -> Any:
    """Return what an export reads of a library, with these records only."""
    collections: dict[str, dict[str, Record]] = {kind: {} for kind in COLLECTIONS}
    for record in records:
        collections[record.kind][record.id] = record
    by_id = {record.id: record for record in records}
    findings = {finding.id: finding for record in records for finding in getattr(record, "findings", ())}
    return SimpleNamespace(
        collections=collections,
        findings=findings,
        tombstones=(),
        data_version="2026.11.0",
        record=by_id.__getitem__,
    )
