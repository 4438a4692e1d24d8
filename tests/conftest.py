"""Fixtures that several tests share."""

from __future__ import annotations

import shutil
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


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the built web pages; built once, and only what changed."""
    from spasm_reference.handbook.building import build

    return build("html").parent


@pytest.fixture(scope="session")
def book() -> Path:
    """Return the built PDF."""
    from spasm_reference.handbook.building import build

    return build("pdf")
