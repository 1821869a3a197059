"""Every spelling of an identifier leads to the form that its owner publishes, and what only looks like one does not."""

import json
import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from her2ld import IdentifierError, Vocabulary
from her2ld.assets import PREFIX_MAP
from her2ld.vocabulary import standard
from her2ld.vocabulary.identifiers import identify, is_vocabulary, owner_curie, owner_iri, pasted_iri

RECORDS: list[dict[str, Any]] = json.loads(PREFIX_MAP.read_text(encoding="utf-8"))
GENE = "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:"
MESH = "http://id.nlm.nih.gov/mesh/"
OBO = "http://purl.obolibrary.org/obo/"
UNIPROT = "http://purl.uniprot.org/uniprot/"
NCIT = "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl#"


def test_the_forms_of_the_owners_are_the_prefixes_of_the_ontology(vocabulary: Vocabulary) -> None:
    namespaces = {each["prefix"]: each["uri_prefix"] for each in RECORDS}
    assert list(namespaces) == sorted(namespaces)
    declared = {prefix: namespace for prefix, namespace in vocabulary.prefixes.items() if prefix in namespaces}
    assert namespaces == declared | {"obo": OBO}


def test_every_identifier_that_the_ontology_is_mapped_to_is_in_the_form_of_its_owner(vocabulary: Vocabulary) -> None:
    mapped = {quad.object for quad in vocabulary.quads if quad.predicate in standard.MAPPING_RELATIONS}
    assert len(mapped) > 150
    for iri in mapped:
        assert isinstance(iri, NamedNode)
        assert owner_iri(iri.value) == iri


def test_no_spelling_is_of_two_vocabularies() -> None:
    addresses = Counter(address for each in RECORDS for address in (each["uri_prefix"], *each["uri_prefix_synonyms"]))
    names = Counter(
        name for each in RECORDS for name in {each["prefix"].casefold(), *map(str.casefold, each["prefix_synonyms"])}
    )
    assert [spelling for spelling, count in (addresses + names).items() if count > 1] == []


SPELLINGS = {
    f"{OBO}GO_0038128": """
        GO:0038128 go:0038128 go:GO:0038128 GO:GO:0038128 GO_0038128 obo:GO_0038128
        https://identifiers.org/GO:0038128 https://identifiers.org/go:0038128 https://identifiers.org/go:GO:0038128
        http://identifiers.org/go/GO:0038128 https://bioregistry.io/go:0038128
        https://purl.obolibrary.org/obo/GO_0038128 <http://purl.obolibrary.org/obo/GO_0038128>
        http://amigo.geneontology.org/amigo/term/GO:0038128
    """,
    f"{GENE}3430": """
        HGNC:3430 hgnc:3430 hgnc:HGNC:3430
        https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/3430
        http://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:3430
        https://identifiers.org/hgnc:3430 http://identifiers.org/hgnc/HGNC:3430 https://identifiers.org/HGNC:3430
        https://identifiers.org/hgnc/3430/
    """,
    f"{MESH}D018719": """
        MESH:D018719 mesh:D018719 MeSH:D018719 https://id.nlm.nih.gov/mesh/D018719
        https://identifiers.org/mesh:D018719 http://identifiers.org/mesh/D018719 https://identifiers.org/MESH:D018719
        https://meshb.nlm.nih.gov/record/ui?ui=D018719 http://purl.bioontology.org/ontology/MESH/D018719
    """,
    f"{MESH}D018719Q000378": "mesh:D018719Q000378 https://id.nlm.nih.gov/mesh/D018719Q000378",
    f"{UNIPROT}P04626": """
        UniProtKB:P04626 uniprot:P04626 UNIPROT:P04626 https://bioregistry.io/uniprot:P04626
        https://www.uniprot.org/uniprotkb/P04626/entry https://www.uniprot.org/uniprotkb/P04626/
        https://www.uniprot.org/uniprot/P04626 https://purl.uniprot.org/uniprot/P04626
    """,
    f"{NCIT}C1647": f"NCIT:C1647 ncit:C1647 {OBO}NCIT_C1647 https://identifiers.org/ncit:C1647",
    f"{OBO}RO_0002436": "RO:0002436 obo:RO_0002436 ro:0002436 https://purl.obolibrary.org/obo/RO_0002436",
    "https://w3id.org/her2ld/HER2": "her2:HER2 http://w3id.org/her2ld/HER2",
}


