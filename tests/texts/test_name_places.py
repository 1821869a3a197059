"""Names are found as whole words in the spellings of papers, and abbreviations as the paper defines them."""

import re
from collections.abc import Mapping
from itertools import chain
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from her2ld.texts import name_places
from her2ld.texts.name_places import abbreviations_of, find_name

BLANKS = " \u00a0\u2009\u2005"
HYPHENS = "-\u2010\u2011\u2012"
# Words without letters that have a second spelling.
WORDS = st.lists(
    st.text("bcdgkn", min_size=2, max_size=5) | st.sampled_from(["BT", "474", "SK", "BR"]), min_size=1, max_size=4
)


def found(name: str, text: str, abbreviations: Mapping[str, str] | None = None) -> str | None:
    place = find_name([name], text, 0, len(text), abbreviations or {})
    return text[slice(*place)] if place else None


@given(WORDS, st.data())
def test_a_name_is_found_at_its_place_however_its_parts_are_joined(words: list[str], data: st.DataObject) -> None:
    gaps = [data.draw(st.sampled_from(["", *BLANKS, *HYPHENS])) for _ in words[1:]]
    # Digits that touch are one number.
    gaps = [
        gap or ("-" if one.isdigit() and other.isdigit() else "")
        for gap, one, other in zip(gaps, words, words[1:], strict=False)
    ]
    shown = "".join(part for pair in zip(words, [*gaps, ""], strict=True) for part in pair)
    text = f"\u2014 {shown}, \u00e9 {shown}"
    assert find_name([" ".join(words)], text, 0, len(text), {}) == (2, 2 + len(shown))
    assert find_name(["-".join(words)], text, 3, len(text), {}) == (6 + len(shown), len(text))
    assert find_name([" ".join(words)], text, 3, len(text) - 1, {}) is None
    assert find_name([" ".join(words)], f"x{shown}; {shown}9", 0, 99, {}) is None


@given(
    st.lists(st.text("aA bB-2.(\u03b2\u00e9", max_size=6), max_size=3),
    st.text("aA bB-2.(\u03b2\u00e9s", max_size=30),
    st.integers(0, 30),
    st.integers(0, 30),
    st.dictionaries(st.sampled_from(["A", "b", "B2"]), st.sampled_from(["a bA", "A", "2"]), max_size=2),
)
def test_what_is_found_lies_in_the_run_and_is_whole_words(
    names: list[str], text: str, start: int, end: int, abbreviations: dict[str, str]
) -> None:
    place = find_name(names, text, start, end, abbreviations)
    if place:
        first, last = place
        assert start <= first < last <= min(end, len(text))
        for edge in place:
            assert not (0 < edge < len(text) and text[edge - 1].isalnum() and text[edge].isalnum())
        if not abbreviations:
            letters = {re.sub(r"[\W_]|s(?!\w)", "", name).casefold().replace("beta", "\u03b2") for name in names}
            assert re.sub(r"[\W_]|s(?!\w)", "", text[first:last]).casefold() in letters


def test_the_first_place_and_of_several_there_the_longest() -> None:
    text = "HER2 amplification and HER2-positive breast cancer"
    names = ["breast cancer", "HER2-positive breast cancer", "HER2-positive"]
    assert find_name(names, text, 0, len(text), {}) == (23, 50)
    assert find_name(names, text, 0, 45, {}) == (23, 36)
    assert find_name(names, text, 24, len(text), {}) == (37, 50)
    assert find_name(["A A"], "A A A", 1, 5, {}) == (2, 5)
    assert find_name(["ER ER"], "er ER ER", 0, 8, {}) == (3, 8)
    assert find_name([], text, 0, len(text), {}) is None
    assert find_name(["", "--"], text, 0, len(text), {}) is None


