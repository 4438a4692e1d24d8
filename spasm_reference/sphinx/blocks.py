"""Blocks of a page made from records: cards, care cards, tables of findings and of intakes, the evidence map.

Each function takes a library and an id or alias and returns document parts, the same for the same records.
All text of records goes in as text, so whatever stands in it is shown and never read as markup.
Citations lead straight to the source, so they hold in a project that knows no address of the handbook.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes
from sphinx.addnodes import pending_xref

from ..citations import label
from ..errors import RecordNotFound, RecordRemoved, SpasmReferenceError
from ..grading import (
    CERTAINTY_MARKS,
    CERTAINTY_WORDS,
    LINK_WORDS,
    URGENCY_WORDS,
    VERDICT_MEANING,
    VERDICT_WORDS,
    certainty_label,
)
from ..library import Library, nearest
from ..mapping import (
    INTERVENTIONS,
    EvidenceCell,
    evidence_map,
    summary_of_findings,
    surest_findings,
    surest_first,
)
from ..notices import INTENDED_USE, NOT_REVIEWED
from ..phrases import DIRECTION_WORDS, POPULATION_WORDS, TITLES, amount_text, effect_text, number, study_text
from ..records import CareCard, Claim, Condition, Entry, Finding, Record, RedFlag, Source
from . import map as drawing
from . import nodes as parts

Cell = str | Sequence[nodes.Node]
"""What stands in one cell of a table: plain text, or inline parts."""

FINDINGS_ON_CARD, FINDINGS_OF_CONDITION = 3, 7
"""How many findings are shown where a page does not say."""

BADGE_TEXT: dict[str, dict[str, str]] = {
    "certainty": {
        **{word: f"{CERTAINTY_MARKS[word]} {CERTAINTY_WORDS[word]}" for word in CERTAINTY_MARKS},
        "no-trials": "○ No trials found",
        "no-studies": "○ No studies found",
    },
    "verdict": {
        "supported": f"✓ {VERDICT_WORDS['supported']}",
        "partly-supported": f"◐ {VERDICT_WORDS['partly-supported']}",
        "not-supported": f"✗ {VERDICT_WORDS['not-supported']}",
        "contradicted": f"✗✗ {VERDICT_WORDS['contradicted']}",
        "no-evidence": f"○ {VERDICT_WORDS['no-evidence']}",
        "harmful": "! Can do harm",
    },
    "urgency": {str(level): word for level, word in URGENCY_WORDS.items()},
    "link": {str(strength): word for strength, word in LINK_WORDS.items()},
    "status": {"partial": "Not complete yet", "unverified": "Unverified"},
}
"""What a reader sees for each mark and value."""


class NothingToShow(SpasmReferenceError):
    """A record has none of what a page asks for."""


# ---------------------------------------------------------------- whole blocks


def card(library: Library, name: str, *, findings: int = FINDINGS_ON_CARD) -> list[nodes.Node]:
    """Return the card of a record: name, care cards, short version, surest findings, sources, review.

    Raises `RecordNotFound` for an unknown name and `NothingToShow` for a source, which is only cited.
    """
    record = library.get(name)
    if not isinstance(record, Entry):
        raise NothingToShow(f'"{record.id}" is a source, which has no card')
    box = nodes.container(classes=["spasm-card", f"spasm-card-{record.kind.replace('_', '-')}"])
    box += nodes.rubric("", "", record_link(record))
    cards = _care_cards(record)
    box += [care_card_of(each) for each in cards]
    if isinstance(record, Claim):
        box += nodes.paragraph("", "", *_verdict(record))
    short = nodes.paragraph("", "", nodes.strong("", "In short."), nodes.Text(f" {record.summary}"))
    short += cited(record.sources)
    if record.status == "partial":
        short += [nodes.Text(" "), make_badge("status", "partial")]
    box += short
    if isinstance(record, Condition):
        shown = summary_of_findings(library, record.id, limit=findings)
    else:
        shown = surest_findings(record, limit=findings)
    if shown:
        box += nodes.paragraph("", "", nodes.strong("", "What the evidence says"))
        box += bullets(
            [
                [finding_link(finding), *_certainty(finding), *cited([finding.source], finding.locator)]
                for finding in shown
            ]
        )
    sources = [*record.sources, *(source for each in cards for source in each.sources)]
    box += [*source_list([*sources, *(finding.source for finding in shown)]), foot([record])]
    return [box]


def care_cards(library: Library, name: str, *, level: str | None = None) -> list[nodes.Node]:
    """Return the care cards of a record, most urgent first, or the one of a level, with sources and review below.

    Raises `RecordNotFound` for an unknown name and `NothingToShow` for a record without such a card.
    """
    record = library.get(name)
    cards = [each for each in _care_cards(record) if level in (None, each.level)]
    if not cards or not isinstance(record, Entry):
        raise NothingToShow(f'"{record.id}" has no {f"{level} " if level else ""}care card')
    sources = cited([source for each in cards for source in each.sources])
    below = nodes.paragraph("", "", record_link(record), *sources, nodes.Text(". "), classes=["spasm-foot"])
    below += foot([record]).children
    return [*(care_card_of(each) for each in cards), below]


def findings_table(library: Library, name: str, *, limit: int | None = None) -> list[nodes.Node]:
    """Return the findings of a record as a table, the surest first, or a summary of those about a condition.

    A condition has the surest results of what was tried for it, harms last, as on its page in the handbook.
    Raises `RecordNotFound` for an unknown name and `NothingToShow` for a record without findings.
    """
    record = library.get(name)
    shown: Sequence[Finding]
    if isinstance(record, Condition):
        shown = summary_of_findings(library, record.id, limit=limit or FINDINGS_OF_CONDITION)
    else:
        shown = sorted(getattr(record, "findings", ()), key=surest_first)[:limit]
    if not shown:
        raise NothingToShow(f'"{record.id}" has no findings')
    rows: list[Sequence[Cell]] = [
        (
            [
                record_link(finding.record),
                nodes.Text(f", compared with {finding.comparison}, in {finding.population}"),
            ],
            [finding_link(finding), nodes.Text(_figures(finding))],
            [
                *_certainty(finding)[1:],
                nodes.Text("" if finding.direction == "no-trials" else f" {study_text(finding)}"),
            ],
            citations([finding.source], finding.locator),
        )
        for finding in shown
    ]
    head = ("Tried", "What came of it", "Certainty and people", "Source")
    return [
        wide_table(head, rows, (22, 39, 20, 19)),
        *source_list([finding.source for finding in shown]),
        foot([finding.record for finding in shown]),
    ]


def intake_table(library: Library, name: str, *, authority: str | None = None) -> list[nodes.Node]:
    """Return the official daily intakes and upper limits of a supplement, of all authorities or of one.

    Raises `RecordNotFound` for an unknown name and `NothingToShow` where there is no such figure.
    """
    record = library.collections["supplements"][name]
    rows = [row for row in record.intakes if authority in (None, row.authority)]
    if not rows:
        raise NothingToShow(f'"{record.id}" has no official intakes{f" by {authority}" if authority else ""}')
    cells: list[Sequence[Cell]] = [
        (
            _sentence_case(row.life_stage) + ("" if row.sex == "any" else f", {row.sex}"),
            f"{row.measure}, {row.authority}",
            amount_text(row),
            row.basis.replace("-", " "),
            citations([row.source], row.locator),
        )
        for row in rows
    ]
    head = ("Who", "Figure and who set it", "A day", "Counts", "Source")
    return [
        nodes.paragraph("", "These figures are for healthy people. They are not treatment doses."),
        wide_table(head, cells, (28, 18, 14, 18, 22)),
        nodes.paragraph(
            "",
            "RDA: recommended dietary allowance. AI: adequate intake. PRI: population reference intake. "
            "UL: tolerable upper intake level.",
        ),
        *source_list([row.source for row in rows]),
        foot([record]),
    ]


def map_of_evidence(library: Library, name: str) -> list[nodes.Node]:
    """Return the evidence map of a kind of intervention or of a condition: what was tried in whom.

    Raises `RecordNotFound` for a name that is neither and `NothingToShow` for a condition without results.
    """
    if name in INTERVENTIONS:
        title = TITLES[name]
        cells = [cell for cell in evidence_map(library) if cell.record.kind == name]
    else:
        condition = _condition(library, name)
        title = condition.name
        cells = list(evidence_map(library, condition=condition.id))
    if not cells:
        raise NothingToShow(f'"{name}" has no results to map')
    rows = [_map_row(cell) for cell in cells]
    head = ("What", "Who", "What was found", "People", "Surest result")
    pictures = []
    for each in drawing.drawings_of(cells):
        caption = f"{title}: {each.title}"
        pictures.append(
            (caption, drawing.map_figure(caption, each.cells, each.groups, lambda to: f"spasm:{place(to)}"))
        )
    shown = wide_table(head, rows, (22, 24, 26, 10, 18))
    records = {cell.record.id: cell.record for cell in cells}
    return [
        parts.evidence_map("", shown, drawings=pictures, legend=drawing.legend(), classes=["spasm-evidence-map"]),
        foot(list(records.values())),
    ]


# ---------------------------------------------------------------- their parts


def place(record: Record | Finding) -> str:
    """Return by what a drawing knows where a record or finding stands."""
    return f"finding/{record.id}" if isinstance(record, Finding) else f"record/{record.id}"


def record_name(record: Record | Finding, text: str | None = None) -> parts.record_name:
    """Return the name of a record, its summary with it, or a finding in words, its certainty with it."""
    if isinstance(record, Finding):
        name, summary = record.sentence, certainty_label(record)
    elif isinstance(record, Entry):
        name, summary = record.name, record.summary
    else:
        assert isinstance(record, Source)
        name, summary = label(record), record.citation
    return parts.record_name("", text or name, summary=summary, place=place(record))


def link_to(record: Record | Finding, shown: nodes.Node) -> pending_xref:
    """Return a link to a record or finding; it becomes one where the handbook's addresses are known."""
    type = "finding" if isinstance(record, Finding) else "record"
    return pending_xref("", shown, refdomain="spasm", reftype=type, reftarget=record.id, refexplicit=True)


