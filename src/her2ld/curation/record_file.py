"""The record of a curation folder, and later corrections of it.

The record is PubMed's page as ``record.txt``, its XML, its NBIB form, or ``paper.toml``. Corrections come from newer
records of PubMed, or from a list with one paper a line.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from her2ld.curation.paper_file import PAPER_FILE, given_whole, read_paper_file
from her2ld.errors import Problem, RecordError
from her2ld.files.streams import opened_source
from her2ld.iris import record_key
from her2ld.pubmed import MeshTerm, Record, read_pubmed_text
from her2ld.pubmed.article import Article, Refusal, RelatedCitation
from her2ld.pubmed.forms import records_in
from her2ld.pubmed.record import cited_as, record_of
from her2ld.texts import with_noun
from her2ld.vocabulary.steering import CitationKind, Steering

_LINE = re.compile(r"(?P<paper>\S+)\s+(?P<words>[^\d\s]\S*(?:\s+[^\d\s]\S*)*?)(?:\s+(?P<notice>\d\S*))?")
_PMID = re.compile(r"[1-9][0-9]{0,7}")
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")


@dataclass(frozen=True, slots=True)
class Later:
    """Later news of a paper than its record: its corrections, and further publication types."""

    corrections: tuple[RelatedCitation, ...] = ()
    publication_types: tuple[MeshTerm, ...] = ()


# Later news, by the key of the paper (:func:`her2ld.iris.record_key`).
LaterByPaper = Mapping[str, Later]


def with_later(record: Record, later: Later) -> Record:
    """Return a record with the later news added; earlier data are kept."""
    names = {each.name for each in record.publication_types}
    return replace(
        record,
        corrections=_each_once(later.corrections, record.corrections),
        publication_types=(
            *record.publication_types,
            *(each for each in later.publication_types if each.name not in names),
        ),
    )


def together(one: Later, other: Later) -> Later:
    """Return the news of one paper from two sources, in the order of the sources."""
    types = dict.fromkeys((*one.publication_types, *other.publication_types))
    return Later(_each_once(one.corrections, other.corrections), tuple(types))


def _each_once(first: Sequence[RelatedCitation], others: Sequence[RelatedCitation]) -> tuple[RelatedCitation, ...]:
    """Return the first citations, and those of the others that do not repeat one of them."""
    known = {(each.kind, each.work) for each in first}
    return (*dict.fromkeys(first), *(each for each in others if (each.kind, each.work) not in known))


def joined(found: Iterable[LaterByPaper]) -> dict[str, Later]:
    """Return the news from several sources, in the order of the sources."""
    result: dict[str, Later] = {}
    for each in found:
        for key, later in each.items():
            result[key] = together(result.get(key, Later()), later)
    return result


def check_corrections(record: Record, steering: Steering, where: str) -> None:
    """Raise RecordError for an unknown kind, a paper that corrects itself, and two works that correct each other.

    Comments on a comment may name each other: only works that change the standing of a paper are checked.
    """
    problems = [
        Problem(where, f"“{each.kind}” is not a known kind of comment or correction", _known(steering))
        for each in record.corrections
        if each.kind not in steering.corrections
    ]
    known = [each for each in record.corrections if each.kind in steering.corrections]
    bearing = [each for each in known if _bears_on_standing(steering.corrections[each.kind], steering)]
    remedy = "look the paper up at PubMed, and give its record as it is there"
    for each in bearing:
        words = steering.corrections[each.kind].words[0]
        if record_key(each) == record_key(record):
            problems.append(Problem(where, f"the paper names itself under “{words}”", remedy))
        other = steering.corrections[each.kind].inverse
        if any(one.kind == other and one.work == each.work for one in bearing):
            what = f"{each.work} is both “{words}” and “{steering.corrections[other or ''].words[0]}”"
            problems.append(Problem(where, what, remedy))
    if problems:
        raise RecordError(list(dict.fromkeys(problems)))


def _bears_on_standing(kind: CitationKind, steering: Steering) -> bool:
    sides = [kind, *(each for each in steering.corrections.values() if each.inverse == kind.name)]
    return any(each.standing for each in sides)


def corrections_in(articles: Iterable[Article], steering: Steering) -> dict[str, Later]:
    """Return, by the key of the paper, the news in the records of papers themselves, and in notices about them."""
    inverses = {each.inverse: each for each in steering.corrections.values() if each.standing and each.inverse}

    def news_of(article: Article) -> Iterator[dict[str, Later]]:
        types = tuple(each for each in article.publication_types if each.name in steering.standing_of_type)
        yield {record_key(article): Later(article.related, types)}
        yield {
            record_key(each): Later((RelatedCitation(inverses[each.kind].name, cited_as(article), article.pmid),))
            for each in article.related
            if each.kind in inverses and (each.pmid or each.doi)
        }

    return joined(each for article in articles for each in news_of(article))


def read_corrections(files: Sequence[Path], steering: Steering) -> dict[str, Later]:
    """Read lists of corrections. Raises RecordError with every invalid line."""
    found: list[dict[str, Later]] = []
    problems: list[Problem] = []
    for file in files:
        try:
            text = file.read_text(encoding="utf-8-sig")
        except OSError as error:
            problems.append(Problem(str(file), f"cannot be read ({error.strerror})", "give a file of text"))
            continue
        except UnicodeDecodeError as error:
            problems.append(Problem(str(file), f"is not UTF-8 (byte {error.start})", "save it as UTF-8"))
            continue
        for number, line in enumerate(text.splitlines(), 1):
            entry = line.split("#")[0].strip()
            if entry:
                read = _read_line(entry, steering, f"{file}, line {number}")
                if isinstance(read, Problem):
                    problems.append(read)
                else:
                    found.append(read)
    if problems:
        raise RecordError(problems)
    return joined(found)


def _read_line(entry: str, steering: Steering, where: str) -> dict[str, Later] | Problem:
    match = _LINE.fullmatch(entry)
    if match is None:
        return Problem(
            where,
            f"“{entry[:60]}” is not a line of a list of corrections",
            "write the PMID, the kind of correction, and the PMID of the notice",
        )
    paper, notice = _identifier(match["paper"]), _identifier(match["notice"] or "")
    if paper is None or (match["notice"] and notice is None):
        wrong = match["notice"] if paper else match["paper"]
        return Problem(where, f"“{wrong}” is neither a PMID nor a DOI", "write the number that PubMed gives the paper")
    words = " ".join(match["words"].casefold().split())
    kind = next((each for each in steering.corrections.values() if words in map(str.casefold, _names(each))), None)
    if kind is None or kind.standing is None:
        what = "does not change the standing of a paper" if kind else "is not known here"
        return Problem(where, f"“{words}” {what}", _known(steering, giving=True))
    if notice == paper:
        return Problem(where, "the paper and the notice are the same", "name the notice, or leave it out")
    pmid, doi = notice or (None, None)
    source = f"PMID: {pmid}" if pmid else f"doi: {doi}" if doi else "No notice is named."
    return {record_key(paper): Later((RelatedCitation(kind.name, source, pmid),))}


class _Named(NamedTuple):
    """A paper in a line of a list: it has either a PMID or a DOI."""

    pmid: str | None
    doi: str | None


def _identifier(text: str) -> _Named | None:
    if _PMID.fullmatch(text):
        return _Named(text, None)
    return _Named(None, text) if _DOI.fullmatch(text) else None


def _names(kind: CitationKind) -> Iterator[str]:
    yield kind.name
    yield from kind.words


def _known(steering: Steering, *, giving: bool = False) -> str:
    names = (
        each.words[-1] if giving else each.name for each in steering.corrections.values() if each.standing or not giving
    )
    return f"write one of {', '.join(sorted(names))}"


_BEFORE_IDENTIFIER = re.compile(r"(?:pmid|doi):?\s*|https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
_FORMS = ("record.txt", "record.xml", "record.nbib")


@dataclass(frozen=True, slots=True)
class Given:
    """Records and later news given beside the folders, by the key of the paper (:func:`her2ld.iris.record_key`)."""

    records: Mapping[str, Record] = field(default_factory=dict)
    later: LaterByPaper = field(default_factory=dict)


def read_record(folder: Path, given: Given | None = None) -> Record:
    """Read the record of a folder; the abstract that ``paper.toml`` leaves out is taken from the ``given`` records.

    Given corrections are added to those of the folder. A record beside ``paper.toml`` counts as given. Raises
    RecordError if there is no record or more than one, or if it is broken or of another version.
    """
    found = [folder / name for name in _FORMS if (folder / name).exists()]
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise RecordError([Problem(str(folder), f"has {names}", "keep one form of the record")])
    given = given or Given()
    paper = folder / PAPER_FILE
    if not paper.exists():
        record = _read_whole(found[0] if found else folder / "record.txt")
        return with_later(record, given.later.get(record_key(record), Later()))
    excerpt = read_paper_file(paper)
    whole = _read_whole(found[0]) if found else given.records.get(record_key(excerpt))
    if whole and record_key(whole) != record_key(excerpt):
        what = f"is the record of {record_key(whole)}, and {PAPER_FILE} that of {record_key(excerpt)}"
        raise RecordError([Problem(str(found[0]), what, "keep the two of one paper")])
    later = given.later.get(record_key(excerpt), Later())
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

    With ``steering``, corrections are read from every record, even without title or abstract, because a notice reports
    on the papers that it names. Raises RecordError if a file cannot be read, or if two records of one paper differ in
    title, abstract or corrections.
    """
    articles = [(source, each) for source in sources for each in _articles(source)]
    records, _ = _offered(articles)
    later: list[LaterByPaper] = []
    if steering:
        later.append(corrections_in((each for _, each in articles), steering))
        later.append(read_corrections(lists, steering))
    return Given({record_key(record): record for record in records}, joined(later))


