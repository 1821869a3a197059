"""Every IRI of ours is looked up at the server: as a page, or as RDF in the form that the client likes."""

import io
import json
import re
from urllib.parse import quote

import pytest
from lxml import html
from pyoxigraph import Dataset, NamedNode, Quad, RdfFormat, Store, Triple, parse

from her2ld import Vocabulary
from her2ld.dataset import without_named_graphs
from her2ld.dataset.descriptions import describe
from her2ld.exports import export
from her2ld.pages import assets, content_security_policy
from her2ld.serving.documents import DATA
from her2ld.vocabulary import model
from tests.serving_process import Server

HER2LD = "https://w3id.org/her2ld/"
FORMS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}
PATHS = (
    "HER2",
    "ontology",
    "statement/95a60bbbb907b84e",
    "record/10.1007_BF02967477",
    "record/10.1007_BF02967477/abstract",
    "graph/asserted",
    "graph/hedged",
    "curator/the-her2ld-project",
)


@pytest.fixture(scope="module")
def store(quads: tuple[Quad, ...]) -> Store:
    filled = Store()
    filled.extend(quads)
    return filled


def test_every_iri_of_ours_has_a_page_and_data(server: Server, quads: tuple[Quad, ...]) -> None:
    nodes = {term for quad in quads for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)}
    iris = {node.value.partition("#")[0] for node in nodes if isinstance(node, NamedNode)}
    paths = sorted(iri.removeprefix(HER2LD) for iri in iris if iri.startswith(HER2LD) and iri != HER2LD)
    assert len(paths) > 200
    for media_type, some in (("application/trig", paths), ("text/html", paths[::7])):  # pages have tests of their own
        answers = {path: server.ask(f"/{quote(path, safe='/%')}", Accept=media_type) for path in some}
        assert {path: answer.status for path, answer in answers.items() if answer.status != 200} == {}
        assert {answer.media_type for answer in answers.values()} == {media_type}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("media_type", FORMS)
def test_what_is_said_of_a_thing_comes_whole(
    server: Server, store: Store, vocabulary: Vocabulary, path: str, media_type: str
) -> None:
    answer = server.ask(f"/{path}", Accept=media_type)
    if path == "graph/hedged" and media_type in {"text/turtle", "application/n-triples", "application/rdf+xml"}:
        assert answer.status == 406
        assert f"graph: is only suggested, which is never said in {media_type}: it has no named graphs" in answer.text
        return
    assert (answer.status, answer.media_type, answer.headers["Vary"]) == (200, media_type, "Accept")
    output = io.BytesIO()
    said = describe(store, NamedNode(HER2LD + path))
    export(Dataset(said), output, DATA[media_type], vocabulary)
    assert answer.body == output.getvalue()
    if path != "ontology":  # its axioms have blank nodes, whose names a parser makes anew
        has_graphs = media_type in {"application/ld+json", "application/trig", "application/n-quads"}
        expected = set(said if has_graphs else without_named_graphs(said))
        ours = {quad for quad in expected if "_:" not in str(quad)}
        assert ours <= set(parse(answer.body, FORMS[media_type]))


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/turtle", "text/turtle"),
        ("text/turtle;q=0.9, text/html;q=0.8", "text/turtle"),
        ("text/turtle;q=0.2, text/html;q=0.8", "text/html"),
        ("application/rdf+xml;q=0.5, application/ld+json;q=0.51", "application/ld+json"),
        ("text/html;q=0, */*;q=0.5", "text/turtle"),
        ("application/*", "application/ld+json"),
        ("APPLICATION/N-Triples ; Q=0.3, image/png", "application/n-triples"),
    ],
)
def test_the_form_is_the_one_that_the_client_likes_best(server: Server, accept: str, media_type: str) -> None:
    answer = server.ask("/HER2", Accept=accept)
    assert (answer.status, answer.media_type, answer.headers["Vary"]) == (200, media_type, "Accept")


def test_a_page_that_is_no_thing_is_no_rdf(server: Server) -> None:
    answer = server.ask("/network", Accept="text/turtle")
    assert (answer.status, answer.text) == (
        406,
        "/network: is a page, and no thing of which RDF speaks. Remedy: accept text/html.\n",
    )


def test_a_page_offers_no_form_that_is_refused(server: Server) -> None:
    page = html.fromstring(server.ask("/graph/hedged", Accept="text/html").body)
    offered = page.xpath("//p[@class='formats']/a/@href | //link[@rel='alternate']/@href")
    assert len(offered) == 6
    assert {path: server.ask(path).status for path in offered} == dict.fromkeys(offered, 200)


