"""Rows of ``to_dict`` become data frames as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas
import polars
import pytest

import spasm_reference as sr

ROWS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "evidence map": lambda: [cell.to_dict() for cell in sr.evidence_map()],
    "comparison": lambda: [row.to_dict() for row in sr.compare(["ibuprofen", "tizanidine"])],
    "summary of findings": lambda: [finding.to_dict() for finding in sr.summary_of_findings("nocturnal-leg-cramps")],
    "findings": lambda: [finding.to_dict() for finding in sr.findings.values()],
    "upper limits": lambda: [row.to_dict() for row in sr.upper_limits()],
    "sources": lambda: [source.to_dict() for source in sr.sources.values()],
    "claims": lambda: [claim.to_dict() for claim in sr.claims.values()],
}


@pytest.mark.parametrize("name", ROWS)
def test_pandas_takes_them(name: str) -> None:
    """One row each, the columns in order."""
    rows = ROWS[name]()
    frame = pandas.DataFrame(rows)
    assert list(frame.columns) == list(rows[0])
    assert len(frame) == len(rows)
    first = next(iter(rows[0]))
    assert list(frame[first]) == [row[first] for row in rows]


@pytest.mark.parametrize("name", ROWS)
def test_polars_takes_them_and_gives_them_back(name: str) -> None:
    """With lists and parts as such."""
    rows = ROWS[name]()
    frame = polars.DataFrame(rows, infer_schema_length=None)
    assert frame.columns == list(rows[0])
    assert frame.to_dicts() == rows
