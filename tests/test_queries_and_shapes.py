"""The query files give the answers written beside this test; the shapes pass the review and catch what is missing."""

import csv
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import Quad, QuerySolutions, Store
from rdflib.query import ResultRow

from her2ld import to_rdflib
from her2ld.assets import QUERIES, SHAPES
from her2ld.vocabulary import model

ANSWERS = Path(__file__).parent / "queries"
QUERY_FILES = sorted(QUERIES.glob("*.rq"))


def test_there_are_queries_and_each_has_its_answer() -> None:
    assert QUERY_FILES
    assert sorted(file.stem for file in ANSWERS.glob("*.csv")) == [file.stem for file in QUERY_FILES]


@pytest.mark.parametrize("file", QUERY_FILES, ids=lambda file: file.stem)
def test_a_query_gives_its_answer_on_two_engines(file: Path, quads: tuple[Quad, ...]) -> None:
    with (ANSWERS / f"{file.stem}.csv").open(encoding="utf-8", newline="") as stream:
        header, *expected = list(csv.reader(stream))
    query = file.read_text(encoding="utf-8")
    store = Store()
    store.extend(quads)
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, QuerySolutions)
    assert [variable.value for variable in solutions.variables] == header
    assert [[getattr(value, "value", "") for value in solution] for solution in solutions] == expected
    dataset = rdflib.Dataset(default_union=True)
    dataset.addN((s, p, o, dataset.graph(g)) for s, p, o, g in to_rdflib(quads).quads())
    rows = (row for row in dataset.query(query) if isinstance(row, ResultRow))
    assert [["" if value is None else str(value) for value in row] for row in rows] == expected


def report(quads: list[Quad]) -> list[tuple[str, str]]:
    """Give the shape and the focus node's label of every result of pySHACL."""
    data = rdflib.Graph()
    for quad in to_rdflib(quads).quads():
        data.add(quad[:3])
    shapes = rdflib.Graph()
    for file in SHAPES.glob("*.ttl"):
        shapes.parse(file)
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes)
    assert isinstance(results, rdflib.Graph)
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    return sorted(
        (
            str(results.value(each, sh.sourceShape)).rsplit("/", 1)[1],
            str(data.value(results.value(each, sh.focusNode), rdflib.RDFS.label)),
        )
        for each in results.subjects(rdflib.RDF.type, sh.ValidationResult)
    )


def test_the_review_conforms(quads: tuple[Quad, ...]) -> None:
    assert report(list(quads)) == []


@pytest.mark.parametrize(
    ("predicate", "shape"),
    [
        ("#subject", "Statement-subject"),
        ("#predicate", "Statement-relation"),
        ("#object", "Statement-object"),
        ("/modality", "Statement-modality"),
        ("/evidence", "Statement-evidence"),
    ],
)
def test_what_is_missing_is_found(quads: tuple[Quad, ...], predicate: str, shape: str) -> None:
    statement = next(
        quad.subject for quad in quads if quad.object == model.STATEMENT and quad.graph_name != model.ONTOLOGY_GRAPH
    )
    less = [quad for quad in quads if not (quad.subject == statement and quad.predicate.value.endswith(predicate))]
    assert len(less) == len(quads) - 1
    assert report(less) == [(shape, "HER2 gene encodes HER2 protein")]
