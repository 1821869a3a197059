"""Stores that keep values may rewrite a literal of any datatype of XML Schema; what they would lose is said before."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from her2ld.errors import LoadError
from her2ld.loading import PRESETS, Sources, StoreClient, load_folder, load_store
from her2ld.loading.comparing import REWRITTEN, by_value, not_kept_by_oxigraph
from her2ld.vocabulary import standard

EXAMPLE = "http://example.org/"
ZONES = st.sampled_from(["", "Z", "+00:00", "-00:00", "+02:00", "-14:00"])
YEARS = st.sampled_from(["0001", "0044", "1999", "2000", "2026", "9999", "12026", "-0044"])
DAYS = st.builds("-{:02}-{:02}".format, st.integers(1, 12), st.integers(1, 28))
CLOCKS = st.one_of(
    st.just("24:00:00"),
    st.builds("{:02}:{:02}:{:02}{}".format, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59),
              st.sampled_from(["", ".5", ".50", ".000", ".123456"])),
)  # fmt: skip
SIGNS = st.sampled_from(["", "-"])
NUMBERS = st.integers(0, 400)


def joined(*parts: object) -> st.SearchStrategy[str]:
    each = (part if isinstance(part, st.SearchStrategy) else st.just(part) for part in parts)
    return st.builds("".join, st.tuples(*each))


def whole(least: int, greatest: int) -> st.SearchStrategy[str]:
    def written(number: int, zeros: str) -> str:
        return f"{'-' if number < 0 else ''}{zeros}{abs(number)}"

    return st.builds(written, st.integers(least, greatest), st.sampled_from(["", "0", "00"]))


MOMENT = joined(YEARS, DAYS, "T", CLOCKS)
PERIODS = joined(SIGNS, "P", NUMBERS.map("{}Y".format), NUMBERS.map("{}M".format))
SPANS = joined(SIGNS, "P", NUMBERS.map("{}D".format), "T", NUMBERS.map("{}H".format), NUMBERS.map("{}M".format),
               NUMBERS.map("{}.50S".format))  # fmt: skip
FORMS: dict[str, st.SearchStrategy[str]] = {
    "decimal": joined(SIGNS, NUMBERS.map(str), st.sampled_from(["", ".", ".0", ".10", ".001"])),
    "integer": whole(-(2**63), 2**63 - 1),
    "long": whole(-(2**63), 2**63 - 1),
    "int": whole(-(2**31), 2**31 - 1),
    "short": whole(-(2**15), 2**15 - 1),
    "byte": whole(-128, 127),
    "nonNegativeInteger": whole(0, 2**63 - 1),
    "positiveInteger": whole(1, 2**63 - 1),
    "nonPositiveInteger": whole(-(2**63), 0),
    "negativeInteger": whole(-(2**63), -1),
    "unsignedLong": whole(0, 2**64 - 1),
    "unsignedInt": whole(0, 2**32 - 1),
    "unsignedShort": whole(0, 2**16 - 1),
    "unsignedByte": whole(0, 255),
    "double": st.one_of(st.floats().map(lambda x: repr(x).replace("inf", "INF").replace("nan", "NaN")),
                        st.sampled_from(["1.50", "+1e3", "1E400", ".5", "5."])),
    "float": st.one_of(st.floats(width=32).map(lambda x: repr(x).replace("inf", "INF").replace("nan", "NaN")),
                       st.sampled_from(["16777217", "0.1", "1E39"])),
    "boolean": st.sampled_from(["1", "0", "true", "false"]),
    "dateTime": joined(MOMENT, ZONES),
    "dateTimeStamp": joined(MOMENT, ZONES.filter(bool)),
    "date": joined(YEARS, DAYS, ZONES),
    "time": joined(CLOCKS, ZONES),
    "gYear": joined(YEARS, ZONES),
    "gYearMonth": joined(YEARS, "-0", st.integers(1, 9).map(str), ZONES),
    "gMonth": joined("--0", st.integers(1, 9).map(str), ZONES),
    "gMonthDay": joined("-", DAYS, ZONES),
    "gDay": joined("---0", st.integers(1, 9).map(str), ZONES),
    "duration": st.one_of(PERIODS, SPANS, joined(SIGNS, "P", NUMBERS.map("{}M".format), NUMBERS.map("{}DT".format),
                                                 NUMBERS.map("{}S".format))),
    "dayTimeDuration": SPANS,
    "yearMonthDuration": PERIODS,
    "hexBinary": st.binary(max_size=4).map(bytes.hex),
    "base64Binary": st.sampled_from(["YQ==", "Y Q = =", ""]),
}  # fmt: skip
LITERALS = st.sampled_from(sorted(FORMS)).flatmap(
    lambda name: FORMS[name].map(lambda text: Literal(text, datatype=NamedNode(standard.XSD + name)))
)


def in_oxigraph(literal: Literal) -> Literal:
    store = Store()
    store.add(Quad(NamedNode("x:s"), NamedNode("x:p"), literal))
    (quad,) = store
    assert isinstance(quad.object, Literal)
    return quad.object


def test_every_datatype_that_is_compared_by_value_is_tried() -> None:
    assert set(FORMS) == REWRITTEN


@given(LITERALS)
def test_what_fits_its_datatype_has_the_same_value_in_oxigraph(literal: Literal) -> None:
    assert by_value(in_oxigraph(literal)) == by_value(literal)
    assert by_value(by_value(literal)) == by_value(literal)


@given(st.decimals(allow_nan=False, allow_infinity=False), st.decimals(allow_nan=False, allow_infinity=False))
def test_other_values_are_other_literals(one: Decimal, other: Decimal) -> None:
    first, second = (by_value(Literal(f"{each:f}", datatype=standard.XSD_DECIMAL)) for each in (one, other))
    assert (first == second) == (one == other)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("300", "byte"), ("-1", "unsignedInt"), ("0", "positiveInteger"), ("1.5", "int"), ("x", "integer"),
        (".", "decimal"),
        ("2026-01-01T00:00:00", "dateTimeStamp"), ("one", "double"), ("P", "duration"), ("P1YT", "duration"),
        ("maybe", "boolean"), ("٣", "integer"), ("2026-13-40T24:00:00", "dateTime"),
    ],
)  # fmt: skip
def test_what_does_not_fit_its_datatype_is_equal_to_itself_alone(text: str, name: str) -> None:
    literal = Literal(text, datatype=NamedNode(standard.XSD + name))
    assert by_value(literal) == literal


def typed(text: str, name: str) -> Literal:
    return Literal(text, datatype=NamedNode(standard.XSD + name))


def said(literals: list[Literal]) -> tuple[Quad, ...]:
    predicate = NamedNode(EXAMPLE + "p")
    return tuple(Quad(NamedNode(f"{EXAMPLE}s{number}"), predicate, literal) for number, literal in enumerate(literals))


ALL = said([
    typed("2026-01-01T00:00:00+00:00", "dateTimeStamp"), typed("5", "int"), typed("P12M", "yearMonthDuration"),
    typed("1", "boolean"), typed("2026+00:00", "gYear"), typed("24:00:00", "time"),
])  # fmt: skip
(LOST,) = said([typed("300", "byte")])


def test_a_folder_takes_every_datatype_and_names_what_it_would_lose(tmp_path: Path) -> None:
    place = tmp_path / "store"
    (report,) = load_folder(place, Sources(ALL)).graphs
    assert (report.verified, report.by_value) == (True, len(ALL))
    with pytest.raises(LoadError, match=re.escape("holds literals that do not fit their datatype (1)")) as caught:
        load_folder(place, Sources((*ALL, LOST)))
    assert '"300"^^' in str(caught.value)
    assert len(Store.read_only(str(place))) == len(ALL)


def test_what_oxigraph_would_lose_is_named_before_anything_is_sent() -> None:
    nobody = StoreClient(PRESETS["oxigraph"], "http://127.0.0.1:1")
    with nobody as store, pytest.raises(LoadError, match=r"holds literals that do not fit their datatype \(1\)"):
        load_store(store, Sources((*ALL, LOST)))


def test_only_what_would_be_lost_is_named() -> None:
    lines = [f"{quad.triple} .\n".encode() for quad in (*ALL, LOST)]
    assert list(not_kept_by_oxigraph(lines)) == lines[-1:]


def test_a_term_that_cannot_be_read_back_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("her2ld.loading.lines.LONGEST_TERM", 1000)
    with pytest.raises(LoadError, match="has a term of more than"):
        load_folder(tmp_path / "store", Sources(said([Literal("a" * 1000)])))
