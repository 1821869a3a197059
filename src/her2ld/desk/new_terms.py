"""New terms put into her2.ttl: each checked against what is there, and all that is wrong reported at once."""

import difflib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode

from her2ld import assets
from her2ld.desk.identifiers import resolve_identifiers
from her2ld.desk.ontology_text import sections
from her2ld.desk.term_blocks import NewTerm, Written, local_name, turtle_name
from her2ld.desk.term_places import with_mapped_term, with_term
from her2ld.desk.term_rows import CLASS, KIND_OF, TermRow
from her2ld.errors import OntologyError, Problem
from her2ld.exports.files import replacing
from her2ld.mappings.releases import Release
from her2ld.validation import read_shapes, validate
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Term, Vocabulary, name_key, read_ontology

_VIOLATION = "Violation"
_SHAPES = ("ontology.ttl", "prefixes.ttl")


@dataclass(frozen=True, slots=True)
class AddedTerms:
    """What the ontology file becomes: its whole ``text``, and the new terms with their places in it.

    ``blocks`` are the blocks of the terms and the lines of what they are mapped to, as they stand in the text;
    ``lines`` the lines, counted from 1, on which the terms begin.
    """

    before: bytes
    text: str
    terms: tuple[NewTerm, ...]
    lines: tuple[int, ...]
    blocks: tuple[str, ...]

    @property
    def unproven(self) -> tuple[NamedNode, ...]:
        """The identifiers that no release was held against, each once."""
        return tuple(dict.fromkeys(iri for term in self.terms for iri in term.unproven))


def add_terms(
    path: Path, rows: Sequence[TermRow], releases: Sequence[Release] = (), wrong: Sequence[Problem] = ()
) -> AddedTerms:
    """Return what the ontology at ``path`` becomes with the terms; nothing is written.

    ``wrong`` are problems that were found in the rows before. Raises OntologyError with these and all others: a name
    that is taken, an unknown kind, relation or prefix, an identifier that a release refutes, and what the shapes of the
    ontology find.
    """
    vocabulary = read_ontology(path)
    before = path.read_bytes()
    text = before.decode()
    curie = turtle_name(vocabulary.prefixes)
    lines = {block.subject: block.subject_line + 1 for section in sections(text) for block in section.blocks}

    def place(iri: NamedNode) -> str:
        return f"{path}, line {lines[curie(iri)]}" if curie(iri) in lines else curie(iri)

    problems = [*wrong, *_names_taken(rows, vocabulary, place)]
    complete = [row for row in rows if row.kind and row.label and row.definition]
    terms, extended, wrong_kinds = _bare_terms(complete, vocabulary, place, curie)
    mapped, wrong_identifiers = resolve_identifiers(complete, releases, vocabulary)
    relations, wrong_relations = _relations(complete, extended)
    problems += [*wrong_kinds, *wrong_identifiers, *wrong_relations]
    bad = {problem.where for problem in problems}
    good = {
        where: replace(
            term,
            matches=mapped.of[where],
            unproven=tuple(dict.fromkeys(iri for _, iri in mapped.of[where] if iri in mapped.unproven)),
            relations=relations[where],
        )
        for where, term in terms.items()
        if where not in bad
    }
    used = {iri for term in good.values() for _, iri in term.matches}
    lines_of_mapped = [each for each in mapped.terms if each.iri in used]
    for where, term in good.items():
        written = with_term(text, term, extended, curie)
        if written is None:
            what = f"“{extended.label(term.parent)}” has no place in {path}: neither the class stands there, nor others of it"
            problems.append(Problem(where, what, f"give another kind, or define the class in {path} first"))
        text = written or text
    for each in lines_of_mapped:
        text = with_mapped_term(text, each.iri, each.label, each.releases, curie)
    if not problems or good:
        problems += _found_by_reading(path, text, good, vocabulary)
    if problems:
        raise OntologyError(dict.fromkeys(problems))
    return _added(before, text, tuple(good.values()), [each.iri for each in lines_of_mapped], curie)


def _added(
    before: bytes, text: str, terms: tuple[NewTerm, ...], mapped: Sequence[NamedNode], curie: Written
) -> AddedTerms:
    stands = {block.subject: block for section in sections(text) for block in section.blocks}
    lines = [line.rstrip("\r") for line in text.split("\n")]
    places = [stands[curie(iri)] for iri in (*(term.iri for term in terms), *mapped)]
    blocks = tuple("\n".join(lines[place.subject_line : place.end]) for place in places)
    return AddedTerms(before, text, terms, tuple(place.subject_line + 1 for place in places[: len(terms)]), blocks)


def write_terms(path: Path, added: AddedTerms) -> None:
    """Write the ontology with the terms: the file is the old one or the new one, at any moment.

    Raises OntologyError where another has changed it since it was read, ExportError where it cannot be written.
    """
    with replacing(path) as file:
        file.write(added.text.encode())
        if path.read_bytes() != added.before:
            problem = Problem(str(path), "was changed by another while the terms were added", "add them again")
            raise OntologyError([problem])


def _names_taken(
    rows: Sequence[TermRow], vocabulary: Vocabulary, place: Callable[[NamedNode], str]
) -> Iterator[Problem]:
    """Find labels and synonyms that the ontology or another row has."""
    owners: dict[str, str] = {}
    for row in rows:
        for name in dict.fromkeys(filter(None, (row.label, *row.synonyms))):
            what = f"the {'label' if name == row.label else 'synonym'} “{name}” is a name"
            if other := vocabulary.find(name):
                remedy = "use that term, or give this one a name of its own"
                yield Problem(row.where, f"{what} of “{other.label}” ({place(other.iri)})", remedy)
            elif owners.setdefault(name_key(name), row.where) != row.where:
                yield Problem(row.where, f"{what} in {owners[name_key(name)]}, too", "leave it to one of the two")


