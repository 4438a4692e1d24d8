"""The running text of a page, taken from its doctree: what a reader reads from sentence to sentence.

In it: paragraphs, list items, care cards, quotations, notes, and cells of tables that hold a sentence.

Out of it: headings, also those that stand in bold at the start of a paragraph; tables of figures;
source lists, citations in parentheses, search strings, codes and dates of review; lists of links to
other pages; marks such as "Low certainty"; pictures with their captions, code and index entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes

from ..sphinx.nodes import badge, care_card_title

LEFT_OUT_SECTIONS = ("Sources", "Review", "Codes", "Use it in Python", "Related pages")
"""Headings of sections without running text: lists of sources and links, codes, dates, examples for programmers."""

LEFT_OUT_CLASSES = ("web-only", "search-terms")
"""Classes of containers that hold links to other pages, and of search strings."""

_LEFT_OUT_NODES = (
    nodes.title,
    nodes.caption,
    nodes.figure,
    nodes.image,
    nodes.literal_block,
    nodes.comment,
    nodes.raw,
    nodes.Invisible,
    addnodes.index,
    addnodes.toctree,
    badge,
)
_HEADING_WORDS = 6
"""A bold start of at most so many words before other text is a heading of its paragraph."""

_CITATION = "\x00"
_LINK_START, _LINK_END = "\x01", "\x02"
_PLAIN = r"[^()\x00]|\([^()\x00]*\)"
_CITED = re.compile(rf"\((?:{_PLAIN})*\x00(?:\x00|{_PLAIN})*\)")
_LINKED = re.compile(r"\x01[^\x02]*\x02")
_PARENTHESES = re.compile(r"\([^()]*\)")
_SENTENCE_END = re.compile(r"[.?!…][\"'”’)\]]*$")


def running_text(doctree: nodes.Node) -> list[str]:
    """Return the blocks of running text of a page (paragraphs, list items, cells), in order, each one plain line."""
    return [text for block in _blocks(doctree) if (text := _text_of(block))]


def _blocks(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield each innermost element that holds text, in order, without what is left out."""
    for child in node.children:
        if isinstance(child, nodes.paragraph | care_card_title | nodes.term | nodes.line | nodes.rubric):
            yield child
        elif isinstance(child, nodes.Element) and not _is_left_out(child):
            yield from _blocks(child)


def _is_left_out(node: nodes.Element) -> bool:
    if isinstance(node, _LEFT_OUT_NODES) or any(name in node["classes"] for name in LEFT_OUT_CLASSES):
        return True
    if isinstance(node, nodes.thead):
        return True
    return isinstance(node, nodes.section) and node[0].astext() in LEFT_OUT_SECTIONS


def _text_of(block: nodes.Element) -> str:
    """Return the running text of one block, or nothing if it has none."""
    marked = _CITED.sub("", _marked_text(block, _run_in_heading(block))).replace(_CITATION, "")
    text = " ".join(marked.replace(_LINK_START, "").replace(_LINK_END, "").split())
    is_sentence = bool(_SENTENCE_END.search(text))
    if not is_sentence and not re.search(r"\w", _PARENTHESES.sub("", _LINKED.sub("", marked))):
        return ""  # nothing but links to other pages
    if not is_sentence and isinstance(block.parent, nodes.entry):
        return ""  # a figure or a name in a table
    return text


def _marked_text(node: nodes.Node, heading: nodes.Node | None = None) -> str:
    """Return the text below a node, with marks around links and in place of citations."""
    if node is heading:
        return ""
    if isinstance(node, nodes.Text):
        return node.astext()
    if not isinstance(node, nodes.Element) or _is_left_out(node):
        return ""
    target = str(node.get("reftarget") or node.get("refuri") or "")
    if target.startswith("source-"):
        return _CITATION
    inner = "".join(_marked_text(child, heading) for child in node.children)
    return f"{_LINK_START}{inner}{_LINK_END}" if target else inner


def _run_in_heading(block: nodes.Element) -> nodes.Node | None:
    """Return the bold words at the start of a block that are the heading of the text after them."""
    children = [child for child in block.children if child.astext()]
    if not children or not isinstance(children[0], nodes.strong):
        return None
    rest = "".join(_marked_text(child) for child in children[1:])
    is_short = len(children[0].astext().split()) <= _HEADING_WORDS
    return children[0] if is_short and re.search(r"\w", _CITED.sub("", rest)) else None
