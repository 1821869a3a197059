"""What the review says is in the data, each statement with the characters that say it."""

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from her2ld import Curation
from her2ld.curation import unread_words
from her2ld.vocabulary import model
from tests.graphs import rows

# Subject, relation, object, modality, cue and quote of every statement; a change of the curation shows here.
HETERODIMERIZATION = (
    "Ligand-dependent heterodimerization between HER2 and another HER family member, HER1, HER3 or HER4"
)
AMPLIFICATION = "Amplification of the HER2 gene and overexpression of the HER2 protein induces cell transformation"
OBSERVED = f"{AMPLIFICATION} and has been demonstrated in 10% to 40% of human breast cancer."
ASSOCIATED = "HER2 overexpression has been suggested to associate with tumor aggressiveness"
RESPONSIVENESS = (
    f"{ASSOCIATED}, prognosis and responsiveness to hormonal and cytotoxic agents in breast cancer patients."
)
MEMBER = (
    "HER2, is the second member of the human epidermal growth factor receptor (HER) family of tyrosine kinase receptors"
)
PATHWAY = "The intracellular signaling pathway of HER2 is thought to involve ras-MAPK"
INHIBITORS = "tyrosine kinase inhibitors, such as emodin, which block HER2 phosphorylation"
ANTIBODY = "(1) a humanized monoclonal antibody against HER2, rhuMAbHER2 (trastuzumab)"
APPROVED = (
    "rhuMAbHER2 (trastuzumab), which is already approved for clinical use in the treatment of patients with "
    "metastatic breast cancer"
)
RADICICOL = "(4) heat shock protein (Hsp) 90-associated signal inhibitors, such as radicicol derivatives"
APPROACHES = "A number of approaches have been investigated: "
TO_1 = f"{APPROACHES}{ANTIBODY}"
TO_2 = f"{TO_1}{APPROVED.removeprefix('rhuMAbHER2 (trastuzumab)')}; (2) tyrosine kinase inhibitors, such as emodin"
TO_3 = f"{TO_2}, which block HER2 phosphorylation and its intracellullar signaling; (3) active immunotherapy"
TO_4 = f"{TO_3}, such as vaccination; and {RADICICOL}"

