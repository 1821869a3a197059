"""The text of her2.ttl: its sections, blocks and lines, and new blocks in their places. No other byte changes.

A new term goes into the section of its class, in the order of names. Each term that it is mapped to has a line.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from her2ld.desk.term_rows import MappedTerm
from her2ld.iris import of_doi
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.identifiers import prefix_splitter
from her2ld.vocabulary.ontology import Term, Vocabulary

_DASHES = re.compile(r"# -{10,}\s*")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """The lines from ``start`` up to ``end`` (counted from 0, end exclusive) that describe one subject.

    ``subject_line`` is the one that begins with the subject; ``subject`` is written as in the file (``her2:HER2``).
    """

    subject: str
    start: int
    subject_line: int
    end: int


@dataclass(frozen=True, slots=True)
class TextSection:
    """A heading and the blocks below it; the part above the first heading has no title.

    ``end`` is the line (counted from 0) after its last line that is not empty.
    """

    title: str
    end: int
    blocks: tuple[TextBlock, ...]


def sections(text: str) -> tuple[TextSection, ...]:
    """Return the sections in order.

    >>> dashes = "# " + "-" * 20
    >>> text = f"{dashes}{chr(10)}# Genes{chr(10)}{dashes}{chr(10)}{chr(10)}her2:A{chr(10)}    a owl:Class ;"
    >>> [(each.title, [block.subject for block in each.blocks]) for each in sections(text)]
    [('', []), ('Genes', ['her2:A'])]
    """
    lines = [line.rstrip("\r") for line in text.split("\n")]
    found = []
    title, body = "", 0
    number = 0
    while number < len(lines):
        closing = _closing(lines, number)
        if closing is None:
            number += 1
            continue
        found.append(_section(lines, title, body, number))
        title = " ".join(line.removeprefix("#").strip() for line in lines[number + 1 : closing])
        body = number = closing + 1
    found.append(_section(lines, title, body, len(lines)))
    return tuple(found)


def _closing(lines: Sequence[str], number: int) -> int | None:
    """Return the number of the line of dashes that closes a heading; None if no heading begins at ``number``."""
    if not _DASHES.fullmatch(lines[number]):
        return None
    for place in range(number + 1, len(lines)):
        if not lines[place].startswith("#"):
            return None
        if _DASHES.fullmatch(lines[place]):
            return place if place > number + 1 else None
    return None


def _section(lines: Sequence[str], title: str, start: int, end: int) -> TextSection:
    blocks = []
    number = start
    last = start
    while number < end:
        if not lines[number].strip():
            number += 1
            continue
        first = number
        while number < end and lines[number].strip():
            number += 1
        last = number
        subjects = [place for place in range(first, number) if not lines[place].startswith(("#", " ", "\t", "@"))]
        starts = [first, *subjects[1:]]
        ends = [*subjects[1:], number]
        for begin, subject, stop in zip(starts, subjects, ends, strict=False):
            blocks.append(TextBlock(lines[subject].split(maxsplit=1)[0], begin, subject, stop))
    return TextSection(title, last, tuple(blocks))


def place_in_order(blocks: Sequence[TextBlock], subject: str) -> tuple[int, bool]:
    """Return the line before which the block of ``subject`` belongs, and whether another block begins there.

    There must be at least one block. If the blocks are not sorted, the new one goes before the first greater one.
    """
    subjects = [block.subject for block in blocks]
    is_sorted = subjects == sorted(subjects)
    place = (
        bisect_left(subjects, subject)
        if is_sorted
        else next((number for number, each in enumerate(subjects) if each > subject), len(subjects))
    )
    return (blocks[place].start, True) if place < len(blocks) else (blocks[-1].end, False)


def with_lines(text: str, at: int, new: Sequence[str]) -> str:
    """Return the text with new lines before the line ``at``, counted from 0, with the text's own line ends."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.split("\n")
    if at == len(lines):  # the last line has no line end
        return newline.join([text, *new])
    return "\n".join([*lines[:at], *(line + newline.removesuffix("\n") for line in new), *lines[at:]])


