"""Questions answered by two processes: the second one is a copy of the first and has the data that it has."""

import json
import multiprocessing
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence

from pyoxigraph import NamedNode

from her2ld.validation.author_report import from_row, row_of
from her2ld.validation.merged import SeenData
from her2ld.validation.queries import ConstraintQuery, answers
from her2ld.validation.report import ShapeResult

# With fewer triples, a second process takes longer to be made than it saves.
_ENOUGH = 100_000


def can_share(data: SeenData) -> bool:
    """Tell whether a second process is of use: there is a processor for it, and enough to do."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and len(data.store) >= _ENOUGH


def shared_answers(
    asked: Sequence[ConstraintQuery], data: SeenData, work: Callable[[], list[ShapeResult]]
) -> tuple[list[ShapeResult], set[NamedNode]]:
    """Return what ``work`` gives and what the questions give, as :func:`answers` does.

    A second process answers questions meanwhile; when the work is done, both take what is left. Raises RuntimeError
    where the second process breaks down.
    """
    context = multiprocessing.get_context("fork")
    place = context.Value("i", 0)
    receiving, sending = context.Pipe(duplex=False)

    def left() -> Iterator[ConstraintQuery]:
        while True:
            with place.get_lock():
                number, place.value = place.value, place.value + 1
            if number >= len(asked):
                return
            yield asked[number]

    def be_second() -> None:
        results, unanswered = answers(left(), data)
        rows = [row_of(each) for each in results]
        sending.send_bytes(json.dumps([rows, [each.value for each in unanswered]]).encode())

    second = context.Process(target=be_second, daemon=True)
    with warnings.catch_warnings():
        # Python 3.12 warns where threads run: the copy has none of them, and ends with its work.
        warnings.simplefilter("ignore", DeprecationWarning)
        second.start()
    sending.close()
    try:
        others = work()
        results, unanswered = answers(left(), data)
        rows, more = json.loads(receiving.recv_bytes())
    except EOFError as error:
        raise RuntimeError("the second process broke down") from error
    finally:
        second.kill()
        second.join()
        receiving.close()
    return [*others, *results, *map(from_row, rows)], unanswered | {NamedNode(each) for each in more}
