"""What is measured on a page, and where a reader sees it."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import lxml.html
import pytest

from spasm_reference.handbook.page_grades import COLLECTIONS, QUALITY_PAGE, excused_words, grouped, reading_line
from spasm_reference.handbook.running_text import running_text
from spasm_reference.readability import Reading

ROOT = Path(__file__).resolve().parents[2]
DOCTREES = ROOT / "build" / "work" / "doctrees"


def table_rows(page: Path, place: int) -> list[list[str]]:
    """Return the cells of the rows of one table of a page, the last one for -1."""
    tree = lxml.html.fromstring(page.read_text(encoding="utf-8"))
    table = tree.xpath("//article//table")[place]
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("./td")] for row in table.xpath(".//tbody/tr")]


def foot_line(page: Path) -> str:
    """Return the line with the reading grade at the foot of a page, or nothing."""
    tree = lxml.html.fromstring(page.read_text(encoding="utf-8"))
    return " ".join(tree.xpath("string(//*[@class='reading-line'])").split())


# ---------------------------------------------------------------- the whole handbook


def test_the_page_of_all_grades_shows_what_the_counter_finds(site: Path, readings: dict[str, Reading]) -> None:
    """Every page for readers once, the hardest first, with the figures of the same text."""
    rows = table_rows(site / f"{QUALITY_PAGE}.html", -1)
    expected = [
        [
            f"{reading.smog:.1f}",
            f"{reading.smog_excused:.1f}",
            f"{reading.flesch_kincaid:.1f}",
            f"{reading.sentences}",
            f"{reading.long_sentences}",
        ]
        for _page, reading in sorted(readings.items(), key=lambda item: (-item[1].smog, item[0]))
    ]
    assert [row[1:] for row in rows] == expected


def test_the_medians_are_those_of_the_pages(site: Path, readings: dict[str, Reading]) -> None:
    """One row a collection, then all."""
    rows = table_rows(site / f"{QUALITY_PAGE}.html", 0)
    groups = grouped(readings)
    assert [row[0] for row in rows] == [group.name for group in groups] == [*COLLECTIONS.values(), groups[-1].name]
    assert [(row[1], row[2], row[3]) for row in rows] == [
        (f"{group.pages}", f"{group.smog:.1f}", f"{group.smog_excused:.1f}") for group in groups
    ]


def test_the_line_stands_at_the_foot_of_every_page_for_readers(site: Path, readings: dict[str, Reading]) -> None:
    """And of no other: not of lists of sources, indexes or the page of all grades itself."""
    shown = {
        page.relative_to(site).with_suffix("").as_posix(): line
        for page in site.rglob("*.html")
        if (line := foot_line(page))
    }
    assert set(shown) == set(readings)
    assert all(line.startswith(reading_line(readings[page])) for page, line in shown.items())


def test_no_grade_stands_in_the_text_that_is_measured(readings: dict[str, Reading]) -> None:
    """Else the measure would measure itself."""
    for page in readings:
        doctree = pickle.loads((DOCTREES / f"{page}.doctree").read_bytes())  # noqa: S301
        assert "Reading grade (SMOG)" not in doctree.astext(), page


def test_the_checklists_are_whole_and_have_no_total(site: Path) -> None:
    """Each point has a row with something in every cell."""
    page = site / f"{QUALITY_PAGE}.html"
    sizes = [len(table_rows(page, place)) for place in (1, 2, 3, 4)]
    assert sizes == [4, 15, 24, 20]
    for place in (1, 2, 3, 4):
        assert all(all(cell for cell in row) for row in table_rows(page, place))


# ---------------------------------------------------------------- one planted page

PLANTED = """# Incomprehensible heading of extraordinary difficulty

```{index} single: unbelievable complicated entry
```

