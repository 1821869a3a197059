"""Answers to queries: a query runs in a process that can be ended; its answer is serialized or shown as a table."""

import re
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from her2ld.errors import ExportError, Problem, QueryError
from her2ld.limits import Limits, run_limited
from her2ld.query.default_graph import Choice, all_but_hedged, evaluate
from her2ld.query.prepared import ontology_prefixes
from her2ld.query.reach import DEEPEST_NESTING, Reach, reach
from her2ld.texts import counted, in_one_line
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.identifiers import prefix_splitter

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import BlankNode, Triple

    from her2ld.query.on_disk import KeptMerge

    Term = NamedNode | BlankNode | Literal | Triple


_RESULTS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
_MISTAKE, _TABLE, _GRAPH = b"m", b"t", b"g"


class Answer(NamedTuple):
    """An answer: a table as SPARQL results in JSON, which has no columns for ASK, or a graph as N-Triples."""

    is_graph: bool
    content: bytes

    def table(self) -> QuerySolutions | QueryBoolean:
        """Return the table, which can be read once."""
        return parse_query_results(self.content, format=QueryResultsFormat.JSON)

    def things(self) -> Iterator[str]:
        """Yield the IRIs in the rows of the table, each as often as it occurs."""
        table = self.table()
        if isinstance(table, QuerySolutions):
            yield from (value.value for row in table for value in row if isinstance(value, NamedNode))

    def quads(self) -> Iterator[Quad]:
        """Yield the triples of the graph as quads of the default graph."""
        return iter(parse(self.content, format=RdfFormat.N_TRIPLES))

    def write(self, form: str) -> bytes:
        """Return the table in a format of SPARQL 1.1 results: csv, tsv, json or xml.

        Raises ExportError if the format is xml and a text has a character that XML cannot contain.
        """
        return written_table(self.table(), _RESULTS[form])


def written_table(table: QuerySolutions | QueryBoolean, form: QueryResultsFormat) -> bytes:
    """Return a table in a format of results. Raises ExportError for a character that XML cannot contain."""
    body = table.serialize(format=form) or b""
    if form != QueryResultsFormat.XML:
        return body
    from her2ld.rdf.syntaxes import NEVER_IN_XML  # most answers are shown as a table

    if found := re.search(NEVER_IN_XML, body.decode()):
        what = f"has the character U+{ord(found[0]):04X} in a text, which XML cannot contain"
        raise ExportError([Problem("the answer", what, "ask for it in another format")])
    return body.replace(b"\r", b"&#13;")  # an XML parser replaces an unescaped one with a line feed


def ask(  # noqa: PLR0913  # callers need each of them
    store: Store,
    query: str,
    *,
    name: str = "query",
    limits: Limits | None = None,
    federated: bool = False,
    on_disk: "KeptMerge | None" = None,
) -> Answer:
    """Return the answer of a store to a query, within limits: by default 60 s and 8 GiB.

    ``name`` is the name of the query in errors. The default graph is the merge of all graphs except ``hedged``: no
    author asserts the plain triples of that graph, so only GRAPH finds them. FROM chooses other graphs. The process
    that runs the query cannot open files or connections, unless ``federated`` allows SERVICE, or ``on_disk`` gives the
    kept merge of a store on disk.

    Raises QueryError if the query is not SPARQL, is nested too deep, or has SERVICE without ``federated``. Raises
    LimitError if the query reaches its limits or crashes.

    >>> from pyoxigraph import Store
    >>> next(iter(ask(Store(), "SELECT (1 + 1 AS ?sum) {}").table()))["sum"].value
    '2'
    """
    limits = limits or Limits(seconds=60)
    reached = reach(query)
    if reached.services and not federated:
        raise QueryError([Problem(name, "asks another endpoint with SERVICE", "allow it with --federated")])
    if reached.depth > DEEPEST_NESTING:
        what = f"has brackets nested more than {DEEPEST_NESTING} deep"
        raise QueryError([Problem(name, what, "use fewer nested brackets")])
    may_open = federated or on_disk is not None
    answer = run_limited(name, lambda: _evaluate(store, query, reached, on_disk), limits, may_open=may_open)
    kind, content = answer[:1], answer[1:]
    if kind == _MISTAKE:
        from her2ld.query.syntax_errors import not_understood

        raise QueryError([not_understood(name, query, content.decode(), ontology_prefixes())])
    return Answer(is_graph=kind == _GRAPH, content=content)


