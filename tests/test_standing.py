"""Whether a paper still stands: every kind of correction, from every form of the record, given at once or later."""

import io
import itertools
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat

from her2ld import CurationError, RecordError, Vocabulary, build, read_curation, read_ontology, validate
from her2ld.cli import main
from her2ld.curation.paper_file import paper_file_text, read_paper_file, withheld_record
from her2ld.curation.record_file import read_corrections, read_given, read_record
from her2ld.dataset.articles import MeshNames, article_lines
from her2ld.dataset.curated_records import record_quads
from her2ld.pubmed.article import Abstract, Article, MeshTerm, RelatedCitation, Title
from her2ld.pubmed.nbib import read_nbib
from her2ld.pubmed.page import read_pages
from her2ld.pubmed.record import record_of
from her2ld.vocabulary import model as records
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model

with Path(__file__).with_name("corrections.toml").open("rb") as table:
    TABLE = tomllib.load(table)
KINDS = TABLE["kind"]
DTD = Path(__file__).parent / "pubmed" / "dtd_elements.tsv"
HER2LD = model.HER2LD
PAPER = NamedNode("http://rdf.ncbi.nlm.nih.gov/pubmed/77")

STATEMENTS = """[curation]
curator = "Test"
date = 2026-11-22

[[statement]]
subject = "HER2 protein"
relation = "binds"
object = "HER3 protein"
basis = "observed"
quote = "HER2 binds HER3 in cells."

[[gap]]
about = ["apoptosis"]
basis = "stated"
quote = "Apoptosis is unknown."
cue = ["unknown"]
unknown = "Apoptosis"
"""


def xml(more: str = "", *, types: str = "", pmid: str = "77", abstract: bool = True) -> str:
    """Return PubMed's XML of one paper, with more children of its MedlineCitation."""
    text = "<Abstract><AbstractText>HER2 binds HER3 in cells. Apoptosis is unknown.</AbstractText></Abstract>"
    return f"""<PubmedArticleSet><PubmedArticle>
<MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><Volume>1</Volume>
<PubDate><Year>2020</Year></PubDate></JournalIssue><Title>Test J</Title></Journal>
<ArticleTitle>A test</ArticleTitle>{text if abstract else ""}
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>{types}</PublicationTypeList>
</Article><MedlineJournalInfo><MedlineTA>Test J</MedlineTA></MedlineJournalInfo>{more}</MedlineCitation>
</PubmedArticle></PubmedArticleSet>
"""


def related(kind: str, pmid: str | None = "78", source: str = "Test J. 2021;2:1.") -> str:
    """Return a comment or correction as PubMed's XML has it."""
    number = f'<PMID Version="1">{pmid}</PMID>' if pmid else ""
    entry = f'<CommentsCorrections RefType="{kind}"><RefSource>{source}</RefSource>{number}</CommentsCorrections>'
    return f"<CommentsCorrectionsList>{entry}</CommentsCorrectionsList>"


def folder(place: Path, record: str | None = None) -> Path:
    """Write a curation folder."""
    place.mkdir(exist_ok=True)
    (place / "record.xml").write_text(record or xml(), encoding="utf-8")
    (place / "statements.toml").write_text(STATEMENTS, encoding="utf-8")
    return place


def said(place: Path, vocabulary: Vocabulary, **files: list[str]) -> tuple[Quad, ...]:
    """Return what a folder says beside the ontology, with records and lists of corrections given."""
    lists = [Path(each) for each in files.get("lists", [])]
    beside = read_given(files.get("records", []), lists, vocabulary.steering) if files else None
    axioms = set(vocabulary.quads)
    return tuple(quad for quad in build(vocabulary, [read_curation(place, vocabulary, beside)]) if quad not in axioms)


def standings(quads: tuple[Quad, ...]) -> set[str]:
    """Return the standings of the paper, which each of its statements must have, too."""
    found = {
        node: {
            str(quad.object).removeprefix(f"<{HER2LD}")[:-1]
            for quad in quads
            if quad.subject == node and quad.predicate == records.STANDING
        }
        for node in (PAPER, *(quad.subject for quad in quads if quad.predicate == standard.DERIVED_FROM))
        if node == PAPER or any(quad.subject == node and quad.predicate == model.EVIDENCE for quad in quads)
    }
    assert len(found) == 3
    assert all(each == found[PAPER] for each in found.values())
    return found[PAPER]


