"""The axes of a statement: its link to the claim, certainty, basis, attribution and reading, and their cues.

The ontology lists the cue words and their meanings. The section of an abstract that contains a quote gives the basis of
the statement. Every hedging or denying word in a quote must be a cue of a statement.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from her2ld.curation.form import Entry
from her2ld.curation.paper import Paper, Words, find_anywhere, find_words, sentence_of
from her2ld.errors import Problem
from her2ld.pubmed import AbstractSection, Place, Record
from her2ld.statements.statement import Value
from her2ld.texts.cues import CueFinder, cue_finder
from her2ld.texts.name_places import abbreviations_of
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.ontology import Vocabulary

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

_POLARITIES = {"affirmed": model.AFFIRMS, "denied": model.DENIES, "not found": model.FINDS_NO}


@dataclass(frozen=True, slots=True)
class Cues:
    """The meaning of an entry's cues: values by axis, and the places of the cues."""

    certainty: NamedNode | None
    basis: NamedNode | None
    attribution: NamedNode | None
    links: frozenset[NamedNode]
    words: tuple[Words, ...]


def read_cues(paper: Paper, entry: Entry, quotes: Sequence[Place], *, is_gap: bool) -> Cues:
    """Find the cues in the sentences of the quotes, each with its meaning by the lists of the ontology.

    The first quote is that of the claim; cues are looked for in its sentence first.
    """
    words: list[Words] = []
    values: dict[NamedNode, NamedNode] = {}
    links: set[NamedNode] = set()
    ranks = paper.vocabulary.steering.ranks
    for cue in entry.texts("cue"):
        where = entry.at("cue")
        found_in = [find_words(cue, each, paper.record, where) for each in quotes]
        place = paper.found(next((each for each in found_in if not isinstance(each, Problem)), found_in[0]))
        if place is None:
            continue
        found = [
            (property_, each) for property_, finder in paper.cues_of.items() for each in paper.cues(finder, place.exact)
        ]
        if any(property_ == model.GAP_CUE for property_, _ in found):
            found = [(property_, each) for property_, each in found if property_ != model.POLARITY_CUE]
        if not found:
            remedy = "copy words that weaken, deny or leave open (“may”, “not”); docs/curation.md lists them"
            paper.report(where, f"{cue!r} is not a cue", remedy)
            continue
        paper.cue_places.append(place)
        for property_, each in found:
            value = NamedNode(each.value)
            words.append((property_, place))
            if property_ == model.POLARITY_CUE:
                links.add(value)
            if property_ == model.CERTAINTY_CUE and property_ in values:
                value = min(value, values[property_], key=lambda one: ranks.get(one, 0))
            values[property_] = value
    leaves_open = any(property_ == model.GAP_CUE for property_, _ in words)
    if is_gap and not leaves_open and values.get(model.BASIS_CUE) != model.INVESTIGATED:
        remedy = 'write cue = ["…"], the words that leave it open or those of an aim (“to determine whether”)'
        if "cue" in entry:
            given = " and ".join(f"“{each}”" for each in entry.texts("cue"))
            paper.report(entry.at("cue"), f"{given} does not say that something is not known", remedy)
        else:
            paper.report(entry.where, "“cue” is missing: a gap needs the words that leave it open", remedy)
    return Cues(
        certainty=values.get(model.CERTAINTY_CUE),
        basis=values.get(model.BASIS_CUE),
        attribution=values.get(model.ATTRIBUTION_CUE),
        links=frozenset(links),
        words=tuple(words),
    )


def read_link(paper: Paper, entry: Entry, cues: Cues) -> NamedNode | None:
    """Return the link from the statement to the claim; any link but an affirmation needs a cue."""
    polarity = entry.text("polarity") or "affirmed"
    link = _POLARITIES.get(polarity)
    if link is None:
        former = " (write “denied”)" if polarity == "negated" else ""
        remedy = f"write one of {', '.join(_POLARITIES)}{former}"
        paper.report(entry.at("polarity"), f"there is no polarity “{polarity}”", remedy)
    elif link != model.AFFIRMS and not cues.links:
        what = f"“cue” is missing: a statement that is {polarity} needs the words that say so"
        paper.report(entry.where, what, 'write cue = ["…"]')
    elif link == model.DENIES and model.DENIES not in cues.links:
        what = "the cue says that nothing was found, but the statement denies the claim"
        paper.report(entry.where, what, 'write polarity = "not found"')
    elif link == model.AFFIRMS and cues.links:
        what = "a cue denies the claim, but the statement affirms it"
        paper.report(entry.where, what, 'write polarity = "denied" or "not found", or move the words to not_cue')
    return link


