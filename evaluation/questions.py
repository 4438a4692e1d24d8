"""The questions, in the words of people who ask, each with the entries that answer it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "questions"


class Question(NamedTuple):
    """What somebody asks, and what a good answer is."""

    ask: str
    """The words, misspellings and all."""
    who: str
    """Who asks."""
    expect: tuple[str, ...]
    """Ids of the entries that answer it; one of them is to be among the first three."""
    red_flag: str | None
    """The id of the warning sign that it describes, or ``None``."""


def question_sets() -> dict[str, tuple[Question, ...]]:
    """Return the questions by the name of their set.

    Raises `ValueError` for a question that has neither an expected entry nor a warning sign.
    """
    return {file.stem: tuple(_questions(file)) for file in sorted(FOLDER.glob("*.toml"))}


def _questions(file: Path) -> list[Question]:
    found = []
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["question"]:
        flag = row.get("red_flag")
        expect = tuple(row.get("expect", [flag] if flag else ()))
        if not expect:
            raise ValueError(f"{file.name}: {row['ask']!r} expects nothing")
        found.append(Question(ask=row["ask"], who=row["who"], expect=expect, red_flag=flag))
    return found