STATEMENTS = [
    ("HER2Gene", "encodes", "HER2", "Asserted", "", "The product of the HER-2/neu proto-oncogene, HER2"),
    ("HER2", "memberOf", "HERFamily", "Asserted", "", MEMBER),
    ("HER2", "a", "ReceptorTyrosineKinase", "Asserted", "", MEMBER),
    (
        "HER2", "a", "LigandOrphanReceptor", "Suggested", "has been suggested to be",
        "and has been suggested to be a ligand orphan receptor.",
    ),
    ("HER2", "heterodimerizesWith", "HER1", "Asserted", "", HETERODIMERIZATION.removesuffix(", HER3 or HER4")),
    ("HER2", "heterodimerizesWith", "HER3", "Asserted", "", HETERODIMERIZATION.removesuffix(" or HER4")),
    ("HER2", "heterodimerizesWith", "HER4", "Asserted", "", HETERODIMERIZATION),
    ("HER1", "memberOf", "HERFamily", "Asserted", "", "another HER family member, HER1"),
    ("HER3", "memberOf", "HERFamily", "Asserted", "", "another HER family member, HER1, HER3"),
    ("HER4", "memberOf", "HERFamily", "Asserted", "", "another HER family member, HER1, HER3 or HER4"),
    *(
        (subject, "activates", "HER2SignalingPathway", "Asserted", "",
         f"{HETERODIMERIZATION}, activates the HER2 signaling pathway.")
        for subject in (
            "HER2Heterodimerization", "HER2HER1Heterodimer", "HER2HER3Heterodimer", "HER2HER4Heterodimer",
        )
    ),
    ("HER2SignalingPathway", "involves", "RasMAPKPathway", "Supposed", "is thought to involve", PATHWAY),
    (
        "HER2SignalingPathway", "involves", "S6KinasePathway", "Supposed", "is thought to involve",
        f"{PATHWAY}, MAPK-independent S6 kinase",
    ),
    (
        "HER2SignalingPathway", "involves", "PhospholipaseCGammaPathway", "Supposed", "is thought to involve",
        f"{PATHWAY}, MAPK-independent S6 kinase and phospholipase C-gamma signaling pathways.",
    ),
    ("HER2Amplification", "induces", "CellTransformation", "Asserted", "", AMPLIFICATION),
    ("HER2Overexpression", "induces", "CellTransformation", "Asserted", "", AMPLIFICATION),
    ("HER2Amplification", "observedIn", "BreastCancer", "Demonstrated", "has been demonstrated", OBSERVED),
    ("HER2Overexpression", "observedIn", "BreastCancer", "Demonstrated", "has been demonstrated", OBSERVED),
    ("HER2Overexpression", "associatedWith", "TumorAggressiveness", "Suggested", "has been suggested", ASSOCIATED),
    (
        "HER2Overexpression", "associatedWith", "Prognosis", "Suggested", "has been suggested",
        f"{ASSOCIATED}, prognosis",
    ),
    (
        "HER2Overexpression", "associatedWith", "HormonalResponsiveness", "Suggested", "has been suggested",
        RESPONSIVENESS,
    ),
    (
        "HER2Overexpression", "associatedWith", "CytotoxicResponsiveness", "Suggested", "has been suggested",
        RESPONSIVENESS,
    ),
    (
        "HER2", "appropriateTargetFor", "TumorSpecificTherapy", "Suggested", "These findings indicate",
        "These findings indicate that HER2 is an appropriate target for tumor-specific therapies.",
    ),
    ("Trastuzumab", "investigatedAgainst", "HER2", "Asserted", "", TO_1),
    ("Trastuzumab", "a", "HumanizedMonoclonalAntibody", "Asserted", "", ANTIBODY),
    ("Trastuzumab", "directedAgainst", "HER2", "Asserted", "", ANTIBODY),
    ("Trastuzumab", "approvedFor", "MetastaticBreastCancer", "Asserted", "", APPROVED),
    ("Emodin", "investigatedAgainst", "HER2", "Asserted", "", TO_2),
    ("Emodin", "a", "TyrosineKinaseInhibitor", "Asserted", "", "tyrosine kinase inhibitors, such as emodin"),
    ("Emodin", "inhibits", "HER2Phosphorylation", "Asserted", "", INHIBITORS),
    ("Emodin", "inhibits", "HER2SignalingPathway", "Asserted", "", f"{INHIBITORS} and its intracellullar signaling"),
    ("Vaccination", "investigatedAgainst", "HER2", "Asserted", "", f"{TO_3}, such as vaccination"),
    ("ActiveImmunotherapy", "investigatedAgainst", "HER2", "Asserted", "", TO_3),
    ("RadicicolDerivatives", "investigatedAgainst", "HER2", "Asserted", "", TO_4),
    ("RadicicolDerivatives", "a", "Hsp90AssociatedSignalInhibitor", "Asserted", "", RADICICOL),
    (
        "RadicicolDerivatives", "inducesDegradationOf", "HER2", "Asserted", "",
        f"{RADICICOL}, which induce degradation of tyrosine kinase receptors, such as HER2.",
    ),
]  # fmt: skip


def test_the_review_says_just_this(review: Curation) -> None:
    said = [
        (
            _local(statement.subject.iri),
            _local(statement.relation.iri),
            _local(statement.object.iri),
            _local(statement.modality.iri),
            statement.cue.exact if statement.cue else "",
            statement.evidence.exact,
        )
        for statement in review.statements
    ]
    assert said == STATEMENTS


