"""The mentions in a record: in its texts, in view of its markup, its headings and its own abbreviations."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from her2ld.mentions.finder import Finder, Mention, Surroundings
from her2ld.mentions.names import hiding, said_with
from her2ld.pubmed.article import Article
from her2ld.texts.abbreviations import abbreviations_of
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Vocabulary

# "(T-DXd)" after a long form.
_DEFINED = re.compile(r" [(\[][^()\[\]]{2,12}[)\]]")
_TAG = re.compile(r"<[^<>]+>")
# Headings, substances and keywords recur, so the mentions in each are kept.
_LABELS_KEPT = 20_000

RecordFinder = Callable[[Article], dict[str, tuple[Mention, ...]]]
LabelFinder = Callable[[Article], Iterator[Mention]]


def record_finder(find: Finder, vocabulary: Vocabulary) -> RecordFinder:
    """Return the function that finds the mentions in the texts of a record, by the name of each text's part.

    ``find`` is the function of :func:`mention_finder`. A name can end at markup. In a record that is indexed with
    animals and not with people, genes are those of animals. If it is indexed with a species, or names it in one of its
    texts, the symbols of that species are found in all its texts. The record's own abbreviations are found in all its
    texts, too. The function can be shared between threads, and cannot be pickled.
    """
    species_of = _species_reader(vocabulary)
    hides = hiding(vocabulary)
    with_symbols = {iri.value: frozenset(said) for iri, said in said_with(vocabulary, model.SYMBOL_OF_ANOTHER).items()}

    def find_in(article: Article) -> dict[str, tuple[Mention, ...]]:
        texts = article.texts
        known = {part: Surroundings(breaks) for part, breaks in _breaks(article, texts)}
        found = {part: find(text, known.get(part, _UNKNOWN)) for part, text in texts.items()}
        if not any(found.values()):
            return found
        # Most records name nothing, and most of the others are of people: what a species changes is asked for last.
        of_animals, species = species_of(article)
        if of_animals or species:
            found = {
                part: find(text, Surroundings(known.get(part, _UNKNOWN).breaks, of_animals, species))
                for part, text in texts.items()
            }
        if named := {each.term_iri for mentions in found.values() for each in mentions} & with_symbols.keys():
            symbols = frozenset(spelling for iri in named for spelling in with_symbols[iri])
            found = {part: tuple(each for each in found[part] if each.exact not in symbols) for part in found}
        short_forms = dict(_short_forms(texts, found))
        if short_forms:
            return {part: _with_short_forms(text, found[part], short_forms, hides) for part, text in texts.items()}
        return found

    return find_in


def label_finder(find: Finder, vocabulary: Vocabulary) -> LabelFinder:
    """Return the function that finds the mentions in the headings, substances and keywords of a record.

    ``find`` is the function of :func:`mention_finder`. A heading with inverted words, such as "Receptor, ErbB-2", is
    read in the normal order. In a record that is indexed with animals and not with people, headings name their genes.
    """
    species_of = _species_reader(vocabulary)

    @lru_cache(maxsize=_LABELS_KEPT)
    def mentions_in(label: str, known: Surroundings) -> tuple[Mention, ...]:
        first, comma, rest = label.partition(", ")
        return find(f"{rest} {first}" if comma else label, known)

    def find_in(article: Article) -> Iterator[Mention]:
        known = Surroundings((), *species_of(article))
        for heading in article.headings:
            yield from mentions_in(heading.term.name, known)
        for substance in article.substances:
            yield from mentions_in(substance.term.name, known)
        for keyword in article.keywords:
            yield from mentions_in(keyword.text, known)

    return find_in


def _species_reader(vocabulary: Vocabulary) -> Callable[[Article], tuple[bool, frozenset[str]]]:
    """Return the function that tells whether a record is indexed with animals and not with people, and its species.

    The species are the IRIs of those with which it is indexed, if they have symbols of their own
    (``her2:symbolOfAnother``).
    """
    human, with_symbols = (
        frozenset(iri.value for iri in said_with(vocabulary, each))
        for each in (model.SAYS_HUMAN, model.SYMBOL_OF_ANOTHER)
    )
    same = said_with(vocabulary, standard.EXACT_MATCH)
    by_heading: dict[str, str] = {}
    for term in vocabulary.terms.values():
        if model.SPECIES_CLASS in term.types:
            by_heading |= dict.fromkeys(map(str.casefold, term.names), term.iri.value)
            in_mesh = (iri for iri in same.get(term.iri, ()) if iri.startswith(standard.MESH))
            by_heading |= dict.fromkeys((iri.removeprefix(standard.MESH) for iri in in_mesh), term.iri.value)

    def species_of(article: Article) -> tuple[bool, frozenset[str]]:
        indexed = [
            by_heading[key]
            for each in article.headings
            if (key := each.term.identifier or each.term.name.casefold()) in by_heading
        ]
        if not indexed:
            return _OF_NO_SPECIES
        of_animals = not any(species in human for species in indexed)
        return of_animals, with_symbols.intersection(indexed)

    return species_of


_UNKNOWN = Surroundings()
_OF_NO_SPECIES: tuple[bool, frozenset[str]] = (False, frozenset())


def _breaks(article: Article, texts: Mapping[str, str]) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield the places in a text, in code points, where its markup begins or ends, by the part of the record."""
    marked = [("title", article.title.marked_up), ("abstract", article.abstract.marked_up)]
    marked += [(f"other-abstract-{place}", each.marked_up) for place, each in enumerate(article.other_abstracts, 1)]
    for part, text in marked:
        if text and part in texts and (breaks := markup_places(text, texts[part])):
            yield part, breaks


