"""KGX TSV for knowledge graphs: a table of nodes and a table of edges, in the terms of the Biolink model.

An edge is a fact: asserted by an author, defined by the ontology, or inferred. Every statement is also a node with its
numbers, polarity and certainty, and has edges to its terms. A hedged or denied statement or a knowledge gap has no
other edge: none leads from its subject to its object, so a reader that ignores columns cannot mistake it for a fact.

The columns are slots of biolink-model 4.4.6, except OWN_COLUMNS. kgx 2.6.0 splits every cell at its bars, treats
quotation marks as ordinary characters, and merges edges with the same subject, predicate and object.
"""

import json
import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from her2ld.dataset.standing import MARKS
from her2ld.exports.knowledge_graph import KnowledgeGraph, Triple, check, gather, mentions
from her2ld.files.folders import replacing_files
from her2ld.statements import Dose, Result, Statement
from her2ld.statements.statement import SETTING, Value
from her2ld.vocabulary import model, standard, statement_model
from her2ld.vocabulary.ontology import Vocabulary

# Values of KnowledgeLevelEnum and AgentTypeEnum (biolink-model 4.4.6): for facts that an author or the ontology states
# and a person entered, and for facts that a program inferred.
_STATED = {"knowledge_level": ("knowledge_assertion",), "agent_type": ("manual_agent",)}
_CONCLUDED = {"knowledge_level": ("logical_entailment",), "agent_type": ("automated_agent",)}
_NO_SETTING = "no setting named"
# These have columns of their own, or belong to the paper.
_IN_COLUMNS = frozenset((statement_model.CERTAINTY, statement_model.BASIS, statement_model.ATTRIBUTION, *MARKS))

Row = dict[str, tuple[str, ...]]


# --- Nodes --------------------------------------------------------------------------------------------------------


def term_node(graph: KnowledgeGraph, iri: NamedNode) -> Row:
    """Return the node of an entity or class, with the identifier that Biolink prefers for its category."""
    identity = graph.biolink.identities[iri]
    others = [each for each in identity.same if each != identity.iri]
    term = graph.vocabulary.terms[iri]
    return {
        "id": (_node_id(graph, iri),),
        "category": graph.biolink.categories[iri],
        "name": (term.label,),
        "description": _texts(graph.data.about(iri).get(standard.DEFINITION, ())),
        "synonym": tuple(sorted(term.synonyms)),
        "xref": tuple(sorted(graph.biolink.curie(each) for each in others)),
        "iri": (identity.iri.value,),
    }


def statement_node(graph: KnowledgeGraph, statement: Statement) -> Row:
    """Return the node of a statement or a knowledge gap; its name begins with polarity and certainty."""
    polarity = _names(graph, (statement.link or (statement_model.KNOWLEDGE_GAP if statement.is_gap else None),))
    certainty = _names(graph, statement.all(statement_model.CERTAINTY))
    standing = _names(graph, statement.all(model.STANDING))
    kind = statement_model.KNOWLEDGE_GAP if statement.is_gap else statement_model.STATEMENT
    return {
        "id": (graph.biolink.curie(statement.iri),),
        "category": tuple(sorted(graph.biolink.categories.get(kind, ()))),
        "name": (f"{', '.join((*polarity, *certainty, *standing))}: {statement.label}",),
        "description": (_described(graph, statement),),
        "iri": (statement.iri.value,),
        "polarity": polarity,
        "certainty": certainty,
        "basis": _names(graph, statement.all(statement_model.BASIS)),
        "attribution": _names(graph, statement.all(statement_model.ATTRIBUTION)),
        "standing": standing,
        "publications": _curies(graph, (statement.paper,)),
        "supporting_text": tuple(span.exact for span in statement.evidence),
        "has_evidence": tuple(span.iri.value for span in statement.evidence),
        "has_evidence_of_type": _curies(graph, statement.evidence_types),
        "results": _as_json(graph, statement.results),
        "doses": _as_json(graph, statement.doses),
    }


def _described(graph: KnowledgeGraph, statement: Statement) -> str:
    """Return the setting of a statement, and its words of doubt or denial."""
    told = [
        f"{graph.vocabulary.label(property_)}: {name}"
        for property_, value in statement.values
        if property_ not in _IN_COLUMNS
        for name in _names(graph, (value,))
    ]
    cues = (statement_model.CERTAINTY_CUE, statement_model.POLARITY_CUE, statement_model.GAP_CUE)
    words = [(property_, span) for property_, span in statement.words if property_ in cues]
    if statement.unknown:
        words.append((statement_model.UNKNOWN_ASPECT, statement.unknown))
    told += [f"{graph.vocabulary.label(property_)}: {span.exact}" for property_, span in words]
    return "; ".join(sorted(told))


