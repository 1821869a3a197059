"""The names of the ontology in texts: what is found in real sentences, and what must not be."""

import itertools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from her2ld import OntologyError, Vocabulary, read_ontology
from her2ld.assets import ONTOLOGY
from her2ld.mentions import Mention, about_test, mention_finder
from her2ld.mentions.names import said_with
from her2ld.mentions.spelling import folded, spellings
from her2ld.vocabulary import model

Short = tuple[str, str, str]

VOCABULARY = read_ontology()
FIND = mention_finder(VOCABULARY)
FALSE_FRIENDS = set(itertools.chain(*said_with(VOCABULARY, model.FALSE_FRIEND).values()))
CONTEXT = {iri.value: words[0] for iri, words in said_with(VOCABULARY, model.CONTEXT_WORD).items()}
GENERAL = said_with(VOCABULARY, model.IS_GENERAL_WORD)
SOUGHT = [
    (term.iri.value, name)
    for term in VOCABULARY.terms.values()
    if term.is_entity_or_class
    and VOCABULARY.is_one_of(term, frozenset({model.BIOMEDICAL_ENTITY}))
    and term.iri not in GENERAL
    for name in (term.label, *term.synonyms)
]


def shortly(mentions: tuple[Mention, ...]) -> list[Short]:
    """Give the term and the status by their local names, and the characters."""
    return [
        (each.term_iri.rsplit("/")[-1], each.exact, (each.status_iri or "").rsplit("/")[-1].removesuffix("Status"))
        for each in mentions
    ]


# One sentence, or a part of one, of the title or the abstract of each record of PubMed, with all that is found in it.
REAL: list[tuple[str, str, list[Short]]] = [
    (
        "34092585",
        "HER2 (-) 42.41 U/mL, Luminal B with HER2 (+) 73.75 U/mL, Overexpression HER2 47.73 U/mL, and Basal Like /TNBC",
        [
            ("HER2", "HER2", "Negative"),
            ("LuminalBBreastCancer", "Luminal B", ""),
            ("HER2", "HER2", "Positive"),
            ("HER2", "HER2", ""),
            ("HER2", "TNBC", "Negative"),
        ],
    ),
    (
        "33759669",
        "landscape of HER2-positive and HER2-low metastatic BC (mBC)",
        [("HER2", "HER2", "Positive"), ("HER2", "HER2", "Low")],
    ),
    (
        "34096366",
        "Hormone receptor positive (HR+) and HER2 negative (HER2-) breast cancers account for at least 60%",
        [
            ("HormoneReceptorPositivity", "Hormone receptor positive", ""),
            ("HormoneReceptorPositivity", "HR+", ""),
            ("HER2", "HER2", "Negative"),
            ("HER2", "HER2", "Negative"),
            ("BreastCancer", "breast cancers", ""),
        ],
    ),
    (
        "34091374",
        "(HR)-positive, human epidermal growth factor receptor-2 (HER2)-negative, node negative (NN) breast cancer",
        [
            ("HER2", "human epidermal growth factor receptor-2", "Negative"),
            ("HER2", "HER2", "Negative"),
            ("LymphNodeNegativity", "node negative", ""),
            ("BreastCancer", "breast cancer", ""),
        ],
    ),
    (
        "34094372",
        "chemical mapping of epidermal growth factor receptor 2 (HER2) in human cancer cells.",
        [
            ("HER2", "epidermal growth factor receptor 2", ""),
            ("HER2", "HER2", ""),
            ("Human", "human", ""),
            ("CancerCell", "cancer cells", ""),
        ],
    ),
    (
        "33663941",
        "Neratinib is a novel HER1, HER2, HER4 tyrosine kinase inhibitor",
        [
            ("Neratinib", "Neratinib", ""),
            ("HER1", "HER1", ""),
            ("HER2", "HER2", ""),
            ("HER4", "HER4", ""),
            ("TyrosineKinaseInhibitor", "tyrosine kinase inhibitor", ""),
        ],
    ),
    (
        "34095423",
        "Ovarian cancer with high-level focal ERBB2 amplification responds to trastuzumab and pertuzumab.",
        [
            ("OvarianCancer", "Ovarian cancer", ""),
            ("HighLevelFocalHER2Amplification", "high-level focal ERBB2 amplification", ""),
            ("TrastuzumabAndPertuzumab", "trastuzumab and pertuzumab", ""),
        ],
    ),
    (
        "33416166",
        "The oncogenic role of Erb\u2011B2 Receptor Tyrosine Kinase 2 (ERBB2) has been identified",
        [("HER2Gene", "Erb\u2011B2 Receptor Tyrosine Kinase 2", ""), ("HER2Gene", "ERBB2", "")],
    ),
    (
        "34086748",
        "164 paraffin-embedded breast cancer tissue samples [42 Her2/neu-enriched, 40 luminal A",
        [
            ("BreastCancer", "breast cancer", ""),
            ("HER2EnrichedStatus", "Her2/neu-enriched", ""),
            ("LuminalABreastCancer", "luminal A", ""),
        ],
    ),
    (
        "33416143",
        "a worthy candidate for the treatment of HER\u20113 positive LC.",
        [("HER3", "HER\u20113", "Positive")],
    ),
    (
        "33624414",
        "mutations in genes regulating the RAS-MAPK pathway.",
        [("RasMAPKPathway", "RAS-MAPK pathway", "")],
    ),
    ("33154570", "Median OS in the RAS wild-type population was 31 vs 26 months", [("RasProteins", "RAS", "")]),
    (
        "34018394",
        "reduced gene expression of Ache, Ddah2, Egfr, Lcat, Pla2g2a, Stat3 and Vegfa.",
        [("GeneExpression", "gene expression", ""), ("HER1InOtherSpecies", "Egfr", "")],
    ),
    (
        "33642128",
        "in a Syngeneic Murine Triple-Negative Breast Cancer Model.",
        [("TripleNegativeBreastCancer", "Triple-Negative Breast Cancer", "")],
    ),
    ("33432368", "Epidermal growth factor receptor pathway substrate 8 (Eps8)", []),
    ("14668030", "PCR analysis for the IL-6 promoter polymorphism", [("IL6", "IL-6", "")]),
    (
        "34088900",
        "Receptor tyrosine kinase-like orphan receptor 1 (ROR1)",
        [("ReceptorTyrosineKinase", "Receptor tyrosine kinase", "")],
    ),
    ("34051267", "The Src family kinases (SFKs) are cytoplasmic non-receptor tyrosine kinases", []),
    ("33377278", "whether RAS inhibition may alleviate the related side effects.", []),
    ("402765", "The findings in the patient and her family", []),
    ("406457", "Ms. Mitsuyo Toyoshima and her 2-year experience as a voluntary nurse", []),
    ("34022291", "Neu3.1, Neu3.2 and Neu 3.3 have been expressed in E. coli", []),
    ("34095758", "thrombopoietin-receptor agonists (TPO-RAs) have been used for years.", []),
]


