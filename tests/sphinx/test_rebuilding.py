"""When other records are installed, a project reads again the pages that show them, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from spasm_reference.compiling import compile_to
from tests.sphinx.projects import build, built, page

CHANGES = {
    "nothing": ("foods/banana.toml", "", "", set()),
    "a sign": ("red_flags/cauda-equina.toml", "signs = [", 'signs = [\n    "a quite new sign",', {"care"}),
    "a summary": ("conditions/multiple-sclerosis.toml", 'summary = "', 'summary = "New. ', {"index"}),
    "an intake": ("supplements/magnesium.toml", "amount = 230\n", "amount = 231\n", {"tables"}),
    "a year": ("sources/garrison-2020.toml", "year = 2020", "year = 2019", {"index", "cards", "tables", "map"}),
    "a number of people": ("foods/banana.toml", "n_participants = 9\n", "n_participants = 8\n", {"map"}),
    "what no page shows": ("foods/banana.toml", "aliases = [", 'aliases = [\n    "quite another name",', set()),
}
"""A file of the records, what changes in it, and the pages of the project that show this."""


def install(own_copy: Path, data: Path) -> None:
    """Put other records in place of those that are installed."""
    compile_to(own_copy / "spasm_reference/_packaged", data)


def times(folder: Path, pattern: str) -> dict[str, int]:
    """Return when each file was written, by page."""
    return {file.stem: file.stat().st_mtime_ns for file in folder.glob(pattern)}


def changed(before: dict[str, int], after: dict[str, int]) -> set[str]:
    """Return the pages whose file is another one now."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@pytest.mark.parametrize("change", CHANGES)
def test_only_pages_that_show_what_changed_are_read_again(
    project: Path, own_copy: Path, data_copy: Path, change: str
) -> None:
    """Not one more, not one fewer, also where two processes have read them."""
    folder = built(project, own_copy)
    doctrees = project.parent / "out" / "doctrees"
    before = times(doctrees, "*.doctree")
    html = times(folder, "*.html")
    name, old, new, expected = CHANGES[change]
    text = (data_copy / name).read_text(encoding="utf-8")
    assert old in text
    (data_copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    install(own_copy, data_copy)
    built(project, own_copy)
    assert changed(before, times(doctrees, "*.doctree")) == expected
    assert changed(html, times(folder, "*.html")) - {"genindex", "search"} >= expected


def test_a_page_is_read_again_when_the_record_it_missed_appears(project: Path, own_copy: Path, data_copy: Path) -> None:
    """Its warning goes away by itself."""
    (project / "care.rst").write_text("Care\n====\n\n.. spasm-card:: plantain\n")
    assert 'no record "plantain"' in build(project, own_copy).stderr
    keep = ("name", "summary", "status", "source_ids", "reviewed", "next_review")
    lines = (data_copy / "foods/plain-yogurt.toml").read_text(encoding="utf-8").split("\n")
    top = "\n".join(lines).split("\n[")[0]
    (data_copy / "foods/plantain.toml").write_text(plantain(top, keep), encoding="utf-8")
    install(own_copy, data_copy)
    built(project, own_copy)
    assert "Plantain" in page(project.parent / "out/html", "care").text_content()


def plantain(text: str, fields: tuple[str, ...]) -> str:
    """Return a small record made from another: the given fields, under a new id and name."""
    import tomllib

    import tomli_w

    held = tomllib.loads(text)
    return tomli_w.dumps(
        {"id": "plantain", **{name: held[name] for name in fields}, "name": "Plantain", "status": "partial"}
    )


def test_what_a_page_no_longer_shows_is_forgotten(project: Path, own_copy: Path, data_copy: Path) -> None:
    """A change of it has nothing read again."""
    built(project, own_copy)
    chapter = project / "care.rst"
    chapter.write_text(chapter.read_text().replace(".. spasm-care-card:: cauda-equina\n", ""))
    built(project, own_copy)
    name, old, new, _expected = CHANGES["a sign"]
    text = (data_copy / name).read_text(encoding="utf-8")
    (data_copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    install(own_copy, data_copy)
    assert "0 added, 0 changed, 0 removed" in build(project, own_copy).stdout
