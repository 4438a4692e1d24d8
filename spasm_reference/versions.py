"""A version of the data as plain values, from wherever somebody has one.

Versions that are compared were written for different code, so they are not read as strictly as records are:
a field that the types do not know, or know no longer, is a difference like any other.
"""

from __future__ import annotations

import json
import subprocess
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple, get_args

from .authoring import REMOVED_FILE, VERSION_FILE, read_toml
from .decoding import Problem, types_of
from .errors import DataError
from .frozen import Frozen
from .records import COLLECTIONS
from .vocabulary import KINDS

EXPECTED = "a data folder, a checkout, an exported JSON file, or a revision that git knows here"

Plain = dict[str, Any]


class Version(NamedTuple):
    """One version of the data."""

    name: str
    """The data version, or what it was asked for by where it does not say: a JSON export does not."""
    records: dict[str, dict[str, Plain]]
    """By kind and id, the fields of each record that differ from their default; findings are a kind too."""
    tombstones: dict[tuple[str, str], Plain]
    """What it says of ids that are gone, by kind and id."""


def read_version_of_data(where: str) -> Version:
    """Return a version from a data folder, a checkout, an exported JSON file or a git revision.

    Raises `DataError`, one line, for anything else and for files that cannot be read.
    """
    path = Path(where)
    if path.is_file():
        return _from_export(path)
    if path.is_dir():
        data = path / "spasm_reference" / "data"
        return _from_folder(data if data.is_dir() else path, where)
    with tempfile.TemporaryDirectory() as folder:
        _extract(where, Path(folder))
        return _from_folder(Path(folder) / "spasm_reference" / "data", where)


def _refuse(where: str, found: str, expected: str = EXPECTED) -> DataError:
    return DataError((Problem(where, "(version)", found, expected),))


def _from_folder(data: Path, where: str) -> Version:
    problems: list[Problem] = []
    if not (data / VERSION_FILE).is_file():
        raise _refuse(where, f"no {VERSION_FILE}")
    name = (read_toml(data / VERSION_FILE, f"{where}: {VERSION_FILE}", problems) or {}).get("data_version")
    removed = {}
    if (data / REMOVED_FILE).exists():
        removed = read_toml(data / REMOVED_FILE, f"{where}: {REMOVED_FILE}", problems) or {}
    document: dict[str, Any] = {"removed": removed.get("removed", [])}
    for kind in COLLECTIONS:
        files = sorted((data / kind).glob("*.toml"))
        document[kind] = [read_toml(file, f"{where}: {kind}/{file.name}", problems) for file in files]
    if problems:
        raise DataError(tuple(problems))
    return _version(str(name), where, document)


def _from_export(path: Path) -> Version:
    try:
        document = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        document = None
    except OSError as error:
        raise _refuse(str(path), error.strerror or "an unreadable file") from None
    if not isinstance(document, dict):
        raise _refuse(str(path), "no JSON export")
    return _version(str(path), str(path), document)


def _extract(revision: str, folder: Path) -> None:
    """Put the data of a revision into a folder.  The repository is the one around the current folder."""
    name = ["git", "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    try:
        found = subprocess.run(name, capture_output=True, text=True)  # noqa: S603
    except OSError:
        raise _refuse(revision, "nothing of that name, and no git") from None
    if found.returncode != 0:
        raise _refuse(revision, "nothing of that name")
    top = ["git", "rev-parse", "--show-toplevel"]
    root = subprocess.run(top, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603
    archive = ["git", "-C", root, "archive", "--format=tar", found.stdout.strip(), "spasm_reference/data"]
    made = subprocess.run(archive, capture_output=True)  # noqa: S603
    if made.returncode != 0:
        raise _refuse(revision, "a revision without spasm_reference/data")
    with tarfile.open(fileobj=BytesIO(made.stdout)) as packed:
        packed.extractall(folder, filter="data")


def _version(name: str, where: str, document: dict[str, Any]) -> Version:
    """Sort a document of lists by kind and id; findings come out of their records, which keep the ids of theirs."""
    records: dict[str, dict[str, Plain]] = {kind: {} for kind in KINDS}
    try:
        for kind, cls in COLLECTIONS.items():
            for plain in document.get(kind, ()):
                record = _trimmed(cls, plain)
                for finding in record.get("findings", ()):
                    records["findings"][finding["id"]] = finding
                if "findings" in record:
                    record["findings"] = [finding["id"] for finding in record["findings"]]
                records[kind][record["id"]] = record
        tombstones = {(each["kind"], each["id"]): each for each in document.get("removed", ())}
    except (AttributeError, KeyError, TypeError):
        raise _refuse(where, "something without an id where records stand") from None
    return Version(name, records, tombstones)


def _trimmed(type_: Any, value: Any) -> Any:
    """Return plain values as they are the same in a file and in an export: dates as text, defaults left out."""
    if isinstance(value, list):
        return [_trimmed(type_, item) for item in value]
    if isinstance(value, dict):
        # The type of a field may say that there are many, or that there may be none.
        held = [each for each in (type_, *get_args(type_)) if isinstance(each, type) and issubclass(each, Frozen)]
        known = types_of(held[0]) if held else {}
        defaults = held[0].__field_defaults__ if held else {}
        kept = {name: _trimmed(known.get(name), item) for name, item in value.items()}
        return {name: item for name, item in kept.items() if item not in (None, []) and item != defaults.get(name)}
    return value.isoformat() if hasattr(value, "isoformat") else value
