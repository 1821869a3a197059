"""The mentions in a record, and whether the record is about a term.

Mentions are found in the texts of the record with regard to its markup, its headings and its own abbreviations.
"""

import html
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from pyoxigraph import NamedNode

from her2ld.mentions.finder import Finder, Mention, Surroundings
from her2ld.mentions.name_rules import hiding
from her2ld.mentions.surroundings import values_of
from her2ld.pubmed.article import Article
from her2ld.texts.name_places import abbreviations_of
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
    with_symbols = {
        iri.value: frozenset(symbols) for iri, symbols in values_of(vocabulary, model.SYMBOL_OF_ANOTHER).items()
    }

    def find_in(article: Article) -> dict[str, tuple[Mention, ...]]:
        texts = article.texts
        known = {part: Surroundings(breaks) for part, breaks in _breaks(article, texts)}
        found = {part: find(text, known.get(part, _UNKNOWN)) for part, text in texts.items()}
        if not any(found.values()):
            return found
        # Most records name nothing, and most of the others are about people, so the species are looked up last.
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
        frozenset(iri.value for iri in values_of(vocabulary, each))
        for each in (model.SAYS_HUMAN, model.SYMBOL_OF_ANOTHER)
    )
    same = values_of(vocabulary, standard.EXACT_MATCH)
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


# A paper indexed with the same, nearly the same or a narrower term is about the term. A broader heading covers more.
_RELATIONS = (standard.EXACT_MATCH, standard.CLOSE_MATCH, standard.NARROW_MATCH)

AboutTest = Callable[[Collection[str], Iterable[Mention]], bool]


def about_test(term_iris: Collection[str], vocabulary: Vocabulary, *, exactly: bool = False) -> AboutTest:
    """Return the function that tells whether a paper is about one of the terms.

    The function takes the IRIs of the MeSH descriptors and supplementary concepts with which the paper is indexed, and
    the mentions in its texts, keywords and headings. It returns true if one of those descriptors is mapped to a term as
    exact, close or narrower, or if a term is mentioned without a status that leaves the topic: "HER2-negative"
    describes what patients lack. A term represents its topic: a gene includes its protein and a protein its gene, each
    with its parts and changes (:func:`topic`); with ``exactly``, each represents only itself.

    >>> from her2ld.mentions import mention_finder
    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> vocabulary = read_ontology()
    >>> her2 = [vocabulary.find("HER2").iri.value]
    >>> find, is_about_her2 = mention_finder(vocabulary), about_test(her2, vocabulary)
    >>> [is_about_her2([], find(text)) for text in ("HER2-low tumors", "HER2-negative tumors", "mouse HER2")]
    [True, False, False]
    >>> [is_about_her2([], find(f"HER2-{status} breast cancer")) for status in ("positive", "negative")]
    [True, False]
    >>> is_about_her2(["http://id.nlm.nih.gov/mesh/C508053"], [])
    True
    >>> is_exactly_her2 = about_test(her2, vocabulary, exactly=True)
    >>> [test([], find("ERBB2 amplification")) for test in (is_about_her2, is_exactly_her2)]
    [True, False]
    """
    given = frozenset(map(NamedNode, term_iris))
    terms = given if exactly else frozenset(iri for each in given for iri in topic(each, vocabulary))
    matches = [values_of(vocabulary, relation) for relation in _RELATIONS]
    indexed = frozenset(iri for match in matches for term in terms for iri in match.get(term, ()))
    leaving = {iri.value for iri in values_of(vocabulary, model.LEAVES_TOPIC)}
    named = {term.value for term in terms}

    def is_about(mesh_iris: Collection[str], mentions: Iterable[Mention]) -> bool:
        return not indexed.isdisjoint(mesh_iris) or any(
            mention.term_iri in named and mention.status_iri not in leaving for mention in mentions
        )

    return is_about


def topic(term: NamedNode, vocabulary: Vocabulary) -> frozenset[NamedNode]:
    """Return the terms whose mention makes a paper be about a term: the term, its gene or protein, and their parts.

    The ontology marks the relations that stay within a topic: ``her2:keepsTopic``.
    """
    keeping = frozenset(values_of(vocabulary, model.KEEPS_TOPIC))
    linked = [
        (quad.predicate, quad.subject, quad.object)
        for quad in vocabulary.quads
        if (quad.predicate in keeping or quad.predicate == model.ENCODES)
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
    ]
    pair = {term}
    for relation, gene, product in linked:
        if relation == model.ENCODES and term in (gene, product):
            pair |= {gene, product}
    parts = {subject for relation, subject, whole in linked if relation in keeping and whole in pair}
    return frozenset(pair | parts)
