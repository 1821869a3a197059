"""What is found in records that were marked by hand: tests/marked says how and by whom."""

import pytest

from her2ld import Vocabulary
from tests.marked import (
    HER2_TERMS,
    NOT_THERE,
    UNKNOWN,
    Found,
    Mark,
    MarksError,
    found_in,
    marked_articles,
    measured,
    read_marks,
    summary,
)
from tests.pubmed.inputs import FOLDER, REAL, more

MARKS = read_marks()
STATUSES = {"positive", "negative", "low", UNKNOWN}
# A record of the repository that is none of the marked ones.
PMID, TITLE = "399297", "[The pineal body]."


def test_the_table_of_marks_is_sound(vocabulary: Vocabulary) -> None:
    labels = {term.label for term in vocabulary.terms.values()}
    wrong = [
        mark
        for mark in MARKS
        if mark.part not in {"title", "abstract"}
        or mark.end - mark.start != len(mark.exact)
        or mark.exact != mark.exact.strip()
        or mark.group not in {"her2", "agent", "disease"}
        or mark.status not in STATUSES
        or (mark.status != UNKNOWN and mark.group != "her2")
        or mark.term != HER2_TERMS.get(mark.kind, mark.term)
        or mark.term not in labels | {UNKNOWN}
    ]
    assert wrong == []
    assert len({mark.pmid for mark in MARKS}) == 40
    keys = [(mark.pmid, mark.part, mark.start, mark.end, mark.group) for mark in MARKS]
    assert len(keys) == len(set(keys))


def test_a_name_that_the_ontology_has_is_marked_with_its_term(vocabulary: Vocabulary) -> None:
    assert [mark for mark in MARKS if mark.term == UNKNOWN and vocabulary.find(mark.exact)] == []


def test_marks_of_one_place_lie_within_each_other_or_share_a_word() -> None:
    crossing = [
        (one.exact, other.exact)
        for one in MARKS
        for other in MARKS
        if one.place == other.place and one.start < other.start < one.end < other.end
    ]
    assert crossing == []


def mark(text: str, exact: str, kind: str, term: str, status: str = UNKNOWN) -> Mark:
    start = text.index(exact)
    return Mark("1", "title", start, start + len(exact), exact, kind, term, status)


def found(text: str, exact: str, term: str, group: str, status: str = UNKNOWN, *, counts: bool = True) -> Found:
    start = text.index(exact)
    return Found(start, start + len(exact), exact, term, status, group, counts)


def test_what_is_missed_false_or_of_another_status_is_counted() -> None:
    text = "HER2- and ErbB2, trastuzumab emtansine (T-DM1), madeupmab, nausea and death in human breast cancer"
    marks = [
        mark(text, "HER2", "her2-protein", "HER2 protein", "negative"),
        mark(text, "ErbB2", "her2-gene", "HER2 gene"),
        mark(text, "trastuzumab emtansine", "agent", "trastuzumab emtansine"),
        mark(text, "T-DM1", "agent", "trastuzumab emtansine"),
        mark(text, "madeupmab", "agent", UNKNOWN),
        mark(text, "nausea", "disease", "nausea"),
        mark(text, "human breast cancer", "disease", "breast cancer"),
    ]
    mentions = [
        found(text, "HER2", "HER2 protein", "her2"),
        found(text, "ErbB2", "HER2 in other species", "her2"),
        found(text, "trastuzumab emtansine (T-DM1)", "trastuzumab emtansine", "agent"),
        found(text, "trastuzumab", "trastuzumab", "agent"),
        found(text, "nausea", "nausea", "disease", counts=False),
        found(text, "death", "death", "disease", counts=False),
        found(text, "breast cancer", "breast cancer", "disease"),
        found(text, "cancer", "cancer", "disease"),
        found(text, "human", "human", ""),
    ]
    result = measured(marks, {("1", "title"): mentions})
    assert list(summary(result)) == [
        "                                  marked  recall   found  precision",
        "HER2                                   2   1.000       2      1.000",
        "HER2, gene                             1   0.000       0      1.000",
        "HER2, protein                          1   1.000       1      1.000",
        "HER2, other species                    0   1.000       1      0.000",
        "agents                                 3   0.667       2      0.500",
        "agents that the ontology has           2   1.000",
        "diseases                               2   0.500       3      0.667",
        "diseases that the ontology has         2   0.500",
        "HER2, status right                     2   0.500",
    ]
    assert [each.exact for each in result.scores["agents"].missed] == ["madeupmab"]
    assert [each.exact for _, each in result.scores["diseases"].false] == ["cancer"]
    assert [(each.exact, instead.status) for each, instead in result.wrong_status] == [("HER2", UNKNOWN)]


def test_a_name_without_a_term_is_found_at_its_place() -> None:
    text = "madeupmab"
    marks = [mark(text, text, "agent", UNKNOWN)]
    result = measured(marks, {("1", "title"): [found(text, text, "madeupmab", "agent")]})
    assert (result.scores["agents"].recall, result.scores["agents"].precision) == (1.0, 1.0)


def test_a_record_that_is_missing_or_another_is_named() -> None:
    of_another = Mark(PMID, "title", 0, 3, "§§§", "agent", UNKNOWN, UNKNOWN)
    with pytest.raises(MarksError) as caught:
        marked_articles([of_another, MARKS[0]], [str(REAL)])
    assert [(problem.where, problem.what) for problem in caught.value.problems] == [
        (f"PMID {MARKS[0].pmid}", NOT_THERE),
        (f"PMID {PMID}, title, 0 to 3", f"“{TITLE[:3]}” stands where “§§§” is marked"),
    ]


def test_her2_is_found_as_it_was_marked(vocabulary: Vocabulary) -> None:
    files = [str(path) for path in more()]
    if not files:
        pytest.skip(f"put the marked records into a folder and name it in {FOLDER}, or into pubmed-records")
    try:
        articles = marked_articles(MARKS, files)
    except MarksError as error:
        if any(problem.what != NOT_THERE for problem in error.problems):
            raise
        pytest.skip(f"the folder that {FOLDER} names lacks {len(error.problems)} of the marked records")
    result = measured(MARKS, found_in(articles, vocabulary))
    told = "\n".join(summary(result))
    assert result.scores["HER2"].recall >= 0.98, told
    assert result.scores["HER2"].precision >= 0.98, told
    assert result.status_right >= 0.97, told
