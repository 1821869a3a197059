"""The names of the ontology in texts: what is found in real sentences, and what must not be."""

import html
import itertools
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from her2ld import OntologyError, Vocabulary, read_ontology
from her2ld.assets import ONTOLOGY
from her2ld.mentions import Mention, Surroundings, about_test, mention_finder, record_finder
from her2ld.mentions.name_rules import glued_words
from her2ld.mentions.record_mentions import markup_places
from her2ld.mentions.spelling import folded, spellings
from her2ld.mentions.surroundings import values_of
from her2ld.pubmed.article import Abstract, Article, MeshHeading, MeshTerm, Title
from her2ld.vocabulary import model

Short = tuple[str, str, str]

VOCABULARY = read_ontology()
FIND = mention_finder(VOCABULARY)
GLUED = glued_words(VOCABULARY)
FALSE_FRIENDS = set(itertools.chain(*values_of(VOCABULARY, model.FALSE_FRIEND).values()))
CONTEXT = {iri.value: words[0] for iri, words in values_of(VOCABULARY, model.CONTEXT_WORD).items()}
GENERAL = values_of(VOCABULARY, model.IS_GENERAL_WORD)
SOUGHT = [
    (term.iri.value, name)
    for term in VOCABULARY.terms.values()
    if term.is_entity_or_class
    and VOCABULARY.is_one_of(term, frozenset({model.BIOMEDICAL_ENTITY}))
    and term.iri not in GENERAL
    for name in (term.label, *term.synonyms)
]


