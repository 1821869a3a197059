"""A store on disk: the merge that is kept in its folder answers as its graphs do, and its triples are counted."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QueryResultsFormat, QuerySolutions, Store

from her2ld import read_questions
from her2ld.cli import main
from her2ld.loading import Sources, load_folder
from her2ld.query.default_graph import Choice, Graph, all_but_hedged, evaluate
from her2ld.query.on_disk import KEPT, Counts, KeptMerge, keep_counts, keep_merge, kept_counts, kept_merge
from her2ld.query.reach import reach
from her2ld.vocabulary import model, standard

A, B, C = (NamedNode(f"http://example.org/{name}") for name in "abc")
GRAPHS: list[Graph] = [A, B, model.HEDGED_GRAPH, DefaultGraph()]
NODE = st.sampled_from([A, B, C])
QUADS = st.lists(st.builds(Quad, NODE, NODE, NODE, st.sampled_from(GRAPHS)), max_size=12)
COUNT_OF_A = "SELECT (COUNT(*) AS ?n) FROM <http://example.org/a> { ?s ?p ?o }"


def on_disk(folder: Path, query: str) -> str:
    """Return the answer to a query about a folder, in the order in which it comes."""
    store, merge = Store.read_only(str(folder)), kept_merge(folder).store
    assert merge is not None
    results = evaluate(store, query, reach(query), Choice(all_but_hedged(store), on_disk=True, merge=merge))
    return written(results)


def filled(folder: Path, quads: Iterable[Quad]) -> None:
    store = Store(folder)
    store.extend(quads)
    store.optimize()


def written(results: object) -> str:
    assert isinstance(results, QuerySolutions)
    return (results.serialize(format=QueryResultsFormat.TSV) or b"").decode()


@settings(max_examples=5)
@example([Quad(A, B, C, graph) for graph in GRAPHS])
@given(QUADS)
def test_the_merge_that_is_kept_has_each_triple_of_the_graphs_once(quads: list[Quad]) -> None:
    usual = {quad.triple for quad in quads if quad.graph_name != model.HEDGED_GRAPH}
    named = {quad for quad in quads if quad.graph_name != DefaultGraph()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled(folder, quads)
        assert keep_merge(folder)
        rows = on_disk(folder, "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o").splitlines()[1:]
        assert rows == sorted(f"{triple.subject}\t{triple.predicate}\t{triple.object}" for triple in usual)
        assert on_disk(folder, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == f"?n\n{len(named)}\n"
        of_a = {quad for quad in quads if quad.graph_name == A}
        assert on_disk(folder, COUNT_OF_A) == f"?n\n{len(of_a)}\n"
        assert set(Store.read_only(name)) == set(quads)


def test_a_merge_is_not_used_for_a_store_that_another_program_has_changed(tmp_path: Path) -> None:
    filled(tmp_path, [Quad(A, A, A, A)])
    assert kept_merge(tmp_path) == KeptMerge()
    keep_merge(tmp_path)
    Store(tmp_path).flush()  # who only opens it changes nothing
    assert kept_merge(tmp_path).store is not None
    Store(tmp_path).add(Quad(B, B, B, B))
    kept = kept_merge(tmp_path)
    assert kept.store is None
    assert kept.problem
    assert str(kept.problem) == (
        f"{tmp_path}: was changed by another program since her2ld loaded it, so that questions take longer. "
        "Remedy: load it again with her2ld load."
    )


def test_graphs_that_cannot_be_compared_have_no_merge_and_no_counts(tmp_path: Path) -> None:
    filled(tmp_path, [Quad(A, A, A, BlankNode("graph"))])
    assert not keep_merge(tmp_path)
    keep_counts(tmp_path, {"_:graph": 1}, default=0)
    assert not (tmp_path / KEPT).exists()


def test_a_load_keeps_the_numbers_of_triples(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    first = (*(Quad(A, A, A, graph) for graph in GRAPHS), Quad(A, A, A, C), Quad(A, A, B, C))
    load_folder(folder, Sources(quads=first))
    load_folder(folder, Sources(quads=(Quad(A, A, C, A),)))  # all others stay
    assert kept_counts(folder) == Counts(3, {A.value: 1, B.value: 1, C.value: 2, model.HEDGED_GRAPH.value: 1})
    (folder / KEPT / "counts.json").write_text("{}")
    assert kept_counts(folder) is None
    load_folder(folder, Sources(quads=first))
    assert kept_counts(folder) == Counts(2, {A.value: 1, B.value: 1, C.value: 2, model.HEDGED_GRAPH.value: 1})
    Store(folder).add(Quad(B, B, B))
    assert kept_counts(folder) is None
    assert kept_counts(tmp_path) is None


def test_every_question_has_the_same_answer_from_a_folder(tmp_path: Path, quads: tuple[Quad, ...]) -> None:
    folder = tmp_path / "store"
    load_folder(folder, Sources(quads=quads))
    store = Store()
    store.extend(quads)
    questions = [each for each in read_questions() if not (each.services or each.needs_inference or each.gives_graph)]
    for question in questions:
        results = evaluate(store, question.query, reach(question.query), Choice(all_but_hedged(store)))
        assert on_disk(folder, question.query) == written(results), question.name


def test_a_folder_with_a_merge_is_loaded_as_one_without(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    for value in (A, B):
        assert load_folder(folder, Sources(quads=(Quad(A, A, value, A),))).verified
        assert on_disk(folder, "SELECT ?o { ?s ?p ?o }") == f"?o\n{value}\n"


def test_a_folder_is_asked_on_the_command_line(tmp_path: Path, quads: tuple[Quad, ...]) -> None:
    folder = tmp_path / "store"
    load_folder(folder, Sources(quads=quads))

    def asked(*arguments: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(main, ["query", *arguments, "--data", str(folder)])
        return result.exit_code, result.stdout, result.stderr

    status, table, told = asked("drugs_that_target", "--p", "protein=HER2")
    assert (status, told) == (0, "")
    assert "HER2" in table
    status, _, told = asked("evidence_of", "--with", __file__)
    assert status == 2
    assert "to which nothing can be added" in told
    inferred = next(each.name for each in read_questions() if each.needs_inference)
    assert asked(inferred)[0] == 2
    Store(folder).add(Quad(A, standard.LABEL, Literal("a"), A))
    status, again, told = asked("drugs_that_target", "--p", "protein=HER2")
    assert (status, again) == (0, table)
    assert (
        told.split()
        == (
            f"note {folder} was changed by another program since her2ld loaded it, so that questions take longer; "
            "load it again with her2ld load"
        ).split()
    )
