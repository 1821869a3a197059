"""The competency questions, and their answers as tables where there is no endpoint to ask."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from pyoxigraph import QueryBoolean, Store

from her2ld.iris import path_of
from her2ld.pages.knowledge import Knowledge, Term
from her2ld.pages.links import Links
from her2ld.pages.names import Name
from her2ld.pages.views import View
from her2ld.query.answers import ask
from her2ld.query.catalogue import Question
from her2ld.vocabulary import model

_MOST_ROWS = 200
# The editor gets so many names of ours along with its page, those of the ontology first.
_MOST_NAMES = 20_000


@dataclass(frozen=True, slots=True)
class Table:
    """An answer: what its columns are called, and its rows; None where a cell is empty."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Example:
    """A question, and its answer where one was asked for."""

    question: Question
    answer: Table | None


def view(knowledge: Knowledge, links: Links, name: Callable[[Term], Name]) -> View:
    """Return what the page of questions shows: an editor with the questions, or their answers."""
    asked = list(examples(knowledge, answered=links.endpoint is None))
    # The form without scripts begins with a question that has an answer, if there is one.
    first = next((each for each in asked if not each.question.may_be_empty), asked[0] if asked else None)
    return "query.html", {
        "title": "Questions",
        "examples": asked,
        "first": first.question.query if first else "",
        "namespace": model.HER2LD,
        "names": _names(knowledge, name) if links.endpoint is not None else {},
    }


def _names(knowledge: Knowledge, name: Callable[[Term], Name]) -> dict[str, str]:
    """Return what things of ours are called, by path; what papers say has before it how they say it."""
    by = knowledge.judge
    said = (each.iri for each in knowledge.statements.values())
    things = chain(knowledge.terms.values(), knowledge.claims, said, by.studies, by.groups)
    return {path: name(each).text for each in islice(things, _MOST_NAMES) if (path := path_of(each))}


def examples(knowledge: Knowledge, *, answered: bool) -> Iterator[Example]:
    """Yield the questions that the store can be asked: none that needs another endpoint or another vocabulary."""
    for question in knowledge.questions:
        if not question.services and not question.excerpts:
            yield Example(question, _answer(knowledge.store, question) if answered else None)


def _answer(store: Store, question: Question) -> Table:
    answer = ask(store, question.query, name=question.name)
    note = "what follows by reasoning is not asked here" if question.needs_inference else ""
    if answer.is_graph:
        rows = [(quad.subject, quad.predicate, quad.object) for quad in answer.quads()]
        return Table(("subject", "relation", "object"), tuple(sorted(rows, key=str))[:_MOST_ROWS], note)
    table = answer.table()
    if isinstance(table, QueryBoolean):
        return Table(("answer",), (), "yes" if table else "no")
    columns = tuple(variable.value for variable in table.variables)
    found = [tuple(solution[column] for column in columns) for solution in table]
    return Table(columns, tuple(found[:_MOST_ROWS]), note)
