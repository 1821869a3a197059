"""The formats of RDF: their names, suffixes and media types.

This is the only table of formats, for reading, writing and content negotiation. It is plain data, so that the command
line can list the names without slow imports.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import RdfFormat

COMPRESSED = ".gz"
NEVER_IN_XML = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
"""A pattern of the characters that XML cannot contain, even escaped."""


@dataclass(frozen=True, slots=True)
class RdfSyntax:
    """A format of RDF: its name on the command line, its title, its suffixes and its media types.

    The first suffix and the first media type are written; the others are also read.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    has_named_graphs: bool = False
    is_in_lines: bool = False

    @property
    def suffix(self) -> str:
        """The suffix of written files."""
        return self.suffixes[0]

    @property
    def media_type(self) -> str:
        """The media type of responses."""
        return self.media_types[0]

    @property
    def parsed_as(self) -> RdfFormat:
        """The format of pyoxigraph."""
        from pyoxigraph import RdfFormat  # not needed to look up a name

        format_ = RdfFormat.from_media_type(self.media_type)
        if format_ is None:
            raise TypeError(self)
        return format_


TURTLE = RdfSyntax("turtle", "Turtle", (".ttl",), ("text/turtle", "application/x-turtle", "text/n3"))
TRIG = RdfSyntax("trig", "TriG", (".trig",), ("application/trig",), has_named_graphs=True)
N_TRIPLES = RdfSyntax(
    "ntriples", "N-Triples", (".nt",), ("application/n-triples", "text/plain"), is_in_lines=True
)  # fmt: skip
N_QUADS = RdfSyntax(
    "nquads", "N-Quads", (".nq",), ("application/n-quads",), has_named_graphs=True, is_in_lines=True
)  # fmt: skip
RDF_XML = RdfSyntax(
    "rdfxml", "RDF/XML", (".rdf", ".owl"), ("application/rdf+xml", "application/xml", "text/xml")
)  # fmt: skip
JSON_LD = RdfSyntax(
    "jsonld", "JSON-LD 1.1", (".jsonld", ".json"), ("application/ld+json", "application/json"), has_named_graphs=True
)  # fmt: skip
N3 = RdfSyntax("n3", "N3", (".n3",), ("text/n3",))  # read, never written

WRITTEN = (TURTLE, TRIG, N_TRIPLES, N_QUADS, RDF_XML, JSON_LD)
READ = (*WRITTEN, N3)
# The formats offered for the data of a page; the first is preferred if a client accepts several equally.
OFFERED = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
OFFERED_WITH_GRAPHS = (JSON_LD, TRIG, N_QUADS)
# Other media types with which tools request a format; XML is not among them, because browsers request it for pages.
ALSO_CALLED = {
    "text/html": ("application/xhtml+xml",),
    **{each.media_type: each.media_types[1:] for each in OFFERED if each != RDF_XML},
}
BY_NAME = {each.name: each for each in READ}


def syntax_of(path: Path) -> RdfSyntax | None:
    """Return the format for the name of a file, compressed or not; None if the suffix is unknown.

    >>> from pathlib import Path
    >>> syntax_of(Path("her2.owl.gz")) == RDF_XML, syntax_of(Path("her2.csv"))
    (True, None)
    """
    suffix = (path.with_suffix("") if is_compressed(path) else path).suffix.lower()
    return next((each for each in READ if suffix in each.suffixes), None)


def is_compressed(path: Path) -> bool:
    """Tell whether a file is compressed, by its name."""
    return path.suffix.lower() == COMPRESSED


def is_store(folder: Path) -> bool:
    """Tell whether a folder is a store of Oxigraph: its database, RocksDB, always has this file."""
    return (folder / "CURRENT").is_file()
