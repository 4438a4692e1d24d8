"""Records from plain values that were checked before, made when one of their fields is first asked for.

A reader of all records looks into few of them.  So a packaged record starts as its piece of
JSON, and each part in it as its row of plain values; a field is put in place on first use.
A row holds the values in the order of the fields, ``None`` for a default, and ends with the
last value that is none: without the names it takes half the memory of a table.
"""

from __future__ import annotations

import json
from _thread import RLock

from .frozen import _MISSING, Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from .records import Part

    P = TypeVar("P", bound=Part)
    Plan = dict[str, tuple[int, Callable[[Any, Any], None], Callable[[Any, Part], Any] | None, Any]]

_set = object.__setattr__
_get = object.__getattribute__
_new = object.__new__
_lock = RLock()
_decode = json.JSONDecoder().raw_decode
_TAKEN = object()


def flatten(value: Any) -> Any:
    """Return the row of a part, or what stands for another value in a row."""
    if isinstance(value, Frozen):
        row = [
            None if held == default else flatten(held)
            for held, default in zip(value._values(), type(value).__field_defaults__.values(), strict=True)
        ]
        while row[-1] is None:
            row.pop()
        return row
    if isinstance(value, tuple):
        return [flatten(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def revive(cls: type[P], row: list[Any] | bytes, library: Any) -> P:
    """Make an object of the trusted row of its values, or of that row as JSON in ASCII."""
    part = _new(cls)
    _set(part, "_library", library)
    _set(part, "_plain", row)
    return part


def fill(part: Part, name: str) -> Any:
    """Put one field of a part in place and return it: from its row, or the default of what was left out."""
    cls = type(part)
    place, put, convert, default = (_plans.get(cls) or _plan(cls))[name]
    with _lock:
        row = _get(part, "_plain")
        if type(row) is bytes:
            row, _end = _decode(str(row, "ascii"))
            _set(part, "_plain", row)
        value = row[place] if place < len(row) else None
        if value is _TAKEN:
            return _get(part, name)  # another thread was here first
        if value is None:
            value = default
        else:
            row[place] = _TAKEN  # what it held is the field's now
            if convert is not None:
                value = convert(value, part)
        put(part, value)
        return value


_plans: dict[type[Part], Plan] = {}


def _plan(cls: type[Part]) -> Plan:
    """Work out once, from its annotations, how each field of a class is put in place.

    For each field: its place in a row, the slot's own setter, a converter for what JSON cannot say, and the default.
    """
    plan = _plans[cls] = {
        name: (
            place,
            getattr(cls, name).__set__,
            _converter(cls.__field_annotations__[name]),
            None if default is _MISSING else default,
        )
        for place, (name, default) in enumerate(cls.__field_defaults__.items())
    }
    return plan


def _converter(annotation: str) -> Callable[[Any, Part], Any] | None:
    from . import records

    annotation = annotation.removesuffix(" | None")
    if annotation == "date":
        return _to_date
    inner = annotation.removeprefix("tuple[").removesuffix(", ...]")
    cls = getattr(records, inner, None)
    if inner != annotation:
        if cls is None:
            return lambda items, part: tuple(items)
        return lambda items, part: tuple([_child(cls, item, part) for item in items])
    if cls is None:
        return None
    return lambda value, part: _child(cls, value, part)


def _child(cls: type[P], row: list[Any], part: Part) -> P:
    """Make a part of a part; a finding also learns which record it stands in."""
    child = revive(cls, row, _get(part, "_library"))
    if hasattr(cls, "_owner_id"):
        _set(child, "_owner_id", part.id)  # type: ignore[attr-defined]
    return child


_dates: dict[str, Any] = {}


def _to_date(text: str, _part: Part) -> Any:
    """Return a date; many records share one, so each is made once."""
    if text not in _dates:
        from datetime import date

        _dates[text] = date.fromisoformat(text)
    return _dates[text]
