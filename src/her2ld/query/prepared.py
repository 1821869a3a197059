"""Fast access to the data of the package: prepared N-Quads in the user's cache, and the prefixes of the ontology.

Reading prepared N-Quads is ten times faster than building them. The prepared file is made from the ontology, the papers
and the program. Its name has the number of these files and the sums of their sizes and of their modification times, so
that a change of any of them leads to a new prepared file. (A digest would take longer than reading the prepared file.)

The lines of the file are in the order of their predicates, and those of rdf:type in the order of the classes. So a
query whose look-ups are known needs only some sections of it. Comments at its beginning are the list of the sections,
after a checksum of all that follows: a file that is not whole is not used.

The prefixes are read from the beginnings of the ontology's files, without parsing the rest.
"""

import contextlib
import os
import re
from binascii import crc32
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse

from her2ld import assets
from her2ld.query.lookups import Lookup, lookups
from her2ld.query.reach import reach
from her2ld.vocabulary import standard

_PROGRAM = Path(__file__).parent.parent
_NO_CLASS = "-"


@dataclass(frozen=True, slots=True)
class ShippedData:
    """The ontology and the papers of the package as N-Quads: the lines of each section, in the order of the file.

    The name of a section is the IRI of a predicate, and that of a class if the predicate is rdf:type.
    """

    sections: dict[Lookup, memoryview]

    def store(self, query: str = "") -> Store:
        """Return a store of all quads; for a query, of those on which its answer can depend, if these are known."""
        wanted = lookups(query, reach(query)) if query else None
        if wanted is None:
            return _store(self.sections.values())
        predicates = {predicate for predicate, _ in wanted}
        return _store(
            lines
            for (predicate, class_), lines in self.sections.items()
            if predicate in predicates and (not class_ or not wanted.isdisjoint({(predicate, ""), (predicate, class_)}))
        )

    def labels(self, things: Iterable[str]) -> Store:
        """Return a store of the labels of things, which are given by their IRIs."""
        subjects = {f"<{thing}>".encode() for thing in things}
        lines = bytes(self.sections[standard.LABEL.value, ""]).splitlines(keepends=True)
        return _store(line for line in lines if line.partition(b" ")[0] in subjects)


def _store(lines: Iterable[bytes | memoryview]) -> Store:
    """Return a store of lines of this module, which need not be checked."""
    store = Store()
    content = b"".join(lines)
    if b"_:" in content:  # Store.load would rename the blank nodes
        store.extend(parse(content, format=RdfFormat.N_QUADS, lenient=True))
    else:
        store.load(content, format=RdfFormat.N_QUADS, lenient=True)
    return store


def shipped_store() -> Store:
    """Return a store with the ontology and the papers of the package, in their named graphs."""
    return shipped_data().store()


def shipped_data() -> ShippedData:
    """Return the ontology and the papers of the package, from the prepared file if there is one."""
    prepared = _cache() / f"shipped.{_state()}.nq"
    with contextlib.suppress(OSError, ValueError):
        return _read(prepared.read_bytes())
    content = _content(_built())
    _keep(prepared, content)
    return _read(content)


def _built() -> Store:
    from her2ld.curation import read_curation  # not needed with a prepared file
    from her2ld.dataset import build
    from her2ld.vocabulary.ontology import read_ontology

    vocabulary = read_ontology()
    store = Store()
    store.extend(build(vocabulary, [read_curation(folder, vocabulary) for folder in assets.curation_folders()]))
    return store


def _content(store: Store) -> bytes:
    """Return the content of the prepared file of a store."""
    sections: defaultdict[Lookup, list[bytes]] = defaultdict(list)
    for line in (store.dump(format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True):
        _, predicate, object_ = line.decode().split(" ")[:3]
        class_ = "" if predicate != str(standard.TYPE) else object_[1:-1] if object_[0] == "<" else _NO_CLASS
        sections[predicate[1:-1], class_].append(line)
    in_order = sorted(sections.items())
    names = (f"# {predicate} {class_} {sum(map(len, lines))}" for (predicate, class_), lines in in_order)
    rest = b"".join(("\n".join((*names, "#", "")).encode(), *(line for _, lines in in_order for line in lines)))
    return f"# {crc32(rest)}\n".encode() + rest


def _read(content: bytes) -> ShippedData:
    """Return what the content of a prepared file has. Raises ValueError if it is not whole."""
    first = content.index(b"\n") + 1
    if int(content[2:first]) != crc32(memoryview(content)[first:]):
        raise ValueError
    place = content.index(b"\n#\n", first)
    names, place = content[first:place].decode().split("\n"), place + 3
    sections = {}
    for name in names:
        _, predicate, class_, length = name.split(" ")
        sections[predicate, class_] = memoryview(content)[place : place + int(length)]
        place += int(length)
    return ShippedData(sections)


def _keep(prepared: Path, content: bytes) -> None:
    """Write the whole file or nothing, and remove the files of earlier states. Errors of writing are ignored."""
    from her2ld.errors import ExportError
    from her2ld.files.writing import remove_left, replacing

    with contextlib.suppress(ExportError, OSError):
        with replacing(prepared) as file:
            file.write(content)
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
