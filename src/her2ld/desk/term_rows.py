"""New terms as given by a curator, in options, answers or rows of a table, with identifiers in any spelling.

The identifiers are checked against releases.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from her2ld.errors import IdentifierError, OntologyError, Problem
from her2ld.iris import DOI
from her2ld.mappings.proof import Severity, prove
from her2ld.mappings.releases import Release
from her2ld.mappings.used_identifiers import IdentifierUse, identifier_reader
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.identifiers import identify, prefix_splitter
from her2ld.vocabulary.ontology import Vocabulary

COLUMNS = (
    "kind",
    "label",
    "synonyms",
    "definition",
    "kind_of",
    "identifiers",
    "checked_against",
    "no_term_in",
    "relations",
    "note",
    "source",
)
REQUIRED = ("kind", "label", "definition")
MATCHES = ("exact", "close", "broad", "narrow", "related")
KIND_OF = "kind of"
CLASS = "class"
"""The kind in the row of a class; its ``kind_of`` names the class above it."""

_IDENTIFIER = re.compile(rf"(?P<match>{'|'.join(MATCHES)})\s+(?P<identifier>\S+)(?:\s+\"(?P<label>[^\"]+)\")?")
_DOI = re.compile(r"10\.\d{4,9}/[\w.;()/:+~,-]+", re.ASCII)
_UNSEEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class GivenIdentifier:
    """An identifier of another vocabulary as typed, with its kind of match (one of ``MATCHES``).

    ``label`` is its name in that vocabulary, and ``checked_against`` the release or file in which the curator read it;
    either may be empty.
    """

    match: str
    identifier: str
    label: str
    checked_against: str


@dataclass(frozen=True, slots=True)
class TermRow:
    """A new term as given; ``where`` is its place, for problems.

    ``relations`` are pairs of a relation and its object, both by name.
    """

    where: str
    kind: str
    label: str
    definition: str
    synonyms: tuple[str, ...] = ()
    identifiers: tuple[GivenIdentifier, ...] = ()
    no_term_in: tuple[str, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    note: str = ""
    source: str = ""


def read_term_table(path: Path) -> tuple[tuple[TermRow, ...], list[Problem]]:
    """Return the rows of a table in UTF-8, and a problem for each invalid line; empty lines are skipped.

    Raises OntologyError if the file cannot be read or its first line does not name the columns.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise OntologyError([Problem(str(path), f"is not UTF-8 ({error})", "save it as UTF-8 text")]) from error
    except OSError as error:
        what, remedy = f"cannot be read ({error.strerror})", "give the path of a table of terms"
        raise OntologyError([Problem(str(path), what, remedy)]) from error
    columns = lines[0].split("\t")
    missing = [name for name in REQUIRED if name not in columns]
    twice = sorted({name for name in columns if columns.count(name) > 1 or not name.strip()})
    if missing or twice:
        wrong = [f"has no column {name}" for name in missing] + [f"has the column {name!r} twice" for name in twice]
        remedy = f"write the names of the columns there, separated by tabs: {', '.join(COLUMNS)}"
        raise OntologyError([Problem(f"{path}, line 1", "; ".join(wrong), remedy)])
    rows, problems = [], []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        where = f"{path}, line {number}"
        if not line.strip():
            continue
        if len(cells) > len(columns):
            what = f"has {len(cells)} cells, and the table {len(columns)} columns"
            problems.append(Problem(where, what, "separate the cells by one tab each, with none within a cell"))
            continue
        cells += [""] * (len(columns) - len(cells))
        row, wrong_cells = term_row(where, dict(zip(columns, map(str.strip, cells), strict=True)))
        rows.append(row)
        problems += wrong_cells
    return tuple(rows), problems


def term_row(where: str, cells: Mapping[str, str], required: Sequence[str] = REQUIRED) -> tuple[TermRow, list[Problem]]:
    """Return the row of the cells, which are given by column name, and a problem for each invalid cell."""
    problems = [
        Problem(where, f"there is no {name}", f"give the {name} of the term") for name in required if not cells[name]
    ]
    problems += [
        Problem(where, f"the {name} holds a character that cannot be seen ({unseen[0]!r})", "type it again")
        for name, value in cells.items()
        if (unseen := _UNSEEN.search(value))
    ]
    source = cells.get("source", "").removeprefix(DOI)
    if source and not _DOI.fullmatch(source):
        problems.append(Problem(where, f"the source {source!r} is no DOI", "give it as 10.1007/BF02967477"))
    identifiers, wrong_identifiers = _identifiers(
        where, _several(cells.get("identifiers", "")), cells.get("checked_against", "")
    )
    relations, wrong_relations = _relations(where, cells)
    row = TermRow(
        where,
        cells.get("kind", ""),
        _single_spaced(cells.get("label", "")),
        _single_spaced(cells.get("definition", "")),
        tuple(dict.fromkeys(map(_single_spaced, _several(cells.get("synonyms", ""))))),
        identifiers,
        _several(cells.get("no_term_in", "")),
        relations,
        _single_spaced(cells.get("note", "")),
        source,
    )
    return row, [*problems, *wrong_identifiers, *wrong_relations]


