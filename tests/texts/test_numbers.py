"""Numbers are found whole and at their place, whatever way a paper prints them."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2ld.texts.numbers import Printed, Wanted, find_fitting, find_number, find_numbers, with_operator

WORDS = """
    zero one two three four five six seven eight nine
    ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
"""
SMALL = WORDS.split()
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
# Letters, digits and marks that numbers of real texts stand among.
PROSE = st.text(
    "abGkmxE 0123456789.,-/()[]%<>=~\u00b7\u2013\u2212\u2009\u2014\u00b2\u207b\u00d7^'\u2265sixteny", max_size=40
)


def said(text: str) -> list[str]:
    """Return each number of a text with operator and unit: ``> 7 mo [7]``."""
    return [
        " ".join(filter(None, (each.operator, f"{each.value:f}", each.unit, f"[{text[each.start : each.end]}]")))
        for each in find_numbers(text)
    ]


def in_words(value: int) -> str:
    """Return a number under a million in English words."""
    if value >= 1000:
        rest = f" {in_words(value % 1000)}" if value % 1000 else ""
        return f"{in_words(value // 1000)} thousand{rest}"
    if value >= 100:
        rest = f" and {in_words(value % 100)}" if value % 100 else ""
        return f"{SMALL[value // 100]} hundred{rest}"
    if value >= 20:
        return TENS[value // 10 - 2] + (f"-{SMALL[value % 10]}" if value % 10 else "")
    return SMALL[value]


@st.composite
def printed(draw: st.DrawFn) -> tuple[Decimal, str]:
    """Return a value, and one of the ways to print it."""
    whole = draw(st.integers(0, 999_999))
    way = draw(st.sampled_from(["words", "plain", "commas", "blanks", "decimal", "raised", "bare", "minus", "power"]))
    decimals = draw(st.text("0123456789", min_size=1, max_size=4))
    grouped = f"{whole:,}"
    value = Decimal(f"{whole}.{decimals}")
    point = draw(st.sampled_from("\u00b7\u2027\u22c5\u2219\u25cf"))
    exponent = draw(st.integers(1, 30))
    sign = draw(st.sampled_from("-\u2212"))
    return {
        "words": (Decimal(whole), in_words(whole)),
        "plain": (Decimal(whole), str(whole)),
        "commas": (Decimal(whole), grouped),
        "blanks": (Decimal(whole), grouped.replace(",", draw(st.sampled_from(" \u00a0\u2009\u202f")))),
        "decimal": (Decimal(f"{whole}.{decimals}"), f"{grouped}.{decimals}"),
        "raised": (value, f"{whole}{point}{decimals}"),
        "bare": (Decimal(f"0.{decimals}"), f".{decimals}"),
        "minus": (-value, f"{sign}{whole}.{decimals}"),
        "power": (value.scaleb(-exponent), f"{whole}.{decimals} \u00d7 10{sign}{exponent}"),
    }[way]


@given(
    printed(),
    st.sampled_from(["", "was ", "of (", "group A vs ", "HER2, "]),
    st.sampled_from(["", " of", ")", "; p", "."]),
)
def test_a_value_is_read_back_from_each_way_to_print_it(way: tuple[Decimal, str], before: str, after: str) -> None:
    value, digits = way
    numbers = find_numbers(before + digits + after)
    assert [(each.value, each.start, each.end) for each in numbers] == [(value, len(before), len(before + digits))]


@given(PROSE)
def test_numbers_are_in_order_apart_and_read_the_same_alone(text: str) -> None:
    numbers = find_numbers(text)
    places = [place for each in numbers for place in (each.start, each.end)]
    assert places == sorted(places)
    assert all(each.start < each.end for each in numbers)
    for each in numbers:
        # A comma is a decimal point before a per cent sign.
        sign = "%" if re.match(" ?%", text[each.end :]) else ""
        alone = find_numbers(text[each.start : each.end] + sign)
        assert [(part.value, part.start, part.end) for part in alone] == [(each.value, 0, each.end - each.start)]


@given(PROSE)
def test_no_number_is_part_of_a_larger_one_or_of_a_name(text: str) -> None:
    for each in find_numbers(text):
        before, after = text[: each.start], text[each.end :]
        assert not re.search(r"[0-9a-zA-Z_]\Z", before) or each.unit or find_numbers(before)[-1:] != ()
        assert not re.match(r"[0-9_]|[.\u00b7][0-9]", after)
        assert each.unit or not re.match("[A-Za-z]", after)


def test_values_are_sought_among_whole_numbers_only() -> None:
    text = "HER2 0.52 in 61 of 13 773 with IL-2 and ERK1/2, 1,234 cells"
    for part in ("1", "2", "0.5", "6", "13", "773", "234", "52"):
        assert find_number(Decimal(part), text) is None
    assert find_number(Decimal("0.520"), text) == Printed(Decimal("0.52"), 5, 9, None, None)


def test_equal_numbers_are_taken_in_order() -> None:
    text = "(2 vs 2 of 2.0)"
    found = find_fitting(Wanted(Decimal(2)), text)
    assert [(fit, text[each.start : each.end]) for fit, each in found] == [
        ((0, 0, 0), "2"),
        ((0, 0, 0), "2"),
        ((0, 0, 0), "2.0"),
    ]


def test_the_unit_chooses_between_equal_numbers() -> None:
    text = "six [9%] of 68 patients vs 9 of 70 at 9 months"
    by_unit = {unit: find_number(Decimal(9), text, unit=unit) for unit in (None, "%", "mo", "mg")}
    assert {unit: found and found.start for unit, found in by_unit.items()} == {None: 27, "%": 5, "mo": 38, "mg": 27}
    assert find_number(Decimal(68), "68 patients, 68%", unit="mg") == Printed(Decimal(68), 0, 2, None, None)
    assert find_number(Decimal(68), "at 68 weeks", unit="%") is None


@pytest.mark.parametrize(
    ("spelling", "printed"), [("four", "four"), ("4", "4"), (None, "4"), ("n = 4", "4"), ("4.0", "4")]
)
def test_of_equal_numbers_the_one_in_the_spelling_given_comes_first(spelling: str | None, printed: str) -> None:
    text = "grade 3-4 anaemia in four of 283"
    found = find_fitting(Wanted(Decimal(4), spelling=spelling), text)
    _, best = min(found, key=lambda each: each[0])
    assert text[best.start : best.end] == printed


FITS = {
    # The unit of a list is printed behind its last number.
    ("8", "mo", None, "37, 12, 8, 8 and 8 months"): [0, 0, 0],
    ("8", "mo", None, "8 of 12, 8 vs. 8 months"): [1, 0, 0],
    ("8", "%", None, "8, 8 and 8 months"): [2, 2],
    ("3", "mo", None, "8 mg, 3 and 3 weeks"): [2],
    ("10", "%", None, "10 to 10%, 10 (10%)"): [0, 0, 1, 0],
    # A number without a unit prefers digits without one.
    ("4", None, None, "ten [4%], 3-4 and 4; 4%"): [2, 0, 0, 2],
    # The operator that is printed.
    ("0.001", None, "<", "p = 0.001, p <0.001, 0.001"): [1, 0, 1],
    ("0.001", None, "=", "p = 0.001, p <0.001, 0.001"): [0, 1, 0],
    ("18", "a", "\u2265", "18 years, 18 years or older"): [1, 0],
}


@pytest.mark.parametrize("case", FITS)
def test_how_a_number_fits(case: tuple[str, str | None, str | None, str]) -> None:
    value, unit, operator, text = case
    found = find_fitting(Wanted(Decimal(value), unit, operator), text)
    assert [sum(fit) for fit, _ in found] == FITS[case]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("grade 3 or higher in", "3 or higher"),
        ("grade \u2265 3 in", "\u2265 3"),
        ("over 10-fold or higher", "over 10-fold or higher"),
        ("p = 3 of", "3"),
        ("18 years", "18"),
    ],
)
def test_a_number_with_its_operator(text: str, whole: str) -> None:
    start, end = with_operator(text, find_numbers(text)[0])
    assert text[start:end] == whole


NO_NUMBERS = """
    HER2, ErbB-2, IL-2, IL\u20112, ERK1/2, JNK1/2/3, HER1-4, MMP-3/13, ADAMTS-4/5, H3K27ac, 18F-FDG, QLQ-C30, 1st, 2nd,
    17-AAG, 15-IgBP, 15-Lys8Aecl, 5-fluorouracil, 4-(2-aminoethylcarbamoyl)leucine, 2,4-dinitrochlorbenzene,
    2016-002676-27, 5'-UTR, pN1mi, V600E, 3D, 4T, TEN, tenfold, twenty-first, one-third, someone, weighty,
    s\u207b\u00b9, 1.2.3, x_2
