"""The pages for developers: each name has a place, each page is on the map, and what they show is so."""

from __future__ import annotations

import inspect
import re
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

import spasm_reference as sr
from spasm_reference import errors, library, mapping, queries, ranking, records, vocabulary
from spasm_reference.authoring import format_tree
from spasm_reference.library import Library, TreeStore
from spasm_reference.validation import validate_tree

PAGES = Path(__file__).resolve().parent.parent / "docs" / "developers"


def documented_names() -> list[str]:
    """Return the full name of everything that the page of Python names shows."""
    names, module = [], ""
    for line in (PAGES / "api.md").read_text(encoding="utf-8").splitlines():
        directive = re.fullmatch(r"\.\. (\w+):: (\S+)", line)
        if directive and directive[1] == "currentmodule":
            module = directive[2]
        elif directive:
            names.append(f"{module}.{directive[2]}")
    return names


def test_every_public_name_is_on_the_page_of_names() -> None:
    """Once, and under a name that can be imported."""
    names = documented_names()
    assert len(names) == len(set(names))
    # Errors are shown in the module they are made in.
    shown = {name.rpartition(".")[2] for name in names if name.startswith(("spasm_reference.errors.",))}
    missing = [name for name in sr.__all__ if f"spasm_reference.{name}" not in names and name not in shown]
    assert missing == []
    for name in names:
        module, _dot, last = name.rpartition(".")
        assert hasattr(__import__(module, fromlist=[last]), last), name


@pytest.mark.parametrize("module", [records, errors, ranking, queries, mapping, library])
def test_every_public_type_is_on_the_page_of_names(module: ModuleType) -> None:
    """All that a reader of the library can get hold of; stores are how it reads, not what it gives."""
    types = {
        f"{module.__name__}.{name}"
        for name, value in vars(module).items()
        if inspect.isclass(value) and value.__module__ == module.__name__ and not name.endswith("Store")
    }
    assert types - set(documented_names()) == set()


def test_every_word_list_is_on_the_page_of_names() -> None:
    """A field says `Certainty`; here is what that may be."""
    lists = {
        f"spasm_reference.vocabulary.{name}"
        for name, type_ in vocabulary.__annotations__.items()
        if type_ == "TypeAlias"
    }
    assert "spasm_reference.vocabulary.Certainty" in lists
    assert lists - set(documented_names()) == set()


def test_the_map_names_every_page_once() -> None:
    """One line a page."""
    index = (PAGES / "index.md").read_text(encoding="utf-8")
    links = re.findall(r"^- \[[^]]+\]\(([^)]+)\): .+\.$", index, re.MULTILINE)
    pages = [page.name for page in PAGES.glob("*.md") if page.name != "index.md"]
    assert sorted(link for link in links if "/" not in link) == sorted(pages)


def test_the_record_that_is_shown_is_valid_and_in_form(data_copy: Path) -> None:
    """And the fault that is shown is the one that validation names."""
    page = (PAGES / "add-a-record.md").read_text(encoding="utf-8")
    (record,) = re.findall(r"^```toml\n(.+?)^```$", page, re.DOTALL | re.MULTILINE)
    (fault,) = re.findall(r"^```text\n(.+?)^```$", page, re.DOTALL | re.MULTILINE)
    file = data_copy / "terms" / "cramp-diary.toml"
    file.write_text(record, encoding="utf-8")
    assert validate_tree(data_copy, today=date(2026, 11, 29)) == []
    assert format_tree(data_copy, check=True) == []
    assert Library(TreeStore(data_copy)).search("write down my cramps")[0].id == "cramp-diary"
    file.write_text(record.replace("garrison-2020", "garison-2020"), encoding="utf-8")
    assert [str(problem) for problem in validate_tree(data_copy, today=date(2026, 11, 29))] == [fault.strip()]
