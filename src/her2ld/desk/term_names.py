"""Names in new terms: their kinds, relations and objects, names that are taken, and the name in the IRI."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pyoxigraph import NamedNode

from her2ld import iris
from her2ld.desk.ontology_text import NewTerm, Written
from her2ld.desk.term_rows import CLASS, KIND_OF, TermRow
from her2ld.errors import Problem
from her2ld.mappings.term_mappings import source_vocabularies
from her2ld.vocabulary import model, standard, statement_model
from her2ld.vocabulary.ontology import Term, Vocabulary, name_key

Place = Callable[[NamedNode], str]
"""The place of a term of the ontology, as named in a problem."""


def vocabularies_not_known(rows: Sequence[TermRow], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for each searched release that does not begin with the name of a mapped vocabulary."""
    names = sorted(source.name for source in source_vocabularies(vocabulary))
    for row in rows:
        for searched in row.no_term_in:
            if searched.partition(" ")[0] not in names or " " not in searched:
                what = f"“{searched}” is not the name of a vocabulary and its release"
                remedy = f"write both, such as “MeSH 2024”; the vocabularies are {', '.join(names)}"
                yield Problem(row.where, what, remedy)


def names_taken(rows: Sequence[TermRow], vocabulary: Vocabulary, place: Place) -> Iterator[Problem]:
    """Yield a problem for each label or synonym that the ontology or another row already has."""
    owners: dict[str, str] = {}
    for row in rows:
        for name in dict.fromkeys(filter(None, (row.label, *row.synonyms))):
            what = f"the {'label' if name == row.label else 'synonym'} “{name}” is a name"
            if other := vocabulary.find(name):
                remedy = "use that term, or give this one a name of its own"
                yield Problem(row.where, f"{what} of “{other.label}” ({place(other.iri)})", remedy)
            elif owners.setdefault(name_key(name), row.where) != row.where:
                yield Problem(row.where, f"{what} in {owners[name_key(name)]}, too", "leave it to one of the two")


def bare_terms(
    rows: Sequence[TermRow],
    vocabulary: Vocabulary,
    place: Place,
    curie: Written,
) -> tuple[dict[str, NewTerm], Vocabulary, list[Problem]]:
    """Return the terms by the place of their row, classes first, the vocabulary with them, and the problems.

    The terms have no mappings and no relations yet. A row with a mistake in its kind or name has a problem and no term.
    """
    used = {quad.subject for quad in vocabulary.quads} | {quad.predicate for quad in vocabulary.quads}
    ordered, problems = _classes_first(rows)
    terms: dict[str, NewTerm] = {}
    owners: dict[NamedNode, str] = {}
    extended = vocabulary
    remedy = "give it a label that differs by more than signs and spaces"
    for row in ordered:
        kind = _kind_name(row)
        parent = extended.find(kind)
        if parent is None or not is_kind(kind, extended):
            problems.append(_unknown_kind(row, kind, extended))
            continue
        name = local_name(row.label, parent, extended)
        iri = iris.at_path(name)
        made = f"the label “{row.label}” makes the name {curie(iri)}"
        if not name:
            what = f"the label “{row.label}” has no Latin letter or digit for a name"
            problems.append(Problem(row.where, what, "give it a label in Latin letters"))
        elif iri in used:
            problems.append(Problem(row.where, f"{made}, which another term has ({place(iri)})", remedy))
        elif iri in owners:
            problems.append(Problem(row.where, f"{made}, as does that in {owners[iri]}", remedy))
        else:
            owners[iri] = row.where
            terms[row.where] = _bare_term(row, iri, parent)
            extended = _extended(extended, terms[row.where])
    return terms, extended, problems


def _bare_term(row: TermRow, iri: NamedNode, parent: Term) -> NewTerm:
    return NewTerm(
        iri=iri,
        label=row.label,
        definition=f"{parent.label} {row.definition}" if row.definition.startswith("that ") else row.definition,
        parent=parent.iri,
        is_class=name_key(row.kind) == CLASS,
        synonyms=tuple(name for name in row.synonyms if name_key(name) != name_key(row.label)),
        no_term_in=row.no_term_in,
        note=row.note,
        source=row.source,
    )


def _extended(vocabulary: Vocabulary, term: NewTerm) -> Vocabulary:
    """Return the vocabulary with the names and classes of one more term."""
    types = frozenset({standard.OWL_CLASS} if term.is_class else {standard.OWL_INDIVIDUAL, term.parent})
    known = Term(term.iri, term.label, term.synonyms, types)
    names = {name_key(name): known for name in (term.label, *term.synonyms)}
    above = vocabulary.ancestors.get(term.parent, frozenset({term.parent})) | {term.iri}
    return replace(
        vocabulary,
        terms={**vocabulary.terms, term.iri: known},
        names={**names, **vocabulary.names},
        ancestors={**vocabulary.ancestors, term.iri: above} if term.is_class else vocabulary.ancestors,
    )


def _kind_name(row: TermRow) -> str:
    """Return the name of the class of a term, or of the class above a class; empty unless there is exactly one."""
    above = [value for name, value in row.relations if name_key(name) == KIND_OF]
    return row.kind if name_key(row.kind) != CLASS else above[0] if len(above) == 1 else ""


