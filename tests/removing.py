"""Ids that are gone, for tests that need some: no real one is yet."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import tomli_w

from spasm_reference.authoring import REMOVED_FILE

_GONE = {"removed_in": "2026.11.0", "removed_on": datetime.date(2026, 11, 22)}
_RENAMED = {**_GONE, "why": "The new id says better what it is.", "renamed": True}

REMOVED: tuple[dict[str, Any], ...] = (
    {
        "kind": "supplements",
        "id": "cramp-tonic",
        **_GONE,
        "why": "It was two things in one bottle.",
        "replaced_by": ["magnesium", "banana"],
    },
    {"kind": "foods", "id": "plantain-fruit", **_RENAMED, "replaced_by": ["banana"]},
    {"kind": "medicines", "id": "cold", **_RENAMED, "replaced_by": ["acetaminophen"]},
    {"kind": "sources", "id": "garrison-2012", **_RENAMED, "replaced_by": ["garrison-2020"]},
    {"kind": "sources", "id": "lost-paper-1999", **_GONE, "why": "Nobody could find the paper."},
    {"kind": "treatments", "id": "snake-oil", **_GONE, "why": "Nobody sells it <now> & it never helped."},
    {
        "kind": "findings",
        "id": "magnesium-old-finding",
        **_RENAMED,
        "replaced_by": ["magnesium-rest-cramps-frequency"],
    },
    {"kind": "findings", "id": "magnesium-lost-finding", **_GONE, "why": "The figures were read wrongly."},
)
"""Renamed, replaced by several, and gone without anything in their place."""


def bury(data: Path, *removed: dict[str, Any]) -> None:
    """Write a list of ids that are gone into a copy of the records."""
    (data / REMOVED_FILE).write_text(tomli_w.dumps({"removed": list(removed)}), encoding="utf-8")
