"""What papers say together: the status of claims, which triples are left, and what the ontology says of opposites."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Triple

from her2ld import Curation, Vocabulary, build, curation_folders, iris, read_curation, read_ontology
from her2ld.dataset.node_data import data_in
from her2ld.dataset.statements import compared
from her2ld.statements import Statement
from her2ld.statements.disagreements import Opposition
from her2ld.statements.paper_comparison import Compared, Status, compare, licences
from her2ld.statements.plain import Licence, judge
from her2ld.statements.statement import LINKS
from her2ld.vocabulary import model as graphs
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from tests.comparisons import read_comparison
from tests.denied import denied, hedged
from tests.papers_in_memory import Stated, say
from tests.test_documentation import ROOT

VOCABULARY = read_ontology()
STEERING = VOCABULARY.steering
CLAIM: dict[str, object] = {"subject": "trastuzumab", "relation": "improves", "object": "overall survival"}
BREAST: dict[str, object] = {"population": ["breast cancer"]}
GASTRIC: dict[str, object] = {"population": ["gastric cancer"]}
FOLDERS = [
    folder
    for root in ("curation", "tests/sentences", "tests/queries/papers", "tests/claims")
    for folder in curation_folders(ROOT / root)
]
# Some of them read one paper: of these the last is taken.
PAPERS = list(
    {iris.record_key(each.record): each for each in (read_curation(folder, VOCABULARY) for folder in FOLDERS)}.values()
)


def together(*papers: Mapping[str, object]) -> tuple[Compared, list[Licence]]:
    said: list[Stated] = [say(f"paper-{number}", {**CLAIM, **each}, VOCABULARY) for number, each in enumerate(papers)]
    by = judge(STEERING, (), (group for each in said for group in each.groups))
    statements = [each.statement for each in said]
    found = compare(statements, by)
    return found, [licence for _, licence in licences(statements, by, found)]


AFFIRMED: dict[str, object] = {}
DENIED: dict[str, object] = {"polarity": "denied"}
NOT_FOUND: dict[str, object] = {"polarity": "not found"}
POSSIBLE: dict[str, object] = {"certainty": "possible"}
GAP: dict[str, object] = {"polarity": "left open"}
AIM: dict[str, object] = {"basis": "investigated"}
CASE: dict[str, object] = {"group": {"regimen": "trastuzumab", "size": 1}}


@pytest.mark.parametrize(
    ("papers", "status"),
    [
        ([AFFIRMED], Status.AFFIRMED),
        ([POSSIBLE], Status.HEDGED),
        ([POSSIBLE, AFFIRMED], Status.AFFIRMED),
        ([CASE], Status.HEDGED),
        ([DENIED], Status.DENIED),
        ([DENIED | POSSIBLE], Status.DENIED),
        ([DENIED, NOT_FOUND, GAP], Status.DENIED),
        ([NOT_FOUND], Status.NOT_FOUND),
        ([NOT_FOUND, GAP], Status.NOT_FOUND),
        ([GAP], Status.OPEN),
        ([AIM], Status.OPEN),
        ([GAP, AIM], Status.OPEN),
        ([AFFIRMED, GAP, AIM], Status.AFFIRMED),
        ([AFFIRMED, NOT_FOUND], Status.LIMITED),
        ([AFFIRMED, DENIED], Status.DISPUTED),
        ([AFFIRMED, POSSIBLE, DENIED], Status.DISPUTED),
        ([AFFIRMED, DENIED | AIM], Status.AFFIRMED),
        ([AFFIRMED, DENIED | POSSIBLE], Status.LIMITED),
        ([POSSIBLE, DENIED], Status.DISPUTED),
        ([POSSIBLE, DENIED | POSSIBLE], Status.DISPUTED),
        ([POSSIBLE, NOT_FOUND], Status.LIMITED),
        ([AIM, DENIED], Status.DENIED),
    ],
)
def test_a_claim_has_the_status_that_its_papers_give_it(papers: list[Mapping[str, object]], status: Status) -> None:
    for order in (papers, papers[::-1]):
        found, _ = together(*order)
        assert list(found.statuses.values()) == [status]


def test_a_paper_more_that_affirms_takes_nothing_from_a_claim() -> None:
    """What is denied of gastric cancer stays denied of it, and what is affirmed of breast cancer stays affirmed."""
    found, left = together(BREAST, GASTRIC | DENIED)
    assert (list(found.statuses.values()), left) == ([Status.LIMITED], [Licence.ASSERTED, Licence.NONE])
    found, left = together(BREAST, GASTRIC | DENIED, GASTRIC)
    assert (list(found.statuses.values()), left) == ([Status.LIMITED], [Licence.ASSERTED, Licence.NONE, Licence.NONE])
    found, left = together(GASTRIC, GASTRIC | DENIED)
    assert (list(found.statuses.values()), left) == ([Status.DISPUTED], [Licence.NONE, Licence.NONE])


def test_papers_that_say_the_same_stand_on_one_side() -> None:
    found, left = together(*[AFFIRMED] * 30, *[DENIED] * 20)
    (disagreement,) = found.disagreements
    assert (len(disagreement.one_side), len(disagreement.other_side)) == (30, 20)
    assert disagreement.disputed == disagreement.one_side
    assert left == [Licence.NONE] * 50


def test_the_results_of_one_statement_are_not_compared() -> None:
    said = say("paper", {**CLAIM, "result": {"measure": "median", "lower": "1", "upper": "2"}}, VOCABULARY).statement
    later = replace(said.results[0], iri=NamedNode("urn:later"), lower=Decimal(5), upper=Decimal(6), time="5 years")
    both = replace(said, results=(*said.results, later))
    assert compare([both], judge(STEERING, (), ())).number_differences == ()
    other = replace(said, iri=NamedNode("urn:other"), results=(replace(later, iri=NamedNode("urn:of-other")),))
    (difference,) = compare([both, other], judge(STEERING, (), ())).number_differences
    assert (difference.one_side, difference.other_side) == ((said.results[0].iri,), (later.iri, other.results[0].iri))


def test_a_number_without_a_measure_or_half_an_interval_is_not_compared() -> None:
    said = say("paper", {**CLAIM, "result": {"measure": "median", "lower": "1", "upper": "2"}}, VOCABULARY).statement
    for wrong in ({"measure": None}, {"upper": None}, {"lower": None}):
        number = replace(said.results[0], iri=NamedNode("urn:wrong"), lower=Decimal(5), upper=Decimal(6))
        other = replace(said, iri=NamedNode("urn:other"), results=(replace(number, **wrong),))  # type: ignore[arg-type]
        assert compare([said, other], judge(STEERING, (), ())).number_differences == ()


def test_what_is_written_is_read_back() -> None:
    assert len(PAPERS) > 15
    found = compared(PAPERS, VOCABULARY)
    quads = list(build(VOCABULARY, PAPERS))
    assert read_comparison(data_in(quads)) == found
    assert {status.value for status in Status} - {status.value for status in found.statuses.values()} == {
        Status.RETRACTED.value  # no paper here was; test_standing.py has one
    }
    assert found.disagreements
    assert found.number_differences


def test_what_is_disputed_is_no_plain_triple_and_what_is_limited_stays_one() -> None:
    quads = list(build(VOCABULARY, PAPERS))
    plain = {quad.triple for quad in quads if quad.graph_name in (graphs.ASSERTED_GRAPH, graphs.HEDGED_GRAPH)}
    of = {status: _triples(quads, status) for status in Status}
    assert of[Status.DISPUTED]
    assert of[Status.LIMITED]
    for status in (Status.DISPUTED, Status.DENIED, Status.NOT_FOUND, Status.OPEN):
        assert plain.isdisjoint(of[status])
    needs_no_result = {each for each in of[Status.LIMITED] if each.predicate not in STEERING.needs_result}
    assert needs_no_result <= plain


def _triples(quads: list[Quad], status: Status) -> set[Triple]:
    claims = {quad.subject for quad in quads if quad.predicate == model.CLAIM_STATUS and quad.object == status.value}
    parts = {(quad.subject, quad.predicate): quad.object for quad in quads if quad.subject in claims}
    return {
        Quad(parts[each, model.SUBJECT], parts[each, model.RELATION], parts[each, model.OBJECT]).triple  # type: ignore[arg-type]
        for each in claims
    }


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: iris.record_key(paper.record))
def test_copies_that_deny_all_or_are_sure_of_nothing_disagree_on_nothing_new(paper: Curation) -> None:
    found = compared([denied(paper)], VOCABULARY)
    assert found.disagreements == ()
    assert {*found.statuses.values()} <= {Status.DENIED, Status.OPEN}
    unsure = compared([hedged(paper)], VOCABULARY)
    assert Status.AFFIRMED not in unsure.statuses.values()
    assert len(unsure.disagreements) == len(compared([paper], VOCABULARY).disagreements)


def test_opposites_are_stated_both_ways_and_of_relations_and_directions_alone(vocabulary: Vocabulary) -> None:
    stated = {(quad.subject, quad.object) for quad in vocabulary.quads if quad.predicate == model.OPPOSITE_OF}
    assert len(stated) > 20
    assert stated == {(other, one) for one, other in stated}
    for one, other in stated:
        kinds = [vocabulary.terms[each].types for each in (one, other) if isinstance(each, NamedNode)]
        assert len(kinds) == 2
        assert all(standard.OWL_OBJECT_PROPERTY in each or model.DIRECTION_CLASS in each for each in kinds)
        assert one != other


def test_no_relation_is_the_opposite_of_itself_or_of_what_it_implies() -> None:
    for opposites in (STEERING.opposites, STEERING.opposites_of_wholes):
        assert opposites
        for relation, others in opposites.items():
            assert all(relation in opposites[each] for each in others)
            assert others.isdisjoint(STEERING.relations_above.get(relation, {relation}))


def test_every_pair_that_the_field_takes_for_opposite_is_one() -> None:
    label = VOCABULARY.label
    protein, process = VOCABULARY.names["her2 protein"].iri, VOCABULARY.names["apoptosis"].iri

    def opposites(relation: str, value: NamedNode) -> list[str]:
        return sorted(map(label, STEERING.opposites_of(VOCABULARY.names[relation].iri, value)))

    assert opposites("increases amount of", protein) == [
        "decreases",
        "decreases amount of",
        "induces degradation of",
    ]
    assert opposites("activates", protein) == ["decreases activity of", "inhibits"]
    assert opposites("inhibits", protein) == ["activates", "increases activity of"]
    assert opposites("inhibits", process) == [
        "activates",
        "increases",
        "increases activity of",
        "increases amount of",
        "induces",
    ]
    assert opposites("prolongs", process) == ["shortens"]
    assert opposites("is associated with", process) == []


ENDS = [VOCABULARY.names[name].iri for name in ("trastuzumab", "lapatinib", "her2 protein", "apoptosis")]
RELATIONS = [
    VOCABULARY.names[name].iri
    for name in ("increases", "decreases", "decreases amount of", "inhibits", "is associated with", "binds")
]
LIMITS = [
    (model.POPULATION, VOCABULARY.names["breast cancer"].iri),
    (model.POPULATION, VOCABULARY.names["metastatic breast cancer"].iri),
    (model.COMPARATOR, VOCABULARY.names["trastuzumab"].iri),
    (model.COMPARATOR, VOCABULARY.names["lapatinib"].iri),
    (model.DIRECTION, VOCABULARY.names["higher"].iri),
    (model.DIRECTION, VOCABULARY.names["lower"].iri),
    (model.BASIS, model.INVESTIGATED),
]


@st.composite
def papers_of_few_claims(draw: st.DrawFn) -> list[Statement]:
    """Draw statements that often meet: of few ends, relations and settings."""
    found = []
    for number in range(draw(st.integers(1, 7))):
        iri = NamedNode(f"urn:statement-{number}")
        ends = (draw(st.sampled_from(each)) for each in (ENDS, RELATIONS, ENDS))
        certainty = draw(st.sampled_from(sorted(STEERING.ranks, key=str)))
        limits = draw(st.lists(st.sampled_from(LIMITS), max_size=3, unique=True))
        values = ((model.CERTAINTY, certainty), *limits)
        said = Statement(iri, "", draw(st.sampled_from(LINKS)), iris.claim(*ends), (), values)
        found.append(said)
    return found


@given(papers_of_few_claims(), st.randoms())
def test_whoever_comes_first_all_of_it_is_the_same_and_hangs_together(said: list[Statement], random: Random) -> None:
    by = judge(STEERING, (), ())
    found = compare(said, by)
    shuffled = random.sample(said, len(said))
    assert compare(shuffled, by) == found
    affirming = {each.iri for each in said if each.link == model.AFFIRMS}
    for each in found.disagreements:
        sides = (set(each.one_side), set(each.other_side))
        assert all(sides)
        assert sides[0].isdisjoint(sides[1])
        # Every affirmation of either side is disputed or limited, and nothing else is.
        assert sorted((*each.disputed, *each.limited), key=str) == sorted((sides[0] | sides[1]) & affirming, key=str)
    plain = {each.claim: licence for each, licence in licences(said, by, found) if licence is not Licence.NONE}
    for claim in plain:
        assert claim
        assert found.statuses[claim.iri] in {Status.AFFIRMED, Status.HEDGED, Status.LIMITED}


@given(papers_of_few_claims())
def test_what_is_removed_from_one_side_is_all_that_changes(said: list[Statement]) -> None:
    """Without its denials a claim is disputed by nobody but those who affirm something else."""
    by = judge(STEERING, (), ())
    affirmed_only = compare([each for each in said if each.link == model.AFFIRMS], by)
    left = {Opposition.OPPOSITE_RELATION, Opposition.REVERSED_COMPARISON, Opposition.OTHER_DIRECTION}
    assert {each.why for each in affirmed_only.disagreements} <= left
    found = compare(said, by)
    assert [each for each in found.disagreements if each.why in left] == [*affirmed_only.disagreements]
    assert affirmed_only.disputed <= found.disputed
