"""How records look as plain text: in a terminal, in a pipe, and with colors where a person watches.

Colors mark urgency and certainty only, and the words beside them say the same.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import click

from .grading import LINK_WORDS, VERDICT_WORDS, certainty_label
from .notices import INTENDED_USE, NOT_REVIEWED
from .phrases import ADVICE_WORDS, GROUP_WORDS, effect_text, study_text
from .queries import ComparisonRow
from .records import (
    Claim,
    EmergencyNumber,
    Entry,
    Finding,
    Intervention,
    Record,
    RedFlag,
    Source,
    Term,
)
from .vocabulary import Urgency

NOT_KNOWN = "Not known."
NO_ALL_CLEAR = "Not listed does not mean safe."

URGENCY_COLORS: dict[str, dict[str, Any]] = {
    "emergency": {"fg": "bright_white", "bg": "red", "bold": True},
    "urgent": {"fg": "red", "bold": True},
    "routine": {"fg": "blue"},
}

CERTAINTY_COLORS: dict[str, dict[str, Any]] = {
    "high": {"fg": "cyan", "bold": True},
    "moderate": {"fg": "cyan"},
    "low": {"fg": "yellow"},
    "very-low": {"fg": "magenta"},
}


def wants_color() -> bool | None:
    """Tell whether colors are refused (``False``); else they depend on whether a terminal is there (``None``)."""
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None


def printable(text: str) -> str:
    r"""Return ``text`` with everything that could steer a terminal written out.

    >>> print(printable("mag\x1b[31m\nnesium"))
    mag\x1b[31m\nnesium
    """
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape", "surrogatepass").decode() for letter in text
    )


def printable_lines(text: str) -> str:
    """Return the lines of ``text``, each made `printable`."""
    return "\n".join(printable(line) for line in text.split("\n"))


def fitted(text: str) -> str:
    """Return ``text`` with lines that fit the terminal; where nobody watches, as it is: one line an item."""
    if not sys.stdout.isatty():
        return text
    width = max(shutil.get_terminal_size().columns, 40)
    lines: list[str] = []
    for line in text.split("\n"):
        if len(line) <= width:
            lines.append(line)
            continue
        margin = len(line) - len(line.lstrip(" -"))
        lines += textwrap.wrap(
            line, width, subsequent_indent=" " * margin, break_long_words=False, break_on_hyphens=False
        )
    return "\n".join(lines)


def say(text: str) -> None:
    """Print ``text``, with lines that fit the terminal if there is one."""
    click.echo(fitted(text))


def say_json(value: Any) -> None:
    """Print plain values as JSON; where the output is not UTF-8, in ASCII."""
    whole = "utf" in (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    click.echo(json.dumps(value, ensure_ascii=not whole, indent=2, default=str))


def urgency_mark(urgency: Urgency) -> str:
    """Return the label of one urgency, such as ``[EMERGENCY]``."""
    return click.style(f"[{urgency.upper()}]", **URGENCY_COLORS[urgency])


def urgency_after(record: Record) -> str:
    """Return what follows the name of a record in a list: the urgency of a warning sign, and nothing for others."""
    return f" {urgency_mark(record.urgency)}" if isinstance(record, RedFlag) else ""


def certainty_mark(finding: Finding) -> str:
    """Return how sure a finding is, in circles and words."""
    label = certainty_label(finding)
    return label if finding.direction == "no-trials" else click.style(label, **CERTAINTY_COLORS[finding.certainty])


def list_lines(records: Sequence[Any]) -> list[str]:
    """Return one line for each record or finding: its id, and its name or sentence."""
    lines = []
    for record in records:
        text = finding_line(record) if isinstance(record, Finding) else record.name + urgency_after(record)
        lines.append(f"{record.id:40} {text}")
    return lines


def finding_line(finding: Finding) -> str:
    """Return the sentence of a finding, its certainty and the id of its source."""
    return f"{finding.sentence} ({certainty_mark(finding)}; {finding.source_id})"


def describe_finding(finding: Finding) -> str:
    """Return a finding as plain text."""
    lines = [
        finding.sentence,
        "",
        f"Certainty: {certainty_mark(finding)}",
        f"Who: {finding.population}",
        f"Compared: {finding.intervention} with {finding.comparison}",
        f"Studies: {study_text(finding)}",
    ]
    if finding.effect is not None:
        lines.append(f"Figures: {effect_text(finding.effect)}")
    if finding.caveat:
        lines.append(f"Mind: {finding.caveat}")
    lines += ["", f"In {finding.record.kind}/{finding.record.id}: {finding.record.name}", finding.source.citation]
    return "\n".join([*lines, "", NOT_REVIEWED, INTENDED_USE])


def describe(record: Record) -> str:
    """Return a record as plain text, the most urgent part first."""
    lines = [record.name, "=" * len(record.name), f"{record.kind}/{record.id}", ""]
    if isinstance(record, Source):
        return "\n".join([*lines, record.citation, record.link])
    assert isinstance(record, Entry)
    cards = (record.care_card,) if isinstance(record, RedFlag) else getattr(record, "care_cards", ())
    for card in cards:
        lines += [f"{urgency_mark(card.level)} {card.action} if:", *_bullets(card.bullets), ""]
    lines += [record.summary, ""]
    if record.status == "partial":
        lines += ["This record is not complete yet.", ""]
    lines += _own_lines(record)
    if record.findings:
        lines += ["What the evidence says:", *_bullets(map(finding_line, record.findings)), ""]
    if isinstance(record, Intervention):
        lines += _safety_lines(record)
    lines += ["Sources:", *_bullets(source.citation for source in record.sources)]
    lines += ["", f"Reviewed {record.reviewed}. {NOT_REVIEWED}", INTENDED_USE]
    return "\n".join(lines)


def _own_lines(record: Entry) -> list[str]:
    """Return what only records of this kind have and nobody should miss."""
    if isinstance(record, Claim):
        return [
            f"Claim: {record.statement}",
            f"Verdict: {VERDICT_WORDS[record.verdict]}",
            f"Instead: {record.instead}",
            "",
        ]
    if isinstance(record, EmergencyNumber):
        numbers = {
            "Ambulance": record.emergency,
            "Medical advice": record.advice,
            "Poison information": record.poison,
        }
        return [*(f"{name}: {', '.join(held)}" for name, held in numbers.items() if held), ""]
    if isinstance(record, Term):
        return [f"Meaning: {record.definition}", ""]
    link = getattr(record, "spasm_link", None)
    return [f"Link with spasms: {LINK_WORDS[link]}", ""] if link is not None else []


def _safety_lines(record: Intervention) -> list[str]:
    """Return harms, who should not use it, interactions, special groups and how to stop."""
    harms = [f"{'Serious. ' if harm.serious else ''}{harm.text}" for harm in record.harms]
    lines = ["Harms:", *_bullets(harms or [f"{NOT_KNOWN} {NO_ALL_CLEAR}"]), ""]
    if record.who_should_avoid:
        lines += ["Who should avoid it:", *_bullets(statement.text for statement in record.who_should_avoid), ""]
    if record.special_groups is not None:
        groups = record.special_groups
        lines.append("Special groups:")
        for name in groups.field_names():
            advice = getattr(groups, name)
            lines.append(f"  - {GROUP_WORDS[name]}: {ADVICE_WORDS[advice.advice]}. {advice.text}")
        lines.append("")
    if record.interactions:
        lines.append("Interactions:")
        lines += [f"  - {item.partner}: {item.effect} {item.what_to_do}" for item in record.interactions]
        lines += [f"  {NO_ALL_CLEAR} Ask a pharmacist.", ""]
    if record.how_to_stop is not None:
        lines += [f"How to stop: {record.how_to_stop.text}", ""]
    return lines


def describe_comparison(rows: Sequence[ComparisonRow], condition: str | None) -> str:
    """Return a comparison as plain text: for each its findings beside its harms, then group by group.

    ``condition`` is the name of the condition that the findings are about, if there is one.
    """
    about = f" about {condition}" if condition else ""
    lines: list[str] = []
    for row in rows:
        lines += [row.record.name, "=" * len(row.record.name), f"{row.record.kind}/{row.record.id}", ""]
        lines += [f"What the evidence says{about}:"]
        lines += _bullets(map(finding_line, row.findings)) or [f"  - {NOT_KNOWN} No finding{about} is listed."]
        lines += ["", "Serious harms:", *_bullets(row.serious_harms or [_no_serious_harm(row.record)]), ""]
    width = max(len(row.record.name) for row in rows)
    lines.append("Special groups:")
    for group, name in GROUP_WORDS.items():
        lines.append(f"  {name}")
        for row in rows:
            answer = ADVICE_WORDS[row.advice.get(group, "not-known")]
            lines.append(f"    {row.record.name:{width}}  {answer}")
    return "\n".join([*lines, "", NO_ALL_CLEAR, NOT_REVIEWED, INTENDED_USE])


def describe_info(facts: dict[str, Any]) -> str:
    """Return what `spasm_reference.info.info` gives as plain text."""
    counts = facts["records"]
    lines = [
        f"{'Code version':20}{facts['code_version']}",
        f"{'Data version':20}{facts['data_version']}",
        f"{'Data folder':20}{facts['data_folder']}",
        "",
        *(f"{kind:20}{count:5}" for kind, count in counts.items()),
        f"{'all records':20}{sum(counts.values()):5}",
        f"{'findings':20}{facts['findings']:5}",
        "",
        f"Reviewed between {facts['earliest_review']} and {facts['latest_review']}.",
        f"Overdue for review: {facts['overdue_reviews']}.",
        "",
        *facts["licences"],
    ]
    return "\n".join(lines)


def _no_serious_harm(record: Intervention) -> str:
    return "None of the harms listed is a serious one." if record.harms else f"{NOT_KNOWN} No harm is listed."


def _bullets(texts: Iterable[str]) -> list[str]:
    return [f"  - {text}" for text in texts]
