"""Each mistake in a curation folder is reported with its place and its remedy, and all of them at once."""

import shutil
import tomllib
from pathlib import Path

import pytest

from her2ld import CurationError, RecordError, Vocabulary, build, read_curation
from her2ld.curation.form import Form
from her2ld.pubmed.article import Article
from her2ld.pubmed.record import record_of
from her2ld.vocabulary import model, statement_model
from her2ld.vocabulary.mistyped_names import likely_name

TESTS = Path(__file__).parent
MISTAKES = tomllib.loads((TESTS / "curation_mistakes.toml").read_text(encoding="utf-8"))["mistake"]
HEADER = '[curation]\ncurator = "A. Curator"\ndate = 2026-11-22\n\n'
SECTIONS = '[sections]\nbackground = "The product of the HER-2/neu"\n\n'
ONE = """[[statement]]
subject = "HER2 protein"
relation = "heterodimerizes with"
object = "HER3 protein"
quote = "heterodimerization between HER2 and another HER family member, HER1, HER3 or HER4"
"""


@pytest.fixture
def folder(tmp_path: Path, review_folder: Path) -> Path:
    """Return a copy of the curated review to spoil."""
    return Path(shutil.copytree(review_folder, tmp_path / "paper"))


def said_of(folder: Path, vocabulary: Vocabulary, text: str) -> list[str]:
    """Read the folder with that statements.toml; return what is wrong, places without the path."""
    (folder / "statements.toml").write_text(text, encoding="utf-8")
    try:
        read_curation(folder, vocabulary)
    except CurationError as error:
        return [str(each).replace(f"{folder}/", "").replace(str(folder), "") for each in error.problems]
    return []


@pytest.mark.parametrize("mistake", MISTAKES, ids=[each["is"] for each in MISTAKES])
def test_a_mistake_is_told_with_its_place_and_its_remedy(
    mistake: dict[str, object], tmp_path: Path, review_folder: Path, vocabulary: Vocabulary
) -> None:
    paper, written = str(mistake["paper"]), str(mistake["written"])
    is_of_review = paper == review_folder.name
    folder = Path(shutil.copytree(review_folder if is_of_review else TESTS / "sentences" / paper, tmp_path / "paper"))
    sections = SECTIONS if is_of_review and "[sections]" not in written else ""
    # A field of the whole file stands before its first table.
    text = f"{written}\n{HEADER}" if written.startswith("statement =") else f"{HEADER}{sections}{written}"
    assert said_of(folder, vocabulary, text) == mistake["says"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("subject = ", ["is not TOML: Invalid value (at end of document). Remedy: correct the syntax there."]),
        (f"subject = {'[' * 3000}", ["is nested too deeply. Remedy: write it as docs/curation.md says."]),
        (
            SECTIONS + ONE,
            [
                '[curation]: “curator” is missing. Remedy: write curator = "…".',
                "[curation]: “date” is missing. Remedy: write date = 2026-11-22.",
            ],
        ),
        (
            HEADER.replace("2026-11-22", '"yesterday"') + SECTIONS + ONE,
            [
                f"[curation], date: 'yesterday' does not fit. Remedy: write date = {Form.DATE.value}.",
                "[curation]: “date” is missing. Remedy: write date = 2026-11-22.",
            ],
        ),
        *(
            (
                HEADER.rstrip() + f'\norcid = "{given}"\n' + SECTIONS + ONE,
                [f"[curation], orcid: '{given}' is not an ORCID. Remedy: {remedy}."],
            )
            for given, remedy in (
                ("0000", "copy it from orcid.org"),
                ("0000-0002-1825-0098", "copy it from orcid.org"),  # a wrong check digit
                ("0000-0002-1825-009\N{ARABIC-INDIC DIGIT SEVEN}", "copy it from orcid.org"),
                ("https://orcid.org/0000-0002-1825-0097", "write it as 0000-0002-1825-0097"),
            )
        ),
    ],
)
def test_a_mistake_outside_the_entries(folder: Path, vocabulary: Vocabulary, text: str, says: list[str]) -> None:
    found = [each.removeprefix("statements.toml").lstrip(":, ") for each in said_of(folder, vocabulary, text)]
    assert found == says


def test_a_paper_in_which_nothing_was_read_is_none(folder: Path, vocabulary: Vocabulary) -> None:
    says = [": the paper has no statement. Remedy: write at least one [[statement]]."]
    assert said_of(folder, vocabulary, HEADER) == says


def test_files_that_cannot_be_read(folder: Path, vocabulary: Vocabulary) -> None:
    (folder / "statements.toml").write_bytes(b"\xff")
    with pytest.raises(CurationError, match=r"is not UTF-8 \(byte 0\)"):
        read_curation(folder, vocabulary)
    (folder / "statements.toml").unlink()
    with pytest.raises(CurationError, match=r"cannot be read \(No such file"):
        read_curation(folder, vocabulary)


