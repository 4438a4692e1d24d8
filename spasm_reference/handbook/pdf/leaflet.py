"""The leaflet "When to get help": one printed page, drawn from the warning signs and the emergency numbers."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

from ...errors import SpasmReferenceError
from ...grading import URGENCY_ACTIONS, URGENCY_WORDS
from ...library import Library
from ...notices import INTENDED_USE, NOT_REVIEWED

FILE = "when-to-get-help.pdf"


def leaflet_words(library: Library) -> dict[str, Any]:
    """Return every word of the leaflet."""
    flags = library.collections["red_flags"]
    cards: dict[str, Any] = {
        level: {
            "title": f"{URGENCY_WORDS[level]}: {action} if:",
            "signs": sorted(flag.name for flag in flags.filter(urgency=level)),
        }
        for level, action in URGENCY_ACTIONS.items()
    }
    numbers = library.collections["emergency_numbers"].values()
    reviewed = min(flag.reviewed for flag in flags.values())
    return {
        "title": "Muscle spasm or cramp: when to get help",
        "author": "the Spasm Reference maintainers",
        "introduction": "If you are not sure, ask. This list cannot hold every danger. "
        "A sign that is missing here does not mean that all is well.",
        **cards,
        "numbers_title": "Emergency numbers, by country",
        "numbers": sorted((record.country, " or ".join(record.emergency)) for record in numbers),
        "foot": f"{INTENDED_USE} {NOT_REVIEWED} Warning signs last checked {reviewed}. "
        f"Spasm Reference, data {library.data_version}. CC BY 4.0.",
    }


def make_leaflet(library: Library, target: Path) -> None:
    """Write the leaflet to ``target``, whole or not at all, unless it is there with the same words.

    The words are kept beside it to tell.  Raises `SpasmReferenceError` if the compiler refuses it.
    """
    words = json.dumps(leaflet_words(library), ensure_ascii=False)
    design = resources.files(__package__).joinpath("leaflet.typ").read_text(encoding="utf-8")
    made_from = target.with_suffix(".json")
    inputs = json.dumps([words, design])
    if target.is_file() and made_from.is_file() and made_from.read_text(encoding="utf-8") == inputs:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "leaflet.typ").write_text(design, encoding="utf-8")
        (folder / "words.json").write_text(words, encoding="utf-8")
        # The day of the data, so that the same records give the same bytes.
        reviewed = max(flag.reviewed for flag in library.collections["red_flags"].values())
        timestamp = int(datetime(reviewed.year, reviewed.month, reviewed.day, tzinfo=UTC).timestamp())
        command = [sys.executable, "-m", f"{__package__}.compile", "leaflet.typ", str(target.resolve())]
        finished = subprocess.run(  # noqa: S603 - our own module, no shell
            [*command, "--timestamp", str(timestamp)], cwd=folder, capture_output=True, text=True, check=False
        )
        if finished.returncode != 0:
            last = (finished.stdout.strip() or finished.stderr.strip()).splitlines()[-1:]
            raise SpasmReferenceError(f"the leaflet was not made: {' '.join(last)}")
    made_from.write_text(inputs, encoding="utf-8")
