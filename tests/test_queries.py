"""The query files give the answers written beside this test, on two engines."""

import csv
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Quad, QuerySolutions, Store
from rdflib.query import ResultRow

from her2ld import to_rdflib
from her2ld.assets import QUERIES

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
