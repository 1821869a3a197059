"""What papers say together, as ``her2ld claims`` shows it: compared, by support, and in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from her2ld.dataset.said import said_in
from her2ld.dataset.statements import read_statements, read_studies
from her2ld.dataset.years import year_of
from her2ld.errors import Problem, QueryError
from her2ld.statements.comparison import Compared, compare
from her2ld.statements.plain import Judge, judge
from her2ld.statements.support import Stance, Support, is_about, is_said_with, supports
from her2ld.statements.telling import claim_words, years

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Quad

    from her2ld.dataset.said import Said
    from her2ld.statements import Claim, Statement
    from her2ld.vocabulary.ontology import Vocabulary


def find_term(name: str, vocabulary: "Vocabulary") -> NamedNode:
    """Return the term of that name. Raises QueryError, with the name that was likely meant."""
    found = vocabulary.find(name)
    if found:
        return found.iri
    nearest = vocabulary.nearest(name)
    remedy = f"did you mean “{nearest}”?" if nearest else "give a name of the ontology, or none for all claims"
    raise QueryError([Problem(name or "“”", "is the name of no term", remedy)])


@dataclass(frozen=True, slots=True)
class Together:
    """What papers say together, and what it takes to show it; ``supports`` are those that were asked for.

    ``statements`` are all of them, by IRI: what opposes a claim may be of another.
    """

    said: "Said"
    by: Judge
    vocabulary: "Vocabulary"
    comparison: Compared
    statements: "Mapping[NamedNode, Statement]"
    supports: tuple[Support, ...]

    @classmethod
    def of(cls, quads: "Iterable[Quad]", vocabulary: "Vocabulary", about: NamedNode | None) -> "Together":
        """Compare all that quads say; keep the claims on ``about``, all of them without it."""
        said = said_in(quads)
        by = judge(vocabulary.steering, *read_studies(said))
        statements = {each.iri: each for each in read_statements(said)}
        comparison = compare(statements.values(), by)
        found = supports(statements.values(), comparison, by, lambda claim: claim_words(claim, vocabulary.label))
        asked = tuple(
            each
            for each in found
            if about is None
            or is_about(each.claim, about, by)
            or any(is_said_with(statement, about, by) for _, statement in each)
        )
        return cls(said, by, vocabulary, comparison, statements, asked)

    def words(self, claim: "Claim | None") -> str:
        """Return a claim in words."""
        return claim_words(claim, self.vocabulary.label)

    def year(self, paper: NamedNode | None) -> str:
        """Return the year of a paper; an empty text where the data do not say."""
        year = year_of(paper, self.said)
        return "" if year is None else f"{year:04}"

    def first_said(self, support: Support) -> str:
        """Return the year of the first paper that affirms a claim, if with a hedge; an empty text where none does."""
        return next(iter(years(support.papers(Stance.AFFIRMS, Stance.HEDGES), self.year)), "")

    def name(self, value: NamedNode | Literal) -> str:
        """Return a value of a setting in words."""
        if isinstance(value, Literal):
            return value.value
        group = self.by.groups.get(value)
        return group.called or value.value if group else self.vocabulary.label(value)
