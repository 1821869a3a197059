"""The ontology read again as it would be with new terms: what its shapes and its relations say against them."""

import tempfile
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from her2ld import assets
from her2ld.desk.term_blocks import NewTerm
from her2ld.errors import Problem
from her2ld.validation import read_shapes, validate
from her2ld.vocabulary import model
from her2ld.vocabulary.ontology import Vocabulary, read_ontology

_SHAPES = ("ontology.ttl", "prefixes.ttl")
_VIOLATION = "Violation"
# How the names of the shapes begin that look at labels, synonyms and definitions.
_OF_NAMES = "term-"


@dataclass(frozen=True, slots=True)
class Expected:
    """What the ontology shall be after a change: terms, by the places of their rows, what it lost and what it gained.

    Of terms at the places in ``incomplete``, whose mappings are not understood, only names and definitions are judged.
    """

    terms: Mapping[str, NewTerm]
    incomplete: Container[str] = ()
    gone: frozenset[Quad] = frozenset()
    gained: frozenset[Quad] = frozenset()


def problems_found_by_reading(
    path: Path, texts: Mapping[Path, str], expected: Expected, vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Find what is wrong with terms in the ontology with the new texts; ``vocabulary`` is the one before."""
    terms = expected.terms
    after = read_with(path, texts)
    lost = set(vocabulary.quads) - set(after.quads)
    is_as_expected = lost == expected.gone and expected.gained <= set(after.quads)
    if not is_as_expected or any(term.iri not in after.terms for term in terms.values()):
        remedy = "look for a text in the file that spans empty lines, and write it without them"
        yield Problem(str(path), "the terms cannot be changed without changing what else it says", remedy)
        return
    yield from _found_by_shapes(after, terms, expected.incomplete)
    yield from _found_by_relations(after, terms)


def read_with(path: Path, texts: Mapping[Path, str]) -> Vocabulary:
    """Return the ontology at ``path`` as it is where its files have these texts. Raises OntologyError."""
    with tempfile.TemporaryDirectory(prefix="her2ld-") as name:
        folder = Path(name)
        for file, text in texts.items():
            (folder / file.name).write_text(text, encoding="utf-8", newline="")
        for sibling in path.absolute().parent.glob("*.ttl"):
            if not (folder / sibling.name).exists():
                (folder / sibling.name).symlink_to(sibling)
        return read_ontology(folder / path.name)


def _found_by_shapes(after: Vocabulary, terms: Mapping[str, NewTerm], incomplete: Container[str]) -> Iterator[Problem]:
    wheres: dict[object, str] = {iri: where for where, term in terms.items() for _, iri in term.matches}
    wheres |= {term.iri: where for where, term in terms.items()}
    unproven = {iri for term in terms.values() for iri in term.unproven}
    shapes = read_shapes(tuple(assets.SHAPES / name for name in _SHAPES))
    for finding in validate(after.quads, shapes=shapes).findings:
        where = wheres.get(finding.focus) or wheres.get(finding.value)
        if finding.path == model.NOT_LOOKED_UP:
            continue  # what is said of it is what the curator said
        if finding.path == model.NOT_PROVEN and finding.focus not in wheres:
            continue  # another term with that identifier is as it was
        if where in incomplete and not finding.shape.value.rpartition("/")[2].startswith(_OF_NAMES):
            continue
        if where and (finding.severity == _VIOLATION or finding.value not in unproven):
            what = finding.message[:1].lower() + finding.message[1:].removesuffix(".")
            value = f" ({finding.value_label})" if finding.value_label else ""
            yield Problem(where, f"“{finding.label}”: {what}{value}", finding.remedy.removesuffix("."))


def _found_by_relations(after: Vocabulary, terms: Mapping[str, NewTerm]) -> Iterator[Problem]:
    for where, term in terms.items():
        for relation, other in term.relations:
            for end, classes in ((term.iri, after.domains), (other, after.ranges)):
                demanded = classes.get(relation, frozenset())
                if demanded and not after.is_one_of(after.terms[end], demanded):
                    wanted = " or ".join(sorted(map(after.label, demanded)))
                    what = f"“{after.label(relation)}” does not hold with “{after.label(end)}”, which is no {wanted}"
                    yield Problem(where, what, "take another relation, or another kind")
