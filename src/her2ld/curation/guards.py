"""A guard: every hedging or denying word in a quote must be a cue of a statement."""

from collections.abc import Iterable

from her2ld.curation.form import Entry
from her2ld.curation.paper import Paper
from her2ld.curation.quotes import sentence_of
from her2ld.pubmed import Place
from her2ld.vocabulary import statement_model as model


def check_cues(paper: Paper) -> None:
    """Report every hedging, denying or gap word in a quote that is no cue of it or of a sibling, nor in ``not_cue``.

    Siblings are the entries of the same sentence. Such words elsewhere in the sentence are noted if no entry has them.
    """
    of_sentences: dict[Place, list[Place]] = {}
    for entry, quote in paper.quoted:
        sentence = sentence_of(quote, paper.record) or quote
        if sentence not in of_sentences:
            of_sentences[sentence] = _weakening(paper, sentence)
        weakening = of_sentences[sentence]
        shown = [*paper.cue_places, *_not_cues(paper, entry, quote, weakening)]
        words = [place for place in weakening if not any(_overlap(place, each) for each in shown)]
        inside = [place for place in words if _overlap(place, quote)]
        outside = [place for place in words if not _overlap(place, quote)]
        others = f"; the sentence also has {_listed(outside)}" if outside else ""
        for place in inside:
            what = f"“{place.exact}” weakens or denies, and no cue shows it{others}"
            remedy = f'write cue = ["{place.exact}"], or not_cue = ["{place.exact}"] where it does neither here'
            paper.report(entry.at("quote"), what, remedy)
        if outside and not inside:
            what = f"the sentence has {_listed(outside)} outside the quote, which no cue shows"
            copied = ", ".join(f'"{place.exact}"' for place in outside)
            paper.note(
                entry.at("quote"), f"{what}: write cue = [{copied}] if that weakens it, else not_cue = [{copied}]"
            )


def _not_cues(paper: Paper, entry: Entry, quote: Place, weakening: Iterable[Place]) -> list[Place]:
    places = paper.words(entry, "not_cue", quote)
    for place in places:
        if not any(_overlap(place, each) for each in weakening):
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


def _overlap(one: Place, other: Place) -> bool:
    return one.part == other.part and one.start < other.end and other.start < one.end


def _listed(places: Iterable[Place]) -> str:
    return ", ".join(f"“{place.exact}”" for place in places)
