"""The evidence map as drawings: interventions down, groups of people across, one linked mark a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import ceil, sqrt
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from ..mapping import EvidenceCell
from ..phrases import DIRECTION_WORDS, MAP_COLUMNS, POPULATION_WORDS, number
from ..records import Finding, Record
from ..vocabulary import Certainty, Direction, Population
from .drawing import INK, PAPER, opening

Address = Callable[["Record | Finding"], str]
"""Where a record or finding can be read."""


class Band(NamedTuple):
    """Groups of people that share one drawing, so that it fits a page and a phone."""

    name: str
    title: str
    groups: tuple[Population, ...]


BANDS = (
    Band(
        "cramps",
        "People with cramps",
        (
            "rest-cramps",
            "pregnancy",
            "exercise",
            "dialysis",
            "cirrhosis",
            "diabetes",
            "statin-users",
            "motor-neurone-disease",
        ),
    ),
    Band(
        "pain-and-stiffness",
        "People with pain, spasm or stiffness",
        (
            "low-back-pain",
            "neck-pain",
            "joint-pain",
            "muscle-soreness",
            "multiple-sclerosis",
            "stroke-and-brain-injury",
            "spinal-cord-injury",
            "dystonia",
        ),
    ),
    Band(
        "others",
        "Other groups of people",
        ("children", "older-adults", "healthy-people", "general-population", "other"),
    ),
)
"""Every group of people is in one band."""

LABELS, COLUMN, ROW, HEAD = 246, 46, 28, 128
"""Width of the names, width of a column, height of a row, height of the heading."""

MOST_ROWS = 26
"""Rows of one drawing."""

LARGEST, SMALLEST, FULL_AT = 12.5, 5.0, 500
"""Radius of the largest and smallest mark; from so many people on, a mark is as large as it gets."""

LINE = "#c9d3da"

FILLS: dict[Direction, str] = {
    "benefit": "#2f7d62",
    "harm": "#b3141c",
    "no-effect": "#6b7a86",
    "mixed": "#b07a1e",
    "unclear": "#ffffff",
    "no-trials": "none",
}
"""Shade tells the directions apart on screen; on gray paper their shapes do."""

OUTLINES: dict[Certainty, tuple[float, str]] = {
    "high": (3.2, ""),
    "moderate": (1.8, ""),
    "low": (1.4, "4 2"),
    "very-low": (1.4, "1.2 2"),
}
"""Width and dashes of the outline: the surer, the stronger."""


class Drawing(NamedTuple):
    """What one drawing holds: the cells of one band, and the groups of people that have any."""

    band: Band
    cells: list[EvidenceCell]
    groups: list[Population]
    part: int
    parts: int

    @property
    def title(self) -> str:
        """What the drawing shows, as it reads after the name of a kind."""
        name = self.band.title.lower()
        return name if self.parts == 1 else f"{name}, part {self.part} of {self.parts}"


def drawings_of(cells: Sequence[EvidenceCell]) -> Iterator[Drawing]:
    """Share cells out among the bands; a band without a cell is left out.

    Rows with results come first.  A long band is cut into parts of about equal length: on paper each fits a
    page at a size that can be read, and on screen the heads of the columns are never far.
    """
    for band in BANDS:
        held = [cell for cell in cells if cell.population_group in band.groups]
        used = {cell.population_group for cell in held}
        rows: dict[str, list[EvidenceCell]] = {}
        for cell in held:
            rows.setdefault(cell.record.id, []).append(cell)
        ordered = sorted(rows.values(), key=_only_rings)
        parts = ceil(len(ordered) / MOST_ROWS)
        length = ceil(len(ordered) / parts) if parts else 0
        for part in range(parts):
            shown = [cell for row in ordered[part * length : (part + 1) * length] for cell in row]
            yield Drawing(band, shown, [group for group in band.groups if group in used], part + 1, parts)


def map_figure(title: str, cells: Sequence[EvidenceCell], groups: Sequence[Population], address: Address) -> str:
    """Return one drawing as SVG: a row for each intervention in ``cells``, a column for each of ``groups``.

    Rows stand in the order of ``cells``.  ``address`` says where names and marks lead.
    """
    rows: dict[str, dict[Population, EvidenceCell]] = {}
    for cell in cells:
        rows.setdefault(cell.record.id, {})[cell.population_group] = cell
    width, height = LABELS + COLUMN * len(groups) + 66, HEAD + ROW * len(rows) + 12
    parts = [
        # Few columns need no wide drawing: its type is never larger than that of the page.
        opening(
            width,
            height,
            16,
            f'role="group" class="linked-picture map" style="max-width: {width / 16:g}rem" '
            f"aria-label={quoteattr(title)}",
        ),
        f"<title>{escape(title)}</title>",
        f"<desc>{len(rows)} rows, {len(groups)} columns, {len(cells)} marks. The table below says the same.</desc>",
    ]
    for i, group in enumerate(groups):
        x = LABELS + COLUMN * i + COLUMN / 2
        parts.append(
            f'<path class="map-line" d="M{x:g} {HEAD - 6}V{height - 8}" stroke="{LINE}" fill="none"/>'
            f'<text class="picture-text" transform="translate({x + 4:g} {HEAD - 12}) rotate(-52)" fill="{INK}">'
            f"{escape(MAP_COLUMNS[group])}</text>"
        )
    for i, held in enumerate(rows.values()):
        y = HEAD + ROW * i + ROW / 2
        record = next(iter(held.values())).record
        parts.append(
            f'<path class="map-line" d="M{LABELS} {y:g}H{LABELS + COLUMN * len(groups)}" stroke="{LINE}" fill="none"/>'
            f'<a href={quoteattr(address(record))}><text class="picture-name" x="{LABELS - 10}" '
            f'y="{y + 5:g}" text-anchor="end" fill="{INK}">{escape(_short(record.name))}</text></a>'
        )
        parts += [
            _mark(cell, LABELS + COLUMN * groups.index(group) + COLUMN / 2, y, address) for group, cell in held.items()
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def legend() -> str:
    """Return a drawing that explains the marks."""
    row, left = 30, 34
    shapes: list[tuple[str, str]] = [
        (shape(direction, left, 0, 9, OUTLINES["moderate"]), DIRECTION_WORDS[direction]) for direction in FILLS
    ]
    shapes.append((_harm_dot(left, 0, 0), "Small mark: unwanted effects too"))
    shapes += [
        (shape("benefit", left, 0, 9, outline), f"Outline: {certainty.replace('-', ' ')} certainty")
        for certainty, outline in OUTLINES.items()
    ]
    shapes += [
        (shape("benefit", left, 0, radius(people), OUTLINES["moderate"]), f"Size: {number(people)} people{more}")
        for people, more in ((80, " or fewer"), (250, ""), (FULL_AT, " or more"))
    ]
    height = row * len(shapes) + 16
    parts = [opening(520, height, 17, 'role="img" class="linked-picture map" aria-label="What the marks mean"')]
    for i, (mark, words) in enumerate(shapes):
        y = 8 + row * i + row / 2
        parts.append(
            f'<g transform="translate(0 {y:g})">{mark}</g>'
            f'<text class="picture-text" x="64" y="{y + 5:g}" fill="{INK}">{escape(words)}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def describe(cell: EvidenceCell) -> str:
    """Return a cell in words: what, in whom, which way, how sure, how many people and results."""
    parts = [
        f"{cell.record.name}, {POPULATION_WORDS[cell.population_group].lower()}",
        DIRECTION_WORDS[cell.direction].lower(),
    ]
    if cell.direction != "no-trials":
        parts.append(f"{cell.certainty.replace('-', ' ')} certainty")
    if cell.has_harm and cell.direction != "harm":
        parts.append("unwanted effects too")
    if cell.n_participants:
        parts.append(f"{number(cell.n_participants)} people")
    parts.append("1 result" if len(cell.findings) == 1 else f"{len(cell.findings)} results")
    return ": ".join((parts[0], ", ".join(parts[1:])))


def radius(people: int | None) -> float:
    """Return the radius of a mark: its area grows with the number of people, up to ``FULL_AT``."""
    share = min(people or 0, FULL_AT) / FULL_AT
    return max(SMALLEST, LARGEST * sqrt(share))


def shape(direction: Direction, x: float, y: float, r: float, outline: tuple[float, str]) -> str:
    """Return one mark; each direction has a shape of its own."""
    width, dashes = outline
    style = f'class="map-{direction}" fill="{FILLS[direction]}" stroke="{INK}" stroke-width="{width:g}"'
    if dashes:
        style += f' stroke-dasharray="{dashes}"'
    if direction == "benefit":
        return f'<path {style} d="M{x:g} {y - r:g}L{x + r:.1f} {y + r * 0.8:.1f}H{x - r:.1f}Z"/>'
    if direction == "harm":
        return f'<path {style} d="M{x:g} {y + r:g}L{x + r:.1f} {y - r * 0.8:.1f}H{x - r:.1f}Z"/>'
    if direction == "no-effect":
        side = r * 0.85
        return f'<rect {style} x="{x - side:.1f}" y="{y - side:.1f}" width="{2 * side:.1f}" height="{2 * side:.1f}"/>'
    if direction == "mixed":
        return f'<path {style} d="M{x:g} {y - r:g}L{x + r:.1f} {y:g}L{x:g} {y + r:.1f}L{x - r:.1f} {y:g}Z"/>'
    if direction == "unclear":
        return f'<circle {style} cx="{x:g}" cy="{y:g}" r="{r:.1f}"/>'
    # No trials: a small empty ring, drawn lighter than any result.
    return (
        f'<circle class="map-no-trials" cx="{x:g}" cy="{y:g}" r="{SMALLEST:g}" fill="none" stroke="{INK}" '
        f'stroke-width="1" stroke-dasharray="2 1.6"/>'
    )


def _mark(cell: EvidenceCell, x: float, y: float, address: Address) -> str:
    """Return the linked mark of one cell, with its words for those who hear the page or point at it."""
    r = SMALLEST if cell.direction == "no-trials" else radius(cell.n_participants)
    words = describe(cell)
    return (
        f"<a href={quoteattr(address(cell.findings[0]))} aria-label={quoteattr(words)}>"
        f"<title>{escape(words)}</title>"
        f'<rect x="{x - COLUMN / 2:g}" y="{y - ROW / 2:g}" width="{COLUMN}" height="{ROW}" fill="none" '
        f'pointer-events="all"/>'
        f"{shape(cell.direction, x, y, r, OUTLINES[cell.certainty])}"
        f"{_harm_dot(x, y, r + 4) if cell.has_harm and cell.direction != 'harm' else ''}</a>"
    )


def _only_rings(row: list[EvidenceCell]) -> bool:
    """Tell whether no trial was found for anything in a row; such rows come after the others."""
    return all(cell.direction == "no-trials" for cell in row)


def _harm_dot(x: float, y: float, away: float) -> str:
    """Return the small mark for unwanted effects, at the upper right of a mark."""
    return (
        f'<path class="map-harm" d="M{x + away * 0.9:.1f} {y - away * 0.2:.1f}l4 -7h-8z" fill="{FILLS["harm"]}" '
        f'stroke="{PAPER}" stroke-width="0.8"/>'
    )


def _short(name: str) -> str:
    """Return a name that fits the column of names: without what stands in parentheses, cut at a word."""
    name = name.split(" (")[0]
    if len(name) <= 28:
        return name
    return name[:27].rsplit(" ", 1)[0].rstrip(",") + "…"
