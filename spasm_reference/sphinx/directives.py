"""Directives that any project can use to show what the records say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from ..errors import SpasmReferenceError
from ..grading import URGENCY_ORDER
from . import blocks
from .shown import Maker, Request, add_maker, show, warn_if_renamed

logger = logging.getLogger(__name__)


class FromRecords(SphinxDirective):
    """A directive whose content is made from records alone, by ``maker``, from its argument and options."""

    maker: ClassVar[Maker]
    optional_arguments = 0
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the content, or nothing after a warning that says why and names the nearest ids."""
        request = Request(self.name, " ".join(self.arguments), tuple(sorted(self.options.items())))
        try:
            made = show(self.env, request)
        except SpasmReferenceError as error:
            logger.warning("%s: %s", self.name, error, location=self.get_location(), type="spasm", subtype="record")
            return []
        warn_if_renamed(request.name, None, self.get_location())
        for node in made:
            self.set_source_info(node)
        return made


class Card(FromRecords):
    """``spasm-card ID`` with ``:findings:``, how many to show."""

    maker = staticmethod(blocks.card)
    required_arguments = 1
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"findings": directives.nonnegative_int}


class CareCards(FromRecords):
    """``spasm-care-card ID`` with ``:level:``, to show one card of several."""

    maker = staticmethod(blocks.care_cards)
    required_arguments = 1
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "level": lambda text: directives.choice(text, URGENCY_ORDER)
    }


class Findings(FromRecords):
    """``spasm-findings ID`` with ``:limit:``, how many rows at most."""

    maker = staticmethod(blocks.findings_table)
    required_arguments = 1
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"limit": directives.positive_int}


class Intakes(FromRecords):
    """``spasm-intakes ID`` with ``:authority:``, to show the figures of one."""

    maker = staticmethod(blocks.intake_table)
    required_arguments = 1
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"authority": directives.unchanged_required}


class EvidenceMap(FromRecords):
    """``spasm-evidence-map KIND`` or ``spasm-evidence-map ID`` of a condition."""

    maker = staticmethod(blocks.map_of_evidence)
    required_arguments = 1


def add_directive(app: Sphinx, name: str, directive: type[FromRecords]) -> None:
    """Register a directive and its maker under one name."""
    add_maker(name, directive.maker)
    app.add_directive(name, directive)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    add_directive(app, "spasm-card", Card)
    add_directive(app, "spasm-care-card", CareCards)
    add_directive(app, "spasm-findings", Findings)
    add_directive(app, "spasm-intakes", Intakes)
    add_directive(app, "spasm-evidence-map", EvidenceMap)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
