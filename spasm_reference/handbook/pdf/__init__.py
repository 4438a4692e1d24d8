"""The printed handbook: a Sphinx builder that makes one accessible PDF, through Typst.

Add ``spasm_reference.handbook.pdf`` to ``extensions`` and run ``sphinx-build -b typst``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

NO_REVIEW = "No clinician has reviewed this text yet."

#: Config values: name, default, what they are for.
CONFIG_VALUES: tuple[tuple[str, object, str], ...] = (
    ("pdf_name", "", "File name of the PDF; by default made from the project's name."),
    ("pdf_subtitle", "", "Second line of the cover."),
    ("pdf_data_version", "", "Version of the data the book was drawn from, for the cover."),
    ("pdf_licence", "", "License line of the cover."),
    ("pdf_notice", NO_REVIEW, "Notice on the cover that readers must not miss."),
    ("pdf_date", "", "Date of the edition, as ISO text (2026-01-31)."),
    ("pdf_footer", "", "Line at the foot of every page, left of the page number."),
    ("pdf_paper", "a4", "Paper: a4 or us-letter."),
    ("pdf_text_size", 11, "Size of the running text in points."),
    ("pdf_grayscale", False, "Draw the design in grays."),
    ("pdf_skip_sections", [], "Titles of sections inside documents that serve the web only."),
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and its config values."""
    # Imported here so that the compile step, which lives in this package, starts without Sphinx.
    from spasm_reference.handbook.pdf.builder import PdfBuilder

    app.add_builder(PdfBuilder)
    for name, default, description in CONFIG_VALUES:
        app.add_config_value(name, default, "", types=(type(default),), description=description)
    return {"version": "1.0", "parallel_read_safe": True, "parallel_write_safe": True}
