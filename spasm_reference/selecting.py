"""Choosing records by FIELD=VALUE, as it is typed on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import NoneType
from typing import Any, get_args, get_origin

from .frozen import Frozen
from .library import Library, nearest
from .records import COLLECTIONS, Finding
from .refusals import Refused

Pair = tuple[str, str]
"""A field and the value asked for, both as typed."""

FINDINGS = "findings"
EMPTY = "none"
"""Stands for the value of a field that is left empty."""

TYPES: dict[str, type[Frozen]] = {**{str(kind): cls for kind, cls in COLLECTIONS.items()}, FINDINGS: Finding}
"""Every kind that can be listed, and its type."""

_YES_OR_NO = {"yes": True, "true": True, "no": False, "false": False}
_READERS: dict[Any, tuple[str, Any]] = {
    int: ("a whole number", int),
    float: ("a number", float),
    date: ("a date such as 2026-11-29", date.fromisoformat),
    bool: ("yes or no", lambda text: _YES_OR_NO[text.lower()]),
}


def select(library: Library, kind: str, where: Sequence[Pair], findings: Sequence[Pair] = ()) -> list[Any]:
    """Return the records of a kind that have every value in ``where`` and a finding with every one in ``findings``.

    Raises `Refused` with one line for an unknown field or a value that it cannot have.
    """
    if kind == FINDINGS:
        where, findings = (*where, *findings), ()
    collection: Any = library.findings if kind == FINDINGS else library.collections[kind]
    chosen = list(collection.values())
    for field, text in where:
        matching = {record.id for record in collection.filter(**{field: _value(library, kind, field, text)})}
        chosen = [record for record in chosen if record.id in matching]
    if findings:
        wanted = {finding.id for finding in select(library, FINDINGS, findings)}
        matching = {record.id for record in collection.with_finding(lambda finding: finding.id in wanted)}
        chosen = [record for record in chosen if record.id in matching]
    return chosen


def _value(library: Library, kind: str, field: str, text: str) -> object:
    """Return what ``text`` means as a value of a field, or as one of the values that the field holds.

    A link may be named by any name of its record.
    """
    fields = TYPES[kind].field_types()
    if field not in fields:
        close = nearest(field, list(fields))
        others = f"nearest: {', '.join(close)}" if close else f"fields: {', '.join(fields)}"
        raise Refused(f'{kind} have no field "{field}"; {others}')
    hint = fields[field]
    if NoneType in get_args(hint):
        if text == EMPTY:
            return None
        hint = next(each for each in get_args(hint) if each is not NoneType)
    if get_origin(hint) is tuple:
        hint = get_args(hint)[0]
    words = get_args(hint)
    if words and text not in words:
        raise Refused(f'{field}: found "{text}", expected one of {", ".join(words)}')
    if field == "finding_ids":
        return library.findings[text].id
    if field.endswith(("_id", "_ids")):
        return library.get(text).id
    if words or hint is str:
        return text
    if hint not in _READERS:
        raise Refused(f"{field} holds parts with fields of their own and cannot be asked for")
    expected, read = _READERS[hint]
    try:
        return read(text)
    except (KeyError, ValueError):
        raise Refused(f'{field}: found "{text}", expected {expected}') from None
