"""Print how well search answers the questions, in Python and, where pages and Chromium are, in the browser.

``python -m evaluation [PAGE]``; PAGE is the search page of a built handbook.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import spasm_reference as sr

from .measuring import FIRST, measure
from .questions import question_sets

SEARCH_PAGE = Path(__file__).resolve().parent.parent / "build" / "html" / "search.html"
ROUNDS = 5


def in_python(query: str) -> list[str]:
    """Return the ids that the library finds."""
    return [result.id for result in sr.search(query, limit=FIRST)]


def show(where: str, find: Callable[[str], list[str]]) -> None:
    """Print a row for each set, and below it what was missed."""
    for name, questions in question_sets().items():
        figures = measure(questions, find)
        print(
            f"{where:8} {name:12} {figures.asked:9} {figures.hit_rate:7.3f} {figures.dangers:8} "
            f"{figures.recall:7.3f} {figures.warned_first / figures.dangers:7.3f}"
        )
        for line in figures.missed:
            print(f"         missed: {line}")


def show_latency() -> None:
    """Print how long a search takes, the index already read: the median and the time that 95 of 100 stay under."""
    queries = [question.ask for questions in question_sets().values() for question in questions]
    times = []
    for _round in range(ROUNDS):
        for query in queries:
            start = time.perf_counter()
            sr.search(query)
            times.append((time.perf_counter() - start) * 1000)
    p95 = statistics.quantiles(times, n=100)[94]
    print(f"one search: median {statistics.median(times):.2f} ms, p95 {p95:.2f} ms ({len(times)} searches)")


def show_in_browser(page: Path) -> None:
    """Print the same rows for the search of the web pages."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("browser: not measured, Playwright is not installed (make .venv/.ready-for-tests)")
        return
    from tests.browser.conftest import FLAGS, find_chromium

    executable = find_chromium()
    if executable is None or not page.is_file():
        print(f"browser: not measured, {'Chromium is not installed' if executable is None else f'no {page}'}")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        tab = browser.new_page()
        tab.goto(page.as_uri())
        show("browser", lambda query: list(tab.evaluate("query => spasmSearch.entries(query).map(e => e.id)", query)))
        browser.close()


def main() -> None:
    """Print everything."""
    print("where    set          questions  hit@3  dangers  recall  first")
    show("Python", in_python)
    show_in_browser(Path(sys.argv[1]) if len(sys.argv) > 1 else SEARCH_PAGE)
    show_latency()


main()
