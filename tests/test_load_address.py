"""Loading over HTTP: what is asked of a store, and what is said where it does not do it."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, serialize

from her2ld import LoadError
from her2ld.cli import main
from her2ld.cli.load_verb import load as load_command
from her2ld.loading import PRESETS, Sources, StoreClient, check_store, load_store, refresh_notice, remote
from her2ld.loading.stores import PASSWORD_VARIABLE, USER_VARIABLE, checked_address
from her2ld.vocabulary import model
from tests.fake_store import Answer, FakeStore, fake_store

EXAMPLE = "http://example.org/"
SECRET = "correct-horse"  # noqa: S105  # made up


def iri(name: str) -> NamedNode:
    return NamedNode(EXAMPLE + name)


def some(count: int, word: str = "one", graph: str = "graph") -> tuple[Quad, ...]:
    return tuple(Quad(iri(f"s{number}"), iri("p"), Literal(f"{word} {number}"), iri(graph)) for number in range(count))


def lines(quads: tuple[Quad, ...]) -> set[bytes]:
    return {f"{quad.triple} .".encode() for quad in quads}


@pytest.fixture
def store() -> Iterator[FakeStore]:
    with fake_store() as running:
        yield running


@pytest.fixture(autouse=True)
def _no_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(USER_VARIABLE, raising=False)
    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "no-netrc"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "some.nq"
    file.write_bytes(serialize(some(3), format=RdfFormat.N_QUADS) or b"")
    return file


def client(store: FakeStore, preset: str = "graph-store", update: str | None = "/sparql") -> StoreClient:
    made = StoreClient(PRESETS[preset], store.address, store.address + update if update else None, seconds=5)
    made.sleep = lambda _seconds: None
    return made


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_graphs_are_staged_and_moved(store: FakeStore) -> None:
    store.graphs = {EXAMPLE + "graph": lines(some(9, "old")), EXAMPLE + "theirs": lines(some(2))}
    with client(store) as speaking:
        for _ in range(2):
            report = load_store(speaking, Sources((*some(3), *some(2, "other", "second"))))
            assert (report.verified, report.changed, report.triples) == (True, True, 5)
            assert store.graphs == {
                EXAMPLE + "graph": lines(some(3)),
                EXAMPLE + "second": lines(some(2, "other")),
                EXAMPLE + "theirs": lines(some(2)),
            }
    assert store.asked[:7] == ["PUT", "PUT", "GET", "GET", "POST", "GET", "GET"]


def test_a_store_with_updates_alone_is_loaded_by_them(store: FakeStore) -> None:
    with client(store, "sparql") as speaking:
        speaking._query = speaking._update  # type: ignore[assignment]  # noqa: SLF001  # one address for both
        assert load_store(speaking, Sources(some(3))).verified
    assert store.graphs == {EXAMPLE + "graph": lines(some(3))}
    assert set(store.asked) == {"POST"}


def test_a_store_that_cannot_move_is_said_to_be_refreshed_graph_by_graph(store: FakeStore, file: Path) -> None:
    status, out, err = run("load", store.address, str(file), "--store", "graph-store")
    assert status == 0
    assert err == (
        "not atomic: each graph is replaced by one request; "
        "for a moment, a reader may see some graphs new and others old\n"
    )
    assert out.splitlines() == [
        "loaded http://example.org/graph: 3 triples, verified",
        f"loaded 3 triples in 1 graph into {store.address}",
    ]
    assert store.asked == ["PUT", "GET"]


def test_what_is_sent_comes_in_pieces_with_all_blank_nodes_in_the_first(
    store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_LINES_AT_ONCE", 4)
    node = BlankNode()
    linked = (Quad(iri("z"), iri("p"), node, iri("graph")), Quad(node, iri("p"), Literal("> _:a"), iri("graph")))
    sent: list[int] = []

    def note(what: str, done: int, _total: int) -> None:
        if what.startswith("sending"):
            sent.append(done)

    with client(store) as speaking:
        report = load_store(speaking, Sources((*some(9), *linked)), note=note)
    assert (report.verified, report.triples) == (True, 11)
    assert sent == [4, 8, 11]
    assert store.asked[:3] == ["PUT", "POST", "POST"]


def test_a_busy_store_is_asked_again_and_a_busy_one_for_ever_is_given_up(store: FakeStore) -> None:
    waited: list[float] = []
    refusals: list[Answer] = [
        (503, {"Retry-After": "7"}, b""),
        (429, {"Retry-After": "Mon, 01 Jan 2001 00:00:00 GMT"}, b""),
        (504, {}, b""),
        (0, {}, b""),
    ]
    store.misbehave = lambda _method, _path: refusals.pop(0) if refusals else None
    with client(store) as speaking:
        speaking.sleep = waited.append
        assert load_store(speaking, Sources(some(3))).verified
        assert waited == [7, 0, 2, 4]
        waited.clear()
        store.misbehave = lambda _method, _path: (503, {"Retry-After": "86400"}, b"come back tomorrow")
        with pytest.raises(LoadError, match="answers 503 Service Unavailable: come back tomorrow") as raised:
            load_store(speaking, Sources(some(3, "new")))
    assert raised.value.problems[0].remedy == "try again later"
    assert waited == [30] * 5
    assert store.graphs == {EXAMPLE + "graph": lines(some(3))}


def test_a_move_that_was_not_begun_is_tried_again(store: FakeStore) -> None:
    refusals: list[Answer] = [(503, {"Retry-After": "1"}, b""), (429, {}, b"")]
    store.misbehave = lambda _method, path: refusals.pop() if path == "/sparql" and refusals else None
    with client(store) as speaking:
        assert load_store(speaking, Sources(some(3))).verified
    assert refusals == []


def test_a_store_that_is_not_there_is_said_to_be(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("her2ld.loading.client._FIRST_WAIT", 0)
    with fake_store() as store:
        address = store.address
    status, out, err = run("load", address, str(file), "--store", "oxigraph")
    assert (status, out) == (2, "")
    assert f"{address}\n  cannot be reached, or breaks off (" in err


def test_a_store_that_loses_a_triple_is_found_out_before_anything_is_moved(store: FakeStore, file: Path) -> None:
    store.graphs = {EXAMPLE + "graph": lines(some(3, "old"))}
    store.losing = b"one 1"
    status, out, err = run(
        "load", store.address, str(file), "--store", "graph-store", "--update", store.address + "/sparql"
    )
    assert (status, out) == (1, "")
    assert err.splitlines()[1:] == [
        "http://example.org/graph",
        "  is not what was sent: 1 triple is missing, 0 were not sent",
        '    - <http://example.org/s1> <http://example.org/p> "one 1" .',
        "  remedy: load it again, and nothing beside it; if it differs again, the store rewrites it (docs/loading.md)",
        f"1 of 1 graph not as sent; {store.address} is as it was",
    ]
    assert store.graphs == {EXAMPLE + "graph": lines(some(3, "old"))}


def test_where_nothing_can_be_staged_a_loss_is_found_out_afterwards(store: FakeStore, file: Path) -> None:
    store.losing = b"one 1"
    status, _, err = run("load", store.address, str(file), "--store", "graph-store")
    assert status == 1
    assert err.splitlines()[-1] == "1 of 1 graph not as sent"
    status, _, err = run("load", store.address, str(file), "--store", "graph-store", "--check")
    assert status == 1


def test_a_store_that_answers_200_and_means_no_is_found_out(store: FakeStore) -> None:
    page = (200, {"Content-Type": "text/html"}, b"<h1>Something went wrong</h1>")
    store.misbehave = lambda method, _path: page if method == "PUT" else None
    with client(store) as speaking:
        report = load_store(speaking, Sources(some(3)))
        assert (report.verified, report.changed, report.graphs[0].missing) == (False, False, 3)
        store.misbehave = lambda method, _path: page if method == "GET" else None
        with pytest.raises(LoadError, match="answers with text/html, not with N-Triples"):
            load_store(speaking, Sources(some(3)))
        torn = (200, {"Content-Type": "application/n-triples"}, b"<http://example.org/s0> <http://exa")
        store.misbehave = lambda method, _path: torn if method == "GET" else None
        with pytest.raises(LoadError, match="in a way that cannot be parsed"):
            load_store(speaking, Sources(some(3)))
    assert EXAMPLE + "graph" not in store.graphs


@pytest.mark.parametrize("done", [False, True])
def test_a_move_whose_answer_is_lost_is_made_once(store: FakeStore, *, done: bool) -> None:
    store.graphs = {EXAMPLE + "graph": lines(some(3, "old"))}
    lost: list[str] = []

    def misbehave(method: str, path: str) -> Answer | None:
        if (method, path) != ("POST", "/sparql") or lost:
            return None
        lost.append(path)
        if done:
            store.graphs[EXAMPLE + "graph"] = store.graphs.pop(EXAMPLE + "graph/her2ld-loading")
        return 0, {}, b""

    store.misbehave = misbehave
    with client(store) as speaking:
        if done:
            assert load_store(speaking, Sources(some(3, "new"))).verified
        else:
            with pytest.raises(LoadError, match="breaks off"):
                load_store(speaking, Sources(some(3, "new")))
    assert lost
    assert store.graphs[EXAMPLE + "graph"] == lines(some(3, "new" if done else "old"))


def test_graphs_of_ours_that_the_sources_do_not_have_are_named_and_can_be_pruned(store: FakeStore) -> None:
    inferred = model.INFERRED_GRAPH.value
    store.graphs = {inferred: lines(some(2)), EXAMPLE + "theirs": lines(some(2))}
    with client(store, "sparql") as speaking:
        speaking._query = speaking._update  # type: ignore[assignment]  # noqa: SLF001
        assert load_store(speaking, Sources(some(1))).stale == {inferred: 2}
        assert load_store(speaking, Sources(some(1)), prune=True).pruned == (inferred,)
    assert sorted(store.graphs) == [EXAMPLE + "graph", EXAMPLE + "theirs"]


@pytest.mark.parametrize(
    ("kind", "status", "remedy"),
    [
        ("oxigraph", 401, "HER2LD_STORE_USER and HER2LD_STORE_PASSWORD"),
        ("oxigraph", 404, "Oxigraph's server is at http://HOST:7878"),
        ("oxigraph", 302, "use the address that it names: https://example.org/elsewhere"),
        ("oxigraph", 400, "see the log of the store"),
    ],
)
def test_a_refusal_says_what_to_do(kind: str, status: int, remedy: str, store: FakeStore, file: Path) -> None:
    answer = (status, {"Location": "https://example.org/elsewhere"}, b"no")
    store.misbehave = lambda method, _path: answer if method in {"PUT", "POST"} else None
    exit_status, out, err = run("load", store.address, str(file), "--store", kind)
    assert (exit_status, out) == (2, "")
    assert f"answers {status} " in err
    assert remedy in err


@pytest.mark.parametrize("where", ["environment", "netrc"])
def test_credentials_come_from_the_environment_or_netrc_and_are_never_said(
    where: str,
    store: FakeStore,
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    if where == "environment":
        monkeypatch.setenv(USER_VARIABLE, "curator")
        monkeypatch.setenv(PASSWORD_VARIABLE, SECRET)
    else:
        netrc = tmp_path / "netrc"
        netrc.write_text(f"machine 127.0.0.1 login curator password {SECRET}\n", encoding="utf-8")
        monkeypatch.setenv("NETRC", str(netrc))
    status, out, err = run("load", store.address, str(file), "--store", "graph-store")
    assert status == 0
    assert store.authorizations == {"Basic Y3VyYXRvcjpjb3JyZWN0LWhvcnNl"}
    store.misbehave = lambda _method, _path: (403, {}, b"no")
    said = (out, err, *run("load", store.address, str(file), "--store", "graph-store")[1:], caplog.text)
    assert not any(SECRET in text for text in said)


def test_a_token_is_sent_as_one(store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, SECRET)
    with client(store, "qlever", None) as speaking:
        assert speaking.moves is False
        speaking.put(iri("graph"), b"")
    assert store.authorizations == {f"Bearer {SECRET}"}


def test_credentials_that_are_not_understood_are_refused_and_not_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine localhost login curator\npassphrase {SECRET}\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    with pytest.raises(LoadError, match="is not understood in line 2") as raised:
        StoreClient(PRESETS["oxigraph"], "http://localhost:1")
    assert SECRET not in str(raised.value)
    monkeypatch.setenv(PASSWORD_VARIABLE, SECRET)
    with pytest.raises(LoadError, match="HER2LD_STORE_USER is not"):
        StoreClient(PRESETS["oxigraph"], "http://localhost:1")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"http://curator:{SECRET}@localhost:7878", "http://localhost:7878: carries a user, a password"),
        (f"http://localhost:7878/?access-token={SECRET}", "http://localhost:7878: carries a user, a password"),
        (f"http://{SECRET}@localhost:no", "the address of the store: is not an address"),
        ("http://", "is not an address"),
    ],
)
def test_an_address_with_a_secret_is_refused_and_not_repeated(address: str, words: str) -> None:
    status, out, err = run("load", address, "--store", "oxigraph")
    assert (status, out) == (2, "")
    with pytest.raises(LoadError) as raised:
        checked_address(address)
    assert words in str(raised.value)
    assert SECRET not in str(raised.value) + err


def test_triples_without_a_graph_go_where_they_are_told_or_to_the_default_graph(store: FakeStore) -> None:
    nowhere = (Quad(iri("s"), iri("p"), iri("o")),)
    with client(store, "graphdb", None) as speaking, pytest.raises(LoadError, match="name a graph for them"):
        check_store(speaking, Sources(nowhere))
    with client(store) as speaking:
        load_store(speaking, Sources(nowhere))
        load_store(speaking, Sources(nowhere, graph=iri("graph")))
    line = b"<http://example.org/s> <http://example.org/p> <http://example.org/o> ."
    assert store.graphs == {"": {line}, EXAMPLE + "graph": {line}}


ADDRESSES = {
    "fuseki": ("/query", "/update", "/data?graph=g", "basic"),
    "graphdb": ("", "/statements", "/rdf-graphs/service?graph=g", "basic"),
    "rdf4j": ("", "/statements", "/rdf-graphs/service?graph=g", "basic"),
    "virtuoso": ("/sparql-auth", "/sparql-auth", "/sparql-graph-crud-auth?graph-uri=g", "digest"),
    "oxigraph": ("/query", "/update", "/store?graph=g", "basic"),
    "blazegraph": ("/sparql", "/sparql", None, "basic"),
    "stardog": ("/query", "/update", "?graph=g", "basic"),
    "neptune": ("/sparql", "/sparql", "/sparql/gsp/?graph=g", "basic"),
    "qlever": ("", None, "?graph=g", "bearer"),
    "graph-store": (None, None, "?graph=g", "basic"),
    "sparql": ("", "", None, "basic"),
}


@pytest.mark.parametrize("name", PRESETS)
def test_the_addresses_of_each_kind_of_store(name: str) -> None:
    preset = PRESETS[name]
    graph_store = preset.graph_store and preset.graph_store.replace("{}", "") + f"?{preset.graph_parameter}=g"
    query = preset.query.replace("{}", "") if preset.query else None
    update = None if preset.update is None else preset.update.replace("{}", "")
    assert (query, update, graph_store, preset.authentication) == ADDRESSES[name]


ATOMIC = "atomic: graphs are loaded beside, compared, and moved in one update"
ONE_BY_ONE = "graphs are loaded beside, compared, and moved one by one, as Virtuoso does it"
BY_REQUEST = "not atomic: each graph is replaced by one request"
MIXED = "; for a moment, a reader may see some graphs new and others old"
BESIDE = "; a query that names no graph sees what is loaded beside, too"
NOTICES = {
    ATOMIC: {"fuseki", "oxigraph", "stardog", "sparql"},
    ATOMIC + BESIDE: {"graphdb", "rdf4j", "blazegraph", "neptune"},
    ONE_BY_ONE + MIXED + BESIDE: {"virtuoso"},
    BY_REQUEST + MIXED: {"qlever", "graph-store"},
}


def test_what_readers_will_see_is_said_of_each_kind_of_store() -> None:
    said: dict[str, set[str]] = {}
    for name, preset in PRESETS.items():
        with StoreClient(preset, "http://localhost:1") as speaking:
            said.setdefault(refresh_notice(speaking), set()).add(name)
    assert said == NOTICES


def test_the_command_line_names_every_kind_of_store() -> None:
    (option,) = (parameter for parameter in load_command.params if parameter.name == "store")
    assert list(option.type.choices) == list(PRESETS)  # type: ignore[attr-defined]


def test_the_report_in_json_says_what_differs(store: FakeStore, file: Path) -> None:
    store.losing = b"one 1"
    status, out, _ = run("load", store.address, str(file), "--store", "graph-store", "--json")
    report = json.loads(out)
    assert (status, report["verified"], report["changed"]) == (1, False, True)
    assert report["graphs"][0]["first_missing"] == ['<http://example.org/s1> <http://example.org/p> "one 1" .']


GUIDE = (Path(__file__).parent.parent / "docs" / "loading.md").read_text(encoding="utf-8")


def test_the_guide_tells_the_addresses_of_the_stores() -> None:
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in GUIDE.splitlines() if "HOST" in line]
    told = {row[0]: (row[1], {"token": "bearer"}.get(row[2], row[2]), row[3] == "its own") for row in rows}
    kinds = {name: preset for name, preset in PRESETS.items() if name not in {"graph-store", "sparql"}}
    expected = {name: (each.address, each.authentication, each.default_graph) for name, each in kinds.items()}
    assert told == expected


def test_the_load_that_the_guide_shows_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "curation").symlink_to(Path(__file__).parent.parent / "curation")
    monkeypatch.chdir(tmp_path)
    crate = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [{"@id": "./", "name": "Measurements"}]}
    (tmp_path / "ro-crate-metadata.json").write_text(json.dumps(crate))
    context = {"@context": {"name": "http://schema.org/name"}}
    (tmp_path / "context.jsonld").write_text(json.dumps(context))
    shown = re.findall(r"^```console\n\$ her2ld (.*?)\n(.*?)^```$", GUIDE, flags=re.MULTILINE | re.DOTALL)
    said = [run(*command.split()) for command, _ in shown]
    assert [(status, out + err * (status == 2)) for status, out, err in said] == [(0, shown[0][1]), (2, shown[1][1])]
    (loading,) = re.findall(r"^her2ld (load her2-store ro-crate.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)
    status, out, _ = run(*loading.replace("\\", "").split())
    assert (status, out.splitlines()[0]) == (0, "loaded the default graph: 1 triple, verified")
    (quad,) = pyoxigraph.Store.read_only("her2-store").quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph())
    assert quad.subject == NamedNode("https://example.org/crate/")


def test_a_store_that_answers_without_end_is_left(store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("her2ld.loading.remote._LEAST_GIVEN_BACK", 1000)
    endless = b"".join(lines(some(100, "more"))) * 100
    store.misbehave = lambda method, _path: (
        (200, {"Content-Type": "application/n-triples"}, endless) if method == "GET" else None
    )
    store.graphs = {EXAMPLE + "graph": lines(some(3, "old"))}
    with client(store) as speaking, pytest.raises(LoadError, match="bytes, far more than was sent"):
        load_store(speaking, Sources(some(3)))
    assert store.graphs == {EXAMPLE + "graph": lines(some(3, "old"))}


def test_of_an_error_without_end_the_beginning_is_read(store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("her2ld.loading.client._MOST_IN_MEMORY", 1000)
    refusal = (400, {"Content-Type": "text/plain; charset=nonsense"}, b"too large " * 10_000)
    store.misbehave = lambda _method, _path: refusal
    with client(store) as speaking, pytest.raises(LoadError, match="answers 400 Bad Request: too large too large"):
        load_store(speaking, Sources(some(3)))
