"""Prepare picture files for Typst."""

from __future__ import annotations

import re

_VARIABLE_SET = re.compile(rb"(--[\w-]+)\s*:\s*([^;}\"']+)")
# The innermost use first: the fallback holds no parentheses of its own, or one simple pair as in rgb(…).
_VARIABLE_USE = re.compile(rb"var\(\s*(--[\w-]+)\s*(?:,\s*((?:[^()]|\([^()]*\))*?))?\s*\)")
_MEDIA_RULE = re.compile(rb"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")


def printable_svg(data: bytes) -> bytes:
    """Return an SVG with its CSS variables replaced by their light, printed values.

    Typst draws a shape black when its color is a CSS variable.  Rules for dark screens go, and each
    variable takes the value the file sets first, or else its fallback.
    """
    if b"var(" not in data and b"@media" not in data:
        return data
    data = _MEDIA_RULE.sub(b"", data)
    values: dict[bytes, bytes] = {}
    for match in _VARIABLE_SET.finditer(data):
        values.setdefault(match[1], match[2].strip())

    def value(match: re.Match[bytes]) -> bytes:
        return values.get(match[1], (match[2] or b"currentColor").strip())

    # Variables may be set from other variables; a few rounds are plenty, and a circle must end.
    for _ in range(5):
        replaced = _VARIABLE_USE.sub(value, data)
        if replaced == data:
            break
        data = replaced
    return data