def test_the_qualifiers_are_typed(quads: tuple[Quad, ...]) -> None:
    found = rows(
        quads,
        """SELECT ?label ?property ?value WHERE {
             ?statement a her2:Statement ; rdfs:label ?label ; ?property ?value .
             FILTER(?property IN (her2:condition, her2:lowerBound, her2:upperBound, her2:denominator, her2:asOf,
                                  her2:jurisdiction, her2:ordinal, her2:subjectExemplarOf, her2:objectExemplarOf))
           }""",
    )
    interval = [("lowerBound", "0.1"), ("upperBound", "0.4"), ("denominator", "BreastCancer")]
    activators = ("HER2 heterodimerization", "HER2:HER1 heterodimer", "HER2:HER3 heterodimer", "HER2:HER4 heterodimer")
    kinase_inhibitor = ("subjectExemplarOf", "TyrosineKinaseInhibitor")
    hsp90_inhibitor = ("subjectExemplarOf", "Hsp90AssociatedSignalInhibitor")
    assert sorted(found) == sorted(
        [
            ("HER2 protein is a member of HER family", "ordinal", "2"),
            *(
                (f"HER2 protein heterodimerizes with {each} protein", "condition", "LigandDependent")
                for each in ("HER1", "HER3", "HER4")
            ),
            *((f"{each} activates HER2 signaling pathway", "condition", "LigandDependent") for each in activators),
            ("HER2 signaling pathway involves S6 kinase signaling pathway", "condition", "MAPKIndependent"),
            *(("HER2 gene amplification is observed in breast cancer", *each) for each in interval),
            *(("HER2 protein overexpression is observed in breast cancer", *each) for each in interval),
            ("trastuzumab is approved for metastatic breast cancer", "asOf", "2001"),
            ("trastuzumab is approved for metastatic breast cancer", "jurisdiction", "NotStated"),
            ("emodin is investigated against HER2 protein", *kinase_inhibitor),
            ("emodin is a tyrosine kinase inhibitor", *kinase_inhibitor),
            ("emodin inhibits HER2 phosphorylation", *kinase_inhibitor),
            ("emodin inhibits HER2 signaling pathway", *kinase_inhibitor),
            ("vaccination is investigated against HER2 protein", "subjectExemplarOf", "ActiveImmunotherapy"),
            ("radicicol derivatives is investigated against HER2 protein", *hsp90_inhibitor),
            ("radicicol derivatives is a Hsp90-associated signal inhibitor", *hsp90_inhibitor),
            ("radicicol derivatives induces degradation of HER2 protein", *hsp90_inhibitor),
            (
                "radicicol derivatives induces degradation of HER2 protein",
                "objectExemplarOf",
                "ReceptorTyrosineKinase",
            ),
        ]
    )


def test_bounds_are_decimals_and_a_year_is_a_year(quads: tuple[Quad, ...]) -> None:
    values = {quad.predicate.value.removeprefix(model.HER2LD): quad.object for quad in quads}
    lower, upper, year = values["lowerBound"], values["upperBound"], values["asOf"]
    assert isinstance(lower, Literal)
    assert isinstance(upper, Literal)
    assert isinstance(year, Literal)
    assert (Decimal(lower.value), Decimal(upper.value)) == (Decimal("0.10"), Decimal("0.40"))
    assert [each.datatype.value.split("#")[1] for each in (lower, upper, year)] == ["decimal", "decimal", "gYear"]


def test_what_is_not_known_is_a_gap_and_no_statement(quads: tuple[Quad, ...]) -> None:
    found = rows(
        quads,
        """SELECT ?about ?unknown ?cue ?quote ?modality WHERE {
             ?gap a her2:KnowledgeGap ; her2:about ?about ; her2:modality ?modality ;
               her2:unknownAspect/oa:hasSelector/oa:exact ?unknown ;
               her2:cue/oa:hasSelector/oa:exact ?cue ; her2:evidence/oa:hasSelector/oa:exact ?quote .
             FILTER NOT EXISTS { ?gap rdf:object|her2:polarity ?none }
           } ORDER BY ?about""",
    )
    unknown = "the biological consequences of the activation of these pathways"
    cue = "are not yet completely known"
    assert found == [
        (about, unknown, cue, f"However, {unknown} {cue}.", "Unknown")
        for about in ("PhospholipaseCGammaPathway", "RasMAPKPathway", "S6KinasePathway")
    ]


