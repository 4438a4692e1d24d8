"""The Sphinx builder that makes the printed book."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import ClassVar

from sphinx.builders import Builder
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.locale import _, __
from sphinx.util import logging
from sphinx.util.display import progress_message

from spasm_reference.handbook.pdf.assembly import Assembler, Book
from spasm_reference.handbook.pdf.compile import PDF_STANDARD
from spasm_reference.handbook.pdf.images import printable_svg
from spasm_reference.handbook.pdf.text import literal
from spasm_reference.handbook.pdf.translator import TypstTranslator, typst_bool

logger = logging.getLogger(__name__)

# Folder of the pictures, beside the Typst source.
_IMAGE_FOLDER = "images"

# A second try spells out characters that no font has; a third covers those the second uncovered.
_TRIES = 3


class PdfError(Exception):
    """The book could not be made; the message is one line that names the place."""


class PdfBuilder(Builder):
    """Writes the whole project as one Typst file and compiles it to an accessible PDF."""

    name = "typst"
    format = "typst"
    default_translator_class = TypstTranslator
    supported_image_types: ClassVar[list[str]] = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"]
    # Keeps Sphinx from fetching pictures off the network; they become marked gaps.
    supported_remote_images = True

    # --- What Sphinx asks of a builder -----------------------------------------------------------

    def get_outdated_docs(self) -> str:
        """Have the book written on each run; an unchanged one is not compiled again."""
        return "the whole book"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return how links name a document: a percent sign, which no address begins with, and its name."""
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the same as `get_target_uri`: in one book all documents are in one place."""
        return self.get_target_uri(to, typ)

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Make the book; a failure is one line in the log and leaves an earlier PDF alone.

        Sphinx 9 prints a traceback and a plea to report a bug for every exception, even its own kinds,
        so the error is logged and the exit status set, as the link checker does.
        """
        try:
            self.write_book()
        except PdfError as error:
            logger.error(__("the PDF was not made: %s"), error)
            self._app.statuscode = 1

    def write_book(self) -> None:
        """Write the Typst source and make the PDF of it."""
        with progress_message(__("assembling the book")):
            book = Assembler(self).assemble()
            pictures = self.copy_pictures()
        unprintable: frozenset[str] = frozenset()
        for _attempt in range(_TRIES):
            self.write_source(book, unprintable)
            digest = self.digest(pictures)
            if self.pdf_path.exists() and read_text(self.digest_path) == digest:
                logger.info(__("The PDF is up to date: %s"), self.pdf_path)
                return
            with progress_message(__("compiling the PDF")):
                outcome = self.compile()
            if outcome["ok"]:
                break
            missing = frozenset(str(character) for character in as_list(outcome["missing"]))
            if not missing - unprintable:
                raise PdfError(self.error_line(outcome))
            unprintable |= missing
        else:
            raise PdfError(self.error_line(outcome))
        for warning in as_list(outcome["warnings"]):
            logger.warning("typst: %s", warning, type="typst", subtype="compile")
        self.digest_path.write_text(digest, encoding="utf-8")
        logger.info(__("The PDF is ready: %s"), self.pdf_path)

    # --- Paths -----------------------------------------------------------------------------------

    @property
    def slug(self) -> str:
        """The project's name as a file name."""
        return re.sub(r"[^a-z0-9]+", "-", self.config.project.lower()).strip("-") or "book"

    @property
    def source_path(self) -> Path:
        """Where the Typst source goes."""
        return Path(self.outdir, f"{self.slug}.typ")

    @property
    def pdf_path(self) -> Path:
        """Where the PDF goes."""
        name = self.config.pdf_name or self.slug
        return Path(self.outdir, name if name.endswith(".pdf") else f"{name}.pdf")

    @property
    def digest_path(self) -> Path:
        """Where the digest of everything the PDF was made from goes."""
        return Path(self.outdir, f".{self.pdf_path.name}.sha256")

    # --- Pictures --------------------------------------------------------------------------------

    def picture_path(self, uri: str) -> str | None:
        """Return the path of a picture from the Typst source, or None if there is no such file."""
        name = self.images.get(uri)
        return f"{_IMAGE_FOLDER}/{name}" if name and Path(self.srcdir, uri).is_file() else None

    def copy_pictures(self) -> list[Path]:
        """Copy the book's pictures beside the source and return where they are."""
        folder = Path(self.outdir, _IMAGE_FOLDER)
        copies = []
        for uri, name in sorted(self.images.items()):
            original = Path(self.srcdir, uri)
            if not original.is_file():
                continue
            data = original.read_bytes()
            if original.suffix.lower() == ".svg":
                data = printable_svg(data)
            write_if_changed(folder / name, data)
            copies.append(folder / name)
        return copies

    # --- Typst source ----------------------------------------------------------------------------

    def write_source(self, book: Book, unprintable: frozenset[str]) -> None:
        """Write the template, the settings and the body of the book."""
        template = resources.files(__package__).joinpath("book.typ").read_bytes()
        write_if_changed(Path(self.outdir, "book.typ"), template)
        write_if_changed(Path(self.outdir, "settings.typ"), self.settings().encode())
        translator = TypstTranslator(book.doctree, self, book, unprintable)
        book.doctree.walkabout(translator)
        body = translator.source() + self.index(translator)
        head = '// Made by the print builder; changes here are lost.\n#import "book.typ": *\n#show: book\n'
        write_if_changed(self.source_path, (head + body).encode())

    def settings(self) -> str:
        """Return the settings of the template: the facts on the cover and the profile of the page."""
        config = self.config
        edition = self.edition_date()
        facts = []
        if config.version or config.release:
            facts.append(f"{_('Version')} {config.version or config.release}")
        if config.pdf_data_version:
            facts.append(f"{_('Data version')} {config.pdf_data_version}")
        if edition:
            facts.append(f"{edition:%B} {edition.day}, {edition.year}")
        language, _separator, region = str(config.language or "en").replace("-", "_").partition("_")
        size = float(config.pdf_text_size)
        # Larger type needs its lines kept long enough, so the margins give way.
        side, top, foot = (3.1, 3.0, 2.8) if size < 13 else (2.4, 2.8, 2.9) if size < 16 else (1.9, 2.7, 3.1)
        date = f"(year: {edition.year}, month: {edition.month}, day: {edition.day})" if edition else "none"
        values = {
            "title": literal(config.project),
            "subtitle": literal(config.pdf_subtitle),
            "author": literal(config.author) if config.author not in ("", "unknown", "Author name not set") else "()",
            "facts": "(" + "".join(f"{literal(fact)}, " for fact in facts) + ")",
            "notice": literal(config.pdf_notice),
            "licence": literal(config.pdf_licence),
            "footer": literal(config.pdf_footer),
            "date": date,
            "language": literal(language.lower()),
            "region": literal(region.upper()) if len(region) == 2 else "none",
            "paper": literal(config.pdf_paper),
            "size": f"{size:g}pt",
            "margin": f"(x: {side}cm, top: {top}cm, bottom: {foot}cm)",
            "grayscale": typst_bool(config.pdf_grayscale),
            "contents-depth": "3",
            "words": "("
            + "".join(
                f"{key}: {literal(word)}, "
                for key, word in {
                    "contents": _("Contents"),
                    "index": _("Index"),
                    "page": _("Page"),
                    "of": _("of"),
                    "part": _("Part"),
                }.items()
            )
            + ")",
        }
        lines = "".join(f"  {key}: {value},\n" for key, value in values.items())
        return f"// What this book says of itself, and how its page is set.\n#let settings = (\n{lines})\n"

    def edition_date(self) -> datetime.date | None:
        """Return the date of the edition from the configuration."""
        if not self.config.pdf_date:
            return None
        try:
            return datetime.date.fromisoformat(self.config.pdf_date)
        except ValueError:
            raise PdfError(f"pdf_date is not an ISO date such as 2026-01-31: {self.config.pdf_date!r}") from None

    def timestamp(self) -> int | None:
        """Return the fixed time the PDF is stamped with: SOURCE_DATE_EPOCH, or the date of the edition."""
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        if epoch.isdigit():
            return int(epoch)
        edition = self.edition_date()
        if edition is None:
            return None
        midnight = datetime.time(tzinfo=datetime.UTC)
        return int(datetime.datetime.combine(edition, midnight).timestamp())

    def index(self, translator: TypstTranslator) -> str:
        """Return the source of the index, from the entries Sphinx collected."""
        lines: list[str] = []
        for letter, entries in IndexEntries(self.env).create_index(self):
            group: list[str] = []
            for word, (targets, subentries, _key) in entries:
                children = [(sub, index_targets(links, translator)) for sub, links in subentries]
                pointers = [sub for (sub, links) in subentries if not links]
                below = [(sub, found) for sub, found in children if found]
                own = index_targets(targets, translator)
                if not (own or below or pointers):
                    continue  # every place is in a document that print leaves out
                see = "".join(f"{literal(pointer)}, " for pointer in pointers)
                group.append(f"#index-entry(0, {translator.plain(word)}, ({own}), see: ({see}))\n")
                group.extend(f"#index-entry(1, {translator.plain(sub)}, ({found}))\n" for sub, found in below)
            if group:
                lines += [f"#index-letter({literal(letter)})\n", *group]
        return f"\n#book-index({literal('index of the book')}, [\n{''.join(lines)}])\n" if lines else ""

    # --- Compiling -------------------------------------------------------------------------------

    def digest(self, pictures: list[Path]) -> str:
        """Return the digest of everything that decides the bytes of the PDF."""
        digest = hashlib.sha256(f"{version('typst')} {PDF_STANDARD} {self.timestamp()}".encode())
        for path in (Path(self.outdir, "book.typ"), Path(self.outdir, "settings.typ"), self.source_path, *pictures):
            digest.update(f"\n{path.name} {path.stat().st_size}\n".encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def compile(self) -> dict[str, object]:
        """Compile the source in a process of its own and return what it reports."""
        command = [sys.executable, "-m", f"{__package__}.compile", str(self.source_path), str(self.pdf_path)]
        timestamp = self.timestamp()
        if timestamp is not None:
            command += ["--timestamp", str(timestamp)]
        # The package may be importable only because conf.py said where it is.
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        finished = subprocess.run(  # noqa: S603 - our own module, no shell
            command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False
        )
        try:
            outcome: dict[str, object] = json.loads(finished.stdout)
        except ValueError:
            last = (finished.stderr.strip().splitlines() or [f"exit status {finished.returncode}"])[-1]
            raise PdfError(f"the compiler did not finish: {last}") from None
        return outcome

    def error_line(self, outcome: dict[str, object]) -> str:
        """Return one line that names the error and the document it comes from."""
        line = int(str(outcome["line"]))
        place = f"{Path(str(outcome['file'])).name}:{line}"
        if Path(str(outcome["file"])).name == self.source_path.name:
            for text in reversed(self.source_path.read_text(encoding="utf-8").split("\n")[:line]):
                if text.startswith("// from "):
                    document, _separator, number = text.removeprefix("// from ").rpartition(":")
                    place = f"{self.env.doc2path(document, base=False)}:{number}".rstrip(":")
                    break
        return f"{place}: {outcome['message']}"


def index_targets(targets: Iterable[tuple[str | None, str | bool]], translator: TypstTranslator) -> str:
    """Return the places of an index entry as Typst source; those not in the book are left out."""
    found = []
    for main, uri in targets:
        label = translator.places.get(str(uri).removeprefix("%"))
        if label is not None:
            found.append(f"({literal(label)}, {typst_bool(bool(main))}), ")
    return "".join(found)


def as_list(value: object) -> list[object]:
    """Return a list from the compiler's report."""
    return value if isinstance(value, list) else []


def read_text(path: Path) -> str:
    """Return the text of a file, or an empty string if there is none."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def write_if_changed(path: Path, data: bytes) -> None:
    """Write a file unless it holds just that already."""
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
