"""Whether every word that the papers of ``curation`` quote stands where they say.

The abstracts may be their publishers', and are not in the repository. Where ``HER2LD_RECORDS`` names a file or folder
of records, every span is held against their texts. Where it does not, the digests and places of paper.toml are.
"""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from her2ld import Curation, Vocabulary, curation_folders, iris, read_curation
from her2ld.cli import main
from her2ld.curation import unread_words
from her2ld.curation.record_file import Given, read_record
from her2ld.pubmed import Place, Record
from her2ld.pubmed.record import NOT_GIVEN
from her2ld.pubmed.sentences import sentence_bounds
from tests.given_records import NOT_PROVEN, VARIABLE, GivenRecords, given_records

CURATION = Path(__file__).parents[1] / "curation"
FOLDERS = tuple(curation_folders(CURATION))
KEPT = {folder: read_record(folder) for folder in FOLDERS}
WITHHELD = [folder for folder in FOLDERS if KEPT[folder].withheld]
KEYS = frozenset(iris.record_key(KEPT[folder]) for folder in WITHHELD)


def spans_that_fail(spans: Iterable[Place], texts: dict[str, str]) -> list[Place]:
    """Return the spans whose words do not stand at their place."""
    return [each for each in spans if texts[each.part][each.start : each.end] != each.exact]


def proof_of(record: Record, text: str) -> list[str]:
    """Return what is wrong with the digests and places that are kept of an abstract, held against its text."""
    withheld = record.withheld
    assert withheld
    wrong = []
    if hashlib.sha256(text.encode()).hexdigest() != withheld.sha256 or len(text) != len(record.abstract):
        wrong.append("the abstract")
    if tuple((start, end) for start, end, _ in withheld.sentences) != sentence_bounds(text):
        wrong.append("where sentences end")
    wrong += [
        f"the sentence at {start}" for start, end, digest in withheld.sentences if _digest(text[start:end]) != digest
    ]
    kept = zip(record.abstract, text, strict=False)
    wrong += [f"the character at {place}" for place, (one, other) in enumerate(kept) if one not in {other, NOT_GIVEN}]
    return wrong


def _digest(sentence: str) -> str:
    return hashlib.sha256(sentence.encode()).hexdigest()[:32]


@pytest.mark.parametrize("folder", WITHHELD, ids=lambda folder: folder.name)
def test_digests_and_places_are_sound(folder: Path) -> None:
    """Prove what can be proven without the text; it needs no record."""
    record = KEPT[folder]
    withheld = record.withheld
    assert withheld
    assert len(withheld.sha256) == hashlib.sha256().digest_size * 2
    edges = [edge for start, end, _ in withheld.sentences for edge in (start, end)]
    assert edges == sorted(edges)
    assert all(start < end for start, end, _ in withheld.sentences)
    assert edges[-1] <= len(record.abstract)
    assert all(0 <= each.start < each.end <= len(record.abstract) for each in record.sections)
    whole = [each for each in withheld.sentences if NOT_GIVEN not in record.abstract[each[0] : each[1]]]
    assert [each for each in whole if _digest(record.abstract[each[0] : each[1]]) != each[2]] == []
    if NOT_GIVEN not in record.abstract:
        assert proof_of(record, record.abstract) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_span_stands_in_the_text(
    folder: Path, vocabulary: Vocabulary, record_property: Callable[[str, object], None]
) -> None:
    kept = KEPT[folder]
    given = given_records(KEYS)
    if kept.withheld and not given.records:
        pytest.skip(NOT_PROVEN)
    record = given.records[iris.record_key(kept)] if kept.withheld else kept
    short: Curation = read_curation(folder, vocabulary)
    part_of = {iris.text(kept, part): part for part in kept.texts}
    evidence = [span for statement in short.statements for span in statement.evidence]
    spans = {*short.seen, *(Place(part_of[each.text], each.start, each.end, each.exact) for each in evidence)}
    assert spans
    assert spans_that_fail(spans, record.texts) == []
    if kept.withheld:
        assert proof_of(kept, record.abstract) == []
    whole = read_curation(folder, vocabulary, Given({iris.record_key(record): record}) if kept.withheld else None)
    assert whole.statements == short.statements
    assert list(unread_words(whole)) == []
    record_property("proven", (len(short.statements), len(spans)))


@pytest.mark.slow
def test_the_papers_are_valid_with_their_records(record_property: Callable[[str, object], None]) -> None:
    given = given_records(KEYS)
    if not given.records:
        pytest.skip(NOT_PROVEN)
    for file, what in given.left_out.items():
        record_property("left out", f"{file}: {what}")
    assert {*given.records} == KEYS
    options = [each for file in given.files for each in ("--records", file)]
    result = CliRunner().invoke(main, ["validate", str(CURATION), *options])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Violation" not in result.stdout
    assert "(violation of" not in result.stdout


def test_what_does_not_fit_is_found(review: Curation) -> None:
    """See the proof fail: a test that cannot fail proves nothing."""
    record = review.record
    span = record.span("abstract", 4, 11)
    assert spans_that_fail([span], record.texts) == []
    assert spans_that_fail([span], {"abstract": f"x{record.abstract}"}) == [span]
    folder = WITHHELD[0]
    assert "the abstract" in proof_of(KEPT[folder], "Another text.")


@pytest.mark.usefixtures("cleared")
def test_records_are_taken_from_a_folder_with_other_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbib = "PMID- 33100329\nTI  - A title\nAB  - An abstract.\n"
    (tmp_path / "one.nbib").write_text(nbib, encoding="utf-8")
    (tmp_path / "other.nbib").write_text(nbib.replace("33100329", "1"), encoding="utf-8")
    (tmp_path / "notes.tsv").write_text("a\tb\n", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    found = given_records(KEYS)
    assert [*found.records] == ["pubmed/33100329"]
    assert found.files == (str(tmp_path / "one.nbib"),)
    assert {Path(file).name: what for file, what in found.left_out.items()} == {
        "notes.tsv": "is not in a form of PubMed that is known here (it begins with “a b”)",
        "other.nbib": "holds the record of none of the papers",
    }
    (tmp_path / "two.nbib").write_text(nbib.replace("An abs", "Another abs"), encoding="utf-8")
    given_records.cache_clear()
    with pytest.raises(AssertionError, match=r"two\.nbib: pubmed/33100329 has another title or abstract"):
        given_records(KEYS)
    monkeypatch.delenv(VARIABLE)
    given_records.cache_clear()
    assert given_records(KEYS) == GivenRecords()


@pytest.fixture
def cleared() -> Iterable[None]:
    """Forget the records that were read, before and after."""
    given_records.cache_clear()
    yield
    given_records.cache_clear()