def read_offered(sources: Iterable[str], wanted: Sequence[str] = ()) -> tuple[list[Record], list[Problem]]:
    """Return the records in files of PubMed that can be curated, each paper once, and a problem for each other record.

    If ``wanted`` has PMIDs or DOIs, only these records are read, without problems for others. Raises RecordError if a
    file cannot be read, if a wanted record is missing, or if two records of one paper differ in title, abstract or
    corrections.
    """
    articles = [(source, each) for source in sources for each in _articles(source)]
    return _offered(_chosen(articles, wanted) if wanted else articles)


def _chosen(articles: Sequence[tuple[str, Article]], wanted: Sequence[str]) -> list[tuple[str, Article]]:
    """Return the records with the PMIDs or DOIs, in the order of the files."""
    named = [{name.casefold(): name for name in (each.pmid, each.doi) if name} for _, each in articles]
    asked = {_BEFORE_IDENTIFIER.sub("", each.strip()).casefold(): each for each in wanted}
    known = {folded: name for names in named for folded, name in names.items()}
    where = ", ".join(dict.fromkeys(source for source, _ in articles))
    problems = []
    for folded in asked.keys() - known.keys():
        nearest = difflib.get_close_matches(folded, known, n=1, cutoff=0.75)
        remedy = f"did you mean {known[nearest[0]]}?" if nearest else "give the PMID or the DOI of one of them"
        what = f"has no record of {asked[folded]} among its {with_noun(len(articles), 'record')}"
        problems.append(Problem(where, what, remedy))
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
        before = found.setdefault(record_key(record), record)
        version = versions.setdefault(record_key(record), article.version)
        if before.texts != record.texts:
            what = f"{record_key(record)} occurs twice, with different texts"
            problems.append(Problem(source, what, "give the record of the version that was read"))
        elif version == article.version and set(before.corrections) != set(record.corrections):
            what = f"{record_key(record)} occurs twice, with different comments and corrections"
            problems.append(Problem(source, what, "give the newer of the two records"))
    if problems:
        raise RecordError(problems)
    return list(found.values()), refused


def _articles(source: str) -> list[Article]:
    with opened_source(source) as stream:
        _, records = records_in(stream, source)
        articles = list(records)
    refused = [each for each in articles if isinstance(each, Refusal)]
    if refused:
        raise RecordError([Problem(source, each.what, each.remedy) for each in refused])
    return [each for each in articles if isinstance(each, Article)]