@pytest.mark.parametrize(("pmid", "text", "expected"), REAL, ids=[pmid for pmid, _, _ in REAL])
def test_all_that_is_found_in_a_real_sentence(pmid: str, text: str, expected: list[Short]) -> None:
    assert (pmid, shortly(FIND(text))) == (pmid, expected)


# Made up: what the records at hand do not show.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a name that needs context, and what makes it
        ("the neu oncogene", [("HER2Gene", "neu", "")]),
        ("c-neu, proto-oncogene neu", [("HER2Gene", "neu", ""), ("HER2Gene", "neu", "")]),
        ("Was ist neu? Gene und HER2", [("HER2", "HER2", "")]),
        ("Neu-Isenburg, NEU, neue", []),
        # spellings
        ("c-erbB-2 or cerbB2", [("HER2Gene", "c-erbB-2", ""), ("HER2Gene", "cerbB2", "")]),
        ("HER-2/neu, HER2neu, HER 2/NEU", [("HER2Gene", name, "") for name in ("HER-2/neu", "HER2neu", "HER 2/NEU")]),
        ("HER 2, Her\u22122", [("HER2", "HER 2", ""), ("HER2", "Her\u22122", "")]),
        (
            "PLC-\u03b3, PLC\u0393 and PLC-gamma",
            [("PhospholipaseCGamma", name, "") for name in ("PLC-\u03b3", "PLC\u0393", "PLC-gamma")],
        ),
        ("EGFR and eGFR, eGFRs, EGFRs", [("HER1Gene", "EGFR", ""), ("HER1Gene", "EGFRs", "")]),
        ("VEGFR, HER2A, ERBB2IP, HER20", []),
        ("MAP kinase, Ras protein", [("MAPKinases", "MAP kinase", ""), ("RasProteins", "Ras protein", "")]),
        ("Herceptin", [("Trastuzumab", "Herceptin", "")]),
        ("her, hers, Her 2 sons", []),
        ("heat shock protein (Hsp) 90-associated", [("Hsp90", "heat shock protein (Hsp) 90", "")]),
        # the longest name, and what is left where it does not count
        ("HER2 proteins, HER2 proteinase", [("HER2", "HER2 proteins", ""), ("HER2", "HER2", "")]),
        ("non-metastatic breast cancer", [("BreastCancer", "breast cancer", "")]),
        # what is around a name
        ("non-HER2 tumors", [("HER2", "HER2", "Negative")]),
        ("HER2\u2011neg, HER2\u2212, HER2 (Negative)", [("HER2", "HER2", "Negative")] * 3),
        ("HER2- and HER3-targeted", [("HER2", "HER2", ""), ("HER3", "HER3", "")]),
        ("HER2 - a receptor; HER2-targeted; HER2 negatively", [("HER2", "HER2", "")] * 3),
        ("HER2 + HER3+", [("HER2", "HER2", ""), ("HER3", "HER3", "Positive")]),
        ("breast cancer low in fat", [("BreastCancer", "breast cancer", "")]),
        ("triple negative, non-TNBC", [("HER2", "triple negative", "Negative")]),
        # other species
        ("Erbb2 and erbb2", [("HER2InOtherSpecies", "Erbb2", ""), ("HER2InOtherSpecies", "erbb2", "")]),
        (
            "mouse HER2, rat HER2/neu",
            [
                ("Mouse", "mouse", ""),
                ("HER2InOtherSpecies", "HER2", ""),
                ("Rat", "rat", ""),
                ("HER2InOtherSpecies", "HER2/neu", ""),
            ],
        ),
        ("zebrafish erbb3-negative", [("Zebrafish", "zebrafish", ""), ("HER3InOtherSpecies", "erbb3", "Negative")]),
        ("mouse anti-HER2 antibody", [("Mouse", "mouse", ""), ("HER2", "HER2", "")]),
        (
            "Erbb2 signaling pathway",
            [("HER2InOtherSpecies", "Erbb2", ""), ("SignalingPathway", "signaling pathway", "")],
        ),
        # other names that begin or end alike
        ("human epidermal growth factor receptor 3", [("Human", "human", "")]),
        ("p90 ribosomal S6 kinase, S6 kinase", [("S6Kinase", "S6 kinase", "")]),
    ],
)
def test_all_that_is_found_in_a_made_up_sentence(text: str, expected: list[Short]) -> None:
    assert shortly(FIND(text)) == expected