@pytest.mark.parametrize(("iri", "spellings"), SPELLINGS.items())
def test_the_spellings_people_use_lead_to_the_form_of_the_owner(iri: str, spellings: str) -> None:
    given = [iri, f"  {iri}\n", *spellings.split()]
    assert {spelling: str(owner_iri(spelling)) for spelling in given} == dict.fromkeys(given, f"<{iri}>")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "HER2",
        "HER2:HER3 heterodimer",
        "EGFR_ligand",
        "STRING:P04626",  # the identifier of a protein in another database
        "hgnc:ERBB2",
        "hgnc:٣٤٣٠",
        "go:38128",
        "mesh:d018719",
        f"{MESH}vocab#Concept",
        f"{MESH}2024/D018719",  # the descriptor as it was in one year, which is another thing
        f"{MESH}D018719.ttl",  # a document about it
        f"{UNIPROT}P04626#isoform",
        "https://www.uniprot.org/uniprotkb/ERBB2_HUMAN/entry",
        "https://www.ncbi.nlm.nih.gov/gene/?term=ERBB2",
        "https://example.org/mesh/D018719",
        "https://doi.org/10.1007/BF02967477",
    ],
)
def test_what_only_looks_like_an_identifier_is_not_recognised(text: str) -> None:
    assert owner_iri(text) is None
    assert owner_curie(text) is None


# Where the address bar of a browser, or what stands in a paper, leads to; under the owner's form.
PASTED = {
    f"{UNIPROT}P04626": """
        https://www.uniprot.org/uniprotkb/P04626/entry#function
        https://uniprot.org/uniprotkb/P04626
        www.uniprot.org/uniprotkb/P04626/entry
        https://www.uniprot.org/uniprotkb/P04626/publications
        https://www.uniprot.org/uniprotkb/P04626/variant-viewer
        https://www.uniprot.org/uniprotkb/P04626/entry?query=x
        https://rest.uniprot.org/uniprotkb/P04626.json
        https://www.uniprot.org/uniprot/P04626.txt
        UniProt P04626
        UniProtKB/Swiss-Prot: P04626
    """,
    f"{MESH}D018719": """
        https://meshb.nlm.nih.gov/record/ui?ui=D018719#tree
        https://meshb.nlm.nih.gov/record/ui?name=x&ui=D018719
        id.nlm.nih.gov/mesh/D018719
        https://www.ncbi.nlm.nih.gov/mesh?term=D018719
        MeSH: D018719
        MeSH ID: D018719
        mesh:d018719
    """,
    f"{GENE}3430": """
        https://www.genenames.org/data/gene-symbol-report/#%21/hgnc_id/HGNC:3430
        https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC%3A3430
        https://genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:3430
        HGNC 3430
    """,
    "https://www.ncbi.nlm.nih.gov/gene/2064": """
        https://www.ncbi.nlm.nih.gov/gene/2064#summary
        https://www.ncbi.nlm.nih.gov/gene/2064?report=full_report
        https://www.ncbi.nlm.nih.gov/gene/?term=2064
        https://www.ncbi.nlm.nih.gov/gene?term=2064
        https://www.ncbi.nlm.nih.gov/datasets/gene/2064/
        www.ncbi.nlm.nih.gov/gene/2064
        Gene ID: 2064
    """,
    f"{OBO}GO_0038128": """
        http://amigo.geneontology.org/amigo/term/GO%3A0038128
        https://www.ebi.ac.uk/QuickGO/term/GO:0038128#x
        https://www.ebi.ac.uk/ols4/ontologies/go/classes/http%253A%252F%252Fpurl.obolibrary.org%252Fobo%252FGO_0038128
        https://www.ebi.ac.uk/ols4/ontologies/go/classes?obo_id=GO%3A0038128
        https://www.ebi.ac.uk/ols/ontologies/go/terms?iri=http%3A%2F%2Fpurl.obolibrary.org%2Fobo%2FGO_0038128
        https://ontobee.org/ontology/GO?iri=http://purl.obolibrary.org/obo/GO_0038128
        purl.obolibrary.org/obo/GO_0038128
    """,
    f"{NCIT}C17319": """
        https://ncit.nci.nih.gov/ncitbrowser/ConceptReport.jsp?dictionary=NCI_Thesaurus&code=C17319
        https://ncithesaurus.nci.nih.gov/ncitbrowser/ConceptReport.jsp?dictionary=NCI_Thesaurus&ns=ncit&code=C17319
        https://evsexplore.semantics.cancer.gov/evsexplore/concept/ncit/C17319
        NCI Thesaurus: C17319
    """,
    f"{OBO}MONDO_0007254": """
        https://monarchinitiative.org/MONDO:0007254
        https://monarchinitiative.org/disease/MONDO:0007254
        https://www.ebi.ac.uk/ols4/ontologies/mondo/classes?obo_id=MONDO:0007254
    """,
    f"{OBO}DOID_1612": """
        https://disease-ontology.org/term/DOID%3A1612/
        https://www.disease-ontology.org/?id=DOID:1612
    """,
    f"{OBO}CHEBI_231601": """
        https://www.ebi.ac.uk/chebi/searchId.do?chebiId=CHEBI%3A231601
        https://www.ebi.ac.uk/chebi/CHEBI:231601
    """,
    "https://reactome.org/content/detail/R-HSA-1227986": """
        https://reactome.org/PathwayBrowser/#/R-HSA-1227986
        https://reactome.org/PathwayBrowser/#/R-HSA-1227986&DTAB=MT
        https://www.reactome.org/content/detail/R-HSA-1227986
    """,
}