def shortly(mentions: tuple[Mention, ...]) -> list[Short]:
    """Return the term and the status by their local names, and the characters."""
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
            ("Cancer", "cancer", ""),
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
            ("HER2Amplification", "ERBB2 amplification", ""),
            ("HER2Gene", "ERBB2", ""),
            ("TrastuzumabAndPertuzumab", "trastuzumab and pertuzumab", ""),
            ("Trastuzumab", "trastuzumab", ""),
            ("Pertuzumab", "pertuzumab", ""),
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
            ("HER2Gene", "Her2/neu", ""),
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
        [("RasMAPKPathway", "RAS-MAPK pathway", ""), ("RasProteins", "RAS", ""), ("MAPKinases", "MAPK", "")],
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
        [
            ("TripleNegativeBreastCancer", "Triple-Negative Breast Cancer", ""),
            ("HER2InOtherSpecies", "Triple-Negative", "Negative"),
            ("BreastCancer", "Breast Cancer", ""),
        ],
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
        ("HER2+ and ER- tumours", [("HER2", "HER2", "Positive")]),
        ("HER2- or ER+", [("HER2", "HER2", "Negative"), ("ERPositivity", "ER+", "")]),
        ("HER2-, HER3-, and EGFR-targeted", [("HER2", "HER2", ""), ("HER3", "HER3", ""), ("HER1Gene", "EGFR", "")]),
        ("HER2- and HER3-positive", [("HER2", "HER2", "Positive"), ("HER3", "HER3", "Positive")]),
        ("HER2\u2212 and HER3-targeted", [("HER2", "HER2", "Negative"), ("HER3", "HER3", "")]),
        ("ErbB2 negative regulator", [("HER2Gene", "ErbB2", "")]),
        ("HER2 negative feedback, HER2 positive controls", [("HER2", "HER2", "")] * 2),
        ("non-HER2-positive", [("HER2", "HER2", "Negative")]),
        ("not HER2-positive; not HER2-negative", [("HER2", "HER2", "Negative"), ("HER2", "HER2", "")]),
        ("HER2 (3+), HER2 3+, HER2 2+", [("HER2", "HER2", "Positive")] * 2 + [("HER2", "HER2", "")]),
        # a status that stands apart
        ("negative for HER2", [("HER2", "HER2", "Negative")]),
        ("negative for ER, PR and HER2", [("HER2", "HER2", "Negative")]),
        ("lack of HER2 expression", [("HER2", "HER2", "Negative")]),
        (
            "no gene amplification of HER2",
            [
                ("HER2Amplification", "gene amplification of HER2", ""),
                ("GeneAmplification", "gene amplification", ""),
                ("HER2", "HER2", "Negative"),
            ],
        ),
        ("no HER3 amplification, no HER3 testing", [("HER3", "HER3", "Negative"), ("HER3", "HER3", "")]),
        ("HER2 was not overexpressed", [("HER2", "HER2", "Negative")]),
        ("HER3 expression was negative", [("HER3", "HER3", "Negative")]),
        ("HER2 was not expected, nor HER3", [("HER2", "HER2", ""), ("HER3", "HER3", "")]),
        # of the breast alone
        ("triple-negative myeloproliferative neoplasms", []),
        # names within names, and names that share a word
        (
            "HER2-positive breast cancer",
            [
                ("HER2PositiveBreastCancer", "HER2-positive breast cancer", ""),
                ("HER2", "HER2", "Positive"),
                ("BreastCancer", "breast cancer", ""),
            ],
        ),
        ("HER2 overexpression", [("HER2Overexpression", "HER2 overexpression", ""), ("HER2", "HER2", "")]),
        ("overexpression of HER2", [("HER2Overexpression", "overexpression of HER2", ""), ("HER2", "HER2", "")]),
        (
            "breast and ovarian cancer",
            [("BreastCancer", "breast and ovarian cancer", ""), ("OvarianCancer", "ovarian cancer", "")],
        ),
        (
            "HER2 and HER3 amplification",
            [
                ("HER2Amplification", "HER2 and HER3 amplification", ""),
                ("HER2", "HER2", ""),
                ("HER3", "HER3", ""),
            ],
        ),
        ("ErbB2/3", [("HER3Gene", "ErbB2/3", ""), ("HER2Gene", "ErbB2", "")]),
        (
            "HER1/2/4",
            [("HER4", "HER1/2/4", ""), ("HER2", "HER1/2", ""), ("HER1", "HER1", "")],
        ),
        (
            "breast tumours, mammary carcinoma",
            [
                ("BreastCancer", "breast tumours", ""),
                ("BreastCarcinoma", "mammary carcinoma", ""),
            ],
        ),
        # agents of their own
        (
            "trastuzumab emtansine, T-DM1",
            [("TrastuzumabEmtansine", each, "") for each in ("trastuzumab emtansine", "T-DM1")],
        ),
        (
            "trastuzumab deruxtecan, T-DXd",
            [("TrastuzumabDeruxtecan", each, "") for each in ("trastuzumab deruxtecan", "T-DXd")],
        ),
        ("trastuzumab vedotin, trastuzumab-dkst, aloe-emodin, emodin-6-O-glucoside", []),
        ("trastuzumab-treated, anti-trastuzumab, post-trastuzumab", [("Trastuzumab", "trastuzumab", "")] * 3),
        ("trastuzumab maytansinoid, pertuzumab sarotalocan, trastuzumab monomethyl auristatin E", []),
        ("trastuzumab-MCC-DM1, trastuzumab-doxorubicin conjugate, trastuzumab immunoconjugates", []),
        ("trastuzumab mertansine", [("Mertansine", "mertansine", "")]),
        ("trastuzumab-based irinotecan", [("Trastuzumab", "trastuzumab", "")]),
        ("trastuzumab biosimilars", [("TrastuzumabBiosimilar", "trastuzumab biosimilars", "")]),
        ("biosimilar trastuzumab", [("TrastuzumabBiosimilar", "biosimilar trastuzumab", "")]),
        ("biosimilar bevacizumab, bevacizumab biosimilar", [("Biosimilar", "biosimilar", "")] * 2),
        (
            "biosimilar monoclonal antibodies",
            [("Biosimilar", "biosimilar", ""), ("MonoclonalAntibody", "monoclonal antibodies", "")],
        ),
        ("glucocorticoid receptors, IL-6 receptor, TNF receptor", []),
        # genes whose names begin with the name of another
        ("ErbB2-interacting protein, BRCA1-associated protein 1, Ras GTPase-activating protein", []),
        ("EGFR antisense RNA 1, BRAF pseudogene, p53-binding protein 1", []),
        ("erb-b2 receptor tyrosine kinase 4", [("HER4Gene", "erb-b2 receptor tyrosine kinase 4", "")]),
        ("EGF-like domain, MAPK-activated protein kinase 2", []),
        ("HER2-binding proteins, HER2-interacting peptides", [("HER2", "HER2", "")] * 2),
        ("epidermal growth factor receptor type 4", []),
        # forms and states of HER2, and its family
        ("p95HER2, p95-HER2, p95ErbB2", [("P95HER2", each, "") for each in ("p95HER2", "p95-HER2", "p95ErbB2")]),
        (
            "pan-HER inhibitor, pan-ErbB",
            [("PanHERInhibitor", "pan-HER inhibitor", ""), ("PanHERInhibitor", "pan-ErbB", "")],
        ),
        ("HER2-mutant", [("HER2Mutation", "HER2-mutant", ""), ("HER2", "HER2", "")]),
        # glued words, as a superscript is in plain text
        ("HER2neg or HER2low", [("HER2", "HER2", "Negative"), ("HER2", "HER2", "Low")]),
        ("ERBB2mut, Erbb2fl/fl", [("HER2Gene", "ERBB2", ""), ("HER2InOtherSpecies", "Erbb2", "")]),
        ("HER2nega, HER2lows, erbbneg, methigh", []),
        # genes of another species that are only spelled alike
        ("her2 and her4 in zebrafish", [("Zebrafish", "zebrafish", "")]),
        ("HER2 in zebrafish", [("HER2InOtherSpecies", "HER2", ""), ("Zebrafish", "zebrafish", "")]),
        ("erbb2 in zebrafish", [("HER2InOtherSpecies", "erbb2", ""), ("Zebrafish", "zebrafish", "")]),
        ("MMTV-neu, rat neu", [("HER2Gene", "neu", ""), ("Rat", "rat", ""), ("HER2InOtherSpecies", "neu", "")]),
        # one bracket of two is no part of a name
        ("(interleukin (IL)6, PD(L)1", [("PDL1", "PD(L)1", "")]),
        ("trastuzumab+pertuzumab", [("Trastuzumab", "trastuzumab", ""), ("Pertuzumab", "pertuzumab", "")]),
        ("docetaxel-trastuzumab", [("Docetaxel", "docetaxel", ""), ("Trastuzumab", "trastuzumab", "")]),
        # other species
        ("ErbB2 transgenic rats", [("HER2InOtherSpecies", "ErbB2", ""), ("Rat", "rats", "")]),
        (
            "ErbB2 in mammary glands of adult mice",
            [
                ("HER2InOtherSpecies", "ErbB2", ""),
                ("Adults", "adult", ""),
                ("Mouse", "mice", ""),
            ],
        ),
        (
            "HER2 in tumors of nude mice",
            [
                ("HER2", "HER2", ""),
                ("NudeMouse", "nude mice", ""),
                ("Mouse", "mice", ""),
            ],
        ),
        (
            "human HER2 transgenic mice",
            [
                ("Human", "human", ""),
                ("HER2", "HER2", ""),
                ("TransgenicMouse", "transgenic mice", ""),
                ("Mouse", "mice", ""),
            ],
        ),
        # other names that begin or end alike
        (
            "human epidermal growth factor receptor type 2",
            [
                ("HER2", "human epidermal growth factor receptor type 2", ""),
            ],
        ),
        ("p185HER2, p185neu", [("HER2", "p185HER2", ""), ("HER2", "p185neu", "")]),
        ("human epidermal growth factor receptor 3", [("Human", "human", "")]),
        ("p90 ribosomal S6 kinase, S6 kinase", [("S6Kinase", "S6 kinase", "")]),
    ],
)
def test_all_that_is_found_in_a_made_up_sentence(text: str, expected: list[Short]) -> None:
    assert shortly(FIND(text)) == expected


