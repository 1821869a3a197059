"""What follows and what must not, why, and how sure it is."""

import gc
import itertools
import json
import random
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from her2ld import Curation, ReasoningError, Vocabulary, build, iris, read_curation
from her2ld.assets import ONTOLOGY, ROOT, curation_folders
from her2ld.cli import main
from her2ld.dataset.node_data import data_in
from her2ld.dataset.statements import read_claim, read_statements, read_studies
from her2ld.reasoning.closure import closure, seen_by_reasoning, without_collector
from her2ld.reasoning.explanation import contradictions, explain, read_triple
from her2ld.reasoning.hermit import Classified, classify, disagreements
from her2ld.reasoning.inference import Reasoned, Stated, conclusion_quads, conclusions, reason, stated_in
from her2ld.reasoning.rules import CONTRADICTIONS, NAMESPACES, RULES
from her2ld.statements.plain import judge
from her2ld.vocabulary import model as graphs
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from tests.denied import denied, hedged, retracted

ENTAILMENTS = tomllib.loads((Path(__file__).parent / "entailments.toml").read_text(encoding="utf-8"))
PREFIXES = """
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix : <https://example.org/> .
"""


@pytest.fixture(scope="module")
def reasoned(quads: tuple[Quad, ...]) -> Reasoned:
    """Return what follows from the data of the package."""
    return reason(quads)


