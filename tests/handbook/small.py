"""A handbook of a few pages, which builds in seconds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

CONF = """
extensions = ["myst_parser"] + [
    f"spasm_reference.handbook.{part}"
    for part in (
        "nodes", "directives", "pictures", "reading", "html", "web_address", "page_head", "markdown_pages", "schemas",
        "llms", "site_map", "not_found", "stale_pages",
    )
]
html_title = "Small Book"
html_theme = "furo"
html_baseurl = "BASE"
myst_enable_extensions = ["attrs_inline", "colon_fence"]
myst_ref_domains = ["std"]
version = release = "0"
"""

PAGES = {
    "index.md": """
        # Small Book

        A book to try things with.

        ```{toctree}
        :caption: Help now
        help/planted
        reference/foods/index
        ```
        """,
    "help/planted.md": """
        # A *planted* page

        :::{care-card} emergency Call now
        - it hurts
        :::

        First paragraph, with [Banana](../reference/foods/banana.md).
        """,
    "reference/foods/index.md": "# Foods\n\nWhat is in them.\n",
    "reference/foods/banana.md": "---\norphan: true\n---\n\n# Banana\n\nThis is not its summary.\n",
}


def write_small_handbook(folder: Path, base: str = "") -> Path:
    """Write the sources of a small handbook and return ``folder``."""
    for name, text in {"conf.py": CONF.replace("BASE", base), **PAGES}.items():
        file = folder / "source" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = (line.removeprefix(" " * 8) for line in text.strip().splitlines())
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def run_sphinx(folder: Path, builder: str = "html") -> subprocess.CompletedProcess[str]:
    """Build a small handbook with warnings as errors."""
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-j", "2", "-b", builder, "-d", str(folder / "doctrees")]
    return subprocess.run(
        [*command, str(folder / "source"), str(folder / builder)], cwd=ROOT, capture_output=True, text=True
    )


def built(folder: Path) -> Path:
    """Build a small handbook and return its web pages."""
    done = run_sphinx(folder)
    assert done.returncode == 0, done.stderr
    return folder / "html"
