"""The page for what is not found, from disk and from a server that shows it at any depth."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import open_page

pytestmark = pytest.mark.browser


def search_from(page: Page) -> None:
    """Search as a reader does, and find the page of magnesium."""
    page.get_by_role("searchbox").fill("magnesium")
    page.get_by_role("button", name="Search").click()
    page.locator("#search-results a").first.wait_for()
    assert page.locator("#search-results a[href*='supplements/magnesium.html']").count() >= 1


@pytest.mark.parametrize("path", ["/nothing.html", "/reference/supplements/nothing.html", "/a/b/c/d", "/404.html"])
def test_a_missing_page_leads_on_from_any_depth(browser: Browser, served: str, path: str) -> None:
    """To help and to the search, on a narrow screen too, and nothing is asked of another host."""
    page, _errors, asked = open_page(browser, f"{served}{path}", 320)
    assert page.locator("h1").inner_text() == "This page is not here"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name="When to get help").click()
    assert page.locator("h1").inner_text().startswith("When to get help")
    page.go_back()
    search_from(page)
    assert all(url.startswith(served) for url in asked)
    page.context.close()


def test_it_works_from_disk(browser: Browser, site: Path) -> None:
    """Opened by its own name."""
    page, errors, asked = open_page(browser, (site / "404.html").as_uri())
    page.get_by_role("link", name="I have a cramp now").click()
    assert page.locator("h1").inner_text().startswith("I have a cramp now")
    page.go_back()
    search_from(page)
    assert errors == []
    assert all(url.startswith("file://") for url in asked)
    page.context.close()


def test_the_served_site_asks_for_nothing_that_is_missing(browser: Browser, served: str) -> None:
    """Scripts, styles, pictures and fonts are all there."""
    page = browser.new_page()
    answers: list[tuple[str, int]] = []
    page.on("response", lambda response: answers.append((response.url, response.status)))
    page.goto(f"{served}/reference/supplements/magnesium.html")
    page.wait_for_load_state("networkidle")
    assert answers
    assert [answer for answer in answers if answer[1] >= 400] == []
    page.close()
