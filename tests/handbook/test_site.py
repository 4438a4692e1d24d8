"""The built web pages, parsed by an HTML parser that we did not write."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest

import spasm_reference as sr
from spasm_reference.exports import bibtex, csl_json
from spasm_reference.grading import certainty_label
from spasm_reference.handbook.markup import source_group
from spasm_reference.library import default_library
from spasm_reference.phrases import number
from spasm_reference.records import COLLECTIONS

ROOT = Path(__file__).resolve().parents[2]


@cache
def article(page: Path) -> lxml.html.HtmlElement:
    """Return the part of a page that holds its text."""
    tree = lxml.html.fromstring(page.read_text(encoding="utf-8"))
    return tree.xpath("//article")[0]


def text_of(page: Path) -> str:
    """Return what a reader sees on a page, with single spaces and plain quotes."""
    words = " ".join(article(page).text_content().split())
    return words.translate(str.maketrans("’‘“”", "''\"\"")).replace("…", "...").replace(" ¶", "")


def plain(text: str) -> str:
    """Return a record's text in the same form, with dashes as smart quotes leave them."""
    words = " ".join(text.split()).translate(str.maketrans("’‘“”", "''\"\"")).replace("…", "...")
    return words.replace("---", "—").replace("--", "–")


@pytest.mark.parametrize("kind", COLLECTIONS)
def test_every_record_has_its_page_with_its_words(site: Path, kind: str) -> None:
    """Name, summary, dates and the note that no clinician has reviewed it."""
    for id, record in getattr(sr, kind).items():
        page = source_group(record) if kind == "sources" else id
        text = text_of(site / "reference" / kind / f"{page}.html")
        assert plain(record.name) in text, id
        if kind != "sources":
            assert plain(record.summary) in text, id
            assert f"Checked against its sources on {record.reviewed}" in text
            assert "No clinician has reviewed this page yet." in text


def test_every_finding_shows_sentence_certainty_figures_and_source(site: Path) -> None:
    """A number is the same in Python and on the page."""
    for finding in sr.findings.values():
        record = finding.record
        text = text_of(site / "reference" / record.kind / f"{record.id}.html")
        assert plain(finding.sentence) in text, finding.id
        assert certainty_label(finding) in text, finding.id
        effect = finding.effect
        for value in (effect.value, effect.low, effect.high) if effect else ():
            if value is not None and effect is not None and effect.value is not None:
                assert number(value) in text, (finding.id, value)
        links = {link.get("href") for link in article(site / "reference" / record.kind / f"{record.id}.html").iter("a")}
        assert any(href and href.endswith(f".html#source-{finding.source_id}") for href in links), finding.id


def test_care_cards_stand_before_everything_but_the_title(site: Path) -> None:
    """Most urgent first; no link inside an emergency card; the level also in words."""
    for kind in ("conditions", "symptoms", "regions", "causes"):
        for id, record in getattr(sr, kind).items():
            cards = article(site / "reference" / kind / f"{id}.html").xpath('.//section[contains(@class, "care-card")]')
            assert len(cards) == len(record.care_cards), id
            for card, expected in zip(cards, record.care_cards, strict=True):
                assert f"care-card-{expected.level}" in card.get("class")
                title = card.find_class("care-card-title")[0].text_content()
                assert title.lower().startswith(f"{expected.level}: ")
                assert title.endswith(" if:")
                if expected.level == "emergency":
                    assert not card.xpath(".//a")


def test_sources_have_links_that_open_them(site: Path) -> None:
    """The DOI where there is one."""
    pages = {page.stem: article(page) for page in (site / "reference" / "sources").glob("*.html")}
    for id, source in sr.sources.items():
        (entry,) = pages[source_group(source)].xpath(f'.//*[@id="source-{id}"]/ancestor-or-self::section[1]')
        links = [link.get("href") for link in entry.iter("a")]
        assert any(href and unquote(href) == unquote(source.link) for href in links), id


def test_the_index_of_the_sources_offers_them_for_a_reference_manager(site: Path) -> None:
    """As files that hold what the command line exports."""
    index = site / "reference" / "sources" / "index.html"
    files = {Path(href).name: index.parent / href for href in article(index).xpath(".//a[@download]/@href")}
    assert files["sources.bib"].read_bytes() == bibtex.export(default_library())
    assert files["sources.json"].read_bytes() == csl_json.export(default_library())


