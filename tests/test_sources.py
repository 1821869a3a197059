"""Sources of PubMed records: told by content, and what is broken is refused, said, and counted.

Every bad file is made here from small good ones, whose records are made up.
"""

import gzip
import io
import json
import os
import pickle
import re
import subprocess
import sys
import termios
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from isal import igzip_lib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from her2ld.errors import Problem, RecordError
from her2ld.files.streams import SourceStream
from her2ld.pubmed.article import Article, Refusal
from her2ld.pubmed.forms import UnknownFormError, form_of, read_records, records_in
from her2ld.vocabulary import standard
from tests.test_cli import run

packed = partial(gzip.compress, mtime=0)
PMIDS = ("11", "12", "13")
HEAD = '<?xml version="1.0" encoding="{encoding}"?>\n<PubmedArticleSet>\n'
RECORD = (
    '<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID><Article>'
    "<Journal><Title>J</Title></Journal><ArticleTitle>Größe {pmid}</ArticleTitle><Abstract><AbstractText>It is about"
    " {about}.</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>\n"
)
END = "</PubmedArticleSet>\n"
NBIB = "PMID- {pmid}\nTI  - Größe {pmid}\nAB  - It is about\n      {about}.\n\n"
PAGE = "{order}. J Test. 2001 Jan;8(1):45-51.\n\nGröße {pmid}\n\nDoe J.\n\nIt is\nabout {about}.\n\nPMID: {pmid}\n\n\n"


def xml(about: str = "nothing", encoding: str = "UTF-8", records: tuple[str, ...] = ()) -> bytes:
    made = records or tuple(RECORD.format(pmid=pmid, about=about) for pmid in PMIDS)
    return (HEAD.format(encoding=encoding) + "".join(made) + END).encode(encoding)


def lines(form: str, about: str = "nothing") -> bytes:
    return "".join(form.format(pmid=pmid, about=about, order=order) for order, pmid in enumerate(PMIDS, 1)).encode()


def export(tmp_path: Path, *arguments: str) -> tuple[int, list[dict[str, object]], dict[str, str]]:
    """Export to N-Quads; give the status, what was read of each file, and the titles that were written, by PMID."""
    output = tmp_path / "out" / "her2.nq"
    output.unlink(missing_ok=True)
    status, _, err = run("export", *arguments, "-o", str(output), "--json")
    report = json.loads(err)
    for each in report["read"]:
        assert each["records"] == each["exported"] + each["not_about"] + each["refused"] + each["superseded"]
    assert sum(each["refused"] for each in report["read"]) == len(report.get("problems", []))
    titles = {}
    if output.exists():
        for quad in parse(output.read_bytes(), format=RdfFormat.N_QUADS):
            article = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
            if quad.predicate == standard.TITLE and "/pubmed/" in article and isinstance(quad.object, Literal):
                titles[article.rpartition("/")[2]] = quad.object.value
    assert len(titles) == sum(each["exported"] for each in report["read"]) * bool(report["written"])
    assert [file.name for file in output.parent.glob(".*")] == []
    return status, [*report["read"], *report.get("problems", [])], titles


def is_named(quad: Quad) -> bool:
    """Tell whether a quad has no blank node."""
    return not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode)


def titles_of(*pmids: str) -> dict[str, str]:
    return {pmid: f"Größe {pmid}" for pmid in pmids}


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (xml(), "xml"),
        (b"\xef\xbb\xbf" + xml(), "xml"),
        (xml(encoding="ISO-8859-1"), "xml"),
        (xml(encoding="UTF-16"), "xml"),
        (b"<!-- a comment --><?pi?>" + RECORD.format(pmid="11", about="it").encode(), "xml"),
        (lines(NBIB), "nbib"),
        (b"\xef\xbb\xbf\n" + lines(NBIB).replace(b"\n", b"\r\n"), "nbib"),
        (lines(PAGE), "page"),
    ],
)
@pytest.mark.parametrize("pack", [bytes, packed], ids=["plain", "gzip"])
def test_the_form_is_told_by_content_and_not_by_name(
    tmp_path: Path, content: bytes, form: str, pack: Callable[[bytes], bytes]
) -> None:
    source = tmp_path / "records.pdf"
    source.write_bytes(pack(content))
    status, said, titles = export(tmp_path, str(source))
    assert (status, said[0]["form"], titles) == (0, form, titles_of(*PMIDS) if len(titles) > 1 else titles_of("11"))


