"""How the benchmarks measure: whole processes and work within them, in turns, beside another revision of her2ld.

The figure to quote is seconds of CPU, the user's and the system's together: the kernel knows the sum exactly, and
estimates how it is shared. A ratio is taken round by round, since a machine that slows down slows both sides.
"""

import argparse
import compileall
import io
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

Result = TypeVar("Result")
Environment = Mapping[str, str]
MIB = 1 << 20
ROOT = Path(__file__).parent.parent
NOW, BEFORE = "her2ld", "her2ld before"
_OF_OTHERS = Path("src", "her2ld", "pages", "assets", "vendor")

# The greatest memory of a process counts from its fork, with what the process that forked it held. So a process of a
# few MiB starts the one that is measured, and reports to a file.
_LAUNCHER = """
import os, sys, time
report, *command = sys.argv[1:]
begun = time.perf_counter()
process = os.posix_spawnp(command[0], command, os.environ)
_, status, used = os.wait4(process, 0)
clock = time.perf_counter() - begun
with open(report, "w") as file:
    print(used.ru_utime, used.ru_stime, clock, used.ru_maxrss / 1024, file=file)
sys.exit(os.waitstatus_to_exitcode(status) and 1)
"""


class Taken(NamedTuple):
    """What some work took: seconds of CPU in the program and in the kernel, seconds by the clock, and MiB at most."""

    user: float
    system: float
    clock: float
    memory: float

    @property
    def cpu(self) -> float:
        """The seconds of CPU, of both kinds."""
        return self.user + self.system


class Spread(NamedTuple):
    """The median of some figures, the least and the greatest."""

    median: float
    least: float
    greatest: float

    def __format__(self, form: str) -> str:
        """Write all three, each in a form.

        >>> f"{Spread(0.5, 0.25, 1):.2f}"
        '0.50 (0.25 to 1.00)'
        """
        return f"{self.median:{form}} ({self.least:{form}} to {self.greatest:{form}})"


def spread(values: Iterable[float]) -> Spread:
    """Return the median, the least and the greatest of some figures.

    >>> spread([3, 1, 2, 10])
    Spread(median=2.5, least=1, greatest=10)
    """
    known = list(values)
    return Spread(statistics.median(known), min(known), max(known))


def cpu(rounds: Iterable[Taken]) -> Spread:
    """Return the seconds of CPU of some rounds."""
    return spread(each.cpu for each in rounds)


def memory(rounds: Iterable[Taken]) -> float:
    """Return the most that any of some rounds held, in MiB."""
    return max(each.memory for each in rounds)


def ratio(some: Sequence[Taken], others: Sequence[Taken]) -> Spread:
    """Return how many times the CPU of others some rounds took, round by round.

    >>> long, short = (Taken(user, 0.5, 9, 20) for user in (3.5, 0.5))
    >>> ratio([long, long], [short, long])
    Spread(median=2.5, least=1.0, greatest=4.0)
    """
    return spread(one.cpu / other.cpu for one, other in zip(some, others, strict=True))


# --- Work ---------------------------------------------------------------------------------------------------------


def whole(command: Sequence[str | Path], environment: Environment | None = None) -> Taken:
    """Return what a command took from its start to its end, with all that it started and waited for.

    Raises CalledProcessError, with what the command wrote to standard error, where it fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report")
        _run(command, subprocess.DEVNULL, environment, by=(sys.executable, "-I", "-S", "-c", _LAUNCHER, report))
        return Taken(*map(float, report.read_text(encoding="utf-8").split()))


def told_by(command: Sequence[str | Path], environment: Environment | None = None) -> Any:  # noqa: ANN401  # as JSON has it
    """Return what a command wrote to standard output as JSON. Raises CalledProcessError where it fails."""
    return json.loads(_run(command, subprocess.PIPE, environment))


def _run(
    command: Sequence[str | Path], output: int, environment: Environment | None, by: Sequence[str | Path] = ()
) -> str:
    launched = [*by, *command]
    done = subprocess.run(launched, stdout=output, stderr=subprocess.PIPE, text=True, env=environment, check=False)
    if done.returncode:
        sys.stderr.write(done.stderr)
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return done.stdout or ""


def within(work: Callable[[], object]) -> Taken:
    """Return what some work in this process took, with the processes that it waited for, and this process's memory."""
    begun, before = time.perf_counter(), _used()
    work()
    user, system = (after - since for after, since in zip(_used(), before, strict=True))
    return Taken(user, system, time.perf_counter() - begun, _most_memory())


def _used() -> tuple[float, float]:
    own, of_children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + of_children.ru_utime, own.ru_stime + of_children.ru_stime


def _most_memory() -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def latency(work: Callable[[], object], seconds: float, times: int) -> float:
    """Return the median seconds of CPU of work that is done for so many seconds, but at most so many times."""
    taken: list[float] = []
    while not taken or (sum(taken) < seconds and len(taken) < times):
        taken.append(within(work).cpu)
    return statistics.median(taken)


def in_turns(work: Mapping[str, Callable[[], Result]], rounds: int, *, warm: bool = False) -> dict[str, list[Result]]:
    """Do each piece of work once a round, in turns, and return the results by its name.

    The order is reversed after each round, so that none is always first. A warm-up is a round that is not counted.
    """
    names = list(work)
    for name in names if warm else ():
        work[name]()
    results: dict[str, list[Result]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            results[name].append(work[name]())
    return results


def kept(name: str) -> Path:
    """Return the place of what is made or fetched once, in the cache folder of the user."""
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "her2ld" / "benchmarks" / name


# --- Revisions ----------------------------------------------------------------------------------------------------


@contextmanager
def revisions(before: str | None = None) -> Iterator[dict[str, Environment]]:
    """Yield the environments in which Python runs her2ld as it is and, beside it, as it was at a revision of git.

    Both have the packages of now. Both are compiled, as an installed package is.
    """
    with checkouts(before) as folders:
        yield {name: environment(folder) for name, folder in folders.items()}


@contextmanager
def checkouts(before: str | None = None) -> Iterator[dict[str, Path]]:
    """Yield this checkout and, beside it, the files of a revision in a temporary folder."""
    if before is None:
        yield {NOW: ROOT}
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "before")
        command = ["git", "archive", before]
        archived = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)  # git of the machine
        if archived.returncode:
            sys.exit(f"{before} is no revision of {ROOT}: {archived.stderr.decode().strip()}")
        with tarfile.open(fileobj=io.BytesIO(archived.stdout)) as files:
            files.extractall(folder, filter="data")
        if (ROOT / _OF_OTHERS).is_dir():  # git ignores them, and a build would fetch them
            shutil.copytree(ROOT / _OF_OTHERS, folder / _OF_OTHERS, dirs_exist_ok=True)
        yield {NOW: ROOT, BEFORE: folder}


def environment(checkout: Path) -> Environment:
    """Return the environment in which Python runs the her2ld of a checkout, which is compiled."""
    source = checkout / "src"
    compileall.compile_dir(source, quiet=1)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {"PYTHONPATH": str(source)}


def options(documentation: str | None, *, rounds: int, before: bool = True) -> argparse.ArgumentParser:
    """Return a parser of a benchmark's options: how many rounds are done, and the revision to compare with, if any."""
    parser = argparse.ArgumentParser(
        description=documentation, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    if before:
        parser.add_argument("--before", metavar="REVISION", help="a revision of git, to be measured in turn")
    parser.add_argument("--rounds", metavar="NUMBER", type=int, default=rounds, help=f"{rounds}, unless told otherwise")
    return parser
