"""Our mappings: listed, written as SSSOM, looked up by any spelling, and put beside those of others."""

import gzip
from pathlib import Path

import pytest
import sssom_pydantic
from docs import draw_comparison
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from her2ld import Vocabulary
from her2ld.errors import IdentifierError, MappingError
from her2ld.mappings.comparison import Verdict, compare
from her2ld.mappings.listing import TermMapping, mappings_of, source_of, source_vocabularies, term_mappings
from her2ld.mappings.others import TheirMapping, read_sssom
from her2ld.mappings.sssom import sssom_quads, sssom_table
from her2ld.vocabulary import model, standard

OTHERS = Path(__file__).parent / "mappings"
SAID_BY_THE_ONTOLOGY = {*standard.MAPPING_RELATIONS, model.NOT_EXACT_MATCH, model.NO_TERM_IN}


@pytest.fixture(scope="module")
def mappings(vocabulary: Vocabulary) -> tuple[TermMapping, ...]:
    return term_mappings(vocabulary)


def test_no_mapping_of_the_ontology_is_lost(vocabulary: Vocabulary, mappings: tuple[TermMapping, ...]) -> None:
    of_ours = [quad for quad in vocabulary.quads if quad.subject in vocabulary.terms and quad.subject != standard.TYPE]
    said = sum(quad.predicate in SAID_BY_THE_ONTOLOGY for quad in of_ours)
    assert said == len(mappings) == len({mapping.iri for mapping in mappings})


def test_every_mapped_term_is_of_one_vocabulary_that_names_its_namespace(vocabulary: Vocabulary) -> None:
    sources = source_vocabularies(vocabulary)
    mapped = {
        quad.object
        for quad in vocabulary.quads
        if quad.predicate in SAID_BY_THE_ONTOLOGY and isinstance(quad.object, NamedNode)
    }
    assert all(sum(iri.value.startswith(source.namespace) for source in sources) == 1 for iri in mapped)
    assert {source_of(iri, sources) for iri in mapped} | {
        source_of(NamedNode("http://purl.obolibrary.org/obo/ECO_0000303"), sources)
    } == set(sources)


def test_the_table_is_read_back_whole(
    vocabulary: Vocabulary, mappings: tuple[TermMapping, ...], tmp_path: Path
) -> None:
    path = tmp_path / "her2.sssom.tsv"
    path.write_text(sssom_table(mappings, vocabulary), encoding="utf-8")
    rows, converter, mapping_set, errors = sssom_pydantic.read(path, return_errors=True)
    assert errors == []
    assert (mapping_set.title, mapping_set.version) == ("Mappings of the HER2 ontology", vocabulary.version)
    read_back = [
        (
            converter.expand(row.subject.curie),
            row.subject.name,
            converter.expand(row.predicate.curie),
            row.predicate_modifier == "Not",
            converter.expand(row.object.curie),
            row.object.name,
            converter.expand(row.record.curie) if row.record else "",
            row.object_source_version,
        )
        for row in rows
    ]
    assert read_back == [
        (
            mapping.subject.iri.value,
            mapping.subject.label,
            mapping.relation.value,
            mapping.negated,
            mapping.object.value if mapping.object else "https://w3id.org/sssom/NoTermFound",
            mapping.object_label,
            mapping.iri.value,
            mapping.release,
        )
        for mapping in mappings
    ]


def test_a_denied_mapping_in_rdf_is_an_axiom_and_no_mapping(
    vocabulary: Vocabulary, mappings: tuple[TermMapping, ...]
) -> None:
    breast_cancer, neoplasms = NamedNode(model.HER2LD + "BreastCancer"), NamedNode(standard.MESH + "D001943")
    denied = next(each for each in mappings if each.negated and each.subject.iri == breast_cancer)
    sssom, owl, rdfs = "https://w3id.org/sssom/", standard.OWL, standard.RDFS
    quads = list(sssom_quads(mappings, vocabulary))
    assert {(quad.predicate.value, quad.object) for quad in quads if quad.subject == denied.iri} == {
        (standard.TYPE.value, NamedNode(owl + "Axiom")),
        (owl + "annotatedSource", breast_cancer),
        (owl + "annotatedProperty", standard.EXACT_MATCH),
        (owl + "annotatedTarget", neoplasms),
        (sssom + "predicate_modifier", NamedNode(sssom + "NegatedPredicate")),
        (sssom + "subject_label", Literal("breast cancer")),
        (sssom + "object_label", Literal("Breast Neoplasms")),
        (sssom + "mapping_justification", NamedNode("https://w3id.org/semapv/vocab/ManualMappingCuration")),
        ("http://purl.org/pav/authoredBy", NamedNode(model.HER2LD + "curator/the-her2ld-project")),
        (sssom + "subject_type", NamedNode(owl + "NamedIndividual")),
        (sssom + "object_type", NamedNode(rdfs + "Resource")),
        (sssom + "object_source", NamedNode("https://bioregistry.io/registry/mesh")),
        (sssom + "object_source_version", Literal("2024")),
        (rdfs + "comment", Literal(denied.notes[0])),
    }
    assert not [quad for quad in quads if quad.predicate == standard.EXACT_MATCH]


