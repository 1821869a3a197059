"""The verb ``reason``: inferred triples, their explanations, and contradictions."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli import without_garbage_collection
from her2ld.cli.options import GivenFiles, as_of_json, as_of_line, as_of_option, ontology_option, reading_options, up_to
from her2ld.cli.printing import FINDINGS, echo, echo_json, print_problem, secho
from her2ld.cli.reading import chosen_ontology, places_of_subjects, read_quads

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Quad, Triple

    from her2ld.dataset.node_data import NodeData
    from her2ld.dataset.standing import AsOf
    from her2ld.reasoning.explanation import ExplanationLine
    from her2ld.reasoning.inference import Conclusion, Reasoned, Stated
    from her2ld.statements import Statement
    from her2ld.vocabulary.ontology import Vocabulary


@click.command()
@click.argument("sources", metavar="[SOURCE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--why", metavar="TEXT", help="Explain why “subject relation object” follows; give their labels.")
@click.option(
    "--hedged",
    is_flag=True,
    help="Use uncertain statements, too, and give the certainty of each conclusion.",
)
@as_of_option
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path),
    help="Write the new triples as RDF; the suffix gives the format.",
)  # fmt: skip
@click.option(
    "--engine", metavar="ENGINE", type=click.Choice(("rules", "hermit")), default="rules",
    help="rules (the default) or hermit (the reference, which checks the rules).",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
@reading_options
@ontology_option
@without_garbage_collection()
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
    """Infer what follows from the ontology and from asserted triples, and report contradictions.

    A SOURCE is a curation folder, a folder of them, or an RDF file; without one, the papers of her2ld are used.

    \b
    Examples:
      her2ld reason                                        the new triples
      her2ld reason --why "trastuzumab targets HER2"       the explanation of a triple
      her2ld reason --hedged                               conclusions, each as sure as its least sure premise
      her2ld reason --as-of 2010                           the new triples from papers up to 2010
      her2ld reason -o inferred.nq                         the new triples as a named graph

    Exit status: 0 consistent (with --why: it follows); 1 not; 2 it could not run.
    """
    from her2ld.reasoning.inference import reason as reason_over

    vocabulary = chosen_ontology(ontology)
    read, _, problems = read_quads(sources, vocabulary, given_files)
    for problem in problems:
        print_problem(problem)
    quads, as_of = up_to(read, year, vocabulary)
    wording = _Wording(vocabulary, ontology, quads)
    if why:
        follows = _explain(why, quads, wording, hedged=hedged)
        _print_years(as_of)
        sys.exit(0 if follows else FINDINGS)
    reasoned = reason_over(quads)
    if engine == "hermit":
        _check_with_hermit(quads, reasoned, wording)
    concluded = wording.conclusions() if hedged else ()
    if output:
        _write(output, reasoned, concluded, wording)
    if as_json:
        _print_json(reasoned, concluded, wording, as_of)
    else:
        _print(reasoned, concluded, wording)
        _print_years(as_of)
    sys.exit(0 if reasoned.consistent and not reasoned.unsatisfiable and not problems else FINDINGS)


class _Wording:
    """Words for reports: the labels of terms, and the places of triples in the ontology or in papers.

    The places are read when the first is asked for: a report without explanations has none.
    """

    def __init__(self, vocabulary: "Vocabulary", ontology: Path | None, quads: "Sequence[Quad]") -> None:
        self.vocabulary = vocabulary
        self._ontology = ontology
        self._quads = quads

    @cached_property
    def _graph(self) -> "NodeData":
        from her2ld.dataset.node_data import data_in

        return data_in(self._quads)

    @cached_property
    def _statements(self) -> "Mapping[NamedNode, Statement]":
        from her2ld.dataset.statements import read_statements

        return {each.iri: each for each in read_statements(self._graph)}

    @cached_property
    def stated(self) -> "tuple[Stated, ...]":
        from her2ld.dataset.statements import read_studies
        from her2ld.reasoning.inference import stated_in
        from her2ld.statements.plain import judge

        return stated_in(self._statements.values(), judge(self.vocabulary.steering, *read_studies(self._graph)))

    @cached_property
    def _places_in_ontology(self) -> "Mapping[str, tuple[Path, int]]":
        from her2ld.assets import ONTOLOGY, ontology_files

        return places_of_subjects(ontology_files(self._ontology or ONTOLOGY))

    @cached_property
    def _defined(self) -> "frozenset[Triple]":
        return frozenset(quad.triple for quad in self.vocabulary.quads)

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
        """Yield the sentences that state a triple; if there are none, the line of its subject in the ontology."""
        in_papers = [stated for stated in self.stated if stated.triple == triple]
        for stated in in_papers:
            statement = self._statements[stated.node]
            span = next(iter(statement.evidence), None)
            paper = statement.paper.value if statement.paper else "?"
            place = f"“{span.exact}” ({paper}, characters {span.start} to {span.end})" if span else f"({paper})"
            yield f"{self.label(self.certainty(stated.rank))}: {place}"
        place_in_ontology = self._places_in_ontology.get(getattr(triple.subject, "value", ""))
        if place_in_ontology and not in_papers and triple in self._defined:
            file, line = place_in_ontology
            yield f"{file.name}, line {line}"


def _explain(text: str, quads: "Sequence[Quad]", wording: _Wording, *, hedged: bool) -> bool:
    """Print why a triple follows; return whether it does."""
    from her2ld.reasoning.closure import closure, seen_by_reasoning
    from her2ld.reasoning.explanation import explain, lines, read_triple, say

    triple = read_triple(text, wording.vocabulary)
    stated = {each.triple for each in wording.stated} if hedged else set()
    found = explain(closure([*seen_by_reasoning(quads), *sorted(stated, key=str)]), triple)
    if found is None:
        echo(f"{say(triple, wording.label)}: it does not follow")
        for place in wording.places(triple):
            echo(f"  but a paper says so: {place}; see --hedged")
        return False
    _print_lines(lines(found, wording.label), wording)
    return True


def _print_lines(explanation: "Iterable[ExplanationLine]", wording: _Wording) -> None:
    for line in explanation:
        places = list(wording.places(line.leaf)) if line.leaf else []
        beside = f"  ({places[0]})" if len(places) == 1 and "“" not in places[0] else ""
        echo(f"{'  ' * line.depth}{line.text}{beside}")
        for place in places if not beside else ():
            echo(f"{'  ' * (line.depth + 1)}{place}")


def _check_with_hermit(quads: "Sequence[Quad]", reasoned: "Reasoned", wording: _Wording) -> None:
    """Raise ReasoningError if HermiT finds other triples."""
    from her2ld.errors import Problem, ReasoningError
    from her2ld.reasoning.closure import seen_by_reasoning
    from her2ld.reasoning.explanation import say
    from her2ld.reasoning.hermit import classify, disagreements

    seen = seen_by_reasoning(quads)
    differing = disagreements(classify(seen), reasoned, seen)
    if differing:
        first = "; ".join(say(triple, wording.label) for triple in differing[:3])
        raise ReasoningError([Problem("hermit", f"differs from the rules: {first}", "report it, with the ontology")])


def _write(output: Path, reasoned: "Reasoned", concluded: "Iterable[Conclusion]", wording: _Wording) -> None:
    from her2ld.errors import Problem, ReasoningError
    from her2ld.exports import export, format_of
    from her2ld.files.writing import replacing
    from her2ld.reasoning.inference import conclusion_quads

    quads = [*reasoned.quads(), *conclusion_quads(concluded, wording.label, wording.certainty)]
    form = format_of(output)
    if form is None:
        raise ReasoningError([Problem(str(output), "has no suffix of a format", "let it end in .nq, .trig or .ttl")])
    with replacing(output) as file:
        export(quads, file, form.name, wording.vocabulary)


def _print(reasoned: "Reasoned", concluded: "Iterable[Conclusion]", wording: _Wording) -> None:
    from her2ld.reasoning.explanation import contradiction_lines, say
    from her2ld.vocabulary import standard

    for found in reasoned.contradictions:
        secho("contradiction", fg="red", bold=True)
        _print_lines(contradiction_lines(found, wording.label), wording)
    for name, found in reasoned.unsatisfiable:
        secho(f"no {wording.label(name)} can be", fg="red", bold=True)
        _print_lines(contradiction_lines(found, lambda iri: _sample_label(iri, wording)), wording)
    if concluded:
        for each in concluded:
            echo(f"{wording.label(wording.certainty(each.rank))}: {say(each.triple, wording.label)}")
    else:
        for triple in reasoned.new:
            if triple.predicate != standard.SUBCLASS_OF and not reasoned.follows_from_order(triple):
                echo(say(triple, wording.label))
    facts = sum(triple.predicate != standard.SUBCLASS_OF for triple in reasoned.new)
    echo(
        f"{'consistent' if reasoned.consistent else 'not consistent'}, "
        f"{len(reasoned.unsatisfiable) or 'no'} unsatisfiable class{'es' * (len(reasoned.unsatisfiable) != 1)}; "
        f"new: {facts} facts (memberships in wider classes among them), {len(reasoned.new) - facts} subclass relations"
    )


def _print_years(as_of: "AsOf | None") -> None:
    if as_of and not as_of.papers:
        echo("these triples follow from the ontology alone")
    if as_of:
        echo(as_of_line(as_of))


def _sample_label(iri: "NamedNode", wording: _Wording) -> str:
    from her2ld.reasoning.closure import class_of_sample

    name = class_of_sample(iri)
    return f"some {wording.label(name)}" if name else wording.label(iri)


def _print_json(
    reasoned: "Reasoned", concluded: "Iterable[Conclusion]", wording: _Wording, as_of: "AsOf | None"
) -> None:
    from her2ld.reasoning.explanation import contradiction_lines, say

    def indented(found: "Iterable[ExplanationLine]") -> list[str]:
        return ["  " * line.depth + line.text for line in found]

    report = {
        **({"as_of": as_of_json(as_of)} if as_of else {}),
        "consistent": reasoned.consistent,
        "contradictions": [indented(contradiction_lines(each, wording.label)) for each in reasoned.contradictions],
        "unsatisfiable": [name.value for name, _ in reasoned.unsatisfiable],
        "new": [say(triple, wording.label) for triple in reasoned.new],
        "conclusions": [
            {
                "says": say(each.triple, wording.label),
                "certainty": wording.label(wording.certainty(each.rank)),
                "from": [node.value for node in each.premises],
            }
            for each in concluded
        ],
    }
    echo_json(report)
