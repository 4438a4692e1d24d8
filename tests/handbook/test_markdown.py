"""The Markdown beside each web page, read by a Markdown parser that we did not write."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest
from docutils import nodes
from markdown_it import MarkdownIt

import spasm_reference as sr
from spasm_reference.grading import certainty_label
from spasm_reference.handbook.markdown import markdown_of
from spasm_reference.handbook.redirects import gone_pages
from spasm_reference.library import default_library
from spasm_reference.notices import INTENDED_USE, NOT_REVIEWED
from tests.handbook.small import built, write_small_handbook
from tests.handbook.test_pages import HOSTILE

PARSER = MarkdownIt("commonmark").enable("table")


def rendered(text: str) -> lxml.html.HtmlElement:
    """Return Markdown as the parser understands it."""
    return lxml.html.fromstring(f"<div>{PARSER.render(text)}</div>")


def squeezed(tree: lxml.html.HtmlElement) -> str:
    """Return the words of a tree without any blank; what stands in pictures is left out."""
    for node in tree.xpath(".//svg | .//*[@class='headerlink'] | .//em[starts-with(., 'Picture: ')]"):
        node.drop_tree()
    return re.sub(r"\s+", "", tree.text_content())


def without_foot(text: str) -> str:
    """Return the Markdown of a page above the line that its foot stands below."""
    body, line, foot = text.rpartition("\n---\n")
    assert line
    assert INTENDED_USE in foot
    assert NOT_REVIEWED in foot
    return body


# ---------------------------------------------------------------- the whole handbook


def test_each_page_says_the_same_in_markdown(site: Path) -> None:
    """Word for word and in the same order, so care cards stand where they stand on the web page."""
    without = {"404", "genindex", "search", *gone_pages(default_library())}
    pages = [page for page in site.rglob("*.html") if page.relative_to(site).with_suffix("").as_posix() not in without]
    assert sorted(site.rglob("*.md")) == sorted(page.with_suffix(".md") for page in pages)
    for page in pages:
        article = lxml.html.fromstring(page.read_text(encoding="utf-8")).xpath("//article")[0]
        text = without_foot(page.with_suffix(".md").read_text(encoding="utf-8"))
        assert squeezed(rendered(text)) == squeezed(article), page


def test_links_in_markdown_lead_to_markdown_that_is_there(site: Path) -> None:
    """And to a place that is there, if they name one."""
    texts = {file: file.read_text(encoding="utf-8") for file in site.rglob("*.md")}
    places = {file: set(re.findall(r'<a id="([^"]+)"></a>', text)) for file, text in texts.items()}
    for file, text in texts.items():
        for address in re.findall(r"\]\(<?([^)>]+)>?\)", without_foot(text)):
            path, _, place = address.partition("#")
            if re.match(r"[a-z]+:", path):
                continue
            target = (file.parent / path).resolve() if path else file
            assert target.is_file(), (file, address)
            assert target.suffix != ".html", (file, address)
            assert not place or place in places[target], (file, address)


def test_findings_cards_and_tables_can_be_read_as_plain_text(site: Path) -> None:
    """A finding is one strong sentence with its certainty behind it; a card is a quotation; a row is a line."""
    text = (site / "reference/supplements/magnesium.md").read_text(encoding="utf-8")
    for finding in sr.supplements["magnesium"].findings:
        assert f"**{finding.sentence}**" in text.replace("’", "'")
        assert certainty_label(finding) in text
    condition = sr.conditions["nocturnal-leg-cramps"]
    lines = (site / "reference/conditions/nocturnal-leg-cramps.md").read_text(encoding="utf-8").split("\n")
    card = condition.care_cards[0]
    assert lines[:3] == [f"# {condition.name}", "", f"> **{card.level.capitalize()}: {card.action} if:**"]
    assert "| --- | --- | --- | --- |" in lines


def test_a_page_names_its_markdown(site: Path) -> None:
    """In its head; a page without a source has none."""
    for page in (*site.glob("reference/*/*.html"), *site.glob("*.html")):
        links = lxml.html.fromstring(page.read_text(encoding="utf-8")).xpath("//link[@rel='alternate']")
        named = [(link.get("type"), link.get("href")) for link in links]
        assert named == ([("text/markdown", f"{page.stem}.md")] if page.with_suffix(".md").is_file() else []), page


# ---------------------------------------------------------------- a small one


def test_only_changed_pages_are_written_again(tmp_path: Path) -> None:
    """And a page that is gone is gone, in both forms."""
    pages = built(write_small_handbook(tmp_path))
    before = {file.name: file.stat().st_mtime_ns for file in (*pages.rglob("*.md"), pages / "llms.txt")}
    planted = tmp_path / "source/help/planted.md"
    planted.write_text(planted.read_text() + "\nOne more line.\n")
    (tmp_path / "source/reference/foods/banana.md").unlink()
    planted.write_text(planted.read_text().replace("[Banana](../reference/foods/banana.md)", "no link"))
    built(tmp_path)
    after = {file.name: file.stat().st_mtime_ns for file in (*pages.rglob("*.md"), pages / "llms.txt")}
    assert not list(pages.glob("reference/foods/banana.*"))
    assert (pages / "404.html").is_file()
    assert {name for name in after if after[name] != before[name]} == {"planted.md", "llms.txt"}
    assert "One more line." in (pages / "help/planted.md").read_text()


# ---------------------------------------------------------------- one text


def page_of(*blocks: nodes.Node) -> nodes.document:
    """Return a page with these blocks."""
    from docutils.utils import new_document

    page = new_document("test")
    page += list(blocks)
    return page


@pytest.mark.parametrize(
    "text", [HOSTILE, "# no heading", "1. no list", "- no list", "> no quotation", "+ 1", "2) x", "==="]
)
def test_text_is_never_read_as_markup(text: str) -> None:
    """In a paragraph, a list and a cell of a table."""
    cell = nodes.entry("", nodes.paragraph("", text))
    group = nodes.tgroup("", nodes.thead("", nodes.row("", cell.deepcopy())), nodes.tbody("", nodes.row("", cell)))
    page = page_of(
        nodes.paragraph("", text),
        nodes.bullet_list("", nodes.list_item("", nodes.paragraph("", text))),
        nodes.table("", group),
    )
    shown = rendered(markdown_of(page))
    assert [" ".join(part.text_content().split()) for part in shown.xpath("./p | ./ul/li | .//th | .//td")] == [
        text
    ] * 4
    assert not shown.xpath(".//a | .//strong | .//em | .//code | .//h1 | .//blockquote | .//script | .//ol | .//ul//ul")


def test_code_keeps_its_backticks_and_lists_their_depth() -> None:
    """A fence is longer than any in the code, and what stands in an item stays in it."""
    inner = nodes.bullet_list("", nodes.list_item("", nodes.paragraph("", "inner")))
    item = nodes.list_item(
        "", nodes.paragraph("", "outer"), inner, nodes.literal_block("", "a\n\n````\nb", language="md")
    )
    shown = rendered(markdown_of(page_of(nodes.enumerated_list("", item, start=3))))
    assert shown.xpath("./ol/@start") == ["3"]
    assert [code.text for code in shown.xpath("./ol/li/pre/code")] == ["a\n\n````\nb\n"]
    assert [part.text_content().strip() for part in shown.xpath("./ol/li/ul/li")] == ["inner"]
