"""Fast access to the data of the package: prepared N-Quads in the user's cache, and the prefixes of the ontology.

Reading prepared N-Quads is ten times faster than building them. The prepared file is made from the ontology, the papers
and the program. Its name has the number of these files and the sums of their sizes and of their modification times, so
that a change of any of them leads to a new prepared file. (A digest would take longer than reading the prepared file.)

The lines of the file are in the order of their predicates, and those of rdf:type in the order of the classes. So a
query whose look-ups are known needs only some sections of the file. Comments at its beginning list the sections, with a
checksum of the list and of each section: a file that is not whole is not used.

The prefixes are read from the beginnings of the ontology's files, without parsing the rest.
"""

import contextlib
import io
import os
import re
from binascii import crc32
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from pyoxigraph import RdfFormat, Store, parse

from her2ld import assets
from her2ld.query.lookups import Lookup
from her2ld.vocabulary import standard

_PROGRAM = Path(__file__).parent.parent
_FIRST = b"# her2ld"
_NO_CLASS = "-"  # in place of the class, for other predicates and for classes without an IRI


class ShippedData(NamedTuple):
    """The ontology and the papers of the package: the quads that are asked for, and all labels, as N-Quads."""

    quads: bytes
    labels: bytes

    def store(self) -> Store:
        """Return a store with the quads, in their named graphs."""
        return _store(self.quads)

    def labels_of(self, things: Iterable[str]) -> Store:
        """Return a store with the labels of things, which are given by their IRIs."""
        subjects = {f"<{thing}>".encode() for thing in things}
        lines = self.labels.splitlines(keepends=True)
        return _store(b"".join(line for line in lines if line.partition(b" ")[0] in subjects))


def _store(lines: bytes) -> Store:
    """Return a store of lines that this module wrote, which need not be checked."""
    store = Store()
    if b"_:" in lines:  # Store.load would rename the blank nodes
        store.extend(parse(lines, format=RdfFormat.N_QUADS, lenient=True))
    else:
        store.load(lines, format=RdfFormat.N_QUADS, lenient=True)
    return store


def shipped_store() -> Store:
    """Return a store with the ontology and the papers of the package, in their named graphs."""
    return shipped_data().store()


def shipped_data(wanted: frozenset[Lookup] | None = None) -> ShippedData:
    """Return the ontology and the papers of the package: all quads, or those of the wanted look-ups.

    They are read from the prepared file. If there is none, or if it is not whole, it is made.
    """
    prepared = _cache() / f"shipped.{_state()}.nq"
    with contextlib.suppress(OSError, ValueError), prepared.open("rb") as file:
        return _read(file, wanted)
    content = _content(_built())
    _keep(prepared, content)
    return _read(io.BytesIO(content), wanted)


def _built() -> Store:
    """Return a store of what is read from the ontology and the papers."""
    from her2ld.curation import read_curation  # not needed with a prepared file
    from her2ld.dataset import build
    from her2ld.vocabulary.ontology import read_ontology

    vocabulary = read_ontology()
    store = Store()
    store.extend(build(vocabulary, [read_curation(folder, vocabulary) for folder in assets.curation_folders()]))
    return store


def _content(store: Store) -> bytes:
    """Return the content of the prepared file: the length and the checksum of the list, the list, and the sections."""
    sections: dict[Lookup, list[bytes]] = {}
    for line in (store.dump(format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True):
        _, predicate, object_ = line.decode().split(" ")[:3]
        has_class = predicate == str(standard.TYPE) and object_.startswith("<")
        sections.setdefault((predicate[1:-1], object_[1:-1] if has_class else _NO_CLASS), []).append(line)
    joined = {name: b"".join(lines) for name, lines in sorted(sections.items())}
    names = (f"# {predicate} {class_} {len(lines)} {crc32(lines)}\n" for (predicate, class_), lines in joined.items())
    list_ = "".join(names).encode()
    return b"".join((_FIRST, f" {len(list_)} {crc32(list_)}\n".encode(), list_, *joined.values()))


def _read(file: IO[bytes], wanted: frozenset[Lookup] | None) -> ShippedData:
    """Return the data of a prepared file: all quads, or those of the wanted look-ups.

    Raises ValueError if what is read is not as it was written.
    """
    length, checksum = file.readline().removeprefix(_FIRST).split()
    list_ = _checked(file.read(int(length)), checksum)
    predicates = {predicate for predicate, _ in wanted or ()}
    quads: list[bytes] = []
    labels: list[bytes] = []
    for name in list_.splitlines():
        _, predicate, class_, length_, checksum_ = name.decode().split(" ")
        is_wanted = wanted is None or (
            predicate in predicates
            and (class_ == _NO_CLASS or (predicate, "") in wanted or (predicate, class_) in wanted)
        )
        if not is_wanted and predicate != standard.LABEL.value:
            file.seek(int(length_), os.SEEK_CUR)
            continue
        lines = _checked(file.read(int(length_)), checksum_)
        if is_wanted:
            quads.append(lines)
        if predicate == standard.LABEL.value:
            labels.append(lines)
    return ShippedData(b"".join(quads), b"".join(labels))


def _checked(content: bytes, checksum: bytes | str) -> bytes:
    """Return the content. Raises ValueError if there is none, or if its checksum is another one."""
    if not content or crc32(content) != int(checksum):
        raise ValueError
    return content


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
