"""Bad data is refused with one clear line: file, field, what was found, what was expected."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from spasm_reference.errors import DataError
from spasm_reference.library import Library, TreeStore
from spasm_reference.validation import FIGURE, validate_tree

TODAY = datetime.date(2026, 11, 29)

MAGNESIUM = "supplements/magnesium.toml"
CONDITION = "conditions/nocturnal-leg-cramps.toml"
FLAG = "red_flags/chest-pain.toml"
SOURCE = "sources/garrison-2020.toml"


def problems(root: Path) -> list[str]:
    """Return the lines of a validation run."""
    return [str(problem) for problem in validate_tree(root, TODAY)]


def change(root: Path, file: str, old: str, new: str) -> None:
    """Replace a piece of text that must be in the file."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_records_as_they_are_have_no_problems(data_copy: Path) -> None:
    """The starting point of all the tests below."""
    assert problems(data_copy) == []


FAULTS = {
    "a word that is not in the list": (
        (MAGNESIUM, 'certainty = "moderate"', 'certainty = "good"'),
        'data/supplements/magnesium.toml: findings[0].certainty: found "good", expected one of high, moderate, low, very-low',
    ),
    "an unknown field": (
        (MAGNESIUM, 'name = "Magnesium"', 'name = "Magnesium"\nalises = ["x"]'),
        'data/supplements/magnesium.toml: alises: found an unknown field, expected a field of this type, perhaps "aliases"',
    ),
    "a wrong type": (
        (MAGNESIUM, "n_studies = 5", 'n_studies = "5"'),
        'data/supplements/magnesium.toml: findings[0].n_studies: found "5", expected a whole number',
    ),
    "a missing field": (
        (MAGNESIUM, 'outcome = "the number of cramps a week"\n', ""),
        "data/supplements/magnesium.toml: findings[0].outcome: found nothing, expected text, not empty, "
        "without spaces at its ends or control characters",
    ),
    "text with a control character": (
        (MAGNESIUM, 'name = "Magnesium"', 'name = "Magne\\u0007sium"'),
        'data/supplements/magnesium.toml: name: found "Magne\\x07sium", expected text, not empty, '
        "without spaces at its ends or control characters",
    ),
    "text that turns the reading direction": (
        (MAGNESIUM, 'name = "Magnesium"', 'name = "Magne\\u202Esium"'),
        'data/supplements/magnesium.toml: name: found "Magne\\u202esium", expected text, not empty, '
        "without spaces at its ends or control characters",
    ),
    "an id that is not the name of the file": (
        (MAGNESIUM, 'id = "magnesium"', 'id = "magnesia"'),
        'data/supplements/magnesium.toml: id: found "magnesia", expected "magnesium", the name of the file',
    ),
    "a link to nothing": (
        (CONDITION, 'source_id = "', 'source_id = "no-such-'),
        "expected the id of a record in sources",
    ),
    "an alias that another record has": (
        (MAGNESIUM, '"Mg",', '"Mg",\n    "Potassium",'),
        'found "Potassium", expected a name not used by',
    ),
    "a finding id used twice": (
        (MAGNESIUM, 'id = "magnesium-rest-cramps-percent-change"', 'id = "magnesium-rest-cramps-frequency"'),
        'data/supplements/magnesium.toml: findings[1].id: found "magnesium-rest-cramps-frequency", '
        "expected an id not used in magnesium",
    ),
    "an interval that does not hold its value": (
        (MAGNESIUM, "value = -0.18", "value = 0.9"),
        "data/supplements/magnesium.toml: findings[0].effect.value: found 0.9, expected between -0.84 and 0.49",
    ),
    "a summary that is too long": (
        (MAGNESIUM, 'summary = "', 'summary = "' + "Word and word. " * 25),
        "expected at most 60 words",
    ),
    "a sentence that is too long": (
        (MAGNESIUM, 'summary = "', 'summary = "' + "One two three four five six seven " * 3 + ". "),
        "expected at most 20 words",
    ),
    "an effect sentence by hand": (
        (MAGNESIUM, 'summary = "', 'summary = "It probably reduces cramps. '),
        'found "probably reduces", expected no effect sentence by hand; put it in a finding',
    ),
    "a bare statement of an effect": (
        (MAGNESIUM, 'summary = "', 'summary = "It stops leg cramps. '),
        'found "stops leg cramps", expected no effect sentence by hand; put it in a finding',
    ),
    "advice to stop a medicine": (
        (MAGNESIUM, 'summary = "', 'summary = "Stop taking your medicine. '),
        'found "Stop taking your medicine", expected no advice to stop a medicine',
    ),
    "a complete record that is not": (
        (CONDITION, "\n[[look_alikes]]", "\n[[living_with]]"),
        "data/conditions/nocturnal-leg-cramps.toml",
    ),
    "a warning sign checked too long ago": (
        (FLAG, "reviewed = 2026-11-22", "reviewed = 2025-10-01"),
        "data/red_flags/chest-pain.toml: reviewed: found 2025-10-01, expected a date within the last year",
    ),
    "a warning sign without urgency": (
        (FLAG, 'urgency = "emergency"\n', ""),
        "data/red_flags/chest-pain.toml: urgency: found nothing, expected one of emergency, urgent, routine",
    ),
    "care cards in the wrong order": (
        (CONDITION, 'level = "emergency"', 'level = "routine"'),
        "data/conditions/nocturnal-leg-cramps.toml: care_cards: found",
    ),
    "a DOI that is none": (
        (SOURCE, 'doi = "10.1002/', 'doi = "doi:10.1002/'),
        "data/sources/garrison-2020.toml: doi: found",
    ),
    "a code that its system cannot have": (
        (MAGNESIUM, 'code = "A12CC"', 'code = "12ACC"'),
        'data/supplements/magnesium.toml: codes[0].code: found "12ACC", expected a code of ATC',
    ),
    "a review date in the future": (
        (MAGNESIUM, "reviewed = 2026-11-22", "reviewed = 2031-01-01"),
        "data/supplements/magnesium.toml: reviewed: found 2031-01-01, expected a date not after 2026-11-29",
    ),
    "a unit that is not in the list": (
        (MAGNESIUM, 'unit = "mg"', 'unit = "mgs"'),
        'unit: found "mgs", expected one of g, mg, microgram, IU',
    ),
    "an upper limit below zero": (
        (MAGNESIUM, "amount = 250\n", "amount = -250\n"),
        "amount: found -250, expected a number above 0",
    ),
    "an intake without life stage": (
        (MAGNESIUM, 'life_stage = "0 to 6 months"\n', ""),
        "life_stage: found nothing, expected text",
    ),
    "an interaction with an unknown id": (
        (MAGNESIUM, "\n[[interactions]]\n", '\n[[interactions]]\npartner_ids = ["no-such-medicine"]\n'),
        'data/supplements/magnesium.toml: interactions[0].partner_ids[0]: found "no-such-medicine", expected the id of',
    ),
    "a food portion of 0 g": (
        ("foods/banana.toml", "grams = 118", "grams = 0"),
        "data/foods/banana.toml: portion.grams: found 0, expected a number above 0",
    ),
    "a finding without certainty": (
        (MAGNESIUM, 'certainty = "moderate"\n', ""),
        "data/supplements/magnesium.toml: findings[0].certainty: found nothing, "
        "expected one of high, moderate, low, very-low",
    ),
    "a dose without unit": (
        ("medicines/ibuprofen.toml", 'unit = "mg"\n', ""),
        "found an amount without unit and period, expected both unit and per",
    ),
    "an unknown region": (
        ("treatments/stretching.toml", "region_ids = [", 'region_ids = [\n    "tail",'),
        'data/treatments/stretching.toml: region_ids[0]: found "tail", expected the id of a record in regions',
    ),
    "an unknown condition": (
        ("treatments/stretching.toml", "condition_ids = [", 'condition_ids = [\n    "hiccups",'),
        'found "hiccups", expected the id of a record in conditions',
    ),
    "a verdict of no evidence without a search": (
        ("claims/magnesium-stops-night-cramps.toml", 'verdict = "not-supported"', 'verdict = "no-evidence"'),
        "searched: found nothing, expected how and when evidence was looked for",
    ),
    "broken TOML": (
        (MAGNESIUM, 'name = "Magnesium"', "name = Magnesium"),
        "data/supplements/magnesium.toml: (syntax): found",
    ),
}


