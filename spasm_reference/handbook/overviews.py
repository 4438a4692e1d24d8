"""Pages that look across records: intakes, interactions, minerals in foods, what has been tried."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, NamedTuple

from ..grading import LINK_WORDS
from ..library import Library
from ..mapping import INTERVENTIONS, evidence_map
from ..phrases import POPULATION_WORDS
from ..queries import ComparisonRow, FoodAmount, compare, foods_by
from ..records import Cause, Condition, Finding, IntakeRow, Interaction, Intervention
from ..sphinx.map import Drawing, drawings_of
from ..vocabulary import LinkStrength, Nutrient
from . import body, quality

MINERALS: tuple[Nutrient, ...] = ("potassium", "calcium", "magnesium")
INTERACTING = ("supplements", "medicines", "foods")

OVERVIEWS = (
    "body-map",
    "causes-by-how-sure",
    "evidence-map",
    "heat-or-cold",
    "how-a-spasm-happens",
    "intakes",
    "interactions",
    "medicines-that-can-cause-cramps",
    "minerals-in-foods",
    "muscle-relaxants-compared",
    "pain-relievers-compared",
    "preventing-the-next-one",
    "quality",
    "supplements-tried",
    "which-kind-is-it",
)
"""Names of the pages; each has a template of that name in ``templates/overview``."""


PLACES = ("intake_us", "limit_us", "intake_eu", "limit_eu")


HEAT_AND_COLD = ("heat-therapy", "cold-therapy", "contrast-therapy", "moist-heat", "hot-bath", "steam-and-hot-tub")
CRAMPS = ("nocturnal-leg-cramps", "exercise-associated-cramps")


KINDS_OF_SPASM = (
    "cramp",
    "spasm",
    "twitch",
    "fasciculation",
    "spasticity",
    "dystonia",
    "rigidity",
    "contracture",
    "tetany",
    "myotonia",
    "myoclonus",
    "guarding",
)
"""The words for a muscle that moves or tightens by itself, in the order in which a reader meets them."""


IDEAS = ("muscle-fatigue", "dehydration", "electrolyte-imbalance")
WRONG_IDEAS = ("vessel-contraction", "acid-build-up")
"""The causes that explain, or are wrongly said to explain, how a spasm happens."""


class IntakeLine(NamedTuple):
    """One group of people in an intake table, with both authorities side by side."""

    who: str
    sex: str
    intake_us: list[IntakeRow]
    limit_us: list[IntakeRow]
    intake_eu: list[IntakeRow]
    limit_eu: list[IntakeRow]


class InteractionLine(NamedTuple):
    """One listed interaction and the record it stands in."""

    record: Intervention
    interaction: Interaction


def context(library: Library) -> dict[str, Any]:
    """Return what the overview templates show."""
    return {
        "causes_by_link": by_link(library),
        "counts": quality.Counts(library),
        "heat_and_cold": findings_of(library, HEAT_AND_COLD),
        "ideas": [library.collections["causes"][id] for id in IDEAS],
        "instruments": quality.instruments(library),
        "intake_tables": intake_tables(library),
        "interaction_lines": interaction_lines(library),
        "map_cells": evidence_map(library),
        "map_drawings": map_drawings(library),
        "map_file": map_file,
        "mineral_lists": {mineral: foods_by(library, mineral) for mineral in MINERALS},
        "muscle_relaxants": compare_class(library, "muscle-relaxants"),
        "pain_relievers": compare_class(library, "pain-relievers"),
        "prevention": [(library.collections["conditions"][id], prevention(library, id)) for id in CRAMPS],
        "regions_by_height": sorted(library.collections["regions"].values(), key=body.height_of),
        "spasm_words": [library.collections["terms"][id] for id in ("spasm", "cramp")],
        "tried": tried(library),
        "triggers": library.collections["medicines"].filter(can_trigger_spasms=True),
        "twelve_kinds": [library.collections["terms"][id] for id in KINDS_OF_SPASM],
        "wrong_ideas": [library.collections["causes"][id] for id in WRONG_IDEAS],
    }


def map_drawings(library: Library) -> dict[str, list[Drawing]]:
    """Return the drawings of the evidence map by kind of intervention; those without a mark are left out."""
    cells = evidence_map(library)
    kinds = {kind: list(drawings_of([cell for cell in cells if cell.record.kind == kind])) for kind in INTERVENTIONS}
    return {kind: drawings for kind, drawings in kinds.items() if drawings}


def map_file(kind: str, drawing: Drawing) -> str:
    """Return the name of the file of one drawing of the evidence map."""
    return f"map-{kind}-{drawing.band.name}-{drawing.part}.svg"


def intake_tables(library: Library) -> dict[str, list[IntakeLine]]:
    """Return the lines of each nutrient's table, in order of age."""
    rows: dict[str, dict[tuple[str, str], dict[str, list[IntakeRow]]]] = defaultdict(dict)
    for record in library.collections["supplements"].values():
        for row in record.intakes:
            place = ("limit" if row.measure == "UL" else "intake") + ("_eu" if row.authority == "EFSA" else "_us")
            group = rows[row.nutrient].setdefault((row.life_stage, row.sex), {})
            group.setdefault(place, []).append(row)
    return {
        nutrient: [
            IntakeLine(stage, sex, *(cells.get(place, []) for place in PLACES))
            for (stage, sex), cells in sorted(groups.items(), key=lambda item: _age_order(*item[0]))
        ]
        for nutrient, groups in sorted(rows.items())
    }


