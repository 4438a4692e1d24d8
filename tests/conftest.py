"""Fixtures that several tests share."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from spasm_reference.authoring import DATA

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """Return a copy of the records that a test may spoil."""
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    return copy


def built(what: str) -> Path:
    """Build as a user does, in a process of its own, and return the folder."""
    command = [sys.executable, "-m", "spasm_reference", "build", what]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return ROOT / "build" / what


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the built web pages; built once, and only what changed."""
    return built("html")


@pytest.fixture(scope="session")
def handbook_pdf() -> Path:
    """Return the built PDF."""
    return built("pdf") / "spasm-reference.pdf"
