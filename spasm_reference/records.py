"""What a record is: one read-only type for each collection, and the parts they hold.

Fields named ``…_id`` and ``…_ids`` hold ids, in the data files and in every export.
The attribute without that ending follows the link: ``finding.source_id`` is
``"garrison-2020"`` and ``finding.source`` is that `Source`.

A field that may be left out is still always there, as ``None`` or ``()``.
"""

from __future__ import annotations

from .frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any, ClassVar, Protocol

    from .vocabulary import (
        Advice,
        Aim,
        Basis,
        BetterWhen,
        BodyView,
        Certainty,
        CodeSystem,
        Direction,
        FindingKind,
        IntakeMeasure,
        Kind,
        LegalStatus,
        LinkStrength,
        Measure,
        Nutrient,
        Period,
        Population,
        Setting,
        Sex,
        Size,
        SourceKind,
        Status,
        Unit,
        Urgency,
        Verdict,
    )

    class Resolver(Protocol):
        """What a record asks for when one of its links is followed."""

        def record(self, id: str) -> Record:
            """Return the record with this id."""
            ...

        def finding(self, id: str) -> Finding:
            """Return the finding with this id."""
            ...


_default_resolver: Callable[[], Resolver] | None = None


def set_default_resolver(resolver: Callable[[], Resolver]) -> None:
    """Name the library that answers for records made outside any library."""
    global _default_resolver
    _default_resolver = resolver


_fill: Callable[[Part, str], Any] | None = None


def _load_fill() -> Callable[[Part, str], Any]:
    """Import `spasm_reference.plain` when a field is first asked for, and once: an import statement is a look-up."""
    global _fill
    from .plain import fill

    _fill = fill
    return fill


class Part(Frozen):
    """A read-only piece of a record.  Its links are followed through the library it came from."""

    __slots__ = ("_library", "_plain")

    if not TYPE_CHECKING:  # a type checker must see a misspelled field

        def __getattr__(self, name: str) -> Any:
            """Put the fields in place if nobody asked for one before; see `spasm_reference.plain`."""
            if name not in type(self).__field_defaults__:
                raise AttributeError(f"{type(self).__name__} has no field {name}")
            return (_fill or _load_fill())(self, name)

    def _resolver(self) -> Resolver:
        library: Resolver | None = getattr(self, "_library", None)
        if library is not None:
            return library
        if _default_resolver is None:
            raise LookupError("this record belongs to no library, so its links cannot be followed")
        return _default_resolver()

    def _linked(self, ids: tuple[str, ...]) -> tuple[Any, ...]:
        resolver = self._resolver()
        return tuple(resolver.record(id) for id in ids)

    def parts(self) -> tuple[Part, ...]:
        """Return this and every part inside it, in the order of the fields."""
        found: list[Part] = [self]
        for name in type(self).__field_defaults__:
            value = getattr(self, name)
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, Part):
                    found += item.parts()
        return tuple(found)

    def own_source_ids(self) -> tuple[str, ...]:
        """Return the ids of the sources that this cites itself, parts inside it left out."""
        ids: list[str] = []
        for name in ("source_id", "source_ids", "steps_source_ids"):
            value = getattr(self, name, ())
            ids += value if isinstance(value, tuple) else (value,)
        return tuple(ids)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values (text, numbers, lists, dictionaries), ready for JSON.

        Links stay ids, dates become ISO text and every field is present.
        """
        return {name: _plain(getattr(self, name)) for name in type(self).__field_defaults__}


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value


# ---------------------------------------------------------------- links that many types share


class Cited(Part):
    """Something that rests on sources."""

    if TYPE_CHECKING:

        @property
        def source_ids(self) -> tuple[str, ...]:
            """Ids of the sources."""
            ...

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources this rests on."""
        return self._linked(self.source_ids)


