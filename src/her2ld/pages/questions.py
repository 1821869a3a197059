"""The competency questions, and their answers as tables if there is no endpoint."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from her2ld.iris import path_of
from her2ld.pages.addresses import Links
from her2ld.pages.knowledge import Knowledge, Term, View
from her2ld.pages.sayings import LinkText
from her2ld.query.answers import ask
from her2ld.query.catalogue import Question
from her2ld.vocabulary import model

_MOST_ROWS = 200
# The number of our names that the page brings for the editor, those of the ontology first.
_MOST_NAMES = 20_000


@dataclass(frozen=True, slots=True)
class Table:
    """An answer: the names of its columns, and its rows, with None for an empty cell."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Example:
    """A question, and its answer if one was requested."""

    question: Question
    answer: Table | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that was sent without the editor, and its answer."""

    query: str
    answer: Table


def read_asked(query: str, media_type: str, content: bytes) -> Asked:
    """Return a query with its answer, which is SPARQL results in JSON, or a graph in N-Triples."""
    if media_type.startswith(RdfFormat.N_TRIPLES.media_type):
        triples = parse(content, format=RdfFormat.N_TRIPLES)
        return Asked(query, _graph([(each.subject, each.predicate, each.object) for each in triples], ""))
    return Asked(query, _table(parse_query_results(content, format=QueryResultsFormat.JSON), ""))


def view(knowledge: Knowledge, links: Links, name: Callable[[Term], LinkText], question: Asked | None = None) -> View:
    """Return the content of the page of questions: an editor with the questions, or their answers.

    ``question`` is one that was sent without the editor: its answer comes first.
    """
    asked = list(examples(knowledge, answered=links.endpoint is None))
    # The form without scripts begins with a question that has an answer, if there is one.
    first = next((each for each in asked if not each.question.may_be_empty), asked[0] if asked else None)
    return "query.html", {
        "title": "Questions",
        "examples": asked,
        "asked": question,
        "first": question.query if question else first.question.query if first else "",
        "namespace": model.HER2LD,
        "names": _names(knowledge, name) if links.endpoint is not None else {},
    }


def _names(knowledge: Knowledge, name: Callable[[Term], LinkText]) -> dict[str, str]:
    """Return the names of our things by path; the names of statements begin with the paper's stance."""
    by = knowledge.judge
    said = (each.iri for each in knowledge.statements.values())
    things = chain(knowledge.terms.values(), knowledge.claims, said, by.studies, by.groups)
    return {path: name(each).text for each in islice(things, _MOST_NAMES) if (path := path_of(each))}


def examples(knowledge: Knowledge, *, answered: bool) -> Iterator[Example]:
    """Yield the questions that the store alone can answer, without another endpoint or vocabulary."""
    for question in knowledge.questions:
        if not question.services and not question.excerpts:
            yield Example(question, _answer(knowledge.store, question) if answered else None)


def _answer(store: Store, question: Question) -> Table:
    answer = ask(store, question.query, name=question.name)
    note = "what follows by reasoning is not asked here" if question.needs_inference else ""
    if answer.is_graph:
        return _graph([(quad.subject, quad.predicate, quad.object) for quad in answer.quads()], note)
    return _table(answer.table(), note)


def _graph(triples: list[tuple[Term | None, ...]], note: str) -> Table:
    return _cut(("subject", "relation", "object"), sorted(triples, key=str), note)


def _table(table: QuerySolutions | QueryBoolean, note: str) -> Table:
    if isinstance(table, QueryBoolean):
        return Table(("answer",), (), "yes" if table else "no")
    columns = tuple(variable.value for variable in table.variables)
    return _cut(columns, [tuple(solution[column] for column in columns) for solution in table], note)


def _cut(columns: tuple[str, ...], rows: list[tuple[Term | None, ...]], note: str) -> Table:
    """Return a table of the first rows, with the number of all rows."""
    of_all = f"the first of {len(rows):,}" if len(rows) > _MOST_ROWS else ""
    return Table(columns, tuple(rows[:_MOST_ROWS]), "; ".join(filter(None, (of_all, note))))
