"""Lines of OBO format 1.4, one for a triple; fastobo writes and escapes them."""

from collections.abc import Callable, Container, Mapping
from types import ModuleType

from pyoxigraph import Literal, NamedNode, Triple

from her2ld.errors import ExportError, Problem
from her2ld.exports.oboinowl import obo_identifiers
from her2ld.vocabulary import standard
from her2ld.vocabulary.axioms import Description, list_items

_COMMENT_START = "!"  # the OWL API begins a comment with it even inside an IRI, so that it cannot read such an IRI
_UNREADABLE_END = "\\"  # fastobo 0.14 writes it before a quotation mark as the format has it, and cannot read it
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
    """Makes lines of triples, and keeps account of the prefixes that they use."""

    def __init__(
        self, said: Description, framed: Container[object], labels: Mapping[object, str], prefixes: Mapping[str, str]
    ) -> None:
        """Take what the ontology says, the terms that have a frame, and the labels of all.

        Raises ExportError where fastobo is not installed.
        """
        try:
            import fastobo
        except ImportError as error:
            remedy = "install it: pip install 'her2ld[obo]'"
            raise ExportError([Problem("OBO format", f"{error.name} is not installed", remedy)]) from error
        self._fastobo = fastobo
        self._said = said
        self._framed = framed
        self._labels = labels
        self._namespaces = prefixes
        self._compact = obo_identifiers(prefixes)
        self._used: set[str] = set()

    def of_triple(self, stanza: str, triple: Triple) -> str | None:
        """Return the line that says a triple in a frame of the stanza; None where no line of the format does."""
        kind = self._fastobo.typedef if stanza == "Typedef" else self._fastobo.term
        if isinstance(triple.object, Literal):
            return self._of_literal(kind, stanza, triple.predicate, triple.object)
        if triple.predicate == standard.TYPE:
            return self._of_type(kind, triple.object)
        if isinstance(triple.object, NamedNode):
            return self._of_iri(kind, stanza, triple.predicate, triple.object)
        if triple.predicate == standard.PROPERTY_CHAIN:
            return self._of_chain(kind, list(list_items(triple.object, self._said)))
        return self._of_class(kind, triple.predicate, triple.object) if stanza == "Term" else None

    def _of_class(self, kind: ModuleType, predicate: NamedNode, value: object) -> str | None:
        if predicate == standard.SUBCLASS_OF:
            return self._related(kind.RelationshipClause, value)
        return self._of_intersection(kind, value) if predicate == standard.EQUIVALENT_CLASS else None

    def _of_intersection(self, kind: ModuleType, value: object) -> str | None:
        """Return the lines of a definition by a class and what its members are related to; None for any other."""
        lists = self._said[value][standard.INTERSECTION_OF]
        members = [item for cells in lists for item in list_items(cells, self._said)]
        lines = [self._of_member(kind, each) for each in members]
        said = [line for line in lines if line]
        return "\n".join(said) if len(said) == len(lines) > 1 else None

    def _of_member(self, kind: ModuleType, member: object) -> str | None:
        if not isinstance(member, NamedNode):
            return self._related(kind.IntersectionOfClause, member)
        clause = kind.IntersectionOfClause(None, self.identifier(member))
        return self._labelled(clause, member) if member in self._framed else None

    def _related(self, clause: Callable[[object, object], object], restriction: object) -> str | None:
        """Return the line that says a relation to some member of a class."""
        about = self._said[restriction]
        names = [*about[standard.ON_PROPERTY], *about[standard.SOME_VALUES_FROM]]
        relation, value = names if len(names) == 2 else (None, None)  # noqa: PLR2004  # a relation and a class
        if not isinstance(relation, NamedNode) or not isinstance(value, NamedNode):
            return None
        is_framed = relation in self._framed and value in self._framed
        return self._labelled(clause(self.identifier(relation), self.identifier(value)), value) if is_framed else None

    def _of_chain(self, kind: ModuleType, chain: list[object]) -> str | None:
        names = [self.identifier(each) for each in chain if isinstance(each, NamedNode)]
        # The clause has room for two.
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
        return self._property_value(kind, predicate, value) if self._is_sayable(predicate) else None

    def _of_cross_reference(self, kind: ModuleType, stanza: str, reference: str) -> str | None:
        is_of_the_library = reference.partition(":")[0] not in self._namespaces
        if stanza == "Typedef" and is_of_the_library:
            return None  # the OWL API would take it for the very relation (it does for RO) and rename ours
        if _COMMENT_START in reference:
            return None
        return str(kind.XrefClause(self._fastobo.xref.Xref(self._fastobo.id.parse(reference))))

    def _of_iri(self, kind: ModuleType, stanza: str, predicate: NamedNode, value: NamedNode) -> str | None:
        if _COMMENT_START in value.value:
            return None
        if link := _LINKS.get(stanza, {}).get(predicate):
            # pronto, goatools and OAK look for a frame of what is linked.
            return self._labelled(getattr(kind, link)(self.identifier(value)), value) if value in self._framed else None
        if predicate.value.startswith((standard.RDFS, standard.OWL)) or not self._is_sayable(predicate):
            return None
        return self._labelled(self._property_value(kind, predicate, value), value)

    def _of_type(self, kind: ModuleType, value: object) -> str | None:
        if value == standard.SYMMETRIC_PROPERTY:
            return str(kind.IsSymmetricClause(True))  # noqa: FBT003  # as fastobo has it
        if value == standard.OWL_ANNOTATION_PROPERTY:
            return str(kind.IsMetadataTagClause(True))  # noqa: FBT003
        return None

    def header(self, tag: str, text: str) -> str:
        """Return a line of the header that holds a text."""
        return str(getattr(self._fastobo.header, f"{tag}Clause")(text))

    def of_header(self, triple: Triple) -> str | None:
        """Return the line of the header that says a triple about the ontology; None where no line does."""
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
            said = self._fastobo.pv.LiteralPropertyValue(relation, value.value, self.identifier(text))
            return str(kind.PropertyValueClause(said))
        said = self._fastobo.pv.ResourcePropertyValue(relation, self.identifier(value))
        return str(kind.PropertyValueClause(said))

    def _is_sayable(self, predicate: NamedNode) -> bool:
        """Tell whether a property may have values in a frame: classes and relations have annotations only."""
        return not _NOT_FOR_CLASSES.intersection(self._said[predicate][standard.TYPE])

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
