"""Document parts that only the handbook has; `spasm_reference.sphinx.nodes` holds those that any project can use."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


class print_children(nodes.Invisible, nodes.Element):
    """Pages that belong below this one in print.

    Attribute ``docnames``.  On the web such pages are listed in the text of an index
    page and stay out of the navigation, which every page would otherwise repeat.
    """


def _skip(self: Any, node: nodes.Node) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the node, which no format shows by itself."""
    app.add_node(
        print_children,
        html=(_skip, None),
        latex=(_skip, None),
        text=(_skip, None),
        man=(_skip, None),
        texinfo=(_skip, None),
    )
    return {"parallel_read_safe": True, "parallel_write_safe": True}
