"""What differs between two versions of the data: ids added, removed, renamed and changed.

This makes the entries of ``CHANGELOG-DATA.md``, and lets CI see an id that went without a word.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from .phrases import TITLES
from .versions import Plain, Version, read_version_of_data
from .vocabulary import KINDS, AnyKind


class Added(NamedTuple):
    """A new id."""

    kind: AnyKind
    """Its collection; findings are one too."""
    id: str
    """The id."""


class Removed(NamedTuple):
    """An id that is gone."""

    kind: AnyKind
    """The collection it stood in."""
    id: str
    """The id."""
    has_tombstone: bool
    """Whether the newer version says that it is gone; else whoever uses the id is left alone with it."""
    replaced_by: tuple[str, ...]
    """Ids of what to read instead."""
    why: str | None
    """The reason; ``None`` without a tombstone."""


class Renamed(NamedTuple):
    """A record or finding under a new id."""

    kind: AnyKind
    """Its collection."""
    id: str
    """The id that is gone."""
    new_id: str
    """The id it has now."""
    fields: tuple[str, ...]
    """Names of the fields that changed as well."""


class Changed(NamedTuple):
    """A record or finding that says something else."""

    kind: AnyKind
    """Its collection."""
    id: str
    """Its id."""
    fields: tuple[str, ...]
    """Names of the fields that changed; ``findings`` where there are others or in another order."""


class Changes(NamedTuple):
    """Everything that differs, each list ordered by kind and id."""

    old: str
    """The older version."""
    new: str
    """The newer version."""
    added: tuple[Added, ...]
    """Ids that only the newer version has."""
    removed: tuple[Removed, ...]
    """Ids that only the older version has, or whose tombstone was taken away."""
    renamed: tuple[Renamed, ...]
    """Ids that have a new one."""
    changed: tuple[Changed, ...]
    """Ids that both versions have, with other content."""

    @property
    def without_tombstone(self) -> tuple[Removed, ...]:
        """The ids that are gone without a word."""
        return tuple(each for each in self.removed if not each.has_tombstone)

    @property
    def counts(self) -> str:
        """How many there are of each, in one line.

        >>> Changes("1", "2", (Added("foods", "x"),), (), (), ()).counts
        '1 added, 0 removed, 0 renamed, 0 changed'
        """
        names = ("added", "removed", "renamed", "changed")
        return ", ".join(f"{len(getattr(self, name))} {name}" for name in names)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, ready for JSON."""
        lists = ("added", "removed", "renamed", "changed")
        return {
            "old": self.old,
            "new": self.new,
            **{name: [each._asdict() for each in getattr(self, name)] for name in lists},
        }


def compare_versions(old: str | Path, new: str | Path) -> Changes:
    """Compare two versions of the data.

    Each is a data folder, a checkout, an exported JSON file, or a revision that git knows here.
    Raises `DataError` if either cannot be read.
    """
    return compare(read_version_of_data(str(old)), read_version_of_data(str(new)))


def compare(old: Version, new: Version) -> Changes:
    """Compare two versions that were read."""
    added: list[Added] = []
    removed: list[Removed] = []
    renamed: list[Renamed] = []
    changed: list[Changed] = []
    for kind in KINDS:
        before, after = old.records[kind], new.records[kind]
        successors: set[str] = set()
        for id in sorted(before.keys() - after.keys() | _unburied(kind, old, new)):
            tombstone = new.tombstones.get((kind, id), {})
            replaced_by = tuple(tombstone.get("replaced_by", ()))
            if tombstone.get("renamed") and id in before and len(replaced_by) == 1:
                successors.update(replaced_by)
                fields = tuple(name for name in _differing(before[id], after.get(replaced_by[0], {})) if name != "id")
                renamed.append(Renamed(kind, id, replaced_by[0], fields))
            else:
                removed.append(Removed(kind, id, bool(tombstone), replaced_by, tombstone.get("why")))
        added += [Added(kind, id) for id in sorted(after.keys() - before.keys() - successors)]
        for id in sorted(before.keys() & after.keys()):
            differing = tuple(_differing(before[id], after[id]))
            if differing:
                changed.append(Changed(kind, id, differing))
    return Changes(old.name, new.name, tuple(added), tuple(removed), tuple(renamed), tuple(changed))


