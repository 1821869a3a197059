"""Real stores hold what was loaded, and answer the questions as expected.

Virtuoso and Oxigraph are loaded over HTTP, Jena's TDB2 from bulk files.
"""

import contextlib
import json
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from her2ld import read_ontology, reason
from her2ld.cli import main
from her2ld.loading import PRESETS, Sources, StoreClient, check_store, load_store, write_files
from her2ld.loading.stores import PASSWORD_VARIABLE, USER_VARIABLE
from her2ld.vocabulary import model, standard
from tests import stores
from tests.engines import Rows, compact
from tests.test_queries import QUERIES, QUESTIONS, written

pytestmark = pytest.mark.xdist_group("stores")
EXAMPLE = "http://example.org/"
NAMES = ("virtuoso", "oxigraph")
Ask = Callable[[str, str], bytes]


@pytest.fixture(scope="session")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Return a function that starts a store, once, and gives its address."""
    with contextlib.ExitStack() as stack:
        running: dict[str, str] = {}

        def address(name: str) -> str:
            if name not in running:
                starting = stores.virtuoso if name == "virtuoso" else stores.oxigraph
                running[name] = stack.enter_context(starting(tmp_path_factory.mktemp(name)))
            return running[name]

        yield address


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER_VARIABLE, "dba")
    monkeypatch.setenv(PASSWORD_VARIABLE, "dba")


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def over_http(name: str, address: str) -> Ask:
    """Ask a store over HTTP, all graphs as one, as Virtuoso does it without being asked."""
    path = "/sparql" if name == "virtuoso" else "/query?union-default-graph"

    def ask(query: str, accept: str) -> bytes:
        parameters = {"query": query}
        answer = httpx.post(address + path, data=parameters, headers={"Accept": accept}, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.content

    return ask


def rows(ask: Ask, query: str, short: Callable[[str], str]) -> Rows:
    if "\nCONSTRUCT {" in query:
        content = ask(query, "application/n-triples")
        triples = {
            tuple(short(getattr(term, "value", "")) for term in quad.triple)
            for quad in parse(content, format=RdfFormat.N_TRIPLES)
        }
        return [["subject", "predicate", "object"], *sorted(map(list, triples))]
    results = json.loads(ask(query, "application/sparql-results+json"))
    header = results["head"]["vars"]
    return [header, *([_text(row.get(name), short) for name in header] for row in results["results"]["bindings"])]


def _text(term: Mapping[str, str] | None, short: Callable[[str], str]) -> str:
    """Write a term as in the expected answers; Virtuoso writes truth values as numbers."""
    if term is None:
        return ""
    if term.get("datatype") == standard.XSD_BOOLEAN.value:
        return {"1": "true", "0": "false"}.get(term["value"], term["value"])
    return short(term["value"]) if term["type"] == "uri" else term["value"]


def differing(ask: Ask, *, needing_inference: bool) -> dict[str, tuple[Rows, Rows]]:
    """Return the questions that are answered in another way than expected, whatever the order of rows."""
    short = compact(read_ontology().prefixes)
    names = [name for name in QUERIES if QUESTIONS[name].needs_inference == needing_inference]
    assert names
    answers = {name: (sorted(rows(ask, QUERIES[name], short)), sorted(written(name))) for name in names}
    return {name: pair for name, pair in answers.items() if pair[0] != pair[1]}


def with_what_follows(quads: tuple[Quad, ...]) -> tuple[Quad, ...]:
    return (*quads, *reason(quads).quads())


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_store_is_loaded_refreshed_and_answers_the_questions(
    name: str, addresses: Callable[[str], str], quads: tuple[Quad, ...]
) -> None:
    address = addresses(name)
    for _ in range(2):
        status, out, err = run("load", address, "--store", name)
        assert (status, out.splitlines()[-1]) == (0, f"loaded {len(quads):,} triples in 5 graphs into {address}")
        assert "graphs are loaded beside, compared, and moved" in err
    assert differing(over_http(name, address), needing_inference=False) == {}
    with StoreClient(PRESETS[name], address) as store:
        assert load_store(store, Sources(with_what_follows(quads))).verified
        assert differing(over_http(name, address), needing_inference=True) == {}
        report = check_store(store, Sources(quads))
        assert (report.verified, list(report.stale)) == (True, [model.INFERRED_GRAPH.value])
        assert load_store(store, Sources(quads), prune=True).pruned == (model.INFERRED_GRAPH.value,)
        assert check_store(store, Sources(quads)).stale == {}


@pytest.mark.parametrize(
    "inferred",
    [pytest.param(each, marks=pytest.mark.slow) for each in (True, False)],  # a command for each question
    ids=["with what follows", "as stated"],
)
def test_jena_loads_the_bulk_files_and_answers_the_questions(
    tmp_path: Path, quads: tuple[Quad, ...], *, inferred: bool
) -> None:
    jena = stores.Jena(tmp_path)
    files = tmp_path / "files"
    write_files(files, Sources(with_what_follows(quads) if inferred else quads))
    jena.run("tdbloader", *map(str, sorted(files.iterdir())))
    dump = tmp_path / "dump.nq"
    dump.write_bytes(jena.run("tdbdump"))
    assert run("load", str(dump), "--check")[0] == 0

    def ask(query: str, accept: str) -> bytes:
        form = "json" if accept.endswith("json") else "nt"
        return jena.run("tdbquery", "--set", "tdb:unionDefaultGraph=true", "--results", form, query)

    assert differing(ask, needing_inference=inferred) == {}


def versions(number: int, size: int = 2_000) -> tuple[Quad, ...]:
    """Return two graphs whose sizes tell which version they are of."""
    return tuple(
        Quad(
            NamedNode(f"{EXAMPLE}s{each}"), NamedNode(EXAMPLE + "p"), Literal(f"of version {number}"), NamedNode(graph)
        )
        for graph in (EXAMPLE + "g1", EXAMPLE + "g2")
        for each in range(size + number)
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_reader_sees_whole_graphs_while_they_are_refreshed(name: str, addresses: Callable[[str], str]) -> None:
    """And where one update moves all of them in one transaction, all of one version."""
    address = addresses(name)
    seen: Counter[tuple[int, ...]] = Counter()
    done = threading.Event()

    def watch() -> None:
        query = (
            f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ VALUES ?g {{ <{EXAMPLE}g1> <{EXAMPLE}g2> }} "
            "GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        )
        ask = over_http(name, address)
        while not done.wait(0.01):
            results = json.loads(ask(query, "application/sparql-results+json"))["results"]["bindings"]
            seen[tuple(int(row["n"]["value"]) - 2_000 for row in results)] += 1

    with StoreClient(PRESETS[name], address) as store:
        assert load_store(store, Sources(versions(0))).verified
        watching = threading.Thread(target=watch)
        watching.start()
        for number in (1, 2):
            assert load_store(store, Sources(versions(number))).verified
        done.set()
        watching.join()
        store.update(f"DROP SILENT GRAPH <{EXAMPLE}g1>")
        store.update(f"DROP SILENT GRAPH <{EXAMPLE}g2>")
    assert {number for pair in seen for number in pair} <= {0, 1, 2}
    assert all(len(pair) == 2 for pair in seen)
    if PRESETS[name].together:
        assert set(seen) <= {(0, 0), (1, 1), (2, 2)}


KILLED = """
import os, signal, sys
from pyoxigraph import Literal, NamedNode, Quad
from her2ld.loading import PRESETS, Sources, StoreClient, load_store, remote

