"""Questions that run across records: comparisons, amounts, limits, interactions, claims, findings as rows."""

from __future__ import annotations

from .errors import RecordNotFound, RecordRemoved
from .frozen import Frozen
from .naming import key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from .library import Collection, Library
    from .records import Claim, Entry, Finding, Food, IntakeRow, Interaction, Intervention, NutrientAmount, Record
    from .vocabulary import Nutrient

NOT_LISTED = "No interaction of this pair is listed. Not listed does not mean safe. Ask a pharmacist."


class FoodAmount(Frozen):
    """How much of one nutrient a food holds."""

    food: Food
    """The food."""
    amount: float
    """The amount in ``unit``."""
    unit: str
    """Unit of the amount."""
    row: NutrientAmount
    """The row of the record it comes from, with its source."""


class ListedInteraction(Frozen):
    """An interaction and the record it stands in."""

    record: Intervention
    """The record it stands in."""
    interaction: Interaction
    """Effect, what to do, and source."""


class ListedInteractions(tuple["ListedInteraction", ...]):
    """The interactions listed for a pair.  Printed when empty, it says that this is no all-clear."""

    __slots__ = ()

    def __str__(self) -> str:
        lines = [
            f"{item.record.name} with {item.interaction.partner}: "
            f"{item.interaction.effect} {item.interaction.what_to_do}"
            for item in self
        ]
        return "\n".join(lines) or NOT_LISTED


class ComparisonRow(Frozen):
    """One treatment, medicine, supplement or food as a row of a comparison."""

    record: Intervention
    """The record."""
    findings: tuple[Finding, ...]
    """Its findings about the chosen condition, or all of them."""
    serious_harms: tuple[str, ...]
    """Harms that can need urgent care."""
    advice: dict[str, str]
    """The answer for each of the six special groups; empty while the record is not complete."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, one per column, ready for a data frame."""
        return {
            "kind": self.record.kind,
            "id": self.record.id,
            "name": self.record.name,
            "medicine_class": getattr(self.record, "medicine_class", None),
            "findings": [finding.sentence for finding in self.findings],
            "certainties": [finding.certainty for finding in self.findings],
            "serious_harms": list(self.serious_harms),
            **self.advice,
        }


def compare(library: Library, names: Iterable[str], *, condition: str | None = None) -> tuple[ComparisonRow, ...]:
    """Return one row for each named intervention, in the order given."""
    wanted = library.collections["conditions"][condition].id if condition is not None else None
    rows = []
    for name in names:
        record: Any = library.get(name)
        if not hasattr(record, "harms"):
            raise ValueError(f"{record.kind}/{record.id} is no treatment, medicine, supplement or food")
        groups = record.special_groups
        rows.append(
            ComparisonRow(
                record=record,
                findings=tuple(
                    finding for finding in record.findings if wanted is None or wanted in finding.condition_ids
                ),
                serious_harms=tuple(harm.text for harm in record.harms if harm.serious),
                advice={group: getattr(groups, group).advice for group in groups.field_names()} if groups else {},
            )
        )
    return tuple(rows)


def foods_by(library: Library, nutrient: Nutrient, *, per: str = "portion") -> tuple[FoodAmount, ...]:
    """Return the foods that state an amount of ``nutrient``, the richest first."""
    from .vocabulary import Nutrient as Nutrients
    from .vocabulary import words

    if nutrient not in words(Nutrients):
        raise ValueError(f'unknown nutrient "{nutrient}"; the nutrients are {", ".join(words(Nutrients))}')
    fields = {"portion": "per_portion", "100 g": "per_100g"}
    if per not in fields:
        raise ValueError(f'unknown measure "{per}"; it is "portion" or "100 g"')
    found = []
    for food in library.collections["foods"].values():
        for row in food.nutrients:
            amount = getattr(row, fields[per])
            if row.nutrient == nutrient and amount is not None:
                found.append(FoodAmount(food=food, amount=amount, unit=row.unit, row=row))
    return tuple(sorted(found, key=lambda item: (-item.amount, item.food.id)))


def upper_limits(
    library: Library, nutrient: str | None, *, authority: str | None, life_stage: str | None
) -> tuple[IntakeRow, ...]:
    """Return the rows of official upper limits that match."""
    wanted = {"nutrient": nutrient, "authority": authority, "life_stage": life_stage}
    return tuple(
        row
        for record in library.collections["supplements"].values()
        for row in record.intakes
        if row.measure == "UL"
        and all(value is None or key(getattr(row, field)) == key(value) for field, value in wanted.items())
    )


