"""The inventory through which other projects link to the handbook."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest
from sphinx.util.inventory import InventoryFile

import spasm_reference as sr
from spasm_reference.records import COLLECTIONS
from spasm_reference.sphinx.domain import TYPES


@pytest.fixture(scope="module")
def inventory(site: Path) -> dict[str, dict[str, tuple[str, str]]]:
    """Return the address and name of each object of our domain, by type and id."""
    loaded = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="").data
    types = [*TYPES.values(), "finding"]
    return {type: {id: (item.uri, item.display_name) for id, item in loaded[f"spasm:{type}"].items()} for type in types}


def test_every_record_and_finding_is_listed(inventory: dict[str, dict[str, tuple[str, str]]]) -> None:
    """By its id, with its name, or the sentence of a finding."""
    for kind in COLLECTIONS:
        listed = {id: name for id, (_address, name) in inventory[TYPES[kind]].items()}
        assert listed == {record.id: " ".join(record.name.split()) for record in getattr(sr, kind).values()}
    assert set(inventory["finding"]) == set(sr.findings)


def test_every_address_is_the_page_or_the_place_of_its_record(
    inventory: dict[str, dict[str, tuple[str, str]]], site: Path
) -> None:
    """Records have a page of their own; sources and findings have a place on one."""
    ids: dict[str, set[str]] = {}
    for type, listed in inventory.items():
        for id, (address, _name) in listed.items():
            file, _, place = address.partition("#")
            assert (site / file).is_file(), address
            if type not in ("source", "finding"):
                assert (Path(file).stem, place) == (id, ""), address
                continue
            if file not in ids:
                ids[file] = set(lxml.html.fromstring((site / file).read_text(encoding="utf-8")).xpath("//@id"))
            assert place == f"{type}-{id}"
            assert place in ids[file], address
