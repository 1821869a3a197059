"""The bounds of the sentences of a title or of an abstract.

A sentence ends at a full stop, question mark or exclamation mark (including brackets, quotation marks and numbers of
references that close after it) unless the stop belongs to an abbreviation, an initial, the number of an item or an
ellipsis, or is within brackets that close later. The next sentence may begin with a capital letter, a digit, or a small
letter: “mTOR”, “c-erbB-2”. An empty line ends a sentence, too, and so does the name of the next part of an abstract
(“RESULTS:”); a line break alone does not. docs/pubmed.md says how often this is right.
"""

import re
from collections.abc import Iterator
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Abbreviations that never end a sentence.
NEVER_LAST = _words("e.g i.e eg ie cf vs viz approx appr ca resp incl excl esp Dr Drs Prof Mr Mrs Ms Messrs St Ste Mt")
# Abbreviations that end a sentence only before a word that begins sentences: “Slamon et al. The gene …”.
SELDOM_LAST = _words("""
    al VS fig figs suppl vol vols ref refs eq eqs eqn nos sp spp subsp ssp var cv gen sect chap temp conc avg std
    subst dept univ ibid Inc Ltd Co Corp Bros Dept Univ Inst Assoc Acad Natl Engl Clin Oncol Biol Chem Proc Biochem
    Pharmacol Pathol Staph Strep Jr Sr
    """)
# Abbreviations that belong to a following number, letter or Roman numeral: “No. 3”, “p. 5”, “Fig. S1”.
BEFORE_NUMBERS = _words("""
    fig figs tab tabs ref refs no No nos nr num eq Eq eqs eqn vol vols p pp pg pgs sect ch chap ver v vers suppl eds
    cat ser exp pat grp app appx abstr Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
    """)
# Abbreviations after which a capital letter begins a sentence, and a small one does not: “at 8 a.m. Blood was drawn”.
LAST_BEFORE_CAPITALS = _words("""
    etc b.i.d t.i.d q.i.d q.d q.o.d p.r.n t.d.s a.m p.m s.d s.e s.e.m n.s i.d o.d p.i p.c min sec hr hrs mo mos yr
    yrs wk wks mg ml kg cm mm
    """)
# After one of these words, a route of administration precedes the name of an agent: “received i.v. Herceptin”.
BEFORE_A_WAY_OF_GIVING = _words("""
    receive received receives receiving with of the and or plus than versus vs single daily weekly via to on for as
    a an low-dose high-dose between compared both either
    """)
# After one of these, a capital letter is an initial: “by J. Wolfe”.
BEFORE_INITIALS = _words("by of from with and to after named called physician professor late")
# After one of these, a letter is a number or a name: “Part I. Critique”, “vitamin A. Mice”.
NAMED_BY_A_LETTER = _words("""
    arm arms case cases category clade class classes cohort cohorts compound cyclosporin factor genotype grade group
    groups haemophilia hemophilia hepatitis immunoglobulin influenza level model part parts patient plan phase
    protein regimen schedule series stage stages step strain subgroup subtype subunit surgeon toxin type types
    variant vitamin vitamins
    """)
# Words that begin sentences, and hardly ever a name or a title after an abbreviation.
STARTERS = _words("""
    a although additionally after all also among an are as at because before between both by collectively compared
    consequently conversely despite does during each every few finally for from furthermore given he hence her here
    herein his how however i'm i've if importantly in interestingly is it its many moreover most neither
    nevertheless nonetheless notably on our overall several she similarly since some specifically such surprisingly
    taken that the their then there therefore these they this those though thus to together using was we were what
    when where whereas whether which while who why with
    """)
# Words of one to three letters that are not abbreviations.
SHORT_WORDS = _words("""
    act add age ago aid aim air all and any are arm art bad bag bed big bit box but cat cow cut day did die dog dry
    due dye ear egg end eye far fat few for gap gas gel get gut had has he her him his hit hot how ice ill ion it
    job jaw key lag law leg lip lot low man map may me men met mix nor not now off oil old one out own pay per pig
    put ran rat raw ray red rib rod run saw say see set sex she six so son sum tap ten the tip to ton too top toe
    try two up us use via war was way we wet who why yet you
    """)
# The names of the parts of an abstract, which PubMed joins into it in capital letters, each with a colon.
PARTS = _words("""
    AIM AIMS BACKGROUND CONCLUSION CONCLUSIONS DESIGN DISCUSSION EVIDENCE EXPOSURE EXPOSURES FINDING FINDINGS
    FUNDING HYPOTHESIS IMPLICATIONS IMPORTANCE INTERPRETATION INTERVENTION INTERVENTIONS INTRODUCTION LIMITATIONS
    MATERIALS MEASURE MEASURES MEASUREMENTS METHOD METHODS OBJECTIVE OBJECTIVES OUTCOME OUTCOMES PARTICIPANTS
    PATIENTS PRACTICE PURPOSE REGISTRATION RELEVANCE RESULT RESULTS SETTING SETTINGS SIGNIFICANCE SUBJECTS SUMMARY
    """)
