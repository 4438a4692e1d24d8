"""Directives that the sample needs: a care card and a badge."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import OptionSpec

from spasm_reference.sphinx.nodes import badge, care_card, care_card_title


class CareCard(SphinxDirective):
    """A care card: the level is an option, the heading the argument, the bullets the content."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = {"level": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return the card."""
        card = care_card(level=self.options["level"])
        card += care_card_title("", self.arguments[0])
        card += self.parse_content_to_nodes()
        return [card]


class Badge(SphinxRole):
    """A badge: ``{badge}`mark value words```."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the badge."""
        mark, value, words = self.text.split(" ", 2)
        return [badge("", words, mark=mark, value=value)], []


def setup(app: Sphinx) -> dict[str, bool]:
    """Register both."""
    app.add_directive("care-card", CareCard)
    app.add_role("badge", Badge())
    return {"parallel_read_safe": True}
