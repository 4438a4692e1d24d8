"""The muscle-spasm reference: graded, cited records as read-only Python objects.

A reference book to read and search; not for diagnosing, monitoring, predicting or
treating a person.  No clinician has reviewed the text yet.

>>> import spasm_reference as sr
>>> sr.supplements["magnesium"].name
'Magnesium'
"""

from __future__ import annotations

__version__ = "0.1.0"
"""The version of the code; `data_version` is that of the records."""

__all__ = (
    "AmbiguousName",
    "RecordNotFound",
    "RecordRemoved",
    "SpasmReferenceError",
    "__version__",
    "causes",
    "cite",
    "claims",
    "claims_about",
    "claims_from_article",
    "compare",
    "conditions",
    "data_version",
    "emergency_numbers",
    "evidence_map",
    "finding_rows",
    "findings",
    "foods",
    "foods_by",
    "get",
    "interactions",
    "medicines",
    "red_flags",
    "regions",
    "search",
    "sources",
    "summary_of_findings",
    "supplements",
    "symptoms",
    "terms",
    "treatments",
    "upper_limits",
    "with_code",
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from .errors import AmbiguousName, RecordNotFound, RecordRemoved, SpasmReferenceError
    from .library import Collection
    from .mapping import EvidenceCell
    from .queries import ComparisonRow, FoodAmount, ListedInteractions
    from .ranking import Results
    from .records import (
        Cause,
        Claim,
        Condition,
        EmergencyNumber,
        Entry,
        Finding,
        Food,
        IntakeRow,
        Medicine,
        Record,
        RedFlag,
        Region,
        Source,
        Supplement,
        Symptom,
        Term,
        Treatment,
    )
    from .vocabulary import Nutrient

    causes: Collection[Cause]
    """Causes and risk factors, and what is often named as one."""
    claims: Collection[Claim]
    """What people say, and what the evidence says of it."""
    conditions: Collection[Condition]
    """Illnesses and states in which spasms happen."""
    data_version: str
    """The version of the records: year, month and a number, such as ``2026.11.0``."""
    emergency_numbers: Collection[EmergencyNumber]
    """Whom to call, by country."""
    findings: Collection[Finding]
    """Every finding, whichever record it stands in."""
    foods: Collection[Food]
    """Foods and drinks."""
    medicines: Collection[Medicine]
    """Medicines that relieve, prevent or can trigger spasms, and classes of them."""
    red_flags: Collection[RedFlag]
    """Warning signs, each with what to do."""
    regions: Collection[Region]
    """Parts of the body."""
    sources: Collection[Source]
    """Papers, guidelines, labels and pages that figures were read in."""
    supplements: Collection[Supplement]
    """Supplements and remedies sold without a prescription."""
    symptoms: Collection[Symptom]
    """What a person notices."""
    terms: Collection[Term]
    """Words of the trade, explained."""
    treatments: Collection[Treatment]
    """What is done to or by the body, such as stretching."""


def get(name: str) -> Record:
    """Return the record with this id or alias, whatever its kind.

    ``name`` is an id or alias in any case, with or without hyphens.
    The id of a renamed record still leads to it.  Raises `RecordNotFound`, which names the nearest
    ids, `RecordRemoved`, which names what to read instead, `AmbiguousName` for an alias of records of
    several kinds, and `TypeError` for a name that is not text.

    >>> get("Multiple Sclerosis").id
    'multiple-sclerosis'
    """
    from .library import default_library

    return default_library().get(name)


def search(words: str, *, limit: int = 10, kinds: Iterable[str] | None = None) -> Results:
    """Return printed entries that match ``words``, best first.

    Red flags stand before all others whenever their own words match.  ``limit`` is the
    most results to return, ``kinds`` the collections to look in (all by default).
    Raises `ValueError` for an unknown kind, a limit below 1 or a query of more than 1,000 characters,
    and `TypeError` for a query that is not text.

    >>> for result in search("charley horse at night", limit=1, kinds=["conditions"]):
    ...     print(result.kind, result.id, result.title)
    conditions nocturnal-leg-cramps Night leg cramps
    """
    from .library import default_library

    return default_library().search(words, limit=limit, kinds=kinds)


def compare(names: Iterable[str], *, condition: str | None = None) -> tuple[ComparisonRow, ...]:
    """Return one row for each named treatment, medicine, supplement or food, in the order given.

    ``names`` are ids or aliases.  With ``condition``, an id or alias, a row holds only findings about
    it.  Each row has ``to_dict`` for a data frame.  Raises `RecordNotFound` for an unknown name,
    `AmbiguousName` for one of several records, and `ValueError` for a record that is none of these kinds.

    >>> rows = compare(["ibuprofen", "tizanidine"], condition="acute-back-spasm")
    >>> [(row.record.name, row.advice["blood_thinners"]) for row in rows]
    [('Ibuprofen', 'avoid'), ('Tizanidine', 'ask-first')]
    """
    from . import queries
    from .library import default_library

    return queries.compare(default_library(), names, condition=condition)


def foods_by(nutrient: Nutrient, *, per: str = "portion") -> tuple[FoodAmount, ...]:
    """Return the foods that state an amount of a nutrient, the richest first.

    ``per`` is ``"portion"`` (the record's usual portion) or ``"100 g"``; amounts are in
    each row's ``unit``.  Raises `ValueError` for an unknown nutrient or measure.

    >>> [item.amount for item in foods_by("potassium", per="100 g") if item.food.id == "banana"]
    [358]
    """
    from . import queries
    from .library import default_library

    return queries.foods_by(default_library(), nutrient, per=per)


def upper_limits(
    nutrient: str | None = None, *, authority: str | None = None, life_stage: str | None = None
) -> tuple[IntakeRow, ...]:
    """Return official tolerable upper intake levels, a day, with unit, basis and source.

    ``nutrient`` is one of `Nutrient`, such as ``"vitamin-d"``; ``authority`` is ``"NASEM"`` (US and
    Canada) or ``"EFSA"`` (European Union); ``life_stage`` is written as the authority writes it, such
    as ``"9 years and over"``.  Without one of them, all are returned.  ``amount`` is in ``unit``, and
    ``None`` where the authority set no limit.  Where nothing matches, the tuple is empty: that is no
    word on what is safe.

    >>> [(row.amount, row.unit, row.basis) for row in upper_limits("magnesium", authority="EFSA")][:1]
    [(250, 'mg', 'supplements-only')]
    """
    from . import queries
    from .library import default_library

    return queries.upper_limits(default_library(), nutrient, authority=authority, life_stage=life_stage)


def interactions(one: str, other: str) -> ListedInteractions:
    """Return the interactions listed for a pair, in either order, members of a class included.

    ``one`` and ``other`` are names of medicines, foods or supplements.  One at least must be the id or
    alias of a record.  Printed, an empty result says that not listed does not mean safe.
    Raises `RecordNotFound` if neither has a record, and `AmbiguousName` if one stands for several.

    >>> len(interactions("ciprofloxacin", "magnesium"))
    1
    >>> print(interactions("magnesium", "acetaminophen"))
    No interaction of this pair is listed. Not listed does not mean safe. Ask a pharmacist.
    """
    from . import queries
    from .library import default_library

    return queries.interactions(default_library(), one, other)


def evidence_map() -> tuple[EvidenceCell, ...]:
    """Return the cells of the evidence map: each intervention in each group of people it was looked at in.

    A cell names direction, certainty, people and findings; ``to_dict`` gives a row for a data frame.
    A pair without a cell was not looked at in this reference; ``no-trials`` means looked for and not found.

    >>> cells = [cell for cell in evidence_map() if cell.record.id == "magnesium"]
    >>> [(cell.direction, cell.certainty) for cell in cells if cell.population_group == "rest-cramps"]
    [('no-effect', 'high')]
    """
    from . import mapping
    from .library import default_library

    return mapping.evidence_map(default_library())


def summary_of_findings(condition: str, *, limit: int = 7) -> tuple[Finding, ...]:
    """Return the surest results about a condition, one of each intervention first, two harms last.

    ``condition`` is an id or alias; at most ``limit`` findings are returned, none of them "no trials".
    Raises `RecordNotFound` for an unknown condition.

    >>> [finding.certainty for finding in summary_of_findings("nocturnal-leg-cramps", limit=2)]
    ['high', 'moderate']
    """
    from . import mapping
    from .library import default_library

    return mapping.summary_of_findings(default_library(), condition, limit=limit)


def with_code(code: str, *, system: str | None = None) -> tuple[Entry, ...]:
    """Return the records that carry a code of a public code system.

    ``code`` is written as its system writes it, in any case, such as ``"E11.9"`` (ICD-10-CM) or
    ``"D003681"`` (MeSH); ``system`` is one of `CodeSystem`.
    A code that no record carries gives an empty tuple.  Raises `ValueError` for an unknown system.

    >>> [record.id for record in with_code("E11.9")]
    ['diabetes']
    """
    from . import queries
    from .library import default_library

    return queries.with_code(default_library(), code, system=system)


def claims_about(name: str) -> tuple[Claim, ...]:
    """Return the popular claims about a record, each with its verdict.

    ``name`` is an id or alias.  Raises `RecordNotFound` for an unknown name and `AmbiguousName` for one
    of several records.

    >>> [claim.verdict for claim in claims_about("magnesium") if claim.id == "magnesium-stops-night-cramps"]
    ['not-supported']
    """
    from . import queries
    from .library import default_library

    return queries.claims_about(default_library(), name)


def claims_from_article(article: str) -> tuple[Claim, ...]:
    """Return the claims that answer statements of one of the popular articles they were collected from.

    ``article`` is the first part of a claim's ``seed_rows``: ``"seed3"`` of ``"seed3-07"``.
    Raises `ValueError`, which names the articles, for an unknown one.

    >>> "magnesium-stops-night-cramps" in [claim.id for claim in claims_from_article("seed3")]
    True
    """
    from . import queries
    from .library import default_library

    return queries.claims_from_article(default_library(), article)


def finding_rows() -> list[dict[str, Any]]:
    """Return every finding as a flat dictionary of plain values, ready for a data frame or a CSV file.

    All rows have the same keys.  ``value``, ``low`` and ``high`` are in ``unit`` or are ratios, as
    ``measure`` says; what a source does not give is ``None``.

    >>> rows = {row["id"]: row for row in finding_rows()}
    >>> [rows["magnesium-rest-cramps-frequency"][column] for column in ("record_id", "value", "n_participants")]
    ['magnesium', -0.18, 307]
    """
    from . import queries
    from .library import default_library

    return queries.finding_rows(default_library())


def cite(name: str, style: str = "text", *, sources: bool = False) -> str:
    """Return a citation of a source or of any other record.

    ``style`` is ``"text"`` (a line), ``"bibtex"`` or ``"csl-json"`` (a list); keys are ids.
    A record is cited as an entry of this reference, with the data version and the year of its
    last review.  ``sources=True`` adds every source that the record cites.
    Raises `RecordNotFound`, which names the nearest ids, `AmbiguousName` for an alias of several
    records, and `ValueError` for an unknown style.

    >>> print(cite("magnesium"))  # doctest: +ELLIPSIS
    The Spasm Reference maintainers (2026). Magnesium. In: Spasm Reference. Data version ... CC BY 4.0.
    >>> print(cite("winzenberg-2015", "bibtex"))  # doctest: +ELLIPSIS
    @article{winzenberg-2015,
      author = {Winzenberg, T. and Jones, G. and Callisaya, M.},
      title = {Musculoskeletal chest wall pain},
      journal = {Australian Family Physician},
      year = {2015},
    ...
    """
    from . import bibliography
    from .library import default_library

    return bibliography.cite(default_library(), name, style, sources=sources)


if not TYPE_CHECKING:  # a type checker must see a misspelled name

    def __getattr__(name: str) -> object:
        """Fetch a public name on first use, so that the import itself reads and costs nothing."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value: object
        if name in ("AmbiguousName", "RecordNotFound", "RecordRemoved", "SpasmReferenceError"):
            from . import errors

            value = getattr(errors, name)
        else:
            from .library import default_library

            library = default_library()
            whole = name in ("data_version", "findings")
            value = getattr(library, name) if whole else library.collections[name]
        globals()[name] = value
        return value


def __dir__() -> tuple[str, ...]:
    return __all__
