"""Corrections that are given later than the record: by newer records of PubMed, or by a list with a paper a line.

A line of a list names the paper by its PMID or DOI, says what became of it in the words of ontology/records.ttl, and
names the notice by its PMID or DOI, if it is known::

    33100329  retracted in  34000000    # what follows a number sign is a remark
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from her2ld.errors import Problem, RecordError
from her2ld.pubmed import MeshTerm, Record
from her2ld.pubmed.article import Article, RelatedCitation
from her2ld.pubmed.record import record_key
from her2ld.vocabulary.steering import CitationKind, Steering

_LINE = re.compile(r"(?P<paper>\S+)\s+(?P<words>[^\d\s]\S*(?:\s+[^\d\s]\S*)*?)(?:\s+(?P<notice>\d\S*))?")
_PMID = re.compile(r"[1-9][0-9]{0,7}")
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")


@dataclass(frozen=True, slots=True)
class Later:
    """What became known of a paper after its record was read: its corrections, and further publication types."""

    corrections: tuple[RelatedCitation, ...] = ()
    publication_types: tuple[MeshTerm, ...] = ()


# What became known later, by the key of the paper (Record.key).
LaterByPaper = Mapping[str, Later]


def with_later(record: Record, later: Later) -> Record:
    """Return a record with what became known later; what was known before is kept."""
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
    """Return what two sources say of one paper, the first named before the other."""
    types = dict.fromkeys((*one.publication_types, *other.publication_types))
    return Later(_each_once(one.corrections, other.corrections), tuple(types))


def _each_once(first: Sequence[RelatedCitation], others: Sequence[RelatedCitation]) -> tuple[RelatedCitation, ...]:
    """Return the first and those of the others that do not name the same work in the same way."""
    known = {(each.kind, each.work) for each in first}
    return (*dict.fromkeys(first), *(each for each in others if (each.kind, each.work) not in known))


def joined(found: Iterable[LaterByPaper]) -> dict[str, Later]:
    """Return what several sources say, those named first before the others."""
    result: dict[str, Later] = {}
    for each in found:
        for key, later in each.items():
            result[key] = together(result.get(key, Later()), later)
    return result


def check_corrections(record: Record, steering: Steering, where: str) -> None:
    """Raise RecordError for an unknown kind, a paper that corrects itself, and two works that correct each other.

    Comments on a comment may name each other; only what bears on the standing of a paper is held against this.
    """
    problems = [
        Problem(where, f"“{each.kind}” is no kind of comment or correction that is known here", _known(steering))
        for each in record.corrections
        if each.kind not in steering.corrections
    ]
    known = [each for each in record.corrections if each.kind in steering.corrections]
    bearing = [each for each in known if _bears_on_standing(steering.corrections[each.kind], steering)]
    remedy = "look the paper up at PubMed, and give its record as it is there"
    for each in bearing:
        words = steering.corrections[each.kind].words[0]
        if record_key(each.pmid, each.doi) == record.key:
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


def corrections_in(
    articles: Iterable[Article], steering: Steering, cited_as: Callable[[Article], str]
) -> dict[str, Later]:
    """Return what records say of their own papers, and notices of the papers that they name, by the key of the paper.

    ``cited_as`` gives the citation of a notice.
    """
    inverses = {each.inverse: each for each in steering.corrections.values() if each.standing and each.inverse}

    def said(article: Article) -> Iterator[dict[str, Later]]:
        types = tuple(
            MeshTerm(each.name, each.identifier)
            for each in article.publication_types
            if each.name in steering.standing_of_type
        )
        yield {record_key(article.pmid, article.doi): Later(article.related, types)}
        yield {
            record_key(each.pmid, each.doi): Later(
                (RelatedCitation(inverses[each.kind].name, cited_as(article), article.pmid),)
            )
            for each in article.related
            if each.kind in inverses and (each.pmid or each.doi)
        }

    return joined(each for article in articles for each in said(article))


def read_corrections(files: Sequence[Path], steering: Steering) -> dict[str, Later]:
    """Read lists of corrections. Raises RecordError with every line that is not understood."""
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
            said = line.split("#")[0].strip()
            if said:
                read = _read_line(said, steering, f"{file}, line {number}")
                if isinstance(read, Problem):
                    problems.append(read)
                else:
                    found.append(read)
    if problems:
        raise RecordError(problems)
    return joined(found)


def _read_line(said: str, steering: Steering, where: str) -> dict[str, Later] | Problem:
    match = _LINE.fullmatch(said)
    if match is None:
        return Problem(
            where, f"“{said[:60]}” is no line of a list", "write PMID, what became of it, PMID of the notice"
        )
    paper, notice = _identifier(match["paper"]), _identifier(match["notice"] or "")
    if paper is None or (match["notice"] and notice is None):
        wrong = match["notice"] if paper else match["paper"]
        return Problem(where, f"“{wrong}” is neither a PMID nor a DOI", "write the number that PubMed gives the paper")
    words = " ".join(match["words"].casefold().split())
    kind = next((each for each in steering.corrections.values() if words in map(str.casefold, _names(each))), None)
    if kind is None or kind.standing is None:
        what = "says nothing of whether the paper stands" if kind else "is not known here"
        return Problem(where, f"“{words}” {what}", _known(steering, giving=True))
    if notice == paper:
        return Problem(where, "the paper and the notice are the same", "name the notice, or leave it out")
    pmid, doi = notice or (None, None)
    source = f"PMID: {pmid}" if pmid else f"doi: {doi}" if doi else "No notice is named."
    return {record_key(*paper): Later((RelatedCitation(kind.name, source, pmid),))}


def _identifier(text: str) -> tuple[str | None, str | None] | None:
    """Return a PMID and no DOI, or no PMID and a DOI; None for what is neither."""
    if _PMID.fullmatch(text):
        return text, None
    return (None, text) if _DOI.fullmatch(text) else None


def _names(kind: CitationKind) -> Iterator[str]:
    yield kind.name
    yield from kind.words


def _known(steering: Steering, *, giving: bool = False) -> str:
    names = (
        each.words[-1] if giving else each.name for each in steering.corrections.values() if each.standing or not giving
    )
    return f"write one of {', '.join(sorted(names))}"
