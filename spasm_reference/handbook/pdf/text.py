"""Turn text into Typst string literals, and measure it for tables."""

from __future__ import annotations

import re

#: Marks where a word may break; the template turns it into an invisible break.
ZERO_WIDTH_SPACE = "\u200b"

# A token this long may overrun a line, so it gets break points.
_LONG_TOKEN = 16
# Longest run without a break point inside a long token.
_LONG_RUN = 24

_BREAK_AFTER = re.compile(r"(?<=[/._\-?&=:,;#@+%])(?=[^\s/])")
_WHITESPACE = re.compile(r"[ \t\n\r\f\v]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def literal(text: str) -> str:
    """Return ``text`` as a Typst string literal, in which nothing is markup."""
    text = _CONTROL.sub("", text)
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    escaped = escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return f'"{escaped}"'


def one_space(text: str) -> str:
    """Return ``text`` with each run of blanks and line breaks as one space (no-break spaces stay)."""
    return _WHITESPACE.sub(" ", text)


def tokens(text: str) -> list[str]:
    """Split ``text`` at spaces, keeping the spaces."""
    return re.split(r"( +)", text)


def needs_breaks(token: str, room: int) -> bool:
    """Say whether a token is too long for a line of ``room`` characters to take as it stands."""
    if len(token) <= min(_LONG_TOKEN, room):
        return False
    # Ordinary words are hyphenated by Typst where the language allows, which reads better.
    letters_only = token.strip(".,;:!?()[]“”‘’\"'").replace("-", "").replace("’", "").isalpha()
    return not letters_only or len(token) > 2.5 * room


def with_breaks(token: str, room: int) -> str:
    """Return a long token with zero-width spaces where it may break."""
    longest = min(_LONG_RUN, room)
    pieces = []
    for piece in _BREAK_AFTER.split(token):
        # A run that is still too long, such as a checksum, may break anywhere.
        pieces.append(ZERO_WIDTH_SPACE.join(piece) if len(piece) > longest else piece)
    return ZERO_WIDTH_SPACE.join(pieces)


def split_scheme(token: str) -> tuple[str, str]:
    """Split an address after the first part of its host, so that "https://" is never left at a line's end."""
    match = re.match(r"\(?https?://[^/.]{1,12}[/.]", token)
    return (match[0], token[match.end() :]) if match else ("", token)


def longest_word(text: str) -> int:
    """Return the length of the longest word in ``text``."""
    return max((len(word) for word in text.split()), default=0)
