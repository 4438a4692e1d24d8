"""What programs find on the site: heads of pages, linked data, schemas, llms.txt, the site map."""

from __future__ import annotations

import json
import re
import socket
import warnings
from pathlib import Path
from urllib.parse import urljoin

import lxml.etree
import lxml.html
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF

import spasm_reference as sr
from spasm_reference.exports import jsonld
from spasm_reference.handbook import building
from spasm_reference.handbook.inventory import record_of_page
from spasm_reference.library import Library, TreeStore, default_library
from spasm_reference.notices import INTENDED_USE, NOT_REVIEWED
from spasm_reference.records import COLLECTIONS
from spasm_reference.schema import schema, schema_files
from tests.handbook.small import built, run_sphinx, write_small_handbook

BASE = "https://clinic.example/cramps/"
SCHEMA = "https://schema.org/"
KINDS = [kind for kind in COLLECTIONS if kind != "sources"]


def tree_of(page: Path) -> lxml.html.HtmlElement:
    """Return a web page."""
    return lxml.html.fromstring(page.read_text(encoding="utf-8"))


def meta(tree: lxml.html.HtmlElement) -> dict[str, str]:
    """Return what the head says, by name or property."""
    return {tag.get("name") or tag.get("property"): tag.get("content") for tag in tree.xpath("//head/meta[@content]")}


def linked_data(page: Path, address: str) -> Graph:
    """Return the linked data of a page as rdflib reads it at an address, on a machine without a network."""
    (text,) = tree_of(page).xpath("//script[@type='application/ld+json']/text()")

    def refuse(*_: object) -> None:
        raise AssertionError("reading the page asked the network")

    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        # rdflib's own reader still uses a class that rdflib deprecates.
        warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
        return Graph().parse(data=text, format="json-ld", publicID=address)


# ---------------------------------------------------------------- the whole handbook


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_s_page_carries_its_linked_data(site: Path, kind: str) -> None:
    """The first three of each kind, read where the page stands: what it is, its dates, its limits, no reviewer."""
    for record in list(getattr(sr, kind).values())[:3]:
        page = site / "reference" / kind / f"{record.id}.html"
        graph = linked_data(page, page.as_uri())
        thing = URIRef((site / "reference" / kind / record.id).as_uri())
        type_ = jsonld.node(record)["@type"]
        assert (thing, RDF.type, URIRef(SCHEMA + type_)) in graph
        assert (thing, URIRef(SCHEMA + "name"), Literal(record.name)) in graph
        about = graph.value(thing, URIRef(SCHEMA + "mainEntityOfPage"))
        assert (about, RDF.type, URIRef(SCHEMA + "MedicalWebPage")) in graph
        assert graph.value(about, URIRef(SCHEMA + "url")) == URIRef(page.as_uri())
        assert str(graph.value(about, URIRef(SCHEMA + "lastReviewed"))) == record.reviewed.isoformat()
        usage = graph.value(graph.value(about, URIRef(SCHEMA + "usageInfo")), URIRef(SCHEMA + "text"))
        assert str(usage) == f"{INTENDED_USE} {NOT_REVIEWED}"
        assert not list(graph.subject_objects(URIRef(SCHEMA + "reviewedBy")))
        assert {str(cited).rpartition("/")[2] for cited in graph.objects(about, URIRef(SCHEMA + "citation"))} >= set(
            record.source_ids
        )


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_s_page_is_described_by_its_summary(site: Path, kind: str) -> None:
    """For search engines and for previews of links."""
    for id, record in getattr(sr, kind).items():
        tree = tree_of(site / "reference" / kind / f"{id}.html")
        said = meta(tree)
        assert said["description"] == said["og:description"] == record.summary
        assert said["og:title"].translate(str.maketrans("’‘", "''")) == record.name
        assert said["og:type"] == "article"
        assert len(tree.xpath("//head/meta[@name='description']")) == 1


def test_every_page_with_text_is_described(site: Path) -> None:
    """In its own words; lists of sources need none."""
    for page in site.rglob("*.md"):
        if page.parent.name != "sources":
            assert meta(tree_of(page.with_suffix(".html"))).get("description"), page
    assert meta(tree_of(site / "index.html"))["og:type"] == "website"


def test_pages_that_do_not_know_their_address_name_none(site: Path) -> None:
    """No canonical link, no site map, no other host."""
    for page in site.glob("reference/foods/*.html"):
        tree = tree_of(page)
        assert not tree.xpath("//link[@rel='canonical'] | //meta[@property='og:url']")
    assert not (site / "sitemap.xml").exists()
    assert "$id" not in json.loads((site / "schema/foods.json").read_text(encoding="utf-8"))


def test_the_schemas_are_those_of_the_library(site: Path) -> None:
    """One file for each kind and one for an export, all linked from their page."""
    files = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in (site / "schema").iterdir()}
    assert files == {**{f"{kind}.json": schema(kind) for kind in COLLECTIONS}, "export.json": schema()}
    page = site / "developers/schemas.html"
    linked = {(page.parent / href).resolve() for href in tree_of(page).xpath("//article//table//a/@href")}
    assert linked == set((site / "schema").iterdir())