def _age_order(stage: str, sex: str) -> tuple[int, float, str, str]:
    """Order groups by age, then pregnancy, then breastfeeding."""
    found = re.search(r"\d+(\.\d+)?", stage)
    start = float(found.group()) if found else 18.0
    if "month" in stage.split("year")[0]:
        start /= 12
    state = 1 if "pregnan" in stage.lower() else 2 if "breastfeed" in stage.lower() or "lactat" in stage.lower() else 0
    return state, start, stage, sex


def interaction_lines(library: Library) -> list[InteractionLine]:
    """Return every listed interaction, ordered by the partner's name."""
    lines = [
        InteractionLine(record, interaction)
        for kind in INTERACTING
        for record in library.collections[kind].values()
        for interaction in record.interactions
    ]
    return sorted(lines, key=lambda line: (line.interaction.partner.casefold(), line.record.name))


def by_link(library: Library) -> dict[LinkStrength, list[Cause | Condition]]:
    """Return causes, then conditions, by how sure their link to spasms is, the surest first."""
    groups: dict[LinkStrength, list[Cause | Condition]] = {strength: [] for strength in LINK_WORDS}
    for kind in ("causes", "conditions"):
        for record in library.collections[kind].values():
            if record.spasm_link is not None:
                groups[record.spasm_link].append(record)
    return groups


def findings_of(library: Library, ids: tuple[str, ...]) -> list[Finding]:
    """Return the findings of the named treatments that exist."""
    treatments = library.collections["treatments"]
    return [finding for id in ids if id in treatments for finding in treatments[id].findings]


def compare_class(library: Library, id: str) -> tuple[ComparisonRow, ...]:
    """Return a row for each medicine of a class, ordered by name."""
    members = library.collections["medicines"][id].members
    return compare(library, sorted((member.id for member in members), key=str.casefold))


def prevention(library: Library, condition: str) -> list[Finding]:
    """Return what was tried to prevent a kind of cramp: treatments that prevent, and supplements."""
    return [
        finding
        for kind in ("treatments", "supplements")
        for record in library.collections[kind].values()
        if kind == "supplements" or record.aim in ("prevention", "both")
        for finding in record.findings
        if condition in finding.condition_ids and finding.finding_kind == "effect"
    ]


def tried(library: Library) -> dict[str, list[Finding]]:
    """Return the findings of supplements by group of people, the surest first."""
    groups: dict[str, list[Finding]] = {group: [] for group in POPULATION_WORDS}
    for record in library.collections["supplements"].values():
        for finding in record.findings:
            groups[finding.population_group].append(finding)
    return {group: findings for group, findings in groups.items() if findings}


def place_in(amounts: tuple[FoodAmount, ...], id: str) -> str:
    """Say in one sentence where a food stands in a list, with its figures."""
    place = next((i for i, item in enumerate(amounts, 1) if item.food.id == id), None)
    if place is None:
        return ""
    item = amounts[place - 1]
    return f"{item.food.name}: {item.amount:g} {item.unit}, number {place} of {len(amounts)} foods."
