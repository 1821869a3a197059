"""What is drawn or looked up once: a page is the same whatever was drawn before it, and no more is kept than said."""

from functools import partial
from typing import NoReturn

import pytest
from pyoxigraph import NamedNode, Quad, Store

from her2ld import Vocabulary
from her2ld.pages import Knowledge, Links, read_knowledge, render
from her2ld.pages.links import FIXED, ONTOLOGY
from her2ld.serving import documents
from her2ld.serving.documents import documents_of
from her2ld.serving.messages import Job, Reply
from her2ld.site.site_addresses import links_in
from tests.pages.sampling import sample, without_unneeded

BASE = (("base", "http://127.0.0.1:8000/"), ("search", ""))
# Each has other addresses, or offers other forms of RDF.
PLACES = (
    Links(),
    Links(formats=(("TriG", "trig"),)),
    Links("../", ".html", None, ()),
    links_in("a.html", ()),
    links_in("a/b.html", (("Turtle", "ttl"),)),
)


@pytest.fixture(scope="module")
def store(quads: tuple[Quad, ...]) -> Store:
    """Return the review, without the entities that it does not speak of."""
    store = Store()
    store.extend(without_unneeded(quads))
    return store


def test_a_page_is_the_same_whatever_was_drawn_before(store: Store, vocabulary: Vocabulary) -> None:
    known = read_knowledge(store, vocabulary)
    paths = [path for path in sample(known) if not path.startswith(ONTOLOGY)]
    after_others = {(path, place): render(known, path, place) for path in paths for place in PLACES}
    for place in PLACES:
        known = read_knowledge(store, vocabulary)
        for path in reversed(paths):
            assert render(known, path, place) == after_others[path, place], path
    assert len(set(after_others.values())) > 4 * len(paths)


@pytest.mark.parametrize(
    "place", [PLACES[0], *(pytest.param(each, marks=pytest.mark.slow) for each in PLACES[1:])], ids=range(len(PLACES))
)
def test_the_menu_marks_the_page_that_is_open_and_no_other(store: Store, vocabulary: Vocabulary, place: Links) -> None:
    knowledge = read_knowledge(store, vocabulary)
    for path in (*FIXED, "HER2"):
        marked = [line for line in (render(knowledge, path, place) or "").splitlines() if "aria-current" in line]
        assert [f'href="{place.page(path)}" aria-current="page"' in line for line in marked] == (
            [] if path in {"", "HER2"} else [True]
        ), path


def test_a_statement_has_its_year_wherever_its_paper_is_not_the_page(store: Store, vocabulary: Vocabulary) -> None:
    knowledge = read_knowledge(store, vocabulary)
    for path, has_year in (("statements", True), ("record/10.1007_BF02967477", False), ("HER2", True)):
        document = render(knowledge, path, Links()) or ""
        assert 'class="claim ' in document
        assert ('class="year"' in document) is has_year, path


def test_a_thing_is_computed_once_and_the_oldest_results_make_room(store: Store, vocabulary: Vocabulary) -> None:
    knowledge = read_knowledge(store, vocabulary)
    asked: list[int] = []

    def square(of: Knowledge, number: int) -> int:
        assert of is knowledge
        asked.append(number)
        return number**2

    assert [knowledge.once(square, number, most=2) for number in (1, 2, 1, 2, 3, 1)] == [1, 4, 1, 4, 9, 1]
    assert asked == [1, 2, 3, 1]


def test_a_list_of_papers_reads_none_of_their_texts(
    store: Store, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError

    monkeypatch.setattr("her2ld.pages.papers._read_text", refuse)
    knowledge = read_knowledge(store, vocabulary)
    assert "BF02967477" in (render(knowledge, "records", Links()) or "")
    with pytest.raises(AssertionError):
        render(knowledge, "record/10.1007_BF02967477", Links())


def shown(answer: Reply) -> str:
    assert answer.status == 200, answer
    return answer.body.decode()


@pytest.mark.parametrize(("most", "in_advance"), [(2_000, FIXED), (1, ("", "query", "ontology"))])
def test_pages_that_were_drawn_in_advance_are_those_that_would_be_drawn(
    store: Store,
    vocabulary: Vocabulary,
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    in_advance: tuple[str, ...],
) -> None:
    drawn: list[str] = []

    def drawing(knowledge: Knowledge, path: str, *given: object) -> str | None:
        drawn.append(path)
        return render(knowledge, path, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(documents, "render", drawing)
    monkeypatch.setattr(documents, "_MANY_STATEMENTS", most)
    answer = documents_of(store, vocabulary)
    assert set(drawn) == {*in_advance} - {"ontology"}
    drawn.clear()
    expected = partial(render, read_knowledge(store, vocabulary), links=Links())
    for path in FIXED:
        assert shown(answer(Job("document", path, "text/html", BASE))) == expected(path), path
    assert set(drawn) == {*FIXED} - {*in_advance} | {"ontology"}
    # A query that a browser without scripts sent is answered on a page of its own.
    asked = (("query", "ASK {}"), ("answer_type", "application/sparql-results+json"), ("answer", '{"boolean":true}'))
    assert "what was asked" in shown(answer(Job("document", "query", "text/html", (*BASE, *asked))))


def test_a_statement_is_found_by_its_iri(store: Store, vocabulary: Vocabulary) -> None:
    knowledge = read_knowledge(store, vocabulary)
    for statement in knowledge.statements.values():
        assert knowledge.statement(statement.iri) is statement
    with pytest.raises(KeyError):
        knowledge.statement(NamedNode("https://w3id.org/her2ld/HER2"))
