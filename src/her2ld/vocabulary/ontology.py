"""The ontology: its terms by label, its rules for the program, and its quads."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from her2ld import assets
from her2ld.errors import OntologyError, Problem
from her2ld.vocabulary import model, standard, statement_model
from her2ld.vocabulary.axioms import Classes, class_ancestors, classes_of_properties, describe, settle_blank_nodes
from her2ld.vocabulary.mistyped_names import likely_name, names_with
from her2ld.vocabulary.steering import Steering, read_steering

_DECLARATIONS = (
    standard.OWL_CLASS,
    standard.OWL_INDIVIDUAL,
    standard.OWL_OBJECT_PROPERTY,
    standard.OWL_DATATYPE_PROPERTY,
    standard.OWL_ANNOTATION_PROPERTY,
)


# The values of each property of one subject, and those of all subjects with an IRI; both in the order of the files.
Properties = Mapping[NamedNode, list[object]]
Description = Mapping[NamedNode, Properties]


@dataclass(frozen=True, slots=True)
class Term:
    """A class, entity or property: its IRI, its label, its synonyms, and its ``rdf:type`` values."""

    iri: NamedNode
    label: str
    synonyms: tuple[str, ...]
    types: frozenset[NamedNode]

    @property
    def names(self) -> tuple[str, ...]:
        """The label and then the synonyms."""
        return self.label, *self.synonyms

    @property
    def is_relation(self) -> bool:
        """Whether the term can be the relation of a statement: an object property of the domain, or ``rdf:type``."""
        is_of_the_model = self.iri in _MODEL_TERMS
        return self.iri == standard.TYPE or (standard.OWL_OBJECT_PROPERTY in self.types and not is_of_the_model)

    @property
    def is_entity_or_class(self) -> bool:
        """Whether the term can be the subject or object of a statement, which excludes the terms of the models."""
        is_of_the_model = self.iri in _MODEL_TERMS
        return not is_of_the_model and not self.types.isdisjoint((standard.OWL_INDIVIDUAL, standard.OWL_CLASS))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The whole content of the ontology's files.

    ``quads`` is their content in ``graph:ontology``, subject by subject in the order of the files, with blank nodes
    named by place and content; ``description`` has the properties of each subject with an IRI. ``terms`` is keyed by
    IRI, ``names`` by label or synonym in the form of :func:`name_key`, ``requires`` by relation, ``evidence_types`` by
    basis or by kind of system; ``steering`` are the ontology's rules for the program. ``domains`` and ``ranges`` have
    the classes of a property, and ``ancestors`` all superclasses of a class, including itself; ``inferred_only`` are
    the relations that no paper states.
    """

    version: str
    prefixes: Mapping[str, str]
    quads: tuple[Quad, ...]
    description: Description
    terms: Mapping[NamedNode, Term]
    names: Mapping[str, Term]
    steering: Steering
    requires: Mapping[NamedNode, tuple[NamedNode, ...]]
    evidence_types: Mapping[NamedNode, NamedNode]
    domains: Mapping[NamedNode, Classes]
    ranges: Mapping[NamedNode, Classes]
    ancestors: Mapping[NamedNode, Classes]
    inferred_only: frozenset[NamedNode]

    @property
    def header(self) -> tuple[NamedNode, dict[NamedNode, NamedNode | Literal]]:
        """Return the IRI of the ontology, and its metadata by property.

        >>> iri, metadata = read_ontology().header
        >>> iri.value, metadata[standard.TITLE].value
        ('https://w3id.org/her2ld/ontology', 'HER2 ontology')
        """
        headers = [quad.subject for quad in self.quads if quad.object == standard.OWL_ONTOLOGY]
        iri = next(subject for subject in headers if isinstance(subject, NamedNode))
        metadata = {quad.predicate: quad.object for quad in self.quads if quad.subject == iri}
        return iri, {name: value for name, value in metadata.items() if isinstance(value, NamedNode | Literal)}

    def find(self, name: str) -> Term | None:
        """Return the term with a label or synonym, in any case and spacing; None if there is none.

        >>> vocabulary = read_ontology()
        >>> vocabulary.find("epidermal  Growth Factor receptor").label
        'HER1 protein'
        >>> vocabulary.find("no such name") is None
        True
        """
        return self.names.get(name_key(name))

    def label(self, iri: NamedNode) -> str:
        """Return the label of a term, or any other IRI as text."""
        return self.terms[iri].label if iri in self.terms else iri.value

    def is_one_of(self, term: Term, classes: Classes) -> bool:
        """Tell whether an entity is a member of one of the classes, or a class is a subclass of one of them.

        >>> vocabulary = read_ontology()
        >>> protein = vocabulary.find("protein").iri
        >>> vocabulary.is_one_of(vocabulary.find("HER3"), frozenset({protein}))
        True
        >>> vocabulary.is_one_of(vocabulary.find("HER3 gene"), frozenset({protein}))
        False
        """
        kinds = {term.iri} if standard.OWL_CLASS in term.types else term.types
        return any(not classes.isdisjoint(self.ancestors.get(kind, (kind,))) for kind in kinds)

    def nearest(self, name: str, among: Iterable[str] | None = None) -> str | None:
        """Return the name that was most likely mistyped, as the ontology writes it; None if none is similar.

        By default, the known names are all except those of relations that no paper states.

        >>> vocabulary = read_ontology()
        >>> vocabulary.nearest("trastuzumb")
        'trastuzumab'
        >>> vocabulary.nearest("dacomitinib protein") is None
        True
        """
        return likely_name(name, among if among is not None else self._written_names())

    def names_with(self, words: str) -> tuple[str, ...]:
        """Return the five shortest names of the ontology that contain these words in sequence.

        >>> "drug resistance" in read_ontology().names_with("resistance")
        True
        """
        return names_with(words, self._written_names())

    def _written_names(self) -> Iterable[str]:
        for term in self.terms.values():
            if term.iri not in self.inferred_only:
                yield term.label
                yield from term.synonyms


