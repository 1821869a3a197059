"""How much of what a reader marked in 40 records is found, and how much of what is found is right.

README.md beside this file says what is marked. The records are not in the repository: they are read where they are at
hand.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from her2ld import Vocabulary
from her2ld.errors import Her2ldError, Problem
from her2ld.files.streams import opened_source
from her2ld.mentions import Mention, mention_finder, record_finder
from her2ld.pubmed.article import Article
from her2ld.pubmed.forms import records_in
from her2ld.vocabulary.model import HER2LD

TABLE = Path(__file__).parent / "mentions.tsv"
COLUMNS = ("pmid", "part", "start", "end", "exact", "kind", "term", "status")
HER2_TERMS = {
    "her2-gene": "HER2 gene",
    "her2-protein": "HER2 protein",
    "her2-other-species": "HER2 in other species",
}
# Of these kinds, some are a disease or an agent and some are not: they count where they are marked.
SOMETIMES = ("AdverseEvent", "Nanoparticle")
UNKNOWN = "-"
NOT_THERE = "is in none of the files"
WORDS = 30

Place = tuple[str, str]


@dataclass(frozen=True, order=True)
class Mark:
    """A name that a reader saw at ``start`` to ``end``, in code points, of a part of a record; ``term`` is a label."""

    pmid: str
    part: str
    start: int
    end: int
    exact: str
    kind: str
    term: str
    status: str

    @property
    def place(self) -> Place:
        """The record and its part."""
        return self.pmid, self.part

    @property
    def group(self) -> str:
        """What it is counted as: ``her2``, ``agent`` or ``disease``."""
        return self.kind.split("-")[0]


@dataclass(frozen=True, order=True)
class Found:
    """A mention that the finder reports: ``group`` is empty where it is of none that is marked.

    ``counts`` is false for the kinds that are only sometimes a disease or an agent: adverse events, nanoparticles.
    """

    start: int
    end: int
    exact: str
    term: str
    status: str
    group: str
    counts: bool = True


@dataclass(frozen=True)
class Score:
    """How many names of a kind are marked and which were missed, how many are reported and which of these are false.

    ``mentions`` is None where only recall is asked.
    """

    marked: int
    missed: tuple[Mark, ...]
    mentions: int | None
    false: tuple[tuple[Place, Found], ...]

    @property
    def recall(self) -> float:
        """The share of the marks that was found; 1 where nothing is marked."""
        return 1 - len(self.missed) / self.marked if self.marked else 1.0

    @property
    def precision(self) -> float:
        """The share of the mentions that is marked; 1 where nothing is found."""
        return 1 - len(self.false) / self.mentions if self.mentions else 1.0


@dataclass(frozen=True)
class Measured:
    """The scores by their names, and of the HER2 mentions that were found those whose status is wrong."""

    scores: Mapping[str, Score]
    her2_found: int
    wrong_status: tuple[tuple[Mark, Found], ...]

    @property
    def status_right(self) -> float:
        """The share of the HER2 mentions found that has the marked status."""
        return 1 - len(self.wrong_status) / self.her2_found if self.her2_found else 1.0


class MarksError(Her2ldError):
    """The marks do not fit the records."""


def read_marks(path: Path = TABLE) -> tuple[Mark, ...]:
    """Return the marks of the table, in its order."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(
            Mark(
                row["pmid"], row["part"], int(row["start"]), int(row["end"]),
                row["exact"], row["kind"], row["term"], row["status"],
            )
            for row in rows
        )  # fmt: skip


def marked_articles(marks: Iterable[Mark], files: Iterable[str]) -> dict[str, Article]:
    """Return the records that are marked, by PMID, as the files have them first; what else is there is passed over.

    Raises MarksError where a record is in none of the files, or has other characters at the place of a mark.
    """
    wanted = {mark.pmid for mark in marks}
    articles: dict[str, Article] = {}
    for file in files:
        if wanted <= articles.keys():
            break
        with opened_source(file) as stream:
            for each in records_in(stream, file)[1]:
                if isinstance(each, Article) and each.pmid in wanted:
                    articles.setdefault(each.pmid, each)
    problems = [
        Problem(f"PMID {pmid}", NOT_THERE, "name a file that holds the record")
        for pmid in sorted(wanted - articles.keys())
    ]
    texts = {(pmid, part): text for pmid, article in articles.items() for part, text in article.texts.items()}
    for mark in marks:
        there = texts.get(mark.place, "")[mark.start : mark.end]
        if mark.pmid in articles and there != mark.exact:
            problems.append(
                Problem(
                    f"PMID {mark.pmid}, {mark.part}, {mark.start} to {mark.end}",
                    f"“{there}” stands where “{mark.exact}” is marked",
                    "take the record of the version that was marked, or place the marks anew",
                )
            )
    if problems:
        raise MarksError(problems)
    return articles


def found_in(articles: Mapping[str, Article], vocabulary: Vocabulary) -> dict[Place, list[Found]]:
    """Return what the finder reports in each title and abstract."""
    find = record_finder(mention_finder(vocabulary), vocabulary)
    read = _reader(vocabulary)
    return {
        (pmid, part): [read(each) for each in mentions]
        for pmid, article in articles.items()
        for part, mentions in find(article).items()
    }


