"""A file that several processes share has the bytes that one process writes. The records are made up."""

import gzip
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from her2ld import ExportError, LimitError, read_ontology
from her2ld.dataset.articles import MeshNames, article_lines, deletion_lines
from her2ld.errors import Problem
from her2ld.exports import record_parts, record_sections, record_workers
from her2ld.exports.record_parts import Part, read_marks, write_part
from her2ld.exports.record_sections import Draft, Marks, RecordOptions, SectionWriter
from her2ld.exports.record_workers import Batch
from her2ld.files.streams import opened_source
from her2ld.pubmed.article import Article, Deletion
from her2ld.pubmed.forms import read_records
from her2ld.sharing import Copy, copy_that_answers
from tests.test_cli import run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="work is shared on Linux alone")

OPTIONS = RecordOptions(read_ontology().version)
DELETIONS = "<DeleteCitation><PMID>8</PMID><PMID>none</PMID><PMID>9</PMID></DeleteCitation>"
BROKEN = "<PubmedArticle><MedlineCitation><PMID>5</PMID><Article></MedlineCitation></PubmedArticle>"
HIDING = "<PubmedArticle><MedlineCitation><PMID>6</PMID>"
OTHERS = (DELETIONS, BROKEN, HIDING, "<PubmedArticle></PubmedArticle>", "<!-- a note -->", "what is this?", "\n\n")


def record(number: int, headings: Sequence[tuple[int, str]] = ()) -> str:
    """Make a record with headings, each of a descriptor's number and the qualifiers' letters."""
    listed = "".join(
        f"<MeshHeading><DescriptorName UI='D{descriptor}' MajorTopicYN='N'>Term {descriptor}</DescriptorName>"
        + "".join(f"<QualifierName UI='Q{each}' MajorTopicYN='Y'>aspect {each}</QualifierName>" for each in qualifiers)
        + "</MeshHeading>"
        for descriptor, qualifiers in headings
    )
    return (
        f"<PubmedArticle><MedlineCitation><PMID Version='1'>{number}</PMID><DateRevised><Year>{2000 + number}</Year>"
        f"</DateRevised><Article><ArticleTitle>HER2 &amp; {number}</ArticleTitle></Article>"
        f"<MeshHeadingList>{listed}</MeshHeadingList></MedlineCitation></PubmedArticle>\n"
    )


def in_set(records: Sequence[str]) -> bytes:
    return f"<PubmedArticleSet>\n{''.join(records)}</PubmedArticleSet>".encode()


HEADINGS = st.lists(st.tuples(st.integers(1, 6), st.text("abc", max_size=2)), max_size=3)
RECORDS = st.lists(st.builds(record, st.integers(1, 20), HEADINGS) | st.sampled_from(OTHERS), max_size=30)