def with_block(text: str, subject: str, block: Sequence[str], among: Sequence[TextBlock]) -> str:
    """Return the text with a block in its place among others, with an empty line between two blocks."""
    at, is_before = place_in_order(among, subject)
    return with_lines(text, at, [*block, ""] if is_before else ["", *block])


_PREDICATE = re.compile(r"    (?P<predicate>\S+)")
_CLOSED = re.compile(r"(?P<values>.*\S)\s*(?P<end>[;.])")


def with_values(block: Sequence[str], predicate: str, values: Sequence[str], order: Sequence[str]) -> list[str]:
    r"""Return the lines with more values in the line of their predicate; ``order`` gives the place of a new predicate.

    >>> block = ["her2:A", "    rdfs:label \"a\"@en ;", "    skos:exactMatch mesh:D1 ;", "    ."]
    >>> with_values(block, "skos:exactMatch", ["go:1"], ["rdfs:label", "skos:altLabel", "skos:exactMatch"])[2]
    '    skos:exactMatch mesh:D1, go:1 ;'
    >>> with_values(block, "skos:altLabel", ['"b"@en'], ["rdfs:label", "skos:altLabel", "skos:exactMatch"])[2]
    '    skos:altLabel "b"@en ;'
    """
    lines = [*block]
    spans = _spans(block)
    added = ", ".join(values)
    if predicate in spans:
        last = spans[predicate][1] - 1
        if closed := _CLOSED.fullmatch(lines[last]):
            lines[last] = f"{closed['values']}, {added} {closed['end']}"
        return lines
    before = order[: order.index(predicate)]
    at = max((end for name, (_, end) in spans.items() if name in before), default=len(lines) - 1)
    return [*lines[:at], f"    {predicate} {added} ;", *lines[at:]]


def without_values(block: Sequence[str], predicate: str, values: Sequence[str], _order: Sequence[str]) -> list[str]:
    """Return the lines without some values, none of which has a comma; a predicate without values is left out.

    >>> block = ["her2:A", "    skos:exactMatch mesh:D1, go:1 ;", "    ."]
    >>> without_values(block, "skos:exactMatch", ["mesh:D1"], [])[1]
    '    skos:exactMatch go:1 ;'
    >>> without_values(block, "skos:exactMatch", ["mesh:D1", "go:1"], [])
    ['her2:A', '    .']
    """
    span = _spans(block).get(predicate)
    if span is None:
        return [*block]
    start, end = span
    closed = _CLOSED.fullmatch(" ".join(line.strip() for line in block[start:end]))
    if closed is None:
        return [*block]
    kept = [each for each in re.split(r",\s*", closed["values"].removeprefix(predicate).strip()) if each not in values]
    line = [f"    {predicate} {', '.join(kept)} {closed['end']}"] if kept else []
    return [*block[:start], *line, *block[end:]]