def _unburied(kind: AnyKind, old: Version, new: Version) -> set[str]:
    """Return the ids that the older version says are gone and of which the newer one says nothing at all."""
    gone = {id for each, id in old.tombstones.keys() - new.tombstones.keys() if each == kind}
    return gone - new.records[kind].keys()


def _differing(old: Plain, new: Plain, within: str = "") -> Iterator[str]:
    """Yield the names of fields that differ, those of a part in a part with a dot between."""
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name), new.get(name)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _differing(before, after, f"{within}{name}.")
        elif before != after:
            yield f"{within}{name}"


# ---------------------------------------------------------------- for readers


def _by_kind(changes: Changes) -> Iterator[tuple[str, dict[str, list[Any]]]]:
    """Yield the title of each kind in which something differs, with what does."""
    for kind in KINDS:
        lists = {
            name: [each for each in getattr(changes, name) if each.kind == kind]
            for name in ("added", "removed", "renamed", "changed")
        }
        if any(lists.values()):
            yield ("Findings" if kind == "findings" else TITLES[kind]), lists


def as_text(changes: Changes) -> str:
    """Return the differences for a terminal, one line each."""
    lines = [f"data {changes.old} -> {changes.new}: {changes.counts}"]
    for title, lists in _by_kind(changes):
        lines += ["", title]
        lines += [f"  added    {each.id}" for each in lists["added"]]
        lines += [f"  removed  {each.id}; {_instead(each)}" for each in lists["removed"]]
        lines += [f"  renamed  {each.id} -> {each.new_id}{_named(each.fields)}" for each in lists["renamed"]]
        lines += [f"  changed  {each.id}{_named(each.fields)}" for each in lists["changed"]]
    return "\n".join(lines)


def _instead(removed: Removed) -> str:
    if not removed.has_tombstone:
        return "no tombstone"
    return f"replaced by: {', '.join(removed.replaced_by) or 'nothing'}; why: {removed.why}"


def _named(fields: tuple[str, ...]) -> str:
    return f" ({', '.join(fields)})" if fields else ""


def as_markdown(changes: Changes) -> str:
    """Return the differences as an entry of ``CHANGELOG-DATA.md``."""
    lines = [f"## {changes.new}", "", f"Since {changes.old}: {changes.counts}."]
    for title, lists in _by_kind(changes):
        lines += ["", f"### {title}", ""]
        if lists["added"]:
            lines.append(f"- Added: {_codes(each.id for each in lists['added'])}.")
        for each in lists["removed"]:
            instead = _codes(each.replaced_by) or "nothing"
            rest = f"replaced by {instead}. {each.why}" if each.has_tombstone else "**without a tombstone**."
            lines.append(f"- Removed: `{each.id}`, {rest}")
        for each in lists["renamed"]:
            lines.append(f"- Renamed: `{each.id}` is `{each.new_id}` now{_named(each.fields)}.")
        if lists["changed"]:
            lines.append(f"- Changed: {', '.join(f'`{each.id}`{_named(each.fields)}' for each in lists['changed'])}.")
    return "\n".join(lines)


def _codes(ids: Iterable[str]) -> str:
    return ", ".join(f"`{id}`" for id in ids)


def as_json(changes: Changes) -> str:
    """Return the differences as JSON."""
    return json.dumps(changes.to_dict(), ensure_ascii=False, indent=2)


FORMATS: dict[str, Callable[[Changes], str]] = {"text": as_text, "json": as_json, "md": as_markdown}
"""What a list of differences can be written as."""