def _bare_terms(
    rows: Sequence[TermRow],
    vocabulary: Vocabulary,
    place: Callable[[NamedNode], str],
    curie: Written,
) -> tuple[dict[str, NewTerm], Vocabulary, list[Problem]]:
    """Return the terms by the place of their row, classes first, and the vocabulary with them.

    They have no mappings and relations yet. A row whose kind or name is wrong has a problem and no term.
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
        iri = NamedNode(model.HER2LD + name)
        made = f"the label “{row.label}” makes the name {curie(iri)}"
        if not name:
            what = f"the label “{row.label}” has no letter or digit of which a name could be made"
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
    """Return the vocabulary with a term more, as far as names and classes go."""
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
    """Return the name of the class that the term is in or, for a class, below; empty where there is not just one."""
    above = [value for name, value in row.relations if name_key(name) == KIND_OF]
    return row.kind if name_key(row.kind) != CLASS else above[0] if len(above) == 1 else ""


def _classes_first(rows: Sequence[TermRow]) -> tuple[list[TermRow], list[Problem]]:
    """Return the rows so that a class of the table stands before what is in it or below it."""
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
            problems.append(Problem(row.where, "is below itself, by its kind", "name another class above it"))
        else:
            depths[row.where] = len(seen)
    ordered = [row for row in rows if row.where in depths]
    return sorted(ordered, key=lambda row: (name_key(row.kind) != CLASS, depths[row.where])), problems


def _unknown_kind(row: TermRow, kind: str, vocabulary: Vocabulary) -> Problem:
    if not kind:
        return Problem(row.where, "does not say which class it is below", "name one class in kind_of")
    nearest = nearest_kinds(kind, vocabulary)
    remedy = f"did you mean {' or '.join(nearest)}?" if nearest else "look for one in her2ld docs, or add the class"
    return Problem(row.where, f"there is no kind “{kind}”", remedy)


def is_kind(name: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a name is that of a class of ours.

    >>> vocabulary = read_ontology()
    >>> is_kind("Protein", vocabulary), is_kind("trastuzumab", vocabulary)
    (True, False)
    """
    term = vocabulary.find(name)
    return term is not None and standard.OWL_CLASS in term.types and term.iri.value.startswith(model.HER2LD)


def nearest_kinds(kind: str, vocabulary: Vocabulary) -> list[str]:
    """Return the labels of up to three kinds whose name is most like the one given, or has it as a word.

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
    words = set(name_key(kind).split())
    alike += [name for name in names if words & set(name.split())]
    return list(dict.fromkeys(names[name] for name in alike))[:3]


def _relations(
    rows: Sequence[TermRow], vocabulary: Vocabulary
) -> tuple[dict[str, tuple[tuple[NamedNode, NamedNode], ...]], list[Problem]]:
    """Return what each term stands in which relation to, by the place of the row."""
    by_name = {_run_together(term.iri): term for term in vocabulary.terms.values() if term.is_relation}
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


def _run_together(iri: NamedNode) -> str:
    return iri.value.removeprefix(model.HER2LD).casefold()


def _found_by_reading(path: Path, text: str, terms: Mapping[str, NewTerm], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Read the ontology as it would be, and find what the shapes and the relations say against the new terms."""
    with tempfile.TemporaryDirectory(prefix="her2ld-") as folder:
        copy = Path(folder) / path.name
        copy.write_text(text, encoding="utf-8", newline="")
        for sibling in path.absolute().parent.glob("*.ttl"):
            if sibling.name != path.name:
                (Path(folder) / sibling.name).symlink_to(sibling)
        after = read_ontology(copy)
    lost = set(vocabulary.quads) - set(after.quads)
    missing = [term for term in terms.values() if term.iri not in after.terms]
    if lost or missing:
        remedy = "look for a text in the file that spans empty lines, and write it without them"
        yield Problem(str(path), "the terms cannot be put in without changing what else it says", remedy)
        return
    wheres = {str(term.iri): where for where, term in terms.items()}
    wheres |= {str(iri): where for where, term in terms.items() for _, iri in term.matches}
    wheres |= {str(term.iri): where for where, term in terms.items()}
    unproven = {iri for term in terms.values() for iri in term.unproven}
    shapes = read_shapes(tuple(assets.SHAPES / name for name in _SHAPES))
    for finding in validate(after.quads, shapes=shapes).findings:
        where = wheres.get(str(finding.focus)) or wheres.get(str(finding.value))
        if where and not (finding.severity != _VIOLATION and finding.value in unproven):
            what = finding.message[:1].lower() + finding.message[1:].removesuffix(".")
            value = f" ({finding.value_label})" if finding.value_label else ""
            yield Problem(where, f"“{finding.label}”: {what}{value}", finding.remedy.removesuffix("."))
    for where, term in terms.items():
        for relation, other in term.relations:
            for end, classes in ((term.iri, after.domains), (other, after.ranges)):
                demanded = classes.get(relation, frozenset())
                if demanded and not after.is_one_of(after.terms[end], demanded):
                    wanted = " or ".join(sorted(map(after.label, demanded)))
                    what = f"“{after.label(relation)}” does not hold with “{after.label(end)}”, which is no {wanted}"
                    yield Problem(where, what, "take another relation, or another kind")
