"""The data of a store that pages need, indexed once. Records may be large, so they are looked up on demand."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain, groupby
from typing import Any, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from her2ld.dataset.node_data import data_of
from her2ld.dataset.statements import read_statements, read_studies
from her2ld.iris import PUBMED, at_path, page_of_paper, paper_of_page, path_of
from her2ld.mappings.term_mappings import TermMapping, term_mappings
from her2ld.query.catalogue import Question, read_questions
from her2ld.remembered import Remembered
from her2ld.statements import Span, Statement
from her2ld.statements.paper_comparison import Compared, Status, compare, licences
from her2ld.statements.plain import Judge, Licence, affirms, judge
from her2ld.vocabulary import model, standard, statement_model
from her2ld.vocabulary.identifiers import curie_writer
from her2ld.vocabulary.ontology import Vocabulary

View = tuple[str, Mapping[str, object]]


def papers(store: Store) -> Iterator[NamedNode]:
    """Yield the papers of a store, each once, in no order."""
    seen = set()
    for quad in store.quads_for_pattern(None, standard.TYPE, standard.ARTICLE):
        if isinstance(quad.subject, NamedNode) and quad.subject not in seen:
            seen.add(quad.subject)
            yield quad.subject


def record_path(store: Store, paper: NamedNode) -> str:
    """Return the path of the page of a paper.

    A paper of PubMed has ``record/pubmed/`` and its PMID, a curated paper ``record/`` and its DOI with ``_`` for ``/``.
    A later version of a record has an IRI of ours, and so a path of its own.

    >>> record_path(Store(), NamedNode("http://rdf.ncbi.nlm.nih.gov/pubmed/33100329"))
    'record/pubmed/33100329'
    >>> record_path(Store(), NamedNode("https://doi.org/10.1007/BF02967477"))
    'record/10.1007_BF02967477'
    """
    ours = path_of(paper)
    if ours is not None:
        return ours
    if not paper.value.startswith(PUBMED):
        texts = (quad.object for quad in store.quads_for_pattern(paper, model.HAS_TEXT, None))
        paths = [path for text in texts if isinstance(text, NamedNode) and (path := path_of(text))]
        if paths:
            return min(paths).rpartition("/")[0]
    return page_of_paper(paper.value).removeprefix(model.HER2LD)


def paper_at(store: Store, path: str) -> NamedNode | None:
    """Return the paper whose page has that path; None if there is none."""
    parts = (at_path(f"{path}/{part}") for part in ("title", "abstract"))
    wholes = (quad.object for part in parts for quad in store.quads_for_pattern(part, standard.IS_PART_OF, None))
    page = at_path(path)
    candidates = [
        *(paper for paper in wholes if isinstance(paper, NamedNode)),
        page,
        NamedNode(paper_of_page(page.value)),
    ]
    for paper in candidates:
        kinds = store.quads_for_pattern(paper, standard.TYPE, standard.ARTICLE)
        if next(kinds, None) and record_path(store, paper) == path:
            return paper
    return None


Term = NamedNode | BlankNode | Literal | Triple

_DECLARED = (
    standard.OWL_CLASS,
    standard.OWL_INDIVIDUAL,
    standard.OWL_OBJECT_PROPERTY,
    standard.OWL_DATATYPE_PROPERTY,
    standard.OWL_ANNOTATION_PROPERTY,
)

_MOST_PAPERS = 500
_MOST_REMEMBERED = 20_000
# Our names for terms of others that have no label in the data.
_WORDS = {
    standard.SUBCLASS_OF: "is a kind of",
    standard.SUBPROPERTY_OF: "follows from",
    standard.EQUIVALENT_CLASS: "has the same members as",
    standard.INVERSE_OF: "is the inverse of",
    standard.DOMAIN: "holds of",
    standard.RANGE: "leads to",
    standard.OWL_CLASS: "class",
    standard.OWL_INDIVIDUAL: "individual",
    standard.OWL_OBJECT_PROPERTY: "relation between things",
    standard.OWL_DATATYPE_PROPERTY: "property with a value",
    standard.OWL_ANNOTATION_PROPERTY: "annotation",
    standard.SYMMETRIC_PROPERTY: "symmetric",
    standard.EDITORIAL_NOTE: "editorial note",
    standard.EXAMPLE: "example",
    standard.SCOPE_NOTE: "scope note",
    standard.IN_SCHEME: "is one of",
    standard.EXACT_MATCH: "is exactly",
    standard.CLOSE_MATCH: "is close to",
    standard.BROAD_MATCH: "is narrower than",
    standard.NARROW_MATCH: "is broader than",
    standard.RELATED_MATCH: "is related to",
    standard.SOURCE: "found in",
    standard.ATTRIBUTED_TO: "curator",
    standard.CREATED: "curated on",
    standard.DERIVED_FROM: "paper",
}


# The properties with the names of things: terms, papers, studies and their groups.
_NAMES = (standard.LABEL, standard.TITLE, statement_model.CALLED)


K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A store and the data that pages often need.

    ``terms`` are the classes, entities and properties in our namespace by path. ``statements`` are the statements and
    knowledge gaps by path, or by IRI if they have IRIs of others. ``licences`` are their licences in view of each
    other, and ``judge`` has the studies and groups on which they depend. ``comparison`` is their comparison, and
    ``opposed`` are the affirmations that are disputed or whose claim is limited. ``claims`` are the statements of each
    claim. ``uses`` are the statements that a term is part of, each with the property that leads to the term.
    ``read_in`` are the statements of each text, which is that of their first evidence, and ``words_in`` the quotes and
    words of statements, studies and groups in it.
    ``questions`` are those of the package, and ``papers`` the first of ``paper_count``, by path. ``curie`` writes an
    IRI with a prefix. A path is the part of an IRI after the namespace. Suggestions of authors are in the statements,
    and in none of the values below.
    """

    store: Store
    vocabulary: Vocabulary
    terms: Mapping[str, NamedNode]
    statements: Mapping[str, Statement]
    licences: Mapping[NamedNode, Licence]
    judge: Judge
    comparison: Compared
    opposed: Mapping[NamedNode, Status]
    claims: Mapping[NamedNode, tuple[Statement, ...]]
    uses: Mapping[NamedNode, tuple[tuple[NamedNode, Statement], ...]]
    read_in: Mapping[NamedNode, tuple[Statement, ...]]
    questions: tuple[Question, ...]
    papers: tuple[NamedNode, ...]
    paper_count: int
    curie: Callable[[str], str]
    _mappings: Callable[[], Mapping[NamedNode, tuple[TermMapping, ...]]]
    _words_in: Callable[[], Mapping[NamedNode, list[Span]]]
    _remembered: dict[object, Remembered[Any, Any]] = field(default_factory=dict)

    @property
    def mappings(self) -> Mapping[NamedNode, tuple[TermMapping, ...]]:
        """The mappings of each term of the ontology, collected at the first use."""
        return self._mappings()

    @property
    def words_in(self) -> Mapping[NamedNode, list[Span]]:
        """The quotes and words of statements, studies and groups in each text, collected at the first use."""
        return self._words_in()

    def once(self, function: Callable[["Knowledge", K], V], argument: K, most: int = _MOST_REMEMBERED) -> V:
        """Return ``function(self, argument)``, computed once; at most ``most`` results of the function are kept."""
        kept = self._remembered.get(function)
        if kept is None:
            kept = self._remembered[function] = Remembered(partial(function, self), most)
        return kept[argument]  # type: ignore[no-any-return]  # the function's

    def statement(self, iri: NamedNode) -> Statement:
        """Return the statement or the knowledge gap with an IRI."""
        return self.statements[path_of(iri) or iri.value]

    def values(self, subject: NamedNode | BlankNode, predicate: NamedNode) -> list[Term]:
        """Return all values of a property, each once, sorted."""
        quads = self.store.quads_for_pattern(subject, predicate, None)
        return sorted({quad.object for quad in quads if quad.graph_name != model.HEDGED_GRAPH}, key=str)

    def texts(self, subject: NamedNode, predicate: NamedNode) -> list[str]:
        """Return the values of a property that are texts."""
        return [value.value for value in self.values(subject, predicate) if isinstance(value, Literal)]

    def iris(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        """Return the values of a property that are IRIs."""
        return [value for value in self.values(subject, predicate) if isinstance(value, NamedNode)]

    def subjects(self, predicate: NamedNode, value: Term) -> list[NamedNode]:
        """Return the subjects with that value of a property, sorted."""
        quads = self.store.quads_for_pattern(None, predicate, value)
        found = {quad.subject for quad in quads if quad.graph_name != model.HEDGED_GRAPH}
        return sorted((subject for subject in found if isinstance(subject, NamedNode)), key=str)

    def label(self, iri: NamedNode) -> str:
        """Return the name of a thing; without a name, its IRI with a prefix."""
        return self.once(_label, iri)


def _label(knowledge: Knowledge, iri: NamedNode) -> str:
    names = next(filter(None, (knowledge.texts(iri, each) for each in _NAMES)), None)
    return names[0] if names else _WORDS.get(iri) or _unnamed(knowledge, iri) or knowledge.curie(iri.value)


def _unnamed(knowledge: Knowledge, iri: NamedNode) -> str:
    """Return a name for a study or a group without one in its paper: the curator's name in the IRI."""
    if iri not in knowledge.judge.studies and iri not in knowledge.judge.groups:
        return ""
    return iri.value.rpartition("/")[2].replace("-", " ")


def read_knowledge(store: Store, vocabulary: Vocabulary) -> Knowledge:
    """Return the index of a store, for pages. The store is read again when a page is drawn, and must not change.

    After this and a first page, no further file is read.
    """
    declared = {
        quad.subject
        for kind in _DECLARED
        for quad in store.quads_for_pattern(None, standard.TYPE, kind)
        if isinstance(quad.subject, NamedNode)
    }
    terms = {path: iri for iri in sorted(declared, key=str) if (path := path_of(iri)) and "#" not in path}
    graph = data_of(store)
    statements = {path_of(each.iri) or each.iri.value: each for each in read_statements(graph)}
    by = judge(vocabulary.steering, *read_studies(graph))
    comparison = compare(statements.values(), by)
    return Knowledge(
        store,
        vocabulary,
        terms,
        statements,
        {each.iri: licence for each, licence in licences(tuple(statements.values()), by, comparison)},
        by,
        comparison,
        _opposed(statements.values(), comparison),
        _claims(statements.values()),
        _uses(statements.values()),
        _read_in(statements.values()),
        read_questions(),
        tuple(heapq.nsmallest(_MOST_PAPERS, papers(store), key=lambda paper: record_path(store, paper))),
        sum(1 for _ in papers(store)),
        curie_writer(vocabulary.prefixes),
        cache(partial(_by_term, vocabulary)),
        cache(partial(_words_in, statements.values(), by)),
    )


def _by_term(vocabulary: Vocabulary) -> dict[NamedNode, tuple[TermMapping, ...]]:
    found = groupby(term_mappings(vocabulary), key=lambda mapping: mapping.subject.iri)
    return {iri: tuple(mappings) for iri, mappings in found}


def _opposed(statements: Iterable[Statement], comparison: Compared) -> dict[NamedNode, Status]:
    disputed = comparison.disputed
    found: dict[NamedNode, Status] = {}
    for each in statements:
        if each.claim and affirms(each) and not each.is_gap:
            status = Status.DISPUTED if each.iri in disputed else comparison.statuses.get(each.claim.iri)
            if status is Status.DISPUTED or status is Status.LIMITED:
                found[each.iri] = status
    return found


def _claims(statements: Iterable[Statement]) -> dict[NamedNode, tuple[Statement, ...]]:
    claims: defaultdict[NamedNode, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.claim:
            claims[statement.claim.iri].append(statement)
    return {claim: tuple(each) for claim, each in claims.items()}


def _read_in(statements: Iterable[Statement]) -> dict[NamedNode, tuple[Statement, ...]]:
    texts: defaultdict[NamedNode, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.evidence:
            texts[statement.evidence[0].text].append(statement)
    return {text: tuple(each) for text, each in texts.items()}


def _words_in(statements: Iterable[Statement], by: Judge) -> dict[NamedNode, list[Span]]:
    texts: defaultdict[NamedNode, list[Span]] = defaultdict(list)
    for statement in statements:
        printed = (*(each.printed_at for each in statement.results), *(each.printed_at for each in statement.doses))
        words = (span for _, span in statement.words)
        for span in chain(statement.quoted(), words, *printed):
            texts[span.text].append(span)
    for evidence in (*(each.evidence for each in by.studies.values()), *(each.evidence for each in by.groups.values())):
        for span in evidence:
            texts[span.text].append(span)
    return dict(texts)


def _uses(statements: Iterable[Statement]) -> dict[NamedNode, tuple[tuple[NamedNode, Statement], ...]]:
    uses: defaultdict[NamedNode, dict[tuple[NamedNode, NamedNode], tuple[NamedNode, Statement]]] = defaultdict(dict)
    for statement in statements:
        for property_, part in _parts(statement):
            if isinstance(part, NamedNode):
                uses[part][property_, statement.iri] = (property_, statement)
    return {term: tuple(each.values()) for term, each in uses.items()}


def _parts(statement: Statement) -> Iterator[tuple[NamedNode, Term | None]]:
    claim = statement.claim
    if claim:
        yield statement_model.SUBJECT, claim.subject
        yield statement_model.RELATION, claim.relation
        yield statement_model.OBJECT, claim.object
    for term in statement.about:
        yield statement_model.ABOUT, term
    yield from statement.values
    for kind in statement.evidence_types:
        yield statement_model.EVIDENCE_TYPE, kind
    for result in statement.results:
        yield statement_model.MEASURE, result.measure
        yield statement_model.GROUP, result.group
        yield statement_model.COUNTED, result.counted
    for dose in statement.doses:
        yield statement_model.DOSE, dose.agent
