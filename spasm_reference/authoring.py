"""The tree of hand-written TOML files: reading it strictly, and writing it in one canonical form."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from .decoding import Problem, decode, show
from .frozen import Frozen
from .records import COLLECTIONS, Record
from .tombstones import Tombstone, Tombstones

DATA = Path(__file__).parent / "data"
"""Where the records are in a checkout.  The wheel has no such folder."""

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""An id: lower-case words joined by hyphens."""

VERSION_FILE = "version.toml"

VERSION = re.compile(r"[0-9]{4}\.(?:[1-9]|1[0-2])\.(?:0|[1-9][0-9]*)")
"""A data version: year and month in which it came out, and a number that starts at 0 in each month."""

REMOVED_FILE = "removed.toml"
"""Ids that are gone, and what took their place."""

MAX_FILE_BYTES = 1_000_000
"""No record comes near this; a larger file is a mistake and is refused unread."""


def read_version(root: Path) -> str:
    """Return the data version written in the tree."""
    problems: list[Problem] = []
    file = f"{root.name}/{VERSION_FILE}"
    table = read_toml(root / VERSION_FILE, file, problems)
    version = (table or {}).get("data_version")
    if not problems and not (isinstance(version, str) and VERSION.fullmatch(version)):
        found = "nothing" if version is None else show(version)
        problems.append(Problem(file, "data_version", found, 'year, month and number, such as "2026.11.0"'))
    if problems:
        from .errors import DataError

        raise DataError(tuple(problems))
    return str(version)


def version_order(version: str) -> tuple[int, ...]:
    """Return what data versions are ordered by.

    >>> version_order("2026.9.1") < version_order("2026.11.0")
    True
    """
    return tuple(map(int, version.split(".")))


def read_tombstones(root: Path, problems: list[Problem]) -> tuple[Tombstone, ...]:
    """Return what the tree says of ids that are gone, in the order of the file; without such a file, nothing.

    What is wrong with the file is added to ``problems``; what it says is checked by `spasm_reference.validation`.
    """
    if not (root / REMOVED_FILE).exists():
        return ()
    file = f"{root.name}/{REMOVED_FILE}"
    table = read_toml(root / REMOVED_FILE, file, problems)
    held = None if table is None else decode(Tombstones, table, file, problems)
    return () if held is None else held.removed


def read_tree(root: Path) -> tuple[dict[str, dict[str, Record]], list[Problem]]:
    """Read every file under ``root`` and return the records by kind, and all problems found.

    A file with problems gives no record, so links to it are not reported as broken
    twice: see `spasm_reference.validation`.
    """
    problems: list[Problem] = []
    tree: dict[str, dict[str, Record]] = {}
    if not root.is_dir():
        problems.append(Problem(str(root), "(folder)", "no such folder", "the folder of the records"))
        return {kind: {} for kind in COLLECTIONS}, problems
    known: set[str] = {*COLLECTIONS, VERSION_FILE, REMOVED_FILE}
    for extra in sorted(entry.name for entry in root.iterdir() if entry.name not in known):
        problems.append(
            Problem(f"{root.name}/{extra}", "(name)", "an unknown entry", "one of " + ", ".join(COLLECTIONS))
        )
    for kind, cls in COLLECTIONS.items():
        tree[kind] = {}
        folder = root / kind
        if not folder.is_dir():
            problems.append(Problem(f"{root.name}/{kind}", "(folder)", "no such folder", f"a folder of {kind}"))
            continue
        for path in sorted(folder.iterdir()):
            file = f"{root.name}/{kind}/{path.name}"
            if path.suffix != ".toml":
                problems.append(Problem(file, "(name)", show(path.suffix), '".toml"'))
                continue
            record = read_record(path, file, cls, problems)
            if record is not None:
                tree[kind][record.id] = record
    return tree, problems


def read_record(path: Path, file: str, cls: type[Record], problems: list[Problem]) -> Record | None:
    """Read one file, or add what is wrong with it to ``problems``."""
    table = read_toml(path, file, problems)
    if table is None:
        return None
    record = decode(cls, table, file, problems)
    if record is not None and record.id != path.stem:
        problems.append(Problem(file, "id", show(record.id), f'"{path.stem}", the name of the file'))
        return None
    return record


def read_toml(path: Path, file: str, problems: list[Problem]) -> dict[str, Any] | None:
    """Read a file as plain values, or add what is wrong with it to ``problems``."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            problems.append(Problem(file, "(size)", f"{path.stat().st_size} bytes", f"at most {MAX_FILE_BYTES}"))
            return None
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        problems.append(Problem(file, "(encoding)", f"a bad byte at {error.start}", "UTF-8"))
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(file, "(syntax)", str(error), "TOML"))
    except RecursionError:
        problems.append(Problem(file, "(syntax)", "tables nested too deep", "TOML"))
    except OSError as error:
        problems.append(Problem(file, "(file)", error.strerror or "an unreadable file", "a readable file"))
    return None


def trimmed(value: Any) -> Any:
    """Return plain values of a record with fields left out that equal their default."""
    if isinstance(value, Frozen):
        kept = {}
        for name, default in type(value).__field_defaults__.items():
            item = getattr(value, name)
            if item != default and item is not None:
                kept[name] = trimmed(item)
        return kept
    if isinstance(value, tuple):
        return [trimmed(item) for item in value]
    return value


def canonical(record: Record) -> str:
    """Return the record as canonical TOML: fields in the order of its type, defaults left out."""
    import tomli_w

    return tomli_w.dumps(trimmed(record))


def format_tree(root: Path, *, check: bool = False) -> list[str]:
    """Rewrite each file in canonical form and return the files that were not.

    With ``check`` nothing is written.  Files with faults are left for validation to name.
    """
    changed = []
    for kind, cls in COLLECTIONS.items():
        for path in sorted((root / kind).glob("*.toml")):
            file = f"{root.name}/{kind}/{path.name}"
            record = read_record(path, file, cls, [])
            if record is None:
                continue
            text = canonical(record)
            if path.read_text(encoding="utf-8") != text:
                changed.append(file)
                if not check:
                    path.write_text(text, encoding="utf-8")
    return changed