def record_link(record: Record) -> pending_xref:
    """Return the name of a record as a link to it."""
    return link_to(record, record_name(record))


def finding_link(finding: Finding) -> pending_xref:
    """Return the sentence of a finding as a link to it."""
    return link_to(finding, record_name(finding))


def make_badge(mark: str, value: str) -> parts.badge:
    """Return a mark such as ``certainty`` ``moderate``; see `BADGE_TEXT`."""
    return parts.badge("", BADGE_TEXT[mark][value], mark=mark, value=value)


def make_care_card(level: str, action: str, body: Sequence[nodes.Node]) -> parts.care_card:
    """Return a care card: the level in words, one action, "if:", and the signs."""
    title = parts.care_card_title("", f"{BADGE_TEXT['urgency'][level]}: {action.rstrip(':. ')} if:")
    return parts.care_card("", title, *body, level=level, ids=[], classes=[])


def care_card_of(held: CareCard) -> parts.care_card:
    """Return the care card of a record."""
    return make_care_card(held.level, held.action, [bullets([[nodes.Text(sign)] for sign in held.bullets])])


def bullets(items: Iterable[Sequence[nodes.Node]]) -> nodes.bullet_list:
    """Return a list of one paragraph an item."""
    return nodes.bullet_list("", *(nodes.list_item("", nodes.paragraph("", "", *item)) for item in items), bullet="-")


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[int] | None = None) -> nodes.table:
    """Return a plain table whose first column names each row."""

    def row(cells: Sequence[Cell]) -> nodes.row:
        inside = ([nodes.Text(cell)] if isinstance(cell, str) else cell for cell in cells)
        return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *each)) for each in inside))

    group = nodes.tgroup(
        "", *(nodes.colspec("", colwidth=width) for width in widths or [1] * len(head)), cols=len(head)
    )
    group += nodes.thead("", row(head))
    group += nodes.tbody("", *(row(cells) for cells in rows))
    return nodes.table("", group)


