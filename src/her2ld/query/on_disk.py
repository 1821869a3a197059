"""The merge of the graphs that are asked as one, kept in the folder of a store: a triple is looked up in one index.

It is a second store, in a folder within that of the store. It shares the files of the store (they are hard links; to
Oxigraph it is a backup), and lacks the graph ``hedged`` and the copies of what stands in several graphs. It is for one
state of the store: if another program writes there, the merge is not used any more.
"""

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad, QuerySolutions, Store

from her2ld.errors import Problem
from her2ld.query.default_graph import all_but_hedged, can_be_compared, repeated
from her2ld.vocabulary import model

KEPT = "her2ld"
_MERGE, _STATE = "merge", "state"


@dataclass(frozen=True, slots=True)
class KeptMerge:
    """The merge that is kept in the folder of a store: a store in which the union of all graphs is it.

    It is None where none is kept, and where it is of another state of the store, which ``problem`` tells.
    """

    store: Store | None = None
    problem: Problem | None = None


def keep_merge(folder: Path) -> bool:
    """Keep the merge of a store in its folder; tell whether that could be done. Nothing else may have the store open.

    The store should be optimized: else RocksDB may still merge files by itself, and the state for which the merge is
    kept has gone. It cannot be kept where graphs are named by blank nodes, or are too many to be compared. Raises
    OSError where the folder cannot be written.
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
    for graph, predicate, pattern in list(repeated(merge, all_but_hedged(merge))):
        rows = merge.query(f"SELECT ?s ?o {{ {pattern} }}")
        assert isinstance(rows, QuerySolutions)  # noqa: S101  # what SELECT gives
        for row in list(rows):
            merge.remove(Quad(row["s"], predicate, row["o"], graph))
    merge.flush()
    (place / _STATE).write_text(_state(folder), encoding="ascii")
    return True


def _come_to_rest(folder: Path) -> None:
    """Open a store until that changes nothing: RocksDB then has put what was in its logs into files of sorted keys."""
    before = ""
    while before != (before := _state(folder)):
        Store(folder)


def kept_merge(folder: Path) -> KeptMerge:
    """Open the merge that is kept in the folder of a store, to be read."""
    place = folder / KEPT
    try:
        state = (place / _STATE).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return KeptMerge()
    if state != _state(folder):
        what = "was changed by another program since her2ld loaded it, so that questions take longer"
        return KeptMerge(problem=Problem(str(folder), what, "load it again with her2ld load"))
    with contextlib.suppress(OSError, RuntimeError):  # as where a part of it is missing: the store has all there is
        return KeptMerge(Store.read_only(str(place / _MERGE)))
    return KeptMerge()


def _state(folder: Path) -> str:
    """Return a digest of the names and sizes of the files that hold the quads of a store.

    RocksDB never changes a file of sorted keys, and writes what is new into a log first. Opening a store changes
    neither.
    """
    files = [*folder.glob("*.sst"), *folder.glob("*.log"), folder / "IDENTITY"]
    sizes = sorted((file.name, file.stat().st_size) for file in files if file.exists())
    return hashlib.sha256(repr([(name, size) for name, size in sizes if size]).encode()).hexdigest()