class Sourced(Part):
    """A figure that was read in one source."""

    if TYPE_CHECKING:

        @property
        def source_id(self) -> str:
            """Id of the source."""
            ...

    @property
    def source(self) -> Source:
        """The source it was read in."""
        source: Any = self._resolver().record(self.source_id)
        return source  # type: ignore[no-any-return]


class Pointing(Part):
    """Something that may have a record of its own."""

    if TYPE_CHECKING:

        @property
        def record_id(self) -> str | None:
            """Id of the record, if there is one."""
            ...

    @property
    def record(self) -> Entry | None:
        """Its record, if there is one."""
        record: Any = self._resolver().record(self.record_id) if self.record_id else None
        return record  # type: ignore[no-any-return]


class WithRedFlags(Part):
    """Something with links to red flags."""

    if TYPE_CHECKING:

        @property
        def red_flag_ids(self) -> tuple[str, ...]:
            """Ids of the red flags."""
            ...

    @property
    def red_flags(self) -> tuple[RedFlag, ...]:
        """The red flags that belong to it."""
        return self._linked(self.red_flag_ids)


class WithConditions(Part):
    """Something with links to conditions."""

    if TYPE_CHECKING:

        @property
        def condition_ids(self) -> tuple[str, ...]:
            """Ids of the conditions."""
            ...

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions it is about or part of."""
        return self._linked(self.condition_ids)


class WithRegions(Part):
    """Something with links to regions."""

    if TYPE_CHECKING:

        @property
        def region_ids(self) -> tuple[str, ...]:
            """Ids of the regions."""
            ...

    @property
    def regions(self) -> tuple[Region, ...]:
        """The body regions it strikes or is for."""
        return self._linked(self.region_ids)


class WithCauses(Part):
    """Something with links to causes."""

    if TYPE_CHECKING:

        @property
        def cause_ids(self) -> tuple[str, ...]:
            """Ids of the causes."""
            ...

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Its causes."""
        return self._linked(self.cause_ids)


# ---------------------------------------------------------------- parts of records


class Code(Part):
    """The name of a subject in one public code system."""

    system: CodeSystem
    """The code system."""
    code: str
    """The code, as that system writes it."""
    label: str
    """The system's own name for the code."""
    version: str | None = None
    """The release the code was seen in, such as ``FY2026``; ``None`` when the system has none."""


class Statement(Cited):
    """One or two plain sentences and the sources they rest on."""

    text: str
    """Plain words, sentences of 20 words or fewer."""
    source_ids: tuple[str, ...]
    """Ids of the sources, at least one."""
    locator: str | None = None
    """Where in the source: a section, table or page."""


class Effect(Part):
    """The figures of a finding, as its source gives them."""

    measure: Measure
    """What kind of number it is."""
    value: float | None = None
    """The point estimate, in ``unit``."""
    low: float | None = None
    """Lower end of the interval."""
    high: float | None = None
    """Upper end of the interval."""
    interval: int | None = None
    """Level of the interval in percent, nearly always 95."""
    unit: str | None = None
    """What one step of the value means, such as ``cramps a week``."""
    p_value: str | None = None
    """The p-value as printed, such as ``0.03`` or ``<0.001``."""
    with_intervention: str | None = None
    """What happened in the treated or exposed group, in absolute numbers."""
    with_comparison: str | None = None
    """What happened in the other group, in absolute numbers."""
    text: str | None = None
    """Figures that fit no other field, in our words."""


