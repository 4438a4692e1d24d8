"""The handbook: pages, figures and print, drawn from the records by Sphinx."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__

if TYPE_CHECKING:
    # Sphinx is an extra: the command line must be able to say so in one line.
    from sphinx.application import Sphinx


PARTS = (
    "nodes",
    "directives",
    "pictures",
    "quotes",
    "pages",
    "inventory",
    "redirects",
    "reading",
    "html",
    "measuring",
    "search",
    "api",
    "web_address",
    "page_head",
    "markdown_pages",
    "schemas",
    "llms",
    "site_map",
    "not_found",
    "stale_pages",
    "pdf",
)
"""The modules that add something to Sphinx, in the order in which it asks them."""


def _digest_of_code() -> str:
    """Return a digest of the modules that decide what a page looks like.

    Sphinx keeps pages whose sources did not change; with this it also sees that our own code did.
    """
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    for path in sorted([*package.glob("handbook/*.py"), *package.glob("sphinx/*.py"), package / "phrases.py"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything that the handbook adds to Sphinx."""
    app.add_config_value("handbook_code", _digest_of_code(), "env", str)
    for part in PARTS:
        app.setup_extension(f"spasm_reference.handbook.{part}")
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
