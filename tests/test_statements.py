"""What is written of a statement is read of it, from quads in any order and from a store; and what it licenses."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from her2ld import Curation, Vocabulary, curation_folders, iris, read_curation, read_ontology
from her2ld.dataset.curated_records import record_quads
from her2ld.dataset.node_data import NodeData, data_in, data_of
from her2ld.dataset.statements import (
    KINDS,
    claim_quads,
    plain_quads,
    quoted_spans,
    read_statements,
    read_studies,
    statement_quads,
    word_spans,
)
from her2ld.statements import Claim, Dose, Group, Result, Span, Statement, Study
from her2ld.statements.paper_comparison import licences
from her2ld.statements.plain import Licence, affirms, is_hedged, is_same_or_wider, judge, rank, setting
from her2ld.statements.statement import FIELDS, LINKS, SETTING, WORDS, FieldPart, StatementField, ValueKind
from her2ld.vocabulary import model as graphs
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model

VOCABULARY = read_ontology()
STEERING = VOCABULARY.steering
REVIEW = read_curation(curation_folders()[0], VOCABULARY)
SENTENCES = Path(__file__).parent / "sentences"
PAPERS = [REVIEW, *(read_curation(each.parent, VOCABULARY) for each in sorted(SENTENCES.glob("*/statements.toml")))]

ENTITIES = sorted((each.iri for each in VOCABULARY.terms.values() if each.is_entity_or_class), key=str)
RELATIONS = sorted((each.iri for each in VOCABULARY.terms.values() if each.is_relation), key=str)
Drawn = TypeVar("Drawn")
Described = TypeVar("Described", Result, Dose, Study, Group)

NAMES = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=12)
TERMS = st.sampled_from(ENTITIES)


# --- Drawn --------------------------------------------------------------------------------------------------------


@st.composite
def spans(draw: st.DrawFn) -> Span:
    part, text = draw(st.sampled_from(sorted(REVIEW.record.texts.items())))
    start = draw(st.integers(0, len(text) - 1))
    place = REVIEW.record.span(part, start, draw(st.integers(start + 1, len(text))))
    return Span(iris.span(REVIEW.record, place), iris.text(REVIEW.record, part), place.start, place.end, place.exact)


def many(each: st.SearchStrategy[Drawn]) -> st.SearchStrategy[tuple[Drawn, ...]]:
    return st.lists(each, max_size=2, unique=True).map(tuple)


# What a field of a result, a dose, a study or a group may hold, by the annotation of the dataclass.
BY_TYPE: dict[object, st.SearchStrategy[object]] = {
    NamedNode | None: st.none() | TERMS,
    Decimal | None: st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=5),
    int | None: st.none() | st.integers(0, 10**9),
    str | None: st.none() | NAMES,
    tuple[Span, ...]: many(spans()),
    tuple[NamedNode, ...]: many(TERMS),
    tuple[str, ...]: many(NAMES),
}


def parts(of_class: type[Described], name: str) -> st.SearchStrategy[Described]:
    """Draw a result, a dose, a study or a group: any value in each of its fields."""
    fields = {each.name: BY_TYPE[each.type] for each in dataclasses.fields(of_class) if each.name != "iri"}
    numbers = st.integers(1, 99).map(lambda number: NamedNode(f"urn:{name}-{number}"))
    return st.builds(of_class, iri=numbers, **fields)


def by_iri(each: Statement | Result | Dose | Study | Group) -> str:
    return each.iri.value


def several(of_class: type[Described], name: str) -> st.SearchStrategy[tuple[Described, ...]]:
    return st.lists(parts(of_class, name), max_size=2, unique_by=by_iri).map(tuple)


def value(field: StatementField) -> st.SearchStrategy[NamedNode | Literal]:
    match field.kind:
        case ValueKind.NUMBER:
            return st.integers(1, 10**6).map(Literal)
        case ValueKind.YEAR:
            return st.integers(1, 9999).map(lambda year: Literal(f"{year:04}", datatype=standard.XSD_YEAR))
        case ValueKind.TEXT:
            return NAMES.map(Literal)
    return TERMS


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    fields = draw(st.lists(st.sampled_from(FIELDS), max_size=6, unique=True))
    drawn = [
        (field.property, each)
        for field in sorted(fields, key=FIELDS.index)
        for each in draw(st.lists(value(field), min_size=1, max_size=2 if field.is_list else 1, unique=True))
    ]
    words = draw(st.lists(st.tuples(st.sampled_from(WORDS), spans()), max_size=4, unique=True))
    is_about = draw(st.booleans())
    claim = iris.claim(draw(TERMS), draw(st.sampled_from(RELATIONS)), draw(TERMS))
    iri = NamedNode(f"urn:statement:{draw(st.integers(1, 10**6))}")
    return Statement(
        iri=iri,
        label=draw(NAMES),
        link=None if is_about else draw(st.sampled_from(LINKS)),
        claim=None if is_about else claim,
        evidence=draw(st.lists(spans(), min_size=1, max_size=2, unique=True).map(tuple)),
        values=tuple(drawn),
        words=tuple(sorted(words, key=lambda each: WORDS.index(each[0]))),
        results=tuple(replace(each, iri=iris.part(iri, each.iri)) for each in draw(several(Result, "result"))),
        doses=tuple(replace(each, iri=iris.part(iri, each.iri)) for each in draw(several(Dose, "dose"))),
        about=draw(st.lists(TERMS, min_size=1, max_size=2, unique=True).map(tuple)) if is_about else (),
        unknown=draw(st.none() | spans()),
        evidence_types=draw(many(TERMS)),
        paper=iris.article(REVIEW.record),
    )


# The statements, the studies and the groups of a paper.
entries = st.tuples(
    st.lists(statements(), max_size=2, unique_by=by_iri).map(tuple), several(Study, "study"), several(Group, "group")
)
Entries = tuple[tuple[Statement, ...], tuple[Study, ...], tuple[Group, ...]]


# --- Written and read ---------------------------------------------------------------------------------------------


def of_review(drawn: Entries) -> Curation:
    said, studies, groups = drawn
    return replace(REVIEW, statements=said, studies=studies, groups=groups)


def written(curation: Curation) -> list[Quad]:
    record = record_quads(curation.record, quoted_spans(curation), word_spans(curation), read_ontology().steering)
    return [*statement_quads(curation), *claim_quads([curation], VOCABULARY), *record]


def in_any_order(whole: object) -> object:
    """Return a statement or a part with what it lists sorted: a store keeps no order, and equal numbers are equal."""
    if isinstance(whole, tuple):
        return tuple(sorted(map(in_any_order, whole), key=repr))
    if not dataclasses.is_dataclass(whole):
        return whole.normalize() if isinstance(whole, Decimal) else whole
    return type(whole), *(in_any_order(getattr(whole, each.name)) for each in dataclasses.fields(whole))


def all_that(said: NodeData) -> object:
    return in_any_order((*read_statements(said), *(each for found in read_studies(said) for each in found)))


def all_of(curation: Curation) -> object:
    return in_any_order((*curation.statements, *curation.studies, *curation.groups))


@given(entries)
def test_what_is_written_is_read(drawn: Entries) -> None:
    curation = of_review(drawn)
    quads = written(curation)
    assert all_that(data_in(quads)) == all_of(curation)
    store = Store()
    store.extend(quads)
    assert all_that(data_of(store)) == all_of(curation)


@pytest.mark.parametrize("paper", PAPERS, ids=[iris.record_key(each.record) for each in PAPERS])
def test_papers_are_read_as_they_were_curated(paper: Curation) -> None:
    quads = written(paper)
    said = data_in(quads)
    found = [*read_statements(said)]
    assert [each for each in found if not each.is_gap] == sorted(paper.claims, key=found.index)
    assert [each for each in found if each.is_gap] == sorted(paper.gaps, key=found.index)
    assert read_studies(said) == (tuple(sorted(paper.studies, key=by_iri)), tuple(sorted(paper.groups, key=by_iri)))
    store = Store()
    store.extend(quads)
    assert all_that(data_of(store)) == all_of(paper)


@given(entries, st.randoms(use_true_random=False), st.floats(0, 1))
def test_what_lacks_a_part_is_read_and_affirms_nothing_that_was_not_affirmed(
    drawn: Entries, random: Random, share: float
) -> None:
    curation = of_review(drawn)
    left = [*statement_quads(curation), *claim_quads([curation], VOCABULARY)]
    gone = {quad for quad in left if random.random() < share}
    left = [quad for quad in left if quad not in gone]
    random.shuffle(left)
    affirmed = {quad.subject for quad in left if quad.predicate == model.AFFIRMS}
    for statement in read_statements(data_in(left)):
        assert not affirms(statement) or statement.iri in affirmed
        assert gone or statement.iri in {each.iri for each in curation.statements}


@given(st.data())
def test_data_of_others_are_read_without_an_error(data: st.DataObject) -> None:
    """Every property of the model with any value: blank nodes, literals of any type, IRIs that are no spans."""
    nodes = [
        NamedNode("urn:s"),
        NamedNode("urn:c"),
        NamedNode("urn:r"),
        NamedNode("urn:x#char=1,2"),
        NamedNode("urn:x#char=9,z"),
    ]
    anything = st.sampled_from([*nodes, Literal("1"), Literal("x"), Literal("-1"), Literal("²"), Literal("NaN")])
    properties = st.sampled_from([
        *LINKS, *WORDS, *(field.property for field in FIELDS), model.SUBJECT, model.RELATION, model.OBJECT,
        model.RESULT, model.DOSE, model.EVIDENCE, model.ABOUT, model.VALUE, model.COUNT, model.LOWER, model.SIZE,
        model.PRINTED_AT, standard.EXACT, standard.HAS_SOURCE, standard.HAS_SELECTOR, standard.LABEL, standard.TYPE,
    ])  # fmt: skip
    quads = data.draw(st.lists(st.builds(Quad, st.sampled_from(nodes), properties, anything), max_size=30))
    kinds = (*KINDS, model.RESULT_CLASS, model.DOSE_CLASS, model.STUDY_CLASS, model.STUDY_GROUP)
    typed = [Quad(node, standard.TYPE, kind) for node in nodes for kind in kinds]
    said = data_in([*quads, *typed])
    by = judge(STEERING, *read_studies(said))
    for statement, _ in licences(tuple(read_statements(said)), by):
        assert statement.link is None or statement.claim is not None
        assert isinstance(is_hedged(statement), bool)


@given(entries)
def test_what_has_two_links_has_none(drawn: Entries) -> None:
    curation = of_review(drawn)
    quads = [*statement_quads(curation), *claim_quads([curation], VOCABULARY)]
    linked = [quad for quad in quads if quad.predicate in LINKS]
    more = [Quad(quad.subject, link, quad.object, quad.graph_name) for quad in linked for link in LINKS]
    found = [*read_statements(data_in([*quads, *more]))]
    assert [(each.link, each.claim) for each in found] == [(None, None)] * len(curation.statements)
    assert not any(affirms(each) for each in found)


@given(statements(), st.data())
def test_what_has_two_certainties_has_no_rank(statement: Statement, data: st.DataObject) -> None:
    certainty = data.draw(st.lists(st.sampled_from(sorted(STEERING.ranks, key=str)), max_size=3, unique=True))
    others = tuple(each for each in statement.values if each[0] != model.CERTAINTY)
    said = replace(statement, values=(*others, *((model.CERTAINTY, each) for each in certainty)))
    assert rank(said, STEERING) == (STEERING.ranks[certainty[0]] if len(certainty) == 1 else None)


# --- Names --------------------------------------------------------------------------------------------------------


def moved(span: Span) -> Span:
    return replace(span, iri=NamedNode(f"{span.iri.value}0"), start=span.start + 7, end=span.end + 7)


@given(statements(), statements())
def test_a_statement_is_named_after_what_it_says_alone(statement: Statement, other: Statement) -> None:
    """Offsets, axes, what is told beside the setting, cues, words, results, notes and labels name nothing."""
    said = tuple(each for each in statement.values if each[0] in SETTING)
    told = tuple(each for each in other.values if each[0] not in SETTING)
    changed = replace(
        statement,
        label=other.label,
        evidence=tuple(map(moved, statement.evidence[:1])) + other.evidence,
        values=(*told, *reversed(said)),
        words=other.words,
        results=other.results,
        unknown=other.unknown,
        evidence_types=other.evidence_types,
    )
    assert iris.statement(changed) == iris.statement(statement)


@given(statements(), st.data())
def test_what_says_something_else_has_another_name(statement: Statement, data: st.DataObject) -> None:
    field = data.draw(st.sampled_from([each for each in FIELDS if each.part is FieldPart.SETTING]))
    first, *more = statement.evidence
    setting_without = tuple(each for each in statement.values if each[0] != field.property)
    added = (field.property, data.draw(value(field)))
    dose = Dose(iri=NamedNode("urn:dose"), value=Decimal("12.5"), unit="mg")
    changes: list[Statement] = [
        replace(statement, paper=NamedNode("http://rdf.ncbi.nlm.nih.gov/pubmed/1")),
        replace(statement, evidence=(replace(first, exact=f"{first.exact}!"), *more)),
        replace(statement, doses=(dose, *statement.doses)),
        replace(statement, claim=iris.claim(NamedNode("urn:new"), RELATIONS[0], ENTITIES[0]), about=()),
        replace(statement, values=(*setting_without, added, (field.property, NamedNode("urn:new")))),
    ]
    if statement.link:
        changes += [replace(statement, link=link) for link in LINKS if link != statement.link]
    names = [iris.statement(each) for each in (statement, *changes)]
    assert len({*names}) == len(names)


def curated(tmp_path: Path, pmid: str, entry: str) -> Statement:
    folder = tmp_path / pmid
    folder.mkdir()
    record = "TI  - On receptors.\nAB  - HER2 binds HER3, and HER3 has HER2 as its partner.\nDP  - 2020\nTA  - J\n"
    (folder / "record.nbib").write_text(f"PMID- {pmid}\n{record}", encoding="utf-8")
    header = '[curation]\ncurator = "A. Curator"\ndate = 2026-11-22\n\n[[statement]]\nbasis = "observed"\n'
    quote = 'quote = "HER2 binds HER3, and HER3 has HER2 as its partner."\n'
    (folder / "statements.toml").write_text(header + quote + entry, encoding="utf-8")
    (statement,) = read_curation(folder, VOCABULARY).statements
    return statement


def test_papers_that_say_the_same_point_to_one_claim(tmp_path: Path) -> None:
    one = curated(tmp_path, "1", 'subject = "HER2"\nrelation = "binds"\nobject = "HER3"')
    other = curated(tmp_path, "2", 'subject = "HER3"\nrelation = "binds"\nobject = "HER2"')
    assert one.claim == other.claim == iris.claim(_her2("HER2"), _her2("binds"), _her2("HER3"))
    assert one.iri != other.iri
    for statement in (one, other):
        assert [span.exact for span in statement.spans(model.SUBJECT_WORDS)] == ["HER2"]
        assert [span.exact for span in statement.spans(model.OBJECT_WORDS)] == ["HER3"]


def test_ends_that_change_places_take_with_them_what_is_said_of_them(tmp_path: Path) -> None:
    entry = (
        'subject = "HER3"\nrelation = "binds"\nobject = "HER2"\nsubject_example_of = "HER2"\nsubject_from = "receptors"'
    )
    statement = curated(tmp_path, "1", entry)
    assert statement.all(model.OBJECT_EXAMPLE_OF) == (_her2("HER2"),)
    assert statement.all(model.SUBJECT_EXAMPLE_OF) == ()
    assert [span.exact for span in statement.spans(model.OBJECT_FROM)] == ["receptors"]


INVERSE = sorted(STEERING.canonical.keys() - VOCABULARY.inferred_only, key=str)


@pytest.mark.parametrize("inverse", INVERSE, ids=str)
def test_an_inverse_relation_is_turned_round(tmp_path: Path, inverse: NamedNode) -> None:
    one, other = (VOCABULARY.label(each) for each in (inverse, STEERING.canonical[inverse]))
    turned = curated(tmp_path, "1", f'subject = "HER3"\nrelation = "{one}"\nobject = "HER2"')
    straight = curated(tmp_path, "2", f'subject = "HER2"\nrelation = "{other}"\nobject = "HER3"')
    assert turned.claim == straight.claim
    assert turned.claim
    assert turned.claim.relation == STEERING.canonical[inverse]


def _her2(name: str) -> NamedNode:
    return NamedNode(model.HER2LD + name)


# --- What a statement licenses ------------------------------------------------------------------------------------

BREAST_CANCER, METASTATIC = _her2("BreastCancer"), _her2("MetastaticBreastCancer")
CASE_REPORT = next(iter(STEERING.designs_of_one))
PAPER = NamedNode("http://rdf.ncbi.nlm.nih.gov/pubmed/1")
CLAIM = iris.claim(_her2("Trastuzumab"), _her2("improves"), _her2("ProgressionFreeSurvival"))
CASE = Study(iri=NamedNode("urn:case"), designs=(CASE_REPORT,))
TRIAL = Study(iri=NamedNode("urn:trial"), size=12)
ARM = Group(iri=NamedNode("urn:arm"), of_study=TRIAL.iri, regimen=_her2("TrastuzumabAndPertuzumab"))
SUBGROUP = Group(iri=NamedNode("urn:subgroup"), within=ARM.iri, populations=(METASTATIC,), size=1)
OTHER_ARM = Group(iri=NamedNode("urn:other-arm"), regimen=_her2("TrastuzumabAndPertuzumab"))
ARM_OF_CASE = Group(iri=NamedNode("urn:case-arm"), of_study=CASE.iri)
PART_OF_ARM = replace(SUBGROUP, iri=NamedNode("urn:part"), size=3)
BY = judge(STEERING, (CASE, TRIAL), (ARM, SUBGROUP, PART_OF_ARM, OTHER_ARM, ARM_OF_CASE))


def statement_of(
    link: NamedNode | None = model.AFFIRMS,
    certainty: NamedNode | None = model.CERTAIN,
    claim: Claim | None = CLAIM,
    **values: NamedNode | Literal | Iterable[NamedNode],
) -> Statement:
    said: list[tuple[NamedNode, NamedNode | Literal]] = [(model.CERTAINTY, certainty)] if certainty else []
    by_name = {field.name: field.property for field in FIELDS}
    for name, each in values.items():
        several_ = [each] if isinstance(each, NamedNode | Literal) else [*each]
        said += [(by_name[name], value_) for value_ in several_]
    found = Statement(NamedNode("urn:statement"), "", link, claim, (), tuple(said), paper=PAPER)
    return replace(found, iri=iris.statement(found))


def _limited(limits: Mapping[str, object], link: NamedNode = model.AFFIRMS) -> Statement:
    return statement_of(link, **limits)  # type: ignore[arg-type]  # each is the value of a field


def licence_of(statement: Statement, *others: Statement) -> Licence:
    return next(found for each, found in licences((statement, *others), BY) if each is statement)


POSSIBLE = next(each for each, rank_ in STEERING.ranks.items() if rank_ == 1)
NEEDS_RESULT = iris.claim(_her2("Trastuzumab"), min(STEERING.needs_result, key=str), _her2("OverallSurvival"))


@pytest.mark.parametrize(
    ("statement", "licence"),
    [
        (statement_of(), Licence.ASSERTED),
        (statement_of(certainty=POSSIBLE), Licence.HEDGED),
        *((statement_of(certainty=each), Licence.HEDGED) for each in STEERING.ranks if each != model.CERTAIN),
        # Not affirmed.
        (statement_of(model.DENIES), Licence.NONE),
        (statement_of(model.FINDS_NO), Licence.NONE),
        (statement_of(model.LEAVES_OPEN), Licence.NONE),
        (statement_of(None), Licence.NONE),
        # How sure it is, is not said, or twice.
        (statement_of(certainty=None), Licence.NONE),
        (statement_of(certainty=_her2("Sure")), Licence.NONE),
        (replace(statement_of(), values=((model.CERTAINTY, model.CERTAIN), (model.CERTAINTY, POSSIBLE))), Licence.NONE),
        # Without a whole claim.
        (statement_of(claim=None), Licence.NONE),
        (statement_of(claim=replace(CLAIM, object=None)), Licence.NONE),
        # The basis: only what is investigated licenses nothing.
        (statement_of(basis=model.INVESTIGATED), Licence.NONE),
        *((statement_of(basis=each), Licence.ASSERTED) for each in (model.STATED, model.OBSERVED, model.CONCLUDED)),
        # Empty without its number.
        (statement_of(claim=NEEDS_RESULT), Licence.NONE),
        # One patient: by the design of the study, or by the number in the group or else in the study.
        (statement_of(study=CASE.iri), Licence.NONE),
        (statement_of(group=ARM_OF_CASE.iri), Licence.NONE),
        (statement_of(group=SUBGROUP.iri), Licence.NONE),
        (statement_of(study=TRIAL.iri), Licence.ASSERTED),
        (statement_of(group=ARM.iri), Licence.ASSERTED),
        # The example of a class: one end is asserted, both are not.
        (statement_of(subject_example_of=ENTITIES[0]), Licence.ASSERTED),
        (statement_of(subject_example_of=ENTITIES[0], object_example_of=ENTITIES[1]), Licence.NONE),
    ],
)  # fmt: skip
def test_what_a_statement_licenses_by_itself(statement: Statement, licence: Licence) -> None:
    assert licence_of(statement) is licence


@pytest.mark.parametrize(
    ("own", "other", "licence"),
    [
        # Denied in the same setting, in a wider one, or in one that says nothing: disputed.
        ({"population": METASTATIC}, {"population": METASTATIC}, Licence.NONE),
        ({"population": METASTATIC}, {"population": BREAST_CANCER}, Licence.NONE),
        ({"population": METASTATIC}, {}, Licence.NONE),
        ({"population": (METASTATIC, _her2("EastAsian"))}, {"population": BREAST_CANCER}, Licence.NONE),
        ({"group": ARM.iri}, {"group": OTHER_ARM.iri}, Licence.NONE),
        ({"group": PART_OF_ARM.iri}, {"population": BREAST_CANCER}, Licence.NONE),
        ({"group": PART_OF_ARM.iri}, {"group": ARM.iri}, Licence.NONE),
        ({"group": ARM.iri}, {"group": PART_OF_ARM.iri}, Licence.ASSERTED),
        # In a narrower one or another: limited, and the triple stays.
        ({"population": BREAST_CANCER}, {"population": METASTATIC}, Licence.ASSERTED),
        ({}, {"population": METASTATIC}, Licence.ASSERTED),
        ({"population": METASTATIC}, {"population": _her2("GastricCancer")}, Licence.ASSERTED),
        ({"population": METASTATIC}, {"population": (METASTATIC, _her2("EastAsian"))}, Licence.ASSERTED),
        ({"system": METASTATIC}, {"population": METASTATIC}, Licence.ASSERTED),
        ({"group": ARM.iri}, {"group": ARM_OF_CASE.iri}, Licence.ASSERTED),
        ({"min_grade": Literal(3)}, {"min_grade": Literal(4)}, Licence.ASSERTED),
        # What is told beside the setting limits nothing.
        ({"population": METASTATIC}, {"population": METASTATIC, "method": METASTATIC, "via": METASTATIC}, Licence.NONE),
    ],
)  # fmt: skip
def test_what_is_denied_in_the_same_or_a_wider_setting_licenses_nothing(
    own: dict[str, object], other: dict[str, object], licence: Licence
) -> None:
    assert licence_of(_limited(own), _limited(other, model.DENIES)) is licence
    for link in (model.FINDS_NO, model.LEAVES_OPEN, model.AFFIRMS):
        assert licence_of(_limited(own), _limited(other, link)) is Licence.ASSERTED


def test_groups_are_compared_by_what_they_were_given_not_by_their_names() -> None:
    by_iri_ = {name: setting(statement_of(group=each.iri), BY) for name, each in (("arm", ARM), ("other", OTHER_ARM))}
    assert by_iri_["arm"] == by_iri_["other"] == {model.GROUP: {_her2("TrastuzumabAndPertuzumab")}}
    assert setting(statement_of(group=SUBGROUP.iri), BY) == {
        model.GROUP: {_her2("TrastuzumabAndPertuzumab")},
        model.POPULATION: {METASTATIC},
    }


@given(statements(), statements())
def test_settings_are_ordered(one: Statement, other: Statement) -> None:
    first, second = setting(one, BY), setting(other, BY)
    assert is_same_or_wider({}, first, STEERING)
    assert is_same_or_wider(first, first, STEERING)
    both = {each: first.get(each, frozenset()) | second.get(each, frozenset()) for each in {*first, *second}}
    assert is_same_or_wider(first, both, STEERING)
    assert not first or not is_same_or_wider(first, {}, STEERING)


def test_no_paper_licenses_what_it_does_not_affirm() -> None:
    for paper in PAPERS:
        denied = replace(paper, statements=tuple(_linked(each, model.DENIES) for each in paper.statements))
        hedged = replace(paper, statements=tuple(map(_hedged, paper.statements)))
        assert [*plain_quads([denied], VOCABULARY)] == []
        assert {quad.graph_name for quad in plain_quads([hedged], VOCABULARY)} <= {graphs.HEDGED_GRAPH}
        # Both papers together: everything is disputed.
        assert [*plain_quads([paper, denied], VOCABULARY)] == []


def _linked(statement: Statement, link: NamedNode) -> Statement:
    changed = replace(statement, link=link if statement.claim else None)
    return replace(changed, iri=iris.statement(changed))


def _hedged(statement: Statement) -> Statement:
    values = tuple((each, POSSIBLE if each == model.CERTAINTY else value_) for each, value_ in statement.values)
    return replace(statement, values=values)


def test_the_fixtures_know_the_ontology(vocabulary: Vocabulary) -> None:
    """Names of terms in this file are names of the ontology, or the cases above would prove nothing."""
    used = {
        CLAIM.subject,
        CLAIM.relation,
        CLAIM.object,
        BREAST_CANCER,
        METASTATIC,
        _her2("GastricCancer"),
        _her2("EastAsian"),
        ARM.regimen,
    }
    assert used <= vocabulary.terms.keys()
    assert STEERING.is_same_or_above(BREAST_CANCER, METASTATIC)