class Finding(Sourced, WithConditions):
    """One result for one outcome, in PICO terms, with its certainty and who graded it."""

    __slots__ = ("_owner_id",)
    # Set by whoever reads the record.  ClassVar keeps it out of the fields.
    _owner_id: ClassVar[str]

    id: str
    """Unique among all findings, kebab-case."""
    intervention: str
    """What was tried, or what people were exposed to, as it reads inside a sentence."""
    plural: bool = False
    """Whether ``intervention`` takes a plural verb."""
    finding_kind: FindingKind = "effect"
    """Whether this is a comparison of treatments or two things seen together."""
    population: str
    """Who was studied, as it reads after "in": ``older adults with night leg cramps``."""
    population_group: Population
    """The column of the evidence map this belongs to."""
    condition_ids: tuple[str, ...] = ()
    """Conditions on whose pages this finding is shown."""
    comparison: str
    """What it was compared with, such as ``a dummy pill``."""
    outcome: str
    """What was measured, as it reads after "lowers": ``the number of cramps a week``."""
    better_when: BetterWhen
    """Whether less or more of the outcome is good."""
    direction: Direction
    """Which way the result points for the person."""
    size: Size
    """How big the effect is."""
    effect: Effect | None = None
    """The figures; ``None`` only when no trials were found or no figure was seen."""
    n_studies: int | None = None
    """Number of studies; ``None`` when not stated."""
    n_participants: int | None = None
    """Number of people; ``None`` when not stated."""
    certainty: Certainty
    """GRADE certainty.  ``very-low`` where no trials were found."""
    graded_by: str
    """Who graded it: a body such as ``Cochrane``, or ``ours``."""
    grading_reason: str | None = None
    """Why this certainty; needed where the grading is ours."""
    source_id: str
    """Id of the source the figures were read in."""
    locator: str | None = None
    """Where in the source."""
    verified: bool = True
    """Whether the figures were seen in the source.  If not, the page says so."""
    searched: date | None = None
    """When trials were looked for, if none were found."""
    search_terms: str | None = None
    """What was searched for, if no trials were found."""
    caveat: str | None = None
    """What a careful reader should know before relying on it."""

    @property
    def sentence(self) -> str:
        """The finding in words, generated from direction, size and certainty."""
        from .grading import sentence

        return sentence(self)

    @property
    def record(self) -> Entry:
        """The record this finding stands in."""
        owner: Any = self._resolver().record(self._owner_id)
        return owner  # type: ignore[no-any-return]


class CareCard(Cited):
    """A box that says how soon to get help, and when."""

    level: Urgency
    """How soon."""
    action: str
    """What to do, as a heading that runs on into "if:"."""
    bullets: tuple[str, ...]
    """The signs, each standing alone, 20 words or fewer."""
    source_ids: tuple[str, ...]
    """Ids of the sources."""


class GroupAdvice(Cited):
    """What is known for one group of people who need special care."""

    advice: Advice
    """The answer in one word."""
    text: str
    """The answer in plain words."""
    source_ids: tuple[str, ...] = ()
    """Ids of the sources; may be empty only when the advice is ``not-known``."""
    locator: str | None = None
    """Where in the source."""


class SpecialGroups(Part):
    """The six groups that every intervention answers for."""

    pregnancy: GroupAdvice
    """People who are pregnant."""
    breastfeeding: GroupAdvice
    """People who breastfeed."""
    children: GroupAdvice
    """Babies, children and teenagers."""
    kidney_disease: GroupAdvice
    """People whose kidneys work less well."""
    older_adults: GroupAdvice
    """People of about 65 and over."""
    blood_thinners: GroupAdvice
    """People who take a medicine that thins the blood."""


class Harm(Cited):
    """An adverse effect or danger."""

    text: str
    """What can happen, in plain words."""
    serious: bool
    """Whether it can need urgent care."""
    frequency: str | None = None
    """How often, in words or numbers, if a source says so."""
    source_ids: tuple[str, ...]
    """Ids of the sources."""
    locator: str | None = None
    """Where in the source."""


class Interaction(Cited):
    """What happens when two things are taken together."""

    partner: str
    """The other medicine, class, food or supplement."""
    partner_ids: tuple[str, ...] = ()
    """Ids of the records that the partner means, members of a class included."""
    effect: str
    """What can happen."""
    what_to_do: str
    """What a reader can do about it."""
    source_ids: tuple[str, ...]
    """Ids of the sources."""
    locator: str | None = None
    """Where in the source."""

    @property
    def partners(self) -> tuple[Entry, ...]:
        """The records that the partner means."""
        return self._linked(self.partner_ids)


