"""The pages as people meet them: on a phone and a desk, light and dark, from disk and from a server."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import LUMINANCE, open_page

pytestmark = pytest.mark.browser

PAGES = (
    "index",
    "help/cramp-now",
    "help/when-to-get-help",
    "reference/conditions/nocturnal-leg-cramps",
    "reference/supplements/magnesium",
    "reference/medicines/tizanidine",
    "reference/foods/banana",
    "reference/red_flags/chest-pain",
    "reference/claims/index",
    "reference/sources/g",
    "reference/overview/body-map",
    "reference/overview/evidence-map",
    "reference/overview/quality",
    "about/how-we-grade",
    "developers/index",
    "developers/tutorial",
    "developers/api",
    "genindex",
    "search",
)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_a_page_fits_the_screen_and_loads_without_error(browser: Browser, site: Path, name: str, width: int) -> None:
    """Opened from disk: nothing runs off the side, no error, no request to another host."""
    page, errors, asked = open_page(browser, f"{(site / name).as_uri()}.html", width)
    assert errors == []
    assert [url for url in asked if not url.startswith("file://")] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    page.context.close()


def test_the_served_site_asks_only_its_own_host(browser: Browser, served: str) -> None:
    """And the start page leads to the two things people in pain need."""
    page, errors, asked = open_page(browser, f"{served}/index.html", 375)
    assert errors == []
    assert all(url.startswith(served) for url in asked)
    for door in ("I have a cramp now", "When to get help"):
        link = page.get_by_role("link", name=door, exact=True).last
        box = link.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 800, f"{door} is below the first screen"
    page.locator("article").get_by_role("link", name="I have a cramp now").click()
    assert page.locator("h1").inner_text().startswith("I have a cramp now")
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_care_cards_and_marks_can_be_read(browser: Browser, site: Path, scheme: str) -> None:
    """Contrast of at least 4.5 to 1 in light and dark, and the level in words."""
    address = (site / "reference/conditions/nocturnal-leg-cramps.html").as_uri()
    page, _errors, _asked = open_page(browser, address, 375, scheme)
    for selector in (".care-card-title", ".care-card li p", ".spasm-badge", ".in-short p", ".page-foot p", "article a"):
        found = page.locator(selector)
        assert found.count() > 0, selector
        for i in range(min(found.count(), 20)):
            assert found.nth(i).evaluate(LUMINANCE) >= 4.5, (selector, i, scheme)
    titles = page.locator(".care-card-title").all_inner_texts()
    assert [title.split(":")[0] for title in titles] == ["Emergency", "Urgent", "Routine"]
    page.context.close()


def test_pages_work_without_script(browser: Browser, site: Path) -> None:
    """The text, the cards and the links are all there."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "help/when-to-get-help.html").as_uri())
    assert page.locator(".care-card").count() == 3
    page.get_by_role("link", name="Warning signs").last.click()
    assert page.locator("h1").inner_text().startswith("Warning signs")
    context.close()


def test_headings_go_down_one_level_at_a_time(browser: Browser, site: Path) -> None:
    """People who listen move from heading to heading."""
    for name in PAGES:
        page, _errors, _asked = open_page(browser, f"{(site / name).as_uri()}.html")
        levels = page.locator("article :is(h1, h2, h3, h4, h5, h6)").evaluate_all("all => all.map(h => +h.tagName[1])")
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), (name, levels)
        page.context.close()


def test_a_part_of_the_body_leads_to_its_page(browser: Browser, site: Path) -> None:
    """By mouse or finger on the shape, and by keyboard."""
    address = (site / "reference/overview/body-map.html").as_uri()
    page, errors, _asked = open_page(browser, address, width=375)
    page.locator("a[href$='regions/calf.html'] .picture-part path").first.click()
    assert page.url.endswith("reference/regions/calf.html")
    page.goto(address)
    link = page.locator("svg a[href$='regions/neck.html']")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/regions/neck.html")
    assert errors == []


def test_the_evidence_table_sorts_by_a_heading(browser: Browser, site: Path) -> None:
    """Numbers by size, certainty by rank, and the heading says which way."""
    page, errors, _asked = open_page(browser, (site / "reference/overview/evidence-map.html").as_uri())
    column = "Array.from(document.querySelectorAll('.sortable tbody tr'), row => row.cells[INDEX].textContent.trim())"
    people = page.locator(".sortable th button", has_text="People")
    people.click()
    people.click()
    numbers = [int(text.replace(",", "")) for text in page.evaluate(column.replace("INDEX", "5")) if text[0].isdigit()]
    assert numbers == sorted(numbers, reverse=True)
    assert page.locator(".sortable th", has_text="People").get_attribute("aria-sort") == "descending"
    page.locator(".sortable th button", has_text="Certainty").click()
    order = ["High certainty", "Moderate certainty", "Low certainty", "Very low certainty", "none"]
    places = [order.index(text) for text in page.evaluate(column.replace("INDEX", "4"))]
    assert places == sorted(places)
    assert errors == []
