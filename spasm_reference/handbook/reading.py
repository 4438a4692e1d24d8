"""A Sphinx builder that only reads, so that web pages and book can then be written side by side."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders import Builder


class ReadingBuilder(Builder):
    """Brings the doctrees up to date and writes nothing."""

    name = "reading"
    allow_parallel = True

    def get_outdated_docs(self) -> list[str]:
        """Return nothing: Sphinx finds by itself what must be read."""
        return []

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return no address, for nothing is written."""
        return ""

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write nothing."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the builder."""
    app.add_builder(ReadingBuilder)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
