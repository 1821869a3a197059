"""What a question asks besides is joined with the rest: no OPTIONAL or EXISTS goes through all data for a few rows.

Oxigraph tells how many solutions each part of its plan found. They are counted, not timed, on copies of all papers: a
question that reads every cue in the store for the one statement that it asks of is found on any machine.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from copied_papers import copies
from her2ld import build, curation_folders, find_question, read_ontology, read_questions
from her2ld.dataset import without_named_graphs
from tests.stores import needed

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("plans")]

TIMES = 8
OXIGRAPH = Path(sys.executable).with_name("oxigraph")
QUESTIONS = [each.name for each in read_questions() if not (each.services or each.excerpts or each.needs_inference)]
# A statement has some forty triples; what is little, such as the dates of all papers, may be read for one row.
FOR_A_ROW, ONCE = 40, 3_000
EVIDENCE = "    VALUES ?statement { statement:a6c2d548e89b2c37 }\n    VALUES ?kind_of_cue"

Plan = dict[str, object]


@pytest.fixture(scope="module")
def explain(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Plan]:
    """Return a function that asks a store of copies of all papers, and returns the plan with what was found."""
    needed(OXIGRAPH.exists(), "Oxigraph's server (pip install oxigraph)")
    folder = tmp_path_factory.mktemp("plans")
    vocabulary = read_ontology()
    papers = list(copies(TIMES, vocabulary, curation_folders(Path(__file__).parent.parent / "curation")))
    quads = without_named_graphs(build(vocabulary, papers))
    serialize(quads, str(folder / "papers.nt"), format=RdfFormat.N_TRIPLES)
    command = [str(OXIGRAPH), "load", "--location", "store", "--file", "papers.nt"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)

    def explained(query: str) -> Plan:
        form = "nt" if "\nCONSTRUCT {" in query else "csv"
        options = ["--location", "store", "--query", query, "--results-file", "rows", "--results-format", form]
        asked = [str(OXIGRAPH), "query", *options, "--explain-file", "plan.json", "--stats"]
        subprocess.run(asked, cwd=folder, check=True, capture_output=True)
        plan: Plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))["plan"]
        return plan

    return explained


def children(part: Plan) -> list[Plan]:
    return part.get("children", [])  # type: ignore[return-value]


def found(part: Plan) -> int:
    return int(str(part.get("number of results", 0)))


def work(part: Plan) -> int:
    """Return how many solutions a part and all its parts found."""
    return found(part) + sum(map(work, children(part)))


def too_much(part: Plan) -> Iterator[tuple[str, int, int]]:
    """Yield each OPTIONAL and condition that found too many: its name, for how many rows, and how many it found."""
    if "LeftJoin" in str(part["name"]) or str(part["name"]).startswith("Filter"):
        rows, *besides = children(part)
        for each in besides:
            if work(each) > FOR_A_ROW * found(rows) + ONCE:
                yield str(part["name"]), found(rows), work(each)
    for each in children(part):
        yield from too_much(each)


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_optional_is_joined(name: str, explain: Callable[[str], Plan]) -> None:
    plan = explain(find_question(name).query)
    assert "number of results" in plan
    assert list(too_much(plan)) == []


def test_an_optional_that_is_not_joined_is_found(explain: Callable[[str], Plan]) -> None:
    query = find_question("evidence_of").query
    assert EVIDENCE in query
    (optional,) = too_much(explain(query.replace(EVIDENCE, "    VALUES ?kind_of_cue")))
    assert optional[0].startswith("LeftJoin")
