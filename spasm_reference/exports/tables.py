"""All records as flat tables: the shape that CSV, Data Package, SQLite and Parquet share.

Nothing here names a field.  Tables and columns follow from the types in
`spasm_reference.records`, so a new field is exported the day it is added:

- each collection is a table with one row a record;
- each type of part that stands in lists (`Finding`, `Harm`, `Dose`, …) is a table with one row
  a part; ``owner_kind`` and ``owner_id`` name its record, ``field`` and ``position`` its place there;
- a single part inside another is spread over columns: ``effect.value`` is ``effect_value``;
- lists of texts stand in ``texts``, links to records in ``links``, sources in ``citations``;
- ``records`` names everything that has an id, findings included;
- ``removed`` names every id that is gone, and ``replacements`` what to read instead.

``part`` says in one text what a row belongs to: ``magnesium`` is the record itself,
``magnesium/findings/0`` its first finding, ``magnesium/special_groups/pregnancy`` a single part.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, Literal, NamedTuple, TypeAlias, Union, get_args, get_origin

from ..library import Library
from ..naming import snake_plural
from ..records import COLLECTIONS, Finding, Part, Record, Source
from ..schema import field_docs
from ..tombstones import Tombstone
from ..validation import REFERENCES
from ..vocabulary import KINDS

Value: TypeAlias = str | int | float | bool | date | None
ColumnType: TypeAlias = Literal["text", "integer", "number", "boolean", "date"]

TYPES: dict[Any, ColumnType] = {str: "text", int: "integer", float: "number", bool: "boolean", date: "date"}

GENERATED: dict[type[Part], tuple[str, ...]] = {Finding: ("sentence",), Source: ("citation", "link")}
"""Columns that no field holds and that the library makes."""


class Column(NamedTuple):
    """One column of a table."""

    name: str
    """Its name."""
    type: ColumnType
    """What its cells hold."""
    required: bool
    """Whether every row has a value."""
    doc: str
    """What it means: the documentation of the field."""
    words: tuple[str, ...] = ()
    """The only words allowed, if the field takes words from a list."""


class Reference(NamedTuple):
    """Columns that hold the key of a row in another table."""

    columns: tuple[str, ...]
    """The columns that refer."""
    table: str
    """The table referred to."""
    key: tuple[str, ...]
    """Its columns."""


class Table(NamedTuple):
    """One table with its rows."""

    name: str
    """Its name."""
    doc: str
    """What one row is."""
    columns: tuple[Column, ...]
    """Its columns, in order."""
    key: tuple[str, ...]
    """Columns that tell rows apart."""
    references: tuple[Reference, ...]
    """What its rows point to."""
    rows: list[tuple[Value, ...]]
    """Its rows, each as long as ``columns``."""


def tables(library: Library) -> tuple[Table, ...]:
    """Return every record of a library as tables; those referred to stand before those that refer."""
    gathered = _Rows(library)
    for kind in COLLECTIONS:
        for record in library.collections[kind].values():
            gathered.add_record(record)
    for tombstone in library.tombstones:
        gathered.add_tombstone(tombstone)
    # Links to sources are checked against a table that must be there before.
    kinds = sorted(COLLECTIONS, key=lambda kind: kind != "sources")
    layout = [
        _records_table(),
        *(_collection_table(kind) for kind in kinds),
        *(_part_table(cls) for cls in part_types()),
        _texts_table(),
        _links_table(),
        _citations_table(),
        _removed_table(),
        _replacements_table(),
    ]
    return tuple(table._replace(rows=gathered.rows.get(table.name, [])) for table in layout)


# ---------------------------------------------------------------- what the types hold


class _Field(NamedTuple):
    """A field of a type, and how it reaches the tables."""

    name: str
    form: Literal["value", "part", "parts", "texts", "ids"]
    type: Any
    """The type of the value, or of one item of a list."""
    required: bool


@cache
def fields(cls: type[Part]) -> tuple[_Field, ...]:
    """Return how each field of a type reaches the tables.

    Raises `TypeError` for a field that no table could hold, so that none is lost in silence.
    """
    found = []
    for name, type_ in cls.field_types().items():
        optional = get_origin(type_) in (Union, types.UnionType)
        inner = next(arg for arg in get_args(type_) if arg is not type(None)) if optional else type_
        if get_origin(inner) is tuple:
            item = get_args(inner)[0]
            if _is_part(item):
                found.append(_Field(name, "parts", item, required=False))
            elif name in REFERENCES:
                found.append(_Field(name, "ids", item, required=False))
            elif item is str or get_origin(item) is Literal:
                found.append(_Field(name, "texts", item, required=False))
            else:
                raise TypeError(f"{cls.__name__}.{name}: no table holds a list of {item}")
        elif _is_part(inner):
            if optional and not any(field.form == "value" and field.required for field in _leaves(inner)):
                raise TypeError(f"{cls.__name__}.{name}: nothing in a row would tell an empty part from none")
            found.append(_Field(name, "part", inner, required=not optional))
        elif inner in TYPES or get_origin(inner) is Literal:
            found.append(_Field(name, "value", inner, required=not optional))
        else:
            raise TypeError(f"{cls.__name__}.{name}: no table holds {inner}")
    return tuple(found)


def _is_part(type_: Any) -> bool:
    return isinstance(type_, type) and issubclass(type_, Part)


def _leaves(cls: type[Part]) -> Iterator[_Field]:
    """Return the fields of a type and of the parts that it always holds."""
    for field in fields(cls):
        yield field
        if field.form == "part" and field.required:
            yield from _leaves(field.type)


def part_types() -> tuple[type[Part], ...]:
    """Return the types of parts that stand in lists, in the order they are met."""
    found: dict[type[Part], None] = {}
    waiting: list[type[Part]] = list(COLLECTIONS.values())
    while waiting:
        for field in fields(waiting.pop(0)):
            if field.form == "parts" and field.type not in found:
                found[field.type] = None
            if field.form in ("part", "parts"):
                waiting.append(field.type)
    return tuple(found)


# ---------------------------------------------------------------- tables without rows

OWNER = (
    Column("owner_kind", "text", True, "The collection of the record it stands in.", tuple(COLLECTIONS)),
    Column("owner_id", "text", True, "Id of the record it stands in."),
)
IN_RECORD = Reference(("owner_kind", "owner_id"), "records", ("kind", "id"))
PART = Column("part", "text", True, "What it belongs to: a record, or a part of one.")
FIELD = Column("field", "text", True, "The field it stands in.")
POSITION = Column("position", "integer", True, "Its place in that field, from 0.")


def _records_table() -> Table:
    columns = (
        Column("kind", "text", True, "The collection; findings are one too.", KINDS),
        Column("id", "text", True, "Stable id."),
        Column("name", "text", True, "What readers call it; for a finding, its sentence."),
    )
    return Table("records", "Everything that has an id.", columns, ("kind", "id"), (), [])


def _collection_table(kind: str) -> Table:
    cls = COLLECTIONS[kind]  # type: ignore[index]
    columns, references = _columns(cls)
    return Table(kind, _doc(cls), columns, ("id",), references, [])


def _part_table(cls: type[Part]) -> Table:
    columns, references = _columns(cls)
    place = (
        Column("part", "text", True, "Name of the part: its record, field and position."),
        *OWNER,
        FIELD,
        POSITION,
    )
    return Table(table_name(cls), _doc(cls), (*place, *columns), ("part",), (IN_RECORD, *references), [])


def _texts_table() -> Table:
    columns = (PART, *OWNER, FIELD, POSITION, Column("text", "text", True, "The text."))
    doc = "One text of a list: aliases, lay terms, bullets, questions and the like."
    return Table("texts", doc, columns, ("part", "field", "position"), (IN_RECORD,), [])


def _links_table() -> Table:
    columns = (
        Column("from_kind", "text", True, "The collection of the record that links.", tuple(COLLECTIONS)),
        Column("from_id", "text", True, "Id of the record that links."),
        PART,
        FIELD,
        POSITION,
        Column("to_kind", "text", True, "The collection of what is linked to.", KINDS),
        Column("to_id", "text", True, "Id of what is linked to."),
    )
    references = (
        Reference(("from_kind", "from_id"), "records", ("kind", "id")),
        Reference(("to_kind", "to_id"), "records", ("kind", "id")),
    )
    doc = "One link from a record, or a part of it, to a record or finding."
    return Table("links", doc, columns, ("part", "field", "position"), references, [])


def _citations_table() -> Table:
    columns = (
        PART,
        *OWNER,
        FIELD,
        POSITION,
        Column("source_id", "text", True, "Id of the source."),
        Column("locator", "text", False, "Where in the source."),
    )
    references = (IN_RECORD, Reference(("source_id",), "sources", ("id",)))
    doc = "One source that a record, or a part of it, rests on."
    return Table("citations", doc, columns, ("part", "field", "position"), references, [])


def _removed_table() -> Table:
    columns, references = _columns(Tombstone)
    return Table("removed", _doc(Tombstone), columns, ("kind", "id"), references, [])


def _replacements_table() -> Table:
    columns = (
        Column("kind", "text", True, "The collection that the id stood in.", KINDS),
        Column("id", "text", True, "The id that is gone."),
        POSITION._replace(doc="Its place among the replacements, from 0."),
        Column("to_kind", "text", True, "The collection of what to read instead.", KINDS),
        Column("to_id", "text", True, "Id of what to read instead."),
    )
    references = (
        Reference(("kind", "id"), "removed", ("kind", "id")),
        Reference(("to_kind", "to_id"), "records", ("kind", "id")),
    )
    doc = "One record or finding to read instead of one that is gone."
    return Table("replacements", doc, columns, ("kind", "id", "position"), references, [])


def table_name(cls: type[Part]) -> str:
    """Return the name of the table that holds parts of a type."""
    return snake_plural(cls.__name__)


def _columns(cls: type[Part]) -> tuple[tuple[Column, ...], tuple[Reference, ...]]:
    columns: list[Column] = []
    references: list[Reference] = []
    _add_columns(cls, "", True, columns, references)
    for name in GENERATED.get(cls, ()):
        columns.append(Column(name, "text", True, inspect.cleandoc(getattr(cls, name).__doc__)))
    return tuple(columns), tuple(references)


def _add_columns(
    cls: type[Part], prefix: str, present: bool, columns: list[Column], references: list[Reference]
) -> None:
    docs = field_docs(cls)
    for field in fields(cls):
        name = f"{prefix}{field.name}"
        if field.form == "part":
            _add_columns(field.type, f"{name}_", present and field.required, columns, references)
        elif field.form == "value":
            words = get_args(field.type) if get_origin(field.type) is Literal else ()
            type_ = "text" if words else TYPES[field.type]
            columns.append(Column(name, type_, present and field.required, docs[field.name], words))
            kinds = REFERENCES.get(field.name, ())
            if len(kinds) == 1:
                references.append(Reference((name,), kinds[0], ("id",)))


def _doc(cls: type[Part]) -> str:
    return inspect.cleandoc(cls.__doc__ or "")


# ---------------------------------------------------------------- rows


class _Rows:
    """The rows of all tables, filled record by record."""

    def __init__(self, library: Library) -> None:
        self.rows: dict[str, list[tuple[Value, ...]]] = {}
        self._library = library

    def add_record(self, record: Record) -> None:
        owner = (record.kind, record.id)
        self._add("records", (*owner, record.name))
        self._add(record.kind, self._row(record))
        self._add_lists(record, record.id, owner)

    def add_tombstone(self, tombstone: Tombstone) -> None:
        gone = (tombstone.kind, tombstone.id)
        self._add("removed", self._row(tombstone))
        for i, id in enumerate(tombstone.replaced_by):
            to_kind = "findings" if tombstone.kind == "findings" else self._library.record(id).kind
            self._add("replacements", (*gone, i, to_kind, id))

    def _add(self, table: str, row: tuple[Value, ...]) -> None:
        self.rows.setdefault(table, []).append(row)

    def _row(self, part: Part) -> tuple[Value, ...]:
        return (*_cells(type(part), part), *(getattr(part, name) for name in GENERATED.get(type(part), ())))

    def _add_lists(self, part: Part, path: str, owner: tuple[str, str]) -> None:
        """Add what a part holds beside its own cells: parts, texts, links and sources."""
        locator = getattr(part, "locator", None)
        for name, form, _type, _required in fields(type(part)):
            value = getattr(part, name)
            if form == "part":
                if value is not None:
                    self._add_lists(value, f"{path}/{name}", owner)
            elif form == "parts":
                for i, item in enumerate(value):
                    self._add_part(item, f"{path}/{name}/{i}", owner, name, i)
            elif form == "texts":
                for i, text in enumerate(value):
                    self._add("texts", (path, *owner, name, i, text))
            elif name in REFERENCES and value is not None:
                for i, id in enumerate(value if form == "ids" else (value,)):
                    if _is_citation(name):
                        self._add("citations", (path, *owner, name, i, id, locator))
                    else:
                        self._add("links", (*owner, path, name, i, self._kind_of(name, id), id))

    def _add_part(self, part: Part, path: str, owner: tuple[str, str], field: str, position: int) -> None:
        self._add(table_name(type(part)), (path, *owner, field, position, *self._row(part)))
        if isinstance(part, Finding):
            self._add("records", ("findings", part.id, part.sentence))
        self._add_lists(part, path, owner)

    def _kind_of(self, field: str, id: str) -> str:
        kinds = REFERENCES[field]
        return kinds[0] if len(kinds) == 1 else self._library.record(id).kind


def _is_citation(field: str) -> bool:
    return field.removesuffix("s").endswith("source_id")


def _cells(cls: type[Part], part: Part | None) -> Iterator[Value]:
    for field in fields(cls):
        value = None if part is None else getattr(part, field.name)
        if field.form == "part":
            yield from _cells(field.type, value)
        elif field.form == "value":
            yield value
