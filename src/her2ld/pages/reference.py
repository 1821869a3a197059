"""The reference page of the ontology: its whole graph, term by term, with class expressions of OWL 2 in words.

The page has all that pyLODE 3.6 shows, and what pyLODE omits: axioms of disjointness, individuals, and terms of other
vocabularies. Each triple of the graph is here once. Expressions are worded much as in the Manchester syntax.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice

from pyoxigraph import BlankNode, NamedNode, Quad

from her2ld.iris import path_of
from her2ld.pages.knowledge import Knowledge, Term
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.axioms import Description, describe, list_items
from her2ld.vocabulary.identifiers import prefix_splitter

# Words, and the terms between them.
Words = list[str | Term]

_DEEPEST = 20
_LONGEST = 10_000
# The words before a value, and those between the items of a list; None if the value is no list.
_FORMS = {
    "intersectionOf": ("", " and "),
    "unionOf": ("", " or "),
    "oneOf": ("one of ", ", "),
    "complementOf": ("not ", None),
    "datatypeComplementOf": ("not ", None),
    "inverseOf": ("inverse of ", None),
    "AllDisjointClasses members": ("no two of these have a member in common: ", ", "),
    "AllDisjointProperties members": ("no two of these hold between the same things: ", ", "),
    "AllDifferent members": ("no two of these are the same: ", ", "),
    "AllDifferent distinctMembers": ("no two of these are the same: ", ", "),
}
# Kinds that the form itself makes clear.
_TOLD = frozenset({"", "Class", "DataRange", "ObjectProperty", standard.RDFS + "Datatype"})
_RESTRICTIONS = {
    "someValuesFrom": " some ",
    "allValuesFrom": " only ",
    "hasValue": " value ",
    "hasSelf": " itself ",
    "minCardinality": " min ",
    "maxCardinality": " max ",
    "cardinality": " exactly ",
    "minQualifiedCardinality": " min ",
    "maxQualifiedCardinality": " max ",
    "qualifiedCardinality": " exactly ",
}
_MEMBERS = ("members", "distinctMembers")


def words_of(term: object, described: Description, depth: int = 0) -> Words:
    """Return a term in words: itself, or for a blank node its expression, list or axiom.

    ``described`` describes the graph. Terms without words are returned unchanged, so that nothing is lost.
    """
    if not isinstance(term, BlankNode):
        return [term]  # type: ignore[list-item]  # what stands in a triple
    if depth > _DEEPEST:
        return ["…"]
    about = {property_: values for property_, values in described[term].items() if values}
    if about.keys() == {standard.FIRST, standard.REST}:
        return _joined(term, ", ", described, depth)
    return _expression(about, described, depth) or _as_it_stands(about, described, depth)


def members(axiom: BlankNode, described: Description) -> list[object]:
    """Return the members of an axiom of disjointness or of difference; an empty list for other nodes."""
    heads = (head for name in _MEMBERS for head in described[axiom].get(NamedNode(standard.OWL + name), ()))
    return [item for head in heads for item in islice(list_items(head, described), _LONGEST)]


def _expression(about: Mapping[NamedNode, Sequence[object]], described: Description, depth: int) -> Words | None:
    """Return an expression of OWL 2 in words; None for a node that does not follow its mapping to RDF."""
    if any(len(values) > 1 or not property_.value.startswith((standard.OWL, standard.RDF))
           for property_, values in about.items()):  # fmt: skip
        return None
    parts = {property_.value.removeprefix(standard.OWL): values[0] for property_, values in about.items()}
    kind = str(getattr(parts.pop(standard.TYPE.value, None), "value", "")).removeprefix(standard.OWL)
    if "onProperty" in parts and kind in {"", "Restriction"}:
        return _restriction(parts, described, depth)
    if len(parts) == 1:
        ((name, value),) = parts.items()
        before, between = _FORMS.get(name if kind in _TOLD else f"{kind} {name}", ("", ""))
        if between:
            return [before, *_joined(value, between, described, depth)]
        if before:
            return [before, *_nested(value, described, depth)]
    return None


def _restriction(parts: dict[str, object], described: Description, depth: int) -> Words | None:
    property_ = parts.pop("onProperty")
    fillers = [parts.pop(name) for name in ("onClass", "onDataRange") if name in parts]
    if len(parts) != 1 or not parts.keys() <= _RESTRICTIONS.keys():
        return None
    ((name, value),) = parts.items()
    words = [*_nested(property_, described, depth), _RESTRICTIONS[name], *_nested(value, described, depth)]
    return words + [word for filler in fillers for word in (" ", *_nested(filler, described, depth))]


def _joined(head: object, between: str, described: Description, depth: int = 0) -> Words:
    words: Words = []
    for item in islice(list_items(head, described), _LONGEST):
        words += [between, *_nested(item, described, depth)]
    return words[1:] or ["(none)"]


def _nested(term: object, described: Description, depth: int) -> Words:
    words = [word for word in words_of(term, described, depth + 1) if word]
    return ["(", *words, ")"] if len(words) > 1 and words[0] != "[" else words


def _as_it_stands(about: Mapping[NamedNode, Iterable[object]], described: Description, depth: int) -> Words:
    words: Words = []
    for property_, values in sorted(about.items(), key=str):
        for value in sorted(values, key=str):
            words += ["; ", property_, " ", *_nested(value, described, depth)]
    return ["[", *words[1:], "]"]


_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class Row:
    """A property in words, the property itself (None if read from its object), and its values."""

    words: str
    property: NamedNode | None
    values: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """A term and its description in the ontology; ``anchor`` is its place on the page."""

    iri: NamedNode
    label: str
    anchor: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A term, and the terms below it."""

    entry: ReferenceEntry
    below: tuple["Branch", ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Terms of one kind; ``order`` is the hierarchy if the kind has one."""

    anchor: str
    title: str
    sign: str
    entries: tuple[ReferenceEntry, ...]
    order: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class OntologyReference:
    """The whole reference: the ontology itself, its terms by kind, axioms of no one term, terms of others, prefixes."""

    ontology: ReferenceEntry
    sections: tuple[Section, ...]
    axioms: tuple[Words, ...]
    borrowed: tuple[ReferenceEntry, ...]
    vocabularies: tuple[ReferenceEntry, ...]
    mapped: tuple[ReferenceEntry, ...]
    namespaces: tuple[tuple[str, str], ...]


_KINDS = (
    (standard.OWL_CLASS, "classes", "Classes", "c"),
    (standard.OWL_OBJECT_PROPERTY, "object-properties", "Relations and other object properties", "op"),
    (standard.OWL_DATATYPE_PROPERTY, "datatype-properties", "Datatype properties", "dp"),
    (standard.OWL_ANNOTATION_PROPERTY, "annotation-properties", "Annotation properties", "ap"),
    (standard.OWL_INDIVIDUAL, "individuals", "Entities and values (named individuals)", "ni"),
    (None, "others", "Other things", "o"),
)
_WORDS = {
    standard.TYPE: "kind",
    standard.SUBCLASS_OF: "subclass of",
    standard.SUBPROPERTY_OF: "subproperty of",
    standard.EQUIVALENT_CLASS: "equivalent to",
    standard.PROPERTY_CHAIN: "follows from the chain",
    standard.ALT_LABEL: "also called",
}
# The properties to show first; the others follow in the order of their words.
_FIRST = (
    standard.TYPE,
    standard.DEFINITION,
    standard.ALT_LABEL,
    standard.DESCRIPTION,
    standard.OWL_VERSION,
    standard.VERSION_IRI,
    standard.CREATOR,
    standard.LICENSE,
    standard.SUBCLASS_OF,
    standard.EQUIVALENT_CLASS,
    standard.SUBPROPERTY_OF,
    standard.DOMAIN,
    standard.RANGE,
    standard.INVERSE_OF,
    standard.PROPERTY_CHAIN,
)
# The words for a property as read from its object.
_BACKWARDS = {
    standard.SUBCLASS_OF: "superclass of",
    standard.SUBPROPERTY_OF: "superproperty of",
    standard.TYPE: "has members",
    standard.DOMAIN: "in the domain of",
    standard.RANGE: "in the range of",
    standard.INVERSE_OF: "inverse of",
    standard.EQUIVALENT_CLASS: "in the definition of",
    standard.PROPERTY_CHAIN: "in the chain of",
    standard.IN_SCHEME: "has concepts",
}
_DISJOINT = "disjoint with"


@dataclass(frozen=True, slots=True)
class _ReferenceGraph:
    """The graph of the ontology, read from both ends; ``words`` returns the words for a property, found once."""

    knowledge: Knowledge
    words: Callable[[NamedNode], str]
    described: Description
    backwards: Mapping[Term, Mapping[str, list[Term]]]


def reference(knowledge: Knowledge) -> OntologyReference:
    """Return the graph of the ontology in the form for its page."""
    quads = sorted(knowledge.store.quads_for_pattern(None, None, None, model.ONTOLOGY_GRAPH), key=model.graph_rank)
    described = describe(quads)
    graph = _ReferenceGraph(knowledge, cache(partial(_words, knowledge)), described, _backwards(quads, described))
    header, _ = knowledge.vocabulary.header
    names = sorted({quad.subject for quad in quads if isinstance(quad.subject, NamedNode)} - {header}, key=str)
    ours = [name for name in names if path_of(name)]
    others = [name for name in names if not path_of(name)]
    vocabularies = [name for name in others if standard.NAMESPACE in described[name]]
    borrowed = [name for name in others if standard.TYPE in described[name] and name not in vocabularies]
    mapped = [name for name in others if name not in vocabularies and name not in borrowed]
    return OntologyReference(
        ontology=_entry(graph, header),
        sections=_sections(graph, ours),
        axioms=tuple(words_of(node, described) for node in _unreferenced(quads)),
        borrowed=_entries(graph, borrowed),
        vocabularies=_entries(graph, vocabularies),
        mapped=_entries(graph, mapped),
        namespaces=_namespaces(quads, knowledge.vocabulary.prefixes),
    )


def _sections(graph: _ReferenceGraph, terms: Iterable[NamedNode]) -> tuple[Section, ...]:
    by_kind: defaultdict[NamedNode | None, list[NamedNode]] = defaultdict(list)
    for term in terms:
        kinds = graph.described[term].get(standard.TYPE, ())
        by_kind[next((kind for kind, *_ in _KINDS if kind in kinds), None)].append(term)
    sections = []
    for kind, anchor, title, sign in _KINDS:
        entries = _entries(graph, by_kind[kind])
        above = {standard.OWL_CLASS: standard.SUBCLASS_OF, standard.OWL_OBJECT_PROPERTY: standard.SUBPROPERTY_OF}
        order = _order(graph, entries, above[kind]) if kind in above else ()
        if entries:
            sections.append(Section(anchor, title, sign, entries, order))
    return tuple(sections)


def _order(graph: _ReferenceGraph, entries: Iterable[ReferenceEntry], property_: NamedNode) -> tuple[Branch, ...]:
    """Return the terms as a tree; a term below several others has its own branches only at its first place."""
    by_iri = {entry.iri: entry for entry in entries}
    below: defaultdict[NamedNode | None, list[ReferenceEntry]] = defaultdict(list)
    for entry in by_iri.values():
        above = [each for each in graph.described[entry.iri].get(property_, ()) if each in by_iri and each != entry.iri]
        for each in above or [None]:
            below[each].append(entry)  # type: ignore[index]

    shown: set[NamedNode] = set()

    def branch(entry: ReferenceEntry) -> Branch:
        deeper = () if entry.iri in shown else below[entry.iri]
        shown.add(entry.iri)
        return Branch(entry, tuple(map(branch, deeper)))

    order = [branch(entry) for entry in below[None]]
    # Terms in a circle are below nothing else.
    return (*order, *(branch(entry) for entry in by_iri.values() if entry.iri not in shown))


def _entries(graph: _ReferenceGraph, terms: Iterable[NamedNode]) -> tuple[ReferenceEntry, ...]:
    entries = [_entry(graph, term) for term in terms]
    return tuple(sorted(entries, key=lambda entry: (entry.label.casefold(), entry.iri.value)))


def _entry(graph: _ReferenceGraph, term: NamedNode) -> ReferenceEntry:
    anchor = path_of(term) or graph.knowledge.curie(term.value)
    return ReferenceEntry(
        term, graph.knowledge.label(term), anchor, (*_rows(graph, term), *_rows_backwards(graph, term))
    )


def _rows(graph: _ReferenceGraph, term: NamedNode) -> list[Row]:
    rows = []
    for property_, values in graph.described[term].items():
        is_chain = property_ == standard.PROPERTY_CHAIN
        words = [
            _joined(value, " then ", graph.described) if is_chain else words_of(value, graph.described)
            for value in values
        ]
        if property_ == standard.LABEL and len(values) == 1:
            continue  # the heading
        rows.append(Row(graph.words(property_), property_, _sorted(graph, words)))
    return sorted(rows, key=lambda row: (_FIRST.index(row.property) if row.property in _FIRST else 99, row.words))


def _rows_backwards(graph: _ReferenceGraph, term: NamedNode) -> Iterable[Row]:
    # The highest certainty first.
    ranks: dict[object, int] = {each: -place for each, place in graph.knowledge.vocabulary.steering.ranks.items()}
    for words, values in sorted(graph.backwards.get(term, {}).items()):
        ordered = _sorted(graph, [[value] for value in dict.fromkeys(values)])
        yield Row(words, None, tuple(sorted(ordered, key=lambda value: ranks.get(value[0], 0))))


def _words(knowledge: Knowledge, property_: NamedNode) -> str:
    """Return the words for a property: ours, its label, or its name split at the capitals."""
    if property_ in _WORDS:
        return _WORDS[property_]
    if property_ in knowledge.terms.values():
        return knowledge.label(property_)
    return " ".join(
        part if part.isupper() else part.lower() for part in _HUMP.split(re.split("[#/:]", property_.value)[-1])
    )


def _sorted(graph: _ReferenceGraph, values: Iterable[Words]) -> tuple[Words, ...]:
    def text(words: Words) -> str:
        return " ".join(graph.knowledge.label(each) if isinstance(each, NamedNode) else str(each) for each in words)

    return tuple(sorted(values, key=lambda words: ((key := text(words)).casefold(), key)))


def _backwards(quads: Sequence[Quad], described: Description) -> dict[Term, dict[str, list[Term]]]:
    """Return for each term the triples and axioms that point at it, in words."""
    found: defaultdict[Term, defaultdict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        words = _BACKWARDS.get(quad.predicate)
        if isinstance(quad.subject, NamedNode) and words:
            if quad.predicate == standard.SUBCLASS_OF and isinstance(quad.object, BlankNode):
                words = _BACKWARDS[standard.EQUIVALENT_CLASS]
            for each in words_of(quad.object, described):
                if isinstance(each, NamedNode):
                    found[each][words].append(quad.subject)
        elif isinstance(quad.subject, NamedNode) and quad.predicate == standard.DISJOINT_WITH:
            found[quad.object][_DISJOINT].append(quad.subject)
    for node in _unreferenced(quads):
        apart = [each for each in members(node, described) if isinstance(each, NamedNode)]
        for each in apart:
            found[each][_DISJOINT] += [other for other in apart if other != each]
    return {term: dict(rows) for term, rows in found.items()}


def _unreferenced(quads: Sequence[Quad]) -> list[BlankNode]:
    """Return the blank nodes that no triple points at: axioms about several terms."""
    objects = {quad.object for quad in quads}
    found = (quad.subject for quad in quads if isinstance(quad.subject, BlankNode) and quad.subject not in objects)
    return list(dict.fromkeys(found))


def _namespaces(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the prefixes that the graph uses, each with its namespace."""
    split = prefix_splitter(prefixes)
    terms = {term for quad in quads for term in quad.triple if isinstance(term, NamedNode)}
    used = {cut[0] for term in terms if (cut := split(term.value))}
    return tuple((prefix, namespace) for prefix, namespace in sorted(prefixes.items()) if prefix in used)


def reference_view(knowledge: Knowledge) -> tuple[str, dict[str, object]]:
    """Return the template of the page, and its data."""
    found = reference(knowledge)
    entries = (entry for section in found.sections for entry in section.entries)
    others = (*found.borrowed, *found.vocabularies, *found.mapped)
    return "reference.html", {
        "title": found.ontology.label,
        "reference": found,
        "anchors": {entry.iri: entry.anchor for entry in (*entries, *others)},
        "others": (
            ("vocabularies", "Vocabularies that it is mapped to", found.vocabularies),
            ("mapped", "Terms of other vocabularies", found.mapped),
            ("borrowed", "Borrowed classes and properties", found.borrowed),
        ),
    }
