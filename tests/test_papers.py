"""Papers at the desk: begun from a record, kept without the abstract, and checked against it when it is given."""

import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from her2ld import Curation, CurationError, RecordError, Vocabulary, build, read_curation, validate
from her2ld.assets import SHAPES
from her2ld.cli import main
from her2ld.curation import unread_words
from her2ld.curation.paper_file import paper_file_text, read_paper_file, withheld_record
from her2ld.curation.record_file import read_given, read_offered, read_record
from her2ld.dataset.node_data import data_in, read_span
from her2ld.pubmed import Record
from her2ld.pubmed.record import NOT_GIVEN
from her2ld.vocabulary import model, standard

SENTENCES = Path(__file__).parent / "sentences"
PAPERS = sorted(file.parent for file in SENTENCES.glob("*/record.xml"))
TRIAL = SENTENCES / "34019819"
RECORD = TRIAL / "record.xml"


# What is wrong with a folder is found before any shape looks at the data.
FEW_SHAPES = ("--shapes", str(SHAPES / "standing.ttl"))


def run(*arguments: str | Path) -> tuple[int, str]:
    """Run her2ld; return its exit status and what it says on standard error."""
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    return result.exit_code, result.stderr


@pytest.fixture
def without(tmp_path: Path) -> Path:
    """Return the folder of a trial without its abstract."""
    folder = Path(shutil.copytree(TRIAL, tmp_path / "trial"))
    assert run("paper", "excerpt", folder) == (0, f"wrote {folder}/paper.toml\n")
    (folder / "record.xml").unlink()
    return folder


@pytest.mark.parametrize("paper", PAPERS, ids=[each.name for each in PAPERS])
def test_a_paper_says_the_same_without_its_abstract(paper: Path, tmp_path: Path, vocabulary: Vocabulary) -> None:
    whole = read_curation(paper, vocabulary)
    (tmp_path / "paper.toml").write_text(paper_file_text(withheld_record(whole.record, whole.seen)), encoding="utf-8")
    shutil.copy(paper / "statements.toml", tmp_path)
    short = read_curation(tmp_path, vocabulary)
    assert (short.statements, short.studies, short.groups) == (whole.statements, whole.studies, whole.groups)
    said, all_said = set(build(vocabulary, [short])), set(build(vocabulary, [whole]))
    assert said < all_said
    left_out = {quad.predicate for quad in all_said - said}
    assert left_out == {standard.VALUE, standard.EXACT, standard.TYPE}
    assert not any(NOT_GIVEN in getattr(quad.object, "value", "") for quad in said)
    given_back = read_curation(tmp_path, vocabulary, read_given([str(paper / "record.xml")]))
    assert list(build(vocabulary, [given_back])) == list(build(vocabulary, [whole]))
    assert unread_words(given_back) == unread_words(whole)


def test_what_is_kept_is_what_is_quoted(without: Path, vocabulary: Vocabulary) -> None:
    whole = read_curation(TRIAL, vocabulary)
    kept = read_record(without)
    assert kept.withheld is not None
    places = {place for each in whole.seen if each.part == "abstract" for place in range(each.start, each.end)}
    shown = {place for place, character in enumerate(kept.abstract) if character != NOT_GIVEN}
    assert shown == places
    assert all(kept.abstract[place] == whole.record.abstract[place] for place in places)
    text = (without / "paper.toml").read_text(encoding="utf-8")
    assert "Several de-escalation approaches" not in text
    said = tomllib.loads(text)
    assert said["abstract"]["sha256"] == whole.record.sha256("abstract")
    assert len(said["abstract"]["sentences"]) == len(whole.record.bounds("abstract"))


def test_data_without_abstracts_are_sound(without: Path, vocabulary: Vocabulary) -> None:
    curation = read_curation(without, vocabulary)
    quads = list(build(vocabulary, [curation]))
    assert [each.name for each in validate(quads).findings if each.severity == "Violation"] == []
    said = data_in(quads)
    for statement in curation.statements:
        for span in statement.evidence:
            found = read_span(span.iri, said)
            assert found == span


@given(st.data())
def test_any_places_can_be_kept(data: st.DataObject) -> None:
    record = _records()[0]
    edges = st.integers(0, len(record.abstract))
    drawn = data.draw(st.lists(st.tuples(edges, edges).map(sorted), max_size=5))
    short = withheld_record(record, [record.span("abstract", start, end) for start, end in drawn])
    path = _scratch / "paper.toml"
    path.write_text(paper_file_text(short), encoding="utf-8")
    assert read_paper_file(path) == short
    kept = {place for start, end in drawn for place in range(start, end)}
    assert {place for place, each in enumerate(short.abstract) if each != NOT_GIVEN} == kept


