"""The evidence map: what was tried in whom, one cell for each intervention and group of people."""

from __future__ import annotations

from .frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .library import Library
    from .records import Entry, Finding, Intervention
    from .vocabulary import Certainty, Direction, Population

INTERVENTIONS = ("treatments", "medicines", "supplements", "foods")
CERTAINTIES: tuple[Certainty, ...] = ("high", "moderate", "low", "very-low")


HARMS_SHOWN = 2
"""Places of a summary-of-findings table that are kept for harms."""


class EvidenceCell(Frozen):
    """The findings about one intervention in one group of people, and what they come to."""

    record: Intervention
    """The treatment, medicine, supplement or food."""
    population_group: Population
    """The group of people."""
    direction: Direction
    """Where the surest findings point; ``mixed`` if they differ, ``no-trials`` if none was found.

    ``harm`` only where nothing but harm was found: see ``has_harm`` for unwanted effects beside others.
    """
    certainty: Certainty
    """The certainty of the findings that ``direction`` rests on."""
    has_harm: bool
    """Whether a finding of the cell points to harm."""
    n_participants: int | None
    """People in the largest of the findings; ``None`` if no number is stated.

    Findings of one cell often come from the same people, so their numbers are not added up.
    """
    findings: tuple[Finding, ...]
    """All findings of the cell, the surest first."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, one per column, ready for a data frame."""
        return {
            "kind": self.record.kind,
            "id": self.record.id,
            "name": self.record.name,
            "population_group": self.population_group,
            "direction": self.direction,
            "certainty": self.certainty,
            "has_harm": self.has_harm,
            "n_participants": self.n_participants,
            "finding_ids": [finding.id for finding in self.findings],
        }


def evidence_map(library: Library, *, condition: str | None = None) -> tuple[EvidenceCell, ...]:
    """Return the filled cells of the map, ordered by kind, name and group of people.

    Only comparisons count (``finding_kind`` ``effect``); what was merely seen together does not.
    With ``condition``, an id or alias, only findings about it do.  Raises `RecordNotFound` for an unknown one.
    """
    from .vocabulary import Population, words

    order = words(Population)
    wanted = library.collections["conditions"][condition].id if condition is not None else None
    cells = []
    for kind in INTERVENTIONS:
        records = library.collections[kind].values()
        for record in sorted(records, key=lambda record: (record.name.casefold(), record.id)):
            groups: dict[Population, list[Finding]] = {}
            for finding in record.findings:
                if finding.finding_kind == "effect" and (wanted is None or wanted in finding.condition_ids):
                    groups.setdefault(finding.population_group, []).append(finding)
            cells += [_cell(record, group, groups[group]) for group in sorted(groups, key=order.index)]
    return tuple(cells)


def _cell(record: Intervention, group: Population, findings: list[Finding]) -> EvidenceCell:
    findings.sort(key=surest_first)
    # Unwanted effects say nothing about whether a thing helps, so they have a mark of their own.
    told = [finding for finding in findings if finding.direction not in ("harm", "no-trials")]
    told = told or [finding for finding in findings if finding.direction == "harm"] or findings
    surest = [finding for finding in told if finding.certainty == told[0].certainty]
    # An unclear result beside a clear one of the same certainty takes nothing from it.
    directions = {finding.direction for finding in surest} - {"unclear"} or {"unclear"}
    return EvidenceCell(
        record=record,
        population_group=group,
        direction=directions.pop() if len(directions) == 1 else "mixed",
        certainty=told[0].certainty,
        has_harm=any(finding.direction == "harm" for finding in findings),
        n_participants=max((finding.n_participants or 0 for finding in findings), default=0) or None,
        findings=tuple(findings),
    )


def _rank(finding: Finding) -> tuple[bool, int]:
    """Order findings by certainty; where no trial was found comes after all others."""
    return finding.direction == "no-trials", CERTAINTIES.index(finding.certainty)


def surest_first(finding: Finding) -> tuple[bool, int, int, str]:
    """Return a sorting key: trials before none, then certainty, then number of people, then id."""
    return *_rank(finding), -(finding.n_participants or 0), finding.id


def summary_of_findings(library: Library, condition: str, *, limit: int = 7) -> tuple[Finding, ...]:
    """Return the surest results about a condition, at most ``limit``, for a summary-of-findings table.

    The surest finding of each intervention comes first, then further outcomes.  Two places are kept for
    harms, so that they stand beside benefits.  Findings of no trials are left out, and so are medicines
    that stand in the reference only as triggers.  Raises `RecordNotFound` for an unknown condition.
    """
    wanted = library.collections["conditions"][condition].id
    effects: list[list[Finding]] = []
    harms: list[list[Finding]] = []
    for kind in INTERVENTIONS:
        for record in library.collections[kind].values():
            if not getattr(record, "used_for_spasms", True):
                continue
            about = [
                finding
                for finding in record.findings
                if wanted in finding.condition_ids
                and finding.finding_kind == "effect"
                and finding.direction != "no-trials"
            ]
            effects.append([finding for finding in about if finding.direction != "harm"])
            harms.append([finding for finding in about if finding.direction == "harm"])
    # A short table is not all harms: they get a third of the places at most.
    shown_harms = _by_turns(harms)[: min(HARMS_SHOWN, limit // 3)]
    return (*_by_turns(effects)[: limit - len(shown_harms)], *shown_harms)[:limit]


def surest_findings(record: Entry, *, limit: int = 3) -> tuple[Finding, ...]:
    """Return the surest findings of one record, at most ``limit``, harms last.

    One place is kept for a harm, so that it stands beside benefits.  Where no trial was found
    comes after every result.

    >>> import spasm_reference as sr
    >>> [finding.certainty for finding in surest_findings(sr.supplements["magnesium"], limit=1)]
    ['high']
    """
    ordered = sorted(record.findings, key=lambda finding: (finding.direction == "no-trials", _clear_and_sure(finding)))
    harms = [finding for finding in ordered if finding.direction == "harm"][: 1 if limit > 1 else 0]
    others = [finding for finding in ordered if finding.direction != "harm"]
    return (*others[: limit - len(harms)], *harms)


def _by_turns(groups: list[list[Finding]]) -> list[Finding]:
    """Return the surest finding of each group, then the second of each, and so on."""
    ordered = [sorted(group, key=_clear_and_sure) for group in groups]
    longest = max(map(len, ordered), default=0)
    turns = ([group[turn] for group in ordered if turn < len(group)] for turn in range(longest))
    return [finding for turn in turns for finding in sorted(turn, key=_clear_and_sure)]


def _clear_and_sure(finding: Finding) -> tuple[Any, ...]:
    return CERTAINTIES.index(finding.certainty), finding.direction == "unclear", surest_first(finding)
