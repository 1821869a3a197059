"""The identifiers that new terms are mapped to: understood, and held against releases where these are given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from her2ld.desk.term_rows import MATCHES, TermRow
from her2ld.errors import IdentifierError, Problem
from her2ld.mappings.identifiers import identifier_reader
from her2ld.mappings.proof import Severity, prove
from her2ld.mappings.releases import Release
from her2ld.mappings.usage import IdentifierUse
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Vocabulary
from her2ld.vocabulary.prefixes import prefix_splitter
from her2ld.vocabulary.spellings import identify

_PROPERTIES = dict(zip(MATCHES, standard.MAPPING_RELATIONS, strict=True))


@dataclass(frozen=True, slots=True)
class MappedTerm:
    """What terms are mapped to and the ontology does not have yet: what it is called, and where it was read."""

    iri: NamedNode
    label: str
    releases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """The matches ``of`` each row by its place, the ``terms`` that need a line, and what of all is ``unproven``."""

    of: Mapping[str, tuple[tuple[NamedNode, NamedNode], ...]]
    terms: tuple[MappedTerm, ...]
    unproven: frozenset[NamedNode]


def identifier_claims(rows: Sequence[TermRow], vocabulary: Vocabulary) -> tuple[IdentifierUse, ...]:
    """Return what the rows claim of identifiers, as releases are searched for it; what is none is left out."""
    read = identifier_reader(vocabulary.prefixes)
    claimed: dict[NamedNode, IdentifierUse] = {}
    for row in rows:
        for given in row.identifiers:
            try:
                iri = identify(given.identifier)
            except IdentifierError:
                continue
            if identifier := read(iri.value):
                labels = (given.label,) if given.label else ()
                claimed.setdefault(
                    iri, IdentifierUse(identifier, iri.value, labels, frozenset(), frozenset(), (row.label,), ())
                )
    return tuple(claimed.values())


def resolve_identifiers(
    rows: Sequence[TermRow], releases: Sequence[Release], vocabulary: Vocabulary
) -> tuple[Mapped, list[Problem]]:
    """Return the mappings of the rows, and a problem for each identifier that is wrong or that a release refutes.

    Proven is what a release confirms, what the curator has read in a release or a file that is named, and what the
    ontology has already. Raises ReleaseError where releases are given that know none of the vocabularies.
    """
    judged = _judged(rows, releases, vocabulary)
    known = _known(vocabulary)
    has_prefix = prefix_splitter(vocabulary.prefixes)
    of: dict[str, tuple[tuple[NamedNode, NamedNode], ...]] = {}
    terms: dict[NamedNode, MappedTerm] = {}
    unproven: set[NamedNode] = set()
    problems: list[Problem] = []
    for row in rows:
        matches = []
        for given in row.identifiers:
            iri = _understood(row, given.identifier, has_prefix)
            if isinstance(iri, Problem):
                problems.append(iri)
                continue
            matches.append((_PROPERTIES[given.match], iri))
            judgement = judged.get(iri, _NOT_JUDGED)
            problems += [
                Problem(row.where, f"{given.identifier}: {what}", remedy) for what, remedy in judgement.refuted
            ]
            label = judgement.label or given.label
            checked = judgement.releases or tuple(filter(None, (given.checked_against,)))
            said = terms.get(iri) or known.get(iri) or MappedTerm(iri, label, checked)
            if given.label and said.label and given.label != said.label:
                what = f"{given.identifier} is called “{said.label}” elsewhere, and “{given.label}” here"
                problems.append(Problem(row.where, what, "look its name up in the release, and use that"))
            if iri not in known or (checked and not said.releases):
                terms[iri] = MappedTerm(iri, said.label or label, said.releases or checked)
            if not (said.releases or checked):
                unproven.add(iri)
        of[row.where] = tuple(dict.fromkeys(matches))
        for iri in {
            iri for place, (_, iri) in enumerate(of[row.where]) if iri in [each for _, each in of[row.where][:place]]
        }:
            what = f"{':'.join(has_prefix(iri.value) or ())} is given twice, with matches that differ"
            problems.append(Problem(row.where, what, "keep the match that holds"))
    lines = tuple(each for each in terms.values() if each.releases or each.label)
    return Mapped(of, lines, frozenset(unproven)), problems


def _understood(row: TermRow, text: str, has_prefix: Callable[[str], object]) -> NamedNode | Problem:
    try:
        iri = identify(text)
    except IdentifierError as error:
        (problem,) = error.problems
        what = problem.what if text in problem.what else f"{text}: {problem.what}"
        return Problem(row.where, what, problem.remedy)
    if iri.value.startswith(model.HER2LD):
        return Problem(row.where, f"{text} is a term of ours", "map the term to those of other vocabularies")
    if not has_prefix(iri.value):
        what = f"{text} is of a vocabulary for which the ontology has no prefix"
        return Problem(row.where, what, "leave it out, or declare the prefix in the ontology")
    return iri


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What the releases say of an identifier; ``refuted`` are pairs of what is wrong and what to do."""

    label: str = ""
    releases: tuple[str, ...] = ()
    refuted: tuple[tuple[str, str], ...] = ()


_NOT_JUDGED = _Judgement()


def _judged(
    rows: Sequence[TermRow], releases: Sequence[Release], vocabulary: Vocabulary
) -> dict[NamedNode, _Judgement]:
    claimed = identifier_claims(rows, vocabulary)
    if not releases or not claimed:
        return {}
    judged = {}
    for result in prove(claimed, releases).results:
        judges = [each for each in releases if str(each) in result.releases]
        wrong = [each for each in result.findings if each.severity is Severity.VIOLATION]
        entries = [each.entries.get(result.claim.identifier) for each in judges]
        judged[NamedNode(result.claim.iri)] = _Judgement(
            label=next((each.label for each in entries if each and each.label), ""),
            releases=tuple(each.name or each.file for each in judges),
            refuted=tuple((f"{each.what} ({each.release})", each.remedy) for each in wrong),
        )
    return judged


def _known(vocabulary: Vocabulary) -> dict[NamedNode, MappedTerm]:
    """Return what the ontology says of terms of others."""
    labels: dict[NamedNode, str] = {}
    releases: dict[NamedNode, tuple[str, ...]] = {}
    for subject, predicate, value, _ in vocabulary.quads:
        if isinstance(subject, NamedNode) and isinstance(value, Literal) and not subject.value.startswith(model.HER2LD):
            if predicate == standard.LABEL:
                labels[subject] = value.value
            elif predicate == model.CHECKED_AGAINST:
                releases[subject] = (*releases.get(subject, ()), value.value)
    return {iri: MappedTerm(iri, labels.get(iri, ""), releases.get(iri, ())) for iri in {*labels, *releases}}
