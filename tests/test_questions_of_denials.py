"""A question of what papers affirm gives nothing that they deny; one of what they assert gives nothing hedged."""

import csv
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, QueryTriples, Store

from her2ld import (
    Curation,
    Question,
    bind,
    build,
    curation_folders,
    find_question,
    read_curation,
    read_ontology,
    read_questions,
    reason,
)
from her2ld.dataset import without_named_graphs
from her2ld.dataset.rdf_files import read_excerpt
from her2ld.query.default_graph import all_but_hedged
from her2ld.statements import Claim
from her2ld.vocabulary import statement_model as model
from tests.denied import denied, hedged, retracted
from tests.engines import Rows, ask_comunica, ask_oxigraph, ask_rdflib, compact, comunica_is_there
from tests.integration import EXCERPTS

PAPERS = Path(__file__).parent / "queries" / "papers"
MADE_UP = Path(__file__).parent / "claims"
QUESTIONS = [question for question in read_questions() if not question.services]
NOT_AFFIRMING = {model.DENIES.value, model.FINDS_NO.value, model.LEAVES_OPEN.value, model.ABOUT.value}
# They list what no statement says, so that a statement takes a row away and gives none.
OF_ABSENCE = {"relations_never_used", "sentences_without_statement"}
# They list words, sentences and gaps: no row says that something is so.
OF_WORDS = {"aims_of_studies", "cue_words", "not_known", "sentences_of_paper"}

Row = frozenset[tuple[str, str]]


@cache
def curations() -> tuple[Curation, ...]:
    """Return the review, papers that deny, compare groups and give numbers, and two that contradict each other."""
    folders = [*curation_folders(), *curation_folders(PAPERS), *curation_folders(MADE_UP)]
    return tuple(read_curation(folder, read_ontology()) for folder in folders)


def bare(curation: Curation) -> Curation:
    return replace(curation, statements=())


def as_it_is(curation: Curation) -> Curation:
    return curation


@cache
def rows(copy: Callable[[Curation], Curation]) -> dict[str, set[Row]]:
    """Return what a copy of all data answers, by question: each of every end of a claim, of every statement."""
    copies = list(map(copy, curations()))
    values: dict[str, list[NamedNode | Literal]] = {
        "term": sorted({end for each in curations() for said in each.claims for end in _ends(said.claim)}, key=str),
        "integer": [Literal(number) for number in range(10)],
        "iri": [said.iri for each in copies for said in each.statements],
    }
    quads = list(build(read_ontology(), copies))
    excerpts = sorted(file for file in EXCERPTS.iterdir() if file.suffix in {".nt", ".owl"})
    quads += [quad for file in excerpts for quad in read_excerpt(file).quads]
    store, reasoned = Store(), Store()
    store.extend(quads)
    reasoned.extend((*quads, *reason(quads).quads()))
    return {
        question.name: set(_answers(question, reasoned if question.needs_inference else store, values))
        for question in QUESTIONS
    }


def _ends(claim: Claim | None) -> Iterator[NamedNode]:
    yield from (end for end in (claim and claim.subject, claim and claim.object) if end)


def _answers(question: Question, store: Store, values: dict[str, list[NamedNode | Literal]]) -> Iterator[Row]:
    queries = [question.query]
    for parameter in question.parameters:
        queries += [bind(question, {parameter.name: value}) for value in values.get(parameter.type, ())]
    for query in queries:
        results = store.query(query, default_graph=all_but_hedged(store))
        if isinstance(results, QueryTriples):
            yield from (frozenset({("triple", str(triple))}) for triple in results)
            continue
        assert isinstance(results, QuerySolutions)
        names = [variable.value for variable in results.variables]
        for row in results:
            yield frozenset(
                (name, getattr(value, "value", "")) for name, value in zip(names, row, strict=True) if value
            )


@pytest.mark.parametrize("name", [question.name for question in QUESTIONS])
def test_where_all_is_denied_no_row_affirms(name: str) -> None:
    from_statements = rows(denied)[name] - rows(bare)[name]
    assert [row for row in from_statements if dict(row).get("link") not in NOT_AFFIRMING] == []


@pytest.mark.parametrize("name", [question.name for question in QUESTIONS])
def test_where_all_is_hedged_no_row_asserts(name: str) -> None:
    from_statements = rows(hedged)[name] - rows(bare)[name]
    if name in OF_WORDS:
        return
    certain = model.CERTAIN.value
    for row in map(dict, from_statements):
        said = [value for column, value in row.items() if column.endswith("certainty")]
        said += [row["rank"]] if "rank" in row else []
        is_gap = row.get("link") in {model.LEAVES_OPEN.value, model.ABOUT.value}
        assert said or is_gap, row
        assert certain not in row.values()
        assert "3" not in said


@pytest.mark.parametrize("name", [question.name for question in QUESTIONS])
def test_where_all_is_retracted_no_row_comes_of_a_statement_without_saying_so(name: str) -> None:
    if name in OF_WORDS:
        return
    lost = {each.value for each in read_ontology().steering.settling_nothing}
    from_statements = rows(retracted)[name] - rows(bare)[name]
    assert [row for row in from_statements if dict(row).get("standing") not in lost] == []


