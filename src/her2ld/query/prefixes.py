"""The prefixes of the ontology, read from its head: a question need not read all of it."""

import re
from pathlib import Path

from her2ld import assets

_PREFIX = re.compile(r"@prefix\s+([\w-]*):\s+<([^>]*)>\s*\.")


def ontology_prefixes(path: Path = assets.ONTOLOGY) -> dict[str, str]:
    """Give the prefixes that a Turtle file declares before its first statement.

    >>> ontology_prefixes()["her2"]
    'https://w3id.org/her2ld/'
    """
    prefixes = {}
    with path.open(encoding="utf-8") as file:
        for line in file:
            if match := _PREFIX.match(line):
                prefixes[match[1]] = match[2]
            elif line.strip() and not line.startswith("#"):
                break
    return prefixes
