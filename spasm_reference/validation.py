"""Editorial rules beyond types: links, identity, completeness, safety, plain words.

Every problem is found in one run, one line each: file, field, found, expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from . import authoring, removals
from .decoding import Problem, show
from .errors import DataError
from .grading import URGENCY_ORDER
from .naming import key
from .prose import LONGEST_SENTENCE, advice_to_stop, hand_written_effects, sentences
from .records import (
    COLLECTIONS,
    CareCard,
    Cause,
    Claim,
    Condition,
    Dose,
    Entry,
    Finding,
    Food,
    GroupAdvice,
    IntakeRow,
    Intervention,
    Medicine,
    Part,
    Portion,
    Record,
    RedFlag,
    Region,
    Source,
    Sourced,
    Supplement,
    Symptom,
    Treatment,
)

REVIEW_MAXIMUM = timedelta(days=366)
"""A warning sign is checked against its sources at least once a year."""

CODE_PATTERNS = {
    "ICD-10-CM": r"[A-TV-Z][0-9][0-9AB](\.[0-9A-TV-Z]{1,4})?",
    "ICD-11": r"[0-9A-Z]{4}(\.[0-9A-Z]{1,2})?",
    "MeSH": r"[DC][0-9]{6}([0-9]{3})?",
    "MedlinePlus": r"[a-z0-9-]+|[0-9]+",
    "Wikidata": r"Q[1-9][0-9]*",
    "RxNorm": r"[1-9][0-9]*",
    "ATC": r"[A-DGHJLMNPRSV]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?",
    "UNII": r"[0-9A-Z]{10}",
    "HPO": r"HP:[0-9]{7}",
    "MONDO": r"MONDO:[0-9]{7}",
    "Orphanet": r"[1-9][0-9]*",
    "PubChem": r"[1-9][0-9]*",
    "FoodData Central": r"[1-9][0-9]*",
}
"""What a code of each system looks like."""

FIGURE = re.compile(r"(?<![A-Za-z0-9-])(?<!type )[0-9]")
"""A number in a text, but not one in a name: ``B6``, ``omega-3``, ``type 2``."""

CHECKED_FOR_INTERACTIONS = "interactions, or interactions_searched with the date of a search"

REFERENCES: dict[str, tuple[str, ...]] = {
    "source_id": ("sources",),
    "source_ids": ("sources",),
    "steps_source_ids": ("sources",),
    "superseded_by": ("sources",),
    "condition_ids": ("conditions",),
    "cause_ids": ("causes",),
    "symptom_ids": ("symptoms",),
    "region_ids": ("regions",),
    "red_flag_ids": ("red_flags",),
    "member_ids": ("medicines",),
    "related_ids": tuple(kind for kind in COLLECTIONS if kind != "sources"),
    "subject_ids": tuple(kind for kind in COLLECTIONS if kind != "sources"),
    "partner_ids": ("medicines", "supplements", "foods"),
    "record_id": tuple(kind for kind in COLLECTIONS if kind != "sources"),
    "finding_ids": ("findings",),
}
"""Which kinds each linking field may point to."""

NEEDED_WHEN_COMPLETE: dict[type[Record], tuple[str, ...]] = {
    Condition: (
        "care_cards",
        "what_it_is",
        "how_it_feels",
        "how_common",
        "who_gets_it",
        "spasm_link",
        "spasm_link_reason",
        "look_alikes",
        "options",
        "living_with",
        "unknowns",
        "questions",
        "red_flag_ids",
        "codes",
    ),
    Cause: ("spasm_link", "spasm_link_reason", "mechanism", "what_you_can_do", "unknowns"),
    Symptom: ("what_it_is", "what_it_can_mean", "care_cards"),
    Region: ("view", "muscles", "what_happens", "care_cards"),
    Treatment: (
        "what_it_is",
        "findings",
        "harms",
        "who_should_avoid",
        "special_groups",
        "aim",
        "setting",
        "steps",
        "stop_if",
        "steps_source_ids",
        "access",
        "unknowns",
    ),
    Medicine: (
        "what_it_is",
        "findings",
        "harms",
        "who_should_avoid",
        "special_groups",
        "medicine_class",
        "legal_status",
        "label_doses",
        "maximum_doses",
        "how_long",
        "onset",
        "liver",
        "driving",
        "alcohol",
        "how_to_stop",
        "unknowns",
        "codes",
    ),
    Supplement: (
        "what_it_is",
        "said_to_do",
        "findings",
        "harms",
        "who_should_avoid",
        "special_groups",
        "forms",
        "quality",
        "unknowns",
    ),
    Food: ("what_it_is", "said_to_do", "findings", "harms", "special_groups", "portion", "nutrients", "unknowns"),
    RedFlag: ("what_to_say", "while_waiting"),
}
"""Fields that a record must fill before it may call itself complete."""

NEEDED_OF_A_TRIGGER = (
    "what_it_is",
    "findings",
    "harms",
    "special_groups",
    "medicine_class",
    "how_to_stop",
    "unknowns",
    "codes",
)
"""The same for a medicine that stands here only because it can set off spasms."""


class Context(NamedTuple):
    """What a rule may look at besides the record it checks."""

    records: dict[str, Record]
    findings: dict[str, str]
    unread: frozenset[str]
    today: date


Rule = Callable[[Record, str, Context], Iterator[Problem]]


def validate_tree(root: Path, today: date | None = None) -> list[Problem]:
    """Check every file under ``root`` and return all problems, sorted by file."""
    tree, problems = authoring.read_tree(root)
    try:
        authoring.read_version(root)
    except DataError as error:
        problems.extend(problem for problem in error.problems if isinstance(problem, Problem))
    problems.extend(check(tree, root, today or date.today()))
    return sorted(problems, key=lambda problem: problem.file)


def check_links(tree: dict[str, dict[str, Record]], root: Path) -> list[Problem]:
    """Check only what a library needs to hold together: ids, names and links."""
    return [
        *_apply((_ids_are_kebab_case, _links_resolve), tree, root, date.today()),
        *_colliding_names(tree, root),
        *removals.check(tree, root, date.today()),
    ]


def check(tree: dict[str, dict[str, Record]], root: Path, today: date) -> list[Problem]:
    """Apply every rule to records that were read without fault."""
    return [
        *_apply(RULES, tree, root, today),
        *_colliding_names(tree, root),
        *removals.check(tree, root, today),
        *_rows_answered_twice(tree, root),
        *_orphan_sources(tree, root),
    ]


def _apply(rules: tuple[Rule, ...], tree: dict[str, dict[str, Record]], root: Path, today: date) -> list[Problem]:
    problems: list[Problem] = []
    records: dict[str, Record] = {}
    findings: dict[str, str] = {}
    for kind, collection in tree.items():
        for record in collection.values():
            file = f"{root.name}/{kind}/{record.id}.toml"
            if record.id in records:
                other = records[record.id]
                problems.append(Problem(file, "id", show(record.id), f"an id not used in {other.kind}"))
            records.setdefault(record.id, record)
            for i, finding in enumerate(getattr(record, "findings", ())):
                if finding.id in findings:
                    problems.append(
                        Problem(
                            file, f"findings[{i}].id", show(finding.id), f"an id not used in {findings[finding.id]}"
                        )
                    )
                findings.setdefault(finding.id, record.id)
    unread = frozenset(path.stem for path in root.glob("*/*.toml") if path.stem not in records)
    context = Context(records, findings, unread, today)
    for kind, collection in tree.items():
        for record in collection.values():
            file = f"{root.name}/{kind}/{record.id}.toml"
            for rule in rules:
                problems.extend(rule(record, file, context))
    return problems


def _walk(part: Part, path: str = "") -> Iterator[tuple[str, Part]]:
    """Yield a record and every part inside it, with the path of each."""
    yield path, part
    for name in part.field_names():
        value = getattr(part, name)
        prefix = f"{path}.{name}" if path else name
        if isinstance(value, Part):
            yield from _walk(value, prefix)
        elif isinstance(value, tuple):
            for i, item in enumerate(value):
                if isinstance(item, Part):
                    yield from _walk(item, f"{prefix}[{i}]")


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


# ---------------------------------------------------------------- rules, one concern each


def _ids_are_kebab_case(record: Record, file: str, context: Context) -> Iterator[Problem]:
    for path, part in _walk(record):
        if isinstance(part, Record | Finding) and not authoring.ID.fullmatch(part.id):
            yield Problem(file, _at(path, "id"), show(part.id), "lower-case words joined by hyphens")


def _links_resolve(record: Record, file: str, context: Context) -> Iterator[Problem]:
    for path, part in _walk(record):
        for name in part.field_names():
            kinds = REFERENCES.get(name)
            if kinds is None:
                continue
            value = getattr(part, name)
            ids = value if isinstance(value, tuple) else (value,) if value else ()
            for i, id in enumerate(ids):
                field = _at(path, f"{name}[{i}]" if isinstance(value, tuple) else name)
                if "findings" in kinds:
                    # A finding whose record could not be read is reported there.
                    found = id in context.findings or bool(context.unread)
                else:
                    found = id in context.unread or (id in context.records and context.records[id].kind in kinds)
                if not found:
                    yield Problem(
                        file, field, show(id), f"the id of a record in {', '.join(kinds)}{_near(id, context)}"
                    )
                elif id == record.id:
                    yield Problem(file, field, show(id), "the id of another record")
            if len(set(ids)) != len(ids):
                yield Problem(file, _at(path, name), "an id twice", "each id once")


def _near(id: str, context: Context) -> str:
    from difflib import get_close_matches

    close = get_close_matches(id, [*context.records, *context.findings], n=1)
    return f'; nearest "{close[0]}"' if close else ""


def _statements_have_sources(record: Record, file: str, context: Context) -> Iterator[Problem]:
    for path, part in _walk(record):
        names = part.field_names()
        if "source_ids" not in names or part.source_ids:  # type: ignore[attr-defined]
            continue
        if isinstance(part, GroupAdvice) and part.advice == "not-known":
            continue
        if type(part).__name__ == "Form":
            continue
        yield Problem(file, _at(path, "source_ids"), "an empty list", "at least one source")


def _dates_are_in_order(record: Record, file: str, context: Context) -> Iterator[Problem]:
    if isinstance(record, Source):
        if record.accessed > context.today:
            yield Problem(file, "accessed", str(record.accessed), f"a date not after {context.today}")
        return
    assert isinstance(record, Entry)
    if record.reviewed > context.today:
        yield Problem(file, "reviewed", str(record.reviewed), f"a date not after {context.today}")
    if record.next_review <= record.reviewed:
        yield Problem(file, "next_review", str(record.next_review), f"a date after {record.reviewed}")
    if isinstance(record, RedFlag) and context.today - record.reviewed > REVIEW_MAXIMUM:
        yield Problem(file, "reviewed", str(record.reviewed), "a date within the last year")


def _summary_is_short(record: Record, file: str, context: Context) -> Iterator[Problem]:
    if isinstance(record, Entry):
        count = len(record.summary.split())
        if count > 60:
            yield Problem(file, "summary", f"{count} words", "at most 60 words")


def _complete_means_complete(record: Record, file: str, context: Context) -> Iterator[Problem]:
    if not isinstance(record, Entry) or record.status != "complete":
        return
    needed = NEEDED_WHEN_COMPLETE.get(type(record), ())
    if isinstance(record, Medicine) and not record.used_for_spasms:
        needed = NEEDED_OF_A_TRIGGER
    for name in needed:
        if getattr(record, name) in (None, ()):
            yield Problem(file, name, "nothing", 'a value, because status is "complete"')
    if isinstance(record, Supplement) and not record.interactions and record.interactions_searched is None:
        yield Problem(file, "interactions", "nothing", CHECKED_FOR_INTERACTIONS)
    if isinstance(record, Condition) and len(record.options) < 2:
        yield Problem(file, "options", f"{len(record.options)}", "at least two, doing nothing included")


def _treatments_say_when_to_stop(record: Record, file: str, context: Context) -> Iterator[Problem]:
    if isinstance(record, Treatment) and record.steps and not record.stop_if:
        yield Problem(file, "stop_if", "nothing", "at least one line that says when to stop")


def _medicines_have_a_part_to_play(record: Record, file: str, context: Context) -> Iterator[Problem]:
    if isinstance(record, Medicine) and not record.used_for_spasms and not record.can_trigger_spasms:
        yield Problem(
            file, "used_for_spasms", "false", "true, or can_trigger_spasms = true: a medicine is here for one of both"
        )


def _medicines_were_checked_for_interactions(record: Record, file: str, context: Context) -> Iterator[Problem]:
    if (
        isinstance(record, Medicine)
        and record.used_for_spasms
        and not record.interactions
        and record.interactions_searched is None
    ):
        yield Problem(file, "interactions", "nothing", CHECKED_FOR_INTERACTIONS)


def _findings_are_whole(record: Record, file: str, context: Context) -> Iterator[Problem]:
    for path, finding in _walk(record):
        if not isinstance(finding, Finding):
            continue
        if finding.graded_by == "ours" and finding.grading_reason is None:
            yield Problem(file, _at(path, "grading_reason"), "nothing", 'the reason, because graded_by is "ours"')
        if finding.direction == "no-trials":
            if finding.certainty != "very-low":
                yield Problem(
                    file, _at(path, "certainty"), show(finding.certainty), '"very-low", as there are no trials'
                )
            for name in ("searched", "search_terms"):
                if getattr(finding, name) is None:
                    yield Problem(file, _at(path, name), "nothing", "how and when trials were looked for")
        elif finding.effect is None:
            yield Problem(file, _at(path, "effect"), "nothing", "the figures (measure not-stated if none were seen)")
        if finding.direction == "no-effect" and finding.size not in ("trivial", "unknown"):
            yield Problem(
                file, _at(path, "size"), show(finding.size), '"trivial" or "unknown" where there is no effect'
            )
        effect = finding.effect
        if effect is not None and effect.low is not None and effect.high is not None:
            if effect.low > effect.high:
                yield Problem(file, _at(path, "effect.low"), show(effect.low), f"at most {effect.high}")
            if effect.value is not None and not effect.low <= effect.value <= effect.high:
                yield Problem(
                    file, _at(path, "effect.value"), show(effect.value), f"between {effect.low} and {effect.high}"
                )
        for name in ("n_studies", "n_participants"):
            number = getattr(finding, name)
            if number is not None and number < 0:
                yield Problem(file, _at(path, name), show(number), "0 or more")


def _figures_say_where_they_stand(record: Record, file: str, context: Context) -> Iterator[Problem]:
    """Whoever checks a number of an intervention must find it in its source without reading all of it."""
    if not isinstance(record, Intervention) or record.status != "complete":
        return
    for path, part in _walk(record):
        if "locator" not in part.field_names() or part.locator is not None:  # type: ignore[attr-defined]
            continue
        if isinstance(part, Finding):
            figures = part.effect is not None or bool(part.n_studies)
        elif isinstance(part, Sourced):
            figures = True
        else:
            texts = (getattr(part, name, None) for name in ("text", "effect", "what_to_do", "frequency"))
            figures = any(FIGURE.search(text) for text in texts if text)
        if figures:
            yield Problem(file, _at(path, "locator"), "nothing", "where in the source the figure stands")


def _amounts_make_sense(record: Record, file: str, context: Context) -> Iterator[Problem]:
    for path, part in _walk(record):
        if isinstance(part, Dose):
            if part.amount is not None and (part.unit is None or part.per is None):
                yield Problem(file, _at(path, "unit"), "an amount without unit and period", "both unit and per")
            for name in ("amount", "amount_max"):
                amount = getattr(part, name)
                if amount is not None and amount <= 0:
                    yield Problem(file, _at(path, name), show(amount), "a number above 0")
            if part.amount_max is not None and (part.amount is None or part.amount_max <= part.amount):
                yield Problem(file, _at(path, "amount_max"), show(part.amount_max), "a number above amount")
        if isinstance(part, IntakeRow) and part.amount is not None and part.amount <= 0:
            yield Problem(file, _at(path, "amount"), show(part.amount), "a number above 0")
        if isinstance(part, Portion) and part.grams <= 0:
            yield Problem(file, _at(path, "grams"), show(part.grams), "a number above 0")


def _codes_fit_their_system(record: Record, file: str, context: Context) -> Iterator[Problem]:
    if not isinstance(record, Entry):
        return
    for i, code in enumerate(record.codes):
        if not re.fullmatch(CODE_PATTERNS[code.system], code.code):
            yield Problem(file, f"codes[{i}].code", show(code.code), f"a code of {code.system}")
        if code.system == "ICD-10-CM" and code.version is None:
            yield Problem(file, f"codes[{i}].version", "nothing", "the fiscal year, such as FY2026")


def _care_cards_are_in_order(record: Record, file: str, context: Context) -> Iterator[Problem]:
    cards: tuple[CareCard, ...] = getattr(record, "care_cards", ())
    levels = [card.level for card in cards]
    if len(set(levels)) != len(levels):
        yield Problem(file, "care_cards", "a level twice", "one card of each level at most")
    if levels != sorted(levels, key=URGENCY_ORDER.index):
        yield Problem(file, "care_cards", ", ".join(levels), "the most urgent first")


def _red_flags_can_be_found(record: Record, file: str, context: Context) -> Iterator[Problem]:
    if isinstance(record, RedFlag) and not record.lay_terms:
        yield Problem(file, "lay_terms", "nothing", "the words people use for it")


def _claims_rest_on_something(record: Record, file: str, context: Context) -> Iterator[Problem]:
    if not isinstance(record, Claim):
        return
    if record.verdict == "no-evidence":
        for name in ("searched", "search_terms"):
            if getattr(record, name) is None:
                yield Problem(file, name, "nothing", "how and when evidence was looked for")
    elif not record.finding_ids and not any(statement.source_ids for statement in record.reason):
        yield Problem(file, "finding_ids", "nothing", "the findings the verdict rests on")


def _successors_are_cited(record: Record, file: str, context: Context) -> Iterator[Problem]:
    """Name each superseded source that a record cites while nothing that replaced it stands beside it."""
    if not isinstance(record, Entry):
        return
    cited = {id: path for path, part in reversed(list(_walk(record))) for id in part.own_source_ids()}
    for id, path in sorted(cited.items()):
        successors = _successors(id, context)
        if successors and not cited.keys() & set(successors):
            yield Problem(
                file,
                path or "source_ids",
                f"{show(id)}, a superseded source used without its successor",
                f"{show(successors[-1])} cited too",
            )


def _successors(id: str, context: Context) -> list[str]:
    """Return what replaced a source, and what replaced that, the newest last."""
    found: list[str] = []
    source = context.records.get(id)
    while isinstance(source, Source) and source.superseded_by not in (None, id, *found):
        found.append(str(source.superseded_by))
        source = context.records.get(found[-1])
    return found


def _sources_are_identified(record: Record, file: str, context: Context) -> Iterator[Problem]:
    if not isinstance(record, Source):
        return
    checks: tuple[tuple[str, str | None, str, str], ...] = (
        ("doi", record.doi, r"10\.[0-9]{4,9}/\S+", "a DOI such as 10.1000/182"),
        ("pmid", record.pmid, r"[1-9][0-9]{0,8}", "a PubMed id"),
        ("pmcid", record.pmcid, r"PMC[1-9][0-9]*", "a PubMed Central id such as PMC123"),
        ("url", record.url, r"https?://[^\s<>\"]+", "a web address"),
    )
    for name, value, pattern, expected in checks:
        if value is not None and not re.fullmatch(pattern, value):
            yield Problem(file, name, show(value), expected)
    if record.year is not None and not 1800 <= record.year <= context.today.year + 1:
        yield Problem(file, "year", show(record.year), f"a year up to {context.today.year + 1}")


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the reader-facing sentences of a record with their paths."""
    fields = {
        "text",
        "summary",
        "effect",
        "what_to_do",
        "definition",
        "difference",
        "reason",
        "instead",
        "why",
        "action",
    }
    lists = {"bullets", "signs", "stop_if", "while_waiting", "unknowns", "questions"}
    for path, part in _walk(record):
        for name in part.field_names():
            value: Any = getattr(part, name)
            if name in fields and isinstance(value, str):
                yield _at(path, name), value
            elif name in lists:
                for i, item in enumerate(value):
                    yield _at(path, f"{name}[{i}]"), item


