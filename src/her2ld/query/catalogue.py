"""The catalogue of questions: SPARQL files with a header that describes the question.

::

    # title: What a drug is approved for
    # question: What was a drug approved for, as of when, and where?
    # keywords: drug, approval, indication
    # parameter: drug (term): the drug that was approved
    # entailment: none                    (or "inferred: …" if the question also needs inferred triples)
    # may be empty: why an empty answer is also an answer   (only if it can be empty)
    # service: https://id.nlm.nih.gov/mesh/sparql           (another endpoint that the query uses)
    # excerpt: the class of the drug in NCIt                (an excerpt of another vocabulary, given by --with)

A parameter is a variable. Its default is in the query itself, in a line ``VALUES ?drug { her2:Trastuzumab }``, so a
file runs unchanged on any SPARQL endpoint. An OPTIONAL may repeat this line without changes: engines that evaluate an
OPTIONAL by itself then search only the data that match the parameter.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from her2ld import assets
from her2ld.errors import Problem, QueryError

TYPES = ("term", "iri", "text", "integer", "decimal")
_LINE = re.compile(r"# ([a-z ]+): (.+)")
_PARAMETER = re.compile(r"(?P<name>\w+) \((?P<type>\w+)\): (?P<meaning>.+)")
_PREFIX = re.compile(r"^PREFIX (?P<prefix>[\w-]*): <(?P<namespace>[^>]*)>", re.MULTILINE)
_KNOWN = ("title", "question", "keywords", "parameter", "entailment", "may be empty", "service", "excerpt")


class Parameter(NamedTuple):
    """A variable of a question whose value can be chosen: the type is one of TYPES, the default is as in the query."""

    name: str
    type: str
    meaning: str
    default: str

    @property
    def slot(self) -> re.Pattern[str]:
        """A pattern of the VALUES clause that has the value; the query may repeat the clause."""
        return re.compile(rf"VALUES \?{self.name} \{{ (?P<default>[^{{}}\n]+) \}}")


class Question(NamedTuple):
    """A question: the fields of its header, and the query, which includes the header."""

    name: str
    title: str
    question: str
    keywords: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    entailment: str
    may_be_empty: str
    services: tuple[str, ...]
    excerpts: tuple[str, ...]
    query: str

    @property
    def needs_inference(self) -> bool:
        """Whether the question needs the inferred triples (the graph ``inferred``) in addition to the data."""
        return self.entailment.startswith("inferred")

    @property
    def gives_graph(self) -> bool:
        """Whether the answer is a graph and not a table."""
        return "\nCONSTRUCT" in self.query

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that the query declares."""
        return {match["prefix"]: match["namespace"] for match in _PREFIX.finditer(self.query)}


def read_questions(folder: Path | str = assets.QUERIES) -> tuple[Question, ...]:
    """Return the questions in a folder and its subfolders, by default those of the package, sorted by name.

    >>> "approvals" in [question.name for question in read_questions()]
    True
    """
    return tuple(
        sorted((read_question(path) for path in Path(folder).rglob("*.rq")), key=lambda question: question.name)
    )


def find_question(name: str, folder: Path | str = assets.QUERIES) -> Question:
    """Return the question with a given name. Raises QueryError, with the nearest name, if there is no such question."""
    paths = {path.stem: path for path in Path(folder).rglob("*.rq")}
    if name in paths:
        return read_question(paths[name])
    import difflib  # only a mistyped name needs it

    nearest = difflib.get_close_matches(name, paths, n=1)
    remedy = f"did you mean {nearest[0]}?" if nearest else "her2ld query lists the questions"
    raise QueryError([Problem(name, "there is no question of that name", remedy)])


def read_question(path: Path) -> Question:
    """Return the question in a file. Raises QueryError if the file cannot be read or its header is wrong."""
    try:
        return parse_question(path.stem, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError([Problem(str(path), f"cannot be read ({error})", "give a file of SPARQL")]) from error


def parse_question(name: str, query: str) -> Question:
    """Return a query as a question. A query without a header becomes a question without a title and parameters."""
    header: dict[str, list[str]] = {}
    for number, line in enumerate(query.splitlines(), 1):
        if not line.startswith("#"):
            break
        match = _LINE.fullmatch(line)
        if match and match[1] in _KNOWN:
            header.setdefault(match[1], []).append(match[2].strip())
        elif header:
            raise _wrong(name, number, line, f"begin it with one of: {', '.join(_KNOWN)}")

    def one(key: str) -> str:
        return " ".join(header.get(key, ()))

    return Question(
        name=name,
        title=one("title"),
        question=one("question"),
        keywords=tuple(filter(None, one("keywords").split(", "))),
        parameters=tuple(_parameters(name, query, header.get("parameter", ()))),
        entailment=one("entailment"),
        may_be_empty=one("may be empty"),
        services=tuple(header.get("service", ())),
        excerpts=tuple(header.get("excerpt", ())),
        query=query,
    )


def _parameters(name: str, query: str, lines: Iterable[str]) -> Iterable[Parameter]:
    for line in lines:
        match = _PARAMETER.fullmatch(line)
        if match is None or match["type"] not in TYPES:
            raise _wrong(name, 0, line, f"write it as: name (type): meaning; the types are {', '.join(TYPES)}")
        empty = Parameter(match["name"], match["type"], match["meaning"], "")
        defaults = set(empty.slot.findall(query))
        if len(defaults) != 1:
            remedy = f"let the query have VALUES ?{match['name']} {{ default }}, the same wherever it is repeated"
            raise _wrong(name, 0, line, remedy)
        yield Parameter(match["name"], match["type"], match["meaning"], defaults.pop())


def _wrong(name: str, number: int, line: str, remedy: str) -> QueryError:
    where = f"{name}, line {number}" if number else f"{name}, header"
    return QueryError([Problem(where, f"cannot be understood: {line}", remedy)])
