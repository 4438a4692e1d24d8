"""Has Sphinx measure each page as it reads it, and shows the grades at its foot and on one page for all.

The counts of a page are kept with Sphinx's environment.  The page that shows them all is read again after
any other, and its tables are filled in last, so what it shows is never measured itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util.docutils import SphinxDirective

from .. import readability
from ..readability import Reading
from ..sphinx.blocks import table
from .page_grades import QUALITY_PAGE, glossary_words, grouped, measure_page, reading_line


def readings_of(env: BuildEnvironment) -> dict[str, Reading]:
    """Return what was measured, by page; changes to it are kept."""
    if not hasattr(env, "spasm_readings"):
        env.spasm_readings = {}  # type: ignore[attr-defined]
    readings: dict[str, Reading] = env.spasm_readings  # type: ignore[attr-defined]
    return readings


class ReadingCollector(EnvironmentCollector):
    """Measures each page as Sphinx reads it."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page that is gone or is read again."""
        readings_of(env).pop(docname, None)

    def merge_other(self, app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
        """Take over what another process measured."""
        readings_of(env).update(
            {docname: reading for docname, reading in readings_of(other).items() if docname in set(docnames)}
        )

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Measure a page, and have it read again when what it was measured with has changed."""
        docname = app.env.docname
        reading = measure_page(docname, doctree)
        if reading is not None:
            readings_of(app.env)[docname] = reading
            for path in (readability.__file__, _words_file(app)):
                app.env.note_dependency(str(path))


def _words_file(app: Sphinx) -> Path:
    return Path(app.doctreedir) / "glossary-words.txt"


def _write_words(app: Sphinx) -> None:
    """Keep the glossary words in a file, whose date tells Sphinx when pages must be measured again."""
    text = "\n".join(sorted(glossary_words())) + "\n"
    file = _words_file(app)
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _read_quality_page_too(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Read the page of all grades again whenever another page is read."""
    if docnames and QUALITY_PAGE in env.found_docs and QUALITY_PAGE not in docnames:
        docnames.append(QUALITY_PAGE)


def _add_line(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give a page the line for its foot."""
    reading = readings_of(app.env).get(pagename)
    context["reading_line"] = reading_line(reading) if reading else None
    context["quality_page"] = QUALITY_PAGE


class reading_table(nodes.General, nodes.Element):
    """The place of a table of grades.  Attribute ``shows``: ``medians`` or ``pages``."""


class ReadingTable(SphinxDirective):
    """``{reading-table} medians`` or ``{reading-table} pages``: filled in when every page has been read."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the place of the table, or an error that names what may stand there."""
        shows = self.arguments[0]
        if shows not in ("medians", "pages"):
            raise self.error(f'reading-table: found "{shows}", expected one of medians, pages')
        return [reading_table(shows=shows)]


def _fill_tables(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    readings = readings_of(app.env)
    for place in list(doctree.findall(reading_table)):
        if not readings:
            place.parent.remove(place)
        elif place["shows"] == "medians":
            place.replace_self(_median_table(readings))
        else:
            place.replace_self(_page_table(app, docname, readings))


def _median_table(readings: dict[str, Reading]) -> nodes.table:
    head = ("Pages", "How many", "SMOG", "SMOG, excused", "Flesch-Kincaid", "Sentences over 20 words")
    rows = [
        (
            group.name,
            str(group.pages),
            f"{group.smog:.1f}",
            f"{group.smog_excused:.1f}",
            f"{group.flesch_kincaid:.1f}",
            f"{100 * group.long_share:.1f}%",
        )
        for group in grouped(readings)
    ]
    return table(head, rows)


def _page_table(app: Sphinx, docname: str, readings: dict[str, Reading]) -> nodes.table:
    """Return a row for each page, the hardest first."""
    head = ("Page", "SMOG", "SMOG, excused", "Flesch-Kincaid", "Sentences", "Over 20 words")
    rows = []
    for page, reading in sorted(readings.items(), key=lambda item: (-item[1].smog, item[0])):
        address = app.builder.get_relative_uri(docname, page)
        title = nodes.reference("", app.env.titles[page].astext(), refuri=address, internal=True)
        rows.append(
            (
                [title],
                f"{reading.smog:.1f}",
                f"{reading.smog_excused:.1f}",
                f"{reading.flesch_kincaid:.1f}",
                str(reading.sentences),
                str(reading.long_sentences),
            )
        )
    return table(head, rows)


def setup(app: Sphinx) -> dict[str, Any]:
    """Measure pages, and show what was measured."""
    app.add_node(reading_table)
    app.add_directive("reading-table", ReadingTable)
    app.add_env_collector(ReadingCollector)
    app.connect("builder-inited", _write_words)
    app.connect("env-before-read-docs", _read_quality_page_too)
    app.connect("doctree-resolved", _fill_tables)
    app.connect("html-page-context", _add_line)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