def test_the_copies_take_something_away() -> None:
    """The two tests above would fail of the data as they are, for every question that is asked of statements."""
    whole, nothing, none_affirmed, none_sure = (rows(copy) for copy in (as_it_is, bare, denied, hedged))
    still_shown = {name for name in whole if rows(retracted)[name] - nothing[name]}
    assert still_shown == {
        "corrected_papers",
        "cue_words",
        "evidence_of",
        "evidence_of_edge",
        "ncit_targets",
        "sentences_of_paper",
        "statements_of_sentence",
    }
    asked_of_statements = {name for name in whole if whole[name] - nothing[name]}
    assert len(asked_of_statements) > 35
    lists_denials = {name for name in whole if none_affirmed[name] - nothing[name]}
    assert lists_denials == {
        "binding_partners", "biomarkers", "certainty_about", "claims_about", "claims_by_support", "compared_agents",
        "cue_words", "denied", "different_numbers", "evidence_of", "evidence_of_edge", "hedge_words",
        "known_of_population", "negative_findings", "not_known", "outcomes_of_regimen", "preclinical_findings",
        "prevalence", "regulators_of_protein", "results_of", "results_of_measure",
        "sentences_of_paper", "statements_by_attribution", "statements_by_basis", "statements_by_certainty",
        "statements_in_setting", "statements_of_sentence", "treatments_of_disease", "who_says",
    }  # fmt: skip
    # These papers state no aim, and of biomarkers only that one is not known to be one.
    unsure = OF_WORDS - {"aims_of_studies"} | {"biomarkers"}
    assert {name for name in asked_of_statements if whole[name] == none_sure[name]} == unsure


OF_STATEMENTS = {
    "Claim", "KnowledgeGap", "Statement", "attribution", "basis", "certainty", "evidence", "hasClaim", "object",
    "relation", "result", "subject",
}  # fmt: skip
LINKS = {"affirms", "denies", "findsNo", "leavesOpen"}


@pytest.mark.parametrize("name", [question.name for question in QUESTIONS])
def test_a_query_about_statements_names_the_link(name: str) -> None:
    query = re.sub(r"^#.*\n", "", find_question(name).query, flags=re.MULTILINE)
    named = set(re.findall(r"her2:(\w+)", query))
    assert "hasClaim" not in named, "it would find what is denied, too"
    if named & OF_STATEMENTS and name not in OF_ABSENCE:
        assert named & (LINKS | {"about"})
    if named & LINKS - {"affirms"}:
        assert " ?link " in re.findall(r"^SELECT .+$", query, re.MULTILINE)[0]
    if "?link" in query:
        assert re.search(r"VALUES \?link \{ her2:|\?link IN \(her2:", query)
    if name in OF_ABSENCE:
        return
    claims = set(re.findall(r"(\?\w+) her2:(?:subject|relation|object)\b", query))
    assert claims <= set(re.findall(r"(?:her2:affirms|her2:leavesOpen|\?link) (\?\w+)", query)), (
        "a claim by itself is said by nobody"
    )


PUBMED = "http://rdf.ncbi.nlm.nih.gov/pubmed/"
ASKED = {
    "asserted": {"subject": "Trastuzumab"},
    "claims_about": {"thing": "PDL1"},
    "claims_by_support": {},
    "cue_words": {},
    "denied": {"thing": "LymphNodeMicrometastasis"},
    "different_numbers": {},
    "differing_statements": {},
    "disputed_claims": {},
    "groups_of_paper": {"paper": f"{PUBMED}33686753"},
    "not_known": {},
    "results_of": {"thing": "Abemaciclib"},
    "results_of_measure": {"measure": "HazardRatio"},
    "statements_in_setting": {},
    "studies_of_paper": {"paper": f"{PUBMED}33686753"},
}


def asked(name: str) -> str:
    values = {each: NamedNode(value if ":" in value else model.HER2LD + value) for each, value in ASKED[name].items()}
    return bind(find_question(name), values)


def written(name: str) -> Rows:
    with (PAPERS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@cache
def data(*, in_one_graph: bool) -> tuple[Quad, ...]:
    quads = tuple(build(read_ontology(), list(curations())))
    return tuple(without_named_graphs(quads)) if in_one_graph else quads


@pytest.mark.parametrize("in_one_graph", [False, True])
@pytest.mark.parametrize("engine", [ask_oxigraph, ask_rdflib, pytest.param(ask_comunica, marks=pytest.mark.slow)])
@pytest.mark.xdist_group("comunica")
def test_papers_that_deny_and_give_numbers_are_answered(
    engine: Callable[..., dict[str, Rows]], *, in_one_graph: bool
) -> None:
    if engine is ask_comunica and not comunica_is_there() and "CI" not in os.environ:
        pytest.skip("Comunica is not installed: npm --prefix tests/comunica install --no-package-lock")
    queries = {name: asked(name) for name in ASKED}
    given = engine(data(in_one_graph=in_one_graph), queries, compact(read_ontology().prefixes))
    order = sorted if engine is ask_comunica else list  # it orders by the rules of a language
    assert {name: order(found) for name, found in given.items()} == {name: order(written(name)) for name in ASKED}
    assert sorted(file.stem for file in PAPERS.glob("*.csv")) == sorted(ASKED)
