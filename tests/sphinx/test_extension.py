"""What a project gets that names our extension in its configuration, in every format."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import lxml.etree
import lxml.html
import pytest

import spasm_reference as sr
from spasm_reference.compiling import compile_to
from spasm_reference.grading import CERTAINTY_WORDS
from spasm_reference.library import default_library
from spasm_reference.mapping import evidence_map, surest_findings
from spasm_reference.notices import INTENDED_USE, NOT_REVIEWED
from spasm_reference.phrases import amount_text, study_text
from spasm_reference.sphinx.map import describe
from tests.sphinx.projects import PROJECT, build, built, page, squeezed, words_of

FORMATS = ("html", "latex", "text", "epub")
HOSTILE = r"A *b* `c` _d_ <script>alert(1)</script> & 50% $y$ #1 ~ ^ \input{x} :spasm:record:`e`"


@pytest.fixture(scope="module")
def outputs(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the project built in every format, with warnings as errors."""
    folder = tmp_path_factory.mktemp("formats")
    return {
        builder: built(shutil.copytree(PROJECT, folder / builder / "project"), installed, builder)
        for builder in FORMATS
    }


@pytest.mark.parametrize("builder", FORMATS)
def test_every_format_shows_the_words(outputs: dict[str, Path], builder: str) -> None:
    """Names, short versions, findings with their certainty, signs, intakes, sources, review and intended use."""
    words = words_of(outputs[builder], builder)
    magnesium = sr.supplements["magnesium"]
    cramps = sr.conditions["nocturnal-leg-cramps"]
    flag = sr.red_flags["cauda-equina"]
    shown = [
        *surest_findings(magnesium),
        *sr.summary_of_findings(cramps.id, limit=5),
        *magnesium.findings,
    ]
    expected = [
        magnesium.name,
        magnesium.summary,
        cramps.summary,
        sr.foods["banana"].summary,
        "By another name: ",
        sr.conditions["multiple-sclerosis"].name,
        f"Emergency: {flag.action} if:",
        *flag.signs,
        *(sign for card in cramps.care_cards for sign in card.bullets),
        *(finding.sentence for finding in shown),
        *(CERTAINTY_WORDS[finding.certainty] for finding in shown if finding.direction != "no-trials"),
        *(study_text(finding) for finding in magnesium.findings if finding.direction != "no-trials"),
        *(amount_text(row) for row in magnesium.intakes if row.authority == "EFSA"),
        *(finding.source.citation for finding in shown),
        f"Checked against its sources on {magnesium.reviewed}.",
        NOT_REVIEWED,
        INTENDED_USE,
        *(cell.record.name for cell in evidence_map(default_library(), condition=cramps.id)),
    ]
    for text in expected:
        assert squeezed(text) in words, text


def test_the_map_is_drawn_on_the_web_and_a_table_elsewhere(outputs: dict[str, Path]) -> None:
    """Each mark says in words what it stands for, and without addresses of the handbook it leads nowhere."""
    marks = page(outputs["html"], "map").xpath("//*[name()='svg']//*[@aria-label and name()='a']")
    expected = [cell for cell in evidence_map(default_library()) if cell.record.kind == "foods"]
    expected += evidence_map(default_library(), condition="nocturnal-leg-cramps")
    assert sorted(mark.get("aria-label") for mark in marks) == sorted(describe(cell) for cell in expected)
    assert {(mark.get("role"), mark.get("href")) for mark in marks} == {("img", None)}
    book = zipfile.ZipFile(next(outputs["epub"].glob("*.epub")))
    assert b"<svg" not in book.read("map.xhtml")
    assert len(lxml.html.fromstring(book.read("map.xhtml")).xpath("//tbody/tr")) == len(expected)


def test_the_pages_bring_our_style_and_no_script(outputs: dict[str, Path]) -> None:
    """One style sheet, on the web and in the book, whose pages are sound."""
    html = outputs["html"]
    assert (html / "_static/spasm-reference.css").is_file()
    assert "_static/spasm-reference.css" in (html / "index.html").read_text(encoding="utf-8")
    assert not list((html / "_static").glob("*spasm*.js"))
    book = zipfile.ZipFile(next(outputs["epub"].glob("*.epub")))
    assert "_static/spasm-reference.css" in book.namelist()
    assert b"spasm-reference.css" in book.read("cards.xhtml")
    for name in book.namelist():
        if name.endswith(".xhtml"):
            lxml.etree.fromstring(book.read(name))


