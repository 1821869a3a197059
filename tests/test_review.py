"""What the review says is in the data, each statement with the characters that say it."""

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from her2ld import Curation, Vocabulary
from her2ld.curation import unread_words
from her2ld.statements.paper_comparison import licences
from her2ld.statements.plain import judge
from her2ld.vocabulary import model
from her2ld.vocabulary import statement_model as terms
from tests.graphs import rows
from tests.readable import readable

# Every statement: how it is read, and which plain triple it licenses.
STATEMENTS = """\
HER2 gene encodes HER2 protein | LiteralReading | asserted
HER2 gene is a proto-oncogene | Presupposed | asserted
HER2 protein is a member of HER family | LiteralReading | asserted
HER2 protein is a receptor tyrosine kinase | LiteralReading | asserted
HER2 protein is a ligand orphan receptor | LiteralReading | hedged
HER1 protein heterodimerizes with HER2 protein | OneOfList | asserted
HER2 protein heterodimerizes with HER3 protein | OneOfList | asserted
HER2 protein heterodimerizes with HER4 protein | OneOfList | asserted
HER1 protein is a member of HER family | Presupposed OneOfList | asserted
HER3 protein is a member of HER family | Presupposed OneOfList | asserted
HER4 protein is a member of HER family | Presupposed OneOfList | asserted
HER2 heterodimerization activates HER2 signaling pathway | ReferredTo | asserted
HER2:HER1 heterodimer activates HER2 signaling pathway | ReferredTo Presupposed OneOfList | asserted
HER2:HER3 heterodimer activates HER2 signaling pathway | ReferredTo Presupposed OneOfList | asserted
HER2:HER4 heterodimer activates HER2 signaling pathway | ReferredTo Presupposed OneOfList | asserted
HER2 signaling pathway involves Ras-MAPK pathway | ReferredTo OneOfList | hedged
HER2 signaling pathway involves MAPK-independent S6 kinase pathway | ReferredTo OneOfList | hedged
HER2 signaling pathway involves phospholipase C-gamma signaling pathway | OneOfList | hedged
HER2 gene amplification induces cell transformation | OneOfList | asserted
HER2 protein overexpression induces cell transformation | OneOfList | asserted
HER2 gene amplification is observed in breast cancer | OneOfList | asserted
HER2 protein overexpression is observed in breast cancer | OneOfList | asserted
HER2 protein overexpression is associated with tumor aggressiveness | OneOfList | hedged
HER2 protein overexpression is associated with prognosis | OneOfList | hedged
HER2 protein overexpression is associated with responsiveness to hormonal agents | ReferredTo OneOfList | hedged
responsiveness to cytotoxic agents is associated with HER2 protein overexpression | ReferredTo OneOfList | hedged
HER2 protein is an appropriate target for tumor-specific therapy | LiteralReading | hedged
trastuzumab is investigated against HER2 protein | LiteralReading | asserted
trastuzumab is a humanized monoclonal antibody | LiteralReading | asserted
trastuzumab is directed against HER2 protein | LiteralReading | asserted
trastuzumab is approved for metastatic breast cancer | LiteralReading | asserted
tyrosine kinase inhibitor is investigated against HER2 protein | ReferredTo | asserted
emodin is investigated against HER2 protein | ReferredTo ExampleOfClass | asserted
emodin is a tyrosine kinase inhibitor | LiteralReading | asserted
tyrosine kinase inhibitor inhibits HER2 phosphorylation | LiteralReading | asserted
emodin inhibits HER2 phosphorylation | ExampleOfClass | asserted
tyrosine kinase inhibitor inhibits HER2 signaling pathway | ReferredTo | asserted
emodin inhibits HER2 signaling pathway | ReferredTo ExampleOfClass | asserted
active immunotherapy is investigated against HER2 protein | ReferredTo | asserted
vaccination is investigated against HER2 protein | ReferredTo ExampleOfClass | asserted
vaccination is a kind of active immunotherapy | LiteralReading | asserted
Hsp90-associated signal inhibitor is investigated against HER2 protein | ReferredTo | asserted
radicicol derivatives is investigated against HER2 protein | ReferredTo ExampleOfClass | asserted
radicicol derivatives is a Hsp90-associated signal inhibitor | LiteralReading | asserted
Hsp90-associated signal inhibitor induces degradation of receptor tyrosine kinase | LiteralReading | asserted
Hsp90-associated signal inhibitor induces degradation of HER2 protein | ExampleOfClass | asserted
radicicol derivatives induces degradation of receptor tyrosine kinase | ExampleOfClass | asserted
radicicol derivatives induces degradation of HER2 protein | ExampleOfClass | none
HER2 protein is a receptor tyrosine kinase | Presupposed | asserted
the biological consequences of the activation of these pathways are not yet completely known | LiteralReading | none
"""


