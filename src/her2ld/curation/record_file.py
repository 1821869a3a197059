"""The record of a curation folder: PubMed's page as ``record.txt``, its XML, its NBIB form, or ``paper.toml``."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from her2ld.curation.corrections import (
    Later,
    LaterByPaper,
    corrections_in,
    joined,
    read_corrections,
    together,
    with_later,
)
from her2ld.curation.excerpt import PAPER_FILE, given_whole, read_excerpt
from her2ld.errors import Problem, RecordError
from her2ld.pubmed import Record, read_pubmed_text
from her2ld.pubmed.article import Article, Refusal
from her2ld.pubmed.from_articles import cited_as, record_of
from her2ld.pubmed.sources import read_records
from her2ld.pubmed.streams import opened_source
from her2ld.vocabulary.steering import Steering

_BEFORE_IDENTIFIER = re.compile(r"(?:pmid|doi):?\s*|https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
_FORMS = ("record.txt", "record.xml", "record.nbib")


@dataclass(frozen=True, slots=True)
class Given:
    """What was given beside the folders, by the key of the paper (Record.key): records, and what is known by now."""

    records: Mapping[str, Record] = field(default_factory=dict)
    later: LaterByPaper = field(default_factory=dict)


def read_record(folder: Path, given: Given | None = None) -> Record:
    """Read the record of a folder; the abstract that ``paper.toml`` leaves out is taken from those ``given``.

    Corrections that were given are added to those of the folder. A record beside ``paper.toml`` is as good as one that
    is given. Raises RecordError where there is none, more than one, one that is broken, or one of another version.
    """
    found = [folder / name for name in _FORMS if (folder / name).exists()]
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise RecordError([Problem(str(folder), f"has {names}", "keep one form of the record")])
    given = given or Given()
    paper = folder / PAPER_FILE
    if not paper.exists():
        record = _read_whole(found[0] if found else folder / "record.txt")
        return with_later(record, given.later.get(record.key, Later()))
    excerpt = read_excerpt(paper)
    whole = _read_whole(found[0]) if found else given.records.get(excerpt.key)
    if whole and whole.key != excerpt.key:
        what = f"is the record of {whole.key}, and {PAPER_FILE} that of {excerpt.key}"
        raise RecordError([Problem(str(found[0]), what, "keep the two of one paper")])
    later = given.later.get(excerpt.key, Later())
    if whole is None:
        return with_later(excerpt, later)
    return with_later(given_whole(excerpt, whole, str(paper)), together(later, Later(whole.corrections)))


def _read_whole(file: Path) -> Record:
    if file.name == "record.txt":
        return read_pubmed_text(file)
    papers = _articles(str(file))
    if len(papers) != 1:
        remedy = "keep the record of the paper alone in the file"
        raise RecordError([Problem(str(file), f"holds {len(papers)} records, not one", remedy)])
    return record_of(papers[0], str(file))


def read_given(sources: Iterable[str], lists: Sequence[Path] = (), steering: Steering | None = None) -> Given:
    """Read the records of files of PubMed, and lists of corrections.

    By ``steering``, corrections are read of every record, those without title or abstract among them: a notice says
    what became of the papers that it names. Raises RecordError where a file cannot be read, or one paper has two
    records that differ in title, abstract or corrections.
    """
    articles = [(source, each) for source in sources for each in _articles(source)]
    records, _ = _offered(articles)
    later: list[LaterByPaper] = []
    if steering:
        later.append(corrections_in((each for _, each in articles), steering, cited_as))
        later.append(read_corrections(lists, steering))
    return Given({record.key: record for record in records}, joined(later))


def read_offered(sources: Iterable[str], wanted: Sequence[str] = ()) -> tuple[list[Record], list[Problem]]:
    """Read the records of files of PubMed that can be curated, each paper once, and say of the others why not.

    Of the others nothing is said where ``wanted`` are PMIDs or DOIs: then only these records are read. Raises
    RecordError where a file cannot be read or lacks what is wanted, or one paper has two records that differ in title,
    abstract or corrections.
    """
    articles = [(source, each) for source in sources for each in _articles(source)]
    return _offered(_chosen(articles, wanted) if wanted else articles)


def _chosen(articles: Sequence[tuple[str, Article]], wanted: Sequence[str]) -> list[tuple[str, Article]]:
    """Return the records with the PMIDs or DOIs, in the order of the files."""
    named = [{name.casefold(): name for name in (each.pmid, each.doi) if name} for _, each in articles]
    asked = {_BEFORE_IDENTIFIER.sub("", each.strip()).casefold(): each for each in wanted}
    known = {folded: name for names in named for folded, name in names.items()}
    count = f"{len(articles):,} record{'s' * (len(articles) != 1)}"
    where = ", ".join(dict.fromkeys(source for source, _ in articles))
    problems = []
    for folded in asked.keys() - known.keys():
        nearest = difflib.get_close_matches(folded, known, n=1, cutoff=0.75)
        remedy = f"did you mean {known[nearest[0]]}?" if nearest else "give the PMID or the DOI of one of them"
        problems.append(Problem(where, f"has no record of {asked[folded]} among its {count}", remedy))
    if problems:
        raise RecordError(sorted(problems, key=lambda each: each.what))
    return [each for each, names in zip(articles, named, strict=True) if not asked.keys().isdisjoint(names)]


def _offered(articles: Iterable[tuple[str, Article]]) -> tuple[list[Record], list[Problem]]:
    found: dict[str, Record] = {}
    versions: dict[str, str | None] = {}
    refused: list[Problem] = []
    problems: list[Problem] = []
    for source, article in articles:
        try:
            record = record_of(article, f"{source}, {article.pmid or article.doi or 'a record'}")
        except RecordError as error:
            refused += error.problems
            continue
        before = found.setdefault(record.key, record)
        version = versions.setdefault(record.key, article.version)
        if before.texts != record.texts:
            what = f"{record.key} is there twice, with different texts"
            problems.append(Problem(source, what, "give the record of the version that was read"))
        elif version == article.version and set(before.corrections) != set(record.corrections):
            what = f"{record.key} is there twice, with different comments and corrections"
            problems.append(Problem(source, what, "give the newer of the two records"))
    if problems:
        raise RecordError(problems)
    return list(found.values()), refused


def _articles(source: str) -> list[Article]:
    with opened_source(source) as stream:
        _, records = read_records(stream, source)
        articles = list(records)
    refused = [each for each in articles if isinstance(each, Refusal)]
    if refused:
        raise RecordError([Problem(source, each.what, each.remedy) for each in refused])
    return [each for each in articles if isinstance(each, Article)]
