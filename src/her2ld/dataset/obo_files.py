"""OBO files of other vocabularies as the RDF that OWL has for them.

The rules are those of "OBO Flat File Format 1.4 Syntax and Semantics", section 5; fastobo reads the lines. Lines
without a triple here are left out, and counted by their tag.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from her2ld.errors import Problem, RecordError
from her2ld.vocabulary import standard
from her2ld.vocabulary.identifiers import owner_iri

if TYPE_CHECKING:
    from fastobo.doc import OboDoc

Node = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal

_Line = Any  # a line, a frame or a document: fastobo has no types
_SUFFIX = ".obo"


def _obo_in_owl(name: str) -> NamedNode:
    return NamedNode(standard.OBO_IN_OWL + name)


_KINDS = {"TermFrame": standard.OWL_CLASS, "TypedefFrame": standard.OWL_OBJECT_PROPERTY}
_TEXTS = {
    "name": standard.LABEL,
    "comment": standard.COMMENT,
    "namespace": _obo_in_owl("hasOBONamespace"),
    "alt_id": _obo_in_owl("hasAlternativeId"),
    "created_by": _obo_in_owl("created_by"),
    "creation_date": _obo_in_owl("creation_date"),
    "consider": _obo_in_owl("consider"),
    "data-version": standard.OWL_VERSION,
    "remark": standard.COMMENT,
    "default-namespace": _obo_in_owl("hasDefaultNamespace"),
    "date": _obo_in_owl("date"),
    "saved-py": _obo_in_owl("savedBy"),  # the name of the tag saved-by in fastobo 0.14.2
    "auto-generated-by": _obo_in_owl("auto-generated-by"),
}
_NAMES = {
    "replaced_by": NamedNode(standard.OBO + "IAO_0100001"),
    "subset": _obo_in_owl("inSubset"),
    "domain": standard.DOMAIN,
    "range": standard.RANGE,
    "inverse_of": standard.INVERSE_OF,
    "import": NamedNode(standard.OWL + "imports"),
}
# For a class, and for a relation.
_LINKS = {
    "is_a": (standard.SUBCLASS_OF, standard.SUBPROPERTY_OF),
    "equivalent_to": (standard.EQUIVALENT_CLASS, NamedNode(standard.OWL + "equivalentProperty")),
    "disjoint_from": (standard.DISJOINT_WITH, NamedNode(standard.OWL + "propertyDisjointWith")),
}
_FLAGS = {
    "is_functional": "FunctionalProperty",
    "is_inverse_functional": "InverseFunctionalProperty",
    "is_transitive": "TransitiveProperty",
    "is_symmetric": "SymmetricProperty",
    "is_asymmetric": "AsymmetricProperty",
    "is_reflexive": "ReflexiveProperty",
}
_DEPRECATED = NamedNode(standard.OWL + "deprecated")
_TRUE = Literal("true", datatype=standard.XSD_BOOLEAN)
_SILENT = frozenset({"format-version", "idspace", "ontology", "is_metadata_tag"})  # read, but not axioms by themselves


@dataclass(frozen=True, slots=True)
class OboContent:
    """The triples of an OBO file, and the number of lines of each tag that are left out."""

    triples: tuple[Triple, ...]
    left_out: Counter[str]


def is_obo(path: Path) -> bool:
    """Tell whether a file is OBO by its name, compressed or not."""
    return (path.with_suffix("") if path.suffix.lower() == ".gz" else path).suffix.lower() == _SUFFIX


def read_obo(path: Path) -> OboContent:
    """Read an OBO file. Raises RecordError if fastobo is missing, or if the file cannot be read or parsed."""
    from her2ld.files.streams import BrokenStreamError, opened_source

    try:
        import fastobo
    except ImportError as error:
        problem = Problem(str(path), "needs fastobo, which is not installed", "install it: pip install 'her2ld[obo]'")
        raise RecordError([problem]) from error
    try:
        with opened_source(str(path)) as stream:
            text = stream.readall().decode("utf-8-sig")
        document: OboDoc = fastobo.loads(text)
    except OSError as error:
        raise RecordError([Problem(str(path), f"cannot be read ({error.strerror})", "give an OBO file")]) from error
    except BrokenStreamError as error:
        raise RecordError([Problem(str(path), error.what, error.remedy)]) from error
    except UnicodeDecodeError as error:
        raise RecordError([Problem(str(path), "is no text in UTF-8", "give an OBO file")]) from error
    except (SyntaxError, ValueError) as error:
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise RecordError([Problem(f"{path}{line}", f"cannot be parsed ({error})", "correct it there")]) from error
    try:
        return _Reading(document).content()
    except (SyntaxError, ValueError) as error:  # an identifier without an IRI, or axioms with a wrong syntax
        raise RecordError([Problem(str(path), f"is not valid OWL ({error})", "correct it in that file")]) from error


@dataclass(slots=True)
class _Reading:
    """The names that a document declares, and the triples read so far."""

    document: _Line
    spaces: dict[str, str] = field(default_factory=dict)
    base: str = standard.OBO
    ontology: NamedNode | None = None
    aliases: dict[str, NamedNode] = field(default_factory=dict)
    triples: list[Triple] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def content(self) -> OboContent:
        header = list(self.document.header)
        self.spaces |= {each.prefix: str(each.url) for each in header if each.raw_tag() == "idspace"}
        for each in header:
            if each.raw_tag() == "ontology":
                is_iri = "://" in each.ontology
                self.base = (each.ontology if is_iri else standard.OBO + each.ontology) + "#"
                self.ontology = NamedNode(each.ontology if is_iri else f"{standard.OBO}{each.ontology}.owl")
                self.triples.append(Triple(self.ontology, standard.TYPE, standard.OWL_ONTOLOGY))
        frames = [each for each in self.document if type(each).__name__ in _KINDS]
        self.left_out["[Instance]"] += len(self.document) - len(frames)  # fastobo has only their names
        for frame in frames:
            if type(frame).__name__ == "TypedefFrame":
                self.aliases |= _alias(frame)
        for clause in header:
            self._add_of_header(clause)
        for frame in frames:
            self._add_frame(frame)
        return OboContent(tuple(dict.fromkeys(self.triples)), +self.left_out)

    def iri(self, identifier: object) -> NamedNode:
        """Return the IRI of an identifier: of an ``idspace``, of the vocabulary's owner, or of the OBO library."""
        text = str(identifier)
        if type(identifier).__name__ == "Url":
            return NamedNode(text)
        if type(identifier).__name__ == "UnprefixedIdent":
            return self.aliases.get(text) or NamedNode(self.base + text)
        prefix, local = identifier.prefix, identifier.local  # type: ignore[attr-defined]
        if prefix in self.spaces:
            return NamedNode(self.spaces[prefix] + local)
        known = {"xsd": standard.XSD, "rdfs": standard.RDFS, "owl": standard.OWL, "oboInOwl": standard.OBO_IN_OWL}
        if prefix in known:
            return NamedNode(known[prefix] + local)
        return owner_iri(f"{prefix}:{local}") or NamedNode(f"{standard.OBO}{prefix}_{local}")

    def _add_of_header(self, clause: _Line) -> None:
        tag = clause.raw_tag()
        if tag == "owl-axioms":
            self.triples += _axioms(clause.axioms)
        elif tag in {"subsetdef", "synonymtypedef"}:
            is_subset = tag == "subsetdef"
            name = self.iri(clause.subset if is_subset else clause.typedef)
            above = _obo_in_owl("SubsetProperty" if is_subset else "SynonymTypeProperty")
            self.triples.append(Triple(name, standard.TYPE, standard.OWL_ANNOTATION_PROPERTY))
            self.triples.append(Triple(name, standard.SUBPROPERTY_OF, above))
            self.triples.append(Triple(name, standard.LABEL, Literal(clause.description)))
        elif self.ontology and tag == "import":
            reference = clause.reference
            self.triples.append(Triple(self.ontology, _NAMES[tag], NamedNode(str(reference))))
        elif tag not in _SILENT and not (self.ontology and self._add(self.ontology, None, clause)):
            self.left_out[tag] += 1

    def _add_frame(self, frame: _Line) -> None:
        subject = self.iri(frame.id)
        clauses = [(clause.raw_tag(), clause) for clause in frame]
        kind = _KINDS[type(frame).__name__]
        if any(tag == "is_metadata_tag" and clause.metadata_tag for tag, clause in clauses):
            kind = standard.OWL_ANNOTATION_PROPERTY
        self.triples.append(Triple(subject, standard.TYPE, kind))
        self.triples.append(Triple(subject, _obo_in_owl("id"), Literal(str(frame.id))))
        together: dict[str, list[_Line]] = {}
        for tag, clause in clauses:
            if tag in {"intersection_of", "union_of"} and kind == standard.OWL_CLASS:
                together.setdefault(tag, []).append(clause)
            elif tag not in _SILENT and not self._add(subject, kind, clause):
                self.left_out[tag] += 1
        for tag, parts in together.items():
            members = [
                self._some(each.typedef, each.term) if getattr(each, "typedef", None) else self.iri(each.term)
                for each in parts
            ]
            operator = standard.INTERSECTION_OF if tag == "intersection_of" else standard.UNION_OF
            self._say(subject, standard.EQUIVALENT_CLASS, self._class(operator, members))

    def _add(self, subject: NamedNode, kind: NamedNode | None, clause: _Line) -> bool:
        """Add the triples of a line about a subject; return False if it has none."""
        tag = clause.raw_tag()
        if tag in _TEXTS:
            self._say(subject, _TEXTS[tag], Literal(_text(clause)), clause)
        elif tag in _NAMES or tag in _LINKS:
            predicate = _NAMES.get(tag) or _LINKS[tag][kind != standard.OWL_CLASS]
            self._say(subject, predicate, self.iri(_named(clause)), clause)
        elif tag == "def":
            self._say(subject, standard.OBO_DEFINITION, Literal(clause.definition), clause, clause.xrefs)
        elif tag == "synonym":
            self._add_synonym(subject, clause)
        elif tag == "xref":
            self._say(subject, standard.OBO_CROSS_REFERENCE, Literal(str(clause.xref.id)), clause)
        elif tag == "property_value":
            each = getattr(clause, "property_value", None) or clause.inner
            is_text = hasattr(each, "datatype")
            value = Literal(each.value, datatype=self.iri(each.datatype)) if is_text else self.iri(each.value)
            self._say(subject, self.iri(each.relation), value, clause)
        elif tag == "relationship" and kind == standard.OWL_CLASS:
            self._say(subject, standard.SUBCLASS_OF, self._some(clause.typedef, clause.term), clause)
        elif tag in {"holds_over_chain", "transitive_over"}:
            chain = (clause.first, clause.last) if tag == "holds_over_chain" else (None, clause.typedef)
            links = [self.iri(each) if each else subject for each in chain]
            self._say(subject, standard.PROPERTY_CHAIN, self._list(links), clause)
        elif tag == "is_obsolete" or tag in _FLAGS:
            self._add_flag(subject, tag, clause)
        else:
            return False
        return True

    def _add_flag(self, subject: NamedNode, tag: str, clause: _Line) -> None:
        if clause.raw_value() == "true":
            if tag in _FLAGS:
                self._say(subject, standard.TYPE, NamedNode(standard.OWL + _FLAGS[tag]), clause)
            else:
                self._say(subject, _DEPRECATED, _TRUE, clause)

    def _add_synonym(self, subject: NamedNode, clause: _Line) -> None:
        synonym = clause.synonym
        predicate = _obo_in_owl(f"has{synonym.scope.capitalize()}Synonym")
        typed = [(_obo_in_owl("hasSynonymType"), self.iri(synonym.type))] if synonym.type else []
        self._say(subject, predicate, Literal(synonym.desc), clause, synonym.xrefs, typed)

    def _say(  # noqa: PLR0913, PLR0917  # a triple, and the three kinds of things that annotate it
        self,
        subject: NamedNode,
        predicate: NamedNode,
        value: Value,
        clause: _Line = None,
        references: Iterable[_Line] = (),
        more: Iterable[tuple[NamedNode, Value]] = (),
    ) -> None:
        """Add a triple, and the axiom that annotates it if there is an annotation."""
        self.triples.append(Triple(subject, predicate, value))
        qualifiers = getattr(clause, "qualifiers", None) or ()
        annotations = [
            *((standard.OBO_CROSS_REFERENCE, Literal(str(each.id))) for each in references),
            *more,
            *((_qualifier(each.key, self.iri), Literal(each.value)) for each in qualifiers),
        ]
        if annotations:
            axiom = BlankNode()
            parts = (subject, predicate, value)
            self.triples.append(Triple(axiom, standard.TYPE, standard.OWL_AXIOM))
            self.triples += (Triple(axiom, each, part) for each, part in zip(_ANNOTATED, parts, strict=True))
            self.triples += (Triple(axiom, each, annotation) for each, annotation in annotations)

    def _some(self, relation: object, target: object) -> BlankNode:
        node = BlankNode()
        self.triples.append(Triple(node, standard.TYPE, standard.RESTRICTION))
        self.triples.append(Triple(node, standard.ON_PROPERTY, self.iri(relation)))
        self.triples.append(Triple(node, standard.SOME_VALUES_FROM, self.iri(target)))
        return node

    def _class(self, operator: NamedNode, members: list[Node]) -> BlankNode:
        node = BlankNode()
        self.triples.append(Triple(node, standard.TYPE, standard.OWL_CLASS))
        self.triples.append(Triple(node, operator, self._list(members)))
        return node

    def _list(self, items: Iterable[Node]) -> Node:
        head: Node = standard.NIL
        for item in reversed(list(items)):
            cell = BlankNode()
            self.triples += (Triple(cell, standard.FIRST, item), Triple(cell, standard.REST, head))
            head = cell
        return head


