"""The pages that answer readers: the search for terms, studies, statements and papers, and the questions in SPARQL."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from pyoxigraph import (
    Literal,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from her2ld.iris import path_of
from her2ld.mappings.term_mappings import SourceVocabulary
from her2ld.pages import stances
from her2ld.pages.knowledge import Knowledge, Term, View, record_path
from her2ld.pages.links import Links, LinkText, is_sound
from her2ld.query.answers import ask
from her2ld.query.catalogue import Question
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import name_key

MOST_FOUND = 50
_MOST_CHARACTERS = 200
_BETWEEN_PARTS = re.compile(r"[\W_]+")
_BEFORE_IDENTIFIER = re.compile(r"[:/#=]+|_(?=\d)")


@dataclass(frozen=True, slots=True)
class Found:
    """A page that was found: the kind of its thing, and the words or the identifier by which it was found."""

    path: str
    title: str
    kind: str
    matched: str


def search_view(knowledge: Knowledge, text: str) -> View:
    """Return the content of the page of a search."""
    found, cut = search(knowledge, text)
    return "search.html", {"title": "Search", "search": text, "found": found, "cut": cut}


def search(knowledge: Knowledge, text: str) -> tuple[list[Found], bool]:
    """Return the things that a text names, the best first, and whether more were left out.

    Letters, dashes and spaces are compared as in names of proteins: HER2, HER-2 and her 2 are one. A name equal to the
    text is best, then a name that begins with it, then a name with a word that begins with it.
    """
    text = text[:_MOST_CHARACTERS].strip()
    sought = _key(text)
    if not sought:
        return [], False
    ranked = [
        *_papers(knowledge, text),
        *_terms_by_identifier(knowledge, text),
        *_terms_by_name(knowledge, sought),
        *_studies_called(knowledge, sought),
        *_statements_with(knowledge, name_key(text)),
    ]
    best: dict[str, tuple[int, Found]] = {}
    for rank, found in ranked:
        is_better = found.path not in best or rank < best[found.path][0]
        if is_better and is_sound(found.path):
            best[found.path] = (rank, found)
    ordered = sorted(
        best.values(), key=lambda item: (item[0], len(item[1].title), item[1].title.casefold(), item[1].path)
    )
    return [found for _, found in ordered[:MOST_FOUND]], len(ordered) > MOST_FOUND


def _key(name: str) -> str:
    return _BETWEEN_PARTS.sub("", name_key(name))


def _terms_by_name(knowledge: Knowledge, sought: str) -> Iterator[tuple[int, Found]]:
    for path, iri in knowledge.terms.items():
        label = knowledge.label(iri)
        for is_synonym, name in ((0, label), *((1, each) for each in knowledge.texts(iri, standard.ALT_LABEL))):
            rank = _rank(sought, name)
            if rank is not None:
                yield 10 * rank + is_synonym, Found(path, label, "term", f"also called {name}" if is_synonym else "")


def _rank(sought: str, name: str) -> int | None:
    """Return 1 if a name equals the sought text, 2 if it begins with it, 3 if a word does, 5 if it contains it."""
    key = _key(name)
    if sought not in key:
        return None
    if key == sought:
        return 1
    if key.startswith(sought):
        return 2
    words = [word for word in _BETWEEN_PARTS.split(name_key(name)) if word]
    return 3 if any("".join(words[place:]).startswith(sought) for place in range(len(words))) else 5


def _terms_by_identifier(knowledge: Knowledge, text: str) -> Iterator[tuple[int, Found]]:
    """Find terms by the identifiers that they are mapped to, after any prefix or address."""
    *before, local = _BEFORE_IDENTIFIER.split(text.casefold().rstrip("/"))
    for subject, mappings in knowledge.mappings.items():
        for mapping in mappings:
            other, path = mapping.object, path_of(subject)
            if other is None or mapping.negated or path is None:
                continue
            owned = other.value.removeprefix(mapping.vocabulary.namespace)
            if owned.casefold() == local:
                place = standard.MAPPING_RELATIONS.index(mapping.relation)
                is_of_it = not before or any(_is_name_of(mapping.vocabulary, each) for each in before if each)
                words = " ".join(filter(None, (knowledge.label(mapping.relation), mapping.vocabulary.name, owned)))
                label = f", {mapping.object_label}" if mapping.object_label else ""
                yield place + 5 * (not is_of_it), Found(path, mapping.subject.label, "term", words + label)
    path = text.removeprefix(model.HER2LD)
    if path in knowledge.terms:
        yield 0, Found(path, knowledge.label(knowledge.terms[path]), "term", "")


def _is_name_of(vocabulary: SourceVocabulary, prefix: str) -> bool:
    """Tell whether a prefix, or a part of an address, names a vocabulary: "uniprotkb" names UniProt."""
    known = (vocabulary.name.casefold(), vocabulary.iri.value.rpartition("/")[2].casefold())
    return any(prefix.startswith(name) for name in known)


def _statements_with(knowledge: Knowledge, sought: str) -> Iterator[tuple[int, Found]]:
    for path, statement in knowledge.statements.items():
        quote = statement.evidence[0].exact if statement.evidence else ""
        if sought in name_key(statement.label):
            yield 60, Found(path, stances.title(knowledge, statement), "statement", "")
        elif sought in name_key(quote):
            yield 70, Found(path, stances.title(knowledge, statement), "statement", quote)


def _studies_called(knowledge: Knowledge, sought: str) -> Iterator[tuple[int, Found]]:
    """Find studies by their names and their registration numbers."""
    for study in knowledge.judge.studies.values():
        path = path_of(study.iri)
        for name in (study.called or "", *study.registry_numbers):
            rank = _rank(sought, name)
            if rank is not None and path is not None:
                yield 10 * rank + 2, Found(path, study.called or knowledge.label(study.iri), "study", name)


def _papers(knowledge: Knowledge, text: str) -> Iterator[tuple[int, Found]]:
    number = text.casefold().removeprefix("pmid").strip(": ")
    doi = re.sub(r"(?i)^(https?://(dx\.)?doi\.org/|doi:\s*)", "", text)
    for property_, value in ((standard.PMID, number), (standard.DOI, doi)):
        for paper in knowledge.subjects(property_, Literal(value)):
            yield (
                0,
                Found(record_path(knowledge.store, paper), knowledge.label(paper), "paper", text),
            )


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


def query_view(
    knowledge: Knowledge, links: Links, name: Callable[[Term], LinkText], question: Asked | None = None
) -> View:
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
    statements = (each.iri for each in knowledge.statements.values())
    things = chain(knowledge.terms.values(), knowledge.claims, statements, by.studies, by.groups)
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