def with_code(library: Library, code: str, *, system: str | None) -> tuple[Entry, ...]:
    """Return the records that carry ``code``, in the order of the collections."""
    from .vocabulary import CodeSystem, words

    if system is not None and system not in words(CodeSystem):
        raise ValueError(f'unknown code system "{system}"; the systems are {", ".join(words(CodeSystem))}')
    wanted = code.strip().casefold()
    return tuple(
        record
        for kind, collection in library.collections.items()
        if kind not in ("sources", "findings")
        for record in collection.values()
        if any(held.code.casefold() == wanted and system in (None, held.system) for held in record.codes)
    )


def claims_about(library: Library, name: str) -> tuple[Claim, ...]:
    """Return the claims whose subject is the record ``name``."""
    claims: Collection[Claim] = library.collections["claims"]
    return claims.filter(subject_ids=library.get(name).id)


def claims_from_article(library: Library, article: str) -> tuple[Claim, ...]:
    """Return the claims that answer a row of the popular article ``article``."""
    claims: Collection[Claim] = library.collections["claims"]
    articles = sorted({_article(row) for claim in claims.values() for row in claim.seed_rows})
    if article not in articles:
        raise ValueError(f'unknown article "{article}"; the articles are {", ".join(articles)}')
    return claims.filter(lambda claim: any(_article(row) == article for row in claim.seed_rows))


def _article(row: str) -> str:
    """Return the article that a collected claim comes from: ``seed3`` of ``seed3-07``."""
    return row.rpartition("-")[0]


def finding_rows(library: Library) -> list[dict[str, Any]]:
    """Return every finding as a flat row."""
    rows = []
    for finding in library.findings.values():
        effect, source, record = finding.effect, finding.source, finding.record
        rows.append(
            {
                "id": finding.id,
                "record_kind": record.kind,
                "record_id": record.id,
                "intervention": finding.intervention,
                "population": finding.population,
                "population_group": finding.population_group,
                "comparison": finding.comparison,
                "outcome": finding.outcome,
                "direction": finding.direction,
                "size": finding.size,
                "measure": effect.measure if effect else None,
                "value": _decimal(effect.value) if effect else None,
                "low": _decimal(effect.low) if effect else None,
                "high": _decimal(effect.high) if effect else None,
                "unit": effect.unit if effect else None,
                "n_studies": finding.n_studies,
                "n_participants": finding.n_participants,
                "certainty": finding.certainty,
                "graded_by": finding.graded_by,
                "sentence": finding.sentence,
                "source_id": source.id,
                "doi": source.doi,
                "pmid": source.pmid,
                "locator": finding.locator,
            }
        )
    return rows


def _decimal(number: float | None) -> float | None:
    """Return a number that may be written without a point as a float: a column has one type."""
    return None if number is None else float(number)


def interactions(library: Library, one: str, other: str) -> ListedInteractions:
    """Return the interactions listed for a pair, in either order, members of a class included."""
    first, second = _find(library, one), _find(library, other)
    if first is None and second is None:
        raise RecordNotFound(one, "any collection", ())
    found: list[ListedInteraction] = []
    pairs: tuple[tuple[Any, Record | None, str], ...] = ((first, second, other), (second, first, one))
    for owner, partner, words in pairs:
        for interaction in getattr(owner, "interactions", ()):
            if _means(interaction, partner, words):
                found.append(ListedInteraction(record=owner, interaction=interaction))
    return ListedInteractions(found)


def _find(library: Library, name: str) -> Record | None:
    try:
        return library.get(name)
    except RecordRemoved:
        raise  # "not listed" would be a wrong answer: it may be listed under what replaced it
    except RecordNotFound:
        return None


def _means(interaction: Interaction, partner: Record | None, words: str) -> bool:
    """Tell whether an interaction is about a record, a member of it, its class, or a plain name."""
    if partner is not None:
        kin = {partner.id, *getattr(partner, "member_ids", ())}
        if kin.intersection(interaction.partner_ids):
            return True
        if any(partner.id in getattr(item, "member_ids", ()) for item in interaction.partners):
            return True
    names = [partner.name, *getattr(partner, "aliases", ())] if partner is not None else [words]
    text = f" {key(interaction.partner)} "
    return any(f" {key(name)} " in text.replace(",", " ").replace("(", " ").replace(")", " ") for name in names)
