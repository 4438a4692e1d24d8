"""Exports that several tests read, each written once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from spasm_reference import exports


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that gives the file or folder of a format, for reading only."""

    @cache
    def path_of(form: str) -> Path:
        path = tmp_path_factory.mktemp(form) / f"spasm{exports.FORMATS[form].extension}"
        exports.write(form, path)
        return path

    return path_of
