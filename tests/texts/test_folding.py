"""Folded forms keep every place, and words are found under any kind of blank, hyphen and case."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from her2ld.texts.folding import cuts_a_word, fold, occurrences

BLANKS = " \t\n\u00a0\u2005\u2009\u202f\u3000"
DASHES = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2212"
QUOTES = "'\u2018\u2019\u2032"
TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from(f"aAbBsS \u00df\u0130\ufb02\u03a3\u03c2{BLANKS}{DASHES}{QUOTES}"))
)
WORDS = st.lists(st.text("abcXYZ019", min_size=1, max_size=5), min_size=1, max_size=4)


@given(TEXTS)
def test_a_code_point_stays_one_code_point_and_folding_twice_is_folding_once(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded
    assert all(fold(letter) == at_its_place for letter, at_its_place in zip(text, folded, strict=True))


def test_every_kind_of_blank_hyphen_and_quotation_mark_is_one() -> None:
    assert set(fold(BLANKS)) == {" "}
    assert set(fold(DASHES)) == {"-"}
    assert set(fold(QUOTES)) == {"'"}
    assert fold("\u201cHER2\u201d \u00abB\u00bb") == '"her2" "b"'


def test_every_space_and_dash_of_unicode_is_one() -> None:
    for letter in map(chr, range(0x80, 0x10000)):
        category = unicodedata.category(letter)
        if category in ("Zs", "Pd"):
            assert fold(letter) == {"Zs": " ", "Pd": "-"}[category], hex(ord(letter))


@given(WORDS, TEXTS, TEXTS, st.data())
def test_words_are_found_at_their_place_whatever_the_blanks_and_the_case(
    words: list[str], before: str, after: str, data: st.DataObject
) -> None:
    blanks = st.text(BLANKS, min_size=1, max_size=3)
    printed = "".join(
        (data.draw(blanks) if place else "") + data.draw(st.sampled_from([word, word.upper(), word.lower()]))
        for place, word in enumerate(words)
    )
    places = occurrences(" ".join(words), before + printed + after)
    assert (len(before), len(before) + len(printed)) in places


@given(TEXTS, TEXTS)
def test_what_is_found_is_the_words_and_nothing_is_missed(words: str, text: str) -> None:
    sought = " ".join(fold(words).split())
    found = occurrences(words, text)
    assert all(re.sub(" +", " ", fold(text[start:end])) == sought for start, end in found)
    assert list(found) == sorted(found)
    assert bool(found) == bool(sought and re.search(re.escape(sought), re.sub(" +", " ", fold(text))))


@given(st.text("ab", max_size=12))
def test_places_that_overlap_are_all_found(text: str) -> None:
    expected = tuple((start, start + 2) for start in range(len(text) - 1) if text[start : start + 2] == "aa")
    assert occurrences("aa", text) == expected


def test_real_sentences_with_odd_blanks_and_hyphens() -> None:
    drug = "showed a binding affinity ten times higher (Kd\u2005=24.3\u00a0nM) than that of 15-IgBP"
    start, end = occurrences("affinity ten times higher (Kd =24.3 nM)", drug)[0]
    assert drug[start:end] == "affinity ten times higher (Kd\u2005=24.3\u00a0nM)"
    brain = "because of the formidable blood\u2012brain barrier (BBB)"
    assert [brain[start:end] for start, end in occurrences("blood-brain barrier", brain)] == [
        "blood\u2012brain barrier"
    ]
    dose = "carboplatin (area under the curve 6 mg/mL  per  min intravenous)"
    assert occurrences("6 mg/mL per min", dose) == ((34, 51),)
    assert occurrences("", dose) == occurrences("  ", dose) == ()


def test_a_place_that_cuts_a_word_is_told() -> None:
    assert [cuts_a_word("HER2", start, end) for start, end in ((0, 4), (0, 3), (1, 4))] == [False, True, True]
