"""The pages of claims: how papers together stand to them, what opposes them, and their numbers side by side."""

import re
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Store

from her2ld import build, read_curation, read_ontology
from her2ld.pages import Knowledge, Links, page_paths, read_knowledge, render
from her2ld.pages.forest import WIDTH, Forest, Labelled, forest
from her2ld.statements import Result
from tests.pages.document import Element, outline, read
from tests.test_pages import assert_sound
from tests.test_statement_pages import lines_of

HERE = Path(__file__).parent
LIMITED, DISPUTED, OPPOSITE = "claim/c0888474917d1871", "claim/70b2087c112f1473", "claim/e103329f4275fdcd"
UNREACHED = NamedNode("https://w3id.org/her2ld/NotReached")


@cache
def two_papers() -> Knowledge:
    """Return what two made-up papers say that disagree."""
    vocabulary = read_ontology()
    store = Store()
    folders = sorted((HERE / "claims").iterdir())
    store.extend(build(vocabulary, [read_curation(folder, vocabulary) for folder in folders]))
    return read_knowledge(store, vocabulary)


def page(path: str) -> Element:
    document = render(two_papers(), path, Links())
    assert document is not None, path
    return read(document)


@pytest.mark.parametrize(
    ("path", "file"),
    [(LIMITED, "claim_limited.txt"), (DISPUTED, "claim_disputed.txt"), ("", "home_of_disagreement.txt")],
)
def test_a_claim_that_is_opposed_shows_both_sides_and_its_numbers(path: str, file: str) -> None:
    assert outline(page(path)) == (HERE / "pages" / file).read_text(encoding="utf-8")


def test_every_page_of_papers_that_disagree_is_sound() -> None:
    paths = frozenset(page_paths(two_papers()))
    for path in paths:
        if path.startswith(("claim/", "statement/", "record/")) or path in {"", "network", "statements"}:
            assert_sound(page(path), Links(), paths)


def test_the_part_in_which_the_sides_differ_stands_out() -> None:
    (first, second) = page(LIMITED).all("div", class_="side")
    assert [each.text for side in (first, second) for each in side.all("b", class_="differs")] == ["population"] * 2


def marks_of_cards(document: Element) -> dict[tuple[str, str], list[str]]:
    """Return the marks of each statement that a page shows, by how it is said and its words."""
    found = {}
    for card in document.all("div", class_="claim"):
        (says,) = card.all("p", class_="says")
        (link,) = [each for each in says.all("a") if not each.attributes.get("class")]
        (stands,) = link.all("span", class_="stands")
        words = " ".join(link.text.removeprefix(stands.text).split())
        found[stands.text, words] = [each.text for each in says.all("a", class_="status")]
    return found


MARKS = {
    ("affirmed", "capecitabine improves overall survival"): ["limited"],
    ("denied", "capecitabine improves overall survival"): [],
    ("affirmed", "capecitabine increases apoptosis"): ["disputed"],
    ("affirmed", "capecitabine decreases apoptosis"): ["limited"],
}


@pytest.mark.slow
def test_what_is_opposed_is_marked_wherever_it_is_stated() -> None:
    knowledge = two_papers()
    assert marks_of_cards(page("statements")) == MARKS
    for path in page_paths(knowledge):
        for said, marks in marks_of_cards(page(path)).items():
            assert MARKS[said] == marks, path
    for path, statement in knowledge.statements.items():
        (head,) = page(path).all("p", class_="certainty")
        words = " ".join(
            two_papers().label(each)
            for each in (statement.claim.subject, statement.claim.relation, statement.claim.object)  # type: ignore[union-attr]
            if each
        )
        stands = head.all("span", class_="stands")[0].text
        assert [each.text for each in head.all("a", class_="status")] == MARKS[stands, words]


def test_the_network_marks_what_is_limited_and_draws_nothing_that_is_disputed() -> None:
    document = page("network")
    drawn = {(each["label"], each["limited"]) for each in lines_of(document)}
    assert drawn == {("improves", True), ("decreases", True)}
    rows = document.all("tbody")[0].all("tr")
    assert [[each.text for each in row.all("a", class_="status")] for row in rows] == [["limited"]] * 2


def test_the_mark_leads_to_what_stands_against_it() -> None:
    marks = page("statements").all("a", class_="status")
    assert {each.attributes["href"] for each in marks} == {f"/{each}#opposed" for each in (LIMITED, DISPUTED, OPPOSITE)}
    for each in (LIMITED, DISPUTED, OPPOSITE):
        assert page(each).all(id="opposed")


def number(**values: object) -> Labelled:
    given = {name: Decimal(value) if isinstance(value, str) else value for name, value in values.items()}
    return Labelled("2021; a group", "a number", Result(NamedNode("urn:x"), **given), is_affirmed=True)  # type: ignore[arg-type]


def drawn(*numbers: Labelled, is_ratio: bool = True) -> Forest:
    found = forest(numbers, is_ratio=is_ratio)
    assert found
    return found


