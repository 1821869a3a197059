"""Every constraint has a case that passes and one that fails, and the whole report of each is as written."""

import csv
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

import pyshacl
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Triple

from her2ld import Curation, Vocabulary, build
from her2ld.assets import META_SHAPES, SHAPE_FILES
from her2ld.dataset import without_named_graphs
from her2ld.validation import Finding, read_shapes, validate
from her2ld.validation.engines import run_engine
from her2ld.validation.merged import SeenData, described, merged
from her2ld.validation.queries import focus_counts
from her2ld.validation.report import SH
from her2ld.validation.shapes import constraints_of
from her2ld.vocabulary import model, standard, statement_model
from tests.changes import Change, Row, change_of, changed, found_in_each
from tests.denied import denied, hedged
from tests.engines import rdflib_parses_once
from tests.shipped import NAMESPACE, shipped

CASES = Path(__file__).parent / "shapes"
SHAPES = read_shapes(SHAPE_FILES)
NAMES = sorted(shape.value.removeprefix(NAMESPACE) for shape in SHAPES.constraints)


@cache
def case(name: str, kind: str) -> Change:
    """Return what the case of a constraint changes: the one that passes, ``pass``, or the one that fails, ``fail``."""
    return change_of((CASES / name / f"{kind}.ru").read_text(encoding="utf-8"))


@cache
def written(name: str) -> list[Row]:
    """Return the report that stands beside the failing case of a constraint."""
    with (CASES / name / "report.csv").open(encoding="utf-8", newline="") as stream:
        _, *expected = csv.reader(stream)
    return sorted((name, *row) for row in expected)


def as_shapes_see(quads: Iterable[Quad]) -> SeenData:
    """Return what shapes are asked of: the data as one graph, with a node for each asserted triple."""
    data, asserted = merged(quads)
    return data.extended(described(asserted))


def rows(findings: Iterable[Finding]) -> list[Row]:
    return sorted(
        (
            finding.shape.value.removeprefix(NAMESPACE),
            str(finding.focus),
            str(finding.path or ""),
            str(finding.value or ""),
            finding.component,
            finding.severity,
        )
        for finding in findings
    )


def test_there_are_cases_for_each_constraint_and_for_nothing_else() -> None:
    assert len(NAMES) > 60
    assert sorted(folder.name for folder in CASES.iterdir()) == NAMES
    files = ["fail.ru", "pass.ru", "report.csv"]
    assert {name: sorted(file.name for file in (CASES / name).iterdir()) for name in NAMES} == dict.fromkeys(
        NAMES, files
    )


def reported(data: Iterable[Quad]) -> list[Row]:
    findings = validate(data).findings
    assert all(finding.label and finding.message and finding.remedy for finding in findings)
    return rows(findings)


# All cases at once are one long test, which one process would still be busy with when the other has finished.
PARTS = [NAMES[first::4] for first in range(4)]


@pytest.mark.parametrize("names", PARTS)
def test_the_failing_cases_have_the_whole_report_written_beside_them(names: list[str]) -> None:
    expected = {name: written(name) for name in names}
    assert all(expected.values())
    assert found_in_each({name: case(name, "fail") for name in names}, expected, reported) == expected


@pytest.mark.parametrize("names", PARTS)
def test_the_passing_cases_have_no_finding(names: list[str]) -> None:
    expected: dict[str, list[Row]] = {name: [] for name in names}
    assert found_in_each({name: case(name, "pass") for name in names}, expected, reported) == expected


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_case_has_its_report_when_no_other_stands_beside_it(name: str) -> None:
    assert reported(changed([case(name, "fail")])) == written(name)
    assert reported(changed([case(name, "pass")])) == []


@cache
def triples_by_subject() -> Mapping[object, list[Triple]]:
    found: dict[object, list[Triple]] = {}
    for triple in SHAPES.triples:
        found.setdefault(triple.subject, []).append(triple)
    return found


def alone(name: str) -> list[Triple]:
    """Return the triples of one constraint, with all that it consists of, and those of the prefixes."""
    waiting: list[object] = [NamedNode(NAMESPACE + name), NamedNode(NAMESPACE + "prefixes")]
    found: dict[object, list[Triple]] = {}
    while waiting:
        node = waiting.pop()
        if node not in found:
            found[node] = triples_by_subject().get(node, [])
            waiting += [triple.object for triple in found[node]]
    return [triple for triples in found.values() for triple in triples]


