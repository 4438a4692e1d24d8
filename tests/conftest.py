"""Fixtures that several tests share."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from spasm_reference.authoring import DATA
from spasm_reference.readability import Reading
from tests.removing import REMOVED, bury

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """Return a copy of the records that a test may spoil."""
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    return copy


@pytest.fixture(scope="session")
def data_with_removals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the records in which some ids are gone, for reading only."""
    copy = tmp_path_factory.mktemp("removals") / "data"
    shutil.copytree(DATA, copy)
    bury(copy, *REMOVED)
    return copy


def built(what: str) -> Path:
    """Build as a user does, in a process of its own, and return the folder."""
    command = [sys.executable, "-m", "spasm_reference", "build", what]
    # Tests run side by side in several processes, and two builds of one checkout share their working folder.
    (ROOT / "build").mkdir(exist_ok=True)
    with FileLock(ROOT / "build" / "tests.lock"):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return ROOT / "build" / what


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the built web pages; built once, and only what changed."""
    return built("html")


@pytest.fixture(scope="session")
def readings(site: Path) -> dict[str, Reading]:
    """Return how hard each page for readers is, measured anew from what Sphinx read."""
    from spasm_reference.handbook.page_grades import measure_page

    doctrees = ROOT / "build" / "work" / "doctrees"
    found = {}
    for page in site.rglob("*.html"):
        docname = page.relative_to(site).with_suffix("").as_posix()
        file = doctrees / f"{docname}.doctree"
        reading = measure_page(docname, pickle.loads(file.read_bytes())) if file.is_file() else None  # noqa: S301
        if reading is not None:
            found[docname] = reading
    return found


@pytest.fixture(scope="session")
def handbook_pdf() -> Path:
    """Return the built PDF."""
    return built("pdf") / "spasm-reference.pdf"
