"""The mappings of others, read from SSSOM tables row by row, and compared with ours.

Where both map a term: whether we agree, where we differ and why, and what we leave open.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from pyoxigraph import NamedNode

from her2ld.errors import MappingError, Problem, RecordError
from her2ld.files.streams import BrokenStreamError, opened_source
from her2ld.mappings.listing import TermMapping
from her2ld.vocabulary import standard
from her2ld.vocabulary.spellings import owner_iri


@dataclass(frozen=True, slots=True)
class TheirMapping:
    """A row of an SSSOM table: what is mapped to what, whether it is denied, how it was found, and where it stands.

    ``justification`` is a term of the Semantic Mapping Vocabulary as the table writes it (``semapv:LexicalMatching``),
    or empty. ``searched`` is the vocabulary that ``object`` is of, where the table says it.
    """

    subject: NamedNode
    subject_label: str
    relation: NamedNode
    negated: bool
    object: NamedNode
    object_label: str
    justification: str
    where: str
    searched: NamedNode | None = None


NO_TERM_FOUND = NamedNode("https://w3id.org/sssom/NoTermFound")

_NEEDED = ("subject_id", "predicate_id", "object_id")
_REMEDY = f"give an SSSOM table: a line with the columns {', '.join(_NEEDED)} between tabs, and rows below it"
_LONGEST_LINE = 1 << 20
_LONGEST_HEADER = 1 << 20
_BUFFER = 1 << 17
# What SSSOM declares for every table, and the prefixes of relations that tables use without declaring them.
_BUILT_IN = {
    "oboInOwl": standard.OBO_IN_OWL,
    "owl": standard.OWL,
    "rdf": standard.RDF,
    "rdfs": standard.RDFS,
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": standard.SKOS,
    "sssom": "https://w3id.org/sssom/",
}

Line = tuple[int, bytes]


def read_sssom(path: Path) -> Iterator[TheirMapping | Problem]:
    """Yield each row of an SSSOM table, packed with gzip or not: a mapping, or the problem of a row that is none.

    What is said of the whole table may stand above it, or in a file of YAML beside it: ``x.sssom.yml`` or ``x.yml`` for
    ``x.sssom.tsv``; all that is read of it are the prefixes and ``object_source``. The table is read as a stream.
    Identifiers are led to the form of their owners, whatever their spelling. Raises MappingError where the file is no
    SSSOM table, or what is said of the whole cannot be read.
    """
    try:
        with opened_source(str(path)) as stream:
            lines = _lines(io.BufferedReader(stream, _BUFFER), path)
            yield from _rows(lines, path)
    except (BrokenStreamError, RecordError) as error:
        problems = error.problems if isinstance(error, RecordError) else [Problem(str(path), error.what, error.remedy)]
        raise MappingError(problems) from error


def _rows(lines: Iterator[Line], path: Path) -> Iterator[TheirMapping | Problem]:
    header, first = _header(lines, path)
    columns = [name.strip() for name in _cells(first) or ()]
    _check_columns(columns, first, path)
    about = {**_metadata_beside(path), **_metadata(header, str(path))}
    expand = _expander({**_prefixes(about, str(path)), **_BUILT_IN})
    stated = about.get("object_source")
    source = stated if isinstance(stated, str) else ""
    count = 0
    for number, line in lines:
        if line.strip():
            count += 1
            yield _understood(
                line, columns, expand, f"{path}, line {number}", source if isinstance(source, str) else ""
            )
    if not count:
        raise MappingError([Problem(str(path), "has no row", "give a table with mappings in it")])


def _lines(file: io.BufferedReader, path: Path) -> Iterator[Line]:
    number = 0
    while line := file.readline(_LONGEST_LINE + 1):
        number += 1
        if len(line) > _LONGEST_LINE:
            what = f"is longer than {_LONGEST_LINE:,} bytes"
            raise MappingError([Problem(f"{path}, line {number}", what, "give an SSSOM table")])
        yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _header(lines: Iterator[Line], path: Path) -> tuple[str, bytes]:
    """Return what stands above the table, without its marks, and the line of the columns."""
    above: list[bytes] = []
    size = 0
    for _, line in lines:
        if line.strip() and not line.startswith(b"#"):
            return _text(b"".join(above), path), line
        above.append(line[1:] if line.startswith(b"#") else line)
        size += len(line)
        if size > _LONGEST_HEADER:
            raise MappingError([Problem(str(path), f"has a header of more than {_LONGEST_HEADER:,} bytes", _REMEDY)])
    return "", b""


def _text(content: bytes, path: Path) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise MappingError([Problem(str(path), "is no text in UTF-8", "give an SSSOM table")]) from error


def _check_columns(columns: list[str], line: bytes, path: Path) -> None:
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        first = line.decode("utf-8", "replace").strip()[:40] if len(columns) < 2 else ""  # noqa: PLR2004  # no tab
        what = f"is no SSSOM table: it begins with {first!r}" if first else f"has no column {', '.join(missing)}"
        raise MappingError([Problem(str(path), what, _REMEDY)])


def _metadata_beside(path: Path) -> Mapping[str, object]:
    """Return what a file of YAML beside the table says; nothing where there is none."""
    bare = path.with_suffix("") if path.suffix == ".gz" else path
    stems = dict.fromkeys((bare.with_suffix(""), bare.with_suffix("").with_suffix("")))
    for stem in stems:
        for suffix in (".yml", ".yaml"):
            beside = stem.with_name(stem.name + suffix)
            if beside != path and beside.is_file():
                with beside.open("rb") as file:
                    content = file.read(_LONGEST_HEADER)
                return _metadata(_text(content, beside), str(beside))
    return {}


def _metadata(text: str, where: str) -> Mapping[str, object]:
    import yaml  # most verbs do without it

    try:
        about = yaml.safe_load(text) or {}
    except (yaml.YAMLError, RecursionError, ValueError) as error:  # nested too deep; a day that no month has
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        remedy = "mend it there: it is YAML, in which an address with a # or a colon and a space needs quotation marks"
        what = f"its header is wrong ({getattr(error, 'problem', None) or error})"
        raise MappingError([Problem(f"{where}{line}", what, remedy)]) from error
    if not isinstance(about, dict):
        what = "its header is wrong (no names with values)"
        raise MappingError([Problem(where, what, "write curie_map: and prefixes below it")])
    return about


def _prefixes(about: Mapping[str, object], where: str) -> dict[str, str]:
    declared = about.get("curie_map") or {}
    if not isinstance(declared, dict) or not all(isinstance(each, str) for pair in declared.items() for each in pair):
        what = "its header is wrong (curie_map)"
        raise MappingError([Problem(where, what, "write prefixes and what they stand for below curie_map:")])
    return declared


def _expander(prefixes: Mapping[str, str]) -> Callable[[str], NamedNode | None]:
    def expand(written: str) -> NamedNode | None:
        """Return the owner's form where we know it, and else what the prefixes of the table make of it."""
        prefix, colon, local = written.partition(":")
        whole = prefixes[prefix] + local if colon and prefix in prefixes else written
        try:
            return owner_iri(whole) or (NamedNode(whole) if whole != written or "://" in written else None)
        except ValueError:
            return None

    return expand