def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

name, address, where = sys.argv[1:]
if where == "while it is sent":
    remote._LINES_AT_ONCE = 500
    StoreClient.post = killed
elif where == "before it is moved":
    StoreClient.update = killed
iri = lambda name: NamedNode("http://example.org/" + name)
quads = tuple(Quad(iri(f"s{n}"), iri("p"), Literal("of version 9"), iri(g)) for g in ("g1", "g2") for n in range(2009))
with StoreClient(PRESETS[name], address) as store:
    load_store(store, Sources(quads))
"""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("where", ["while it is sent", "before it is moved"])
def test_a_load_that_is_killed_leaves_the_old_data(name: str, where: str, addresses: Callable[[str], str]) -> None:
    address = addresses(name)
    with StoreClient(PRESETS[name], address) as store:
        load_store(store, Sources(versions(0)))
        done = subprocess.run([sys.executable, "-c", KILLED, name, address, where], check=False)
        assert done.returncode == -signal.SIGKILL
        assert check_store(store, Sources(versions(0))).verified
        assert load_store(store, Sources(versions(1))).verified
        left = [store.count(NamedNode(f"{EXAMPLE}{graph}/her2ld-loading")) for graph in ("g1", "g2")]
        assert left == [0, 0]
        store.update(f"DROP SILENT GRAPH <{EXAMPLE}g1>")
        store.update(f"DROP SILENT GRAPH <{EXAMPLE}g2>")


ODD = {
    "decimal": ("2.10", "007", "-0"),
    "integer": ("007", "+5", "-0"),
    "boolean": ("1", "0", "true"),
    "double": ("1.50", "1E3", "INF"),
    "dateTime": ("2026-01-01T00:00:00.000Z", "2026-01-01T12:00:00"),
    "date": ("2026-01-01", "2026-01-01Z"),
    "string": ("", " tab\tline\n“quotes” \"'\\ ", "😀 \x01\x7f"),
    "gYear": ("2001",),
}


def odd_quads() -> tuple[Quad, ...]:
    literals = [Literal(text, datatype=NamedNode(standard.XSD + name)) for name in ODD for text in ODD[name]]
    literals += [Literal("Wort", language="de-AT"), Literal("x", datatype=NamedNode(EXAMPLE + "own"))]
    node = BlankNode()
    graph, predicate = NamedNode(EXAMPLE + "odd"), NamedNode(EXAMPLE + "p")
    return (
        *(Quad(NamedNode(f"{EXAMPLE}s{number}"), predicate, each, graph) for number, each in enumerate(literals)),
        Quad(NamedNode(EXAMPLE + "é?a=b&c#d"), predicate, node, graph),
        Quad(node, predicate, NamedNode(EXAMPLE + "o"), graph),
    )


@pytest.mark.parametrize("name", NAMES)
def test_what_a_store_rewrites_is_compared_by_value_and_said(name: str, addresses: Callable[[str], str]) -> None:
    with StoreClient(PRESETS[name], addresses(name)) as store:
        (graph,) = load_store(store, Sources(odd_quads())).graphs
        assert (graph.verified, graph.first_missing, graph.first_unexpected) == (True, (), ())
        assert graph.by_value == 11
        store.update(f"DROP SILENT GRAPH <{EXAMPLE}odd>")


def test_numbers_that_jena_corrupts_are_found_out(tmp_path: Path) -> None:
    """Jena TDB2 4.5 keeps 56 bits of an integer."""
    jena = stores.Jena(tmp_path)
    large = Literal("99999999999999999999999", datatype=standard.XSD_INTEGER)
    quads = (Quad(NamedNode(EXAMPLE + "s"), NamedNode(EXAMPLE + "p"), large, NamedNode(EXAMPLE + "g")), *odd_quads())
    sent, dump = tmp_path / "sent.nq", tmp_path / "dump.nq"
    sent.write_bytes(serialize(quads, format=RdfFormat.N_QUADS) or b"")
    jena.run("tdbloader", str(sent))
    dump.write_bytes(jena.run("tdbdump"))
    status, out, err = run("load", str(dump), str(sent), "--check")
    assert status == 1
    assert out.startswith("checked http://example.org/odd: ")
    assert "99999999999999999999999" in err
