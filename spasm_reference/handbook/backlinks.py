"""What points at a record: the links that stand in other records, turned round."""

from __future__ import annotations

from collections import defaultdict

from ..library import Library
from ..records import Claim, Condition, Entry, Finding, Record


class Backlinks:
    """All links of a library, turned round once so that each page can list what leads to it."""

    def __init__(self, library: Library) -> None:
        self._citing: dict[str, dict[str, Entry]] = defaultdict(dict)
        self._findings: dict[str, list[Finding]] = defaultdict(list)
        self._claims: dict[str, list[Claim]] = defaultdict(list)
        self._linking: dict[str, dict[str, Entry]] = defaultdict(dict)
        for kind, collection in library.collections.items():
            if kind in ("sources", "findings"):
                continue
            for entry in collection.values():
                self._note(entry)

    def _note(self, entry: Entry) -> None:
        for part in entry.parts():
            for id in part.own_source_ids():
                self._citing[id][entry.id] = entry
            if isinstance(part, Finding):
                for id in part.condition_ids:
                    self._findings[id].append(part)
        if isinstance(entry, Claim):
            for id in entry.subject_ids:
                self._claims[id].append(entry)
        for name in (
            "condition_ids",
            "cause_ids",
            "symptom_ids",
            "region_ids",
            "red_flag_ids",
            "member_ids",
            "related_ids",
        ):
            for id in getattr(entry, name, ()):
                self._linking[id][entry.id] = entry

    def citing(self, source: Record) -> list[Entry]:
        """Return the records that cite a source."""
        return list(self._citing[source.id].values())

    def findings_about(self, record: Record) -> list[Finding]:
        """Return findings of other records about a condition."""
        if not isinstance(record, Condition):
            return []
        return [finding for finding in self._findings[record.id] if finding.record.id != record.id]

    def claims_about(self, record: Record) -> list[Claim]:
        """Return the claims whose subject is this record."""
        return self._claims[record.id]

    def naming(self, record: Entry) -> list[Entry]:
        """Return the records, claims left out, that link to this one and that it does not name itself."""
        return [
            other
            for id, other in self._linking[record.id].items()
            if id not in record.related_ids and id != record.id and not isinstance(other, Claim)
        ]
