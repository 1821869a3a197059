"""The paper that is being read: its record, the ontology, and the search for quotes, words and names in the record.

A quote is one contiguous run of characters within one sentence of the record, or it is refused. Blanks and hyphens
match any kind of blank or hyphen in the record; the characters of the record are kept.
"""

import bisect
import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from her2ld import iris
from her2ld.curation.form import Entry
from her2ld.errors import Problem
from her2ld.pubmed import Place, Record
from her2ld.statements import Group, Span, Study
from her2ld.statements.plain import regimen
from her2ld.texts.cues import Cue, CueFinder
from her2ld.texts.folding import cuts_a_word, occurrences
from her2ld.texts.name_places import find_name
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.ontology import Term, Vocabulary

_ELLIPSIS = re.compile(r"\.\.\.|…")
_GIVE = "without the abstract, only the words quoted before are known: give the record of the paper with --records"


def find_quote(quote: str, record: Record, where: str, field: str = "quote") -> Place | Problem:
    """Find the only place of ``quote`` in title or abstract; a Problem says why there is none, and where it nearly is.

    ``field`` is the name of the curator's field.
    """
    where = f"{where}, {field}"
    found = [
        record.span(part, start, end) for part, text in record.texts.items() for start, end in occurrences(quote, text)
    ]
    if not found:
        what = "these words are not in the record"
        if _ELLIPSIS.search(quote):
            what += " (a quote is one contiguous run, because “...” could hide a hedge or a “not”)"
        return Problem(where, f"{what}: {quote!r}", _copy_from(quote, record))
    if len(found) > 1:
        return Problem(where, f"it occurs {len(found)} times in the record: {quote!r}", "quote more words")
    if _cuts_a_word(found[0], record):
        return Problem(where, f"it begins or ends within a word: {quote!r}", "quote whole words")
    if sentence_of(found[0], record) is None:
        remedy = "quote from one of them" + (f", such as {_nearest(quote, record)!r}" if not record.withheld else "")
        return Problem(where, f"it runs over more than one sentence: {quote!r}", remedy)
    return found[0]


def find_words(words: str, near: Place, record: Record, where: str) -> Place | Problem:
    """Find ``words`` in the sentence of ``near``: within ``near`` if possible, otherwise elsewhere in the sentence."""
    sentence = sentence_of(near, record)
    if sentence is None:
        msg = f"{near} was not found by find_quote"
        raise ValueError(msg)
    places = [
        record.span(near.part, start, end)
        for start, end in occurrences(words, record.texts[near.part])
        if sentence.start <= start and end <= sentence.end
    ]
    whole = [place for place in places if not _cuts_a_word(place, record)]
    for within in (near, sentence):
        inside = [place for place in whole if within.contains(place)]
        if len(inside) == 1:
            return inside[0]
        if inside:
            return Problem(where, f"{words!r} occurs {len(inside)} times in the sentence", "write more of the words")
    if places:
        return Problem(where, f"{words!r} begins or ends within a word", "write whole words")
    remedy = _GIVE if record.withheld else f"copy from {sentence.exact!r}"
    return Problem(where, f"{words!r} is not in the sentence of the quote", remedy)


def find_anywhere(words: str, record: Record, where: str) -> Place | Problem:
    """Find the first place of ``words`` in the record."""
    for part, text in record.texts.items():
        for start, end in occurrences(words, text):
            place = record.span(part, start, end)
            if not _cuts_a_word(place, record):
                return place
    return Problem(where, f"these words are not in the record: {words!r}", _copy_from(words, record))


def sentence_of(span: Place, record: Record) -> Place | None:
    """Return the sentence that contains the whole of ``span``; None if it crosses the end of a sentence."""
    bounds = record.bounds(span.part)
    place = bisect.bisect_left(bounds, (span.start + 1,)) - 1
    if place < 0 or span.end > bounds[place][1]:
        return None
    return record.span(span.part, *bounds[place])


def _cuts_a_word(span: Place, record: Record) -> bool:
    text = record.abstract if span.part == "abstract" else record.title
    return cuts_a_word(text, span.start, span.end)


def _copy_from(words: str, record: Record) -> str:
    return _GIVE if record.withheld else f"copy from the nearest sentence: {_nearest(words, record)!r}"


def _nearest(quote: str, record: Record) -> str:
    sentences = [sentence.exact for sentence in record.sentences()]
    return max(sentences, key=lambda sentence: _shared_words(quote, sentence))


def _shared_words(quote: str, sentence: str) -> float:
    matcher = difflib.SequenceMatcher(None, quote.split(), sentence.split(), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) - len(sentence.split()) / 1000


