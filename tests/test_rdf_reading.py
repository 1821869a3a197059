"""RDF of others is read as it is: against a base, with nothing lost in silence, and within limits."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
)

from her2ld.dataset.rdf_files import Reading, read_rdf
from her2ld.errors import Problem, RecordError
from her2ld.rdf.json_ld_quads import json_ld_quads

BASE = "http://example.org/base/"
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">'


def refuse(problem: Problem) -> None:
    raise AssertionError(problem)


def quads_in(document: object, **contexts: Path) -> set[str]:
    return {str(quad) for quad in json_ld_quads(json.dumps(document).encode(), "x.jsonld", BASE, contexts, refuse)}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.jsonld", '{"@id": "a", "http://example.org/p": {"@id": "b"}}'),
        ("x.ttl", "<a> <http://example.org/p> <b> ."),
        ("x.trig", "<a> <http://example.org/p> <b> ."),
        ("x.n3", "<a> <http://example.org/p> <b> ."),
        (
            "x.rdf",
            f'{RDF}<rdf:Description rdf:about="a"><e:p rdf:resource="b"/></rdf:Description></rdf:RDF>',
        ),
    ],
)
def test_relative_names_are_read_against_the_address_of_the_file_or_a_given_base(
    name: str, content: str, tmp_path: Path
) -> None:
    file = tmp_path / "a folder" / name
    file.parent.mkdir()
    file.write_text(content)
    predicate = NamedNode("http://example.org/p")
    own = file.parent.as_uri() + "/"
    for base, reading in ((own, Reading()), (BASE, Reading(base=BASE))):
        assert list(read_rdf(str(file), reading)) == [Quad(NamedNode(base + "a"), predicate, NamedNode(base + "b"))]


@pytest.mark.parametrize(
    ("document", "what"),
    [
        ({"@context": {"@base": None}, "@id": "a", "x:p": 1}, "names a node with 'a', which is not an absolute IRI"),
        ({"@id": "x:a b", "x:p": 1}, "names a node with 'x:a b'"),
        ({"@id": "x:a", "@type": "x: b"}, "names a type with 'x: b'"),
        ({"@id": "x:a", "x:<p": 1}, "names a property with 'x:<p'"),
        ({"@id": "x:a", "_:p": 1}, "has a property without an IRI, _:p"),
        ({"@id": "x:a", "x:p": {"@value": "a", "@language": "not a language"}}, "in the language 'not a language'"),
        ({"@id": "x:a", "x:p": {"@value": "a", "@type": "x: y"}}, "is not JSON-LD ("),
        ({"@context": "https://example.org/c", "@id": "x:a"}, "--context https://example.org/c=FILE"),
        ({"@context": {"p": "x:p", "@version": 1.0}}, "is not JSON-LD ("),
    ],
)
def test_what_json_ld_drops_in_silence_is_refused(document: object, what: str) -> None:
    with pytest.raises(RecordError, match=re.escape(what)):
        quads_in(document)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ('{"x:p": 1, "x:p": 2}', 'an object has the key "x:p" twice'),
        ('{"x:p": NaN}', "NaN is not a number in JSON"),
        ('{"x:p": 1e400}', "has a number that is too large"),
    ],
)
def test_json_of_which_a_part_would_be_lost_is_refused(content: str, what: str, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(content)
    with pytest.raises(RecordError, match=re.escape(what)):
        list(read_rdf(file))


def test_every_problem_is_said_at_once() -> None:
    nodes = [{"@id": f"x:{number} {number}", "x:p": 1} for number in range(30)]
    with pytest.raises(RecordError) as caught:
        quads_in(nodes)
    assert len(caught.value.problems) == 21
    assert caught.value.problems[-1].what == "has 10 more such problems"


def test_what_the_context_gives_no_meaning_is_told() -> None:
    told: list[Problem] = []
    document = {
        "@context": {"p": {"@id": "x:p", "@language": "ar", "@direction": "rtl"}, "off": None},
        "@id": "x:a", "p": "text", "comment": 1, "off": {"comment": 2}, "x:q": {"@id": "@odd"},
    }  # fmt: skip
    content = json.dumps(document).encode()
    assert list(json_ld_quads(content, "x", BASE, {}, told.append)) == [
        Quad(NamedNode("x:a"), NamedNode("x:p"), Literal("text", language="ar"))
    ]
    keys, directions = told
    assert keys.what.startswith("has 3 values under keys without a meaning in its context: ")
    assert all(key in keys.what for key in ('"comment"', "null", "names in the form of a keyword"))
    assert directions.what.startswith("has 1 text with a base direction, which is not kept")


def test_numbers_keep_their_value() -> None:
    numbers = [1, -5.0, 2.5, 0.30000000000000004, 1e22, 10**25 + 1, 9007199254740993, 0.0, -2e-7]
    document = {"@id": "x:a", "x:p": [{"@list": numbers}]}
    content = json.dumps(document).encode()
    firsts = [
        quad.object.value
        for quad in json_ld_quads(content, "x", BASE, {}, refuse)
        if quad.predicate.value.endswith("first") and isinstance(quad.object, Literal)
    ]
    assert sorted(firsts) == sorted(
        ["1", "-5", "2.5E0", "3.0000000000000004E-1", "1.0E22", str(10**25 + 1), "9007199254740993", "0", "-2.0E-7"]
    )


def test_a_context_is_taken_from_the_file_that_is_given_for_its_address(tmp_path: Path) -> None:
    context = tmp_path / "context.json"
    document = {"@context": "https://example.org/c", "@id": "a", "p": "b"}
    for property_ in ("x:p", "x:q"):  # the address stands for what is given, and not for what was given before
        context.write_text(json.dumps({"@context": {"p": property_}}))
        assert quads_in(document, **{"https://example.org/c": context}) == {f'<{BASE}a> <{property_}> "b"'}
    context.write_text("{")
    with pytest.raises(RecordError, match="is not JSON"):
        quads_in(document, **{"https://example.org/c": context})


@given(st.integers(1, 7), st.integers(0, 30), st.sampled_from(["id", "@id"]))
def test_a_long_document_is_read_like_a_short_one(at_once: int, count: int, key: str) -> None:
    nodes = [{key: f"x:{number}", "x:p": {"@id": f"_:b{number % 3}"}} for number in range(count)]
    document = {"@context": {"id": "@id"}, "@graph": [*nodes, {key: "x:g", "@graph": nodes}, {"x:p": nodes}]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("her2ld.rdf.json_ld_quads._NODES_AT_ONCE", at_once)
        pieces = Dataset(json_ld_quads(json.dumps(document).encode(), "x", BASE, {}, refuse))
    whole = Dataset(parse(json.dumps(document), format=RdfFormat.JSON_LD))
    for each in (pieces, whole):
        each.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert pieces == whole


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_xml_is_read_in_the_encoding_that_it_declares(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "x.rdf"
    file.write_bytes(xml(encoding).encode(encoding))
    (quad,) = read_rdf(file)
    assert quad.object == Literal("é")


@pytest.mark.parametrize(
    ("encoding", "content", "what"),
    [
        ("nonsense", "utf-8", "declares the encoding nonsense, which is not known"),
        ("zip", "utf-8", "declares the encoding zip, which is not known"),
        ("cp037", "utf-8", "declares the encoding cp037, which is not known"),
        ("shift_jis", "latin-1", "declares the encoding shift_jis, but is not in it"),
    ],
)
def test_an_encoding_that_is_odd_is_an_error(encoding: str, content: str, what: str, tmp_path: Path) -> None:
    file = tmp_path / "x.rdf"
    file.write_bytes(xml(encoding).encode(content))
    with pytest.raises(RecordError, match=re.escape(what)):
        list(read_rdf(file))


def xml(encoding: str) -> str:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n{RDF}'
        '<rdf:Description rdf:about="http://example.org/s"><e:p>é</e:p></rdf:Description></rdf:RDF>'
    )


@pytest.mark.parametrize("name", ["x.ttl", "x.trig", "x.n3", "x.nt", "x.nq", "x.jsonld", "x.rdf"])
def test_a_byte_order_mark_is_no_part_of_the_data(name: str, tmp_path: Path) -> None:
    content = {"x.jsonld": '{"@id": "x:s", "x:p": "a"}', "x.rdf": xml("utf-8")}.get(name, '<x:s> <x:p> "a" .\n')
    (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + content.encode())
    assert len(list(read_rdf(tmp_path / name))) == 1


def test_brackets_in_texts_names_and_comments_do_not_nest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("her2ld.rdf.parser_limits.DEEPEST_NESTING", 2)
    file = tmp_path / "x.ttl"
    flat = [f'<http://example.org/{number}> <x:p> "fragment (part {number}" .' for number in range(205)]
    file.write_text("\n".join(flat))
    assert len(list(read_rdf(file))) == 205
    quoted = (
        '<x:s> <x:p> "<<( <<( <<(", \'<<( \\\' <<( <<(\', """ " <<( <<( <<( \\""" """, <x:-(> . # <<( <<( <<(\n'
        "<x:s> <x:q> <<( <x:s> <x:p> <<( <x:s> <x:p> 1 )>> )>> .\n" * 2
    )
    file.write_text(quoted)
    assert len(list(read_rdf(file))) == 10
    file.write_text("<x:s> <x:q> <<( <x:s> <x:p> <<( <x:s> <x:p> <<( <x:s> <x:p> 1 )>> )>> )>> .")
    with pytest.raises(RecordError, match="is nested more than 2 deep"):
        list(read_rdf(file))


@pytest.mark.parametrize("name", ["x.nt", "x.nt.gz", "x.ttl"])
def test_a_term_that_the_parser_does_not_hold_is_refused_with_words(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parser has no limit that could be set low; that it says so by MemoryError was tried with 17 MiB."""

    def out_of_room(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("her2ld.dataset.rdf_files.parse", out_of_room)
    (tmp_path / name).write_text('<x:s> <x:p> "a" .\n')
    with pytest.raises(RecordError, match=re.escape("has a term of more than 16,777,216 bytes")):
        list(read_rdf(tmp_path / name))


def test_what_n3_only_quotes_is_not_stated(tmp_path: Path) -> None:
    file = tmp_path / "x.n3"
    file.write_text("<x:a> <x:says> { <x:b> <x:c> <x:d> } .")
    with pytest.raises(RecordError, match="quotes a formula"):
        list(read_rdf(file))


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "her2ld", *map(str, arguments)], capture_output=True, text=True, check=False, timeout=60
    )


