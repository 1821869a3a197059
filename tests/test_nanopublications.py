"""Nanopublications: what each claims, and that its IRI is the hash of it."""

import base64
import dataclasses
import hashlib
import io
import json
import os
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from nanopub.nanopub import Nanopub
from nanopub.nanopub_conf import NanopubConf
from nanopub.profile import Profile
from nanopub.utils import MalformedNanopubError
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from her2ld import Curation, ExportError, Vocabulary, build, iris
from her2ld.assets import ONTOLOGY
from her2ld.cli import main
from her2ld.exports import FORMATS
from her2ld.exports.nanopublications import Nanopublication, artifact_code, nanopublications, write_nanopublications
from her2ld.statements import Dose, Group, Result, Statement, Study
from her2ld.statements.statement import SETTING
from her2ld.vocabulary import model as graphs
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from tests.denied import NOTICE, corrected, denied, hedged, retracted
from tests.engines import rdflib_parses_once
from tests.graphs import literals_as_written

EXPECTED = Path(__file__).parent / "nanopublications"
HER2 = "https://w3id.org/her2ld/"


@pytest.fixture(scope="module")
def published(quads: tuple[Quad, ...], vocabulary: Vocabulary) -> tuple[Nanopublication, ...]:
    """Return the nanopublications of the curated review."""
    return tuple(nanopublications(quads, vocabulary))


def written(quads: Iterable[Quad], vocabulary: Vocabulary) -> bytes:
    output = io.BytesIO()
    write_nanopublications(quads, output, vocabulary)
    return output.getvalue()


def claims(each: Nanopublication) -> set[Triple]:
    return {quad.triple for quad in each.quads if quad.graph_name == NamedNode(f"{each.iri.value}#assertion")}


def triple_of(said: Statement) -> Triple | None:
    claim = said.claim
    return Triple(claim.subject, claim.relation, claim.object) if claim else None  # type: ignore[arg-type]


def statements_of(quads: Iterable[Quad]) -> list[NamedNode]:
    kinds = {model.STATEMENT, model.KNOWLEDGE_GAP}
    return [quad.subject for quad in quads if quad.object in kinds and quad.graph_name == graphs.STATEMENTS_GRAPH]  # type: ignore[misc]


def source_of(each: Nanopublication) -> NamedNode:
    """Return the statement or knowledge gap that it publishes."""
    provenance = NamedNode(f"{each.iri.value}#provenance")
    of_assertion = [quad.object for quad in each.quads if quad.subject.value.endswith("#assertion")]  # type: ignore[union-attr]
    (node,) = {
        quad.subject for quad in each.quads if quad.predicate == model.EVIDENCE and quad.graph_name == provenance
    }
    assert node in of_assertion
    assert isinstance(node, NamedNode)
    return node


def from_file(data: bytes) -> dict[str, rdflib.ConjunctiveGraph]:
    """Cut a file into its nanopublications, by IRI, with rdflib only, as a reader of the nanopub library would."""
    whole = rdflib.Dataset()
    with literals_as_written():
        whole.parse(data=data, format="trig")
    parts: defaultdict[str, rdflib.ConjunctiveGraph] = defaultdict(rdflib.ConjunctiveGraph)
    for subject, predicate, value, graph in whole.quads():
        assert graph is not None
        parts[graph.partition("#")[0]].get_context(graph).add((subject, predicate, value))
    return parts


def check(iri: str, graph: rdflib.ConjunctiveGraph) -> None:
    """Ask the nanopub library, which raises where it finds anything wrong."""
    with rdflib_parses_once():
        read = Nanopub(rdf=graph, conf=NanopubConf())
        assert read.source_uri == iri
        assert read.is_valid
        assert read.has_valid_trusty


