"""The reference of the ontology shows every triple of it, in its place and in words."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import pytest
from lxml import html
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse

from her2ld import Vocabulary, assets
from her2ld.pages import Links, read_knowledge, render
from her2ld.pages.reference import words_of
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.axioms import Description, describe
from her2ld.vocabulary.identifiers import curie_writer
from tests.shipped import store_of

# A paper that is here is shown on its page.
PAPER, PAGE = "https://doi.org/10.1007/BF02967477", "record/10.1007_BF02967477.html"
TARGETS = (
    "relation that holds between an agent or a therapy and what it acts on itself, such as a protein that it was made"
    " to bind"
)
LOWERING = (
    "An agent that lowers the amount or the activity of a protein need not act on that protein: radicicol acts on "
    'Hsp90. See "lowers".'
)
AXES = (
    "Certainty, basis, attribution and polarity do not depend on each other; Thompson et al. 2011"
    " (doi:10.1186/1471-2105-12-393) keep them apart, too."
)
# What is not shown as a property with its value, and how it is shown.
SHOWN_OTHERWISE = {
    standard.LABEL: "the heading of the term",
}
# What holds the expressions of OWL together, and the words that stand for it.
WORDS = {
    standard.FIRST: "the items of a list stand in their order",
    standard.REST: "the same",
    NamedNode(standard.OWL + "intersectionOf"): "and",
    NamedNode(standard.OWL + "unionOf"): "or",
    NamedNode(standard.OWL + "onProperty"): "the property stands before “value”",
    NamedNode(standard.OWL + "hasValue"): "value",
    NamedNode(standard.OWL + "members"): "no two of these have a member in common",
    standard.TYPE: "what the words say: a class, a restriction, an axiom of disjointness",
}


@pytest.fixture(scope="module")
def page(quads: tuple[Quad, ...], vocabulary: Vocabulary) -> html.HtmlElement:
    return drawn(store_of(quads), vocabulary)


def drawn(store: Store, vocabulary: Vocabulary) -> html.HtmlElement:
    page = render(read_knowledge(store, vocabulary), "ontology", Links("", ".html", None))
    assert page
    return html.document_fromstring(page)


def rows(entry: html.HtmlElement) -> dict[str, list[str]]:
    """Return the rows of an entry as texts."""
    return {plain(row.find("dt")): [plain(value) for value in row.findall("dd")] for row in entry.xpath(".//dl[1]/div")}


def plain(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def entry(page: html.HtmlElement, anchor: str) -> html.HtmlElement:
    (element,) = page.xpath("//*[@id=$anchor]", anchor=anchor)
    return element


def test_every_triple_of_the_ontology_is_shown(page: html.HtmlElement, vocabulary: Vocabulary) -> None:
    triples = list(parse(path=assets.ONTOLOGY))
    said = describe(triples)
    elements = {element.get("id"): element for element in page.xpath("//*[@id]")}
    curie = curie_writer(vocabulary.prefixes)
    not_shown = []

    def anchor(term: NamedNode) -> str:
        is_ours = term.value.startswith(model.HER2LD)
        return term.value.removeprefix(model.HER2LD) if is_ours else curie(term.value)

    def is_shown(term: object, element: html.HtmlElement) -> bool:
        if isinstance(term, Literal):
            return plain(element) == " ".join(term.value.split())
        assert isinstance(term, NamedNode)
        if anchor(term) in elements:
            return f"#{anchor(term)}" in element.xpath(".//a/@href")
        address = PAGE if term.value == PAPER else term.value
        return address in element.xpath(".//a/@href") or plain(element) == curie(term.value)

    for triple in triples:
        if not isinstance(triple.subject, NamedNode):
            continue
        element = elements[anchor(triple.subject)]
        if triple.predicate in SHOWN_OTHERWISE:
            assert triple.object.value in plain(element)
            continue
        values = [
            value
            for row in element.xpath(".//dl[@class='said']/div")
            if is_shown(triple.predicate, row.find("dt"))
            for value in row.findall("dd")
        ]
        wanted = list(leaves(triple.object, said))
        if not any(all(is_shown(each, value) for each in wanted) for value in values):
            not_shown.append(str(triple))
    assert not_shown == []
    axioms = page.xpath("//ul[@class='axioms']/li")
    pointed = {triple.object for triple in triples}
    nobodys = {triple.subject for triple in triples if isinstance(triple.subject, BlankNode)} - pointed
    assert len(nobodys) == len(axioms) == 6
    for node in nobodys:
        assert any(all(is_shown(each, axiom) for each in leaves(node, said)) for axiom in axioms)


def leaves(term: object, said: Description) -> Iterator[object]:
    """Yield what an expression is made of, apart from what its words stand for."""
    if not isinstance(term, BlankNode):
        yield term
        return
    for property_, values in said[term].items():
        assert property_ in WORDS
        for value in values:
            if value != standard.NIL and property_ != standard.TYPE:
                yield from leaves(value, said)


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        (
            "HER2TargetedAgent",
            {
                "kind": ["class owl:Class"],
                "definition": ["therapeutic agent that acts on the HER2 protein itself"],
                "subclass of": ["therapeutic agent"],
                "equivalent to": ["therapeutic agent and (targets value HER2 protein)"],
            },
        ),
        (
            "targets",
            {
                "kind": ["relation between things owl:ObjectProperty"],
                "definition": [TARGETS],
                "domain": ["intervention"],
                "range": ["biomedical entity"],
                "broad match": ["related to"],
                "close match": ["Has_Target"],
                "edge category": ["association"],
                "editorial note": [
                    '"Has target" of SIO, Biolink and BAO means other things: a process, a disease, an assay.'
                ],
                "inferred only": ["true"],
                "not an exact match": ["has target", "has target"],
                "in the definition of": ["HER2-targeted agent"],
                "inverse of": ["is targeted by"],
                "scope note": [LOWERING],
                "superproperty of": ["is directed against"],
            },
        ),
        (
            "Certainty",
            {
                "kind": ["class owl:Class"],
                "definition": ["information entity that says how sure an author is of a statement"],
                "subclass of": ["information entity"],
                "scope note": [AXES],
                "has members": ["certain", "probable", "possible"],
                "in the range of": ["has certainty"],
            },
        ),
        ("fplx:ERBB", {"checked against": ["famplex 0.0.5"]}),
    ],
)
def test_a_term_is_shown_with_what_is_said_of_it_and_what_points_at_it(
    page: html.HtmlElement, anchor: str, expected: dict[str, list[str]]
) -> None:
    assert rows(entry(page, anchor)) == expected


def test_classes_and_relations_stand_in_their_order(page: html.HtmlElement) -> None:
    def tree(items: Iterable[html.HtmlElement]) -> dict[str, object]:
        return {plain(item.find("a")): tree(item.xpath("./ul/li")) for item in items}

    classes, relations = page.xpath("//div[@class='order']/ul")
    assert tree(classes)["biomedical entity"]["process"] == {  # type: ignore[index]
        "cell process": {},
        "heterodimerization": {},
        "homodimerization": {},
        "phosphorylation": {"tyrosine phosphorylation": {}},
        "signaling pathway": {},
    }
    assert tree(relations)["targets"] == {"is directed against": {}}


def test_the_contents_lead_to_all_that_there_is(page: html.HtmlElement) -> None:
    assert [plain(item) for item in page.xpath("//nav[@class='contents']/ul/li/a")] == [
        "Classes",
        "Relations and other object properties",
        "Datatype properties",
        "Annotation properties",
        "Entities and values (named individuals)",
        "Axioms about several terms",
        "Vocabularies that it is mapped to",
        "Terms of other vocabularies",
        "Borrowed classes and properties",
        "Namespaces",
        "Legend",
    ]
    identifiers = page.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))
    assert {href for href in page.xpath("//a/@href") if href.startswith("#")} <= {f"#{each}" for each in identifiers}
    levels = [int(heading.tag[1]) for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3]")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_classes_in_a_circle_are_shown(vocabulary: Vocabulary, quads: tuple[Quad, ...]) -> None:
    first, second = (NamedNode(model.HER2LD + name) for name in ("First", "Second"))
    circle = [Quad(each, standard.TYPE, standard.OWL_CLASS, model.ONTOLOGY_GRAPH) for each in (first, second)]
    circle += [
        Quad(first, standard.SUBCLASS_OF, second, model.ONTOLOGY_GRAPH),
        Quad(second, standard.SUBCLASS_OF, first, model.ONTOLOGY_GRAPH),
    ]
    page = drawn(store_of([*quads, *circle]), vocabulary)
    (classes, _) = page.xpath("//div[@class='order']/ul")
    assert " ".join(plain(classes).split()[-3:]) == "her2:First her2:Second her2:First"


PREFIXES = """@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        (":A", "A"),
        ("( :A :B :C )", "A, B, C"),
        ("[ a owl:Class ; owl:unionOf ( :A :B ) ]", "A or B"),
        ("[ owl:intersectionOf ( :A [ owl:unionOf ( :B :C ) ] ) ]", "A and (B or C)"),
        ("[ owl:intersectionOf () ]", "(none)"),
        ("[ a owl:Class ; owl:complementOf [ owl:oneOf ( :a :b ) ] ]", "not (one of a, b)"),
        ("[ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :A ]", "p some A"),
        ("[ a owl:Restriction ; owl:onProperty [ owl:inverseOf :p ] ; owl:allValuesFrom :A ]", "(inverse of p) only A"),
        ("[ a owl:Restriction ; owl:onProperty :p ; owl:hasValue 'x' ]", "p value x"),
        ("[ a owl:Restriction ; owl:onProperty :p ; owl:hasSelf true ]", "p itself true"),
        ("[ a owl:Restriction ; owl:onProperty :p ; owl:minCardinality 1 ]", "p min 1"),
        ("[ a owl:Restriction ; owl:onProperty :p ; owl:qualifiedCardinality 2 ; owl:onClass :A ]", "p exactly 2 A"),
        ("[ a owl:AllDifferent ; owl:distinctMembers ( :a :b ) ]", "no two of these are the same: a, b"),
        # What has no words here, and what says more than a form of OWL has.
        ("[ a owl:Restriction ; owl:onProperty :p, :q ; owl:someValuesFrom :A ]",
         "[type Restriction; onProperty p; onProperty q; someValuesFrom A]"),
        ("[ a owl:Class ; owl:unionOf ( :A :B ) ; rdfs:label 'x' ]", "[type Class; label x; unionOf (A, B)]"),
        ("[ a rdfs:Datatype ; owl:onDatatype xsd:integer ; owl:withRestrictions ( [ xsd:minInclusive 1 ] ) ]",
         "[type Datatype; onDatatype integer; withRestrictions [minInclusive 1]]"),
        ("[ :p [ :q [ :r :A ] ] ]", "[p [q [r A]]]"),
        ("[]", "[]"),
    ],
)  # fmt: skip
def test_an_expression_is_put_in_words(turtle: str, expected: str) -> None:
    quads = list(parse(f"{PREFIXES} :x :says {turtle} .", RdfFormat.TURTLE))
    (said,) = (quad.object for quad in quads if quad.predicate.value == "http://example.org/says")
    assert in_words(words_of(said, describe(quads))) == expected


