"""A small project that uses every kind of content the print builder knows."""

project = "Sample Handbook"
author = "The Sample Authors"
version = "1.4"
release = "1.4.0"
language = "en"
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "spasm_reference.sphinx.nodes",
    "spasm_reference.handbook.pdf",
    "sample_directives",
]
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist", "attrs_inline"]
myst_heading_anchors = 3
pdf_name = "sample"
pdf_subtitle = "Everything a page can hold"
pdf_data_version = "2026.1"
pdf_licence = "Text and data: CC BY 4.0. Code: MIT."
pdf_date = "2026-01-31"
pdf_footer = "A reference book to read and search; not for diagnosing, monitoring, predicting or treating a person."
html_theme = "basic"
