"""Plan how a table is set: column widths, text size, turned page or not."""

from __future__ import annotations

from dataclasses import dataclass

from docutils import nodes

from spasm_reference.handbook.pdf.text import longest_word

# Characters of running text that fit on a line of the upright and of the turned page.
_LINE = 88
_TURNED_LINE = 140

# Characters that the gap between two columns takes.
_GAP = 2

# From this many columns on, a table goes on a turned page.
_TURN_FROM = 7

# A row of at most this many estimated lines is kept whole.  It must stay well below a page of 18 pt type.
_WHOLE_ROW_LINES = 8


@dataclass(frozen=True)
class TablePlan:
    """How one table is set."""

    #: Typst column widths, such as ``auto`` or ``3fr``.
    columns: tuple[str, ...]
    #: Characters that fit on a line of each column, roughly.
    room: tuple[int, ...]
    #: Size of the text against the running text.
    shrink: float
    #: Whether the table is too wide for an upright page.
    turned: bool
    #: Whether the first columns hold row headings.
    stubs: tuple[bool, ...]


def plan_table(table: nodes.table) -> TablePlan:
    """Decide how ``table`` is set, from its column specifications and its words."""
    tgroup = next(table.findall(nodes.tgroup))
    specs = [child for child in tgroup if isinstance(child, nodes.colspec)]
    count = max(len(specs), 1)
    turned = count >= _TURN_FROM or "wide" in table["classes"]
    longest = [1] * count
    words = [1] * count
    for row in rows_of(tgroup):
        for column, entry in columns_of(row, count):
            if entry.get("morecols", 0) == 0:
                longest[column] = max(longest[column], *(len(text) for text in blocks_of(entry)))
                words[column] = max(words[column], longest_word(entry.astext()))

    full_line = _TURNED_LINE if turned else _LINE
    shrink = _shrink(count, sum(words), full_line)
    line = int(full_line / shrink) - _GAP * count

    given = [float(spec.get("colwidth", 1) or 1) for spec in specs] or [1.0]
    authored = "colwidths-given" in table["classes"] or (
        "colwidths-auto" not in table["classes"] and len(set(given)) > 1 and max(given) - min(given) > 1
    )
    if authored:
        columns = tuple(f"{width:g}fr" for width in given)
        room = tuple(max(4, int(line * width / sum(given))) for width in given)
    else:
        columns, room = _widths_from_words(longest, words, line)
    stubs = tuple(bool(spec.get("stub")) for spec in specs) or (False,)
    return TablePlan(columns, room, shrink, turned, stubs)


def _shrink(count: int, longest_words: int, line: int) -> float:
    """Return the largest text size at which the longest word of each column fits on a line together."""
    sizes = (0.92, 0.86, 0.8, 0.74, 0.68, 0.62, 0.56, 0.5, 0.45)
    most = 0.92 if count <= 4 else 0.86 if count < _TURN_FROM else 0.8
    fitting = (size for size in sizes if size <= most and longest_words + _GAP * count <= line / size)
    return next(fitting, sizes[-1])


def _widths_from_words(longest: list[int], words: list[int], line: int) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Give short columns what they need and share the rest among the others."""
    count = len(longest)
    if sum(longest) <= line:
        return ("auto",) * count, tuple(max(4, length) for length in longest)
    fair_share = line / count
    short = [length <= max(fair_share * 0.8, 6) for length in longest]
    left = line - sum(length for length, is_short in zip(longest, short, strict=True) if is_short)
    wanted = [max(words[i] + 1, min(longest[i], 70)) for i in range(count)]
    total = sum(wanted[i] for i in range(count) if not short[i]) or 1
    columns = tuple("auto" if short[i] else f"{wanted[i]}fr" for i in range(count))
    room = tuple(longest[i] if short[i] else max(4, int(left * wanted[i] / total)) for i in range(count))
    return columns, tuple(max(4, characters) for characters in room)


def rows_of(tgroup: nodes.tgroup) -> list[nodes.row]:
    """Return the rows of a table, without those of tables inside its cells."""
    groups = [group for group in tgroup if isinstance(group, (nodes.thead, nodes.tbody))]
    return [row for group in groups for row in group if isinstance(row, nodes.row)]


def cells_of(row: nodes.Node) -> list[nodes.entry]:
    """Return the cells of a row."""
    return [entry for entry in row.children if isinstance(entry, nodes.entry)]


def blocks_of(entry: nodes.entry) -> list[str]:
    """Return the text of each paragraph of a cell; each starts a line of its own."""
    return [block.astext() for block in entry.findall(_is_line_of_text)] or [entry.astext()]


def _is_line_of_text(node: nodes.Node) -> bool:
    return isinstance(node, (nodes.paragraph, nodes.literal_block, nodes.line, nodes.term))


def columns_of(row: nodes.row, count: int) -> list[tuple[int, nodes.entry]]:
    """Pair each cell of a row with its column; cells reaching down from above are allowed for."""
    taken = _reached_from_above(row)
    placed: list[tuple[int, nodes.entry]] = []
    column = 0
    for entry in cells_of(row):
        while column in taken:
            column += 1
        if column >= count:
            break
        placed.append((column, entry))
        column += 1 + int(entry.get("morecols", 0))
    return placed


def _reached_from_above(row: nodes.row) -> set[int]:
    """Return the columns of ``row`` that cells of earlier rows reach into."""
    group = row.parent
    reach: dict[int, int] = {}
    for earlier in group:
        taken = {column for column, rows in reach.items() if rows > 0}
        if earlier is row:
            return taken
        reach = {column: rows - 1 for column, rows in reach.items() if rows > 1}
        column = 0
        for entry in cells_of(earlier):
            while column in taken:
                column += 1
            span = 1 + int(entry.get("morecols", 0))
            if entry.get("morerows", 0):
                for offset in range(span):
                    reach[column + offset] = int(entry["morerows"])
            column += span
    return set()


def row_stays_whole(row: nodes.row, plan: TablePlan) -> bool:
    """Say whether a row is short enough to be kept on one page."""
    for column, entry in columns_of(row, len(plan.room)):
        if entry.get("morerows", 0) or any(True for _ in entry.findall(nodes.image)):
            return False
        if sum(1 + len(text) // plan.room[column] for text in blocks_of(entry)) > _WHOLE_ROW_LINES:
            return False
    return not _reached_from_above(row)
