"""Papers that disagree are found to, with the reason and what differs; papers that do not are left in peace."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad

from her2ld import read_ontology
from her2ld.dataset.node_data import data_in
from her2ld.dataset.standing import comparison_quads
from her2ld.statements.paper_comparison import Compared, Status, compare, licences
from her2ld.statements.plain import Licence, judge
from her2ld.statements.statement import FIELDS
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from tests.comparisons import read_comparison
from tests.papers_in_memory import Stated, say

VOCABULARY = read_ontology()
TABLE = tomllib.loads((Path(__file__).parent / "planted_disagreements.toml").read_text(encoding="utf-8"))
PAIRS: list[dict[str, Any]] = TABLE["pair"]
CONTROLS: list[dict[str, Any]] = TABLE["control"]
NAMES = {field.property: field.name for field in FIELDS} | {
    model.DOSE: "dose",
    model.RESULT_TIME: "result_time",
    model.COUNTED: "counted",
}


def sides(entry: Mapping[str, Any], *, of_one_paper: bool = False) -> tuple[Stated, Stated]:
    one = dict(entry["one"])
    other = {name: value for name, value in {**one, **entry["other"]}.items() if value != ""}
    return say("one", one, VOCABULARY), say("other", other, VOCABULARY, "one" if of_one_paper else "")


def compared(said: Iterable[Stated]) -> Compared:
    said = tuple(said)
    by = judge(VOCABULARY.steering, (), (group for each in said for group in each.groups))
    return compare((each.statement for each in said), by)


def licence_of(one: Stated, *others: Stated) -> Licence:
    by = judge(VOCABULARY.steering, (), (group for each in (one, *others) for group in each.groups))
    return next(licences([each.statement for each in (one, *others)], by))[1]


def test_there_are_fifty_of_each_and_no_two_are_alike() -> None:
    assert len({each["is"] for each in PAIRS}) == len(PAIRS) >= 50
    assert len({each["is"] for each in CONTROLS}) == len(CONTROLS) >= 50
    assert len({str((each["one"], each["other"])) for each in (*PAIRS, *CONTROLS)}) == len(PAIRS) + len(CONTROLS)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["is"])
def test_a_planted_pair_is_found_with_the_reason_and_what_differs(pair: dict[str, Any]) -> None:
    one, other = sides(pair)
    names = {each.statement.iri: name for each, name in ((one, "one"), (other, "other"))}
    names |= {result.iri: names[each.statement.iri] for each in (one, other) for result in each.statement.results}
    found = compared((one, other))
    if pair["why"] == "numbers":
        (difference,) = found.number_differences
        assert found.disagreements == ()
        assert {names[each] for each in (*difference.one_side, *difference.other_side)} == {"one", "other"}
        assert [NAMES[each] for each in difference.differs] == pair.get("differs", [])
        assert licence_of(one, other) is licence_of(one)
        return
    (disagreement,) = found.disagreements
    assert found.number_differences == ()
    assert VOCABULARY.label(disagreement.why.value) == pair["why"]
    assert sorted(names[each] for each in disagreement.disputed) == pair.get("disputed", [])
    assert sorted(names[each] for each in disagreement.limited) == pair.get("limited", [])
    assert [NAMES[each] for each in disagreement.differs] == pair.get("differs", [])
    assert {names[each] for each in (*disagreement.one_side, *disagreement.other_side)} == {"one", "other"}
    for said, beside, name in ((one, other, "one"), (other, one, "other")):
        is_disputed = name in pair.get("disputed", [])
        assert licence_of(said, beside) is (Licence.NONE if is_disputed else licence_of(said))
        claim = said.statement.claim
        if claim and said.statement.link == model.AFFIRMS:
            expected = {Status.DISPUTED} if is_disputed else {Status.LIMITED}
            # Where both affirm one claim, it stands as long as one of them does.
            if one.statement.claim == other.statement.claim and beside.statement.link == model.AFFIRMS:
                expected = {Status.LIMITED} if pair.get("limited") else {Status.DISPUTED}
            assert {found.statuses[claim.iri]} == expected


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control["is"])
def test_in_a_control_nothing_is_found(control: dict[str, Any]) -> None:
    one, other = sides(control)
    found = compared((one, other))
    assert (found.disagreements, found.number_differences) == ((), ())
    assert licence_of(one, other) is licence_of(one)
    assert licence_of(other, one) is licence_of(other)


@pytest.mark.parametrize("entry", [*PAIRS, *CONTROLS], ids=lambda entry: entry["is"])
def test_which_paper_comes_first_changes_nothing(entry: dict[str, Any]) -> None:
    one, other = sides(entry)
    assert compared((one, other)) == compared((other, one)) == compared((other, one, other))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["is"])
def test_two_statements_of_one_paper_are_compared_as_well(pair: dict[str, Any]) -> None:
    one, other = sides(pair, of_one_paper=True)
    assert one.statement.paper == other.statement.paper
    found = compared((one, other))
    assert len(found.disagreements) + len(found.number_differences) == 1


@given(st.lists(st.sampled_from([*PAIRS, *CONTROLS]), min_size=1, max_size=6), st.randoms())
def test_papers_in_any_order_say_the_same_together(entries: list[dict[str, Any]], random: Any) -> None:  # noqa: ANN401
    said = [each for entry in entries for each in sides(entry)]
    in_order = compared(said)
    random.shuffle(said)
    assert compared(said) == in_order
    claims = [
        quad
        for claim, status in in_order.statuses.items()
        for quad in (Quad(claim, standard.TYPE, model.CLAIM), Quad(claim, model.CLAIM_STATUS, status.value))
    ]
    assert read_comparison(data_in([*claims, *comparison_quads(in_order, VOCABULARY)])) == in_order