def _sentences_are_short(record: Record, file: str, context: Context) -> Iterator[Problem]:
    if isinstance(record, Source):
        return
    for path, text in _texts(record):
        for part in sentences(text):
            count = len(part.split())
            if count > LONGEST_SENTENCE:
                yield Problem(file, path, f"a sentence of {count} words", f"at most {LONGEST_SENTENCE} words")


def _no_hand_written_effects(record: Record, file: str, context: Context) -> Iterator[Problem]:
    if isinstance(record, Source):
        return
    for path, text in _texts(record):
        for words in hand_written_effects(text):
            yield Problem(file, path, show(words), "no effect sentence by hand; put it in a finding")


def _never_stop_a_medicine(record: Record, file: str, context: Context) -> Iterator[Problem]:
    if isinstance(record, Source):
        return
    for path, text in _texts(record):
        words = advice_to_stop(text)
        if words is not None:
            yield Problem(file, path, show(words), "no advice to stop a medicine")


RULES: tuple[Rule, ...] = (
    _ids_are_kebab_case,
    _links_resolve,
    _statements_have_sources,
    _dates_are_in_order,
    _summary_is_short,
    _complete_means_complete,
    _treatments_say_when_to_stop,
    _medicines_have_a_part_to_play,
    _medicines_were_checked_for_interactions,
    _findings_are_whole,
    _figures_say_where_they_stand,
    _amounts_make_sense,
    _codes_fit_their_system,
    _care_cards_are_in_order,
    _red_flags_can_be_found,
    _claims_rest_on_something,
    _successors_are_cited,
    _sources_are_identified,
    _sentences_are_short,
    _no_hand_written_effects,
    _never_stop_a_medicine,
)


