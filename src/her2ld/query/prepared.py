"""Fast access to the data of the package: prepared N-Quads in the user's cache, and the prefixes of the ontology.

Reading prepared N-Quads is ten times faster than building them. The prepared file is made from the ontology, the papers
and the program. Its name has the number of these files and the sums of their sizes and of their modification times, so
that a change of any of them leads to a new prepared file. (A digest would take longer than reading the prepared file.)

The prefixes are read from the beginnings of the ontology's files, without parsing the rest.
"""

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse

from her2ld import assets

_PROGRAM = Path(__file__).parent.parent


def shipped_store() -> Store:
    """Return a store with the ontology and the papers of the package, in their named graphs."""
    store = Store()
    prepared = _cache() / f"shipped.{_state()}.nq"
    if prepared.is_file():
        # Store.load would rename the blank nodes. This module wrote the file, so it need not be checked.
        store.extend(parse(path=prepared, format=RdfFormat.N_QUADS, lenient=True))
        return store
    from her2ld.curation import read_curation  # not needed with a prepared file
    from her2ld.dataset import build
    from her2ld.vocabulary.ontology import read_ontology

    vocabulary = read_ontology()
    store.extend(build(vocabulary, [read_curation(folder, vocabulary) for folder in assets.curation_folders()]))
    _keep(prepared, store)
    return store


def _keep(prepared: Path, store: Store) -> None:
    """Write the whole file or nothing, and remove the files of earlier states. Errors of writing are ignored."""
    from her2ld.errors import ExportError
    from her2ld.files.writing import remove_left, replacing

    with contextlib.suppress(ExportError, OSError):
        with replacing(prepared) as file:
            store.dump(file, format=RdfFormat.N_QUADS)
        remove_left(prepared.with_name("shipped"))
        for old in prepared.parent.glob("shipped.*.nq"):
            if old != prepared:
                old.unlink(missing_ok=True)


def _cache() -> Path:
    """Return the folder for cached files, by the XDG Base Directory Specification."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "her2ld"


def _state() -> str:
    stats = list(_stats())
    return f"{len(stats)}-{sum(stat.st_size for stat in stats):x}-{sum(stat.st_mtime_ns for stat in stats):x}"


def _stats() -> Iterator[os.stat_result]:
    """Yield the status of the files from which the prepared file is made: the ontology, the papers and the program."""
    yield from (file.stat() for file in assets.ontology_files())
    papers = assets.curation()
    if papers.is_dir():
        with os.scandir(papers) as folders:
            for folder in folders:
                if folder.is_dir():
                    yield from _stats_below(folder.path, "")
    yield from _stats_below(_PROGRAM, ".py")


def _stats_below(folder: str | os.PathLike[str], ending: str) -> Iterator[os.stat_result]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(ending) and entry.is_file():
                yield entry.stat()
            elif entry.is_dir():
                yield from _stats_below(entry.path, ending)


_PREFIX = re.compile(r"@prefix\s+([\w-]*):\s+<([^>]*)>\s*\.")


def ontology_prefixes(path: Path = assets.ONTOLOGY) -> dict[str, str]:
    """Return the prefixes that an ontology and its models declare before their first statements.

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