def _classes_first(rows: Sequence[TermRow]) -> tuple[list[TermRow], list[Problem]]:
    """Return the rows, each class before its members and subclasses, and the problems of classes below themselves."""
    of_table = {
        name_key(name): row for row in rows if name_key(row.kind) == CLASS for name in (row.label, *row.synonyms)
    }
    depths = {}
    problems = []
    for row in rows:
        seen = [row]
        while (above := of_table.get(name_key(_kind_name(seen[-1])))) and above not in seen:
            seen.append(above)
        if above:
            problems.append(Problem(row.where, "is below itself", "name another class above it"))
        else:
            depths[row.where] = len(seen)
    ordered = [row for row in rows if row.where in depths]
    return sorted(ordered, key=lambda row: (name_key(row.kind) != CLASS, depths[row.where])), problems


def _unknown_kind(row: TermRow, kind: str, vocabulary: Vocabulary) -> Problem:
    if not kind:
        return Problem(row.where, "has no single class above it", "name one class in kind_of")
    nearest = nearest_kinds(kind, vocabulary)
    remedy = (
        f"did you mean {' or '.join(nearest)}?"
        if nearest
        else f"take one of {', '.join(kinds_of_entities(vocabulary))}"
    )
    return Problem(row.where, f"there is no kind “{kind}”", remedy)


def is_kind(name: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a name is that of a class of ours.

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> vocabulary = read_ontology()
    >>> is_kind("Protein", vocabulary), is_kind("trastuzumab", vocabulary)
    (True, False)
    """
    term = vocabulary.find(name)
    return term is not None and standard.OWL_CLASS in term.types and term.iri.value.startswith(model.HER2LD)


def kinds_of_entities(vocabulary: Vocabulary) -> list[str]:
    """Return the labels of the classes whose entities occur in papers, in alphabetical order.

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> [kind for kind in kinds_of_entities(read_ontology()) if kind.startswith("an")]
    ['anatomical structure', 'animal model', 'antibody-drug conjugate', 'antineoplastic agent']
    """
    kinds = {kind for term in vocabulary.terms.values() for kind in term.types if kind in vocabulary.terms}
    return sorted(
        vocabulary.label(kind)
        for kind in kinds
        if kind in _OF_STATEMENTS or model.BIOMEDICAL_ENTITY in vocabulary.ancestors.get(kind, ())
    )


_OF_STATEMENTS = frozenset({
    statement_model.COUNTED_UNIT, statement_model.DESIGN_CLASS, statement_model.MEASURE_CLASS,
    statement_model.STATEMENT_CONDITION,
})  # fmt: skip


def nearest_kinds(kind: str, vocabulary: Vocabulary) -> list[str]:
    """Return the labels of up to three kinds with the most similar name, or with the same ending.

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> nearest_kinds("proteins", read_ontology())[0]
    'protein'
    """
    names = {
        name_key(name): term.label
        for term in vocabulary.terms.values()
        for name in (term.label, *term.synonyms)
        if is_kind(name, vocabulary)
    }
    alike = difflib.get_close_matches(name_key(kind), names, n=3)
    alike += [name for name in names if name.split()[-1] == name_key(kind).split()[-1]]
    return list(dict.fromkeys(names[name] for name in alike))[:3]


def resolve_relations(
    rows: Sequence[TermRow], vocabulary: Vocabulary
) -> tuple[dict[str, tuple[tuple[NamedNode, NamedNode], ...]], list[Problem]]:
    """Return the relations of each term with their objects, by the place of the row, and the problems."""
    by_name = {_joined_name(term.iri): term for term in vocabulary.terms.values() if term.is_relation}
    found: dict[str, tuple[tuple[NamedNode, NamedNode], ...]] = {}
    problems = []
    for row in rows:
        pairs = []
        for name, value in row.relations:
            if name_key(name) == KIND_OF and name_key(row.kind) == CLASS:
                continue
            relation = vocabulary.find(name) or by_name.get("".join(name.split()).casefold())
            other = vocabulary.find(value)
            if relation is None or not relation.is_relation or relation.iri == standard.TYPE:
                nearest = vocabulary.nearest(name, [term.label for term in by_name.values()])
                remedy = f"did you mean “{nearest}”?" if nearest else "take one of the relations of the ontology"
                problems.append(Problem(row.where, f"there is no relation “{name}”", remedy))
            elif relation.iri in vocabulary.inferred_only:
                remedy = "name the relations from which it follows"
                problems.append(Problem(row.where, f"“{relation.label}” is only inferred, never stated", remedy))
            if other is None or not other.is_entity_or_class:
                nearest = vocabulary.nearest(value)
                remedy = f"did you mean “{nearest}”?" if nearest else "add it first, or in the same table"
                problems.append(Problem(row.where, f"there is no term “{value}”", remedy))
            elif relation is not None:
                pairs.append((relation.iri, other.iri))
        found[row.where] = tuple(dict.fromkeys(pairs))
    return found, problems


def _joined_name(iri: NamedNode) -> str:
    return iri.value.removeprefix(model.HER2LD).casefold()


_WORD = re.compile(r"[^\W_]+")


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
