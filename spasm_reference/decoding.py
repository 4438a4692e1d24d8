"""Plain values in, records out, strictly.

Every fault in a record is reported, not only the first.  The same walk over the
types serves the check of hand-written files; the packaged data was checked when it
was made and takes the short way in `spasm_reference.artefact`.
"""

from __future__ import annotations

import types
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

from .frozen import Frozen

F = TypeVar("F", bound=Frozen)

_FAULTY: Any = object()
"""Stands for a value that was refused; the problem is already on the list."""


class Problem(NamedTuple):
    """One fault in the data: where it is, what was found, what was expected."""

    file: str
    field: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field}: found {self.found}, expected {self.expected}"


def decode(cls: type[F], value: Any, file: str, problems: list[Problem]) -> F | None:
    """Turn a table read from ``file`` into a ``cls``, or add what is wrong to ``problems``."""
    result = _decode_object(cls, value, file, "", problems)
    return None if result is _FAULTY else result


def show(value: object) -> str:
    """Return a short form of a value for an error line, control characters made visible."""
    if isinstance(value, str):
        text = value if len(value) <= 60 else value[:57] + "..."
        return '"' + text.encode("unicode_escape").decode("ascii").replace('"', '\\"') + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return repr(value)[:60]


@cache
def types_of(cls: type[Frozen]) -> dict[str, Any]:
    """Return the type of each field; worked out once, as a tree holds thousands of objects of a type."""
    return cls.field_types()


def _decode_object(cls: type[F], value: Any, file: str, path: str, problems: list[Problem]) -> Any:
    if not isinstance(value, dict):
        problems.append(Problem(file, path or "(whole file)", show(value), "a table"))
        return _FAULTY
    before = len(problems)
    prefix = f"{path}." if path else ""
    types_by_name = types_of(cls)
    for name in value:
        if name not in types_by_name:
            problems.append(Problem(file, f"{prefix}{name}", "an unknown field", _nearest(name, tuple(types_by_name))))
    values: dict[str, Any] = {}
    for name, type_ in types_by_name.items():
        if name in value:
            values[name] = _decode_value(type_, value[name], file, f"{prefix}{name}", problems)
        elif cls.is_required(name) and not _allows_none(type_):
            problems.append(Problem(file, f"{prefix}{name}", "nothing", describe(type_)))
        elif cls.is_required(name):
            values[name] = None
    if len(problems) > before:
        return _FAULTY
    return cls(**values)


def _decode_value(type_: Any, value: Any, file: str, path: str, problems: list[Problem]) -> Any:
    origin = get_origin(type_)
    if origin in (Union, types.UnionType):
        return _decode_value(_without_none(type_), value, file, path, problems)
    if origin is tuple:
        if not isinstance(value, list):
            problems.append(Problem(file, path, show(value), describe(type_)))
            return _FAULTY
        item_type = get_args(type_)[0]
        items = [_decode_value(item_type, item, file, f"{path}[{i}]", problems) for i, item in enumerate(value)]
        return tuple(items)
    if isinstance(type_, type) and issubclass(type_, Frozen):
        return _decode_object(type_, value, file, path, problems)
    if origin is Literal:
        fits = isinstance(value, str) and value in get_args(type_)
    elif type_ is float:
        fits = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12
        value = _tidy_number(value) if fits else value
    elif type_ is int:
        fits = isinstance(value, int) and not isinstance(value, bool)
    elif type_ is date:
        fits = isinstance(value, date) and not isinstance(value, datetime)
    elif type_ is str:
        fits = isinstance(value, str) and value != "" and value == value.strip() and _is_clean(value)
    else:
        fits = isinstance(value, type_)
    if not fits:
        problems.append(Problem(file, path, show(value), describe(type_)))
        return _FAULTY
    return value


def _tidy_number(value: int | float) -> int | float:
    """Keep 350 as 350 and not 350.0: a whole number is shown as its source prints it."""
    return int(value) if float(value).is_integer() else float(value)


def _is_clean(text: str) -> bool:
    """Tell whether a text holds no control characters, text-direction marks or lone surrogates."""
    return text.replace("\n", " ").isprintable()


def _allows_none(type_: Any) -> bool:
    return get_origin(type_) in (Union, types.UnionType) and type(None) in get_args(type_)


def _without_none(type_: Any) -> Any:
    return next(arg for arg in get_args(type_) if arg is not type(None))


def describe(type_: Any) -> str:
    """Say in words what a type accepts."""
    origin = get_origin(type_)
    if origin in (Union, types.UnionType):
        return describe(_without_none(type_))
    if origin is Literal:
        return "one of " + ", ".join(get_args(type_))
    if origin is tuple:
        return f"a list of {_plural(get_args(type_)[0])}"
    if isinstance(type_, type) and issubclass(type_, Frozen):
        return f"a table ({type_.__name__})"
    return {
        str: "text, not empty, without spaces at its ends or control characters",
        int: "a whole number",
        float: "a number",
        bool: "true or false",
        date: "a date such as 2026-11-22",
    }[type_]


def _plural(type_: Any) -> str:
    if isinstance(type_, type) and issubclass(type_, Frozen):
        return f"tables ({type_.__name__})"
    return {str: "texts"}.get(type_, "words")


def _nearest(name: str, names: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, names, n=1)
    return f'a field of this type, perhaps "{close[0]}"' if close else "a field of this type"
