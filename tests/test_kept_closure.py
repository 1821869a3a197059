"""A closure that is kept while triples come and go is at each moment that of the whole."""

import re
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from her2ld import Curation, KeptClosure, ReasoningError, Vocabulary, build, reason
from her2ld.assets import ROOT
from her2ld.reasoning.closure import closure, seen_by_reasoning
from her2ld.reasoning.rules import is_about_names
from her2ld.vocabulary import model as graphs
from her2ld.vocabulary import standard
from tests.test_reasoning import PREFIXES, SCRAPS

EXAMPLE = "https://example.org/"
THINGS = [NamedNode(EXAMPLE + name) for name in "abc"]
RELATIONS = [NamedNode(EXAMPLE + name) for name in "pqrs"]
CLASSES = [NamedNode(EXAMPLE + name) for name in "ABCD"]
# So few graphs that what one says is often said in the other, too.
GRAPHS = [graphs.ASSERTED_GRAPH, graphs.ONTOLOGY_GRAPH]
AXIOMS = (
    ":p rdfs:domain :A .", ":q rdfs:range :B .", ":r a owl:SymmetricProperty .", ":s a owl:TransitiveProperty .",
    ":p rdfs:subPropertyOf :q .", ":q rdfs:subPropertyOf :s .", ":q owl:propertyChainAxiom ( :p :r ) .",
    ":p owl:propertyChainAxiom ( :s :p ) .", ":p owl:inverseOf :q .",
    ":C owl:equivalentClass [ owl:hasValue :a ; owl:onProperty :p ] .",
    ":D owl:equivalentClass [ owl:someValuesFrom :A ; owl:onProperty :s ] .",
    ":D owl:equivalentClass [ owl:intersectionOf ( :B :C ) ] .", ":A rdfs:subClassOf :B .", ":B rdfs:subClassOf :A .",
    ":s rdfs:subPropertyOf rdf:type .", ":r rdfs:subPropertyOf rdfs:subClassOf .", "rdf:type rdfs:range :D .",
)  # fmt: skip


def of(text: str, graph: NamedNode | DefaultGraph | None = None) -> list[Quad]:
    return [in_graph(quad, graph or DefaultGraph()) for quad in parse(PREFIXES + text, format=RdfFormat.TURTLE)]


def in_graph(quad: Quad, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, graph)


values = st.sampled_from([*THINGS, Literal("1"), Literal("01", datatype=NamedNode(standard.XSD + "integer"))])
facts = st.builds(
    Quad, st.sampled_from(THINGS), st.sampled_from(RELATIONS), values, st.sampled_from(GRAPHS)
) | st.builds(
    Quad, st.sampled_from(THINGS), st.just(standard.TYPE), st.sampled_from(CLASSES), st.sampled_from(GRAPHS)
)  # fmt: skip
ontologies = st.lists(st.sampled_from(AXIOMS), unique=True, min_size=2, max_size=8).map(
    lambda axioms: of(" ".join(axioms), graphs.ONTOLOGY_GRAPH)
)


def named(triples: Iterable[Triple]) -> set[Triple]:
    return set(filter(is_about_names, triples))


def check(kept: KeptClosure, quads: Iterable[Quad]) -> None:
    """Compare a kept closure with that of the whole: what holds, what is new, rounds, and whether it is consistent."""
    whole = closure(quads)
    assert set(kept.new()) == set(whole.new())
    assert all(map(kept.holds, whole.triples()))
    assert kept.closure().rounds == whole.rounds
    assert kept.consistent == (not any(True for _ in whole.contradictions()))


def check_changes(kept: KeptClosure, there: set[Quad], changes: Iterable[tuple[bool, list[Quad]]]) -> None:
    """Add and remove quads; compare what the closure says has changed each time, and what it is at last."""
    before = closure(there)
    for is_added, quads in changes:
        there = there | set(quads) if is_added else there - set(quads)
        after = closure(there)
        changed = (kept.add if is_added else kept.remove)(quads)
        assert changed == named(before.triples()) ^ named(after.triples())
        assert set(kept.new()) == set(after.new())
        before = after
    check(kept, there)


