"""What published checklists for health information ask, and what of it the records can show by count.

Every item is in our words.  A result is a count from the records or a fact that a named test keeps true.
There is no total: most of what the checklists ask needs a person to judge it, and nobody has done that yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ..library import Library
from ..records import COLLECTIONS, Cited, Finding, GroupAdvice, Part, Sourced

INTERVENTIONS = ("treatments", "medicines", "supplements", "foods")
WITH_CARE_CARDS = ("conditions", "symptoms", "regions")

PERSON = "A person must judge this."


class Item(NamedTuple):
    """One thing that a checklist asks."""

    asks: str
    """What it asks, in our words."""
    checked: str
    """What is looked at here without a person; empty if nothing is."""
    result: str
    """What was found; empty if nothing was looked at."""
    left: str
    """What only a person can judge; empty if nothing is left."""


class Instrument(NamedTuple):
    """One checklist."""

    name: str
    """Its name."""
    about: str
    """What it is and where it was published, in plain words."""
    doi: str
    """DOI of the paper that describes it."""
    items: tuple[Item, ...]
    """What it asks, in its order."""


class Counts:
    """Counts of the records that the results are made of."""

    def __init__(self, library: Library) -> None:
        collections = library.collections
        self.sources = list(collections["sources"].values())
        self.records = [record for kind in COLLECTIONS if kind != "sources" for record in collections[kind].values()]
        self.interventions = [record for kind in INTERVENTIONS for record in collections[kind].values()]
        self.conditions = list(collections["conditions"].values())
        self.treatments = list(collections["treatments"].values())
        self.with_cards = [record for kind in WITH_CARE_CARDS for record in collections[kind].values()]
        self.findings: list[Finding] = list(library.findings.values())
        self.tried = [finding for finding in self.findings if finding.direction != "no-trials"]
        self.not_tried = [finding for finding in self.findings if finding.direction == "no-trials"]
        self.red_flags = list(collections["red_flags"].values())
        self.countries = list(collections["emergency_numbers"].values())
        self.terms = list(collections["terms"].values())
        self.cited = [part for record in self.records for part in record.parts() if _needs_source(part)]
        self.abstract_only = [source for source in self.sources if source.abstract_only]

    def directions(self) -> str:
        """Return how many findings point which way."""
        words = {"benefit": "benefit", "no-effect": "no effect", "harm": "harm", "mixed": "mixed", "unclear": "unclear"}
        numbers = {key: sum(finding.direction == key for finding in self.tried) for key in words}
        return ", ".join(f"{words[key]} {number}" for key, number in numbers.items())


def of(records: Iterable[Any], holds: Callable[[Any], object], what: str) -> str:
    """Say for how many records something holds.

    >>> of([1, 2, 3], lambda n: n > 1, "numbers")
    '2 of 3 numbers.'
    """
    found = [bool(holds(record)) for record in records]
    return f"{sum(found)} of {len(found)} {what}."


def instruments(library: Library) -> tuple[Instrument, ...]:
    """Return the checklists with what the records show."""
    counts = Counts(library)
    return (_jama(counts), _discern(counts), _pemat(counts), _clear_communication(counts))


def _jama(counts: Counts) -> Instrument:
    return Instrument(
        "JAMA benchmarks",
        "4 benchmarks for medical pages on the web, published in 1997.",
        "10.1001/jama.1997.03540390074039",
        (
            Item(
                "Authorship: who wrote it, and with what training.",
                "Not counted.",
                "Not met. The maintainers are named as a group, without names or training. "
                "No clinician has reviewed the text yet.",
                "",
            ),
            Item(
                "Attribution: where each statement comes from.",
                "Every record, result and statement must name a source, or the build stops.",
                f"{of(counts.cited, _has_source, 'statements and figures have a source')} "
                f"{of(counts.tried, lambda finding: finding.locator, 'results say where in the source')}",
                "Does the source say so? See how we review.",
            ),
            Item(
                "Currency: when it was written and renewed.",
                "Each record has the day of its last check and the day of the next.",
                of(counts.records, lambda record: record.reviewed and record.next_review, "records have both days"),
                "",
            ),
            Item(
                "Disclosure: who owns it and who pays for it.",
                "A test makes sure that no page loads anything from another host.",
                "Not met in full. Nothing is loaded from elsewhere. Who pays is not stated.",
                "Whoever publishes these pages must say who pays.",
            ),
        ),
    )


def _discern(counts: Counts) -> Instrument:
    return Instrument(
        "DISCERN",
        "16 questions about texts on treatment choices, from Oxford, published in 1999. "
        "The last is an overall mark, which we do not give.",
        "10.1136/jech.53.2.105",
        (
            Item(
                "Are its aims clear?",
                "A test finds the intended use at the foot of every page.",
                "On every page.",
                "",
            ),
            Item("Does it reach its aims?", "", "", PERSON),
            Item("Does it matter to its readers?", "", "", PERSON),
            Item(
                "Are its sources clear?",
                "Is there a source for each record, statement and figure?",
                of(counts.cited, _has_source, "statements and figures have a source"),
                "",
            ),
            Item(
                "Are the dates of what it says clear?",
                "Do sources have a year, and records a day of review?",
                f"{of(counts.sources, lambda source: source.year, 'sources have a year')} "
                f"{of(counts.records, lambda record: record.reviewed, 'records have a day of review')}",
                "",
            ),
            Item(
                "Is it balanced?",
                "What a treatment does is worded by a table, the same for all. Which way do results point?",
                f"Results: {counts.directions()}. No trials: {len(counts.not_tried)}.",
                "Was anything left out or given too much room?",
            ),
            Item(
                "Does it name more help and reading?",
                "Do records have sources to open? For how many countries are there emergency numbers?",
                f"{of(counts.records, lambda record: record.sources, 'records have sources to open')} "
                f"{len(counts.countries)} countries.",
                "",
            ),
            Item(
                "Does it say what is not known?",
                "Does each result say how sure it is? Do records list what is not known?",
                f"{of(counts.findings, lambda finding: finding.certainty, 'results have a certainty')} "
                f"{of([*counts.conditions, *counts.interventions], lambda record: record.unknowns, _PAGES)}",
                "",
            ),
            Item(
                "Does it say how each treatment works?",
                "Is there a part that says what it is?",
                of(counts.interventions, lambda record: record.what_it_is, _OPTIONS),
                "Does that part explain how it works?",
            ),
            Item(
                "Does it say what each treatment can do for you?",
                "Is there at least one result, or a dated search that found none?",
                of(counts.interventions, lambda record: record.findings, _OPTIONS),
                "",
            ),
            Item(
                "Does it say what can go wrong with each?",
                "Are there harms? Are there answers for 6 groups with special care?",
                f"Harms: {of(counts.interventions, lambda record: record.harms, _OPTIONS)} "
                f"Groups: {of(counts.interventions, lambda record: record.special_groups, _OPTIONS)}",
                "",
            ),
            Item(
                "Does it say what happens without treatment?",
                "Is doing nothing one of the options?",
                of(
                    counts.conditions,
                    lambda record: any(option.name.startswith("Doing nothing") for option in record.options),
                    "conditions",
                )
                + " "
                + of(counts.conditions, lambda record: record.options, "conditions have options"),
                "Is its course without treatment described well?",
            ),
            Item(
                "Does it say how choices change daily life?",
                "Do results measure quality of life, sleep, disability or daily life?",
                of(
                    counts.tried,
                    lambda finding: any(
                        word in finding.outcome.lower()
                        for word in ("quality of life", "sleep", "disability", "daily life", "daily task")
                    ),
                    "results",
                ),
                "Is that enough?",
            ),
            Item(
                "Does it show that there is more than one choice?",
                "Are there at least 2 options?",
                of(counts.conditions, lambda record: len(record.options) > 1, "conditions"),
                "",
            ),
            Item(
                "Does it help you to decide with your doctor?",
                "Are there questions to ask?",
                of(counts.conditions, lambda record: record.questions, "conditions"),
                "",
            ),
        ),
    )


def _pemat(counts: Counts) -> Instrument:
    return Instrument(
        "PEMAT-P",
        "24 points about printed health texts, from the US agency AHRQ, published in 2013 and 2014: "
        "17 on how easy it is to understand, 7 on how easy it is to act on.",
        "10.1016/j.pec.2014.05.027",
        (
            Item("The purpose is plain.", "A summary stands at the top of each record.", _summaries(counts), PERSON),
            Item("Nothing leads away from the purpose.", "", "", PERSON),
            Item("The words are everyday words.", "Reading grade of each page.", "In the tables above.", PERSON),
            Item(
                "Medical words are explained.",
                "How many words does the glossary explain?",
                f"{len(counts.terms)} words.",
                "Is each explained where it stands?",
            ),
            Item("Sentences say who does what (active voice).", "", "", PERSON),
            Item(
                "Numbers are clear.",
                "Do results give counts of people, such as 1 in 7, with and without treatment?",
                of(counts.tried, _has_plain_numbers, "results"),
                PERSON,
            ),
            Item("You need not calculate.", "", "", PERSON),
            Item("The text comes in short parts.", "Sentences over 20 words.", "In the tables above.", PERSON),
            Item(
                "The parts have headings that tell what is in them.",
                "Templates set them.",
                _TEMPLATES,
                PERSON,
            ),
            Item("The order makes sense.", "Care cards stand first, then the summary.", _ALL, PERSON),
            Item("There is a summary.", "Does each record have one, of 60 words at most?", _summaries(counts), ""),
            Item("Marks draw the eye to what matters.", "Are there care cards?", _cards(counts), PERSON),
            Item("Pictures are used where they help.", "", "", PERSON),
            Item("Pictures back up the text.", "", "", PERSON),
            Item("Pictures have clear titles.", "", "", PERSON),
            Item("Pictures are clear.", "", "", PERSON),
            Item("Tables are simple, with short headings.", "", "", PERSON),
            Item(
                "There is at least one thing to do.",
                "Do warning signs say what to do? Do treatments have steps?",
                f"{of(counts.red_flags, lambda record: record.action, 'warning signs')} {_steps(counts)}",
                "",
            ),
            Item("It speaks to you.", "", "", PERSON),
            Item("What to do comes in small steps.", "Do treatments have steps?", _steps(counts), PERSON),
            Item(
                "There is a tool to use, such as a list to tick.",
                "Pages with questions to ask, a diary, guides and a leaflet.",
                "All 4 are there.",
                PERSON,
            ),
            Item("It shows how to do any sums.", "", "", PERSON),
            Item("It says how to use its charts and tables.", "", "", PERSON),
            Item("Pictures help you to act.", "", "", PERSON),
        ),
    )


def _clear_communication(counts: Counts) -> Instrument:
    return Instrument(
        "CDC Clear Communication Index",
        "4 questions to answer first and 20 points, from the US health agency CDC, published in 2013 and 2014.",
        "10.1177/1524839914538969",
        (
            Item("There is one main message.", "Does each record have a summary?", _summaries(counts), PERSON),
            Item("It stands at the top.", "The template puts it there, after care cards.", _ALL, ""),
            Item("It is set apart for the eye.", "The template gives it a box.", _ALL, ""),
            Item("A picture carries it.", "", "", PERSON),
            Item("There is a call to act.", "Are there care cards?", _cards(counts), ""),
            Item("Message and call use the active voice.", "", "", PERSON),
            Item("The words are those of its readers.", "Reading grade of each page.", "In the tables above.", PERSON),
            Item("Lists are used.", "The templates make lists of harms and steps.", _TEMPLATES, ""),
            Item("The text comes in parts with headings.", "Templates set them.", _TEMPLATES, ""),
            Item("The most important part comes first.", "Care cards stand first, then the summary.", _ALL, PERSON),
            Item(
                "It says what is known and what is not.",
                "Do records list what is not known?",
                of([*counts.conditions, *counts.interventions], lambda record: record.unknowns, _PAGES),
                "",
            ),
            Item("It says what to do.", "Do treatments have steps?", _steps(counts), ""),
            Item(
                "It says why that matters.",
                "Do warning signs say why?",
                of(counts.red_flags, lambda record: record.why, "warning signs"),
                PERSON,
            ),
            Item(
                "It says how and when to do it.",
                "Do treatments say when to stop?",
                of(counts.treatments, lambda record: record.stop_if, "treatments"),
                PERSON,
            ),
            Item("Numbers are of a kind that readers use.", "", "", PERSON),
            Item("Numbers are explained in words.", "Does each result have a sentence?", _sentences(counts), PERSON),
            Item("Readers need not calculate.", "", "", PERSON),
            Item(
                "The risk is explained.",
                "Are there harms?",
                of(counts.interventions, lambda record: record.harms, _OPTIONS),
                PERSON,
            ),
            Item(
                "Risks and benefits both stand there.",
                "Are there both results and harms?",
                of(counts.interventions, lambda record: record.findings and record.harms, _OPTIONS),
                "",
            ),
            Item("Chances are given in numbers, with words or pictures.", "", "", PERSON),
        ),
    )


_ALL = "On every record page."
_TEMPLATES = "In the templates of all collections."
_OPTIONS = "treatments, medicines, supplements and foods"
_PAGES = "conditions, treatments, medicines, supplements and foods"


def _needs_source(part: Part) -> bool:
    """Tell whether a part must rest on a source: all but the answer that something is not known."""
    is_unknown = isinstance(part, GroupAdvice) and part.advice == "not-known"
    return isinstance(part, Cited | Sourced) and not is_unknown


def _has_source(part: Any) -> bool:
    return bool(part.source_ids if isinstance(part, Cited) else part.source_id)


def _summaries(counts: Counts) -> str:
    return of(counts.records, lambda record: 0 < len(record.summary.split()) <= 60, "records")


def _sentences(counts: Counts) -> str:
    return of(counts.findings, lambda finding: finding.sentence, "results")


def _cards(counts: Counts) -> str:
    return of(counts.with_cards, lambda record: record.care_cards, "conditions, symptoms and regions")


def _steps(counts: Counts) -> str:
    return of(counts.treatments, lambda record: record.steps, "treatments")


def _has_plain_numbers(finding: Finding) -> bool:
    effect = finding.effect
    return effect is not None and bool(effect.with_intervention or effect.with_comparison)
