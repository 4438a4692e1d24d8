"""How words are compared in search.  `handbook/static/search.js` does the same in the browser, function by function."""

from __future__ import annotations

import re

STOP_WORDS = frozenset(
    (
        "a about all am an and any are as at be been but by can could did do does for from get gets getting "
        "go got had has have having how i if in into is it its keep keeps me mean means my of off on or our "
        "so some that the their them then there they this to up us very was we what when where which who why "
        "will with you your should would im ive really just now "
        "he she him her hers his because while than also these those whats thats ill id hes shes someone something "
    ).split()
)
"""Words too common to tell entries apart."""

_WORD = re.compile(r"[a-z0-9]+")


def plain_words(text: str) -> list[str]:
    """Return the words of a text in lower case without accents or apostrophes.

    >>> plain_words("Devil's claw & CoQ10")
    ['devils', 'claw', 'coq10']
    """
    if not text.isascii():
        import unicodedata

        decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
        text = "".join(ch for ch in decomposed if not unicodedata.category(ch).startswith("M"))
    return _WORD.findall(text.casefold().replace("'", ""))


def stem(word: str) -> str:
    """Cut the commonest English endings, so that "cramps" and "cramping" meet "cramp".

    >>> [stem(word) for word in ("cramps", "cramping", "locked", "twitches", "injuries", "sclerosis")]
    ['cramp', 'cramp', 'lock', 'twitch', 'injury', 'sclerosis']
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 5 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) >= 4 and re.search("[aeiouy]", base):
            return base[:-1] if base[-1] == base[-2] and base[-1] not in "lsz" else base
    return word


def terms(text: str) -> list[str]:
    """Return the stems that count in a text; if only stop words are there, they count.

    >>> terms("Why do my legs cramp at night?")
    ['leg', 'cramp', 'night']
    """
    words = plain_words(text)
    kept = [word for word in words if word not in STOP_WORDS]
    return [stem(word) for word in kept or words]
