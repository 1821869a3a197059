"""Words that look like names of a kind but are missing from the ontology: candidates for new terms.

They are recognised by the form of names of their kind: the stem of a drug's name (``her2:nameStem``), the letters and
digits of a protein change, the word before "cells". A candidate is reported and never used as a name.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from her2ld.mentions.finder import Mention
from her2ld.mentions.name_rules import ADJECTIVE, endings_of_another
from her2ld.mentions.surroundings import alternatives, values_of
from her2ld.vocabulary import model
from her2ld.vocabulary.ontology import Vocabulary


class Candidate(NamedTuple):
    """Characters of a text that look like a name: ``text[start:end] == exact``, in code points; and the kind."""

    kind: str
    start: int
    end: int
    exact: str


# The labels of drugs: "89Zr-", "177Lu-DOTA-".
_LABEL = r"(?:\d{2,3}m?[a-z]{1,2}-(?:[a-z]+-)?)?"
CandidateFinder = Callable[[str, tuple[Mention, ...]], Iterator[Candidate]]

_ACIDS = "Ala|Arg|Asn|Asp|Cys|Gln|Glu|Gly|His|Ile|Leu|Lys|Met|Phe|Pro|Ser|Thr|Trp|Tyr|Val"
_LETTERS = "ACDEFGHIKLMNPQRSTVWY"
_PROTEIN_CHANGE = re.compile(
    rf"(?<![\w-])(?:p\.\(?)?(?:[{_LETTERS}]\d{{2,4}}(?:[{_LETTERS}]|fs\w*|\*)|(?:{_ACIDS})\d{{1,4}}(?:{_ACIDS}|fs|\*))"
    rf"(?![\w-])|(?<![\w-])[{_LETTERS}]\d{{2,4}}_[{_LETTERS}]\d{{2,4}}(?:ins|del|dup)[{_LETTERS}]*(?![\w-])"
)
# A name before "cells" with a digit or only capitals: "SUM159 cells", "BT-474 cell line".
_CELL_LINE = re.compile(
    r"(?<![\w-])([A-Z][A-Za-z]*[-/ ]?\d[\w/-]*|[A-Z]{3,}(?:-\d+)?)(?= (?:breast )?(?:cancer )?cells?\b)"
)
_DOSE = re.compile(
    r"(?<![\w.])\d+(?:\.\d+)?(?:\s?(?:-|\u2013|to)\s?\d+(?:\.\d+)?)?\s?(?:mg|g|µg|μg|ug|mcg|IU|U|Gy|mCi|MBq)"
    r"(?:/(?:kg|m2|m²|day|d|body|mL|ml))?(?![\w/])"
)


def candidate_finder(vocabulary: Vocabulary) -> CandidateFinder:
    """Return the function that yields the candidates in a text, given the mentions in it, in the order of the kinds.

    >>> from her2ld.mentions.finder import mention_finder
    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> vocabulary = read_ontology()
    >>> text = "Madeuptinib and lapatinib at 5 mg/kg in XY-12 cells with T790M"
    >>> found = candidate_finder(vocabulary)(text, mention_finder(vocabulary)(text))
    >>> [(each.kind, each.exact) for each in found]
    [('drug', 'Madeuptinib'), ('protein change', 'T790M'), ('cell line', 'XY-12'), ('dose', '5 mg/kg')]
    >>> text = "trastuzumab-MCC-DM1 and trastuzumab madeuptansine"
    >>> [each.exact for each in candidate_finder(vocabulary)(text, ())]
    ['trastuzumab-MCC-DM1', 'trastuzumab madeuptansine']
    """
    stems_of = values_of(vocabulary, model.NAME_STEM)
    stem = alternatives([each for stems in stems_of.values() for each in stems])
    endings = values_of(vocabulary, model.ENDING_OF_ANOTHER)
    of_others = "|".join(endings_of_another([each for kind in stems_of for each in endings.get(kind, ())]))
    joined = rf"(?!{ADJECTIVE})-\w[\w-]*"
    drug = re.compile(
        rf"(?<![\w-]){_LABEL}[A-Za-z]{{3,}}{stem}(?:(?:{of_others})(?!\w)|{joined}|(?!\w))", re.IGNORECASE
    )
    patterns = (("drug", drug), ("protein change", _PROTEIN_CHANGE), ("cell line", _CELL_LINE), ("dose", _DOSE))

    def find(text: str, mentions: tuple[Mention, ...]) -> Iterator[Candidate]:
        taken = [(mention.start, mention.end) for mention in mentions]
        for kind, pattern in patterns:
            for found in pattern.finditer(text):
                start, end = found.span(1 if pattern is _CELL_LINE else 0)
                if all(end <= begin or stop <= start for begin, stop in taken):
                    yield Candidate(kind, start, end, text[start:end])

    return find