def _spans(block: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return the first line of each predicate, and the one after its last."""
    starts = [(number, found["predicate"]) for number, line in enumerate(block) if (found := _PREDICATE.match(line))]
    ends = [*(number for number, _ in starts[1:]), len(block)]
    return {predicate: (start, end) for (start, predicate), end in zip(starts, ends, strict=True) if predicate != "."}


_LABEL_COLUMN = 42

Values = tuple[NamedNode | Literal, ...]
_SAFE_LOCAL = re.compile(r"\w[\w-]*", re.ASCII)

Written = Callable[[NamedNode], str]
"""A function that returns an IRI as it is written in the file."""

IN_ORDER = (
    standard.TYPE, standard.SUBCLASS_OF, standard.LABEL, standard.ALT_LABEL, standard.DEFINITION,
    *standard.MAPPING_RELATIONS, model.NOT_PROVEN, standard.EDITORIAL_NOTE, model.NO_TERM_IN, model.NOT_LOOKED_UP,
    standard.SOURCE,
)  # fmt: skip
"""The order of properties in a block; relations between terms come after them."""


def turtle_name(prefixes: Mapping[str, str]) -> Written:
    """Return a function that writes an IRI with the prefixes of a file.

    >>> written = turtle_name({"go": "http://purl.obolibrary.org/obo/GO_"})
    >>> written(NamedNode("http://purl.obolibrary.org/obo/GO_0038128")), written(NamedNode("https://doi.org/10.1/x"))
    ('go:0038128', '<https://doi.org/10.1/x>')
    """
    split = prefix_splitter(prefixes)

    def written(iri: NamedNode) -> str:
        parts = split(iri.value)
        return ":".join(parts) if parts and _SAFE_LOCAL.fullmatch(parts[1]) else str(iri)

    return written


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A term with all names resolved. ``parent`` is its class, or the class above it if it ``is_class``.

    ``matches`` are pairs of a mapping property and its object, ``relations`` pairs of a relation and one of our terms.
    ``unproven`` are the matches that were checked against no release. ``source`` is a DOI, or empty.
    """

    iri: NamedNode
    label: str
    definition: str
    parent: NamedNode
    is_class: bool
    synonyms: tuple[str, ...]
    no_term_in: tuple[str, ...]
    note: str
    source: str
    matches: tuple[tuple[NamedNode, NamedNode], ...] = ()
    unproven: tuple[NamedNode, ...] = ()
    relations: tuple[tuple[NamedNode, NamedNode], ...] = ()

    @property
    def is_looked_up(self) -> bool:
        """Whether the term is a class, or a curator looked for a mapping (:func:`is_looked_up`)."""
        return self.is_class or is_looked_up(self.matches, self.unproven, self.no_term_in)


def is_looked_up(
    matches: Iterable[tuple[NamedNode, NamedNode]], unproven: Iterable[NamedNode], no_term_in: Iterable[str]
) -> bool:
    """Tell whether a curator looked for the term in another vocabulary.

    Evidence is a match, or a release without a fitting term. A related match counts only if it was read in a release,
    because an unproven one may be a guess.
    """
    guessed = frozenset(unproven)
    found = any(property_ != standard.RELATED_MATCH or iri not in guessed for property_, iri in matches)
    return found or any(True for _ in no_term_in)


def term_lines(term: NewTerm, curie: Written) -> tuple[str, ...]:
    """Return the lines of a block: a line for each predicate, in the order of her2.ttl, and one for the full stop."""
    typed: Iterable[tuple[NamedNode, Values]] = (
        [(standard.TYPE, (standard.OWL_CLASS,)), (standard.SUBCLASS_OF, (term.parent,))]
        if term.is_class
        else [(standard.TYPE, (standard.OWL_INDIVIDUAL, term.parent))]
    )
    mapped = [
        (property_, tuple(iri for each, iri in term.matches if each == property_))
        for property_ in standard.MAPPING_RELATIONS
    ]
    related = [
        (property_, tuple(iri for each, iri in term.relations if each == property_))
        for property_ in sorted({each for each, _ in term.relations}, key=curie)
    ]
    rows: list[tuple[NamedNode, Values]] = [
        *typed,
        (standard.LABEL, (_english(term.label),)),
        (standard.ALT_LABEL, tuple(map(_english, term.synonyms))),
        (standard.DEFINITION, (_english(term.definition),)),
        *mapped,
        (model.NOT_PROVEN, term.unproven),
        (standard.EDITORIAL_NOTE, (_english(term.note),) if term.note else ()),
        (model.NO_TERM_IN, tuple(map(Literal, term.no_term_in))),
        (model.NOT_LOOKED_UP, () if term.is_looked_up else (Literal(value=True),)),
        (standard.SOURCE, (NamedNode(of_doi(term.source)),) if term.source else ()),
        *related,
    ]
    return (curie(term.iri), *(_line(property_, values, curie) for property_, values in rows if values), "    .")


def _line(property_: NamedNode, values: Values, curie: Written) -> str:
    written = ", ".join(written_value(each, curie) for each in values)
    return f"    {'a' if property_ == standard.TYPE else curie(property_)} {written} ;"


def written_value(value: NamedNode | Literal, curie: Written) -> str:
    """Return a value as written in a block."""
    if isinstance(value, NamedNode):
        return curie(value)
    return value.value if value.datatype == standard.XSD_BOOLEAN else str(value)


def mapped_term_line(iri: NamedNode, label: str, releases: Sequence[str], curie: Written) -> str:
    """Return the line of a mapped term, with its name and the releases in which it was read."""
    parts = [f"{curie(standard.LABEL)} {_english(label)}"] if label else []
    if releases:
        parts.append(f"{curie(model.CHECKED_AGAINST)} {', '.join(str(Literal(each)) for each in releases)}")
    return f"{curie(iri).ljust(_LABEL_COLUMN)} {' ; '.join(parts)} ."


def _english(text: str) -> Literal:
    return Literal(text, language="en")


def with_term(
    text: str, term: NewTerm, known: Mapping[str, Term], vocabulary: Vocabulary, curie: Written
) -> str | None:
    """Return the text with the block of a term; None if no section has its class or other members of the class.

    ``vocabulary`` has the term and all other terms in the text; ``known`` has them by their written names.
    """
    home = _home(sections(text), term, known, curie)
    if home is None:
        return None
    terms = [block for block in home.blocks if block.subject in known]
    is_class = {block.subject: standard.OWL_CLASS in known[block.subject].types for block in terms}
    classes = [block for block in terms if is_class[block.subject]]
    entities = [block for block in terms if not is_class[block.subject]]
    block, subject = term_lines(term, curie), curie(term.iri)
    if _is_sorted(terms) and classes and entities and entities[0].start < classes[-1].start:
        return with_block(text, subject, block, terms)  # the section mixes classes and entities
    alike = classes if term.is_class else entities
    kin = [each for each in alike if _is_kin(known[each.subject], term, vocabulary)]
    if among := alike if _is_sorted(alike) else [] if term.is_class else kin:
        return with_block(text, subject, block, among)
    # After the classes below the same class, or else after the class itself. A section of entities has neither.
    above = [each for each in classes if each.subject == curie(term.parent)]
    after = ((kin if term.is_class else []) or (classes if not entities else above) or terms)[-1]
    return with_lines(text, after.end, ["", *block])


def _home(
    found: tuple[TextSection, ...], term: NewTerm, known: Mapping[str, Term], curie: Written
) -> TextSection | None:
    """Return the section with the class of the term, or else the one with the most terms of that class."""
    for section in found:
        if any(block.subject == curie(term.parent) for block in section.blocks):
            return section
    members = {name for name, each in known.items() if term.parent in each.types}
    counts = [sum(block.subject in members for block in section.blocks) for section in found]
    return found[counts.index(max(counts))] if any(counts) else None


def _is_sorted(blocks: list[TextBlock]) -> bool:
    subjects = [block.subject for block in blocks]
    return subjects == sorted(subjects)


def _is_kin(other: Term, term: NewTerm, vocabulary: Vocabulary) -> bool:
    if term.is_class:
        return term.parent in vocabulary.ancestors.get(other.iri, frozenset({other.iri}))
    return term.parent in other.types


def with_mapped_terms(text: str, terms: Iterable[MappedTerm], curie: Written) -> str:
    """Return the text with the lines of mapped terms, each in its place among the others, or at the end.

    If a term already has a line, the releases are added to it.
    """
    checked = f" {curie(model.CHECKED_AGAINST)} "
    lines = text.split("\n")
    stands = {block.subject: block.subject_line for section in sections(text) for block in section.blocks}
    new_terms = []
    for term in terms:
        at_line = stands.get(curie(term.iri))
        if at_line is None:
            new_terms.append(term)
        elif term.releases and checked not in lines[at_line]:
            line, _, rest = lines[at_line].rpartition(" .")
            lines[at_line] = f"{line} ;{checked}{', '.join(str(Literal(each)) for each in term.releases)} .{rest}"
    text = "\n".join(lines)
    found = [
        [
            block
            for block in section.blocks
            if block.end == block.subject_line + 1 and checked in lines[block.subject_line]
        ]
        for section in sections(text)
    ]
    among = max(found, key=len)
    end = among[-1].end if among else len(lines) - (not lines[-1])
    places: dict[int, list[str]] = {}
    for term in sorted(new_terms, key=lambda each: curie(each.iri)):
        subject = curie(term.iri)
        at = next((block.start for block in among if block.subject > subject), end)
        places.setdefault(at, []).append(mapped_term_line(term.iri, term.label, term.releases, curie))
    for at, new in sorted(places.items(), reverse=True):
        text = with_lines(text, at, new if among else ["", *new])
    return text
