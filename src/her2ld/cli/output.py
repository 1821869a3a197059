"""Where a verb writes: a file that is whole or the old one, or standard output."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO


@contextlib.contextmanager
def opened(place: Path | str | None) -> Iterator[IO[bytes]]:
    """Open a file or a URL to be written, or standard output for None.

    Raises ExportError where it cannot be written.
    """
    from her2ld.errors import ExportError, Problem
    from her2ld.files.writing import opened_to_write

    if place:
        with opened_to_write(str(place)) as file:
            yield file
        return
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # the reader has had enough; click ends quietly
    except OSError as error:
        what = f"cannot be written ({error.strerror})"
        raise ExportError([Problem("standard output", what, "make room, or write to a file")]) from error
