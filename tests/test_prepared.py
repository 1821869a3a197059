"""The prepared file: used if it is whole, made anew if not; a question that reads a part of it gets the same answer."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
)

from her2ld import read_questions
from her2ld.query.answers import Answer, label, table_lines
from her2ld.query.default_graph import Choice, all_but_hedged, evaluate
from her2ld.query.lookups import lookups
from her2ld.query.prepared import shipped_data, shipped_store
from her2ld.query.reach import reach
from tests.conftest import CURATION, REVIEW

ASKED = [each for each in read_questions() if not (each.services or each.excerpts)]


@pytest.fixture
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the prepared file of the review, in a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    shipped_store()
    (file,) = (tmp_path / "her2ld").iterdir()
    return file


@pytest.fixture
def unbuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be an error to build the data."""
    monkeypatch.setattr("her2ld.query.prepared._built", lambda: pytest.fail("the prepared file is not used"))


@pytest.mark.usefixtures("prepared", "unbuilt")
def test_what_was_prepared_is_used(quads: tuple[Quad, ...]) -> None:
    assert set(shipped_store()) == set(quads)


def test_a_change_leads_to_a_new_file_and_the_old_one_is_removed(
    prepared: Path, monkeypatch: pytest.MonkeyPatch, quads: tuple[Quad, ...]
) -> None:
    prepared.with_name("shipped.1-2-3.nq").write_text("of an older form")
    monkeypatch.setattr("her2ld.query.prepared._state", lambda: "another")
    assert set(shipped_store()) == set(quads)
    assert [file.name for file in prepared.parent.iterdir()] == ["shipped.another.nq"]


def test_data_that_cannot_be_kept_are_there_all_the_same(
    monkeypatch: pytest.MonkeyPatch, quads: tuple[Quad, ...]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    assert set(shipped_store()) == set(quads)


def broken(content: bytes) -> Iterator[bytes]:
    """Yield contents that are not whole, and such as others may write."""
    first = content.index(b"\n") + 1
    half = len(content) // 2
    yield b""
    yield from (content[:length] for length in (5, first - 1, first, first + 20, half, len(content) - 1))
    yield content[:half] + b"\0" * (len(content) - half)
    yield content[first:]
    yield content.replace(b"/graph/ontology", b"/graph/asserted", 1)
    yield content.replace(b"# http", b"# HTTP", 1)
    yield b"<x:a> <x:b> <x:c> .\n"
    yield from (b"# 0 0\n", b"# her2ld 0\n", b"# her2ld 1 x\n", b"# her2ld -1 0\n")


def test_a_file_that_is_not_whole_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quads: tuple[Quad, ...]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    few, times = Store(), Counter[str]()
    few.extend(quads[:200])

    def built() -> Store:
        times["built"] += 1
        return few

    monkeypatch.setattr("her2ld.query.prepared._built", built)
    shipped_store()
    (file,) = (tmp_path / "her2ld").iterdir()
    content = file.read_bytes()
    for each in broken(content):
        times.clear()
        file.write_bytes(each)
        assert [set(shipped_store()), set(shipped_store())] == [set(few), set(few)]
        assert times["built"] == 1
        assert file.read_bytes() == content


def test_the_file_is_plain_n_quads(prepared: Path, quads: tuple[Quad, ...]) -> None:
    read, built = Dataset(parse(path=prepared, format=RdfFormat.N_QUADS)), Dataset(quads)
    for each in (read, built):
        each.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    assert read == built


def test_a_query_reads_what_its_answer_can_depend_on() -> None:
    def predicates(query: str) -> set[str]:
        return {quad.predicate.value.rpartition("#")[2] for quad in shipped_data(lookups(query)).store()}

    rdfs = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX owl: <http://www.w3.org/2002/07/owl#>"
    assert predicates(f"{rdfs} ASK {{ ?s rdfs:domain|rdfs:range ?o }}") == {"domain", "range"}
    of_a_class = shipped_data(lookups(f"{rdfs} ASK {{ ?s a owl:SymmetricProperty }}")).store()
    assert {str(quad.object).rpartition("#")[2] for quad in of_a_class} == {"SymmetricProperty>"}
    assert shipped_data(lookups("ASK { ?s ?p ?o }")) == shipped_data()
    assert shipped_data(lookups("ASK {}")).quads == b""


def test_labels_are_those_of_the_things_that_are_asked_for(quads: tuple[Quad, ...]) -> None:
    whole = Store()
    whole.extend(quads)
    things = {quad.subject for quad in quads[::50] if isinstance(quad.subject, NamedNode)}
    found = shipped_data(lookups("ASK {}")).labels_of(each.value for each in things)
    assert {each: label(found, each) for each in things} == {each: label(whole, each) for each in things}
    assert {quad.subject for quad in found} <= things


def answer_of(store: Store, query: str) -> Answer:
    """Return the answer that ``ask`` returns, without a process for it."""
    results = evaluate(store, query, reach(query), Choice(all_but_hedged(store)))
    if isinstance(results, QueryTriples):
        return Answer(is_graph=True, content=results.serialize(format=RdfFormat.N_TRIPLES) or b"")
    return Answer(is_graph=False, content=results.serialize(format=QueryResultsFormat.JSON) or b"")


@pytest.mark.parametrize("papers", [REVIEW, pytest.param(CURATION, marks=pytest.mark.slow)], ids=["review", "all"])
def test_each_question_gets_the_answer_that_it_gets_from_all(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HER2LD_CURATION", str(papers))
    whole = shipped_store()
    parts = 0
    for question in ASKED:
        known = lookups(question.query)
        parts += known is not None
        shipped = shipped_data(known)
        one, other = answer_of(whole, question.query), answer_of(shipped.store(), question.query)
        if one.is_graph:  # its triples are in another order in each store
            assert sorted(one.content.splitlines()) == sorted(other.content.splitlines())
        else:
            assert one == other, question.name
            labels = shipped.labels_of(other.things())
            assert table_lines(one.table(), whole, {}, 120) == table_lines(other.table(), labels, {}, 120)
    assert parts > len(ASKED) * 0.9
