"""Everything as one JSON document: top-level keys are the collections, each a list of records."""

from __future__ import annotations

import json
from typing import Any

from ..library import Library


def export(library: Library) -> bytes:
    """Return all records as UTF-8 JSON.

    Each value of the top level is a list of records as `to_dict` gives them, ordered by id.
    """
    document: dict[str, Any] = {
        kind: [record.to_dict() for record in collection.values()]
        for kind, collection in library.collections.items()
        if kind != "findings"
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
