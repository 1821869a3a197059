"""What is handed out where an IRI is looked up: all that the dataset says of it, and no hedged triple."""

import io
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, parse

from her2ld import LimitError, Vocabulary, build, export, read_curation
from her2ld.dataset import descriptions
from her2ld.dataset.article_texts import mention_lines
from her2ld.dataset.articles import MeshNames, article_lines
from her2ld.dataset.descriptions import describe
from her2ld.iris import article_and_page
from her2ld.mentions import Mention
from her2ld.pubmed.article import Article
from her2ld.pubmed.xml import read_articles
from her2ld.statements.statement import LINKS
from her2ld.vocabulary import model, standard, statement_model
from tests.pubmed.inputs import opened
from tests.shipped import store_of

HERE = Path(__file__).parent
PAGE = "record/10.1007_BF02967477"
SIDES = (statement_model.ONE_SIDE, statement_model.OTHER_SIDE)
PAPER = NamedNode("https://doi.org/10.1007/BF02967477")


@pytest.fixture(scope="module")
def store(quads: tuple[Quad, ...]) -> Store:
    return store_of(quads)


def named(path: str) -> NamedNode:
    return NamedNode(model.HER2LD + path)


def in_graph(store: Store, graph: NamedNode) -> list[Quad]:
    return sorted(store.quads_for_pattern(None, None, None, graph), key=model.graph_rank)


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("statement/95a60bbbb907b84e", "statement.nq"),
        ("statement/0c6b1ac1c0e02247", "statement_with_result.nq"),
        ("statement/683a163ab0174a6d", "gap.nq"),
        ("claim/fdf89773b4b61d3e", "claim.nq"),
        ("LigandOrphanReceptor", "class.nq"),  # HER2 is only suggested to be one
        ("HER2TargetedAgent", "defined_class.nq"),
        ("HER2HER3Heterodimer", "entity.nq"),
        ("encodes", "relation.nq"),
    ],
)
def test_a_thing_is_described_by_these_quads(store: Store, path: str, file: str) -> None:
    expected = (HERE / "descriptions" / file).read_text(encoding="utf-8")
    assert "".join(f"{quad} .\n" for quad in describe(store, named(path))) == expected


def test_a_record_brings_all_of_it_and_what_was_read_in_it(store: Store) -> None:
    told = describe(store, named(PAGE))
    pointing = [
        quad
        for quad in store.quads_for_pattern(None, None, PAPER)
        if quad.graph_name in {model.ONTOLOGY_GRAPH, model.STATEMENTS_GRAPH}
    ]
    assert told == sorted([*in_graph(store, model.RECORDS_GRAPH), *pointing], key=model.graph_rank)
    assert told == describe(store, PAPER)


def test_a_text_brings_its_spans_and_not_the_rest_of_the_record(store: Store) -> None:
    for part in ("title", "abstract"):
        text = f"{model.HER2LD}{PAGE}/{part}"
        below = [quad for quad in in_graph(store, model.RECORDS_GRAPH) if str(quad.subject).startswith(f"<{text}")]
        assert describe(store, NamedNode(text)) == below


def test_a_mention_goes_with_its_text_and_its_record(quads: tuple[Quad, ...]) -> None:
    text = f"{model.HER2LD}{PAGE}/abstract"
    lines = mention_lines(text, [Mention(named("HER2").value, 43, 47, "HER2", named("PositiveStatus").value)])
    mention = set(parse(lines, RdfFormat.N_QUADS))
    store = store_of([*quads, *mention])
    assert mention <= set(describe(store, NamedNode(text)))
    assert mention <= set(describe(store, named(PAGE)))
    span = [NamedNode(f"{text}#{kind}=43,47") for kind in ("char", "mention", "selector")]
    assert set(describe(store, span[0])) == {quad for quad in mention if quad.subject in span}
    assert not mention & set(describe(store, named("HER2")))


@pytest.mark.parametrize("version", ["ontology", "ontology/0.1.0"])
def test_the_ontology_is_its_graph(store: Store, version: str) -> None:
    assert sorted(describe(store, named(version)), key=model.graph_rank) == in_graph(store, model.ONTOLOGY_GRAPH)


def test_a_description_is_written_with_its_axioms_nested(store: Store, vocabulary: Vocabulary) -> None:
    written = io.BytesIO()
    export(describe(store, named("HER2TargetedAgent")), written, "turtle", vocabulary)
    assert (
        written.getvalue().decode().partition("\n\n")[2]
        == """her2:HER2TargetedAgent
    a owl:Class ;
    rdfs:label "HER2-targeted agent"@en ;
    rdfs:subClassOf her2:TherapeuticAgent ;
    owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( her2:TherapeuticAgent [ a owl:Restriction ; owl:hasValue her2:HER2 ; owl:onProperty her2:targets ] ) ] ;
    skos:definition "therapeutic agent that acts on the HER2 protein itself"@en ;
    .
"""  # noqa: E501
    )


