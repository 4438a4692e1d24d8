"""A project of someone else, which shows and links records of the Spasm Reference."""

project = "Running Club"
author = "The club"
copyright = "2026, the club"
version = release = "1.0"
extensions = ["myst_parser", "sphinx.ext.intersphinx", "spasm_reference.sphinx"]
html_theme = "alabaster"
epub_show_urls = "no"