def test_every_name_is_found_in_itself() -> None:
    # A name that needs context has one here.
    found = {
        name: [(each.term_iri, each.exact) for each in FIND(f"({name}-{CONTEXT.get(iri, 'oncogene')})")]
        for iri, name in SOUGHT
    }
    assert len(found) > 1_500
    assert {name: found[name] for iri, name in SOUGHT if found[name] != [(iri, name)]} == {}


DASHES = st.sampled_from(["-", "\u2010", "\u2011", "\u2013", "\u2212", " ", "\u00a0", "/"])


@given(
    st.sampled_from(SOUGHT),
    DASHES,
    st.sampled_from([str, str.upper, str.title]),
    st.sampled_from(["", "(", "\u00e9, "]),
)
def test_every_name_is_found_in_its_variants(
    named: tuple[str, str], dash: str, cased: Callable[[str], str], before: str
) -> None:
    iri, name = named
    text = cased(name.replace("-", dash).replace("/", dash))
    assume(" ".join(text.split()) not in FALSE_FRIENDS)
    found = FIND(f"{before}{text} {CONTEXT.get(iri, 'oncogene')}")
    counterparts = [each for each in found if each.term_iri.endswith("InOtherSpecies")]
    if counterparts and "InOtherSpecies" not in iri:
        assert text.startswith(("Egfr", "Erbb"))
    else:
        assert [(each.term_iri, each.exact, each.start) for each in found][:1] == [(iri, text, len(before))]


def test_no_spelling_is_that_of_two_terms() -> None:
    owners: dict[bytes, set[str]] = {}
    for iri, name in SOUGHT:
        for spelling in spellings(name):
            owners.setdefault(spelling, set()).add(iri)
    assert {spelling for spelling, iris in owners.items() if len(iris) > 1} == set()


PIECES = st.one_of(st.text(max_size=6), st.sampled_from(sorted({name for _, name in SOUGHT})))