def test_links_inside_the_site_lead_somewhere(site: Path) -> None:
    """Every relative link has its file, and its place in that file."""
    pages = {page: lxml.html.fromstring(page.read_text(encoding="utf-8")) for page in sorted(site.rglob("*.html"))}
    ids = {page: set(tree.xpath("//@id")) for page, tree in pages.items()}
    for page, tree in pages.items():
        for href in tree.xpath("//a/@href"):
            if re.match(r"[a-z]+:", href):
                continue
            path, _, fragment = href.partition("#")
            target = (page.parent / path).resolve() if path else page
            if target.is_dir():
                continue
            assert target.exists(), (page, href)
            if fragment and target in ids:
                assert fragment in ids[target], (page, href)


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    """Links may lead out; scripts, styles, pictures and fonts may not come in."""
    for page in site.rglob("*.html"):
        tree = lxml.html.fromstring(page.read_text(encoding="utf-8"))
        for address in tree.xpath("//script/@src | //img/@src | //link[@rel!='canonical']/@href | //iframe/@src"):
            assert not re.match(r"(https?:)?//", address), (page, address)
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(['\"]?(https?:)?//", style.read_text(encoding="utf-8")), style


def test_every_page_states_the_intended_use(site: Path) -> None:
    """At its foot."""
    for page in site.rglob("*.html"):
        assert "not for diagnosing, monitoring, predicting or treating a person" in page.read_text(encoding="utf-8"), (
            page
        )


def test_a_partial_record_says_so(site: Path) -> None:
    """And a complete one does not."""
    for kind in COLLECTIONS:
        for record in getattr(sr, kind).filter(status="partial") if kind != "sources" else ():
            assert "This record is not complete yet." in text_of(site / "reference" / kind / f"{record.id}.html")
    assert "This record is not complete yet." not in text_of(site / "reference/supplements/magnesium.html")


def test_an_unchanged_build_writes_nothing(site: Path) -> None:
    """Neither in the published folder nor in the working one; even Sphinx is not started."""
    work = ROOT / "build" / "work" / "html"
    before = {path: path.stat().st_mtime_ns for folder in (site, work) for path in folder.rglob("*.html")}
    done = build_in(ROOT, "html")
    assert done.stdout.strip() == f"built {site / 'index.html'}"
    assert {path: path.stat().st_mtime_ns for folder in (site, work) for path in folder.rglob("*.html")} == before


@pytest.fixture(scope="module")
def small_checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the checkout, without what is built."""
    copy = tmp_path_factory.mktemp("checkout") / "copy"
    ignore = shutil.ignore_patterns(".git", ".venv", "build", "reference", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, copy, ignore=ignore)
    return copy


def build_in(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the build command of a copied checkout."""
    command = [sys.executable, "-m", "spasm_reference", "build", *arguments]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True)


def test_faulty_records_stop_the_build_in_plain_lines(small_checkout: Path) -> None:
    """No traceback from inside Sphinx, and nothing is written."""
    file = small_checkout / "spasm_reference/data/foods/banana.toml"
    text = file.read_text()
    file.write_text(text.replace('status = "complete"', 'status = "done"'))
    done = build_in(small_checkout, "html")
    file.write_text(text)
    assert done.returncode == 1
    assert done.stderr.strip() == 'data/foods/banana.toml: status: found "done", expected one of complete, partial'
    assert not (small_checkout / "build").exists()


def test_a_chapter_with_a_broken_link_stops_the_build(small_checkout: Path) -> None:
    """Warnings are errors, and what was built before stays."""
    published = small_checkout / "build" / "html"
    published.mkdir(parents=True)
    (published / "index.html").write_text("earlier")
    chapter = small_checkout / "docs/help/cramp-now.md"
    text = chapter.read_text()
    chapter.write_text(text + "\n[nowhere](no-such-page.md)\n")
    done = build_in(small_checkout, "all")
    chapter.write_text(text)
    assert done.returncode == 1
    assert "no-such-page.md" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in published.iterdir()] == ["index.html"]
    assert (published / "index.html").read_text() == "earlier"
    assert not list((small_checkout / "build").glob("pdf/*"))
