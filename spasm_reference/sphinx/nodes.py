"""Document parts that plain docutils has no name for, with how HTML, text, LaTeX and EPUB show them.

The handbook's print builder has its own translator and shows the same nodes in its own way.
"""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import quoteattr

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


class record_name(nodes.inline):
    """The name of a record, or the sentence of a finding, that can become a link.

    Attributes: ``summary``, which HTML shows on pointing at it, and ``place`` (such as ``record/magnesium``
    or ``finding/…``), by which a drawing finds where it leads.  Every format but HTML shows the words alone.
    """


class evidence_map(nodes.container):
    """The evidence map: drawings on the web, a table that says the same in every other format.

    Attributes: ``drawings``, each a title and an SVG whose links are written as the ``place`` of a
    `record_name`, and ``legend``, an SVG.  Children: the table.
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
    self.body.append(self.starttag(node, "span", "", CLASS=_badge_classes(node)))


def _badge_classes(node: badge) -> str:
    # Not plain "badge": themes made with Bootstrap have their own.
    return f"spasm-badge spasm-badge-{node['mark']} spasm-badge-{node['value']}"


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


_WORDS = re.compile(r"[^\W\d_].*")


def _visit_badge_latex(self: Any, node: badge) -> None:
    """Write the words without the circles before them, which the usual TeX fonts do not have."""
    words = _WORDS.search(node.astext())
    self.body.append(self.encode(words.group() if words else node.astext()))
    raise nodes.SkipNode


def _visit_name_html(self: Any, node: record_name) -> None:
    self.body.append(self.starttag(node, "span", "", CLASS="spasm-record", title=node["summary"]))


def _depart_name_html(self: Any, node: record_name) -> None:
    self.body.append("</span>")


_PLACE = re.compile(r'<a href="spasm:([^"]+)"( aria-label)?')


def _visit_map_html(self: Any, node: evidence_map) -> None:
    """Draw the map, its links where those of the table lead; without a place to lead to they are plain marks."""
    self.body.append(self.starttag(node, "div"))
    if self.builder.name == "epub":  # a book has no room to point, and must declare every drawing inside its pages
        return
    places = _places(node)

    def lead(match: re.Match[str]) -> str:
        place, label = match[1], match[2] or ""
        if place in places:
            return f"<a href={quoteattr(places[place])}{label}"
        return f'<a role="img"{label}' if label else "<a"

    for title, drawing in node["drawings"]:
        self.body.append(
            f'<figure class="spasm-map">\n{_PLACE.sub(lead, drawing)}'
            f"<figcaption>{self.encode(title)}</figcaption></figure>\n"
        )
    self.body.append(f"<details><summary>What the marks mean</summary>\n{node['legend']}</details>\n")
    self.body.append("<details><summary>The same in a table</summary>\n")


def _depart_map_html(self: Any, node: evidence_map) -> None:
    self.body.append("</div>\n" if self.builder.name == "epub" else "</details>\n</div>\n")


def _places(node: evidence_map) -> dict[str, str]:
    """Return where each name of the table leads, for those that became links."""
    places = {}
    for name in node.findall(record_name):
        link = name.parent
        if isinstance(link, nodes.reference):
            places[name["place"]] = link["refuri"] if "refuri" in link else f"#{link['refid']}"
    return places


def _pass(self: Any, node: nodes.Node) -> None:
    pass


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the nodes and how each format shows them."""
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
        latex=(_visit_badge_latex, _pass),
        text=(_pass, _pass),
        man=(_pass, _pass),
        texinfo=(_pass, _pass),
    )
    # Other formats know what these two are made from, a span and a container, and show their children.
    app.add_node(record_name, html=(_visit_name_html, _depart_name_html))
    app.add_node(evidence_map, html=(_visit_map_html, _depart_map_html))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