_OF_THE_DOMAIN = frozenset(
    {
        statement_model.KIND_OF,
        statement_model.HAS_COMPONENT,
        statement_model.MEASURE_CLASS,
        statement_model.DESIGN_CLASS,
        model.ENCODES,
        model.SPECIES_CLASS,
    }
)
_MODEL_TERMS = frozenset(
    value
    for each in (model, statement_model)
    for value in vars(each).values()
    if isinstance(value, NamedNode) and value not in _OF_THE_DOMAIN
)


@lru_cache(maxsize=8192)  # the same names occur again and again
def name_key(name: str) -> str:
    """Return a name with case and white space normalised, so that names that look the same are equal.

    >>> name_key("HER-2/neu  Gene")
    'her-2/neu gene'
    """
    return " ".join(name.split()).casefold()


def read_ontology(path: Path | str = assets.ONTOLOGY) -> Vocabulary:
    """Return the vocabulary of an ontology file in Turtle, by default the one of the package, and of the two models.

    The statement model and the record model are read from the same folder, or else from the package. Raises
    OntologyError if a file cannot be parsed, if two terms have the same name, or if a term of the models is missing.

    >>> vocabulary = read_ontology()
    >>> vocabulary.find("HER3").iri
    <NamedNode value=https://w3id.org/her2ld/HER3>
    """
    path = Path(path)
    return _vocabulary(path, _contents(path))


@lru_cache(maxsize=4)  # a program reads its ontology wherever it needs it
def _vocabulary(path: Path, files: tuple[tuple[Path, bytes], ...]) -> Vocabulary:
    triples, prefixes = _triples(path, files)
    quads = settle_blank_nodes(triples, model.ONTOLOGY_GRAPH)
    everything = describe(quads)
    described = _named(everything)
    terms = {term.iri: term for term in _terms(described)}
    names, problems = _names(path, terms.values())
    version = _version(described)
    problems += [
        Problem(str(path), f"{iri.value} is not defined", "define it: the program uses it in data")
        for iri in sorted(_MODEL_TERMS - described.keys() - set(model.GRAPHS), key=lambda iri: iri.value)
    ]
    ancestors = class_ancestors(everything)
    steering = read_steering(everything, ancestors)
    problems += [
        Problem(str(path), f"the certainty “{term.label}” has no rank that is a whole number", "give it one")
        for term in terms.values()
        if statement_model.CERTAINTY_CLASS in term.types and term.iri not in steering.ranks
    ]
    if version is None:
        problems.append(Problem(str(path), "the ontology has no owl:versionInfo", "state the version in the header"))
    if problems:
        raise OntologyError(problems)
    return Vocabulary(
        version=version or "",
        prefixes=dict(sorted(prefixes.items())),
        quads=quads,
        description=described,
        terms=terms,
        names=names,
        steering=steering,
        requires={iri: _iris(properties, statement_model.REQUIRES_QUALIFIER) for iri, properties in described.items()},
        evidence_types={
            iri: kinds[0]
            for iri, properties in described.items()
            if (kinds := _iris(properties, statement_model.EVIDENCE_TYPE))
        },
        domains=classes_of_properties(everything, standard.DOMAIN),
        ranges=classes_of_properties(everything, standard.RANGE),
        ancestors=ancestors,
        inferred_only=frozenset(
            iri
            for iri, properties in described.items()
            if _texts(properties, statement_model.INFERRED_ONLY) == ("true",)
        ),
    )