@pytest.mark.parametrize(("fault", "line"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_named_in_one_line(data_copy: Path, fault: tuple[str, str, str], line: str) -> None:
    """File, field, found and expected stand in one line."""
    change(data_copy, *fault)
    found = problems(data_copy)
    assert any(line in problem for problem in found), "\n".join(found) or "nothing was reported"
    assert all("\n" not in problem for problem in found)


def cut(root: Path, file: str, pattern: str) -> None:
    """Remove every piece of text that matches; there must be one."""
    path = root / file
    text, count = re.subn(pattern, "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    assert count > 0
    path.write_text(text, encoding="utf-8")


def test_a_treatment_must_say_when_to_stop(data_copy: Path) -> None:
    """Steps without a stop-if line are refused, whatever the status of the record."""
    cut(data_copy, "treatments/stretching.toml", r"^stop_if = \[.*?^\]\n")
    change(data_copy, "treatments/stretching.toml", 'status = "complete"', 'status = "partial"')
    line = "data/treatments/stretching.toml: stop_if: found nothing, expected at least one line that says when to stop"
    assert line in problems(data_copy)


def test_a_figure_must_say_where_it_stands(data_copy: Path) -> None:
    """A finding, and a text that holds a number; a number in a name is no figure."""
    cut(data_copy, MAGNESIUM, r"^locator = .*?\n")
    found = problems(data_copy)
    line = "data/supplements/magnesium.toml: {}.locator: found nothing, expected where in the source the figure stands"
    assert line.format("findings[0]") in found
    assert line.format("intakes[0]") in found
    assert FIGURE.search("at most 350 mg")
    assert not FIGURE.search("vitamin B6, omega-3 and type 2 diabetes")


def test_a_medicine_must_have_been_checked_for_interactions(data_copy: Path) -> None:
    """An explicit "none found, searched on a date" would do; silence does not."""
    file = "medicines/ibuprofen.toml"
    cut(data_copy, file, r"^\[\[interactions\]\]\n.*?\n(?=^\[|\Z)")
    if "interactions_searched" in (data_copy / file).read_text(encoding="utf-8"):
        cut(data_copy, file, r"^interactions_searched = [^\n]*\n")
    lines = [line for line in problems(data_copy) if line.startswith(f"data/{file}: interactions")]
    assert lines == [
        f"data/{file}: interactions: found nothing, expected interactions, or interactions_searched with the date of a search"
    ]


def test_a_superseded_source_needs_its_successor_beside_it(data_copy: Path) -> None:
    """One line for the record that cites the old one alone; the two that cite both are left in peace."""
    with (data_copy / SOURCE).open("a") as file:
        file.write('superseded_by = "luo-2020"\n')
    assert problems(data_copy) == [
        'data/claims/prevention-first.toml: source_ids: found "garrison-2020", '
        'a superseded source used without its successor, expected "luo-2020" cited too'
    ]


def test_any_later_successor_will_do(data_copy: Path) -> None:
    """A source that was replaced twice may stand beside either; the newest is asked for, and a ring does not hang."""
    for file, successor in (
        (SOURCE, "winzenberg-2015"),
        ("sources/winzenberg-2015.toml", "luo-2020"),
        ("sources/luo-2020.toml", "garrison-2020"),
    ):
        with (data_copy / file).open("a") as source:
            source.write(f'superseded_by = "{successor}"\n')
    found = [problem for problem in problems(data_copy) if "superseded source" in problem]
    assert not [problem for problem in found if '"garrison-2020", a' in problem and "magnesium" in problem]
    assert any("prevention-first" in problem and 'expected "luo-2020" cited too' in problem for problem in found)


def test_a_collected_claim_is_answered_once(data_copy: Path) -> None:
    """Two verdicts on one statement could differ."""
    change(data_copy, "claims/magnesium-stops-night-cramps.toml", '"seed0-11",', '"seed0-11",\n    "seed3-47",')
    assert problems(data_copy) == [
        'data/claims/magnesium-stops-night-cramps.toml: seed_rows[1]: found "seed3-47", '
        "expected a row not answered by disclaimer"
    ]


def test_a_verdict_rests_on_something(data_copy: Path) -> None:
    """On findings, or on reasons with sources."""
    file = "claims/magnesium-stops-night-cramps.toml"
    line = f"data/{file}: finding_ids: found nothing, expected the findings the verdict rests on"
    cut(data_copy, file, r"^finding_ids = \[.*?^\]\n")
    assert line not in problems(data_copy)
    path = data_copy / file
    head, *reasons = path.read_text().split("[[reason]]")
    bare = [re.sub(r"source_ids = \[.*?\]", "source_ids = []", reason, flags=re.DOTALL) for reason in reasons]
    path.write_text("[[reason]]".join([head, *bare]))
    assert line in problems(data_copy)


def test_all_faults_are_reported_in_one_run(data_copy: Path) -> None:
    """An editor mends a file once, not five times."""
    change(data_copy, MAGNESIUM, 'certainty = "moderate"', 'certainty = "good"')
    change(data_copy, MAGNESIUM, "n_studies = 5", 'n_studies = "5"')
    change(data_copy, FLAG, 'urgency = "emergency"', 'urgency = "now"')
    found = "\n".join(problems(data_copy))
    assert "findings[0].certainty" in found
    assert "findings[0].n_studies" in found
    assert "chest-pain.toml: urgency" in found


def test_invalid_utf8_is_named(data_copy: Path) -> None:
    """The line says which byte."""
    (data_copy / MAGNESIUM).write_bytes(b'id = "magnesium"\nname = "\xff"\n')
    assert "data/supplements/magnesium.toml: (encoding): found a bad byte at 25, expected UTF-8" in problems(data_copy)


def test_a_missing_folder_is_named(data_copy: Path) -> None:
    """A collection without a folder is a fault, not an empty collection."""
    for path in (data_copy / "foods").iterdir():
        path.unlink()
    (data_copy / "foods").rmdir()
    assert "data/foods: (folder): found no such folder, expected a folder of foods" in problems(data_copy)
    assert "no such folder" in problems(data_copy / "nowhere")[0]


def test_a_stray_file_is_named(data_copy: Path) -> None:
    """A file that would be left unread is a fault."""
    (data_copy / "foods" / "notes.txt").write_text("x")
    (data_copy / "fodder").mkdir()
    found = problems(data_copy)
    assert any(line.startswith("data/foods/notes.txt: (name)") for line in found)
    assert any(line.startswith("data/fodder: (name)") for line in found)


def test_the_same_id_in_two_collections_is_refused(data_copy: Path) -> None:
    """An id means one record in the whole reference."""
    text = (data_copy / "terms/placebo.toml").read_text()
    (data_copy / "terms/magnesium.toml").write_text(text.replace('id = "placebo"', 'id = "magnesium"'))
    assert any('id: found "magnesium", expected an id not used in' in line for line in problems(data_copy))


def test_a_source_nothing_cites_is_named(data_copy: Path) -> None:
    """Dead weight does not pile up."""
    text = (data_copy / SOURCE).read_text()
    (data_copy / "sources/orphan.toml").write_text(text.replace('id = "garrison-2020"', 'id = "orphan"'))
    assert problems(data_copy) == [
        "data/sources/orphan.toml: id: found a source nothing cites, expected a record that cites it"
    ]


def test_a_library_refuses_faulty_data_whole(data_copy: Path) -> None:
    """A checkout with a fault gives no half library, and the error lists the faults."""
    change(data_copy, MAGNESIUM, 'certainty = "moderate"', 'certainty = "good"')
    with pytest.raises(DataError, match=r'found "good", expected one of high, moderate, low, very-low'):
        Library(TreeStore(data_copy))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 100,
        b"a = " + b"[" * 100_000,
        b'x = "' + b"a" * 2_000_000 + b'"',
        b"id = 1",
        b"[[findings]]\n" * 1000,
    ],
    ids=["empty", "NUL bytes", "100,000 brackets", "2 MB of text", "wrong id", "1,000 empty findings"],
)
def test_hostile_files_are_refused_without_a_traceback(data_copy: Path, content: bytes) -> None:
    """Whatever stands in a file, the answer is a line that names it."""
    (data_copy / MAGNESIUM).write_bytes(content)
    assert any(line.startswith("data/supplements/magnesium.toml: ") for line in problems(data_copy))
