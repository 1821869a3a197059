"""Where the sentences of an abstract begin and end.

Rules made for abstracts: a sentence ends at a full stop, question mark or exclamation mark (with the brackets and
quotation marks that close after it) that is followed by white space and by what can begin a sentence, unless the stop
belongs to an abbreviation or to an initial at the beginning. A line break does not end a sentence, an empty line does.
"""

import re
from functools import lru_cache

_END = re.compile(r"""[.!?]+["'”’)\]]*(?=\s+["'“‘(\[]*[A-Z0-9À-ÞΑ-Ω])|\n\s*\n|\Z""")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[])(?:e\.g|i\.e|cf|vs|viz|al|approx|ca|resp|Dr|Prof|Mr|Mrs|Ms|St|[Ff]igs?|[Rr]efs?|[Nn]os?|[Ee]qs?"
    r"|sp|spp|subsp|var)\.$|^[A-Z]\.$"
)


@lru_cache(maxsize=8)  # the texts of the records at hand: each quote asks again
def sentence_bounds(text: str) -> tuple[tuple[int, int], ...]:
    """Give ``(start, end)`` of each sentence, in code points, end exclusive, without the white space around it.

    >>> text = "Mice (n = 3) were used. E. coli, e.g. K-12, was not."
    >>> [text[start:end] for start, end in sentence_bounds(text)]
    ['Mice (n = 3) were used.', 'E. coli, e.g. K-12, was not.']
    """
    bounds = []
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if match[0].startswith(".") and end < len(text) and _ABBREVIATION.search(text[start:end]):
            continue
        sentence = text[start:end]
        stripped = sentence.strip()
        if stripped:
            begin = start + len(sentence) - len(sentence.lstrip())
            bounds.append((begin, begin + len(stripped)))
        start = end
    return tuple(bounds)
