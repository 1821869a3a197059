"""The verb ``claims``: the claims of papers by support, disagreements with both sides, and numbers that differ."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import click
from pyoxigraph import Literal, NamedNode

from her2ld.cli.options import GivenFiles, as_of_line, as_of_option, ontology_option, sources_options, up_to
from her2ld.cli.printing import FINDINGS, echo, stop, style, write_rows
from her2ld.cli.reading import chosen_ontology, named_term, read_quads
from her2ld.dataset.node_data import data_in
from her2ld.dataset.standing import year_of
from her2ld.dataset.statements import read_statements, read_studies
from her2ld.statements import paper_comparison as comparing
from her2ld.statements.plain import Judge, certainty, judge
from her2ld.texts import counted

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from her2ld.dataset.node_data import NodeData
    from her2ld.statements import Claim, Result, Statement
    from her2ld.statements.disagreements import Disagreement, NumberDifference
    from her2ld.vocabulary.ontology import Vocabulary


@dataclass(frozen=True, slots=True)
class ClaimList:
    """The claims to list, and the data that are needed to print them.

    ``supports`` are the claims to list. ``statements`` are those of all claims, by IRI, because a statement of another
    claim may oppose one in the list. ``more`` claims are about kinds of the term, or hold under it, and are left out.
    """

    graph: "NodeData"
    by: Judge
    vocabulary: "Vocabulary"
    comparison: comparing.Compared
    statements: "Mapping[NamedNode, Statement]"
    supports: tuple[comparing.Support, ...]
    more: int

    @classmethod
    def of(
        cls, quads: "Iterable[Quad]", vocabulary: "Vocabulary", about: NamedNode | None, *, with_kinds: bool = False
    ) -> "ClaimList":
        """Return the claims with a term as subject, relation or object, or all claims, compared with each other.

        ``with_kinds`` adds the claims about kinds of the term or regimens with it, and those that hold under it.
        """
        graph = data_in(quads)
        by = judge(vocabulary.steering, *read_studies(graph))
        statements = {each.iri: each for each in read_statements(graph)}
        comparison = comparing.compare(statements.values(), by)
        found = comparing.supports(
            statements.values(), comparison, by, partial(comparing.claim_words, label=vocabulary.label)
        )
        more = 0
        if about:
            wider = tuple(each for each in found if _is_about(each, about, by))
            found = tuple(each for each in wider if with_kinds or about in _ends(each.claim))
            more = len(wider) - len(found)
        return cls(graph, by, vocabulary, comparison, statements, found, more)

    def words(self, claim: "Claim | None") -> str:
        """Return a claim in words."""
        return comparing.claim_words(claim, self.vocabulary.label)

    def year(self, paper: NamedNode | None) -> str:
        """Return the year of a paper; an empty text if it is unknown."""
        year = year_of(paper, self.graph)
        return "" if year is None else f"{year:04}"

    def first_year(self, support: comparing.Support) -> str:
        """Return the year of the first paper that affirms a claim, hedged or not; an empty text if none does."""
        return next(
            iter(comparing.years(support.papers(comparing.Stance.AFFIRMS, comparing.Stance.HEDGES), self.year)), ""
        )

    def name(self, value: NamedNode | Literal) -> str:
        """Return a value of a setting in words."""
        if isinstance(value, Literal):
            return value.value
        group = self.by.groups.get(value)
        return group.called or value.value if group else self.vocabulary.label(value)


def _ends(claim: "Claim") -> tuple[NamedNode | None, ...]:
    return claim.subject, claim.relation, claim.object


def _is_about(support: comparing.Support, term: NamedNode, by: Judge) -> bool:
    return comparing.is_about(support.claim, term, by) or any(
        comparing.is_given_with(each, term, by) for _, each in support
    )


_WIDTH = 116


def print_claims(listed: ClaimList, form: str, *, with_quotes: bool) -> None:
    """Print the claims with the numbers of papers for and against each, and ``with_quotes`` all their statements."""
    if form == "text":
        for each in listed.supports:
            first = listed.first_year(each)
            since = f", first said in {first}" if first else ""
            echo(style(listed.words(each.claim), bold=True), f": {_label(each.status, listed)}{since}")
            _wrapped("; ".join(comparing.support_words(each, listed.year, listed.by)), "  ")
            for _, statement in each if with_quotes else ():
                _print_statement(statement, listed, each.claim)
        more = f"; --kinds adds {listed.more:,}" if listed.more else ""
        echo(f"{counted(len(listed.supports), 'claim')}{_statuses(listed)}{more}")
        return
    if with_quotes:
        rows = [_statement_row(statement, support, listed) for support in listed.supports for _, statement in support]
        write_rows(form, rows, _STATEMENT_COLUMNS)
    else:
        write_rows(form, [_claim_row(each, listed) for each in listed.supports], _CLAIM_COLUMNS)


_CLAIM_COLUMNS = (
    "subject", "relation", "object", "status", "affirming", "hedging", "denying", "not_finding", "leaving_open",
    "asking", "retracted", "n", "years", "first_said", "claim",
)  # fmt: skip


def _claim_row(support: comparing.Support, listed: ClaimList) -> dict[str, object]:
    claim = support.claim
    ends = [listed.vocabulary.label(each) if each else "" for each in _ends(claim)]
    counts = [len(support.papers(each)) for each in comparing.Stance]
    values = (
        *ends,
        _label(support.status, listed),
        *counts,
        comparing.sizes((each for of, each in support if of is not comparing.Stance.RETRACTED), listed.by),
        comparing.years(support.papers(*comparing.Stance), listed.year),
        listed.first_year(support),
        claim.iri.value,
    )
    return dict(zip(_CLAIM_COLUMNS, values, strict=True))


def print_disagreements(listed: ClaimList, form: str, *, disputed: bool) -> None:
    """Print the claims that are disputed, or those that are limited, with the statements of both sides."""
    wanted = comparing.Status.DISPUTED if disputed else comparing.Status.LIMITED
    asked = [each for each in listed.supports if each.status is wanted]
    shown = [
        (support, each)
        for support in asked
        for each in comparing.opposing((one for _, one in support), listed.comparison)
    ]
    if form != "text":
        rows = [row for support, each in shown for row in _side_rows(support, each, listed)]
        write_rows(form, rows, _SIDE_COLUMNS)
        return
    printed: comparing.Support | None = None
    for support, each in shown:
        if support is not printed:
            echo(style(listed.words(support.claim), bold=True), f": {_label(support.status, listed)}")
            printed = support
        _print_disagreement(support, each, listed)
    echo(f"{counted(len(asked), 'claim')} {'disputed' if disputed else 'limited'}")


def _print_disagreement(support: comparing.Support, each: "Disagreement", listed: ClaimList) -> None:
    own = (statement for _, statement in support)
    echo(f"  {comparing.disagreement_words(each, own, listed.vocabulary.label)}")
    for iri in (*each.one_side, *each.other_side):
        _print_statement(listed.statements[iri], listed, support.claim)


def _print_statement(statement: "Statement", listed: ClaimList, of: "Claim") -> None:
    claim = "" if statement.claim == of else f", of “{listed.words(statement.claim)}”"
    size = comparing.patients(statement, listed.by)
    parts = [
        comparing.stance(statement, listed.by).value + claim,
        listed.year(statement.paper),
        _paper(statement),
        comparing.setting_words(comparing.statement_setting(statement, listed.by), listed.name),
        f"n = {size}" if size is not None else "",
    ]
    _print_quoted(parts, statement)


def _print_quoted(parts: Iterable[str], statement: "Statement") -> None:
    """Print the parts of a line about a statement, and its quote below."""
    _wrapped(", ".join(filter(None, parts)), "    ")
    for span in statement.evidence[:1]:
        _wrapped(f"“{span.exact}”", "      ")


# The source of a row, in its last columns.
_SOURCE_COLUMNS = ("paper", "year", "quote", "statement", "claim")
_STATEMENT_COLUMNS = ("claim_in_words", "status", "stance", "certainty", "setting", "n", *_SOURCE_COLUMNS)
_SIDE_COLUMNS = (
    "claim_in_words", "status", "effect", "opposition", "differs_in", "side", "stance", "certainty", "said_claim",
    "setting", "n", *_SOURCE_COLUMNS,
)  # fmt: skip


def _statement_row(statement: "Statement", support: comparing.Support, listed: ClaimList) -> dict[str, object]:
    sure = certainty(statement)
    values = (
        listed.words(support.claim),
        _label(support.status, listed),
        comparing.stance(statement, listed.by).value,
        listed.vocabulary.label(sure) if sure else "",
        comparing.setting_words(comparing.statement_setting(statement, listed.by), listed.name),
        comparing.patients(statement, listed.by),
        *_source(statement, support, listed),
    )
    return dict(zip(_STATEMENT_COLUMNS, values, strict=True))


def _side_rows(support: comparing.Support, each: "Disagreement", listed: ClaimList) -> Iterator[dict[str, object]]:
    for side, iris in (("one", each.one_side), ("other", each.other_side)):
        for iri in iris:
            statement = listed.statements[iri]
            row = _statement_row(statement, support, listed) | {
                "effect": "disputed" if iri in each.disputed else "limited" if iri in each.limited else "",
                "opposition": listed.vocabulary.label(each.why.value),
                "differs_in": comparing.part_names(each.differs),
                "side": side,
                "said_claim": listed.words(statement.claim),
            }
            yield {column: row[column] for column in _SIDE_COLUMNS}


def _source(statement: "Statement", support: comparing.Support, listed: ClaimList) -> tuple[str, ...]:
    """Return the values of _SOURCE_COLUMNS."""
    quote = statement.evidence[0].exact if statement.evidence else ""
    paper = _paper(statement)
    return paper, listed.year(statement.paper), quote, statement.iri.value, support.claim.iri.value


def _paper(statement: "Statement") -> str:
    return statement.paper.value if statement.paper else ""


def print_differences(listed: ClaimList, form: str) -> None:
    """Print the numbers of one claim whose intervals do not overlap, and how their settings differ."""
    results = {
        result.iri: (support, statement, result)
        for support in listed.supports
        for _, statement in support
        for result in statement.results
    }
    shown = [each for each in listed.comparison.number_differences if each.one_side[0] in results]
    shown.sort(key=lambda each: listed.words(results[each.one_side[0]][0].claim))
    if form != "text":
        rows = [row for each in shown for row in _number_rows(each, results, listed)]
        write_rows(form, rows, _NUMBER_COLUMNS)
        return
    for each in shown:
        support, _, first = results[each.one_side[0]]
        measure = listed.vocabulary.label(first.measure) if first.measure else ""
        echo(style(listed.words(support.claim), bold=True), f": {measure}")
        echo(f"  {comparing.difference_words(each)}")
        for iri in (*each.one_side, *each.other_side):
            _, statement, result = results[iri]
            parts = (
                comparing.number_words(result),
                listed.year(statement.paper),
                _paper(statement),
                comparing.setting_words(comparing.number_setting(statement, result, listed.by), listed.name),
            )
            _print_quoted(parts, statement)
    echo(f"{counted(len(shown), 'difference')} of numbers")


_NUMBER_COLUMNS = (
    "claim_in_words", "measure", "unit", "side", "value", "lower", "upper", "level", "count", "out_of",
    "same_population", "same_system", "differs_in", "setting", "stance", *_SOURCE_COLUMNS,
)  # fmt: skip


def _number_rows(
    each: "NumberDifference",
    results: "Mapping[NamedNode, tuple[comparing.Support, Statement, Result]]",
    listed: ClaimList,
) -> Iterator[dict[str, object]]:
    for side, iris in (("one", each.one_side), ("other", each.other_side)):
        for iri in iris:
            support, statement, result = results[iri]
            limits = (result.value, result.lower, result.upper, result.level)
            values = (
                listed.words(support.claim),
                listed.vocabulary.label(result.measure) if result.measure else "",
                result.unit or "",
                side,
                *(None if limit is None else f"{limit:f}" for limit in limits),
                result.count,
                result.out_of,
                "yes" if each.same_population else "no",
                "yes" if each.same_system else "no",
                comparing.part_names(each.differs),
                comparing.setting_words(comparing.number_setting(statement, result, listed.by), listed.name),
                comparing.stance(statement, listed.by).value,
                *_source(statement, support, listed),
            )
            yield dict(zip(_NUMBER_COLUMNS, values, strict=True))


def _label(status: comparing.Status, listed: ClaimList) -> str:
    return listed.vocabulary.label(status.value)


def _statuses(listed: ClaimList) -> str:
    counts = {each: sum(support.status is each for support in listed.supports) for each in comparing.Status}
    words = [f"{count} {_label(each, listed)}" for each, count in counts.items() if count]
    return f": {', '.join(words)}" if words else ""


def _wrapped(text: str, indent: str) -> None:
    for line in wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False):
        echo(line)


_FORMS = ("text", "csv", "tsv", "json")


@click.command()
@click.argument("term", required=False)
@click.option("--kinds", is_flag=True, help="With TERM: also claims about its kinds and regimens, and claims under it.")
@click.option("--quotes", is_flag=True, help="Show every statement of each claim, with the sentence that makes it.")
@click.option("--disputed", is_flag=True, help="Only claims on which papers contradict each other, with both sides.")
@click.option("--limited", is_flag=True, help="Only claims that hold with limits or doubts, with both sides.")
@click.option("--different", is_flag=True, help="Numbers of one claim whose intervals do not overlap, side by side.")
@as_of_option
@click.option("--to", "form", metavar="FORM", type=click.Choice(_FORMS), default="text", help="text, csv, tsv or json.")
@click.option(
    "--data", "sources", metavar="SOURCE", multiple=True, type=click.Path(path_type=Path),
    help="A curation folder or RDF, instead of the papers of her2ld; can be repeated.",
)  # fmt: skip
@sources_options
@ontology_option
def claims(  # noqa: PLR0913  # a verb has one parameter for each of its options
    term: str | None,
    *,
    kinds: bool,
    quotes: bool,
    disputed: bool,
    limited: bool,
    different: bool,
    year: int | None,
    form: str,
    sources: tuple[Path, ...],
    given_files: GivenFiles,
    ontology: Path | None,
) -> None:
    """List the claims of papers by support: how many papers affirm, deny or do not find each, and when.

    With a TERM, list only claims in which it is the subject, the relation or the object. With --kinds, also list claims
    about a kind of it or a regimen with it, and claims that hold under it as a treatment.

    A claim is disputed if each of its affirmations is opposed with equal certainty, in the same or a wider setting, by
    a denial or by the affirmation of its opposite. Any other opposition limits it. docs/claims.md has the details.

    \b
    Examples:
      her2ld claims                            all claims
      her2ld claims trastuzumab                claims about trastuzumab
      her2ld claims trastuzumab --kinds        also claims about regimens with it, and claims that hold under it
      her2ld claims trastuzumab --quotes       the same with the sentences of the papers
      her2ld claims --disputed                 disagreements, with the sentences of both sides
      her2ld claims --different --to csv       numbers that differ, as a table
      her2ld claims --limited --data my-curation/ --data others.nq
      her2ld claims HER2 --as-of 2010          the claims of papers up to 2010

    Exit status: 0 listed; 1 a curation has mistakes, and the others are listed; 2 it could not run.
    """
    if kinds and term is None:
        raise click.UsageError("--kinds needs a TERM")
    if disputed + limited + different > 1:
        raise click.UsageError("ask for one thing at a time: --disputed, --limited or --different")
    vocabulary = chosen_ontology(ontology)
    about = (
        None if term is None else named_term(term, vocabulary, "give a name of the ontology, or none for all claims")
    )
    read, _, problems = read_quads(sources, vocabulary, given_files)
    quads, as_of = up_to(read, year, vocabulary)
    listed = ClaimList.of(quads, vocabulary, about, with_kinds=kinds)
    if different:
        print_differences(listed, form)
    elif disputed or limited:
        print_disagreements(listed, form, disputed=disputed)
    else:
        print_claims(listed, form, with_quotes=quotes)
    if as_of:
        echo(as_of_line(as_of), err=form != "text")  # programs read the tables on standard output
    stop(problems, FINDINGS if problems else 0)