class Dose(Sourced):
    """An amount that was tried in a trial or stands on a label.  Never advice."""

    text: str
    """The dose in plain words, with the form it was given in."""
    who: str
    """For whom: ``older adults with night leg cramps``, ``adults``."""
    amount: float | None = None
    """The amount, or the lower end of a range, in ``unit``."""
    amount_max: float | None = None
    """The upper end of a range."""
    unit: Unit | None = None
    """Unit of the amount; needed when there is one."""
    per: Period | None = None
    """What the amount is counted per; needed when there is one."""
    duration: str | None = None
    """For how long."""
    source_id: str
    """Id of the source."""
    locator: str | None = None
    """Where in the source."""


class IntakeRow(Sourced):
    """One official intake figure for one group of people."""

    authority: str
    """Who set it: ``NASEM`` (US and Canada), ``EFSA`` (European Union), …"""
    measure: IntakeMeasure
    """What kind of figure it is."""
    life_stage: str
    """The age group or state: ``19 to 30 years``, ``pregnancy, 19 to 30 years``."""
    sex: Sex = "any"
    """Whom it is for."""
    nutrient: Nutrient
    """The nutrient."""
    amount: float | None
    """The amount a day in ``unit``; ``None`` when the authority set no figure."""
    unit: Unit
    """Unit of the amount."""
    basis: Basis = "total"
    """What the figure counts."""
    source_id: str
    """Id of the source."""
    locator: str | None = None
    """Where in the source."""


class Form(Cited):
    """A chemical or commercial form of a supplement."""

    name: str
    """Name of the form."""
    text: str
    """What is known of it, and whether it was tried."""
    source_ids: tuple[str, ...] = ()
    """Ids of the sources."""
    locator: str | None = None
    """Where in the source."""


class Step(Part):
    """One numbered step of a treatment."""

    text: str
    """What to do."""
    how_long: str | None = None
    """How long to keep it up or how often to repeat it."""


class CountryStatus(Sourced):
    """How a medicine may be sold in one country."""

    country: str
    """The country, or ``European Union``."""
    status: LegalStatus
    """How it may be sold there."""
    note: str | None = None
    """A detail, such as which strengths."""
    source_id: str
    """Id of the source."""


class Prevalence(Sourced):
    """How common something is, among whom."""

    text: str
    """The figure in plain words."""
    population: str
    """Among whom it was counted."""
    percent: float | None = None
    """The share in percent, if the source gives one."""
    source_id: str
    """Id of the source."""
    locator: str | None = None
    """Where in the source."""


class LookAlike(Cited, Pointing):
    """Something else it could be, and what points to it."""

    name: str
    """What else it could be."""
    record_id: str | None = None
    """Id of its record, if there is one."""
    difference: str
    """What points to it."""
    source_ids: tuple[str, ...]
    """Ids of the sources."""


class Option(Pointing):
    """One thing a person can choose, doing nothing included."""

    name: str
    """The option."""
    record_id: str | None = None
    """Id of its record, where the findings stand; ``None`` for doing nothing."""
    text: str
    """What it means in practice.  What it does is said by its findings, not here."""
    finding_ids: tuple[str, ...] = ()
    """The findings this option rests on."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings this option rests on."""
        resolver = self._resolver()
        return tuple(resolver.finding(id) for id in self.finding_ids)


class Muscle(Part):
    """A muscle that cramps in a region."""

    name: str
    """Anatomical name."""
    lay_name: str
    """What people call it."""


class Portion(Part):
    """A usual portion of a food."""

    name: str
    """The portion in kitchen words: ``1 medium``."""
    grams: float
    """Its weight."""