**In short.** A cramp is short. It ends by itself ([Someone 2020](#source-someone), Table 2 (page 3)).

:::{care-card} urgent Call now
- you feel very sick
:::

| What | Figure | Known |
| --- | --- | --- |
| Potassium intake | 350 milligrams | Ask a nurse. ([Someone 2020](#source-someone)) |

Looked for with the words: [incomprehensible terminology]{.search-terms}.

- [A page](../sources.md) (conditions)
- [Ask a nurse first.](../sources.md)

```python
sophisticated_identifiers()
```

:::{container} web-only
Also named on: [A page](../sources.md).
:::

LONG

## Sources

- Miscellaneous international publications.
"""
LONG = " ".join(["word"] * 40) + "."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a small handbook with one page for readers."""
    pages = {
        "conf.py": """
            extensions = ["myst_parser"] + [
                f"spasm_reference.handbook.{part}" for part in ("nodes", "directives", "reading", "html", "measuring")
            ]
            html_theme = "furo"
            myst_enable_extensions = ["attrs_inline", "colon_fence"]
            myst_ref_domains = ["std"]
            version = release = "0"
        """,
        "index.md": "# Book\n\n```{toctree}\nhelp/planted\nsources\nreference/overview/quality\n```\n",
        "sources.md": "# Sources\n\n(source-someone)=\n## Someone\n\nA paper.\n",
        "help/planted.md": PLANTED.replace("LONG", LONG),
        "reference/overview/quality.md": "# Quality\n\n```{reading-table} medians\n```\n\n```{reading-table} pages\n```\n",
    }
    for name, text in pages.items():
        file = tmp_path / "source" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(line.removeprefix(" " * 12) for line in text.splitlines()) + "\n")
    return tmp_path


def run_sphinx(project: Path, builder: str) -> None:
    """Build as the handbook is built: both builders on one set of doctrees."""
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", builder, "-d", str(project / "doctrees")]
    done = subprocess.run(
        [*command, str(project / "source"), str(project / builder)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_a_planted_long_sentence_is_counted_and_what_is_no_text_is_not(project: Path) -> None:
    """On the page, in the table and in the text itself."""
    run_sphinx(project, "html")
    doctree = pickle.loads((project / "doctrees/help/planted.doctree").read_bytes())  # noqa: S301
    assert running_text(doctree) == [
        "A cramp is short. It ends by itself .",
        "Urgent: Call now if:",
        "you feel very sick",
        "Ask a nurse.",
        "Looked for with the words: .",
        "Ask a nurse first.",
        LONG,
    ]
    assert foot_line(project / "html/help/planted.html").startswith(
        "Reading grade (SMOG): 3.1; with glossary words excused: 3.1; 1 of 8 sentences has more than 20 words."
    )
    ((page, raw, excused, _grade, how_many, long),) = table_rows(project / f"html/{QUALITY_PAGE}.html", -1)
    assert page == "Incomprehensible heading of extraordinary difficulty"
    assert (raw, excused, how_many, long) == ("3.1", "3.1", "8", "1")


def test_pages_follow_a_change_that_another_builder_has_read(project: Path) -> None:
    """`make handbook` reads first and writes later: neither the page nor the page of all grades may stay behind."""
    run_sphinx(project, "html")
    page = project / "source/help/planted.md"
    page.write_text(page.read_text().replace(LONG, "It is over."))
    run_sphinx(project, "reading")
    run_sphinx(project, "html")
    assert "0 of 8 sentences have" in foot_line(project / "html/help/planted.html")
    assert table_rows(project / f"html/{QUALITY_PAGE}.html", -1)[0][-1] == "0"


def test_pages_are_measured_again_when_the_glossary_has_grown(project: Path) -> None:
    """Their own text did not change, but what is excused in them did."""
    run_sphinx(project, "html")
    words = project / "doctrees/glossary-words.txt"
    words.write_text("as it was before")
    written = (project / "html/help/planted.html").stat().st_mtime_ns
    run_sphinx(project, "reading")
    run_sphinx(project, "html")
    assert (project / "html/help/planted.html").stat().st_mtime_ns > written


def test_words_of_a_page_s_own_name_are_excused_there_and_glossary_words_everywhere() -> None:
    """Physiotherapy is no term, but it is what its page is about."""
    assert "physiotherapy" in excused_words("reference/treatments/physiotherapy")
    assert "physiotherapy" not in excused_words("help/cramp-now")
    assert "magnesium" in excused_words("help/cramp-now")
    assert "information" not in excused_words("help/cramp-now")