def _colliding_names(tree: dict[str, dict[str, Record]], root: Path) -> Iterator[Problem]:
    """No two records of a kind may answer to the same id, name or alias."""
    for kind, collection in tree.items():
        owners: dict[str, str] = {key(id): id for id in collection}
        for record in collection.values():
            if not isinstance(record, Entry):
                continue
            for i, alias in enumerate((record.name, *record.aliases)):
                owner = owners.setdefault(key(alias), record.id)
                if owner != record.id:
                    field = "name" if i == 0 else f"aliases[{i - 1}]"
                    yield Problem(
                        f"{root.name}/{kind}/{record.id}.toml", field, show(alias), f"a name not used by {owner}"
                    )


def _rows_answered_twice(tree: dict[str, dict[str, Record]], root: Path) -> Iterator[Problem]:
    """Each collected claim is answered in one place, so that two verdicts cannot differ."""
    owners: dict[str, str] = {}
    for claim in tree["claims"].values():
        assert isinstance(claim, Claim)
        for i, row in enumerate(claim.seed_rows):
            if row in owners:
                yield Problem(
                    f"{root.name}/claims/{claim.id}.toml",
                    f"seed_rows[{i}]",
                    show(row),
                    f"a row not answered by {owners[row]}",
                )
            owners[row] = claim.id


def _orphan_sources(tree: dict[str, dict[str, Record]], root: Path) -> Iterator[Problem]:
    """Name each source that nothing cites: it is dead weight.

    A file that could not be read may cite any of them, so then none is named.
    """
    if any(path.stem not in tree.get(path.parent.name, {}) for path in root.glob("*/*.toml")):
        return
    cited: set[str] = set()
    for collection in tree.values():
        for record in collection.values():
            for part in record.parts():
                cited.update(part.own_source_ids())
            if isinstance(record, Source) and record.superseded_by:
                cited.add(record.superseded_by)
    for id in tree["sources"]:
        if id not in cited:
            yield Problem(f"{root.name}/sources/{id}.toml", "id", "a source nothing cites", "a record that cites it")