def test_a_vocabulary_that_was_searched_in_vain_has_a_row(
    vocabulary: Vocabulary, mappings: tuple[TermMapping, ...]
) -> None:
    rows = [line.split("\t") for line in sssom_table(mappings, vocabulary).splitlines() if not line.startswith("#")]
    slots = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    in_vain = [row for row in slots if row["object_id"] == "sssom:NoTermFound"]
    assert {row["subject_label"] for row in in_vain} == {
        mapping.subject.label for mapping in mappings if mapping.object is None
    }
    assert {(row["mapping_cardinality"], row["object_source"], row["object_source_version"]) for row in in_vain} == {
        ("1:0", "bioregistry:mesh", "2024"),
        ("1:0", "bioregistry:mesh", ""),
        ("1:0", "bioregistry:go", ""),
        ("1:0", "bioregistry:biolink", "4.4.6"),
    }


THE_PROTEIN = {("HER2 protein", "exactMatch", False), ("HER2 gene", "exactMatch", True)}


@pytest.mark.parametrize(
    ("spelled", "relations"),
    [
        ("UniProtKB:P04626", THE_PROTEIN),
        ("http://purl.obolibrary.org/obo/NCIT_C17319", THE_PROTEIN),
        (
            "https://id.nlm.nih.gov/mesh/D018719",
            {
                ("HER2 protein", "broadMatch", False),
                ("HER2 protein", "exactMatch", True),
                ("HER2 gene", "exactMatch", True),
            },
        ),
    ],
)
def test_is_your_term_the_same_as_mine(
    spelled: str,
    relations: set[tuple[str, str, bool]],
    vocabulary: Vocabulary,
    mappings: tuple[TermMapping, ...],
) -> None:
    _, found = mappings_of(spelled, vocabulary, mappings)
    assert {(each.subject.label, each.relation.value.rpartition("#")[2], each.negated) for each in found} == relations


def test_a_name_leads_to_the_mappings_of_the_term(vocabulary: Vocabulary, mappings: tuple[TermMapping, ...]) -> None:
    _, found = mappings_of("Trastuzumab", vocabulary, mappings)
    assert {mapping.object for mapping in found} == {
        NamedNode(standard.MESH + "D000068878"),
        NamedNode("http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl#C1647"),
        NamedNode("http://purl.obolibrary.org/obo/CHEBI_231601"),
    }


def test_what_is_no_name_and_no_identifier_is_refused(
    vocabulary: Vocabulary, mappings: tuple[TermMapping, ...]
) -> None:
    with pytest.raises(MappingError) as no_name:
        mappings_of("trastuzumb", vocabulary, mappings)
    with pytest.raises(IdentifierError) as no_prefix:
        mappings_of("uniprto:P04626", vocabulary, mappings)
    assert [str(problem) for problem in (*no_name.value.problems, *no_prefix.value.problems)] == [
        "trastuzumb: is the name of no term. Remedy: did you mean “trastuzumab”?.",
        "uniprto:P04626: no vocabulary is known by the prefix uniprto. Remedy: did you mean uniprot:P04626?.",
    ]


def differing(name: str, mappings: tuple[TermMapping, ...]) -> dict[str, tuple[str, ...]]:
    theirs, problems = read_sssom(OTHERS / f"{name}.sssom.tsv")
    assert problems == []
    return {
        f"{each.theirs.subject_label} = {each.theirs.object_label}": each.reasons
        for each in compare(theirs, mappings)
        if each.verdict is Verdict.DIFFERS
    }


def test_where_others_differ_the_ontology_says_why(mappings: tuple[TermMapping, ...]) -> None:
    reasons = {name: differing(name, mappings) for name in ("biomappings", "mondo", "doid")}
    assert {name: set(each) for name, each in reasons.items()} == {
        "biomappings": {
            "Epidermal Growth Factor = Epidermal Growth Factor",
            "Genes, erbB-2 = ERBB2 wt Allele",
            "Neuregulin-1 = Neuregulin-1",
            "Receptor, ErbB-2 = ERBB2",
            "Receptor, ErbB-3 = ERBB3",
            "Receptor, ErbB-4 = ERBB4",
        },
        "mondo": set(),
        "doid": {"breast cancer = Breast Neoplasms", "breast carcinoma = Breast Neoplasms"},
    }
    assert all(why for each in reasons.values() for why in each.values())
    assert reasons["biomappings"]["Receptor, ErbB-4 = ERBB4"] == (
        "The protein in any species: wider than the human protein, and not the gene.",
        "The gene. The protein made from it is another thing.",
    )


def test_what_others_deny_is_not_asserted_here(mappings: tuple[TermMapping, ...]) -> None:
    theirs, _ = read_sssom(OTHERS / "biomappings.sssom.tsv")
    denials = [each for each in compare(theirs, mappings) if each.theirs.negated]
    assert len(denials) == 4
    assert not [each for each in denials if each.verdict is Verdict.DIFFERS]
    positive = [each for each in mappings if not each.negated]
    held = {(each.subject.iri, each.object) for each in positive if each.relation == standard.EXACT_MATCH}
    wrong = [
        TheirMapping(one, "", standard.EXACT_MATCH, True, other, "", "", "")  # noqa: FBT003  # a row denies
        for subject, one in held
        for other in [each for name, each in held if name == subject and each != one]
        if one and other
    ]
    assert {each.verdict for each in compare(wrong, positive)} == {Verdict.DIFFERS}


