"""Each mistake that people make yields one finding: the right one, about the right thing, with the right remedy."""

import tomllib
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Triple

from her2ld.assets import SHAPE_FILES
from her2ld.validation import Report, read_shapes, validate
from her2ld.validation.shapes import constraints_of
from tests.changes import Row, change_of, changed, found_in_each
from tests.shipped import NAMESPACE, shipped

MISTAKES = tomllib.loads((Path(__file__).parent / "planted_mistakes.toml").read_text(encoding="utf-8"))["mistake"]


def found(report: Report) -> list[Row]:
    return [(each.shape.value.removeprefix(NAMESPACE), each.label, each.remedy) for each in report.findings]


def test_there_are_thirty_and_more() -> None:
    assert len({mistake["is"] for mistake in MISTAKES}) == len(MISTAKES) >= 30


def test_each_planted_mistake_yields_its_one_finding() -> None:
    planted = {mistake["is"]: change_of(mistake["planted"]) for mistake in MISTAKES}
    expected = {each["is"]: [(each["found_by"], each["about"], each["remedy"])] for each in MISTAKES}
    assert found_in_each(planted, expected, lambda data: found(validate(data))) == expected


@pytest.mark.slow
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["is"])
def test_a_mistake_yields_its_finding_when_no_other_stands_beside_it(mistake: dict[str, str]) -> None:
    report = validate(changed([change_of(mistake["planted"])]))
    assert found(report) == [(mistake["found_by"], mistake["about"], mistake["remedy"])]


def test_a_typing_error_in_a_target_class_yields_its_one_finding() -> None:
    shape = NamedNode(NAMESPACE + "cue-of-certainty-present")
    triples = [
        Triple(each.subject, each.predicate, NamedNode(str(each.object)[1:-1] + "s"))
        if each.subject == shape and each.predicate.value.endswith("#targetClass")
        else each
        for each in read_shapes(SHAPE_FILES).triples
    ]
    report = validate(shipped(), shapes=constraints_of(triples))
    assert found(report) == []
    (problem,) = report.unchecked
    assert problem.where == "the shape “what is less than certain shows its cue”"
    assert problem.remedy.endswith("Did you mean https://w3id.org/her2ld/Statement?")