@pytest.mark.parametrize(("iri", "texts"), PASTED.items())
def test_what_is_pasted_leads_to_the_form_of_the_owner(iri: str, texts: str) -> None:
    given = [line.strip() for line in texts.strip().splitlines()]
    assert {text: str(pasted_iri(text)) for text in given} == dict.fromkeys(given, f"<{iri}>")


HOSTS = ("identifiers.org", "www.identifiers.org", "Identifiers.org", "bioregistry.io", "n2t.net")


@given(
    example=st.sampled_from([each for each in RECORDS if each.get("pattern")]),
    scheme=st.sampled_from(["https://", "http://", "HTTPS://", ""]),
    host=st.sampled_from(HOSTS),
    colon=st.sampled_from([":", "/", "%3A"]),
    behind=st.sampled_from(["", "/", "?x=1", "#top", "."]),
    around=st.sampled_from(["{}", "<{}>", "({})", "“{}”", " {}\n", "\u200b{}"]),
)
def test_an_address_of_a_resolver_is_recognised_however_it_is_pasted(
    example: dict[str, Any], scheme: str, host: str, colon: str, behind: str, around: str
) -> None:
    address = f"{scheme}{host}/{example['prefix']}{colon}{example['example']}{behind}"
    assert str(pasted_iri(around.format(address))) == f"<{example['uri_prefix']}{example['example']}>"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "HER2",
        "HER2 and HER3",
        "HER2:HER3 heterodimer",
        "STRING:P04626",
        "hgnc:ERBB2",
        "go:38128",
        f"{MESH}vocab#Concept",
        f"{MESH}2024/D018719",  # these four are names of other things, whoever gives them
        f"{MESH}D018719.ttl",
        f"{MESH}D018719#x",
        f"{UNIPROT}P04626#isoform",
        "https://www.uniprot.org/uniprotkb/ERBB2_HUMAN/entry",
        "https://www.ncbi.nlm.nih.gov/gene/?term=ERBB2",
        "https://example.org/mesh/D018719",
        "https://doi.org/10.1007/BF02967477",
        "https://www.ncbi.nlm.nih.gov/nuccore/2064",
    ],
)
def test_what_is_pasted_and_is_no_identifier_is_not_recognised(text: str) -> None:
    assert pasted_iri(text) is None


@given(st.text())
def test_no_text_that_is_pasted_is_too_much(text: str) -> None:
    iri = pasted_iri(text)
    assert iri is None or owner_iri(iri.value) == iri


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("uniprt:P04626", "the prefix uniprt is not known. Remedy: did you mean uniprot:P04626?."),
        ("qqqqqq:1", "the prefix qqqqqq is not known. Remedy: use one of bfo, biolink, chebi, doid, "),
        (
            "hgnc:ERBB2",
            r"'ERBB2' is not an identifier of hgnc, whose pattern is ^\d{1,5}$. Remedy: give one such as hgnc:1",
        ),
        (f"{MESH}vocab#Concept", "'vocab#Concept' is not an identifier of mesh, whose pattern is"),
        ("HER2", "HER2: is not an identifier of a known vocabulary. Remedy: give one with its prefix: bfo, "),
    ],
)
def test_a_wrong_identifier_is_said_with_the_pattern_and_an_example(text: str, said: str) -> None:
    with pytest.raises(IdentifierError) as raised:
        identify(text)
    assert said in str(raised.value)


def test_a_vocabulary_has_its_names_in_any_case() -> None:
    assert all(map(is_vocabulary, ("mesh", "MeSH", "UniProtKB", "her2")))
    assert not is_vocabulary("string")


# These have no pattern, or one that takes all but spaces.
NAMES = dict.fromkeys(("biolink", "her2", "obo"), r"[A-Za-z][A-Za-z0-9]*")


@st.composite
def identifiers(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    record = draw(st.sampled_from(RECORDS))
    pattern = re.compile(NAMES.get(record["prefix"], record.get("pattern")), re.ASCII)
    return record, draw(st.from_regex(pattern, fullmatch=True)).strip()


@given(identifiers())
def test_every_spelling_of_every_identifier_leads_to_the_form_of_the_owner(found: tuple[dict[str, Any], str]) -> None:
    record, identifier = found
    owned = NamedNode(record["uri_prefix"] + identifier)
    curie = f"{record['prefix']}:{identifier}"
    names = [record["prefix"], *record["prefix_synonyms"]]
    spellings = [f"{name}:{identifier}" for each in names for name in (each, each.upper(), each.lower())]
    spellings += [address + identifier for address in (record["uri_prefix"], *record["uri_prefix_synonyms"])]
    assert {spelling: owner_iri(spelling) for spelling in spellings} == dict.fromkeys(spellings, owned)
    assert (owner_curie(owned.value), owner_curie(curie)) == (curie, curie)


@given(st.builds(str.__add__, st.just("") | st.sampled_from([each["uri_prefix"] for each in RECORDS]), st.text()))
def test_the_form_of_the_owner_is_a_fixed_point(text: str) -> None:
    iri = owner_iri(text)
    assert iri is None or (owner_iri(iri.value), identify(owner_curie(text) or "")) == (iri, iri)
