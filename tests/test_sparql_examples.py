"""The catalogue as RDF has the form of the SPARQL examples of the Swiss Institute of Bioinformatics.

What their shape for query files (sparql-examples-utils, ``spex.shacl``) and their tests demand is said here anew.
"""

import re

import rdflib
from click.testing import CliRunner
from rdflib.plugins.sparql import prepareQuery

from her2ld import read_questions
from her2ld.cli import main

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SCHEMA = rdflib.Namespace("https://schema.org/")
SPEX = rdflib.Namespace("https://purl.expasy.org/sparql-examples/ontology#")


def catalogue() -> rdflib.Graph:
    result = CliRunner().invoke(main, ["query", "--to", "turtle"])
    assert result.exit_code == 0, result.stderr
    return rdflib.Graph().parse(data=result.stdout, format="turtle")


def test_each_example_has_what_their_shape_demands() -> None:
    graph = catalogue()
    examples = set(graph.subjects(rdflib.RDF.type, SH.SPARQLExecutable))
    assert len(examples) == len(read_questions()) > 24
    for example in examples:
        queries = [value for form in (SH.select, SH.ask, SH.construct, SPEX.describe) for value in graph[example:form]]
        assert len(queries) == 1
        comments = list(graph[example : rdflib.RDFS.comment])
        assert comments
        assert all(isinstance(comment, rdflib.Literal) and comment.language == "en" for comment in comments)
        assert list(graph[example : SCHEMA.target])
        assert not list(graph[example : SCHEMA.keyword])
        assert all(re.fullmatch(r"\S.*\S", str(keyword)) for keyword in graph[example : SCHEMA.keywords])


def test_each_query_stands_alone_and_names_those_that_it_federates_with() -> None:
    graph = catalogue()
    for form in (SH.select, SH.construct):
        for example, query in graph.subject_objects(form):
            assert prepareQuery(str(query))
            asked = set(re.findall(r"SERVICE <([^>]+)>", str(query)))
            assert asked == {str(service) for service in graph[example : SPEX.federatesWith]}


def test_the_prefixes_are_declared_as_shacl_has_it() -> None:
    graph = catalogue()
    (prefixes,) = set(graph.objects(None, SH.prefixes))
    declared = {
        str(graph.value(node, SH.prefix)): str(graph.value(node, SH.namespace)) for node in graph[prefixes : SH.declare]
    }
    assert declared == {
        prefix: namespace for question in read_questions() for prefix, namespace in question.prefixes.items()
    }