def in_words(words: Iterable[object]) -> str:
    def last(term: object) -> str:
        value = str(getattr(term, "value", term))
        return value.rpartition("#")[2].rpartition("/")[2] if isinstance(term, NamedNode) else value

    return "".join(map(last, words))


def test_what_is_nested_without_end_ends() -> None:
    quads = list(parse(PREFIXES + "_:a owl:complementOf _:b . _:b owl:complementOf _:a .", RdfFormat.TURTLE))
    words = in_words(words_of(quads[0].subject, describe(quads)))
    assert words.startswith("not (not (")
    assert "…" in words


def test_nothing_in_the_data_becomes_markup_or_a_script(vocabulary: Vocabulary, quads: tuple[Quad, ...]) -> None:
    hostile = '<script>alert("x")</script>'
    term = NamedNode(model.HER2LD + "Hostile")
    script = NamedNode("javascript:alert(1)")
    planted = [
        Quad(term, standard.TYPE, standard.OWL_CLASS, model.ONTOLOGY_GRAPH),
        Quad(term, standard.LABEL, Literal(hostile), model.ONTOLOGY_GRAPH),
        Quad(term, standard.DEFINITION, Literal(hostile, language="en"), model.ONTOLOGY_GRAPH),
        Quad(term, standard.SUBCLASS_OF, term, model.ONTOLOGY_GRAPH),
        Quad(term, script, script, model.ONTOLOGY_GRAPH),
        Quad(script, standard.LABEL, Literal(hostile), model.ONTOLOGY_GRAPH),
    ]
    page = drawn(store_of([*quads, *planted]), vocabulary)
    assert page.xpath("//script[not(@src)]") == []
    assert [href for href in page.xpath("//@href") if "javascript" in href and not href.startswith("#")] == []
    assert rows(entry(page, "Hostile")) == {
        "kind": ["class owl:Class"],
        "definition": [hostile],
        "subclass of": [hostile],
        "alert(1)": [hostile],
        "superclass of": [hostile],
    }