# --- Records ------------------------------------------------------------------------------------------------------

NBIB = """PMID- 1
TI  - HER2 and HER3.
AB  - HER2 binds HER3 in cells. It may inhibit apoptosis.
DP  - 2020
TA  - Test J
AID - 10.1000/x [doi]
PT  - Journal Article
"""
BINDS = (
    'subject = "HER2"\nrelation = "binds"\nobject = "HER3"\nbasis = "observed"\nquote = "HER2 binds HER3 in cells."\n'
)


def of_one_paper(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def test_a_record_may_be_of_pubmed_s_nbib_form(tmp_path: Path, vocabulary: Vocabulary) -> None:
    folder = of_one_paper(tmp_path / "x", record_nbib=NBIB, statements_toml=f"{HEADER}[[statement]]\n{BINDS}")
    curation = read_curation(folder, vocabulary)
    (statement,) = curation.statements
    assert statement.label == "HER2 protein binds HER3 protein"
    assert statement.paper
    assert statement.paper.value == "http://rdf.ncbi.nlm.nih.gov/pubmed/1"
    assert [span.exact for span in statement.evidence] == ["HER2 binds HER3 in cells."]
    assert (curation.record.citation.text, curation.record.pmid) == ("Test J. 2020. doi: 10.1000/x.", "1")


ABSTRACT = "AB  - HER2 binds HER3 in cells. It may inhibit apoptosis.\n"
TWO = f"{NBIB}\n{NBIB.replace('PMID- 1', 'PMID- 2')}"


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ({"record_nbib": NBIB, "record_xml": "<x/>"}, "has record.xml and record.nbib. Remedy: keep one form"),
        ({"record_nbib": NBIB, "record_txt": "x"}, "has record.txt and record.nbib. Remedy: keep one form"),
        ({"record_nbib": TWO}, "/record.nbib: holds 2 records, not one. Remedy: keep the record of the paper alone"),
        ({"record_nbib": NBIB.replace(ABSTRACT, "")}, "/record.nbib: the record has no abstract. Remedy: curate a"),
        ({}, "cannot be read (No such file or directory)"),
    ],
)
def test_a_record_that_is_missing_or_not_one(
    tmp_path: Path, vocabulary: Vocabulary, files: dict[str, str], what: str
) -> None:
    folder = of_one_paper(tmp_path / "x", **files, statements_toml=f"{HEADER}[[statement]]\n{BINDS}")
    with pytest.raises(RecordError) as raised:
        read_curation(folder, vocabulary)
    assert what in str(raised.value)
    assert len(raised.value.problems) == 1


def test_a_record_without_pmid_and_doi_has_no_name() -> None:
    with pytest.raises(RecordError, match=r"^here: the record has neither a PMID nor a DOI\. Remedy: give it one\.$"):
        record_of(Article(), "here")


def test_one_changed_character_names_each_entry_that_it_breaks(folder: Path, vocabulary: Vocabulary) -> None:
    record = folder / "record.txt"
    text = record.read_text(encoding="utf-8")
    changed = text.replace("which block HER2", "which blocks HER2")
    assert len(changed) == len(text) + 1
    record.write_text(changed, encoding="utf-8")
    with pytest.raises(CurationError) as raised:
        read_curation(folder, vocabulary)
    broken = [each.where.removeprefix(f"{folder}/statements.toml, ").split(" (")[0] for each in raised.value.problems]
    quotes = [
        f"statement {number}"
        for number, entry in enumerate(
            tomllib.loads((folder / "statements.toml").read_text(encoding="utf-8"))["statement"], 1
        )
        if "which block HER2" in entry["quote"]
    ]
    assert broken == quotes
    assert len(quotes) == 4


FEMALE = "descriptor\tFemale\tD005260\tMeSH 2024\n"


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        (FEMALE, "", "mesh.tsv", "the descriptor “Female” of the record has no row"),
        ("qualifier\tgenetics", "qualifier\tgenetic", "mesh.tsv", "the qualifier “genetics” of the record has no row"),
        ("D018719", "Q018719", "mesh.tsv, line 10", "'Q018719' is not an identifier of a descriptor"),
        ("\tD018719\t", "\t", "mesh.tsv, line 10", "is not a row of this table"),
        ("kind\tname", "name\tkind", "mesh.tsv, line 1", "the header is not as expected"),
        ("descriptor\tHumans", "descriptor\tFemale", "mesh.tsv, line 8", "the descriptor “Female” has a row already"),
        ("descriptor\tHumans", "descriptor\tHuman", "mesh.tsv", "the record has no descriptor “Human”"),
    ],
)  # fmt: skip
def test_mesh_terms_need_their_identifiers(  # the parts of a case
    folder: Path, vocabulary: Vocabulary, old: str, new: str, where: str, what: str
) -> None:
    file = folder / "mesh.tsv"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CurationError) as raised:
        read_curation(folder, vocabulary)
    found = [(problem.where.removeprefix(f"{folder}/"), problem.what) for problem in raised.value.problems]
    assert any(place == where and what in said for place, said in found)


