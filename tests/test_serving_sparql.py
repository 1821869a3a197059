"""SPARQL over HTTP: the questions give their answers, in every form of asking and of answering."""

import csv
import json
import re
from pathlib import Path
from urllib.parse import urlencode

import click
import pytest
from pyoxigraph import NamedNode, Quad, QueryBoolean, QueryResultsFormat, RdfFormat, parse, parse_query_results

from her2ld import Vocabulary, read_questions
from her2ld.cli import main, pages_verbs
from her2ld.vocabulary.identifiers import curie_writer
from tests.engines import compact
from tests.serving_process import Answer, Server, running

ANSWERS = Path(__file__).parent / "queries"
QUESTIONS = {
    question.name: question for question in read_questions() if not question.services and not question.excerpts
}
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
HER2LD = "https://w3id.org/her2ld/"
HEDGED, ASSERTED, ONTOLOGY = (f"{HER2LD}graph/{name}" for name in ("hedged", "asserted", "ontology"))
ASK = f"ASK {{ <{HER2LD}HER2> ?p ?o }}"
APPROVED = "SELECT ?what { ?drug <https://w3id.org/her2ld/approvedFor> ?what }"


def rows(answer: Answer, vocabulary: Vocabulary) -> list[list[str]]:
    """Return an answer as the files of expected ones have it."""
    assert answer.status == 200, answer.text
    short = compact(vocabulary.prefixes)

    def text(term: object) -> str:
        value = str(getattr(term, "value", term)) if term else ""
        return short(value) if isinstance(term, NamedNode) else value

    if answer.media_type == "text/turtle":
        triples = parse(answer.body, RdfFormat.TURTLE)
        return [["subject", "predicate", "object"], *sorted([text(term) for term in quad.triple] for quad in triples)]
    table = parse_query_results(answer.body, QueryResultsFormat.JSON)
    assert not isinstance(table, QueryBoolean)
    names = [variable.value for variable in table.variables]
    return [names, *([text(row[name]) for name in names] for row in table)]


