"""The block of a term in Turtle: written like its neighbours in her2.ttl, with a name, in its place.

A new term goes into the section of its class, by its name. Each term that it is mapped to has a line.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from her2ld import iris
from her2ld.desk.ontology_text import TextBlock, TextSection, sections, with_block, with_lines
from her2ld.desk.term_rows import MappedTerm
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.identifiers import prefix_splitter
from her2ld.vocabulary.ontology import Term, Vocabulary, name_key

DOI = "https://doi.org/"
_WORD = re.compile(r"[^\W_]+")
_LABEL_COLUMN = 42

Values = tuple[NamedNode | Literal, ...]


_SAFE_LOCAL = re.compile(r"\w[\w-]*", re.ASCII)

Written = Callable[[NamedNode], str]
"""The written form of an IRI in the file."""

IN_ORDER = (
    standard.TYPE, standard.SUBCLASS_OF, standard.LABEL, standard.ALT_LABEL, standard.DEFINITION,
    *standard.MAPPING_RELATIONS, model.NOT_PROVEN, standard.EDITORIAL_NOTE, model.NO_TERM_IN, model.NOT_LOOKED_UP,
    standard.SOURCE,
)  # fmt: skip
"""The properties of a block in their order; relations between terms follow."""


def turtle_name(prefixes: Mapping[str, str]) -> Written:
    """Return the function that writes an IRI with the prefixes of a file.

    >>> written = turtle_name({"go": "http://purl.obolibrary.org/obo/GO_"})
    >>> written(NamedNode("http://purl.obolibrary.org/obo/GO_0038128")), written(NamedNode("https://doi.org/10.1/x"))
    ('go:0038128', '<https://doi.org/10.1/x>')
    """
    split = prefix_splitter(prefixes)

    def written(iri: NamedNode) -> str:
        parts = split(iri.value)
        return ":".join(parts) if parts and _SAFE_LOCAL.fullmatch(parts[1]) else str(iri)

    return written


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A term with all names resolved. ``parent`` is its class, or for a class (``is_class``) the one above it.

    ``matches`` are pairs of a mapping property and its object, ``relations`` pairs of a relation and a term of ours,
    and ``unproven`` the matches that were checked against no release; ``source`` is a DOI, or empty.
    """

    iri: NamedNode
    label: str
    definition: str
    parent: NamedNode
    is_class: bool
    synonyms: tuple[str, ...]
    no_term_in: tuple[str, ...]
    note: str
    source: str
    matches: tuple[tuple[NamedNode, NamedNode], ...] = ()
    unproven: tuple[NamedNode, ...] = ()
    relations: tuple[tuple[NamedNode, NamedNode], ...] = ()

    @property
    def is_looked_up(self) -> bool:
        """Whether the term is a class, or somebody has looked for a mapping (:func:`is_looked_up`)."""
        return self.is_class or is_looked_up(self.matches, self.unproven, self.no_term_in)


def is_looked_up(
    matches: Iterable[tuple[NamedNode, NamedNode]], unproven: Iterable[NamedNode], no_term_in: Iterable[str]
) -> bool:
    """Tell whether somebody looked for a term of another vocabulary.

    A fitting match shows it, and so does a release in which there was none. A related match counts only if it was read
    in a release, because an unproven one may be a mere guess.
    """
    guessed = frozenset(unproven)
    found = any(property_ != standard.RELATED_MATCH or iri not in guessed for property_, iri in matches)
    return found or any(True for _ in no_term_in)