@pytest.mark.parametrize(
    ("marked_up", "expected"),
    [
        ("HER2<sup>neg</sup> tumors", [("HER2", "HER2", "Negative")]),
        ("HER2<sup>low</sup>", [("HER2", "HER2", "Low")]),
        ("HER2<sup>3+</sup>", [("HER2", "HER2", "Positive")]),
        (
            "HER2<sup>-</sup> and HER3<sup>+</sup>-targeted",
            [("HER2", "HER2", "Negative"), ("HER3", "HER3", "Positive")],
        ),
        ("p185<sup>HER2</sup>", [("HER2", "p185HER2", "")]),
        ("<i>ERBB2</i><sup>mut</sup> cells", [("HER2Gene", "ERBB2", "")]),
        ("<i>Erbb2</i><sup>fl/fl</sup>", [("HER2InOtherSpecies", "Erbb2", "")]),
        ("x<sup>HER2</sup>", [("HER2", "HER2", "")]),
        ("&lt;HER2<sub>a</sub>&gt;", [("HER2", "HER2", "")]),
    ],
)
def test_markup_tells_where_a_name_ends(marked_up: str, expected: list[Short]) -> None:
    text = html.unescape(re.sub("<[^<>]+>", "", marked_up))
    places = markup_places(marked_up, text)
    assert places
    assert shortly(FIND(text, Surroundings(places))) == expected


IN_ZEBRAFISH = MeshHeading(MeshTerm("Zebrafish", "D015027"), major=False)
IN_MICE = MeshHeading(MeshTerm("Mice"), major=False)


