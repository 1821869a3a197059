"""The sentences of papers that the model was made for, one by one: what is written of each, whole."""

import dataclasses
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from her2ld import Curation, Vocabulary, read_curation
from her2ld.statements import Dose, Group, Result, Statement, Study
from her2ld.statements.statement import FIELDS
from her2ld.vocabulary import statement_model as model
from tests.readable import readable, written

FOLDER = Path(__file__).parent / "sentences"
PAPERS = sorted(file.parent.name for file in FOLDER.glob("*/statements.toml"))


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_says_just_this(paper: str, vocabulary: Vocabulary) -> None:
    """To write the files anew: ``python -m tests.test_sentences``; then read what changed."""
    curation = read_curation(FOLDER / paper, vocabulary)
    expected = (FOLDER / paper / "expected.trig").read_text(encoding="utf-8")
    assert readable(curation, vocabulary) == expected
    assert {*parse(expected, format=RdfFormat.TRIG)} == {*written(curation, vocabulary)}


# What 119 claims of 16 abstracts say, how many say it, and for each a statement of the sentences here with what the row
# needs of it: fields of a statement, of its results, or of its group and study.
ROWS = [
    ("efficacy: response rate, survival, hazard ratio, interval, arms", 14,
     ("33686753", "abemaciclib improves progression-free survival"),
     {"group", "comparator", "population", "regimen", "design", "value", "lower", "upper", "level", "p_value"}),
    ("a marker goes with a clinical variable or outcome", 12,
     ("34086748", "substance P expression is associated with TNM stage"), {"population", "p_value"}),
    ("an agent raises, lowers, blocks a molecule", 12,
     ("34093999", "PAMAM dendrimers decreases activity of HER2 protein"), {"system"}),
    ("binding, dimers, domains", 12,
     ("33594831", "15-Lys8Aecl binds immunoglobulin G"), {"comparator", "direction", "value", "unit"}),
    ("a gene, RNA or protein acts on another", 8,
     ("34023356", "NFKB2 protein decreases amount of NRG1 protein"), set()),
    ("an agent changes what cells do", 7,
     ("34093999", "PAMAM dendrimers decreases cell viability"), {"condition", "significance"}),
    ("how often (a number of a number)", 7,
     ("34019819", "trastuzumab and pertuzumab has outcome pathological complete response"),
     {"value", "count", "out_of", "counted", "size", "within"}),
    ("adverse events with rates and grades", 7,
     ("34019819", "trastuzumab and pertuzumab has adverse event anaemia"),
     {"min_grade", "max_grade", "group", "comparator", "count", "out_of"}),
    ("not known; trials called for", 7,
     ("33100329", "PD-L1 predicts response to PD-1 inhibitor (left open)"), {"population"}),
    ("candidate target or biomarker", 5,
     ("34094664", "AGAP2-AS1 is target in HER2-positive breast cancer"), set()),
    ("mutations, subtypes", 5,
     ("33641217", "FOXA1 mutation has frequency in invasive lobular carcinoma"), {"comparator", "method", "value"}),
    ("background on a disease", 5,
     ("33641217", "invasive lobular carcinoma has frequency in breast cancer"), {"population", "lower", "upper"}),
    ("one patient", 5,
     ("34093024", "androgen deprivation therapy has outcome progression-free survival"),
     {"study", "condition", "operator", "unit"}),
    ("standard of care, recommendation, approval denied", 4,
     ("33984674", "lymph node micrometastasis is indication for adjuvant chemotherapy (denied)"), {"population"}),
    ("no effect, no difference", 4,
     ("33100329", "trastuzumab increases amount of PD-L1 (not found)"), {"system", "condition"}),
    ("resistance, sensitivity", 3,
     ("34094664", "exosomal AGAP2-AS1 confers resistance to trastuzumab"), {"via"}),
    ("combination, synergy", 2,
     ("34094838", "doxorubicin synergizes with lapatinib"), {"effect", "species", "population"}),
]  # fmt: skip


def test_there_is_a_sentence_for_everything_that_claims_need(vocabulary: Vocabulary) -> None:
    assert sum(count for _, count, _, _ in ROWS) == 119
    for what, _, (paper, label), needed in ROWS:
        curation = read_curation(FOLDER / paper, vocabulary)
        statement = next(each for each in curation.statements if each.label == label)
        assert needed - said_of(statement, curation) == set(), what


def said_of(statement: Statement, curation: Curation) -> set[str]:
    """Return the names of the fields that say something of a statement, its results, its group and its study."""
    said = {field.name for field in FIELDS if statement.all(field.property)}
    groups = [each for each in curation.groups if each.iri == statement.one(model.GROUP)]
    studies = [
        each
        for each in curation.studies
        if each.iri in {statement.one(model.STUDY), *(group.of_study for group in groups)}
    ]
    parts: list[Result | Dose | Group | Study] = [*statement.results, *statement.doses, *groups, *studies]
    for part in parts:
        said |= {field.name.removesuffix("s") for field in dataclasses.fields(part) if getattr(part, field.name)}
    return said


def write() -> None:
    """Write what is expected of each paper."""
    from her2ld import curation_folders, read_ontology  # tests have them as fixtures

    vocabulary = read_ontology()
    review = read_curation(curation_folders()[0], vocabulary)
    (FOLDER / "review.trig").write_text(readable(review, vocabulary), encoding="utf-8")
    for paper in PAPERS:
        text = readable(read_curation(FOLDER / paper, vocabulary), vocabulary)
        (FOLDER / paper / "expected.trig").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
