"""Records from plain values that were checked before, field by field, when a field is first asked for.

A reader of one record, or even of all, looks at few of their fields.  So a record starts
as its table of plain values; each field leaves that table and becomes what its type says
when it is first asked for.
"""

from __future__ import annotations

from _thread import RLock

from .frozen import _MISSING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from .records import Part

    P = TypeVar("P", bound=Part)
    Plan = dict[str, tuple[Callable[[Any, Any], None], Callable[[Any, Part], Any] | None]]

_set = object.__setattr__
_get = object.__getattribute__
_new = object.__new__
_lock = RLock()


def revive(cls: type[P], values: dict[str, Any], library: Any) -> P:
    """Make an object of trusted plain values; it owns the table from now on."""
    part = _new(cls)
    _set(part, "_library", library)
    _set(part, "_plain", values)
    return part


def fill(part: Part, name: str) -> Any:
    """Put one field in place and return it: from the table, or its default if it was left out there."""
    cls = type(part)
    put, convert = (_plans.get(cls) or _plan(cls))[name]
    with _lock:
        try:
            return _get(part, name)  # another thread may have been here first
        except AttributeError:
            pass
        values = _get(part, "_plain")
        if name in values:
            value = values.pop(name)
            if convert is not None:
                value = convert(value, part)
        else:
            default = cls.__field_defaults__[name]
            value = None if default is _MISSING else default
        put(part, value)
        return value


_plans: dict[type[Part], Plan] = {}


def _plan(cls: type[Part]) -> Plan:
    """Work out once, from its annotations, how each field of a class is put in place.

    For each field: the slot's own setter, and a converter for what JSON cannot say.
    """
    plan = _plans[cls] = {
        name: (getattr(cls, name).__set__, _converter(annotation))
        for name, annotation in cls.__field_annotations__.items()
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


def _child(cls: type[P], values: dict[str, Any], part: Part) -> P:
    """Make a part of a part; a finding also learns which record it stands in."""
    child = revive(cls, values, _get(part, "_library"))
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
