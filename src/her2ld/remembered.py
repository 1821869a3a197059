"""A cache for functions whose arguments recur millions of times."""

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Remembered(dict[K, V]):
    """The values of a function of one argument, each computed once: ``remembered[argument]``.

    The cache is a dictionary, which finds a value in a third of the time of ``functools.lru_cache``. It is emptied when
    it has ``most`` values.

    >>> lengths = Remembered(len, most=2)
    >>> [lengths[word] for word in ("HER2", "HER2", "neu", "EGFR")], list(lengths)
    ([4, 4, 3, 4], ['EGFR'])
    """

    def __init__(self, function: Callable[[K], V], most: int) -> None:
        """Begin with an empty cache."""
        super().__init__()
        self._function, self._most = function, most

    def __missing__(self, argument: K) -> V:
        """Compute a value, keep it, and return it."""
        value = self._function(argument)
        if len(self) >= self._most:
            self.clear()
        self[argument] = value
        return value
