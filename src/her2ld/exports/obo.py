"""OBO format 1.4: frames for people and for parsers of OBO, and the rest in the header ``owl-axioms``, as ROBOT has it.

fastobo can make no Instance frame, so the frames are put together here of its clauses. Those of instances come last,
since the OWL API stops reading at the first; what they say is in ``owl-axioms`` as well, which it does read.
"""

from collections.abc import Iterable

from pyoxigraph import NamedNode, Triple

from her2ld.exports.functional_syntax import functional_syntax
from her2ld.exports.obo_clauses import Clauses
from her2ld.exports.oboinowl import obo_prefixes, obo_triples
from her2ld.vocabulary import standard
from her2ld.vocabulary.axioms import describe
from her2ld.vocabulary.ontology import Vocabulary

_REMARK = (
    "ROBOT and the OWL API know no Instance frames: they find the entities, and all else that frames cannot say, "
    "in owl-axioms."
)
_STANZAS = {
    standard.OWL_CLASS: "Term",
    standard.OWL_OBJECT_PROPERTY: "Typedef",
    standard.OWL_ANNOTATION_PROPERTY: "Typedef",
    standard.OWL_INDIVIDUAL: "Instance",
}  # and no frame is for a datatype property
_DECLARATIONS = {*_STANZAS, standard.OWL_DATATYPE_PROPERTY}
_ORDER = (
    "name", "def", "synonym", "xref", "instance_of", "property_value", "domain", "range", "is_symmetric", "is_a",
    "inverse_of", "holds_over_chain", "is_metadata_tag",
)  # fmt: skip
_ONCE = {"name", "def"}


def obo_document(vocabulary: Vocabulary) -> tuple[str, int]:
    """Return the ontology in OBO format, and the number of axioms left out: the IRI of the version has no place.

    Raises ExportError where fastobo or py-horned-owl is not installed.
    """
    triples = obo_triples(vocabulary)
    clauses = Clauses(describe(triples), vocabulary.prefixes)
    by_subject: dict[object, list[Triple]] = {}
    for triple in triples:
        by_subject.setdefault(triple.subject, []).append(triple)
    header: list[Triple] = []
    said: set[Triple] = set()
    frames: dict[str, list[str]] = {"Term": [], "Typedef": [], "Instance": []}
    for name, about in by_subject.items():
        kinds = {each.object for each in about if each.predicate == standard.TYPE}
        stanza = next((_STANZAS[kind] for kind in _STANZAS if kind in kinds), None)
        if standard.OWL_ONTOLOGY in kinds:
            header += about
        elif stanza and isinstance(name, NamedNode) and name in vocabulary.terms:
            clauses_of_name = _lines(clauses, stanza, about)
            first = f"\n[{stanza}]\nid: {clauses.identifier(name)}"
            frames[stanza].append("\n".join([first, *clauses_of_name.values()]))
            said |= clauses_of_name.keys() if stanza != "Instance" else set()
    said.update(header)
    rest = [each for each in triples if each not in said or each.object in _DECLARATIONS]
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
