"""The pages that are drawn from the records, before Sphinx sees them."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from docutils import nodes

import spasm_reference as sr
from spasm_reference.authoring import DATA
from spasm_reference.exports import bibtex, csl_json
from spasm_reference.handbook.markup import escape, source_group
from spasm_reference.handbook.pages import write_pages
from spasm_reference.library import Library, TreeStore, default_library
from spasm_reference.phrases import number
from spasm_reference.records import COLLECTIONS

HOSTILE = (
    'a *b* `c` [d](e) <script>alert(1)</script> {e}`f` :::{note} $g$ # h | i\\ &amp; "q" ~x~ ^y^ [^1] ${z} {{7*7}}'
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every generated page."""
    from spasm_reference.library import default_library

    folder = tmp_path_factory.mktemp("pages")
    write_pages(default_library(), folder)
    return folder


def test_every_record_has_a_page_and_every_collection_an_index(pages: Path) -> None:
    """One page a record, one index a collection; sources share the page of their first letter."""
    for kind in COLLECTIONS:
        names = map(source_group, sr.sources.values()) if kind == "sources" else getattr(sr, kind)
        expected = {"index.md", *(f"{name}.md" for name in names)}
        assert {path.name for path in (pages / kind).iterdir()} == expected


def test_every_source_stands_on_the_page_of_its_letter(pages: Path) -> None:
    """Once, under a place that citations lead to."""
    text = "".join(path.read_text(encoding="utf-8") for path in (pages / "sources").iterdir())
    places = re.findall(r"^\(source-(.+)\)=$", text, flags=re.MULTILINE)
    assert sorted(places) == sorted(sr.sources)


