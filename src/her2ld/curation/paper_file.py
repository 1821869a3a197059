"""``paper.toml``, the record of a paper without the abstract, which her2ld may not distribute; and ``mesh.tsv``.

``mesh.tsv`` has the MeSH identifiers of the names that PubMed's page prints.
"""

import dataclasses
import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import tomli_w

from her2ld.errors import Problem, RecordError
from her2ld.pubmed import AbstractSection, Citation, HeadingQualifier, MeshHeading, MeshTerm, Place, Record
from her2ld.pubmed.article import RelatedCitation
from her2ld.pubmed.record import NOT_GIVEN, Withheld
from her2ld.texts.folding import occurrences
from her2ld.texts.name_places import abbreviations_of

_SHOWN = 60
PAPER_FILE = "paper.toml"
_HEAD = (
    "# The record of a paper, without the words of its abstract that nobody quotes. Written by her2ld paper; not\n"
    "# edited by hand. docs/curation.md says how a paper is added.\n\n"
)


def withheld_record(record: Record, seen: Iterable[Place]) -> Record:
    """Return a record with only the ``seen`` places of its abstract."""
    shown = bytearray(len(record.abstract))
    for place in seen:
        if place.part == "abstract":
            shown[place.start : place.end] = b"\1" * (place.end - place.start)
    text = "".join(each if known else NOT_GIVEN for each, known in zip(record.abstract, shown, strict=True))
    long_forms = abbreviations_of("\n".join(record.texts.values()))
    withheld = Withheld(
        sha256=record.sha256("abstract"),
        sentences=tuple((start, end, _digest(record.abstract[start:end])) for start, end in record.bounds("abstract")),
        abbreviations={short: long for short, long in sorted(long_forms.items()) if any(occurrences(short, text))},
    )
    return replace(record, abstract=text, withheld=withheld)


def paper_file_text(record: Record) -> str:
    """Return the text of ``paper.toml`` for a record whose abstract is withheld."""
    withheld = record.withheld
    if withheld is None:
        msg = "the abstract of the record is given whole"
        raise ValueError(msg)
    citation = record.citation
    content: dict[str, object] = {
        "pmid": record.pmid,
        "doi": record.doi,
        "title": record.title,
        "citation": {name: getattr(citation, name) for name in Citation.__slots__},
        "abstract": {
            "length": len(record.abstract),
            "sha256": withheld.sha256,
            "abbreviations": dict(withheld.abbreviations),
            "sections": [
                {"start": each.start, "end": each.end, "label": each.label, "category": each.category}
                for each in record.sections
            ],
            "sentences": [{"start": start, "end": end, "digest": digest} for start, end, digest in withheld.sentences],
            "words": [{"start": start, "text": text} for start, text in _given_runs(record.abstract)],
        },
        "publication_types": [_written_term(each) for each in record.publication_types],
        "corrections": [each._asdict() for each in record.corrections],
        "substances": [_written_term(each) for each in record.substances],
        "headings": [
            {
                **_written_term(each.term),
                "major": each.major,
                "qualifiers": [{**_written_term(one.term), "major": one.major} for one in each.qualifiers],
            }
            for each in record.headings
        ],
    }
    return _HEAD + tomli_w.dumps(_without_none(content))


def read_paper_file(path: Path) -> Record:
    """Read a ``paper.toml``. Raises RecordError with a remedy if it is broken."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return _record(content)
    except OSError as error:
        raise _broken(path, f"cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _broken(path, f"is not TOML: {error}") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _broken(path, f"is not as her2ld paper writes it ({error!r})") from error


class OtherVersionError(RecordError):
    """The given ``record`` has another title or abstract than the one that the curator read."""

    def __init__(self, problems: Iterable[Problem], record: Record) -> None:
        """Keep the record: the words that it lacks are looked for in it."""
        super().__init__(problems)
        self.record = record


def given_whole(excerpt: Record, record: Record, where: str) -> Record:
    """Return a record of ``paper.toml`` with the abstract from PubMed's copy of the same record.

    Raises OtherVersionError if title or abstract are not those that the curator read, and RecordError if words in
    ``paper.toml`` are elsewhere in the abstract.
    """
    problems = [
        Problem(
            where,
            f"the {part} of the given record is not the one that was read"
            f" (SHA-256 {record.sha256(part)[:12]}…, and {excerpt.sha256(part)[:12]}… was read)",
            "give the record of the version that was read, or read the new one: her2ld paper add",
        )
        for part in excerpt.texts
        if record.sha256(part) != excerpt.sha256(part)
    ]
    if problems:
        raise OtherVersionError(problems, record)
    moved = [
        Problem(
            where,
            f"the words at {start} (“{text[:_SHOWN]}”) are not there in the given record",
            "make it again from the record: her2ld paper add",
        )
        for start, text in _given_runs(excerpt.abstract)
        if record.abstract[start : start + len(text)] != text
    ]
    if moved:
        raise RecordError(moved)
    return replace(excerpt, abstract=record.abstract, withheld=None)


def _record(content: Mapping[str, Any]) -> Record:
    abstract = content["abstract"]
    characters = [NOT_GIVEN] * abstract["length"]
    for run in abstract["words"]:
        start, text = run["start"], run["text"]
        if not 0 <= start <= start + len(text) <= len(characters):
            msg = f"words at {start} lie outside the abstract"
            raise ValueError(msg)
        characters[start : start + len(text)] = text
    record = Record(
        doi=content.get("doi"),
        pmid=content.get("pmid"),
        citation=Citation(**{name: content["citation"].get(name) for name in Citation.__slots__}),
        title=content["title"],
        abstract="".join(characters),
        sections=tuple(
            AbstractSection(each["start"], each["end"], each.get("label"), each.get("category"))
            for each in abstract.get("sections", ())
        ),
        publication_types=tuple(map(_term, content.get("publication_types", ()))),
        headings=tuple(
            MeshHeading(
                _term(each),
                each["major"],
                tuple(HeadingQualifier(_term(one), one["major"]) for one in each["qualifiers"]),
            )
            for each in content.get("headings", ())
        ),
        substances=tuple(map(_term, content.get("substances", ()))),
        corrections=tuple(RelatedCitation(**each) for each in content.get("corrections", ())),
        withheld=Withheld(
            abstract["sha256"],
            tuple((each["start"], each["end"], each["digest"]) for each in abstract["sentences"]),
            abstract.get("abbreviations", {}),
        ),
    )
    if not (record.pmid or record.doi):
        msg = "it has neither pmid nor doi"
        raise ValueError(msg)
    for start, end, digest in record.withheld.sentences if record.withheld else ():
        sentence = record.abstract[start:end]
        if not 0 <= start < end <= len(record.abstract) or (NOT_GIVEN not in sentence and _digest(sentence) != digest):
            msg = f"the sentence at {start} is not the one whose digest is kept"
            raise ValueError(msg)
    return record


def _given_runs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the runs of characters that are given, each with its start."""
    start = 0
    for run in text.split(NOT_GIVEN):
        if run:
            yield start, run
        start += len(run) + 1


