"""What a curator copies from a paper is read whole, or refused with what to write instead."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2ld.errors import Problem
from her2ld.texts.numbers import find_numbers
from her2ld.texts.quantities import Interval, PValue, Quantity, read_count, read_interval, read_p, read_value
from her2ld.texts.units import nearest_units, ucum_code, unit_at

NUMBERS = st.decimals(0, 9999, places=3)
ANY_TEXT = st.text("01256.,<>=~%-()±topNRsigunfca \u00b7\u2013\u2265", max_size=16)
# The codes of UCUM that the reference rows name, and those that were looked up in the tables of ucumvert 0.3.2.
CODES = """
    [arb'U] {beats}/min cm mm3 d Cel 1 g Gy h [IU]/mL kcal/mol kg kJ/mol L/(mmol.s) ug ug/mL um umol/L mg mg.min/mL mg/d
    mg/kg mg/mL mg/m2 mL/min mm mm[Hg] mmol/L min mol/L mo ng ng/mL nm nmol/L % /uL pmol/L s m2 10*9/L T U/L wk a
    U/mL kg/m2 L m[IU]/mL mL uL pg pg/mL u ku mg/kg/d
"""


def number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def quantity(
    value: str | None, operator: str | None = None, unit: str | None = None, ucum: str | None = None
) -> Quantity:
    return Quantity(number(value), operator, None, None, unit, ucum)


def bounds(
    lower: str | None, upper: str | None, unit: str | None = None, ucum: str | None = None, operator: str | None = None
) -> Quantity:
    return Quantity(None, operator, number(lower), number(upper), unit, ucum)


VALUES = {
    "45.3%": quantity("45.3", None, "%", "%"),
    "21.2 months": quantity("21.2", None, "months", "mo"),
    "24.3 nM": quantity("24.3", None, "nM", "nmol/L"),
    "24.3 nm": quantity("24.3", None, "nm", "nm"),
    "over 7 months": quantity("7", ">", "months", "mo"),
    "37\u00b79%": quantity("37.9", None, "%", "%"),
    "<0\u00b70001": quantity("0.0001", "<"),
    "= 0.5": quantity("0.5"),
    "1,234": quantity("1234"),
    "1 234": quantity("1234"),
    "six": quantity("6"),
    "sixty-one": quantity("61"),
    "one hundred": quantity("100"),
    "\u22120.5": quantity("-0.5"),
    "~3": quantity("3", "~"),
    "\u2265 2": quantity("2", "\u2265"),
    "2 or more": quantity("2", "\u2265"),
    "10-fold or higher": quantity("10", "\u2265", "fold", "1"),
    "18 years of age or older": quantity("18", "\u2265", "years", "a"),
    "5% or less": quantity("5", "\u2264", "%", "%"),
    "at least 3": quantity("3", "\u2265"),
    "up to 90%": bounds(None, "90", "%", "%"),
    "10 to 15%": bounds("10", "15", "%", "%"),
    "10% to 15%": bounds("10", "15", "%", "%"),
    "around 15-25%": bounds("15", "25", "%", "%", "~"),
    "three to six months": bounds("3", "6", "months", "mo"),
    "(9%)": quantity("9", None, "%", "%"),
    "[9%]": quantity("9", None, "%", "%"),
    "61-year": quantity("61", None, "year", "a"),
    "75\u00a0mg/m\u00b2": quantity("75", None, "mg/m\u00b2", "mg/m2"),
    "3-fold": quantity("3", None, "fold", "1"),
}


@pytest.mark.parametrize("text", VALUES)
def test_a_value_is_read_as_printed(text: str) -> None:
    assert read_value(text, "value") == VALUES[text]


@given(
    NUMBERS,
    NUMBERS,
    st.sampled_from([" to ", "-", "\u2013", ", ", " and ", " - ", " through "]),
    st.sampled_from(["{}", "({})", " [{}] "]),
)
def test_an_interval_is_read_back_from_each_way_to_print_it(
    one: Decimal, other: Decimal, between: str, around: str
) -> None:
    lower, upper = sorted([one, other])
    text = around.format(f"{lower}{between}{upper}%")
    assert read_interval(text, "ci95") == Interval(lower, upper, "%", "%", None, None)
    assert read_value(text, "value") == Quantity(None, None, lower, upper, "%", "%")
    reversed_ = read_interval(f"{upper}{between}{lower}", "ci95")
    assert isinstance(reversed_, Problem) == (lower < upper)


@given(
    st.integers(0, 999),
    st.sampled_from(["", "%", " years", "-fold"]),
    st.sampled_from(
        ["≥ {} or higher", "≥ {} or older", "≥ {} and above", "≥ at least {}", "≤ {} or less", "> over {}"]
    ),
    st.sampled_from(["", " than those", ", 5", " and 5"]),
)
def test_a_value_has_the_operator_that_a_text_prints_with_it(value: int, unit: str, way: str, after: str) -> None:
    operator, text = way.format(f"{value}{unit}").split(" ", 1)
    read = read_value(text, "value")
    assert isinstance(read, Quantity)
    assert read.value == value
    assert read.operator == operator
    printed = find_numbers(f"in {text}{after}")[0]
    assert (printed.value, printed.operator, printed.unit) == (read.value, read.operator, read.ucum)


@given(ANY_TEXT)
def test_any_text_is_read_or_refused_with_a_remedy(text: str) -> None:
    for read in (read_value, read_interval, read_p, read_count):
        found = read(text, "here")
        if isinstance(found, Problem):
            assert found.where == "here"
            assert found.what
            assert found.remedy


INTERVALS = {
    "0.362 to 0.747": Interval(Decimal("0.362"), Decimal("0.747"), None, None, None, None),
    "31\u00b76-44\u00b75": Interval(Decimal("31.6"), Decimal("44.5"), None, None, None, None),
    "31.6\u201359.6": Interval(Decimal("31.6"), Decimal("59.6"), None, None, None, None),
    "(31.6, 59.6)": Interval(Decimal("31.6"), Decimal("59.6"), None, None, None, None),
    "\u22120.5 to -0.2": Interval(Decimal("-0.5"), Decimal("-0.2"), None, None, None, None),
    "18.5 to not reached": Interval(Decimal("18.5"), None, None, None, None, "NR"),
    "18.5-NE": Interval(Decimal("18.5"), None, None, None, None, "NE"),
    "18.5 months to NR": Interval(Decimal("18.5"), None, "months", "mo", None, "NR"),
    "NR to not estimable": Interval(None, None, None, None, "NR", "NE"),
}


@pytest.mark.parametrize("text", INTERVALS)
def test_an_interval_is_read_as_printed(text: str) -> None:
    assert read_interval(text, "ci95") == INTERVALS[text]


P_VALUES = {
    "< .001": PValue("<", Decimal("0.001"), None),
    "= 0.032": PValue("=", Decimal("0.032"), None),
    "<0\u00b70001": PValue("<", Decimal("0.0001"), None),
    "(P > 0.05)": PValue(">", Decimal("0.05"), None),
    "P value = 1.2 \u00d7 10\u22125": PValue("=", Decimal("0.000012"), None),
    "NS": PValue(None, None, significant=False),
    "p = NS": PValue(None, None, significant=False),
    "significantly": PValue(None, None, significant=True),
    "not significant": PValue(None, None, significant=False),
}


@pytest.mark.parametrize("text", P_VALUES)
def test_a_p_value_is_read_as_printed(text: str) -> None:
    assert read_p(text, "p") == P_VALUES[text]


def test_counts() -> None:
    assert [read_count(text, "n") for text in ("24", "six", "13 773", "0", " 1,234 ")] == [24, 6, 13773, 0, 1234]


UNITS = "“%”, “months”, “mg/kg” or “nM”; the counted things are not a unit"
INTERVAL = "write both bounds as the paper prints them, such as “31.6 to 59.6” or “18.5 to not reached”"
P_VALUE = "write it as the paper prints it, such as “< .001”, “= 0.03”, “NS” or “significantly”"
COUNT = "write one whole number, such as “24” or “six”"
REFUSED = {
    (read_value, "HER2"): ("there is no number in 'HER2'", "copy the number as the paper prints it, such as “45.3%”"),
    (read_value, "of 24%"): ("'of' is not part of a value", "write '24%'"),
    (read_value, "7 monhts"): ("“monhts” is not a known unit", "write a known unit: “months”"),
    (read_value, "10 or more patients"): ("'patients' is not part of a value", "write '10 or more'"),
    (read_value, "24 patients"): ("“patients” is not a known unit", f"write a known unit, such as {UNITS}"),
    (read_value, "5 \u00b1 2"): ("'5 \u00b1 2' has a \u00b1", "write the number after it into the field “sd”"),
    (read_value, "> 5 to 6"): (
        "'> 5 to 6' has two bounds and “>”",
        "write the bounds alone, or one value with its operator",
    ),
    (read_interval, "3 to 2"): ("the bounds of '3 to 2' are in the wrong order", "write the lower bound first"),
    (read_interval, "5"): ("an interval has two bounds, and '5' has 1", INTERVAL),
    (read_interval, "5 6"): ("nothing separates the bounds of '5 6'", INTERVAL),
    (read_interval, "1 mg to 6 kg"): ("the bounds of '1 mg to 6 kg' have two units", "write both bounds in one unit"),
    (read_interval, "CI 5 to 6"): ("'CI' is not part of an interval", INTERVAL),
    (read_p, "0.03"): ("'0.03' has no operator", "write the paper's operator before it, such as “= 0.03” or “< 0.03”"),
    (read_p, "< 1.2"): ("'< 1.2' is not a p-value, which lies between 0 and 1", P_VALUE),
    (read_p, "trend"): ("'trend' is not a p-value", P_VALUE),
    (read_count, "2.5"): ("'2.5' is not a count", COUNT),
    (read_count, "-3"): ("'-3' is not a count", COUNT),
    (read_count, "24 patients"): ("'24 patients' is not a count", COUNT),
}


@pytest.mark.parametrize(("read", "text"), REFUSED)
def test_what_is_refused_is_told_what_to_write(read: object, text: str) -> None:
    assert callable(read)
    assert read(text, "here") == Problem("here", *REFUSED[read, text])


UNITS_AS_PRINTED = """
    months=mo weeks=wk days=d years=a nM=nmol/L \u00b5M=umol/L uM=umol/L \u03bcM=umol/L mg=mg mg/kg=mg/kg mg/m2=mg/m2
    mg/m^2=mg/m2 mg/m\u00b2=mg/m2 \u00b5g=ug mcg=ug %=% h=h hours=h min=min Gy=Gy kDa=ku mm=mm cm=cm ng/mL=ng/mL
    ng/ml=ng/mL IU/mL=[IU]/mL mmHg=mm[Hg] \u00b0C=Cel mg/day=mg/d mg_per_kg/day=mg/kg/d kg/m2=kg/m2 cells/\u00b5L=/uL
    kcal/mol=kcal/mol Months=mo fold=1 mM-1_s-1=L/(mmol.s) \u00d7_10^9/L=10*9/L mg/mL_\u00d7_min=mg.min/mL per_cent=%
"""


def test_units_have_codes_that_were_looked_up() -> None:
    printed = {unit.replace("_", " "): code for unit, code in (each.split("=") for each in UNITS_AS_PRINTED.split())}
    assert {unit: ucum_code(unit) for unit in printed} == printed
    assert set(printed.values()) <= set(CODES.split())
    assert [ucum_code(each) for each in ("", "patients", "mg/", "/kg", "NM", "mg/patient", "mg/%")] == [None] * 7


def test_a_unit_in_a_text_is_the_longest_and_a_whole_word() -> None:
    text = "75 mg/m2 daily, 4T1 cells, 3 minor, 10mg"
    assert [unit and text[unit.start : unit.end] for unit in (unit_at(text, place) for place in (2, 17, 28, 38))] == [
        "mg/m2",
        None,
        None,
        "mg",
    ]
    assert nearest_units("xyz") == []
