"""SPARQL engines that know nothing of each other, asked the same and answering in the same form."""

import atexit
import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import Quad, QueryResultsFormat, QueryTriples, RdfFormat, Store
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from her2ld import to_rdflib
from her2ld.vocabulary.identifiers import prefix_splitter

if TYPE_CHECKING:
    from rdflib.query import Result

COMUNICA = Path(__file__).parent / "comunica"
Rows = list[list[str]]


def compact(prefixes: Mapping[str, str]) -> Callable[[str], str]:
    """Return a function that writes an IRI with its prefix, as a person would read it."""
    split = prefix_splitter(prefixes)

    def short(iri: str) -> str:
        cut = split(iri)
        return f"{cut[0]}:{cut[1]}" if cut and "/" not in cut[1] else iri

    return short


def ask_oxigraph(quads: Iterable[Quad], queries: Mapping[str, str], short: Callable[[str], str]) -> dict[str, Rows]:
    """Ask pyoxigraph (Rust), all graphs as one."""
    store = Store()
    store.extend(quads)
    answers = {}
    for name, query in queries.items():
        results = store.query(query, use_default_graph_as_union=True)
        if isinstance(results, QueryTriples):
            answers[name] = _graph([[_oxigraph_text(term, short) for term in triple] for triple in results])
        else:
            content = results.serialize(format=QueryResultsFormat.JSON)
            answers[name] = _table(json.loads(content or b""), short)
    return answers


def ask_rdflib(quads: Iterable[Quad], queries: Mapping[str, str], short: Callable[[str], str]) -> dict[str, Rows]:
    """Ask rdflib (Python), all graphs as one."""
    dataset = rdflib.Dataset(default_union=True)
    dataset.addN((s, p, o, dataset.graph(g)) for s, p, o, g in to_rdflib(quads).quads())
    answers = {}
    for name, query in queries.items():
        with rdflib_parses_once():
            results: Result = dataset.query(query)
        if results.graph is not None:
            answers[name] = _graph([[_rdflib_text(term, short) for term in triple] for triple in results.graph])
        else:
            answers[name] = _table(json.loads(results.serialize(format="json") or b""), short)
    return answers


@cache
def _translated(text: str, base: str | None, names: tuple[tuple[str, object], ...]) -> object:
    return translateQuery(parseQuery(text), base, dict(names))


@contextmanager
def rdflib_parses_once() -> Iterator[None]:
    """Let rdflib keep what it made of the text of a query: to read a query takes it longer than to answer it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rdflib.plugins.sparql.processor.parseQuery", str)
        patch.setattr(
            "rdflib.plugins.sparql.processor.translateQuery",
            lambda text, base, names: _translated(text, base, tuple((names or {}).items())),
        )
        yield


def comunica_is_there() -> bool:
    """Tell whether Node.js and Comunica are installed: ``npm --prefix tests/comunica install`` does it."""
    return bool(shutil.which("node")) and (COMUNICA / "node_modules").is_dir()


def ask_comunica(quads: Iterable[Quad], queries: Mapping[str, str], short: Callable[[str], str]) -> dict[str, Rows]:
    """Ask Comunica (JavaScript), all graphs as one."""
    content = pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS) or b""
    asked = json.dumps({"quads": content.decode(), "queries": dict(queries)})
    process = _comunica()
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{asked}\n")
    process.stdin.flush()
    answer = json.loads(process.stdout.readline())
    if "failed" in answer:
        raise RuntimeError(answer["failed"])
    return {
        name: _graph([[short(term) for term in triple] for triple in given["triples"]])
        if "triples" in given
        else _table(given, short)
        for name, given in answer["answers"].items()
    }


@cache
def _comunica() -> subprocess.Popen[str]:
    """Start Comunica, which ends when its input does: at the latest with this process."""
    command = ["node", str(COMUNICA / "ask.mjs")]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(process.communicate)
    return process


def _table(results: Mapping[str, object], short: Callable[[str], str]) -> Rows:
    """Return SPARQL results in JSON as rows of text, the first being the header."""
    header = results["head"]["vars"]  # type: ignore[index]
    rows = results["results"]["bindings"]  # type: ignore[index]
    return [header, *([_json_text(row.get(name), short) for name in header] for row in rows)]


def _json_text(term: Mapping[str, str] | None, short: Callable[[str], str]) -> str:
    if term is None:
        return ""
    return short(term["value"]) if term["type"] == "uri" else term["value"]


def _graph(triples: Rows) -> Rows:
    return [["subject", "predicate", "object"], *sorted(map(list, set(map(tuple, triples))))]


def _oxigraph_text(term: object, short: Callable[[str], str]) -> str:
    value = str(getattr(term, "value", term))
    return short(value) if isinstance(term, pyoxigraph.NamedNode) else value


def _rdflib_text(term: object, short: Callable[[str], str]) -> str:
    return short(str(term)) if isinstance(term, rdflib.URIRef) else str(term)
