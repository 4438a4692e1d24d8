"""The pages that look across records agree with the records."""

from __future__ import annotations

from pathlib import Path

import lxml.etree
import lxml.html
import pytest

import spasm_reference as sr
from spasm_reference.handbook.charts import bar_chart
from spasm_reference.handbook.markup import number
from spasm_reference.handbook.overviews import MINERALS
from spasm_reference.handbook.phrases import NUTRIENT_WORDS


def rows_of(page: Path) -> list[list[str]]:
    """Return the cells of every table row of a page."""
    tree = lxml.html.fromstring(page.read_text(encoding="utf-8"))
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td")]
        for row in tree.xpath("//article//tbody/tr")
    ]


def test_every_intake_row_is_on_the_intake_page(site: Path) -> None:
    """With its amount, unit and kind of figure."""
    cells = " ".join(cell for row in rows_of(site / "reference/overview/intakes.html") for cell in row)
    for record in sr.supplements.values():
        for row in record.intakes:
            if row.amount is not None:
                assert f"{row.measure} {number(row.amount)} {row.unit}" in cells, (record.id, row)


def plain(text: str) -> str:
    """Return a text as Sphinx shows it, with plain quotes."""
    return " ".join(text.split()).translate(str.maketrans("’‘“”", "''\"\""))


def test_every_interaction_is_on_the_interactions_page(site: Path) -> None:
    """By partner, with what to do."""
    lines = {(plain(row[1]), plain(row[2])) for row in rows_of(site / "reference/overview/interactions.html")}
    for kind in ("supplements", "medicines", "foods"):
        for record in getattr(sr, kind).values():
            for interaction in record.interactions:
                assert (plain(record.name), plain(interaction.effect)) in lines, (record.id, interaction.partner)


def test_every_finding_of_a_supplement_is_on_the_page_of_what_was_tried(site: Path) -> None:
    """Results for and against, and those that were never tested."""
    rows = rows_of(site / "reference/overview/supplements-tried.html")
    assert len(rows) == sum(len(record.findings) for record in sr.supplements.values())


@pytest.mark.parametrize("mineral", MINERALS)
def test_the_chart_shows_the_figures_of_the_records(site: Path, mineral: str) -> None:
    """A bar and a number for each food, the same as in the table beside it."""
    chart = next((site / "_images").glob(f"{mineral}-per-portion*.svg"))
    texts = {element.text for element in lxml.etree.parse(chart).iter("{http://www.w3.org/2000/svg}text")}
    for item in sr.foods_by(mineral):  # type: ignore[arg-type]
        assert item.food.name in texts
        assert f"{number(item.amount)} {item.unit}" in texts
    page = (site / "reference/overview/minerals-in-foods.html").read_text(encoding="utf-8")
    assert f"{NUTRIENT_WORDS[mineral]} in a usual portion" in page


def test_a_chart_is_sound_whatever_a_name_holds() -> None:
    """Markup in a name is text in the drawing."""
    drawing = bar_chart("A < B & C", 'x "y"', [("<b>food</b>", 2.5), ("none", 0)], "mg", "none")
    root = lxml.etree.fromstring(drawing)
    assert "<b>food</b>" in {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert bar_chart("t", "d", [], "mg", "x")
