"""What updates change of what is shipped, and what is found when many changes are made to it at once."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pyoxigraph import BlankNode, NamedNode, Quad, Store

from her2ld import read_ontology
from her2ld.vocabulary.standard import TYPE
from tests.shipped import needed, speaking_of, store_of

_PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in read_ontology().prefixes.items())
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What an update takes from :func:`needed` and adds to it; ``brought`` is what is left out there of its terms."""

    brought: frozenset[Quad]
    removed: frozenset[Quad]
    added: frozenset[Quad]

    @property
    def touched(self) -> set[object]:
        """The nodes of which other things are said after the update, or to which other things point."""
        quads = self.removed | self.added
        values = {quad.object for quad in quads if quad.predicate != TYPE}
        return {quad.subject for quad in quads} | {each for each in values if isinstance(each, NamedNode | BlankNode)}


@cache
def _before() -> tuple[Store, frozenset[Quad]]:
    """Return a store of what an update is tried on, and its quads. What tries one leaves the store as it was."""
    return store_of(needed()), frozenset(needed())


def change_of(update: str) -> Change:
    """Return what a SPARQL update changes, which must be something."""
    store, before = _before()
    brought = frozenset(speaking_of(set(re.findall(r"her2:(\w+)", update))))
    try:
        store.extend(brought)
        store.update(_PREFIXES + update)
        after = frozenset(store)
        for quad in after - before:
            store.remove(quad)
        store.extend(before - after)
    except BaseException:
        _before.cache_clear()
        raise
    change = Change(brought, (before | brought) - after, after - before - brought)
    assert change.removed or change.added, f"it changes nothing: {update}"
    return change


def changed(changes: Iterable[Change]) -> list[Quad]:
    """Return the shipped data that matter after some changes."""
    changes = tuple(changes)
    quads = set(needed()).union(*(each.brought for each in changes)).difference(*(each.removed for each in changes))
    return list(quads.union(*(each.added for each in changes)))


def found_in_each(
    cases: Mapping[str, Change], expected: Mapping[str, Sequence[Row]], find: Callable[[list[Quad]], list[Row]]
) -> dict[str, list[Row]]:
    """Return the sorted findings of each case.

    Cases that touch none of the same nodes and do not expect the same finding are tried together, as one validation
    costs as much as another. Where just what is expected of them all is found, each has what is expected of it; where
    not, their halves are tried, down to a case alone.
    """
    groups: list[tuple[list[str], set[object]]] = []
    for name, change in cases.items():
        touched = change.touched.union(expected[name])
        names, nodes = next((group for group in groups if group[1].isdisjoint(touched)), ([], set()))
        if not names:
            groups.append((names, nodes))
        names.append(name)
        nodes |= touched
    found: dict[str, list[Row]] = {}
    waiting = [names for names, _ in groups]
    while waiting:
        names = waiting.pop()
        rows = sorted(find(changed(cases[name] for name in names)))
        if rows == sorted(row for name in names for row in expected[name]):
            found |= {name: sorted(expected[name]) for name in names}
        elif len(names) == 1:
            found[names[0]] = rows
        else:
            middle = len(names) // 2
            waiting += [names[:middle], names[middle:]]
    return found