REFUSED = [
    (b"%PDF-1.7\n", "is a PDF"),
    (b"<!DOCTYPE html><html></html>", "is HTML"),
    (b"<rdf:RDF></rdf:RDF>", "is XML, but not PubMed's: it begins with <RDF>"),
    (b'{"pmid": 1}', "is JSON"),
    (b"PK\x03\x04", "is a ZIP archive"),
    (b"", "is empty"),
    (b" \n\n", "is empty"),
    (packed(b""), "is empty"),
    (packed(packed(xml())), "is compressed twice"),
    (b"11\n12\n", "is a list of PMIDs, without the records"),
    (
        b"1: Doe J. A title. J Test. 2001;8(1):45-51. PMID: 11.\n\n2: Roe R. B. J Test. 2002;9:1. PMID: 12.\n",
        "is PubMed's text without abstracts (“Summary (text)”)",
    ),
    (b"TY  - JOUR\nER  - \n", "is RIS"),
    (b"PMID,Title\n", "is PubMed's table (CSV), which has no abstracts"),
    (b"\x00\x01\x02", "is binary"),
    (b"Just some words.", "is not in a form of PubMed that is known here (it begins with “Just some words.”)"),
    (packed(xml())[:5], "the gzip file is truncated"),
]


@pytest.mark.parametrize(("content", "what"), REFUSED, ids=[what for _, what in REFUSED])
def test_what_is_no_records_is_refused_and_the_rest_written(tmp_path: Path, content: bytes, what: str) -> None:
    (tmp_path / "a.xml").write_bytes(content)
    (tmp_path / "b.xml").write_bytes(xml())
    status, said, titles = export(tmp_path, str(tmp_path / "a.xml"), str(tmp_path / "b.xml"))
    assert (status, titles) == (1, titles_of(*PMIDS))
    assert (said[0]["exported"], said[0]["refused"], said[2]["what"]) == (0, 1, what)
    assert str(said[2]["where"]).startswith(str(tmp_path / "a.xml"))


GOOD = tuple(RECORD.format(pmid=pmid, about="it") for pmid in PMIDS)
LATIN = "Größe 12".encode("latin-1")
BROKEN = [
    (xml(records=(*GOOD[:2], "<PubmedArticle><PMID>13<")), ("11", "12"), ", line 5, record 3", "it"),
    (xml(records=(GOOD[0], GOOD[1].replace("</Art", "</X", 1), GOOD[2])), ("11", "13"), ", line 4", "not well-formed"),
    (xml()[:-150], ("11", "12"), ", record 3", "the file ends within the record"),
    (
        lines(NBIB).replace("Größe 12".encode(), LATIN),
        ("11", "13"),
        ", line 7, record 2 (PMID 12)",
        "(byte 77 of the file",
    ),
    (lines(PAGE).replace("Größe 12".encode(), LATIN), ("11", "13"), "record 2 (PMID 12)", "is not UTF-8"),
    (
        lines(NBIB).replace(b"TI  - Gr\xc3\xb6\xc3\x9fe 12", b"oops"),
        ("11", "13"),
        ", line 7, record 2",
        "“oops” neither begins with a tag",
    ),
    (lines(NBIB).replace(b"PMID- 12\n", b"OWN - NLM\n"), ("11", "13"), ", record 2", "neither a PMID nor a DOI"),
    (
        lines(NBIB).replace(b"PMID- 12\n", b"PMID- twelve\n"),
        ("11", "13"),
        ", record 2",
        "the PMID “twelve” is not a number",
    ),
    (lines(PAGE).replace(b": 12", b": 12\n\nSomething new"), ("11", "13"), "record 2 (PMID 12)", "is not known here"),
    (packed(lines(NBIB))[:-9], ("11", "12"), ", record 3", "the gzip file is truncated"),
    (packed(xml())[:-9], PMIDS, ", record 4", "the gzip file is truncated"),
    (packed(lines(NBIB)) + b"more", PMIDS, ", record 4", "the gzip file is followed by other data"),
]


@pytest.mark.parametrize(("content", "kept", "place", "what"), BROKEN, ids=[what for *_, what in BROKEN])
def test_a_broken_record_among_good_ones(
    tmp_path: Path, content: bytes, kept: tuple[str, ...], place: str, what: str
) -> None:
    source = tmp_path / "records"
    source.write_bytes(content)
    status, said, titles = export(tmp_path, str(source))
    assert (status, titles) == (1, titles_of(*kept)), said
    assert (place in str(said[1]["where"]), what in str(said[1]["what"])) == (True, True), said
    strict_status, _, nothing = export(tmp_path, str(source), "--strict")
    assert (strict_status, nothing) == (1, {})


