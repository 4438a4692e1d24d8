"""Looking records up, following their links, and what happens on a wrong name."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import spasm_reference as sr
from spasm_reference.authoring import DATA
from spasm_reference.errors import AmbiguousName, RecordNotFound
from spasm_reference.library import Library, TreeStore
from spasm_reference.records import COLLECTIONS


def test_the_public_names_change_only_on_purpose() -> None:
    """Others rely on these names."""
    assert dir(sr) == sorted(sr.__all__)
    assert set(sr.__all__) == {
        *("AmbiguousName", "RecordNotFound", "RecordRemoved", "SpasmReferenceError", "__version__", "data_version"),
        *("cite", "claims_about", "claims_from_article", "compare", "evidence_map", "finding_rows", "findings"),
        *("foods_by", "get", "interactions", "search", "summary_of_findings", "upper_limits", "with_code"),
        *COLLECTIONS,
    }
    assert all(getattr(sr, name) is not None for name in sr.__all__)


def test_the_import_loads_nothing() -> None:
    """`import spasm_reference` reads no data and pulls in nothing beyond itself."""
    code = "import sys; before = set(sys.modules); import spasm_reference; print(sorted(set(sys.modules) - before))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "['__future__', 'spasm_reference']"


@pytest.mark.parametrize("name", ["magnesium", "Magnesium", "MAGNESIUM", " magnesium "])
def test_a_record_is_found_in_any_case(name: str) -> None:
    """Case and outer spaces do not matter."""
    assert sr.supplements[name] is sr.supplements["magnesium"]


def test_a_record_is_found_by_alias() -> None:
    """British and short names lead to the same record."""
    assert sr.medicines["paracetamol"].id == "acetaminophen"
    assert sr.conditions["MS"].id == "multiple-sclerosis"
    assert sr.get("paracetamol").id == "acetaminophen"
    assert "paracetamol" in sr.medicines
    assert "no such thing" not in sr.medicines


def test_a_wrong_name_gets_the_nearest_ids() -> None:
    """The message is one line that helps."""
    with pytest.raises(RecordNotFound) as caught:
        sr.supplements["magnezium"]
    assert str(caught.value) == 'no record "magnezium" in supplements; nearest: magnesium'
    assert caught.value.nearest == ("magnesium",)
    with pytest.raises(KeyError):
        sr.get("zzzzzz")
    with pytest.raises(AttributeError, match="has no attribute 'suplements'"):
        _ = sr.suplements  # type: ignore[attr-defined]


@pytest.mark.parametrize("wrong", [None, 3, b"magnesium", ("magnesium",)])
def test_a_name_must_be_text(wrong: object) -> None:
    """Anything else is a TypeError, not a silent miss."""
    with pytest.raises(TypeError, match="an id is text"):
        sr.supplements[wrong]  # type: ignore[index]
    with pytest.raises(TypeError, match="an id is text"):
        sr.get(wrong)  # type: ignore[arg-type]


def test_a_name_of_two_kinds_is_not_guessed(data_copy: Path) -> None:
    """`get` refuses to choose between records of different kinds, and names them."""
    for file, name in (("foods/banana.toml", "Banana"), ("terms/placebo.toml", "Placebo")):
        path = data_copy / file
        text = path.read_text()
        assert f'name = "{name}"' in text
        path.write_text(text.replace("aliases = [", 'aliases = ["twin name", ', 1) if "aliases = [" in text else text)
    for file in ("foods/banana.toml", "terms/placebo.toml"):
        path = data_copy / file
        if "twin name" not in path.read_text():
            path.write_text('aliases = ["twin name"]\n' + path.read_text())
    library = Library(TreeStore(data_copy))
    with pytest.raises(AmbiguousName, match=r"banana, placebo|placebo, banana"):
        library.get("Twin-Name")


def test_collections_are_read_only_mappings() -> None:
    """They iterate over ids, count, and cannot be written to."""
    assert list(sr.supplements) == sorted(sr.supplements)
    assert len(sr.supplements) == len(list(sr.supplements.items()))
    assert sr.supplements.get("nothing", None) is None
    with pytest.raises(TypeError):
        sr.supplements["x"] = sr.supplements["magnesium"]  # type: ignore[index]


def test_filters_match_fields_and_functions() -> None:
    """A field that holds several values matches if it holds the given one."""
    complete = sr.conditions.filter(status="complete")
    assert {record.status for record in complete} == {"complete"}
    for_cramps = sr.findings.filter(condition_ids="nocturnal-leg-cramps", direction="no-effect")
    assert "magnesium-rest-cramps-frequency" in [finding.id for finding in for_cramps]
    assert sr.findings.filter(lambda finding: finding.n_participants == 307 and finding.n_studies == 5)
    with pytest.raises(AttributeError):
        sr.conditions.filter(colour="blue")


def test_links_are_attributes() -> None:
    """A record leads to its sources, related records and back."""
    finding = sr.supplements["magnesium"].findings[0]
    assert finding.source.id == finding.source_id
    assert finding.record is sr.supplements["magnesium"]
    assert sr.findings[finding.id] is finding
    flag = sr.conditions["acute-back-spasm"].red_flags[0]
    assert flag is sr.red_flags[flag.id]
    for kind in COLLECTIONS:
        for record in getattr(sr, kind).values():
            for name in dir(type(record)):
                if isinstance(getattr(type(record), name, None), property):
                    getattr(record, name)


def test_to_dict_is_plain_and_whole() -> None:
    """Every field is there, links stay ids, and JSON takes it as it is."""
    record = sr.supplements["magnesium"]
    plain = record.to_dict()
    assert list(plain) == list(record.field_names())
    assert plain["source_ids"] == list(record.source_ids)
    assert plain["reviewed"] == record.reviewed.isoformat()
    assert plain["findings"][0]["effect"]["value"] == -0.18
    assert json.loads(json.dumps(plain)) == plain


def test_many_threads_on_first_use_agree() -> None:
    """Each record is made once, whoever asks first."""
    library = Library(TreeStore(DATA))
    seen: list[object] = []
    start = threading.Barrier(16)

    def look() -> None:
        start.wait()
        seen.append(library.collections["supplements"]["magnesium"])

    threads = [threading.Thread(target=look) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 16
    assert len({id(record) for record in seen}) == 1


def test_every_record_says_what_it_is() -> None:
    """Each has a kind, a name and sources that exist."""
    for kind in COLLECTIONS:
        for record in getattr(sr, kind).values():
            assert record.kind == kind
            assert record.name
            if kind != "sources":
                assert record.sources
