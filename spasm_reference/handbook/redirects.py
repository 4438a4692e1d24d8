"""Pages in the place of those that are gone, so that links of others and bookmarks lead on.

A renamed page sends the reader to the new one.  A removed page says why, and what to read instead.
Sources and findings have no page of their own, so there is nothing to put in their place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, cast
from urllib.parse import urljoin

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from ..library import Library, default_library
from ..records import Record, Source
from ..tombstones import Tombstone
from . import markup
from .inventory import FOLDER


class Goal(NamedTuple):
    """A page to read instead."""

    name: str
    """The name of its record."""
    address: str
    """Where it is, as seen from the page that is gone."""
    canonical: str
    """Where it is for everyone; the same as ``address`` as long as the handbook has no address of its own."""


def gone_pages(library: Library) -> dict[str, Tombstone]:
    """Return what is known of each page that is gone, by its name in the handbook."""
    return {
        f"{FOLDER}/{tombstone.kind}/{tombstone.id}": tombstone
        for tombstone in library.tombstones
        if tombstone.kind not in ("sources", "findings")
    }


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield name, values and template of each page that is gone."""
    library = default_library()
    for pagename, tombstone in gone_pages(library).items():
        goals = [_goal(app, pagename, library.record(id)) for id in tombstone.replaced_by]
        context: dict[str, Any] = {"title": "This page was removed", "tombstone": tombstone, "goals": goals}
        yield pagename, context, "renamed.html" if tombstone.renamed else "removed.html"


def _goal(app: Sphinx, pagename: str, record: Record) -> Goal:
    builder = cast(StandaloneHTMLBuilder, app.builder)
    docname, place = f"{FOLDER}/{record.kind}/{record.id}", ""
    if isinstance(record, Source):
        docname, place = f"{FOLDER}/sources/{markup.source_group(record)}", f"#{markup.anchor(record)}"
    address = builder.get_relative_uri(pagename, docname) + place
    base = app.config.html_baseurl
    return Goal(record.name, address, urljoin(base, builder.get_target_uri(docname) + place) if base else address)


def setup(app: Sphinx) -> dict[str, Any]:
    """Have the pages written with those that Sphinx makes itself."""
    app.connect("html-collect-pages", _pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
