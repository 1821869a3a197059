"""What ``her2ld claims`` prints: claims by support, disagreements with both sides, and numbers that differ."""

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from her2ld.cli.printing import echo, style
from her2ld.dataset.node_data import data_in
from her2ld.dataset.standing import year_of
from her2ld.dataset.statements import read_statements, read_studies
from her2ld.errors import Problem, QueryError
from her2ld.statements.paper_comparison import (
    Compared,
    Stance,
    Status,
    Support,
    claim_words,
    compare,
    difference_words,
    disagreement_words,
    is_about,
    is_given_with,
    number_setting,
    number_words,
    opposing,
    part_names,
    patients,
    setting_words,
    sizes,
    stance,
    statement_setting,
    support_words,
    supports,
    years,
)
from her2ld.statements.plain import Judge, certainty, judge
from her2ld.texts import counted

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from her2ld.dataset.node_data import NodeData
    from her2ld.statements import Claim, Result, Statement
    from her2ld.statements.disagreements import Disagreement, NumberDifference
    from her2ld.vocabulary.ontology import Vocabulary


def find_term(name: str, vocabulary: "Vocabulary") -> NamedNode:
    """Return the term of that name. Raises QueryError, with the name that was likely meant, or names with its words."""
    found = vocabulary.find(name)
    if found:
        return found.iri
    nearest = vocabulary.nearest(name)
    likely = (nearest,) if nearest else vocabulary.names_with(name)
    meant = " or ".join(f"“{each}”" for each in likely)
    remedy = f"did you mean {meant}?" if likely else "give a name of the ontology, or none for all claims"
    raise QueryError([Problem(name or "“”", "is not the name of a term", remedy)])


