"""Several records of one paper: one is kept, and each of the others is counted. The records are made up."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from her2ld import read_ontology
from her2ld.exports.record_files import without_superseded
from her2ld.exports.record_parts import Part, write_part
from her2ld.exports.record_sections import RecordOptions
from her2ld.files.streams import opened_source
from her2ld.vocabulary import standard
from tests.test_cli import run

HEADING = (
    "<MeshHeadingList><MeshHeading><DescriptorName UI='D{number}' MajorTopicYN='N'>Term {number}</DescriptorName>"
    "</MeshHeading></MeshHeadingList>"
)


def record(pmid: str, title: str, revised: str = "", version: str = "1", *, heading: str = "") -> str:
    """Make a record; ``revised`` is “2020-01-31” or a part of it, ``heading`` the number of a MeSH term."""
    names = ("Year", "Month", "Day")
    date = "".join(f"<{name}>{part}</{name}>" for name, part in zip(names, revised.split("-"), strict=False))
    return (
        f"<PubmedArticle><MedlineCitation><PMID Version='{version}'>{pmid}</PMID>"
        + (f"<DateRevised>{date}</DateRevised>" if revised else "")
        + f"<Article><ArticleTitle>{title}</ArticleTitle></Article>"
        + (HEADING.format(number=heading) if heading else "")
        + "</MedlineCitation></PubmedArticle>"
    )


def in_set(*records: str) -> str:
    return f"<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>"


def exported(
    tmp_path: Path, *files: str, options: tuple[str, ...] = ()
) -> tuple[dict[str, list[str]], list[list[int]]]:
    """Export files; give the titles by the ends of IRIs, and of each file what became of its records."""
    sources = []
    for number, content in enumerate(files):
        (tmp_path / f"{number}.xml").write_text(content, encoding="utf-8")
        sources.append(str(tmp_path / f"{number}.xml"))
    output = tmp_path / "out.nq"
    status, _, err = run("export", *sources, "-o", str(output), "--json", *options)
    assert status == 0, err
    said = json.loads(err)
    counts = [[each[name] for name in ("records", "exported", "not_about", "superseded")] for each in said["read"]]
    quads = list(parse(output.read_bytes(), format=RdfFormat.N_QUADS))
    assert len(quads) == said["written"][0]["quads"]
    titles: dict[str, list[str]] = {}
    for quad in quads:
        paper = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
        if quad.predicate == standard.TITLE and "pubmed/" in paper and isinstance(quad.object, Literal):
            titles.setdefault(paper.partition("pubmed/")[2], []).append(quad.object.value)
    return titles, counts


@pytest.mark.parametrize(
    ("records", "title"),
    [
        ((record("7", "Old", "2019-01-02"), record("7", "New", "2020-01-01")), "New"),
        ((record("7", "New", "2020-01-01"), record("7", "Old", "2019-12-31")), "New"),
        ((record("7", "First", "2020-01-01"), record("7", "Last", "2020-01-01")), "Last"),
        ((record("7", "First"), record("7", "Last")), "Last"),
        ((record("7", "Dated", "1999"), record("7", "Without date")), "Dated"),
        ((record("7", "A month", "2020-02"), record("7", "A day before", "2020-01-31")), "A month"),
    ],
)
def test_the_newest_revision_is_kept_and_else_the_last(tmp_path: Path, records: tuple[str, str], title: str) -> None:
    one, other = records
    assert exported(tmp_path, in_set(one, other)) == ({"7": [title]}, [[2, 1, 0, 1]])
    first_is_kept = title in one
    counts = [[1, int(first_is_kept), 0, int(not first_is_kept)], [1, int(not first_is_kept), 0, int(first_is_kept)]]
    assert exported(tmp_path, in_set(one), in_set(other)) == ({"7": [title]}, counts)


def test_all_but_one_of_many_are_counted(tmp_path: Path) -> None:
    files = [in_set(record("1", "One"), record("7", f"Title {year}", f"{year}-01-01")) for year in (2001, 2003, 2002)]
    titles, counts = exported(tmp_path, *files, options=("--jobs", "2"))
    assert titles == {"1": ["One"], "7": ["Title 2003"]}
    assert counts == [[2, 0, 0, 2], [2, 1, 0, 1], [2, 1, 0, 1]]


def test_versions_of_a_paper_are_kept_beside_each_other(tmp_path: Path) -> None:
    files = in_set(record("7", "One", "2020"), record("7", "Two", "2019", "2")), in_set(record("7", "2", "2021", "2"))
    titles, counts = exported(tmp_path, *files)
    assert titles == {"7": ["One"], "7/version-2": ["2"]}
    assert counts == [[2, 1, 0, 1], [1, 1, 0, 0]]


def test_what_is_not_about_the_term_supersedes_what_is(tmp_path: Path) -> None:
    files = in_set(record("7", "Trastuzumab", "2019"), record("8", "Trastuzumab")), in_set(record("7", "Else", "2020"))
    titles, counts = exported(tmp_path, *files, options=("--about", "trastuzumab"))
    assert titles == {"8": ["Trastuzumab"]}
    assert counts == [[2, 1, 0, 1], [1, 0, 1, 0]]


def test_other_forms_are_compared_by_their_dates_too(tmp_path: Path) -> None:
    nbib = "PMID- 7\nLR  - 20200102\nTI  - New\n"
    titles, _ = exported(tmp_path, nbib, in_set(record("7", "Old", "2020-01-01")))
    assert titles == {"7": ["New"]}


def test_records_of_one_doi_are_one_paper(tmp_path: Path) -> None:
    first, last = (f"TI  - {title}\nAID - 10.1000/a [doi]\n" for title in ("First", "Last"))
    (tmp_path / "a.nbib").write_text("PMID- 1\nTI  - One\n\n" + first, encoding="utf-8")
    (tmp_path / "b.nbib").write_text("PMID- 2\nTI  - Two\n\n" + last, encoding="utf-8")
    status, _, err = run(
        "export", str(tmp_path / "a.nbib"), str(tmp_path / "b.nbib"), "-o", str(tmp_path / "o.nq"), "--json"
    )
    assert (status, [each["superseded"] for each in json.loads(err)["read"]]) == (0, [1, 0])
    written = (tmp_path / "o.nq").read_text(encoding="utf-8")
    assert ('"First"' in written, '"Last"' in written) == (False, True)


def test_it_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(in_set(record("7", "A"), record("7", "B")), encoding="utf-8")
    _, _, err = run("export", str(tmp_path / "a.xml"), "-o", str(tmp_path / "a.nq"))
    assert "1 of 2 records exported, 1 superseded by another record of the paper\n" in err


def test_what_a_term_is_called_stays(tmp_path: Path) -> None:
    old, new = record("7", "Old", "2019", heading="000001"), record("8", "Other", heading="000001")
    exported(tmp_path, in_set(old, new), in_set(record("7", "New", "2020")))
    written = (tmp_path / "out.nq").read_text(encoding="utf-8")
    assert written.count('"Term 000001"@en') == 1
    assert "pubmed/7#heading-1" not in written
    assert "pubmed/8#heading-1" in written


def _parts(folder: Path, files: list[list[tuple[int, int]]]) -> list[Part]:
    """Write a part for each file, of records of a PMID and a year."""
    folder.mkdir()
    options = RecordOptions(read_ontology().version)
    parts = []
    for number, records in enumerate(files):
        made = (record(str(pmid), f"{number}-{index}", str(year)) for index, (pmid, year) in enumerate(records))
        (folder / f"{number}.xml").write_text(in_set(*made), encoding="utf-8")
        parts.append(write_part(options, str(folder / f"{number}.xml"), str(folder), number))
    return parts


@settings(max_examples=25)
@given(st.lists(st.lists(st.tuples(st.integers(1, 4), st.integers(2001, 2003)), max_size=5), min_size=1, max_size=4))
def test_what_is_left_is_as_if_the_others_had_not_been_there(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[tuple[int, int]]]
) -> None:
    folder = tmp_path_factory.mktemp("revisions")
    every = [(pmid, year, number, at) for number, each in enumerate(files) for at, (pmid, year) in enumerate(each)]
    newest = {pmid: max(each[1:] for each in every if each[0] == pmid) for pmid, *_ in every}
    parts = _parts(folder / "parts", files)
    kept = without_superseded(parts)
    titles = []
    for part, before in zip(kept, parts, strict=True):
        with opened_source(part.place) as stream:
            lines = stream.read().splitlines() if part.quads else []
        assert len(lines) == part.quads
        assert before.records == part.exported + part.superseded
        of_title = f" {standard.TITLE} ".encode()
        titles += [line.split(b'"')[1].decode() for line in lines if of_title in line]
    assert sorted(titles) == sorted(f"{number}-{at}" for _, number, at in newest.values())


def test_a_source_that_is_refused_whole_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<!-- never closed", encoding="utf-8")
    output = tmp_path / "out" / "a.nq"
    status, _, err = run("export", str(tmp_path / "a.xml"), "-o", str(output))
    assert (status, "nothing written" in err, output.exists()) == (1, True, False)
    output.parent.mkdir(exist_ok=True)
    output.write_text("old", encoding="utf-8")
    assert run("export", str(tmp_path / "a.xml"), "-o", str(output))[0] == 1
    assert output.read_text(encoding="utf-8") == "old"
    assert [file.name for file in output.parent.iterdir()] == ["a.nq"]


def test_one_that_is_refused_beside_a_good_one_is_told_and_the_good_one_written(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<!-- never closed", encoding="utf-8")
    (tmp_path / "b.xml").write_text(in_set(record("7", "A")), encoding="utf-8")
    status, _, err = run("export", str(tmp_path), "-o", str(tmp_path / "a.nq"))
    assert (status, "0 of 1 record exported, 1 refused" in err, (tmp_path / "a.nq").exists()) == (1, True, True)