def _term(content: Mapping[str, Any]) -> MeshTerm:
    return MeshTerm(content["name"], content.get("identifier"), checked_against=content.get("checked_against"))


def _written_term(term: MeshTerm) -> dict[str, object]:
    return {"name": term.name, "identifier": term.identifier, "checked_against": term.checked_against}


def _without_none(content: dict[str, object]) -> dict[str, Any]:
    """Return the same content without None, which TOML does not have."""
    found: dict[str, Any] = {}
    for name, value in content.items():
        if isinstance(value, dict):
            found[name] = _without_none(value)
        elif isinstance(value, list):
            found[name] = [_without_none(each) for each in value]
        elif value is not None:
            found[name] = value
    return found


def _digest(sentence: str) -> str:
    """Return the first half of the SHA-256, so that a sentence fits on one line of the file."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:32]


def _broken(path: Path, what: str) -> RecordError:
    return RecordError([Problem(str(path), what, "make it again from the record: her2ld paper add")])


_COLUMNS = ["kind", "name", "identifier", "checked_against"]
_IDENTIFIER = {
    "descriptor": re.compile(r"D\d{6}(\d{3})?"),
    "publication type": re.compile(r"D\d{6}(\d{3})?"),
    "qualifier": re.compile(r"Q\d{6}(\d{3})?"),
}


def identify_mesh_terms(record: Record, path: Path) -> tuple[Record, list[Problem]]:
    """Return the record with the identifiers of ``mesh.tsv``, and a problem for each name or row without a match."""
    rows, problems = _read_rows(path)
    used: set[tuple[str, str]] = set()

    def identified(kind: str, term: MeshTerm) -> MeshTerm:
        if term.identifier:  # XML has it with the name
            return term
        row = rows.get((kind, term.name))
        if row is None:
            if not any(kind == problem_kind and name == term.name for problem_kind, name in used):
                remedy = f"add the row: {kind}, {term.name}, its identifier, the MeSH release"
                problems.append(Problem(str(path), f"the {kind} “{term.name}” of the record has no row", remedy))
            used.add((kind, term.name))
            return term
        used.add((kind, term.name))
        return row

    whole = dataclasses.replace(
        record,
        publication_types=tuple(identified("publication type", term) for term in record.publication_types),
        headings=tuple(
            heading._replace(
                term=identified("descriptor", heading.term),
                qualifiers=tuple(
                    qualifier._replace(term=identified("qualifier", qualifier.term)) for qualifier in heading.qualifiers
                ),
            )
            for heading in record.headings
        ),
        substances=tuple(identified("descriptor", term) for term in record.substances),
    )
    for kind, name in sorted(rows.keys() - used):
        problems.append(Problem(str(path), f"the record has no {kind} “{name}”", "delete the row"))
    return whole, problems


def _read_rows(path: Path) -> tuple[dict[tuple[str, str], MeshTerm], list[Problem]]:
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
    except FileNotFoundError:
        lines = ["\t".join(_COLUMNS)]  # a record without headings needs no rows
    except (OSError, UnicodeDecodeError) as error:
        return {}, [
            Problem(str(path), f"cannot be read ({error})", "write it as UTF-8 text; docs/curation.md says how")
        ]
    rows: dict[tuple[str, str], MeshTerm] = {}
    problems = []
    for number, line in enumerate(lines, 1):
        cells = line.split("\t")
        where = f"{path}, line {number}"
        if number == 1:
            if cells != _COLUMNS:
                problems.append(Problem(where, "the header is not as expected", f"write {' TAB '.join(_COLUMNS)}"))
        elif len(cells) != len(_COLUMNS) or cells[0] not in _IDENTIFIER:
            remedy = f"write {' TAB '.join(_COLUMNS)}, the kind being one of {', '.join(_IDENTIFIER)}"
            problems.append(Problem(where, f"{line!r} is not a row of this table", remedy))
        elif not _IDENTIFIER[cells[0]].fullmatch(cells[2]):
            problems.append(Problem(where, f"{cells[2]!r} is not an identifier of a {cells[0]}", "copy it from MeSH"))
        elif (cells[0], cells[1]) in rows:
            problems.append(Problem(where, f"the {cells[0]} “{cells[1]}” has a row already", "delete one of the two"))
        else:
            rows[cells[0], cells[1]] = MeshTerm(cells[1], cells[2], checked_against=cells[3])
    return rows, problems