def ontology_triples(path: Path = assets.ONTOLOGY) -> tuple[dict[Triple, None], dict[str, str]]:
    """Return the triples of an ontology and of the two models, in the order of the files, and their prefixes.

    Raises OntologyError if a file cannot be parsed.
    """
    return _triples(path, _contents(path))


def _contents(path: Path) -> tuple[tuple[Path, bytes], ...]:
    return tuple((file, _content(file)) for file in assets.ontology_files(path))


def _triples(path: Path, files: Iterable[tuple[Path, bytes]]) -> tuple[dict[Triple, None], dict[str, str]]:
    triples: dict[Triple, None] = {}
    prefixes: dict[str, str] = {}
    for file, content in files:
        read, declared = _parsed(file, content)
        triples |= dict.fromkeys(read if file == path else _without_header(read))
        prefixes = declared | prefixes
    return triples, prefixes


def read_domain(vocabulary: Vocabulary, path: Path | str = assets.ONTOLOGY) -> Vocabulary:
    """Return the vocabulary of the domain: the content of the ontology file without the two models.

    Raises OntologyError if the file cannot be parsed.

    >>> domain = read_domain(read_ontology())
    >>> domain.find("HER3").label, domain.find("knowledge gap")
    ('HER3 protein', None)
    """
    path = Path(path)
    triples, prefixes = _parsed(path, _content(path))
    quads = settle_blank_nodes(triples, model.ONTOLOGY_GRAPH)
    description = _named(describe(quads))
    terms = {term.iri: term for term in _terms(description)}
    return replace(
        vocabulary,
        quads=quads,
        description=description,
        prefixes=dict(sorted(prefixes.items())),
        terms=terms,
        names={name: term for name, term in vocabulary.names.items() if term.iri in terms},
    )


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        remedy = "give the path of an ontology in Turtle"
        raise OntologyError([Problem(str(file), f"cannot be read ({error.strerror})", remedy)]) from error


def _parsed(file: Path, content: bytes) -> tuple[list[Triple], dict[str, str]]:
    """Return the triples and prefixes of a file, with new names for blank nodes, whose labels are local to a file."""
    try:
        parser = parse(content, format=RdfFormat.TURTLE, rename_blank_nodes=True)
        return [quad.triple for quad in parser], parser.prefixes
    except SyntaxError as error:
        remedy = "correct the Turtle there"
        raise OntologyError([Problem(f"{file}, line {error.lineno}", f"not Turtle ({error.msg})", remedy)]) from error


def _without_header(triples: Sequence[Triple]) -> list[Triple]:
    """Return the triples without the header, because OWL 2 DL allows only one ontology in a document."""
    headers = {triple.subject for triple in triples if triple.object == standard.OWL_ONTOLOGY}
    return [triple for triple in triples if triple.subject not in headers]


def _named(description: Mapping[object, Properties]) -> Description:
    """Return the description of the subjects with an IRI."""
    return {subject: properties for subject, properties in description.items() if isinstance(subject, NamedNode)}


def _iris(properties: Properties, predicate: NamedNode) -> tuple[NamedNode, ...]:
    return tuple(value for value in properties.get(predicate, ()) if isinstance(value, NamedNode))


def _texts(properties: Properties, predicate: NamedNode) -> tuple[str, ...]:
    return tuple(value.value for value in properties.get(predicate, ()) if isinstance(value, Literal))


def _terms(description: Description) -> Iterator[Term]:
    for iri, properties in description.items():
        types = frozenset(_iris(properties, standard.TYPE))
        labels = _texts(properties, standard.LABEL)
        if labels and (types.intersection(_DECLARATIONS) or iri == standard.TYPE):
            yield Term(iri, labels[0], _texts(properties, standard.ALT_LABEL), types)


def _names(path: Path, terms: Iterable[Term]) -> tuple[dict[str, Term], list[Problem]]:
    names: dict[str, Term] = {}
    problems = []
    for term in terms:
        for name in (term.label, *term.synonyms):
            other = names.setdefault(name_key(name), term)
            if other is not term:
                what = f"“{name}” names both {other.iri.value} and {term.iri.value}"
                problems.append(Problem(str(path), what, "give one of them another label or synonym"))
    return names, problems


def _version(description: Description) -> str | None:
    for properties in description.values():
        if standard.OWL_ONTOLOGY in properties.get(standard.TYPE, ()):
            return next(iter(_texts(properties, standard.OWL_VERSION)), None)
    return None
