"""The drawings of the evidence map, its table and the records agree."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import lxml.html
import pytest

import spasm_reference as sr
from spasm_reference.handbook.markup import page as handbook_page
from spasm_reference.phrases import DIRECTION_WORDS, MAP_COLUMNS, POPULATION_WORDS, number
from spasm_reference.sphinx.map import BANDS, FILLS, FULL_AT, OUTLINES, describe, map_figure, radius, shape
from spasm_reference.vocabulary import Direction, Population, words

PAGE = "reference/overview/evidence-map.html"


def plain(text: str) -> str:
    """Return a text as one line with plain quotes."""
    return " ".join(text.split()).translate(str.maketrans("’‘“”", "''\"\""))


@pytest.fixture(scope="module")
def page(site: Path) -> lxml.html.HtmlElement:
    """Return the page as a tree."""
    return lxml.html.fromstring((site / PAGE).read_text(encoding="utf-8"))


def test_the_drawings_hold_one_linked_mark_for_each_cell(page: lxml.html.HtmlElement) -> None:
    """With the cell in words for those who cannot see it."""
    spoken = Counter(
        link.get("aria-label") for link in page.iter("a") if link.get("aria-label") and link.xpath("./rect")
    )
    assert spoken == Counter(describe(cell) for cell in sr.evidence_map())


def test_the_table_says_the_same_as_the_drawings(page: lxml.html.HtmlElement) -> None:
    """Row by row: what, in whom, which way, how many people, how many results."""
    rows = {
        tuple(plain(cell.text_content()) for cell in row.xpath("./td"))
        for row in page.xpath("//*[contains(@class, 'sortable')]//tbody/tr")
    }
    assert len(rows) == len(sr.evidence_map())
    for cell in sr.evidence_map():
        [row] = [
            row
            for row in rows
            if row[0] == plain(cell.record.name) and row[2] == POPULATION_WORDS[cell.population_group]
        ]
        assert row[3].startswith(DIRECTION_WORDS[cell.direction])
        assert row[5] == (number(cell.n_participants) if cell.n_participants else "not stated")
        assert row[6] == str(len(cell.findings))


def test_each_mark_leads_to_a_finding(page: lxml.html.HtmlElement, site: Path) -> None:
    """The place on the page of the record exists."""
    pages: dict[Path, str] = {}
    for link in page.iter("a"):
        if not link.xpath("./rect"):
            continue
        address, _, place = link.get("href").partition("#")
        target = (site / PAGE).parent.joinpath(address).resolve()
        text = pages.setdefault(target, target.read_text(encoding="utf-8"))
        assert f'id="{place}"' in text, link.get("href")


def test_every_group_of_people_has_one_place() -> None:
    """A new group cannot be forgotten."""
    placed = [group for band in BANDS for group in band.groups]
    assert sorted(placed) == sorted(words(Population)) == sorted(MAP_COLUMNS)


def test_marks_differ_without_color() -> None:
    """Each direction has its own shape, each certainty its own outline."""
    drawn = {re.sub(r'(fill|class)="[^"]*"', "", shape(direction, 0, 0, 9, (1, ""))) for direction in FILLS}
    assert len(drawn) == len(FILLS) == len(words(Direction))
    assert len(set(OUTLINES.values())) == len(OUTLINES)


def test_area_grows_with_people_until_full() -> None:
    """Twice the people, twice the area."""
    assert radius(400) ** 2 == pytest.approx(2 * radius(200) ** 2)
    assert radius(FULL_AT) == radius(100 * FULL_AT)
    assert radius(None) == radius(1)


def test_a_name_with_markup_is_text() -> None:
    """Whatever a record is called, the drawing stays sound."""
    cell = sr.evidence_map()[0]
    drawing = map_figure('A & "B" <script>', [cell], [cell.population_group], handbook_page)
    assert "<script>" not in drawing
    lxml.html.fromstring(drawing)
