"""What became of a load."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import BlankNode

from her2ld.loading.comparison import GraphReport
from her2ld.loading.lines import Graph
from her2ld.vocabulary import model


@dataclass(frozen=True, slots=True)
class LoadReport:
    """How each graph arrived in ``target``, and what else is there.

    ``others`` are the graphs that stay, with their numbers of triples; of a store on the network, those of her2ld.
    ``changed`` says that data were replaced, ``pruned`` names the graphs of her2ld that were removed, because the
    sources do not have them.
    """

    target: str
    graphs: tuple[GraphReport, ...]
    changed: bool
    others: dict[str, int] = field(default_factory=dict)
    pruned: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether every graph is what was sent."""
        return all(graph.verified for graph in self.graphs)

    @property
    def triples(self) -> int:
        """The number of triples that the store holds of what was sent."""
        return sum(graph.held.triples for graph in self.graphs)

    @property
    def stale(self) -> dict[str, int]:
        """The graphs of her2ld that stay though the sources do not have them: they may be of an earlier load."""
        return {name: count for name, count in self.others.items() if name in _NAMES_OF_OURS}


_NAMES_OF_OURS = {graph.value for graph in model.GRAPHS}


def is_ours(graph: Graph | BlankNode) -> bool:
    """Tell whether a graph is one of those that her2ld writes: they are known by their names."""
    return graph in model.GRAPHS


def in_order(graphs: Iterable[Graph]) -> list[Graph]:
    """Return graphs in the order in which they are written, those of others behind."""
    return sorted(
        graphs, key=lambda graph: (model.GRAPHS.index(graph) if is_ours(graph) else len(model.GRAPHS), str(graph))
    )
