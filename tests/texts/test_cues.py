"""Cues are whole words and whole phrases, whatever their blanks and hyphens."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2ld.texts.cues import CueFinder, cue_finder
from her2ld.texts.folding import fold

WORDS = {
    "possible": ["may", "might", "could", "can", "potential", "implicate"],
    "probable": ["likely", "suggest", "suggests", "well-tolerated"],
    "denied": ["no", "not", "should not", "cannot"],
    "not found": ["no detectable", "no clinically relevant", "no significant"],
    "gap": ["remains unclear", "not known", "still not defined"],
    "none": ["not only", "no longer"],
}
FINDER = cue_finder(WORDS)
ALL_WORDS = [(words, value) for value, each in WORDS.items() for words in each]


def cues(text: str, finder: CueFinder = FINDER) -> list[tuple[str, str]]:
    return [(cue.words, cue.value) for cue in finder.find(text)]


REAL = {
    "These findings implicate that PAMAMs may possess important therapeutic effects": [
        ("implicate", "possible"),
        ("may", "possible"),
    ],
    "LN micro-metastases have no detectable prognostic impact and should not be considered as a determining factor": [
        ("no detectable", "not found"),
        ("should not", "denied"),
    ],
    "There were no clinically relevant drug-drug interactions observed between ALP and EVE.": [
        ("no clinically relevant", "not found")
    ],
    "was also observed in the GC cells co-cultured with NK cells in time-dependent manner, but not with monocytes.": [
        ("not", "denied")
    ],
    "Tmab can upregulate PD-L1 expression on GC cells through interaction with NK cells.": [("can", "possible")],
    "PD-1 inhibitors remains unclear in gastric cancer (GC)": [("remains unclear", "gap")],
    "the therapeutic potential of AGAP2-AS1 in trastuzumab resistance is still not defined.": [
        ("potential", "possible"),
        ("still not defined", "gap"),
    ],
    "The upregulated NFKB2 might be the reason of NRG1 downregulation": [("might", "possible")],
    "patients who were likely to benefit from chemotherapy-free dual HER2 blockade": [("likely", "probable")],
}


@pytest.mark.parametrize("sentence", REAL)
def test_cues_of_real_sentences(sentence: str) -> None:
    assert cues(sentence) == REAL[sentence]


CASES = {
    "No significant difference; no\u00a0 \u2009significant gain": ["No significant", "no\u00a0 \u2009significant"],
    "It was well\u2011tolerated and well-tolerated": ["well\u2011tolerated", "well-tolerated"],
    "Not only A, not known B, no longer C, not D": ["Not only", "not known", "no longer", "not"],
    "mayhem, nothing, cannery, notable, ino, no1": [],
    "not-amplified (not) NOT": ["not", "not", "NOT"],
    "cannot, can't, can\u2019t": ["cannot"],
    # The month
    "in May 2001, in May, by May 5 and since early May it may": ["may"],
    "May 2001 was wet. May it help? (May 5)": ["May"],
    "it was not. May it? MAY 2001": ["not", "May", "MAY"],
    # The vessel, and what one is able to
    "a can of A and the can; it can and A can": ["can", "can"],
    # The sign of numbers
    "grant no. 5, No.12, N\u00ba 3, no \u00ba; answered no. It": ["no", "no"],
    # The comparison
    "Women were more likely than men to respond and as likely as boys": [],
    "less likely to respond compared with men": [],
    "most likely, more likely than not, more likely due to A": ["likely", "likely", "likely"],
    "likely to be higher than B, more likely due to A, which is larger than B": ["likely", "likely"],
}


@pytest.mark.parametrize("text", CASES)
def test_what_is_a_cue_and_what_only_looks_like_one(text: str) -> None:
    assert [words for words, _ in cues(text)] == CASES[text]


@given(
    st.lists(st.sampled_from(ALL_WORDS), max_size=5),
    st.lists(st.sampled_from(["A raised B ", "(", "in HER2-", "\u2014", "5 of 7; "]), min_size=6, max_size=6),
    st.sampled_from([" ", "\u00a0", " \u2009"]),
    st.sampled_from([str.upper, str.lower]),
)
def test_each_phrase_is_found_once_at_its_place(
    given_words: list[tuple[str, str]], between: list[str], blank: str, cased: Callable[[str], str]
) -> None:
    text, expected = between[0], []
    for (words, value), following in zip(given_words, between[1:], strict=False):
        shown = cased(words.replace(" ", blank))
        expected.append((len(text), len(text) + len(shown), shown, value))
        text += f"{shown}, {following}"
    found = FINDER.find(text)
    assert [(cue.start, cue.end, cue.words, cue.value) for cue in found] == expected


@given(st.text("mayno tsignfct.-,;\u00a0", max_size=40))
def test_cues_slice_the_text_and_do_not_overlap(text: str) -> None:
    found = FINDER.find(text)
    places = [place for cue in found for place in (cue.start, cue.end)]
    assert places == sorted(places)
    for cue in found:
        assert cue.words == text[cue.start : cue.end]
        assert (" ".join(fold(cue.words).split()), cue.value) in ALL_WORDS
        assert not text[cue.start - 1 : cue.start].isalnum() or cue.start == 0
        assert not text[cue.end : cue.end + 1].isalnum()


def test_finders_of_nothing_and_of_contradictions() -> None:
    assert cue_finder({}).find("A may not") == ()
    with pytest.raises(ValueError, match="'May' is given as a cue of 'b', and is one of 'a'"):
        cue_finder({"a": ["may"], "b": ["May"]})
    with pytest.raises(ValueError, match="blank"):
        cue_finder({"a": [" "]})
