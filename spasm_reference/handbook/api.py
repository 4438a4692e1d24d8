"""What the page of Python names needs beyond autodoc: links from annotations, and no way to make a record by hand.

Annotations name a type as the module that uses it does, often without the module that it stands in.
Sphinx looks for a name in one module only, so without this each would stay plain text and be a warning.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode


def link_name(app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.TextElement) -> nodes.Node | None:
    """Return a link to the one documented object with this last name, or ``None``."""
    if node.get("refdomain") != "py":
        return None
    name = node["reftarget"].rpartition(".")[2]
    documented = env.domains.python_domain.objects
    found = [full for full in documented if full.startswith("spasm_reference.") and full.rpartition(".")[2] == name]
    if len(found) != 1:
        return None
    place = documented[found[0]]
    return make_refnode(app.builder, node["refdoc"], place.docname, place.node_id, content, found[0])


def drop_signature(
    app: Sphinx, what: str, name: str, obj: object, options: object, signature: str | None, returns: str | None
) -> tuple[str, None] | None:
    """Show a class without arguments: the library makes its objects, and no reader has to."""
    return ("", None) if signature and what in ("class", "exception") else None


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect both."""
    app.connect("missing-reference", link_name)
    if "sphinx.ext.autodoc" in app.extensions:
        app.connect("autodoc-process-signature", drop_signature)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
