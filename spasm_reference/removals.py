"""Rules for ids that are gone: each says truly that it is, and leads to something that is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from . import authoring
from .decoding import Problem, show
from .errors import DataError
from .naming import key
from .prose import LONGEST_SENTENCE, sentences
from .records import Entry, Record
from .tombstones import Tombstone


class _Present(NamedTuple):
    """What there is, that a tombstone may not deny and may lead to."""

    ids: dict[str, set[str]]
    """Ids by kind, findings among them; a file that cannot be read counts as there."""
    names: dict[str, dict[str, str]]
    """By kind, the record that answers to each name."""
    findings_known: bool
    """Whether every file could be read, and so every finding is known."""
    version: tuple[int, ...] | None
    """The data version, unless it is faulty."""
    today: date


def check(tree: dict[str, dict[str, Record]], root: Path, today: date) -> list[Problem]:
    """Return what is wrong with ``removed.toml``, one line each, beside the records read from the same tree.

    What replaced an id must be there, so nobody follows chains: whoever removes the replacement
    names what took its place wherever it was named.
    """
    problems: list[Problem] = []
    tombstones = authoring.read_tombstones(root, problems)
    present = _look(tree, root, today)
    gone: dict[tuple[str, str], Tombstone] = {}
    for i, tombstone in enumerate(tombstones):
        faults = [*_of_id(tombstone, gone, present), *_of_dates(tombstone, present), *_of_words(tombstone)]
        gone.setdefault((tombstone.kind, tombstone.id), tombstone)
        faults += _of_replacements(tombstone, tombstones, present)
        file = f"{root.name}/{authoring.REMOVED_FILE}"
        problems += [Problem(file, f"removed[{i}].{field}", found, expected) for field, found, expected in faults]
    return problems


Fault = tuple[str, str, str]
"""Field, found, expected."""


def _look(tree: dict[str, dict[str, Record]], root: Path, today: date) -> _Present:
    ids = {kind: {path.stem for path in (root / kind).glob("*.toml")} for kind in tree}
    entries = [record for held in tree.values() for record in held.values() if isinstance(record, Entry)]
    names: dict[str, dict[str, str]] = {kind: {} for kind in tree}
    for entry in entries:
        names[entry.kind].update({key(name): entry.id for name in (entry.name, *entry.aliases)})
    findings = {finding.id for entry in entries for finding in entry.findings}
    whole = all(ids[kind] == set(held) for kind, held in tree.items())
    try:
        version = authoring.version_order(authoring.read_version(root))
    except DataError:
        version = None  # it is named elsewhere
    return _Present({**ids, "findings": findings}, {**names, "findings": {}}, whole, version, today)


def _of_id(tombstone: Tombstone, gone: dict[tuple[str, str], Tombstone], present: _Present) -> Iterator[Fault]:
    kind, id = tombstone.kind, tombstone.id
    if not authoring.ID.fullmatch(id):
        yield "id", show(id), "lower-case words joined by hyphens"
    if id in present.ids[kind]:
        yield "id", show(id), f"an id that is not in {kind}: this one is there"
    elif present.names[kind].get(key(id), "") not in ("", *tombstone.replaced_by):
        owner = present.names[kind][key(id)]
        yield "id", f"{show(id)}, a name of {owner}", f'"{owner}" in replaced_by, or no such name there'
    if (kind, id) in gone:
        yield "id", show(id), f"each id of {kind} once"


def _of_dates(tombstone: Tombstone, present: _Present) -> Iterator[Fault]:
    if not authoring.VERSION.fullmatch(tombstone.removed_in):
        yield "removed_in", show(tombstone.removed_in), 'year, month and number, such as "2026.11.0"'
    elif present.version is not None and authoring.version_order(tombstone.removed_in) > present.version:
        latest = ".".join(map(str, present.version))
        yield "removed_in", show(tombstone.removed_in), f"a data version not after {latest}, the one of these records"
    if tombstone.removed_on > present.today:
        yield "removed_on", str(tombstone.removed_on), f"a date not after {present.today}"


def _of_words(tombstone: Tombstone) -> Iterator[Fault]:
    for sentence in sentences(tombstone.why):
        count = len(sentence.split())
        if count > LONGEST_SENTENCE:
            yield "why", f"a sentence of {count} words", f"at most {LONGEST_SENTENCE} words"


def _of_replacements(tombstone: Tombstone, tombstones: tuple[Tombstone, ...], present: _Present) -> Iterator[Fault]:
    is_finding = tombstone.kind == "findings"
    kinds = [kind for kind in present.ids if (kind == "findings") == is_finding]
    known = {id for kind in kinds for id in present.ids[kind]}
    for i, id in enumerate(tombstone.replaced_by):
        if id in known or (is_finding and not present.findings_known):
            continue
        later = [each for each in tombstones if each.id == id and each.kind in kinds]
        if later:
            instead = ", ".join(later[0].replaced_by) or "nothing"
            expected = f"an id that is there: this one is gone too, replaced by {instead}"
        else:
            near = get_close_matches(id, known, n=1)
            hint = f'; nearest "{near[0]}"' if near else ""
            expected = f"the id of a {'finding' if is_finding else 'record'}{hint}"
        yield f"replaced_by[{i}]", show(id), expected
    if len(set(tombstone.replaced_by)) != len(tombstone.replaced_by):
        yield "replaced_by", "an id twice", "each id once"
    if not tombstone.renamed:
        return
    if len(tombstone.replaced_by) != 1:
        yield "replaced_by", f"{len(tombstone.replaced_by)} ids", 'exactly one, because "renamed" is true'
    elif tombstone.replaced_by[0] in known - present.ids[tombstone.kind]:
        yield "replaced_by[0]", show(tombstone.replaced_by[0]), f'an id in {tombstone.kind}, because "renamed" is true'