def _records() -> list[Record]:
    return read_offered([str(RECORD)])[0]


_scratch = Path()


@pytest.fixture(autouse=True, scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Name a folder for the property-based test, which takes no fixture of a function."""
    global _scratch  # noqa: PLW0603  # the one place that sets it
    _scratch = tmp_path_factory.mktemp("excerpts")


# --- Begun ----------------------------------------------------------------------------------------------------------


def test_a_paper_is_begun_with_an_entry_for_each_sentence(tmp_path: Path) -> None:
    status, told = run("paper", "add", RECORD, "-o", tmp_path, "--curator", "A. Curator")
    folder = tmp_path / "34019819"
    assert (status, told) == (
        0,
        f"wrote {folder}: 28 sentences to read\n1 paper, 28 sentences\n",
    )
    record = read_record(folder)
    assert set(record.abstract) == {NOT_GIVEN}
    written = tomllib.loads((folder / "statements.toml").read_text(encoding="utf-8"))
    whole = _records()[0]
    assert [each["quote"] for each in written["statement"]] == [each.exact for each in whole.sentences()]
    assert written["curation"]["curator"] == "A. Curator"
    status, told = run("export", folder, "--records", RECORD, "-o", tmp_path / "paper.ttl")
    assert status == 1
    assert told.count("is not filled in") == 28
    assert told.endswith("28 problems; nothing written\n")


def test_a_paper_is_begun_once(tmp_path: Path) -> None:
    run("paper", "add", RECORD, "-o", tmp_path, "--curator", "A. Curator")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.toml")}
    status, told = run("paper", "add", RECORD, SENTENCES / "33100329" / "record.xml", "-o", tmp_path, "--curator", "B")
    assert status == 2
    assert "is already the folder of pubmed/34019819" in told
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.toml")} == before


def test_of_many_records_those_are_taken_that_are_asked_for(tmp_path: Path) -> None:
    lab = SENTENCES / "33100329" / "record.xml"
    sources = (RECORD, lab, SENTENCES / "34093024" / "record.xml")
    asked: tuple[str, ...] = ("--pmid", "PMID: 34019819", "--pmid", "https://doi.org/10.1038/S41416-020-01138-3")
    status, told = run("paper", "add", *sources, *asked, "-o", tmp_path / "good", "--curator", "A")
    assert (status, told.splitlines()[-1]) == (0, "2 papers, 40 sentences")
    assert sorted(folder.name for folder in (tmp_path / "good").iterdir()) == ["33100329", "34019819"]
    asked = ("--pmid", "34019918", "--pmid", "33100329", "--pmid", "7")
    status, told = run("paper", "add", RECORD, lab, *asked, "-o", tmp_path / "bad", "--curator", "A")
    assert (status, (tmp_path / "bad").exists()) == (2, False)
    assert told == (
        f"{RECORD}, {lab}\n  has no record of 34019918 among its 2 records\n  remedy: did you mean 34019819?\n"
        f"{RECORD}, {lab}\n  has no record of 7 among its 2 records\n"
        "  remedy: give the PMID or the DOI of one of them\n"
    )


def test_records_that_cannot_be_curated_are_named(tmp_path: Path) -> None:
    text = RECORD.read_text(encoding="utf-8")
    start, end = text.index("<Abstract>"), text.index("</Abstract>") + len("</Abstract>")
    (tmp_path / "two.xml").write_text(text[:start].replace("34019819", "1") + text[end:], encoding="utf-8")
    status, told = run("paper", "add", tmp_path / "two.xml", RECORD, "-o", tmp_path / "curation", "--curator", "A")
    assert status == 1
    assert "two.xml, 1\n  the record has no abstract\n  remedy: curate a record that has one" in told
    assert told.endswith("1 paper, 28 sentences; 1 record refused\n")


def test_what_claims_nothing_is_told_by_its_first_words(tmp_path: Path, vocabulary: Vocabulary) -> None:
    folder = Path(shutil.copytree(TRIAL, tmp_path / "trial"))
    sentence = "Median follow-up was 5·7 months (IQR 5·3-6·0)."
    before = (folder / "statements.toml").read_text(encoding="utf-8")

    def entry(said: str) -> str:
        return f'{before}\n[[no_statement]]\n{said}\nreason = "It tells how long."\n'

    (folder / "statements.toml").write_text(entry(f'quote = "{sentence}"'), encoding="utf-8")
    status, told = run("paper", "excerpt", folder)
    assert status == 1
    assert 'write begins = "Median follow-up was 5·7 months (IQR" in place of quote' in told
    (folder / "statements.toml").write_text(entry('begins = "Median follow-up was"'), encoding="utf-8")
    assert run("paper", "excerpt", folder)[0] == 0
    assert "5·3-6·0)." not in (folder / "paper.toml").read_text(encoding="utf-8")
    read: Curation = read_curation(folder, vocabulary)
    assert [each.evidence.exact for each in read.silences] == [sentence]
    (folder / "statements.toml").write_text(
        entry('begins = "Median follow-up was"\nends = "5·7 months"'), encoding="utf-8"
    )
    read = read_curation(folder, vocabulary)
    assert [each.evidence.exact for each in read.silences] == ["Median follow-up was 5·7 months"]


# --- Checked against records that are given -------------------------------------------------------------------------


def test_a_record_of_another_version_is_refused(without: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xml"
    text = RECORD.read_text(encoding="utf-8")
    other.write_text(text.replace("of whom 86 (37·9%", "of whom 87 (38·3%"), encoding="utf-8")
    status, told = run("validate", *FEW_SHAPES, without, "--records", other)
    assert status == 1
    assert "the abstract of the given record is not the one that was read" in told
    lost = [line for line in told.splitlines() if line.startswith(str(without / "statements.toml"))]
    assert lost == [f"{without}/statements.toml, statement 1 (line 20), quote"]
    assert "copy from the nearest sentence: '227 (80%) of 285 patients" in told
    assert run("validate", *FEW_SHAPES, without, "--records", RECORD)[0] == 0


def test_records_of_other_papers_are_no_help(without: Path) -> None:
    status, told = run("validate", *FEW_SHAPES, without, "--records", SENTENCES / "33100329" / "record.xml")
    assert status == 1
    assert "holds the record of none of the papers" in told


def test_words_that_were_not_quoted_before_need_the_record(without: Path, vocabulary: Vocabulary) -> None:
    written = (without / "statements.toml").read_text(encoding="utf-8")
    new = '\n[[no_statement]]\nquote = "Safety was assessed in all participants"\nreason = "It tells what was done."\n'
    (without / "statements.toml").write_text(written + new, encoding="utf-8")
    with pytest.raises(CurationError) as raised:
        read_curation(without, vocabulary)
    assert "give the record of the paper with --records" in str(raised.value)
    read_curation(without, vocabulary, read_given([str(RECORD)]))
    status, told = run("paper", "excerpt", without)
    assert (status, told.splitlines()[1]) == (1, "  its abstract is missing")
    assert run("paper", "excerpt", without, "--records", RECORD)[0] == 0
    read_curation(without, vocabulary)


def test_a_record_beside_the_excerpt_is_of_the_same_paper(without: Path) -> None:
    shutil.copy(SENTENCES / "33100329" / "record.xml", without)
    with pytest.raises(RecordError, match=r"is the record of pubmed/33100329, and paper\.toml that of pubmed/34019819"):
        read_record(without)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("pmid = ", "is not TOML"),
        ('pmid = "1"', "is not as her2ld paper writes it (KeyError('abstract'))"),
        ('title = "a"\n[abstract]\nlength = 3\nwords = [{ start = 2, text = "ab" }]', "words at 2 lie outside"),
    ],
)
def test_a_broken_excerpt_is_told(tmp_path: Path, written: str, says: str) -> None:
    (tmp_path / "paper.toml").write_text(written, encoding="utf-8")
    with pytest.raises(RecordError) as raised:
        read_record(tmp_path)
    assert says in str(raised.value)


def test_the_abstracts_come_with_every_verb_that_shows_them(without: Path, tmp_path: Path) -> None:
    out = tmp_path / "paper.nq"
    assert run("export", without, "-o", out)[0] == 0
    assert "Several de-escalation approaches" not in out.read_text(encoding="utf-8")
    assert run("export", without, "--records", RECORD, "-o", out)[0] == 0
    text = out.read_text(encoding="utf-8")
    assert "Several de-escalation approaches" in text
    assert str(model.ABSTRACT_TEXT) in text


# --- What contradicts itself, or the record, is named by every verb, and nothing is written -------------------------


def _moved(paper: str) -> str:
    """Move the first words that are kept of an abstract three characters on, where they are no whole sentence."""
    before, first, rest = paper.partition("[[abstract.words]]\nstart = ")
    place, _, after = rest.partition("\n")
    return f"{before}{first}{int(place) + 3}\n{after}"


@pytest.mark.parametrize("verb", ["export", "validate"])
def test_words_that_do_not_stand_in_the_record_are_named(verb: str, without: Path, tmp_path: Path) -> None:
    paper = without / "paper.toml"
    paper.write_text(_moved(paper.read_text(encoding="utf-8")), encoding="utf-8")
    status, told, written = _tried(verb, tmp_path, without, "--records", RECORD)
    assert (status, written) == (1, False)
    assert f"{paper}\n  the words at " in told
    assert "are not there in the given record\n  remedy: make it again from the record: her2ld paper add" in told


@pytest.mark.parametrize("verb", ["export", "validate"])
def test_a_sentence_that_is_not_the_one_read_is_named_without_the_record(
    verb: str, without: Path, tmp_path: Path
) -> None:
    record = read_offered([str(RECORD)])[0][0]
    whole = list(record.sentences())[-1]
    paper = without / "paper.toml"
    paper.write_text(paper_file_text(withheld_record(record, [whole])), encoding="utf-8")
    assert read_record(without).span("abstract", whole.start, whole.end) == whole
    text = paper.read_text(encoding="utf-8")
    paper.write_text(text.replace(whole.exact, f"{whole.exact[:-2]}x."), encoding="utf-8")
    status, told, written = _tried(verb, tmp_path, without)
    assert (status, written) == (1, False)
    assert f"{paper}\n  is not as her2ld paper writes it" in told
    assert f"the sentence at {whole.start} is not the one whose digest is kept" in told


@pytest.mark.parametrize("verb", ["export", "validate"])
def test_a_record_of_another_version_is_named(verb: str, without: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xml"
    text = RECORD.read_text(encoding="utf-8")
    other.write_text(text.replace("of whom 86 (37·9%", "of whom 87 (38·3%"), encoding="utf-8")
    status, told, written = _tried(verb, tmp_path, without, "--records", other)
    assert (status, written) == (1, False)
    assert (
        f"{without / 'paper.toml'}\n  the abstract of the given record is not the one that was read (SHA-256 " in told
    )
    assert "remedy: give the record of the version that was read, or read the new one: her2ld paper add" in told


@pytest.mark.parametrize("verb", ["export", "validate"])
@pytest.mark.parametrize("left_out", [(), ("pmid",), ("doi",)], ids=["alike", "by DOI", "by PMID"])
def test_two_folders_of_one_paper_are_named(
    verb: str, left_out: tuple[str, ...], without: Path, tmp_path: Path
) -> None:
    second = Path(shutil.copytree(without, tmp_path / "zweite"))
    lines = (second / "paper.toml").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(tuple(f"{name} = " for name in left_out))]
    assert len(lines) - len(kept) == len(left_out)
    (second / "paper.toml").write_text("".join(kept), encoding="utf-8")
    status, told, written = _tried(verb, tmp_path, without, second)
    assert (status, written) == (1, False)
    assert f"{second}\n  is a second folder of the paper that {without} is of (" in told
    assert "remedy: keep one folder of each paper" in told


@pytest.mark.parametrize("verb", ["export", "validate"])
def test_a_paper_that_retracts_itself_is_named(verb: str, without: Path, tmp_path: Path) -> None:
    itself = (
        '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J. 2021</RefSource>'
        '<PMID Version="1">34019819</PMID></CommentsCorrections></CommentsCorrectionsList>'
    )
    newer = tmp_path / "newer.xml"
    text = RECORD.read_text(encoding="utf-8")
    newer.write_text(text.replace("</MedlineCitation>", f"{itself}</MedlineCitation>"), encoding="utf-8")
    status, told, written = _tried(verb, tmp_path, without, "--records", newer)
    assert (status, written) == (1, False)
    assert "the paper names itself under “retraction in”\n  remedy: " in told
    assert str(without) in told


def _tried(verb: str, place: Path, *arguments: str | Path) -> tuple[int, str, bool]:
    """Run a verb; return its exit status, all that it says, and whether it wrote a file."""
    out = place / "written.nq"
    options = ["-o", out] if verb == "export" else FEW_SHAPES
    result = CliRunner().invoke(main, [verb, *map(str, (*arguments, *options))])
    return result.exit_code, result.stderr + result.stdout, out.exists()