QUERY = "SELECT ?s ?o { ?s <http://example.org/p> ?o }"


def test_a_base_and_contexts_are_given_on_the_command_line(tmp_path: Path) -> None:
    file, context, question = tmp_path / "x.json", tmp_path / "context.json", tmp_path / "all.rq"
    question.write_text(QUERY)
    context.write_text('{"@context": {"p": {"@id": "http://example.org/p", "@type": "@id"}}}')
    file.write_text('{"@context": "https://example.org/c?v=1", "@id": "./", "p": "b", "more": 1}')
    given_here = ("--base", BASE, "--context", f"https://example.org/c?v=1={context}")
    asked = run("query", question, "--data", file, "--to", "csv", *given_here)
    assert (asked.returncode, asked.stdout.splitlines()[1:]) == (0, [f"{BASE},{BASE}b"]), asked.stderr
    assert 'its context: "more"; ' in asked.stderr
    refused = run("query", question, "--data", file, "--to", "csv")
    assert refused.returncode == 2
    assert "give it with --context https://example.org/c?v=1=FILE" in refused.stderr
    loaded = run("load", tmp_path / "store", file, *given_here)
    assert (loaded.returncode, "1 triple, verified" in loaded.stdout) == (0, True), loaded.stderr


def test_a_base_that_is_none_is_refused() -> None:
    for wrong in (("--base", "data/"), ("--context", "https://example.org/c")):
        refused = run("query", "--data", "x.json", "network", *wrong)
        assert (refused.returncode, "write " in refused.stderr) == (2, True)
