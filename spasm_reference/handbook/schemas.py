"""The JSON Schemas on the site, in the folder ``schema``, and the list that links them."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from ..phrases import TITLES
from ..records import COLLECTIONS
from ..schema import EXPORT_FILE, schema_files
from ..sphinx.blocks import table
from .site_files import add_site_files

FOLDER = "schema"


class SchemaList(SphinxDirective):
    """``{schema-list}``: what each schema describes, and its file."""

    def run(self) -> list[nodes.Node]:
        """Return a table with a link to each file."""
        up = "../" * self.env.docname.count("/")
        files = {f"{kind}.json": TITLES[kind] for kind in COLLECTIONS} | {
            EXPORT_FILE: "A whole export in the format json"
        }
        rows = [
            (what, [nodes.reference("", name, refuri=f"{up}{FOLDER}/{name}", internal=True)])
            for name, what in files.items()
        ]
        return [table(("What it describes", "File"), rows)]


def _make(app: Sphinx) -> dict[str, str | None]:
    base = app.config.html_baseurl
    ids = f"{base}{FOLDER}/" if base else ""
    return {f"{FOLDER}/{name}": text for name, text in schema_files(ids).items()}


def setup(app: Sphinx) -> dict[str, Any]:
    """Write the files with the web pages, and register the list."""
    app.add_directive("schema-list", SchemaList)
    add_site_files(app, _make)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
