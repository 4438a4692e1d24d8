"""Making the packaged data from the TOML tree.  Run by the build hook, never on a user's machine."""

from __future__ import annotations

import json
import os
import tempfile
from binascii import crc32
from pathlib import Path
from typing import Any

from .artefact import FORMAT
from .authoring import DATA
from .library import TreeStore
from .plain import flatten
from .records import COLLECTIONS

FILES = (
    "manifest.json",
    "names.json",
    "lengths.json",
    "search.json",
    "tombstones.json",
    *(f"{kind}.json" for kind in COLLECTIONS),
)
"""Names of the packaged files: checksums, names, lengths, search index, ids that are gone, records of each kind."""


def packaged_files(root: Path = DATA) -> dict[str, bytes]:
    """Return the name and content of each packaged file.  The same tree gives the same bytes.

    Raises `spasm_reference.errors.DataError` if the tree has faults.
    """
    store = TreeStore(root)
    content: dict[str, bytes] = {}
    kinds: dict[str, dict[str, int]] = {}
    for kind in COLLECTIONS:
        lines = [_dump(flatten(record)) for record in store.read_all(kind, None)]
        # One JSON list, one record a line: it can be read whole, or one record by the lengths of those before it.
        content[f"{kind}.json"] = b"[\n" + b",\n".join(lines) + b"\n]\n"
        kinds[kind] = {id: len(line) for id, line in zip(store.ids(kind), lines, strict=True)}
    names: dict[str, dict[str, str]] = {kind: store.names(kind) for kind in COLLECTIONS}
    names["findings"] = store.finding_owners()
    content["lengths.json"] = _dump(kinds)
    content["names.json"] = _dump(names)
    content["search.json"] = _dump(store.search_index())
    content["tombstones.json"] = _dump([flatten(each) for each in store.tombstones()])
    manifest = {
        "format": FORMAT,
        "data_version": store.data_version,
        "files": {name: [len(data), crc32(data)] for name, data in sorted(content.items())},
    }
    return {**content, "manifest.json": _dump(manifest)}


def compile_to(folder: Path, root: Path = DATA) -> None:
    """Write the packaged files into ``folder``, each whole."""
    files = packaged_files(root)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as handle:
            handle.write(content)
        os.chmod(handle.name, 0o644)
        os.replace(handle.name, folder / name)


def _dump(value: Any) -> bytes:
    # ASCII keeps the text small in memory while it is decoded: one byte a character, not two.
    return json.dumps(value, separators=(",", ":")).encode()