def written(name: str) -> list[list[str]]:
    with (ANSWERS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_every_question_gives_its_answer(server: Server, vocabulary: Vocabulary) -> None:
    asked = {name: question.query for name, question in QUESTIONS.items() if not question.needs_inference}
    assert len(asked) > 30
    given = {name: rows(server.query(query), vocabulary) for name, query in asked.items()}
    assert given == {name: written(name) for name in asked}


def test_what_follows_is_asked_where_it_is_served(vocabulary: Vocabulary, tmp_path: Path, cache: Path) -> None:
    reasoned = tmp_path / "her2.nq"
    main(["export", "--reasoned", "-o", str(reasoned)], standalone_mode=False)
    needing = {name: question.query for name, question in QUESTIONS.items() if question.needs_inference}
    assert needing
    with running(reasoned, cache=cache) as server:
        given = {name: rows(server.query(query), vocabulary) for name, query in needing.items()}
    assert given == {name: written(name) for name in needing}


def test_the_ways_of_asking_give_one_answer(server: Server) -> None:
    query = "SELECT ?label { <https://w3id.org/her2ld/HER2> <http://www.w3.org/2000/01/rdf-schema#label> ?label } # é +"
    encoded = urlencode({"query": query})
    answers = [
        server.ask(f"/sparql?{encoded}"),
        server.ask("/sparql", "POST", encoded, Content_Type=FORM),
        server.ask("/sparql", "POST", encoded, Content_Type=f"{FORM.upper()}; charset=UTF-8"),
        server.ask("/sparql", "POST", query.encode(), Content_Type=QUERY),
        server.ask("/sparql?other=1", "POST", query.encode(), Content_Type=f"{QUERY}; charset=utf-8"),
    ]
    assert {(answer.status, answer.media_type, answer.body) for answer in answers} == {
        (
            200,
            "application/sparql-results+json",
            (
                b'{"head":{"vars":["label"]},"results":{"bindings":['
                b'{"label":{"type":"literal","value":"HER2 protein","xml:lang":"en"}}]}}'
            ),
        )
    }


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("application/json", "application/json"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.6", "application/sparql-results+xml"),
        ("text/*, application/sparql-results+json;q=0.9", "text/csv"),
        ("text/csv;q=0, */*;q=0.1", "application/sparql-results+json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        ("text/turtle, application/sparql-results+xml;q=0.2", "application/sparql-results+xml"),
    ],
)
def test_a_table_comes_as_the_client_likes_it(server: Server, accept: str, media_type: str) -> None:
    answer = server.get(APPROVED, Accept=accept)
    assert (answer.status, answer.media_type, answer.headers["Vary"]) == (200, media_type, "Accept")
    assert answer.headers["Content-Length"] == str(len(answer.body))
    form = {
        "application/json": QueryResultsFormat.JSON,
        "application/xml": QueryResultsFormat.XML,
    }.get(media_type) or QueryResultsFormat.from_media_type(media_type)
    if form == QueryResultsFormat.CSV:
        assert answer.text == "what\r\nhttps://w3id.org/her2ld/MetastaticBreastCancer\r\n"
        return
    table = parse_query_results(answer.body, form)
    assert not isinstance(table, QueryBoolean)
    assert [row["what"] for row in table] == [NamedNode(f"{HER2LD}MetastaticBreastCancer")]


@pytest.mark.parametrize(
    ("accept", "body"),
    [
        ("application/sparql-results+json", b'{"head":{},"boolean":true}'),
        ("text/csv", b"true"),
        ("text/tab-separated-values", b"true"),
    ],
)
def test_yes_or_no_comes_as_the_client_likes_it(server: Server, accept: str, body: bytes) -> None:
    assert server.query(ASK, accept).body == body


@pytest.mark.parametrize(
    ("accept", "media_type", "form"),
    [
        ("", "text/turtle", RdfFormat.TURTLE),
        ("text/turtle", "text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", "application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", "application/ld+json", RdfFormat.JSON_LD),
        ("text/turtle;q=0.1, application/ld+json;q=0.2", "application/ld+json", RdfFormat.JSON_LD),
        ("application/sparql-results+json, application/rdf+xml;q=0.1", "application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
def test_a_graph_comes_as_the_client_likes_it(server: Server, accept: str, media_type: str, form: RdfFormat) -> None:
    answer = server.query(QUESTIONS["network"].query, accept)
    assert (answer.status, answer.media_type) == (200, media_type)
    expected = server.query(QUESTIONS["network"].query, "application/n-triples").text
    triples = {quad.triple for quad in parse(answer.body, form)}
    assert sorted(f"{triple} ." for triple in triples) == sorted(expected.splitlines())
    assert len(triples) == 38


def test_a_graph_in_turtle_is_that_of_the_command_line(
    server: Server, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    main(["query", "network", "--to", "turtle"], standalone_mode=False)
    assert server.query(QUESTIONS["network"].query, "text/turtle").body == capfdbinary.readouterr().out


def test_what_cannot_be_written_as_asked_says_what_can(server: Server) -> None:
    table = server.query(APPROVED, "text/turtle")
    assert (table.status, table.media_type) == (406, "text/plain")
    assert table.text == (
        "query: its answer cannot be written as text/turtle. Remedy: accept one of application/sparql-results+json, "
        "application/sparql-results+xml, text/csv, text/tab-separated-values, application/json, application/xml, "
        "text/xml.\n"
    )
    assert "accept one of text/turtle" in server.query(QUESTIONS["network"].query, "text/csv").text


def test_a_triple_about_a_triple_is_not_written_in_a_format_that_cannot(server: Server) -> None:
    query = "CONSTRUCT { ?s <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( ?s a ?c )>> } { ?s a ?c } LIMIT 2"
    refused = server.query(query, "application/ld+json")
    assert refused.status == 406
    assert "has a triple term, which JSON-LD 1.1 cannot express. Remedy: choose Turtle" in refused.text
    written = server.query(query, "application/n-triples")
    assert (written.status, written.body.count(b"<<( ")) == (200, 2)


def test_a_character_that_xml_cannot_hold_is_not_written_in_xml(server: Server) -> None:
    query = r'SELECT ("a\u0001b" AS ?x) {}'
    for media_type in ("application/sparql-results+xml", "application/xml"):
        answer = server.query(query, media_type)
        assert (answer.status, answer.text) == (
            406,
            (
                "the answer: has the character U+0001 in a text, which XML cannot contain. "
                "Remedy: ask for it in another format.\n"
            ),
        )
    assert server.query(query, "text/csv").body == b"x\r\na\x01b\r\n"


def counted(answer: Answer) -> int:
    assert answer.status == 200, answer.text
    return int(json.loads(answer.body)["results"]["bindings"][0]["n"]["value"])


COUNT, COUNT_NAMED = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


def test_the_merge_of_all_graphs_but_hedged_is_asked(server: Server, quads: tuple[Quad, ...]) -> None:
    """A triple that stands in two graphs counts once, and GRAPH finds it in each."""
    hedged = NamedNode(HEDGED)
    merge = {quad.triple for quad in quads if quad.graph_name != hedged}
    repeated = sum(quad.graph_name != hedged for quad in quads) - len(merge)
    assert repeated
    assert counted(server.query(COUNT)) == len(merge)
    assert counted(server.query(COUNT_NAMED)) == len(quads)
    assert f"serving {len(quads):,} quads" in server.first_line
    kinase = server.query(f"SELECT ?x {{ ?x a <{HER2LD}ReceptorTyrosineKinase> }} ORDER BY ?x", "text/csv").text
    assert kinase.split("\r\n")[1:-1] == [f"{HER2LD}HER{number}" for number in (1, 2, 3, 4)]


@pytest.mark.parametrize("form", ["SELECT (COUNT(*) AS ?n) FROM <{0}> FROM <{1}> {2}", "{2}"])
def test_the_merge_of_chosen_graphs_is_asked(server: Server, quads: tuple[Quad, ...], form: str) -> None:
    chosen = [NamedNode(ONTOLOGY), NamedNode(ASSERTED)]
    of_both = [quad.triple for quad in quads if quad.graph_name in chosen]
    pattern = "{ ?s ?p ?o }" if "FROM" in form else "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    query = form.format(ONTOLOGY, ASSERTED, pattern)
    parameters = [] if "FROM" in form else [("default-graph-uri", graph.value) for graph in chosen]
    answer = server.ask(f"/sparql?{urlencode([('query', query), *parameters])}")
    assert counted(answer) == len(set(of_both)) < len(of_both)


@pytest.mark.parametrize(
    ("parameters", "default", "named"),
    [
        ([("default-graph-uri", ASSERTED)], 38, 0),
        ([("default-graph-uri", ASSERTED), ("default-graph-uri", HEDGED)], 47, 0),
        ([("named-graph-uri", HEDGED)], 0, 9),
        ([("default-graph-uri", ASSERTED), ("named-graph-uri", HEDGED), ("named-graph-uri", ASSERTED)], 38, 47),
    ],
)
def test_the_protocol_chooses_graphs(
    server: Server, parameters: list[tuple[str, str]], default: int, named: int
) -> None:
    encoded = urlencode(parameters)
    for query, count in ((COUNT, default), (COUNT_NAMED, named)):
        asked = urlencode({"query": query})
        answers = [
            server.ask(f"/sparql?{asked}&{encoded}"),
            server.ask("/sparql", "POST", f"{encoded}&{asked}", Content_Type=FORM),
            server.ask(f"/sparql?{encoded}", "POST", query, Content_Type=QUERY),
            server.ask(f"/sparql?{encoded}", "POST", asked, Content_Type=FORM),
        ]
        assert [counted(answer) for answer in answers] == [count] * 4


def test_the_protocol_goes_before_the_query(server: Server) -> None:
    query = urlencode({"query": COUNT.replace("{", f"FROM <{ONTOLOGY}> {{")})
    assert counted(server.ask(f"/sparql?{query}")) > 2000
    assert counted(server.ask(f"/sparql?{query}&{urlencode({'default-graph-uri': HEDGED})}")) == 9


@pytest.mark.parametrize(
    ("clause", "parameters"),
    [
        ("FROM <file:///etc/passwd>", {}),
        ("FROM <http://127.0.0.1:1/>", {}),
        ("FROM <http://127.0.0.1:1/> FROM <http://127.0.0.1:1/2>", {}),
        ("FROM NAMED <http://127.0.0.1:1/>", {}),
        ("FROM <graph/nowhere>", {}),
        ("", {"default-graph-uri": "http://127.0.0.1:1/"}),
        ("", {"named-graph-uri": "http://127.0.0.1:1/"}),
        (f"FROM <{ONTOLOGY}>", {"default-graph-uri": "http://127.0.0.1:1/"}),
    ],
)
def test_a_graph_that_is_not_there_is_empty(server: Server, clause: str, parameters: dict[str, str]) -> None:
    """It is not fetched from anywhere."""
    query = f"SELECT (COUNT(*) AS ?n) {clause} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
    assert counted(server.ask(f"/sparql?{urlencode({'query': query, **parameters})}")) == 0


def test_a_relative_iri_is_one_of_ours(server: Server) -> None:
    assert server.query("ASK { <HER2> a ?c }").text == '{"head":{},"boolean":true}'
    relative = COUNT.replace("{", "FROM <graph/ontology> FROM <graph/asserted> {")
    assert counted(server.query(relative)) == counted(server.query(relative.replace("<", f"<{HER2LD}"))) > 2000


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("INSERT DATA { <a:a> <a:a> <a:a> }", "query: is a change (INSERT), and this endpoint only answers questions"),
        ("LOAD <http://127.0.0.1:1/>", "query: is a change (LOAD), and this endpoint only answers questions"),
        ("# a comment\nprefix a: <a:a> clear all", "query: is a change (CLEAR)"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> {} }", "query: asks another endpoint with SERVICE"),
        ("SELECT * { ?s ?p }", "query, line 1, column 18: “}” cannot stand here; expected: a variable, an IRI"),
        ("", "query, line 1, column 1: the query ends too early; expected: PREFIX, BASE, SELECT"),
        (
            "ASK { ?s her2:subject ?o }",
            "query: does not declare her2:. Remedy: add PREFIX her2: <https://w3id.org/her2ld/>",
        ),
        ("SELECT * {" + "{" * 201 + "}" * 202, "query: has brackets nested more than 200 deep"),
    ],
)
def test_what_is_no_question_is_refused(server: Server, query: str, said: str) -> None:
    answer = server.query(query)
    assert (answer.status, answer.media_type) == (400, "text/plain")
    assert answer.text.startswith(said)
    assert answer.text.endswith(".\n")
    assert "Remedy: " in answer.text


def test_every_reason_for_a_refusal_is_said(server: Server) -> None:
    answer = server.query("DELETE {} WHERE { SERVICE <a:c> {} }")
    assert [line.split(" Remedy")[0] for line in answer.text.splitlines()] == [
        "query: is a change (DELETE), and this endpoint only answers questions.",
        "query: asks another endpoint with SERVICE.",
    ]


@pytest.mark.parametrize(
    ("method", "target", "body", "media_type", "status", "said"),
    [
        ("POST", "/sparql", "update=CLEAR+ALL", FORM, 400, "update: this endpoint only answers questions"),
        ("POST", "/sparql", "CLEAR ALL", "application/sparql-update", 400, "update: this endpoint only answers"),
        ("GET", "/sparql?update=CLEAR+ALL", None, "", 400, "update: this endpoint only answers questions"),
        ("POST", "/sparql", "", FORM, 400, "query: is given 0 times"),
        ("GET", f"/sparql?default-graph-uri={ASSERTED}", None, "", 400, "query: is given 0 times"),
        ("POST", "/sparql?query=ASK%7B%7D", "ASK{}", QUERY, 400, "query: is given 2 times"),
        ("POST", "/sparql?query=ASK%7B%7D", "query=ASK%7B%7D", FORM, 400, "query: is given 2 times"),
        ("POST", "/sparql?update=CLEAR+ALL", "ASK{}", QUERY, 400, "update: this endpoint only answers questions"),
        ("GET", "/sparql?query=ASK%7B%7D&using-graph-uri=a:b", None, "", 400, "using-graph-uri: this endpoint only"),
        ("GET", "/sparql?using-named-graph-uri=a:b", None, "", 400, "using-named-graph-uri: this endpoint only"),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=x", None, "", 400, "default-graph-uri: 'x' is no IRI"),
        ("POST", "/sparql", "ASK{}".encode("utf-16-le"), f"{QUERY}; charset=UTF-16LE", 415, "Content-Type: has the ch"),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, "", 400, "query: is given 2 times"),
        ("POST", "/sparql?query=ASK%7B%7D", "ASK{}", "text/plain", 415, "Content-Type: a query is not sent as"),
        ("POST", "/sparql", b"ASK{?s ?p '\xff'}", QUERY, 400, "request: is not UTF-8"),
        ("GET", "/sparql?query=ASK%7B%FF%7D", None, "", 400, "request: "),
        ("GET", "/sparql?" + "a=1&" * 200, None, "", 400, "request: cannot be read"),
        ("PUT", "/sparql", "ASK{}", QUERY, 405, "Method Not Allowed"),
        ("DELETE", "/HER2", None, "", 405, "Method Not Allowed"),
    ],
)
def test_what_the_protocol_does_not_know_is_refused(
    server: Server, method: str, target: str, body: str | bytes | None, media_type: str, status: int, said: str
) -> None:
    answer = server.ask(target, method, body, Content_Type=media_type)
    assert (answer.status, answer.media_type) == (status, "text/plain")
    assert answer.text.startswith(said)


def test_an_answer_is_the_same_every_time_unless_it_asks_for_chance(server: Server) -> None:
    assert len({server.query(QUESTIONS["card"].query, "text/turtle").body for _ in range(3)}) == 1
    assert len({server.query("SELECT (RAND() AS ?x) (STRUUID() AS ?y) {}").body for _ in range(3)}) == 3


def test_a_variable_called_service_is_none(server: Server) -> None:
    assert server.query("SELECT ?service ?from { VALUES (?service ?from) { (1 2) } }", "text/csv").text == (
        "service,from\r\n1,2\r\n"
    )


def test_the_prefixes_of_an_answer_are_those_of_the_ontology(server: Server, vocabulary: Vocabulary) -> None:
    short = curie_writer(vocabulary.prefixes)(f"{HER2LD}HER2")
    assert f"\n{short}\n" in server.query(f"DESCRIBE <{HER2LD}HER2>").text


def test_the_guide_tells_of_every_option_and_shows_what_is_printed(server: Server) -> None:
    docs = Path(__file__).parent.parent / "docs"
    guide = (docs / "serving.md").read_text(encoding="utf-8")
    told = {
        option
        for line in guide.splitlines()
        if line.startswith("| `--")
        for option in re.findall(r"`(--[a-z-]+)", line)
    }
    known = {option.opts[0] for option in pages_verbs.serve.params if isinstance(option, click.Option)}
    assert told == known
    # The server of the tests has the review alone; the number of the guide is that of all papers.
    shown = re.search(r"^```text\nserving ([0-9,]+) quads", guide, re.MULTILINE)
    assert shown
    line = re.sub(r"[0-9,]+(?= quads)", shown[1], server.first_line.replace(str(server.port), "8000"))
    assert f"\n{line}```" in guide
    assert f"her2.trig: {shown[1]} quads" in (docs / "data-engineers.md").read_text(encoding="utf-8")
    for word in ("400", "404", "406", "408", "413", "415", "431", "403", "421", "500", "503", "504"):
        assert re.search(rf"^\| [0-9, ]*\b{word}\b", guide, re.MULTILINE), word
