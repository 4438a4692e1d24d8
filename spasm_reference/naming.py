"""How names are compared: case, hyphens and accents do not matter."""

from __future__ import annotations


def key(name: str) -> str:
    """Return the form in which two spellings of one name are equal.

    >>> key("Charley-Horse") == key("charley  horse")
    True
    """
    if not name.isascii():
        import unicodedata

        decomposed = unicodedata.normalize("NFKD", name)
        name = "".join(ch for ch in decomposed if not unicodedata.combining(ch)).replace("’", "'")
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").replace("'", "").split())