class NutrientAmount(Sourced):
    """How much of a nutrient a food holds."""

    nutrient: Nutrient
    """The nutrient."""
    per_100g: float | None = None
    """Amount in 100 g."""
    per_portion: float | None = None
    """Amount in the record's portion, as the source prints it."""
    unit: Unit
    """Unit of the amounts."""
    source_id: str
    """Id of the source."""
    locator: str | None = None
    """Where in the source."""


# ---------------------------------------------------------------- records


class Record(Part):
    """Anything with an id: the base of all collections."""

    KIND: ClassVar[Kind]

    id: str
    """Stable, kebab-case, unique among all records and never used again."""

    if TYPE_CHECKING:

        @property
        def name(self) -> str:
            """What readers call it."""
            ...

    @property
    def kind(self) -> Kind:
        """The collection this record belongs to."""
        return type(self).KIND


class Source(Record):
    """A paper, guideline, label or page that figures were read in."""

    KIND = "sources"

    source_type: SourceKind
    """What sort of source it is."""
    title: str
    """Its title."""
    authors: tuple[str, ...] = ()
    """Authors as ``Family AB``; empty for a page with no named author."""
    year: int | None = None
    """Year it came out; ``None`` for a page without a date."""
    container: str | None = None
    """Journal, book or site."""
    volume: str | None = None
    """Volume of the journal."""
    issue: str | None = None
    """Issue of the journal."""
    pages: str | None = None
    """Pages or article number."""
    publisher: str | None = None
    """Publisher or issuing body."""
    doi: str | None = None
    """DOI, without a prefix."""
    pmid: str | None = None
    """PubMed id."""
    pmcid: str | None = None
    """PubMed Central id."""
    url: str
    """Where a reader can open it."""
    seen_at: str | None = None
    """Address of the copy that was read, where that was not ``url``."""
    accessed: date
    """When it was last read."""
    abstract_only: bool = False
    """Whether only the abstract or a summary was read."""
    retracted: bool = False
    """Whether it was withdrawn."""
    superseded_by: str | None = None
    """Id of the source that replaces it."""
    note: str | None = None
    """What a careful reader should know: details not verified, a copy read in place of the original."""

    @property
    def name(self) -> str:
        """The title, so that every record has a name."""
        return self.title

    @property
    def link(self) -> str:
        """The best address: the DOI if there is one, else the page."""
        from .citations import doi_address

        return doi_address(self.doi) if self.doi else self.url

    @property
    def successor(self) -> Source | None:
        """The source that replaces it, if there is one."""
        source: Any = self._resolver().record(self.superseded_by) if self.superseded_by else None
        return source  # type: ignore[no-any-return]

    @property
    def citation(self) -> str:
        """The source in one line of plain text."""
        from .citations import plain_text

        return plain_text(self)


class Entry(Cited, Record):
    """What all records but sources share."""

    name: str
    """The usual American name."""
    aliases: tuple[str, ...] = ()
    """Other proper names, British spellings included.  Unique within a collection."""
    lay_terms: tuple[str, ...] = ()
    """What people type or say.  May stand in several records."""
    summary: str
    """At most 60 plain words."""
    status: Status
    """Whether every field this kind needs is filled."""
    findings: tuple[Finding, ...] = ()
    """Results for or against, or links seen.  Also reachable in ``spasm_reference.findings``."""
    related_ids: tuple[str, ...] = ()
    """Ids of records to read next."""
    codes: tuple[Code, ...] = ()
    """Names in public code systems."""
    source_ids: tuple[str, ...]
    """Ids of the sources that the summary rests on."""
    reviewed: date
    """When the record was last checked against its sources."""
    next_review: date
    """When it is due to be checked again."""

    @property
    def related(self) -> tuple[Entry, ...]:
        """The records to read next."""
        return self._linked(self.related_ids)

    @property
    def cited_sources(self) -> tuple[Source, ...]:
        """Every source that any part of it cites or a finding it rests on was read in, ordered by id."""
        resolver = self._resolver()
        ids: set[str] = set()
        for part in self.parts():
            ids.update(part.own_source_ids())
            ids.update(resolver.finding(id).source_id for id in getattr(part, "finding_ids", ()))
        return self._linked(tuple(sorted(ids)))


