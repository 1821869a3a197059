"""Our mappings: listed, written as SSSOM, looked up by any spelling, and put beside those of others."""

import gzip
import tempfile
from collections import Counter
from pathlib import Path

import pytest
import sssom_pydantic
from docs import draw_comparison
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from her2ld import Vocabulary
from her2ld.errors import IdentifierError, MappingError, Problem
from her2ld.mappings.mapping_comparison import Verdict, compare
from her2ld.mappings.sssom_reader import HeaderProblem, TheirMapping, read_sssom
from her2ld.mappings.sssom_writer import biolink_prefixes, sssom_quads, sssom_table
from her2ld.mappings.term_mappings import TermMapping, mappings_of, source_of, source_vocabularies, term_mappings
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
        (standard.CREATED.value, Literal(vocabulary.header[1][standard.MODIFIED].value, datatype=standard.XSD_DATE)),
        (sssom + "confidence", Literal("1.0", datatype=standard.XSD_DOUBLE)),
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
    with pytest.raises(MappingError, match="did you mean “drug resistance” or “"):
        mappings_of("resistance", vocabulary, mappings)
    with pytest.raises(IdentifierError) as no_prefix:
        mappings_of("uniprto:P04626", vocabulary, mappings)
    assert [str(problem) for problem in (*no_name.value.problems, *no_prefix.value.problems)] == [
        "trastuzumb: is not the name of a term. Remedy: did you mean “trastuzumab”?.",
        "uniprto:P04626: the prefix uniprto is not known. Remedy: did you mean uniprot:P04626?.",
    ]


def rows_of(path: Path) -> tuple[list[TheirMapping], list[Problem]]:
    rows = list(read_sssom(path))
    return [row for row in rows if isinstance(row, TheirMapping)], [row for row in rows if isinstance(row, Problem)]


