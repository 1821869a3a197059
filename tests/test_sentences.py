"""The sentences of papers that the model was made for, one by one: what is written of each, whole."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from her2ld import Vocabulary, read_curation
from tests.readable import readable, written

FOLDER = Path(__file__).parent / "sentences"
PAPERS = sorted(file.parent.name for file in FOLDER.glob("*/statements.toml"))


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_says_just_this(paper: str, vocabulary: Vocabulary) -> None:
    """To write the files anew: ``python -m tests.test_sentences``; then read what changed."""
    curation = read_curation(FOLDER / paper, vocabulary)
    expected = (FOLDER / paper / "expected.trig").read_text(encoding="utf-8")
    assert readable(curation, vocabulary) == expected
    assert {*parse(expected, format=RdfFormat.TRIG)} == {*written(curation, vocabulary)}


def write() -> None:
    """Write what is expected of each paper."""
    from her2ld import read_ontology  # tests have it as a fixture

    vocabulary = read_ontology()
    for paper in PAPERS:
        text = readable(read_curation(FOLDER / paper, vocabulary), vocabulary)
        (FOLDER / paper / "expected.trig").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
