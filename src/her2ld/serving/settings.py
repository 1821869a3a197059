"""What a server is told: where to listen and what a query may use, and what is served."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from her2ld.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import Store

    from her2ld.query.rewritten import Rewritten
    from her2ld.vocabulary.ontology import Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen, who may ask, and what a query may use.

    ``port`` 0 takes a free one. ``host_names``: further names that requests may use. ``origins``: pages elsewhere that
    may ask. ``limits`` are those of each query; ``queries``: how many long ones run at a time.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    host_names: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    limits: Limits = field(default_factory=lambda: Limits(seconds=30, memory=512 << 20))
    queries: int = 4


@dataclass(frozen=True, slots=True)
class Data:
    """What is served: how to read it, done in another process; ``on_disk``: files are read while it is asked.

    ``load`` counts in its argument the literals that the store gives back otherwise than they were written.
    """

    load: "Callable[[Rewritten], Store]"
    read_ontology: "Callable[[], Vocabulary]"
    on_disk: bool = False
