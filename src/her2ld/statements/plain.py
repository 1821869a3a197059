"""What a statement licenses: the one place that decides by polarity and modality.

Whoever asks whether a paper says that something is so, and how surely, asks here: the plain triples of a dataset, the
edges of KGX, the assertions of nanopublications, what conclusions rest on, and the pages.
"""

from enum import Enum, auto

from pyoxigraph import NamedNode

from her2ld.vocabulary import model
from her2ld.vocabulary.ontology import Modality

# The polarity of a statement that a curator gives none.
POLARITY_UNLESS_WRITTEN = model.AFFIRMED


class Standing(Enum):
    """How a statement stands to its own triple.

    Only what is ASSERTED is a fact that an author vouches for, and only what is ASSERTED or HEDGED has a plain triple,
    each in a graph of its own. What is UNCLEAR lacks a polarity or a modality that the ontology knows.
    """

    ASSERTED = auto()
    HEDGED = auto()
    DENIED = auto()
    UNCLEAR = auto()

    @property
    def affirms(self) -> bool:
        """Whether the author says, surely or not, that it is so."""
        return self in {Standing.ASSERTED, Standing.HEDGED}


def affirms(polarity: NamedNode | None) -> bool:
    """Return whether a polarity is the one of what is said to be so; not where there is none."""
    return polarity == model.AFFIRMED


def is_sure(modality: Modality | None) -> bool:
    """Return whether an author of this modality leaves no doubt, be it that something is so or that it is not."""
    return modality is not None and modality.settles


def standing(polarity: NamedNode | None, modality: Modality | None) -> Standing:
    """Return how a statement stands to its triple; None is what it does not say.

    >>> sure = Modality(NamedNode("http://example.org/sure"), "sure", 3, settles=True, needs_cue=False)
    >>> standing(model.AFFIRMED, sure)
    <Standing.ASSERTED: 1>
    >>> standing(None, sure)
    <Standing.UNCLEAR: 4>
    """
    if polarity is None:
        return Standing.UNCLEAR
    if not affirms(polarity):
        return Standing.DENIED
    if modality is None:
        return Standing.UNCLEAR
    return Standing.ASSERTED if is_sure(modality) else Standing.HEDGED
