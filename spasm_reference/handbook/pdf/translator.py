"""Write an assembled book as Typst.

The words of the book reach Typst only as string literals.  Everything else in the output is calls of
the functions in ``book.typ``, so how things look is decided there and what they are is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import _, admonitionlabels
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

from spasm_reference.handbook.pdf.assembly import Book, book_document, book_part
from spasm_reference.handbook.pdf.tables import TablePlan, plan_table, row_stays_whole
from spasm_reference.handbook.pdf.text import literal, needs_breaks, one_space, split_scheme, tokens, with_breaks
from spasm_reference.sphinx.nodes import badge, care_card, care_card_title

if TYPE_CHECKING:
    from spasm_reference.handbook.pdf.builder import PdfBuilder

logger = logging.getLogger(__name__)

# Characters on a line of running text; longer tokens than a part of it get break points.
_TEXT_ROOM = 30

# Longest title in a running head, in characters.
_RUNNING_TITLE = 58

# Share of the page that must be left for a record to begin on it.
_RECORD_ROOM = "30%"

# A wide table takes its heading and short introduction along to the turned page.
_SHORT_INTRODUCTION = 600


@dataclass(frozen=True)
class LinkOpening:
    """The start of a link inside the book, settled once every place in the book is known."""

    key: str
    page: bool


#: Typst source in the making.
Output = list["str | LinkOpening"]


class TypstTranslator(SphinxTranslator):
    """Visits the assembled doctree and collects Typst source."""

    builder: PdfBuilder

    def __init__(self, document: nodes.document, builder: PdfBuilder, book: Book, unprintable: frozenset[str]) -> None:
        super().__init__(document, builder)
        self.book = book
        #: Characters no embedded font has, known from an earlier try.
        self.unprintable = unprintable
        self.body: Output = []
        #: "docname#id" of every place that links can reach, with its Typst label.
        self.places: dict[str, str] = {}
        #: Places waiting for the next text they can be tied to.
        self.waiting: list[str] = []
        self.footnotes = self.collect_footnotes()
        self.printed_footnotes: set[str] = set()
        self.docnames: list[str] = []
        self.roles: list[str] = []
        #: Level of the heading of each open section.
        self.levels: list[int] = []
        #: Rank (depth below the chapter title) of the innermost section.
        self.rank = 0
        #: Targets whose page number the current section has given already.
        self.page_given: set[str] = set()
        self.explained: set[str] = set()
        self.tables: list[TablePlan] = []
        #: Characters on a line here, for words that must be broken.
        self.room = [_TEXT_ROOM]
        #: Above zero where a page number would be in the way.
        self.no_pages = 0
        self.in_head = False
        self.in_heading = False
        #: Footnotes called in the heading being written.
        self.heading_notes: list[nodes.footnote] = []
        #: Above zero inside boxes and lists, where Typst cannot turn the page.
        self.boxed = 0
        self.open_turned: nodes.table | None = None
        self.unknown: set[str] = set()

    # --- Output ----------------------------------------------------------------------------------

    def source(self) -> str:
        """Return the finished Typst source of the book's body."""
        return "".join(piece if isinstance(piece, str) else self.link_opening(piece) for piece in self.body)

    def link_opening(self, link: LinkOpening) -> str:
        """Return the start of a link, or of plain content if its target is not in the book."""
        label = self.places.get(link.key)
        if label is None:
            return "#["
        return f"#xref({literal(label)}, page: {typst_bool(link.page)})["

    def emit(self, *pieces: str | LinkOpening) -> None:
        """Add Typst source."""
        self.body.extend(pieces)

    def capture(self, children: Iterable[nodes.Node]) -> Output:
        """Return the source of ``children`` without adding it to the book."""
        outer, self.body = self.body, []
        for child in children:
            child.walkabout(self)
        inner, self.body = self.body, outer
        return inner

    # --- Places ----------------------------------------------------------------------------------

    @property
    def docname(self) -> str:
        """Name of the document being written."""
        return self.docnames[-1]

    def keys_of(self, node: nodes.Element) -> list[str]:
        """Return the keys of the places ``node`` defines."""
        return [f"{self.docname}#{identifier}" for identifier in node["ids"]]

    def wait(self, node: nodes.Element) -> None:
        """Have the next text carry the places of ``node``, which has no text of its own to carry them."""
        self.waiting.extend(self.keys_of(node))

    def tie(self, node: nodes.Element | None = None) -> None:
        """Write an anchor here for the waiting places and those of ``node``."""
        if node is not None:
            self.wait(node)
        # Typst repeats header rows, and what is repeated must not hold a unique label.
        if self.in_head:
            return
        fresh = [key for key in self.waiting if key not in self.places]
        self.waiting = []
        if fresh:
            self.emit(f"#anchor({literal(fresh[0])})")
            for key in fresh:
                self.places[key] = fresh[0]

    def tie_heading(self, node: nodes.Element, keys: list[str]) -> str:
        """Let a heading carry ``keys`` and the waiting places; return its label."""
        keys = [*keys, *self.waiting]
        self.waiting = []
        label = next((key for key in keys if key not in self.places), f"heading-{len(self.places)}-{id(node)}")
        for key in keys:
            self.places.setdefault(key, label)
        return label

    def collect_footnotes(self) -> dict[str, nodes.footnote]:
        """Return every footnote of the book by its key."""
        found: dict[str, nodes.footnote] = {}
        for document in self.document.findall(book_document):
            for footnote in document.findall(nodes.footnote):
                if owner(footnote) is document:
                    found.update({f"{document['docname']}#{identifier}": footnote for identifier in footnote["ids"]})
        return found

    # --- Dispatch --------------------------------------------------------------------------------

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Note where blocks come from, so that a compiler error can name the place."""
        outer = isinstance(node.parent, (nodes.section, book_document))
        if outer and isinstance(node, nodes.Body) and self.docnames:
            self.emit(f"\n// from {self.docname}:{node.line or ''}\n")
        super().dispatch_visit(node)

    def unknown_visit(self, node: nodes.Node) -> None:
        """Warn once about a kind of node this translator does not know; its children are still printed."""
        kind = node.__class__.__name__
        if kind not in self.unknown:
            self.unknown.add(kind)
            logger.warning("print: unknown kind of node: %s", kind, location=node, type="typst", subtype="node")
        if isinstance(node, nodes.Element):
            self.wait(node)

    def unknown_departure(self, node: nodes.Node) -> None:
        """Leave a node of an unknown kind."""

    def pass_visit(self, node: nodes.Element) -> None:
        """Visit a node that adds nothing of its own to print."""
        self.wait(node)

    def pass_depart(self, node: nodes.Element) -> None:
        """Leave a node that adds nothing of its own to print."""

    def skip(self, node: nodes.Element) -> None:
        """Leave a node out of print."""
        raise nodes.SkipNode

    # --- The book --------------------------------------------------------------------------------

    def visit_document(self, node: nodes.document) -> None:
        """Begin the book."""

    def depart_document(self, node: nodes.document) -> None:
        """End the book."""
        self.tie()

    def visit_book_part(self, node: book_part) -> None:
        """Begin a part with a page that names its chapters."""
        chapters = []
        for child in node:
            if isinstance(child, book_document) and any(isinstance(part, nodes.section) for part in child):
                title = self.book.titles[child["docname"]]
                chapters.append(f"({literal(child['docname'] + '#')}, {literal(title)}),")
        number = node["number"]
        self.emit(
            f"\n#part-page({number}, {literal(f'part {number}')}, {self.plain(node['title'])}, ({''.join(chapters)}))\n"
        )

    def depart_book_part(self, node: book_part) -> None:
        """End a part."""

    def visit_book_document(self, node: book_document) -> None:
        """Begin a document: a chapter, a section of one, or a bibliography entry."""
        self.docnames.append(node["docname"])
        self.roles.append(node["role"])
        self.explained.clear()
        self.emit(f"\n// from {node['docname']}:\n")
        if node["role"] != "entry":
            self.waiting.append(f"{node['docname']}#")
        if node["role"] == "chapter":
            self.levels = [node["level"] - 1]
            self.rank = -1
        if node["role"] == "entry":
            title = next(node.findall(nodes.title), None)
            self.no_pages += 1
            self.emit(f"#bibliography-entry({node['number']}, [")
            self.tie()
            self.emit(*self.capture(title.children if title else []), "], [")
            self.boxed += 1

    def depart_book_document(self, node: book_document) -> None:
        """End a document."""
        if node["role"] == "entry":
            self.emit("])\n")
            self.no_pages -= 1
            self.boxed -= 1
        self.docnames.pop()
        self.roles.pop()

    def visit_section(self, node: nodes.section) -> None:
        """Begin a section."""
        self.page_given.clear()
        self.levels.append(self.levels[-1] + 1)
        self.rank += 1
        if self.roles[-1] != "entry" and self.open_turned is None:
            self.open_turned = self.table_to_turn_for(node)
            if self.open_turned is not None:
                self.emit("\n#turned[\n")

    def depart_section(self, node: nodes.section) -> None:
        """End a section."""
        self.levels.pop()
        self.rank -= 1

    def table_to_turn_for(self, section: nodes.section) -> nodes.table | None:
        """Return the wide table that ``section`` opens with, so that its heading can go on the turned page."""
        introduction = 0
        for child in section:
            if isinstance(child, nodes.table):
                return child if plan_table(child).turned else None
            if not isinstance(child, (nodes.title, nodes.paragraph, nodes.target, nodes.comment, addnodes.index)):
                return None
            introduction += len(child.astext())
            if introduction > _SHORT_INTRODUCTION:
                return None
        return None

    def visit_title(self, node: nodes.title) -> None:
        """Write the title of a section, box or table."""
        parent = node.parent
        if isinstance(parent, nodes.section):
            self.write_heading(node, parent)
        elif isinstance(parent, nodes.table):
            self.emit("caption: [")
            self.tie()
            self.no_pages += 1
            self.emit(*self.capture(node.children), "],\n")
            self.no_pages -= 1
        else:
            self.emit("#box-title[")
            self.tie(node)
            self.emit(*self.capture(node.children), "]\n")
        raise nodes.SkipNode

    def write_heading(self, title: nodes.title, section: nodes.section) -> None:
        """Write the heading of a section, which is a chapter's, an entry's or a plain one."""
        if self.roles[-1] == "entry":
            # The document's own title has been written by its entry; deeper ones are small.
            if isinstance(section.parent, book_document):
                self.tie(section)
            else:
                self.emit("#minor-title[")
                self.tie(section)
                self.emit(*self.capture(title.children), "]\n")
            return
        document = section.parent if isinstance(section.parent, book_document) else None
        keys = [f"{self.docname}#"] if document is not None and document.index(section) == 0 else []
        label = literal(self.tie_heading(section, [*keys, *self.keys_of(section)]))
        self.no_pages += 1
        self.in_heading = True
        words = ["[", *self.capture(title.children), "]"]
        self.in_heading = False
        self.no_pages -= 1
        notes, self.heading_notes = self.heading_notes, []
        running = literal(shortened(title.astext()))
        level = self.levels[-1]
        if self.rank == 0:
            turned = typst_bool(self.open_turned is not None)
            self.emit(f"\n#chapter({level}, {label}, ", *words, f", {running}, turned: {turned})\n")
        else:
            options = f", running: {running}" if self.rank == 1 else ""
            if document is not None and document["record"]:
                options += f", room: {_RECORD_ROOM}"
            self.emit(f"\n#section({self.rank}, {level}, {label}, ", *words, f"{options})\n")
        for note in notes:
            self.emit("#heading-note[", *self.footnote_words(note), "]\n")

    def visit_subtitle(self, node: nodes.subtitle) -> None:
        """Write a subtitle."""
        self.emit("#minor-title[")

    def depart_subtitle(self, node: nodes.subtitle) -> None:
        """End a subtitle."""
        self.emit("]\n")

    def visit_rubric(self, node: nodes.rubric) -> None:
        """Write a heading that is not in the contents."""
        if node.astext().strip() in ("Footnotes", _("Footnotes")) and not trailing_text(node):
            # In print the notes stand at the foot of their page.
            raise nodes.SkipNode
        self.emit("\n#rubric[")
        self.tie(node)

    def depart_rubric(self, node: nodes.rubric) -> None:
        """End a rubric."""
        self.emit("]\n")

    # --- Words -----------------------------------------------------------------------------------

    def plain(self, text: str) -> str:
        """Return text as a string literal, with characters no font has spelled out."""
        for character in self.unprintable:
            if character in text:
                text = text.replace(character, code_points(character))
        return literal(text)

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802 - docutils gives the name
        """Write words, as string literals alone."""
        text = one_space(node.astext())
        if isinstance(node.next_node(descend=False, siblings=True), nodes.footnote_reference):
            # The mark of a note stands close to its word.
            text = text.rstrip(" ")
        for character in sorted(self.unprintable):
            if character in text:
                logger.warning(
                    "print: no embedded font has %r; it is printed as %s",
                    character,
                    code_points(character),
                    location=node.parent,
                    type="typst",
                    subtype="glyph",
                )
        pieces: list[str] = []
        for token in tokens(text):
            if not needs_breaks(token, self.room[-1]):
                pieces.append(token)
                continue
            if pieces:
                self.emit("#" + self.plain("".join(pieces)))
                pieces = []
            scheme, rest = split_scheme(token)
            if scheme:
                self.emit(f"#box({self.plain(scheme)})")
            self.emit(f"#unhyphenated({self.plain(with_breaks(rest, self.room[-1]))})")
        if any(pieces):
            self.emit("#" + self.plain("".join(pieces)))

    def depart_Text(self, node: nodes.Text) -> None:  # noqa: N802 - docutils gives the name
        """End words."""

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        """Begin a paragraph."""
        self.tie(node)

    def depart_paragraph(self, node: nodes.paragraph) -> None:
        """End a paragraph."""
        if node.next_node(descend=False, siblings=True) is not None or isinstance(
            node.parent, (nodes.section, book_document)
        ):
            self.emit("\n\n")

    def visit_emphasis(self, node: nodes.Element) -> None:
        """Begin emphasis."""
        self.emit("#emph[")
        self.tie_inline(node)

    def visit_strong(self, node: nodes.Element) -> None:
        """Begin strong emphasis."""
        self.emit("#strong[")
        self.tie_inline(node)

    def visit_subscript(self, node: nodes.Element) -> None:
        """Begin a subscript."""
        self.emit("#sub[")

    def visit_superscript(self, node: nodes.Element) -> None:
        """Begin a superscript."""
        self.emit("#super[")

    def close_inline(self, node: nodes.Element) -> None:
        """End what an inline visit began."""
        self.emit("]")

    def tie_inline(self, node: nodes.Element) -> None:
        """Tie the places of an inline node, except in a heading, which the contents repeat."""
        if self.in_heading:
            return
        if node["ids"]:
            self.tie(node)

    def visit_inline(self, node: nodes.Element) -> None:
        """Begin a span; only marks that print distinguishes are kept."""
        self.tie_inline(node)
        classes = set(node["classes"])
        if classes & {"guilabel", "menuselection"}:
            self.emit("#strong[")
        elif "kbd" in classes:
            self.emit("#key-text[")
        else:
            self.emit("#[")

    def visit_literal(self, node: nodes.Element) -> None:
        """Write inline code."""
        self.tie_inline(node)
        text = one_space(node.astext())
        room = self.room[-1]
        broken = "".join(with_breaks(token, room) if needs_breaks(token, room) else token for token in tokens(text))
        self.emit(f"#raw({self.plain(broken)})")
        raise nodes.SkipNode

    def visit_math(self, node: nodes.math) -> None:
        """Write a formula as the author typed it; the handbook has no typeset mathematics."""
        self.emit(f"#emph({self.plain(one_space(node.astext()))})")
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.math_block) -> None:
        """Write a displayed formula as the author typed it."""
        self.tie(node)
        self.emit(f"#display-math({self.plain(one_space(node.astext()))})\n\n")
        raise nodes.SkipNode

    def visit_abbreviation(self, node: nodes.Element) -> None:
        """Write an abbreviation, explained at its first use in a document."""
        explanation = str(node.get("explanation", ""))
        self.emit(*self.capture(node.children))
        # In a signature the mark itself is the code.
        in_code = isinstance(node.parent, addnodes.desc_parameter) or isinstance(
            node.parent.parent, addnodes.desc_parameter
        )
        if explanation and not in_code and node.astext() not in self.explained:
            self.explained.add(node.astext())
            self.emit(f"#{self.plain(f' ({explanation})')}")
        raise nodes.SkipNode

    def visit_badge(self, node: badge) -> None:
        """Begin a badge."""
        self.emit(f"#mark-badge({literal(str(node.get('mark', '')))}, {literal(str(node.get('value', '')))})[")

    def visit_generated(self, node: nodes.Element) -> None:
        """Begin words that docutils made, such as section numbers."""

    # --- Links and footnotes ---------------------------------------------------------------------

    def visit_reference(self, node: nodes.reference) -> None:
        """Begin a link: inside the book with its page number, outside as a live address."""
        self.tie_inline(node)
        uri = str(node.get("refuri", ""))
        if self.in_head:
            # Repeated header rows are no part of the accessible text, where links are not allowed.
            self.emit("#[")
            return
        if node.get("refid"):
            key = f"{self.docname}#{node['refid']}"
        elif uri.startswith("%"):
            key = uri[1:] if "#" in uri else f"{uri[1:]}#"
        elif re.match(r"(https?|mailto|ftp|tel):", uri):
            self.emit(f"#outside({literal(uri)})[")
            return
        else:
            # A file of the web pages, or an address that only makes sense there.
            self.emit("#[")
            return
        number = self.book.entry_numbers.get(key)
        if number is not None and key.split("#", 1)[0] != self.docname:
            self.write_entry_link(node, key, number)
            raise nodes.SkipNode
        words = node.astext()
        # A picture and the label of a citation need no page number.
        worded = bool(words) and not (words.startswith("[") and words.endswith("]"))
        page = worded and self.no_pages == 0 and key not in self.page_given
        if page:
            self.page_given.add(key)
        self.emit(LinkOpening(key, page))

    def write_entry_link(self, node: nodes.reference, key: str, number: int) -> None:
        """Write a link to a bibliography entry as its number, after the author's own words if there are any."""
        words = node.astext().strip()
        self.emit(LinkOpening(key, page=False))
        if words not in (self.book.entry_titles[key], str(number), f"[{number}]", ""):
            self.emit(*self.capture(node.children), '#" "')
        self.emit(f"#{literal(f'[{number}]')}]")

    def visit_number_reference(self, node: nodes.Element) -> None:
        """Begin a reference by number."""
        self.visit_reference(node)  # type: ignore[arg-type]

    def visit_download_reference(self, node: nodes.Element) -> None:
        """Begin the name of a file that the web pages offer; print has nothing to open."""
        self.emit("#[")

    def visit_target(self, node: nodes.target) -> None:
        """Note a place."""
        if not self.in_heading:
            self.wait(node)
            if not isinstance(node.parent, (nodes.section, book_document)):
                self.tie()

    def depart_target(self, node: nodes.target) -> None:
        """Leave a place."""

    def visit_footnote_reference(self, node: nodes.footnote_reference) -> None:
        """Write a footnote where it is first called, and its number at later calls."""
        key = f"{self.docname}#{node.get('refid', '')}"
        footnote = self.footnotes.get(key)
        if footnote is not None and self.in_heading:
            self.heading_notes.append(footnote)
        elif footnote is None:
            self.emit(f"#super({self.plain(node.astext())})")
        elif key in self.printed_footnotes:
            self.emit(f"#footnote(label({literal('note ' + key)}))")
        else:
            self.printed_footnotes.add(key)
            self.emit("#footnote[", *self.footnote_words(footnote), f"]#label({literal('note ' + key)})")
        raise nodes.SkipNode

    def footnote_words(self, footnote: nodes.footnote) -> Output:
        """Return what a footnote says, without its number."""
        self.no_pages += 1
        words = self.capture(child for child in footnote if not isinstance(child, nodes.label))
        self.no_pages -= 1
        return words

    def visit_footnote(self, node: nodes.footnote) -> None:
        """Leave out a footnote here, since it is printed where it is called, unless nothing calls it."""
        if node.get("backrefs"):
            raise nodes.SkipNode
        self.wait(node)

    def visit_citation(self, node: nodes.citation) -> None:
        """Write a citation with its label in front."""
        name = node.children[0].astext() if node.children else ""
        self.emit("\n#fields(terms.item([")
        self.tie(node)
        self.emit(f"#{self.plain(f'[{name}]')}], [", *self.capture(node.children[1:]), "]))\n")
        raise nodes.SkipNode

    # --- Lists -----------------------------------------------------------------------------------

    def visit_bullet_list(self, node: nodes.bullet_list) -> None:
        """Begin a bulleted list."""
        self.wait(node)
        self.boxed += 1
        self.emit(f"\n#list(tight: {typst_bool(is_tight(node))},\n")

    def visit_enumerated_list(self, node: nodes.enumerated_list) -> None:
        """Begin a numbered list."""
        self.wait(node)
        self.boxed += 1
        pattern = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}.get(
            str(node.get("enumtype", "arabic")), "1"
        )
        numbering = f"{node.get('prefix', '')}{pattern}{node.get('suffix') or '.'}"
        tight = typst_bool(is_tight(node))
        self.emit(f"\n#enum(tight: {tight}, start: {int(node.get('start', 1))}, numbering: {literal(numbering)},\n")

    def depart_list(self, node: nodes.Element) -> None:
        """End a list."""
        self.boxed -= 1
        self.emit(")\n")

    def visit_list_item(self, node: nodes.list_item) -> None:
        """Begin an item."""
        self.emit("[")
        self.wait(node)

    def depart_list_item(self, node: nodes.list_item) -> None:
        """End an item."""
        self.tie()
        self.emit("],\n")

    def visit_definition_list(self, node: nodes.Element) -> None:
        """Begin a list of terms and what they mean."""
        self.wait(node)
        self.boxed += 1
        self.emit("\n#definitions(\n")

    def visit_definition_list_item(self, node: nodes.definition_list_item) -> None:
        """Write one or more terms with their meaning."""
        terms = [child for child in node if isinstance(child, nodes.term)]
        rest = [child for child in node if not isinstance(child, (nodes.term, nodes.classifier))]
        self.wait(node)
        self.emit("terms.item([")
        for term in terms:
            if term is not terms[0]:
                self.emit('#", "')
            self.tie(term)
            self.emit(*self.capture(term.children))
        for classifier in node.findall(nodes.classifier):
            if classifier.parent is node:
                self.emit('#text(weight: "regular")[#" ("#emph[', *self.capture(classifier.children), ']#")"]')
        self.emit("], [", *self.capture(rest), "]),\n")
        raise nodes.SkipNode

    def visit_definition(self, node: nodes.Element) -> None:
        """Begin a meaning."""

    def visit_field_list(self, node: nodes.Element) -> None:
        """Begin a list of named fields."""
        self.wait(node)
        self.boxed += 1
        self.emit("\n#fields(\n")

    def visit_field(self, node: nodes.Element) -> None:
        """Begin a field."""
        self.emit("terms.item(")

    def depart_field(self, node: nodes.Element) -> None:
        """End a field."""
        self.emit("),\n")

    def visit_field_name(self, node: nodes.Element) -> None:
        """Begin the name of a field."""
        self.emit("[")
        self.tie(node)

    def depart_field_name(self, node: nodes.Element) -> None:
        """End the name of a field."""
        self.emit('#":"], ')

    def visit_field_body(self, node: nodes.Element) -> None:
        """Begin the content of a field."""
        self.emit("[")

    def visit_option_list(self, node: nodes.Element) -> None:
        """Begin a list of command line options."""
        self.visit_definition_list(node)

    def visit_option_list_item(self, node: nodes.Element) -> None:
        """Begin an option and its description."""
        self.emit("terms.item(")

    def visit_option_group(self, node: nodes.Element) -> None:
        """Write the spellings of an option."""
        spellings = [option.astext() for option in node]
        self.emit("[")
        self.tie(node)
        self.emit(f"#raw({self.plain(', '.join(spellings))})], ")
        raise nodes.SkipNode

    def visit_description(self, node: nodes.Element) -> None:
        """Begin the description of an option."""
        self.emit("[")

    # --- Blocks ----------------------------------------------------------------------------------

    def open_block(self, call: str, node: nodes.Element) -> None:
        """Begin a block function that takes one body."""
        self.wait(node)
        self.boxed += 1
        self.emit(f"\n#{call}[\n")

    def close_block(self, node: nodes.Element) -> None:
        """End a block function."""
        self.tie()
        self.boxed -= 1
        self.emit("]\n\n")

    def visit_block_quote(self, node: nodes.Element) -> None:
        """Begin a quotation."""
        self.open_block("quotation", node)

    def visit_attribution(self, node: nodes.Element) -> None:
        """Begin the source of a quotation."""
        self.emit("\n#attribution[")

    def visit_line_block(self, node: nodes.line_block) -> None:
        """Begin lines that are kept as written."""
        nested = isinstance(node.parent, nodes.line_block)
        self.open_block("nested-lines" if nested else "line-block", node)

    def visit_line(self, node: nodes.line) -> None:
        """Begin one line."""
        self.tie(node)

    def depart_line(self, node: nodes.line) -> None:
        """End one line."""
        following = node.next_node(descend=False, siblings=True)
        if isinstance(following, nodes.line):
            self.emit("#linebreak()\n")

    def visit_doctest_block(self, node: nodes.doctest_block) -> None:
        """Write a Python session."""
        self.write_code(node, "python")

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        """Write a block of code."""
        self.write_code(node, str(node.get("language", "")).lower())

    def write_code(self, node: nodes.Element, language: str) -> None:
        """Write a block of code."""
        self.tie(node)
        lang = literal(language) if re.fullmatch(r"[a-z0-9+#-]+", language) and language not in _PLAIN else "none"
        room = min(self.room[-1] * 3, 80)
        lines = []
        for line in node.astext().expandtabs(4).split("\n"):
            lines.append("".join(with_breaks(word, 30) if len(word) > room else word for word in tokens(line)))
        self.emit(f"\n#code-block({self.plain(chr(10).join(lines))}, lang: {lang})\n\n")
        raise nodes.SkipNode

    def visit_caption(self, node: nodes.caption) -> None:
        """Write the caption of a block of code."""
        self.emit("\n#code-caption[")
        self.tie(node)

    def depart_caption(self, node: nodes.caption) -> None:
        """End a caption."""
        self.emit("]\n")

    def visit_transition(self, node: nodes.Element) -> None:
        """Write a break between thoughts."""
        # Sphinx draws a line above the notes of a page; in print they are at the foot of theirs.
        if trailing_text(node):
            self.emit("\n#thought-break()\n")
        raise nodes.SkipNode

    def visit_container(self, node: nodes.container) -> None:
        """Begin a container; only the short version of a page is boxed."""
        if "in-short" in node["classes"]:
            self.open_block("in-short", node)
        else:
            self.wait(node)

    def depart_container(self, node: nodes.container) -> None:
        """End a container."""
        if "in-short" in node["classes"]:
            self.close_block(node)
        else:
            self.emit("\n\n")

    def visit_topic(self, node: nodes.Element) -> None:
        """Begin a topic box; a page's own contents list is left out, since the book has one."""
        if "contents" in node["classes"]:
            raise nodes.SkipNode
        self.open_block("aside", node)

    def visit_care_card(self, node: care_card) -> None:
        """Begin a care card; its links carry no page numbers, so that the action stands alone."""
        self.wait(node)
        self.boxed += 1
        self.no_pages += 1
        titles = [child for child in node if isinstance(child, care_card_title)]
        self.emit(f"\n#care-card({literal(str(node['level']))}, title: [")
        self.tie()
        for title in titles:
            self.emit(*self.capture(title.children))
        self.emit("])[\n")

    def depart_care_card(self, node: care_card) -> None:
        """End a care card."""
        self.no_pages -= 1
        self.close_block(node)

    def visit_care_card_title(self, node: care_card_title) -> None:
        """Skip the title, which the card has written in its band."""
        raise nodes.SkipNode

    def visit_named_admonition(self, node: nodes.Element) -> None:
        """Begin a note, warning and the like, with its kind as the title."""
        kind = node.__class__.__name__
        self.open_block(f"admonition({literal(kind)})", node)
        self.emit("#box-title[")
        self.tie()
        self.emit(f"#{literal(str(admonitionlabels[kind]))}]\n")

    def visit_admonition(self, node: nodes.admonition) -> None:
        """Begin a box with a title of its own."""
        kind = next((name for name in node["classes"] if name in admonitionlabels), "note")
        self.open_block(f"admonition({literal(kind)})", node)

    def visit_versionmodified(self, node: nodes.Element) -> None:
        """Begin a note on when something changed."""
        self.open_block("indented", node)

    def visit_centered(self, node: nodes.Element) -> None:
        """Begin a centered line."""
        self.emit("\n#align(center)[")

    def visit_productionlist(self, node: nodes.Element) -> None:
        """Write grammar rules as they stand."""
        self.emit(f"\n#code-block({self.plain(node.astext())})\n\n")
        raise nodes.SkipNode

    def visit_raw(self, node: nodes.raw) -> None:
        """Write Typst source meant for this builder; raw parts for other formats are left out."""
        if "typst" in str(node.get("format", "")).split():
            self.emit(node.astext())
            if isinstance(node.parent, (nodes.section, book_document)):
                self.emit("\n\n")
        raise nodes.SkipNode

    # --- Descriptions of code --------------------------------------------------------------------

    def visit_desc_signature(self, node: nodes.Element) -> None:
        """Begin a signature."""
        self.emit("\n#signature[")
        self.tie(node)
        self.no_pages += 1

    def depart_desc_signature(self, node: nodes.Element) -> None:
        """End a signature."""
        self.no_pages -= 1
        self.emit("]\n")

    def visit_desc_content(self, node: nodes.Element) -> None:
        """Begin the description under a signature."""
        self.open_block("indented", node)

    def depart_desc_signature_line(self, node: nodes.Element) -> None:
        """End one line of a signature."""
        if node.next_node(descend=False, siblings=True) is not None:
            self.emit("#linebreak()")

    def visit_desc_returns(self, node: nodes.Element) -> None:
        """Write the arrow before a return type."""
        self.emit('#" → "')

    def visit_desc_parameterlist(self, node: nodes.Element) -> None:
        """Write parameters with their brackets and commas."""
        square = isinstance(node, addnodes.desc_type_parameter_list)
        self.emit('#"["' if square else '#"("')
        for index, child in enumerate(node.children):
            if index:
                self.emit('#", "')
            self.emit(*self.capture([child]))
        self.emit('#"]"' if square else '#")"')
        raise nodes.SkipNode

    def visit_desc_optional(self, node: nodes.Element) -> None:
        """Write parameters that may be left out."""
        self.emit('#"["', *self.capture(node.children), '#"]"')
        raise nodes.SkipNode

    # --- Pictures --------------------------------------------------------------------------------

    def visit_image(self, node: nodes.image) -> None:
        """Write a picture, or a marked gap where its file is missing."""
        alt = node.get("alt")
        path = self.builder.picture_path(str(node["uri"]))
        inline = isinstance(node.parent, nodes.TextElement) and not is_linked_block(node)
        if path is None:
            logger.warning("print: image file not found: %s", node["uri"], location=node, type="typst", subtype="image")
            words = f"Missing picture: {alt or node['uri']}"
            self.emit(f"#{self.plain(words)}" if inline else f"\n#placeholder({self.plain(words)})\n")
            raise nodes.SkipNode
        if alt is None:
            logger.warning(
                "print: image without alternative text: %s", node["uri"], location=node, type="typst", subtype="alt"
            )
            alt = ""
        call = f"{literal(path)}, alt: {literal(one_space(str(alt)))}"
        if inline:
            height = typst_length(node.get("height"))
            self.emit(f"#small-picture({call}{f', height: {height}' if height else ''})")
        else:
            self.tie(node)
            width = typst_length(node.get("width")) or "auto"
            self.emit(f"\n#picture({call}, width: {width})\n")
        raise nodes.SkipNode

    # On paper a picture with links is a picture; the text beside it leads to the same pages.
    visit_linked_picture = visit_image

    def visit_figure(self, node: nodes.figure) -> None:
        """Write a figure with its caption and legend."""
        self.wait(node)
        self.boxed += 1
        captions = [child for child in node if isinstance(child, nodes.caption)]
        legends = [child for child in node if isinstance(child, nodes.legend)]
        pictures = [child for child in node if child not in captions and child not in legends]
        self.emit("\n#book-figure([", *self.capture(pictures))
        self.tie()
        self.emit("]")
        self.no_pages += 1
        for caption in captions:
            self.emit(", caption: [", *self.capture(caption.children), "]")
        self.no_pages -= 1
        for legend in legends:
            self.emit(", legend: [", *self.capture(legend.children), "]")
        self.emit(")\n\n")
        self.boxed -= 1
        raise nodes.SkipNode

    # --- Tables ----------------------------------------------------------------------------------

    def visit_table(self, node: nodes.table) -> None:
        """Begin a table."""
        plan = plan_table(node)
        self.wait(node)
        if plan.turned and self.boxed == 0 and self.open_turned is None:
            self.open_turned = node
            self.emit("\n#turned[\n")
        self.tables.append(plan)
        self.boxed += 1
        self.no_pages += 1
        columns = ", ".join(plan.columns)
        self.emit(f"\n#book-table(columns: ({columns},), shrink: {plan.shrink},\n")

    def depart_table(self, node: nodes.table) -> None:
        """End a table."""
        self.emit(")\n\n")
        self.tables.pop()
        self.boxed -= 1
        self.no_pages -= 1
        if self.open_turned is node:
            self.open_turned = None
            self.emit("]\n")

    def visit_thead(self, node: nodes.thead) -> None:
        """Begin the header rows, which Typst repeats on each page."""
        self.in_head = True
        # Notes are links too, but unlike other links they cannot be told in plain words.
        repeat = not any(True for _ in node.findall(nodes.footnote_reference))
        self.emit(f"table.header(repeat: {typst_bool(repeat)},\n")

    def depart_thead(self, node: nodes.thead) -> None:
        """End the header rows."""
        self.emit("),\n")
        self.in_head = False

    def visit_row(self, node: nodes.row) -> None:
        """Write the cells of a row."""
        plan = self.tables[-1]
        whole = row_stays_whole(node, plan)
        from_head, self.in_head = self.in_head, isinstance(node.parent, nodes.thead)
        column = 0
        for entry in node:
            if isinstance(entry, nodes.entry):
                self.write_cell(entry, plan, column, whole)
                column += 1 + int(entry.get("morecols", 0))
        self.in_head = from_head
        raise nodes.SkipNode

    def write_cell(self, entry: nodes.entry, plan: TablePlan, column: int, whole: bool) -> None:
        """Write one cell."""
        options = [f"breakable: {typst_bool(not whole)}"]
        span = 1 + int(entry.get("morecols", 0))
        if span > 1:
            options.append(f"colspan: {span}")
        if entry.get("morerows", 0):
            options.append(f"rowspan: {1 + int(entry['morerows'])}")
        for side in ("left", "center", "right"):
            if f"text-{side}" in entry["classes"]:
                options.append(f"align: {side} + top")
        self.wait(entry)
        room = plan.room[min(column, len(plan.room) - 1) :][:span]
        self.room.append(sum(room) or 4)
        words = self.capture(entry.children)
        self.room.pop()
        stub = column < len(plan.stubs) and plan.stubs[column] and not self.in_head
        name = "head-cell" if self.in_head else "table.cell"
        opening, closing = ("#strong[", "]") if stub else ("", "")
        self.emit(f"{name}({', '.join(options)})[{opening}", *words, f"{closing}],\n")

    # --- Nodes that print alike -------------------------------------------------------------------

    visit_title_reference = visit_emphasis
    depart_title_reference = close_inline
    visit_literal_emphasis = visit_emphasis
    depart_literal_emphasis = close_inline
    visit_manpage = visit_emphasis
    depart_manpage = close_inline

    visit_literal_strong = visit_strong
    depart_literal_strong = close_inline

    visit_problematic = visit_inline
    depart_problematic = close_inline

    depart_emphasis = close_inline
    depart_strong = close_inline
    depart_subscript = close_inline
    depart_superscript = close_inline
    depart_inline = close_inline
    depart_badge = close_inline
    depart_reference = close_inline
    depart_number_reference = close_inline
    depart_download_reference = close_inline
    depart_attribution = close_inline
    depart_centered = close_inline

    depart_bullet_list = depart_list
    depart_enumerated_list = depart_list
    depart_definition_list = depart_list
    depart_field_list = depart_list
    depart_option_list = depart_list

    visit_attention = visit_named_admonition
    depart_attention = close_block
    visit_caution = visit_named_admonition
    depart_caution = close_block
    visit_danger = visit_named_admonition
    depart_danger = close_block
    visit_error = visit_named_admonition
    depart_error = close_block
    visit_hint = visit_named_admonition
    depart_hint = close_block
    visit_important = visit_named_admonition
    depart_important = close_block
    visit_note = visit_named_admonition
    depart_note = close_block
    visit_seealso = visit_named_admonition
    depart_seealso = close_block
    visit_tip = visit_named_admonition
    depart_tip = close_block
    visit_warning = visit_named_admonition
    depart_warning = close_block

    visit_sidebar = visit_topic
    depart_sidebar = close_block

    depart_block_quote = close_block
    depart_line_block = close_block
    depart_topic = close_block
    depart_admonition = close_block
    depart_versionmodified = close_block
    depart_desc_content = close_block
    visit_desc_type_parameter_list = visit_desc_parameterlist
    depart_desc_returns = pass_depart
    depart_definition = pass_depart
    depart_footnote = pass_depart
    depart_generated = pass_depart
    depart_field_body = close_inline
    depart_description = close_inline
    depart_option_list_item = depart_field

    # Nodes that only hold others.
    visit_glossary = pass_visit
    depart_glossary = pass_depart
    visit_legend = pass_visit
    depart_legend = pass_depart
    visit_compound = pass_visit
    depart_compound = pass_depart
    visit_tgroup = pass_visit
    depart_tgroup = pass_depart
    visit_tbody = pass_visit
    depart_tbody = pass_depart
    visit_desc = pass_visit
    depart_desc = pass_depart
    visit_desc_name = pass_visit
    depart_desc_name = pass_depart
    visit_desc_addname = pass_visit
    depart_desc_addname = pass_depart
    visit_desc_annotation = pass_visit
    depart_desc_annotation = pass_depart
    visit_desc_type = pass_visit
    depart_desc_type = pass_depart
    visit_desc_inline = pass_visit
    depart_desc_inline = pass_depart
    visit_desc_parameter = pass_visit
    depart_desc_parameter = pass_depart
    visit_desc_type_parameter = pass_visit
    depart_desc_type_parameter = pass_depart
    visit_acks = pass_visit
    depart_acks = pass_depart
    visit_hlist = pass_visit
    depart_hlist = pass_depart
    visit_hlistcol = pass_visit
    depart_hlistcol = pass_depart
    visit_compact_paragraph = pass_visit
    depart_compact_paragraph = pass_depart
    visit_pending_xref = pass_visit
    depart_pending_xref = pass_depart
    visit_pending_xref_condition = pass_visit
    depart_pending_xref_condition = pass_depart
    visit_docinfo = pass_visit
    depart_docinfo = pass_depart

    visit_desc_sig_element = pass_visit
    depart_desc_sig_element = pass_depart
    visit_desc_sig_space = pass_visit
    depart_desc_sig_space = pass_depart
    visit_desc_sig_name = pass_visit
    depart_desc_sig_name = pass_depart
    visit_desc_sig_operator = pass_visit
    depart_desc_sig_operator = pass_depart
    visit_desc_sig_punctuation = pass_visit
    depart_desc_sig_punctuation = pass_depart
    visit_desc_sig_keyword = pass_visit
    depart_desc_sig_keyword = pass_depart
    visit_desc_sig_keyword_type = pass_visit
    depart_desc_sig_keyword_type = pass_depart
    visit_desc_sig_literal_number = pass_visit
    depart_desc_sig_literal_number = pass_depart
    visit_desc_sig_literal_string = pass_visit
    depart_desc_sig_literal_string = pass_depart
    visit_desc_sig_literal_char = pass_visit
    depart_desc_sig_literal_char = pass_depart
    visit_desc_signature_line = pass_visit

    # Nodes that print leaves out.
    visit_comment = skip
    visit_substitution_definition = skip
    visit_pending = skip
    visit_meta = skip
    visit_toctree = skip
    visit_tabular_col_spec = skip
    visit_highlightlang = skip
    visit_index = skip
    visit_decoration = skip
    visit_label = skip
    visit_colspec = skip
    visit_system_message = skip