def term_lines(term: NewTerm, curie: Written) -> tuple[str, ...]:
    """Return the lines of the block: predicates in the order of her2.ttl, each line closed, the full stop alone."""
    typed: Iterable[tuple[NamedNode, Values]] = (
        [(standard.TYPE, (standard.OWL_CLASS,)), (standard.SUBCLASS_OF, (term.parent,))]
        if term.is_class
        else [(standard.TYPE, (standard.OWL_INDIVIDUAL, term.parent))]
    )
    mapped = [
        (property_, tuple(iri for each, iri in term.matches if each == property_))
        for property_ in standard.MAPPING_RELATIONS
    ]
    related = [
        (property_, tuple(iri for each, iri in term.relations if each == property_))
        for property_ in sorted({each for each, _ in term.relations}, key=curie)
    ]
    said: list[tuple[NamedNode, Values]] = [
        *typed,
        (standard.LABEL, (_english(term.label),)),
        (standard.ALT_LABEL, tuple(map(_english, term.synonyms))),
        (standard.DEFINITION, (_english(term.definition),)),
        *mapped,
        (model.NOT_PROVEN, term.unproven),
        (standard.EDITORIAL_NOTE, (_english(term.note),) if term.note else ()),
        (model.NO_TERM_IN, tuple(map(Literal, term.no_term_in))),
        (model.NOT_LOOKED_UP, () if term.is_looked_up else (Literal(value=True),)),
        (standard.SOURCE, (NamedNode(DOI + term.source),) if term.source else ()),
        *related,
    ]
    return (curie(term.iri), *(_line(property_, values, curie) for property_, values in said if values), "    .")


def _line(property_: NamedNode, values: Values, curie: Written) -> str:
    written = ", ".join(written_value(each, curie) for each in values)
    return f"    {'a' if property_ == standard.TYPE else curie(property_)} {written} ;"


def written_value(value: NamedNode | Literal, curie: Written) -> str:
    """Return a value as written in a block."""
    if isinstance(value, NamedNode):
        return curie(value)
    return value.value if value.datatype == standard.XSD_BOOLEAN else str(value)


def mapped_term_line(iri: NamedNode, label: str, releases: Sequence[str], curie: Written) -> str:
    """Return the line with the name of a mapped term and the releases in which it was read."""
    parts = [f"{curie(standard.LABEL)} {_english(label)}"] if label else []
    if releases:
        parts.append(f"{curie(model.CHECKED_AGAINST)} {', '.join(str(Literal(each)) for each in releases)}")
    return f"{curie(iri).ljust(_LABEL_COLUMN)} {' ; '.join(parts)} ."


def _english(text: str) -> Literal:
    return Literal(text, language="en")


def local_name(label: str, parent: Term | None, vocabulary: Vocabulary) -> str:
    """Return the name of a term in its IRI: the words of the label run together, each with a capital.

    Greek letters are spelt out, and accents are left out. A last word that is the label of a class above is left out if
    the neighbours leave it out (``HER2`` for "HER2 protein").

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> vocabulary = read_ontology()
    >>> [local_name(label, None, vocabulary) for label in ("overall survival", "TNF-\N{GREEK SMALL LETTER BETA}")]
    ['OverallSurvival', 'TNFBeta']
    >>> local_name("NRG1 protein", vocabulary.find("protein"), vocabulary)
    'NRG1'
    """
    return _run_together(_without_kind(label, parent, vocabulary))


def _run_together(label: str) -> str:
    words = _WORD.findall(_in_latin(label))
    return "".join(word[0].upper() + word[1:] for word in words)


def _in_latin(text: str) -> str:
    """Return the text in ASCII letters, as far as possible."""
    written = []
    for letter in unicodedata.normalize("NFKD", text):
        name = unicodedata.name(letter, "")
        if name.startswith("GREEK") and " LETTER " in name:
            written.append(f" {name.rpartition(' LETTER ')[2].split()[0].capitalize()} ")
        elif letter.isascii():
            written.append(letter)
        elif not unicodedata.combining(letter):
            written.append(" ")
    return "".join(written)


def _without_kind(label: str, parent: Term | None, vocabulary: Vocabulary) -> str:
    if parent is None or " " not in label:
        return label
    above = vocabulary.ancestors.get(parent.iri, frozenset({parent.iri}))
    for name in sorted(vocabulary.label(each) for each in above):
        if not name_key(label).endswith(f" {name_key(name)}"):
            continue
        neighbours = [
            term
            for term in vocabulary.terms.values()
            if term.is_entity_or_class
            and name_key(term.label).endswith(f" {name_key(name)}")
            and vocabulary.is_one_of(term, above)
        ]
        shorter = [term for term in neighbours if term.iri == iris.at_path(_run_together(term.label[: -len(name)]))]
        if 2 * len(shorter) > len(neighbours):
            return label[: -len(name)]
    return label


