"""Files that are either the old ones or the new ones, never half of either."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from her2ld.errors import ExportError, Problem


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a temporary file beside ``path`` that takes its place once the block ends, and vanishes if it raises.

    The folder is made if need be. The bytes are on the disk before the name changes. Raises ExportError where the file
    cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            try:
                yield file
                file.flush()
                os.fsync(file.fileno())
                if path.exists():
                    temporary.chmod(path.stat().st_mode)
                temporary.replace(path)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
        synchronize(path.parent)
    except OSError as error:
        remedy = "give a place that can be written, with room left"
        raise ExportError([Problem(str(path), f"cannot be written ({error.strerror})", remedy)]) from error


def synchronize(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
