"""The evidence map and the summary of findings say what the findings say."""

from __future__ import annotations

import pytest

import spasm_reference as sr
from spasm_reference.mapping import CERTAINTIES, HARMS_SHOWN, INTERVENTIONS


def test_every_comparison_is_in_exactly_one_cell() -> None:
    """Nothing is left out of the map and nothing counted twice."""
    shown = sorted(finding.id for cell in sr.evidence_map() for finding in cell.findings)
    wanted = sorted(
        finding.id
        for kind in INTERVENTIONS
        for record in getattr(sr, kind).values()
        for finding in record.findings
        if finding.finding_kind == "effect"
    )
    assert shown == wanted


def test_a_cell_rests_on_its_surest_findings() -> None:
    """Its direction and certainty are theirs, unwanted effects apart."""
    for cell in sr.evidence_map():
        told = [finding for finding in cell.findings if finding.direction not in ("harm", "no-trials")]
        if told:
            best = min(CERTAINTIES.index(finding.certainty) for finding in told)
            assert cell.certainty == CERTAINTIES[best]
            surest = {finding.direction for finding in told if finding.certainty == cell.certainty}
            assert cell.direction in surest | {"mixed"}
            if surest - {"unclear"} == {"benefit"}:
                assert cell.direction == "benefit"
            if {"benefit", "no-effect"} <= surest:
                assert cell.direction == "mixed"
        else:
            assert cell.direction in ("harm", "no-trials")
        assert cell.has_harm == any(finding.direction == "harm" for finding in cell.findings)


def test_people_are_not_added_up() -> None:
    """The same people often stand behind several outcomes."""
    for cell in sr.evidence_map():
        numbers = [finding.n_participants for finding in cell.findings if finding.n_participants]
        assert cell.n_participants == (max(numbers) if numbers else None)


def test_rows_for_a_data_frame_are_flat_and_named() -> None:
    """Plain values only, the same columns in each row."""
    rows = [cell.to_dict() for cell in sr.evidence_map()]
    assert {tuple(row) for row in rows} == {tuple(rows[0])}
    assert all(isinstance(value, str | int | bool | list | None) for row in rows for value in row.values())


@pytest.mark.parametrize("id", list(sr.conditions))
def test_the_summary_is_short_sure_and_shows_harms(id: str) -> None:
    """At most seven results about the condition, surest first, harms last."""
    chosen = sr.summary_of_findings(id)
    assert len(chosen) <= 7
    assert len({finding.id for finding in chosen}) == len(chosen)
    assert all(id in finding.condition_ids and finding.direction != "no-trials" for finding in chosen)
    directions = [finding.direction == "harm" for finding in chosen]
    assert directions == sorted(directions)
    assert sum(directions) <= HARMS_SHOWN


def test_the_summary_keeps_to_its_limit() -> None:
    """However few are wanted."""
    short = sr.summary_of_findings("acute-back-spasm", limit=3)
    assert [finding.direction == "harm" for finding in short] == [False, False, True]
    with pytest.raises(sr.RecordNotFound, match="nearest: acute-back-spasm"):
        sr.summary_of_findings("acute-back-spasms")