def test_entities_are_not_declared_and_nothing_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret")
    for declared in (
        f'<!ENTITY x SYSTEM "file://{secret}">',
        '<!ENTITY x "lol">',
        '<!ENTITY % x SYSTEM "http://127.0.0.1:9">',
    ):
        source = tmp_path / "records.xml"
        content = xml(about="&x;").decode().replace("<Pubmed", f"<!DOCTYPE PubmedArticleSet [{declared}]><Pubmed", 1)
        source.write_text(content, encoding="utf-8")
        status, said, titles = export(tmp_path, str(source))
        assert (status, titles, said[0]["refused"]) == (1, {}, 1)
        assert "DOCTYPE" in str(said[1]["what"])
        assert "a secret" not in json.dumps(said)


def test_an_external_doctype_is_passed_over(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle" "http://127.0.0.1:9/pubmed.dtd">'
    (tmp_path / "records.xml").write_text(xml().decode().replace("<Pubmed", f"{doctype}<Pubmed", 1), encoding="utf-8")
    assert export(tmp_path, str(tmp_path / "records.xml"))[2] == titles_of(*PMIDS)


@pytest.mark.parametrize(
    ("begin", "kept"),
    [(xml().removesuffix(END.encode()), PMIDS), (lines(NBIB), PMIDS), (lines(PAGE), ("11", "12"))],
)
def test_a_gzip_bomb_is_refused_in_constant_memory(tmp_path: Path, begin: bytes, kept: tuple[str, ...]) -> None:
    source = tmp_path / "bomb.gz"
    with gzip.open(source, "wb") as file:
        file.write(begin + b"\n")
        for _ in range(200):
            file.write(b" " * (1 << 20))
    status, said, titles = export(tmp_path, str(source))
    assert (status, titles) == (1, titles_of(*kept))
    assert "expands more than 500 times" in str(said[1]["what"])


@given(content=st.binary(max_size=300), cut=st.integers(0, 300))
def test_every_byte_before_a_cut_is_given(content: bytes, cut: int) -> None:
    stored = packed(content)
    stream = SourceStream(io.BytesIO(stored[: max(2, len(stored) - cut)]))
    given_ = stream.head
    assert content.startswith(given_)
    if cut == 0:
        assert given_ == content


@given(st.binary(max_size=2_000) | st.text().map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    stream = SourceStream(io.BytesIO(content))
    form, records = records_in(stream, "any")
    assert all(isinstance(each, Article | Refusal) for each in records)
    if form is None:
        with pytest.raises(UnknownFormError):
            form_of(content)


def test_members_of_gzip_are_read_as_one(tmp_path: Path) -> None:
    first, rest = lines(NBIB)[:40], lines(NBIB)[40:]
    stored = packed(first) + packed(b"") + igzip_lib.compress(rest, flag=igzip_lib.COMP_GZIP) + bytes(512)
    (tmp_path / "records").write_bytes(stored)
    assert export(tmp_path, str(tmp_path / "records"))[2] == titles_of(*PMIDS)


def test_folders_patterns_and_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    for pmid in PMIDS:
        (folder / f"{pmid}.nbib").write_text(NBIB.format(pmid=pmid, about="it"), encoding="utf-8")
    (folder / "11.nbib.md5").write_text(f"MD5(11.nbib)= {'0' * 32}\n")
    (tmp_path / "in" / ".hidden").write_text("not looked at")
    assert export(tmp_path, str(tmp_path / "in"))[::2] == (0, titles_of(*PMIDS))
    assert export(tmp_path, str(tmp_path / "in" / "**" / "*[12].nbib"))[::2] == (0, titles_of("11", "12"))
    monkeypatch.setattr("her2ld.files.streams.standard_input", lambda: io.BytesIO(packed(lines(NBIB))))
    assert export(tmp_path, "-", str(folder / "11.nbib.md5"), "--jobs", "2")[::2] == (0, titles_of(*PMIDS))
    status, _, err = run("export", str(tmp_path / "no*"), str(tmp_path / "none"), "-o", str(tmp_path / "x.nq"))
    assert (status, err.count("no file matches"), err.count("is not a file or a folder")) == (2, 1, 1)


def test_only_what_is_about_the_term(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(xml(about="trastuzumab"))
    (tmp_path / "b.nbib").write_bytes(lines(NBIB).replace(b"PMID- 1", b"PMID- 2"))
    status, said, titles = export(tmp_path, str(tmp_path / "a.xml"), str(tmp_path / "b.nbib"), "--about", "Trastuzumab")
    assert (status, titles) == (0, titles_of(*PMIDS))
    assert [each["not_about"] for each in said] == [0, 3]
    status, _, err = run("export", str(tmp_path / "a.xml"), "--about", "trastuzumb", "-o", str(tmp_path / "c.nq"))
    assert (status, "did you mean “trastuzumab”?" in err) == (2, True)


@pytest.mark.slow
def test_the_same_bytes_whatever_the_number_of_processes(tmp_path: Path) -> None:
    for number, content in enumerate((xml("HER2"), lines(NBIB, "HER2"), xml("HER3")[:-90], lines(PAGE))):
        (tmp_path / f"{number}").write_bytes(content)
    sources = [str(tmp_path / f"{number}") for number in range(4)]
    for name in ("nq", "nq.gz", "nt.gz", "ttl", "jsonld.gz"):
        written = []
        for jobs in ("1", "3"):
            output = tmp_path / f"{jobs}.{name}"
            status, _, err = run("export", *sources, "-o", str(output), "--jobs", jobs)
            assert status == 1, err
            written.append((output.read_bytes(), err.replace(str(output), "")))
        assert written[0] == written[1]


def test_all_formats_say_the_same_and_leave_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(xml("trastuzumab"))
    folder = tmp_path / "out"
    folder.mkdir()
    assert run("export", str(tmp_path / "a.xml"), "-o", str(folder))[0] == 0
    formats = {
        "nq": RdfFormat.N_QUADS,
        "trig": RdfFormat.TRIG,
        "nt": RdfFormat.N_TRIPLES,
        "ttl": RdfFormat.TURTLE,
        "rdf": RdfFormat.RDF_XML,
    }
    said = [
        {quad.triple for quad in parse((folder / f"her2.{name}").read_bytes(), format=format_) if is_named(quad)}
        for name, format_ in formats.items()
    ]
    assert len(said[0]) > 2_000
    assert all(each == said[0] for each in said)
    assert sorted(file.suffix for file in folder.iterdir()) == [".jsonld", ".nq", ".nt", ".rdf", ".trig", ".ttl"]


def test_without_abstracts_their_words_are_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(xml("a rare word and trastuzumab"))
    output = tmp_path / "a.nt"
    assert run("export", str(tmp_path / "a.xml"), "--no-abstract", "-o", str(output))[0] == 0
    written = output.read_text(encoding="utf-8")
    assert ("a rare word" in written, "sha256" in written, "start" in written) == (False, True, True)
    assert run("export", str(tmp_path / "a.xml"), "-o", str(output))[0] == 0
    assert "a rare word" in output.read_text(encoding="utf-8")


def test_curated_papers_and_records_go_together(tmp_path: Path, review_folder: Path) -> None:
    (tmp_path / "a.xml").write_bytes(xml())
    status, _, err = run("export", str(review_folder), str(tmp_path / "a.xml"), "-o", str(tmp_path / "a.nq"), "--json")
    assert (status, [each["source"] for each in json.loads(err)["read"]]) == (
        0,
        [str(review_folder), str(tmp_path / "a.xml")],
    )
    graphs = {str(quad.graph_name) for quad in parse((tmp_path / "a.nq").read_bytes(), format=RdfFormat.N_QUADS)}
    assert len(graphs) == 5
    for format_ in ("kgx", "nanopub"):
        status, _, err = run("export", str(tmp_path / "a.xml"), "--to", format_, "-o", str(tmp_path / "k"))
        assert (status, "records of PubMed have none" in err) == (2, True)


def test_a_bar_on_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(xml())
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    command = [sys.executable, "-m", "her2ld", "export", str(tmp_path / "a.xml"), "-o", str(tmp_path / "a.nq")]
    subprocess.run(command, stderr=theirs, check=True)
    os.close(theirs)
    shown = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert re.search(r"0%\|.*\[00:00<.*B/s", shown)


def test_no_bar_where_nobody_watches(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(xml())
    status, _, err = run("export", str(tmp_path / "a.xml"), "-o", str(tmp_path / "a.nq"))
    assert (status, len(err.splitlines()), "\r" in err) == (0, 2, False)


def test_an_error_goes_from_one_process_to_another_whole() -> None:
    error = RecordError([Problem("here", "is wrong", "mend it"), Problem("there", "is, too", "mend that")])
    assert pickle.loads(pickle.dumps(error)).problems == error.problems  # noqa: S301  # made on the line before


def test_records_of_a_folder_are_read_in_the_order_of_its_files_and_what_cannot_be_read_keeps_its_place(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.nbib").write_text("PMID- 7\nTI  - One\n\nPMID- 8\nTI  - Two\n", "utf-8")
    (tmp_path / "b.txt").write_text("nothing of PubMed", "utf-8")
    (tmp_path / "c.nbib").write_text("PMID- 9\nTI  - Three\n", "utf-8")
    read = list(read_records(tmp_path))
    assert [each.pmid if isinstance(each, Article) else type(each) for each in read] == ["7", "8", Refusal, "9"]
    with pytest.raises(RecordError, match="none"):
        list(read_records(tmp_path / "none"))