def markup_places(marked_up: str, text: str) -> frozenset[int]:
    """Return the places of the tags of a text's marked-up form, in code points of the text.

    There are none if the form without its tags is not the text.

    >>> sorted(markup_places("in HER2<sup>low</sup> &lt; HER2", "in HER2low < HER2"))
    [7, 10]
    """
    places = set()
    plain = ""
    end = 0
    for tag in _TAG.finditer(marked_up):
        plain += html.unescape(marked_up[end : tag.start()])
        places.add(len(plain))
        end = tag.end()
    return frozenset(places) if plain + html.unescape(marked_up[end:]) == text else frozenset()


def _short_forms(texts: Mapping[str, str], found: Mapping[str, tuple[Mention, ...]]) -> Iterator[tuple[str, Mention]]:
    """Yield the abbreviations of a record, each with the mention of its long form, unless they are names themselves.

    The brackets follow the long form, or are a part of the name: "invasive lobular carcinoma (ILC)".
    """
    for part, mentions in found.items():
        text = texts[part]
        places = {(mention.start, mention.end) for mention in mentions}
        for mention in mentions:
            defined = _DEFINED.match(text, mention.end)
            stop = defined.end() if defined else mention.end
            if defined is None and not mention.exact.endswith((")", "]")):
                continue
            for short, long in abbreviations_of(text[mention.start : stop]).items():
                begin = text.find(short, mention.start + len(long), stop)
                is_whole = text.startswith(long, mention.start) and not short.islower()
                if is_whole and (begin, begin + len(short)) not in places:
                    yield short, mention


def _with_short_forms(
    text: str, mentions: tuple[Mention, ...], short_forms: Mapping[str, Mention], hides: Callable[[str, str], bool]
) -> tuple[Mention, ...]:
    """Return the mentions with the abbreviations of a text added, unless a name hides them."""
    added = []
    longest = [mention for mention in mentions if mention.within is None]
    for short, long in short_forms.items():
        for place in re.finditer(rf"(?<![^\W_]){re.escape(short)}s?(?![^\W_])", text):
            start, end = place.span()
            touching = [each for each in longest if start < each.end and each.start < end]
            around = next((each for each in touching if each.start <= start and end <= each.end), None)
            is_free = not touching or (around and not hides(around.term_iri, long.term_iri))
            if is_free and not any((each.start, each.end) == (start, end) for each in mentions):
                within = (around.start, around.end) if around else None
                added.append(Mention(long.term_iri, start, end, place[0], None, within))
    if not added:
        return mentions
    return tuple(sorted({*mentions, *added}, key=lambda each: (each.start, -each.end, each.term_iri)))
