"""OWL 2 functional-style syntax, written by py-horned-owl."""

from collections.abc import Mapping, Sequence

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from her2ld.errors import ExportError, Problem
from her2ld.vocabulary import standard
from her2ld.vocabulary.axioms import describe, list_items


def functional_syntax(triples: Sequence[Triple], prefixes: Mapping[str, str]) -> str:
    """Return an OWL 2 ontology that is written as triples in functional-style syntax (W3C 2012).

    Raises ExportError where py-horned-owl is not installed, or where it does not read every axiom.
    """
    try:
        import pyhornedowl
        from pyhornedowl.model import DisjointClasses
    except ImportError as error:
        remedy = "install it: pip install 'her2ld[obo]'"
        raise ExportError([Problem("functional syntax", f"{error.name} is not installed", remedy)]) from error
    ontology = pyhornedowl.open_ontology_from_string(rdf_xml(triples, prefixes).decode(), "rdf")
    for members in _disjoint_classes(triples):  # which py-horned-owl 2.0 passes over when it reads RDF
        classes = [ontology.class_(name) for name in members]
        ontology.add_axiom(DisjointClasses(classes))
    expected, found = _axioms(triples), len(ontology.get_components())
    if found != expected:
        what = f"py-horned-owl reads {found} of {expected} axioms"
        raise ExportError([Problem("functional syntax", what, "choose RDF/XML, which holds them all")])
    for prefix, namespace in prefixes.items():
        ontology.add_prefix_mapping(prefix, namespace)
    text: str = ontology.save_to_string("ofn")
    return text


def rdf_xml(triples: Sequence[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Return triples in RDF/XML."""
    return serialize(triples, format=RdfFormat.RDF_XML, prefixes=dict(prefixes)) or b""


def _axioms(triples: Sequence[Triple]) -> int:
    """Count what py-horned-owl counts: a triple about a name is one, the name and version of the ontology are one."""
    named = (each for each in triples if isinstance(each.subject, NamedNode))
    axioms = [each for each in named if each.predicate != standard.VERSION_IRI and each.object != standard.OWL_ONTOLOGY]
    return len(axioms) + len(_disjoint_classes(triples)) + 1


def _disjoint_classes(triples: Sequence[Triple]) -> list[list[str]]:
    said = describe(triples)
    axioms = [node for node, about in said.items() if standard.ALL_DISJOINT_CLASSES in about.get(standard.TYPE, ())]
    members = [list_items(cell, said) for node in axioms for cell in said[node][standard.MEMBERS]]
    return [[name.value for name in names if isinstance(name, NamedNode)] for names in members]
