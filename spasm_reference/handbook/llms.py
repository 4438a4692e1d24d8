"""``llms.txt``: where a program that answers questions finds what in this book, in the form of llmstxt.org.

A name, a short summary, what to know first, then lists of links to pages in Markdown.  Each collection is one
link: the page behind it lists its records.
"""

from __future__ import annotations

from typing import Any

from sphinx import addnodes
from sphinx.application import Sphinx

from ..exports.about import CAVEATS, LICENSE, LICENSE_URL, citation
from ..library import Library, default_library
from ..schema import EXPORT_FILE
from .markdown import escaped, link
from .schemas import FOLDER as SCHEMAS
from .site_files import add_site_files

FILE = "llms.txt"

SUMMARY = (
    "Muscle cramps and spasms: what helps, what does not, and when to get help. Graded records, each with its sources."
)
EMERGENCY = (
    "**Emergency signs come first.** With chest pain, sudden weakness or numbness between the legs, "
    "a reader should call the local emergency number now."
)
MARKDOWN = (
    "Each web page is also a Markdown file: its address ends in `.md` in place of `.html`. "
    "The page of a collection lists its records."
)


def _make(app: Sphinx) -> dict[str, str | None]:
    library = default_library()
    sections = [_head(app, library)]
    for toctree in app.env.get_doctree(app.config.root_doc).findall(addnodes.toctree):
        lines = [_line(app, page) for _title, entry in toctree["entries"] for page in _with_children(app, entry)]
        sections.append(f"## {toctree['caption']}\n\n" + "\n".join(lines))
    return {FILE: "\n\n".join(sections) + "\n"}


def _head(app: Sphinx, library: Library) -> str:
    """Return the name, the summary, and what to know before following a link."""
    base = app.config.html_baseurl
    help_page = link("When to get help", f"{base}help/when-to-get-help.md")
    schema = link("its JSON Schema", f"{base}{SCHEMAS}/{EXPORT_FILE}")
    exports = link("other formats", f"{base}developers/exports.md")
    counts = ", ".join(f"{len(records)} {kind.replace('_', ' ')}" for kind, records in library.collections.items())
    blocks = [
        f"# {app.config.html_title}",
        f"> {SUMMARY}",
        "\n".join(f"- {caveat}" for caveat in CAVEATS),
        f"{EMERGENCY} {help_page} lists the signs.",
        MARKDOWN,
        f"Records: {counts}.",
        f"All of them as data: `spasm-reference export --format json -o spasm.json`; {schema}; {exports}.",
        f"Data version {library.data_version}. Text and data: {LICENSE} ({LICENSE_URL}). Code: MIT.",
        f"Cite as: {citation(library)}",
    ]
    return "\n\n".join(blocks)


def _with_children(app: Sphinx, page: str) -> list[str]:
    """Return a page and the pages below it."""
    found = [page]
    for child in app.env.toctree_includes.get(page, ()):
        found += _with_children(app, child)
    return found


def _line(app: Sphinx, page: str) -> str:
    address = app.builder.get_target_uri(page).removesuffix(".html")
    title = link(escaped(app.env.titles[page].astext()), f"{app.config.html_baseurl}{address}.md")
    description = app.env.metadata.get(page, {}).get("description", "")
    return f"- {title}: {escaped(description)}" if description else f"- {title}"


def setup(app: Sphinx) -> dict[str, Any]:
    """Write the file with the web pages."""
    add_site_files(app, _make)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