def test_a_circle_of_blank_nodes_is_not_lost() -> None:
    first, second = BlankNode("a"), BlankNode("b")
    circle = [
        Quad(named("X"), standard.SEE_ALSO, first, model.ONTOLOGY_GRAPH),
        Quad(first, standard.SEE_ALSO, second, model.ONTOLOGY_GRAPH),
        Quad(second, standard.SEE_ALSO, first, model.ONTOLOGY_GRAPH),
    ]
    apart = [Quad(BlankNode(name), standard.SEE_ALSO, BlankNode(name), model.ONTOLOGY_GRAPH) for name in "cd"]
    assert describe(store_of(circle), named("X")) == circle
    assert set(describe(store_of(circle + apart), model.ONTOLOGY_GRAPH)) == {*circle, *apart}


@pytest.mark.parametrize("graph", [model.ASSERTED_GRAPH, model.HEDGED_GRAPH, model.STATEMENTS_GRAPH])
def test_a_graph_is_its_quads(store: Store, graph: NamedNode) -> None:
    assert describe(store, graph) == in_graph(store, graph) != []


def test_nothing_is_said_of_what_is_unknown(store: Store) -> None:
    for path in ("", "HER", "HER2/", "her2", "statement/", "record/", "record/pubmed/1", f"{PAGE}/", "graph/inferred"):
        assert describe(store, named(path)) == []


def test_all_that_is_not_hedged_is_said_of_something_and_nothing_hedged_is(store: Store) -> None:
    subjects = {quad.subject for quad in store if isinstance(quad.subject, NamedNode)}
    said = {quad for subject in subjects for quad in describe(store, subject)}
    assert said == set(store) - set(in_graph(store, model.HEDGED_GRAPH))


def test_the_order_in_which_the_store_was_filled_does_not_count(store: Store) -> None:
    other = store_of(sorted(store, key=str, reverse=True))
    for path in ("HER2", "Gene", PAGE, "ontology"):
        assert describe(other, named(path)) == describe(store, named(path))


def not_of_mesh(quads: set[Quad]) -> set[Quad]:
    return {quad for quad in quads if not str(quad.subject).startswith(f"<{standard.MESH}")}


def test_each_record_of_pubmed_is_described_by_its_own_quads() -> None:
    path = HERE / "records" / "pubmed.xml"
    with opened(path) as stream:
        articles = [each for each in read_articles(stream, path.name) if isinstance(each, Article)]
    written = [set(parse(article_lines(each, {}, MeshNames()), RdfFormat.N_QUADS)) for each in articles]
    store = store_of(quad for quads in written for quad in quads)
    assert len(articles) > 3
    for article, quads in zip(articles, written, strict=True):
        paper, page = article_and_page(article)
        # A term of MeSH may have more said of it in another record.
        told = set(describe(store, NamedNode(paper)))
        assert not_of_mesh(told) == not_of_mesh(quads)
        assert told >= quads
        assert told == set(describe(store, NamedNode(page)))


def test_a_description_has_a_limit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descriptions, "_MOST_QUADS", 40)
    assert len(describe(store, named("encodes"))) < 40
    with pytest.raises(LimitError) as caught:
        describe(store, named("HER2"))
    assert str(caught.value) == (
        "https://w3id.org/her2ld/HER2: has more than 40 quads."
        " Remedy: export the dataset, or ask for a part of it by a query."
    )


def test_a_claim_and_its_statements_bring_who_disagrees_and_which_numbers_differ(vocabulary: Vocabulary) -> None:
    folders = sorted((HERE / "claims").iterdir())
    store = store_of(build(vocabulary, [read_curation(folder, vocabulary) for folder in folders]))
    kinds = (statement_model.DISAGREEMENT, statement_model.NUMBER_DIFFERENCE)
    nodes = {quad.subject: kind for kind in kinds for quad in store.quads_for_pattern(None, standard.TYPE, kind)}
    assert sorted(kind.value for kind in nodes.values()) == sorted(each.value for each in (*kinds, kinds[0]))
    for node, kind in nodes.items():
        said = set(store.quads_for_pattern(node, None, None))
        sides = {str(quad.object) for quad in said if quad.predicate in SIDES}
        if kind == statement_model.NUMBER_DIFFERENCE:
            results = store.quads_for_pattern(None, statement_model.RESULT, None)
            sides = {str(quad.subject) for quad in results if str(quad.object) in sides}
        links = [quad for link in LINKS for quad in store.quads_for_pattern(None, link, None)]
        claims = {str(quad.object) for quad in links if str(quad.subject) in sides}
        assert len(sides) == 2
        assert claims
        for each in sides | claims:
            assert said <= set(describe(store, NamedNode(each[1:-1])))
