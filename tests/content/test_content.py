"""What the records hold: nothing missing, nothing copied out of place, nothing unsafe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import spasm_reference as sr
from spasm_reference.authoring import DATA, canonical, format_tree
from spasm_reference.prose import hand_written_effects
from spasm_reference.records import COLLECTIONS, Condition, Intervention, Medicine, Symptom, Treatment
from spasm_reference.validation import validate_tree

ROOT = Path(__file__).resolve().parents[2]

SUBJECTS = (
    "muscle-spasm frequent-spasms severe-neck-or-back-spasm massage stretching mineral-imbalance "
    "potassium calcium magnesium banana cheese compress cold-therapy heat-therapy moist-heat "
    "muscle-relaxants bodywork mineral-rich-diet regular-stretching regular-exercise yoga "
    "persistent-or-recurrent-spasm leg back neck dehydration poor-diet exercise-stress multiple-sclerosis "
    "atherosclerosis diabetes thyroid-disorders anemia prevention-first hydration balanced-diet "
    "multivitamin warm-up rest-lying-down pain-relievers ibuprofen back-spasm-medication arm abdomen "
    "muscle-fatigue mineral-deficiency poor-circulation nerve-compression sudden-pain tightness "
    "visible-twitching pain-on-movement treat-underlying-condition severe-or-prolonged-spasm "
    "swelling-redness-skin-changes interferes-with-life-or-sleep nausea past-injury hip disc-herniation "
    "protective-guarding stress chiropractic ischemia acid-build-up hot-bath vessel-contraction "
    "therapeutic-ultrasound anesthetic-injection electrical-stimulation physiotherapy essential-oils "
    "wintergreen-oil epsom-salts magnesium-deficiency fibromyalgia glucosamine chondroitin vitamin-d "
    "devils-claw omega-3 turmeric acupuncture licensed-professionals canned-fish leafy-greens "
    "seeds-and-nuts fortified-tofu yogurt-with-banana avoid-harmful-activity disclaimer foot "
    "electrolyte-imbalance overuse-or-injury poor-posture stress-or-anxiety nerve-damage "
    "medication-side-effect parkinsons-disease involuntary-contraction pain twitching hard-to-touch "
    "difficulty-moving fever-chills-sweating interferes-with-life acetaminophen comfortable-shoes "
    "avoid-overexertion physical-therapist "
).split()
"""What the collected popular claims are about; each must have a record."""

COMPLETE = {
    "conditions": ("nocturnal-leg-cramps", "exercise-associated-cramps", "acute-back-spasm", "multiple-sclerosis"),
    "causes": ("dehydration", "electrolyte-imbalance", "nerve-compression"),
    "supplements": ("magnesium", "epsom-salts", "potassium", "devils-claw"),
    "treatments": ("stretching", "heat-therapy", "cold-therapy"),
    "medicines": ("ibuprofen", "tizanidine"),
    "foods": ("banana",),
    "red_flags": ("chest-pain", "cauda-equina", "locked-hands"),
}
"""The records that are the pattern for all others."""

SUPPLEMENTS = (
    "magnesium epsom-salts potassium calcium vitamin-d vitamin-b-complex vitamin-b6 vitamin-b12 vitamin-c vitamin-e "
    "vitamin-k2 multivitamin salt-tablets oral-rehydration-solution sports-drinks zinc iron omega-3 glucosamine "
    "chondroitin devils-claw turmeric willow-bark capsaicin wintergreen-oil peppermint-oil lavender-oil arnica "
    "pickle-juice mustard tonic-water taurine l-carnitine creatine branched-chain-amino-acids coenzyme-q10 cannabis "
    "valerian kava passionflower shakuyaku-kanzo-to kratom comfrey "
).split()
TREATMENTS = (
    "stretching massage foam-rolling bodywork heat-therapy moist-heat hot-bath steam-and-hot-tub cold-therapy "
    "contrast-therapy rest staying-active hydration warm-up strength-training walking regular-exercise "
    "posture-breaks footwear night-splints-and-bedding compression-stockings yoga pilates tai-chi relaxation "
    "breathing cognitive-behavioral-therapy sleep-position physiotherapy exercise-therapy acupuncture dry-needling "
    "spinal-manipulation chiropractic therapeutic-ultrasound tens electrical-stimulation trigger-point-injection "
    "anesthetic-injection botulinum-toxin-treatment lumbar-support taping traction kinesiology "
    "magnet-or-copper-bands "
).split()
MEDICINES = (
    "ibuprofen naproxen diclofenac aspirin celecoxib acetaminophen cyclobenzaprine tizanidine baclofen "
    "methocarbamol carisoprodol metaxalone orphenadrine chlorzoxazone diazepam dantrolene botulinum-toxin "
    "gabapentin pregabalin mexiletine verapamil diltiazem naftidrofuryl quinine opioids lidocaine-patch "
    "levetiracetam "
).split()
FOODS = (
    "banana cheddar pink-salmon-with-bones pink-salmon-without-bones sardines spinach kale pumpkin-seeds almonds "
    "sesame calcium-set-tofu plain-yogurt milk baked-potato avocado black-beans lentils orange-juice coconut-water "
    "dried-apricots swiss-chard edamame whole-wheat-bread dark-chocolate oats "
).split()
"""What people most often swallow for cramps."""


def test_the_records_have_no_problems() -> None:
    """Every rule of the validation holds."""
    assert [str(problem) for problem in validate_tree(DATA)] == []


def test_the_files_are_in_canonical_form() -> None:
    """The formatter would change nothing, and what it writes reads back as the same record."""
    assert format_tree(DATA, check=True) == []
    assert canonical(sr.supplements["magnesium"]).startswith('id = "magnesium"\nname = "Magnesium"\n')


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_of_the_source_articles_has_a_record(subject: str) -> None:
    """By id or alias, with a summary and a source."""
    record = sr.get(subject)
    assert record.kind != "sources"
    assert record.summary  # type: ignore[attr-defined]
    assert record.sources  # type: ignore[attr-defined]


@pytest.mark.parametrize(("kind", "id"), [(kind, id) for kind, ids in COMPLETE.items() for id in ids])
def test_the_pattern_records_are_complete(kind: str, id: str) -> None:
    """`complete` is checked field by field by the validation."""
    assert getattr(sr, kind)[id].status == "complete"


@pytest.mark.parametrize("id", SUPPLEMENTS)
def test_each_supplement_is_complete(id: str) -> None:
    """Findings, harms, six groups, interactions or a dated search, quality: nothing is left empty."""
    assert sr.supplements[id].status == "complete"


@pytest.mark.parametrize("id", TREATMENTS)
def test_each_treatment_is_complete(id: str) -> None:
    """Aim, steps, when to stop, findings, harms, who should not, six groups, cost."""
    treatment = sr.treatments[id]
    assert treatment.status == "complete"
    assert treatment.stop_if


@pytest.mark.parametrize("id", MEDICINES)
def test_each_medicine_is_complete(id: str) -> None:
    """Label range and maximum with source, harms, interactions, groups, driving, alcohol, how to stop."""
    assert sr.medicines[id].status == "complete"


def test_dangerous_advice_is_a_named_caution_with_a_source() -> None:
    """Lying down until it goes, boiling heat, long ice and months of relaxants are warned of, never advised."""
    cautions = {
        "rest": "bed",
        "hot-bath": "hot",
        "cold-therapy": "20 minutes",
        "heat-therapy": "20 minutes",
        "muscle-relaxants": "weeks",
    }
    for id, words in cautions.items():
        record = sr.get(id)
        assert isinstance(record, Intervention)
        texts = [(harm.text, harm.sources) for harm in record.harms]
        texts += [(item.text, item.sources) for item in (*record.who_should_avoid, *record.what_it_is)]
        if isinstance(record, Treatment):
            texts += [(f"{step.text} {step.how_long or ''}", record.steps_sources) for step in record.steps]
        if isinstance(record, Medicine) and record.how_long is not None:
            texts.append((record.how_long.text, record.how_long.sources))
        assert any(words in text and sources for text, sources in texts), id


@pytest.mark.parametrize("id", FOODS)
def test_each_food_is_complete_with_four_minerals(id: str) -> None:
    """Potassium, calcium, magnesium and sodium, per 100 g and per portion, which agree."""
    food = sr.foods[id]
    assert food.status == "complete"
    rows = {row.nutrient: row for row in food.nutrients}
    assert food.portion is not None
    for nutrient in ("potassium", "calcium", "magnesium", "sodium"):
        row = rows[nutrient]
        assert row.per_100g is not None
        assert row.per_portion is not None
        computed = row.per_100g * food.portion.grams / 100
        assert abs(row.per_portion - computed) <= max(1.0, 0.02 * computed), (id, nutrient)


@pytest.mark.parametrize(
    "nutrient",
    "magnesium potassium calcium sodium vitamin-d vitamin-b6 vitamin-b12 vitamin-c vitamin-e vitamin-k zinc iron".split(),
)
def test_intakes_are_given_by_both_authorities(nutrient: str) -> None:
    """United States and European Union, for adults, pregnancy and breastfeeding."""
    rows = [row for record in sr.supplements.values() for row in record.intakes if row.nutrient == nutrient]
    for authority in ("NASEM", "EFSA"):
        stages = " ".join(row.life_stage.lower() for row in rows if row.authority == authority)
        assert stages, (nutrient, authority)
        assert "pregnan" in stages, (nutrient, authority)


ROWS = {"seed0": 25, "seed1": 29, "seed2": 31, "seed3": 47, "seed4": 35}
"""The 167 collected claims: how many rows each source article gave, numbered from 01."""

CIRCULATING = (
    "soap-under-the-sheet mustard-stops-a-cramp pickle-juice-stops-a-cramp tonic-water-prevents-night-cramps "
    "apple-cider-vinegar-stops-cramps banana-before-sport-prevents-cramps salt-tablets-prevent-cramps "
    "crossing-your-legs-stops-a-cramp pinching-the-upper-lip-stops-a-cramp magnetic-or-copper-bands-stop-cramps "
    "drinking-more-water-prevents-cramps magnesium-spray-stops-cramps epsom-bath-detoxes-the-body "
    "coconut-water-stops-cramps coenzyme-q10-stops-statin-cramps statins-cause-most-cramps-in-users "
    "lactic-acid-causes-cramps cold-floor-stops-a-cramp socks-in-bed-prevent-cramps "
    "pointing-the-toes-stops-a-cramp dehydration-causes-most-cramps growing-pains-come-from-growth "
    "cracking-your-back-releases-a-spasm lie-down-until-back-pain-goes every-back-spasm-needs-an-x-ray "
    "cbd-cream-stops-cramps turmeric-milk-eases-cramps collagen-prevents-cramps alkaline-water-prevents-cramps "
    "twitching-means-als an-eyelid-twitch-means-low-magnesium muscle-relaxants-loosen-the-tight-muscle "
    "ice-always-comes-first warm-up-stretching-prevents-cramps cramps-in-pregnancy-mean-low-calcium"
).split()
"""Claims that circulate beside those of the articles."""


def test_every_collected_claim_is_answered_once() -> None:
    """All rows of all articles, each by one record."""
    answered = sorted(row for claim in sr.claims.values() for row in claim.seed_rows)
    assert answered == sorted(f"{seed}-{row:02}" for seed, count in ROWS.items() for row in range(1, count + 1))
    assert len(answered) == 167


@pytest.mark.parametrize("id", CIRCULATING)
def test_claims_that_circulate_are_answered_too(id: str) -> None:
    """And the record says that they are."""
    assert "commonly said" in sr.claims[id].said_by


@pytest.mark.parametrize("id", list(sr.claims))
def test_a_claim_has_a_verdict_and_a_way_out(id: str) -> None:
    """It rests on findings or sources, says for whom it holds, what would change it and what to do instead."""
    claim = sr.claims[id]
    assert claim.status == "complete"
    assert claim.findings_used or claim.reason
    assert claim.for_whom
    assert claim.would_change
    assert claim.instead
    if claim.verdict == "no-evidence":
        assert claim.searched is not None
        assert claim.search_terms


def test_complete_interventions_answer_for_six_groups() -> None:
    """Not known is an answer; empty is not."""
    for kind in ("treatments", "medicines", "supplements", "foods"):
        for record in getattr(sr, kind).filter(status="complete"):
            assert isinstance(record, Intervention)
            assert record.special_groups is not None
            for group in record.special_groups.field_names():
                assert getattr(record.special_groups, group).text, (record.id, group)


def test_pages_about_an_illness_or_symptom_say_when_to_get_help() -> None:
    """Each has at least one care card, the most urgent first."""
    for kind in ("conditions", "symptoms", "regions"):
        for record in getattr(sr, kind).values():
            assert record.care_cards, record.id
    assert isinstance(sr.conditions["multiple-sclerosis"], Condition)
    assert isinstance(sr.symptoms["muscle-spasm"], Symptom)


def test_the_known_traps_are_right() -> None:
    """Figures that are often copied from superseded or foreign sources."""
    finding = sr.findings["magnesium-rest-cramps-frequency"]
    assert finding.effect is not None
    assert (finding.effect.value, finding.effect.low, finding.effect.high) == (-0.18, -0.84, 0.49)
    assert (finding.n_studies, finding.n_participants) == (5, 307)
    limits = {
        (row.authority, row.amount)
        for row in sr.supplements["magnesium"].intakes
        if row.measure == "UL" and row.basis == "supplements-only"
    }
    assert any(authority.startswith("NASEM") and amount == 350 for authority, amount in limits)
    assert any(authority.startswith("EFSA") and amount == 250 for authority, amount in limits)


def test_superseded_sources_are_not_used_for_findings() -> None:
    """Where a newer version exists, figures come from it."""
    old = {source.id for source in sr.sources.values() if source.superseded_by or source.retracted}
    assert [finding.id for finding in sr.findings.values() if finding.source_id in old] == []


def test_emergency_numbers_carry_their_country() -> None:
    """A number without its country is worse than none."""
    for record in sr.emergency_numbers.values():
        assert record.country
        assert record.emergency
        assert record.country in record.name or record.name in record.country


def test_sentences_are_short_enough_to_say_aloud() -> None:
    """A generated sentence has at most 30 words, its parts at most what a reader can hold."""
    for finding in sr.findings.values():
        assert len(finding.sentence.split()) <= 30, finding.id


def chapters() -> list[Path]:
    """Return the hand-written chapters and the templates of the generated pages."""
    written = [path for path in (ROOT / "docs").rglob("*.md") if "docs/reference" not in path.as_posix()]
    return [*written, *(ROOT / "spasm_reference" / "handbook" / "templates").rglob("*.jinja")]


@pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)
def test_no_chapter_says_by_hand_what_a_treatment_does(path: Path) -> None:
    """Only the wording table may; the chapter that explains it shows it as a table, pages for developers print it."""
    text = path.read_text(encoding="utf-8")
    if path.parent.name == "developers":
        text = re.sub(r"^```(pycon|text)\n.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)  # the tests run these
    lines = [line for line in text.splitlines() if not line.startswith("|")]
    assert list(hand_written_effects("\n".join(lines))) == []


@pytest.mark.parametrize(
    "words", ["Heat relieves back pain.", "Quinine probably lowers cramp pain.", "Yoga is effective."]
)
def test_the_lint_of_chapters_can_fail(words: str) -> None:
    """A planted sentence is caught."""
    assert list(hand_written_effects(f"Read on. {words} Ask first."))


def test_every_kind_has_records() -> None:
    """No collection is an empty promise."""
    assert all(len(getattr(sr, kind)) > 0 for kind in COLLECTIONS)
