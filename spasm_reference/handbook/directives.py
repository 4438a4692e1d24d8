"""Directives and roles that record pages and hand-written chapters use."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from ..grading import URGENCY_ACTIONS, URGENCY_ORDER
from ..library import Library
from ..sphinx.blocks import BADGE_TEXT, bullets, make_badge, make_care_card, table
from ..sphinx.directives import FromRecords, add_directive
from .nodes import print_children


def badge_role(
    name: str, rawtext: str, text: str, lineno: int, inliner: Inliner, options: Any = None, content: Any = None
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Show a mark such as ``{certainty}`moderate```."""
    mark = name.removeprefix("badge-")
    if text not in BADGE_TEXT[mark]:
        message = inliner.reporter.error(
            f'{name}: found "{text}", expected one of {", ".join(BADGE_TEXT[mark])}', line=lineno
        )
        return [inliner.problematic(rawtext, rawtext, message)], [message]
    return [make_badge(mark, text)], []


class CareCardDirective(SphinxDirective):
    """``{care-card} LEVEL ACTION`` with a list of signs."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the card, or an error that names the allowed levels."""
        level, _, action = self.arguments[0].partition(" ")
        if level not in URGENCY_ORDER or not action:
            raise self.error(
                f'care-card: found "{self.arguments[0]}", expected one of {", ".join(URGENCY_ORDER)} and an action'
            )
        return [make_care_card(level, action, self.parse_content_to_nodes())]


def red_flag_cards(library: Library) -> list[nodes.Node]:
    """Return one card of each level that names every red flag, most urgent first.

    They hold no links: a person in a hurry reads, and calls.
    """
    cards: list[nodes.Node] = []
    for level in URGENCY_ORDER:
        flags = library.collections["red_flags"].filter(urgency=level)
        if flags:
            names = bullets([[nodes.Text(flag.name)] for flag in flags])
            cards.append(make_care_card(level, URGENCY_ACTIONS[level], [names]))
    return cards


def emergency_numbers(library: Library) -> list[nodes.Node]:
    """Return a table of whom to call, always with the country."""
    rows = [
        (
            record.country,
            " or ".join(record.emergency),
            " or ".join(record.advice) or "not listed",
            " or ".join(record.poison) or "not listed",
        )
        for record in library.collections["emergency_numbers"].values()
    ]
    return [table(("Country", "Ambulance", "Medical advice", "Poison help"), rows)]


class RedFlagCards(FromRecords):
    """``{red-flag-cards}``: every red flag in one card of each level."""

    maker = staticmethod(red_flag_cards)


class EmergencyNumbers(FromRecords):
    """``{emergency-numbers}``: a table of whom to call."""

    maker = staticmethod(emergency_numbers)


class PrintChildren(SphinxDirective):
    """``{print-children}``: one page name a line, shown below this page in print only."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the invisible list."""
        names = [line.strip().removeprefix("/") for line in self.content if line.strip()]
        return [print_children("", docnames=names)]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register directives and roles, and the extension whose parts they are made of."""
    app.setup_extension("spasm_reference.sphinx")
    app.add_directive("care-card", CareCardDirective)
    add_directive(app, "red-flag-cards", RedFlagCards)
    add_directive(app, "emergency-numbers", EmergencyNumbers)
    app.add_directive("print-children", PrintChildren)
    for mark in BADGE_TEXT:
        app.add_role(f"badge-{mark}", badge_role)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