def test_care_cards_keep_their_order_and_hold_no_link(outputs: dict[str, Path]) -> None:
    """Most urgent first, before the short version; in an emergency nobody follows a link."""
    cards = page(outputs["html"], "cards")
    for card in cards.xpath(".//*[contains(@class, 'care-card-emergency')]"):
        assert not card.xpath(".//a")
    inside = cards.xpath(".//*[contains(@class, 'spasm-card-conditions')]/*")
    kinds = [child.get("class", "").split()[-1] if child.tag == "section" else child.tag for child in inside]
    assert kinds[:5] == ["p", "care-card-emergency", "care-card-urgent", "care-card-routine", "p"]
    alone = page(outputs["html"], "care").xpath(".//section[contains(@class, 'care-card')]/@class")
    assert alone == ["care-card care-card-emergency", "care-card care-card-urgent"]


def test_a_name_without_addresses_keeps_its_summary(outputs: dict[str, Path]) -> None:
    """As the words that appear on pointing at it."""
    names = page(outputs["html"], "index").xpath(".//span[@class='spasm-record']")
    assert [name.text for name in names][:3] == ["Magnesium", "Multiple sclerosis", "the mineral"]
    assert names[0].get("title") == sr.supplements["magnesium"].summary
    assert not page(outputs["html"], "index").xpath(".//a[span/@class='spasm-record']")


def test_links_lead_into_the_handbook(project: Path, installed: Path, site: Path) -> None:
    """Once a project names our inventory: from roles, cards, tables and marks of the map."""
    address = "https://handbook.example/"
    with (project / "conf.py").open("a") as conf:
        conf.write(f"intersphinx_mapping = {{'handbook': ({address!r}, {str(site / 'objects.inv')!r})}}\n")
    folder = built(project, installed)
    external = page(folder, "index").xpath(".//a[contains(@class, 'external')]")
    links = {link.text_content(): link.get("href") for link in external}
    assert links["Magnesium"] == links["the mineral"] == f"{address}reference/supplements/magnesium.html"
    assert links["Multiple sclerosis"] == f"{address}reference/conditions/multiple-sclerosis.html"
    assert links["Garrison 2020"] == f"{address}reference/sources/g.html#source-garrison-2020"
    assert not page(folder, "map").xpath("//*[name()='svg']//*[name()='a' and not(@href)]")
    addresses = {
        href for name in ("index", "cards", "tables", "map") for href in page(folder, name).xpath(".//a/@href")
    }
    ours = [href.removeprefix(address) for href in addresses if href.startswith(address)]
    assert len(ours) > 100
    ids: dict[str, set[str]] = {}
    for href in ours:
        file, _, place = href.partition("#")
        if file not in ids:
            ids[file] = set(lxml.html.fromstring((site / file).read_text(encoding="utf-8")).xpath("//@id"))
        assert not place or place in ids[file], href


FAULTS = {
    ":spasm:record:`magnezium`": 'no record "magnezium" in any collection; nearest: magnesium',
    ":spasm:medicine:`magnesium`": 'no record "magnesium" in medicines',
    ":spasm:finding:`magnesium-rest-cramps-frequencies`": "nearest: magnesium-rest-cramps-frequency",
    ".. spasm-card:: bananna": 'spasm-card: no record "bananna" in any collection; nearest: banana',
    ".. spasm-card:: garrison-2020": 'spasm-card: "garrison-2020" is a source, which has no card',
    ".. spasm-care-card:: banana": 'spasm-care-card: "banana" has no care card',
    ".. spasm-care-card:: cauda-equina\n   :level: routine": '"cauda-equina" has no routine care card',
    ".. spasm-findings:: cauda-equina": 'spasm-findings: "cauda-equina" has no findings',
    ".. spasm-intakes:: valerian": 'spasm-intakes: "valerian" has no official intakes',
    ".. spasm-intakes:: magnesium\n   :authority: WHO": '"magnesium" has no official intakes by WHO',
    ".. spasm-evidence-map:: suplements": "medicines, supplements, foods) of that name; nearest: supplements",
}
"""What an author can get wrong, and what the warning says."""


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_is_named_with_file_line_and_nearest_ids(project: Path, installed: Path, jobs: int) -> None:
    """And the rest of the page is built."""
    text = "Faults\n======\n\n"
    expected = []
    for source, message in FAULTS.items():
        expected.append((text.count("\n") + 1, message))
        text += f"{source}\n\n"
    (project / "care.rst").write_text(text + "The end.\n")
    done = build(project, installed, "html", jobs=jobs)
    assert done.returncode == 0
    found = sorted((int(line), words) for line, words in re.findall(r"care\.rst:(\d+): WARNING: (.*)", done.stderr))
    assert done.stderr.count("WARNING") == len(found) == len(expected), done.stderr
    for (line, message), (found_line, words) in zip(expected, found, strict=True):
        assert line == found_line, words
        assert message in words
    shown = page(project.parent / "out/html", "care").text_content()
    assert "magnezium" in shown
    assert "The end." in shown