@given(st.lists(PIECES).map("".join))
@example("\u0130HER2")
@example("\u00dfHER2\u0307 HER2 \U0001f9ec HER2")
@example("\ud800 HER2")
def test_offsets_hold_in_any_text(text: str) -> None:
    mentions = FIND(text)
    assert len(folded(text)) == len(text)
    assert all(text[each.start : each.end] == each.exact != "" for each in mentions)
    assert all(one.end <= other.start for one, other in itertools.pairwise(mentions))
    for each in mentions:
        assert not text[: each.start][-1:].isalnum()
        assert not text[each.end :][:1].isalnum()


def test_offsets_count_code_points() -> None:
    found = FIND("\U0001f9ec\u0130\u00df HER2 and HER2\u0301")
    assert [(each.start, each.end) for each in found] == [(4, 8)]


def test_what_is_found_does_not_depend_on_the_run() -> None:
    program = (
        "from her2ld import read_ontology\n"
        "from her2ld.mentions import mention_finder\n"
        "from her2ld.mentions.names import names_by_spelling\n"
        "vocabulary = read_ontology()\n"
        "print(list(names_by_spelling(vocabulary)))\n"
        f"print([mention_finder(vocabulary)(text) for text in {[text for _, text, _ in REAL]!a}])\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_names_are_learned_from_the_ontology(tmp_path: Path) -> None:
    changed = tmp_path / "changed.ttl"
    text = ONTOLOGY.read_text(encoding="utf-8").replace('"emodin"@en', '"rhubarb yellow"@en')
    changed.write_text(text, encoding="utf-8")
    records = (ONTOLOGY.parent / "records.ttl").read_text(encoding="utf-8")
    words = records.replace('her2:wordAfter "low"', 'her2:wordAfter "scarce"')
    (tmp_path / "records.ttl").write_text(words, encoding="utf-8")
    find = mention_finder(read_ontology(changed))
    assert shortly(find("Rhubarb-yellow, emodin, HER2-scarce, HER2-low")) == [
        ("Emodin", "Rhubarb-yellow", ""),
        ("HER2", "HER2", "Low"),
        ("HER2", "HER2", ""),
    ]


def test_a_name_that_texts_are_not_searched_for_is_refused(tmp_path: Path) -> None:
    odd = tmp_path / "odd.ttl"
    odd.write_text(ONTOLOGY.read_text(encoding="utf-8").replace('"emodin"@en', '"\u00e9modine"@en'), encoding="utf-8")
    with pytest.raises(OntologyError, match="has characters that texts are not searched for") as raised:
        mention_finder(read_ontology(odd))
    assert [problem.where for problem in raised.value.problems] == [f"{model.HER2LD}Emodin"]


@pytest.mark.parametrize(
    ("term", "mesh", "text"),
    [
        ("HER2 protein", [], "HER2-positive"),
        ("HER2 protein", [], "HER2-negative, and HER2"),
        ("HER2 protein", [], "HER2-positive breast cancer"),
        ("HER2 protein", [], "HER2 positivity"),
        ("HER1 gene", [], "EGFR exon 20 insertions"),
        ("trastuzumab", [], "trastuzumab and pertuzumab"),
        ("HER2 gene", [], "ERBB2"),
        ("HER2 gene", ["D018734"], ""),  # close
        ("HER2 protein", ["C508053"], ""),  # exact
        ("Ras proteins", ["D016283"], ""),  # narrower
    ],
)
def test_a_paper_is_about_what_it_is_indexed_with_or_speaks_of(
    term: str, mesh: list[str], text: str, vocabulary: Vocabulary
) -> None:
    assert is_about(term, mesh, text, vocabulary)


@pytest.mark.parametrize(
    ("term", "mesh", "text"),
    [
        ("HER2 protein", [], "HER2-negative or triple-negative"),
        ("HER2 protein", [], "HER2-negative breast cancer, triple-negative breast cancer, HER2 negativity"),
        ("HER2 protein", [], "the HER2 gene"),
        ("HER2 protein", [], "murine HER2"),
        ("HER2 protein", [], "ERBB2"),
        ("HER2 protein", ["D018719"], ""),  # broader: the protein of any species
        ("trastuzumab", ["D001943"], "HER2"),
        ("trastuzumab", [], ""),
    ],
)
def test_a_paper_is_not_about_the_rest(term: str, mesh: list[str], text: str, vocabulary: Vocabulary) -> None:
    assert not is_about(term, mesh, text, vocabulary)


def is_about(name: str, mesh: list[str], text: str, vocabulary: Vocabulary) -> bool:
    term = vocabulary.find(name)
    assert term
    return about_test(term.iri.value, vocabulary)([f"http://id.nlm.nih.gov/mesh/{each}" for each in mesh], FIND(text))
