"""Reading the packaged data: JSON, one record a line, with the length of each.

The wheel ships a folder ``_packaged`` that `spasm_reference.compiling` made from the
TOML tree.  Its content was checked then; here only its size and checksum are.
Nothing in this module is imported before the first look-up.
"""

from __future__ import annotations

import json
import os.path
from binascii import crc32

from .errors import BrokenPackage
from .plain import revive
from .records import COLLECTIONS, Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .tombstones import Tombstone
    from .vocabulary import Kind

FOLDER = os.path.join(os.path.dirname(__file__), "_packaged")
FORMAT = 3


class PackagedStore:
    """The records of an installed package.  Each is read when it is first asked for."""

    def __init__(self, folder: str = FOLDER) -> None:
        self._folder = folder
        manifest = self._json("manifest.json")
        self._checks: dict[str, list[int]] = manifest["files"]
        if manifest["format"] != FORMAT:
            raise self._broken("manifest.json", f"has format {manifest['format']}, expected {FORMAT}")
        self.data_version: str = manifest["data_version"]
        self._lengths: dict[str, dict[str, int]] | None = None
        self._names: dict[str, dict[str, str]] | None = None
        self._records: dict[str, bytes] = {}

    def ids(self, kind: Kind) -> tuple[str, ...]:
        """Return the ids of one kind, sorted."""
        return tuple(self._load_lengths()[kind])

    def names(self, kind: Kind) -> dict[str, str]:
        """Return what each name and alias of one kind stands for."""
        return self._load_names()[kind]

    def kind_of(self, id: str) -> Kind | None:
        """Return the kind of an id, or ``None``."""
        for kind, ids in self._load_lengths().items():
            if id in ids:
                return kind  # type: ignore[return-value]
        return None

    def finding_owners(self) -> dict[str, str]:
        """Return the id of the record that each finding stands in."""
        return self._load_names()["findings"]

    def read_all(self, kind: Kind, library: Any) -> list[Record]:
        """Return all records of one kind, ordered by id; each is decoded when one of its fields is asked for."""
        # Each record gets its own piece, which goes when it is decoded; the whole is not kept.
        content = self._load_records(kind)
        del self._records[kind]
        cls = COLLECTIONS[kind]
        return [revive(cls, content[start:end], library) for start, end in self._places(kind)]

    def read(self, kind: Kind, id: str, library: Any) -> Record:
        """Return one record."""
        for other, (start, end) in zip(self._load_lengths()[kind], self._places(kind), strict=True):
            if other == id:
                return revive(COLLECTIONS[kind], self._load_records(kind)[start:end], library)
        raise KeyError(id)

    def _places(self, kind: Kind) -> Iterator[tuple[int, int]]:
        """Yield where each record of a kind begins and ends."""
        # A list mark and a line break before the first record, a comma and a line break before each other.
        start = 2
        for length in self._load_lengths()[kind].values():
            yield start, start + length
            start += length + 2

    def search_index(self) -> dict[str, Any]:
        """Return the index that `spasm_reference.ranking` reads."""
        index: dict[str, Any] = self._json("search.json")
        return index

    def tombstones(self) -> list[Tombstone]:
        """Read what is known of ids that are gone, ordered by kind and id."""
        from .tombstones import Tombstone

        return [revive(Tombstone, row, None) for row in self._json("tombstones.json")]

    def _load_records(self, kind: Kind) -> bytes:
        if kind not in self._records:
            self._records[kind] = self._bytes(f"{kind}.json")
        return self._records[kind]

    def _load_lengths(self) -> dict[str, dict[str, int]]:
        if self._lengths is None:
            self._lengths = self._json("lengths.json")
        return self._lengths

    def _load_names(self) -> dict[str, dict[str, str]]:
        if self._names is None:
            self._names = self._json("names.json")
        return self._names

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
