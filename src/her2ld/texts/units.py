"""Units as papers print them, and their codes in UCUM.

All codes in the table were looked up: in the reference rows of the project, or in the tables of ucumvert 0.3.2
(``ucum-essence.xml`` and ``ucum_examples.tsv``). A dalton is UCUM's unified atomic mass unit, ``u``. Rates are made
from these by a rule of UCUM: after each slash there is one code without a slash ("mg/kg/day").
"""

import difflib
import re
from dataclasses import dataclass

from her2ld.texts.folding import with_plain_signs

# A line is a code, then its spellings; "_" is a blank. Spellings have "u" for micro and plain exponents.
_TABLE = """
%             % percent per_cent pct
s             s sec secs second seconds
min           min mins minute minutes
h             h hr hrs hour hours
d             d day days
wk            wk wks week weeks
mo            mo mos month months
a             y yr yrs year years
ng            ng nanogram nanograms nanogramme nanogrammes
ug            ug mcg microgram micrograms microgramme micrograms
mg            mg milligram milligrams milligramme milligrammes
g             g gram grams gramme grammes
kg            kg kilogram kilograms kilogramme kilogrammes
pg            pg picogram picograms
uL            uL ul microliter microliters microlitre microlitres
mL            mL ml milliliter milliliters millilitre millilitres
L             L liter liters litre litres
mol/L         M mol/L mol/l
mmol/L        mM mmol/L mmol/l
umol/L        uM umol/L umol/l
nmol/L        nM nmol/L nmol/l
pmol/L        pM pmol/L pmol/l
nm            nm nanometer nanometers nanometre nanometres
um            um micrometer micrometers micrometre micrometres
mm            mm millimeter millimeters millimetre millimetres
cm            cm centimeter centimeters centimetre centimetres
m2            m2 square_meter square_meters square_metre square_metres
mm3           mm3 cubic_millimeter cubic_millimeters cubic_millimetre cubic_millimetres
Gy            Gy gray grays
T             T tesla
Cel           °C ℃ degree_Celsius degrees_Celsius
mm[Hg]        mmHg mm_Hg
u             Da dalton daltons
ku            kDa kilodalton kilodaltons
kJ/mol        kJ/mol
kcal/mol      kcal/mol
mg.min/mL     mg/mL_x_min mg/mL_min mg/mL.min mg.min/mL
L/(mmol.s)    mM-1_s-1 mM-1s-1
10*9/L        x_10^9/L x_109/L x10^9/L x109/L 10^9/L
/uL           /uL /ul cells/uL cells/ul
[IU]/mL       IU/mL IU/ml
m[IU]/mL      mIU/mL mIU/ml
U/mL          U/mL U/ml
U/L           U/L U/l
{beats}/min   bpm beats/min
[arb'U]       AU arbitrary_unit arbitrary_units
1             fold
"""
_SPELLINGS = {
    spelling.replace("_", " "): code
    for code, *spellings in (line.split() for line in _TABLE.strip().splitlines())
    for spelling in spellings
}
# Words are recognised in any case; symbols are not, because M is not m.
_SHORTEST_WORD = 3
_WORDS = {
    spelling.casefold(): code
    for spelling, code in _SPELLINGS.items()
    if len(spelling) >= _SHORTEST_WORD and spelling.replace(" ", "").isalpha()
}
_FIRST_LETTERS = {spelling[0] for spelling in [*_SPELLINGS, *_WORDS, *map(str.upper, _WORDS)]}
# The codes that may follow a slash.
_DIVISORS = {"s", "min", "h", "d", "wk", "mo", "a", "kg", "g", "uL", "mL", "L", "m2", "mm3", "cm"}
# Letters that touch a number are a unit if there are several ("4T", "3d" are names), or if they are the h of hours.
_TOUCHING = re.compile(r"h\b|[^A-Za-z]|[A-Za-z]{2}")
_GAP = re.compile(r"[ -]?")
_SLASH = re.compile(r" *(?:/|\bper\b(?! ?cent)) *")
_POWER_SIGN = re.compile(r"(?<=[a-z])\^(?=[23])")
_LONGEST = 32
_NEAR = 0.75
_LIKE_SYMBOLS = {
    **dict.fromkeys("\u00b5\u03bc", "u"),
    "\u00b2": "2",
    "\u00b3": "3",
    "\u2079": "9",
    "\u00d7": "x",
    **dict.fromkeys("\u00b7\u22c5", "."),
}
_ALIKE = str.maketrans(_LIKE_SYMBOLS)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in a text: its place, and its code in UCUM."""

    start: int
    end: int
    code: str


def ucum_code(spelling: str) -> str | None:
    """Return the UCUM code of a unit as papers print it; None if neither the table nor the rule of rates has one.

    >>> ucum_code("months"), ucum_code("nM"), ucum_code("mg per kg/day"), ucum_code("parsec")
    ('mo', 'nmol/L', 'mg/kg/d', None)
    """
    plain = " ".join(_SLASH.sub("/", _POWER_SIGN.sub("", with_plain_signs(spelling).translate(_ALIKE))).split())
    if known := _known(plain):
        return known
    first, *divisors = map(_known, plain.split("/"))
    if first is None or not divisors or not _DIVISORS.issuperset(divisors):
        return None
    return "/".join([first, *filter(None, divisors)])


def unit_at(text: str, place: int) -> Unit | None:
    """Return the longest known unit that begins at a place of a text, or after one blank or hyphen there.

    >>> unit_at("75 mg/m2 daily", 2)
    Unit(start=3, end=8, code='mg/m2')
    """
    plain = with_plain_signs(text[place : place + _LONGEST + 2])
    gap = _GAP.match(plain)
    start = gap.end() if gap else 0
    if plain[start : start + 1].translate(_ALIKE) not in _FIRST_LETTERS or (start == 0 and not _TOUCHING.match(plain)):
        return None
    for end in range(min(len(plain), _LONGEST), start, -1):
        within_a_word = plain[end - 1].isalnum() and plain[end : end + 1].isalnum()
        if not (within_a_word or plain[end - 1] in " -") and (code := ucum_code(plain[start:end])):
            return Unit(place + start, place + end, code)
    return None


def nearest_units(spelling: str) -> list[str]:
    """Return up to three spellings of different known units that are similar to an unknown one.

    >>> nearest_units("monhts"), nearest_units("patients")
    (['months'], [])
    """
    plain = spelling.strip().translate(_ALIKE)
    near = difflib.get_close_matches(plain, [*_SPELLINGS], n=9, cutoff=_NEAR)
    return list({_SPELLINGS[spelling]: spelling for spelling in reversed(near)}.values())[::-1][:3]


def _known(plain: str) -> str | None:
    return _SPELLINGS.get(plain) or _WORDS.get(plain.casefold())
