"""The search page: the same entries as in Python, and a page that a tired person can use."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

import spasm_reference as sr
from spasm_reference.phrases import TITLES
from spasm_reference.ranking import NOTHING_FOUND
from spasm_reference.records import COLLECTIONS
from spasm_reference.wording import STOP_WORDS, plain_words, root
from tests.browser.looking import LUMINANCE, open_page
from tests.test_search import ODD_QUERIES, QUESTIONS

pytestmark = pytest.mark.browser

FLAG_WORDS = [
    (flag.id, words) for flag in sr.red_flags.values() for words in (flag.name, *flag.aliases, *flag.lay_terms)
]

MISSPELLED = [
    "magnezium",
    "potasium",
    "tizanadine",
    "charly horse",
    "slipt disc",
    "diahrrea",
    "numness betwen my legs",
    "chset pain",
    "siatica",
    "quinnine tablets for crampps",
    "dehidration",
]

HOSTILE = [
    "constructor",
    "toString valueOf hasOwnProperty",
    "__proto__",
    "a" * 1000,
    "cramp " * 166,
    "+magnesium -cramp",
    '"leg cramps"',
    "cramp*",
    "title:magnesium",
    "magnesium^10 ~2",
    "leg AND (cramp OR NOT spasm)",
    "[a-z]{3,} \\d+ $1",
    "' OR 1=1 --",
    "Krämpfe, naïve café, STRASSE straße",
    "devil’s claw",
    "ｃｒａｍｐ ﬁbromyalgia",
    "cr\u0430mp",
    "leg\u00adcramp\u200bs",
    "\u202ecramp",
    "7 8 2019 2020",
]


@pytest.fixture(scope="module")
def search_page(browser: Browser, site: Path) -> Iterator[Page]:
    """Return the search page, opened from disk."""
    page, errors, asked = open_page(browser, (site / "search.html").as_uri(), 375)
    yield page
    assert errors == []
    assert [url for url in asked if not url.startswith("file://")] == []
    page.context.close()


def each(page: Page, function: str, values: list[str]) -> list[Any]:
    """Return what a JavaScript function gives for each value; as one text, which travels much faster than values."""
    answer = page.evaluate(
        f"values => JSON.stringify(JSON.parse(values).map(value => ({function})(value)))", json.dumps(values)
    )
    answers: list[Any] = json.loads(answer)
    return answers


def look_for(page: Page, query: str) -> None:
    """Put words into the field and press the button."""
    page.get_by_label("What do you want to find?").fill(query)
    page.locator("article").get_by_role("button", name="Search").click()


def test_the_browser_finds_what_python_finds(search_page: Page) -> None:
    """Every entry, in the same order, for questions, warning signs, misspellings and nonsense."""
    queries = [*QUESTIONS, *(words for _flag, words in FLAG_WORDS), *MISSPELLED, *ODD_QUERIES, *HOSTILE]
    assert len(queries) > 900
    find = "query => spasmSearch.entries(query).map(found => [found.id, ...found.matched])"
    for query, found in zip(queries, each(search_page, find, queries), strict=True):
        expected = [[result.id, *result.matched] for result in sr.search(query, limit=100_000)]
        assert found == expected, query


def test_both_cut_words_alike(search_page: Page) -> None:
    """Every letter that there is, and every word of every entry with every ending."""
    # What Python does not know yet, the browser may.
    letters = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    found = each(search_page, "letter => spasmSearch.plainWords(`a${letter}b`)", letters)
    different = [letter for letter, words in zip(letters, found, strict=True) if words != plain_words(f"a{letter}b")]
    assert different == []
    texts = [record.name for kind in COLLECTIONS for record in getattr(sr, kind).values()]
    known = sorted({word for text in texts for word in plain_words(text)} | STOP_WORDS)
    words = [word + ending for word in known for ending in ("", "s", "es", "ing", "ed", "ies", "us")]
    found = each(search_page, "spasmSearch.root", words)
    assert [word for word, cut in zip(words, found, strict=True) if cut != root(word)] == []


def test_a_warning_sign_comes_first_on_the_page_for_its_own_words(search_page: Page) -> None:
    """For each of its names and lay words, before pages and entries, and with how urgent it is."""
    look = """
    query => {
      document.getElementById("search-words").value = query;
      document.getElementById("search-form").requestSubmit();
      const first = document.querySelector("#search-results > *");
      return [first.textContent, [...first.nextSibling.querySelectorAll("li")].map(item =>
        [item.querySelector(".spasm-badge").textContent, item.querySelector("a").getAttribute("href")])];
    }
    """
    shown = each(search_page, look, [words for _flag, words in FLAG_WORDS])
    for (flag, words), (heading, items) in zip(FLAG_WORDS, shown, strict=True):
        assert heading == "Warning signs: read these first", words
        expected = [sr.red_flags[flag].urgency.capitalize(), f"./reference/red_flags/{flag}.html"]
        assert expected in items, words


def test_typing_finds_and_a_click_opens(browser: Browser, site: Path) -> None:
    """From disk, on a phone: no button is needed, the address keeps the words, and nothing is asked of the network."""
    page, errors, asked = open_page(browser, (site / "search.html").as_uri(), 375)
    field = page.get_by_label("What do you want to find?")
    assert field.evaluate("field => field === document.activeElement")
    field.press_sequentially("Epsom salt bath")
    first = page.locator("#search-results li a").first
    first.wait_for()
    page.wait_for_function("location.search === '?q=Epsom+salt+bath'")
    expected = sr.search("Epsom salt bath")[0]
    assert first.inner_text() == expected.title
    assert page.locator("#search-results li").first.inner_text().startswith("Supplement or remedy")
    assert expected.summary in page.locator("#search-results li").first.inner_text()
    first.click()
    assert page.locator("h1").inner_text().startswith(expected.title)
    page.go_back()
    assert page.get_by_label("What do you want to find?").input_value() == "Epsom salt bath"
    assert page.locator("#search-results li a").first.inner_text() == expected.title
    assert errors == []
    assert [url for url in asked if not url.startswith("file://")] == []
    page.context.close()


def test_the_field_beside_every_page_leads_to_the_search(browser: Browser, served: str) -> None:
    """Served and from a page deep in the site."""
    page, _errors, asked = open_page(browser, f"{served}/reference/foods/banana.html")
    page.locator(".sidebar-drawer").get_by_role("searchbox").fill("tizanidine")
    page.locator(".sidebar-drawer").get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search.html?q=tizanidine")
    page.locator("#search-results").get_by_role("link", name="Tizanidine", exact=True).click()
    assert page.url == f"{served}/reference/medicines/tizanidine.html"
    assert all(url.startswith(served) for url in asked)
    page.context.close()


def test_every_address_of_the_index_is_there(search_page: Page, site: Path) -> None:
    """Each entry and page has its file, and a source its place in the file."""
    rows = search_page.evaluate(
        "[...SPASM_SEARCH.entries.docs, ...SPASM_SEARCH.pages.docs].map(doc => "
        "SPASM_SEARCH.places[doc[4]].join(doc[1]))"
    )
    assert len(rows) > sum(len(getattr(sr, kind)) for kind in COLLECTIONS)
    texts: dict[str, str] = {}
    for address in rows:
        file, _hash, place = address.partition("#")
        if file not in texts:
            texts[file] = (site / file).read_text(encoding="utf-8")
        assert not place or f'id="{place}"' in texts[file], address


def test_chapters_and_overviews_are_found_by_their_titles(search_page: Page, site: Path) -> None:
    """In a short list of their own, after warning signs and before entries; a record is never among them."""
    for query, address in {
        "I have a cramp now": "./help/cramp-now.html",
        "when to get help": "./help/when-to-get-help.html",
        "heat or cold": "./reference/overview/heat-or-cold.html",
        "cramp in my calf at night in bed": "./help/guides/calf-in-bed.html",
        "how we grade": "./about/how-we-grade.html",
        TITLES["emergency_numbers"]: "./reference/emergency_numbers/index.html",
    }.items():
        look_for(search_page, query)
        pages = search_page.locator("#search-results h2", has_text="Pages").locator("+ ul a")
        addresses = pages.evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert address in addresses, query
        assert len(addresses) <= 3
    headings = search_page.locator("#search-results h2").all_inner_texts()
    order = ["Warning signs: read these first", "Pages", "Entries"]
    assert headings == [heading for heading in order if heading in headings]
    pages = search_page.evaluate("SPASM_SEARCH.pages.docs.map(doc => doc[1])")
    records = [f"reference/{kind}/{id}.html" for kind in COLLECTIONS for id in getattr(sr, kind)]
    assert not set(pages) & set(records)


def test_nothing_found_is_no_all_clear(search_page: Page) -> None:
    """The sentence of the library, and one beside every result."""
    look_for(search_page, "qqqqqq")
    assert search_page.get_by_role("status").inner_text() == NOTHING_FOUND
    assert search_page.locator("#search-results").inner_text() == ""
    for query in ("qqqqqq", "magnesium", ""):
        look_for(search_page, query)
        caution = search_page.get_by_text("No entry does not mean it is safe.")
        assert caution.is_visible()
        box = caution.bounding_box()
        assert box is not None
        assert box["y"] < 800, "below the first screen"
    assert search_page.get_by_role("status").inner_text() == ""


def test_a_query_that_is_too_long_is_refused_in_one_line(search_page: Page) -> None:
    """Counted in characters, as Python counts them."""
    for query in ("x" * 1001, "🦵" * 1001):
        look_for(search_page, query)
        refusal = "The query has 1001 characters; at most 1000 are searched."
        assert search_page.get_by_role("status").inner_text() == refusal
        assert search_page.locator("#search-results").inner_text() == ""
    look_for(search_page, "🦵" * 1000)
    assert search_page.get_by_role("status").inner_text() == NOTHING_FOUND


def test_how_many_were_found_is_said(search_page: Page) -> None:
    """To those who listen too; the rest of a long list is one button away."""
    look_for(search_page, "magnesium")
    found = len(sr.search("magnesium", limit=100_000))
    assert f"{found} entries" in search_page.get_by_role("status").inner_text()
    entries = search_page.locator("#search-results h2", has_text="Entries").locator("+ ul > li")
    assert entries.count() == 20
    search_page.get_by_role("button", name=f"Show all {found}").click()
    assert entries.count() == found
    focused = search_page.evaluate("document.activeElement.textContent")
    assert focused == sr.search("magnesium", limit=21)[20].title


def test_markup_is_shown_as_text(browser: Browser, site: Path) -> None:
    """Whether it comes in the address, from the field or out of an entry."""
    attack = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>magnesium"
    page, errors, _asked = open_page(browser, f"{(site / 'search.html').as_uri()}?q={attack}")
    assert page.get_by_label("What do you want to find?").input_value() == attack
    for part in ("entries", "pages"):
        page.evaluate(f"attack => SPASM_SEARCH.{part}.docs.forEach(doc => {{ doc[2] = doc[3] = attack; }})", attack)
    look_for(page, "magnesium")
    assert set(page.locator("#search-results li a").all_inner_texts()) == {attack}
    assert attack in page.locator("#search-results li p").all_inner_texts()
    assert page.locator("article :is(img, script)").count() == 0
    assert page.title() == "Search - Spasm Reference"
    assert errors == []
    page.context.close()


def test_the_keyboard_is_enough(browser: Browser, site: Path) -> None:
    """Type, press Enter, hear how many, and go on to the first link of the list."""
    page, _errors, _asked = open_page(browser, (site / "search.html").as_uri())
    page.keyboard.type("numb between my legs")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "status"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "When to get help"
    page.keyboard.press("Tab")
    assert "/reference/red_flags/" in page.evaluate("document.activeElement.href")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_can_be_read_on_a_phone(browser: Browser, site: Path, scheme: str) -> None:
    """Contrast of at least 4.5 to 1, nothing off the side, fields large enough for a thumb."""
    page, _errors, _asked = open_page(browser, f"{(site / 'search.html').as_uri()}?q=my+chest+hurts", 375, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    for selector in (
        "label",
        "input",
        "button",
        "#search-status",
        ".search-caution",
        "h2",
        ".spasm-badge",
        "li p",
        "li a",
    ):
        found = page.locator(f".search-page {selector}")
        assert found.count() > 0, selector
        assert found.first.evaluate(LUMINANCE) >= 4.5, (selector, scheme)
    for selector in ("input", "button"):
        box = page.locator(f".search-page {selector}").first.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    page.context.close()


def test_without_script_the_page_leads_to_the_lists(browser: Browser, site: Path) -> None:
    """No field that does nothing; every index and the page for the worried."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "search.html").as_uri())
    assert not page.locator("#search-form").is_visible()
    for title in ("When to get help", *TITLES.values()):
        link = page.locator("article noscript").get_by_role("link", name=title, exact=True)
        assert link.is_visible(), title
        assert (site / str(link.get_attribute("href"))).is_file()
    context.close()


def test_nothing_of_the_other_search_is_left(site: Path) -> None:
    """Its files are not written, and ours are loaded by the search page alone."""
    names = {path.name for path in site.rglob("*.js")}
    assert not names & {"searchindex.js", "searchtools.js", "language_data.js", "english-stemmer.js"}
    assert {"search-index.js", "search.js", "search-page.js"} <= names
    for page in site.rglob("*.html"):
        loaded = re.findall(r'<script src="[^"]*?([\w-]*search[\w-]*\.js)', page.read_text(encoding="utf-8"))
        ours = ["search-index.js", "search.js", "search-page.js"]
        assert loaded == (ours if page.name == "search.html" else []), page