def _as_json(graph: KnowledgeGraph, parts: Iterable[Result | Dose]) -> tuple[str, ...]:
    """Return results or doses as one JSON array, without empty values."""
    objects = []
    for part in parts:
        values = {field.name: getattr(part, field.name) for field in fields(part)}
        objects.append(
            {
                name: _json_value(graph, value)
                for name, value in values.items()
                if name not in ("iri", "printed_at") and value is not None
            }
        )
    return (json_array(objects),) if objects else ()


def json_array(objects: Iterable[object]) -> str:
    r"""Return JSON that kgx 2.6.0 does not damage: it deletes a quotation mark after a backslash.

    >>> json_array(['"', "\\"])
    '["\\u0022", "\\u005c"]'
    """
    text = json.dumps(sorted(objects, key=str), ensure_ascii=False)
    return text.replace("\\\\", "\\u005c").replace('\\"', "\\u0022")


def _json_value(graph: KnowledgeGraph, value: object) -> object:
    if isinstance(value, NamedNode):
        return _name(graph, value)
    if isinstance(value, Decimal) and value == int(value):
        return int(value)
    if isinstance(value, Decimal):  # a number only if a reader of JSON keeps its value
        return float(value) if Decimal(repr(float(value))) == value else str(value)
    return value


# --- Edges --------------------------------------------------------------------------------------------------------


def edges(graph: KnowledgeGraph) -> Iterator[Row]:
    """Yield the edges, one for each subject, predicate and object, because kgx merges edges that share them.

    Several claims can share an edge, because several of our relations have the same predicate in Biolink. The edge has
    the relations, papers and quotes of all. An inferred fact is added to the description of a stated edge.
    """
    rows: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    statements: defaultdict[tuple[str, ...], list[tuple[Statement, Triple]]] = defaultdict(list)
    for statement, triple in graph.asserted:
        statements[_joined(graph, triple)].append((statement, triple))
    for joined, supporting in statements.items():
        rows[joined] = [_edge(graph, triple) | _STATED for _, triple in supporting]
        rows[joined].append(_evidence(graph, (each for each, _ in supporting)) | _settings(graph, supporting))
    for triple in graph.defined:
        rows[_joined(graph, triple)].append(_edge(graph, triple) | _STATED)
    for each in graph.statements:
        for triple in mentions(each):
            evidence = {**_evidence(graph, (each,)), "has_evidence": ()}
            rows[_joined(graph, triple)].append(_edge(graph, triple) | _STATED | evidence)
    concluded: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for triple in graph.inferred:
        concluded[_joined(graph, triple)].append(_edge(graph, triple) | _CONCLUDED)
    for joined, several in concluded.items():
        rows[joined] = _with_what_follows(rows[joined], several) if joined in rows else several
    yield from map(_merged, rows.values())


def _with_what_follows(stated: list[Row], concluded: Iterable[Row]) -> list[Row]:
    known = {name for row in stated for name in row.get("original_predicate", ())}
    new = sorted({name for row in concluded for name in row["original_predicate"]} - known)
    return [*stated, {"description": (f"it follows, too: {', '.join(new)}",)}] if new else stated


def _joined(graph: KnowledgeGraph, triple: Triple) -> tuple[str, ...]:
    """Return the identifiers of subject, predicate and object."""
    subject, relation, value = triple
    return (_node_id(graph, subject), *graph.biolink.predicates[relation], _node_id(graph, value))


def _merged(rows: Iterable[Row]) -> Row:
    """Return one row with the values of all rows, and one description."""
    values: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        for column, several in row.items():
            values[column] |= dict.fromkeys(each for each in several if each)
    merged = {column: tuple(sorted(several)) for column, several in values.items()}
    relations = merged["original_predicate"]
    return {
        **merged,
        "original_predicate": relations if len(relations) == 1 else (),  # Biolink allows one value
        "original_predicates": relations,
        "description": (" / ".join(merged.get("description", ())),),
    }


def _settings(graph: KnowledgeGraph, supporting: Iterable[tuple[Statement, Triple]]) -> Row:
    """Return the settings in which the claims of an edge hold; an empty row if no statement has a setting."""
    told = {(graph.vocabulary.label(relation), _setting(graph, each)) for each, (_, relation, _) in supporting}
    if all(setting == _NO_SETTING for _, setting in told):
        return {}
    return {"description": tuple(f"{relation} ({setting})" for relation, setting in told)}


def _edge(graph: KnowledgeGraph, triple: Triple) -> Row:
    """Return the columns of every edge; its identifier is made from what it joins (RFC 9562, version 5)."""
    subject, relation, value = triple
    curie = graph.biolink.curie
    joined = _joined(graph, triple)
    return {
        "id": (uuid.uuid5(uuid.NAMESPACE_URL, " ".join(joined)).urn,),
        "category": (graph.biolink.edge_categories[relation],),
        "subject": (joined[0],),
        "predicate": graph.biolink.predicates[relation],
        "object": (joined[-1],),
        "original_subject": (curie(subject),),
        "original_predicate": (curie(relation),),
        "original_object": (curie(value),),
        "primary_knowledge_source": (model.HER2LD,),
    }


