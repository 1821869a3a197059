"""The axes of a statement: its link to the claim, certainty, basis, attribution and reading, and their cues.

The ontology lists the cue words and their meanings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from her2ld.curation.form import Entry
from her2ld.curation.paper import Paper, Words
from her2ld.curation.quotes import find_words
from her2ld.errors import Problem
from her2ld.pubmed import Place
from her2ld.statements.statement import Value
from her2ld.vocabulary import statement_model as model

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
            paper.report(where, f"{cue!r} is no cue", remedy)
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
            paper.report(entry.where, "“cue” is missing: a gap shows the words that say so", remedy)
    return Cues(
        certainty=values.get(model.CERTAINTY_CUE),
        basis=values.get(model.BASIS_CUE),
        attribution=values.get(model.ATTRIBUTION_CUE),
        links=frozenset(links),
        words=tuple(words),
    )


def read_link(paper: Paper, entry: Entry, cues: Cues) -> NamedNode | None:
    """Return the link from the statement to the claim; any link but an affirmation needs a cue."""
    said = entry.text("polarity") or "affirmed"
    link = _POLARITIES.get(said)
    if link is None:
        former = " (write “denied”)" if said == "negated" else ""
        remedy = f"write one of {', '.join(_POLARITIES)}{former}"
        paper.report(entry.at("polarity"), f"there is no polarity “{said}”", remedy)
    elif link != model.AFFIRMS and not cues.links:
        what = f"“cue” is missing: what is {said} shows the words that say so"
        paper.report(entry.where, what, 'write cue = ["…"]')
    elif link == model.DENIES and model.DENIES not in cues.links:
        what = "the cue says that nothing was found, and the statement that it is not so"
        paper.report(entry.where, what, 'write polarity = "not found"')
    elif link == model.AFFIRMS and cues.links:
        what = "a cue denies, and the statement affirms"
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
        what = "“basis” is missing: the quote stands in no section of an abstract"
        remedy = (
            'write basis = "stated", "investigated", "observed" or "concluded"; or say in [sections] where they begin'
        )
        paper.report(entry.where, what, remedy)
        basis = model.STATED
    default = model.NOBODY if basis == model.STATED else model.THIS_PAPER
    attribution = _chosen(paper, entry, "attribution", model.ATTRIBUTION_CLASS) or cues.attribution or default
    said = _chosen(paper, entry, "reading", model.READING_CLASS)
    axes: list[tuple[NamedNode, Value]] = [(model.CERTAINTY, certainty), (model.BASIS, basis)]
    axes += [(model.ATTRIBUTION, attribution)]
    axes += [(model.READING, each) for each in (*((said,) if said else ()), *_listed(entry))]
    return tuple(axes)


def _listed(entry: Entry) -> Iterator[NamedNode]:
    if "one_of_list" in entry:
        yield model.ONE_OF_LIST
    if "subject_example_of" in entry or "object_example_of" in entry:
        yield model.EXAMPLE_OF_CLASS


def _chosen(paper: Paper, entry: Entry, name: str, kind: NamedNode) -> NamedNode | None:
    term = paper.term(entry, name, kind)
    return term.iri if term else None
