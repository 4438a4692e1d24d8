"""The handbook: pages, figures and print, drawn from the records by Sphinx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import __version__

if TYPE_CHECKING:
    # Sphinx is an extra: the command line must be able to say so in one line.
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything that the handbook adds to Sphinx."""
    for part in ("nodes", "directives", "pictures", "pages", "reading", "html", "pdf"):
        app.setup_extension(f"spasm_reference.handbook.{part}")
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
