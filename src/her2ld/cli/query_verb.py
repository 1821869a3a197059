"""The verb ``query``."""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli.printing import echo, style
from her2ld.cli.sources import (
    COULD_NOT_RUN,
    GivenFiles,
    excerpts_option,
    is_one_store,
    kept_in,
    opened_store,
    print_problem,
    read_excerpts,
    shipped_with,
    sources_options,
    store_of,
)
from her2ld.query.prefixes import ontology_prefixes

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

    from her2ld.query.answers import Answer
    from her2ld.query.catalogue import Question
    from her2ld.query.on_disk import KeptMerge

_OF_TABLES, _OF_GRAPHS = ("csv", "tsv", "json", "xml"), ("turtle", "ntriples", "jsonld")


@click.command()
@click.argument("name", required=False)
@click.option("--p", "given", metavar="NAME=VALUE", multiple=True, help="A parameter of the question; can be repeated.")
@click.option(
    "--to", "form", metavar="FORM", type=click.Choice(("text", *_OF_TABLES, *_OF_GRAPHS)), default="text",
    help="How to answer: text; a table as csv, tsv, json or xml; a graph as turtle, ntriples or jsonld.",
)  # fmt: skip
@click.option("--show", is_flag=True, help="Print the SPARQL, its parameters bound, and do not ask it.")
@click.option(
    "--data", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help="RDF, curation folders or the folder of a store to ask instead of what travels with her2ld; can be repeated.",
)  # fmt: skip
@excerpts_option
@sources_options
@click.option(
    "--timeout", metavar="SECONDS", type=click.FloatRange(min=0, min_open=True), default=60, show_default=True
)
@click.option("--federated", is_flag=True, help="Let the query ask other endpoints with SERVICE.")
def query(  # noqa: PLR0913  # a verb has one parameter for each of its options
    name: str | None,
    given: tuple[str, ...],
    form: str,
    data: tuple[Path, ...],
    timeout: float,
    *,
    excerpt_files: tuple[Path, ...],
    given_files: GivenFiles,
    show: bool,
    federated: bool,
) -> None:
    """Ask a question and print its answer; without NAME, list the questions.

    NAME is one of the list, a file of SPARQL, or - for a query on standard input. A query can read no file and reach
    no network, and is ended after the timeout.

    \b
    Examples:
      her2ld query                                       the questions
      her2ld query drugs_that_target                     an answer, with the words that say it
      her2ld query drugs_that_target --p "protein=HER3 protein"
      her2ld query network --to turtle > network.ttl     a graph
      her2ld query approvals --show                      the SPARQL
      her2ld query my-question.rq --data her2.trig       a question and data of yours
      her2ld query results_of --data curation/33100329 --records pubmed.nbib
      her2ld query ncit_targets --with ncit.owl          with what another vocabulary says

    Exit status: 0 answered; 2 it could not be asked.
    """
    from her2ld.errors import Her2ldError, Problem, QueryError

    if data and given_files and not any(each.is_dir() for each in data):
        raise click.UsageError(
            "--records and --corrections add to curation folders; give them with --data FOLDER, or export the folders "
            "with --records first and ask that file"
        )
    try:
        if name is None:
            if given or show or data or excerpt_files or given_files:
                raise click.UsageError(
                    "--p, --show, --data, --with, --records and --corrections need the NAME of a question"
                )
            _list(form)
        elif show:
            question = _question(name)
            store = _store(data, excerpt_files, given_files) if given else None
            echo(_bound(question, given, store) if store else question.query, nl=False)
        else:
            question = _question(name)
            if question.excerpts and not data and not excerpt_files:
                remedy = "give it with --with FILE (docs/integration.md)"
                raise QueryError([Problem(question.name, f"asks of {' and '.join(question.excerpts)}", remedy)])
            kept = _kept(data, question, [*excerpt_files, *given_files.records, *given_files.corrections])
            store = _store(data, excerpt_files, given_files)
            if question.needs_inference and not kept:
                _add_what_follows(store)
            bound = _bound(question, given, store) if given else question.query
            answer = _answer(question, bound, store, timeout, kept, federated=federated)
            _print(answer, form, store, ontology_prefixes() | question.prefixes)
    except Her2ldError as error:
        for problem in error.problems:
            print_problem(problem)
        sys.exit(COULD_NOT_RUN)


def _question(name: str) -> "Question":
    from her2ld.query.catalogue import find_question, parse_question, read_question

    if name == "-":
        return parse_question("standard input", sys.stdin.read())
    return read_question(Path(name)) if Path(name).suffix else find_question(name)


def _store(data: Sequence[Path], excerpt_files: Sequence[Path], given_files: GivenFiles) -> "Store":
    from pyoxigraph import Store

    if is_one_store(data):
        return opened_store(data[0])
    if any(each.is_dir() for each in data):
        from her2ld.vocabulary.ontology import read_ontology

        store = store_of(data, read_ontology(), given_files)
    elif data:
        from her2ld.dataset import read_rdf
        from her2ld.query.rewritten import Rewritten, described, watched

        store, rewritten = Store(), Rewritten()
        for file in data:
            store.bulk_extend(watched(read_rdf(file, given_files.reading), rewritten))
        if rewritten:
            echo(f"{described(rewritten)} (docs/queries.md)", err=True)
    else:
        store = shipped_with(given_files)
    store.extend(read_excerpts(excerpt_files, lambda read: echo(read, err=True), given_files))
    return store


