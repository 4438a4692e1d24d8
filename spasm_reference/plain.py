"""Records from plain values that were checked before, made when one of their fields is first asked for.

A reader of all records looks into few of them.  So a record, and each part in it, starts as
its row of plain values, and its fields are put in place together on first use.  A row holds
the values in the order of the fields, ``None`` for a default, and ends with the last value
that is none: without the names it takes half the memory of a table.
"""

from __future__ import annotations

from _thread import RLock

from .frozen import _MISSING, Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from .records import Part

    P = TypeVar("P", bound=Part)
    Plan = list[tuple[Callable[[Any, Any], None], Callable[[Any, Part], Any] | None, Any]]

_set = object.__setattr__
_get = object.__getattribute__
_new = object.__new__
_lock = RLock()


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


def revive(cls: type[P], row: list[Any], library: Any) -> P:
    """Make an object of the trusted row of its values."""
    part = _new(cls)
    _set(part, "_library", library)
    _set(part, "_plain", row)
    return part


def fill(part: Part, name: str) -> Any:
    """Put the fields of a part in place and return one: from its row, or the default of what was left out."""
    with _lock:
        try:
            return _get(part, name)  # another thread may have been here first
        except AttributeError:
            pass
        row = _get(part, "_plain")
        plan = _plans.get(type(part)) or _plan(type(part))
        for i, (put, convert, default) in enumerate(plan):
            value = row[i] if i < len(row) else None
            if value is None:
                put(part, default)
            else:
                put(part, value if convert is None else convert(value, part))
        _set(part, "_plain", None)
        return _get(part, name)


_plans: dict[type[Part], Plan] = {}


def _plan(cls: type[Part]) -> Plan:
    """Work out once, from its annotations, how each field of a class is put in place.

    For each field: the slot's own setter, a converter for what JSON cannot say, and the default.
    """
    plan = _plans[cls] = [
        (getattr(cls, name).__set__, _converter(cls.__field_annotations__[name]), None if d is _MISSING else d)
        for name, d in cls.__field_defaults__.items()
    ]
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
        _set(child, "_owner_id", _get(part, "id"))  # put in place before: a record's id is its first field
    return child


_dates: dict[str, Any] = {}


def _to_date(text: str, _part: Part) -> Any:
    """Return a date; many records share one, so each is made once."""
    if text not in _dates:
        from datetime import date

        _dates[text] = date.fromisoformat(text)
    return _dates[text]
