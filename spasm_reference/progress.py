"""Saying what takes long, while it does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def progress(doing: str, *, plain: bool = False) -> Iterator[None]:
    """Show ``doing`` on a terminal until it is done.

    Where no terminal is, nothing is shown, or with ``plain`` a line that stays.
    """
    watched = sys.stderr.isatty()
    if watched or plain:
        sys.stderr.write(f"{doing} …" if watched else f"{doing}\n")
        sys.stderr.flush()
    try:
        yield
    finally:
        if watched:
            sys.stderr.write("\r" + " " * (len(doing) + 2) + "\r")
            sys.stderr.flush()
