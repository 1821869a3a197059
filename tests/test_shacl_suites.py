"""The test suite of SHACL, as published by the W3C: whole reports are compared. ``HER2LD_SUITES`` names its folder."""

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

from her2ld import Her2ldError, read_shapes, to_rdflib, validate
from her2ld.dataset import read_rdf

SUITES = os.environ.get("HER2LD_SUITES")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SUITES, reason="HER2LD_SUITES does not name the folder of w3c_shacl.tar.xz"),
]
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")

# A report may hold these or not (SHACL 3.6.2); they are compared where the suite has them.
OPTIONAL = {SH.resultMessage, SH.detail}

NOT_AS_PUBLISHED = {
    # An inner SELECT without ?this is to be refused, and is answered.
    ("sparql", "native"): {"sparql/pre-binding/unsupported-sparql-004"},
    # pySHACL 0.40 knows no $shapesGraph.
    ("sparql", "pyshacl"): {"sparql/pre-binding/shapesGraph-001"},
    # pySHACL 0.40 takes "1"^^xsd:boolean for true there, where SHACL 4.4.5 demands the term true.
    ("core", "pyshacl"): {"core/property/uniqueLang-002"},
}


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("suite")
    with tarfile.open(Path(SUITES or "") / "w3c_shacl.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder / "tests"


def path_of(node: object) -> Path:
    return Path(str(node).removeprefix("file://"))


def graph_of(file: Path) -> rdflib.Graph:
    """Return what a file says, its literals as they are written."""
    graph: rdflib.Graph = to_rdflib(read_rdf(file)).default_graph
    return graph


def entries(folder: Path) -> Iterator[tuple[rdflib.Graph, rdflib.term.Node]]:
    """Yield the tests of all files, one of which no manifest includes."""
    for file in sorted(folder.rglob("*.ttl")):
        graph = graph_of(file)
        for entry in graph.subjects(rdflib.RDF.type, SHT.Validate):
            yield graph, entry


def report_in(graph: rdflib.Graph, node: rdflib.term.Node, *, optional: set[rdflib.URIRef]) -> rdflib.Graph:
    """Return a report, its results and their paths, with blank nodes for both; of what is optional, only this."""
    report = rdflib.Graph()
    names: dict[rdflib.term.Node, rdflib.term.Node] = {node: rdflib.BNode()}
    waiting = [node]
    while waiting:
        about = waiting.pop()
        for predicate, value in graph.predicate_objects(about):
            if predicate in OPTIONAL - optional:
                continue
            is_ours = predicate in (SH.result, SH.detail, SH.resultPath) or about not in names
            if is_ours and (predicate != SH.resultPath or isinstance(value, rdflib.BNode)):
                waiting.append(value)
            if predicate in (SH.result, SH.detail):
                names[value] = rdflib.BNode()
            report.add((names.get(about, about), predicate, names.get(value, value)))
    return report


def is_as_published(graph: rdflib.Graph, entry: rdflib.term.Node, engine: str) -> bool:
    action, expected = graph.value(entry, MF.action), graph.value(entry, MF.result)
    data, shapes = (path_of(graph.value(action, each)) for each in (SHT.dataGraph, SHT.shapesGraph))
    try:
        found = validate(read_rdf(data), shapes=read_shapes([shapes]), engine=engine)
    except Her2ldError:
        return expected == SHT.Failure
    if expected is None or expected == SHT.Failure:
        return False
    ours = to_rdflib(found.graph).default_graph
    (node,) = ours.subjects(rdflib.RDF.type, SH.ValidationReport)
    optional = {each for each in OPTIONAL if (None, each, None) in graph}
    return isomorphic(report_in(ours, node, optional=optional), report_in(graph, expected, optional=optional))


@pytest.mark.parametrize("engine", ["native", "pyshacl"])
@pytest.mark.parametrize(("part", "tests"), [("core", 98), ("sparql", 23)])
def test_reports_are_those_of_the_suite(suite: Path, part: str, tests: int, engine: str) -> None:
    outcomes = {
        str(entry).rpartition("/tests/")[2]: is_as_published(graph, entry, engine)
        for graph, entry in entries(suite / part)
    }
    assert len(outcomes) == tests
    failed = {name for name, passed in outcomes.items() if not passed}
    assert failed == NOT_AS_PUBLISHED.get((part, engine), set())