# --- What passes, and what it becomes -----------------------------------------------------------------------------


@pytest.mark.parametrize("polarity", ["denied", "not found"])
def test_what_is_not_affirmed_has_no_plain_triple(tmp_path: Path, vocabulary: Vocabulary, polarity: str) -> None:
    nbib = NBIB.replace("HER2 binds HER3 in cells.", "HER2 does not bind HER3.")
    entry = BINDS.replace("HER2 binds HER3 in cells.", "HER2 does not bind HER3")
    text = f'{HEADER}[[statement]]\n{entry}polarity = "{polarity}"\ncue = ["does not"]\n'
    curation = read_curation(of_one_paper(tmp_path / "x", record_nbib=nbib, statements_toml=text), vocabulary)
    quads = [*build(vocabulary, [curation])]
    claim = curation.statements[0].claim
    assert claim
    assert not [quad for quad in quads if quad.graph_name in (model.ASSERTED_GRAPH, model.HEDGED_GRAPH)]
    link = statement_model.DENIES if polarity == "denied" else statement_model.FINDS_NO
    assert [quad.predicate for quad in quads if quad.object == claim.iri] == [link]


def test_notes_tell_what_is_no_mistake(tmp_path: Path, vocabulary: Vocabulary) -> None:
    nbib = NBIB.replace("in cells. It may inhibit apoptosis.", "in cells and may inhibit apoptosis.")
    entry = BINDS.replace("HER2 binds HER3 in cells.", "HER2 binds HER3").replace('"HER3"', '"apoptosis"', 1)
    text = f"{HEADER}[[statement]]\n{entry}"
    curation = read_curation(of_one_paper(tmp_path / "x", record_nbib=nbib, statements_toml=text), vocabulary)
    where = f"{tmp_path}/x/statements.toml, statement 1 (line 5)"
    kinds = "cell type, gene, gene product, other molecule or therapeutic agent"
    assert curation.notes == (
        (
            f"{where}, object: the object of “binds” is usually of the kind {kinds}; “apoptosis” is not: write another "
            "object or relation, or leave it if the sentence says so"
        ),
        (
            f"{where}, quote: the sentence has “may” outside the quote without a cue: "
            'write cue = ["may"] if that weakens it, else not_cue = ["may"]'
        ),
    )


@pytest.mark.parametrize(
    ("subject", "object_"),
    [("breast cancer", "anaemia"), ("anaemia", "fatigue"), ("HER2-positive breast cancer", "liver metastasis")],
)
def test_a_disease_may_induce_another_or_a_symptom(
    tmp_path: Path, vocabulary: Vocabulary, subject: str, object_: str
) -> None:
    said = f"{subject} induces {object_}."
    nbib = NBIB.replace("HER2 binds HER3 in cells.", said)
    entry = f'subject = "{subject}"\nrelation = "induces"\nobject = "{object_}"\nbasis = "observed"\nquote = "{said}"\n'
    folder = of_one_paper(tmp_path / "x", record_nbib=nbib, statements_toml=f"{HEADER}[[statement]]\n{entry}")
    curation = read_curation(folder, vocabulary)
    assert ([each.label for each in curation.statements], curation.notes) == ([f"{subject} induces {object_}"], ())


STUDY = '[study.x]\nquote = "HER2 and HER3."\n'
BINDS_IN_MICE = BINDS.replace("in cells.", "in 2 cells of mice.")
OF_PATIENTS = 'population = ["breast cancer"]\npopulation_from = ["cells"]\n'
OF_MICE = 'species = "mouse"\nspecies_from = ["mice"]\n'
GROUP = '[group.y]\ncalled = "HER2"\nn = 2\nquote = "HER2 binds HER3 in 2 cells"\n'


