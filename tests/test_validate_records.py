"""Validation of records of PubMed alone: nothing is said of statements that they lack. The records are made up."""

import gzip
from pathlib import Path

import pytest
from click.testing import CliRunner

from her2ld.cli import main

RECORD = (
    "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version='1'>{pmid}</PMID><Article><Journal><JournalIssue>"
    "<PubDate><Year>2001</Year></PubDate></JournalIssue><Title>J</Title></Journal><ArticleTitle>A title.</ArticleTitle>"
    "<Abstract><AbstractText>It is about trastuzumab.</AbstractText></Abstract></Article></MedlineCitation>"
    "</PubmedArticle></PubmedArticleSet>"
)
NBIB = "PMID- 12\nOWN - NLM\nTI  - A title.\nDP  - 2001\nSO  - J. 2001.\n"
ALONE = "no findings (of records alone; what is about statements had nothing to look at)"


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """Return the N-Quads of a record."""
    (tmp_path / "a.xml").write_text(RECORD.format(pmid=11), encoding="utf-8")
    assert run("export", str(tmp_path / "a.xml"), "-o", str(tmp_path / "a.nq"))[0] == 0
    return tmp_path / "a.nq"


def test_records_and_what_is_exported_of_them_conform_alike(exported: Path) -> None:
    of_records = run("validate", str(exported.with_name("a.xml")))
    assert of_records == run("validate", str(exported))
    assert of_records[0] == 0
    assert of_records[1].endswith(f"{ALONE}\n")
    assert of_records[1].count("\n") == 1


def test_other_forms_and_folders_are_read_too(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.xml.gz").write_bytes(gzip.compress(RECORD.format(pmid=11).encode()))
    (folder / "saved").write_text(NBIB, encoding="utf-8")
    status, out, err = run("validate", str(folder))
    assert (status, ALONE in out, err) == (0, True, "")


def test_what_is_wrong_with_a_record_is_found(exported: Path) -> None:
    lines = exported.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not (line.startswith("<https://w3id.org/her2ld/record/") and "sha256" in line)]
    assert len(kept) < len(lines)
    exported.write_text("".join(kept), encoding="utf-8")
    status, out, _ = run("validate", str(exported))
    assert status == 1
    assert "checked nothing" not in out
    assert "remedy:" in out


def test_a_record_that_is_refused_fails(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(RECORD.format(pmid=11)[:-40], encoding="utf-8")
    status, out, err = run("validate", str(tmp_path / "a.xml"))
    assert (status, "the file ends within the record" in err) == (1, True)
    assert out.endswith("1 problem in records\n")


def test_data_with_a_statement_are_not_records_alone(exported: Path) -> None:
    statement = (
        "<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/her2ld/Statement> "
        "<https://w3id.org/her2ld/graph/statements> .\n"
    )
    exported.write_text(exported.read_text(encoding="utf-8") + statement, encoding="utf-8")
    status, out, _ = run("validate", str(exported))
    assert status == 2
    assert "checked nothing: the data has no targetClass https://w3id.org/her2ld/Claim" in out


def test_shapes_of_one_s_own_still_tell_that_they_checked_nothing(exported: Path) -> None:
    shapes = exported.with_name("shapes.ttl")
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix her2: <https://w3id.org/her2ld/> .\n"
        '<urn:shape> a sh:NodeShape ; sh:targetClass her2:Claim ; sh:name "x" ; sh:nodeKind sh:IRI .\n',
        encoding="utf-8",
    )
    status, out, _ = run("validate", str(exported), "--shapes", str(shapes))
    assert (status, "It checked nothing" in out) == (2, True)
