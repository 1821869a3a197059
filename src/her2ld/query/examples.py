"""The questions as RDF, in the form of the collection ``sparql-examples`` of the Swiss Institute of Bioinformatics.

Its SHACL shape asks for a ``sh:SPARQLExecutable`` with one query, a comment, keywords, prefixes, its endpoint, and the
endpoints of its federated queries. Listing the questions needs no RDF, so this is not part of the catalogue.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from her2ld.query.catalogue import Question
from her2ld.vocabulary import model, standard

_SH = "http://www.w3.org/ns/shacl#"
_SCHEMA = "https://schema.org/"
_SPEX = "https://purl.expasy.org/sparql-examples/ontology#"
_QUESTIONS = model.HER2LD + "question/"
_PREFIXES = NamedNode(_QUESTIONS + "prefixes")
ENDPOINT = NamedNode(model.HER2LD + "sparql")


def sparql_examples(questions: Iterable[Question]) -> Iterator[Quad]:
    """Yield the questions as quads of the default graph; each query also keeps its own prefix declarations."""
    questions = tuple(questions)
    declared = dict(sorted(pair for question in questions for pair in question.prefixes.items()))
    for prefix in declared:
        yield Quad(_PREFIXES, _sh("declare"), NamedNode(f"{_PREFIXES.value}#{prefix}"))
    for prefix, namespace in declared.items():
        node = NamedNode(f"{_PREFIXES.value}#{prefix}")
        yield Quad(node, _sh("prefix"), Literal(prefix))
        yield Quad(node, _sh("namespace"), Literal(namespace, datatype=NamedNode(standard.XSD + "anyURI")))
    for question in questions:
        yield from _example(question)


def _example(question: Question) -> Iterator[Quad]:
    node = NamedNode(_QUESTIONS + question.name)
    query = question.query[question.query.index("PREFIX") :]
    form, kind = ("construct", "Construct") if question.gives_graph else ("select", "Select")
    yield Quad(node, standard.TYPE, _sh("SPARQLExecutable"))
    yield Quad(node, standard.TYPE, _sh(f"SPARQL{kind}Executable"))
    yield Quad(node, standard.LABEL, Literal(question.title, language="en"))
    yield Quad(node, NamedNode(standard.RDFS + "comment"), Literal(question.question, language="en"))
    yield Quad(node, _sh("prefixes"), _PREFIXES)
    yield Quad(node, _sh(form), Literal(query))
    yield Quad(node, NamedNode(_SCHEMA + "target"), ENDPOINT)
    for keyword in question.keywords:
        yield Quad(node, NamedNode(_SCHEMA + "keywords"), Literal(keyword))
    for service in question.services:
        yield Quad(node, NamedNode(_SPEX + "federatesWith"), NamedNode(service))


def _sh(name: str) -> NamedNode:
    return NamedNode(_SH + name)
