"""The network, for drawing: nodes with a shape for each kind of thing, and a line for each claim.

A line is a claim that papers assert or hedge; claims that are only denied, not found, investigated or left open have
none.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from her2ld.pages.knowledge import Knowledge, Term, View
from her2ld.pages.sayings import LinkText
from her2ld.pages.side_by_side import parts
from her2ld.statements import Claim, Statement
from her2ld.statements.paper_comparison import Status
from her2ld.statements.plain import Licence
from her2ld.vocabulary import model, standard

# The script draws what a reader chooses of them; a page with more takes too long to load.
MOST_LINES = 4_000


def _regular(corners: int, *, turned: float = 0, waist: float = 1) -> str:
    """Return the corners of a polygon in a square from -1 to 1; ``waist`` pulls every second one in, for a star."""
    angles = [2 * math.pi * (corner / corners + turned) - math.pi / 2 for corner in range(corners)]
    radii = [waist if corner % 2 else 1 for corner in range(corners)]
    return " ".join(
        f"{radius * math.cos(angle):.2f} {radius * math.sin(angle):.2f}"
        for angle, radius in zip(angles, radii, strict=True)
    )


# Outlines that remain distinct when small, for both the drawing and its legend.
_OUTLINES = (
    _regular(32),
    _regular(4, turned=0.125),
    _regular(3),
    _regular(4),
    _regular(6),
    _regular(10, waist=0.5),
    _regular(3, turned=0.5),
    _regular(8, waist=0.4),
    _regular(5),
    "-1 -0.7 0.5 -0.7 1 0 0.5 0.7 -1 0.7 -0.5 0",
    "-1 0.6 -0.4 -0.6 1 -0.6 0.4 0.6",
    "-0.35 -1 0.35 -1 0.35 -0.35 1 -0.35 1 0.35 0.35 0.35 0.35 1 -0.35 1 -0.35 0.35 -1 0.35 -1 -0.35 -0.35 -0.35",
    _regular(8, turned=0.0625),
)


@dataclass(frozen=True, slots=True)
class NetworkLine:
    """A claim that papers assert or only hedge, whether it is limited, and the statements that assert or hedge it."""

    claim: Claim
    is_asserted: bool
    is_limited: bool
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """A drawing: its data for the script that draws it, the lines drawn, and the shapes used."""

    data: Mapping[str, object]
    drawn: tuple[NetworkLine, ...]
    shapes: tuple[tuple[str, NamedNode], ...]


def view(knowledge: Knowledge, name: Callable[[Term], LinkText]) -> View:
    """Return the content of the network's page: the drawing, and the same as a table."""
    drawing = draw(knowledge, name)
    table = lines(knowledge)
    return "network.html", {
        "title": "The network of claims",
        "network": drawing.data,
        "edges": drawing.drawn,
        "left_out": len(table) - len(drawing.drawn),
        "without_line": len(knowledge.claims) - len(table),
        "shapes": drawing.shapes,
        "table": table,
    }


def lines(knowledge: Knowledge) -> list[NetworkLine]:
    """Return the claims that have a plain triple, in the order of their first papers."""
    found = []
    for said in knowledge.claims.values():
        licensed = {
            licence: tuple(each for each in said if knowledge.licences[each.iri] is licence) for licence in Licence
        }
        statements = licensed[Licence.ASSERTED] or licensed[Licence.HEDGED]
        if statements and statements[0].claim:
            claim = statements[0].claim
            is_limited = knowledge.comparison.statuses.get(claim.iri) is Status.LIMITED
            found.append(NetworkLine(claim, bool(licensed[Licence.ASSERTED]), is_limited, statements))
    return found


def draw(knowledge: Knowledge, name: Callable[[Term], LinkText]) -> Network:
    """Return the network of the claims that papers assert or hedge, the first MOST_LINES of them.

    The data have the nodes with their kinds, and the lines with the papers that make the claim and the experimental
    systems in which it holds; papers and systems are given by their places in lists.
    """
    drawn = lines(knowledge)[:MOST_LINES]
    ends = list(dict.fromkeys(end for each in drawn for end in (each.claim.subject, each.claim.object) if end))
    kinds = {end: _kind(knowledge, end) for end in ends}
    used = sorted({kind for kind in kinds.values() if kind}, key=lambda kind: kind.value)
    # The last outline is for things of an unknown kind; surplus kinds share the one before it.
    outlines = {kind: _OUTLINES[min(place, len(_OUTLINES) - 2)] for place, kind in enumerate(used)}
    nodes = [
        {
            "id": str(end),
            "label": name(end).text,
            "href": name(end).page,
            "outline": outlines.get(kinds[end], _OUTLINES[-1]),  # type: ignore[arg-type]
            "kind": used.index(kind) if (kind := kinds[end]) else len(used),
        }
        for end in ends
    ]
    systems = {each.claim.iri: _systems(knowledge, each) for each in drawn}
    used_systems = sorted({one for each in systems.values() for one in each}, key=lambda one: name(one).text.casefold())
    papers = list(dict.fromkeys(said.paper for each in drawn for said in each.statements if said.paper))
    places = {paper: place for place, paper in enumerate(papers)}
    edges = [
        {
            "id": each.claim.iri.value,
            "source": str(each.claim.subject),
            "target": str(each.claim.object),
            "label": name(each.claim.relation).text if each.claim.relation else "",
            "asserted": each.is_asserted,
            "limited": each.is_limited,
            "papers": sorted({places[said.paper] for said in each.statements if said.paper}),
            "systems": sorted(used_systems.index(one) for one in systems[each.claim.iri]),
            "href": name(each.claim.iri).page,
        }
        for each in drawn
    ]
    data = {
        "nodes": nodes,
        "lines": edges,
        "kinds": [*(name(kind).text for kind in used), "other"],
        "papers": [name(paper).text for paper in papers],
        "systems": [name(one).text for one in used_systems],
    }
    return Network(data, tuple(drawn), tuple((outlines[kind], kind) for kind in used))


def _systems(knowledge: Knowledge, line: NetworkLine) -> set[NamedNode]:
    """Return the experimental systems in which papers say that a claim holds."""
    found = (each for said in line.statements for each in dict(parts(knowledge, said)).get("system", ()))
    return {each for each in found if isinstance(each, NamedNode)}


def _kind(knowledge: Knowledge, end: Term) -> NamedNode | None:
    """Return the class directly below the root class of things in statements; None if there is none."""
    if not isinstance(end, NamedNode):
        return None
    types = knowledge.iris(end, standard.TYPE)
    ancestors = knowledge.vocabulary.ancestors
    above = {one for start in (end, *types) for one in ancestors.get(start, frozenset())}
    top = [one for one in above if ancestors.get(one) == frozenset({one, model.BIOMEDICAL_ENTITY})]
    return min(top, key=lambda one: one.value, default=None)