WITHIN_PARTS = _words("AND OF FOR MAIN PRIMARY STUDY TRIAL CLINICAL LEVEL DATA AUTHORS'")


_PART = rf"(?:(?:{'|'.join(sorted(PARTS | WITHIN_PARTS))})(?: ?[,/&] ?| )?)+:"
_STARTERS = "|".join(sorted(word.capitalize() for word in STARTERS))
# A stop, and the closing text after it: quotation marks, brackets, “[12]”, and “1,2” directly after the stop.
_CLOSERS = r"(?:[\"'”’»)\]]|\[\d[\d,–\ -]*\])*(?:(?<=[a-z)]\.)\d{1,3}(?:[,–-]\d{1,3})*)?"
_STOP = re.compile(
    rf"(?P<stops>[.!?…]+)(?P<closers>{_CLOSERS})(?=\s|\Z)"
    rf"|(?P<unspaced>(?<=[a-z%)\]]{{2}})\.(?=(?:{_STARTERS})\s))"
    rf"|(?P<part>(?<=[a-z\d)\]%])\s(?={_PART}))"
    r"|\n\s*\n|[。！？]"  # noqa: RUF001  the stops of Chinese and Japanese
)
_HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
_NEXT_PART = re.compile(rf"\s+{_PART}")
_OPENING = re.compile(r"[(\[]")
_WORD_AFTER = re.compile(r"([\W_]{0,60})(\w\S*)")
_EMPTY_LINE = re.compile(r"\n\s*\n")
_JOINS = re.compile(r"[,;:)\]=%/&]|\s\.")  # a stop after white space belongs to “. . .”
_NUMBER_AFTER = re.compile(r"[A-Z]{0,8}-?\d|[IVX]+(?![\w-])|[A-Z](?![\w-])|[Nn]os?\.")
_DOTTED = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]{1,2}\.)+[^\W\d_]$")  # “U.S”, “Ph.D”, “glucose/I.R.I”
_LAST_LETTER = re.compile(rf"[{_HYPHENS}/][^\W\d_]$")  # “anti-T. cruzi”
_GENUS = re.compile(r"[A-Z][a-z]{1,2}|[A-Z][a-z]+(?:[bdfghklmnprtv]|[^aeiouy]s)")  # “Kl. pneumoniae”, “Borkh.”
_LETTERS = re.compile(r"\b[A-Z],? (?:and|or|to|vs\.?) [A-Z]$")  # “groups A and B”
_ITEM = re.compile(r"\d{1,2}[.)]")
_SMALL_NAME = re.compile(  # “mTOR”, “c-erbB-2”, “c-myc”, or a Greek letter and a hyphen
    rf"\w{{0,15}}[{_HYPHENS}]?\w*[A-Z\d]|[^\W\d_][{_HYPHENS}]\w|[α-ω][{_HYPHENS}A-Z\d]"  # noqa: RUF001
)
_LABEL = re.compile(r"[\[(“\"]*(?:\d{1,2}|[A-Za-z]|[IVXivx]{1,5})")  # of an item: “1.”, “A.”, “iv.”
_LONGEST_ASIDE = 200
_LOOKED_BACK = 300  # characters, so that the time grows with the length of a text and not with its square


@lru_cache(maxsize=8)  # the texts of the current records: each quote needs them again
def sentence_bounds(text: str) -> tuple[tuple[int, int], ...]:
    """Return ``(start, end)`` of each sentence, in code points, end exclusive, without the white space around it.

    Only white space separates two sentences.

    >>> text = "Mice (n = 3) were used. E. coli, e.g. K-12, was not. mTOR was seen in the U.S. and by J. Doe et al."
    >>> [text[start:end] for start, end in sentence_bounds(text)]
    ['Mice (n = 3) were used.', 'E. coli, e.g. K-12, was not.', 'mTOR was seen in the U.S. and by J. Doe et al.']
    """
    bounds = []
    start = 0
    for end in (*_ends(text), len(text)):
        sentence = text[start:end]
        stripped = sentence.strip()
        if stripped:
            begin = start + len(sentence) - len(sentence.lstrip())
            bounds.append((begin, begin + len(stripped)))
        start = end
    return tuple(bounds)


def _ends(text: str) -> Iterator[int]:
    start = 0
    for match in _STOP.finditer(text):
        begun = text[max(start, match.start() - _LOOKED_BACK) : match.start()]
        if match["part"]:
            is_end = _last_words(begun)[1] not in PARTS | WITHIN_PARTS
        else:
            is_end = not (match["stops"] or match["unspaced"]) or _is_end(begun, match, text)
        if is_end:
            start = match.end()
            yield start