SPELLED = {
    "SK-BR-3": ["SKBR3", "SK BR 3", "SK\u2011BR\u20113", "Sk-Br-3"],
    "SKBR3": ["SK-BR-3"],
    "HER2": ["HER-2", "Her2", "HER 2"],
    "HER2/neu": ["HER-2/neu", "HER2 neu"],
    "tumor growth": ["tumour growth", "tumor\u2009growth"],
    "tumour": ["tumor", "tumors", "tumours"],
    "signaling pathway": ["signalling pathways"],
    "signalling": ["signaling"],
    "estrogen receptor": ["oestrogen receptor"],
    "oestrogen": ["estrogen"],
    "anemia": ["anaemia"],
    "haematological toxicity": ["hematological toxicities"],
    "diarrhea": ["diarrhoea"],
    "randomized": ["randomised"],
    "randomisation": ["randomization"],
    "fiber": ["fibres"],
    "centre": ["centers"],
    "lymph node micrometastasis": ["lymph node micro-metastases"],
    "metastases": ["metastasis"],
    "biopsy": ["biopsies"],
    "biopsies": ["biopsy"],
    "disease": ["diseases"],
    "diseases": ["disease"],
    "genes": ["gene"],
    "class": ["classes"],
    "classes": ["class"],
    "virus": ["viruses"],
    "agents": ["agent"],
    "line of therapy": ["lines of therapy"],
    "TGF-beta": ["TGF-\u03b2", "TGF\u03b2", "TGF beta"],
    "TNF-\u03b1": ["TNF-alpha", "TNF\u03b1"],
    "blood-brain barrier": ["blood\u2012brain barrier"],
    "MET": ["MET", "Met", "METs"],
    "HR+": ["HR+"],
}


@pytest.mark.parametrize("name", SPELLED)
def test_spellings_of_one_name(name: str) -> None:
    assert {shown: found(name, f"of {shown}, in") for shown in SPELLED[name]} == {
        shown: shown for shown in SPELLED[name]
    }