def code_by_the_specification(quads: Iterable[Quad], iri: NamedNode) -> str:
    """Compute the artifact code as the Trusty URI Specification, version 1, says for module RA; for IRIs in ``/``."""
    code = iri.value.rpartition("/")[2]

    def blanked(term: object) -> str:
        assert isinstance(term, NamedNode)
        return term.value.replace(code, " ")

    def object_key(value: object) -> tuple[bool | str, ...]:
        if not isinstance(value, Literal):
            return False, blanked(value)
        has_datatype = value.language is None
        return True, value.value, has_datatype, value.datatype.value if has_datatype else (value.language or "")

    def object_line(value: object) -> str:
        if not isinstance(value, Literal):
            return blanked(value)
        kind = f"@{value.language}" if value.language else f"^{value.datatype.value}"
        return kind + " " + value.value.replace("\\", "\\\\").replace("\n", "\\n")

    lines = [
        (blanked(graph), blanked(subject), blanked(predicate), object_key(value), object_line(value))
        for subject, predicate, value, graph in set(quads)
    ]
    text = "".join(f"{g}\n{s}\n{p}\n{o}\n" for g, s, p, _, o in sorted(lines))
    digest = hashlib.sha256(text.encode()).digest()
    return "RA" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


@pytest.mark.parametrize("name", ["plain", "adding", "limited", "hedged", "number", "gap"])
def test_one_of_each_kind_reads_as_it_should(name: str, quads: tuple[Quad, ...], vocabulary: Vocabulary) -> None:
    _, *parts = written(quads, vocabulary).decode().split("\n@prefix sub:")
    expected = (EXPECTED / f"{name}.trig").read_text(encoding="utf-8")
    assert expected in [f"@prefix sub:{part}" for part in parts]


def test_there_is_one_for_each_statement_and_each_knowledge_gap(
    published: tuple[Nanopublication, ...], quads: tuple[Quad, ...], review: Curation
) -> None:
    assert len(published) == len(review.statements) == len({each.iri for each in published})
    assert [source_of(each) for each in published] == statements_of(quads)


def test_the_plain_triple_is_claimed_only_where_it_says_no_more_than_the_author(
    published: tuple[Nanopublication, ...], review: Curation
) -> None:
    for each, said in zip(published, review.statements, strict=True):
        plain = triple_of(said)
        is_sure = said.all(model.CERTAINTY) == (model.CERTAIN,)
        of_examples = said.all(model.SUBJECT_EXAMPLE_OF) and said.all(model.OBJECT_EXAMPLE_OF)
        setting = {property_ for property_, _ in said.values} & SETTING
        if is_sure and not setting and not of_examples:
            assert plain in claims(each)
        else:
            assert plain not in {quad.triple for quad in each.quads}
            claimed = {triple.predicate for triple in claims(each) if triple.subject == said.iri}
            assert claimed >= {property_ for property_, _ in said.values}
            assert claimed & {model.AFFIRMS, model.ABOUT}


def test_the_kinds_of_the_review_are_those_of_the_documentation(
    published: tuple[Nanopublication, ...], review: Curation
) -> None:
    counts: defaultdict[tuple[bool, bool], int] = defaultdict(int)
    for each, said in zip(published, review.statements, strict=True):
        about_the_statement = [triple.subject == source_of(each) for triple in claims(each)]
        counts[triple_of(said) in claims(each), any(about_the_statement)] += 1
    assert counts == {(True, False): 21, (True, True): 10, (False, True): 19}


ABOUT_STATEMENTS = {
    quad.subject
    for quad in parse(path=ONTOLOGY.with_name("statements.ttl"), format=RdfFormat.TURTLE)
    if quad.predicate == standard.TYPE and str(quad.object).endswith("Property>")
}


@pytest.mark.parametrize("changed", [denied, hedged, retracted])
def test_what_is_denied_hedged_or_retracted_is_never_claimed_as_its_triple(
    changed: Callable[[Curation], Curation], review: Curation, vocabulary: Vocabulary
) -> None:
    curation = changed(review)
    said_by_node = {said.iri: said for said in curation.statements}
    published = list(nanopublications(build(vocabulary, [curation]), vocabulary))
    assert len(published) == len(curation.statements)
    for each in published:
        said = said_by_node[source_of(each)]
        assert triple_of(said) not in {quad.triple for quad in each.quads}
        if said.claim and said.link:
            assert Triple(said.iri, said.link, said.claim.iri) in claims(each)
        (label,) = (quad.object for quad in each.quads if (quad.subject, quad.predicate) == (each.iri, standard.LABEL))
        assert isinstance(label, Literal)
        word = {"denied": "denies", "hedged": "possible", "retracted": "retracted"}[changed.__name__]
        assert not said.claim or word in label.value
        links = {quad.predicate for quad in each.quads}
        assert changed is not denied or model.AFFIRMS not in links


