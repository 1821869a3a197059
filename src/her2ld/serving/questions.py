"""Answer jobs that are queries: refuse updates and SERVICE, evaluate the query, and write the whole answer."""

from collections.abc import Callable
from dataclasses import replace

from pyoxigraph import NamedNode, QueryResultsFormat, QueryTriples, Store

from her2ld.errors import ExportError, Problem, QueryError
from her2ld.query.answers import written_table
from her2ld.query.default_graph import Choice, Results, evaluate
from her2ld.query.prepared import ontology_prefixes
from her2ld.query.reach import DEEPEST_NESTING, Reach, reach
from her2ld.query.syntax_errors import not_understood
from her2ld.rdf.syntaxes import JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from her2ld.serving.messages import GRAPH_PARAMETERS, Job, Reply, refusal
from her2ld.serving.protocol import choose
from her2ld.vocabulary import model

# SPARQL 1.1 Protocol, section 2.1.6; the generic types are for clients that know no others.
TABLES = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
GRAPHS = {each.media_type: each.parsed_as for each in (TURTLE, N_TRIPLES, RDF_XML, JSON_LD)} | {
    plain: each.parsed_as for each in (JSON_LD, RDF_XML, N_TRIPLES) for plain in each.media_types[1:]
}


def questions_of(store: Store, choice: Choice) -> Callable[[Job], Reply]:
    """Return the function that answers a query about the store.

    The parameters of a job are those of the protocol: ``default-graph-uri`` and ``named-graph-uri``. Without them and
    without FROM, the usual graphs of ``choice`` are merged as the default graph. Relative IRIs are resolved against the
    namespace of her2ld.
    """
    prefixes = ontology_prefixes()

    def answer(job: Job) -> Reply:
        try:
            reached = reach(job.text, model.HER2LD)
            _check(reached, job)
            default, named = ([NamedNode(iri) for iri in job.values(name)] for name in GRAPH_PARAMETERS)
            chosen = choice._replace(default=default, named=named, base=model.HER2LD)
            results = evaluate(store, job.text, reached, chosen)
            return replace(_written(results, job, prefixes), lasts=not reached.changes)
        except SyntaxError as error:
            return refusal(400, QueryError([not_understood(job.kind, job.text, str(error), prefixes)]))
        except QueryError as error:
            return refusal(400, error)
        except ExportError as error:
            return refusal(406, error)
        except (OSError, RuntimeError, ValueError) as error:
            return refusal(500, QueryError([Problem(job.kind, f"could not be answered ({error})", "change the query")]))

    return answer


def _check(reached: Reach, job: Job) -> None:
    problems = []
    if reached.update:
        what = f"is a change ({reached.update}), and this endpoint only answers questions"
        problems.append(Problem(job.kind, what, "ask with SELECT, ASK, CONSTRUCT or DESCRIBE"))
    if reached.services:
        what, remedy = (
            "asks another endpoint with SERVICE",
            "ask each endpoint by itself, or use her2ld query --federated",
        )
        problems.append(Problem(job.kind, what, remedy))
    if reached.depth > DEEPEST_NESTING:
        what = f"has brackets nested more than {DEEPEST_NESTING} deep"
        problems.append(Problem(job.kind, what, "use fewer nested brackets"))
    if problems:
        raise QueryError(problems)


def _written(results: Results, job: Job, prefixes: dict[str, str]) -> Reply:
    offers = GRAPHS if isinstance(results, QueryTriples) else TABLES
    media_type = choose(job.accept, offers)
    if media_type is None:
        what = f"its answer cannot be written as {job.accept}"
        return refusal(406, QueryError([Problem(job.kind, what, f"accept one of {', '.join(offers)}")]))
    if isinstance(results, QueryTriples):
        from her2ld.exports.formats import graph_document  # its imports take longer than the rest of the start

        body = graph_document(results, GRAPHS[media_type], prefixes)
    else:
        body = written_table(results, TABLES[media_type])
    text = media_type.startswith("text/")
    return Reply(200, f"{media_type}; charset=utf-8" if text else media_type, body, {"Vary": "Accept"})
