"""The ontology read again as it would be with new terms: what its shapes and its relations say against them."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from her2ld import assets
from her2ld.desk.term_blocks import NewTerm
from her2ld.errors import Problem
from her2ld.validation import read_shapes, validate
from her2ld.vocabulary import model
from her2ld.vocabulary.ontology import Vocabulary, read_ontology

_SHAPES = ("ontology.ttl", "prefixes.ttl")
_VIOLATION = "Violation"


def problems_found_by_reading(
    path: Path, texts: Mapping[Path, str], terms: Mapping[str, NewTerm], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Find what is wrong with the terms, given by the places of their rows, in the ontology with the new texts.

    ``vocabulary`` is the ontology without them.
    """
    after = _read(path, texts)
    if set(vocabulary.quads) - set(after.quads) or any(term.iri not in after.terms for term in terms.values()):
        remedy = "look for a text in the file that spans empty lines, and write it without them"
        yield Problem(str(path), "the terms cannot be put in without changing what else it says", remedy)
        return
    yield from _found_by_shapes(after, terms)
    yield from _found_by_relations(after, terms)


def _read(path: Path, texts: Mapping[Path, str]) -> Vocabulary:
    with tempfile.TemporaryDirectory(prefix="her2ld-") as name:
        folder = Path(name)
        for file, text in texts.items():
            (folder / file.name).write_text(text, encoding="utf-8", newline="")
        for sibling in path.absolute().parent.glob("*.ttl"):
            if not (folder / sibling.name).exists():
                (folder / sibling.name).symlink_to(sibling)
        return read_ontology(folder / path.name)


def _found_by_shapes(after: Vocabulary, terms: Mapping[str, NewTerm]) -> Iterator[Problem]:
    wheres: dict[object, str] = {iri: where for where, term in terms.items() for _, iri in term.matches}
    wheres |= {term.iri: where for where, term in terms.items()}
    unproven = {iri for term in terms.values() for iri in term.unproven}
    shapes = read_shapes(tuple(assets.SHAPES / name for name in _SHAPES))
    for finding in validate(after.quads, shapes=shapes).findings:
        where = wheres.get(finding.focus) or wheres.get(finding.value)
        if finding.path == model.NOT_LOOKED_UP:
            continue  # what is said of it is what the curator said
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
