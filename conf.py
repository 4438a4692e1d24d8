"""Sphinx configuration of the handbook, and nothing else.  Run as ``sphinx-build -c . docs …``."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from spasm_reference import __version__, data_version

project = "Spasm Reference"
author = "the Spasm Reference maintainers"
copyright = f"2026, {author}. Text and data CC BY 4.0, code MIT"
version = release = __version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "spasm_reference.handbook"]
root_doc = "index"
source_suffix = {".md": "markdown"}
exclude_patterns: list[str] = []

myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 0
# Links lead to pages and to labels; asking every other domain about each of 12,000 labels is slow.
myst_ref_domains = ["std"]

nitpicky = True
# Names of Python itself, whose own documentation is not at hand without a network, and one type variable.
nitpick_ignore = [("py:class", name) for name in ("R", "collections.abc.Mapping", "date", "pathlib.Path")]
# A name in single backquotes in a docstring is a link.
default_role = "py:obj"
autodoc_member_order = "bysource"
# The index is for readers of the book: code stands on its own page.
autodoc_default_options = {"members": True, "show-inheritance": True, "no-index-entry": True}
python_use_unqualified_type_names = True
# Search on the web pages reads the headings of a page.  A reader who asks for "pregnancy" wants no field of that name.
toc_object_entries = False
templates_path: list[str] = []

html_theme = "furo"
html_title = "Spasm Reference"
html_favicon = "spasm_reference/handbook/static/favicon.svg"
# Where the pages will stand, for links that must be whole; empty is fine.  See docs/developers/publish.md.
html_baseurl = os.environ.get("SPASM_REFERENCE_BASE", "")
html_static_path: list[str] = []
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"sidebar_hide_name": False}
html_last_updated_fmt = None

epub_basename = "spasm-reference"
epub_show_urls = "no"

pdf_name = "spasm-reference"
pdf_subtitle = "Muscle spasms and cramps: what helps, what does not, and when to get help"
pdf_data_version = data_version
pdf_licence = "Text and data: CC BY 4.0. Code: MIT."
pdf_notice = "A reference book to read and search. No clinician has reviewed this text yet."
pdf_footer = "Not for diagnosing, monitoring, predicting or treating a person. Not reviewed by a clinician yet."
# In print the numbers in brackets lead to the bibliography, nobody copies code from paper, and
# one chapter holds all intake tables side by side.
pdf_skip_sections = ["Sources", "Use it in Python", "Official daily intakes and limits"]
pdf_date = os.environ.get("SPASM_REFERENCE_DATE", "2026-11-29")