def test_a_form_that_there_is_not_is_refused_with_a_list_of_those_that_are(server: Server) -> None:
    answer = server.ask("/HER2", Accept="image/png, text/turtle;q=0")
    assert (answer.status, answer.text) == (
        406,
        (
            "/HER2: cannot be had as image/png, text/turtle;q=0. Remedy: accept one of text/html, text/turtle, "
            "application/ld+json, application/n-triples, application/rdf+xml, application/trig, application/n-quads.\n"
        ),
    )


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [(".ttl", "text/turtle"), (".jsonld", "application/ld+json"), (".nt", "application/n-triples"),
     (".rdf", "application/rdf+xml"), (".trig", "application/trig"), (".nq", "application/n-quads"),
     (".html", "text/html")],
)  # fmt: skip
def test_an_ending_chooses_the_form(server: Server, ending: str, media_type: str) -> None:
    by_ending = server.ask(f"/record/10.1007_BF02967477{ending}", Accept="image/png")
    by_header = server.ask("/record/10.1007_BF02967477", Accept=media_type)
    assert (by_ending.status, by_ending.media_type, by_ending.body) == (200, media_type, by_header.body)


@pytest.mark.parametrize(
    "path", ["/nothing", "/statement/0", "/HER2/", "/%00", "/..%2f..%2fetc%2fpasswd", "/<>", "/HER2.pdf", "/%", "//x"]
)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_what_nobody_speaks_of_is_not_found(server: Server, path: str, accept: str) -> None:
    answer = server.ask(path, Accept=accept)
    assert (answer.status, answer.media_type) == (404, "text/plain")
    assert "there is nothing here. Remedy: begin at the home page" in answer.text


@pytest.mark.parametrize("path", ["/HER2", "/assets/pages.css", "/.well-known/void"])
def test_what_has_not_changed_is_not_sent_again(server: Server, path: str) -> None:
    first = server.ask(path)
    tag = first.headers["ETag"]
    assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
    for known in (tag, f'"other", W/{tag}', "*"):
        again = server.ask(path, If_None_Match=known)
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert server.ask(path, If_None_Match='"other"').body == first.body
    assert server.ask(path, "HEAD", If_None_Match=tag).status == 304


@pytest.mark.parametrize("path", ["/", "/HER2", "/HER2.ttl", "/sparql?query=ASK%7B%7D", "/health", "/nothing"])
def test_a_look_at_the_head_is_as_the_whole_without_its_body(server: Server, path: str) -> None:
    whole, head = server.ask(path), server.ask(path, "HEAD")
    assert head.body == b""
    assert head.status == whole.status
    different = {"date"}
    assert [item for item in head.headers.items() if item[0] not in different] == [
        item for item in whole.headers.items() if item[0] not in different
    ]