def source_entries(pages: Path) -> dict[str, str]:
    """Return the MyST text of each source, by id."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((pages / "sources").glob("?*.md")))
    parts = re.split(r"^\(source-(.+)\)=$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_source_links_all_its_identifiers(pages: Path) -> None:
    """DOI, PubMed and PubMed Central, each to the place where it opens."""
    for id, text in source_entries(pages).items():
        source = sr.sources[id]
        addresses = {unquote(address) for address in re.findall(r"\]\((https?:[^)\s]+)\)", text)}
        assert source.doi is None or f"https://doi.org/{source.doi}" in addresses, id
        assert source.pmid is None or f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/" in addresses, id
        assert source.pmcid is None or f"https://pmc.ncbi.nlm.nih.gov/articles/{source.pmcid}/" in addresses, id
        assert unquote(source.url) in addresses, id


def test_every_use_of_a_source_is_named_under_it(pages: Path) -> None:
    """As a search for its id through the data files finds them."""
    users: dict[str, set[str]] = {id: set() for id in sr.sources}
    for file in DATA.glob("*/*.toml"):
        if file.parent.name != "sources":
            for id in re.findall(r'"([a-z0-9-]+)"', file.read_text(encoding="utf-8")):
                if id in users:
                    users[id].add(f"/reference/{file.parent.name}/{file.stem}.md")
    for id, text in source_entries(pages).items():
        (used_in,) = re.findall(r"^Used in: (.*)$", text, flags=re.MULTILINE)
        assert set(re.findall(r"\]\(([^)]+)\)", used_in)) == users[id], id


def test_withdrawn_and_replaced_sources_are_marked(data_copy: Path, tmp_path: Path) -> None:
    """The newer one is linked; others bear no mark."""
    file = data_copy / "sources/garrison-2020.toml"
    file.write_text(file.read_text() + 'retracted = true\nsuperseded_by = "luo-2020"\n')
    write_pages(Library(TreeStore(data_copy)), tmp_path / "pages")
    marked = {id: text for id, text in source_entries(tmp_path / "pages").items() if "**Withdrawn.**" in text}
    assert list(marked) == ["garrison-2020"]
    assert re.search(r"\*\*Replaced\.\*\* A newer version exists: \[.+\]\(#source-luo-2020\)", marked["garrison-2020"])
    replaced = [id for id, text in source_entries(tmp_path / "pages").items() if "**Replaced.**" in text]
    assert replaced == ["garrison-2020"]


def test_the_sources_can_be_downloaded(pages: Path) -> None:
    """As the exports give them, from the index of the sources."""
    assert (pages / "sources.bib").read_bytes() == bibtex.export(default_library())
    assert (pages / "sources.json").read_bytes() == csl_json.export(default_library())
    index = (pages / "sources" / "index.md").read_text(encoding="utf-8")
    for name in ("sources.bib", "sources.json"):
        assert re.search(rf"\{{download\}}`[^`]+ <\.\./{name}>`", index)


@pytest.mark.parametrize("kind", [kind for kind in COLLECTIONS if kind != "sources"])
def test_the_python_examples_on_the_pages_run(pages: Path, kind: str) -> None:
    """What "Use it in Python" shows is what Python prints."""
    ran = 0
    for path in sorted((pages / kind).glob("*.md")):
        failed, tried = doctest.testfile(str(path), module_relative=False, verbose=False)
        assert failed == 0, path
        ran += tried
    assert ran >= 3 * len(getattr(sr, kind))


def test_a_second_run_writes_nothing(pages: Path) -> None:
    """Sphinx builds a page again only if its text changed."""
    from spasm_reference.library import default_library

    before = {path: path.stat().st_mtime_ns for path in pages.rglob("*.md")}
    assert write_pages(default_library(), pages) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in pages.rglob("*.md")} == before


def test_a_changed_record_changes_only_pages_that_show_it(data_copy: Path, tmp_path: Path) -> None:
    """A new bullet of a warning sign touches one page; a page that is gone is removed."""
    folder = tmp_path / "pages"
    write_pages(Library(TreeStore(data_copy)), folder)
    before = {path: path.read_text() for path in folder.rglob("*.md")}
    file = data_copy / "red_flags/chest-pain.toml"
    file.write_text(file.read_text().replace("signs = [", 'signs = [\n    "a quite new sign",', 1))
    assert write_pages(Library(TreeStore(data_copy)), folder) == (1, 0)
    changed = [path.relative_to(folder).as_posix() for path, text in before.items() if path.read_text() != text]
    assert changed == ["red_flags/chest-pain.md"]
    (folder / "foods" / "gone.md").write_text("# Gone")
    assert write_pages(Library(TreeStore(data_copy)), folder) == (0, 1)


def test_text_of_records_is_never_markup() -> None:
    """Whatever stands in a record, the reader sees exactly its characters."""
    from docutils.core import publish_doctree
    from myst_parser.parsers.docutils_ import Parser

    doctree = publish_doctree(
        str(escape(HOSTILE)),
        parser=Parser(),
        settings_overrides={
            "myst_enable_extensions": ["attrs_inline", "colon_fence", "deflist"],
            "report_level": 2,
            "halt_level": 2,
        },
    )
    assert [type(node) for node in doctree.children] == [nodes.paragraph]
    assert all(isinstance(node, nodes.Text) for node in doctree[0].children)
    assert doctree.astext() == HOSTILE


def test_hostile_text_in_a_record_stays_text_on_its_page(data_copy: Path, tmp_path: Path) -> None:
    """The page of a spoiled record still has the same headings and links as before."""
    file = data_copy / "foods/banana.toml"
    plain = file.read_text()
    folder = tmp_path / "pages"
    write_pages(Library(TreeStore(data_copy)), folder)
    before = (folder / "foods/banana.md").read_text()
    hostile = "Stay *here* # not a heading ::: {raw} html <b>bold</b>"
    file.write_text(plain.replace('summary = "', f'summary = "{hostile} ', 1))
    write_pages(Library(TreeStore(data_copy)), folder)
    after = (folder / "foods/banana.md").read_text()
    assert str(escape(hostile)) in after
    assert [line for line in after.splitlines() if line.startswith("#")] == [
        line for line in before.splitlines() if line.startswith("#")
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(-0.18, "−0.18"), (350, "350"), (0.5, "0.5"), (12_500, "12,500"), (2300, "2300"), (1e-3, "0.001")],
)
def test_numbers_are_shown_as_readers_expect(value: float, shown: str) -> None:
    """A real minus sign, no trailing zeros, commas in long numbers."""
    assert number(value) == shown