# Languages that mean "no highlighting".
_PLAIN = frozenset({"none", "text", "default", "guess", "output", "plaintext"})


def owner(node: nodes.Node) -> nodes.Node | None:
    """Return the innermost `book_document` that ``node`` is in."""
    parent = node.parent
    while parent is not None and not isinstance(parent, book_document):
        parent = parent.parent
    return parent


def trailing_text(node: nodes.Element) -> bool:
    """Say whether anything but footnotes follows ``node`` in its parent."""
    following = node.parent[node.parent.index(node) + 1 :]
    return any(not isinstance(sibling, (nodes.footnote, nodes.comment, nodes.target)) for sibling in following)


def is_tight(items: nodes.Element) -> bool:
    """Say whether every item of a list is one paragraph, perhaps with a list under it."""
    for item in items:
        if not isinstance(item, nodes.list_item):
            continue
        paragraphs = [child for child in item if isinstance(child, nodes.paragraph)]
        others = [
            child
            for child in item
            if not isinstance(child, (nodes.paragraph, nodes.bullet_list, nodes.enumerated_list))
        ]
        if len(paragraphs) > 1 or others:
            return False
    return True


def is_linked_block(image: nodes.image) -> bool:
    """Say whether a picture that is a link stands in a paragraph's place rather than in a line."""
    parent = image.parent
    return isinstance(parent, nodes.reference) and not isinstance(parent.parent, nodes.TextElement)


def shortened(title: str) -> str:
    """Return a title short enough for a running head."""
    title = one_space(title).strip()
    if len(title) <= _RUNNING_TITLE:
        return title
    return title[:_RUNNING_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:–—") + " …"


def code_points(character: str) -> str:
    """Return how a character that no font has is spelled out."""
    return "".join(f"[U+{ord(point):04X}]" for point in character)


def typst_bool(value: bool) -> str:
    """Return a Typst truth value."""
    return "true" if value else "false"


def typst_length(value: str | None) -> str:
    """Return a docutils length as a Typst length, or an empty string if there is none."""
    match = re.fullmatch(r"\s*([\d.]+)\s*([a-z%]*)\s*", value or "")
    if match is None:
        return ""
    number, unit = match.groups()
    if unit in ("%", "pt", "mm", "cm", "in", "em"):
        return f"{number}{unit}"
    # Pixels of a screen are three quarters of a point; other units are rare and close to it.
    return f"{float(number) * 0.75:g}pt"