@contextmanager
def small(at_once: int = 2, before: int = 1, with_names: int = 1000) -> Iterator[None]:
    """Make sections of few records for a test, of which few are written before there are copies."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record_parts, "_RECORDS_AT_ONCE", at_once)
        patch.setattr(record_workers, "_BEFORE_COPIES", before)
        patch.setattr(record_sections, "_SECTIONS_WITH_NAMES", with_names)
        yield


def written(source: Path, processes: int) -> tuple[Part, bytes, Marks]:
    """Write a part; return it without its places, and its stored bytes and its marks."""
    part = write_part(OPTIONS, str(source), str(source.parent / "parts"), 0, processes=processes)
    return replace(part, place="", marks=""), Path(part.place).read_bytes(), read_marks(part.marks)


def inflated(source: Path, processes: int = 1) -> str:
    part = write_part(OPTIONS, str(source), str(source.parent / "parts"), 0, processes=processes)
    with opened_source(part.place) as stream:
        return stream.read().decode() if part.quads else ""


@settings(max_examples=20)
@given(RECORDS, st.integers(2, 4), st.integers(1, 3), st.integers(1, 3), st.integers(0, 90))
def test_the_part_is_the_same_whatever_the_number_of_processes(
    tmp_path_factory: pytest.TempPathFactory, records: list[str], processes: int, at_once: int, chapter: int, cut: int
) -> None:
    source = tmp_path_factory.mktemp("shared") / "a.xml.gz"
    content = in_set(records)
    source.write_bytes(gzip.compress(content[: len(content) - cut], 1))
    with small(at_once, before=1, with_names=chapter):
        assert written(source, processes) == written(source, 1)


@settings(max_examples=20)
@given(RECORDS, st.integers(1, 3))
def test_the_lines_are_those_of_the_records_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, records: list[str], processes: int
) -> None:
    source = tmp_path_factory.mktemp("shared") / "a.xml"
    source.write_bytes(in_set(records))
    named, find = MeshNames(), record_sections._tools(OPTIONS)  # noqa: SLF001  # the same finder as that of the part
    expected = [
        deletion_lines(each)
        if isinstance(each, Deletion)
        else article_lines(each, find.find(each), named, steering=find.steering)
        for each in read_records(source)
        if isinstance(each, Article | Deletion)
    ]
    *starts, _ = accumulate((text.count("\n") for text in expected), initial=0)
    with small():
        assert inflated(source, processes) == "".join(expected)
        assert list(written(source, processes)[2].lines) == starts


def test_the_names_of_terms_are_forgotten_after_some_sections(tmp_path: Path) -> None:
    source = tmp_path / "a.xml"
    source.write_bytes(in_set([record(number, [(1, "a")]) for number in range(1, 25)]))
    names = ('"Term 1"@en', '"aspect a"@en', '"Term 1/aspect a"@en')
    for processes in (1, 2, 3):
        with small(2, with_names=4):  # 24 records are three times four sections of two
            assert [inflated(source, processes).count(name) for name in names] == [3, 3, 3]
        with small(2, with_names=12):
            assert [inflated(source, processes).count(name) for name in names] == [1, 1, 1]


def test_a_gzip_file_that_breaks_off_is_refused_after_its_records(tmp_path: Path) -> None:
    source = tmp_path / "a.xml.gz"
    whole = gzip.compress(in_set([record(number) for number in range(1, 2_000)]))
    source.write_bytes(whole[: len(whole) // 2])
    with small(8):
        part, *shared = written(source, 2)
        assert (part, *shared) == written(source, 1)
    (problem,) = part.refused
    assert part.records == part.exported + 1 > 100
    assert (problem.where, problem.what) == (f"{source}, record {part.records}", "the gzip file is truncated")


def test_the_place_of_a_refused_record_counts_from_the_beginning_of_the_file(tmp_path: Path) -> None:
    source = tmp_path / "a.xml"
    source.write_bytes(in_set([record(1), record(2), DELETIONS, record(3), record(4), BROKEN, record(7)]))
    with small(2):
        part, *_ = written(source, 2)
    assert [each.where for each in part.refused] == [
        f"{source}, line 4, record 3",
        f"{source}, line 6, record 6 (PMID 5)",
    ]
    assert (part.records, part.exported, part.deletions) == (7, 5, 2)


def test_a_process_that_is_killed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "a.xml"
    source.write_bytes(in_set([record(number) for number in range(1, 25)]))
    draft, first = SectionWriter.draft, os.getpid()

    def killed(writer: SectionWriter, number: int, stored: Batch) -> Draft:
        if os.getpid() != first and number == 7:
            os.kill(os.getpid(), 9)
        return draft(writer, number, stored)

    monkeypatch.setattr(SectionWriter, "draft", killed)
    with small(), pytest.raises(LimitError) as caught:
        written(source, 2)
    assert caught.value.problems[0].where == str(source)
    assert caught.value.problems[0].what == "the second process crashed (exit status -9)"
    assert [file.name for file in (tmp_path / "parts").iterdir()] == []


def test_an_error_of_a_copy_is_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "a.xml"
    source.write_bytes(in_set([record(number) for number in range(1, 25)]))
    problem = Problem("there", "is wrong", "mend it")

    def fail(*_: object) -> NoReturn:
        raise ExportError([problem])

    monkeypatch.setattr(SectionWriter, "draft", fail)
    with small(before=0), pytest.raises(ExportError) as caught:
        written(source, 2)
    assert caught.value.problems == (problem,)


def test_an_interrupted_export_leaves_no_process(tmp_path: Path) -> None:
    source = tmp_path / "a.xml"
    source.write_bytes(in_set([record(number) for number in range(1, 25)]))
    at_work: list[int] = []

    def interrupt(_: int, records: int) -> None:
        at_work.append(len(multiprocessing.active_children()))
        if records > 12:
            raise KeyboardInterrupt

    with small(), pytest.raises(KeyboardInterrupt):
        write_part(OPTIONS, str(source), str(tmp_path / "parts"), 0, note=interrupt, processes=3)
    assert (at_work[0], at_work[-1], multiprocessing.active_children()) == (0, 3, [])
    assert [file.name for file in (tmp_path / "parts").iterdir()] == []


def test_a_small_file_and_other_forms_start_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> NoReturn:
        raise AssertionError

    monkeypatch.setattr(record_workers, "copy_that_answers", fail)
    source = tmp_path / "a.xml"
    source.write_bytes(in_set([record(number) for number in range(1, 1_025)]))
    assert written(source, 2)[0].exported == 1_024
    source.write_text("".join(f"PMID- {number}\nTI  - HER2\n\n" for number in range(1, 1_100)), encoding="utf-8")
    assert written(source, 2)[0].exported == 1_099
    source.write_bytes(in_set([record(number) for number in range(1, 1_026)]))
    with pytest.raises(AssertionError):
        written(source, 2)


def test_the_command_shares_a_large_file_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "a.xml"
    source.write_bytes(in_set([*(record(number, [(number % 9, "ab")]) for number in range(1, 1_400)), BROKEN]))
    monkeypatch.setattr("her2ld.sharing.processors", lambda: 2)
    started: list[str] = []

    def counted(what: str, answer: Callable[[Any], Any]) -> AbstractContextManager[Copy[Any, Any]]:
        started.append(what)
        return copy_that_answers(what, answer)

    monkeypatch.setattr(record_workers, "copy_that_answers", counted)
    said = []
    for name, options in (("one", ("--jobs", "1")), ("two", ("--jobs", "2")), ("default", ())):
        output = tmp_path / f"{name}.nq.gz"
        status, _, err = run("export", str(source), "-o", str(output), *options)
        said.append((status, err.replace(name, ""), output.read_bytes()))
    assert said[0] == said[1] == said[2]
    assert said[0][0] == 1
    assert "1,399 of 1,400 records exported, 1 refused" in said[0][1]
    assert started == [str(source)] * 4
