"""Where sentences end: in sentences that were made up, in marked records, and in any text."""

import itertools
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2ld.pubmed.sentences import sentence_bounds
from tests.sentence_ends import FILES, Marked, made_up, of_records, rate

KEPT = sorted((Path(__file__).parent / "sentences").glob("*/record.xml"))
GOAL = 0.995


def _ends(text: str) -> list[int]:
    return [end for _, end in sentence_bounds(text)]


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_bounds(text)]


@pytest.mark.parametrize("marked", [pytest.param(each, id=each.place) for each in made_up()])
def test_made_up_sentences_end_where_they_are_marked(marked: Marked) -> None:
    assert _ends(marked.text) == sorted(marked.ends)


def test_there_are_enough_of_them() -> None:
    assert sum(len(each.ends) for each in made_up()) >= 150


def test_the_records_that_are_kept_here_end_where_they_are_marked() -> None:
    marked = of_records(KEPT)
    assert len(marked) == 2 * len(KEPT)
    assert [(each.place, _ends(each.text)) for each in marked] == [(each.place, sorted(each.ends)) for each in marked]


@pytest.mark.skipif("HER2LD_RECORDS" not in os.environ, reason="HER2LD_RECORDS names no folder with the marked records")
def test_of_all_marked_ends_nearly_all_are_found() -> None:
    marked = of_records(Path(os.environ["HER2LD_RECORDS"]) / name for name in FILES)
    right, missed, wrong = rate(_ends, marked)
    assert right + missed == sum(len(each.ends) for each in marked) > 600
    assert right / (right + missed + wrong) >= GOAL


def test_a_missed_end_and_a_wrong_one_lower_the_rate() -> None:
    marked = [Marked("here", "One. Two. Three.", frozenset({4, 9, 16}))]
    assert rate(lambda _: [4, 9, 16], marked) == (3, 0, 0)
    assert rate(lambda _: [4, 11, 16], marked) == (2, 1, 1)


def test_a_hedge_stays_in_its_own_sentence() -> None:
    text = "HER2 overexpression is frequent. c-erbB-2 gene amplification may possibly induce it."
    assert _sentences(text) == [text[:32], text[33:]]


# What stops, letters, brackets and white space of any kind can come to.
TEXTS = st.one_of(
    st.text(st.sampled_from("Ab1 .?!…\n)([]\"'”é𝛼\t,:。\u00a0")),
    st.lists(
        st.sampled_from(
            ["U.S.", "Fig.", "2", "mTOR", "p53", "et", "al.", "We", "saw", "it.", "(n.s.)", "E.", "coli", "1.", "...",
             "RESULTS:", "AND", "\n\n", "[5].", "i.v.", "No.", "\N{MATHEMATICAL ITALIC SMALL ALPHA}.", "e.g.", ". .",
             "x.1,2", "(", ")"]
        )
    ).map(" ".join),
    st.text(),
)  # fmt: skip


@given(TEXTS)
def test_sentences_and_the_white_space_between_them_are_the_text(text: str) -> None:
    bounds = sentence_bounds(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in bounds)
    edges = [0, *(edge for bound in bounds for edge in bound), len(text)]
    assert edges == sorted(edges)
    between = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    assert "".join(between).strip() == ""
    pieces = [text[start:end] for start, end in itertools.pairwise(edges)]
    assert "".join(pieces) == text


@given(TEXTS)
def test_what_follows_an_empty_line_changes_nothing_before_it(text: str) -> None:
    assert sentence_bounds(f"{text}\n\nEnd")[:-1] == sentence_bounds(f"{text}\n\n")


@pytest.mark.parametrize("piece", ["e.g. ", ". ", "(a. ", "J. ", "\n ", "OF ", "x.y.", "a. B ", "_._ ", "! ("])
def test_the_time_grows_with_the_length_of_a_text_and_not_with_its_square(piece: str) -> None:
    def seconds(times: int) -> float:
        begin = time.process_time()
        sentence_bounds.__wrapped__(piece * times)
        return time.process_time() - begin

    assert min(seconds(4_000) for _ in range(3)) < 32 * max(min(seconds(500) for _ in range(3)), 0.0005)
