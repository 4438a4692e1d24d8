"""One read-only library of linked records: look up by id or alias, filter, follow links."""

from __future__ import annotations

import os.path
from _thread import RLock
from collections.abc import Mapping

from .errors import AmbiguousName, RecordNotFound, RecordRemoved
from .naming import key
from .records import COLLECTIONS, Entry, Finding, Record, set_default_resolver

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, ValuesView
    from pathlib import Path
    from typing import Any, Protocol, TypeVar

    from .ranking import Results
    from .tombstones import Tombstone
    from .vocabulary import Kind

    R = TypeVar("R", bound="Record | Finding")

    class Store(Protocol):
        """Where records come from: the packaged data or a TOML tree."""

        data_version: str

        def ids(self, kind: Kind) -> tuple[str, ...]:
            """Return the ids of one kind."""
            ...

        def names(self, kind: Kind) -> dict[str, str]:
            """Return what each name of one kind stands for."""
            ...

        def kind_of(self, id: str) -> Kind | None:
            """Return the kind of an id, or None."""
            ...

        def finding_owners(self) -> dict[str, str]:
            """Return the record of each finding."""
            ...

        def read(self, kind: Kind, id: str, library: Any) -> Record:
            """Return one record."""
            ...

        def read_all(self, kind: Kind, library: Any) -> list[Record]:
            """Return all records of one kind, ordered by id."""
            ...

        def search_index(self) -> dict[str, Any]:
            """Return the search index."""
            ...

        def tombstones(self) -> Iterable[Tombstone]:
            """Return what is known of ids that are gone, ordered by kind and id."""
            ...


class TreeStore:
    """The records of a checkout, read strictly from the TOML tree."""

    def __init__(self, root: Path) -> None:
        from . import authoring, validation
        from .errors import DataError

        tree, problems = authoring.read_tree(root)
        if not problems:
            problems = validation.check_links(tree, root)
        if problems:
            raise DataError(tuple(problems))
        self.data_version = authoring.read_version(root)
        self._root = root
        self._tree = tree

    def ids(self, kind: Kind) -> tuple[str, ...]:
        """Return the ids of one kind, sorted."""
        return tuple(self._tree[kind])

    def names(self, kind: Kind) -> dict[str, str]:
        """Return what each name and alias of one kind stands for."""
        return {
            key(name): record.id
            for record in self._tree[kind].values()
            for name in (record.id, *((record.name, *record.aliases) if isinstance(record, Entry) else ()))
        }

    def kind_of(self, id: str) -> Kind | None:
        """Return the kind of an id, or ``None``."""
        return next((kind for kind in COLLECTIONS if id in self._tree[kind]), None)

    def finding_owners(self) -> dict[str, str]:
        """Return the id of the record that each finding stands in."""
        return {
            finding.id: record.id
            for collection in self._tree.values()
            for record in collection.values()
            if isinstance(record, Entry)
            for finding in record.findings
        }

    def read(self, kind: Kind, id: str, library: Any) -> Record:
        """Return one record, made anew so that it belongs to ``library``."""
        from .plain import flatten, revive

        return revive(COLLECTIONS[kind], flatten(self._tree[kind][id]), library)

    def read_all(self, kind: Kind, library: Any) -> list[Record]:
        """Return all records of one kind, ordered by id."""
        return [self.read(kind, id, library) for id in self._tree[kind]]

    def search_index(self) -> dict[str, Any]:
        """Return the index that `spasm_reference.ranking` reads."""
        from .indexing import build_index

        return build_index(record for collection in self._tree.values() for record in collection.values())

    def tombstones(self) -> Iterable[Tombstone]:
        """Return what is known of ids that are gone, ordered by kind and id; the file was checked with the records."""
        from .authoring import read_tombstones
        from .vocabulary import KINDS

        found = read_tombstones(self._root, [])
        return sorted(found, key=lambda tombstone: (KINDS.index(tombstone.kind), tombstone.id))


