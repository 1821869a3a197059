"""The verb ``query``: answers to questions, and the list of questions."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli.options import GivenFiles, excerpts_option, sources_options
from her2ld.cli.printing import echo, echo_json, style
from her2ld.cli.reading import is_one_store, kept_in, opened_store, read_excerpts, shipped_with, store_of

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
    help="The form of the answer: text; csv, tsv, json or xml for a table; turtle, ntriples or jsonld for a graph.",
)  # fmt: skip
@click.option("--show", is_flag=True, help="Print the SPARQL with its parameters, and do not run it.")
@click.option(
    "--data", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help="RDF, curation folders or the folder of a store, instead of the papers of her2ld; can be repeated.",
)  # fmt: skip
@excerpts_option
@sources_options
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    default=60,
    show_default=True,
    help="The longest time for the query.",
)
@click.option("--federated", is_flag=True, help="Allow the query to ask other endpoints with SERVICE.")
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

    NAME is a name from the list, a file with SPARQL, or - for a query on standard input. A query can open no files and
    no connections, and ends after the timeout.

    \b
    Examples:
      her2ld query                                       the list of questions
      her2ld query drugs_that_target                     an answer, with the words of the papers
      her2ld query drugs_that_target --p "protein=HER3 protein"
      her2ld query network --to turtle > network.ttl     a graph
      her2ld query approvals --show                      the SPARQL
      her2ld query my-question.rq --data her2.trig       your own question and data
      her2ld query results_of --data curation/33100329 --records pubmed.nbib
      her2ld query ncit_targets --with ncit.owl          together with another vocabulary

    Exit status: 0 answered; 2 it could not run.
    """
    from her2ld.errors import Problem, QueryError

    if data and given_files and not any(each.is_dir() for each in data):
        raise click.UsageError(
            "--records and --corrections need curation folders: give these with --data, or export them with --records "
            "first and query that file"
        )
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
            raise QueryError([Problem(question.name, f"needs {' and '.join(question.excerpts)}", remedy)])
        if not (data or excerpt_files or given_files or question.needs_inference):
            _ask_shipped(question, given, form, timeout, federated=federated)
            return
        kept = _kept(data, question, [*excerpt_files, *given_files.records, *given_files.corrections])
        store = _store(data, excerpt_files, given_files)
        if question.needs_inference and not kept:
            from her2ld.reasoning.inference import reason

            store.extend(reason(store).quads())
        bound = _bound(question, given, store) if given else question.query
        answer = _answer(question, bound, store, timeout, kept, federated=federated)
        _print(answer, form, lambda: store, question)


def _ask_shipped(question: "Question", given: Sequence[str], form: str, timeout: float, *, federated: bool) -> None:
    """Answer a question from the data that come with her2ld, of which it reads no more than it needs."""
    from her2ld.query.lookups import lookups
    from her2ld.query.parameters import lookups_of_values
    from her2ld.query.prepared import shipped_data

    bound = _bound(question, given, shipped_data(lookups_of_values(question)).store()) if given else question.query
    shipped = shipped_data(lookups(bound))
    answer = _answer(question, bound, shipped.store(), timeout, None, federated=federated)
    _print(answer, form, lambda: shipped.labels_of(answer.things()), question)


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
    """Return the merge that is kept in the folder of a store; None for other data."""
    from her2ld.errors import Problem, QueryError

    if not is_one_store(data):
        return None
    if added:
        what = "is the folder of a store, to which nothing can be added"
        raise QueryError([Problem(str(data[0]), what, "load the files, too (her2ld load), or leave them out")])
    if question.needs_inference:
        what = "needs inferred triples, which the folder of a store does not have"
        raise QueryError([Problem(question.name, what, "give RDF or curation folders with --data")])
    return kept_in(data[0])


def _bound(question: "Question", given: Iterable[str], store: "Store") -> str:
    """Return the query with the given parameters; names of terms are looked up in the store."""
    from her2ld.errors import Problem, QueryError
    from her2ld.query.parameters import bind, parse_value
    from her2ld.query.prepared import ontology_prefixes

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
        raise QueryError([Problem(question.name, f"asks {', '.join(question.services)}", "allow it with --federated")])
    limits = Limits(seconds=timeout)
    return ask(store, bound, name=question.name, limits=limits, federated=federated, on_disk=kept)


def _print(answer: "Answer", form: str, labels: "Callable[[], Store]", question: "Question") -> None:
    from her2ld.errors import Problem, QueryError

    forms = _OF_GRAPHS if answer.is_graph else _OF_TABLES
    if form not in {"text", *forms}:
        what, remedy = "a graph" if answer.is_graph else "a table", f"{', '.join(forms[:-1])} or {forms[-1]}"
        raise QueryError([Problem(f"--to {form}", f"the answer is {what}", f"ask for {remedy}")])
    if answer.is_graph:
        _write_graph(answer.quads(), "turtle" if form == "text" else form)
    elif form == "text":
        from her2ld.query.answers import WIDTH_OF_NO_TERMINAL, table_lines
        from her2ld.query.prepared import ontology_prefixes

        width = os.get_terminal_size().columns if sys.stdout.isatty() else WIDTH_OF_NO_TERMINAL
        prefixes = ontology_prefixes() | question.prefixes
        header, *lines = table_lines(answer.table(), labels(), prefixes, width)
        echo(style(header, bold=bool(lines)), *(f"\n{line}" for line in lines))
    else:
        sys.stdout.buffer.write(answer.write(form))
        sys.stdout.buffer.flush()


def _write_graph(quads: "Iterable[Quad]", form: str) -> None:
    """Write an answer in a format of RDF. Blank nodes get labels, because several triples may share them."""
    from pyoxigraph import Dataset

    from her2ld.exports import export
    from her2ld.exports.blocks import check_writable
    from her2ld.exports.formats import graph_document
    from her2ld.rdf.syntaxes import BY_NAME, JSON_LD
    from her2ld.vocabulary.ontology import read_ontology

    if form == JSON_LD.name:
        answer = Dataset(quads)
        check_writable(answer, JSON_LD)  # an answer is whole or an error
        export(answer, sys.stdout.buffer, form, read_ontology())
        return
    syntax = BY_NAME[form].parsed_as
    sys.stdout.buffer.write(graph_document((quad.triple for quad in quads), syntax, read_ontology().prefixes))


def _list(form: str) -> None:
    from her2ld.query.catalogue import read_questions

    questions = read_questions()
    if form == "turtle":
        from her2ld.exports import export
        from her2ld.query.examples import sparql_examples
        from her2ld.vocabulary.ontology import read_ontology

        export(sorted(sparql_examples(questions), key=str), sys.stdout.buffer, "turtle", read_ontology())
    elif form == "json":
        echo_json([_as_json(question) for question in questions])
    elif form == "text":
        for question in questions:
            echo(style(question.name, bold=True), f"  {question.question}")
            for parameter in question.parameters:
                echo(f"    --p {parameter.name}={parameter.default}  ({parameter.type}) {parameter.meaning}")
            for service in question.services:
                echo(f"    --federated  it asks {service}")
            for excerpt in question.excerpts:
                echo(f"    --with FILE  it needs {excerpt}")
        echo(f"{len(questions)} questions; her2ld query NAME answers one")
    else:
        raise click.UsageError("the list of questions has the forms text, json and turtle")


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
