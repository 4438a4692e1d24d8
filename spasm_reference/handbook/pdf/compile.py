"""Compile one Typst file to PDF in a process of its own.

``python -m spasm_reference.handbook.pdf.compile IN OUT [--timestamp SECONDS]``

A process each, because the compiler keeps its memory until the process ends.  The outcome is printed
as one line of JSON, so that the builder can turn it into a Sphinx message.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Literal

import pikepdf
import typst

#: What the finished file is built to.
PDF_STANDARD: Literal["ua-1"] = "ua-1"

_MISSING_GLYPH = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
# How the compiler quotes characters it does not like to show.
_CODE_POINT = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_PLACE = re.compile(r"┌─ (?P<file>[^\n]*?):(?P<line>\d+):\d+")


def compile_book(source: Path, target: Path, timestamp: int | None) -> dict[str, object]:
    """Compile ``source`` and put the finished PDF at ``target``; say what happened.

    The PDF is written beside its place and then moved there, so a reader never meets half a book and
    a failed run leaves the earlier book alone.
    """
    try:
        pdf, warnings = typst.compile_with_warnings(
            str(source),
            format="pdf",
            root=str(source.parent),
            # Only the fonts in the package: the same book on every machine.
            ignore_system_fonts=True,
            pdf_standards=[PDF_STANDARD],
            timestamp=timestamp,
        )
    except typst.TypstError as error:
        return describe_error(error)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}-", suffix=".pdf")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(packed(pdf))
        # mkstemp makes files that only their owner may read.
        os.chmod(name, 0o644)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return {"ok": True, "warnings": [one_line(warning.message) for warning in warnings]}


def packed(pdf: bytes) -> bytes:
    """Return the same document with its objects in compressed streams.

    The tags that make the book accessible are many small objects, which the compiler writes one by one
    as plain text; packed, the file is about a third of the size.
    """
    packed_file = io.BytesIO()
    pikepdf.settings.set_flate_compression_level(9)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(packed_file, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return packed_file.getvalue()


def describe_error(error: typst.TypstError) -> dict[str, object]:
    """Say in one line what the compiler found, where, and which characters no font has."""
    diagnostic = str(error.diagnostic or "")
    place = _PLACE.search(diagnostic)
    missing = {_CODE_POINT.sub(lambda code: chr(int(code[1], 16)), text) for text in _MISSING_GLYPH.findall(diagnostic)}
    return {
        "ok": False,
        "message": one_line(error.message or str(error)),
        "file": place["file"] if place else "",
        "line": int(place["line"]) if place else 0,
        "missing": sorted(missing),
    }


def one_line(text: str) -> str:
    """Return ``text`` with its line breaks turned into spaces."""
    return " ".join(text.split())


def main(arguments: list[str] | None = None) -> int:
    """Compile the file named on the command line."""
    parser = argparse.ArgumentParser(prog="compile", description="Compile a Typst file to an accessible PDF.")
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--timestamp", type=int, default=None, help="seconds; by default SOURCE_DATE_EPOCH")
    options = parser.parse_args(arguments)
    timestamp = options.timestamp
    if timestamp is None and os.environ.get("SOURCE_DATE_EPOCH", "").isdigit():
        timestamp = int(os.environ["SOURCE_DATE_EPOCH"])
    outcome = compile_book(options.source.resolve(), options.target.resolve(), timestamp)
    sys.stdout.write(json.dumps(outcome) + "\n")
    return 0 if outcome["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
