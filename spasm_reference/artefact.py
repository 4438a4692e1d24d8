"""Reading the packaged data: JSON lines with an offset index, one record at a time.

The wheel ships a folder ``_packaged`` that `spasm_reference.compiling` made from the
TOML tree.  Its content was checked then; here only its size and checksum are.
Nothing in this module is imported before the first look-up.
"""

from __future__ import annotations

import json
import os.path
from binascii import crc32

from .errors import BrokenPackage
from .records import COLLECTIONS, Finding, Part, Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from .vocabulary import Kind

    P = TypeVar("P", bound=Part)
    Plan = dict[str, tuple[Callable[[Any, Any], None], Callable[[Any, Any], Any] | None]]

FOLDER = os.path.join(os.path.dirname(__file__), "_packaged")
FORMAT = 1

_decoder = json.JSONDecoder()
_set = object.__setattr__
_new = object.__new__


class PackagedStore:
    """The records of an installed package.  Each is read when it is first asked for."""

    def __init__(self, folder: str = FOLDER) -> None:
        self._folder = folder
        manifest = self._json("manifest.json")
        self._checks: dict[str, list[int]] = manifest["files"]
        if manifest["format"] != FORMAT:
            raise self._broken("manifest.json", f"has format {manifest['format']}, expected {FORMAT}")
        self.data_version: str = manifest["data_version"]
        self._index: dict[str, Any] | None = None
        self._records: dict[str, bytes] = {}

    def ids(self, kind: Kind) -> tuple[str, ...]:
        """Return the ids of one kind, sorted."""
        return tuple(self._load_index()["kinds"][kind])

    def names(self, kind: Kind) -> dict[str, str]:
        """Return what each name and alias of one kind stands for."""
        names: dict[str, str] = self._load_index()["names"][kind]
        return names

    def kind_of(self, id: str) -> Kind | None:
        """Return the kind of an id, or ``None``."""
        for kind, ids in self._load_index()["kinds"].items():
            if id in ids:
                return kind  # type: ignore[no-any-return]
        return None

    def finding_owners(self) -> dict[str, str]:
        """Return the id of the record that each finding stands in."""
        owners: dict[str, str] = self._load_index()["findings"]
        return owners

    def read_all(self, kind: Kind, library: Any) -> list[Record]:
        """Read all records of one kind, ordered by id, in one go."""
        places = list(self._load_index()["kinds"][kind].values())
        if not places:
            return []
        start, end = places[0][0], sum(places[-1])
        lines = self._load_records(kind)[start:end].decode()
        del self._records[kind]  # all of it is read, so the bytes are not kept
        # A JSON text holds no bare line end, so each one here ends a record.
        tables = json.loads(f"[{lines.replace(chr(10), ',')}]")
        del lines
        tables.reverse()
        # Each table goes as its record comes, so that both are never there for all.
        cls = COLLECTIONS[kind]
        return [revive(cls, tables.pop(), library) for _ in range(len(tables))]

    def read(self, kind: Kind, id: str, library: Any) -> Record:
        """Read one record."""
        offset, length = self._load_index()["kinds"][kind][id]
        # raw_decode does what json.loads does, less the guessing of an encoding that is known.
        values, _end = _decoder.raw_decode(self._load_records(kind)[offset : offset + length].decode())
        return revive(COLLECTIONS[kind], values, library)

    def search_index(self) -> dict[str, Any]:
        """Return the index that `spasm_reference.ranking` reads."""
        index: dict[str, Any] = self._json("search.json")
        return index

    def _load_records(self, kind: Kind) -> bytes:
        if kind not in self._records:
            self._records[kind] = self._bytes(f"{kind}.jsonl")
        return self._records[kind]

    def _load_index(self) -> dict[str, Any]:
        if self._index is None:
            self._index = self._json("index.json")
        return self._index

    def _json(self, name: str) -> Any:
        try:
            return json.loads(self._bytes(name))
        except ValueError:
            raise self._broken(name, "is cut short or altered") from None

    def _bytes(self, name: str) -> bytes:
        path = os.path.join(self._folder, name)
        try:
            # The loader of the package also reads from a zip file, and costs far less than importlib.resources.
            content: bytes = __loader__.get_data(path)  # type: ignore[name-defined]
        except OSError:
            raise self._broken(name, "is missing") from None
        if name != "manifest.json":
            size, checksum = self._checks[name]
            if len(content) != size or crc32(content) != checksum:
                raise self._broken(name, "is cut short or altered")
        return content

    def _broken(self, name: str, what: str) -> BrokenPackage:
        return BrokenPackage(f"{os.path.join(self._folder, name)} {what}; install spasm-reference again")


def revive(cls: type[P], values: dict[str, Any], library: Any) -> P:
    """Make an object from trusted plain values, without checking them again.

    Only what stands there is put in place; for the rest the type answers with its default.
    """
    part = _new(cls)
    _set(part, "_library", library)
    plan = _plans.get(cls) or _plan(cls)
    for name, value in values.items():
        put, convert = plan[name]
        put(part, value if convert is None else convert(value, library))
    if cls is not Finding and "findings" in values:
        for finding in part.findings:  # type: ignore[attr-defined]
            _set(finding, "_owner_id", part.id)  # type: ignore[attr-defined]
    return part


_plans: dict[type[Part], Plan] = {}


def _plan(cls: type[Part]) -> Plan:
    """Work out once, from its annotations, how each field of a class is put in place.

    For each field: the slot's own setter, and a converter for what JSON cannot say.
    """
    plan = _plans[cls] = {
        name: (getattr(cls, name).__set__, _converter(annotation))
        for name, annotation in cls.__field_annotations__.items()
    }
    return plan


def _converter(annotation: str) -> Callable[[Any, Any], Any] | None:
    from . import records

    annotation = annotation.removesuffix(" | None")
    if annotation == "date":
        return _to_date
    inner = annotation.removeprefix("tuple[").removesuffix(", ...]")
    cls = getattr(records, inner, None)
    if inner != annotation:
        if cls is None:
            return lambda items, library: tuple(items)
        return lambda items, library: tuple([revive(cls, item, library) for item in items])
    if cls is None:
        return None
    return lambda value, library: revive(cls, value, library)


_dates: dict[str, Any] = {}


def _to_date(text: str, _library: object) -> Any:
    """Return a date; many records share one, so each is made once."""
    if text not in _dates:
        from datetime import date

        _dates[text] = date.fromisoformat(text)
    return _dates[text]
