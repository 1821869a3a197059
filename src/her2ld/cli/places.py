"""Where the terms of an ontology stand in its file."""

import re
from collections.abc import Mapping
from pathlib import Path

_SUBJECT = re.compile(r"(\w+):([\w-]+)(?:\s|$)")


def lines_of_terms(ontology: Path, prefixes: Mapping[str, str]) -> dict[str, int]:
    """Give the line, counted from 1, on which the description of each term begins, by its IRI."""
    lines: dict[str, int] = {}
    for number, line in enumerate(ontology.read_text(encoding="utf-8").splitlines(), 1):
        if match := _SUBJECT.match(line):
            lines.setdefault(prefixes.get(match[1], "") + match[2], number)
    return lines
