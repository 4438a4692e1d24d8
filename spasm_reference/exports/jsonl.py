"""JSON Lines: one record a line, with its kind, ordered by kind and id; the first line says what the lines are."""

from __future__ import annotations

import json
from hashlib import sha256

from ..decoding import Problem, show
from ..errors import DataError
from ..library import Library
from ..records import COLLECTIONS, Record
from .about import facts
from .json import ABOUT, parse, read_record


def export(library: Library) -> bytes:
    """Return all records as UTF-8 lines of JSON: ``kind`` first, then what `to_dict` gives.

    The first line has the kind ``about``: versions, licence, how to cite, caveats, and the SHA-256 of all other lines.
    """
    lines = [
        json.dumps({"kind": kind, **record.to_dict()}, ensure_ascii=False, separators=(",", ":"))
        for kind in COLLECTIONS
        for record in library.collections[kind].values()
    ]
    content = "".join(f"{line}\n" for line in lines).encode()
    about = {"kind": ABOUT, **facts(library), "sha256": sha256(content).hexdigest()}
    return json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" + content


def load(content: bytes) -> dict[str, list[Record]]:
    """Return the records of an export, by collection, read as strictly as the JSON export is.

    Raises `DataError`, which names every fault and its line.
    """
    problems: list[Problem] = []
    loaded: dict[str, list[Record]] = {kind: [] for kind in COLLECTIONS}
    for number, line in enumerate(content.splitlines(), start=1):
        where = f"export: line {number}"
        before = len(problems)
        value = parse(line, where, problems)
        if len(problems) > before:
            continue
        kind = value.pop("kind", None) if isinstance(value, dict) else None
        if kind == ABOUT:
            continue
        if kind not in COLLECTIONS:
            problems.append(Problem(where, "kind", show(kind), "one of " + ", ".join(COLLECTIONS)))
            continue
        record = read_record(COLLECTIONS[kind], value, where, problems)
        if record is not None:
            loaded[kind].append(record)
    if problems:
        raise DataError(tuple(problems))
    return loaded