def is_plain(quads: tuple[Quad, ...]) -> bool:
    return any(quad.graph_name in (records.ASSERTED_GRAPH, records.HEDGED_GRAPH) for quad in quads)


# --- Every kind ---------------------------------------------------------------------------------------------------


def test_the_ontology_has_every_kind_and_no_other(vocabulary: Vocabulary) -> None:
    assert sorted(vocabulary.steering.corrections) == sorted(each["name"] for each in KINDS)
    assert vocabulary.steering.standing_of_type.keys() == {each["name"] for each in TABLE["publication_type"]}
    known = {value.inverse for value in vocabulary.steering.corrections.values()} - {None}
    assert known <= vocabulary.steering.corrections.keys()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind["name"])
def test_a_kind_gives_the_paper_and_its_statements_their_standing(
    kind: Mapping[str, Any], tmp_path: Path, vocabulary: Vocabulary
) -> None:
    quads = said(folder(tmp_path, xml(related(kind["name"]))), vocabulary)
    expected = {kind["standing"]} if "standing" in kind else set()
    assert standings(quads) == expected
    assert is_plain(quads) == kind["settles"]
    status = "AffirmedClaim" if kind["settles"] else "RetractedClaim"
    assert [quad.object for quad in quads if quad.predicate == model.CLAIM_STATUS] == [NamedNode(HER2LD + status)]
    citation = NamedNode(f"{HER2LD}record/pubmed/77#related-1")
    by = {quad.subject for quad in quads if (quad.predicate, quad.object) == (records.STANDING_SAID_BY, citation)}
    assert len(by) == (3 if expected else 0)
    assert {quad.object for quad in quads if (quad.subject, quad.predicate) == (citation, records.CITED_WORK)} == {
        NamedNode("http://rdf.ncbi.nlm.nih.gov/pubmed/78")
    }


@pytest.mark.parametrize("kind", TABLE["publication_type"], ids=lambda kind: kind["name"])
def test_a_publication_type_gives_a_standing_too(
    kind: Mapping[str, Any], tmp_path: Path, vocabulary: Vocabulary
) -> None:
    named = f'<PublicationType UI="{kind.get("identifier", "D000000")}">{kind["name"]}</PublicationType>'
    quads = said(folder(tmp_path, xml(types=named)), vocabulary)
    assert standings(quads) == {kind["standing"]}
    assert is_plain(quads) == kind["settles"]


@pytest.mark.parametrize("kind", [each for each in KINDS if "tag" in each], ids=lambda kind: kind["name"])
def test_the_nbib_form_has_the_same(kind: Mapping[str, Any]) -> None:
    text = f"PMID- 77\nTI  - A test\n{kind['tag']:<4}- Test J. 2021;2:1. PMID: 78\n"
    (article,) = read_nbib(io.BytesIO(text.encode()))
    assert isinstance(article, Article)
    assert article.related == (RelatedCitation(kind["name"], "Test J. 2021;2:1", "78"),)


