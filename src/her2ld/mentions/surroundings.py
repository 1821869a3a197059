"""The words around a name that change its meaning, and the patterns that find them.

Some give it a status (positive, negative, low), others make it the name of another species. A status is directly after
the name (“HER2-negative”, “HER2+”, “(HER2) positive”) or before it (“non-HER2”), or it is elsewhere in the same clause
(“negative for HER2”, “no HER2 amplification”, “HER2 was not overexpressed”). A hyphen before another word is not a
sign: “HER2- and HER3-targeted”.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from her2ld.vocabulary import model
from her2ld.vocabulary.ontology import Vocabulary

# The length of the longest relevant word, with the text between it and the name.
_REACH = 24
_SHORT_DASHES = "\u2010\u2011\u2012\u2013\u2212"
_DASHES = dict.fromkeys(map(ord, _SHORT_DASHES), "-")
_NO_LETTER_BEFORE = r"(?<![^\W_])"
_NO_LETTER_AFTER = r"(?![^\W_])"
# A blank or a dash.
GAP = rf"[\s\-{_SHORT_DASHES}]"


Values = Mapping[NamedNode, tuple[str, ...]]


def values_of(vocabulary: Vocabulary, property_: NamedNode) -> Values:
    """Return the values of a property in the ontology, by subject: the texts of literals, and IRIs."""
    return {
        subject: tuple(each.value for each in values if isinstance(each, Literal | NamedNode))
        for subject, properties in vocabulary.description.items()
        if (values := properties.get(property_))
    }


def before(text: str, start: int, reach: int = _REACH) -> str:
    """Return the text before a place, ``reach`` characters at most, with each dash except the long ones as a hyphen."""
    return text[max(0, start - reach) : start].translate(_DASHES)


def after(text: str, end: int, reach: int = _REACH) -> str:
    """Return the text after a place, ``reach`` characters at most, with each dash except the long ones as a hyphen."""
    return text[end : end + reach].translate(_DASHES)


def alternatives(words: Iterable[str]) -> str:
    """Return the pattern that matches the longest possible of the words; without words, one that never matches."""
    found = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, found))})" if found else r"(?!)"


def preceding(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern that finds one of the words, as its group, at the end of the text of :func:`before`."""
    return re.compile(rf"{_NO_LETTER_BEFORE}({alternatives(words)})[\s-]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Beside:
    """The texts that can be beside a name: the patterns of texts that end at its start, and that start at its end."""

    before: re.Pattern[str] | None
    after: re.Pattern[str]

    def touches(self, text: str, start: int, end: int) -> bool:
        """Tell whether such a text is beside the name at ``text[start:end]``."""
        return self.after.match(text, end) is not None or (
            self.before is not None and self.before.search(text, max(0, start - _REACH), start) is not None
        )


def beside(words: Collection[str], between: str, leading: Collection[str] = (), behind: Collection[str] = ()) -> Beside:
    r"""Return the patterns that find one of the words on either side of a name, with ``between`` up to the name.

    ``leading`` are words that can only precede the name, and ``behind`` patterns of texts that can follow it. A hyphen
    in a word matches any dash.

    >>> found = beside(["oncogene"], r"\s")
    >>> [found.touches(text, 4, 7) for text in ("the neu oncogene", "the neu, oncogene")]
    [True, False]
    """
    word, first = (_with_any_dash(alternatives(each)) for each in (words, (*words, *leading)))
    following = "|".join((between + word, *behind))
    return Beside(
        re.compile(rf"{_NO_LETTER_BEFORE}{first}{between}\Z", re.IGNORECASE) if words or leading else None,
        re.compile(rf"(?:{following}){_NO_LETTER_AFTER}", re.IGNORECASE),
    )


def _with_any_dash(pattern: str) -> str:
    return pattern.replace(r"\-", rf"[\-{_SHORT_DASHES}]")


# The largest distance of a status from its name, in code points: a clause of a few words.
_CLAUSE = 80
_MINUS = "\u2212"
_NOT = re.compile(r"(?<![^\W_])not\s$", re.IGNORECASE)
# The separators in a list whose last word belongs to all parts: "HER2-, HER3- and EGFR-targeted".
_JOINED = r"(?:\s*[,/&+]\s*|\s+)(?:(?:and|or|and/or)\s+)?"
_LISTED = r"[^\W_][\w./]*"
_HANGING = re.compile(rf"-(?:{_JOINED}{_LISTED}-)*{_JOINED}{_LISTED}-(?P<word>[a-z]{{3,}})")
_AUXILIARY = r"(?:was|were|is|are|be|been|being|has been|have been)"
# The words that may separate a name from its status: "HER2 protein expression was", "HER2 status:".
_MEASURED = (
    r"(?:\s(?:protein|gene|mRNA|receptor|oncogene|status|expression|overexpression|over-expression|amplification"
    r"|immunohistochemistry|IHC|FISH|staining|and|or|nor)\b){0,4}"
)

StatusReader = Callable[[str, int, int, bool], str | None]
SpeciesReader = Callable[[str, int, int, str, bool], str]


def status_reader(vocabulary: Vocabulary) -> StatusReader:
    """Return the function that reads the status of a name.

    It takes the text, the places where the name starts and ends, and whether markup ends there, as between name and
    sign in ``HER2<sup>-</sup>``. It returns the IRI of the status, None if there is none.
    """
    after_name = _by_word(model.WORD_AFTER, vocabulary)
    before_name = _by_word(model.WORD_BEFORE, vocabulary)
    words, signs = ([each for each in after_name if each[-1].isalpha() == is_word] for is_word in (True, False))
    others = _by_word(model.WORD_OF_ANOTHER, vocabulary)
    word, sign, other = alternatives(words), alternatives(signs), alternatives(others)
    directly = re.compile(
        rf"\)?(?:[\s-]{{0,2}}\(?(?P<word>{word}){_NO_LETTER_AFTER}(?![\s-]{other})"
        rf"|\s?\((?:IHC\s)?(?P<bracketed>{sign})\)"
        rf"|\s?(?P<score>\d\+){_NO_LETTER_AFTER}"
        rf"|(?P<sign>{sign}){_NO_LETTER_AFTER})",
        re.IGNORECASE,
    )
    denied_before = preceding(before_name)
    of_list = re.compile(rf"[^a-z]*?(?P<word>{word}){_NO_LETTER_AFTER}", re.IGNORECASE)
    apart = _apart(after_name, words)
    negative, positive = model.NEGATIVE_STATUS.value, model.POSITIVE_STATUS.value

    def status_after(text: str, end: int, is_marked: bool) -> str | None:  # noqa: FBT001  # as StatusReader has it
        following = after(text, end, _CLAUSE)
        found = directly.match(following[: len(after(text, end))])
        if found is None:
            return None
        if found["score"]:
            return after_name.get(found["score"])
        if found["sign"] == "-" and not is_marked and text[end] != _MINUS:
            hanging = _HANGING.match(following)
            if hanging:
                shared = of_list.fullmatch(hanging["word"])
                return after_name[shared["word"].lower()] if shared else None
        word_or_sign = found["word"] or found["bracketed"] or found["sign"]
        return after_name[word_or_sign.lower()]

    def read(text: str, start: int, end: int, is_marked: bool) -> str | None:  # noqa: FBT001  # as StatusReader has it
        status = status_after(text, end, is_marked)
        earlier = before(text, start)
        denied = denied_before.search(earlier)
        if denied or (status and _NOT.search(earlier)):
            if status == negative:
                return None  # "not HER2-negative" gives no status
            return before_name[denied[1].lower()] if denied else negative if status == positive else status
        return status or apart(text, start, end)

    return read


def _apart(after_name: Mapping[str, str], words: list[str]) -> Callable[[str, int, int], str | None]:
    """Return the function that reads a status that does not touch its name; ``after_name`` are statuses by word."""
    whole = [each for each in words if len(each) > 3]  # noqa: PLR2004  # an abbreviation always touches the name
    adjective = alternatives([each for each in whole if not each.endswith("ity")])
    listed = rf"(?:[^\W_][\w./-]*{_JOINED}){{0,4}}"
    earlier_status = re.compile(
        rf"(?:\b(?P<word>{adjective})\s(?:(?:expression|overexpression|amplification|staining|immunostaining)\s)?"
        rf"(?:for|of)\s(?:the\s)?{listed}"
        r"|(?P<deed>\b(?:no|without)\s(?:any\s|evidence\sof\s)?(?:gene\s|protein\s)?"
        r"(?:over-?expression|amplification|expression)\sof\s(?:the\s)?)"
        r"|(?P<no>\b(?:lack(?:s|ed|ing)?|absence|absent)(?:\s(?:of|in))?\s(?:both\s)?(?:the\s)?"
        rf"|\b(?:no|without|neither)\s(?:any\s|evidence\sof\s)?){listed})$",
        re.IGNORECASE,
    )
    # "no HER2 amplification" gives HER2 a status, "no HER2 testing" does not.
    wanting = re.compile(r"\s(?:\w+\s){0,2}?(?:over-?expression|amplification|expression|positivity)\b", re.IGNORECASE)
    later_status = re.compile(
        rf"{_MEASURED}\s{_AUXILIARY}\s(?:\w+ly\s)?(?:"
        rf"(?P<not>not\s(?:\w+ly\s)?|neither\s|never\s|un|non-?)"
        r"(?:over-?expressed|amplified|detect(?:ed|able)|expressed|present|positive)\b"
        rf"|(?P<absent>absent|lacking|lost)\b|(?P<word>{adjective})\b(?!\s(?:in|for|and|or|correlat|associat))"
        rf"|(?P<listed>{adjective})\sin\s(?:all|this|the|both)\b)"
        r"|[\s-](?P<directly>non-?amplified|not\samplified|not\sover-?expressed|unamplified)\b",
        re.IGNORECASE,
    )
    negative = model.NEGATIVE_STATUS.value

    def read(text: str, start: int, end: int) -> str | None:
        later = after(text, end, _CLAUSE)
        found = later_status.match(later)
        if found:
            word = found["word"] or found["listed"]
            return after_name[word.lower()] if word else negative
        earlier = re.split(r"[.;:]\s", before(text, start, _CLAUSE))[-1]
        found = earlier_status.search(earlier)
        if found is None:
            return None
        if found["word"]:
            return after_name[found["word"].lower()]
        if found["deed"]:
            return negative
        is_lack = not re.match(r"no\b|without\b|neither\b", found["no"], re.IGNORECASE)
        return negative if is_lack or wanting.match(later) else None

    return read


def _by_word(property_: NamedNode, vocabulary: Vocabulary) -> dict[str, str]:
    return {
        word: iri.value
        for iri, words in values_of(vocabulary, property_).items()
        if model.MENTION_STATUS_CLASS in vocabulary.terms[iri].types
        for word in words
    }


def species_reader(vocabulary: Vocabulary) -> SpeciesReader:
    """Return the function that recognises a gene or protein of another species.

    It takes the text, the places where the name starts and ends, the IRI of the term, and whether the record is only
    about animals. It returns the IRI of the counterpart in other species, or that of the term. A word directly before
    the name decides first ("mouse HER2"), then the animals that carry it ("ErbB2 transgenic mice"), and then, in a
    sentence without people, their cells and grafts, the animals in the sentence or in the record.
    """
    before_name = values_of(vocabulary, model.WORD_BEFORE)
    species = [term for term in vocabulary.terms.values() if model.SPECIES_CLASS in term.types]
    human = values_of(vocabulary, model.SAYS_HUMAN)
    words = [word for each in human.values() for word in each]
    people = [name for term in species if term.iri in human for name in (term.label, *term.synonyms)]
    words += people
    animal = alternatives(
        [name for term in species if term.iri not in human for name in (term.label, *term.synonyms)]
        + [word for each in before_name.values() for word in each if word[0].isalpha()]
    )
    of_people = re.compile(rf"\b{alternatives(words)}s?\b", re.IGNORECASE)
    bearing = re.compile(
        r"[\s-](?:[\w-]+\s)?(?:transgenic|transgene|knock-?out|knock-?in|null|mutant|deficient|expressing|driven|model"
        rf"|heterozygous|homozygous|positive)\s(?:[\w-]+\s)?{animal}s?\b",
        re.IGNORECASE,
    )
    modelled = re.compile(
        rf"\b{animal}s?\s(?:models?|lines?)?\s?(?:for|of|with|carrying|expressing|overexpressing)\s(?:the\s|human\s)?$",
        re.IGNORECASE,
    )
    within = re.compile(rf"\b(?:in|of|from)\s(?:[\w-]+\s){{0,6}}?{animal}s?\b", re.IGNORECASE)
    counterparts: dict[str, tuple[str, re.Pattern[str], re.Pattern[str]]] = {}
    for iri, humans in values_of(vocabulary, model.COUNTERPART_OF).items():
        own = [word for kind in vocabulary.terms[iri].types for word in before_name.get(kind, ())]
        counterparts |= dict.fromkeys(humans, (iri.value, preceding(own), preceding(people)))

    def read(text: str, start: int, end: int, term_iri: str, is_of_animals: bool) -> str:  # noqa: FBT001  # as the type
        if term_iri not in counterparts:
            return term_iri
        counterpart, other_before, human_before = counterparts[term_iri]
        earlier = before(text, start)
        if other_before.search(earlier):
            return counterpart
        if human_before.search(earlier):
            return term_iri
        begin, stop = _sentence(text, start, end)
        later = text[end:stop]
        if bearing.match(later) or modelled.search(before(text, start, _CLAUSE)):
            return counterpart
        clause = _CLAUSE_END.split(later, maxsplit=1)[0]
        if (is_of_animals or within.search(clause)) and not of_people.search(text, begin, stop):
            return counterpart
        return term_iri

    return read


_CLAUSE_END = re.compile(r"[,;:]\s")
_SENTENCE_END = re.compile(r"[.?!]\s+(?=[A-Z])")


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return roughly where the sentence around a name begins and ends: an abbreviation may cut it short."""
    begin = 0
    for found in _SENTENCE_END.finditer(text, 0, start):
        begin = found.end()
    following = _SENTENCE_END.search(text, end)
    return begin, following.start() + 1 if following else len(text)