class Condition(WithRedFlags, WithRegions, WithCauses, Entry):
    """An illness or state in which spasms happen."""

    KIND = "conditions"

    care_cards: tuple[CareCard, ...] = ()
    """How soon to get help; at most one of each level, most urgent first."""
    what_it_is: tuple[Statement, ...] = ()
    """What it is."""
    how_it_feels: tuple[Statement, ...] = ()
    """How the spasm feels there."""
    how_common: tuple[Prevalence, ...] = ()
    """How common it is, among whom."""
    who_gets_it: tuple[Statement, ...] = ()
    """Who gets it."""
    spasm_link: LinkStrength | None = None
    """How sure the link to spasms is."""
    spasm_link_reason: Statement | None = None
    """Why the link is graded so."""
    look_alikes: tuple[LookAlike, ...] = ()
    """What else it could be."""
    options: tuple[Option, ...] = ()
    """What a person can choose; two or more, doing nothing included."""
    living_with: tuple[Statement, ...] = ()
    """Living with it."""
    unknowns: tuple[str, ...] = ()
    """What is not known."""
    questions: tuple[str, ...] = ()
    """Questions to ask a doctor, nurse or pharmacist."""
    red_flag_ids: tuple[str, ...] = ()
    """Ids of the red flags that belong to it."""
    region_ids: tuple[str, ...] = ()
    """Ids of the body regions it strikes."""
    cause_ids: tuple[str, ...] = ()
    """Ids of its causes."""
    symptom_ids: tuple[str, ...] = ()
    """Ids of its symptoms."""

    @property
    def symptoms(self) -> tuple[Symptom, ...]:
        """Its symptoms."""
        return self._linked(self.symptom_ids)


class Cause(WithRedFlags, WithConditions, Entry):
    """A cause or risk factor, or something often named as one."""

    KIND = "causes"

    spasm_link: LinkStrength | None = None
    """How sure the link to spasms is."""
    spasm_link_reason: Statement | None = None
    """Why the link is graded so."""
    mechanism: tuple[Statement, ...] = ()
    """How it could lead to a spasm."""
    what_you_can_do: tuple[Statement, ...] = ()
    """What a reader can do."""
    care_cards: tuple[CareCard, ...] = ()
    """How soon to get help; at most one of each level, most urgent first."""
    unknowns: tuple[str, ...] = ()
    """What is not known."""
    condition_ids: tuple[str, ...] = ()
    """Ids of the conditions it is part of."""
    red_flag_ids: tuple[str, ...] = ()
    """Ids of the red flags that belong to it."""


class Symptom(WithRedFlags, WithConditions, WithCauses, Entry):
    """Something a person notices."""

    KIND = "symptoms"

    what_it_is: tuple[Statement, ...] = ()
    """What it is and how it feels."""
    what_it_can_mean: tuple[Statement, ...] = ()
    """What it can point to."""
    care_cards: tuple[CareCard, ...] = ()
    """How soon to get help; at most one of each level, most urgent first."""
    condition_ids: tuple[str, ...] = ()
    """Ids of conditions it happens in."""
    cause_ids: tuple[str, ...] = ()
    """Ids of causes it goes with."""
    red_flag_ids: tuple[str, ...] = ()
    """Ids of the red flags that belong to it."""


class Region(WithRedFlags, WithConditions, Entry):
    """A part of the body."""

    KIND = "regions"

    view: BodyView | None = None
    """The side of the body map it is drawn on."""
    muscles: tuple[Muscle, ...] = ()
    """The muscles that usually cramp there."""
    what_happens: tuple[Statement, ...] = ()
    """What spasms there are like."""
    care_cards: tuple[CareCard, ...] = ()
    """How soon to get help; at most one of each level, most urgent first."""
    condition_ids: tuple[str, ...] = ()
    """Ids of conditions that strike there."""
    red_flag_ids: tuple[str, ...] = ()
    """Ids of the red flags that belong to it."""


