"""Files with a fixed name in the folder of the web pages, each made from the whole handbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sphinx.application import Sphinx


def add_site_files(app: Sphinx, make: Callable[[Sphinx], Mapping[str, str | None]]) -> None:
    """Have files made when the web pages are written.

    ``make`` returns the text of each by its path, or ``None`` for one that must not be there.
    A file that holds its text already is left as it is.
    """

    def write(app: Sphinx, exception: Exception | None) -> None:
        if exception is not None or app.builder.name != "html":
            return
        for name, text in make(app).items():
            file = Path(app.outdir) / name
            if text is None:
                file.unlink(missing_ok=True)
            elif not file.is_file() or file.read_text(encoding="utf-8") != text:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")

    app.connect("build-finished", write)