_ANNOTATED = (standard.ANNOTATED_SOURCE, standard.ANNOTATED_PROPERTY, standard.ANNOTATED_TARGET)


def _alias(frame: _Line) -> dict[str, NamedNode]:
    """Return the relation of the OBO library for a relation without a prefix: ``part_of`` is ``BFO:0000050``."""
    references = [clause.xref.id for clause in frame if clause.raw_tag() == "xref"]
    library = [each for each in references if getattr(each, "prefix", "") in {"BFO", "RO"}]
    is_short = type(frame.id).__name__ == "UnprefixedIdent"
    return {str(frame.id): NamedNode(f"{standard.OBO}{each.prefix}_{each.local}") for each in library[:1] if is_short}


def _named(clause: _Line) -> object:
    """Return the identifier in a line with one identifier."""
    return next(
        getattr(clause, each) for each in ("term", "typedef", "subset", "domain", "range") if hasattr(clause, each)
    )


def _text(clause: _Line) -> str:
    tag = clause.raw_tag()
    text: str = getattr(clause, tag) if tag in {"name", "comment"} else clause.raw_value()
    return text


def _qualifier(key: object, iri: Callable[[object], NamedNode]) -> NamedNode:
    return _obo_in_owl(str(key)) if type(key).__name__ == "UnprefixedIdent" else iri(key)


def _axioms(functional_syntax: str) -> Iterator[Triple]:
    """Yield the axioms of the header ``owl-axioms`` as triples. Raises ValueError if they cannot be read."""
    import pyhornedowl

    written = pyhornedowl.open_ontology_from_string(functional_syntax, "ofn").save_to_string("rdf")
    for quad in parse(written, format=RdfFormat.RDF_XML, rename_blank_nodes=True):
        if quad.object != standard.OWL_ONTOLOGY:
            yield quad.triple