class Collection(Mapping[str, "R"]):
    """The records of one kind by id: a read-only mapping that also takes aliases.

    A name in brackets gives its record.  Raises `RecordNotFound`, which names the nearest ids, and
    `TypeError` for a name that is not text.  ``in``, ``len`` and ``get`` are those of any mapping;
    iterating gives ids in order, and ``values()`` the records.

    >>> import spasm_reference as sr
    >>> sr.conditions["MS"] is sr.conditions["multiple-sclerosis"]
    True
    >>> sr.supplements["magnezium"]
    Traceback (most recent call last):
    ...
    spasm_reference.errors.RecordNotFound: no record "magnezium" in supplements; nearest: magnesium
    """

    __slots__ = ("_ids", "_load", "_load_all", "_loaded", "_names", "_renamed", "kind")

    def __init__(
        self,
        kind: str,
        ids: tuple[str, ...],
        names: Callable[[], dict[str, str]],
        load: Callable[[str], R],
        load_all: Callable[[], Iterable[R]] | None = None,
        renamed: Callable[[str, str], str | None] = lambda name, kind: None,
    ) -> None:
        self.kind = kind
        self._ids = dict.fromkeys(ids)
        self._names = names
        self._load = load
        self._load_all = load_all
        self._renamed = renamed
        self._loaded: dict[str, R] = {}

    def __getitem__(self, name: str) -> R:
        try:
            return self._loaded[name]
        except KeyError:
            return self._find(name)

    def _find(self, name: str) -> R:
        if not isinstance(name, str):
            raise TypeError(f"an id is text, not {type(name).__name__}")
        id = name if name in self._ids else self._names().get(key(name)) or self._renamed(name, self.kind)
        if id is None:
            raise RecordNotFound(name, self.kind, nearest(name, self._names()))
        # setdefault, so that threads that read the same record at once agree on one object.
        return self._loaded[id] if id in self._loaded else self._loaded.setdefault(id, self._load(id))

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def values(self) -> ValuesView[R]:
        """Return a view of the records; reading them all at once is faster than one by one."""
        if self._load_all is not None and len(self._loaded) < len(self._ids):
            for id, record in zip(self._ids, self._load_all(), strict=True):
                self._loaded.setdefault(id, record)
        return super().values()

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        if name in self._ids or key(name) in self._names():
            return True
        try:
            return self._renamed(name, self.kind) is not None
        except RecordRemoved:
            return False

    def __repr__(self) -> str:
        return f"<{len(self)} {self.kind}>"

    def filter(self, test: Callable[[R], object] | None = None, **values: object) -> tuple[R, ...]:
        """Return the records for which ``test`` holds and every named field has the given value.

        A field that holds several values matches if it holds the given one.
        Raises `AttributeError` if the records have no such field.

        >>> import spasm_reference as sr
        >>> "cauda-equina" in [record.id for record in sr.red_flags.filter(urgency="emergency")]
        True
        """
        found = []
        for record in self.values():
            if test is not None and not test(record):
                continue
            if all(_matches(getattr(record, field), value) for field, value in values.items()):
                found.append(record)
        return tuple(found)

    def with_finding(self, test: Callable[[Finding], object] | None = None, **values: object) -> tuple[R, ...]:
        """Return the records that hold a finding for which ``test`` holds and every named field has the given value.

        Raises `AttributeError` if findings have no such field.

        >>> import spasm_reference as sr
        >>> found = sr.supplements.with_finding(population_group="rest-cramps", certainty="moderate")
        >>> "magnesium" in [record.id for record in found]
        True
        """
        found = []
        for record in self.values():
            for finding in getattr(record, "findings", ()):
                if test is not None and not test(finding):
                    continue
                if all(_matches(getattr(finding, field), value) for field, value in values.items()):
                    found.append(record)
                    break
        return tuple(found)


