"""The domain ``spasm``: roles that lead to records, and where a project keeps the pages they lead to.

The handbook notes its pages here, so they stand in its inventory, and any project that names this inventory
for ``sphinx.ext.intersphinx`` gets links.  Without it a role shows the name of the record, its summary on pointing.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any, ClassVar, NamedTuple

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole
from sphinx.util.nodes import make_refnode

from ..errors import SpasmReferenceError
from ..library import Library
from ..records import Finding, Record
from ..vocabulary import AnyKind, Kind
from .blocks import finding_link, record_link
from .nodes import record_name
from .shown import Request, add_maker, show, warn_if_renamed

logger = logging.getLogger(__name__)

TYPES: dict[Kind, str] = {
    "conditions": "condition",
    "causes": "cause",
    "symptoms": "symptom",
    "regions": "region",
    "treatments": "treatment",
    "medicines": "medicine",
    "supplements": "supplement",
    "foods": "food",
    "red_flags": "red-flag",
    "claims": "claim",
    "terms": "term",
    "emergency_numbers": "emergency-number",
    "sources": "source",
}
"""What an object of each collection is called in the inventory, and the role that takes only these."""

KIND_OF: dict[str, AnyKind] = {**{type: kind for kind, type in TYPES.items()}, "finding": "findings"}
"""The collection that a role takes from; ``record`` takes from every one."""

ANY = ("record", "finding")
"""The roles that take every record, and every finding."""

FALLBACK_PRIORITY = 900
"""After ``sphinx.ext.intersphinx``, which answers at 500."""


class Place(NamedTuple):
    """Where a record or finding stands in this project."""

    docname: str
    anchor: str
    """The id on the page; empty for the page itself."""
    name: str


class RecordRole(ReferenceRole):
    """``:spasm:record:`id``` and its narrower relatives, with ``text <id>`` for other words and aliases for ids."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link, or the plain words after a warning that names the nearest ids."""
        type = self.name.rpartition(":")[2]
        if self.disabled:
            return [nodes.inline("", self.title.removeprefix("!"))], []
        try:
            [link] = show(self.env, Request("role", self.target, (("type", type),)))
        except SpasmReferenceError as error:
            logger.warning(str(error), location=self.get_location(), type="spasm", subtype="record")
            return [nodes.inline("", self.title)], []
        warn_if_renamed(self.target, KIND_OF.get(type), self.get_location())
        if self.has_explicit_title:
            [name] = link.findall(record_name)
            name.clear()
            name += nodes.Text(self.title)
        self.set_source_info(link)
        return [link], []


class SpasmDomain(Domain):
    """Records of the Spasm Reference as things to link to."""

    name = "spasm"
    label = "Spasm Reference"
    object_types: ClassVar[dict[str, ObjType]] = {
        **{type: ObjType(type.replace("-", " "), type, "record") for type in TYPES.values()},
        "finding": ObjType("finding", "finding"),
    }
    roles: ClassVar[dict[str, Any]] = {type: RecordRole() for type in ("record", "finding", *TYPES.values())}
    initial_data: ClassVar[dict[str, Any]] = {"places": {}}
    data_version = 1

    @property
    def places(self) -> dict[tuple[str, str], Place]:
        """The places of this project by type and id."""
        places: dict[tuple[str, str], Place] = self.data["places"]
        return places

    def note(self, record: Record | Finding, docname: str, anchor: str = "") -> None:
        """Keep where a record or finding stands: a page, or a place on one."""
        if isinstance(record, Finding):
            self.places["finding", record.id] = Place(docname, anchor, record.sentence)
        else:
            self.places[TYPES[record.kind], record.id] = Place(docname, anchor, record.name)

    def clear_doc(self, docname: str) -> None:
        """Forget the places of a page that is read again or gone."""
        for key in [key for key, place in self.places.items() if place.docname == docname]:
            del self.places[key]

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over the places of pages that another process has read."""
        places: dict[tuple[str, str], Place] = otherdata["places"]
        self.places.update({key: place for key, place in places.items() if place.docname in docnames})

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Return a link to a place of this project, or ``None``."""
        for type in self.objtypes_for_role(typ) or ():
            place = self.places.get((type, target))
            if place is not None:
                return make_refnode(builder, fromdocname, place.docname, place.anchor, contnode)
        return None

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Return the links that the role ``any`` can mean."""
        found = {role: self.resolve_xref(env, fromdocname, builder, role, target, node, contnode) for role in ANY}
        return [(f"spasm:{role}", link) for role, link in found.items() if link is not None]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Return every place for the inventory; the search of the web pages has these by their titles already."""
        for (type, id), place in self.places.items():
            yield id, place.name, type, place.docname, place.anchor, -1


def link_for_role(library: Library, name: str, *, type: str) -> list[nodes.Node]:
    """Return the link of the role named ``type``.  Raises `RecordNotFound` or `AmbiguousName`."""
    if type == "finding":
        return [finding_link(library.findings[name])]
    if type == "record":
        return [record_link(library.get(name))]
    return [record_link(library.collections[KIND_OF[type]][name])]


def keep_words(app: Sphinx, env: BuildEnvironment, node: pending_xref, shown: nodes.Element) -> nodes.Element | None:
    """Show the words alone where nobody knows the address of a record; its id was checked when the page was read."""
    return shown if node.get("refdomain") == SpasmDomain.name else None


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the domain and what happens without addresses."""
    add_maker("role", link_for_role)
    app.add_domain(SpasmDomain)
    app.connect("missing-reference", keep_words, priority=FALLBACK_PRIORITY)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