def with_term(
    text: str, term: NewTerm, known: Mapping[str, Term], vocabulary: Vocabulary, curie: Written
) -> str | None:
    """Return the text with the block of a term, None if no section has its class or other members of it.

    ``vocabulary`` has the term and all others in the text; ``known`` has them as they are written.
    """
    home = _home(sections(text), term, known, curie)
    if home is None:
        return None
    terms = [block for block in home.blocks if block.subject in known]
    is_class = {block.subject: standard.OWL_CLASS in known[block.subject].types for block in terms}
    classes = [block for block in terms if is_class[block.subject]]
    entities = [block for block in terms if not is_class[block.subject]]
    block, subject = term_lines(term, curie), curie(term.iri)
    if _is_sorted(terms) and classes and entities and entities[0].start < classes[-1].start:
        return with_block(text, subject, block, terms)  # classes and entities are mixed there
    alike = classes if term.is_class else entities
    kin = [each for each in alike if _is_kin(known[each.subject], term, vocabulary)]
    if among := alike if _is_sorted(alike) else [] if term.is_class else kin:
        return with_block(text, subject, block, among)
    # After the classes below the same class, else after the class itself; a section of entities only has neither.
    above = [each for each in classes if each.subject == curie(term.parent)]
    after = ((kin if term.is_class else []) or (classes if not entities else above) or terms)[-1]
    return with_lines(text, after.end, ["", *block])


def _home(
    found: tuple[TextSection, ...], term: NewTerm, known: Mapping[str, Term], curie: Written
) -> TextSection | None:
    """Return the section that has the class of the term, else the one that has most of those in the same class."""
    for section in found:
        if any(block.subject == curie(term.parent) for block in section.blocks):
            return section
    members = {name for name, each in known.items() if term.parent in each.types}
    counts = [sum(block.subject in members for block in section.blocks) for section in found]
    return found[counts.index(max(counts))] if any(counts) else None


def _is_sorted(blocks: list[TextBlock]) -> bool:
    subjects = [block.subject for block in blocks]
    return subjects == sorted(subjects)


def _is_kin(other: Term, term: NewTerm, vocabulary: Vocabulary) -> bool:
    if term.is_class:
        return term.parent in vocabulary.ancestors.get(other.iri, frozenset({other.iri}))
    return term.parent in other.types


def with_mapped_terms(text: str, terms: Iterable[MappedTerm], curie: Written) -> str:
    """Return the text with the lines of mapped terms, each in its order among the others, else at the end.

    A term that has a line already gets its releases added there.
    """
    checked = f" {curie(model.CHECKED_AGAINST)} "
    lines = text.split("\n")
    stands = {block.subject: block.subject_line for section in sections(text) for block in section.blocks}
    new_terms = []
    for term in terms:
        at_line = stands.get(curie(term.iri))
        if at_line is None:
            new_terms.append(term)
        elif term.releases and checked not in lines[at_line]:
            said, _, rest = lines[at_line].rpartition(" .")
            lines[at_line] = f"{said} ;{checked}{', '.join(str(Literal(each)) for each in term.releases)} .{rest}"
    text = "\n".join(lines)
    found = [
        [
            block
            for block in section.blocks
            if block.end == block.subject_line + 1 and checked in lines[block.subject_line]
        ]
        for section in sections(text)
    ]
    among = max(found, key=len)
    end = among[-1].end if among else len(lines) - (not lines[-1])
    places: dict[int, list[str]] = {}
    for term in sorted(new_terms, key=lambda each: curie(each.iri)):
        subject = curie(term.iri)
        at = next((block.start for block in among if block.subject > subject), end)
        places.setdefault(at, []).append(mapped_term_line(term.iri, term.label, term.releases, curie))
    for at, new in sorted(places.items(), reverse=True):
        text = with_lines(text, at, new if among else ["", *new])
    return text
