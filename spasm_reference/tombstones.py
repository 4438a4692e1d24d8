"""Ids that are gone, and what took their place.

Loaded only when a look-up fails, so whoever asks for what is there pays nothing for what is not.
"""

from __future__ import annotations

from .records import Part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from .vocabulary import AnyKind


class Tombstone(Part):
    """An id that a record or finding once had.  It is never used again for something else."""

    kind: AnyKind
    """The collection it stood in; findings are one too."""
    id: str
    """The id that is gone."""
    removed_in: str
    """The first data version without it, such as ``2027.1.0``."""
    removed_on: date
    """The day it was removed."""
    why: str
    """The reason, in plain words."""
    replaced_by: tuple[str, ...] = ()
    """Ids of what to read instead: findings for a finding, records of any kind for a record."""
    renamed: bool = False
    """Whether the one in ``replaced_by`` is the same thing under a new id.  Then the old id still answers."""


class Tombstones(Part):
    """What ``removed.toml`` holds."""

    removed: tuple[Tombstone, ...] = ()
    """Each id that is gone."""
