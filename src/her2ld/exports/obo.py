"""OBO format 1.4: frames for people and for parsers of OBO, and the rest in the header ``owl-axioms``, as ROBOT has it.

The axioms are in OWL 2 functional-style syntax, written by py-horned-owl.
"""

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from her2ld.errors import ExportError, Problem
from her2ld.exports.obo_clauses import Clauses
from her2ld.exports.oboinowl import individuals_as_classes, obo_prefixes, obo_triples
from her2ld.vocabulary import standard
from her2ld.vocabulary.axioms import describe, list_items
from her2ld.vocabulary.ontology import Vocabulary


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


_REMARK = "What is an individual in OWL is a class here. What frames cannot say is in owl-axioms."
_STANZAS = {
    standard.OWL_CLASS: "Term",
    standard.OWL_OBJECT_PROPERTY: "Typedef",
    standard.OWL_ANNOTATION_PROPERTY: "Typedef",
}  # and no frame is for a datatype property
_DECLARATIONS = {*_STANZAS, standard.OWL_DATATYPE_PROPERTY}
_ORDER = (
    "name", "def", "synonym", "xref", "property_value", "domain", "range", "is_symmetric", "is_a", "intersection_of",
    "inverse_of", "holds_over_chain", "relationship", "is_metadata_tag",
)  # fmt: skip
_ONCE = {"name", "def", "intersection_of"}  # lines of two definitions would be read as those of one


def obo_document(vocabulary: Vocabulary) -> tuple[str, int]:
    """Return the ontology in OBO format, and the number of axioms left out: the IRI of the version has no place.

    Raises ExportError where fastobo or py-horned-owl is not installed.
    """
    triples = individuals_as_classes(obo_triples(vocabulary))
    labels: dict[object, str] = {
        quad.subject: quad.object.value
        for quad in reversed(vocabulary.quads)
        if quad.predicate == standard.LABEL and isinstance(quad.object, Literal)
    }
    by_subject: dict[object, list[Triple]] = {}
    for triple in triples:
        by_subject.setdefault(triple.subject, []).append(triple)
    of_terms = {name: about for name, about in by_subject.items() if name in vocabulary.terms}
    stanzas = {name: stanza for name, about in of_terms.items() if (stanza := _stanza(about))}
    clauses = Clauses(describe(triples), stanzas.keys(), labels, vocabulary.prefixes)
    header: list[Triple] = []
    said: set[Triple] = set()
    frames: dict[str, list[str]] = {"Term": [], "Typedef": []}
    for name, about in by_subject.items():
        if any(each.object == standard.OWL_ONTOLOGY for each in about):
            header += about
        elif isinstance(name, NamedNode) and (stanza := stanzas.get(name)):
            clauses_of_name = _lines(clauses, stanza, about)
            first = f"\n[{stanza}]\nid: {clauses.identifier(name)}"
            frames[stanza].append("\n".join([first, *clauses_of_name.values()]))
            said |= clauses_of_name.keys()
    said.update(header)
    annotated = _annotated(triples)
    nested = _nested(said - annotated, by_subject)
    rest = [
        each
        for each in triples
        if each in annotated or each.object in _DECLARATIONS or (each not in said and each.subject not in nested)
    ]
    axioms = functional_syntax(rest, obo_prefixes(vocabulary))
    of_header = [clauses.of_header(each) for each in header]
    lines = [
        clauses.header("FormatVersion", "1.4"),
        clauses.header("DataVersion", vocabulary.version),
        *clauses.idspaces(),
        clauses.header("Remark", _REMARK),
        *(line for line in of_header if line),
        clauses.header("OwlAxioms", axioms),
        *(frame for of_stanza in frames.values() for frame in of_stanza),
    ]
    return "\n".join(lines) + "\n", of_header.count(None)


def _lines(clauses: Clauses, stanza: str, triples: Iterable[Triple]) -> dict[Triple, str]:
    """Return the lines of a frame in the order of the format, each under the triple that it says."""
    lines: dict[Triple, str] = {}
    tags: set[str] = set()
    for triple in triples:
        line = clauses.of_triple(stanza, triple)
        tag = line.partition(":")[0] if line else ""
        if line and not (tag in _ONCE and tag in tags):
            lines[triple] = line
            tags.add(tag)
    return dict(sorted(lines.items(), key=lambda item: _ORDER.index(item[1].partition(":")[0])))


def _stanza(about: Iterable[Triple]) -> str | None:
    kinds = {each.object for each in about if each.predicate == standard.TYPE}
    return next((_STANZAS[kind] for kind in _STANZAS if kind in kinds), None)


def _annotated(triples: Iterable[Triple]) -> set[Triple]:
    """Return the triples that are annotated: a reader of ``owl-axioms`` has to find both in it."""
    parts: dict[object, dict[NamedNode, NamedNode]] = {}
    for each in triples:
        if isinstance(each.subject, BlankNode) and isinstance(each.object, NamedNode):
            parts.setdefault(each.subject, {})[each.predicate] = each.object
    axioms = [about for about in parts.values() if standard.ANNOTATED_SOURCE in about]
    wanted = (standard.ANNOTATED_SOURCE, standard.ANNOTATED_PROPERTY, standard.ANNOTATED_TARGET)
    return {Triple(*(about[each] for each in wanted)) for about in axioms}


def _nested(said: Iterable[Triple], by_subject: Mapping[object, list[Triple]]) -> set[object]:
    """Return the blank nodes that hang on triples which a frame says."""
    found: set[object] = set()
    waiting = list(said)
    while waiting:
        value = waiting.pop().object
        if isinstance(value, BlankNode) and value not in found:
            found.add(value)
            waiting += by_subject.get(value, [])
    return found
