"""How words are compared in search.  `handbook/static/search.js` does the same in the browser, function by function."""

from __future__ import annotations

import re

STOP_WORDS = frozenset(
    (
        "a about all am an and any are as at be been but by can could did do does for from get gets getting "
        "go got had has have having how i if in into is it its keep keeps me mean means my of off on or our "
        "so some that the their them then there they this to up us very was we what when where which who why "
        "will with you your should would im ive really just now "
        "bit anything he she him her hers his because while than also these those whats thats id hes shes "
        "someone something "
    ).split()
)
"""Words too common to tell entries apart."""

SAME_WORDS = {
    "baby": "babies infant newborn bub bubs",
    "belly": "tummy tum stomach gut abdomen abdominal",
    "bottom": "bum butt buttock backside arse",
    "breath": "breathe breathless",
    "calf": "calves",
    "child": "children kid kiddo toddler son daughter",
    "confused": "confusion muddle disoriented",
    "crash": "accident collision",
    "diarrhea": "diarrhoea",
    "dizzy": "dizziness lightheaded giddy",
    "doctor": "doc gp physician",
    "drink": "drank drunk",
    "eat": "ate eaten",
    "exercise": "workout gym",
    "faint": "collapse blackout",
    "fall": "fell fallen",
    "fever": "feverish temperature temp",
    "foot": "feet",
    "heat": "overheat heatwave",
    "injection": "inject jab",
    "kidney": "renal",
    "liver": "hepatic",
    "lose": "lost loss",
    "medicine": "med medication drug",
    "night": "nite nighttime nocturnal",
    "not": "cant cannot couldnt dont doesnt didnt isnt wont wouldnt arent unable",
    "pain": "painful hurt ache achy sore agony",
    "pee": "urine urinate urination wee",
    "pill": "tablet capsule",
    "poo": "poop poops stool",
    "pregnant": "pregnancy expecting preggers",
    "quick": "quickest fast fastest rapid",
    "relief": "relieve ease",
    "run": "runner jog jogger",
    "surgery": "surgical operation op",
    "sweat": "sweaty perspire",
    "swell": "swollen puffy oedema edema",
    "swim": "swimmer",
    "take": "took taken",
    "tired": "tiredness exhaust exhausted fatigue knackered",
    "tooth": "teeth",
    "vomit": "puke spew",
    "wake": "woke woken awake",
    "weak": "weaker",
    "worse": "worsen",
}
"""Everyday words that mean the same in a question: the first stands for the others, here and in the index."""

ENDINGS = (("ing", 3), ("ed", 4), ("ness", 4), ("ly", 4), ("e", 3))
"""Endings that are cut, the first that fits, and how many letters must be left."""

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
    >>> [stem(word) for word in ("wakes", "waking", "weakness", "suddenly")]
    ['wak', 'wak', 'weak', 'sudden']
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 5 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending, shortest in ENDINGS:
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) >= shortest and re.search("[aeiouy]", base):
            return base[:-1] if base[-1] == base[-2] and base[-1] not in "elsz" else base
    return word


def root(word: str) -> str:
    """Return what stands for a word in the index: its stem, or that of a plainer word that means the same.

    >>> [root(word) for word in ("tummy", "aching", "newborns", "cramps")]
    ['belly', 'pain', 'baby', 'cramp']
    """
    cut = stem(word)
    return PLAINER.get(cut, cut)


def terms(text: str) -> list[str]:
    """Return the roots that count in a text; if only stop words are there, they count.

    >>> terms("Why do my legs cramp at night?")
    ['leg', 'cramp', 'night']
    """
    words = plain_words(text)
    kept = [word for word in words if word not in STOP_WORDS]
    return [root(word) for word in kept or words]


PLAINER = {stem(other): stem(word) for word, others in SAME_WORDS.items() for other in others.split()}
"""The stem that stands for a stem."""
