"""The prefixes of the ontology, read from the heads of its files: a question need not read all of them."""

import re
from pathlib import Path

from her2ld import assets

_PREFIX = re.compile(r"@prefix\s+([\w-]*):\s+<([^>]*)>\s*\.")


def ontology_prefixes(path: Path = assets.ONTOLOGY) -> dict[str, str]:
    """Return the prefixes that an ontology, and the models that belong to it, declare before their first statements.

    >>> ontology_prefixes()["her2"]
    'https://w3id.org/her2ld/'
    """
    prefixes: dict[str, str] = {}
    for file in assets.ontology_files(path):
        prefixes = _declared(file) | prefixes
    return dict(sorted(prefixes.items()))


def _declared(file: Path) -> dict[str, str]:
    prefixes = {}
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if match := _PREFIX.match(line):
                prefixes[match[1]] = match[2]
            elif line.strip() and not line.startswith("#"):
                break
    return prefixes
