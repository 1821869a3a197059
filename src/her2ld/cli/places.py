"""Where the subjects of triples stand in their files."""

import re
from pathlib import Path

_PREFIX = re.compile(r"@?prefix\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:<([^>]*)>|([\w-]*):([\w.-]*))(?:\s|$)")
_IN_LINES = (".nq", ".nt", ".trig", ".ttl")


def lines_of_subjects(file: Path) -> dict[str, int]:
    """Give the line, counted from 1, on which each subject first stands at the beginning, by its IRI.

    Files in Turtle, TriG, N-Triples and N-Quads have such lines; other files give none.
    """
    lines: dict[str, int] = {}
    prefixes: dict[str, str] = {}
    if file.suffix.lower() not in _IN_LINES:
        return lines
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if declared := _PREFIX.match(line):
            prefixes[declared[1]] = declared[2]
        elif match := _SUBJECT.match(line):
            lines.setdefault(match[1] or prefixes.get(match[2], "") + match[3], number)
    return lines