def loosened(triples: list[Triple], shape: NamedNode) -> list[list[Triple]]:
    """Return the triples without that constraint, and with it made to demand less."""
    without = [triple for triple in triples if triple.subject != shape]
    nodes = {shape} | {triple.object for triple in triples if triple.subject == shape}
    weaker = []
    for triple in triples:
        value = triple.object
        if triple.subject in nodes and isinstance(value, Literal):
            what = triple.predicate.value.removeprefix(SH)
            if what == "minCount":
                value = Literal(0)
            elif what == "maxCount":
                value = Literal(99)
            elif what == "pattern":
                value = Literal("")
            elif what == "minInclusive":
                value = Literal(-99)
            elif what == "select":
                value = Literal(value.value.replace("WHERE {", "WHERE { FILTER(false)", 1))
        weaker.append(Triple(triple.subject, triple.predicate, value))
    return [without, weaker] if weaker != triples else [without]


@pytest.mark.parametrize("name", NAMES)
def test_a_constraint_finds_its_failing_case_and_misses_it_when_deleted_or_loosened(name: str) -> None:
    """No other constraint is missed: no report has a result of another one, as is tested above.

    For the same reason it is enough to ask the constraint alone.
    """
    data = as_shapes_see(changed([case(name, "fail")]))
    whole = alone(name)
    found = run_engine("native", data, constraints_of(whole))
    assert sorted((str(each.focus), str(each.path or ""), str(each.value or ""), each.component) for each in found) == [
        row[1:-1] for row in written(name)
    ]
    for mutant in loosened(whole, NamedNode(NAMESPACE + name)):
        assert run_engine("native", data, constraints_of(mutant)) == []


@pytest.mark.parametrize(
    ("copied", "without_cue", "not_plain"),
    [
        (denied, "cue-of-polarity-present", "plain-triple-not-denied"),
        (hedged, "cue-of-certainty-present", "plain-triple-not-hedged"),
    ],
)
def test_what_is_denied_or_hedged_throughout_leaves_no_triple_plain(
    copied: Callable[[Curation], Curation], without_cue: str, not_plain: str, vocabulary: Vocabulary, review: Curation
) -> None:
    """The copies lack the cues of what they say. With the plain triples of the review, each of these is a finding."""
    copy = list(build(vocabulary, [copied(review)]))
    assert not [quad for quad in copy if quad.graph_name == model.ASSERTED_GRAPH]
    uncued = [
        each
        for each in copied(review).claims
        if not each.spans(statement_model.POLARITY_CUE if copied is denied else statement_model.CERTAINTY_CUE)
    ]
    found = validate(copy).findings
    assert [each.shape.value.removeprefix(NAMESPACE) for each in found] == [without_cue] * len(uncued)
    assert rows(validate(without_named_graphs(copy)).findings) == rows(found)
    plain = [quad for quad in build(vocabulary, [review]) if quad.graph_name == model.ASSERTED_GRAPH]
    triples = [quad.triple for quad in plain]
    contradicted = [each for each in validate([*plain, *copy]).findings if each.shape.value == NAMESPACE + not_plain]
    assert len(contradicted) == len(triples) > 30
    assert {each.label for each in contradicted} == {
        " ".join(vocabulary.label(part) for part in each if isinstance(part, NamedNode)) for each in triples
    }


def results(engine: str, data: Iterable[Quad], triples: Iterable[Triple] = SHAPES.triples) -> list[str]:
    return sorted(map(str, run_engine(engine, as_shapes_see(data), constraints_of(triples))))


