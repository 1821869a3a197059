"""Kills a process that writes, at each line of ``her2ld.files`` in turn, and says what readers then find.

    python -m tests.killing WRITER FOLDER [without-exchange]

Each killed process is a copy of this one that takes itself for number 1, as the first process of a container is.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import her2ld.files
from her2ld.files import folders
from her2ld.files.folders import made, replacing_files, replacing_folder, take_place
from her2ld.files.writing import replacing

FILES = Path(her2ld.files.__file__).parent
NAMES = ("nodes.tsv", "edges.tsv")
FEWEST_STEPS = 30

_real_number = os.getpid


def file(place: Path, text: str) -> None:
    """Write a file."""
    with replacing(place / "out.ttl") as out:
        out.write(text.encode())


def folder(place: Path, text: str) -> None:
    """Write a folder of two files."""
    with replacing_folder(place / "site") as work:
        new = made(work.folder / "new")
        for name in ("a", "b"):
            (new / name).write_text(text)
        take_place(new, work)


def tables(place: Path, text: str) -> None:
    """Write two files that belong together, into a folder of their own."""
    with replacing_files(place / "tables", NAMES) as files:
        for each in files:
            each.write(text.encode())


def tables_among_others(place: Path, text: str) -> None:
    """Write two files that belong together, beside one that is none of ours."""
    (place / "shared").mkdir(exist_ok=True)
    (place / "shared" / "letter.txt").write_text("mine")
    with replacing_files(place / "shared", NAMES) as files:
        for each in files:
            each.write(text.encode())


WRITERS = {each.__name__: each for each in (file, folder, tables, tables_among_others)}


def state(place: Path) -> dict[str, str]:
    """Return what a reader sees: hidden names are those of work that goes on or was broken off."""
    files = {str(path.relative_to(place)): path for path in sorted(place.rglob("*")) if path.is_file()}
    return {name: path.read_text() for name, path in files.items() if not name.startswith(".") and "/." not in name}


def hidden(place: Path) -> list[str]:
    """Return the names of work that goes on or was broken off."""
    return [path.name for path in place.rglob(".*")]


def without_exchange(*_: object) -> None:
    """Refuse the exchange, as some file systems do."""
    raise OSError(0, "two folders cannot be exchanged here")


class Steps:
    """Counts the lines of her2ld.files as they run, and kills this process at one of them."""

    def __init__(self, killed_at: int | None) -> None:
        """Begin to count."""
        self.count, self.killed_at = 0, killed_at

    def trace(self, frame: FrameType, event: str, _: Any, /) -> Any:  # noqa: ANN401  # as sys has it
        """Be told of a line, as sys.settrace has it."""
        if Path(frame.f_code.co_filename).parent != FILES:
            return None
        if event == "line":
            self.count += 1
            if self.count == self.killed_at:
                os.kill(_real_number(), signal.SIGKILL)
        return self.trace


def in_a_child(work: Callable[[], None], killed_at: int | None = None) -> tuple[int, int]:
    """Run some work in a copy of this process; give its status, and how many lines it ran if it was not killed."""
    reading, sending = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            steps = Steps(killed_at)
            vars(os)["getpid"] = lambda: 1
            sys.settrace(steps.trace)
            work()
            sys.settrace(None)
            os.write(sending, str(steps.count).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(sending)
    with os.fdopen(reading) as said:
        count = said.read()
    return os.waitpid(child, 0)[1], int(count or 0)


def found_by_readers(write: Callable[[Path, str], None], place: Path) -> set[str]:
    """Kill the writing of "new" over "old" at each line in turn, and return what readers found each time.

    Each time the next writing works, and leaves nothing hidden.
    """
    write(place, "old")
    before = state(place)
    status, steps = in_a_child(lambda: write(place, "new"))
    assert status == 0
    assert state(place) == {name: text.replace("old", "new") for name, text in before.items()}
    assert steps > FEWEST_STEPS
    found = set()
    for step in range(1, steps + 1):
        write(place, "old")
        assert state(place) == before
        assert hidden(place) == []
        status, _ = in_a_child(lambda: write(place, "new"), step)
        assert status == signal.SIGKILL
        after = state(place)
        found.add(" ".join(after.get(name, "missing") for name in before))
    write(place, "old")
    assert hidden(place) == []
    return found


if __name__ == "__main__":
    vars(os)["fsync"] = lambda _: None  # the disk goes on when a process is killed
    vars(folders)["_AT_A_TIME"] = 1
    if sys.argv[3:] == ["without-exchange"]:
        vars(folders)["_exchange"] = without_exchange
    for each in sorted(found_by_readers(WRITERS[sys.argv[1]], Path(sys.argv[2]))):
        print(each)  # noqa: T201  # to the test