def test_a_nanopublication_says_what_became_of_its_paper(review: Curation, vocabulary: Vocabulary) -> None:
    """A corrected paper still asserts; the correction is told in the publication info, and in the label."""
    erratum = NOTICE._replace(kind="ErratumIn")
    asserted = {False: 0, True: 0}
    triples = {each.iri: triple_of(each) for each in review.claims}
    for changed, standing in ((retracted(review), "Retracted"), (corrected(review, erratum), "Corrected")):
        for each in nanopublications(build(vocabulary, [changed]), vocabulary):
            info = NamedNode(f"{each.iri.value}#pubinfo")
            said = {quad.triple for quad in each.quads if quad.graph_name == info}
            notice = NamedNode("https://w3id.org/her2ld/record/10.1007_BF02967477#related-1")
            value = NamedNode(model.HER2LD + standing)
            assert Triple(each.iri, graphs.STANDING, value) in said
            assert Triple(each.iri, graphs.STANDING_SAID_BY, notice) in said
            assert Triple(notice, graphs.CITED_WORK, NamedNode("http://rdf.ncbi.nlm.nih.gov/pubmed/1")) in said
            assert any(vocabulary.label(value) in str(each.object) for each in said if each.predicate == standard.LABEL)
            asserted[standing == "Corrected"] += triples.get(source_of(each)) in claims(each)
    assert asserted[False] == 0
    assert asserted[True] > 10


def test_a_gap_that_leaves_a_claim_open_never_claims_it(review: Curation, vocabulary: Vocabulary) -> None:
    gap = dataclasses.replace(review.statements[0], link=model.LEAVES_OPEN)
    (each,) = nanopublications(build(vocabulary, [dataclasses.replace(review, statements=(gap,))]), vocabulary)
    assert triple_of(gap) not in {quad.triple for quad in each.quads}
    assert gap.claim
    assert Triple(gap.iri, model.LEAVES_OPEN, gap.claim.iri) in claims(each)


def test_what_is_disputed_is_claimed_of_neither(review: Curation, vocabulary: Vocabulary) -> None:
    first = review.statements[0]
    against = dataclasses.replace(first, link=model.DENIES)
    against = dataclasses.replace(against, iri=iris.statement(against))
    both = dataclasses.replace(review, statements=(first, against))
    for each in nanopublications(build(vocabulary, [both]), vocabulary):
        assert triple_of(first) not in {quad.triple for quad in each.quads}


def test_numbers_doses_groups_and_studies_go_with_the_statement(review: Curation, vocabulary: Vocabulary) -> None:
    first = review.statements[0]
    page = "https://w3id.org/her2ld/record/10.1007_BF02967477"
    study = Study(NamedNode(f"{page}/study-s"), called="S", registry_numbers=("NCT00000000",))
    whole = Group(NamedNode(f"{page}/group-a"), called="arm A", of_study=study.iri, size=68)
    part = Group(NamedNode(f"{page}/group-b"), called="responders", within=whole.iri)
    result = Result(NamedNode(f"{first.iri.value}-r"), group=part.iri, value=Decimal("0.520"))
    dose = Dose(NamedNode(f"{first.iri.value}-d"), value=Decimal("2.5"), unit="mg")
    plain_with_numbers = dataclasses.replace(first, results=(result,))
    dosed = dataclasses.replace(first, doses=(dose,), iri=NamedNode(f"{first.iri.value}0"))
    curation = dataclasses.replace(
        review, statements=(plain_with_numbers, dosed), studies=(study,), groups=(whole, part)
    )
    number, limited = nanopublications(build(vocabulary, [curation]), vocabulary)
    assert triple_of(first) in claims(number)
    assert triple_of(first) not in claims(limited)
    assert Triple(result.iri, model.VALUE, Literal("0.52", datatype=standard.XSD_DECIMAL)) in claims(number)
    called = {triple.object.value for triple in claims(number) if triple.predicate == model.CALLED}  # type: ignore[union-attr]
    assert called == {"S", "arm A", "responders"}
    assert Triple(dose.iri, model.UNIT, Literal("mg")) in claims(limited)