"""


@pytest.mark.parametrize("name", re.split(r",\s+", NO_NUMBERS.strip()))
def test_names_with_digits_hold_no_number(name: str) -> None:
    assert said(f"the {name} of") == []


CASES = {
    "over 7 months": ["> 7 mo [7]"],
    "more than 3-fold": ["> 3 1 [3]"],
    "no more than 2": ["\u2264 2 [2]"],
    "not less than 2 weeks": ["\u2265 2 wk [2]"],
    "moreover 7": ["7 [7]"],
    "10-fold or higher than those": ["\u2265 10 1 [10]"],
    "aged 18 years or older, 65 and older": ["\u2265 18 a [18]", "\u2265 65 [65]"],
    "18 years of age or older, 5% or less": ["\u2265 18 a [18]", "\u2264 5 % [5]"],
    "n = 3 or more, grade three or worse": ["\u2265 3 [3]", "\u2265 3 [three]"],
    "at most 3 or more": ["\u2264 3 [3]"],
    "5 or more than 6, 5 and over 7": ["5 [5]", "> 6 [6]", "5 [5]", "> 7 [7]"],
    "5 and higher doses, 6 or moreover": ["5 [5]", "6 [6]"],
    "up to 90%": ["\u2264 90 % [90]"],
    "<0\u00b70001 and P < .001": ["< 0.0001 [0\u00b70001]", "< 0.001 [.001]"],
    "at least 10% in 65\u00b70%": ["\u2265 10 % [10]", "65.0 % [65\u00b70]"],
    "\u223c3, \u2248 4, >= 5, ca. 6": ["~ 3 [3]", "~ 4 [4]", "\u2265 5 [5]", "~ 6 [6]"],
    "0,05 and 12,5% but stages 1,2": ["0.05 [0,05]", "12.5 % [12,5]", "1 [1]", "2 [2]"],
    "43, 41,46 and 17 months": ["43 [43]", "41 [41]", "46 [46]", "17 mo [17]"],
    "Twenty two percent": ["22 % [Twenty two]"],
    "One hundred thirty-one": ["131 [One hundred thirty-one]"],
    "two million, 1.2 million": ["2000000 [two million]", "1200000.0 [1.2 million]"],
    "a 61-year-old, the sixteen-week rate": ["61 a [61]", "16 wk [sixteen]"],
    "10mg-15mg, 24h, 10%-15%": ["10 mg [10]", "15 mg [15]", "24 h [24]", "10 % [10]", "15 % [15]"],
    "18 months-3 years, 18.5-NE": ["18 mo [18]", "3 a [3]", "18.5 [18.5]"],
    "\u22120.5 to -0.2, -0.5-\u22120.2, 5 -10": [
        "-0.5 [\u22120.5]",
        "-0.2 [-0.2]",
        "-0.5 [-0.5]",
        "-0.2 [\u22120.2]",
        "5 [5]",
        "10 [10]",
    ],
    "(5)-6 and [5] -6": ["5 [5]", "6 [6]", "5 [5]", "6 [6]"],
    "2e-5, 3 \u00d7 10\u207b\u2076, 1.5 x 10^4": [
        "0.00002 [2e-5]",
        "0.000003 [3 \u00d7 10\u207b\u2076]",
        "15000 [1.5 x 10^4]",
    ],
    "75 mg/m2, 2\u00b75 mg/day, 20 \u03bcM": ["75 mg/m2 [75]", "2.5 mg/d [2\u00b75]", "20 umol/L [20]"],
    "(1:4), 5/10, pN1 = 1, 1999\u20142014": [
        "1 [1]",
        "4 [4]",
        "5 [5]",
        "10 [10]",
        "= 1 [1]",
        "1999 [1999]",
        "2014 [2014]",
    ],
}


@pytest.mark.parametrize("text", CASES)
def test_numbers_as_papers_print_them(text: str) -> None:
    assert said(text) == CASES[text]


# The quotes of the twenty-four sentences of the statement model, each with its numbers after "=>".
QUOTES = """
- median progression-free survival (PFS) was significantly prolonged in the abemaciclib arm compared with placebo
  in both MONARCH 2 (hazard ratio [HR], 0.520; 95% confidence interval [CI], 0.362 to 0.747; P < .001; median:
  21.2 vs 11.6 months)
  => 2 | 0.520 | 95 % | 0.362 | 0.747 | < 0.001 | 21.2 | 11.6 mo