def _cells(line: bytes) -> list[str] | None:
    """Return the cells of a line; None where it is no text, or a quotation mark is not closed."""
    try:
        text = line.decode().rstrip("\r\n")
        rows = list(csv.reader([text], delimiter="\t", strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    return rows[0] if rows else []


def _understood(
    line: bytes, columns: list[str], expand: Callable[[str], NamedNode | None], where: str, source: str
) -> TheirMapping | Problem:
    cells = _cells(line)
    if cells is None:
        return Problem(where, "is no text in UTF-8, or has a quotation mark that is not closed", "mend the row")
    row = {column: cell.strip() for column, cell in zip(columns, cells, strict=False)}
    empty = [name for name in _NEEDED if not row.get(name)]
    modifier = row.get("predicate_modifier", "")
    if empty or modifier not in {"", "Not"}:
        what = f"{', '.join(empty)}: empty" if empty else f"predicate_modifier: {modifier!r} is not Not"
        return Problem(where, f"is no mapping ({what})", "mend the row")
    subject, relation, object_ = (expand(row[name]) for name in _NEEDED)
    if not (subject and relation and object_):
        unknown = row["subject_id" if not subject else "predicate_id" if not relation else "object_id"]
        return Problem(where, f"{unknown!r} is no identifier", "write it as an IRI, or with a prefix of the header")
    searched = row.get("object_source") or source
    return TheirMapping(
        subject,
        row.get("subject_label", ""),
        relation,
        bool(modifier),
        object_,
        row.get("object_label", ""),
        row.get("mapping_justification", ""),
        where,
        expand(searched) if searched else None,
    )


class Verdict(StrEnum):
    """How a mapping of others stands to ours.

    ``OPEN``: we map both terms and do not say how they stand to each other. ``BEYOND``: we do not map both.
    """

    AGREES = "agrees"
    DIFFERS = "differs"
    OPEN = "open"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A mapping of others beside ours.

    ``ours`` are our mappings of the two terms: those of the terms of ours that are mapped to both, where there are any.
    """

    theirs: TheirMapping
    verdict: Verdict
    ours: tuple[TermMapping, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return the notes of the ontology on our mappings, each once."""
        return tuple(dict.fromkeys(note for mapping in self.ours for note in mapping.notes))


def compare(theirs: Iterable[TheirMapping], ours: Sequence[TermMapping]) -> Iterator[Comparison]:
    """Put each mapping of others beside ours.

    What SKOS and OWL derive counts as said: what is the same is close, too, and each of two equivalent classes is below
    the other. ``oboInOwl:hasDbXref`` and ``owl:sameAs`` are read as ``skos:exactMatch``, as many who load them do.
    """
    by_object: defaultdict[NamedNode, list[TermMapping]] = defaultdict(list)
    by_subject: defaultdict[NamedNode, list[TermMapping]] = defaultdict(list)
    for mapping in ours:
        by_subject[mapping.subject.iri].append(mapping)
        if mapping.object:
            by_object[mapping.object].append(mapping)
        # Others map to our own terms, too, each of which is the same as itself.
        itself = replace(mapping, relation=standard.EXACT_MATCH, negated=False, object=mapping.subject.iri, notes=())
        by_object[mapping.subject.iri] = [itself]
    for their in theirs:
        first = by_object.get(their.subject, [])
        if their.object == NO_TERM_FOUND:
            yield _beside_search(their, [each for one in first for each in by_subject[one.subject.iri]])
            continue
        second = by_object.get(their.object, [])
        verdict = _verdict(their, first, second) if first and second else Verdict.BEYOND
        of_both = {mapping.subject for mapping in first} & {mapping.subject for mapping in second}
        both = tuple(mapping for mapping in (*first, *second) if not of_both or mapping.subject in of_both)
        yield Comparison(their, verdict, both)


# What says that two terms are the same; what says no more than that they have to do with each other.
_SAYING_SAME = frozenset(
    (
        standard.EXACT_MATCH,
        standard.EQUIVALENT_CLASS,
        NamedNode(standard.OWL + "equivalentProperty"),
        NamedNode(standard.OWL + "sameAs"),
        standard.OBO_CROSS_REFERENCE,
    )
)
_SAYING_LITTLE = frozenset((NamedNode(standard.SKOS + "mappingRelation"), standard.SEE_ALSO))
_BELOW = frozenset((standard.SUBCLASS_OF, standard.SUBPROPERTY_OF))
_INVERSE = {
    standard.BROAD_MATCH: standard.NARROW_MATCH,
    standard.NARROW_MATCH: standard.BROAD_MATCH,
}
# A close match claims less than the same, and excludes nothing (SKOS S46 has only the others apart).
_APART = frozenset((standard.EXACT_MATCH, standard.BROAD_MATCH, standard.NARROW_MATCH, standard.RELATED_MATCH))


def _beside_search(their: TheirMapping, ours: Sequence[TermMapping]) -> Comparison:
    """Compare that a vocabulary has no term for one of ours."""
    there = [each for each in ours if their.searched in {None, each.vocabulary.iri} and not each.negated]
    if not ours:
        return Comparison(their, Verdict.BEYOND, ())
    if any(each.object is None for each in there):
        return Comparison(their, Verdict.DIFFERS if their.negated else Verdict.AGREES, tuple(there))
    same = any(each.object and each.relation == standard.EXACT_MATCH for each in there) and their.searched
    opposed = Verdict.AGREES if their.negated else Verdict.DIFFERS
    return Comparison(their, opposed if same else Verdict.OPEN, tuple(there))


def _verdict(their: TheirMapping, first: Sequence[TermMapping], second: Sequence[TermMapping]) -> Verdict:
    pairs = [(one, other) for one in first for other in second if one.subject == other.subject]
    held = [(one.relation, other.relation) for one, other in pairs if not one.negated and not other.negated]
    known = {composed for one, other in held if (composed := _composed(one, other))}
    affirmed = any(_implies(each, their.relation) for each in known)
    says_same = their.relation in _SAYING_SAME
    excluded = (
        any(_excludes(each, their.relation) for each in known)
        or (says_same and any(_kept_apart(one, other) for one, other in pairs))
        or (says_same and not known and bool(held) and all(one != other for one, other in held))
    )
    if affirmed:
        return Verdict.DIFFERS if their.negated else Verdict.AGREES
    if excluded:
        return Verdict.AGREES if their.negated else Verdict.DIFFERS
    # Whoever says the same claims more than we do, who say close.
    claims_more = says_same and not their.negated and standard.CLOSE_MATCH in known
    return Verdict.DIFFERS if claims_more else Verdict.OPEN


def _implies(ours: NamedNode, theirs: NamedNode) -> bool:
    """Tell whether a relation of ours between two terms says theirs, too."""
    if ours == standard.EXACT_MATCH:
        return theirs in _SAYING_SAME | _BELOW | _SAYING_LITTLE | {standard.CLOSE_MATCH}
    return theirs == ours or theirs in _SAYING_LITTLE or (theirs in _BELOW and ours == standard.BROAD_MATCH)


def _excludes(ours: NamedNode, theirs: NamedNode) -> bool:
    """Tell whether a relation of ours between two terms cannot stand beside theirs."""
    read = standard.EXACT_MATCH if theirs in _SAYING_SAME else standard.BROAD_MATCH if theirs in _BELOW else theirs
    return ours != read and {ours, read} <= _APART and not _implies(ours, theirs)


def _composed(one: NamedNode, other: NamedNode) -> NamedNode | None:
    """Return the relation of one term to another that follows from those of our term to both; None where none does."""
    if one == standard.EXACT_MATCH:
        return other
    return _INVERSE.get(one, one) if other == standard.EXACT_MATCH else None


def _kept_apart(one: TermMapping, other: TermMapping) -> bool:
    """Tell whether our term is the one, and is said not to be the other."""
    return one.negated != other.negated and all(each.relation == standard.EXACT_MATCH for each in (one, other))
