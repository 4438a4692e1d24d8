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


def snake_plural(name: str) -> str:
    """Return the name of a collection of objects of a class.

    >>> snake_plural("CareCard"), snake_plural("CountryStatus"), snake_plural("Study")
    ('care_cards', 'country_statuses', 'studies')
    """
    snake = "".join(f"_{ch.lower()}" if ch.isupper() else ch for ch in name).lstrip("_")
    if snake.endswith("y") and snake[-2] not in "aeiou":
        return f"{snake[:-1]}ies"
    return f"{snake}es" if snake.endswith(("s", "x")) else f"{snake}s"