def test_a_property_that_the_program_does_not_know_may_limit(quads: tuple[Quad, ...], vocabulary: Vocabulary) -> None:
    node, *_ = statements_of(quads)
    unknown = Quad(node, NamedNode(f"{HER2}onlyOn"), Literal("Sundays"), graphs.STATEMENTS_GRAPH)
    each = next(nanopublications([*quads, unknown], vocabulary))
    assert {triple.subject for triple in claims(each)} >= {node}
    assert not any(triple.predicate == NamedNode(f"{HER2}encodes") for triple in claims(each))
    assert unknown.triple in claims(each)


def test_a_certainty_that_the_ontology_does_not_know_asserts_nothing(
    quads: tuple[Quad, ...], vocabulary: Vocabulary
) -> None:
    other = [
        Quad(quad.subject, quad.predicate, NamedNode(HER2 + "Shouted"), quad.graph_name)
        if quad.predicate == model.CERTAINTY
        else quad
        for quad in quads
    ]
    for each in nanopublications(other, vocabulary):
        assert {triple.predicate for triple in claims(each)} <= ABOUT_STATEMENTS | {standard.TYPE}


def test_the_library_finds_each_valid(quads: tuple[Quad, ...], vocabulary: Vocabulary) -> None:
    found = from_file(written(quads, vocabulary))
    assert len(found) == 50
    for iri, graph in found.items():
        check(iri, graph)


def test_a_nanopublication_can_be_signed(quads: tuple[Quad, ...], vocabulary: Vocabulary) -> None:
    iri, graph = next(iter(from_file(written(quads, vocabulary)).items()))
    profile = Profile(orcid_id="https://orcid.org/0000-0000-0000-0000", name="Nobody, with a key of a moment")
    signed = Nanopub(rdf=graph, conf=NanopubConf(profile=profile))
    signed.sign()
    assert signed.has_valid_signature
    assert signed.has_valid_trusty
    assert str(signed.source_uri).startswith(f"{HER2}nanopub/RA")
    assert signed.source_uri != iri


def test_the_codes_are_those_of_the_specification(published: tuple[Nanopublication, ...]) -> None:
    for each in published:
        assert each.iri.value == f"{HER2}nanopub/{code_by_the_specification(each.quads, each.iri)}"


def test_the_code_of_nothing_is_the_published_one() -> None:
    """The specification gives the hash of no bytes, for its module FA; module RA encodes it in the same way."""
    nothing = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
    assert artifact_code([], NamedNode("http://example.org/x")) == f"RA{nothing}"
    assert code_by_the_specification([], NamedNode("http://example.org/x")) == f"RA{nothing}"


BASE = NamedNode("http://example.org/unnamed")
NODES = st.sampled_from([BASE, *(NamedNode(f"{BASE.value}#{name}") for name in ("a", "b")), model.STATEMENT])
TEXTS = st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('\\n"\n\r\t é𝒽')))
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.builds(lambda text, language: Literal(text, language=language), TEXTS, st.sampled_from(["en", "de-at"])),
    st.builds(
        lambda text, datatype: Literal(text, datatype=datatype),
        st.sampled_from(["01", "1", "1.0", "2001", "2001-01-01Z", "INF", ""]),
        st.sampled_from([standard.XSD_INTEGER, standard.XSD_DECIMAL, standard.XSD_YEAR, standard.XSD_DATE]),
    ),
)
QUADS = st.lists(st.builds(Quad, NODES, NODES, st.one_of(NODES, LITERALS), NODES))


@given(QUADS, st.booleans())
@example([Quad(BASE, standard.VALUE, Literal("01", datatype=standard.XSD_INTEGER), BASE)], True)  # noqa: FBT003
def test_any_quads_have_the_code_of_the_specification(quads: list[Quad], normalizing: bool) -> None:  # noqa: FBT001
    """And rdflib's setting, which the library and pySHACL change for the whole process, is nothing to it."""
    with literals_as_written():
        rdflib.NORMALIZE_LITERALS = normalizing
        assert artifact_code(quads, BASE) == code_by_the_specification(quads, BASE)


