"""Pages of what papers say: each part of a statement is shown, and nothing denied or hedged looks like a fact."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Store

from her2ld import Curation, build, curation_folders, read_curation, read_ontology
from her2ld.pages import Knowledge, Links, page_paths, read_knowledge, render, stances
from her2ld.vocabulary import model
from tests.denied import NOTICE, corrected, denied, hedged, retracted
from tests.pages.document import Element, outline, read
from tests.test_pages import assert_sound

HERE = Path(__file__).parent
PAPERS = HERE / "queries" / "papers"
MONARCH = "record/pubmed/33686753"
IMPROVES = "claim/1f9b24f8de0edf67"
# What stands before the words of a claim where nothing is stated for certain.
_DENIED = re.compile(r"(?:[Cc]laim: |[Dd]enied(?:, \w+)?:? )$")
_HEDGED = re.compile(
    r"(?:[Cc]laim: |Possible: |affirmed, possible |hedged (?:limited )?|"
    r"(?:[Nn]ot found|[Dd]enied), possible:? |[Ll]eft open:? )$"
)
_RETRACTED = re.compile(r"(?:[Cc]laim: |[Rr]etracted, [a-z ]+(?:, \w+)?:? )$")


@cache
def known(copy: Callable[[Curation], Curation] | None = None) -> Knowledge:
    """Return the review, and papers that deny, compare groups and give numbers; or copies of them."""
    folders = [*curation_folders(), *sorted(folder for folder in PAPERS.iterdir() if folder.is_dir())]
    vocabulary = read_ontology()
    curations = [read_curation(folder, vocabulary) for folder in folders]
    store = Store()
    store.extend(build(vocabulary, [copy(each) for each in curations] if copy else curations))
    return read_knowledge(store, vocabulary)


def page(knowledge: Knowledge, path: str) -> Element:
    document = render(knowledge, path, Links())
    assert document is not None, path
    return read(document)


def statement_of(label: str) -> str:
    (path,) = [path for path, each in known().statements.items() if each.label == label]
    return path


@pytest.mark.parametrize(
    ("path", "file"),
    [
        (statement_of("abemaciclib improves progression-free survival"), "statement_with_results.txt"),
        (
            statement_of("lymph node micrometastasis is indication for adjuvant chemotherapy (denied)"),
            "denied_statement.txt",
        ),
        ("statement/683a163ab0174a6d", "gap.txt"),
        (IMPROVES, "claim.txt"),
        ("claim/575af438d7c90fbc", "claim_not_found.txt"),
        (f"{MONARCH}/study-m2", "study.txt"),
        (f"{MONARCH}/group-pla", "group.txt"),
        ("statements", "statements.txt"),
        ("studies", "studies.txt"),
    ],
)
def test_a_page_says_all_that_is_known(path: str, file: str) -> None:
    assert outline(page(known(), path)) == (HERE / "pages" / file).read_text(encoding="utf-8")


def test_every_page_of_papers_that_deny_and_give_numbers_is_sound() -> None:
    paths = frozenset(page_paths(known()))
    kinds = {"statement/", "claim/", "record/", "statements", "network", ""}
    for path in sorted(paths):
        if path.startswith(tuple(kinds - {""})) or path == "":
            assert_sound(page(known(), path), Links(), paths)


def test_each_kind_of_words_has_a_sign_and_a_word_for_who_sees_no_colour() -> None:
    document = page(known(), statement_of("abemaciclib improves progression-free survival"))
    marks = [
        mark for text in document.all("p", class_="text") for mark in text.all("mark") if "data-is" in mark.attributes
    ]
    assert [(each.text, each.attributes["data-sign"], each.attributes["data-is"]) for each in marks] == [
        ("East Asian population", "W", "where it holds"),
        ("progression-free survival (PFS)", "O", "object"),
        ("abemaciclib", "S", "subject"),
        (" arm", "W", "where it holds"),
        ("placebo", "W", "where it holds"),
        *((number, "N", "number") for number in ("0.520", "0.362", "0.747", ".001", "21.2", "11.6")),
    ]
    (legend,) = document.all("ul", class_="marks")
    assert [" ".join(each.text.split()) for each in legend.all("li")] == [
        "S subject: abemaciclib",
        "O object: progression-free survival (PFS)",
        "W where it holds: East Asian population (population), placebo (compared with), abemaciclib arm (in group)",
        "N number: 0.520, 0.362, 0.747, .001, 21.2, 11.6",
    ]


def own_words(document: Element) -> str:
    """Return what a page says but for the words of the authors, one space between words."""

    def parts(element: Element) -> Iterator[str]:
        for each in element.content:
            if isinstance(each, str):
                yield each
            elif (
                each.name not in {"blockquote", "q", "script"}
                and "text" not in each.attributes.get("class", "").split()
            ):
                yield from parts(each)
                if each.name not in {"a", "b", "span", "mark"}:
                    yield " "

    return " ".join("".join(parts(document)).split())


@pytest.mark.parametrize(
    ("copy", "guard", "absent"),
    [
        (denied, _DENIED, (stances.STATED, stances.UNSURE, stances.ASKED)),
        (hedged, _HEDGED, (stances.STATED,)),
        (retracted, _RETRACTED, tuple(each for each in stances.STANCES if each is not stances.RETRACTED)),
    ],
    ids=["denied", "hedged", "retracted"],
)
def test_no_page_of_a_copy_that_denies_hedges_or_retracts_all_says_a_claim_as_a_fact(
    copy: Callable[[Curation], Curation], guard: re.Pattern[str], absent: tuple[stances.StanceWords, ...]
) -> None:
    """Each claim has before it how it is said, and no heading and no form is that of what is stated."""
    knowledge = known(copy)
    claims = [each[0].claim for each in knowledge.claims.values()]
    phrases = {words for claim in claims if claim and (words := stances.claim_words(knowledge, claim))}
    assert len(phrases) > 45
    sought = re.compile("|".join(map(re.escape, sorted(phrases, key=len, reverse=True))))
    headings = {each.heading for each in absent} | {each.of_claim for each in absent}
    names = {each.name for each in absent}
    seen: set[str] = set()
    for path in page_paths(knowledge):
        if path == "query" or path.startswith("ontology/"):  # its answers have a test of their own; a page twice
            continue
        document = page(knowledge, path)
        said = own_words(document)
        for found in sought.finditer(said):
            assert guard.search(said[: found.start()]), (path, said[max(0, found.start() - 60) : found.end()])
            seen.add(found[0])
        shown = {re.sub(r"\s*\d+$", "", each.text.strip()) for level in "1234" for each in document.all(f"h{level}")}
        assert not shown & headings, path
        for kind in ("claim", "stands"):
            for each in document.all(class_=kind):
                assert not names & set(each.attributes["class"].split()), path
    assert seen == phrases


def lines_of(document: Element) -> list[dict[str, object]]:
    (script,) = document.all("script", type="application/json")
    found: list[dict[str, object]] = json.loads(script.text)["lines"]
    return found


def test_the_network_has_a_line_for_each_plain_triple_and_none_for_what_is_denied() -> None:
    document = page(known(), "network")
    triples = {
        graph: {
            (str(quad.subject), str(quad.object)) for quad in known().store.quads_for_pattern(None, None, None, graph)
        }
        for graph in (model.ASSERTED_GRAPH, model.HEDGED_GRAPH)
    }
    for asserted, graph in ((True, model.ASSERTED_GRAPH), (False, model.HEDGED_GRAPH)):
        drawn = [(each["source"], each["target"]) for each in lines_of(document) if each["asserted"] is asserted]
        assert set(drawn) == triples[graph]
        assert drawn
    (table,) = document.all("tbody")
    assert len(table.all("tr")) == len(lines_of(document))
    assert "lymph node micrometastasis" not in document.text


def test_nothing_denied_has_a_line_and_nothing_hedged_a_solid_one() -> None:
    assert lines_of(page(known(denied), "network")) == []
    assert lines_of(page(known(retracted), "network")) == []
    assert page(known(denied), "network").all("tbody")[0].all("tr") == []
    assert page(known(denied), "").all("script", type="application/json") == []
    for path in ("network", ""):
        assert {each["asserted"] for each in lines_of(page(known(hedged), path))} == {False}


def counts(knowledge: Knowledge) -> list[str]:
    (numbers,) = page(knowledge, "").all("ul", class_="numbers")
    return [" ".join(each.text.split()) for each in numbers.all("li")][:-2]


def test_the_home_page_counts_what_is_denied_and_what_is_hedged_apart() -> None:
    assert counts(known()) == [
        "4 papers", "54 statements", "9 of them hedged", "1 of them denied", "2 of them not found",
        "3 of them with numbers", "2 knowledge gaps", "1 study",
    ]  # fmt: skip
    assert counts(known(denied)) == [
        "4 papers",
        "55 statements",
        "0 of them hedged",
        "55 of them denied",
        "3 of them with numbers",
        "1 knowledge gap",
        "1 study",
    ]
    assert counts(known(hedged))[2:4] == ["51 of them hedged", "1 of them denied"]


def test_a_claim_that_is_denied_elsewhere_says_so_beside_who_states_it() -> None:
    vocabulary = read_ontology()
    monarch = read_curation(PAPERS / "33686753", vocabulary)
    store = Store()
    store.extend([*build(vocabulary, [monarch]), *build(vocabulary, [denied(monarch)])])
    document = page(read_knowledge(store, vocabulary), IMPROVES)
    assert [" ".join(each.text.split()) for each in document.all("h2")] == [
        "Opposing statements 1", "Who states it 1", "Who denies it 1", "Its numbers side by side",
    ]  # fmt: skip
    (plain,) = document.all("p", class_="plain")
    assert " ".join(plain.text.split()) == (
        "no plain triple disputed It is not among the plain triples: "
        "the claim is disputed in the same or a wider setting."
    )


def corrected_once(curation: Curation) -> Curation:
    """Return a copy of which the paper has an erratum, an expression of concern and a comment."""
    notices = (
        NOTICE._replace(kind="CommentIn", source="Made Up. 2026;1:2", pmid=None),
        NOTICE._replace(kind="ErratumIn", source="Made Up. 2026;1:3. doi: 10.1000/made.up", pmid=None),
        NOTICE._replace(kind="ExpressionOfConcernIn"),
    )
    return corrected(curation, *notices)


@pytest.mark.parametrize(
    ("copy", "marks"),
    [(retracted, ["retracted"]), (corrected_once, ["corrected", "of concern"])],
    ids=["retracted", "corrected"],
)
def test_every_page_that_shows_a_statement_shows_what_became_of_its_paper(
    copy: Callable[[Curation], Curation], marks: list[str]
) -> None:
    """A word is there, not only a colour: beside each statement, each paper and each witness of a claim."""
    knowledge = known(copy)
    for path in page_paths(knowledge):
        document = page(knowledge, path)
        for each in document.all(class_="claim"):
            assert [mark.text for mark in each.all(class_="standing")] == marks, path
        if path in {"", "records"}:
            papers = document.all("ul", class_="papers")[0].all("li")
            assert [[mark.text for mark in each.all(class_="standing")] for each in papers] == [marks] * len(papers)
        heads = [*document.all("p", class_="certainty"), *document.all("p", class_="citation")]
        assert bool(heads) == (path in knowledge.statements or bool(document.all("article", class_="record"))), path
        for head in heads:
            assert [mark.text for mark in head.all(class_="standing")] == marks, path
        if path.startswith("claim/"):
            rows = [row for body in document.all("tbody") for row in body.all("tr")]
            assert rows
            assert all([mark.text for mark in row.all(class_="standing")] == marks for row in rows), path


def test_the_page_of_a_paper_lists_its_comments_and_corrections() -> None:
    document = page(known(corrected_once), MONARCH)
    (shown,) = document.all("ul", class_="corrections")
    assert [" ".join(each.text.split()) for each in shown.all("li")] == [
        "corrected erratum in: Made Up. 2026;1:3. doi: 10.1000/made.up https://doi.org/10.1000/made.up",
        "of concern expression of concern in: Made Up. 2026;1:1 http://rdf.ncbi.nlm.nih.gov/pubmed/1",
        "comment in: Made Up. 2026;1:2",
    ]
    assert not page(known(), MONARCH).all("ul", class_="corrections")
