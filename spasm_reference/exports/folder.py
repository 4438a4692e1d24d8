"""Writing an export that is a folder: its checksums, and the care not to replace a folder of something else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from ..errors import OutputError
from ..output import check_folder, write_folder_whole

SUMS = "SHA256SUMS"


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make ``folder`` hold exactly these files and their checksums, or leave all as it was.

    An earlier export is replaced; a folder that holds anything else is not.
    Raises `OutputError` with one line.
    """
    check_folder(folder)
    if not folder.parent.is_dir():
        raise OutputError(f"{folder}: the folder {folder.parent} does not exist")
    if folder.is_dir():
        _check_replaceable(folder)
    content = {**files, SUMS: checksums(files).encode()}

    def fill(fresh: Path) -> None:
        for name, data in content.items():
            (fresh / name).write_bytes(data)

    write_folder_whole(folder, fill)


def checksums(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of each file in the form that ``sha256sum --check`` reads."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))


def _check_replaceable(folder: Path) -> None:
    """Refuse a folder with files that no export of ours has put there."""
    try:
        present = {path.name for path in folder.iterdir()}
        sums = (folder / SUMS).read_text(encoding="utf-8") if SUMS in present else ""
    except (OSError, ValueError):
        raise OutputError(f"{folder}: cannot be read") from None
    ours = {SUMS, *(line[66:] for line in sums.splitlines())}
    strange = sorted(present - ours)
    if strange:
        raise OutputError(f"{folder}: holds {strange[0]}, which is no part of an export; name a new or empty folder")