@pytest.mark.parametrize(
    ("title", "abstract", "headings", "expected"),
    [
        # In the fish, her2 and her4 are other genes, whichever part of the record says that it is one.
        ("Cycles of her4", "Her2 and her4 rise.", [IN_ZEBRAFISH], []),
        ("Zebrafish somites", "The cycles of her2 and her4.", [], [("Zebrafish", "Zebrafish", "")]),
        ("Cycles of her4", "", [IN_MICE], [("HER4InOtherSpecies", "her4", "")]),
        ("HER2", "", [IN_MICE], [("HER2InOtherSpecies", "HER2", "")]),
        ("HER2 in zebrafish", "", [], [("HER2InOtherSpecies", "HER2", ""), ("Zebrafish", "zebrafish", "")]),
    ],
)
def test_a_record_says_of_which_species_its_genes_are(
    title: str, abstract: str, headings: list[MeshHeading], expected: list[Short]
) -> None:
    find = record_finder(FIND, VOCABULARY)
    found = find(Article(title=Title(title), abstract=Abstract(abstract), headings=tuple(headings)))
    assert [each for part in found.values() for each in shortly(part)] == expected


def test_every_name_is_found_in_itself() -> None:
    # A name that needs context has one here.
    found = {
        name: [
            (each.term_iri, each.exact)
            for each in FIND(f"({name} {CONTEXT.get(iri, 'oncogene')})")
            if each.within is None
        ]
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
    longest = [each for each in mentions if each.within is None]
    assert all(one.end <= other.start for one, other in itertools.pairwise(longest))
    places = {(each.start, each.end) for each in longest}
    assert all(each.within in places for each in mentions if each.within)
    assert all(each.within[0] <= each.start and each.end <= each.within[1] for each in mentions if each.within)
    assert [*mentions] == sorted(mentions, key=lambda each: (each.start, -each.end))
    for each in mentions:
        assert not text[: each.start][-1:].isalnum()
        assert not text[each.end :][:1].isalnum() or GLUED.match(text, each.end)


def test_offsets_count_code_points() -> None:
    found = FIND("\U0001f9ec\u0130\u00df HER2 and HER2\u0301")
    assert [(each.start, each.end) for each in found] == [(4, 8)]


@pytest.mark.slow
def test_what_is_found_does_not_depend_on_the_run() -> None:
    program = (
        "from her2ld import read_ontology\n"
        "from her2ld.mentions import mention_finder\n"
        "from her2ld.mentions.name_rules import names_by_spelling\n"
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
    with pytest.raises(OntologyError, match="has characters that cannot be searched for in texts") as raised:
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
def test_a_paper_is_not_exactly_about_the_rest(term: str, mesh: list[str], text: str, vocabulary: Vocabulary) -> None:
    assert not is_about(term, mesh, text, vocabulary, exactly=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HER2 overexpression in gastric cancer.", True),
        ("the HER2 gene, ERBB2", True),
        ("c-erbB-2 gene amplification", True),
        ("phosphorylation of HER2", True),
        ("ErbB2 signaling", True),
        ("a HER2:HER3 heterodimer", True),
        ("HER2-positive disease", True),
        ("HER2 V777L", True),
        ("HER2-mutant lung cancer", True),
        ("p95HER2", True),
        ("ERBB2-interacting protein", False),
        ("HER2-negative breast cancer, triple-negative breast cancer, HER2 negativity", False),
        ("Erbb2 in mouse mammary glands", False),
        ("trastuzumab emtansine", False),
        ("HER3 and EGFR", False),
    ],
)
def test_a_term_stands_for_its_topic(text: str, expected: bool, vocabulary: Vocabulary) -> None:  # noqa: FBT001  # a case
    for term in ("HER2 protein", "HER2 gene"):
        assert is_about(term, [], text, vocabulary) is expected


def test_a_paper_is_about_any_of_several_terms(vocabulary: Vocabulary) -> None:
    terms = [term.iri.value for name in ("trastuzumab", "HER3 protein") if (term := vocabulary.find(name))]
    is_about_them = about_test(terms, vocabulary)
    assert [is_about_them([], FIND(text)) for text in ("Herceptin", "ERBB3", "lapatinib")] == [True, True, False]


def is_about(name: str, mesh: list[str], text: str, vocabulary: Vocabulary, *, exactly: bool = False) -> bool:
    term = vocabulary.find(name)
    assert term
    return about_test([term.iri.value], vocabulary, exactly=exactly)(
        [f"http://id.nlm.nih.gov/mesh/{each}" for each in mesh], FIND(text)
    )