def _is_end(begun: str, match: re.Match[str], text: str) -> bool:
    """Tell whether a sentence ends at a stop; ``begun`` is the text of it before the stop, or the end of that text."""
    after = _WORD_AFTER.match(text, match.end())
    if not after or _EMPTY_LINE.search(after[1]) or _NEXT_PART.match(text, match.end()):
        return True
    if _JOINS.search(after[1]) or _LABEL.fullmatch(begun.strip()) or _is_aside(begun, match, text):
        return False
    stops = "..." if begun.endswith(". ") else match["stops"]  # “. . .”
    following = after[2]
    if stops and stops != ".":
        return _is_end_of_mark(stops, begun, following)
    before, last = _last_words(begun)
    is_small = following[0].islower()
    if _is_abbreviation(before, last) or (is_small and _LAST_LETTER.search(last)):
        return not (is_small or set(match["closers"] or "") & set(")]")) and _ends_after(begun, following)
    if is_small:
        return _ends_before_small(last, match["closers"] or "", following)
    return not (_is_of(BEFORE_NUMBERS, before, last) and _NUMBER_AFTER.match(following))


def _ends_before_small(last: str, closers: str, following: str) -> bool:
    """Tell whether a sentence ends after a word that is no known abbreviation, before a word with a small letter."""
    if _SMALL_NAME.match(following):
        return True
    if set(closers) & set("\"'”’»)]") or re.fullmatch(r"\d{0,2}", last):
        return False
    return _is_starter(following) or not (_GENUS.fullmatch(last) or _is_short(last))


def _is_end_of_mark(stops: str, begun: str, following: str) -> bool:
    """Tell whether an ellipsis, “?” or “!” ends a sentence."""
    if stops in {"…", "..", "..."}:
        return following[0].isupper() and _is_starter(following)
    is_remark = begun.endswith(("(", "["))  # “(?)”
    return not is_remark and (not following[0].islower() or bool(_SMALL_NAME.match(following)))


def _is_abbreviation(before: str, last: str) -> bool:
    return bool(
        _is_of(NEVER_LAST | SELDOM_LAST | LAST_BEFORE_CAPITALS, before, last)
        or _DOTTED.search(last)
        or (len(last) == 1 and last.isalpha())
    )


def _ends_after(begun: str, following: str) -> bool:
    """Tell whether an abbreviation is the last word of a sentence, before a capital letter or a digit."""
    before, last = _last_words(begun)
    if _is_of(NEVER_LAST, before, last) or (_is_of(BEFORE_NUMBERS, before, last) and _NUMBER_AFTER.match(following)):
        return False
    if _is_starter(following) or _ITEM.fullmatch(following):
        return True
    if _is_of(SELDOM_LAST, before, last):
        return last in {"sp", "spp"} and following[1:2].islower()
    is_capital = following[0].isupper()
    if last in LAST_BEFORE_CAPITALS:
        return is_capital or "." not in last
    if _DOTTED.search(last):
        return is_capital and last.islower() and before != "" and before.lower() not in BEFORE_A_WAY_OF_GIVING
    return _ends_after_letter(begun, is_capital=is_capital)


def _ends_after_letter(begun: str, *, is_capital: bool) -> bool:
    before, last = _last_words(begun)
    if last.islower():  # the second letter of “e. g.” ends none
        return not re.fullmatch(r"\w\.", before)
    if not is_capital or before[-1:].isdigit() or before.lower() in NAMED_BY_A_LETTER or _LETTERS.search(begun[-12:]):
        return True
    return not (before[:1].isupper() or before.lower() in BEFORE_INITIALS)


def _is_of(words: frozenset[str], before: str, last: str) -> bool:
    """Tell whether a word is one of ``words``, also with a capital letter unless that is a symbol, such as “Ca”."""
    return last in words or ((len(last) > 2 or not before) and last[:1].lower() + last[1:] in words)  # noqa: PLR2004


def _is_short(last: str) -> bool:
    """Tell whether a word is so short that it may be an unlisted abbreviation."""
    return last.isalpha() and last.islower() and len(last) <= 3 and last not in SHORT_WORDS  # noqa: PLR2004


def _is_starter(word: str) -> bool:
    return word.rstrip(",;:").lower() in STARTERS


def _last_words(begun: str) -> tuple[str, str]:
    """Return the last two words of the text before a stop, the last one without the brackets that open before it."""
    *_, before, last = "", "", *begun.split(), *([""] if begun[-1:].isspace() else [])
    return before, _OPENING.split(last)[-1].lstrip("\"'“‘«{")


def _is_aside(begun: str, match: re.Match[str], text: str) -> bool:
    """Tell whether a stop is within round brackets that opened in the middle of the sentence and close soon."""
    depth = 0
    for each in begun.lstrip()[1:] + match[0]:
        depth += (each == "(") - (each == ")" and depth > 0)
    rest = _EMPTY_LINE.split(text[match.end() : match.end() + _LONGEST_ASIDE], maxsplit=1)[0] if depth else ""
    for each in rest:
        depth += (each == "(") - (each == ")")
        if not depth:
            return True
    return False