- A significant association was found between SP expression level and breast cancer molecular subtype (p = 0.002),
  TNM stage (p = 0.034)
  => = 0.002 | = 0.034
- PAMAMs enhance JNK1/2/3 expression while blocking ERK1/2, in addition to EGFR1 (HER1) and HER2 activities
  =>
- (15-Lys8Aecl) was synthesized and showed a binding affinity ten times higher (Kd\u2005=24.3\u2005nM) than that
  of 15-IgBP (Kd\u2005=267\u2005nM)
  => 10 | = 24.3 nmol/L | = 267 nmol/L
- NFKB2 directly targeted the promoter region of NRG1 and inhibited NRG1 expression
  =>
- PAMAM dendrimers, mainly cationic types, significantly reduce cell viability in a dose-dependent manner
  =>
- Invasive lobular carcinoma (ILC) accounts for 10% to 15% of breast cancers in the United States
  => 10 % | 15 %
- 80% of which are estrogen receptor (ER)-positive
  => 80 %
- we randomly assigned 71 patients to group A and 285 to group B
  => 71 | 285
- 227 (80%) of 285 patients in group B were 18F-FDG-PET responders
  => 227 | 80 % | 285
- of whom 86 (37\u00b79%, 95% CI 31\u00b76-44\u00b75; p<0\u00b70001 compared with the historical rate) of 227 had
  a pathological complete response
  => 86 | 37.9 % | 95 % | 31.6 | 44.5 | < 0.0001 | 227