def test_llms_txt_has_the_form_of_llmstxt_org(site: Path) -> None:
    """A name, a quotation, text without a heading, then lists of links with notes; every link has its file."""
    text = (site / "llms.txt").read_text(encoding="utf-8")
    head, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    assert re.match(r"# .+\n\n> .+\n\n", head)
    assert "\n#" not in head[1:]
    for section in sections:
        _title, *lines = section.strip().split("\n\n", 1)
        assert all(re.match(r"- \[.+\]\(\S+\.md\)(: .+)?$", line) for line in lines[0].split("\n")), section
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert all((site / link).is_file() for link in links)
    assert {f"reference/{kind}/index.md" for kind in COLLECTIONS} <= set(links)
    assert {path.relative_to(site).as_posix() for path in (site / "help").rglob("*.md")} <= set(links)
    assert len(text.encode()) < 20_000


def test_llms_txt_says_what_the_book_is_not(site: Path) -> None:
    """Before any link to follow: its use, who has not reviewed it, emergencies, licence, version, how to cite it."""
    head = (site / "llms.txt").read_text(encoding="utf-8").split("\n## ")[0]
    for said in (INTENDED_USE, NOT_REVIEWED, "local emergency number", "CC-BY-4.0", default_library().data_version):
        assert said in head
    assert "Cite as: The Spasm Reference maintainers" in head


def test_a_page_in_the_place_of_one_that_is_gone_claims_no_record(data_with_removals: Path) -> None:
    """Though its id still leads to the record that took its place."""
    library = Library(TreeStore(data_with_removals))
    assert library.collections["foods"]["plantain-fruit"].id == "banana"
    assert record_of_page(library, "reference/foods/plantain-fruit") is None
    assert record_of_page(library, "reference/supplements/cramp-tonic") is None
    assert record_of_page(library, "reference/foods/banana") is library.collections["foods"]["banana"]


def test_every_page_has_an_icon(site: Path) -> None:
    """So that no browser asks the server for one that is not there."""
    for page in site.rglob("*.html"):
        (href,) = tree_of(page).xpath("//link[contains(@rel, 'icon')]/@href")
        assert (page.parent / href).resolve() == site / "_static/favicon.svg"


# ---------------------------------------------------------------- a small one that knows its address


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the web pages of a small handbook that was told where it will stand."""
    return built(write_small_handbook(tmp_path_factory.mktemp("addressed"), BASE))


def test_an_address_makes_links_whole(addressed: Path) -> None:
    """In heads, linked data, schemas, llms.txt and the page for what is not found."""
    banana = addressed / "reference/foods/banana.html"
    tree = tree_of(banana)
    here = f"{BASE}reference/foods/banana.html"
    assert tree.xpath("//link[@rel='canonical']/@href") == [here]
    assert meta(tree)["og:url"] == here
    graph = linked_data(banana, "https://elsewhere.example/copy.html")
    thing = URIRef(f"{BASE}reference/foods/banana")
    assert (thing, RDF.type, URIRef(SCHEMA + "Product")) in graph
    about = graph.value(thing, URIRef(SCHEMA + "mainEntityOfPage"))
    assert graph.value(about, URIRef(SCHEMA + "url")) == URIRef(here)
    assert json.loads((addressed / "schema/foods.json").read_text())["$id"] == f"{BASE}schema/foods.json"
    links = re.findall(r"\]\(([^)]+)\)", (addressed / "llms.txt").read_text(encoding="utf-8"))
    assert links
    assert all(link.startswith(BASE) for link in links)
    missing = tree_of(addressed / "404.html")
    for address in missing.xpath("//@href | //@action"):
        assert urljoin(f"{BASE}some/page/deep/down", address).startswith(BASE), address
    assert not missing.xpath("//script")


def test_the_site_map_names_every_page(addressed: Path) -> None:
    """And the day on which a record was checked."""
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = lxml.etree.parse(addressed / "sitemap.xml").getroot()
    listed = {url.findtext(f"{space}loc"): url.findtext(f"{space}lastmod") for url in root}
    assert listed == {
        f"{BASE}index.html": None,
        f"{BASE}help/planted.html": None,
        f"{BASE}reference/foods/index.html": None,
        f"{BASE}reference/foods/banana.html": sr.foods["banana"].reviewed.isoformat(),
    }


def test_without_its_address_the_site_map_is_taken_away(tmp_path: Path) -> None:
    """And every page is written again without it."""
    pages = built(write_small_handbook(tmp_path, BASE))
    assert (pages / "sitemap.xml").is_file()
    built(write_small_handbook(tmp_path))
    assert not (pages / "sitemap.xml").exists()
    assert not tree_of(pages / "index.html").xpath("//link[@rel='canonical']")


@pytest.mark.parametrize("base", ["clinic.example/cramps/", "https://clinic.example/cramps"])
def test_an_address_that_nothing_can_be_put_behind_is_refused(tmp_path: Path, base: str) -> None:
    """In one line, before anything is written."""
    done = run_sphinx(write_small_handbook(tmp_path, base))
    assert done.returncode != 0
    assert f'base address "{base}": expected http:// or https://, a host, and a / at the end' in done.stderr
    assert not list(tmp_path.glob("html/*.html"))


def test_pages_that_were_built_for_another_address_are_built_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though no file has changed."""
    before = building._digest_of_inputs()
    assert building._digest_of_inputs() == before
    monkeypatch.setenv("SPASM_REFERENCE_BASE", BASE)
    assert building._digest_of_inputs() != before


def test_the_files_of_schemas_are_named_only_where_an_address_is_known() -> None:
    """The rest of a schema stays as it is."""
    for name, text in schema_files(f"{BASE}schema/").items():
        named = json.loads(text)
        assert named.pop("$id") == f"{BASE}schema/{name}"
        assert named == json.loads(schema_files()[name])
