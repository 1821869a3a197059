"""The references for the entries of one paper: its record, the ontology, the words of hedge and denial."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from her2ld import iris
from her2ld.curation.form import Entry
from her2ld.curation.quotes import find_anywhere, find_quote, find_words, sentence_of
from her2ld.errors import Problem
from her2ld.pubmed import AbstractSection, Place, Record
from her2ld.statements import Group, Span, Study
from her2ld.texts.cues import Cue, CueFinder, cue_finder
from her2ld.texts.name_places import abbreviations_of, find_name
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.ontology import Term, Vocabulary

# The sections of an abstract by NLM's categories, as [sections] names them, and the basis of the statements in each.
_BASIS = {
    "background": model.STATED,
    "objective": model.INVESTIGATED,
    "methods": model.STATED,
    "results": model.OBSERVED,
    "conclusions": model.CONCLUDED,
}
_LABELS = {
    "background": r"background|introduction|context|rationale|importance|significance",
    "objective": r"objectives?|aims?|purpose|goals?|hypothesis",
    "methods": r"methods?|patients|materials?|design|setting|participants|interventions?|measures|experimental",
    "results": r"results?|findings?|observations?|case|outcomes?",
    "conclusions": r"conclusions?|interpretation|discussion|implications|summary|relevance",
}

# A run of characters, and the property by which a statement points to it.
Words = tuple[NamedNode, Place]


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper at the desk. ``problems`` and ``notes`` grow while its entries are interpreted.

    ``certainty_cues``, ``polarity_cues`` and ``gap_cues`` find the words that must be shown, and ``cues_of`` all that
    may be shown, by the property that points to them. ``starts`` are the places of the abstract at which a section
    begins, each with the basis of its statements. ``cue_places`` are the places of the cues of all entries, and
    ``quoted`` those of their quotes, right or wrong. ``seen`` are all places with characters that an entry needs. Names
    and cues that several entries look for in one sentence are looked for once.
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
        """Return a place that was found, or report the problem."""
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
        seen: set[NamedNode] = set()
        while group and group.regimen is None and group.within and group.iri not in seen:
            seen.add(group.iri)
            group = next((each for each in self.groups.values() if group and each.iri == group.within), None)
        return group.regimen if group else None

    def cues(self, finder: CueFinder, text: str) -> tuple[Cue, ...]:
        """Return the cues in a text by one of the finders of the paper."""
        key = (id(finder), text)
        if key not in self._cues:
            self._cues[key] = finder.find(text)
        return self._cues[key]

    def span(self, place: Place) -> Span:
        """Return a place in the form to which statements point."""
        if place not in self._spans:
            name, text = iris.span(self.record, place), iris.text(self.record, place.part)
            self._spans[place] = Span(name, text, place.start, place.end, place.exact)
        return self._spans[place]

    def names(self, term: Term) -> tuple[str, ...]:
        """Return the names under which a term is sought: “NFKB2 protein” is also sought as “NFKB2”.

        The ontology says for which kinds this holds: “HER2 gene amplification” is not sought as “HER2”.
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
        return next(iter(self.terms(entry, field, kind).values()), None)

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
        self.report(where, f"“{name}” is no {self.vocabulary.label(kind)}", remedy)
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


def open_paper(record: Record, vocabulary: Vocabulary, sections: Entry, problems: list[Problem]) -> Paper:
    """Return a paper that is ready for its entries; sections that are not found are problems."""
    words = vocabulary.steering.cue_words
    ends = vocabulary.steering.scope_ends

    occasional = vocabulary.steering.occasional_cue_words
    values = {
        model.GAP_CUE: (model.KNOWLEDGE_GAP,),
        model.POLARITY_CUE: (model.DENIES, model.FINDS_NO),
        model.CERTAINTY_CUE: tuple(vocabulary.steering.ranks),
        model.BASIS_CUE: (model.STATED, model.INVESTIGATED, model.OBSERVED, model.CONCLUDED),
        model.ATTRIBUTION_CUE: _members(vocabulary, model.ATTRIBUTION_CLASS),
    }

    def finder(property_: NamedNode, *, occasionally: bool) -> CueFinder:
        found = {
            each.value: (*words.get(each, ()), *(occasional.get(each, ()) if occasionally else ()))
            for each in values[property_]
        }
        return cue_finder(found, ends)

    abbreviations = abbreviations_of("\n".join(record.texts.values()))
    if record.withheld:
        abbreviations = {**abbreviations, **record.withheld.abbreviations}
    starts = _starts(record, sections, problems)
    return Paper(
        record=record,
        vocabulary=vocabulary,
        certainty_cues=finder(model.CERTAINTY_CUE, occasionally=False),
        polarity_cues=finder(model.POLARITY_CUE, occasionally=False),
        gap_cues=finder(model.GAP_CUE, occasionally=False),
        cues_of={each: finder(each, occasionally=True) for each in values},
        abbreviations=abbreviations,
        starts=tuple((place.start, basis) for place, basis in starts),
        problems=problems,
        seen=[place for place, _ in starts if place.exact],
    )


def _members(vocabulary: Vocabulary, kind: NamedNode) -> tuple[NamedNode, ...]:
    return tuple(term.iri for term in vocabulary.terms.values() if kind in term.types)


def _starts(record: Record, sections: Entry, problems: list[Problem]) -> list[tuple[Place, NamedNode | None]]:
    """Return the places at which sections begin, in order, each with its basis; labels of the record have no words."""
    starts = [
        (record.span("abstract", section.start, section.start), _basis_of_section(section))
        for section in record.sections
    ]
    for name in sections.values:
        words = sections.text(name) or ""
        place = find_anywhere(words, record, f"{sections.where}, {name}")
        if isinstance(place, Problem):
            problems.append(place)
        elif place.part == "abstract":
            starts.append((place, _BASIS[name]))
    return sorted(starts, key=lambda each: each[0].start)


def _basis_of_section(section: AbstractSection) -> NamedNode | None:
    """Return the basis that a heading gives; None if it names none, or several that differ (background and aims)."""
    words = re.split(r"\W+", (section.label or "").casefold())
    named = {_BASIS[name] for name, known in _LABELS.items() for word in words if re.fullmatch(known, word)}
    if named:
        return named.pop() if len(named) == 1 else None
    category = (section.category or "").casefold()
    return _BASIS.get(category)
