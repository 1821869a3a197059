"""Errors as data.

::

    Her2ldError             anything this package raises on purpose
    ├── OntologyError       her2.ttl cannot be used
    ├── IdentifierError     an identifier of another vocabulary cannot be understood
    ├── RecordError         a bibliographic record cannot be read
    ├── CurationError       a curation folder holds mistakes
    ├── ExportError         the output cannot be written as asked
    ├── ValidationError     a validation cannot be run
    ├── QueryError          a question cannot be understood
    ├── ReleaseError        a release of another vocabulary cannot be read, or proves nothing
    ├── ReasoningError      reasoning cannot be done
    ├── MappingError        mappings cannot be read or compared
    ├── ServingError        a dataset cannot be served, or not as asked
    ├── LoadError           a store cannot be loaded, or does not hold what was sent to it
    └── LimitError          work reached its limits of time or memory, or broke down
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Problem:
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
    """The root of all errors raised here; ``problems`` holds every mistake found, not only the first."""

    def __init__(self, problems: "Iterable[Problem]") -> None:
        """Keep the problems, and make the message from them, one problem a line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> "tuple[type[Her2ldError], tuple[tuple[Problem, ...]]]":
        """Keep the problems when an error passes from one process to another."""
        return type(self), (self.problems,)


class OntologyError(Her2ldError):
    """The ontology file cannot be parsed, or has content that the program cannot work with."""


class IdentifierError(Her2ldError):
    """An identifier of another vocabulary cannot be understood: its prefix is unknown, or it fits no pattern."""


class RecordError(Her2ldError):
    """A bibliographic record cannot be read."""


class CurationError(Her2ldError):
    """A curation folder holds mistakes; all of them are in ``problems``."""


class ExportError(Her2ldError):
    """The output cannot be written as asked."""


class ValidationError(Her2ldError):
    """A validation cannot be run: no data, no shapes, shapes that reach beyond the data, or no such engine."""


class QueryError(Her2ldError):
    """A question cannot be understood: there is none with that name, or a parameter or the SPARQL is wrong."""


class ReleaseError(Her2ldError):
    """A release of another vocabulary cannot be read, or has no identifiers to compare with."""


class LimitError(Her2ldError):
    """Work reached its limits of time or memory, or broke down."""


class ReasoningError(Her2ldError):
    """Reasoning cannot be done: a reasoner is missing or gives up, or the triple to explain cannot be understood."""


class MappingError(Her2ldError):
    """The mappings of others cannot be read, or a requested identifier is mapped to nothing here."""


class ServingError(Her2ldError):
    """A dataset cannot be served over HTTP, or a request cannot be answered in its form."""


class LoadError(Her2ldError):
    """A store cannot be loaded: it cannot be reached or refuses, it is in use, or there is nothing to load."""