@settings(max_examples=100)
@given(ontologies, st.lists(facts, min_size=4, max_size=12, unique=True), st.data())
def test_what_comes_and_goes_leaves_the_closure_of_the_whole(
    ontology: list[Quad], some: list[Quad], data: st.DataObject
) -> None:
    changed = st.lists(st.sampled_from(some), min_size=1, max_size=4, unique=True)
    changes = data.draw(st.lists(st.tuples(st.booleans(), changed), min_size=1, max_size=6))
    there = {*ontology, *some}
    check_changes(KeptClosure(there), there, changes)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(SCRAPS), unique=True, min_size=2, max_size=6), st.data())
def test_axioms_come_and_go_too(texts: list[str], data: st.DataObject) -> None:
    parts = [of(text) for text in texts]
    there = [quad for part in parts for quad in part]
    gone = data.draw(st.lists(st.sampled_from(there), unique=True))
    changes = [*((True, part) for part in parts[1:]), (False, gone)]
    check_changes(KeptClosure(parts[0]), set(parts[0]), changes)


def test_a_membership_that_follows_from_two_relations_stays_until_both_are_gone() -> None:
    there = of(":p rdfs:subPropertyOf rdf:type . :q rdfs:subPropertyOf rdf:type . :a :p :C ; :q :C .")
    *_, one, two = there
    check_changes(KeptClosure(there), set(there), [(False, [one]), (True, [one]), (False, [two]), (False, [one])])


def test_a_triple_of_two_graphs_stays_until_both_are_rid_of_it() -> None:
    (axiom, fact) = of(":p a owl:SymmetricProperty . :a :p :b .")
    twice = [fact, in_graph(fact, graphs.ASSERTED_GRAPH)]
    kept = KeptClosure([axiom, *twice])
    assert kept.remove(twice[:1]) == frozenset()
    assert kept.remove(twice[:1]) == frozenset()
    assert {str(triple.subject) for triple in kept.remove(twice[1:])} == {f"<{EXAMPLE}a>", f"<{EXAMPLE}b>"}


def test_what_reasoning_does_not_see_changes_nothing() -> None:
    kept = KeptClosure(of(":p a owl:SymmetricProperty ."))
    assert kept.add(of(":a :p :b .", graphs.HEDGED_GRAPH)) == frozenset()
    assert list(kept.new()) == []


UNION = ":Union a owl:Class ; owl:unionOf ( :A :B ) . :p rdfs:domain :Union ."


@pytest.mark.parametrize(
    "text", [":p a owl:FunctionalProperty .", ":a a :Union .", ":C rdfs:subClassOf :Union .", ":Union :p :a ."]
)
def test_an_axiom_that_no_rule_reads_is_refused_and_nothing_is_changed(text: str) -> None:
    there = of(UNION + ":q a owl:SymmetricProperty .")
    kept = KeptClosure(there)
    with pytest.raises(ReasoningError, match="belong to axioms that no rule reads"):
        kept.add([*of(":a :q :b ."), *of(text)])
    check(kept, there)
    with pytest.raises(ReasoningError, match="belong to axioms that no rule reads"):
        KeptClosure([*there, *of(text)])


def test_a_paper_that_comes_and_goes(review: Curation, vocabulary: Vocabulary) -> None:
    without, whole = (set(seen_by_reasoning(build(vocabulary, papers))) for papers in ([], [review]))
    kept = KeptClosure(without)
    came = kept.add(whole - without)
    assert set(reason(whole).closure.new()) - set(reason(without).closure.new()) <= came
    check(kept, whole)
    assert kept.remove(whole - without) == came
    check(kept, without)


def test_the_program_shown_in_the_docs_runs(capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "reasoning.md").read_text(encoding="utf-8")
    (program,) = (each for each in re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL) if "KeptClosure" in each)
    exec(program, {})  # noqa: S102  # it is ours
    assert re.fullmatch(r"[1-9]\d* triples hold no more, 0 hold now; consistent\n", capsys.readouterr().out)
