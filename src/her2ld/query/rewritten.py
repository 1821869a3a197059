"""Reports of the literals that Oxigraph rewrites: it stores numbers, truth values and times by value, not as written.

``"05"^^xsd:int`` becomes ``"5"^^xsd:integer``. Comparing, adding and sorting by value give the same results. STR,
DATATYPE and the printed literals differ, and literals with the same value become one. Therefore commands report them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, Quad

from her2ld.dataset.literals import as_stored, is_rewritten
from her2ld.vocabulary import standard

Rewritten = Counter[tuple[str, str]]
"""The number of rewritten literals by datatype before and after, which is the same if only the spelling changes."""


def watched(quads: Iterable[Quad], rewritten: Rewritten) -> Iterator[Quad]:
    """Yield the quads unchanged, and count in ``rewritten`` the literals that a store would rewrite.

    >>> from pyoxigraph import Literal, NamedNode, Quad
    >>> node, int_ = NamedNode("http://example.org/a"), NamedNode(standard.XSD + "int")
    >>> rewritten = Rewritten()
    >>> list(watched([Quad(node, node, Literal("5", datatype=int_))], rewritten))[0].object.datatype == int_
    True
    >>> described(rewritten)
    '1 literal is kept by value and not as it is written: 1 xsd:int as xsd:integer'
    """
    for quad in quads:
        literal = quad.object
        if isinstance(literal, Literal) and is_rewritten(literal):
            rewritten[literal.datatype.value, as_stored(literal).datatype.value] += 1
        yield quad


def described(rewritten: Mapping[tuple[str, str], int]) -> str:
    """Return a sentence on the rewritten literals, with their numbers and datatypes; "" if there are none."""
    if not rewritten:
        return ""
    total = sum(rewritten.values())
    begin = f"{total:,} literals are kept by value and not as they are written"
    if total == 1:
        begin = "1 literal is kept by value and not as it is written"
    each = [
        f"{count:,} {_short(one)} " + (f"as {_short(other)}" if other != one else "in another form")
        for (one, other), count in sorted(rewritten.items())
    ]
    return f"{begin}: {', '.join(each)}"


def _short(datatype: str) -> str:
    return "xsd:" + datatype.removeprefix(standard.XSD)