def test_ratios_are_drawn_on_a_logarithmic_scale_with_a_line_at_1() -> None:
    picture = drawn(number(value="0.5", lower="0.25", upper="1"), number(value="2", lower="1", upper="4"))
    assert [words for _, words in picture.ticks] == ["0.2", "0.5", "1", "2", "5"]
    places = dict((words, x) for x, words in picture.ticks)  # noqa: C402  # x second
    first, second = picture.rows
    assert (first.point, second.point) == (places["0.5"], places["2"])
    assert picture.no_difference == first.right == second.left == places["1"]
    # A half is as far from 1 as a double.
    assert places["1"] - places["0.5"] == pytest.approx(places["2"] - places["1"], abs=0.2)


def test_other_numbers_are_drawn_on_an_even_scale_without_a_line() -> None:
    picture = drawn(number(value="10"), number(value="31"), is_ratio=False)
    assert [words for _, words in picture.ticks] == ["10", "20", "30", "40"]
    assert picture.no_difference is None
    steps = [round(after - before, 1) for (before, _), (after, _) in pairwise(picture.ticks)]
    assert steps == [steps[0]] * 3


def test_an_end_that_is_open_or_was_not_reached_is_an_arrow_at_the_edge() -> None:
    rows = drawn(
        number(value="3", lower="2", upper_unreached=UNREACHED),
        number(value="3", upper="4"),
        number(unreached=UNREACHED, lower="5"),
        number(value="3", lower="1", upper="1e400"),
        is_ratio=False,
    ).rows
    assert [row.open_left for row in rows] == [False, True, False, False]
    assert [row.open_right for row in rows] == [True, False, True, True]
    assert [row.right for row in rows if row.open_right] == [WIDTH - 8] * 3
    assert rows[1].left == 8
    assert rows[2].point is None


def test_a_value_that_was_not_reached_is_an_arrow_beside_those_that_were() -> None:
    (first, second) = drawn(number(value="3"), number(unreached=UNREACHED), is_ratio=False).rows
    assert (first.point, first.open_right) == (WIDTH / 2, False)
    assert (second.point, second.left, second.right, second.open_right) == (None, None, WIDTH - 8, True)
    assert forest([number(unreached=UNREACHED)] * 2, is_ratio=False) is None


def test_one_number_without_an_interval_and_none_at_all_have_no_picture() -> None:
    assert forest([], is_ratio=False) is None
    assert forest([number(value="3")], is_ratio=False) is None
    assert forest([number(count=3, out_of=5), number(count=4, out_of=5)], is_ratio=False) is None
    assert forest([number(value="0"), number(value="-1")], is_ratio=True) is None


DECIMALS = st.none() | st.decimals(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(DECIMALS, DECIMALS, DECIMALS, st.text(max_size=200)), max_size=6), st.booleans())
def test_any_numbers_stand_within_the_picture(
    numbers: list[tuple[Decimal | None, Decimal | None, Decimal | None, str]],
    is_ratio: bool,  # noqa: FBT001  # given
) -> None:
    picture = forest(
        [
            Labelled(words, "3", Result(NamedNode("urn:x"), value=value, lower=lower, upper=upper), is_affirmed=True)
            for value, lower, upper, words in numbers
        ],
        is_ratio=is_ratio,
    )
    if picture is None:
        return
    places = [x for x, _ in picture.ticks]
    assert places == sorted(set(places))
    assert len(places) <= 12
    ys = [row.y for row in picture.rows]
    assert ys == sorted(set(ys))
    for row in picture.rows:
        for x in (row.point, row.left, row.right):
            assert x is None or 8 <= x <= WIDTH - 8
        assert 0 < row.y < picture.axis < picture.height


def test_the_picture_on_the_page_is_svg_with_a_row_for_each_number() -> None:
    (figure,) = page(LIMITED).all("figure", class_="forest")
    (svg,) = figure.all("svg")
    assert svg.attributes["role"] == "img"
    words = [each.text for each in svg.all("text")]
    assert words == [
        "2019; breast cancer", "0.62 (0.5 to 0.77)", "2021; metastatic breast cancer (denied)", "1.02 (0.88 to 1.18)",
        "0.5", "1", "2",
    ]  # fmt: skip
    assert [each.attributes["class"] for each in svg.all("rect")] == ["point", "point unsure"]
    assert len(svg.all("line", class_="interval")) == 6
    assert not [each for each in svg.below if set(each.attributes) & {"style", "onload"}]
    (caption,) = figure.all("figcaption")
    assert re.sub(r"\s+", " ", caption.text) == (
        "hazard ratio, on a logarithmic scale; at 1, both are alike. "
        "A hollow point is of what is not stated for certain."
    )


def test_the_ontology_says_which_measures_are_ratios() -> None:
    vocabulary = read_ontology()
    names = {vocabulary.label(each) for each in vocabulary.steering.ratios}
    assert names == {"hazard ratio", "odds ratio", "relative risk", "fold change"}