@dataclass(frozen=True, slots=True)
class Together:
    """What papers say together, and what it takes to show it; ``supports`` are those that were asked for.

    ``statements`` are all of them, by IRI: what opposes a claim may be of another.
    """

    said: "NodeData"
    by: Judge
    vocabulary: "Vocabulary"
    comparison: Compared
    statements: "Mapping[NamedNode, Statement]"
    supports: tuple[Support, ...]

    @classmethod
    def of(cls, quads: "Iterable[Quad]", vocabulary: "Vocabulary", about: NamedNode | None) -> "Together":
        """Compare all that quads say; keep the claims on ``about``, all of them without it."""
        said = data_in(quads)
        by = judge(vocabulary.steering, *read_studies(said))
        statements = {each.iri: each for each in read_statements(said)}
        comparison = compare(statements.values(), by)
        found = supports(statements.values(), comparison, by, lambda claim: claim_words(claim, vocabulary.label))
        asked = tuple(
            each
            for each in found
            if about is None
            or is_about(each.claim, about, by)
            or any(is_given_with(statement, about, by) for _, statement in each)
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


_WIDTH = 116


def tell_claims(together: Together, form: str) -> None:
    """Print the claims with the papers that affirm, hedge, deny or do not find them."""
    if form == "text":
        for each in together.supports:
            first = together.first_said(each)
            since = f", first said in {first}" if first else ""
            echo(style(together.words(each.claim), bold=True), f": {_label(each.status, together)}{since}")
            _wrapped("; ".join(support_words(each, together.year, together.by)), "  ")
        echo(f"{counted(len(together.supports), 'claim')}{_statuses(together)}")
        return
    _write(form, [_claim_row(each, together) for each in together.supports], _CLAIM_COLUMNS)


_CLAIM_COLUMNS = (
    "subject", "relation", "object", "status", "affirming", "hedging", "denying", "not_finding", "leaving_open",
    "asking", "retracted", "n", "years", "first_said", "claim",
)  # fmt: skip


def _claim_row(support: Support, together: Together) -> dict[str, object]:
    claim = support.claim
    ends = [together.vocabulary.label(each) if each else "" for each in (claim.subject, claim.relation, claim.object)]
    counts = [len(support.papers(each)) for each in Stance]
    return dict(
        zip(
            _CLAIM_COLUMNS,
            (
                *ends,
                _label(support.status, together),
                *counts,
                sizes((each for of, each in support if of is not Stance.RETRACTED), together.by),
                years(support.papers(*Stance), together.year),
                together.first_said(support),
                claim.iri.value,
            ),
            strict=True,
        )
    )


def tell_disagreements(together: Together, form: str, *, disputed: bool) -> None:
    """Print the claims that are disputed, or those that are limited, with what is said on both sides."""
    wanted = Status.DISPUTED if disputed else Status.LIMITED
    asked = [each for each in together.supports if each.status is wanted]
    statements = together.statements
    shown = [
        (support, each) for support in asked for each in opposing((said for _, said in support), together.comparison)
    ]
    if form != "text":
        rows = [row for support, each in shown for row in _side_rows(support, each, statements, together)]
        _write(form, rows, _SIDE_COLUMNS)
        return
    told: Support | None = None
    for support, each in shown:
        if support is not told:
            echo(style(together.words(support.claim), bold=True), f": {_label(support.status, together)}")
            told = support
        _tell_disagreement(support, each, statements, together)
    echo(f"{counted(len(asked), 'claim')} {'disputed' if disputed else 'limited'}")


def _tell_disagreement(
    support: Support, each: "Disagreement", statements: "Mapping[NamedNode, Statement]", together: Together
) -> None:
    own = (said for _, said in support)
    echo(f"  {disagreement_words(each, own, together.vocabulary.label)}")
    for side in (each.one_side, each.other_side):
        for iri in side:
            _tell_statement(statements[iri], together, support.claim)


def _tell_statement(statement: "Statement", together: Together, of: "Claim") -> None:
    claim = "" if statement.claim == of else f", of “{together.words(statement.claim)}”"
    size = patients(statement, together.by)
    parts = [
        stance(statement, together.by).value + claim,
        together.year(statement.paper),
        _paper(statement),
        setting_words(statement_setting(statement, together.by), together.name),
        f"n = {size}" if size is not None else "",
    ]
    _tell_quoted(parts, statement)


def _tell_quoted(parts: Iterable[str], statement: "Statement") -> None:
    """Print what is told of a statement, and its words below."""
    _wrapped(", ".join(filter(None, parts)), "    ")
    for span in statement.evidence[:1]:
        _wrapped(f"“{span.exact}”", "      ")


# Where a row comes from, at the end of each.
_SOURCE_COLUMNS = ("paper", "year", "quote", "statement", "claim")
_SIDE_COLUMNS = (
    "claim_in_words", "status", "effect", "opposition", "differs_in", "side", "stance", "certainty", "said_claim",
    "setting", "n", *_SOURCE_COLUMNS,
)  # fmt: skip


def _side_rows(
    support: Support, each: "Disagreement", statements: "Mapping[NamedNode, Statement]", together: Together
) -> Iterator[dict[str, object]]:
    for side, iris in (("one", each.one_side), ("other", each.other_side)):
        for iri in iris:
            statement = statements[iri]
            sure = certainty(statement)
            values = (
                together.words(support.claim),
                _label(support.status, together),
                "disputed" if iri in each.disputed else "limited" if iri in each.limited else "",
                together.vocabulary.label(each.why.value),
                part_names(each.differs),
                side,
                stance(statement, together.by).value,
                together.vocabulary.label(sure) if sure else "",
                together.words(statement.claim),
                setting_words(statement_setting(statement, together.by), together.name),
                patients(statement, together.by),
                *_source(statement, support, together),
            )
            yield dict(zip(_SIDE_COLUMNS, values, strict=True))


def _source(statement: "Statement", support: Support, together: Together) -> tuple[str, ...]:
    """Return the values of _SOURCE_COLUMNS."""
    quote = statement.evidence[0].exact if statement.evidence else ""
    paper = _paper(statement)
    return paper, together.year(statement.paper), quote, statement.iri.value, support.claim.iri.value


def _paper(statement: "Statement") -> str:
    return statement.paper.value if statement.paper else ""


def tell_differences(together: Together, form: str) -> None:
    """Print the numbers whose intervals do not meet, side by side, and what else differs."""
    results = {
        result.iri: (support, statement, result)
        for support in together.supports
        for _, statement in support
        for result in statement.results
    }
    shown = [each for each in together.comparison.number_differences if each.one_side[0] in results]
    shown.sort(key=lambda each: together.words(results[each.one_side[0]][0].claim))
    if form != "text":
        rows = [row for each in shown for row in _number_rows(each, results, together)]
        _write(form, rows, _NUMBER_COLUMNS)
        return
    for each in shown:
        support, _, first = results[each.one_side[0]]
        measure = together.vocabulary.label(first.measure) if first.measure else ""
        echo(style(together.words(support.claim), bold=True), f": {measure}")
        echo(f"  {difference_words(each)}")
        for iri in (*each.one_side, *each.other_side):
            _, statement, result = results[iri]
            parts = (
                number_words(result),
                together.year(statement.paper),
                _paper(statement),
                setting_words(number_setting(statement, result, together.by), together.name),
            )
            _tell_quoted(parts, statement)
    echo(f"{counted(len(shown), 'difference')} of numbers")


_NUMBER_COLUMNS = (
    "claim_in_words", "measure", "unit", "side", "value", "lower", "upper", "level", "count", "out_of",
    "same_population", "same_system", "differs_in", "setting", "stance", *_SOURCE_COLUMNS,
)  # fmt: skip


def _number_rows(
    each: "NumberDifference", results: "Mapping[NamedNode, tuple[Support, Statement, Result]]", together: Together
) -> Iterator[dict[str, object]]:
    for side, iris in (("one", each.one_side), ("other", each.other_side)):
        for iri in iris:
            support, statement, result = results[iri]
            limits = (result.value, result.lower, result.upper, result.level)
            values = (
                together.words(support.claim),
                together.vocabulary.label(result.measure) if result.measure else "",
                result.unit or "",
                side,
                *(None if limit is None else f"{limit:f}" for limit in limits),
                result.count,
                result.out_of,
                "yes" if each.same_population else "no",
                "yes" if each.same_system else "no",
                part_names(each.differs),
                setting_words(number_setting(statement, result, together.by), together.name),
                stance(statement, together.by).value,
                *_source(statement, support, together),
            )
            yield dict(zip(_NUMBER_COLUMNS, values, strict=True))


def _label(status: Status, together: Together) -> str:
    return together.vocabulary.label(status.value)


def _statuses(together: Together) -> str:
    counts = {each: sum(support.status is each for support in together.supports) for each in Status}
    told = [f"{count} {_label(each, together)}" for each, count in counts.items() if count]
    return f": {', '.join(told)}" if told else ""


def _wrapped(text: str, indent: str) -> None:
    for line in wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False):
        echo(line)


def _write(form: str, rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> None:
    """Write rows as a table, lists joined by semicolons, or as JSON."""
    if form == "json":
        echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    delimiter = "," if form == "csv" else "\t"
    writer = csv.writer(sys.stdout, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["; ".join(map(str, each)) if isinstance(each, list) else each for each in row.values()])