def wide_table(head: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[int]) -> nodes.container:
    """Return a table with the width of each column in percent, which may scroll, or run over pages in print."""
    made = table(head, rows, widths)
    made["classes"] = ["spasm-table", "longtable", "colwidths-given"]
    return nodes.container("", made, classes=["spasm-wide"])


def citations(sources: Iterable[Source], locator: str | None = None) -> list[nodes.Node]:
    """Return the sources of a statement in short form, linked."""
    found: list[nodes.Node] = []
    for source in _each_once(sources):
        found += [nodes.Text("; ")] if found else []
        found.append(nodes.reference("", label(source), refuri=source.link, internal=False))
    return [*found, nodes.Text(f", {locator}")] if locator else found


def cited(sources: Iterable[Source], locator: str | None = None) -> list[nodes.Node]:
    """Return the same in parentheses, as it follows a sentence."""
    found = citations(sources, locator)
    return [nodes.Text(" ("), *found, nodes.Text(")")] if found else []


def source_list(sources: Iterable[Source]) -> list[nodes.Node]:
    """Return the sources in full, each once and linked, ordered by id."""
    items = [
        [nodes.reference("", source.citation, refuri=source.link, internal=False)]
        for source in sorted(_each_once(sources), key=lambda source: source.id)
    ]
    title = nodes.paragraph("", "", nodes.strong("", "Sources"), classes=["spasm-sources-title"])
    list_ = bullets(items)
    list_["classes"].append("spasm-sources")
    return [title, list_] if items else []


