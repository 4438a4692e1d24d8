"""Where the web pages will stand, if whoever builds them says so: Sphinx's own setting ``html_baseurl``.

The handbook works from any place and needs no address.  With one, pages name theirs and there is a site map.
``conf.py`` takes it from the environment variable ``SPASM_REFERENCE_BASE``.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from ..exports.addresses import checked


def records_base(config: Config) -> str:
    """Return what ids of records are put behind on the page of a record: the address of the folder ``reference``.

    It is relative to the page as long as there is no other.
    """
    return f"{config.html_baseurl}reference/" if config.html_baseurl else "../"


def _check(app: Sphinx, config: Config) -> None:
    if config.html_baseurl:
        try:
            checked(config.html_baseurl)
        except ValueError as error:
            raise ConfigError(str(error)) from None


def setup(app: Sphinx) -> dict[str, Any]:
    """Refuse an address that nothing can be put behind."""
    app.connect("config-inited", _check)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