def differing(name: str, mappings: tuple[TermMapping, ...]) -> dict[str, tuple[str, ...]]:
    theirs, problems = rows_of(OTHERS / f"{name}.sssom.tsv")
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
    theirs, _ = rows_of(OTHERS / "biomappings.sssom.tsv")
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
    theirs, problems = rows_of(path)
    assert [each.object.value for each in theirs] == ["http://purl.uniprot.org/uniprot/P04626"]
    assert [(problem.where, problem.remedy) for problem in problems] == [
        (f"{path}, line 6", "correct the row"),
        (f"{path}, line 7", "write it as an IRI, or with a prefix of the header"),
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("<html>no table</html>\n", "is not an SSSOM table: it begins with '<html>no table</html>'"),
        ("", "has no column subject_id, predicate_id, object_id"),
        (HEADER, "has no column subject_id, predicate_id, object_id"),
        (HEADER + COLUMNS, "has no row"),
        (HEADER + COLUMNS.replace("predicate_id", "relation") + GOOD, "has no column predicate_id"),
        ((HEADER + COLUMNS + GOOD).replace("\t", ","), "is not an SSSOM table: it begins with"),
    ],
)
def test_what_is_no_table_of_mappings_is_refused(content: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "theirs.tsv"
    path.write_text(content, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(MappingError) as raised:
        rows_of(path)
    assert [problem.what[: len(what)] for problem in raised.value.problems] == [what]


BAD_ROWS = {
    GOOD.replace("x\n", '"x\n'): "is not UTF-8, or has a quotation mark that is not closed",
    GOOD.replace("x\n", "\udcff\n"): "is not UTF-8, or has a quotation mark that is not closed",
    GOOD.replace("mesh:D018719", ""): "is not a mapping (subject_id: empty)",
    "mesh:D018719\n": "is not a mapping (predicate_id, object_id: empty)",
    GOOD.replace("mesh:", "mush:"): "'mush:D018719' is not an identifier",
}


@given(which=st.lists(st.sampled_from([GOOD, *BAD_ROWS]), min_size=1))
def test_what_is_read_and_what_is_refused_are_all_rows(which: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "theirs.tsv"
        path.write_text(HEADER + COLUMNS + "".join(which), encoding="utf-8", errors="surrogateescape")
        rows = list(read_sssom(path))
    found = [(row.what, row.where) if isinstance(row, Problem) else "read" for row in rows]
    first = len((HEADER + COLUMNS).splitlines()) + 1
    expected = [
        (BAD_ROWS[row], f"{path}, line {number}") if row in BAD_ROWS else "read"
        for number, row in enumerate(which, first)
    ]
    assert found == expected


@pytest.mark.parametrize("beside", ["theirs.sssom.yml", "theirs.yml", "theirs.sssom.yaml", "theirs.yaml"])
@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_what_is_said_of_the_table_may_stand_in_a_file_beside_it(beside: str, suffix: str, tmp_path: Path) -> None:
    """Biomappings has its tables so: prefixes of Bioregistry, and no header at all."""
    row = "m:D018719\tskos:exactMatch\tUniProtKB:P04626\tsemapv:LexicalMatching\tx\n"
    path = tmp_path / f"theirs.sssom.tsv{suffix}"
    content = (COLUMNS + row).encode()
    path.write_bytes(gzip.compress(content) if suffix else content)
    assert [problem.what for problem in rows_of(path)[1]] == ["'m:D018719' is not an identifier"]
    (tmp_path / beside).write_text("curie_map:\n  m: http://id.nlm.nih.gov/mesh/\nlicense: none\n")
    (mapping,), problems = rows_of(path)
    assert (mapping.subject.value, problems) == ("http://id.nlm.nih.gov/mesh/D018719", [])


def test_a_prefix_is_what_the_table_says_and_not_what_we_know_by_that_name(tmp_path: Path) -> None:
    path = tmp_path / "theirs.tsv"
    header = "#curie_map:\n#  UP: https://example.org/pathway/\n#  HGNC: http://identifiers.org/hgnc/\n"
    path.write_text(header + COLUMNS + "UP:P04626\tskos:exactMatch\tHGNC:3430\t\tx\n")
    ((mapping,), _) = rows_of(path)
    assert mapping.subject.value == "https://example.org/pathway/P04626"
    assert mapping.object.value.endswith("/HGNC:3430")


LATER = "#license: none\n#object_source: wikidata\n"
BAD_SLOTS = {
    "#mapping_date: 2024-13-01\n": "mapping_date: 2024-13-01 is not a date (month must be in 1..12)",
    "#publication_date: [2024-12-31]\n": "publication_date: it is not a date",
    "#object_source: [x, y]\n": "object_source: it is not a text",
    "#curie_map: x\n": "curie_map: it has no prefixes",
    "#curie_map:\n#  UP: [x]\n": "curie_map: a prefix has no namespace",
    "#comment: b: c\n": "the header is not YAML (mapping values are not allowed here)",
    f"#a: {'[' * 2000}{']' * 2000}\n": "the header is nested too deeply",
    "#just text\n": "the header has no slot here",
    "#\udcff\n": "the line is not in UTF-8",
}


@pytest.mark.parametrize("mark", ["#", "# "])
@pytest.mark.parametrize("bad", BAD_SLOTS)
def test_a_bad_slot_of_the_header_is_left_out_and_all_rows_are_read(bad: str, mark: str, tmp_path: Path) -> None:
    path = tmp_path / "theirs.tsv"
    header = (bad + HEADER + LATER).replace("#", mark)
    path.write_text(header + COLUMNS + GOOD + "\n" + GOOD, encoding="utf-8", errors="surrogateescape")
    (problem,), rows = [row for row in read_sssom(path) if isinstance(row, HeaderProblem)], rows_of(path)[0]
    line = 2 if "[x]" in bad else 1
    assert (problem.where, problem.what) == (f"{path}, line {line}", f"{BAD_SLOTS[bad]}; it is left out")
    assert [row.subject.value for row in rows] == [f"{standard.MESH}D018719"] * 2


def test_a_bad_header_refuses_no_row(tmp_path: Path) -> None:
    path = tmp_path / "theirs.tsv"
    path.write_text("#curie_map: m\n#mapping_date: never\n" + COLUMNS + "m:1\tskos:exactMatch\tmesh:D1\t\tx\n" + GOOD)
    rows, problems = rows_of(path)
    assert [problem.where for problem in problems] == [f"{path}, line {number}" for number in (1, 2, 4)]
    assert len(rows) == 1


def test_a_slot_that_is_not_used_may_have_any_value(tmp_path: Path) -> None:
    path = tmp_path / "theirs.tsv"
    for header in (
        HEADER.replace("https://example.org/set", "{}"),
        HEADER + "#mapping_set_confidence: 7\n",
        HEADER + "#license: {a: b}\n",
        HEADER + "#mapping_date: 2024-12-31\n#publication_date:\n",
    ):
        path.write_text(header + COLUMNS + GOOD)
        rows, problems = rows_of(path)
        assert (len(rows), problems) == (1, [])


def test_a_line_without_end_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("her2ld.mappings.sssom_reader._LONGEST_LINE", 1000)
    path = tmp_path / "theirs.tsv.gz"
    path.write_bytes(gzip.compress((HEADER + COLUMNS + GOOD + "x" * 1001).encode()))
    with pytest.raises(MappingError, match="line 6: is longer than 1,000 bytes"):
        rows_of(path)


def test_identifiers_join_with_those_of_biomappings_and_of_mondo(
    vocabulary: Vocabulary, mappings: tuple[TermMapping, ...]
) -> None:
    """The ones write mondo:0007254 and mesh:D001943, the others MONDO:0007254 and NCIT:C9335."""
    as_bioregistry, as_biolink = (
        {row.split("\t")[5] for row in sssom_table(mappings, vocabulary, prefixes).splitlines() if row[0] != "#"}
        for prefixes in (None, biolink_prefixes(vocabulary))
    )
    rows = (OTHERS / "biomappings.sssom.tsv").read_text(encoding="utf-8").splitlines()
    theirs = {cell for row in rows if row[0] != "#" for cell in row.split("\t") if cell.startswith(("mesh:", "mondo:"))}
    assert len(theirs & as_bioregistry) > 20
    assert {"MONDO:0007254", "NCIT:C9335", "DOID:1612", "HGNC:3430", "UniProtKB:P04626"} <= as_biolink
    assert len(as_bioregistry) == len(as_biolink)


def test_each_mapping_says_when_by_whom_and_how_surely(
    vocabulary: Vocabulary, mappings: tuple[TermMapping, ...], tmp_path: Path
) -> None:
    path = tmp_path / "her2.sssom.tsv"
    path.write_text(sssom_table(mappings, vocabulary), encoding="utf-8")
    rows, _, mapping_set, _ = sssom_pydantic.read(path, return_errors=True)
    assert str(mapping_set.description).startswith("How the terms of the HER2 ontology stand")
    day = vocabulary.header[1][standard.MODIFIED].value
    assert {str(row.mapping_date) for row in rows} == {day}
    assert Counter(row.confidence for row in rows) == Counter(1.0 if each.release else 0.9 for each in mappings)
    written = {
        (quad.predicate.value.rpartition("/")[2], str(quad.object)) for quad in sssom_quads(mappings, vocabulary)
    }
    assert ("created", f'"{day}"^^{standard.XSD_DATE}') in written
    assert ("confidence", f'"0.9"^^{standard.XSD_DOUBLE}') in written


def test_our_own_set_agrees_with_itself(
    vocabulary: Vocabulary, mappings: tuple[TermMapping, ...], tmp_path: Path
) -> None:
    path = tmp_path / "her2.sssom.tsv"
    path.write_text(sssom_table(mappings, vocabulary), encoding="utf-8")
    theirs, problems = rows_of(path)
    assert (len(theirs), problems) == (len(mappings), [])
    assert {each.verdict for each in compare(theirs, mappings)} == {Verdict.AGREES}


EXACT = (f"{standard.MESH}C508053", "http://purl.uniprot.org/uniprot/P04626")  # of her2:HER2, both exactly
BROADER = (f"{standard.MESH}D018719", "http://purl.uniprot.org/uniprot/P04626")
SEMANTICS = {
    # relation: beside two terms that are the same for us; the same, denied; beside one that we have below the other
    "skos:exactMatch": "agrees differs differs",
    "skos:closeMatch": "agrees differs open",
    "skos:broadMatch": "differs agrees differs",
    "skos:narrowMatch": "differs agrees agrees",
    "skos:relatedMatch": "differs agrees differs",
    "skos:mappingRelation": "agrees differs agrees",
    "rdfs:seeAlso": "agrees differs agrees",
    "rdfs:subClassOf": "agrees differs differs",
    "owl:equivalentClass": "agrees differs differs",
    "owl:sameAs": "agrees differs differs",
    "oboInOwl:hasDbXref": "agrees differs differs",
    "skos:broader": "open open open",
}


@pytest.mark.parametrize(("relation", "expected"), SEMANTICS.items())
def test_relations_are_read_as_skos_and_owl_have_them(
    relation: str, expected: str, mappings: tuple[TermMapping, ...], tmp_path: Path
) -> None:
    path = tmp_path / "theirs.tsv"
    columns = "subject_id\tpredicate_id\tpredicate_modifier\tobject_id\n"
    rows = [(EXACT, ""), (EXACT, "Not"), (BROADER, "")]
    path.write_text(columns + "".join(f"{a}\t{relation}\t{not_}\t{b}\n" for (a, b), not_ in rows))
    theirs, problems = rows_of(path)
    assert problems == []
    assert " ".join(each.verdict for each in compare(theirs, mappings)) == expected


def test_what_we_keep_apart_may_be_close(mappings: tuple[TermMapping, ...]) -> None:
    """That a gene is not its protein denies no closeMatch, and a closeMatch that others deny is no more than that."""
    gene, protein = NamedNode("https://www.ncbi.nlm.nih.gov/gene/2064"), NamedNode(EXACT[1])
    for relation, negated, verdict in (
        (standard.EXACT_MATCH, False, Verdict.DIFFERS),
        (standard.EXACT_MATCH, True, Verdict.AGREES),
        (standard.CLOSE_MATCH, False, Verdict.OPEN),
        (standard.CLOSE_MATCH, True, Verdict.OPEN),
    ):
        their = TheirMapping(gene, "", relation, negated, protein, "", "", "")
        assert [each.verdict for each in compare([their], mappings)] == [verdict], (relation, negated)


def test_the_page_that_compares_is_fresh() -> None:
    assert draw_comparison.draw() == draw_comparison.PLACE.read_text(encoding="utf-8"), (
        "run: python docs/draw_comparison.py"
    )


def test_a_table_may_be_packed_or_begin_with_a_mark(tmp_path: Path) -> None:
    content = (HEADER + COLUMNS + GOOD).encode()
    for written in (content, b"\xef\xbb\xbf" + content, gzip.compress(content)):
        (tmp_path / "theirs.tsv").write_bytes(written)
        assert len(rows_of(tmp_path / "theirs.tsv")[0]) == 1


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