@pytest.mark.parametrize(
    ("study", "more", "is_noted"),
    [
        (STUDY, OF_PATIENTS, True),
        (f"{STUDY}{GROUP}", 'group = "y"\n', True),
        (f'{STUDY}population = ["breast cancer"]\n{GROUP}', 'group = "y"\n', False),
        (STUDY, "", False),
        (STUDY, f"{OF_PATIENTS}{OF_MICE}", False),
        (STUDY, f"{OF_PATIENTS}\n[[statement]]\n{BINDS_IN_MICE}{OF_MICE}", False),
    ],
)
def test_a_study_of_patients_that_does_not_say_whom_it_studied_is_noted(
    tmp_path: Path, vocabulary: Vocabulary, study: str, more: str, *, is_noted: bool
) -> None:
    nbib = NBIB.replace("in cells.", "in 2 cells of mice.")
    entry = BINDS_IN_MICE + more
    folder = of_one_paper(tmp_path / "x", record_nbib=nbib, statements_toml=f"{HEADER}{study}[[statement]]\n{entry}")
    what = "has no population, so that clinical_findings does not list what it observed in patients"
    note = f'{folder}/statements.toml, study x (line 5): {what}: write population = ["…"]'
    assert read_curation(folder, vocabulary).notes == ((note,) if is_noted else ())


def test_words_outside_the_quote_are_marked_so_that_nothing_is_noted(tmp_path: Path, vocabulary: Vocabulary) -> None:
    nbib = NBIB.replace("in cells. It may inhibit apoptosis.", "in cells and may inhibit apoptosis.")
    entry = BINDS.replace("HER2 binds HER3 in cells.", "HER2 binds HER3") + 'not_cue = ["may"]\n'
    folder = of_one_paper(tmp_path / "x", record_nbib=nbib, statements_toml=f"{HEADER}[[statement]]\n{entry}")
    assert read_curation(folder, vocabulary).notes == ()


def test_a_quote_that_is_not_found_is_told_once(tmp_path: Path, vocabulary: Vocabulary) -> None:
    study = '[study.x]\nn = 2\nquote = "of 2 patients"\n'
    folder = of_one_paper(tmp_path / "x", record_nbib=NBIB, statements_toml=f"{HEADER}{study}[[statement]]\n{BINDS}")
    with pytest.raises(CurationError) as raised:
        read_curation(folder, vocabulary)
    assert [each.where.rpartition(", ")[2] for each in raised.value.problems] == ["quote"]


def test_a_word_that_is_a_cue_at_times_need_not_be_marked(tmp_path: Path, vocabulary: Vocabulary) -> None:
    nbib = NBIB.replace("binds HER3 in cells", "binds HER3 in similar cells")
    entry = BINDS.replace("binds HER3 in cells", "binds HER3 in similar cells")
    text = f"{HEADER}[[statement]]\n{entry}"
    curation = read_curation(of_one_paper(tmp_path / "x", record_nbib=nbib, statements_toml=text), vocabulary)
    assert [each.link for each in curation.statements] == [statement_model.AFFIRMS]
    denied = f'{text}polarity = "not found"\ncue = ["similar"]\n'
    curation = read_curation(of_one_paper(tmp_path / "y", record_nbib=nbib, statements_toml=denied), vocabulary)
    assert [each.link for each in curation.statements] == [statement_model.FINDS_NO]
    assert curation.notes == ()


# --- What is suggested for a name that is not known ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("trastuzumb", "trastuzumab"),
        ("HER2 protien", "HER2 protein"),
        ("brest cancer", "breast cancer"),
        ("metastatic brest cancr", "metastatic breast cancer"),
        ("HER2/neu", "HER-2/neu"),
        ("ligand dependent", "ligand-dependent"),
        ("progression free survival", "progression-free survival"),
        ("heterodimerises wit", "heterodimerises with"),
        ("inhibts", "inhibits"),
        # Near in letters, and another thing.
        ("dacomitinib", None),
        ("treat", "treats"),
        ("treets", "treats"),
        ("targts", None),
        ("target", None),
        ("HER9 protein", None),
        ("ER positivty", "ER positivity"),
        ("PR positivty", "PR positivity"),
        ("VEGF", None),
        ("zzz", None),
        ("", None),
    ],
)  # fmt: skip
def test_only_a_slip_of_the_hand_is_suggested_for(written: str, meant: str | None, vocabulary: Vocabulary) -> None:
    assert vocabulary.nearest(written) == meant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PI3K-AKT pathway", "Ras-MAPK pathway"), ("treats", "targets"), ("dacomitinib", "protein"),
        ("afatinib", "axitinib"), ("hypotension", "hypertension"), ("EGFR", "FGFR"), ("VEGF", "VEGFR"), ("MEK", "MET"),
        ("phase 1", "phase 2"), ("increases", "decreases"), ("pertuzumab", "trastuzumab"), ("HER2", "HER3"),
    ],
)  # fmt: skip
def test_things_of_similar_names_are_not_taken_for_one_another(one: str, other: str) -> None:
    assert likely_name(one, [other]) is None
    assert likely_name(other, [one]) is None
