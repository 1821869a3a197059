"""What a store rewrites is counted, whatever the datatype, and said where somebody asks."""

from pathlib import Path

from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from her2ld.cli import main
from her2ld.query.rewritten import Rewritten, described, watched
from her2ld.vocabulary import standard
from tests.serving_process import running

NODE = NamedNode("http://example.org/a")
DATATYPES = (
    "anyURI", "boolean", "byte", "date", "dateTime", "dateTimeStamp", "decimal", "double", "duration", "float", "gDay",
    "gYear", "int", "integer", "long", "nonNegativeInteger", "positiveInteger", "string", "time", "unsignedByte",
)  # fmt: skip
FORMS = st.one_of(
    st.from_regex(r"\A[+-]?[0-9]{1,4}(\.[0-9]{1,3})?(e[0-9])?\Z"),
    st.sampled_from(["true", "1", "INF", "2020-01-01", "2020-01-01T00:00:00.50+00:00", "P1Y", "12:00:00", "2020", "x"]),
)
LITERALS = st.builds(
    lambda form, name: Literal(form, datatype=NamedNode(standard.XSD + name)), FORMS, st.sampled_from(DATATYPES)
)
DATA = """@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <http://example.org/> .
:a :n "5"^^xsd:int, "07"^^xsd:integer, "1"^^xsd:boolean, "x", "2020"^^xsd:gYear .
"""
SAID = (
    "3 literals are kept by value and not as they are written: 1 xsd:boolean in another form, "
    "1 xsd:int as xsd:integer, 1 xsd:integer in another form"
)


@given(st.lists(LITERALS, max_size=8))
def test_what_a_store_gives_back_otherwise_is_counted(literals: list[Literal]) -> None:
    quads = [Quad(NODE, NODE, literal) for literal in literals]
    rewritten = Rewritten()
    assert list(watched(quads, rewritten)) == quads
    stores = [Store() for _ in quads]
    for store, quad in zip(stores, quads, strict=True):
        store.add(quad)
    assert sum(rewritten.values()) == sum(quad not in set(store) for store, quad in zip(stores, quads, strict=True))


def test_the_data_of_her2ld_are_written_as_they_are_kept(quads: tuple[Quad, ...]) -> None:
    rewritten = Rewritten()
    assert list(watched(quads, rewritten)) == list(quads)
    assert described(rewritten) == ""


def test_who_asks_data_of_their_own_is_told(tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(DATA, encoding="utf-8")
    asked = CliRunner().invoke(
        main, ["query", "-", "--data", str(file), "--to", "csv"], input="SELECT ?o { ?s ?p ?o FILTER (?o = 7) }"
    )
    assert (asked.exit_code, asked.stdout, asked.stderr) == (0, "o\n7\n", f"{SAID} (docs/queries.md)\n")


def test_who_asks_a_server_is_told(tmp_path: Path, cache: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(DATA, encoding="utf-8")
    with running(file, cache=cache) as server:
        described_in_turtle = server.ask("/sparql", Accept="text/turtle").text
        server.process.terminate()
        _, errors = server.process.communicate()
    assert f'"Here {SAID}."@en' in described_in_turtle
    assert errors == f"{SAID} (docs/serving.md)\n"