def test_every_span_has_the_characters_it_says(quads: tuple[Quad, ...]) -> None:
    spans = rows(
        quads,
        """SELECT ?text ?start ?end ?exact WHERE {
             ?span oa:hasSource/rdf:value ?text ; oa:hasSelector ?selector .
             ?selector a oa:TextPositionSelector, oa:TextQuoteSelector ;
               oa:start ?start ; oa:end ?end ; oa:exact ?exact .
           }""",
    )
    assert len(spans) > 30
    assert [exact for _, _, _, exact in spans] == [text[int(start) : int(end)] for text, start, end, _ in spans]


def test_every_span_points_to_the_sentence_that_holds_it(quads: tuple[Quad, ...]) -> None:
    spans = rows(
        quads,
        """SELECT ?start ?end ?first ?last WHERE {
             ?span oa:hasSource ?text ; oa:hasSelector ?place ; her2:inSentence ?sentence .
             ?place oa:start ?start ; oa:end ?end .
             ?sentence a her2:Sentence ; oa:hasSource ?text ; oa:hasSelector ?whole .
             ?whole oa:start ?first ; oa:end ?last .
           }""",
    )
    assert len(spans) == len(rows(quads, "SELECT ?span WHERE { ?span a oa:SpecificResource }"))
    assert all(int(first) <= int(start) < int(end) <= int(last) for start, end, first, last in spans)


def test_every_pointer_to_a_span_has_one(quads: tuple[Quad, ...]) -> None:
    pointed = rows(
        quads,
        """SELECT ?span WHERE {
             ?node her2:evidence|her2:cue|her2:unknownAspect ?span .
             FILTER NOT EXISTS { ?span oa:hasSelector/oa:exact ?exact ; oa:hasSource/her2:sha256 ?hash }
           }""",
    )
    assert pointed == []


def test_texts_are_slices_of_the_record_with_their_hash(quads: tuple[Quad, ...], review_folder: Path) -> None:
    stored = (review_folder / "record.txt").read_text(encoding="utf-8")
    texts = rows(quads, "SELECT ?kind ?text ?hash WHERE { ?node a ?kind ; rdf:value ?text ; her2:sha256 ?hash }")
    assert sorted(kind for kind, _, _ in texts) == ["AbstractText", "TitleText"]
    for _, text, digest in texts:
        assert text in stored
        assert digest == hashlib.sha256(text.encode()).hexdigest()


def test_hedged_triples_stay_out_of_the_settled_graph(quads: tuple[Quad, ...], review: Curation) -> None:
    plain = {
        graph: {(quad.subject, quad.predicate, quad.object) for quad in quads if quad.graph_name == graph}
        for graph in (model.ASSERTED_GRAPH, model.HEDGED_GRAPH)
    }
    triples = [
        (each.modality.settles, (each.subject.iri, each.relation.iri, each.object.iri)) for each in review.statements
    ]
    assert plain[model.ASSERTED_GRAPH] == {triple for settles, triple in triples if settles}
    assert plain[model.HEDGED_GRAPH] == {triple for settles, triple in triples if not settles}
    assert len(plain[model.HEDGED_GRAPH]) == 9


def test_bare_her2_activates_nothing_and_nothing_is_said_to_target(quads: tuple[Quad, ...]) -> None:
    predicates = {(quad.subject, quad.predicate) for quad in quads}
    assert (NamedNode(model.HER2LD + "HER2"), NamedNode(model.HER2LD + "activates")) not in predicates
    assert not {predicate for _, predicate in predicates} & {
        NamedNode(model.HER2LD + "targets"),
        NamedNode(model.HER2LD + "targetedBy"),
    }


def test_every_word_of_title_and_abstract_was_read(review: Curation) -> None:
    assert unread_words(review) == []


