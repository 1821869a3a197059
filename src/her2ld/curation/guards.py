"""What must not pass: a hedge or a denial that the quote holds and no statement shows."""

from collections.abc import Iterable, Iterator

from her2ld.curation.checking import Understood
from her2ld.curation.paper import Paper
from her2ld.curation.quotes import find_words, sentence_of
from her2ld.errors import Problem
from her2ld.pubmed import Span as Place
from her2ld.vocabulary import statement_model as model


def check_cues(paper: Paper, entries: Iterable[Understood]) -> None:
    """Report every word of hedge, denial or gap in a quote that is no cue of it or of a sibling, nor in ``not_cue``.

    Siblings are the entries of the same sentence. Such words elsewhere in the sentence that nobody shows are noted.
    """
    for understood in entries:
        quote = understood.quote
        sentence = sentence_of(quote, paper.record) or quote
        shown = [*paper.cue_places, *_not_cues(paper, understood)]
        words = [place for place in _weakening(paper, sentence) if not any(_overlap(place, each) for each in shown)]
        inside = [place for place in words if _overlap(place, quote)]
        outside = [place for place in words if not _overlap(place, quote)]
        others = f"; the sentence also has {_listed(outside)}" if outside else ""
        for place in inside:
            where = f"{understood.entry.where}, quote"
            what = f"“{place.exact}” weakens or denies, and no cue shows it{others}"
            remedy = f'write cue = ["{place.exact}"], or not_cue = ["{place.exact}"] where it belongs to something else'
            paper.report(where, what, remedy)
        if outside and not inside:
            paper.notes.append(
                f"{understood.entry.where}, quote: the sentence has {_listed(outside)} outside the quote, which no cue shows"
            )


def _not_cues(paper: Paper, understood: Understood) -> Iterator[Place]:
    for words in understood.entry.texts("not_cue"):
        found = find_words(words, understood.quote, paper.record, f"{understood.entry.where}, not_cue")
        if isinstance(found, Problem):
            paper.problems.append(found)
        else:
            yield found


def _weakening(paper: Paper, sentence: Place) -> list[Place]:
    """Return the words of a sentence that weaken, deny or leave open, by the lists of the ontology."""
    text = sentence.exact
    gaps = paper.gap_cues.find(text)
    certain = model.CERTAIN.value
    found = [
        *gaps,
        *(
            cue
            for cue in paper.polarity_cues.find(text)
            if not any(gap.start <= cue.start and cue.end <= gap.end for gap in gaps)
        ),
        *(cue for cue in paper.certainty_cues.find(text) if cue.value != certain),
    ]
    return [
        paper.record.span(sentence.part, sentence.start + cue.start, sentence.start + cue.end)
        for cue in sorted(found, key=lambda cue: (cue.start, cue.end))
    ]


def _overlap(one: Place, other: Place) -> bool:
    return one.part == other.part and one.start < other.end and other.start < one.end


def _listed(places: Iterable[Place]) -> str:
    return ", ".join(f"“{place.exact}”" for place in places)
