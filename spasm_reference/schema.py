"""JSON Schema of every record type, drawn from the types and their field docs."""

from __future__ import annotations

import ast
import inspect
import json
import sys
import types
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from .frozen import Frozen
from .records import COLLECTIONS
from .tombstones import Tombstone

EXPORT_FILE = "export.json"
"""Name of the file with the schema of an export."""

ABOUT = {
    "type": "object",
    "description": "What the export is: versions, licence, how to cite, caveats, and the SHA-256 of each list.",
    "additionalProperties": {"type": ["string", "object"], "additionalProperties": {"type": "string"}},
}
TEXT = {"type": "string", "minLength": 1, "pattern": r"^\S(.|\n)*$"}


def schema(kind: str | None = None) -> dict[str, Any]:
    """Return the JSON Schema of the records of one kind, or of an export of all kinds.

    Raises `KeyError` for an unknown kind.

    >>> schema("supplements")["properties"]["status"]["enum"]
    ['complete', 'partial']
    """
    definitions: dict[str, Any] = {}
    lists: list[tuple[str, type[Frozen]]] = [*COLLECTIONS.items(), ("removed", Tombstone)]
    if kind is None:
        root: dict[str, Any] = {
            "type": "object",
            "properties": {
                "about": ABOUT,
                **{name: {"type": "array", "items": _reference(cls, definitions)} for name, cls in lists},
            },
            "required": list(COLLECTIONS),
            "additionalProperties": False,
        }
    else:
        cls = COLLECTIONS[kind]  # type: ignore[index]
        root = _object(cls, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Spasm Reference: {kind or 'all collections'}",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def schema_files(base: str = "") -> dict[str, str]:
    """Return every schema as JSON text by the name of its file: one for each kind, and one for an export.

    Each is named by its address if ``base`` says where the files will stand.
    """
    files = {f"{kind}.json": schema(kind) for kind in COLLECTIONS} | {EXPORT_FILE: schema()}
    if base:
        files = {name: {"$schema": made["$schema"], "$id": f"{base}{name}", **made} for name, made in files.items()}
    return {name: json.dumps(made, ensure_ascii=False, indent=1) + "\n" for name, made in files.items()}


def write_schemas(folder: Path) -> None:
    """Write `schema_files` into a folder, which is made if it is not there.

    Raises `spasm_reference.errors.OutputError` with one line if that cannot be done.
    """
    from .output import check_folder, write_whole

    check_folder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_files().items():
        write_whole(folder / name, text.encode())


def _object(cls: type[Frozen], definitions: dict[str, Any]) -> dict[str, Any]:
    docs = field_docs(cls)
    properties = {}
    required = []
    for name, type_ in cls.field_types().items():
        properties[name] = {"description": docs[name], **_value(type_, definitions)}
        if cls.is_required(name) and not _optional(type_):
            required.append(name)
    return {
        "type": "object",
        "description": inspect.cleandoc(cls.__doc__ or ""),
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _reference(cls: type[Frozen], definitions: dict[str, Any]) -> dict[str, Any]:
    if cls.__name__ not in definitions:
        definitions[cls.__name__] = {}  # holds the place, in case a type refers to itself
        definitions[cls.__name__] = _object(cls, definitions)
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _value(type_: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(type_)
    if _optional(type_):
        inner = next(arg for arg in get_args(type_) if arg is not type(None))
        return {"anyOf": [_value(inner, definitions), {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _value(get_args(type_)[0], definitions)}
    if origin is Literal:
        return {"enum": list(get_args(type_))}
    if isinstance(type_, type) and issubclass(type_, Frozen):
        return _reference(type_, definitions)
    simple: dict[Any, dict[str, Any]] = {
        str: TEXT,
        int: {"type": "integer"},
        float: {"type": "number"},
        bool: {"type": "boolean"},
        date: {"type": "string", "format": "date"},
    }
    return dict(simple[type_])


def _optional(type_: Any) -> bool:
    return get_origin(type_) in (Union, types.UnionType) and type(None) in get_args(type_)


@cache
def field_docs(cls: type[Frozen]) -> dict[str, str]:
    """Return the documentation of each field: the text below it in the source of its class."""
    docs: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if issubclass(base, Frozen):
            docs.update(_docs_in_source(base.__module__).get(base.__name__, {}))
    return docs


@cache
def _docs_in_source(module: str) -> dict[str, dict[str, str]]:
    docs: dict[str, dict[str, str]] = {}
    for class_ in ast.parse(inspect.getsource(sys.modules[module])).body:
        if not isinstance(class_, ast.ClassDef):
            continue
        found = docs.setdefault(class_.name, {})
        for field, text in zip(class_.body, class_.body[1:], strict=False):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(text, ast.Expr)
                and isinstance(text.value, ast.Constant)
            ):
                found[field.target.id] = inspect.cleandoc(str(text.value.value))
    return docs
