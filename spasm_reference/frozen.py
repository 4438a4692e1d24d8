"""Read-only classes with named fields, at almost no cost to define.

A subclass of `Frozen` is written like a keyword-only, frozen, slotted dataclass
and type checkers treat it as one.  The standard `dataclasses` module is the
better-known way, but importing it (with `inspect`) and generating code for some
40 classes costs about seven times ``import json``.  That would be the whole bill
of looking up a first record, so the classes are made here from annotations alone.
`dataclasses.fields`, ``asdict`` and ``replace`` still work: the field table they
read is built when it is first asked for.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ClassVar, NoReturn, Self, TypeVar, dataclass_transform

    T = TypeVar("T")
else:

    def dataclass_transform(**_options: bool) -> Callable[[T], T]:
        """Stand in for `typing.dataclass_transform`, which only type checkers need."""
        return lambda class_: class_


_MISSING = object()
_set = object.__setattr__


class _DataclassFields:
    """Answers ``__dataclass_fields__``, so that the `dataclasses` helpers accept our classes."""

    def __get__(self, _instance: object, owner: type[Frozen]) -> dict[str, Any]:
        import dataclasses

        hints = owner.field_types()
        table: list[tuple[str, Any, Any]] = []
        for name, default in owner.__field_defaults__.items():
            options = {} if default is _MISSING else {"default": default}
            table.append((name, hints[name], dataclasses.field(kw_only=True, **options)))
        twin: Any = dataclasses.make_dataclass(owner.__name__, table)
        fields: dict[str, Any] = twin.__dataclass_fields__
        return fields


class _FrozenType(type):
    """Turns the annotations of a class body into slots and a table of defaults."""

    __field_defaults__: dict[str, Any]

    def __new__(mcls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> _FrozenType:
        annotations = body.get("__annotations__", {})
        own = [field for field, kind in annotations.items() if not kind.startswith("ClassVar")]
        defaults: dict[str, Any] = {}
        kinds: dict[str, str] = {}
        for base in reversed(bases):
            defaults.update(getattr(base, "__field_defaults__", {}))
            kinds.update(getattr(base, "__field_annotations__", {}))
        for field in own:
            defaults[field] = body.pop(field, _MISSING)
            kinds[field] = annotations[field]
        body["__slots__"] = (*body.get("__slots__", ()), *own)
        body["__field_defaults__"] = defaults
        body["__field_annotations__"] = kinds
        return super().__new__(mcls, name, bases, body)


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=True)
class Frozen(metaclass=_FrozenType):
    """Base of every read-only class: keyword arguments in, no change afterwards."""

    if TYPE_CHECKING:
        __field_defaults__: ClassVar[dict[str, Any]]
        __field_annotations__: ClassVar[dict[str, str]]
        __dataclass_fields__: ClassVar[dict[str, Any]]
    else:
        __dataclass_fields__ = _DataclassFields()

        def __init__(self, **values: Any) -> None:
            for name, default in type(self).__field_defaults__.items():
                value = values.pop(name, default)
                if value is _MISSING:
                    raise TypeError(f"{type(self).__name__} needs {name}")
                _set(self, name, value)
            if values:
                raise TypeError(f"{type(self).__name__} has no field {', '.join(sorted(values))}")

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        """Return the names of the fields, in order."""
        return tuple(cls.__field_defaults__)

    @classmethod
    def field_types(cls) -> dict[str, Any]:
        """Return the type of each field, with the word lists resolved."""
        import sys
        from datetime import date
        from types import SimpleNamespace
        from typing import get_type_hints

        from . import vocabulary

        names = {**vars(vocabulary), **vars(sys.modules[cls.__module__]), "date": date}
        return get_type_hints(SimpleNamespace(__annotations__=cls.__field_annotations__), globalns=names)

    @classmethod
    def is_required(cls, name: str) -> bool:
        """Tell whether a field has no default."""
        return cls.__field_defaults__[name] is _MISSING

    if not TYPE_CHECKING:  # type checkers know from the decorator that fields cannot be set

        def __setattr__(self, name: str, value: object) -> NoReturn:
            raise AttributeError(f"{type(self).__name__} is read-only: cannot set {name}")

        def __delattr__(self, name: str) -> NoReturn:
            raise AttributeError(f"{type(self).__name__} is read-only: cannot delete {name}")

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in type(self).__field_defaults__)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._values()))

    def __repr__(self) -> str:
        shown = []
        for name, default in type(self).__field_defaults__.items():
            value = getattr(self, name)
            if value != default:
                shown.append(f"{name}={value!r}")
        return f"{type(self).__name__}({', '.join(shown)})"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: object) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), dict(zip(type(self).__field_defaults__, self._values(), strict=True)))


def _rebuild(cls: type[T], values: dict[str, Any]) -> T:
    return cls(**values)
