"""Text of records as MyST source: always plain text, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

from ..citations import label
from ..records import Finding, Record, Source

_PUNCTUATION = re.compile(r"([!\"#$%&()*+\-./:;<=>?@\[\\\]^_`{|}~])")


def escape(value: object) -> Markup:
    r"""Return a value as MyST source that shows exactly its characters, on one line.

    >>> print(escape("2 * 3 = [6]"))
    2 \* 3 \= \[6\]
    """
    if isinstance(value, Markup):
        return value
    return Markup(_PUNCTUATION.sub(r"\\\1", " ".join(str(value).split())))


def source_group(source: Source) -> str:
    """Return the name of the page a source stands on: the letter its id begins with, or ``0-9``."""
    return source.id[0] if source.id[0].isalpha() else "0-9"


def anchor(record: Source | Finding) -> str:
    """Return the id of the place of a source or finding on its page."""
    return f"{'source' if isinstance(record, Source) else 'finding'}-{record.id}"


def page(record: Record | Finding) -> str:
    """Return where a record or finding stands as a link target: its page from the source root, or its place on one."""
    if isinstance(record, Source):
        return f"#{anchor(record)}"
    if isinstance(record, Finding):
        return f"{page(record.record)}#{anchor(record)}"
    return f"/reference/{record.kind}/{record.id}.md"


def link(record: Record, text: str | None = None) -> Markup:
    """Return a link to the page of a record."""
    return Markup(f"[{escape(text or record.name)}]({page(record)})")


def cite(sources: Iterable[Source], locator: str | None = None) -> Markup:
    """Return the sources of a statement in short form, linked, in parentheses."""
    links = [link(source, label(source)) for source in sources]
    if not links:
        return Markup("")
    where = f", {escape(locator)}" if locator else ""
    return Markup(f"({'; '.join(links)}{where})")
