"""What the commands take: ids, kinds and FIELD=VALUE, each checked, and completed by a shell."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import click
from click.shell_completion import CompletionItem

from .library import nearest
from .records import COLLECTIONS
from .refusals import Refused
from .selecting import FINDINGS, TYPES, Pair

INTERVENTIONS = ("treatments", "medicines", "supplements", "foods")
"""The kinds that can be compared."""

LONGEST = 1000
"""No id, kind, word or value comes near so many characters."""

_DATA = os.path.join(os.path.dirname(__file__), "data")

Decorator = Callable[[Any], Any]


def examples(*commands: str) -> str:
    """Return the end of a help text: what somebody could type."""
    return "\n".join(("\b", "Examples:" if len(commands) > 1 else "Example:", *(f"  {line}" for line in commands)))


def record_id(**settings: Any) -> Decorator:
    """Return an argument that takes an id or alias, or several if ``nargs`` is among the settings."""
    name, metavar = ("ids", "ID...") if "nargs" in settings else ("id", "ID")
    return click.argument(name, metavar=metavar, callback=check_text, shell_complete=_complete_ids, **settings)


def condition_id(name: str, help: str) -> Decorator:
    """Return an option that takes the id or alias of a condition."""
    return click.option(name, metavar="ID", callback=check_text, shell_complete=_complete_conditions, help=help)


def record_kind(*names: str, **settings: Any) -> Decorator:
    """Return an argument, or with ``names`` an option, that takes a kind."""
    make: Any = click.option if names else click.argument
    checked = {"metavar": "KIND", "callback": _check_kind, "shell_complete": _complete_kinds}
    decorator: Decorator = make(*(names or ("kind",)), **checked, **settings)
    return decorator


def field_values(*names: str, help: str) -> Decorator:
    """Return an option that takes FIELD=VALUE, any number of times."""
    return click.option(
        *names, metavar="FIELD=VALUE", multiple=True, callback=_check_pairs, shell_complete=_complete_fields, help=help
    )


def check_text(_context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """Return a text, or several, as given; refuse bytes that are not UTF-8, and what is too long to be meant."""
    for text in value if isinstance(value, tuple) else (value,):
        if text is None:
            continue
        if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
            raise Refused(f"{parameter.human_readable_name}: this is not UTF-8")
        if len(text) > LONGEST:
            raise Refused(f"{parameter.human_readable_name}: {len(text)} characters; at most {LONGEST} are read")
    return value


def _check_kind(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """Return a kind, or several; refuse an unknown one with the nearest.  Hyphens and case do not matter."""
    check_text(context, parameter, value)
    if isinstance(value, tuple):
        return tuple(_check_kind(context, parameter, kind) for kind in value)
    if value is None:
        return None
    kind = value.strip().lower().replace("-", "_")
    known = _kinds(context)
    if kind not in known:
        close = nearest(value, known)
        others = f"nearest: {', '.join(close)}" if close else f"kinds: {', '.join(known)}"
        raise Refused(f'no kind "{value}"; {others}')
    return kind


def _check_pairs(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[Pair, ...]:
    """Return each FIELD=VALUE as a pair of texts."""
    check_text(context, parameter, value)
    pairs = []
    for text in value:
        field, equals, wanted = text.partition("=")
        if not equals:
            raise Refused(f'"{text}" has no "="; write FIELD=VALUE')
        pairs.append((field.strip().replace("-", "_"), wanted.strip()))
    return tuple(pairs)


def _kinds(context: click.Context) -> tuple[str, ...]:
    """Return the kinds that a command knows: only ``list`` has findings beside the records."""
    return tuple(TYPES) if context.info_name == "list" else tuple(COLLECTIONS)


def _complete_kinds(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(kind) for kind in _kinds(context) if kind.startswith(incomplete)]


def _complete_ids(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return _ids(INTERVENTIONS if context.info_name == "compare" else tuple(COLLECTIONS), incomplete)


def _complete_conditions(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return _ids(("conditions",), incomplete)


def _complete_fields(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    # While an option has no value yet, Click leaves the words around it unread.
    words = (context.params.get("kind"), *context.args)
    kind = FINDINGS if parameter.name == FINDINGS else next((word for word in words if word in TYPES), None)
    fields = TYPES[kind].field_names() if kind else ()
    return [CompletionItem(f"{field}=") for field in fields if field.startswith(incomplete)]


def _ids(kinds: tuple[str, ...], incomplete: str) -> list[CompletionItem]:
    """Return the ids that begin so, with their kinds.

    They are the names of the files of a checkout, or stand in one packaged file: no record is read.
    """
    found = []
    for kind in kinds:
        if os.path.isdir(_DATA):
            ids = sorted(name.removesuffix(".toml") for name in os.listdir(os.path.join(_DATA, kind)))
        else:
            from .artefact import PackagedStore

            ids = list(PackagedStore().ids(kind))  # type: ignore[arg-type]
        found += [CompletionItem(id, help=kind) for id in ids if id.startswith(incomplete.casefold())]
    return found
