"""The few exceptions of this package.  Each message is one line a person can act on."""

from __future__ import annotations


class SpasmReferenceError(Exception):
    """Base of every error raised on purpose by this package."""


class RecordNotFound(SpasmReferenceError, KeyError):
    """No record has that id or alias.  The message names the nearest ids.  It is a `KeyError` too."""

    name: str
    """The name that was asked for."""
    nearest: tuple[str, ...]
    """Up to three ids that look most like it."""
    message: str
    """The message."""

    def __init__(self, name: str, where: str, nearest: tuple[str, ...]) -> None:
        self.name = name
        self.nearest = nearest
        hint = f"; nearest: {', '.join(nearest)}" if nearest else ""
        self.message = f'no record "{name}" in {where}{hint}'
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[object, ...]:
        return Exception.__new__, (type(self), self.message), self.__dict__


class RecordRemoved(RecordNotFound):
    """The record or finding with that id was removed.  The message says when, why, and what to read instead."""

    replaced_by: tuple[str, ...]
    """Ids of what to read instead; ``nearest`` holds the same."""
    removed_in: str
    """The first data version without it."""
    why: str
    """The reason, in plain words."""

    def __init__(self, name: str, where: str, removed_in: str, why: str, replaced_by: tuple[str, ...]) -> None:
        self.name = name
        self.nearest = replaced_by
        self.replaced_by = replaced_by
        self.removed_in = removed_in
        self.why = why
        instead = ", ".join(replaced_by) or "nothing"
        self.message = (
            f'no record "{name}" in {where}; removed in data version {removed_in}; replaced by: {instead}; why: {why}'
        )
        SpasmReferenceError.__init__(self, self.message)


class AmbiguousName(SpasmReferenceError, LookupError):
    """A name stands for records of several kinds.  The message lists them.  It is a `LookupError` too."""


class DataError(SpasmReferenceError):
    """The data has faults.  The message has one line for each."""

    problems: tuple[object, ...]
    """The faults; each, as text, is one line."""

    def __init__(self, problems: tuple[object, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class BrokenPackage(SpasmReferenceError):
    """The packaged data is missing, cut short or altered.  The message says what to do."""


class OutputError(SpasmReferenceError):
    """An output path cannot be written."""


class MissingExtra(SpasmReferenceError):
    """An optional package that is needed is not installed.  The message says what to install."""
