"""The merge of a store's graphs, kept in the folder of the store, so that a triple is looked up in only one index.

The merge is a second store, in a subfolder of the store. It shares the files of the store by hard links, as a backup of
Oxigraph does. It does not have the graph ``hedged``, and has each triple in only one graph. The merge belongs to one
state of the store: if another program writes to the store, the merge is no longer used. The numbers of triples are
kept with it, because Oxigraph takes a second to count two million.
"""

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad, QuerySolutions, Store

from her2ld.errors import Problem
from her2ld.query.default_graph import all_but_hedged, can_be_compared, repeated
from her2ld.vocabulary import model

KEPT = "her2ld"
_MERGE, _STATE, _REPEATED, _COUNTS = "merge", "state", "repeated", "counts.json"


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of triples of the merge, in which each counts once, and of each named graph, by its IRI."""

    merged: int
    graphs: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class KeptMerge:
    """The merge that is kept in the folder of a store: itself a store, whose graphs, taken together, are the merge.

    ``store`` is None if no merge is kept, or if it belongs to another state of the store, as ``problem`` reports.
    """

    store: Store | None = None
    problem: Problem | None = None


def keep_merge(folder: Path) -> bool:
    """Write the merge of a store to its folder, and return whether this was possible.

    Nothing else may have the store open for writing. The store should be optimized beforehand: otherwise, RocksDB may
    still merge files later, and this changes the state to which the merge belongs. No merge is written if a graph is a
    blank node, or if there are too many graphs to compare. Raises OSError if the folder cannot be written.
    """
    _come_to_rest(folder)
    store = Store(folder)
    if not can_be_compared(all_but_hedged(store)):
        return False
    place = folder / KEPT
    place.mkdir()
    store.backup(place / _MERGE)
    del store
    merge = Store(place / _MERGE)
    if merge.contains_named_graph(model.HEDGED_GRAPH):
        merge.remove_graph(model.HEDGED_GRAPH)
    removed = 0
    for graph, predicate, pattern in list(repeated(merge, all_but_hedged(merge))):
        rows = merge.query(f"SELECT ?s ?o {{ {pattern} }}")
        assert isinstance(rows, QuerySolutions)  # noqa: S101  # the result of SELECT
        for row in list(rows):
            merge.remove(Quad(row["s"], predicate, row["o"], graph))
            removed += 1
    merge.flush()
    (place / _REPEATED).write_text(str(removed), encoding="ascii")
    (place / _STATE).write_text(_state(folder), encoding="ascii")
    return True


def keep_counts(folder: Path, named: Mapping[str, int], default: int) -> None:
    """Write the numbers of triples to the folder of a store that has a merge; otherwise, do nothing.

    ``named`` has the number of each named graph by its IRI, ``default`` is that of the default graph.
    """
    place = folder / KEPT
    if place.exists():
        usual = sum(triples for graph, triples in named.items() if graph != model.HEDGED_GRAPH.value)
        merged = default + usual - int((place / _REPEATED).read_text(encoding="ascii"))
        (place / _COUNTS).write_text(json.dumps({"merged": merged, "graphs": dict(named)}), encoding="utf-8")


def kept_counts(folder: Path) -> Counts | None:
    """Return the numbers of triples that are kept in the folder of a store; None if they are of another state."""
    try:
        is_current = (folder / KEPT / _STATE).read_text(encoding="ascii") == _state(folder)
        return Counts(**json.loads((folder / KEPT / _COUNTS).read_bytes())) if is_current else None
    except (OSError, TypeError, ValueError):
        return None


def _come_to_rest(folder: Path) -> None:
    """Open a store until this changes nothing: RocksDB then has moved the data in its logs to files of sorted keys."""
    before = ""
    while before != (before := _state(folder)):
        Store(folder)


def kept_merge(folder: Path) -> KeptMerge:
    """Return the merge that is kept in the folder of a store, opened for reading."""
    place = folder / KEPT
    try:
        state = (place / _STATE).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return KeptMerge()
    if state != _state(folder):
        what = "was changed by another program since her2ld loaded it, so that questions take longer"
        return KeptMerge(problem=Problem(str(folder), what, "load it again with her2ld load"))
    with contextlib.suppress(OSError, RuntimeError):  # for example, a file is missing; the store itself has all triples
        return KeptMerge(Store.read_only(str(place / _MERGE)))
    return KeptMerge()


def _state(folder: Path) -> str:
    """Return a digest of the names and sizes of the files that hold the quads of a store.

    RocksDB never changes a file of sorted keys, and writes new data to a log first. Opening a store changes neither.
    """
    files = [*folder.glob("*.sst"), *folder.glob("*.log"), folder / "IDENTITY"]
    sizes = sorted((file.name, file.stat().st_size) for file in files if file.exists())
    return hashlib.sha256(repr([(name, size) for name, size in sizes if size]).encode()).hexdigest()