@pytest.mark.parametrize(
    ("heading", "major"),
    [
        ("D000970Q000627", False),
        ("D014408Q000378", True),
        ("D001943Q000188", False),
        ("D001943Q000378", True),
        ("D005260", False),
        ("D005784", False),
        ("D018734Q000235", False),
        ("D006801", False),
        ("D011379", False),
        ("D018719Q000378", True),
    ],
)
def test_every_heading_of_the_record_is_reachable(quads: tuple[Quad, ...], heading: str, *, major: bool) -> None:
    shortcut = "http://purl.org/spar/fabio/" + ("hasPrimarySubjectTerm" if major else "hasSubjectTerm")
    subject = NamedNode("https://doi.org/10.1007/BF02967477")
    mesh = NamedNode("http://id.nlm.nih.gov/mesh/" + heading)
    assert (subject, NamedNode(shortcut), mesh) in {(quad.subject, quad.predicate, quad.object) for quad in quads}
    assert rows(quads, f"SELECT ?label WHERE {{ mesh:{heading} rdfs:label ?label }}")


def test_a_pair_says_of_what_it_is_made(quads: tuple[Quad, ...]) -> None:
    found = rows(
        quads,
        """PREFIX meshv: <http://id.nlm.nih.gov/mesh/vocab#>
           SELECT DISTINCT ?pair ?label ?descriptor ?qualifier WHERE {
             ?part her2:qualifiedDescriptor ?pair . ?pair rdfs:label ?label .
             ?pair meshv:hasDescriptor ?descriptor ; meshv:hasQualifier ?qualifier . }
           ORDER BY ?pair""",
    )
    mesh = "http://id.nlm.nih.gov/mesh/"
    assert [tuple(each.removeprefix(mesh) for each in row) for row in found] == [
        ("D000970Q000627", "Antineoplastic Agents/therapeutic use", "D000970", "Q000627"),
        ("D001943Q000188", "Breast Neoplasms/drug therapy", "D001943", "Q000188"),
        ("D001943Q000378", "Breast Neoplasms/metabolism", "D001943", "Q000378"),
        ("D014408Q000378", "Biomarkers, Tumor/metabolism", "D014408", "Q000378"),
        ("D018719Q000378", "Receptor, ErbB-2/metabolism", "D018719", "Q000378"),
        ("D018734Q000235", "Genes, erbB-2/genetics", "D018734", "Q000235"),
    ]


def test_headings_keep_order_qualifiers_and_stars(quads: tuple[Quad, ...]) -> None:
    found = rows(
        quads,
        """SELECT DISTINCT ?order ?name ?star ?place ?qualifier ?qualifierStar WHERE {
             ?heading a her2:MeshHeading ; her2:order ?order ; her2:majorTopic ?star ;
               her2:descriptor/rdfs:label ?name .
             OPTIONAL { ?heading her2:headingQualifier ?part . ?part her2:order ?place ;
                        her2:qualifier/rdfs:label ?qualifier ; her2:majorTopic ?qualifierStar }
           } ORDER BY ?order ?place""",
    )
    assert found == [
        ("1", "Antineoplastic Agents", "false", "1", "therapeutic use", "false"),
        ("2", "Biomarkers, Tumor", "false", "1", "metabolism", "true"),
        ("3", "Breast Neoplasms", "false", "1", "drug therapy", "false"),
        ("3", "Breast Neoplasms", "false", "2", "metabolism", "true"),
        ("4", "Female", "false", "None", "None", "None"),
        ("5", "Gene Amplification", "false", "None", "None", "None"),
        ("6", "Genes, erbB-2", "false", "1", "genetics", "false"),
        ("7", "Humans", "false", "None", "None", "None"),
        ("8", "Prognosis", "false", "None", "None", "None"),
        ("9", "Receptor, ErbB-2", "false", "1", "metabolism", "true"),
    ]
    types = rows(quads, "SELECT ?mesh WHERE { ?paper her2:publicationType ?mesh } ORDER BY ?mesh")
    assert types == [("http://id.nlm.nih.gov/mesh/D013485",), ("http://id.nlm.nih.gov/mesh/D016454",)]
    substances = rows(quads, "SELECT ?mesh WHERE { ?paper her2:substance ?mesh } ORDER BY ?mesh")
    assert [each.rsplit("/", 1)[1] for (each,) in substances] == ["D000970", "D014408", "D018719"]


def _local(iri: NamedNode) -> str:
    return "a" if iri.value.endswith("#type") else iri.value.removeprefix(model.HER2LD)
