"""The body map leads to every region, in the picture and in words."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import lxml.html
import pytest

import spasm_reference as sr
from spasm_reference.handbook.body import VIEWS, body_map

PAGE = "reference/overview/body-map.html"


@pytest.mark.parametrize("view", VIEWS)
def test_each_side_shows_the_regions_that_belong_there(site: Path, view: str) -> None:
    """Each as a link to its page, in the page itself."""
    tree = lxml.html.fromstring((site / PAGE).read_text(encoding="utf-8"))
    picture = tree.xpath(f"//*[name()='svg'][.//*[@id='body-{view}-title']]")[0]
    links = [link.get("href") for link in picture.iter() if link.tag == "a"]
    expected = {f"../regions/{region.id}.html" for region in sr.regions.values() if region.view in (view, "both")}
    assert len(links) == len(expected) > 10
    assert set(links) == expected
    assert all((site / PAGE).parent.joinpath(link).resolve().is_file() for link in links)


def test_the_list_names_every_region_and_its_conditions(site: Path) -> None:
    """For those who cannot see the picture, or have it on paper."""
    tree = lxml.html.fromstring((site / PAGE).read_text(encoding="utf-8"))
    for region in sr.regions.values():
        links = tree.xpath(f"//section[.//a[contains(@href, 'regions/{region.id}.html')]]//li//a/@href")
        for condition in region.conditions:
            assert f"../conditions/{condition.id}.html" in links, (region.id, condition.id)


def test_a_region_without_a_place_is_named() -> None:
    """One that is added to the records must be added to the drawing."""
    region: Any = SimpleNamespace(id="ear", name="Ear", view="front")
    with pytest.raises(ValueError, match='region "ear" has no place in the front of the body map'):
        body_map("front", [region])
