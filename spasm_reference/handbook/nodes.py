"""Document parts that plain docutils has no name for, with how HTML, text, LaTeX and EPUB show them.

The print builder has its own translator and shows the same nodes in its own way.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


class care_card(nodes.Element):
    """A box that says how soon to get help.

    Attributes: ``level`` (emergency, urgent or routine).
    Children: one `care_card_title`, then body elements (a bullet list, paragraphs).
    """


class care_card_title(nodes.TextElement):
    """The heading of a care card: the level in words, one action, and "if:"."""


class badge(nodes.TextElement):
    """A short inline mark that is readable without color.

    Attributes: ``mark`` (certainty, verdict, urgency, link or status) and ``value`` (the word
    from the vocabulary, such as ``moderate``).  The text is what a reader sees.
    """


class print_children(nodes.Invisible, nodes.Element):
    """Pages that belong below this one in print.

    Attribute ``docnames``.  On the web such pages are listed in the text of an index
    page and stay out of the navigation, which every page would otherwise repeat.
    """


def _visit_card_html(self: Any, node: care_card) -> None:
    self.body.append(self.starttag(node, "section", CLASS=f"care-card care-card-{node['level']}"))


def _depart_card_html(self: Any, node: care_card) -> None:
    self.body.append("</section>\n")


def _visit_title_html(self: Any, node: care_card_title) -> None:
    self.body.append(self.starttag(node, "p", "", CLASS="care-card-title"))


def _depart_title_html(self: Any, node: care_card_title) -> None:
    self.body.append("</p>\n")


def _visit_badge_html(self: Any, node: badge) -> None:
    self.body.append(self.starttag(node, "span", "", CLASS=f"badge badge-{node['mark']} badge-{node['value']}"))


def _depart_badge_html(self: Any, node: badge) -> None:
    self.body.append("</span>")


def _visit_block_text(self: Any, node: nodes.Element) -> None:
    self.new_state(0)


def _depart_block_text(self: Any, node: nodes.Element) -> None:
    self.end_state()


def _visit_card_latex(self: Any, node: care_card) -> None:
    self.body.append("\n\n\\begin{quote}\n")


def _depart_card_latex(self: Any, node: care_card) -> None:
    self.body.append("\n\\end{quote}\n\n")


def _visit_title_latex(self: Any, node: care_card_title) -> None:
    self.body.append("\\textbf{")


def _depart_title_latex(self: Any, node: care_card_title) -> None:
    self.body.append("}\n\n")


def _pass(self: Any, node: nodes.Node) -> None:
    pass


def _skip(self: Any, node: nodes.Node) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the nodes and how each format shows them."""
    app.add_node(
        print_children,
        html=(_skip, None),
        latex=(_skip, None),
        text=(_skip, None),
        man=(_skip, None),
        texinfo=(_skip, None),
    )
    app.add_node(
        care_card,
        html=(_visit_card_html, _depart_card_html),
        latex=(_visit_card_latex, _depart_card_latex),
        text=(_pass, _pass),
        man=(_pass, _pass),
        texinfo=(_pass, _pass),
    )
    app.add_node(
        care_card_title,
        html=(_visit_title_html, _depart_title_html),
        latex=(_visit_title_latex, _depart_title_latex),
        text=(_visit_block_text, _depart_block_text),
        man=(_pass, _pass),
        texinfo=(_pass, _pass),
    )
    app.add_node(
        badge,
        html=(_visit_badge_html, _depart_badge_html),
        latex=(_pass, _pass),
        text=(_pass, _pass),
        man=(_pass, _pass),
        texinfo=(_pass, _pass),
    )
    return {"parallel_read_safe": True, "parallel_write_safe": True}
