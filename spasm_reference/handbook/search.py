"""The search of the web pages, in place of Sphinx's own: its index as a script, and its page.

Sphinx indexes every word of every page and ranks by counting.  Ours is the index that the library
searches, so the page finds what `spasm_reference.search` finds; ``static/search.js`` reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from .. import grading, phrases, ranking, wording
from ..indexing import NAME, SUMMARY, index_texts
from ..library import Library, default_library
from ..phrases import TITLES
from ..records import COLLECTIONS
from . import markup

INDEX_FILE = "search-index.js"
SCRIPTS = (INDEX_FILE, "search.js", "search-page.js")

SPHINX_FILES = (
    "searchindex.js",
    "_static/searchtools.js",
    "_static/language_data.js",
    "_static/base-stemmer.js",
    "_static/english-stemmer.js",
)
"""What Sphinx's own search is made of.  Its theme brings some of it in any case, and an earlier build the rest."""


class Places:
    """Addresses as id and place: what stands before and after the id, which many entries share."""

    def __init__(self) -> None:
        self.texts: list[tuple[str, str]] = []
        """Each place once."""

    def number(self, address: str, id: str) -> int:
        """Return which place leads from an id to its address."""
        before, _id, after = address.rpartition(id)
        if (before, after) not in self.texts:
            self.texts.append((before, after))
        return self.texts.index((before, after))


def search_data(builder: StandaloneHTMLBuilder, library: Library) -> dict[str, Any]:
    """Return everything the scripts of the search page read, as plain values.

    ``entries`` and ``pages`` are indexes as `spasm_reference.indexing.build_index` gives them, with a
    place at the end of each row of ``docs``, and the rarities, which two machines can work out
    differently in the last digit.
    """
    places = Places()
    index = library.search_index()
    entries = [
        [kind, id, title, summary, places.number(_record_address(builder, library, kind, id), id)]
        for kind, id, title, summary in index["docs"]
    ]
    return {
        "ranking": {
            "ALIKE": ranking.ALIKE,
            "ENDINGS": wording.ENDINGS,
            "KIND_WORTH": ranking.KIND_WORTH,
            "LIKENESS_WORTH": ranking.LIKENESS_WORTH,
            "LONGEST_QUERY": ranking.LONGEST_QUERY,
            "PLAINER": wording.PLAINER,
            "PREFIX_WORTH": ranking.PREFIX_WORTH,
            "ROUTINE": ranking.ROUTINE,
            "STOP_WORDS": sorted(wording.STOP_WORDS),
            "UNFLAGGED": ranking.UNFLAGGED,
        },
        "wording": {
            "KIND_WORDS": phrases.KIND_WORDS,
            "NOTHING_FOUND": ranking.NOTHING_FOUND,
            "URGENCY_ACTIONS": grading.URGENCY_ACTIONS,
            "URGENCY_ORDER": grading.URGENCY_ORDER,
            "URGENCY_WORDS": grading.URGENCY_WORDS,
        },
        "entries": _written({**index, "docs": entries}),
        "pages": _written(_page_index(builder, places)),
        "places": places.texts,
    }


def _record_address(builder: StandaloneHTMLBuilder, library: Library, kind: str, id: str) -> str:
    if kind == "sources":
        group = markup.source_group(library.collections[kind][id])
        return f"{builder.get_target_uri(f'reference/{kind}/{group}')}#source-{id}"
    return builder.get_target_uri(f"reference/{kind}/{id}")


def _page_index(builder: StandaloneHTMLBuilder, places: Places) -> dict[str, Any]:
    """Return the index of the headings of all pages that are not the page of a record, nor the first page."""
    entries = []
    for page in sorted(builder.env.found_docs):
        folder, _slash, name = page.rpartition("/")
        if page == builder.config.root_doc or (folder.removeprefix("reference/") in COLLECTIONS and name != "index"):
            continue
        title, *headings = [heading.astext() for heading in builder.env.tocs[page].findall(nodes.reference)]
        texts = [(title, NAME), *((heading, SUMMARY) for heading in headings)]
        address = builder.get_target_uri(page)
        entries.append((["pages", address, title, "", places.number(address, address)], texts))
    return index_texts(entries)


def _written(index: dict[str, Any]) -> dict[str, Any]:
    total = len(index["docs"])
    sizes = sorted({len(postings) // 2 for postings in index["words"].values()})
    written = {name: index[name] for name in ("docs", "words", "names", "red_flags")}
    return {**written, "rarities": [(size, ranking.rarity(total, size)) for size in sizes]}


def _on_builder_inited(app: Sphinx) -> None:
    """Keep Sphinx from making an index and a page of its own."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.search = False


def _on_collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Write the index and give Sphinx the search page to write."""
    assert isinstance(app.builder, StandaloneHTMLBuilder)
    data = json.dumps(search_data(app.builder, default_library()), separators=(",", ":"), ensure_ascii=False)
    script = f"// Written by spasm_reference/handbook/search.py.\nconst SPASM_SEARCH = {data};\n"
    static = Path(app.outdir) / "_static"
    static.joinpath(INDEX_FILE).write_text(script, encoding="utf-8")
    index_pages = [(f"reference/{kind}/index", TITLES[kind]) for kind in COLLECTIONS]
    yield "search", {"index_pages": index_pages}, "search.html"


def _on_page_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load the scripts on the search page and on no other."""
    if pagename == "search":
        for script in SCRIPTS:
            app.add_js_file(script)


def _on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    if isinstance(app.builder, StandaloneHTMLBuilder):
        for file in SPHINX_FILES:
            (Path(app.outdir) / file).unlink(missing_ok=True)


def setup(app: Sphinx) -> dict[str, Any]:
    """Take the place of Sphinx's search in HTML output."""
    app.connect("builder-inited", _on_builder_inited)
    app.connect("html-collect-pages", _on_collect_pages)
    app.connect("html-page-context", _on_page_context)
    app.connect("build-finished", _on_build_finished)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
