"""The verb ``reason``."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli.as_of import as_json as as_of_in_json
from her2ld.cli.as_of import as_of_option, told, up_to
from her2ld.cli.printing import echo, secho
from her2ld.cli.record_sources import no_search_for_cycles
from her2ld.cli.sources import (
    COULD_NOT_RUN,
    FINDINGS,
    GivenFiles,
    ontology_option,
    print_problem,
    read_quads,
    reading_options,
)

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Quad, Triple

    from her2ld.dataset.standing import AsOf
    from her2ld.reasoning.explanation import ExplanationLine
    from her2ld.reasoning.inference import Conclusion, Reasoned
    from her2ld.vocabulary.ontology import Vocabulary


@click.command()
@click.argument("sources", metavar="[SOURCE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--why", metavar="TEXT", help="Explain why it follows: “subject relation object”, by their labels.")
@click.option("--hedged", is_flag=True, help="Let what is not certain take part; say how sure each conclusion is.")
@as_of_option
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write what is new as RDF; the suffix says which.",
)
@click.option(
    "--engine", metavar="ENGINE", type=click.Choice(("rules", "hermit")), default="rules",
    help="rules (the default) or hermit (the reference: it checks what the rules find).",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
@reading_options
@ontology_option
@no_search_for_cycles()
def reason(  # noqa: PLR0913  # a verb has one parameter for each of its options
    sources: tuple[Path, ...],
    why: str | None,
    output: Path | None,
    engine: str,
    ontology: Path | None,
    *,
    given_files: GivenFiles,
    year: int | None,
    hedged: bool,
    as_json: bool,
) -> None:
    """Say what follows from the ontology and from what is asserted, and whether all of it can be true.

    A SOURCE is a curation folder, a folder of them, or an RDF file; without one, it is what travels with her2ld.

    \b
    Examples:
      her2ld reason                                        what is new
      her2ld reason --why "trastuzumab targets HER2"       and why
      her2ld reason --hedged                               conclusions, none surer than what they rest on
      her2ld reason --as-of 2010                           what followed from the papers of up to 2010
      her2ld reason -o inferred.nq                         the graph of what is new

    Exit status: 0 consistent (with --why: it follows); 1 not; 2 it could not run.
    """
    from her2ld.errors import Her2ldError
    from her2ld.reasoning.inference import reason as reason_over
    from her2ld.vocabulary.ontology import read_ontology

    try:
        vocabulary = read_ontology(ontology) if ontology else read_ontology()
        read, _, problems = read_quads(sources, vocabulary, given_files)
        for problem in problems:
            print_problem(problem)
        quads, as_of = up_to(read, year, vocabulary)
        teller = _Teller(vocabulary, ontology, quads)
        if why:
            follows = _explain(why, quads, teller, hedged=hedged)
            _print_years(as_of)
            sys.exit(0 if follows else FINDINGS)
        reasoned = reason_over(quads)
        if engine == "hermit":
            _check_with_hermit(quads, reasoned, teller)
        concluded = teller.conclusions() if hedged else ()
        if output:
            _write(output, reasoned, concluded, teller)
        if as_json:
            _print_json(reasoned, concluded, teller, as_of)
        else:
            _print(reasoned, concluded, teller)
            _print_years(as_of)
    except Her2ldError as error:
        for problem in error.problems:
            print_problem(problem)
        sys.exit(COULD_NOT_RUN)
    sys.exit(0 if reasoned.consistent and not reasoned.unsatisfiable and not problems else FINDINGS)


class _Teller:
    """Says terms by their labels, and of a triple where it stands: in the ontology, or in the words of a paper."""

    def __init__(self, vocabulary: "Vocabulary", ontology: Path | None, quads: "Sequence[Quad]") -> None:
        from her2ld.assets import ONTOLOGY, ontology_files
        from her2ld.cli.places import places_of_subjects
        from her2ld.dataset.node_data import data_in
        from her2ld.dataset.statements import read_statements, read_studies
        from her2ld.reasoning.inference import stated_in
        from her2ld.statements.plain import judge

        self.vocabulary = vocabulary
        self._places = places_of_subjects(ontology_files(ontology or ONTOLOGY))
        self._quads = quads
        said = data_in(quads)
        self._statements = {each.iri: each for each in read_statements(said)}
        self.stated = stated_in(self._statements.values(), judge(vocabulary.steering, *read_studies(said)))
        self._defined = {quad.triple for quad in vocabulary.quads}

    def label(self, iri: "NamedNode") -> str:
        return self.vocabulary.label(iri)

    def conclusions(self) -> "tuple[Conclusion, ...]":
        from her2ld.reasoning.inference import conclusions
        from her2ld.vocabulary import model

        axioms = [quad for quad in self._quads if quad.graph_name == model.ONTOLOGY_GRAPH]
        return conclusions(axioms or self.vocabulary.quads, self.stated)  # RDF in one graph has no graph of that name

    def certainty(self, rank: int) -> "NamedNode":
        return next(iri for iri, of_value in self.vocabulary.steering.ranks.items() if of_value == rank)

    def places(self, triple: "Triple") -> Iterator[str]:
        """Tell the sentences that state a triple, or else the line of the ontology on which its subject begins."""
        said = [stated for stated in self.stated if stated.triple == triple]
        for stated in said:
            statement = self._statements[stated.node]
            span = next(iter(statement.evidence), None)
            paper = statement.paper.value if statement.paper else "?"
            place = f"“{span.exact}” ({paper}, characters {span.start} to {span.end})" if span else f"({paper})"
            yield f"{self.label(self.certainty(stated.rank))}: {place}"
        place_in_ontology = self._places.get(getattr(triple.subject, "value", ""))
        if place_in_ontology and not said and triple in self._defined:
            file, line = place_in_ontology
            yield f"{file.name}, line {line}"


def _explain(text: str, quads: "Sequence[Quad]", teller: _Teller, *, hedged: bool) -> bool:
    """Print why a triple follows; give whether it does."""
    from her2ld.reasoning.closure import closure, seen_by_reasoning
    from her2ld.reasoning.explanation import explain, lines, read_triple, say

    triple = read_triple(text, teller.vocabulary)
    stated = {each.triple for each in teller.stated} if hedged else set()
    found = explain(closure([*seen_by_reasoning(quads), *sorted(stated, key=str)]), triple)
    if found is None:
        echo(f"{say(triple, teller.label)}: it does not follow")
        for place in teller.places(triple):
            echo(f"  but a paper says so: {place}; see --hedged")
        return False
    _print_lines(lines(found, teller.label), teller)
    return True


def _print_lines(told: "Iterable[ExplanationLine]", teller: _Teller) -> None:
    for line in told:
        places = list(teller.places(line.leaf)) if line.leaf else []
        beside = f"  ({places[0]})" if len(places) == 1 and "“" not in places[0] else ""
        echo(f"{'  ' * line.depth}{line.text}{beside}")
        for place in places if not beside else ():
            echo(f"{'  ' * (line.depth + 1)}{place}")


def _check_with_hermit(quads: "Sequence[Quad]", reasoned: "Reasoned", teller: _Teller) -> None:
    """Raise ReasoningError where HermiT finds otherwise."""
    from her2ld.errors import Problem, ReasoningError
    from her2ld.reasoning.closure import seen_by_reasoning
    from her2ld.reasoning.explanation import say
    from her2ld.reasoning.hermit import classify, disagreements

    seen = seen_by_reasoning(quads)
    differing = disagreements(classify(seen), reasoned, seen)
    if differing:
        told = "; ".join(say(triple, teller.label) for triple in differing[:3])
        raise ReasoningError([Problem("hermit", f"it finds otherwise: {told}", "report it, with the ontology")])


def _write(output: Path, reasoned: "Reasoned", concluded: "Iterable[Conclusion]", teller: _Teller) -> None:
    from her2ld.errors import Problem, ReasoningError
    from her2ld.exports import export, format_of, replacing
    from her2ld.reasoning.inference import conclusion_quads

    quads = [*reasoned.quads(), *conclusion_quads(concluded, teller.label, teller.certainty)]
    form = format_of(output)
    if form is None:
        raise ReasoningError([Problem(str(output), "has no suffix of a format", "let it end in .nq, .trig or .ttl")])
    with replacing(output) as file:
        export(quads, file, form.name, teller.vocabulary)


def _print(reasoned: "Reasoned", concluded: "Iterable[Conclusion]", teller: _Teller) -> None:
    from her2ld.reasoning.explanation import contradiction_lines, say
    from her2ld.vocabulary import standard

    for found in reasoned.contradictions:
        secho("contradiction", fg="red", bold=True)
        _print_lines(contradiction_lines(found, teller.label), teller)
    for name, found in reasoned.unsatisfiable:
        secho(f"no {teller.label(name)} can be", fg="red", bold=True)
        _print_lines(contradiction_lines(found, lambda iri: _sample_label(iri, teller)), teller)
    if concluded:
        for each in concluded:
            echo(f"{teller.label(teller.certainty(each.rank))}: {say(each.triple, teller.label)}")
    else:
        for triple in reasoned.new:
            if triple.predicate != standard.SUBCLASS_OF and not reasoned.follows_from_order(triple):
                echo(say(triple, teller.label))
    facts = sum(triple.predicate != standard.SUBCLASS_OF for triple in reasoned.new)
    echo(
        f"{'consistent' if reasoned.consistent else 'not consistent'}, "
        f"{len(reasoned.unsatisfiable) or 'no'} unsatisfiable class{'es' * (len(reasoned.unsatisfiable) != 1)}; "
        f"new: {facts} facts (memberships in wider classes among them), {len(reasoned.new) - facts} subclass relations"
    )


def _print_years(as_of: "AsOf | None") -> None:
    if as_of and not as_of.papers:
        echo("what follows, follows from the ontology alone")
    if as_of:
        echo(told(as_of))


def _sample_label(iri: "NamedNode", teller: _Teller) -> str:
    from her2ld.reasoning.closure import class_of_sample

    name = class_of_sample(iri)
    return f"some {teller.label(name)}" if name else teller.label(iri)


def _print_json(reasoned: "Reasoned", concluded: "Iterable[Conclusion]", teller: _Teller, as_of: "AsOf | None") -> None:
    from her2ld.reasoning.explanation import contradiction_lines, say

    def indented(found: "Iterable[ExplanationLine]") -> list[str]:
        return ["  " * line.depth + line.text for line in found]

    report = {
        **({"as_of": as_of_in_json(as_of)} if as_of else {}),
        "consistent": reasoned.consistent,
        "contradictions": [indented(contradiction_lines(each, teller.label)) for each in reasoned.contradictions],
        "unsatisfiable": [name.value for name, _ in reasoned.unsatisfiable],
        "new": [say(triple, teller.label) for triple in reasoned.new],
        "conclusions": [
            {
                "says": say(each.triple, teller.label),
                "certainty": teller.label(teller.certainty(each.rank)),
                "from": [node.value for node in each.premises],
            }
            for each in concluded
        ],
    }
    echo(json.dumps(report, indent=2, ensure_ascii=False))
