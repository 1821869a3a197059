"""Search: terms by label, synonym and identifier, studies and statements by their words, papers by PMID and DOI."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal

from her2ld.iris import path_of
from her2ld.mappings.term_mappings import SourceVocabulary
from her2ld.pages import sayings
from her2ld.pages.addresses import is_sound
from her2ld.pages.knowledge import Knowledge, View, record_path
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import name_key

MOST_FOUND = 50
_MOST_CHARACTERS = 200
_BETWEEN_PARTS = re.compile(r"[\W_]+")
_BEFORE_IDENTIFIER = re.compile(r"[:/#=]+|_(?=\d)")


@dataclass(frozen=True, slots=True)
class Found:
    """A page that was found: the kind of its thing, and the words or the identifier by which it was found."""

    path: str
    title: str
    kind: str
    matched: str


def view(knowledge: Knowledge, text: str) -> View:
    """Return the content of the page of a search."""
    found, cut = search(knowledge, text)
    return "search.html", {"title": "Search", "search": text, "found": found, "cut": cut}


def search(knowledge: Knowledge, text: str) -> tuple[list[Found], bool]:
    """Return the things that a text names, the best first, and whether more were left out.

    Letters, dashes and spaces are compared as in names of proteins: HER2, HER-2 and her 2 are one. A name equal to the
    text is best, then a name that begins with it, then a name with a word that begins with it.
    """
    text = text[:_MOST_CHARACTERS].strip()
    sought = _key(text)
    if not sought:
        return [], False
    ranked = [
        *_papers(knowledge, text),
        *_terms_by_identifier(knowledge, text),
        *_terms_by_name(knowledge, sought),
        *_studies(knowledge, sought),
        *_statements(knowledge, name_key(text)),
    ]
    best: dict[str, tuple[int, Found]] = {}
    for rank, found in ranked:
        is_better = found.path not in best or rank < best[found.path][0]
        if is_better and is_sound(found.path):
            best[found.path] = (rank, found)
    ordered = sorted(
        best.values(), key=lambda item: (item[0], len(item[1].title), item[1].title.casefold(), item[1].path)
    )
    return [found for _, found in ordered[:MOST_FOUND]], len(ordered) > MOST_FOUND


def _key(name: str) -> str:
    return _BETWEEN_PARTS.sub("", name_key(name))


def _terms_by_name(knowledge: Knowledge, sought: str) -> Iterator[tuple[int, Found]]:
    for path, iri in knowledge.terms.items():
        label = knowledge.label(iri)
        for is_synonym, name in ((0, label), *((1, each) for each in knowledge.texts(iri, standard.ALT_LABEL))):
            rank = _rank(sought, name)
            if rank is not None:
                yield 10 * rank + is_synonym, Found(path, label, "term", f"also called {name}" if is_synonym else "")


def _rank(sought: str, name: str) -> int | None:
    """Return 1 if a name equals the sought text, 2 if it begins with it, 3 if a word does, 5 if it contains it."""
    key = _key(name)
    if sought not in key:
        return None
    if key == sought:
        return 1
    if key.startswith(sought):
        return 2
    words = [word for word in _BETWEEN_PARTS.split(name_key(name)) if word]
    return 3 if any("".join(words[place:]).startswith(sought) for place in range(len(words))) else 5


def _terms_by_identifier(knowledge: Knowledge, text: str) -> Iterator[tuple[int, Found]]:
    """Find terms by the identifiers that they are mapped to, after any prefix or address."""
    *before, local = _BEFORE_IDENTIFIER.split(text.casefold().rstrip("/"))
    for subject, mappings in knowledge.mappings.items():
        for mapping in mappings:
            other, path = mapping.object, path_of(subject)
            if other is None or mapping.negated or path is None:
                continue
            owned = other.value.removeprefix(mapping.vocabulary.namespace)
            if owned.casefold() == local:
                place = standard.MAPPING_RELATIONS.index(mapping.relation)
                is_of_it = not before or any(_names(mapping.vocabulary, each) for each in before if each)
                words = " ".join(filter(None, (knowledge.label(mapping.relation), mapping.vocabulary.name, owned)))
                label = f", {mapping.object_label}" if mapping.object_label else ""
                yield place + 5 * (not is_of_it), Found(path, mapping.subject.label, "term", words + label)
    path = text.removeprefix(model.HER2LD)
    if path in knowledge.terms:
        yield 0, Found(path, knowledge.label(knowledge.terms[path]), "term", "")


def _names(vocabulary: SourceVocabulary, prefix: str) -> bool:
    """Tell whether a prefix, or a part of an address, names a vocabulary: "uniprotkb" names UniProt."""
    known = (vocabulary.name.casefold(), vocabulary.iri.value.rpartition("/")[2].casefold())
    return any(prefix.startswith(name) for name in known)


def _statements(knowledge: Knowledge, sought: str) -> Iterator[tuple[int, Found]]:
    for path, statement in knowledge.statements.items():
        quote = statement.evidence[0].exact if statement.evidence else ""
        if sought in name_key(statement.label):
            yield 60, Found(path, sayings.title(knowledge, statement), "statement", "")
        elif sought in name_key(quote):
            yield 70, Found(path, sayings.title(knowledge, statement), "statement", quote)


def _studies(knowledge: Knowledge, sought: str) -> Iterator[tuple[int, Found]]:
    """Find studies by their names and their registration numbers."""
    for study in knowledge.judge.studies.values():
        path = path_of(study.iri)
        for name in (study.called or "", *study.registry_numbers):
            rank = _rank(sought, name)
            if rank is not None and path is not None:
                yield 10 * rank + 2, Found(path, study.called or knowledge.label(study.iri), "study", name)


def _papers(knowledge: Knowledge, text: str) -> Iterator[tuple[int, Found]]:
    number = text.casefold().removeprefix("pmid").strip(": ")
    doi = re.sub(r"(?i)^(https?://(dx\.)?doi\.org/|doi:\s*)", "", text)
    for property_, value in ((standard.PMID, number), (standard.DOI, doi)):
        for paper in knowledge.subjects(property_, Literal(value)):
            yield (
                0,
                Found(record_path(knowledge.store, paper), knowledge.label(paper), "paper", text),
            )