def _reader(vocabulary: Vocabulary) -> Callable[[Mention], Found]:
    terms = {term.iri.value: term for term in vocabulary.terms.values()}
    kinds = {name: NamedNode(HER2LD + name) for name in ("TherapeuticAgent", "Regimen", "Disease", *SOMETIMES)}
    groups = {
        "agent": frozenset({kinds["TherapeuticAgent"], kinds["Regimen"]}),
        "disease": frozenset({kinds["Disease"], kinds["AdverseEvent"]}),
    }
    sometimes = frozenset(kinds[name] for name in SOMETIMES)
    of_her2 = frozenset(HER2_TERMS.values())

    def read(mention: Mention) -> Found:
        term = terms[mention.term_iri]
        group = "her2" if term.label in of_her2 else ""
        group = group or next((name for name, those in groups.items() if vocabulary.is_one_of(term, those)), "")
        status = (mention.status_iri or "").rsplit("/")[-1].removesuffix("Status").lower() or UNKNOWN
        counts = not vocabulary.is_one_of(term, sometimes)
        return Found(mention.start, mention.end, mention.exact, term.label, status, group, counts)

    return read


def measured(marks: Sequence[Mark], found: Mapping[Place, Sequence[Found]]) -> Measured:
    """Return the scores of HER2, of its gene, its protein and other species, of agents and of diseases.

    A mark is found where a mention of its term holds all its characters: where the ontology has "trastuzumab emtansine
    (T-DM1)" as one name, both that are marked in it are found. A mention is right where it holds a mark of its term or
    lies within one. A mark without a term is found where a mention of its group has the same place. Of HER2 as a whole,
    gene, protein and other species are one.
    """
    by_place = defaultdict(list)
    for mark in marks:
        by_place[mark.place].append(mark)
    scores = {"HER2": _score("her2", by_place, found, _is_one_group)}
    for kind, term in HER2_TERMS.items():
        of_kind = {place: [mark for mark in here if mark.kind == kind] for place, here in by_place.items()}
        of_term = {place: [each for each in here if each.term == term] for place, here in found.items()}
        scores[f"HER2, {kind.removeprefix('her2-').replace('-', ' ')}"] = _score("her2", of_kind, of_term, _is_one_term)
    known = {place: [mark for mark in here if mark.term != UNKNOWN] for place, here in by_place.items()}
    for group, name in (("agent", "agents"), ("disease", "diseases")):
        scores[name] = _score(group, by_place, found, _is_one_term)
        in_ontology = _score(group, known, found, _is_one_term)
        scores[f"{name} that the ontology has"] = Score(in_ontology.marked, in_ontology.missed, None, ())
    statuses = [
        (mark, _nearest(mark, here))
        for mark in marks
        if mark.group == "her2"
        and (here := [each for each in found.get(mark.place, ()) if each.group == "her2" and _holds(each, mark)])
    ]
    wrong = tuple((mark, each) for mark, each in statuses if mark.status != each.status)
    return Measured(scores, len(statuses), wrong)


def _nearest(mark: Mark, mentions: Iterable[Found]) -> Found:
    return min(mentions, key=lambda each: (each.term != mark.term, each.end - each.start))


def _score(
    group: str,
    marks: Mapping[Place, Sequence[Mark]],
    found: Mapping[Place, Sequence[Found]],
    is_same: Callable[[Mark, Found], bool],
) -> Score:
    of_group = [mark for here in marks.values() for mark in here if mark.group == group]
    missed = tuple(
        mark
        for mark in of_group
        if not any(is_same(mark, each) and _holds(each, mark) for each in found.get(mark.place, ()))
    )
    reported = []
    false = []
    for place, here in found.items():
        for each in here:
            right = any(
                is_same(mark, each) and (_holds(each, mark) or _holds(mark, each)) for mark in marks.get(place, ())
            )
            if each.group == group and (each.counts or right):
                reported.append(each)
                if not right:
                    false.append((place, each))
    return Score(len(of_group), missed, len(reported), tuple(false))


def _holds(outer: Mark | Found, inner: Mark | Found) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _is_one_group(mark: Mark, found: Found) -> bool:
    return mark.group == found.group


def _is_one_term(mark: Mark, found: Found) -> bool:
    if mark.term == UNKNOWN:
        return mark.group == found.group and (mark.start, mark.end) == (found.start, found.end)
    return mark.term == found.term


def summary(result: Measured) -> Iterator[str]:
    """Yield the scores, a line each."""
    yield f"{'':32} {'marked':>7} {'recall':>7} {'found':>7} {'precision':>10}"
    for name, score in result.scores.items():
        precise = "" if score.mentions is None else f"{score.mentions:7} {score.precision:10.3f}"
        yield f"{name:32} {score.marked:7} {score.recall:7.3f} {precise}".rstrip()
    yield f"{'HER2, status right':32} {result.her2_found:7} {result.status_right:7.3f}"


def details(result: Measured, articles: Mapping[str, Article], found: Mapping[Place, Sequence[Found]]) -> Iterator[str]:
    """Yield each mark that was missed, each false mention and each wrong status, with the words around it."""

    def words(place: Place, each: Mark | Found) -> str:
        text = articles[place[0]].texts[place[1]]
        before, after = text[max(0, each.start - WORDS) : each.start], text[each.end : each.end + WORDS]
        return f"{place[0]} {place[1]} {each.start} …{before}[{each.exact}]{after}…"

    for name in ("HER2, gene", "HER2, protein", "HER2, other species", "agents", "diseases"):
        score = result.scores[name]
        for mark in score.missed:
            near = (each for each in found.get(mark.place, ()) if each.start < mark.end and mark.start < each.end)
            instead = "; ".join(f"{each.exact} = {each.term}" for each in near) or "nothing"
            yield f"{name}: missed {mark.term}: {words(mark.place, mark)} found: {instead}"
        for place, each in score.false:
            yield f"{name}: false {each.term}: {words(place, each)}"
    for mark, each in result.wrong_status:
        yield f"status: {each.status} for {mark.status}: {words(mark.place, mark)}"
