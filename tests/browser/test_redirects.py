"""Pages in the place of those that are gone, in a small handbook whose records know some."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import lxml.html
import pytest
from playwright.sync_api import Browser

import spasm_reference as sr
from spasm_reference.notices import INTENDED_USE

ROOT = Path(__file__).resolve().parents[2]

PAGES = ("index", "help/when-to-get-help", "reference/foods/banana", "reference/supplements/magnesium")

CONF = """
from pathlib import Path
from spasm_reference import library
library._library = library.Library(library.TreeStore(Path({data!r})))
extensions = [f"spasm_reference.handbook.{{part}}" for part in ("html", "redirects")]
html_theme = "furo"
html_baseurl = {base!r}
version = release = "0"
"""


def build(folder: Path, data: Path, base: str) -> Path:
    """Build a handbook of a few pages from records in which some ids are gone."""
    source = folder / "source"
    for page in PAGES:
        (source / page).parent.mkdir(parents=True, exist_ok=True)
        (source / f"{page}.rst").write_text(f":orphan:\n\n{page}\n{'=' * len(page)}\n\nThe page.\n")
    (source / "conf.py").write_text(CONF.format(data=str(data), base=base))
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", str(source), str(folder / "html")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder / "html"


@pytest.fixture(scope="module")
def pages(data_with_removals: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built pages."""
    return build(tmp_path_factory.mktemp("handbook"), data_with_removals, "")


def read(page: Path) -> lxml.html.HtmlElement:
    """Return a parsed page."""
    return lxml.html.fromstring(page.read_text(encoding="utf-8"))


def test_a_renamed_page_leads_on_from_disk(browser: Browser, pages: Path) -> None:
    """By itself; its name stays out of the way of the Back button."""
    tab = browser.new_page()
    tab.goto((pages / "index.html").as_uri())
    tab.goto((pages / "reference/foods/plantain-fruit.html").as_uri())
    tab.wait_for_url("**/reference/foods/banana.html")
    assert tab.locator("article").inner_text().startswith("reference/foods/banana")
    tab.close()


def test_a_renamed_page_is_a_link_to_those_who_are_not_led_on(pages: Path) -> None:
    """And tells search engines which page is meant."""
    page = read(pages / "reference/foods/plantain-fruit.html")
    assert page.xpath("//main//a/@href") == ["banana.html"]
    assert page.xpath("//main//a/text()") == [sr.foods["banana"].name]
    assert page.xpath("//link[@rel='canonical']/@href") == ["banana.html"]
    assert INTENDED_USE in page.text_content()
    # The medicine's page leads on, though the id is that of a cause now.
    assert (pages / "reference/medicines/cold.html").is_file()
    assert not (pages / "reference/causes/cold.html").exists()


def test_with_an_address_of_its_own_the_handbook_names_it(
    data_with_removals: Path, tmp_path: Path, pages: Path
) -> None:
    """Search engines want whole addresses; readers of a copy on disk stay there."""
    page = read(build(tmp_path, data_with_removals, "https://h.example/a/") / "reference/foods/plantain-fruit.html")
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://h.example/a/reference/foods/banana.html"]
    assert page.xpath("//main//a/@href") == ["banana.html"]


def test_a_removed_page_says_why_and_what_to_read_instead(pages: Path) -> None:
    """With the look of every page, and not among the results of search engines."""
    page = read(pages / "reference/supplements/cramp-tonic.html")
    (article,) = page.xpath("//article")
    text = " ".join(article.text_content().split())
    assert "This page was removed It was two things in one bottle. Read instead:" in text
    assert "removed on 2026-11-22, in data version 2026.11.0" in text
    links = {link.text: link.get("href") for link in article.xpath(".//a")}
    assert links["Magnesium"] == "magnesium.html"
    assert links["Banana"] == "../foods/banana.html"
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not page.xpath("//meta[@http-equiv='refresh']")
    assert INTENDED_USE in page.text_content()
    for href in links.values():
        assert (pages / "reference/supplements" / href).resolve().is_file()


def test_where_nothing_took_its_place_the_page_says_so(pages: Path) -> None:
    """Its reason is text, whatever stands in it."""
    text = read(pages / "reference/treatments/snake-oil.html").xpath("//article")[0].text_content()
    assert "Nobody sells it <now> & it never helped." in text
    assert "Nothing took its place." in text


def test_what_never_had_a_page_gets_none(pages: Path) -> None:
    """Sources and findings are places on pages."""
    assert not (pages / "reference/sources").exists()
    assert not (pages / "reference/findings").exists()
