"""A knowledge graph as rows of KGX: which triples are facts, which statements there are, and their nodes and edges."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from her2ld.dataset.node_data import SPAN_PROPERTIES, NodeData, data_in
from her2ld.dataset.standing import MARKS
from her2ld.dataset.statements import read_statements, read_studies
from her2ld.errors import ExportError, Problem
from her2ld.exports.biolink import Biolink, read_biolink
from her2ld.statements import Dose, Result, Statement, plain
from her2ld.statements.paper_comparison import licences
from her2ld.statements.plain import Judge, Licence
from her2ld.statements.statement import SETTING, Value
from her2ld.vocabulary import model as graphs
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.ontology import Vocabulary

Triple = tuple[NamedNode, NamedNode, NamedNode]


@dataclass(frozen=True, slots=True)
class Graph:
    """What is to be written: the triples that are facts, and every statement.

    ``said`` is what is said of every term, statement and span, ``by`` has the studies and groups. ``asserted`` are the
    statements whose triple is a fact, each with that triple; ``defined`` are the facts of the ontology, ``inferred``
    those that follow.
    """

    vocabulary: Vocabulary
    biolink: Biolink
    said: NodeData
    by: Judge
    statements: Sequence[Statement]
    asserted: Sequence[tuple[Statement, Triple]]
    defined: Sequence[Triple]
    inferred: Sequence[Triple]

    def facts(self) -> Iterator[Triple]:
        """Yield every triple that is to be an edge."""
        yield from (triple for _, triple in self.asserted)
        yield from self.defined
        yield from self.inferred

    def mentions(self) -> Iterator[Triple]:
        """Yield what the statements are about."""
        for statement in self.statements:
            yield from mentions(statement)

    def terms(self) -> set[NamedNode]:
        """Return the subjects and objects of all edges, but for the statements."""
        facts = {end for subject, _, value in self.facts() for end in (subject, value)}
        return facts | {value for _, _, value in self.mentions()}


def mentions(statement: Statement) -> Iterator[Triple]:
    """Yield what a statement or a knowledge gap is about: both ends of its claim, or its topics."""
    if claim := statement.claim:
        for property_, end in ((model.SUBJECT, claim.subject), (model.OBJECT, claim.object)):
            if end:
                yield statement.iri, property_, end
    for term in statement.about:
        yield statement.iri, model.ABOUT, term


def gather(quads: Iterable[Quad], vocabulary: Vocabulary) -> Graph:
    """Read the graphs ``ontology``, ``inferred`` and ``statements``, and the quotes in ``records``."""
    biolink = read_biolink(vocabulary)
    of_the_model = biolink.categories.get(model.STATEMENT)
    of_the_domain = {iri for iri, categories in biolink.categories.items() if categories != of_the_model}
    saying: list[Quad] = []
    defined: dict[Triple, None] = {}
    inferred: dict[Triple, None] = {}
    for quad in quads:
        subject, predicate, value, graph = quad
        if not isinstance(subject, NamedNode) or not isinstance(value, (NamedNode, Literal)):
            continue
        if graph in (graphs.ONTOLOGY_GRAPH, graphs.STATEMENTS_GRAPH) or predicate in SPAN_PROPERTIES:
            saying.append(quad)
        if graph in (graphs.ONTOLOGY_GRAPH, graphs.INFERRED_GRAPH) and isinstance(value, NamedNode):
            relation = vocabulary.terms.get(predicate)
            if predicate in (standard.TYPE, standard.SUBCLASS_OF):
                is_fact = subject in of_the_domain and value in of_the_domain
            else:
                is_fact = relation is not None and relation.is_relation
            if is_fact:
                (defined if graph == graphs.ONTOLOGY_GRAPH else inferred)[subject, predicate, value] = None
    said = data_in(saying)
    by = plain.judge(vocabulary.steering, *read_studies(said))
    licensed = tuple(licences(tuple(read_statements(said)), by))
    return Graph(
        vocabulary=vocabulary,
        biolink=biolink,
        said=said,
        by=by,
        statements=tuple(each for each, _ in licensed),
        asserted=tuple(
            (each, (claim.subject, claim.relation, claim.object))
            for each, licence in licensed
            if licence is Licence.ASSERTED
            if (claim := each.claim) and claim.subject and claim.relation and claim.object
        ),
        defined=tuple(defined),
        inferred=tuple(inferred),
    )


def check(graph: Graph) -> None:
    """Raise ExportError for every relation without a predicate and every term without a category in Biolink."""
    biolink = graph.biolink
    problems: dict[Problem, None] = {}
    for relation in sorted({relation for _, relation, _ in (*graph.facts(), *graph.mentions())}, key=str):
        found = len(biolink.predicates.get(relation, ()))
        if found != 1:
            what = f"has {found or 'no'} terms of Biolink as an exact or broad match, not one"
            remedy = "map it to the nearest predicate that holds whenever it does"
            problems[Problem(relation.value, what, remedy)] = None
        if relation not in biolink.edge_categories:
            what = "does not say to which class of associations in Biolink it belongs"
            remedy = f"name the class with {biolink.curie(graphs.EDGE_CATEGORY)}"
            problems[Problem(relation.value, what, remedy)] = None
    for iri in sorted(graph.terms() - biolink.categories.keys(), key=str):
        remedy = "put it into a class that is mapped to Biolink, or map its class"
        problems[Problem(iri.value, "has no category in Biolink", remedy)] = None
    if problems:
        raise ExportError(problems)


# Of KnowledgeLevelEnum and AgentTypeEnum (biolink-model 4.4.6): what an author or the ontology states and a person
# wrote down by hand, and what a program concludes from it.
_STATED = {"knowledge_level": ("knowledge_assertion",), "agent_type": ("manual_agent",)}
_CONCLUDED = {"knowledge_level": ("logical_entailment",), "agent_type": ("automated_agent",)}
_NO_SETTING = "no setting named"
# Told in columns of their own, or of the paper.
_IN_COLUMNS = frozenset((model.CERTAINTY, model.BASIS, model.ATTRIBUTION, *MARKS))

Row = dict[str, tuple[str, ...]]


# --- Nodes --------------------------------------------------------------------------------------------------------


def term_node(graph: Graph, iri: NamedNode) -> Row:
    """Return the node of an entity or class, under the identifier that Biolink prefers for what it is."""
    identity = graph.biolink.identities[iri]
    others = [each for each in identity.same if each != identity.iri]
    term = graph.vocabulary.terms[iri]
    return {
        "id": (_node_id(graph, iri),),
        "category": graph.biolink.categories[iri],
        "name": (term.label,),
        "description": _texts(graph.said.about(iri).get(standard.DEFINITION, ())),
        "synonym": tuple(sorted(term.synonyms)),
        "xref": tuple(sorted(graph.biolink.curie(each) for each in others)),
        "iri": (identity.iri.value,),
    }


def statement_node(graph: Graph, statement: Statement) -> Row:
    """Return the node of a statement or a knowledge gap; its name begins with polarity and certainty."""
    polarity = _names(graph, (statement.link or (model.KNOWLEDGE_GAP if statement.is_gap else None),))
    certainty = _names(graph, statement.all(model.CERTAINTY))
    standing = _names(graph, statement.all(graphs.STANDING))
    kind = model.KNOWLEDGE_GAP if statement.is_gap else model.STATEMENT
    return {
        "id": (graph.biolink.curie(statement.iri),),
        "category": tuple(sorted(graph.biolink.categories.get(kind, ()))),
        "name": (f"{', '.join((*polarity, *certainty, *standing))}: {statement.label}",),
        "description": (_described(graph, statement),),
        "iri": (statement.iri.value,),
        "polarity": polarity,
        "certainty": certainty,
        "basis": _names(graph, statement.all(model.BASIS)),
        "attribution": _names(graph, statement.all(model.ATTRIBUTION)),
        "standing": standing,
        "publications": _curies(graph, (statement.paper,)),
        "supporting_text": tuple(span.exact for span in statement.evidence),
        "has_evidence": tuple(span.iri.value for span in statement.evidence),
        "has_evidence_of_type": _curies(graph, statement.evidence_types),
        "results": _as_json(graph, statement.results),
        "doses": _as_json(graph, statement.doses),
    }


def _described(graph: Graph, statement: Statement) -> str:
    """Say under which conditions, for whom, in which study, and in which words of doubt or denial."""
    told = [
        f"{graph.vocabulary.label(property_)}: {name}"
        for property_, value in statement.values
        if property_ not in _IN_COLUMNS
        for name in _names(graph, (value,))
    ]
    cues = (model.CERTAINTY_CUE, model.POLARITY_CUE, model.GAP_CUE)
    words = [(property_, span) for property_, span in statement.words if property_ in cues]
    if statement.unknown:
        words.append((model.UNKNOWN_ASPECT, statement.unknown))
    told += [f"{graph.vocabulary.label(property_)}: {span.exact}" for property_, span in words]
    return "; ".join(sorted(told))


def _as_json(graph: Graph, parts: Iterable[Result | Dose]) -> tuple[str, ...]:
    """Write results or doses as one JSON array; what a part does not say is left out."""
    objects = []
    for part in parts:
        said = {field.name: getattr(part, field.name) for field in fields(part)}
        objects.append(
            {
                name: _json_value(graph, value)
                for name, value in said.items()
                if name not in ("iri", "printed_at") and value is not None
            }
        )
    return (json_array(objects),) if objects else ()


def json_array(objects: Iterable[object]) -> str:
    r"""Write JSON that comes through kgx 2.6.0, which deletes a quotation mark that has a backslash in front.

    >>> json_array(['"', "\\"])
    '["\\u0022", "\\u005c"]'
    """
    text = json.dumps(sorted(objects, key=str), ensure_ascii=False)
    return text.replace("\\\\", "\\u005c").replace('\\"', "\\u0022")


def _json_value(graph: Graph, value: object) -> object:
    if isinstance(value, NamedNode):
        return _name(graph, value)
    if isinstance(value, Decimal) and value == int(value):
        return int(value)
    if isinstance(value, Decimal):  # a number where a reader of JSON keeps it as it is
        return float(value) if Decimal(repr(float(value))) == value else str(value)
    return value


# --- Edges --------------------------------------------------------------------------------------------------------


def edges(graph: Graph) -> Iterator[Row]:
    """Yield the edges, each subject, predicate and object once: kgx takes those that share them for one.

    Claims may come to share them, as one predicate of Biolink stands for several of our relations. Their edge has the
    relations, papers and words of all. What only follows is told in the description of an edge that is stated, too.
    """
    rows: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    statements: defaultdict[tuple[str, ...], list[tuple[Statement, Triple]]] = defaultdict(list)
    for statement, triple in graph.asserted:
        statements[_joined(graph, triple)].append((statement, triple))
    for joined, said in statements.items():
        rows[joined] = [_edge(graph, triple) | _STATED for _, triple in said]
        rows[joined].append(_evidence(graph, (each for each, _ in said)) | _settings(graph, said))
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


def _joined(graph: Graph, triple: Triple) -> tuple[str, ...]:
    """Return the identifiers of subject, predicate and object."""
    subject, relation, value = triple
    return (_node_id(graph, subject), *graph.biolink.predicates[relation], _node_id(graph, value))


def _merged(rows: Iterable[Row]) -> Row:
    """Return one row with the values of all; there is one description."""
    values: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        for column, several in row.items():
            values[column] |= dict.fromkeys(each for each in several if each)
    merged = {column: tuple(sorted(several)) for column, several in values.items()}
    relations = merged["original_predicate"]
    return {
        **merged,
        "original_predicate": relations if len(relations) == 1 else (),  # Biolink has room for one
        "original_predicates": relations,
        "description": (" / ".join(merged.get("description", ())),),
    }


def _settings(graph: Graph, said: Iterable[tuple[Statement, Triple]]) -> Row:
    """Say in which settings which claim of an edge holds; nothing where no statement names one."""
    told = {(graph.vocabulary.label(relation), _setting(graph, each)) for each, (_, relation, _) in said}
    if all(setting == _NO_SETTING for _, setting in told):
        return {}
    return {"description": tuple(f"{relation} ({setting})" for relation, setting in told)}


def _edge(graph: Graph, triple: Triple) -> Row:
    """Return what every edge has; it is named after what it joins (RFC 9562, version 5)."""
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
        "primary_knowledge_source": (graphs.HER2LD,),
    }


def _evidence(graph: Graph, statements: Iterable[Statement]) -> Row:
    """Return the papers, the words, the kinds of evidence, and the nodes of the statements, which tell the rest."""
    statements = tuple(statements)
    return {
        "publications": _curies(graph, (each.paper for each in statements)),
        "supporting_text": tuple(sorted({span.exact for each in statements for span in each.evidence})),
        "has_evidence": _curies(graph, (each.iri for each in statements)),
        "has_evidence_of_type": _curies(graph, (kind for each in statements for kind in each.evidence_types)),
    }


def _setting(graph: Graph, statement: Statement) -> str:
    told = [
        f"{graph.vocabulary.label(property_)}: {name}"
        for property_, value in statement.values
        if property_ in SETTING
        for name in _names(graph, (value,))
    ]
    told += [f"{graph.vocabulary.label(model.DOSE)}: {_dose(graph, each)}" for each in statement.doses]
    return "; ".join(sorted(told)) or _NO_SETTING


def _dose(graph: Graph, dose: Dose) -> str:
    amount = f"{dose.value}" if dose.value is not None else f"{dose.lower} to {dose.upper}"
    said = (*_names(graph, (dose.agent,)), amount, dose.unit, dose.schedule)
    return " ".join(each for each in said if each)


# --- Names --------------------------------------------------------------------------------------------------------


def _node_id(graph: Graph, iri: NamedNode) -> str:
    identity = graph.biolink.identities.get(iri)
    return graph.biolink.curie(identity.iri if identity else iri)


def _name(graph: Graph, value: Value) -> str:
    """Return the label of a term, what a paper calls a group or a study, or the characters of a literal."""
    if isinstance(value, Literal):
        return value.value
    part = graph.by.groups.get(value) or graph.by.studies.get(value)
    return part.called if part and part.called else graph.vocabulary.label(value)


def _names(graph: Graph, values: Iterable[Value | None]) -> tuple[str, ...]:
    return tuple(sorted(_name(graph, each) for each in values if each))


def _curies(graph: Graph, values: Iterable[NamedNode | None]) -> tuple[str, ...]:
    return tuple(sorted({graph.biolink.curie(each) for each in values if each}))


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(sorted(each.value for each in values if isinstance(each, NamedNode | Literal)))
