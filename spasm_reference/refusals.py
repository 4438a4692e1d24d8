"""How the command line says no: one line on standard error, and an exit code."""

from __future__ import annotations

import errno
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click

from .errors import DataError, SpasmReferenceError
from .terminal import printable, printable_lines

FAULTY = 1
"""The exit code for faulty data, and for what could not be written or built."""

NOT_FOUND = 2
"""The exit code for wrong usage, and for what does not exist.  Click uses the same."""


class Refused(click.ClickException):
    """What was asked for does not exist or cannot be meant."""

    exit_code = NOT_FOUND


class OneLineErrors(click.Group):
    """A group of commands in which no error made on purpose ends in a traceback.

    What a user typed is shown again only as `printable` text.
    """

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Read the options of the group, and say what is wrong with them."""
        with _one_line_errors():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, and say what went wrong in it."""
        with _one_line_errors():
            return super().invoke(ctx)


def fail(message: str, code: int) -> NoReturn:
    """End with a message on standard error."""
    click.echo(message, err=True)
    sys.exit(code)


@contextmanager
def _one_line_errors() -> Iterator[None]:
    try:
        yield
    except click.ClickException as error:
        message = io.StringIO()
        error.show(message)
        fail(printable_lines(message.getvalue().rstrip() + _hint(error)), error.exit_code)
    except DataError as error:
        fail(printable_lines(str(error)), FAULTY)
    except LookupError as error:
        fail(f"Error: {printable(str(error))}", NOT_FOUND)
    except SpasmReferenceError as error:
        fail(f"Error: {printable_lines(str(error))}", FAULTY)
    except ValueError as error:
        fail(f"Error: {printable(str(error))}", NOT_FOUND)
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise  # Click ends quietly
        sys.stdout = io.StringIO()  # else Python tries once more to write what is left, and complains
        fail(f"Error: cannot write: {error.strerror}", FAULTY)


def _hint(error: click.ClickException) -> str:
    """Return how a word that begins with a dash is given, if that may be what was meant."""
    if not isinstance(error, click.NoSuchOption) or error.ctx is None:
        return ""
    if not any(isinstance(parameter, click.Argument) for parameter in error.ctx.command.params):
        return ""
    return f'\nIf a word begins with "-", put "--" before it: {error.ctx.command_path} -- {error.option_name}'
