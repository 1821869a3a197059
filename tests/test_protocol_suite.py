"""The W3C's tests of the SPARQL 1.1 Protocol: every query is answered as they demand, and every change is refused.

They are read from the folder that the environment variable HER2LD_SUITES names, where their archive lies.
"""

import os
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Namespace, Node
from rdflib.collection import Collection

from tests.serving_process import Answer, Server, running

pytestmark = pytest.mark.slow

VARIABLE, ARCHIVE = "HER2LD_SUITES", "w3c_sparql11_protocol.tar.xz"
MANIFEST = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HTTP = Namespace("http://www.w3.org/2011/http#")
CONTENT = Namespace("http://www.w3.org/2011/content#")
FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv"},
    "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples"},
}
TESTS, OF_QUERIES = 34, 20


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the unpacked suite."""
    given = os.environ.get(VARIABLE)
    if not given:
        pytest.skip(f"{VARIABLE} does not name a folder with {ARCHIVE}")
    folder = tmp_path_factory.mktemp("suite")
    with tarfile.open(Path(given) / ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    return folder / "protocol"


@pytest.fixture(scope="module")
def asked(suite: Path, tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[Server]:
    """Return a server of the graphs that the tests ask, each under the name that they give it."""
    file = tmp_path_factory.mktemp("data") / "data.nq"
    graphs = {number: f"http://kasei.us/2009/09/sparql/data/data{number}.rdf" for number in (1, 2, 3)}
    lines = [
        re.sub(r" \.$", f" <{graph}> .", line)
        for number, graph in graphs.items()
        for line in (suite / f"data{number}.nt").read_text(encoding="utf-8").splitlines()
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with running(file, cache=cache) as started:
        yield started


def requests(graph: Graph, test: Node) -> Iterator[Node]:
    """Yield the requests of a test, in their order."""
    (connection,) = graph.objects(test, MANIFEST.action)
    (first,) = graph.objects(connection, HTTP.requests)
    yield from Collection(graph, first)


def sent(server: Server, graph: Graph, request: Node) -> Answer:
    """Send a request as the manifest describes it."""
    path = str(graph.value(request, HTTP.absolutePath)).replace("/sparql/", "/sparql", 1)
    named = {
        str(graph.value(header, HTTP.fieldName)).title(): str(graph.value(header, HTTP.fieldValue))
        for headers in graph.objects(request, HTTP.headers)
        for header in Collection(graph, headers)
    }
    body = graph.value(request, HTTP.body)
    content = None
    if body:
        content = str(graph.value(body, CONTENT.chars)).encode(str(graph.value(body, CONTENT.characterEncoding)))
    return server.ask(path, str(graph.value(request, HTTP.methodName)), content, **named)


def complaint(graph: Graph, request: Node, answer: Answer) -> str:
    """Return what is wrong with an answer; "" where it is as demanded."""
    demanded = graph.value(request, HTTP.resp)
    statuses = {str(status)[-3] for status in graph.objects(demanded, MANIFEST.expectedStatus)}
    if str(answer.status)[0] not in statuses:
        return f"{answer.status} and not {sorted(statuses)}: {answer.text}"
    form = graph.value(demanded, MANIFEST.expectedFormat)
    if form and answer.media_type not in FORMATS[str(form)]:
        return f"{answer.media_type} is not {form}"
    truth = graph.value(demanded, MANIFEST.expectedBoolean)
    if truth is not None and f'"boolean":{truth}' not in answer.text:
        return f"{answer.text} and not {truth}"
    return ""


def test_every_query_is_answered_as_demanded_and_every_change_refused(suite: Path, asked: Server) -> None:
    graph = Graph().parse(suite / "manifest.ttl", format="turtle")
    tests = {str(test).rpartition("#")[2]: test for test in graph.subjects(RDF.type, MANIFEST.ProtocolTest)}
    wrong, changes = {}, {}
    for name, test in tests.items():
        answers = [(request, sent(asked, graph, request)) for request in requests(graph, test)]
        if "update" in name:
            changes[name] = answers[0][1].status
        elif said := [each for each in (complaint(graph, *answer) for answer in answers) if each]:
            wrong[name] = said
    assert wrong == {}
    assert (len(tests), len(tests) - len(changes)) == (TESTS, OF_QUERIES)
    assert set(changes.values()) <= {400, 415}