- grade 3-4 adverse events were anaemia (six [9%] of 68 patients in group A vs four [1%] of 283 patients in group
  B)
  => 3 | 4 | 6 | 9 % | 68 | 4 | 1 % | 283
- The predictive significance of programmed death ligand 1 (PD-L1) for programmed death 1 (PD-1) inhibitors
  remains unclear in gastric cancer
  => 1 | 1
- AGAP2-AS1 may serve as predictive biomarker and therapeutic target for HER-2+ breast cancer patients
  =>
- in ILC compared with IDC, such as E-cadherin loss (66% vs. 3%), FOXA1 mutations (7% vs. 2%)
  => 66 % | 3 % | 7 % | 2 %
- The case of a 61-year-old male with SDC
  => 61 a
- Androgen deprivation therapy (ADT) involving combined androgen blockade (CAB) was effective as the first-line
  therapy for the patient's metastases and resulted in a progression-free survival (PFS) of over 7 months
  => > 7 mo
- androgen deprivation therapy is recommended for patients with recurrent or metastatic SDC positive for androgen
  receptor expression
  =>
- LN micro-metastases have no detectable prognostic impact and should not be considered as a determining factor in
  indicating adjuvant chemotherapy
  =>
- There were no clinically relevant drug-drug interactions observed between ALP and EVE
  =>
- PD-L1 upregulation by Tmab was also observed in the GC cells co-cultured with NK cells in time-dependent manner,
  but not with monocytes
  =>
- Exosomal AGAP2-AS1 induces trastuzumab resistance via modulating ATG10 expression and autophagy activity
  =>
- The delivered doxorubicin and lapatinib synergistically inhibit BCBMs growth and prolongs survival of mice
  =>
- human epidermal growth factor receptor 2 (Her2) positive 414 cases with mBC
  => 2 | 414
- The median OS was found as 43, 41, 46, 23 and 17 months for 1st, 2nd, 3rd, 4th and 5th line, respectively (p =
  0.032)
  => 43 | 41 | 46 | 23 | 17 mo | = 0.032
- implicate that PAMAMs may possess important therapeutic effects against HER2-positive breast cancer via
  JNK1/2/3, ERK1/2, and HER1/2 signalling pathways
  =>
- Tmab can upregulate PD-L1 expression on GC cells through interaction with NK cells
  =>
- ALP 250 mg + EVE 2.5 mg was declared as the MTD/RDE in subjects with advanced solid tumours
  => 250 mg | 2.5 mg
- Treatment was well tolerated by the patients.
  =>
"""
SENTENCES = {
    " ".join(quote.split("\n  ")): numbers.strip()
    for quote, numbers in (entry.strip("\n").split("\n  =>") for entry in QUOTES.split("\n- ")[1:])
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_number_of_the_real_sentences_and_no_other(sentence: str) -> None:
    assert " | ".join(re.sub(r" \[.*\]", "", number) for number in said(sentence)) == SENTENCES[sentence]


def test_the_real_sentences_are_all_there() -> None:
    assert len(SENTENCES) == 29
    assert sum(len(numbers.split(" | ")) for numbers in SENTENCES.values() if numbers) == 54
