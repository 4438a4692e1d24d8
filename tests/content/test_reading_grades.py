"""How hard the pages are to read, held against the bars that the book sets itself."""

from __future__ import annotations

import statistics

from spasm_reference.readability import Reading


def test_the_middle_page_is_easy_enough(readings: dict[str, Reading]) -> None:
    """SMOG grade 9 at most, 8 with glossary words excused."""
    assert len(readings) > 500
    assert statistics.median(reading.smog for reading in readings.values()) <= 9
    assert statistics.median(reading.smog_excused for reading in readings.values()) <= 8


def test_long_sentences_are_rare(readings: dict[str, Reading]) -> None:
    """At most 5 in 100 sentences have more than 20 words."""
    long = sum(reading.long_sentences for reading in readings.values())
    assert long / sum(reading.sentences for reading in readings.values()) <= 0.05