class Intervention(WithRedFlags, Entry):
    """What treatments, medicines, supplements and foods share."""

    what_it_is: tuple[Statement, ...] = ()
    """What it is."""
    said_to_do: tuple[str, ...] = ()
    """What people say it does, in our words.  Not a statement that it is so."""
    harms: tuple[Harm, ...] = ()
    """Adverse effects and dangers."""
    who_should_avoid: tuple[Statement, ...] = ()
    """Contraindications, in plain words."""
    interactions: tuple[Interaction, ...] = ()
    """What happens with other medicines, foods and supplements."""
    interactions_searched: date | None = None
    """When interactions were looked for; with no interactions listed, it means none were found."""
    special_groups: SpecialGroups | None = None
    """The six groups that need special care."""
    how_to_stop: Statement | None = None
    """How to stop safely, where it matters."""
    unknowns: tuple[str, ...] = ()
    """What is not known."""
    red_flag_ids: tuple[str, ...] = ()
    """Ids of the red flags that belong to it."""


class Treatment(WithRegions, Intervention):
    """Something done to or by the body: stretching, heat, physiotherapy."""

    KIND = "treatments"

    aim: Aim | None = None
    """Relief, prevention or both."""
    setting: Setting | None = None
    """Who carries it out."""
    steps: tuple[Step, ...] = ()
    """What to do, in order."""
    stop_if: tuple[str, ...] = ()
    """When to stop; at least one line."""
    steps_source_ids: tuple[str, ...] = ()
    """Ids of the sources of the steps."""
    access: str | None = None
    """Cost and how to get it, in words."""
    region_ids: tuple[str, ...] = ()
    """Ids of body regions it is for."""

    @property
    def steps_sources(self) -> tuple[Source, ...]:
        """The sources of the steps."""
        return self._linked(self.steps_source_ids)


class Medicine(Intervention):
    """A medicine that relieves, prevents or can trigger spasms, or a class of them."""

    KIND = "medicines"

    medicine_class: str | None = None
    """The class it belongs to, as pharmacists name it."""
    member_ids: tuple[str, ...] = ()
    """Ids of the medicines in it, if the record is a class."""
    legal_status: tuple[CountryStatus, ...] = ()
    """How it may be sold, by country."""
    label_doses: tuple[Dose, ...] = ()
    """The usual range on the label.  A figure to know, not advice."""
    maximum_doses: tuple[Dose, ...] = ()
    """The most the label allows."""
    doses_tried: tuple[Dose, ...] = ()
    """Doses used in trials."""
    how_long: Statement | None = None
    """For how long it is meant to be used."""
    onset: Statement | None = None
    """How soon it works."""
    liver: GroupAdvice | None = None
    """People whose liver works less well."""
    driving: GroupAdvice | None = None
    """Driving and machines."""
    alcohol: GroupAdvice | None = None
    """Alcohol."""
    can_trigger_spasms: bool = False
    """Whether spasms are among its adverse effects."""
    used_for_spasms: bool = True
    """Whether people take it for spasms.  If not, its doses are no part of this reference."""

    @property
    def members(self) -> tuple[Medicine, ...]:
        """The medicines in it, if the record is a class."""
        return self._linked(self.member_ids)


class Supplement(Intervention):
    """A supplement or remedy bought without a prescription."""

    KIND = "supplements"

    forms: tuple[Form, ...] = ()
    """Forms it is sold in, and which were tried."""
    doses_tried: tuple[Dose, ...] = ()
    """Doses used in trials; not advice."""
    intakes: tuple[IntakeRow, ...] = ()
    """Official daily intakes and upper limits."""
    deficiency: tuple[Statement, ...] = ()
    """What too little does."""
    excess: tuple[Statement, ...] = ()
    """What too much does."""
    quality: tuple[Statement, ...] = ()
    """Product quality and regulation."""


