"""Everything as one JSON document: top-level keys are the collections, each a list of records.

The key before them, ``about``, says what the document is, and one more, ``removed``, lists the ids that are gone.
"""

from __future__ import annotations

import json
import types
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar, Union, get_args, get_origin

from ..decoding import Problem, decode, show, types_of
from ..errors import DataError
from ..frozen import Frozen
from ..library import Library
from ..plain import flatten, revive
from ..records import COLLECTIONS, Part, Record
from ..tombstones import Tombstone
from .about import facts

ABOUT = "about"
REMOVED = "removed"

P = TypeVar("P", bound=Part)


def export(library: Library) -> bytes:
    """Return all records as UTF-8 JSON.

    ``about`` holds versions, licence, how to cite, caveats, and the SHA-256 of each list after it.
    Each other value of the top level is a list of records as `to_dict` gives them, ordered by id; the last
    is that of the ids that are gone (`spasm_reference.tombstones.Tombstone`), ordered by kind and id.
    """
    lists: dict[str, list[dict[str, Any]]] = {
        **{kind: [record.to_dict() for record in library.collections[kind].values()] for kind in COLLECTIONS},
        REMOVED: [tombstone.to_dict() for tombstone in library.tombstones],
    }
    sums = {name: checksum(items) for name, items in lists.items()}
    about: dict[str, Any] = {**facts(library), "sha256": sums}
    document = {ABOUT: about, **lists}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def checksum(items: list[dict[str, Any]]) -> str:
    """Return the SHA-256 of a list of plain values, written as compact JSON in UTF-8.

    >>> checksum([{"id": "a"}])[:8]
    '3f2d3382'
    """
    return sha256(json.dumps(items, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def load(content: bytes) -> dict[str, list[Record]]:
    """Return the records of an export, by collection; writing them again gives the same bytes.

    Read as strictly as the files that records are written in.  Links of the records are followed
    through the installed library.  Raises `DataError`, which names every fault.
    """
    problems: list[Problem] = []
    document = _document(content, problems)
    for kind in document:
        if kind not in (ABOUT, *COLLECTIONS, REMOVED):
            problems.append(Problem("export", kind, "an unknown collection", "one of " + ", ".join(COLLECTIONS)))
    loaded: dict[str, list[Record]] = {
        kind: _read_list(cls, kind, document.get(kind), problems) for kind, cls in COLLECTIONS.items()
    }
    if problems:
        raise DataError(tuple(problems))
    return loaded


def load_removed(content: bytes) -> tuple[Tombstone, ...]:
    """Return what an export says of ids that are gone; one written before there was such a list has none.

    Raises `DataError`, which names every fault of the list.
    """
    problems: list[Problem] = []
    removed = _read_list(Tombstone, REMOVED, _document(content, problems).get(REMOVED, []), problems)
    if problems:
        raise DataError(tuple(problems))
    return tuple(removed)


def _document(content: bytes, problems: list[Problem]) -> dict[str, Any]:
    """Return the top level of an export.  Raises `DataError` if there is none: then nothing else can be read."""
    document = parse(content, "export", problems)
    if not problems and not isinstance(document, dict):
        problems.append(Problem("export", "(whole file)", show(document), "a table of collections"))
    if problems:
        raise DataError(tuple(problems))
    found: dict[str, Any] = document
    return found


def _read_list(cls: type[P], name: str, items: Any, problems: list[Problem]) -> list[P]:
    if not isinstance(items, list):
        found = "nothing" if items is None else show(items)
        problems.append(Problem("export", name, found, "a list of records"))
        return []
    read = [read_record(cls, item, f"export: {name}[{i}]", problems) for i, item in enumerate(items)]
    return [record for record in read if record is not None]


def parse(content: bytes, file: str, problems: list[Problem]) -> Any:
    """Return what a JSON text says, or add what is wrong with it to ``problems``."""
    try:
        return json.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        problems.append(Problem(file, "(encoding)", f"a bad byte at {error.start}", "UTF-8"))
    except ValueError as error:
        problems.append(Problem(file, "(syntax)", str(error), "JSON"))
    except RecursionError:
        problems.append(Problem(file, "(syntax)", "values nested too deep", "JSON"))
    return None


def read_record(cls: type[P], value: Any, file: str, problems: list[Problem]) -> P | None:
    """Return the record that plain values of an export stand for, or add what is wrong to ``problems``."""
    record = decode(cls, _as_written(cls, value), file, problems)
    # Made anew from its row, so that each finding knows which record it stands in.
    return None if record is None else revive(cls, flatten(record), None)


def _as_written(type_: Any, value: Any) -> Any:
    """Turn what JSON says into what a file of a record says: dates are dates, and what is not there is left out."""
    if get_origin(type_) in (Union, types.UnionType):
        type_ = next(arg for arg in get_args(type_) if arg is not type(None))
    if get_origin(type_) is tuple and isinstance(value, list):
        return [_as_written(get_args(type_)[0], item) for item in value]
    if isinstance(type_, type) and issubclass(type_, Frozen) and isinstance(value, dict):
        known = types_of(type_)
        return {
            name: _as_written(known.get(name), item)
            for name, item in value.items()
            if item is not None or name not in known
        }
    if type_ is date and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value  # the strict reading names it
    return value
