"""What each page shows of the records, so that a new version of them has just those pages read again.

An installed package has no file for each record that Sphinx could watch.  Instead the environment keeps, for
each page, what was asked of the records and a digest of what came of it.  Before the next build the same is asked
again: a page whose answers differ is out of date, and no other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util import logging

from ..errors import SpasmReferenceError
from ..library import Library, default_library
from ..vocabulary import AnyKind

logger = logging.getLogger(__name__)

Maker = Callable[..., list[nodes.Node]]
"""Makes document parts from a library, at most one name, and options."""


class Request(NamedTuple):
    """What a page asks of the records."""

    maker: str
    """Name of a maker that `add_maker` registered."""
    name: str = ""
    """Id or alias of a record, where the maker takes one."""
    options: tuple[tuple[str, Any], ...] = ()
    """Options of the maker."""


_makers: dict[str, Maker] = {}


def add_maker(name: str, maker: Maker) -> None:
    """Register what makes the parts of a directive or role."""
    _makers[name] = maker


def show(env: BuildEnvironment, request: Request) -> list[nodes.Node]:
    """Return what was asked for, and note that the page being read shows it.

    Raises `SpasmReferenceError`, which is noted as well: newer records may know what these do not.
    """
    noted = _noted(env).setdefault(env.docname, {})
    try:
        made = _make(default_library(), request)
    except SpasmReferenceError as error:
        noted[request] = _digest(str(error))
        raise
    noted[request] = _digest_of(made)
    return made


def warn_if_renamed(name: str, kind: AnyKind | None, location: Any) -> None:
    """Say what to write in place of an id that answers only because its record was renamed."""
    new_id = default_library().new_id(name, kind)
    if new_id is not None:
        message = 'the id "%s" was renamed, write "%s"'
        logger.warning(message, name, new_id, location=location, type="spasm", subtype="record")


def _make(library: Library, request: Request) -> list[nodes.Node]:
    names = (request.name,) if request.name else ()
    return _makers[request.maker](library, *names, **dict(request.options))


def _digest_of(made: list[nodes.Node]) -> str:
    return _digest("\n".join(node.pformat() for node in made))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _digest_now(request: Request) -> str:
    try:
        return _digest_of(_make(default_library(), request))
    except SpasmReferenceError as error:
        return _digest(str(error))
    except (KeyError, TypeError):
        return ""  # an earlier version of this package could be asked what this one cannot


def _noted(env: BuildEnvironment) -> dict[str, dict[Request, str]]:
    """Return what each page shows, kept with the environment."""
    noted: dict[str, dict[Request, str]] = vars(env).setdefault("spasm_shown", {})
    return noted


class ShownCollector(EnvironmentCollector):
    """Keeps what pages show in step with the pages, and names those that are out of date."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page that is read again or gone."""
        _noted(env).pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: AbstractSet[str], other: BuildEnvironment
    ) -> None:
        """Take over the pages that another process has read."""
        _noted(env).update({docname: noted for docname, noted in _noted(other).items() if docname in docnames})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Do nothing: `show` has noted everything while the page was read."""

    def get_outdated_docs(
        self, app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
    ) -> list[str]:
        """Return the pages that would show something else now."""
        now: dict[Request, str] = {}
        outdated = []
        for docname, noted in _noted(env).items():
            for request, digest in noted.items():
                if request not in now:
                    now[request] = _digest_now(request)
                if now[request] != digest:
                    outdated.append(docname)
                    break
        return outdated


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the collector."""
    app.add_env_collector(ShownCollector)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}