def _matches(held: object, wanted: object) -> bool:
    return wanted in held if isinstance(held, tuple) and not isinstance(wanted, tuple) else held == wanted


def nearest(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return up to three of ``names`` that look most like ``name``."""
    from difflib import get_close_matches

    names = names if isinstance(names, dict) else {key(each): each for each in names}
    close = get_close_matches(key(name)[:80], names, n=6, cutoff=0.7)
    return tuple(dict.fromkeys(names[each] for each in close))[:3]


class Library:
    """All collections of one store, and what runs across them.

    The functions of ``spasm_reference`` ask the library of this installation: see `default_library`.
    """

    data_version: str
    """The version of the records."""
    collections: dict[str, Collection[Any]]
    """Each collection by its kind, in the order used on every surface."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = RLock()
        self._kinds: dict[str, Kind] = {}
        self._owners: dict[str, str] | None = None
        self._index: dict[str, Any] | None = None
        self._tombstones: dict[tuple[str, str], Tombstone] | None = None
        self.data_version = store.data_version
        self.collections = {kind: self._collection(kind) for kind in COLLECTIONS}

    def _collection(self, kind: Kind) -> Collection[Any]:
        def load(id: str) -> Record:
            with self._lock:
                # Another thread may have read it while this one waited.
                held = collection._loaded.get(id)
                return held if held is not None else self._store.read(kind, id, self)

        def load_all() -> list[Record]:
            with self._lock:
                return self._store.read_all(kind, self)

        ids = self._store.ids(kind)
        collection: Collection[Any] = Collection(
            kind, ids, lambda: self._store.names(kind), load, load_all, self._renamed
        )
        return collection

    @property
    def findings(self) -> Collection[Finding]:
        """Every finding by id, whichever record it stands in."""
        if "findings" not in self.collections:
            owners = self._finding_owners()
            self.collections["findings"] = Collection(
                "findings",
                tuple(sorted(owners)),
                lambda: {key(id): id for id in owners},
                self.finding,
                renamed=self._renamed,
            )
        return self.collections["findings"]

    def _finding_owners(self) -> dict[str, str]:
        if self._owners is None:
            self._owners = self._store.finding_owners()
        return self._owners

    def record(self, id: str) -> Record:
        """Return the record with exactly this id, whatever its kind, or the one it was renamed to.

        Raises `RecordNotFound` with the nearest ids, and `RecordRemoved` with what to read instead.
        """
        kind = self._kinds.get(id) or self._store.kind_of(id)
        if kind is None:
            renamed = self._renamed(id)
            if renamed is not None:
                return self.record(renamed)
            raise RecordNotFound(id, "any collection", nearest(id, self._all_ids()))
        self._kinds[id] = kind
        record: Record = self.collections[kind][id]
        return record

    def finding(self, id: str) -> Finding:
        """Return the finding with exactly this id, or the one it was renamed to.

        Raises `RecordNotFound` with the nearest ids, and `RecordRemoved` with what to read instead.
        """
        owner = self._finding_owners().get(id)
        if owner is None:
            renamed = self._renamed(id, "findings")
            if renamed is not None:
                return self.finding(renamed)
            raise RecordNotFound(id, "findings", nearest(id, self._finding_owners()))
        entry: Any = self.record(owner)
        found: Finding = next(finding for finding in entry.findings if finding.id == id)
        return found

    def get(self, name: str) -> Record:
        """Return the record with this id or alias, whatever its kind.

        The id of a renamed record leads to it.  Raises `RecordNotFound` with the nearest ids,
        `RecordRemoved` with what to read instead, `AmbiguousName` if the name stands for records
        of several kinds and is the id of none, and `TypeError` if it is not text.
        """
        if not isinstance(name, str):
            raise TypeError(f"an id is text, not {type(name).__name__}")
        if self._store.kind_of(name):
            return self.record(name)
        wanted = key(name)
        found = []
        for kind in COLLECTIONS:
            id = self._store.names(kind).get(wanted)
            if id is not None:
                if key(id) == wanted:
                    return self.record(id)
                found.append(id)
        if len(found) == 1:
            return self.record(found[0])
        if found:
            raise AmbiguousName(f'"{name}" stands for several records: {", ".join(found)}')
        renamed = self._renamed(name)
        if renamed is not None:
            return self.record(renamed)
        raise RecordNotFound(name, "any collection", nearest(name, self._all_names()))

    @property
    def tombstones(self) -> tuple[Tombstone, ...]:
        """What is known of ids that are gone, ordered by kind and id."""
        return tuple(self._load_tombstones().values())

    def tombstone(self, name: str, kind: str | None = None) -> Tombstone | None:
        """Return what is known of an id that is gone, or ``None``.

        Without ``kind``, one of ``COLLECTIONS`` or ``"findings"``, the id may be that of any record; of several
        with the same id, the last to go is meant.  A record that has the name now is not looked for.
        """
        held = self._load_tombstones()
        found = [held.get((each, key(name))) for each in ((kind,) if kind else COLLECTIONS)]
        return max((each for each in found if each is not None), key=lambda each: each.removed_on, default=None)

    def new_id(self, name: str, kind: str | None = None) -> str | None:
        """Return what to write for an id that answers only because its record was renamed, else ``None``."""
        gone = self.tombstone(name, kind)
        if gone is None or not gone.renamed:
            return None
        held = (self.findings,) if kind == "findings" else [self.collections[each] for each in COLLECTIONS]
        if any(key(name) in each._names() for each in held if kind in (None, each.kind)):
            return None
        return gone.replaced_by[0]

    def _load_tombstones(self) -> dict[tuple[str, str], Tombstone]:
        if self._tombstones is None:
            self._tombstones = {(each.kind, key(each.id)): each for each in self._store.tombstones()}
        return self._tombstones

    def _renamed(self, name: str, kind: str | None = None) -> str | None:
        """Return the new id of what was renamed, or ``None`` for a name that never was an id.

        Raises `RecordRemoved` for an id that is gone for good.
        """
        gone = self.tombstone(name, kind)
        if gone is None:
            return None
        if not gone.renamed:
            raise RecordRemoved(name, gone.kind, gone.removed_in, gone.why, gone.replaced_by)
        return gone.replaced_by[0]

    def _all_ids(self) -> list[str]:
        return [id for kind in COLLECTIONS for id in self._store.ids(kind)]

    def _all_names(self) -> dict[str, str]:
        return {name: id for kind in COLLECTIONS for name, id in self._store.names(kind).items()}

    def search(self, words: str, *, limit: int = 10, kinds: Iterable[str] | None = None) -> Results:
        """Return the entries that match ``words``, best first, red flags before all others.

        The arguments and errors are those of the function `search`.
        """
        from .ranking import search

        return search(self.search_index(), words, limit=limit, kinds=kinds, library=self)

    def search_index(self) -> dict[str, Any]:
        """Return the index that ``spasm_reference.ranking`` reads, made or read once; not to be changed."""
        with self._lock:
            if self._index is None:
                self._index = self._store.search_index()
                self._index["order"] = list(self._index["words"])
            return self._index


_library: Library | None = None
_library_lock = RLock()


def default_library() -> Library:
    """Return the library of this installation, opened on first use.

    A checkout reads its TOML tree, so it can never show stale packaged data; an
    installed package has no tree and reads its packaged data.  Raises `DataError` if the
    tree has faults, and `BrokenPackage` if the packaged data are damaged.
    """
    global _library
    if _library is None:
        with _library_lock:
            if _library is None:
                _library = Library(_default_store())
    return _library


def _default_store() -> Store:
    tree = os.path.join(os.path.dirname(__file__), "data")
    if os.path.isdir(tree):
        from pathlib import Path

        return TreeStore(Path(tree))
    from .artefact import PackagedStore

    return PackagedStore()


set_default_resolver(default_library)
