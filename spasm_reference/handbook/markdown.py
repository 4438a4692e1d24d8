"""A page as plain Markdown, made from the doctree that its HTML is made from.

For programs that read pages, and for people who want to keep or quote one.  Nothing in it needs this project:
care cards and notes are quotations, marks such as "Moderate certainty" are words, pictures are described,
and links lead to the Markdown of other pages.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import Any

from docutils import nodes
from sphinx import addnodes

from ..sphinx.nodes import badge, care_card_title

_MARKS = re.compile(r"[\\`*\[\]<~|]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
"""Characters that Markdown could read as markup wherever they stand."""
_MAYBE_MARKS = re.compile(r"[\\`*\[\]<~|_&]")
"""The same roughly, found much faster; most texts have none."""
_MARKS_AT_START = re.compile(r"^(?:[#>=+:-]|\d+(?=[.)]))")
"""What would begin a heading, a list, a quotation or a rule at the start of a block."""
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SHOWN_NOWHERE = (nodes.Invisible, nodes.raw, nodes.system_message, addnodes.index, addnodes.toctree)


def markdown_of(doctree: nodes.document, downloads: str = "") -> str:
    """Return a resolved page as Markdown that ends in a line break.

    ``downloads`` is the address of the folder of files to download, relative to the page.
    """
    named = {doctree.nameids[name] for name, is_explicit in doctree.nametypes.items() if is_explicit}
    return "\n\n".join(_Writer(named, downloads).blocks(doctree)) + "\n"


def escaped(text: str) -> str:
    r"""Return text so that Markdown shows exactly its characters.

    >>> print(escaped("2 * 3 = [6], snake_case, &amp;"))
    2 \* 3 = \[6\], snake_case, \&amp;
    """
    return _MARKS.sub(r"\\\g<0>", text) if _MAYBE_MARKS.search(text) else text


def link(text: str, address: str) -> str:
    """Return a link whose text is Markdown already."""
    return f"[{text}](<{address}>)" if re.search(r"[ ()]", address) else f"[{text}]({address})"


class _Writer:
    """Writes document parts: each method ``block_…`` or ``inline_…`` those of one type and of types made from it."""

    def __init__(self, named: AbstractSet[str | None], downloads: str) -> None:
        self.named = named  # ids that an author gave, which links lead to
        self.downloads = downloads
        self.chosen: dict[tuple[str, type], Callable[[Any], str]] = {}

    def blocks(self, node: nodes.Element) -> list[str]:
        """Return the blocks in an element, without those that show nothing."""
        shown = (self.block(child) for child in node.children if not isinstance(child, _SHOWN_NOWHERE))
        return [text for text in shown if text]

    def block(self, node: nodes.Node) -> str:
        """Return one block, below the places that links lead to."""
        if not isinstance(node, nodes.Element) or isinstance(node, nodes.Inline | badge):
            return self.inline(node)
        text = self._method("block", node)(node)
        places = "".join(f'<a id="{id}"></a>' for id in node["ids"] if id in self.named)
        return f"{places}\n\n{text}" if places and text else text

    def text(self, node: nodes.Element) -> str:
        """Return the text in an element, on one line."""
        return " ".join("".join(map(self.inline, node.children)).split())

    def inline(self, node: nodes.Node) -> str:
        """Return a part of a line."""
        if isinstance(node, nodes.Text):
            return escaped(node.astext())  # without the marks that docutils leaves in text
        if isinstance(node, _SHOWN_NOWHERE):
            return ""
        return self._method("inline", node)(node)

    def _method(self, prefix: str, node: nodes.Node) -> Callable[[Any], str]:
        """Return the method for the nearest type that has one."""
        key = (prefix, type(node))
        if key not in self.chosen:
            names = [f"{prefix}_{cls.__name__}" for cls in type(node).__mro__]
            self.chosen[key] = next(getattr(self, name) for name in names if hasattr(self, name))
        return self.chosen[key]

    # ---------------------------------------------------------------- blocks

    def block_Element(self, node: nodes.Element) -> str:  # noqa: N802
        """Write an element that is nothing special here: what is in it."""
        return "\n\n".join(self.blocks(node))

    def block_TextElement(self, node: nodes.TextElement) -> str:  # noqa: N802
        """Write a line of text, such as a paragraph or a caption."""
        return _MARKS_AT_START.sub(_escape_last, self.text(node))

    def block_title(self, node: nodes.title) -> str:
        """Write a heading."""
        depth = 0
        parent = node.parent
        while isinstance(parent, nodes.section):
            depth += 1
            parent = parent.parent
        return f"{'#' * max(depth, 1)} {self.text(node)}"

    def block_rubric(self, node: nodes.rubric) -> str:
        """Write a heading that stands outside the order of sections."""
        return f"**{self.text(node)}**"

    def block_care_card_title(self, node: care_card_title) -> str:
        """Write the heading of a care card."""
        return f"**{self.text(node)}**"

    def block_term(self, node: nodes.term) -> str:
        """Write a term above its definition."""
        return f"**{self.text(node)}**"

    def block_literal_block(self, node: nodes.literal_block) -> str:
        """Write code, fenced by more backticks than stand in it."""
        code = node.astext().rstrip("\n")
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
        return f"{fence}{node.get('language', '')}\n{code}\n{fence}"

    def block_doctest_block(self, node: nodes.doctest_block) -> str:
        """Write a Python session."""
        return f"```pycon\n{node.astext()}\n```"

    def block_bullet_list(self, node: nodes.bullet_list) -> str:
        """Write a list."""
        return self._list(node, lambda _number: "- ")

    def block_enumerated_list(self, node: nodes.enumerated_list) -> str:
        """Write a numbered list."""
        first = node.get("start", 1)
        return self._list(node, lambda number: f"{first + number}. ")

    def _list(self, node: nodes.Element, mark: Callable[[int], str]) -> str:
        """Write list items; an empty line stands between them only where one has more than a line."""
        items = []
        for number, item in enumerate(node.children):
            assert isinstance(item, nodes.Element)
            items.append(_indented(mark(number), "\n\n".join(self.blocks(item))))
        return ("\n\n" if any("\n" in item for item in items) else "\n").join(items)

    def block_block_quote(self, node: nodes.Element) -> str:
        """Write a quotation."""
        return _quoted(self.blocks(node))

    block_care_card = block_block_quote

    def block_Admonition(self, node: nodes.Element) -> str:  # noqa: N802
        """Write a note, its kind in front."""
        return _quoted([f"**{type(node).__name__.capitalize()}**", *self.blocks(node)])

    def block_table(self, node: nodes.table) -> str:
        """Write a table with one line a row, its title above."""
        title = [self.block(child) for child in node.children if isinstance(child, nodes.title)]
        rows = [[self._cell(entry) for entry in row.children] for row in node.findall(nodes.row)]
        width = max(map(len, rows))
        if next(iter(node.findall(nodes.thead)), None) is None:
            rows.insert(0, [])  # Markdown knows no table without a head
        head, *body = [[*row, *[""] * (width - len(row))] for row in rows]
        lines = [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * width, *body)]
        return "\n\n".join([*title, "\n".join(lines)])

    def _cell(self, entry: nodes.Node) -> str:
        """Return what is in a cell, on one line."""
        assert isinstance(entry, nodes.Element)
        blocks = "<br>".join(block.replace("\n", " ") for block in self.blocks(entry))
        return re.sub(r"(?<!\\)\|", r"\|", blocks)  # in code, which is not escaped

    def block_image(self, node: nodes.image) -> str:
        """Say what a picture shows; the picture itself needs the web page."""
        shown = escaped(" ".join(str(node.get("alt", "")).split()))
        return f"*Picture: {shown}*" if shown else ""

    block_desc = block_Element  # what autodoc writes is no note, though docutils counts it among them

    # ---------------------------------------------------------------- parts of a line

    def inline_Element(self, node: nodes.Element) -> str:  # noqa: N802
        """Write an element that is nothing special here: what is in it."""
        return "".join(map(self.inline, node.children))

    def inline_desc_signature(self, node: addnodes.desc_signature) -> str:
        """Write the name and parameters of something in Python, behind the places that links lead to."""
        places = "".join(f'<a id="{id}"></a>' for id in node["ids"])
        return f"{places}`{' '.join(self._signature(node).split())}`"

    def _signature(self, node: nodes.Node) -> str:
        """Return a signature with the signs that its parts do not hold themselves."""
        if isinstance(node, addnodes.desc_parameterlist):
            return f"({', '.join(child.astext() for child in node.children)})"
        if isinstance(node, addnodes.desc_returns):
            return f" → {''.join(child.astext() for child in node.children)}"
        return "".join(map(self._signature, node.children)) if isinstance(node, nodes.Element) else node.astext()

    def inline_strong(self, node: nodes.Element) -> str:
        """Write strong text."""
        return f"**{self.text(node)}**"

    def inline_emphasis(self, node: nodes.Element) -> str:
        """Write text with stress."""
        return f"*{self.text(node)}*"

    def inline_literal(self, node: nodes.Element) -> str:
        """Write code in a line."""
        code = node.astext()
        return f"`` {code} ``" if "`" in code else f"`{code}`"

    def inline_image(self, node: nodes.image) -> str:
        """Say what a picture shows."""
        return self.block_image(node)

    def inline_reference(self, node: nodes.reference) -> str:
        """Write a link."""
        address = f"#{node['refid']}" if node.get("refid") else _to_markdown(str(node.get("refuri", "")))
        return link(self.text(node), address) if address else self.text(node)

    def inline_download_reference(self, node: addnodes.download_reference) -> str:
        """Write a link to a file that the web pages offer."""
        if "filename" not in node:
            return self.text(node)
        return link(self.text(node), posixpath.join(self.downloads, node["filename"]))


def _to_markdown(address: str) -> str:
    """Return where a link leads in Markdown: another page's Markdown, or the same place elsewhere."""
    path, mark, place = address.partition("#")
    if _SCHEME.match(path) or not path.endswith(".html"):
        return address
    return f"{path.removesuffix('.html')}.md{mark}{place}"


def _escape_last(match: re.Match[str]) -> str:
    """Put a backslash before a sign, or behind a number and so before its period."""
    found = match.group()
    return f"{found}\\" if found.isdigit() else f"\\{found}"


def _indented(mark: str, text: str) -> str:
    """Return text behind the mark of a list, its other lines as far in."""
    return mark + text.replace("\n", "\n" + " " * len(mark)).replace(" " * len(mark) + "\n", "\n")


def _quoted(blocks: list[str]) -> str:
    """Return blocks as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(blocks).split("\n"))