def foot(records: Sequence[Entry]) -> nodes.paragraph:
    """Return when records were checked, that no clinician reviewed them, what they are for and whose they are."""
    oldest = min(record.reviewed for record in records)
    is_one = len({record.id for record in records}) == 1
    checked = "Checked against its sources on" if is_one else "Checked against their sources on or after"
    return nodes.paragraph(
        "",
        f"{checked} {oldest}. {NOT_REVIEWED} {INTENDED_USE} From the Spasm Reference, CC BY 4.0.",
        classes=["spasm-foot"],
    )


def _care_cards(record: Record) -> tuple[CareCard, ...]:
    if isinstance(record, RedFlag):
        return (record.care_card,)
    cards: tuple[CareCard, ...] = getattr(record, "care_cards", ())
    return cards


def _verdict(claim: Claim) -> list[nodes.Node]:
    badges = [make_badge("verdict", claim.verdict), *([make_badge("verdict", "harmful")] if claim.harmful else [])]
    shown: list[nodes.Node] = [nodes.Text(f"{claim.statement} ")]
    for each in badges:
        shown += [each, nodes.Text(" ")]
    return [*shown, nodes.Text(VERDICT_MEANING[claim.verdict])]


def _certainty(finding: Finding) -> list[nodes.Node]:
    """Return a space and how sure a finding is."""
    value: str = finding.certainty
    if finding.direction == "no-trials":
        value = "no-trials" if finding.finding_kind == "effect" else "no-studies"
    shown: list[nodes.Node] = [nodes.Text(" "), make_badge("certainty", value)]
    return shown if finding.verified else [*shown, nodes.Text(" "), make_badge("status", "unverified")]


def _figures(finding: Finding) -> str:
    if finding.direction == "no-trials":
        return f" Looked for on {finding.searched}."
    return f" {effect_text(finding.effect)}" if finding.effect else ""


def _condition(library: Library, name: str) -> Condition:
    try:
        found: Condition = library.collections["conditions"][name]
    except RecordRemoved:
        raise
    except RecordNotFound as error:
        near = nearest(name, INTERVENTIONS) or error.nearest
        raise RecordNotFound(name, f"conditions, and no kind ({', '.join(INTERVENTIONS)}) of that name", near) from None
    return found


def _map_row(cell: EvidenceCell) -> Sequence[Cell]:
    first = cell.findings[0]
    how_sure = "" if cell.direction == "no-trials" else f", {CERTAINTY_WORDS[cell.certainty].lower()}"
    beside_harm = "; unwanted effects too" if cell.has_harm and cell.direction != "harm" else ""
    shown = "1 result" if len(cell.findings) == 1 else f"first of {len(cell.findings)}"
    return (
        [record_link(cell.record)],
        POPULATION_WORDS[cell.population_group],
        f"{DIRECTION_WORDS[cell.direction]}{how_sure}{beside_harm}",
        number(cell.n_participants) if cell.n_participants else "not stated",
        [link_to(first, record_name(first, shown)), *cited([first.source])],
    )


def _each_once(sources: Iterable[Source]) -> list[Source]:
    found: dict[str, Source] = {source.id: source for source in sources}
    return list(found.values())


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