def _identifiers(
    where: str, given: tuple[str, ...], checked_against: str
) -> tuple[tuple[GivenIdentifier, ...], list[Problem]]:
    """Return identifiers such as ``exact mesh:D018719 "Receptor, ErbB-2"``, with one release, or one for each."""
    releases = [each.strip() for each in checked_against.split("|")]
    if len(releases) == 1:
        releases *= len(given)
    problems = []
    if len(releases) != len(given):
        what = f"checked_against names {len(releases)} releases for {len(given)} identifiers"
        remedy = "name one for all, or one for each, in their order and separated by |"
        problems.append(Problem(where, what, remedy))
        releases = [""] * len(given)
    found = []
    for text, release in zip(given, releases, strict=True):
        if match := _IDENTIFIER.fullmatch(text):
            found.append(GivenIdentifier(match["match"], match["identifier"], match["label"] or "", release))
        else:
            what = f"“{text}” is not a match with an identifier"
            remedy = f'write one of {", ".join(MATCHES)}, then the identifier: exact mesh:D018719 "Receptor, ErbB-2"'
            problems.append(Problem(where, what, remedy))
    return tuple(found), problems


def _relations(where: str, cells: Mapping[str, str]) -> tuple[tuple[tuple[str, str], ...], list[Problem]]:
    """Return the relations in ``has component: alpelisib|everolimus; …`` and in the columns that are relations."""
    pairs = [
        (name.replace("_", " "), value)
        for name in cells
        if name == KIND_OF.replace(" ", "_") or name not in COLUMNS
        for value in _several(cells[name])
    ]
    problems = []
    for part in filter(None, map(str.strip, cells.get("relations", "").split(";"))):
        name, colon, values = part.partition(": ")
        if colon and _several(values):
            pairs += [(_single_spaced(name), value) for value in _several(values)]
        else:
            remedy = "write it as “has component: alpelisib|everolimus”, with ; between two relations"
            problems.append(Problem(where, f"“{part}” is not a relation with its objects", remedy))
    return tuple(dict.fromkeys(pairs)), problems


def _several(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, cell.split("|"))))


def _single_spaced(text: str) -> str:
    return " ".join(text.split())


_PROPERTIES = dict(zip(MATCHES, standard.MAPPING_RELATIONS, strict=True))


@dataclass(frozen=True, slots=True)
class MappedTerm:
    """A term of another vocabulary that is new in the ontology: its name, and the releases in which it was read."""

    iri: NamedNode
    label: str
    releases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """The matches ``of`` each row, by its place, the ``terms`` that need a line, and the ``unproven`` identifiers."""

    of: Mapping[str, tuple[tuple[NamedNode, NamedNode], ...]]
    terms: tuple[MappedTerm, ...]
    unproven: frozenset[NamedNode]


def identifier_uses(rows: Sequence[TermRow], vocabulary: Vocabulary) -> tuple[IdentifierUse, ...]:
    """Return the uses of identifiers in the rows, for the releases to look up; invalid identifiers are left out."""
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

    An identifier is proven if a release confirms it, if the curator names the release or file in which it was read, or
    if the ontology already has it. Raises ReleaseError if the releases know none of the vocabularies.
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
            mapped = terms.get(iri) or known.get(iri) or MappedTerm(iri, label, checked)
            if given.label and mapped.label and given.label != mapped.label:
                what = f"{given.identifier} is called “{mapped.label}” elsewhere, and “{given.label}” here"
                problems.append(Problem(row.where, what, "look up its name in the release, and use that"))
            if iri not in known or (checked and not mapped.releases):
                terms[iri] = MappedTerm(iri, mapped.label or label, mapped.releases or checked)
            if not (mapped.releases or checked):
                unproven.add(iri)
        of[row.where] = tuple(dict.fromkeys(matches))
        for iri in {
            iri for place, (_, iri) in enumerate(of[row.where]) if iri in [each for _, each in of[row.where][:place]]
        }:
            what = f"{':'.join(has_prefix(iri.value) or ())} is given twice, with different matches"
            problems.append(Problem(row.where, what, "keep the right one"))
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
        return Problem(row.where, f"{text} is one of our terms", "give a term of another vocabulary")
    if not has_prefix(iri.value):
        what = f"{text} belongs to a vocabulary without a prefix in the ontology"
        return Problem(row.where, what, "leave it out, or declare the prefix in the ontology")
    return iri


@dataclass(frozen=True, slots=True)
class _Judgement:
    """The verdict of the releases on an identifier; ``refuted`` are pairs of a mistake and its remedy."""

    label: str = ""
    releases: tuple[str, ...] = ()
    refuted: tuple[tuple[str, str], ...] = ()


_NOT_JUDGED = _Judgement()


def _judged(
    rows: Sequence[TermRow], releases: Sequence[Release], vocabulary: Vocabulary
) -> dict[NamedNode, _Judgement]:
    claimed = identifier_uses(rows, vocabulary)
    if not releases or not claimed:
        return {}
    judged = {}
    for result in prove(claimed, releases).results:
        judges = [each for each in releases if str(each) in result.releases]
        wrong = [each for each in result.findings if each.severity is Severity.VIOLATION]
        entries = [each.entries.get(result.use.identifier) for each in judges]
        judged[NamedNode(result.use.iri)] = _Judgement(
            label=next((each.label for each in entries if each and each.label), ""),
            releases=tuple(each.name or each.file for each in judges),
            refuted=tuple((f"{each.what} ({each.release})", each.remedy) for each in wrong),
        )
    return judged


def _known(vocabulary: Vocabulary) -> dict[NamedNode, MappedTerm]:
    """Return the ontology's data on terms of other vocabularies."""
    labels: dict[NamedNode, str] = {}
    releases: dict[NamedNode, tuple[str, ...]] = {}
    for subject, predicate, value, _ in vocabulary.quads:
        if isinstance(subject, NamedNode) and isinstance(value, Literal) and not subject.value.startswith(model.HER2LD):
            if predicate == standard.LABEL:
                labels[subject] = value.value
            elif predicate == model.CHECKED_AGAINST:
                releases[subject] = (*releases.get(subject, ()), value.value)
    return {iri: MappedTerm(iri, labels.get(iri, ""), releases.get(iri, ())) for iri in {*labels, *releases}}
