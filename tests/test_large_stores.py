"""A store with too many statements for pages has the query page, the data of each thing, and its descriptions."""

from collections.abc import Callable

import pytest
from pyoxigraph import Quad, Store

from her2ld import Vocabulary
from her2ld.query.on_disk import Counts
from her2ld.serving import documents
from her2ld.serving.documents import DATASET, SERVICE, documents_of, facts_of
from her2ld.serving.messages import Job, Reply

SAYS = (
    "/{}: cannot be drawn as a page, because the store has more than 5 statements. Remedy: ask for its data "
    "(text/turtle, application/ld+json, application/n-triples, application/rdf+xml, application/trig, "
    "application/n-quads), or query at /query.\n"
)


def store_of(quads: tuple[Quad, ...]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def job(path: str, accept: str = "text/html") -> Job:
    return Job("document", path, accept, (("base", "http://127.0.0.1/"), ("search", "")))


@pytest.fixture
def answers(quads: tuple[Quad, ...], vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> Callable[[Job], Reply]:
    monkeypatch.setattr(documents, "_MOST_STATEMENTS", 5)
    return documents_of(store_of(quads), vocabulary)


def test_a_page_is_refused_and_the_refusal_says_what_to_do(answers: Callable[[Job], Reply]) -> None:
    for path in (
        "",
        "HER2",
        "statement/95a60bbbb907b84e",
        "statements",
        "search",
        "graph/hedged",
        "record/10.1007_BF02967477",
    ):
        reply = answers(job(path))
        assert (reply.status, reply.body.decode()) == (406, SAYS.format(path))
    assert answers(job("Nothing")).status == 404


def test_the_query_page_and_all_data_are_as_in_a_small_store(
    answers: Callable[[Job], Reply], quads: tuple[Quad, ...], vocabulary: Vocabulary
) -> None:
    usual = documents_of(store_of(quads), vocabulary)
    asked = job("query")
    assert answers(asked).status == 200
    assert answers(asked).media_type == "text/html; charset=utf-8"
    for path in ("HER2", "statement/95a60bbbb907b84e", "record/10.1007_BF02967477", "", DATASET, SERVICE):
        asked = job(path, "text/turtle")
        assert answers(asked).status == 200
        assert answers(asked) == usual(asked)


def test_numbers_that_a_load_kept_are_not_counted_again(quads: tuple[Quad, ...], vocabulary: Vocabulary) -> None:
    store = store_of(quads)
    counted = facts_of(store, vocabulary)
    given = facts_of(Store(), vocabulary, counts=Counts(counted.triples, dict(reversed(counted.graphs.items()))))
    assert given == counted
    assert list(given.graphs) == list(counted.graphs)
