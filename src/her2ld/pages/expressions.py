"""Class expressions, lists and axioms of OWL 2 in words, close to those of its Manchester syntax."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from pyoxigraph import BlankNode, NamedNode

from her2ld.pages.knowledge import Term
from her2ld.vocabulary import standard
from her2ld.vocabulary.axioms import Description, list_items

# Words, and the terms between them.
Words = list[str | Term]

_DEEPEST = 20
_LONGEST = 10_000
# The words before a value, and those between the items of a list; None if the value is no list.
_FORMS = {
    "intersectionOf": ("", " and "),
    "unionOf": ("", " or "),
    "oneOf": ("one of ", ", "),
    "complementOf": ("not ", None),
    "datatypeComplementOf": ("not ", None),
    "inverseOf": ("inverse of ", None),
    "AllDisjointClasses members": ("no two of these have a member in common: ", ", "),
    "AllDisjointProperties members": ("no two of these hold between the same things: ", ", "),
    "AllDifferent members": ("no two of these are the same: ", ", "),
    "AllDifferent distinctMembers": ("no two of these are the same: ", ", "),
}
# Kinds that the form itself makes clear.
_TOLD = frozenset({"", "Class", "DataRange", "ObjectProperty", standard.RDFS + "Datatype"})
_RESTRICTIONS = {
    "someValuesFrom": " some ",
    "allValuesFrom": " only ",
    "hasValue": " value ",
    "hasSelf": " itself ",
    "minCardinality": " min ",
    "maxCardinality": " max ",
    "cardinality": " exactly ",
    "minQualifiedCardinality": " min ",
    "maxQualifiedCardinality": " max ",
    "qualifiedCardinality": " exactly ",
}
_MEMBERS = ("members", "distinctMembers")


def words_of(term: object, said: Description, depth: int = 0) -> Words:
    """Return a term in words: itself, or for a blank node its expression, list or axiom.

    ``said`` describes the graph. Terms without words are returned unchanged, so that nothing is lost.
    """
    if not isinstance(term, BlankNode):
        return [term]  # type: ignore[list-item]  # what stands in a triple
    if depth > _DEEPEST:
        return ["…"]
    about = {property_: values for property_, values in said[term].items() if values}
    if about.keys() == {standard.FIRST, standard.REST}:
        return _joined(term, ", ", said, depth)
    return _expression(about, said, depth) or _as_it_stands(about, said, depth)


def chain_words(cell: object, said: Description) -> Words:
    """Return the list of properties of a chain."""
    return _joined(cell, " then ", said, 0)


def members(axiom: BlankNode, said: Description) -> list[object]:
    """Return the members of an axiom of disjointness or of difference; an empty list for other nodes."""
    heads = (head for name in _MEMBERS for head in said[axiom].get(NamedNode(standard.OWL + name), ()))
    return [item for head in heads for item in islice(list_items(head, said), _LONGEST)]


def _expression(about: Mapping[NamedNode, Sequence[object]], said: Description, depth: int) -> Words | None:
    """Return an expression of OWL 2 in words; None for a node that does not follow its mapping to RDF."""
    if any(len(values) > 1 or not property_.value.startswith((standard.OWL, standard.RDF))
           for property_, values in about.items()):  # fmt: skip
        return None
    parts = {property_.value.removeprefix(standard.OWL): values[0] for property_, values in about.items()}
    kind = str(getattr(parts.pop(standard.TYPE.value, None), "value", "")).removeprefix(standard.OWL)
    if "onProperty" in parts and kind in {"", "Restriction"}:
        return _restriction(parts, said, depth)
    if len(parts) == 1:
        ((name, value),) = parts.items()
        before, between = _FORMS.get(name if kind in _TOLD else f"{kind} {name}", ("", ""))
        if between:
            return [before, *_joined(value, between, said, depth)]
        if before:
            return [before, *_nested(value, said, depth)]
    return None


def _restriction(parts: dict[str, object], said: Description, depth: int) -> Words | None:
    property_ = parts.pop("onProperty")
    fillers = [parts.pop(name) for name in ("onClass", "onDataRange") if name in parts]
    if len(parts) != 1 or not parts.keys() <= _RESTRICTIONS.keys():
        return None
    ((name, value),) = parts.items()
    words = [*_nested(property_, said, depth), _RESTRICTIONS[name], *_nested(value, said, depth)]
    return words + [word for filler in fillers for word in (" ", *_nested(filler, said, depth))]


def _joined(head: object, between: str, said: Description, depth: int) -> Words:
    words: Words = []
    for item in islice(list_items(head, said), _LONGEST):
        words += [between, *_nested(item, said, depth)]
    return words[1:] or ["(none)"]


def _nested(term: object, said: Description, depth: int) -> Words:
    words = [word for word in words_of(term, said, depth + 1) if word]
    return ["(", *words, ")"] if len(words) > 1 and words[0] != "[" else words


def _as_it_stands(about: Mapping[NamedNode, Iterable[object]], said: Description, depth: int) -> Words:
    words: Words = []
    for property_, values in sorted(about.items(), key=str):
        for value in sorted(values, key=str):
            words += ["; ", property_, " ", *_nested(value, said, depth)]
    return ["[", *words[1:], "]"]
