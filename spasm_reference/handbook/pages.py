"""One MyST page for each record, an index for each collection, and files to download, written only when they change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.util import logging

from .. import grading, phrases
from ..citations import identifiers, imprint
from ..exports import bibtex, csl_json
from ..library import Library, default_library
from ..mapping import summary_of_findings
from ..phrases import KINDS, TITLES
from ..records import COLLECTIONS, Entry, Finding, Source
from ..sphinx.map import legend, map_figure
from . import markup, overviews
from .backlinks import Backlinks
from .body import VIEWS, body_map
from .charts import bar_chart
from .pdf.leaflet import FILE as LEAFLET
from .pdf.leaflet import make_leaflet

logger = logging.getLogger(__name__)

INTRODUCTIONS = {
    "conditions": "Illnesses and states in which spasms happen.",
    "causes": "What can lead to a spasm, what is only said to, and how sure we are.",
    "symptoms": "What you may notice, and what it can mean.",
    "regions": "Start from where it hurts.",
    "treatments": "What you or a professional can do, with the evidence for and against.",
    "medicines": "What medicines are used, with limits and dangers. Never change a prescribed medicine on your own.",
    "supplements": "Minerals, vitamins, herbs and oils that people take for spasms.",
    "foods": "Foods that are said to help, and what is in them.",
    "red_flags": "Signs that need help, the most urgent first.",
    "claims": "Popular statements about spasms, each with a verdict and the reason.",
    "terms": "Medical and research words in plain language.",
    "emergency_numbers": "Whom to call, by country.",
    "sources": "Every paper, label and page that this book rests on.",
}

CERTAINTY_ORDER = ("high", "moderate", "low", "very-low")
DIRECTION_ORDER = ("benefit", "harm", "no-effect", "mixed", "unclear", "no-trials")


def write_pages(library: Library, folder: Path) -> tuple[int, int]:
    """Bring ``folder`` in line with the records; return how many pages were written and removed.

    A page whose text is the same is not touched, so Sphinx does not build it again.
    """
    environment = _environment(library)
    wanted: dict[Path, str] = {}
    for kind in COLLECTIONS:
        records = _sorted(kind, list(library.collections[kind].values()))
        template = environment.get_template(f"{kind}.md.jinja")
        groups = _source_groups(records) if kind == "sources" else {}
        if groups:
            for name, sources in groups.items():
                wanted[folder / kind / f"{name}.md"] = _tidy(template.render(group=name, records=sources))
        else:
            for record in records:
                wanted[folder / kind / f"{record.id}.md"] = _tidy(template.render(record=record))
        index = environment.get_template("index.md.jinja")
        wanted[folder / kind / "index.md"] = _tidy(
            index.render(
                kind=kind,
                title=TITLES[kind],
                introduction=INTRODUCTIONS[kind],
                records=records,
                groups=groups,
                children=list(groups) or [record.id for record in records],
            )
        )
    wanted.update(_overview_pages(library, environment, folder))
    wanted[folder / "sources.bib"] = bibtex.export(library).decode()
    wanted[folder / "sources.json"] = csl_json.export(library).decode()
    written = 0
    for path, text in wanted.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            written += 1
    stale = [path for path in folder.glob("*/*") if path not in wanted]
    for path in stale:
        path.unlink()
    return written, len(stale)


def _overview_pages(library: Library, environment: Environment, folder: Path) -> dict[Path, str]:
    """Return the pages that look across records, and their pictures."""
    context = overviews.context(library)
    pages = {
        folder / "overview" / f"{name}.md": _tidy(
            environment.get_template(f"overview/{name}.md.jinja").render(**context)
        )
        for name in overviews.OVERVIEWS
    }
    for mineral, amounts in context["mineral_lists"].items():
        title = f"{phrases.NUTRIENT_WORDS[mineral]} in a usual portion"
        rows = [(item.food.name, item.amount) for item in amounts]
        description = "; ".join(f"{name} {phrases.number(value)} mg" for name, value in rows)
        chart = bar_chart(title, description, rows, "mg", library.collections["foods"]["banana"].name)
        pages[folder / "overview" / f"{mineral}-per-portion.svg"] = chart
    for kind, drawings in context["map_drawings"].items():
        for drawing in drawings:
            title = f"{TITLES[kind]}: {drawing.title}"
            picture = map_figure(title, drawing.cells, drawing.groups, markup.page)
            pages[folder / "overview" / overviews.map_file(kind, drawing)] = picture
    pages[folder / "overview" / "map-legend.svg"] = legend()
    regions = library.collections["regions"].values()
    for view in VIEWS:
        pages[folder / "overview" / f"body-{view}.svg"] = body_map(view, regions)
    return pages


def _by_record(lines: list[overviews.InteractionLine]) -> list[tuple[Entry, list[overviews.InteractionLine]]]:
    """Return interaction lines grouped by the record they stand in."""
    groups: dict[str, list[overviews.InteractionLine]] = {}
    for line in sorted(lines, key=lambda line: line.record.name.casefold()):
        groups.setdefault(line.record.id, []).append(line)
    return [(group[0].record, group) for group in groups.values()]


def _sorted(kind: str, records: list[Any]) -> list[Any]:
    if kind == "red_flags":
        return sorted(records, key=lambda record: (grading.URGENCY_ORDER.index(record.urgency), record.name))
    return sorted(records, key=lambda record: (record.name.casefold(), record.id))


def _source_groups(sources: list[Source]) -> dict[str, list[Source]]:
    """Return the sources by page.

    A page for each source would be four pages out of five in this book, each with two lines of its own;
    together they are a bibliography that can be read, searched and printed, and build twice as fast.
    """
    groups: dict[str, list[Source]] = {}
    for source in sorted(sources, key=lambda source: source.id):
        groups.setdefault(markup.source_group(source), []).append(source)
    return groups


def _tidy(text: str) -> str:
    """Leave one empty line where templates left several."""
    lines: list[str] = []
    for line in text.splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).strip() + "\n"


def _environment(library: Library) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        finalize=markup.escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        backlinks=Backlinks(library),
        cite=markup.cite,
        grading=grading,
        identifiers=identifiers,
        imprint=imprint,
        link=markup.link,
        phrases=phrases,
        place_in=overviews.place_in,
        surest_results=lambda condition: summary_of_findings(library, condition.id),
        KINDS=KINDS,
        TITLES=TITLES,
    )
    environment.filters.update(
        code=_python_literal,
        groupby_record=_by_record,
        nutrient_name=lambda nutrient: phrases.NUTRIENT_WORDS[nutrient],
        index_term=lambda text: Markup(" ".join(str(text).replace(";", ",").replace("!", "").split())),
        number=phrases.number,
        plain_line=lambda text: Markup(" ".join(str(text).split())),
        ranked=_ranked,
        raw=_raw,
        sentence_case=lambda text: text[:1].upper() + text[1:],
    )
    return environment


def _raw(word: str) -> Markup:
    """Return an id, a word of a closed list or a checked address without escaping.

    Raises `ValueError` for anything that could be read as markup.
    """
    if any(ch in word for ch in " `<>()\n\\"):
        word = word.replace("(", "%28").replace(")", "%29")
        if any(ch in word for ch in " `<>\n\\"):
            raise ValueError(f"not a plain word or address: {word!r}")
    return Markup(word)


def _python_literal(value: object) -> Markup:
    """Return a value as it stands in Python source or output; only for code blocks."""
    return Markup(repr(value))


def _ranked(findings: list[Finding]) -> list[Finding]:
    """Return findings with the surest first, and benefits before harms among equals."""
    return sorted(
        findings,
        key=lambda finding: (
            finding.direction == "no-trials",
            CERTAINTY_ORDER.index(finding.certainty),
            DIRECTION_ORDER.index(finding.direction),
            finding.id,
        ),
    )


def _on_builder_inited(app: Sphinx) -> None:
    if not app.config.handbook_write_pages:
        return
    folder = Path(app.srcdir) / "reference"
    written, removed = write_pages(default_library(), folder)
    make_leaflet(default_library(), folder / LEAFLET)
    logger.info("record pages: %d written, %d removed", written, removed)


def setup(app: Sphinx) -> dict[str, Any]:
    """Write the pages before Sphinx looks for sources."""
    app.add_config_value("handbook_write_pages", True, "", bool)
    app.connect("builder-inited", _on_builder_inited)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
