"""Rules of wording that hold for any text, of a record or of a chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST_SENTENCE = 20
"""Words of the longest sentence that can be read with ease."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"(])")

_STOP_ADVICE = re.compile(
    r"\bstop (taking|using) (your|the|this|a|any) (medicine|medicines|tablets?|statins?|drug)", re.I
)
_WARNS_AGAINST = re.compile(r"\b(do not|don't|never|before you)\b[^.]*$", re.I)

# Words that only `spasm_reference.grading` may put together.
_GENERATED = re.compile(
    r"makes? little or no difference to|results? in a large (?:fall|rise)"
    r"|the evidence is very uncertain about the effect"
    r"|(?:probably|may) (?:lowers?|raises?|reduces?|improves?|relieves?|prevents?|eases?|helps?|works?)\b",
    re.I,
)

# A bare statement that something acts on cramps, spasms or pain.
_STATED = re.compile(
    r"\b(?:reduces|relieves|prevents|eases|cures|stops|improves|lowers|cuts|shortens|helps|soothes)"
    r" (?:(?:the|most|your|night|leg|muscle|back|number|chance|risk|of|with|against) )*"
    r"(?:cramps?|cramping|spasms?|pain|stiffness|soreness|spasticity|aches?)\b"
    r"|\b(?:is|are) (?:very |quite )?(?:effective|proven|useless)\b"
    r"|\b(?:proven|shown) to (?:work|help|ease|relieve|prevent|stop|reduce)\b",
    re.I,
)

# A question that is open, a denial, or a report of what people say states no effect.
_STATES_NOTHING = re.compile(
    r"\b(?:whether|what|which|who|if|once|until|no|not|none|nobody|nothing|never|few|nor"
    r"|said|says?|claims?|believes?|hopes?)\b",
    re.I,
)


def sentences(text: str) -> list[str]:
    """Split a plain text into sentences."""
    return [part for part in _SENTENCE_END.split(text.replace("\n", " ")) if part]


def hand_written_effects(text: str) -> Iterator[str]:
    """Yield the words of a text that say what a treatment does, which only a finding may.

    >>> list(hand_written_effects("Heat probably eases pain. Magnesium stops cramps."))
    ['probably eases', 'stops cramps']
    >>> list(hand_written_effects("Whether it stops cramps is not known. People say that milk stops cramps."))
    []
    """
    for sentence in sentences(text):
        generated = _GENERATED.search(sentence)
        stated = _STATED.search(sentence)
        if generated:
            yield generated.group()
        elif stated and not _STATES_NOTHING.search(sentence):
            yield stated.group()


def advice_to_stop(text: str) -> str | None:
    """Return the words of a text that tell a reader to stop a medicine, or ``None``.

    >>> advice_to_stop("Stop taking your tablets if you feel sick.")
    'Stop taking your tablets'
    >>> advice_to_stop("Do not stop taking your tablets.")
    """
    match = _STOP_ADVICE.search(text)
    if match is None or _WARNS_AGAINST.search(text[: match.start()]):
        return None
    return match.group()
