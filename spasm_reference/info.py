"""What this installation holds: versions, counts, review dates, licences, and where its data is."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

from . import __version__
from .artefact import FOLDER
from .library import Library

LICENCES = ("Code: MIT.", "Text and data: CC BY 4.0.", "Code systems keep their own terms; see NOTICE.")

_TREE = os.path.join(os.path.dirname(__file__), "data")


def info(library: Library, today: date) -> dict[str, Any]:
    """Return the facts as plain values, ready for JSON.

    ``today`` decides which records are overdue: those whose next review was to be before it.
    """
    entries = [record for kind, held in library.collections.items() if kind != "findings" for record in held.values()]
    reviewed = [record.reviewed for record in entries if hasattr(record, "reviewed")]
    return {
        "code_version": __version__,
        "data_version": library.data_version,
        "data_folder": _TREE if os.path.isdir(_TREE) else FOLDER,
        "records": {kind: len(held) for kind, held in library.collections.items() if kind != "findings"},
        "findings": len(library.findings),
        "earliest_review": min(reviewed).isoformat(),
        "latest_review": max(reviewed).isoformat(),
        "overdue_reviews": sum(record.next_review < today for record in entries if hasattr(record, "next_review")),
        "licences": list(LICENCES),
    }