def _kept(data: Sequence[Path], question: "Question", added: Sequence[object]) -> "KeptMerge | None":
    """Return the merge that is kept in the folder of a store; None where something else is asked."""
    from her2ld.errors import Problem, QueryError

    if not is_one_store(data):
        return None
    if added:
        what = "is the folder of a store, to which nothing is added"
        raise QueryError([Problem(str(data[0]), what, "load it with the files (her2ld load), or ask without them")])
    if question.needs_inference:
        what = "asks of what follows, which is not reasoned out in the folder of a store"
        raise QueryError([Problem(question.name, what, "give RDF or curation folders with --data")])
    return kept_in(data[0])


def _add_what_follows(store: "Store") -> None:
    from her2ld.reasoning.inference import reason

    store.extend(reason(store).quads())


def _bound(question: "Question", given: Iterable[str], store: "Store") -> str:
    """Return the query with the parameters that were given; names of terms are looked up in the store."""
    from her2ld.errors import Problem, QueryError
    from her2ld.query.parameters import bind, parse_value

    prefixes = ontology_prefixes() | question.prefixes
    values = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise QueryError([Problem(f"--p {text}", "has no value", "write --p name=value")])
        if name.strip() in values:
            raise QueryError([Problem(f"--p {text}", "is given twice", "give each parameter once")])
        values[name.strip()] = parse_value(question, name.strip(), value, prefixes, store)
    return bind(question, values)


def _answer(  # noqa: PLR0913  # what an answer depends on
    question: "Question",
    bound: str,
    store: "Store",
    timeout: float,
    kept: "KeptMerge | None",
    *,
    federated: bool,
) -> "Answer":
    from her2ld.errors import Problem, QueryError
    from her2ld.limits import Limits
    from her2ld.query.answers import ask

    if question.services and not federated:
        raise QueryError([Problem(question.name, f"asks {', '.join(question.services)}", "let it with --federated")])
    limits = Limits(seconds=timeout)
    return ask(store, bound, name=question.name, limits=limits, federated=federated, on_disk=kept)


def _print(answer: "Answer", form: str, store: "Store", prefixes: dict[str, str]) -> None:
    from her2ld.errors import Problem, QueryError

    forms = _OF_GRAPHS if answer.is_graph else _OF_TABLES
    if form not in {"text", *forms}:
        what, remedy = "a graph" if answer.is_graph else "a table", f"{', '.join(forms[:-1])} or {forms[-1]}"
        raise QueryError([Problem(f"--to {form}", f"the answer is {what}", f"ask for {remedy}")])
    if answer.is_graph:
        _write_graph(answer.quads(), "turtle" if form == "text" else form)
    elif form == "text":
        from her2ld.query.tables import WIDTH_OF_NO_TERMINAL, table_lines

        width = os.get_terminal_size().columns if sys.stdout.isatty() else WIDTH_OF_NO_TERMINAL
        header, *lines = table_lines(answer.table(), store, prefixes, width)
        echo(style(header, bold=bool(lines)), *(f"\n{line}" for line in lines))
    else:
        sys.stdout.buffer.write(answer.write(form))
        sys.stdout.buffer.flush()


def _write_graph(quads: "Iterable[Quad]", form: str) -> None:
    """Write an answer in a format of RDF, the blank nodes with labels: where they hang in it is not known."""
    from pyoxigraph import Dataset

    from her2ld.exports import export
    from her2ld.exports.writable import check_writable
    from her2ld.rdf.syntaxes import BY_NAME, JSON_LD
    from her2ld.serving.graphs import graph_document
    from her2ld.vocabulary.ontology import read_ontology

    if form == JSON_LD.name:
        answer = Dataset(quads)
        check_writable(answer, JSON_LD)  # an answer is whole or an error
        export(answer, sys.stdout.buffer, form, read_ontology())
        return
    syntax = BY_NAME[form].parsed_as
    sys.stdout.buffer.write(graph_document((quad.triple for quad in quads), syntax, read_ontology().prefixes))


def _write_catalogue(quads: "Iterable[Quad]") -> None:
    from her2ld.exports import export
    from her2ld.vocabulary.ontology import read_ontology

    export(sorted(quads, key=str), sys.stdout.buffer, "turtle", read_ontology())


def _list(form: str) -> None:
    from her2ld.query.catalogue import read_questions

    questions = read_questions()
    if form == "turtle":
        from her2ld.query.examples import sparql_examples

        _write_catalogue(sparql_examples(questions))
    elif form == "json":
        import json

        echo(json.dumps([_as_json(question) for question in questions], indent=2, ensure_ascii=False))
    elif form == "text":
        for question in questions:
            echo(style(question.name, bold=True), f"  {question.question}")
            for parameter in question.parameters:
                echo(f"    --p {parameter.name}={parameter.default}  ({parameter.type}) {parameter.meaning}")
            for service in question.services:
                echo(f"    --federated  it asks {service}")
            for excerpt in question.excerpts:
                echo(f"    --with FILE  it asks of {excerpt}")
        echo(f"{len(questions)} questions; her2ld query NAME answers one")
    else:
        raise click.UsageError("the list of questions is written as text, json or turtle")


def _as_json(question: "Question") -> dict[str, object]:
    return {
        "name": question.name,
        "title": question.title,
        "question": question.question,
        "keywords": question.keywords,
        "parameters": [
            {"name": each.name, "type": each.type, "meaning": each.meaning, "default": each.default}
            for each in question.parameters
        ],
        "entailment": question.entailment,
        "services": question.services,
        "excerpts": question.excerpts,
    }
