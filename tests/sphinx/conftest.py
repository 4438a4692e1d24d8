"""A project of someone else, and the package as that project has it installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.sphinx.projects import PROJECT

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the project that a test may spoil."""
    return shutil.copytree(PROJECT, tmp_path / "project")


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the package as its wheel installs it: compiled records, no files to edit."""
    folder = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    zipfile.ZipFile(next(folder.glob("*.whl"))).extractall(folder / "site")
    return folder / "site"


@pytest.fixture
def own_copy(installed: Path, tmp_path: Path) -> Path:
    """Return a copy of the installed package, for a test that changes its records."""
    return shutil.copytree(installed, tmp_path / "site")