def test_an_id_that_is_gone_gets_a_warning_with_what_to_write(
    project: Path, own_copy: Path, data_with_removals: Path
) -> None:
    """A renamed one still shows its record; another name of a record is no such id."""
    compile_to(own_copy / "spasm_reference/_packaged", data_with_removals)
    lines = {
        ":spasm:record:`plantain-fruit`": 'the id "plantain-fruit" was renamed, write "banana"',
        ":spasm:medicine:`cold`": 'the id "cold" was renamed, write "acetaminophen"',
        ":spasm:source:`garrison-2012`": 'the id "garrison-2012" was renamed, write "garrison-2020"',
        ":spasm:finding:`magnesium-old-finding`": 'write "magnesium-rest-cramps-frequency"',
        ".. spasm-card:: plantain-fruit": 'the id "plantain-fruit" was renamed, write "banana"',
        ":spasm:record:`cramp-tonic`": "replaced by: magnesium, banana; why: It was two things in one bottle.",
        ":spasm:cause:`cold`": "",
        ":spasm:record:`paracetamol`": "",
    }
    (project / "care.rst").write_text("Gone\n====\n\n" + "".join(f"{line}\n\n" for line in lines))
    done = build(project, own_copy)
    warnings = re.findall(r"care\.rst:\d+: WARNING: (.*)", done.stderr)
    expected = [message for message in lines.values() if message]
    assert len(warnings) == len(expected) == done.stderr.count("WARNING"), done.stderr
    assert all(message in warning for message, warning in zip(expected, warnings, strict=True))
    shown = page(project.parent / "out/html", "care").text_content()
    assert sr.foods["banana"].summary in shown
    assert sr.medicines["acetaminophen"].name in shown


def test_a_project_can_silence_the_warnings(project: Path, installed: Path) -> None:
    """By the name that Sphinx shows with them."""
    with (project / "conf.py").open("a") as conf:
        conf.write('suppress_warnings = ["spasm.record"]\n')
    (project / "care.rst").write_text("Faults\n======\n\n:spasm:record:`magnezium`\n")
    built(project, installed)


@pytest.mark.parametrize("builder", FORMATS)
def test_markup_in_a_record_is_text(project: Path, own_copy: Path, data_copy: Path, builder: str) -> None:
    """Whatever a record is called, every format shows just that."""
    file = data_copy / "foods/banana.toml"
    lines = [
        f"{line.split(' = ')[0]} = '''{HOSTILE}'''" if line.startswith(("name = ", "summary = ")) else line
        for line in file.read_text(encoding="utf-8").split("\n")
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    compile_to(own_copy / "spasm_reference/_packaged", data_copy)
    with (project / "other.md").open("a") as chapter:
        chapter.write("\nRead about {spasm:food}`banana`.\n")
    folder = built(project, own_copy, builder)
    assert words_of(folder, builder).count(squeezed(HOSTILE)) >= 3
    if builder == "html":
        assert not page(folder, "other").xpath(".//script")
        assert page(folder, "other").xpath(".//span[@class='spasm-record']/@title")[-1] == HOSTILE
        assert not page(folder, "map").xpath(".//script")
    if builder == "latex":
        assert r"\input{x}" not in next(folder.glob("*.tex")).read_text(encoding="utf-8")


def test_looking_at_the_package_loads_neither_sphinx_nor_docutils(installed: Path) -> None:
    """Whoever only reads records pays nothing for it."""
    code = (
        "import sys, spasm_reference as sr, spasm_reference.sphinx; sr.supplements['magnesium'].name;"
        "print([name for name in ('sphinx', 'docutils', 'jinja2', 'markupsafe') if name in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, cwd=installed, env={"PYTHONPATH": str(installed)})
    assert done.stdout.strip() == "[]", done.stderr


def test_the_extension_needs_nothing_of_the_handbook(project: Path, own_copy: Path) -> None:
    """The handbook is made with the extension, never the other way round."""
    shutil.rmtree(own_copy / "spasm_reference/handbook")
    built(project, own_copy)
