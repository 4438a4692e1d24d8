"""Put the documents of a project together into one doctree, in book order.

The root document's toctrees give the parts (a caption each) and the chapters; the toctrees inside a
chapter give its sections, and so on down.  Sphinx's own ``singlehtml`` assembly is not used: it leaves
many internal links without a target.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.docutils import new_document

from spasm_reference.handbook.nodes import print_children

logger = logging.getLogger(__name__)


class book_part(nodes.Element):
    """A part of the book.  Attributes: ``title``, ``number``.  Children: `book_document` nodes."""


class book_document(nodes.Element):
    """One source document.

    Attributes: ``docname``, ``role`` (chapter, section or entry), ``record`` (true if it should not
    begin at the foot of a page), ``level`` (heading level of its title, for chapters) and ``number``
    (for entries).  Each section of a document of bibliography entries becomes one of its own.
    """


@dataclass
class Book:
    """The assembled doctree and what the translator must know about its documents."""

    doctree: nodes.document
    #: Title of each document in the book, as plain text.
    titles: dict[str, str] = field(default_factory=dict)
    #: Number and title of each bibliography entry, by the keys of its places: document name, ``#``, id.
    entry_numbers: dict[str, int] = field(default_factory=dict)
    entry_titles: dict[str, str] = field(default_factory=dict)


class Assembler:
    """Builds a `Book` from the environment of a finished read."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.env = builder.env
        self.placed: set[str] = set()
        self.book = Book(new_document("book"))
        self.entry_count = 0

    def assemble(self) -> Book:
        """Return the whole book."""
        root = self.builder.config.root_doc
        self.placed.add(root)
        tree = self.resolved_doctree(root)
        toctrees = list(tree.findall(addnodes.toctree))
        captioned = any(toctree.get("caption") for toctree in toctrees)

        for toctree in toctrees:
            toctree.parent.remove(toctree)
        if has_text_below_title(tree):
            self.book.doctree += self.wrap(root, tree, role="chapter", level=1)

        part: nodes.Element = self.book.doctree
        number = 0
        for toctree in toctrees:
            caption = toctree.get("caption")
            if caption:
                number += 1
                part = book_part(title=caption, number=number)
                self.book.doctree += part
            elif captioned:
                # Without a caption the chapters belong to no part, whatever came before them.
                part = self.book.doctree
            level = 2 if isinstance(part, book_part) else 1
            for docname in self.children_of(toctree):
                part += self.document(docname, role="chapter", level=level)
        for empty in [child for child in self.book.doctree if isinstance(child, book_part) and not child.children]:
            self.book.doctree.remove(empty)
        return self.book

    def children_of(self, toctree: addnodes.toctree) -> Iterator[str]:
        """Yield the documents a toctree names that belong in print and are not in the book yet."""
        for docname in toctree["includefiles"]:
            if docname in self.placed or docname not in self.env.found_docs:
                continue
            self.placed.add(docname)
            if self.print_key(docname) != "skip":
                yield docname

    def print_key(self, docname: str) -> str:
        """Return the document's ``print`` metadata, or an empty string."""
        return str(self.env.metadata[docname].get("print", "")).strip()

    def document(self, docname: str, role: str, level: int = 0) -> book_document:
        """Return one document with the documents of its toctrees put in place."""
        tree = self.resolved_doctree(docname)
        for toctree in list(tree.findall(addnodes.toctree)):
            # The directive wraps its toctree in a compound of its own.
            shell = toctree.parent if isinstance(toctree.parent, nodes.compound) else toctree
            parent = shell.parent
            # Text that follows a toctree belongs to this document, so the nested documents, which
            # bring headings with them, wait until that text has ended.
            place = parent.index(shell)
            parent.remove(shell)
            while place < len(parent) and not isinstance(parent[place], (nodes.section, book_document)):
                place += 1
            nested: list[book_document] = []
            for name in self.children_of(toctree):
                if self.print_key(name) == "entries":
                    nested += self.entries(name)
                else:
                    nested.append(self.document(name, role="section"))
            # Several toctrees in a row keep their order.
            while place < len(parent) and isinstance(parent[place], book_document):
                place += 1
            parent.insert(place, nested)
        return self.wrap(docname, tree, role, level)

    def entries(self, docname: str) -> Iterator[book_document]:
        """Yield each section of a document as a numbered entry of the bibliography; its own title is left out."""
        tree = self.resolved_doctree(docname)
        self.book.titles[docname] = self.env.titles[docname].astext()
        title_section = tree.next_node(nodes.section)
        assert title_section is not None
        for section in [child for child in title_section if isinstance(child, nodes.section)]:
            self.entry_count += 1
            for key in (f"{docname}#{identifier}" for identifier in section["ids"]):
                self.book.entry_numbers[key] = self.entry_count
                self.book.entry_titles[key] = section[0].astext()
            entry = book_document(docname=docname, role="entry", level=0, record=False, number=self.entry_count)
            entry.source = str(self.env.doc2path(docname))
            entry += section
            yield entry

    def resolved_doctree(self, docname: str) -> nodes.document:
        """Return the document with references resolved and image files chosen."""
        tree = self.env.get_doctree(docname)
        # What print leaves out goes first: it holds most of the links, and resolving them takes time.
        for section in list(tree.findall(nodes.section)):
            if (
                isinstance(section.parent, nodes.section)
                and section[0].astext() in self.builder.config.pdf_skip_sections
            ):
                section.parent.remove(section)
        for box in list(tree.findall(nodes.container)):
            if "web-only" in box["classes"]:
                box.parent.remove(box)
        self.env.apply_post_transforms(tree, docname)
        self.builder.post_process_images(tree)
        for listed in list(tree.findall(print_children)):
            # On the web these pages stay out of the navigation; in print they follow like any other.
            listed.replace_self(addnodes.toctree(includefiles=listed["docnames"]))
        return tree

    def wrap(self, docname: str, tree: nodes.document, role: str, level: int) -> book_document:
        """Return the document's children in a `book_document`."""
        self.book.titles[docname] = self.env.titles[docname].astext() if docname in self.env.titles else docname
        wrapper = book_document(
            docname=docname,
            role=role,
            level=level,
            record=self.print_key(docname) == "record",
        )
        wrapper.source = str(self.env.doc2path(docname))
        wrapper.extend(tree.children)
        return wrapper


def has_text_below_title(tree: nodes.document) -> bool:
    """Say whether a document without its toctrees still says anything besides its title."""
    silent = (nodes.title, nodes.comment, nodes.target, nodes.substitution_definition, addnodes.index, nodes.raw)
    return any(
        isinstance(node, (nodes.TextElement, nodes.image)) and not isinstance(node, silent)
        for node in tree.findall(nodes.Element)
        if not isinstance(node.parent, nodes.title)
    )
