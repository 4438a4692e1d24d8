"""The site map for search engines, which needs to know the address of the site."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from sphinx.application import Sphinx

from ..library import default_library
from .inventory import record_of_page
from .site_files import add_site_files

FILE = "sitemap.xml"


def _make(app: Sphinx) -> dict[str, str | None]:
    """Return every page with its address; that of a record also with the day it was last checked."""
    base = app.config.html_baseurl
    if not base:
        return {FILE: None}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for page in sorted(app.env.found_docs):
        record = record_of_page(default_library(), page)
        checked = f"<lastmod>{record.reviewed}</lastmod>" if record else ""
        lines.append(f"<url><loc>{escape(base + app.builder.get_target_uri(page))}</loc>{checked}</url>")
    return {FILE: "\n".join([*lines, "</urlset>", ""])}


def setup(app: Sphinx) -> dict[str, Any]:
    """Write the site map with the web pages."""
    add_site_files(app, _make)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