def with_quote(quads: Iterable[Quad], text: str) -> list[Quad]:
    return [
        Quad(quad.subject, quad.predicate, Literal(text), quad.graph_name) if quad.predicate == standard.EXACT else quad
        for quad in quads
    ]


@pytest.fixture(scope="module")
def one_statement(quads: tuple[Quad, ...]) -> list[Quad]:
    """Return the quads of the first statement and of the records."""
    _, *others = statements_of(quads)
    kept = {graphs.STATEMENTS_GRAPH, graphs.RECORDS_GRAPH}
    return [quad for quad in quads if quad.subject not in others and quad.graph_name in kept]


@pytest.fixture(scope="module")
def its_terms(one_statement: list[Quad], vocabulary: Vocabulary) -> Vocabulary:
    """Return the ontology without the quads of terms that the first statement does not name."""
    header, _ = vocabulary.header
    named = {header, *(each for quad in one_statement for each in (quad.predicate, quad.object))}
    less = dataclasses.replace(vocabulary, quads=tuple(quad for quad in vocabulary.quads if quad.subject in named))
    assert written(one_statement, less) == written(one_statement, vocabulary)
    return less


@given(TEXTS)
def test_any_quote_comes_through(one_statement: list[Quad], its_terms: Vocabulary, text: str) -> None:
    data = written(with_quote(one_statement, text), its_terms)
    ((iri, graph),) = from_file(data).items()
    check(iri, graph)
    exact = {quad.object for quad in parse(data, format=RdfFormat.TRIG) if quad.predicate == standard.EXACT}
    assert exact == {Literal(text)}


def test_a_quote_with_one_other_character_is_found_out(one_statement: list[Quad], vocabulary: Vocabulary) -> None:
    data = written(with_quote(one_statement, "HER2, the receptor"), vocabulary)
    ((iri, graph),) = from_file(data.replace(b"HER2, the receptor", b"HER3, the receptor")).items()
    with pytest.raises(MalformedNanopubError, match="is not valid"):
        check(iri, graph)


def test_order_changes_no_iri(
    published: tuple[Nanopublication, ...], quads: tuple[Quad, ...], vocabulary: Vocabulary
) -> None:
    shuffled = random.Random(7).sample(quads, len(quads))  # noqa: S311  # no secret
    assert {each.iri for each in nanopublications(shuffled, vocabulary)} == {each.iri for each in published}
    assert {each.iri for each in nanopublications([*quads, *quads], vocabulary)} == {each.iri for each in published}


def test_one_statement_changed_changes_its_own(
    published: tuple[Nanopublication, ...], review: Curation, vocabulary: Vocabulary
) -> None:
    first, *others = review.statements
    words = tuple(each for each in first.words if each[0] != model.OBJECT_WORDS)
    changed = dataclasses.replace(review, statements=(dataclasses.replace(first, words=words), *others))
    now = tuple(nanopublications(build(vocabulary, [changed]), vocabulary))
    assert now[0] != published[0]
    assert now[1:] == published[1:]


def test_the_bytes_are_the_same_whatever_the_process() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-m", "her2ld", "export", "--to", "nanopub"],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(outputs) == 1


def test_the_library_reaches_for_nothing(tmp_path: Path) -> None:
    """Neither a profile is made, nor a host looked up, nor a setting of rdflib left changed."""
    program = """
import sys
def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "os.mkdir"}:
        raise AssertionError(event, arguments)
sys.addaudithook(refuse)
import rdflib
from pyoxigraph import NamedNode
from her2ld.exports.nanopublications import artifact_code
artifact_code([], NamedNode("http://example.org/x"))
assert rdflib.NORMALIZE_LITERALS
"""
    environment = {**os.environ, "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-W", "error", "-c", program], env=environment, check=True)
    assert list(tmp_path.iterdir()) == []


