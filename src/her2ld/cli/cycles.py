"""Work that Python's collector of cycles would only interrupt: a search takes long, and there is nothing to find."""

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """Switch Python's collector of cycles off: the work makes none, but for the names that each writer remembers.

    These are bounded. What is left after it is not searched either, for the program ends with it.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
