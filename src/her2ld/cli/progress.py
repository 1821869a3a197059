"""A bar on a terminal: how much of the sources is read, how fast, and how long it will take."""

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

Progress = Callable[[int, int], None]


@contextlib.contextmanager
def progress_bar(sources: Sequence[str]) -> Iterator[Progress]:
    """Show a bar on standard error if that is a terminal, and nothing if not.

    What is given is told the bytes and the records that were read in all.
    """
    from tqdm import tqdm

    sizes = [_size(source) for source in sources]
    total = None if None in sizes else sum(size for size in sizes if size)
    with tqdm(total=total, unit="B", unit_scale=True, unit_divisor=1024, disable=None, leave=False) as bar:

        def show(stored: int, records: int) -> None:
            bar.set_postfix_str(f"{records:,} records", refresh=False)
            bar.update(stored - bar.n)

        yield show


@contextlib.contextmanager
def step_bar(unit: str) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar for work of several steps on standard error if that is a terminal, and nothing if not.

    What is given is told the step, how much of it is done, and of how much (0 where that is not known).
    """
    from tqdm import tqdm

    with tqdm(unit=f" {unit}", unit_scale=True, disable=None, leave=False) as bar:
        step = ""

        def show(what: str, done: int, total: int) -> None:
            nonlocal step
            if what != step:
                step = what
                bar.reset(total or None)
                bar.set_description_str(what, refresh=False)
            bar.update(done - bar.n)

        yield show


def beside_bar() -> contextlib.AbstractContextManager[None]:
    """Take the bar away while lines are written to standard error."""
    from tqdm import tqdm

    aside: contextlib.AbstractContextManager[None] = tqdm.external_write_mode(file=sys.stderr)
    return aside


def _size(source: str) -> int | None:
    """Return the bytes of a file, None where they are not known."""
    from her2ld.files.streams import STANDARD_INPUT, file_system, is_url

    if source == STANDARD_INPUT:
        return None
    try:
        if not is_url(source):
            return Path(source).stat().st_size
        system, path = file_system(source)
        size: int | None = system.size(path)
    except OSError:  # whoever opens it will say what is wrong with it
        return None
    return size