def test_the_review_says_just_this(review: Curation, vocabulary: Vocabulary) -> None:
    by = judge(vocabulary.steering, review.studies, review.groups)
    said = "".join(
        f"{each.label} | {' '.join(map(_local, each.all(terms.READING)))} | {licence.value}\n"
        for each, licence in licences(review.statements, by)
    )
    assert said == STATEMENTS


def test_all_that_is_written_of_the_review_is_this(review: Curation, vocabulary: Vocabulary) -> None:
    """To write the file anew: ``python -m tests.test_sentences``; then read what changed."""
    expected = (Path(__file__).parent / "sentences" / "review.trig").read_text(encoding="utf-8")
    assert readable(review, vocabulary) == expected


def test_what_limits_a_statement_is_typed(quads: tuple[Quad, ...]) -> None:
    values = {quad.predicate: quad.object for quad in quads if quad.graph_name == model.STATEMENTS_GRAPH}
    lower, upper, year, order = (values[each] for each in (terms.LOWER, terms.UPPER, terms.AS_OF, terms.ORDINAL))
    found = [each for each in (lower, upper, year, order) if isinstance(each, Literal)]
    assert [each.datatype.value.split("#")[1] for each in found] == ["decimal", "decimal", "gYear", "integer"]
    assert [Decimal(each.value) for each in found] == [10, 40, 2001, 2]


def test_what_is_not_known_is_a_gap_and_no_statement(quads: tuple[Quad, ...]) -> None:
    found = rows(
        quads,
        """SELECT ?about ?unknown ?cue ?quote WHERE {
             ?gap a her2:KnowledgeGap ; her2:about ?about ;
               her2:unknownAspect/oa:hasSelector/oa:exact ?unknown ;
               her2:gapCue/oa:exact ?cue ; her2:evidence/oa:hasSelector/oa:exact ?quote .
             FILTER NOT EXISTS { ?gap her2:affirms|her2:denies|her2:findsNo|her2:leavesOpen|her2:certainty ?none }
           } ORDER BY ?about""",
    )
    unknown = "the biological consequences of the activation of these pathways"
    cue = "are not yet completely known"
    assert found == [
        (about, unknown, cue, f"However, {unknown} {cue}.")
        for about in ("MAPKIndependentS6KinasePathway", "PhospholipaseCGammaPathway", "RasMAPKPathway")
    ]


def test_every_span_has_the_characters_it_says(quads: tuple[Quad, ...]) -> None:
    found = rows(quads, "SELECT ?node ?text WHERE { ?node her2:sha256 ?hash ; rdf:value ?text }")
    texts = {each[0]: each[1] for each in found}
    spans = rows(
        quads,
        """SELECT ?text ?start ?end ?exact WHERE {
             ?span oa:hasSource/rdf:value ?text ; oa:hasSelector ?selector .
             ?selector a oa:TextPositionSelector, oa:TextQuoteSelector ;
               oa:start ?start ; oa:end ?end ; oa:exact ?exact .
           }""",
    )
    assert len(spans) == 30
    assert [exact for _, _, _, exact in spans] == [text[int(start) : int(end)] for text, start, end, _ in spans]
    words = [each for each in rows(quads, "SELECT ?span ?exact WHERE { ?span oa:exact ?exact }") if "#char=" in each[0]]
    assert len(words) > 30
    for span, exact in words:
        text, _, place = span.partition("#char=")
        start, end = map(int, place.split(","))
        assert texts[text][start:end] == exact


def test_every_quote_points_to_the_sentence_that_holds_it(quads: tuple[Quad, ...]) -> None:
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


def test_every_pointer_to_a_quote_has_one(quads: tuple[Quad, ...]) -> None:
    pointed = rows(
        quads,
        """SELECT ?span WHERE {
             ?node her2:evidence|her2:unknownAspect ?span .
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


def test_hedged_triples_stay_out_of_the_asserted_graph(quads: tuple[Quad, ...]) -> None:
    plain = {
        graph: {(quad.subject, quad.predicate, quad.object) for quad in quads if quad.graph_name == graph}
        for graph in (model.ASSERTED_GRAPH, model.HEDGED_GRAPH)
    }
    counts = {graph: sum(row.endswith(f"| {name}") for row in {_triple(row) for row in STATEMENTS.splitlines()})
              for graph, name in ((model.ASSERTED_GRAPH, "asserted"), (model.HEDGED_GRAPH, "hedged"))}  # fmt: skip
    assert {graph: len(triples) for graph, triples in plain.items()} == counts
    assert counts[model.HEDGED_GRAPH] == 9
    assert not plain[model.ASSERTED_GRAPH] & plain[model.HEDGED_GRAPH]


def _triple(row: str) -> str:
    """Return a row with its label and its licence alone: several statements say one triple."""
    label, *_, licence = row.split(" | ")
    return f"{label} | {licence}"


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


def _local(value: NamedNode | Literal) -> str:
    return value.value.removeprefix(model.HER2LD)
