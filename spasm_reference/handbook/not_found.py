"""The page that a server shows in place of one that is not there: ``404.html``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from sphinx.application import Sphinx

PAGE = "404"


def _make(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Give Sphinx the page, with the path on its server that its links begin with, if it is known."""
    yield PAGE, {"root": urlsplit(app.config.html_baseurl).path}, f"{PAGE}.html"


def setup(app: Sphinx) -> dict[str, Any]:
    """Write the page with the web pages."""
    app.connect("html-collect-pages", _make)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
