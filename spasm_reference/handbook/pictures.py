"""Figures whose parts are links: inline on the web, a plain picture in print."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.directives.patches import Figure
from sphinx.util import logging

logger = logging.getLogger(__name__)

_LINK = re.compile(r'<a href="/([^"#]+)\.md(#[^"]*)?"')


class linked_picture(nodes.image):
    """An SVG whose links lead to pages of the handbook, written ``/reference/regions/calf.md``.

    On the web it stands in the page itself, so that its links can be followed by finger, mouse and keyboard
    and its colors follow the page.  Every other format shows the same file as a picture without links.
    """


class LinkedFigure(Figure):
    """``{linked-figure} FILE.svg``: a figure whose parts are links, with ``:alt:`` and a caption."""

    def run(self) -> list[nodes.Node]:
        """Return the figure."""
        found = super().run()
        for node in found:
            for image in list(node.findall(nodes.image)):
                image.replace_self(linked_picture("", **image.attributes))
        return found


def _visit_html(self: Any, node: linked_picture) -> None:
    """Put the drawing into the page, its links made relative to it."""
    source = (Path(self.builder.srcdir) / node["uri"]).read_text(encoding="utf-8")
    env = self.builder.env

    def relative(match: re.Match[str]) -> str:
        docname, place = match[1], match[2] or ""
        if docname not in env.found_docs:
            logger.warning("linked-figure: %s links to an unknown page: %s", node["uri"], docname, location=node)
            return match[0]
        return f"<a href={quoteattr(self.builder.get_relative_uri(self.docnames[-1], docname) + place)}"

    self.body.append(_LINK.sub(relative, source))


def _depart(self: Any, node: linked_picture) -> None:
    pass


def _visit_image(self: Any, node: linked_picture) -> None:
    self.visit_image(node)


def _depart_image(self: Any, node: linked_picture) -> None:
    self.depart_image(node)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive, and how each format shows its picture."""
    plain = (_visit_image, _depart_image)
    app.add_node(linked_picture, html=(_visit_html, _depart), latex=plain, text=plain, man=plain, texinfo=plain)
    app.add_directive("linked-figure", LinkedFigure)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