def read_axes(
    paper: Paper, entry: Entry, cues: Cues, basis_there: NamedNode | None
) -> tuple[tuple[NamedNode, Value], ...]:
    """Return certainty, basis and attribution: as written, else from the cues, else from the section of the quote.

    The readings are those that the curator gives. ``basis_there`` is the basis of statements in that section.
    """
    ranks = paper.vocabulary.steering.ranks
    certainty = _chosen(paper, entry, "certainty", model.CERTAINTY_CLASS) or cues.certainty or model.CERTAIN
    if certainty != model.CERTAIN and cues.certainty is None:
        paper.report(entry.at("certainty"), "no cue makes it less than certain", 'write cue = ["…"]')
    elif cues.certainty and ranks.get(certainty, 0) > ranks.get(cues.certainty, 0):
        what = f"the cues make it {paper.vocabulary.label(cues.certainty)}"
        paper.report(entry.at("certainty"), what, "leave it out, or move the words to not_cue")
    basis = _chosen(paper, entry, "basis", model.BASIS_CLASS) or cues.basis or basis_there
    if basis is None:
        what = "“basis” is missing: the quote is not in a section of an abstract"
        remedy = (
            'write basis = "stated", "investigated", "observed" or "concluded"; '
            "or give the beginning of each section in [sections]"
        )
        paper.report(entry.where, what, remedy)
        basis = model.STATED
    default = model.NOBODY if basis == model.STATED else model.THIS_PAPER
    attribution = _chosen(paper, entry, "attribution", model.ATTRIBUTION_CLASS) or cues.attribution or default
    reading = _chosen(paper, entry, "reading", model.READING_CLASS)
    axes: list[tuple[NamedNode, Value]] = [(model.CERTAINTY, certainty), (model.BASIS, basis)]
    axes += [(model.ATTRIBUTION, attribution)]
    axes += [(model.READING, each) for each in (*((reading,) if reading else ()), *_readings_of_form(entry))]
    return tuple(axes)


def _readings_of_form(entry: Entry) -> Iterator[NamedNode]:
    if "one_of_list" in entry:
        yield model.ONE_OF_LIST
    if "subject_example_of" in entry or "object_example_of" in entry:
        yield model.EXAMPLE_OF_CLASS


def _chosen(paper: Paper, entry: Entry, name: str, kind: NamedNode) -> NamedNode | None:
    term = paper.term(entry, name, kind)
    return term.iri if term else None


def open_paper(record: Record, vocabulary: Vocabulary, sections: Entry, problems: list[Problem]) -> Paper:
    """Return a paper that is ready for reading its entries; sections that are not found are problems."""
    words = vocabulary.steering.cue_words
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
        return cue_finder(found)

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


def check_cues(paper: Paper) -> None:
    """Report every hedging, denying or gap word in a quote that is neither a cue of an entry nor in ``not_cue``.

    A word can be the cue of any entry of the same sentence. Such words elsewhere in the sentence are noted if they are
    the cue of no entry.
    """
    of_sentences: dict[Place, list[Place]] = {}
    for entry, quote in paper.quoted:
        sentence = sentence_of(quote, paper.record) or quote
        if sentence not in of_sentences:
            of_sentences[sentence] = _weakening(paper, sentence)
        weakening = of_sentences[sentence]
        shown = [*paper.cue_places, *_not_cues(paper, entry, quote, weakening)]
        words = [place for place in weakening if not any(place.overlaps(each) for each in shown)]
        inside = [place for place in words if place.overlaps(quote)]
        outside = [place for place in words if not place.overlaps(quote)]
        others = f"; the sentence also has {_in_quotes(outside)}" if outside else ""
        for place in inside:
            what = f"“{place.exact}” weakens or denies, but is not a cue{others}"
            remedy = f'write cue = ["{place.exact}"], or not_cue = ["{place.exact}"] if it does neither here'
            paper.report(entry.at("quote"), what, remedy)
        if outside and not inside:
            what = f"the sentence has {_in_quotes(outside)} outside the quote without a cue"
            copied = ", ".join(f'"{place.exact}"' for place in outside)
            paper.note(
                entry.at("quote"), f"{what}: write cue = [{copied}] if that weakens it, else not_cue = [{copied}]"
            )


def _not_cues(paper: Paper, entry: Entry, quote: Place, weakening: Iterable[Place]) -> list[Place]:
    places = paper.words(entry, "not_cue", quote)
    for place in places:
        if not any(place.overlaps(each) for each in weakening):
            what = f"{place.exact!r} weakens and denies nothing"
            paper.report(entry.at("not_cue"), what, "delete it: only such words need to be marked")
    return places


def _weakening(paper: Paper, sentence: Place) -> list[Place]:
    """Return the words of a sentence that hedge, deny or leave open, by the lists of the ontology."""
    text = sentence.exact
    gaps = paper.cues(paper.gap_cues, text)
    certain = model.CERTAIN.value
    found = [
        *gaps,
        *(
            cue
            for cue in paper.cues(paper.polarity_cues, text)
            if not any(gap.start < cue.end and cue.start < gap.end for gap in gaps)
        ),
        *(cue for cue in paper.cues(paper.certainty_cues, text) if cue.value != certain),
    ]
    return [
        paper.record.span(sentence.part, sentence.start + cue.start, sentence.start + cue.end)
        for cue in sorted(found, key=lambda cue: (cue.start, cue.end))
    ]


def _in_quotes(places: Iterable[Place]) -> str:
    return ", ".join(f"“{place.exact}”" for place in places)
