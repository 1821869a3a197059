"""The questions that ask a public endpoint, too, give the answers written beside this test, from recorded excerpts."""

import csv
import json
import re
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest
import rdflib
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store
from rdflib.query import ResultRow

from her2ld import to_rdflib
from her2ld.assets import QUERIES
from her2ld.cli import main
from tests.federation import endpoint

EXCERPTS = Path(__file__).parent / "federation"
ANSWERS = Path(__file__).parent / "queries" / "federated"
QUERY_FILES = sorted((QUERIES / "federated").glob("*.rq"))
EXCERPT_OF = {
    "https://id.nlm.nih.gov/mesh/sparql": EXCERPTS / "mesh.ttl",
    "https://sparql.uniprot.org/sparql": EXCERPTS / "uniprot.ttl",
}
MESH = "http://id.nlm.nih.gov/mesh/"
FEMALE = f'SELECT ?s WHERE {{ ?s <{rdflib.RDFS.label}> "Female"@en }}'

Rows = list[list[str]]


@pytest.fixture(params=QUERY_FILES, ids=lambda file: file.stem)
def asked(request: pytest.FixtureRequest) -> Iterator[tuple[str, Rows]]:
    """Return a federated query, sent to an endpoint on this machine, and its answer, the header being the first row."""
    file: Path = request.param
    query = file.read_text(encoding="utf-8")
    service = service_of(query)
    assert query.count(f"SERVICE <{service}> {{") == 1
    with (ANSWERS / f"{file.stem}.csv").open(encoding="utf-8", newline="") as stream:
        answer = list(csv.reader(stream))
    with endpoint(EXCERPT_OF[service]) as url:
        yield query.replace(f"SERVICE <{service}>", f"SERVICE <{url}>"), answer


def service_of(query: str) -> str:
    return "\n".join(re.findall(r"^# service: (.+)$", query, re.MULTILINE))


def test_each_federated_query_has_its_answer_and_each_excerpt_is_asked() -> None:
    assert QUERY_FILES
    assert sorted(file.stem for file in ANSWERS.glob("*.csv")) == [file.stem for file in QUERY_FILES]
    assert {service_of(file.read_text(encoding="utf-8")) for file in QUERY_FILES} == set(EXCERPT_OF)
    assert sorted(EXCERPTS.glob("*.ttl")) == sorted(EXCERPT_OF.values())


def test_oxigraph_gives_the_answer(asked: tuple[str, Rows], quads: tuple[Quad, ...]) -> None:
    query, answer = asked
    store = Store()
    store.extend(quads)
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, QuerySolutions)
    header = [variable.value for variable in solutions.variables]
    assert [header, *([getattr(value, "value", "") for value in row] for row in solutions)] == answer


def test_rdflib_gives_the_answer(asked: tuple[str, Rows], quads: tuple[Quad, ...]) -> None:
    query, answer = asked
    dataset = rdflib.Dataset(default_union=True)
    dataset.addN((s, p, o, dataset.graph(g)) for s, p, o, g in to_rdflib(quads).quads())
    result = dataset.query(query)
    header = [str(variable) for variable in result.vars or ()]
    rows = (row for row in result if isinstance(row, ResultRow))
    assert [header, *(["" if value is None else str(value) for value in row] for row in rows)] == answer


def test_mesh_is_asked_about_each_descriptor_of_the_review(quads: tuple[Quad, ...]) -> None:
    query = (QUERIES / "federated" / "mesh_places_of_headings.rq").read_text(encoding="utf-8")
    named = {"https://w3id.org/her2ld/descriptor", "https://w3id.org/her2ld/publicationType"}
    descriptors = {str(quad.object) for quad in quads if quad.predicate.value in named}
    assert {f"<{MESH}{name}>" for name in re.findall(r"\bmesh:(D\d+)", query)} == descriptors


def test_uniprot_can_be_asked_about_another_protein(quads: tuple[Quad, ...]) -> None:
    query = (QUERIES / "federated" / "uniprot_function_of_protein.rq").read_text(encoding="utf-8")
    store = Store()
    store.extend(quads)
    with endpoint(EXCERPTS / "uniprot.ttl") as url:
        asked_about_egfr = query.replace("P04626", "P00533").replace(
            f"SERVICE <{service_of(query)}>", f"SERVICE <{url}>"
        )
        solutions = store.query(asked_about_egfr, use_default_graph_as_union=True)
        assert isinstance(solutions, QuerySolutions)
        assert [(row["term"], row["mnemonic"]) for row in solutions] == [
            (NamedNode("https://w3id.org/her2ld/HER1"), Literal("EGFR_HUMAN"))
        ]


def test_the_command_reaches_another_endpoint_only_if_it_is_let(asked: tuple[str, Rows], tmp_path: Path) -> None:
    query, answer = asked
    file = tmp_path / "federated.rq"
    file.write_text(query.replace("# service:", "# keywords:"), encoding="utf-8")
    result = CliRunner().invoke(main, ["query", str(file), "--to", "csv"])
    assert (result.exit_code, "allow it with --federated" in result.stderr) == (2, True)
    result = CliRunner().invoke(main, ["query", str(file), "--to", "csv", "--federated"])
    assert list(csv.reader(result.stdout.splitlines())) == answer
    for name in QUERY_FILES:
        result = CliRunner().invoke(main, ["query", name.stem])
        assert (result.exit_code, "allow it with --federated" in result.stderr) == (2, True)


@pytest.mark.parametrize("excerpt", EXCERPT_OF.values(), ids=lambda excerpt: excerpt.stem)
def test_an_excerpt_says_where_it_was_read_and_under_which_licence(excerpt: Path) -> None:
    header = excerpt.read_text(encoding="utf-8").partition("@prefix")[0]
    assert header.startswith("# Excerpt of ")
    assert "(GitHub)" in header
    assert "# Licence: " in header


def test_the_endpoint_takes_a_query_in_each_way_of_the_protocol() -> None:
    field = urlencode({"query": FEMALE})
    for method, target, body, content_type in (
        ("GET", f"?query={quote(FEMALE)}", "", ""),
        ("POST", "", FEMALE, "application/sparql-query"),
        ("POST", "", FEMALE, "application/sparql-query; charset=utf-8"),
        ("POST", "", field, "application/x-www-form-urlencoded"),
    ):
        status, answered, content = request(method, target, body, content_type)
        assert (status, answered) == (200, "application/sparql-results+json")
        bindings = json.loads(content)["results"]["bindings"]
        assert bindings == [{"s": {"type": "uri", "value": f"{MESH}D005260"}}]
    status, _, content = request("GET", f"?query={quote('ASK { ?s ?p ?o }')}", "", "")
    assert (status, json.loads(content)["boolean"]) == (200, True)


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        ("SELECT", "application/sparql-query", 400),
        ("", "application/x-www-form-urlencoded", 400),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/sparql-query", 400),
        (FEMALE, "text/plain", 415),
    ],
)
def test_the_endpoint_refuses_what_it_does_not_answer(body: str, content_type: str, expected: int) -> None:
    assert request("POST", "", body, content_type)[0] == expected


def request(method: str, target: str, body: str, content_type: str) -> tuple[int, str, bytes]:
    with endpoint(EXCERPTS / "mesh.ttl") as url:
        parts = urlsplit(url)
        connection = HTTPConnection(parts.netloc, timeout=60)
        connection.request(method, parts.path + target, body, {"Content-Type": content_type} if content_type else {})
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response.status, response.headers.get_content_type(), content
