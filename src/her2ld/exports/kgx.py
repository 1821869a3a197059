"""KGX TSV for knowledge graphs: a table of nodes and a table of edges, in the terms of the Biolink model.

An edge is a fact: what an author asserts, what the ontology defines, and what follows. Every statement is a node with
its numbers, its polarity and its certainty, and mentions what it is about; of one that is hedged or denied, and of a
knowledge gap, that is all: no edge leads from its subject to its object, however few columns a reader looks at.

Sources: biolink-model 4.4.6, whose slots the columns are, but for those of OWN_COLUMNS; and kgx 2.6.0, which splits
every cell at its bars, takes quotation marks for what they are, and joins edges of one subject, predicate and object.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from her2ld.exports.kgx_rows import Row, check, edges, gather, statement_node, term_node
from her2ld.files.folders import replacing_files
from her2ld.vocabulary.ontology import Vocabulary

_OF_STATEMENTS = ("polarity", "certainty", "basis", "attribution", "standing", "results", "doses")
NODE_COLUMNS = (
    "id", "category", "name", "description", "synonym", "xref", "iri", "publications", "supporting_text",
    "has_evidence", "has_evidence_of_type", *_OF_STATEMENTS,
)  # fmt: skip
EDGE_COLUMNS = (
    "id", "category", "subject", "predicate", "object", "original_subject", "original_predicate", "original_object",
    "knowledge_level", "agent_type", "primary_knowledge_source", "publications", "description", "supporting_text",
    "has_evidence", "has_evidence_of_type", "original_predicates",
)  # fmt: skip

# No slots of Biolink.
OWN_COLUMNS = (*_OF_STATEMENTS, "original_predicates")

_TEARS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_RUNS = re.compile('^(?=[=+@"-])')


@dataclass(frozen=True, slots=True)
class KgxTables:
    """Rows of values by column; what a column of a row has nothing to say of is left out.

    ``statements_as_nodes`` counts the statements and the knowledge gaps, ``statements_as_edges`` those among them whose
    claim is an edge.
    """

    nodes: tuple[Row, ...]
    edges: tuple[Row, ...]
    statements_as_edges: int
    statements_as_nodes: int


def kgx_tables(quads: Iterable[Quad], vocabulary: Vocabulary) -> KgxTables:
    """Make the tables of what :func:`her2ld.dataset.build` and reasoning yield; rows are sorted, whatever its order.

    All statements are held in memory. Raises ExportError where the ontology does not say how a relation, a subject or
    an object is written in Biolink.

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> vocabulary = read_ontology()
    >>> tables = kgx_tables(vocabulary.quads, vocabulary)
    >>> [edge["object"] for edge in tables.edges if edge["original_subject"] == ("her2:HER1Gene",)]
    [('UniProtKB:P00533',), ('her2:Gene',)]
    """
    graph = gather(quads, vocabulary)
    check(graph)
    nodes = [term_node(graph, iri) for iri in graph.terms()]
    nodes += [statement_node(graph, each) for each in graph.statements]
    return KgxTables(
        nodes=tuple(sorted(nodes, key=lambda row: row["id"])),
        edges=tuple(sorted(edges(graph), key=lambda row: [row[each] for each in ("subject", "predicate", "object")])),
        statements_as_edges=len(graph.asserted),
        statements_as_nodes=len(graph.statements),
    )


def write_kgx(tables: KgxTables, folder: Path | str) -> tuple[Path, Path]:
    """Write ``her2_nodes.tsv`` and ``her2_edges.tsv`` and return their paths.

    Both change or neither does, in one step where the folder holds nothing else. Raises ExportError where they cannot.
    """
    paths = Path(folder) / "her2_nodes.tsv", Path(folder) / "her2_edges.tsv"
    with replacing_files(folder, [path.name for path in paths]) as (nodes, edges_):
        nodes.writelines(line.encode() for line in tsv_lines(NODE_COLUMNS, tables.nodes))
        edges_.writelines(line.encode() for line in tsv_lines(EDGE_COLUMNS, tables.edges))
    return paths


def tsv_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Yield a header and a line for each row; KGX knows no quotation marks around a cell, so there are none."""
    yield "\t".join(columns) + "\n"
    for row in rows:
        yield "\t".join(cell(row.get(column, ())) for column in columns) + "\n"


def cell(values: Iterable[str]) -> str:
    r"""Join values into one cell that no reader tears apart or runs.

    What would end the cell or the row becomes a space, and a bar inside a value becomes the broken bar; a cell that
    begins as a formula or as a quotation does gets an apostrophe in front.

    >>> cell(["a|b", "c\td"])
    'a¦b|c d'
    >>> cell(["=1+1"])
    "'=1+1"
    """
    tidy = (_TEARS.sub(" ", value).replace("|", "¦").strip() for value in values)
    return _RUNS.sub("'", "|".join(value for value in tidy if value))