@given(data=st.data())
def test_it_does_not_matter_with_which_of_two_terms_a_mapping_begins(
    data: st.DataObject, mappings: tuple[TermMapping, ...]
) -> None:
    terms = st.sampled_from(sorted({each.object for each in mappings if each.object}, key=str))
    relation = data.draw(st.sampled_from(standard.MAPPING_RELATIONS))
    back = {standard.BROAD_MATCH: standard.NARROW_MATCH, standard.NARROW_MATCH: standard.BROAD_MATCH}
    one, other, negated = data.draw(terms), data.draw(terms), data.draw(st.booleans())
    forth = TheirMapping(one, "", relation, negated, other, "", "", "")
    reverse = TheirMapping(other, "", back.get(relation, relation), negated, one, "", "", "")
    first, second = (next(compare([each], mappings)).verdict for each in (forth, reverse))
    assert first == second


HEADER = "#mapping_set_id: https://example.org/set\n#curie_map:\n#  mesh: http://id.nlm.nih.gov/mesh/\n"
COLUMNS = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tsubject_label\n"
GOOD = "mesh:D018719\tskos:exactMatch\tUniProtKB:P04626\tsemapv:LexicalMatching\tx\n"


def test_each_row_that_cannot_be_understood_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "theirs.tsv"
    bad = "\tskos:exactMatch\tmesh:D1\tsemapv:LexicalMatching\tx\n"
    unknown = "mesh:D018719\tskos:exactMatch\tnowhere\tsemapv:LexicalMatching\tx\n"
    path.write_text(HEADER + COLUMNS + GOOD + bad + unknown, encoding="utf-8")
    theirs, problems = read_sssom(path)
    assert [each.object.value for each in theirs] == ["http://purl.uniprot.org/uniprot/P04626"]
    assert [(problem.where, problem.remedy) for problem in problems] == [
        (f"{path}, line 6", "mend the row"),
        (f"{path}, line 7", "write it as an IRI, or with a prefix of the header"),
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (HEADER + COLUMNS + GOOD.replace("x\n", '"x\n') + GOOD + GOOD, "3 lines were read as 1 rows"),
        ("<html>no table</html>\n", "is no SSSOM table: it begins with '<html>no table</html>'"),
        ("", "has no column subject_id, predicate_id, object_id, mapping_justification"),
        (HEADER, "has no column subject_id, predicate_id, object_id, mapping_justification"),
        (HEADER + COLUMNS, "has no row"),
        (HEADER + COLUMNS.replace("predicate_id", "relation") + GOOD, "has no column predicate_id"),
        ((HEADER + COLUMNS + GOOD).replace("\t", ","), "is no SSSOM table: it begins with"),
        (COLUMNS + GOOD, "has no mapping_set_id in its header"),
        (HEADER + "#  a: b: c\n" + COLUMNS + GOOD, "its header is wrong (mapping values are not allowed here)"),
        (HEADER.replace("https://example.org/set", "{}") + COLUMNS + GOOD, "its header is wrong ("),
        (HEADER + "#mapping_set_confidence: 7\n" + COLUMNS + GOOD, "its header is wrong (mapping_set_confidence: "),
    ],
)
def test_what_is_no_table_of_mappings_is_refused(content: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "theirs.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(MappingError) as raised:
        read_sssom(path)
    assert [problem.what[: len(what)] for problem in raised.value.problems] == [what]


def test_the_page_that_compares_is_fresh() -> None:
    assert draw_comparison.draw() == draw_comparison.PLACE.read_text(encoding="utf-8"), (
        "run: python docs/draw_comparison.py"
    )


def test_a_table_may_be_packed_or_begin_with_a_mark(tmp_path: Path) -> None:
    content = (HEADER + COLUMNS + GOOD).encode()
    for written in (content, b"\xef\xbb\xbf" + content, gzip.compress(content)):
        (tmp_path / "theirs.tsv").write_bytes(written)
        assert len(read_sssom(tmp_path / "theirs.tsv")[0]) == 1


def test_others_map_to_our_own_terms_too(vocabulary: Vocabulary, mappings: tuple[TermMapping, ...]) -> None:
    ours = [
        TheirMapping(each.subject.iri, "", each.relation, each.negated, each.object, "", "", "")
        for each in mappings
        if each.object
    ]
    assert {each.verdict for each in compare(ours, mappings)} == {Verdict.AGREES}
    her2, gene = NamedNode(model.HER2LD + "HER2"), NamedNode(f"{vocabulary.prefixes['hgnc']}3430")
    wrong = TheirMapping(gene, "", standard.EXACT_MATCH, False, her2, "", "", "")  # noqa: FBT003  # a row affirms
    assert [each.verdict for each in compare([wrong], mappings)] == [Verdict.DIFFERS]