def test_a_page_says_what_a_browser_may_do_with_it(server: Server) -> None:
    for path in ("", "HER2", "query"):
        headers = server.ask(f"/{path}").headers
        assert headers["Content-Security-Policy"] == content_security_policy(path)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"
    data = server.ask("/HER2.ttl").headers
    assert data["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_what_pages_need_is_there(server: Server) -> None:
    pages = [server.ask(path).text for path in ("/", "/HER2", "/query", "/record/10.1007_BF02967477")]
    needed = {link for page in pages for link in re.findall(r'(?:src|href)="(/assets/[^"]+)"', page)}
    assert len(needed) > 3
    files = assets()
    for link in sorted(needed):
        if (name := link.removeprefix("/assets/")) in files:  # what others wrote is there once the package is built
            answer = server.ask(link)
            assert (answer.status, answer.body) == (200, files[name].read_bytes())
            assert answer.media_type != "application/octet-stream"
    assert server.ask("/assets/../../errors.py").status == 404


def test_a_search_finds_a_synonym(server: Server) -> None:
    assert "HER2 protein" in server.ask("/search?q=CD340+antigen").text


def test_the_health_of_the_server_is_told(server: Server, quads: tuple[Quad, ...]) -> None:
    answer = server.ask("/health")
    assert (answer.status, json.loads(answer.body)) == (200, {"status": "ok", "quads": len(quads)})


@pytest.mark.parametrize("media_type", ["text/turtle", "application/n-triples", "application/rdf+xml"])
def test_the_endpoint_describes_itself(server: Server, media_type: str) -> None:
    answer = server.ask("/sparql", Accept=media_type)
    assert (answer.status, answer.media_type) == (200, media_type)
    graph = Dataset(parse(answer.body, FORMS[media_type]))
    sd = "http://www.w3.org/ns/sparql-service-description#"
    endpoint = NamedNode(f"http://127.0.0.1:{server.port}/sparql")
    said = {str(quad.predicate.value).removeprefix(sd) for quad in graph.quads_for_subject(endpoint)}
    assert said == {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "endpoint", "supportedLanguage", "resultFormat",
        "defaultDataset",
    }  # fmt: skip
    named = {str(quad.object)[1:-1] for quad in graph.quads_for_predicate(NamedNode(f"{sd}name"))}
    assert named == {f"{HER2LD}graph/{name}" for name in ("ontology", "asserted", "hedged", "statements", "records")}


def test_who_comes_to_the_endpoint_with_a_browser_is_led_to_the_page(server: Server) -> None:
    answer = server.ask("/sparql", Accept="text/html,*/*;q=0.8")
    assert (answer.status, answer.headers["Location"]) == (303, "/query")


CLASSES = (
    "PREFIX her2: <https://w3id.org/her2ld/> SELECT ?class ?level ?other {"
    " her2:HER2Gene a ?class . FILTER(?class = her2:Gene) BIND(3 AS ?level)"
    " BIND(<http://example.org/x> AS ?other) }"
)


@pytest.mark.parametrize(
    ("query", "rows", "note"),
    [
        (CLASSES, [["gene", "3", "http://example.org/x"]], "1 row"),
        (
            "PREFIX her2: <https://w3id.org/her2ld/> CONSTRUCT { her2:HER2Gene her2:encodes her2:HER2 } {}",
            [["HER2 gene", "encodes", "HER2 protein"]],
            "1 row",
        ),
        ("ASK {}", [], "0 rows; yes"),
        ("SELECT ?x { ?x ?y ?z } LIMIT 201", None, "200 rows; the first of 201"),
    ],
)
def test_what_is_asked_without_scripts_is_answered_on_the_page_in_names(
    server: Server, query: str, rows: list[list[str]] | None, note: str
) -> None:
    answer = server.ask(f"/query?query={quote(query)}", Accept="text/html,*/*;q=0.8")
    assert answer.status == 200
    assert answer.headers["Content-Security-Policy"] == content_security_policy("query")
    page = html.fromstring(answer.text)
    (table,) = page.xpath("//h2[@id='answer']/following::table[1]")
    if rows is not None:
        assert [[cell.text_content().strip() for cell in row] for row in table.xpath("tbody/tr")] == rows
    assert table.xpath("../following-sibling::p")[0].text_content() == note
    assert page.xpath("//textarea")[0].text.strip() == query


def test_names_in_an_answer_lead_to_pages_and_have_the_curie_in_the_title(server: Server) -> None:
    page = html.fromstring(server.ask(f"/query?query={quote(CLASSES)}", Accept="text/html").text)
    links = page.xpath("//h2[@id='answer']/following::table[1]//a")
    assert [(each.get("href"), each.get("title")) for each in links] == [
        ("/Gene", "her2:Gene"), ("http://example.org/x", "http://example.org/x"),
    ]  # fmt: skip


def test_what_cannot_be_answered_on_the_page_is_refused_with_the_reason(server: Server) -> None:
    for query, status in (("SELECT", 400), ("DROP ALL", 400), ("SELECT ?x ?y ?z { ?x ?y ?z }", 413)):
        answer = server.ask(f"/query?query={quote(query)}", Accept="text/html")
        assert (answer.status, answer.headers["Content-Type"]) == (status, "text/plain; charset=utf-8")
        assert "query" in answer.text


def test_the_dataset_describes_itself(server: Server, quads: tuple[Quad, ...]) -> None:
    answer = server.ask("/.well-known/void")
    assert answer.media_type == "text/turtle"
    assert answer.body == server.ask("/", Accept="text/turtle").body
    triples = {quad.triple for quad in parse(answer.body, RdfFormat.TURTLE)}
    void = "http://rdfs.org/ns/void#"
    base = f"http://127.0.0.1:{server.port}/"
    dataset = NamedNode(f"{base}.well-known/void#dataset")
    assert Triple(dataset, NamedNode(f"{void}sparqlEndpoint"), NamedNode(f"{base}sparql")) in triples
    counts = {
        str(triple.subject): int(triple.object.value)
        for triple in triples
        if triple.predicate == NamedNode(f"{void}triples")
    }
    merge = {quad.triple for quad in quads if quad.graph_name != model.HEDGED_GRAPH}
    assert counts.pop(str(dataset)) == len(merge)
    assert sum(counts.values()) == len(quads)
    assert not any("_:" in str(triple) for triple in triples)
