"""Errors as data.

::

    Her2ldError             any error that this package raises intentionally
    ├── OntologyError       the ontology cannot be used
    ├── IdentifierError     an identifier of another vocabulary is not recognised
    ├── RecordError         a bibliographic record or a file cannot be read
    ├── CurationError       a curation folder has mistakes
    ├── ExportError         the output cannot be written
    ├── ValidationError     a validation cannot be run
    ├── QueryError          a question is not valid
    ├── ReleaseError        a release of another vocabulary cannot be read, or proves nothing
    ├── ReasoningError      reasoning is not possible
    ├── MappingError        mappings cannot be read or compared
    ├── ServingError        a dataset cannot be served over HTTP
    ├── LoadError           a store cannot be loaded, or has other data than were sent
    └── LimitError          work reached its limits of time or memory, or crashed
"""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Problem(NamedTuple):
    """One mistake: its place, its description, and its remedy.

    >>> print(Problem("statements.toml, statement 2 (line 14)", "there is no quote", "copy the words from record.txt"))
    statements.toml, statement 2 (line 14): there is no quote. Remedy: copy the words from record.txt.
    """

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """Return the problem in one line."""
        return f"{self.where}: {self.what}. Remedy: {self.remedy}."


class Her2ldError(Exception):
    """The base class of all errors of this package; ``problems`` has every mistake that was found."""

    def __init__(self, problems: "Iterable[Problem]") -> None:
        """Keep the problems, which are the lines of the message."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> "tuple[type[Her2ldError], tuple[tuple[Problem, ...]]]":
        """Return how to rebuild the error in another process, with its problems."""
        return type(self), (self.problems,)


class OntologyError(Her2ldError):
    """The ontology file cannot be parsed, or has content that the program cannot use."""


class IdentifierError(Her2ldError):
    """An identifier of another vocabulary is not recognised: its prefix is unknown, or it matches no pattern."""


class RecordError(Her2ldError):
    """A bibliographic record, or a file of records or RDF, cannot be read."""


class CurationError(Her2ldError):
    """A curation folder has mistakes; all of them are in ``problems``."""


class ExportError(Her2ldError):
    """The output cannot be written."""


class ValidationError(Her2ldError):
    """A validation cannot be run: data or shapes are missing, shapes access other data, or the engine is unknown."""


class QueryError(Her2ldError):
    """A question is not valid: its name is unknown, or a parameter or the SPARQL is wrong."""


class ReleaseError(Her2ldError):
    """A release of another vocabulary cannot be read, or has no identifiers to compare with."""


class LimitError(Her2ldError):
    """Work reached its limits of time or memory, or crashed."""


class ReasoningError(Her2ldError):
    """Reasoning is not possible: a reasoner is missing or gives up, or the triple to explain is not recognised."""


class MappingError(Her2ldError):
    """The mappings of others cannot be read, or a requested term is unknown."""


class ServingError(Her2ldError):
    """A dataset cannot be served over HTTP, or a request cannot be answered."""


class LoadError(Her2ldError):
    """A store cannot be loaded: it cannot be reached, refuses the data or is in use, or there is nothing to load."""