# A run of characters, and the property by which a statement points to it.
Words = tuple[NamedNode, Place]


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper whose entries are being read. ``problems`` and ``notes`` grow meanwhile.

    ``certainty_cues``, ``polarity_cues`` and ``gap_cues`` find the words that must be cues, and ``cues_of`` all words
    that may be cues, by the property that points to them. ``starts`` are the places of the abstract at which a section
    begins, each with the basis of its statements. ``cue_places`` are the places of the cues of all entries, and
    ``quoted`` those of their quotes, right or wrong. ``seen`` are all places with characters that an entry needs. A
    name or a cue that several entries need in one sentence is looked for once.
    """

    record: Record
    vocabulary: Vocabulary
    certainty_cues: CueFinder
    polarity_cues: CueFinder
    gap_cues: CueFinder
    cues_of: Mapping[NamedNode, CueFinder]
    abbreviations: Mapping[str, str]
    starts: tuple[tuple[int, NamedNode | None], ...]
    problems: list[Problem]
    notes: dict[str, list[str]] = field(default_factory=dict)
    studies: dict[str, Study] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    cue_places: list[Place] = field(default_factory=list)
    quoted: list[tuple[Entry, Place]] = field(default_factory=list)
    seen: list[Place] = field(default_factory=list)
    _names: dict[NamedNode, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _named: dict[tuple[tuple[str, ...], str, int, int], tuple[int, int] | None] = field(
        default_factory=dict, repr=False
    )
    _spans: dict[Place, Span] = field(default_factory=dict, repr=False)
    _cues: dict[tuple[int, str], tuple[Cue, ...]] = field(default_factory=dict, repr=False)

    def report(self, where: str, what: str, remedy: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(where, what, remedy))

    def note(self, where: str, what: str) -> None:
        """Add a note; the same note on many entries is given once."""
        self.notes.setdefault(what, []).append(where)

    def found(self, found: Place | Problem) -> Place | None:
        """Return a place that was found; report a problem otherwise."""
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        self.seen.append(found)
        return found

    def quote(self, entry: Entry) -> Place | None:
        """Find the quote of an entry."""
        quote = entry.text("quote")
        if quote is None:
            self.report(entry.where, "“quote” is missing", "copy the words from the record")
            return None
        return self.found(find_quote(quote, self.record, entry.where))

    def words(self, entry: Entry, field: str, near: Place) -> list[Place]:
        """Find the words of a field in the sentence of a quote, in the quote first."""
        found = [self.found(find_words(words, near, self.record, entry.at(field))) for words in entry.texts(field)]
        return [place for place in found if place]

    def anywhere(self, entry: Entry, field: str) -> list[Place]:
        """Find the words of a field anywhere in the record."""
        found = [self.found(find_anywhere(words, self.record, entry.at(field))) for words in entry.texts(field)]
        return [place for place in found if place]

    def named(self, names: tuple[str, ...], near: Place, *, beyond: bool = True) -> Place | None:
        """Find the place of one of the names: in a quote, or else in its sentence if ``beyond`` allows it."""
        place = self._named_within(names, near)
        if place is None and beyond and (sentence := sentence_of(near, self.record)):
            place = self._named_within(names, sentence)
        return self.found(self.record.span(near.part, *place)) if place else None

    def _named_within(self, names: tuple[str, ...], within: Place) -> tuple[int, int] | None:
        key = (names, within.part, within.start, within.end)
        if key not in self._named:
            text = self.record.texts[within.part]
            self._named[key] = find_name(names, text, within.start, within.end, self.abbreviations)
        return self._named[key]

    def named_term(
        self, term: Term, near: Place, *names: str, beyond: bool = True, whole: bool = False
    ) -> tuple[Place, ...]:
        """Find the words that name a term; a regimen is named by its own name, or by the names of all its components.

        With ``whole``, names without the kind of the term do not count, such as “NFKB2” for “NFKB2 protein”.
        """
        place = self.named((*names, *(term.names if whole else self.names(term))), near, beyond=beyond)
        if place:
            return (place,)
        parts = [self.vocabulary.terms[each] for each in self.vocabulary.steering.components.get(term.iri, ())]
        found = [self.named(self.names(each), near, beyond=beyond) for each in parts]
        return tuple(each for each in found if each) if all(found) else ()

    def regimen(self, key: str) -> NamedNode | None:
        """Return the treatment of a group: its own regimen, or that of the group that contains it."""
        group = self.groups.get(key)
        return regimen(group, {each.iri: each for each in self.groups.values()}) if group else None

    def cues(self, finder: CueFinder, text: str) -> tuple[Cue, ...]:
        """Return the cues in a text by one of the finders of the paper."""
        key = (id(finder), text)
        if key not in self._cues:
            self._cues[key] = finder.find(text)
        return self._cues[key]

    def span(self, place: Place) -> Span:
        """Return the span of a place, to which statements point."""
        if place not in self._spans:
            name, text = iris.span(self.record, place), iris.text(self.record, place.part)
            self._spans[place] = Span(name, text, place.start, place.end, place.exact)
        return self._spans[place]

    def names(self, term: Term) -> tuple[str, ...]:
        """Return the names of a term that are searched for: “NFKB2 protein” is also searched for as “NFKB2”.

        The ontology says for which kinds this holds: “HER2 gene amplification” is not searched for as “HER2”.
        """
        if term.iri not in self._names:
            self._names[term.iri] = self._names_of(term)
        return self._names[term.iri]

    def _names_of(self, term: Term) -> tuple[str, ...]:
        short = self.vocabulary.steering.named_without_kind
        kinds = {term.iri} if standard.OWL_CLASS in term.types else term.types
        above = {each for kind in kinds for each in self.vocabulary.ancestors.get(kind, {kind})}
        found = dict.fromkeys(term.names)
        if above.isdisjoint(short):
            return tuple(found)
        endings = {f" {self.vocabulary.label(each)}".casefold() for each in above}
        for name in tuple(found):
            for ending in endings:
                if name.casefold().endswith(ending):
                    bare = name[: -len(ending)]
                    other = self.vocabulary.find(bare)
                    if other is None or self.vocabulary.is_one_of(other, short):
                        found[bare] = None
        return tuple(found)

    def term(self, entry: Entry, field: str, kind: NamedNode | None = None) -> Term | None:
        """Return the entity or class that a field names, one of a kind if one is given; None if it names none."""
        return next(iter(self.terms(entry, field, kind).values()), None) if field in entry else None

    def terms(self, entry: Entry, field: str, kind: NamedNode | None = None) -> dict[str, Term]:
        """Return the entities or classes that a field names, by the curator's names, of a kind if one is given."""
        found = {name: self._term(name, entry.at(field), kind) for name in entry.texts(field)}
        return {name: term for name, term in found.items() if term}

    def _term(self, name: str, where: str, kind: NamedNode | None) -> Term | None:
        term = self.vocabulary.find(name)
        if kind is None:
            if term and term.is_entity_or_class:
                return term
            self.report(where, f"the ontology has no entity or class “{name}”", self._how_to_add(name))
            return None
        if term and term.iri != kind and self.vocabulary.is_one_of(term, frozenset({kind})):
            return term
        members = [
            each for each in self._terms if each.iri != kind and self.vocabulary.is_one_of(each, frozenset({kind}))
        ]
        nearest = self.vocabulary.nearest(name, (each for member in members for each in member.names))
        known = f"write one of {', '.join(sorted(each.label for each in members))}"
        if kind in (model.MEASURE_CLASS, model.DESIGN_CLASS):
            known += f'; or add it: her2ld term add "{name}"'
        remedy = f"did you mean “{nearest}”?" if nearest else known
        self.report(where, f"“{name}” is not of the kind “{self.vocabulary.label(kind)}”", remedy)
        return None

    def group_or_term(self, entry: Entry, field: str) -> Group | Term | None:
        """Return the group whose key a field has, or else the entity or class that it names; None if it has neither."""
        name = entry.text(field)
        if name is None or name in self.groups:
            return self.groups.get(name or "")
        term = self.vocabulary.find(name)
        if term and term.is_entity_or_class:
            return term
        self.report(entry.at(field), f"“{name}” names neither a group of the paper nor a term", self._how_to_add(name))
        return None

    def relation(self, entry: Entry) -> Term | None:
        """Return the relation of an entry, one that a paper can state."""
        name, where = entry.text("relation"), entry.at("relation")
        if name is None:
            self.report(entry.where, "“relation” is missing", 'write relation = "…", a relation of the ontology')
            return None
        term = self.vocabulary.find(name)
        if term is None or not term.is_relation:
            stated = [
                each for each in self._terms if each.is_relation and each.iri not in self.vocabulary.inferred_only
            ]
            nearest = self.vocabulary.nearest(name, (each for one in stated for each in one.names))
            known = f"write one of {', '.join(sorted(each.label for each in stated))}"
            remedy = f"did you mean “{nearest}”?" if nearest else known
            self.report(where, f"the ontology has no relation “{name}”", remedy)
            return None
        if term.iri in self.vocabulary.inferred_only:
            what = f"“{term.label}” is never stated"
            self.report(where, what, "state the mechanism: what follows from it is inferred")
        return term

    @property
    def _terms(self) -> Iterable[Term]:
        return self.vocabulary.terms.values()

    def _how_to_add(self, name: str) -> str:
        known = (each for term in self._terms if term.is_entity_or_class for each in term.names)
        nearest = self.vocabulary.nearest(name, known)
        add = f'add it: her2ld term add "{name}"'
        return f"did you mean “{nearest}”? Otherwise {add}" if nearest else add

    def basis_of(self, place: Place) -> NamedNode | None:
        """Return the basis that the section of a place gives; None if the text has no sections there."""
        if place.part != "abstract":
            return None
        begun = [basis for start, basis in self.starts if start <= place.start]
        return begun[-1] if begun else None
