"""Directives and roles that record pages and hand-written chapters use."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from ..authoring import DATA
from ..grading import (
    CERTAINTY_MARKS,
    CERTAINTY_WORDS,
    LINK_WORDS,
    URGENCY_ACTIONS,
    URGENCY_ORDER,
    URGENCY_WORDS,
    VERDICT_WORDS,
)
from ..library import default_library
from .nodes import badge, care_card, care_card_title, print_children

BADGE_TEXT: dict[str, dict[str, str]] = {
    "certainty": {
        **{word: f"{CERTAINTY_MARKS[word]} {CERTAINTY_WORDS[word]}" for word in CERTAINTY_MARKS},
        "no-trials": "○ No trials found",
        "no-studies": "○ No studies found",
    },
    "verdict": {
        "supported": f"✓ {VERDICT_WORDS['supported']}",
        "partly-supported": f"◐ {VERDICT_WORDS['partly-supported']}",
        "not-supported": f"✗ {VERDICT_WORDS['not-supported']}",
        "contradicted": f"✗✗ {VERDICT_WORDS['contradicted']}",
        "no-evidence": f"○ {VERDICT_WORDS['no-evidence']}",
        "harmful": "! Can do harm",
    },
    "urgency": {str(level): word for level, word in URGENCY_WORDS.items()},
    "link": {str(strength): word for strength, word in LINK_WORDS.items()},
    "status": {"partial": "Not complete yet", "unverified": "Unverified"},
}
"""What a reader sees for each mark and value."""


def badge_role(
    name: str, rawtext: str, text: str, lineno: int, inliner: Inliner, options: Any = None, content: Any = None
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Show a mark such as ``{certainty}`moderate```."""
    mark = name.removeprefix("badge-")
    shown = BADGE_TEXT[mark].get(text)
    if shown is None:
        message = inliner.reporter.error(
            f'{name}: found "{text}", expected one of {", ".join(BADGE_TEXT[mark])}', line=lineno
        )
        return [inliner.problematic(rawtext, rawtext, message)], [message]
    return [badge("", shown, mark=mark, value=text)], []


def make_card(level: str, action: str, body: list[nodes.Node]) -> care_card:
    """Return a care card: the level in words, one action, "if:", and the signs."""
    title = care_card_title("", f"{BADGE_TEXT['urgency'][level]}: {action.rstrip(':. ')} if:")
    return care_card("", title, *body, level=level, ids=[], classes=[])


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
        return [make_card(level, action, self.parse_content_to_nodes())]


class RedFlagCards(SphinxDirective):
    """``{red-flag-cards}``: one card of each level that names every red flag, most urgent first."""

    def run(self) -> list[nodes.Node]:
        """Return the cards.  They hold no links: a person in a hurry reads, and calls."""
        note_dependency(self, "red_flags")
        cards: list[nodes.Node] = []
        for level in URGENCY_ORDER:
            flags = default_library().collections["red_flags"].filter(urgency=level)
            if flags:
                items = [nodes.list_item("", nodes.paragraph("", flag.name)) for flag in flags]
                cards.append(make_card(level, URGENCY_ACTIONS[level], [nodes.bullet_list("", *items, bullet="-")]))
        return cards


class EmergencyNumbers(SphinxDirective):
    """``{emergency-numbers}``: a table of whom to call, always with the country."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        note_dependency(self, "emergency_numbers")
        records = default_library().collections["emergency_numbers"].values()
        rows = [
            (
                record.country,
                " or ".join(record.emergency),
                " or ".join(record.advice) or "not listed",
                " or ".join(record.poison) or "not listed",
            )
            for record in records
        ]
        return [table(("Country", "Ambulance", "Medical advice", "Poison help"), rows)]


def table(head: tuple[str, ...], rows: Iterable[tuple[str | nodes.paragraph, ...]]) -> nodes.table:
    """Return a plain table whose first column names each row.  A cell is a text or a paragraph."""

    def row(cells: tuple[str | nodes.paragraph, ...]) -> nodes.row:
        paragraphs = (nodes.paragraph("", cell) if isinstance(cell, str) else cell for cell in cells)
        return nodes.row("", *(nodes.entry("", paragraph) for paragraph in paragraphs))

    group = nodes.tgroup("", *(nodes.colspec("", colwidth=1) for _ in head), cols=len(head))
    group += nodes.thead("", row(head))
    group += nodes.tbody("", *(row(cells) for cells in rows))
    return nodes.table("", group)


class PrintChildren(SphinxDirective):
    """``{print-children}``: one page name a line, shown below this page in print only."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the invisible list."""
        names = [line.strip().removeprefix("/") for line in self.content if line.strip()]
        return [print_children("", docnames=names)]


def note_dependency(directive: SphinxDirective, kind: str) -> None:
    """Rebuild the page when a record of this kind changes."""
    folder = DATA / kind
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else [Path(__file__)]:
        directive.env.note_dependency(str(path))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register directives and roles."""
    app.add_directive("care-card", CareCardDirective)
    app.add_directive("red-flag-cards", RedFlagCards)
    app.add_directive("emergency-numbers", EmergencyNumbers)
    app.add_directive("print-children", PrintChildren)
    for mark in BADGE_TEXT:
        app.add_role(f"badge-{mark}", badge_role)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
