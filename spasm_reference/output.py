"""Writing a result whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from .errors import OutputError


def write_whole(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``; on any failure what was there before stays as it was.

    Raises `OutputError` with one line if the path is a folder, its folder does not
    exist, or it cannot be written.
    """
    if path.is_dir():
        raise OutputError(f"{path}: is a folder, expected a file name")
    if not path.parent.is_dir():
        raise OutputError(f"{path}: the folder {path.parent} does not exist")
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as handle:
            temporary = Path(handle.name)
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)  # it is gone by now, unless something failed


def check_folder(target: Path) -> None:
    """Raise `OutputError` with one line if a folder could not be put at ``target``."""
    if target.exists() and not target.is_dir():
        raise OutputError(f"{target}: is a file, expected a folder")
    parent = next(path for path in (target, *target.absolute().parents) if path.exists())
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        raise OutputError(f"{target}: cannot be written: {parent} is {'read-only' if parent.is_dir() else 'a file'}")


def write_folder_whole(target: Path, fill: Callable[[Path], None]) -> None:
    """Make ``target`` hold exactly what ``fill`` puts into the empty folder it is given.

    The new folder is filled beside the old one and the two are swapped, so on any failure
    the old one stays as it was.  Raises `OutputError` with one line if that cannot be done.
    """
    check_folder(target)
    place = target.resolve()  # of a link to a folder, the folder is replaced and not the link
    old = place.with_name(f".{place.name}.old")
    fresh = None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        if old.is_dir() and not place.exists():
            os.replace(old, place)  # the last swap was cut short in the middle
        shutil.rmtree(old, ignore_errors=True)
        fresh = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}."))
        os.chmod(fresh, 0o777 & ~_umask())
        fill(fresh)
        if place.is_dir():
            os.replace(place, old)
        try:
            os.replace(fresh, place)
        except BaseException:
            if old.is_dir() and not place.exists():
                os.replace(old, place)
            raise
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror or error}") from None
    finally:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)  # it is gone by now, unless something failed
    shutil.rmtree(old, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
