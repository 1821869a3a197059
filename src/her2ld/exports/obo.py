"""The ontology in OBO format 1.4: frames with a line for each triple, and other axioms in the header ``owl-axioms``.

The header is the one that ROBOT uses, with axioms in OWL 2 functional-style syntax. fastobo writes and escapes lines.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from types import ModuleType

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from her2ld.errors import ExportError, Problem
from her2ld.exports.owl import functional_syntax, individuals_as_classes, obo_identifiers, obo_prefixes, obo_triples
from her2ld.vocabulary import standard
from her2ld.vocabulary.axioms import Description, describe, list_items
from her2ld.vocabulary.ontology import Vocabulary

_COMMENT_START = "!"  # begins a comment for the OWL API even inside an IRI
_UNREADABLE_END = "\\"  # fastobo 0.14 correctly writes it before a quotation mark, but cannot read it there
_LINKS = {
    "Term": {standard.SUBCLASS_OF: "IsAClause"},
    "Typedef": {
        standard.DOMAIN: "DomainClause",
        standard.RANGE: "RangeClause",
        standard.SUBPROPERTY_OF: "IsAClause",
        standard.INVERSE_OF: "InverseOfClause",
    },
}
_NOT_FOR_CLASSES = {standard.OWL_OBJECT_PROPERTY, standard.OWL_DATATYPE_PROPERTY}


class Clauses:
    """Makes the lines of triples, and keeps the prefixes that they use."""

    def __init__(
        self,
        description: Description,
        framed: Container[object],
        labels: Mapping[object, str],
        prefixes: Mapping[str, str],
    ) -> None:
        """Take the description of all terms, the terms that have a frame, and the labels of all terms.

        Raises ExportError if fastobo is not installed.
        """
        try:
            import fastobo
        except ImportError as error:
            remedy = "install it: pip install 'her2ld[obo]'"
            raise ExportError([Problem("OBO format", f"{error.name} is not installed", remedy)]) from error
        self._fastobo = fastobo
        self._description = description
        self._framed = framed
        self._labels = labels
        self._namespaces = prefixes
        self._compact = obo_identifiers(prefixes)
        self._used: set[str] = set()

    def of_triple(self, stanza: str, triple: Triple) -> str | None:
        """Return the line for a triple in a frame of the stanza; None if the format has none."""
        kind = self._fastobo.typedef if stanza == "Typedef" else self._fastobo.term
        if isinstance(triple.object, Literal):
            return self._of_literal(kind, stanza, triple.predicate, triple.object)
        if triple.predicate == standard.TYPE:
            return self._of_type(kind, triple.object)
        if isinstance(triple.object, NamedNode):
            return self._of_iri(kind, stanza, triple.predicate, triple.object)
        if triple.predicate == standard.PROPERTY_CHAIN:
            return self._of_chain(kind, list(list_items(triple.object, self._description)))
        return self._of_class(kind, triple.predicate, triple.object) if stanza == "Term" else None

    def _of_class(self, kind: ModuleType, predicate: NamedNode, value: object) -> str | None:
        if predicate == standard.SUBCLASS_OF:
            return self._related(kind.RelationshipClause, value)
        return self._of_intersection(kind, value) if predicate == standard.EQUIVALENT_CLASS else None

    def _of_intersection(self, kind: ModuleType, value: object) -> str | None:
        """Return the lines of a definition by a class and the relations of its members; None for any other one."""
        lists = self._description[value][standard.INTERSECTION_OF]
        members = [item for cells in lists for item in list_items(cells, self._description)]
        lines = [self._of_member(kind, each) for each in members]
        written = [line for line in lines if line]
        return "\n".join(written) if len(written) == len(lines) > 1 else None

    def _of_member(self, kind: ModuleType, member: object) -> str | None:
        if not isinstance(member, NamedNode):
            return self._related(kind.IntersectionOfClause, member)
        clause = kind.IntersectionOfClause(None, self.identifier(member))
        return self._labelled(clause, member) if member in self._framed else None

    def _related(self, clause: Callable[[object, object], object], restriction: object) -> str | None:
        """Return the line for a relation to some member of a class."""
        about = self._description[restriction]
        names = [*about[standard.ON_PROPERTY], *about[standard.SOME_VALUES_FROM]]
        relation, value = names if len(names) == 2 else (None, None)  # noqa: PLR2004  # a relation and a class
        if not isinstance(relation, NamedNode) or not isinstance(value, NamedNode):
            return None
        is_framed = relation in self._framed and value in self._framed
        return self._labelled(clause(self.identifier(relation), self.identifier(value)), value) if is_framed else None

    def _of_chain(self, kind: ModuleType, chain: list[object]) -> str | None:
        names = [self.identifier(each) for each in chain if isinstance(each, NamedNode)]
        # The clause has two properties.
        return str(kind.HoldsOverChainClause(*names)) if len(names) == len(chain) == 2 else None  # noqa: PLR2004

    def _of_literal(self, kind: ModuleType, stanza: str, predicate: NamedNode, value: Literal) -> str | None:
        is_unreadable = value.value.endswith(_UNREADABLE_END) and predicate != standard.LABEL
        if is_unreadable or value.language not in {None, "en"}:
            return None
        if predicate == standard.LABEL:
            return str(kind.NameClause(value.value))
        if predicate == standard.OBO_DEFINITION:
            return str(kind.DefClause(value.value, self._fastobo.xref.XrefList()))
        if predicate == standard.OBO_EXACT_SYNONYM:
            return str(kind.SynonymClause(self._fastobo.syn.Synonym(value.value, "EXACT")))
        if predicate == standard.OBO_CROSS_REFERENCE:
            return self._of_cross_reference(kind, stanza, value.value)
        return self._property_value(kind, predicate, value) if self._is_annotation(predicate) else None

    def _of_cross_reference(self, kind: ModuleType, stanza: str, reference: str) -> str | None:
        is_of_the_library = reference.partition(":")[0] not in self._namespaces
        if stanza == "Typedef" and is_of_the_library:
            return None  # the OWL API would treat it as the same relation, as for RO, and rename ours
        if _COMMENT_START in reference:
            return None
        return str(kind.XrefClause(self._fastobo.xref.Xref(self._fastobo.id.parse(reference))))

    def _of_iri(self, kind: ModuleType, stanza: str, predicate: NamedNode, value: NamedNode) -> str | None:
        if _COMMENT_START in value.value:
            return None
        if link := _LINKS.get(stanza, {}).get(predicate):
            # pronto, goatools and OAK look for a frame of the linked term.
            return self._labelled(getattr(kind, link)(self.identifier(value)), value) if value in self._framed else None
        if predicate.value.startswith((standard.RDFS, standard.OWL)) or not self._is_annotation(predicate):
            return None
        return self._labelled(self._property_value(kind, predicate, value), value)

    def _of_type(self, kind: ModuleType, value: object) -> str | None:
        if value == standard.SYMMETRIC_PROPERTY:
            return str(kind.IsSymmetricClause(True))  # noqa: FBT003  # as fastobo has it
        if value == standard.OWL_ANNOTATION_PROPERTY:
            return str(kind.IsMetadataTagClause(True))  # noqa: FBT003
        return None

    def header(self, tag: str, text: str) -> str:
        """Return a line of the header with a text."""
        return str(getattr(self._fastobo.header, f"{tag}Clause")(text))

    def of_header(self, triple: Triple) -> str | None:
        """Return the line of the header for a triple about the ontology; None if the format has none."""
        if triple.predicate == standard.VERSION_IRI:
            return None
        if triple.object == standard.OWL_ONTOLOGY and isinstance(triple.subject, NamedNode):
            return self.header("Ontology", triple.subject.value)
        if triple.predicate == standard.COMMENT and isinstance(triple.object, Literal):
            return self.header("Remark", triple.object.value)
        if isinstance(triple.object, (Literal, NamedNode)):
            return self._property_value(self._fastobo.header, triple.predicate, triple.object)
        return None

    def idspaces(self) -> list[str]:
        """Return the lines of the header that declare the prefixes used so far."""
        clause, url = self._fastobo.header.IdspaceClause, self._fastobo.id.Url
        return [str(clause(prefix, url(self._namespaces[prefix]))) for prefix in sorted(self._used)]

    def _property_value(self, kind: ModuleType, predicate: NamedNode, value: Literal | NamedNode) -> str:
        relation = self.identifier(predicate)
        if isinstance(value, Literal):
            text = standard.XSD_STRING if value.language else value.datatype
            property_value = self._fastobo.pv.LiteralPropertyValue(relation, value.value, self.identifier(text))
            return str(kind.PropertyValueClause(property_value))
        property_value = self._fastobo.pv.ResourcePropertyValue(relation, self.identifier(value))
        return str(kind.PropertyValueClause(property_value))

    def _is_annotation(self, predicate: NamedNode) -> bool:
        """Tell whether a property may have values in a frame: classes and relations have annotations only."""
        return not _NOT_FOR_CLASSES.intersection(self._description[predicate][standard.TYPE])

    def _labelled(self, clause: object, value: NamedNode) -> str:
        """Add the label of a term as a comment, as OBO files have it."""
        label = self._labels.get(value, "")
        return f"{clause} ! {label}" if label and label.isprintable() else str(clause)

    def identifier(self, name: NamedNode) -> object:
        """Return an IRI as an identifier of fastobo: prefix and local name, or the whole IRI."""
        prefix, local = self._compact(name.value) or ("", "")
        namespace = self._namespaces.get(prefix, "")
        if not prefix or _COMMENT_START in namespace:
            return self._fastobo.id.Url(name.value)
        if namespace not in {"", standard.XSD}:
            self._used.add(prefix)
        return self._fastobo.id.PrefixedIdent(prefix, local)


_REMARK = "What is an individual in OWL is a class here. What frames cannot say is in owl-axioms."
_STANZAS = {
    standard.OWL_CLASS: "Term",
    standard.OWL_OBJECT_PROPERTY: "Typedef",
    standard.OWL_ANNOTATION_PROPERTY: "Typedef",
}  # there is no frame for datatype properties
_DECLARATIONS = {*_STANZAS, standard.OWL_DATATYPE_PROPERTY}
_ORDER = (
    "name", "def", "synonym", "xref", "property_value", "domain", "range", "is_symmetric", "is_a", "intersection_of",
    "inverse_of", "holds_over_chain", "relationship", "is_metadata_tag",
)  # fmt: skip
_ONCE = {"name", "def", "intersection_of"}  # the lines of two definitions would be read as one


def obo_document(vocabulary: Vocabulary) -> tuple[str, int]:
    """Return the ontology in OBO format, and the number of axioms left out, such as the version IRI.

    Raises ExportError if fastobo or py-horned-owl is not installed.
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
    in_frames: set[Triple] = set()
    frames: dict[str, list[str]] = {"Term": [], "Typedef": []}
    for name, about in by_subject.items():
        if any(each.object == standard.OWL_ONTOLOGY for each in about):
            header += about
        elif isinstance(name, NamedNode) and (stanza := stanzas.get(name)):
            clauses_of_name = _lines(clauses, stanza, about)
            first = f"\n[{stanza}]\nid: {clauses.identifier(name)}"
            frames[stanza].append("\n".join([first, *clauses_of_name.values()]))
            in_frames |= clauses_of_name.keys()
    in_frames.update(header)
    annotated = _annotated(triples)
    nested = _nested(in_frames - annotated, by_subject)
    rest = [
        each
        for each in triples
        if each in annotated or each.object in _DECLARATIONS or (each not in in_frames and each.subject not in nested)
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
    """Return the lines of a frame in the order of the format, by their triples."""
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
    """Return the annotated triples, which must be in ``owl-axioms`` together with their annotations."""
    parts: dict[object, dict[NamedNode, NamedNode]] = {}
    for each in triples:
        if isinstance(each.subject, BlankNode) and isinstance(each.object, NamedNode):
            parts.setdefault(each.subject, {})[each.predicate] = each.object
    axioms = [about for about in parts.values() if standard.ANNOTATED_SOURCE in about]
    wanted = (standard.ANNOTATED_SOURCE, standard.ANNOTATED_PROPERTY, standard.ANNOTATED_TARGET)
    return {Triple(*(about[each] for each in wanted)) for about in axioms}


def _nested(in_frames: Iterable[Triple], by_subject: Mapping[object, list[Triple]]) -> set[object]:
    """Return the blank nodes below the triples that are in frames."""
    found: set[object] = set()
    waiting = list(in_frames)
    while waiting:
        value = waiting.pop().object
        if isinstance(value, BlankNode) and value not in found:
            found.add(value)
            waiting += by_subject.get(value, [])
    return found
