"""The questions give the answers written beside this test, on engines that know nothing of each other."""

import csv
import os
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest
import rdflib
from docs import draw_questions
from pyoxigraph import DefaultGraph, NamedNode, Quad
from rdflib.plugins.sparql import prepareQuery

from her2ld import Vocabulary, build, curation_folders, read_curation, read_ontology, read_questions, reason
from her2ld.dataset import without_named_graphs
from her2ld.vocabulary import model, standard
from tests.engines import Rows, ask_comunica, ask_oxigraph, ask_rdflib, compact, comunica_is_there
from tests.pages.sampling import without_unneeded

ANSWERS = Path(__file__).parent / "queries"
QUESTIONS = {
    question.name: question for question in read_questions() if not question.services and not question.excerpts
}
QUERIES = {name: question.query for name, question in QUESTIONS.items()}


def written(name: str) -> Rows:
    with (ANSWERS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@cache
def loadings() -> dict[str, tuple[Quad, ...]]:
    """Return the shipped data as named graphs, and as one graph of triples."""
    vocabulary = read_ontology()
    quads = tuple(build(vocabulary, [read_curation(folder, vocabulary) for folder in curation_folders()]))
    return {"named graphs": quads, "one graph": tuple(without_named_graphs(quads))}


@cache
def smaller() -> dict[str, tuple[Quad, ...]]:
    """Return the named graphs without the terms that no paper speaks of: slow engines, which join them, read these."""
    return {"named graphs": tuple(without_unneeded(loadings()["named graphs"]))}


def answers(engine: Callable[..., dict[str, Rows]], data: dict[str, tuple[Quad, ...]]) -> dict[tuple[str, str], Rows]:
    """Return the answers by loading and question. All are asked at once: an engine that is warm is twice as fast."""
    given = {loading: ask(engine, quads) for loading, quads in data.items()}
    return {(loading, name): rows for loading, answered in given.items() for name, rows in answered.items()}


def ask(engine: Callable[..., dict[str, Rows]], quads: Iterable[Quad]) -> dict[str, Rows]:
    """Ask all questions, with what follows where they need it."""
    quads = tuple(quads)
    follows = reason(quads).quads()
    if quads[0].graph_name == DefaultGraph():
        follows = (Quad(quad.subject, quad.predicate, quad.object) for quad in follows)
    needing = {name: query for name, query in QUERIES.items() if QUESTIONS[name].needs_inference}
    others = {name: query for name, query in QUERIES.items() if name not in needing}
    short = compact(read_ontology().prefixes)
    return engine(quads, others, short) | engine((*quads, *follows), needing, short)


def test_there_are_questions_and_each_has_its_answer() -> None:
    assert len(QUESTIONS) >= 24
    assert sorted(file.stem for file in ANSWERS.glob("*.csv")) == sorted(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_says_what_it_asks(name: str) -> None:
    question = QUESTIONS[name]
    assert question.title
    assert question.question.endswith("?")
    assert question.keywords
    assert question.entailment
    assert all(re.fullmatch(r"[a-z].+[^.]", parameter.meaning) for parameter in question.parameters)


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_has_a_row_or_says_why_not(name: str) -> None:
    assert (len(written(name)) > 1) != bool(QUESTIONS[name].may_be_empty)


def test_each_question_gives_its_answer() -> None:
    given = answers(ask_oxigraph, loadings())
    assert given == {(loading, name): written(name) for loading in loadings() for name in QUERIES}


@cache
def expected() -> dict[tuple[str, str], Rows]:
    """Return what pyoxigraph, of which the answers are read above, says of the smaller data."""
    found = answers(ask_oxigraph, smaller())
    same = [asked for asked, rows in found.items() if rows == written(asked[1])]
    assert len(same) > 0.9 * len(found)
    return found


def test_each_question_gives_its_answer_on_another_engine() -> None:
    assert answers(ask_rdflib, smaller()) == expected()


@pytest.mark.slow
@pytest.mark.skipif(
    not comunica_is_there() and "CI" not in os.environ,
    reason="Comunica is not installed: npm --prefix tests/comunica install --no-package-lock",
)
def test_each_question_gives_its_answer_on_a_third_engine() -> None:
    """Comunica orders by the rules of a language, and not by code points: the rows alone are compared."""
    given = {asked: sorted(rows) for asked, rows in answers(ask_comunica, smaller()).items()}
    assert given == {asked: sorted(rows) for asked, rows in expected().items()}


# Engines differ on these: what they give, in which order, or whether they know them at all.
DIFFERS = {
    r"\b(GROUP_CONCAT|SAMPLE|MINUS|REDUCED|DESCRIBE|ASK)\b": "engines read it in their own ways",
    r"\b(BNODE|UUID|STRUUID|RAND|NOW|TIMEZONE|TZ)\b": "an answer is the same every time",
    r"\b(GRAPH|FROM)\b": "an answer is the same in one graph",
    r"SELECT (DISTINCT )?\*": "columns have an order",
    r"\bLIMIT\b|\bOFFSET\b": "an answer is whole",
    r"[!^]\(|![a-z]+:": "no negated property sets",
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_query_uses_nothing_on_which_engines_differ(name: str) -> None:
    query = re.sub(r"^#.*\n", "", QUERIES[name], flags=re.MULTILINE)
    assert [why for pattern, why in DIFFERS.items() if re.search(pattern, query)] == []
    select = re.search(r"^SELECT (DISTINCT )?(?P<columns>.+)$", query, re.MULTILINE)
    if select is None:
        assert "\nCONSTRUCT {" in query
        return
    order = re.search(r"^ORDER BY (?P<columns>.+)$", query, re.MULTILINE)
    assert order, "rows have an order"
    assert "DISTINCT" in select[0] or "GROUP BY" in query, "the union of graphs may count a triple twice"
    counted = re.findall(r"\bCOUNT\((?:DISTINCT )?\?(\w+)\)", query)
    optional = " ".join(re.findall(r"OPTIONAL \{([^{}]*)\}", query))
    always = re.sub(r"OPTIONAL \{[^{}]*\}", "", query.partition("WHERE")[2])
    for variable in counted:
        is_bound = re.search(rf"\?{variable}\b", always) or not re.search(rf"\?{variable}\b", optional)
        assert is_bound, f"?{variable} is counted and is not always bound"
    if "GROUP BY" in query:
        groups = re.findall(r"\?(\w+)", query.partition("GROUP BY")[2].partition("\n")[0])
        assert all(re.search(rf"\?{each}\b", always) for each in groups), "what is grouped by is bound"


def named(query: str) -> set[str]:
    """Return the IRIs that a query names."""
    found: set[str] = set()

    def visit(part: object) -> None:
        if isinstance(part, rdflib.URIRef):
            found.add(str(part))
        elif isinstance(part, dict):
            for each in part.values():
                visit(each)
        elif isinstance(part, (list, tuple, set, frozenset)):
            for each in part:
                visit(each)
        elif hasattr(part, "args") or hasattr(part, "path"):  # a property path
            visit(getattr(part, "args", [getattr(part, "path", None)]))

    visit(prepareQuery(query).algebra)
    return found


def test_every_iri_of_a_query_is_in_the_ontology_or_the_data() -> None:
    known = {str(getattr(term, "value", "")) for quad in loadings()["one graph"] for term in quad.triple}
    known |= {str(rdflib.RDF.type), str(rdflib.RDFS.subPropertyOf)}
    iris = {name: named(query) for name, query in QUERIES.items()}
    assert min(map(len, iris.values())) > 1
    assert {name: unknown for name, found in iris.items() if (unknown := found - known)} == {}


def without(gone: Callable[[Quad], bool]) -> set[str]:
    """Return the questions whose answers are other ones without some quads."""
    left = [quad for quad in loadings()["named graphs"] if not gone(quad)]
    assert len(left) < len(loadings()["named graphs"])
    given = ask(ask_oxigraph, left)
    return {name for name, rows in given.items() if rows != written(name)}


UNIPROT_P04626 = NamedNode("http://purl.uniprot.org/uniprot/P04626")


SUB_PROPERTY_OF = NamedNode(standard.RDFS + "subPropertyOf")
DEFINED = "members_of_defined_class"
MEASURED = "results_of_measure"
INFERRED = ("targeted_by", DEFINED)


def her2(name: str) -> NamedNode:
    return NamedNode(model.HER2LD + name)


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "questions"),
    [
        (her2("HER2Phosphorylation"), her2("modifies"), her2("HER2"), {"agents_that_lower", "processes_of", DEFINED}),
        (her2("directedAgainst"), SUB_PROPERTY_OF, her2("targets"), {"drugs_that_target", *INFERRED}),
        (her2("HER2HER3Heterodimer"), her2("hasPartner"), her2("HER3"), {"complexes_with"}),
        (her2("HER2"), None, UNIPROT_P04626, {"identifiers_of_term", "term_for_identifier"}),
        (her2("Possible"), her2("rank"), None, set()),
        (her2("Certain"), her2("rank"), None, {"certainty_about", "statements_by_certainty"}),
        (her2("HER2Overexpression"), her2("alters"), None, {"consequences_of", "observed_in"}),
        (None, her2("asOf"), None, {"approvals", "statements_in_setting"}),
        (her2("targetedBy"), None, her2("targets"), {"targeted_by"}),
        (None, her2("lower"), None, {"observed_in", "prevalence", "proportion_of_cases", "results_of", MEASURED}),
        (None, her2("about"), her2("RasMAPKPathway"), {"not_known"}),
        (None, her2("ordinal"), None, {"gene_and_product"}),
    ],
)  # fmt: skip
def test_without_a_triple_exactly_the_questions_that_need_it_answer_otherwise(
    subject: NamedNode | None, predicate: NamedNode | None, value: NamedNode | None, questions: set[str]
) -> None:
    def gone(quad: Quad) -> bool:
        wanted = ((subject, quad.subject), (predicate, quad.predicate), (value, quad.object))
        return all(asked in (None, found) for asked, found in wanted)

    assert without(gone) == questions


def rows_of(page: str, heading: str) -> Iterable[list[str]]:
    section = page.partition(heading)[2].partition("\n## ")[0]
    return [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")][1:]


@pytest.mark.slow
def test_each_relation_and_each_sentence_is_touched_by_a_question(vocabulary: Vocabulary) -> None:
    page = draw_questions.draw()
    assert page == draw_questions.PLACE.read_text(encoding="utf-8"), "run: python docs/draw_questions.py"
    relations = list(rows_of(page, "## Which questions touch which relation"))
    sentences = list(rows_of(page, "## Which questions touch which sentence of the review"))
    assert len(sentences) == 9
    stated = [quad for quad in vocabulary.quads if str(quad.object).startswith('"relation that ')]
    unused = page.partition("Nothing uses these relations yet")[2].partition("\n\n")[0].splitlines()[1:]
    assert len(relations) > 15
    assert len(relations) + len(unused) == len(stated)
    assert [row for row in (*relations, *sentences) if len(row) < 2 or not row[1]] == []