class Food(Intervention):
    """A food that is said to help, with what is in it."""

    KIND = "foods"

    portion: Portion | None = None
    """The usual portion that ``nutrients`` count."""
    nutrients: tuple[NutrientAmount, ...] = ()
    """Minerals and vitamins in it."""
    absorption: tuple[Statement, ...] = ()
    """What changes how much the body takes up."""


class RedFlag(WithConditions, Entry):
    """A warning sign, with how urgent it is and what to do."""

    KIND = "red_flags"

    urgency: Urgency
    """How soon help is needed."""
    signs: tuple[str, ...]
    """What to look for, each standing alone, 20 words or fewer."""
    action: str
    """What to do, as a heading that runs on into "if:"."""
    why: tuple[Statement, ...]
    """Why it matters."""
    what_to_say: str | None = None
    """What to say on the phone."""
    while_waiting: tuple[str, ...] = ()
    """What to do and not do until help comes."""
    condition_ids: tuple[str, ...] = ()
    """Ids of conditions it can point to."""

    @property
    def care_card(self) -> CareCard:
        """The same in the form of a care card."""
        return CareCard(level=self.urgency, action=self.action, bullets=self.signs, source_ids=self.source_ids)


class Claim(Entry):
    """Something people say about spasms, and what the evidence says of it."""

    KIND = "claims"

    statement: str
    """The claim in our words."""
    said_by: tuple[str, ...]
    """Who says it: ``popular articles`` or ``commonly said``."""
    seed_rows: tuple[str, ...] = ()
    """Row ids of the collected claims that this answers."""
    subject_ids: tuple[str, ...] = ()
    """Ids of the records it is about."""
    verdict: Verdict
    """What the evidence says."""
    harmful: bool = False
    """Whether acting on it can do harm."""
    for_whom: str
    """For whom the verdict holds."""
    reason: tuple[Statement, ...]
    """Why."""
    finding_ids: tuple[str, ...] = ()
    """Ids of the findings the verdict rests on."""
    certainty: Certainty
    """How certain the verdict is."""
    graded_by: str
    """Who graded it."""
    would_change: str
    """What would change our mind."""
    instead: str
    """What to do instead."""
    searched: date | None = None
    """When evidence was looked for, if the verdict is that there is none."""
    search_terms: str | None = None
    """What was searched for, if the verdict is that there is none."""

    @property
    def subjects(self) -> tuple[Entry, ...]:
        """The records it is about."""
        return self._linked(self.subject_ids)

    @property
    def findings_used(self) -> tuple[Finding, ...]:
        """The findings the verdict rests on."""
        resolver = self._resolver()
        return tuple(resolver.finding(id) for id in self.finding_ids)


class Term(Entry):
    """A word of the trade, explained."""

    KIND = "terms"

    definition: str
    """What it means."""
    told_apart: tuple[Statement, ...] = ()
    """How to tell it from its neighbours."""


class EmergencyNumber(Entry):
    """Whom to call in one country."""

    KIND = "emergency_numbers"

    country: str
    """The country."""
    country_code: str
    """ISO 3166-1 alpha-2 code."""
    emergency: tuple[str, ...]
    """Emergency numbers for an ambulance."""
    advice: tuple[str, ...] = ()
    """Numbers for medical advice that is not an emergency."""
    poison: tuple[str, ...] = ()
    """Poison information numbers."""


_TYPES: tuple[type[Record], ...] = (
    Condition,
    Cause,
    Symptom,
    Region,
    Treatment,
    Medicine,
    Supplement,
    Food,
    RedFlag,
    Claim,
    Term,
    EmergencyNumber,
    Source,
)

COLLECTIONS: dict[Kind, type[Record]] = {cls.KIND: cls for cls in _TYPES}
"""Each kind and its type, in the order used on every surface."""