def _evaluate(store: Store, query: str, reached: Reach, on_disk: "KeptMerge | None") -> bytes:
    merge = on_disk.store if on_disk else None
    choice = Choice(all_but_hedged(store), on_disk=on_disk is not None, merge=merge)
    try:
        results = evaluate(store, query, reached, choice)
    except SyntaxError as error:
        return _MISTAKE + str(error).encode()
    if isinstance(results, QueryTriples):
        return _GRAPH + (results.serialize(format=RdfFormat.N_TRIPLES) or b"")
    return _TABLE + (results.serialize(format=QueryResultsFormat.JSON) or b"")


def label(store: Store, thing: NamedNode) -> str:
    """Return the label of a thing: the first in alphabetical order, or "" if it has none."""
    return min(_texts(store, thing, standard.LABEL), default="")


def terms_by_name(store: Store) -> dict[str, NamedNode]:
    """Return the IRIs of a store by their labels and synonyms, in lower case.

    If several IRIs have the same name, an IRI of HER2LD that has a definition is preferred, and then another IRI that
    has a definition.
    """
    names: dict[str, NamedNode] = {}
    for predicate, namespace in ((standard.LABEL, ""), (standard.DEFINITION, ""), (standard.DEFINITION, model.HER2LD)):
        for quad in store.quads_for_pattern(None, predicate, None):
            term = quad.subject
            if isinstance(term, NamedNode) and term.value.startswith(namespace):
                for naming in (standard.ALT_LABEL, standard.LABEL):
                    names |= {name.casefold(): term for name in _texts(store, term, naming)}
    return names


def holds(store: Store, iri: NamedNode) -> bool:
    """Tell whether a store has a triple whose subject or object is an IRI."""
    as_subject, as_object = store.quads_for_pattern(iri, None, None), store.quads_for_pattern(None, None, iri)
    return any(next(quads, None) for quads in (as_subject, as_object))


def mappings_to(store: Store, identifier: NamedNode) -> list[tuple[NamedNode, NamedNode]]:
    """Return the terms that are mapped to an identifier, each with its relation, in order of closeness.

    Identifiers of other vocabularies are not terms and are left out, because two vocabularies may be mapped to each
    other.
    """
    from her2ld.vocabulary.identifiers import owner_iri  # few questions need its imports

    return [
        (term, relation)
        for relation in standard.MAPPING_RELATIONS
        for term in sorted({quad.subject for quad in store.quads_for_pattern(None, relation, identifier)}, key=str)
        if isinstance(term, NamedNode)
        if term.value.startswith(model.HER2LD) or owner_iri(term.value) is None
    ]


def _texts(store: Store, thing: NamedNode, predicate: NamedNode) -> Iterable[str]:
    for quad in store.quads_for_pattern(thing, predicate, None):
        if isinstance(quad.object, Literal):
            yield quad.object.value


_GAP = "  "
WIDTH_OF_NO_TERMINAL = 120


def table_lines(
    answer: QuerySolutions | QueryBoolean, store: "Store", prefixes: Mapping[str, str], width: int
) -> list[str]:
    """Return the lines of a table: its header, its rows and the number of rows; for ASK, only "yes" or "no".

    If the columns do not fit into ``width``, the widest columns are moved below each row, until the others fit.
    """
    if isinstance(answer, QueryBoolean):
        return ["yes" if answer else "no"]
    shown = _shower(store, prefixes)
    header = [variable.value.replace("_", " ") for variable in answer.variables]
    rows = [[shown(value) for value in solution] for solution in answer]
    lengths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    beside = list(range(len(lengths)))
    while sum(lengths[column] + len(_GAP) for column in beside) > width:
        beside.remove(max(beside, key=lambda column: lengths[column]))
    below = [column for column in range(len(lengths)) if column not in beside]
    lines = [_GAP.join(header[column].ljust(lengths[column]) for column in beside).rstrip()]
    for row in rows:
        lines.append(_GAP.join(row[column].ljust(lengths[column]) for column in beside).rstrip())
        for column in below:
            name = f"  {header[column]}: "
            lines += wrap(row[column], width, initial_indent=name, subsequent_indent=" " * len(name))
    return [*lines, counted(len(rows), "row")]


def _shower(store: "Store", prefixes: Mapping[str, str]) -> "Callable[[Term | None], str]":
    split = prefix_splitter(prefixes)

    def shown(value: "Term | None") -> str:
        if value is None:
            return ""
        if not isinstance(value, NamedNode):
            return in_one_line(value.value if isinstance(value, Literal) else str(value))
        name = label(store, value)
        short = split(value.value)
        iri = f"{short[0]}:{short[1]}" if short and "/" not in short[1] else value.value
        return in_one_line(f"{name} ({iri})" if name else iri)

    return shown