OTHERS = {
    "HER2": "HER20, HER2a, aHER2, HER3, HER 2.5",
    "MET": "we met, and metal",
    "ER": "to err or er",
    "2": "0.2 and 2.5 and 2\u00b75",
    "tumor": "tumorous, humor",
    "breast cancer": "breast and cancer",
    "KIT": "kit",
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_another_word(name: str) -> None:
    assert found(name, OTHERS[name]) is None


PD1 = (
    "programmed death ligand 1 (PD-L1) for programmed death 1 (PD-1) inhibitors remains unclear in gastric cancer (GC)"
)
REAL = [
    # name, sentence, abbreviations that the record defines, words
    ("substance P expression", "found between SP expression level and", {"SP": "substance P"}, "SP expression"),
    ("PAMAM dendrimers", "that PAMAM dendrimers, mainly cationic types", {}, "PAMAM dendrimers"),
    ("PD-1 inhibitor", PD1, abbreviations_of(PD1), "programmed death 1 (PD-1) inhibitors"),
    ("PD-L1", PD1, abbreviations_of(PD1), "programmed death ligand 1 (PD-L1)"),
    ("gastric cancer cell", "expression on GC cells through", abbreviations_of(PD1), "GC cells"),
    ("trastuzumab", "PD-L1 upregulation by Tmab was also", {"Tmab": "trastuzumab"}, "Tmab"),
    ("trastuzumab", "effects of trastuzumab (Tmab) on PD-L1", {"Tmab": "trastuzumab"}, "trastuzumab (Tmab)"),
    ("hazard ratio", "MONARCH 2 (hazard ratio [HR], 0.520", {"HR": "hazard ratio"}, "hazard ratio [HR]"),
    ("lymph node micrometastasis", "LN micro-metastases have no", {"LN": "lymph node"}, "LN micro-metastases"),
    (
        "metastatic salivary duct carcinoma",
        "or metastatic SDC positive",
        {"SDC": "Salivary duct carcinoma"},
        "metastatic SDC",
    ),
    ("invasive lobular carcinoma", "alterations in ILC compared", {"ILC": "Invasive lobular carcinoma"}, "ILC"),
    ("breast cancer brain metastasis", "inhibit BCBMs growth", {"BCBMs": "Breast cancer brain metastases"}, "BCBMs"),
    ("JNK signaling", "via JNK1/2/3, ERK1/2, and HER1/2 signalling", {}, None),
    ("15-Lys8Aecl", "(15-Lys8Aecl) was synthesized", {}, "15-Lys8Aecl"),
    (
        "immunoglobulin G",
        "Immunoglobulin G (IgG)-binding peptides",
        {"IgG": "Immunoglobulin G"},
        "Immunoglobulin G (IgG)",
    ),
    ("advanced solid tumor", "subjects with advanced solid tumours", {}, "advanced solid tumours"),
    ("group B", "283 patients in group B)", {}, "group B"),
]


@pytest.mark.parametrize(("name", "sentence", "abbreviations", "words"), REAL)
def test_names_of_real_sentences(name: str, sentence: str, abbreviations: dict[str, str], words: str | None) -> None:
    assert found(name, sentence, abbreviations) == words


def test_many_abbreviations_of_one_name_are_bounded() -> None:
    abbreviations = {f"A{number}": "a b" for number in range(40)}
    assert found("a b a b a b", "of a b a b A0", abbreviations) == "a b a b A0"
    assert found("a b a b a b", "of a b a b ab", abbreviations) == "a b a b ab"


DEFINED = {
    "hazard ratio [HR], 0.520; 95% confidence interval [CI], 0.362": {
        "HR": "hazard ratio",
        "CI": "confidence interval",
    },
    "poly (amidoamine) (PAMAM) dendrimers (G4 and G6)": {"PAMAM": "poly (amidoamine)"},
    "hormone receptor positive (HR+) and human epidermal growth factor receptor 2-negative (HER2-)": {
        "HR+": "hormone receptor positive",
        "HER2-": "human epidermal growth factor receptor 2-negative",
    },
    "NRGs (Neuregulins) and ILC (invasive lobular carcinoma)": {
        "NRGs": "Neuregulins",
        "ILC": "invasive lobular carcinoma",
    },
    "reactive oxygen species (ROS, see below) and phospholipase C-gamma (PLC-\u03b3)": {
        "ROS": "reactive oxygen species",
        "PLC-\u03b3": "phospholipase C-gamma",
    },
    "Breast cancer brain metastases (BCBMs), but breast-cell basement membranes (BCBMs)": {
        "BCBMs": "Breast cancer brain metastases"
    },
    "blood\u2012brain barrier (BBB)": {"BBB": "blood\u2012brain barrier"},
    "(TS \u2264 5), EGFR1 (HER1), group A); or trastuzumab and pertuzumab (group B), 227 (80%), a (p = 0.03)": {},
    "4-(2-aminoethylcarbamoyl)leucine (Aecl)": {},
    "HER2 (HER2) and (A)": {},
}


@pytest.mark.parametrize("text", DEFINED)
def test_abbreviations_of_real_sentences(text: str) -> None:
    assert abbreviations_of(text) == DEFINED[text]


@given(st.text("aAbB1 ()[]-;,\u03b3", max_size=60))
def test_both_forms_of_an_abbreviation_stand_in_the_text(text: str) -> None:
    for short, long in abbreviations_of(text).items():
        assert short in text
        assert long in text
        assert len(short) < len(long)
        assert long[0].isalnum()


# Words with two spellings or several endings, and marks.
PARTS = st.lists(
    st.sampled_from(
        ["tumour", "tumors", "biopsy", "biopsies", "of", "HER2", "3", "\u03b2", "beta", "(", ")", "[", "+"]
    ),
    min_size=1,
    max_size=5,
)


class Anything(str):
    """A text that is said to contain every other."""

    __slots__ = ()

    def __contains__(self, _: object) -> bool:
        """Tell that it does."""
        return True


@given(PARTS, st.lists(st.sampled_from(["", " ", "-", "/", " ("]), min_size=10, max_size=10), PARTS)
@settings(max_examples=300)
def test_letters_that_are_looked_for_first_hide_no_name(parts: list[str], gaps: list[str], others: list[str]) -> None:
    name = " ".join(parts)
    turned = [{"(": "[", "tumour": "tumor", "\u03b2": "beta", "biopsy": "biopsies"}.get(each, each) for each in parts]
    for words in (parts, turned, [*others, *parts]):
        text = "".join(chain.from_iterable(zip(words, gaps, strict=False)))
        with patch.object(name_places, "_letters_alone", lambda *_: Anything()):
            everywhere = found(name, text)
        assert found(name, text) == everywhere
