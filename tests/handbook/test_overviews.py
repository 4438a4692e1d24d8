"""The pages that look across records agree with the records."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.etree
import lxml.html
import pytest

import spasm_reference as sr
from spasm_reference.grading import LINK_WORDS
from spasm_reference.handbook.charts import bar_chart
from spasm_reference.handbook.overviews import KINDS_OF_SPASM, MINERALS
from spasm_reference.phrases import NUTRIENT_WORDS, number


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


def test_lists_within_a_line_keep_their_spaces(site: Path) -> None:
    """One thing after another, not run together."""
    for page in ("interactions", "intakes"):
        text = lxml.html.fromstring((site / f"reference/overview/{page}.html").read_text("utf-8")).xpath("//article")[0]
        assert not re.findall(r"\w+;\w+", text.text_content())


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


def test_every_cause_and_condition_stands_once_under_how_sure_its_link_is(site: Path) -> None:
    """In the section of its own grade, with the reason."""
    tree = lxml.html.fromstring((site / "reference/overview/causes-by-how-sure.html").read_text(encoding="utf-8"))
    shown = {
        (section.xpath("string(./h2)").rstrip("¶").strip(), plain(name.text_content()))
        for section in tree.xpath("//article//section[h2]")
        for name in section.xpath(".//tbody/tr/td[1]")
    }
    graded = {
        (LINK_WORDS[record.spasm_link], plain(record.name))
        for kind in (sr.causes, sr.conditions)
        for record in kind.values()
        if record.spasm_link is not None
    }
    assert shown == graded


def test_the_comparison_of_kinds_explains_all_twelve_words(site: Path) -> None:
    """Each with its definition."""
    rows = {row[0]: row[1] for row in rows_of(site / "reference/overview/which-kind-is-it.html")}
    assert len(rows) == 12
    for id in KINDS_OF_SPASM:
        assert plain(sr.terms[id].definition) in plain(rows[sr.terms[id].name])


def test_every_medicine_that_can_cause_cramps_is_listed_with_the_warning_not_to_stop(site: Path) -> None:
    """The warning stands before the first of them."""
    page = lxml.html.fromstring((site / "reference/overview/medicines-that-can-cause-cramps.html").read_text("utf-8"))
    text = " ".join(page.xpath("//article")[0].text_content().split())
    listed = [medicine.name for medicine in sr.medicines.filter(can_trigger_spasms=True)]
    assert listed
    for name in listed:
        assert text.index("Do not stop a prescribed medicine on your own") < text.index(
            name, text.index("Take this list")
        )