@pytest.mark.parametrize("kind", [each for each in KINDS if "heading" in each], ids=lambda kind: kind["name"])
def test_the_page_of_pubmed_has_the_same(kind: Mapping[str, Any], tmp_path: Path) -> None:
    lines = f"{kind['heading']}\n    Test J. 2021;2:1. PMID: 78\n"
    begin = "A test\n\nTest J. 2020;1(1):1-2. doi: 10.1000/x.\n\n"
    text = f"1. Test J. 2020;1(1):1-2. doi: 10.1000/x.\n\nA test\n\n{lines}\nHER2 binds HER3.\n\nPMID: 77\n"
    (article,) = read_pages(io.BytesIO(text.encode()))
    assert isinstance(article, Article)
    expected = (RelatedCitation(kind["name"], "Test J. 2021;2:1", "78"),)
    assert (article.related, article.abstract.text) == (expected, "HER2 binds HER3.")
    for saved in (f"{begin}{lines}\nHER2 binds HER3.\n", f"{begin}HER2 binds HER3.\n\n{lines}"):
        (tmp_path / "record.txt").write_text(saved, encoding="utf-8")
        record = read_record(tmp_path)
        assert (record.corrections, record.abstract) == (expected, "HER2 binds HER3.")
    (tmp_path / "record.txt").write_text(f"{begin}HER2 binds.\n\n{lines}\nMore.\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"line 10.*“More.” is not known here: it follows the record"):
        read_record(tmp_path)


# --- Written and kept ---------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)
CITATIONS = st.builds(
    RelatedCitation,
    kind=st.sampled_from([each["name"] for each in KINDS]),
    source=WORDS | st.just("Test J. 2021;2:1. doi: 10.1000/a(1)b."),
    pmid=st.none() | st.integers(100, 10**7).map(str),
    version=st.sampled_from([None, "1", "2"]),
    note=st.none() | WORDS,
)


def of_standing(quads: Iterator[Quad] | tuple[Quad, ...]) -> set[Quad]:
    """Return what is said of the standing of a paper."""
    return {quad for quad in quads if quad.predicate in (records.STANDING, records.STANDING_SAID_BY)}


TYPES = st.lists(st.sampled_from([*(each["name"] for each in TABLE["publication_type"]), "Review"]), max_size=2)


@given(st.lists(CITATIONS, max_size=4), TYPES, st.sampled_from([None, "2"]))
def test_an_imported_record_has_the_standing_that_a_curated_paper_has(
    corrections: list[RelatedCitation], types: list[str], version: str | None
) -> None:
    steering = read_ontology().steering
    article = Article(
        pmid="77", version=version, title=Title("A"), abstract=Abstract("B."), related=tuple(corrections),
        publication_types=tuple(MeshTerm(each, "D000000") for each in types),
    )  # fmt: skip
    lines = article_lines(article, {}, MeshNames(), steering=steering)
    imported = of_standing(pyoxigraph.parse(lines, format=RdfFormat.N_QUADS))
    given_by = [each for each in corrections if (kind := steering.corrections[each.kind]) and kind.standing]
    assert sum(quad.predicate == records.STANDING_SAID_BY for quad in imported) == len(given_by)
    if version is None:
        assert imported == of_standing(tuple(record_quads(record_of(article, ""), (), (), steering)))
    assert bool(imported) == bool(given_by or set(types) - {"Review"})
    said = [line for line in lines.split("\n") if " <https://w3id.org/her2ld/standing" in line]
    assert len(said) == len(set(said)) == len(imported)
    assert not of_standing(pyoxigraph.parse(article_lines(article, {}, MeshNames()), format=RdfFormat.N_QUADS))


@pytest.mark.parametrize("form", ["xml", "nbib"])
def test_exported_records_say_whether_they_stand_and_are_valid(form: str, tmp_path: Path) -> None:
    """Each kind of NLM is a record of one file: the kinds that give no standing, too."""
    file, out = tmp_path / f"records.{form}", tmp_path / "records.nq"
    kinds = [each for each in KINDS if form == "xml" or "tag" in each]
    if form == "xml":
        texts = [xml(related(each["name"]), pmid=str(100 + n)) for n, each in enumerate(kinds)]
        inner = [each.removeprefix("<PubmedArticleSet>").rpartition("</PubmedArticleSet>")[0] for each in texts]
        file.write_text(f"<PubmedArticleSet>{''.join(inner)}</PubmedArticleSet>", encoding="utf-8")
    else:
        texts = [
            f"PMID- {100 + n}\nTI  - A test\n{each['tag']:<4}- Test J. 2021;2:1. PMID: 78\n"
            for n, each in enumerate(kinds)
        ]
        file.write_text("\n".join(texts), encoding="utf-8")
    assert run("export", file, "-o", out)[0] == 0
    quads = tuple(pyoxigraph.parse(out.read_bytes(), format=RdfFormat.N_QUADS))
    said_of = {
        (str(quad.subject)[1:-1].rpartition("/")[2], str(quad.object)[1:-1].removeprefix(HER2LD))
        for quad in quads
        if quad.predicate == records.STANDING and quad.graph_name == records.RECORDS_GRAPH
    }
    assert said_of == {(str(100 + n), each["standing"]) for n, each in enumerate(kinds) if "standing" in each}
    findings = validate(quads).findings
    assert [each for each in findings if "standing" in str(each) or "retracted" in str(each)] == []


def of_citations(quads: Iterator[Quad] | tuple[Quad, ...]) -> set[Quad]:
    """Return what is said of related citations."""
    quads = tuple(quads)
    nodes = {quad.object for quad in quads if quad.predicate == records.RELATED_CITATION}
    return {quad for quad in quads if quad.subject in nodes or quad.object in nodes} - {
        quad for quad in quads if quad.predicate == records.STANDING_SAID_BY
    }


@given(st.lists(CITATIONS, max_size=4))
def test_a_curated_paper_has_them_as_an_imported_record_has(corrections: list[RelatedCitation]) -> None:
    article = Article(pmid="77", title=Title("A"), abstract=Abstract("B."), related=tuple(corrections))
    imported = pyoxigraph.parse(article_lines(article, {}, MeshNames()), format=RdfFormat.N_QUADS)
    record = record_of(article, "")
    curated = tuple(record_quads(record, (), (), read_ontology().steering))
    assert of_citations(curated) == of_citations(imported)
    assert len(of_citations(curated)) >= 5 * len(corrections)
    kept = withheld_record(record, ())
    assert tomllib.loads(paper_file_text(kept)).get("corrections", []) == [
        {name: value for name, value in each._asdict().items() if value is not None} for each in corrections
    ]


@given(st.lists(CITATIONS, max_size=4))
def test_paper_toml_keeps_them(corrections: list[RelatedCitation]) -> None:
    article = Article(pmid="77", title=Title("A"), abstract=Abstract("B."), related=tuple(corrections))
    kept = withheld_record(record_of(article, ""), ())
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "paper.toml"
        file.write_text(paper_file_text(kept), encoding="utf-8")
        assert read_paper_file(file) == kept


def test_the_doi_of_a_citation_without_pmid_is_used(tmp_path: Path, vocabulary: Vocabulary) -> None:
    source = "Test J. 2021;2:1. doi: 10.1000/a(1)b."
    quads = said(folder(tmp_path, xml(related("ErratumIn", None, source))), vocabulary)
    assert [quad.object for quad in quads if quad.predicate == records.CITED_WORK] == [
        NamedNode("https://doi.org/10.1000/a(1)b")
    ]


# --- Given later --------------------------------------------------------------------------------------------------


def run(*arguments: str | Path) -> tuple[int, str, str]:
    """Run her2ld; return its exit status and what it says on standard output and on standard error."""
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    return result.exit_code, result.stdout, result.stderr


def kept(place: Path) -> Path:
    """Write a folder that has its record without the abstract."""
    folder(place)
    assert run("paper", "excerpt", place)[0] == 0
    (place / "record.xml").unlink()
    return place


LATER = {
    "a newer record": ("records", xml(related("RetractionIn")), {"Retracted"}),
    "a newer record without abstract": ("records", xml(related("ErratumIn"), abstract=False), {"Corrected"}),
    "a publication type": (
        "records", xml(types='<PublicationType UI="D016441">Retracted Publication</PublicationType>'), {"Retracted"},
    ),
    "the notice": ("records", xml(related("RetractionOf", "77"), pmid="78", abstract=False), {"Retracted"}),
    "a list": ("lists", "# a remark\n\n77 retracted in 78 # one\n77\tcorrected in\n", {"Retracted", "Corrected"}),
    "a list with a DOI": ("lists", "77 expression of concern in 10.1000/x\n1 retracted in 2\n", {"OfConcern"}),
    "a list with NLM's word": ("lists", "\ufeff77 PartialRetractionIn\r\n", {"PartlyRetracted"}),
}  # fmt: skip


@pytest.mark.parametrize("case", LATER)
def test_what_is_given_later_counts_and_leaves_the_folder_alone(
    case: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    how, text, expected = LATER[case]
    place = kept(tmp_path / "paper")
    before = {file.name: file.read_bytes() for file in place.iterdir()}
    later = tmp_path / "later"
    later.write_text(text, encoding="utf-8")
    assert standings(said(place, vocabulary)) == set()
    quads = said(place, vocabulary, **{how: [str(later)]})
    assert standings(quads) == expected
    assert is_plain(quads) == (not expected & {"Retracted", "PartlyRetracted"})
    assert {file.name: file.read_bytes() for file in place.iterdir()} == before


def test_what_is_known_is_kept_and_said_once(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A newer record that lacks a retraction does not take it back; the same citation twice is one."""
    place = folder(tmp_path / "paper", xml(related("RetractionIn")))
    newer, told = tmp_path / "newer.xml", tmp_path / "list"
    newer.write_text(xml(related("ErratumIn", "79")), encoding="utf-8")
    told.write_text("77 retracted in 78\n", encoding="utf-8")
    quads = said(place, vocabulary, records=[str(newer)], lists=[str(told)])
    assert standings(quads) == {"Retracted", "Corrected"}
    assert len({quad.object for quad in quads if quad.predicate == records.RELATED_CITATION}) == 2


@pytest.mark.slow
def test_every_verb_takes_them(tmp_path: Path) -> None:
    place = kept(tmp_path / "paper")
    told = tmp_path / "corrections.txt"
    told.write_text("77 retracted in 78\n", encoding="utf-8")
    out = tmp_path / "paper.trig"
    assert run("export", place, "--corrections", told, "-o", out)[0] == 0
    assert "her2:standing her2:Retracted" in " ".join(out.read_text(encoding="utf-8").split())
    status, shown, _ = run("validate", place, "--corrections", told)
    assert (status, shown.count("(warning of “a paper with statements was not retracted”)")) == (0, 1)
    assert run("validate", place, "--corrections", told, "--strict")[0] == 1
    assert run("validate", place, "--strict")[0] == 0
    assert run("site", place, "--corrections", told, "-o", tmp_path / "site")[0] == 0
    pages = list((tmp_path / "site" / "statement").glob("*.html"))
    assert pages
    assert all("retracted" in page.read_text(encoding="utf-8") for page in pages)
    told.write_text("10.1007/BF02967477 retracted in 78\n", encoding="utf-8")
    answer = run("query", "corrected_papers", "--corrections", told, "--to", "csv")[1]
    assert answer.count(f"{HER2LD}Retracted,PMID: 78,http://rdf.ncbi.nlm.nih.gov/pubmed/78,") == 49


def test_the_findings_of_a_folder_lead_nowhere_else(tmp_path: Path, vocabulary: Vocabulary) -> None:
    place = folder(tmp_path, xml(related("RetractionIn")))
    report = validate(build(vocabulary, [read_curation(place, vocabulary)]))
    (finding,) = report.findings
    assert (finding.focus, finding.value, finding.severity) == (PAPER, NamedNode(f"{HER2LD}Retracted"), "Warning")


def test_a_denial_that_was_retracted_disputes_nothing(tmp_path: Path, vocabulary: Vocabulary) -> None:
    first = read_curation(folder(tmp_path / "first"), vocabulary)
    denial = STATEMENTS.replace("HER2 binds HER3 in cells.", "HER2 does not bind HER3.").replace(
        'basis = "observed"', 'basis = "observed"\npolarity = "denied"\ncue = ["not"]'
    )
    for correction, is_stated in (("", False), (related("RetractionIn"), True)):
        record = xml(correction, pmid="80").replace("HER2 binds HER3 in cells.", "HER2 does not bind HER3.")
        place = folder(tmp_path / "second", record)
        (place / "statements.toml").write_text(denial, encoding="utf-8")
        quads = tuple(build(vocabulary, [first, read_curation(place, vocabulary)]))
        assert is_plain(quads) is is_stated


# --- What cannot be true ------------------------------------------------------------------------------------------

TWO_SIDES = related("RetractionIn").replace(
    "</CommentsCorrectionsList>", related("RetractionOf").removeprefix("<CommentsCorrectionsList>")
)
IMPOSSIBLE = {
    "itself": (xml(related("RetractionIn", "77")), "the paper names itself under “retraction in”"),
    "the other of itself": (xml(related("ErratumFor", "77")), "the paper names itself under “erratum for”"),
    "both sides": (xml(TWO_SIDES), "78 is both “retraction in” and “retraction of”"),
    "unknown": (xml(related("RevokedIn")), "“RevokedIn” is not a known kind of comment or correction"),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_a_record_that_cannot_be_true_is_named_and_nothing_is_written(
    case: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    record, what = IMPOSSIBLE[case]
    place = folder(tmp_path / "paper", record)
    with pytest.raises(RecordError) as raised:
        read_curation(place, vocabulary)
    assert what in str(raised.value)
    out = tmp_path / "out.nq"
    status, _, err = run("export", place, "-o", out)
    assert (status, what in err, str(place) in err, out.exists()) == (1, True, True, False)
    sound = kept(tmp_path / "sound")
    newer = tmp_path / "newer.xml"
    newer.write_text(record, encoding="utf-8")
    status, _, err = run("export", sound, "--records", newer, "-o", out)
    assert (status, what in err, out.exists()) == (1, True, False)


def test_two_records_that_contradict_each_other_are_named(tmp_path: Path) -> None:
    place = kept(tmp_path / "paper")
    files = [tmp_path / "one.xml", tmp_path / "two.xml"]
    for file, correction in zip(files, (related("RetractionIn"), ""), strict=True):
        file.write_text(xml(correction), encoding="utf-8")
    out = tmp_path / "out.nq"
    status, _, err = run("export", place, "--records", files[0], "--records", files[1], "-o", out)
    assert (status, out.exists()) == (2, False)
    assert "pubmed/77 occurs twice, with different comments and corrections" in err


def test_two_versions_of_a_paper_do_not_contradict_each_other(tmp_path: Path) -> None:
    place = kept(tmp_path / "paper")
    later = xml(related("UpdateOf", "76")).replace('<PMID Version="1">77', '<PMID Version="2">77')
    both = tmp_path / "both.xml"
    both.write_text(xml().replace("</PubmedArticleSet>", later.removeprefix("<PubmedArticleSet>")), encoding="utf-8")
    assert run("export", place, "--records", both, "-o", tmp_path / "out.nq")[0] == 0


def test_every_line_of_a_list_that_is_wrong_is_told_with_its_number(tmp_path: Path) -> None:
    place = kept(tmp_path / "paper")
    told = tmp_path / "corrections.txt"
    told.write_text(
        "77 retracted in 78\n77\n0077 retracted in 78\n77 revoked in 78\n77 comment in 78\n77 retracted in 77\n"
        "77 retracted in 7x\n",
        encoding="utf-8",
    )
    out = tmp_path / "out.nq"
    status, _, err = run("export", place, "--corrections", told, "-o", out)
    assert (status, out.exists()) == (2, False)
    lines = err.splitlines()
    assert {where: what for where, what in itertools.pairwise(lines) if where.startswith(str(told))} == {
        f"{told}, line 2": "  “77” is not a line of a list of corrections",
        f"{told}, line 3": "  “0077” is neither a PMID nor a DOI",
        f"{told}, line 4": "  “revoked in” is not known here",
        f"{told}, line 5": "  “comment in” does not change the standing of a paper",
        f"{told}, line 6": "  the paper and the notice are the same",
        f"{told}, line 7": "  “7x” is neither a PMID nor a DOI",
    }
    told.write_bytes(b"77 retracted in 78\n\xff")
    assert "is not UTF-8 (byte 19)" in run("export", place, "--corrections", told, "-o", out)[2]
    assert "cannot be read" in run("export", place, "--corrections", tmp_path / "none", "-o", out)[2]


@given(st.text(st.characters(codec="utf-8"), max_size=40) | st.from_regex(r"[0-9]{1,9} [a-z ]{3,20} [0-9]{1,3}"))
def test_any_line_is_read_or_refused(line: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "list"
        file.write_text(line, encoding="utf-8")
        try:
            found, places = read_corrections([file], read_ontology().steering), []
        except RecordError as error:
            found, places = {}, [problem.where for problem in error.problems]
    assert all(each.startswith(f"{file}, line ") for each in places)
    assert all(later.corrections for later in found.values())


def test_a_record_of_another_version_is_refused_whatever_it_corrects(tmp_path: Path, vocabulary: Vocabulary) -> None:
    place = kept(tmp_path / "paper")
    newer = tmp_path / "newer.xml"
    newer.write_text(xml(related("RetractionIn")).replace("A test", "RETRACTED: A test"), encoding="utf-8")
    with pytest.raises(CurationError, match="the title of the given record is not the one that was read"):
        said(place, vocabulary, records=[str(newer)])