def test_without_the_library_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, quads: tuple[Quad, ...], vocabulary: Vocabulary
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "nanopub"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "nanopub", None)
    output = io.BytesIO()
    with pytest.raises(ExportError) as raised:
        write_nanopublications(quads, output, vocabulary)
    (problem,) = raised.value.problems
    assert problem.remedy == "install it: pip install 'her2ld[nanopub]'"
    assert output.getvalue() == b""


def test_all_that_is_missing_is_said_at_once(quads: tuple[Quad, ...], vocabulary: Vocabulary) -> None:
    first, second, *_ = statements_of(quads)
    spans = {quad.object for quad in quads if quad.subject == second and quad.predicate == model.EVIDENCE}
    claim = {quad.object for quad in quads if quad.subject == second and quad.predicate == model.AFFIRMS}.pop()
    evidence = {(span, standard.HAS_SELECTOR) for span in spans}
    missing = {(first, model.CERTAINTY), (first, model.AFFIRMS), (claim, model.OBJECT), *evidence}
    left = [quad for quad in quads if (quad.subject, quad.predicate) not in missing]
    with pytest.raises(ExportError) as raised:
        next(nanopublications(left, vocabulary))
    found = {(problem.where, problem.what) for problem in raised.value.problems}
    names = " or ".join(f"{HER2}{name}" for name in ("affirms", "denies", "findsNo", "leavesOpen"))
    assert (first.value, f"it has no {HER2}certainty and needs one") in found
    assert (first.value, f"it has no {names} and needs one") in found
    assert (claim.value, f"it has no {HER2}object and needs one") in found  # type: ignore[union-attr]
    assert (second.value, f"the place of {spans.pop()} in a text is missing") in found
    unread = [quad for quad in quads if quad.object != model.CURATION]
    with pytest.raises(ExportError, match="the curation of its paper is missing"):
        next(nanopublications(unread, vocabulary))


def test_a_blank_node_is_refused_and_not_lost(one_statement: list[Quad], vocabulary: Vocabulary) -> None:
    (node,) = statements_of(one_statement)
    limited = [*one_statement, Quad(node, model.CONDITION, BlankNode("x"), graphs.STATEMENTS_GRAPH)]
    with pytest.raises(ExportError, match="has a part without a name"):
        next(nanopublications(limited, vocabulary))


def test_quads_without_a_statement_are_refused(vocabulary: Vocabulary) -> None:
    with pytest.raises(ExportError, match="they have no statement"):
        next(nanopublications(vocabulary.quads, vocabulary))


def test_the_command_counts_what_it_writes(tmp_path: Path, quads: tuple[Quad, ...], vocabulary: Vocabulary) -> None:
    file = tmp_path / "her2.nanopubs.trig"
    result = CliRunner().invoke(main, ["export", "--to", "nanopub", "-o", str(file)])
    assert result.exit_code == 0
    assert file.read_bytes() == written(quads, vocabulary)
    count = len(list(parse(path=file, format=RdfFormat.TRIG)))
    assert f"wrote {file}: 50 nanopublications, {count:,} quads, TriG\n" in result.stderr
    result = CliRunner().invoke(main, ["export", "--json", "--to", "nanopub", "--to", "turtle", "-o", str(tmp_path)])
    report = {"target": str(file), "format": "nanopub", "nanopublications": 50, "quads": count}
    assert json.loads(result.stderr)["written"][0] == report
    assert sorted(each.name for each in tmp_path.iterdir()) == ["her2.nanopubs.trig", "her2.ttl"]


def test_only_the_option_chooses_nanopublications(tmp_path: Path) -> None:
    file = tmp_path / "her2.nanopubs.trig"
    CliRunner().invoke(main, ["export", "-o", str(file)])
    assert graphs.ASSERTED_GRAPH in {quad.graph_name for quad in parse(path=file, format=RdfFormat.TRIG)}
    assert "nanopub" not in FORMATS


@pytest.mark.parametrize("options", [("--reasoned",), ("--to", "trig"), ("-o", "her2.ttl")])
def test_what_does_not_go_together_is_refused(
    options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["export", "--to", "nanopub", "-o", "her2.trig", *options])
    assert result.exit_code == 2
    assert "remedy" in result.stderr
    assert list(tmp_path.iterdir()) == []