@cache
def a_little(nodes: int) -> tuple[Quad, ...]:
    """Return one statement of the shipped data, one heading and one knowledge gap, with as many nodes they point to.

    pySHACL asks a query anew for each focus node: on all that is shipped it takes minutes.
    """
    everything = shipped()
    by_subject: dict[object, list[Quad]] = {}
    for quad in everything:
        by_subject.setdefault(quad.subject, []).append(quad)
    labels = ("HER2 gene amplification is observed in breast cancer", "HER2 protein is a ligand orphan receptor")
    waiting: list[object] = [quad.subject for quad in everything if getattr(quad.object, "value", "") in labels]
    waiting += [NamedNode("https://doi.org/10.1007/BF02967477"), NamedNode("https://w3id.org/her2ld/ontology")]
    kept: set[object] = set()
    while waiting and len(kept) < nodes:
        node = waiting.pop(0)
        if node in by_subject and node not in kept:
            kept.add(node)
            waiting += [value for quad in by_subject[node] for value in (quad.predicate, quad.object)]
    return tuple(quad for quad in everything if quad.subject in kept)


# These compare each term with every other one: the reference takes a minute for all terms.
OF_ALL_PAIRS = frozenset(
    {"term-definition-circle", "term-label-unique", "term-synonym-not-a-label", "term-synonym-unique"}
)
FEW_TERMS = 150


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_both_engines_say_the_same_of_each_mistake(name: str) -> None:
    only = alone(name)
    data = changed([case(name, "fail")])
    found = results("native", data, only)
    assert found
    if name in OF_ALL_PAIRS:
        data = with_few_terms(data, str(found))
        assert results("native", data, only) == found
    assert results("pyshacl", data, only) == found


def with_few_terms(quads: Iterable[Quad], named: str) -> list[Quad]:
    """Return the quads without what is said of most terms; those that a text names stay."""
    quads = list(quads)
    terms = sorted({str(quad.subject) for quad in quads if quad.predicate == standard.DEFINITION})
    assert len(terms) > 2 * FEW_TERMS
    dropped = {term for term in terms[FEW_TERMS:] if term[1:-1] not in named}
    return [quad for quad in quads if str(quad.subject) not in dropped]


@pytest.mark.parametrize("nodes", [8, pytest.param(60, marks=pytest.mark.slow)])
@settings(max_examples=3)
@given(st.data())
def test_both_engines_say_the_same_of_data_that_was_tampered_with(nodes: int, data: st.DataObject) -> None:
    quads = list(a_little(nodes))
    places = data.draw(st.lists(st.integers(0, len(quads) - 1), min_size=3, max_size=20, unique=True))
    for place in places:
        victim, other = quads[place], quads[data.draw(st.integers(0, len(quads) - 1))]
        kind = data.draw(st.sampled_from(["drop", "object", "predicate", "copy"]))
        if kind == "drop":
            quads[place] = other
        elif kind == "object":
            quads[place] = Quad(victim.subject, victim.predicate, other.object)
        elif kind == "predicate":
            quads[place] = Quad(victim.subject, other.predicate, victim.object)
        else:
            quads.append(Quad(victim.subject, victim.predicate, other.object))
    with rdflib_parses_once():
        reference = results("pyshacl", quads)
    assert reference == results("native", quads)


def test_each_constraint_looks_at_something_or_says_that_it_need_not() -> None:
    counts = focus_counts(SHAPES, as_shapes_see(shipped()))
    empty = {shape.value for shape, count in counts.items() if not count}
    assert empty <= {shape.value for shape, each in SHAPES.constraints.items() if each.may_be_empty}
    # A paper may have no number, and the review has some.
    of_results = [
        shape.value
        for shape, each in SHAPES.constraints.items()
        if [target for _, target in each.targets] == [statement_model.RESULT_CLASS]
    ]
    assert len(of_results) > 10
    assert not empty & set(of_results)


def test_shapes_pass_the_shapes_of_shapes() -> None:
    """SHACL-SHACL, and our own: every constraint has a name, a description, a message, a severity and a remedy."""
    graph = rdflib.Graph()
    for file in (*SHAPE_FILES, META_SHAPES):
        graph.parse(file)
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=graph, meta_shacl=True)
    assert conforms, text
    meta = read_shapes([META_SHAPES])
    everything = read_shapes([*SHAPE_FILES, META_SHAPES])
    as_data = [Quad(*triple) for triple in everything.triples]
    assert rows(validate(as_data, shapes=meta).findings) == []
    for predicate in ("name", "description", "message", "severity"):
        less = [quad for quad in as_data if quad.predicate.value != SH + predicate]
        found = {finding.shape.value for finding in validate(less, shapes=meta).findings}
        assert found == {f"{NAMESPACE}constraint-{predicate}"}
