"""Where the subjects of triples stand in their files."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from her2ld.rdf.syntaxes import N_QUADS, N_TRIPLES, TRIG, TURTLE, is_compressed, syntax_of

_PREFIX = re.compile(r"@?prefix\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:<([^>]*)>|([\w-]*):([\w.-]*))(?:\s|$)")
_DECLARED = re.compile(r"\s*a owl:\w+ \.")
_IN_LINES = (N_QUADS, N_TRIPLES, TRIG, TURTLE)


def places_of_subjects(files: Iterable[Path]) -> dict[str, tuple[Path, int]]:
    """Return the file and the line, counted from 1, in which each subject first stands, by its IRI.

    Of several files the first counts, but a line that only declares what a file borrows counts after any other. Files
    in Turtle, TriG, N-Triples and N-Quads have such lines; other files have none.
    """
    places: dict[str, tuple[Path, int]] = {}
    borrowed: set[str] = set()
    for file in files:
        for iri, line, is_borrowed in _subjects(file):
            if iri not in places:
                places[iri] = file, line
                if is_borrowed:
                    borrowed.add(iri)
            elif iri in borrowed and not is_borrowed:
                places[iri] = file, line
                borrowed.remove(iri)
    return places


def _subjects(file: Path) -> Iterator[tuple[str, int, bool]]:
    """Yield the IRI of each subject at the beginning of a line, the line, and whether the line only declares it."""
    if is_compressed(file) or syntax_of(file) not in _IN_LINES:
        return
    prefixes: dict[str, str] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if declared := _PREFIX.match(line):
            prefixes[declared[1]] = declared[2]
        elif match := _SUBJECT.match(line):
            is_borrowed = _DECLARED.fullmatch(line, match.end()) is not None
            iri = prefixes.get(match[2], "") + match[3] if match[1] is None else match[1]
            yield iri, number, is_borrowed