def _evidence(graph: KnowledgeGraph, statements: Iterable[Statement]) -> Row:
    """Return the papers, quotes, types of evidence and nodes of statements, which have everything else."""
    statements = tuple(statements)
    return {
        "publications": _curies(graph, (each.paper for each in statements)),
        "supporting_text": tuple(sorted({span.exact for each in statements for span in each.evidence})),
        "has_evidence": _curies(graph, (each.iri for each in statements)),
        "has_evidence_of_type": _curies(graph, (kind for each in statements for kind in each.evidence_types)),
    }


def _setting(graph: KnowledgeGraph, statement: Statement) -> str:
    told = [
        f"{graph.vocabulary.label(property_)}: {name}"
        for property_, value in statement.values
        if property_ in SETTING
        for name in _names(graph, (value,))
    ]
    told += [f"{graph.vocabulary.label(statement_model.DOSE)}: {_dose(graph, each)}" for each in statement.doses]
    return "; ".join(sorted(told)) or _NO_SETTING


def _dose(graph: KnowledgeGraph, dose: Dose) -> str:
    amount = f"{dose.value}" if dose.value is not None else f"{dose.lower} to {dose.upper}"
    words = (*_names(graph, (dose.agent,)), amount, dose.unit, dose.schedule)
    return " ".join(each for each in words if each)


# --- Names --------------------------------------------------------------------------------------------------------


def _node_id(graph: KnowledgeGraph, iri: NamedNode) -> str:
    identity = graph.biolink.identities.get(iri)
    return graph.biolink.curie(identity.iri if identity else iri)


def _name(graph: KnowledgeGraph, value: Value) -> str:
    """Return the label of a term, the paper's name of a group or study, or the text of a literal."""
    if isinstance(value, Literal):
        return value.value
    part = graph.by.groups.get(value) or graph.by.studies.get(value)
    return part.called if part and part.called else graph.vocabulary.label(value)


def _names(graph: KnowledgeGraph, values: Iterable[Value | None]) -> tuple[str, ...]:
    return tuple(sorted(_name(graph, each) for each in values if each))


def _curies(graph: KnowledgeGraph, values: Iterable[NamedNode | None]) -> tuple[str, ...]:
    return tuple(sorted({graph.biolink.curie(each) for each in values if each}))


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(sorted(each.value for each in values if isinstance(each, NamedNode | Literal)))


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

# These are no slots of Biolink.
OWN_COLUMNS = (*_OF_STATEMENTS, "original_predicates")

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_FORMULA = re.compile('^(?=[=+@"-])')


@dataclass(frozen=True, slots=True)
class KgxTables:
    """The rows of the two tables: values by column, without empty columns.

    ``statements_as_nodes`` is the number of statements and knowledge gaps, ``statements_as_edges`` the number of those
    whose claim is an edge.
    """

    nodes: tuple[Row, ...]
    edges: tuple[Row, ...]
    statements_as_edges: int
    statements_as_nodes: int


def kgx_tables(quads: Iterable[Quad], vocabulary: Vocabulary) -> KgxTables:
    """Return the tables for the quads of :func:`her2ld.dataset.build` and of reasoning; rows are sorted.

    All statements are held in memory. Raises ExportError if a relation, a subject or an object has no term of Biolink.

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
    """Write ``her2_nodes.tsv`` and ``her2_edges.tsv``, and return their paths.

    Both are replaced or neither is, in one step if the folder has no other files. Raises ExportError if they cannot be.
    """
    paths = Path(folder) / "her2_nodes.tsv", Path(folder) / "her2_edges.tsv"
    with replacing_files(folder, [path.name for path in paths]) as (nodes, edges_):
        nodes.writelines(line.encode() for line in tsv_lines(NODE_COLUMNS, tables.nodes))
        edges_.writelines(line.encode() for line in tsv_lines(EDGE_COLUMNS, tables.edges))
    return paths


def tsv_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Yield a header and a line for each row, without quotation marks around cells, which KGX does not support."""
    yield "\t".join(columns) + "\n"
    for row in rows:
        yield "\t".join(cell(row.get(column, ())) for column in columns) + "\n"


def cell(values: Iterable[str]) -> str:
    r"""Return values as one cell that no reader splits or executes.

    A character that would end the cell or the row becomes a space, and a bar in a value becomes a broken bar. A cell
    that begins like a formula or a quotation gets an apostrophe in front.

    >>> cell(["a|b", "c\td"])
    'a¦b|c d'
    >>> cell(["=1+1"])
    "'=1+1"
    """
    tidy = (_CONTROLS.sub(" ", value).replace("|", "¦").strip() for value in values)
    return _FORMULA.sub("'", "|".join(value for value in tidy if value))