def invoke(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["reason", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def of(text: str) -> list[Quad]:
    return list(parse(PREFIXES + text, format=RdfFormat.TURTLE))


def follows(text: str, fact: str) -> bool:
    (quad,) = of(fact)
    return quad.triple in closure(of(text)).rounds


@pytest.mark.parametrize("text", ENTAILMENTS["must"])
def test_it_follows(text: str, reasoned: Reasoned, vocabulary: Vocabulary) -> None:
    assert read_triple(text, vocabulary) in reasoned.closure.rounds


@pytest.mark.parametrize("text", ENTAILMENTS["must_not"])
def test_it_does_not_follow(text: str, reasoned: Reasoned, vocabulary: Vocabulary) -> None:
    assert not reasoned.closure.holds(read_triple(text, vocabulary))


VALUE, SOME = "[ owl:hasValue :v ; owl:onProperty :p ]", "[ owl:someValuesFrom :D ; owl:onProperty :p ]"
RULE_CASES = {
    "prp-dom": (":p rdfs:domain :C . :a :p :b .", ":a a :C ."),
    "prp-rng": (":p rdfs:range :C . :a :p :b .", ":b a :C ."),
    "prp-symp": (":p a owl:SymmetricProperty . :a :p :b .", ":b :p :a ."),
    "prp-trp": (":p a owl:TransitiveProperty . :a :p :b . :b :p :c .", ":a :p :c ."),
    "prp-spo1": (":p rdfs:subPropertyOf :q . :a :p :b .", ":a :q :b ."),
    "prp-spo2": (":p owl:propertyChainAxiom ( :q :r ) . :a :q :b . :b :r :c .", ":a :p :c ."),
    "prp-inv1": (":p owl:inverseOf :q . :a :p :b .", ":b :q :a ."),
    "prp-inv2": (":p owl:inverseOf :q . :a :q :b .", ":b :p :a ."),
    "cls-hv1": (f":C owl:equivalentClass {VALUE} . :a a :C .", ":a :p :v ."),
    "cls-hv2": (f":C owl:equivalentClass {VALUE} . :a :p :v .", ":a a :C ."),
    "cls-svf1": (f":C owl:equivalentClass {SOME} . :a :p :b . :b a :D .", ":a a :C ."),
    "cls-int1": (":C owl:equivalentClass [ owl:intersectionOf ( :A :B ) ] . :a a :A, :B .", ":a a :C ."),
    "cls-int2": (":C owl:equivalentClass [ owl:intersectionOf ( :A :B ) ] . :a a :C .", ":a a :B ."),
    "cax-eqc1": (":C owl:equivalentClass :D . :a a :C .", ":a a :D ."),
    "cax-eqc2": (":C owl:equivalentClass :D . :a a :D .", ":a a :C ."),
    "cax-sco": (":C rdfs:subClassOf :D . :a a :C .", ":a a :D ."),
}  # fmt: skip


def test_each_rule_has_a_case() -> None:
    assert set(RULE_CASES) == {rule.name for rule in RULES}


@pytest.mark.parametrize("name", RULE_CASES)
def test_a_rule_gives_what_it_should_and_needs_each_of_its_premises(name: str) -> None:
    text, fact = RULE_CASES[name]
    assert follows(text, fact)
    (quad,) = of(fact)
    reasoned = explain(closure(of(text)), quad.triple)
    assert reasoned
    assert reasoned.step
    for gone in reasoned.leaves():
        assert quad.triple not in closure(
            each for each in of(text) if str(each.triple) != str(gone)
        ).rounds or "_:" in str(gone)


SCRAPS = [text for text, _ in RULE_CASES.values()] + [
    ":q rdfs:subPropertyOf rdfs:subClassOf .", ":p rdfs:subPropertyOf rdf:type .",
    ":r rdfs:subPropertyOf rdf:first . :C owl:intersectionOf :d . :d :r :B . :a a :C .",
    ":q rdfs:range owl:SymmetricProperty .", ":p a :p . :p a owl:TransitiveProperty .", ":a :q :p . :b :q ( :A :C ) .",
]  # fmt: skip


def rounds_by_queries(triples: Iterable[Triple]) -> dict[Triple, int]:
    """Return the rounds of what follows by asking a store each rule in full, round by round: slow and plain."""
    known = set(triples)
    rounds: dict[Triple, int] = {}
    number = 0
    prologue = "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in NAMESPACES.items())
    while number == 0 or number in rounds.values():
        number += 1
        store = Store()
        store.extend(Quad(*triple) for triple in (*known, *rounds))
        for rule in RULES:
            where = " . ".join(rule.body) + f" . {rule.condition} FILTER NOT EXISTS {{ {rule.head} }}"
            found = store.query(f"{prologue} CONSTRUCT {{ {rule.head} }} WHERE {{ {where} }}")
            rounds |= dict.fromkeys(found, number)  # type: ignore[arg-type]  # triples
    return rounds


@given(st.lists(st.sampled_from(SCRAPS), min_size=1, max_size=8))
def test_the_rounds_are_those_of_the_rules_asked_in_full(texts: list[str]) -> None:
    """Rules of axioms that follow themselves, too, and of rdf:type as a property like any other."""
    triples = [quad.triple for quad in of(" ".join(texts))]
    assert closure(triples).rounds == rounds_by_queries(triples)


@pytest.mark.slow
def test_the_rounds_of_all_papers_are_those_of_the_rules_asked_in_full(vocabulary: Vocabulary) -> None:
    papers = [read_curation(folder, vocabulary) for folder in curation_folders(ROOT / "curation")]
    triples = [quad.triple for quad in seen_by_reasoning(build(vocabulary, papers))]
    rounds = closure(triples).rounds
    assert len(rounds) > 2_000
    assert rounds == rounds_by_queries(triples)


@pytest.mark.parametrize("switch", [gc.disable, gc.enable])
def test_the_collector_of_cycles_is_as_it_was(switch: Callable[[], None]) -> None:
    was_enabled = gc.isenabled()
    try:
        switch()
        given_state = gc.isenabled()
        with without_collector():
            within = gc.isenabled()
        assert (within, gc.isenabled()) == (False, given_state)
        with pytest.raises(ZeroDivisionError):
            closure(of(":a :p :b .")[1 // 0] for _ in range(1))
        assert gc.isenabled() == given_state
    finally:
        (gc.enable if was_enabled else gc.disable)()


LITERALS = [
    *(Literal(text, datatype=NamedNode(standard.XSD + name))
      for text in ("1", "01", "+1", "1.0", "1.00", "1E0", "0", "00", "true", "2001", "-1", "x", "\u0661", "9" * 30)
      for name in ("integer", "decimal", "double", "boolean", "gYear", "string")),
    Literal("1", language="en"),
]  # fmt: skip


@given(st.lists(st.sampled_from(LITERALS), min_size=1, max_size=4), st.sampled_from(LITERALS))
def test_literals_of_one_value_are_one_as_in_a_store(some: list[Literal], named: Literal) -> None:
    """Also where an axiom names one: it may be written in another way there."""
    axioms = of(":p rdfs:subPropertyOf :q ; rdfs:range :C . :p a owl:SymmetricProperty .")
    restriction = of(f":D owl:equivalentClass [ owl:hasValue {named} ; owl:onProperty :p ] . :E rdfs:subClassOf :D .")
    told = [Triple(THINGS[0], RELATIONS[0], each) for each in some]
    triples = [*(quad.triple for quad in (*axioms, *restriction, *of(":e a :E ."))), *told]
    closed = closure(triples)
    assert closed.rounds == rounds_by_queries(triples)
    assert all(map(closed.holds, triples))


def test_a_membership_is_explained_where_a_relation_gives_it() -> None:
    (fact,) = of(":a a :D .")
    reasoned = explain(closure(of(":p rdfs:subPropertyOf rdf:type . :C rdfs:subClassOf :D . :a :p :C .")), fact.triple)
    assert reasoned
    assert reasoned.step
    assert (reasoned.step.rule.name, len(list(reasoned.leaves()))) == ("cax-sco", 3)


CONTRADICTION_CASES = {
    "cax-dw": ":C owl:disjointWith :D . :a a :C, :D .",
    "cax-adc": "[] a owl:AllDisjointClasses ; owl:members ( :A :C :D ) . :a a :C, :D .",
    "prp-irp": ":p a owl:IrreflexiveProperty . :a :p :a .",
    "prp-asyp": ":p a owl:AsymmetricProperty . :a :p :b . :b :p :a .",
}


def test_each_contradiction_has_a_case() -> None:
    assert set(CONTRADICTION_CASES) == {rule.name for rule in CONTRADICTIONS}


@pytest.mark.parametrize("name", CONTRADICTION_CASES)
def test_a_contradiction_is_found_and_rests_on_no_more_than_it_needs(name: str) -> None:
    found = contradictions(closure(of(CONTRADICTION_CASES[name] + " :b a :E . :E rdfs:subClassOf :F .")))
    assert {each.step.rule.name for each in found} == {name}
    needed = found[0].needed
    assert needed
    for gone in needed:
        left = [quad for quad in of(CONTRADICTION_CASES[name]) if str(quad.triple) != str(gone)]
        assert not contradictions(closure(left)) or "_:" in str(gone)


def test_axioms_that_no_rule_reads_are_refused(quads: tuple[Quad, ...]) -> None:
    for axiom in (
        ":p a owl:FunctionalProperty .",
        ":C owl:complementOf :D .",
        ":C rdfs:subClassOf [ owl:unionOf ( :A :B ) ] .",
    ):
        with pytest.raises(ReasoningError, match="belong to axioms that no rule reads"):
            reason([*quads, *of(axiom)])


# --- How sure it is -------------------------------------------------------------------------------------------------

AXIOMS = of(
    """
    :chain owl:propertyChainAxiom ( :p :q ) . :p rdfs:subPropertyOf :r . :q a owl:SymmetricProperty .
    :r rdfs:domain :C .
    """
)
THINGS = [NamedNode(f"https://example.org/{name}") for name in "abcd"]
RELATIONS = [NamedNode(f"https://example.org/{name}") for name in ("p", "q", "r")]
statements = st.lists(
    st.builds(
        lambda subject, relation, value, rank, number: Stated(
            Triple(subject, relation, value), rank, NamedNode(f"https://example.org/statement/{number}")
        ),
        st.sampled_from(THINGS),
        st.sampled_from(RELATIONS),
        st.sampled_from(THINGS),
        st.integers(1, 4),
        st.integers(0, 10**9),
    ),
    max_size=6,
    unique_by=lambda stated: stated.node,
)


def surest(said: Iterable[Stated]) -> dict[Triple, int]:
    """Return by brute force how sure each triple is: over all sets of statements, the highest of the least ranks."""
    said = list(said)
    best: dict[Triple, int] = {}
    for size in range(1, len(said) + 1):
        for some in itertools.combinations(said, size):
            rank = min(stated.rank for stated in some)
            for triple in closure([*AXIOMS, *(stated.triple for stated in some)]).new():
                best[triple] = max(rank, best.get(triple, 0))
    return best


@settings(max_examples=25)
@given(statements)
def test_no_conclusion_is_surer_than_every_way_to_it_allows(said: list[Stated]) -> None:
    found = conclusions(AXIOMS, said)
    stated = {each.triple: max(other.rank for other in said if other.triple == each.triple) for each in said}
    expected = {triple: rank for triple, rank in surest(said).items() if rank > stated.get(triple, 0)}
    assert {each.triple: each.rank for each in found} == expected
    by_node = {each.node: each for each in said}
    for each in found:
        assert each.premises
        assert min(by_node[node].rank for node in each.premises) >= each.rank


@settings(max_examples=25)
@given(statements.filter(bool), st.data())
def test_without_a_premise_what_rested_on_it_alone_is_gone(said: list[Stated], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(said))
    left = [each for each in said if each is not gone]
    before = {each.triple: each for each in conclusions(AXIOMS, said)}
    after = {each.triple: each for each in conclusions(AXIOMS, left)}
    for triple, each in before.items():
        if gone.node not in each.premises:
            assert after[triple].rank == each.rank
    assert all(
        (triple in before and each.rank <= before[triple].rank) or triple == gone.triple
        for triple, each in after.items()
    )


def said_by_papers(quads: Iterable[Quad], vocabulary: Vocabulary) -> list[Stated]:
    said = data_in(quads)
    return [*stated_in(read_statements(said), judge(vocabulary.steering, *read_studies(said)))]


def test_what_is_possible_gives_what_is_no_surer(quads: tuple[Quad, ...], vocabulary: Vocabulary) -> None:
    axioms = [quad for quad in quads if quad.graph_name == graphs.ONTOLOGY_GRAPH]
    said = said_by_papers(quads, vocabulary)
    fact = read_triple("radicicol is directed against HER3 protein", vocabulary)
    said.append(Stated(fact, 1, NamedNode("https://example.org/possible")))
    found = {each.triple: each for each in conclusions(axioms, said)}
    assert found[read_triple("radicicol targets HER3 protein", vocabulary)].rank == 1
    assert found[read_triple("trastuzumab targets HER2 protein", vocabulary)].rank == 3
    assert found[read_triple("prognosis is associated with HER2 overexpression", vocabulary)].rank == 2
    ranks = {rank: value for value, rank in vocabulary.steering.ranks.items()}
    written = list(conclusion_quads(found.values(), vocabulary.label, ranks.__getitem__))
    assert {quad.graph_name for quad in written} == {graphs.CONCLUSIONS_GRAPH}
    nodes = {quad.subject for quad in written if quad.object == model.CONCLUSION}
    assert len(nodes) == len(found)
    triple = read_triple("radicicol targets HER3 protein", vocabulary)
    node = iris.conclusion(triple, 1, (NamedNode("https://example.org/possible"),))
    about = data_in(written).about(node)
    (claim,) = about[model.HAS_CLAIM]
    assert isinstance(claim, NamedNode)
    assert about == {
        standard.TYPE: (model.CONCLUSION,),
        standard.LABEL: (Literal("radicicol targets HER3 protein", language="en"),),
        model.HAS_CLAIM: (claim,),
        model.CERTAINTY: (NamedNode(f"{graphs.HER2LD}Possible"),),
        standard.DERIVED_FROM: (NamedNode("https://example.org/possible"),),
    }
    read = read_claim(claim, data_in(written))
    assert (read.subject, read.relation, read.object) == (triple.subject, triple.predicate, triple.object)
    assert model.AFFIRMS not in {quad.predicate for quad in written}


def changed_links(link: NamedNode) -> Callable[[Curation], Curation]:
    def change(curation: Curation) -> Curation:
        said = (replace(each, link=link) for each in curation.claims)
        return replace(curation, statements=tuple(replace(each, iri=iris.statement(each)) for each in said))

    return change


@pytest.mark.parametrize(
    "changed", [denied, retracted, changed_links(model.FINDS_NO), changed_links(model.LEAVES_OPEN)]
)
def test_nothing_follows_from_what_is_not_affirmed(
    changed: Callable[[Curation], Curation], review: Curation, quads: tuple[Quad, ...], vocabulary: Vocabulary
) -> None:
    copy = tuple(build(vocabulary, [changed(review)]))
    assert said_by_papers(copy, vocabulary) == []
    assert reason(copy).new == reason(vocabulary.quads).new
    assert len(reason(quads).new) > len(reason(copy).new)
    axioms = [quad for quad in copy if quad.graph_name == graphs.ONTOLOGY_GRAPH]
    assert conclusions(axioms, said_by_papers(copy, vocabulary)) == ()


def test_what_is_hedged_throughout_gives_only_what_is_possible(
    review: Curation, quads: tuple[Quad, ...], vocabulary: Vocabulary
) -> None:
    copy = tuple(build(vocabulary, [hedged(review)]))
    assert reason(copy).new == reason(vocabulary.quads).new
    axioms = [quad for quad in copy if quad.graph_name == graphs.ONTOLOGY_GRAPH]
    found = conclusions(axioms, said_by_papers(copy, vocabulary))
    assert {each.rank for each in found} == {1}
    before = {each.triple for each in conclusions(axioms, said_by_papers(quads, vocabulary))}
    assert {each.triple for each in found} == before


def test_one_denial_takes_its_triple_and_what_follows_from_it_alone(review: Curation, vocabulary: Vocabulary) -> None:
    (said,) = (each for each in review.claims if each.label == "trastuzumab is directed against HER2 protein")
    against = replace(said, link=model.DENIES)
    against = replace(against, iri=iris.statement(against))
    disputed = replace(review, statements=(*review.statements, against))
    closed = reason(build(vocabulary, [disputed])).closure
    assert not closed.holds(read_triple("trastuzumab is directed against HER2 protein", vocabulary))
    assert not closed.holds(read_triple("trastuzumab targets HER2 protein", vocabulary))
    assert closed.holds(read_triple("emodin lowers HER2 protein", vocabulary))


# --- Against HermiT -------------------------------------------------------------------------------------------------


def test_hermit_agrees_on_what_is_shipped(
    quads: tuple[Quad, ...], reasoned: Reasoned, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """owlready2 drops some property values; that they follow shows in the classes that are defined by them.

    HermiT is run once: the command must give it the same triples, and gets its answer.
    """
    seen = [quad for quad in quads if quad.graph_name in (graphs.ONTOLOGY_GRAPH, graphs.ASSERTED_GRAPH)]
    classified = classify(seen)
    asked: list[set[Triple]] = []

    def classified_before(given: Iterable[Quad | Triple]) -> Classified:
        asked.append({Triple(each.subject, each.predicate, each.object) for each in given})
        return classified

    monkeypatch.setattr("her2ld.reasoning.hermit.classify", classified_before)
    checked = invoke("--engine", "hermit")
    assert (checked.exit_code, checked.stdout) == (0, invoke().stdout)
    assert asked == [{each.triple for each in seen}]
    assert classified.consistent
    assert len(classified.triples) > 200
    assert disagreements(classified, reasoned, seen) == ()
    must, must_not = (
        {read_triple(text, vocabulary) for text in ENTAILMENTS[name] if " is a " in text}
        for name in ("must", "must_not")
    )
    memberships = {triple for triple in must if vocabulary.label(triple.predicate) == "is a"}
    assert len(memberships) > 7
    assert memberships <= classified.triples
    assert not must_not & classified.triples


CLASS_AS_THING = """
    <https://example.org/o> a owl:Ontology . :C a owl:Class . :D a owl:Class . :E a owl:Class . :C rdfs:subClassOf :E .
    :p a owl:ObjectProperty ; rdfs:domain :D . :i a owl:NamedIndividual .
"""


def test_hermit_agrees_on_a_class_that_is_spoken_of_as_a_thing() -> None:
    """What the thing is, its class is not, and the other way round."""
    seen = of(CLASS_AS_THING + ":C :p :i . :i :p :C . :C a :E .")
    reasoned, classified = reason(seen), classify(seen)
    (member, other) = (quad.triple for quad in of(":C a :D . :i a :D ."))
    assert {member, other} <= classified.triples
    assert {member, other} <= set(reasoned.new)
    (order,) = of(":C rdfs:subClassOf :D .")
    assert order.triple not in classified.triples
    assert disagreements(classified, reasoned, seen) == ()


def test_hermit_finds_a_thing_that_contradicts_though_its_name_is_of_a_class() -> None:
    seen = of(CLASS_AS_THING + ":D owl:disjointWith :E . :C :p :i . :C a :E .")
    assert not reason(seen).consistent
    assert not classify(seen).consistent
    without = of(CLASS_AS_THING + ":D owl:disjointWith :E . :C :p :i .")
    assert reason(without).consistent
    assert classify(without).consistent


def generated(number: int) -> str:
    """Return a small ontology of the kinds of axiom that the rules read, its names told apart by a number."""
    chance = random.Random(number)  # noqa: S311  # nothing secret
    classes, things = [f":C{number}_{i}" for i in range(5)], [f":i{number}_{i}" for i in range(4)]
    relations = [f":p{number}_{i}" for i in range(4)]
    text = [f"{name} a owl:Class ." for name in classes]
    text += [f"{name} a owl:ObjectProperty ." for name in relations]
    text += [f"{name} a owl:NamedIndividual, {chance.choice(classes)} ." for name in things]
    text += [f"{chance.choice(classes[i + 1 :])} rdfs:subClassOf {classes[i]} ." for i in range(3)]
    text += [f"{relations[1]} rdfs:subPropertyOf {relations[0]} .", f"{relations[2]} owl:inverseOf {relations[1]} ."]
    text += [f"{relations[0]} rdfs:domain {chance.choice(classes)} ; rdfs:range {chance.choice(classes)} ."]
    restriction = f"[ a owl:Restriction ; owl:onProperty {relations[0]} ; owl:hasValue {chance.choice(things)} ]"
    parts = f"( {classes[chance.randrange(4)]} {restriction} )"
    text.append(f"{classes[4]} owl:equivalentClass [ a owl:Class ; owl:intersectionOf {parts} ] .")
    text += [f"{relations[3]} a owl:SymmetricProperty, owl:IrreflexiveProperty ."]
    if chance.random() < 0.5:
        one, two = chance.sample(classes[:4], 2)
        text.append(f"{one} owl:disjointWith {two} .")
    text += [f"{chance.choice(things)} {chance.choice(relations)} {chance.choice(things)} ." for _ in range(4)]
    return " ".join(text)


@pytest.mark.slow
def test_hermit_agrees_on_generated_ontologies() -> None:
    """Those that are consistent share no name, and are asked about as one: HermiT takes a second to start."""
    header = "<https://example.org/ontology> a owl:Ontology . "
    every = {number: reason(of(header + generated(number))) for number in range(60)}
    consistent = [number for number, reasoned in every.items() if reasoned.consistent]
    assert 10 < len(consistent) < 60
    together = of(header + " ".join(map(generated, consistent)))
    assert disagreements(classify(together), reason(together), together) == ()
    for number in [number for number in every if number not in consistent][:4]:
        assert not classify(of(header + generated(number))).consistent


# --- On the command line --------------------------------------------------------------------------------------------


def test_what_is_new_is_said() -> None:
    result = invoke()
    assert (result.exit_code, result.stderr) == (0, "")
    assert "HER2 protein is targeted by trastuzumab\n" in result.stdout
    assert re.search(
        r"consistent, no unsatisfiable classes; new: \d+ facts .*, \d+ subclass relations\n$", result.stdout
    )


def line_of(name: str) -> int:
    return ONTOLOGY.read_text(encoding="utf-8").splitlines().index(name) + 1


def test_why_leads_to_the_sentence() -> None:
    result = invoke("--why", "emodin lowers HER2")
    quote = "tyrosine kinase inhibitors, such as emodin, which block HER2 phosphorylation"
    axiom = f"her2.ttl, line {line_of('her2:lowers')}"
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "emodin lowers HER2 protein",
        f"  because what inhibits something that modifies a thing lowers that thing  ({axiom})",
        "  emodin inhibits HER2 phosphorylation",
        f"    certain: “{quote}” (https://doi.org/10.1007/BF02967477, characters 1254 to 1330)",
        f"  HER2 phosphorylation modifies HER2 protein  (her2.ttl, line {line_of('her2:HER2Phosphorylation')})",
    ]


def test_places_are_read_only_for_an_explanation(monkeypatch: pytest.MonkeyPatch) -> None:
    def unread(*_: object) -> None:
        raise AssertionError

    for module, reader in (
        ("her2ld.cli.reason_verb", "places_of_subjects"),
        ("her2ld.dataset.statements", "read_statements"),
    ):
        monkeypatch.setattr(f"{module}.{reader}", unread)
    assert invoke().exit_code == 0
    with pytest.raises(AssertionError):
        invoke("--why", "emodin lowers HER2")


def test_why_speaks_of_a_class_as_a_thing() -> None:
    result = invoke("--why", "tyrosine kinase inhibitor decreases HER2 phosphorylation")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[2] == "  tyrosine kinase inhibitor inhibits HER2 phosphorylation"
    assert "    certain: “tyrosine kinase inhibitors, such as emodin, which block" in result.stdout.splitlines()[3]


def test_what_does_not_follow_is_said_so() -> None:
    result = invoke("--why", "HER2 activates HER2 signaling pathway")
    assert (result.exit_code, result.stdout) == (
        1,
        "HER2 protein activates HER2 signaling pathway: it does not follow\n",
    )
    result = invoke("--why", "HER2 overexpression is associated with prognosis")
    assert result.exit_code == 1
    assert "but a paper says so: probable: “" in result.stdout
    assert invoke("--hedged", "--why", "HER2 overexpression is associated with prognosis").exit_code == 0


def test_what_is_denied_is_never_said_to_be_stated(review: Curation, vocabulary: Vocabulary, tmp_path: Path) -> None:
    file = tmp_path / "denied.nq"
    file.write_bytes(serialize(build(vocabulary, [denied(review)]), format=RdfFormat.N_QUADS) or b"")
    for arguments in (("--hedged",), ()):
        result = invoke(str(file), *arguments, "--why", "trastuzumab is directed against HER2")
        assert (result.exit_code, result.stdout) == (
            1,
            "trastuzumab is directed against HER2 protein: it does not follow\n",
        )
    report = json.loads(invoke(str(file), "--json", "--hedged").stdout)
    assert report["conclusions"] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("trastuzumb targets HER2", "did you mean “trastuzumab”?"),
        (
            "trastuzumab likes HER2",
            "after “trastuzumab”, “likes HER2” is not the name of a relation and the name of a term",
        ),
        ("", "does not begin with the name of a term"),
    ],
)
def test_what_cannot_be_understood_is_said_so(text: str, said: str) -> None:
    result = invoke("--why", text or " ")
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr


def test_a_contradiction_is_explained_in_words(tmp_path: Path) -> None:
    file = tmp_path / "wrong.ttl"
    prefix = "@prefix her2: <https://w3id.org/her2ld/> ."
    file.write_text(f"{prefix} her2:HER2Gene her2:heterodimerizesWith her2:HER3 .")
    result = invoke(str(file))
    told = [re.sub(r"  \(her2.ttl, line \d+\)$", "", line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert told[:6] == [
        "contradiction",
        "HER2 gene is a gene and HER2 gene is a gene product, but nothing is both a gene and a gene product",
        "  HER2 gene is a gene",
        "  HER2 gene is a gene product",
        "    because what heterodimerizes with something is a gene product",
        "    HER2 gene heterodimerizes with HER3 protein",
    ]
    file.write_text(f"{prefix} her2:HER2 her2:heterodimerizesWith her2:HER2 .")
    assert (
        "HER2 protein heterodimerizes with HER2 protein, but nothing heterodimerizes with itself"
        in invoke(str(file)).stdout
    )


def test_a_class_without_members_is_explained(tmp_path: Path) -> None:
    ontology = tmp_path / "her2.ttl"
    text = ONTOLOGY.read_text(encoding="utf-8")
    parents = "her2:LigandOrphanReceptor\n    a owl:Class ;\n    rdfs:subClassOf her2:Protein"
    assert parents in text
    ontology.write_text(text.replace(parents, f"{parents}, her2:Gene"), encoding="utf-8")
    result = invoke("--ontology", str(ontology))
    assert result.exit_code == 1
    assert "no ligand orphan receptor can be\n" in result.stdout
    assert "some ligand orphan receptor is a gene and some ligand orphan receptor is a protein, but" in result.stdout


def test_what_is_new_is_written(tmp_path: Path) -> None:
    file = tmp_path / "inferred.nq"
    assert invoke("-o", str(file)).exit_code == 0
    written = {quad.graph_name for quad in parse(file.read_bytes(), format=RdfFormat.N_QUADS)}
    assert written == {graphs.INFERRED_GRAPH}
    assert invoke("--hedged", "-o", str(file)).exit_code == 0
    written = {quad.graph_name for quad in parse(file.read_bytes(), format=RdfFormat.N_QUADS)}
    assert written == {graphs.INFERRED_GRAPH, graphs.CONCLUSIONS_GRAPH}
    assert "has no suffix of a format" in invoke("-o", str(tmp_path / "x")).stderr


def test_the_report_in_json() -> None:
    report = json.loads(invoke("--json", "--hedged").stdout)
    assert (report["consistent"], report["contradictions"], report["unsatisfiable"]) == (True, [], [])
    assert {"says": "trastuzumab targets HER2 protein", "certainty": "certain"}.items() <= next(
        each for each in report["conclusions"] if each["says"].startswith("trastuzumab targets")
    ).items()
