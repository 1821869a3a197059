"""The words of a statement by what they are: each kind has a name, a sign that stands behind it, and a word for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from her2ld.statements import Span, Statement
from her2ld.statements.fields import FIELDS
from her2ld.vocabulary import statement_model as model


@dataclass(frozen=True, slots=True)
class Mark:
    """A kind of words: its name is a class of the style; the sign and the word tell it apart without colour."""

    name: str
    sign: str
    word: str


# On the page of a paper cues are not told apart: there are too many statements.
CUE = Mark("cue", "", "cue")
SETTING = Mark("setting", "W", "where it holds")
NUMBER = Mark("number", "N", "number")
UNKNOWN = Mark("unknown", "U", "what is not known")
_OBJECT = Mark("object", "O", "object")
_SUBJECT = Mark("subject", "S", "subject")
_CUES = {
    model.POLARITY_CUE: Mark("polarity", "P", "polarity"),
    model.CERTAINTY_CUE: Mark("certainty", "C", "certainty"),
    model.BASIS_CUE: Mark("basis", "B", "basis"),
    model.ATTRIBUTION_CUE: Mark("attribution", "A", "attribution"),
    model.GAP_CUE: Mark("gap", "G", "that it is not known"),
}
_OF_PROPERTY = {
    **_CUES,
    model.SUBJECT_WORDS: _SUBJECT,
    model.SUBJECT_FROM: _SUBJECT,
    model.RELATION_WORDS: Mark("relation", "R", "relation"),
    model.OBJECT_WORDS: _OBJECT,
    model.OBJECT_FROM: _OBJECT,
}
_CALLED_AFTER = {field.words: field.property for field in FIELDS if field.words and field.words not in _CUES}


def marks_of(statement: Statement) -> Iterator[tuple[Mark, NamedNode | None, Span]]:
    """Yield the words of a statement that are told apart, each with the property whose value they name, if any."""
    for property_, span in statement.words:
        yield _OF_PROPERTY.get(property_, SETTING), _CALLED_AFTER.get(property_), span
    if statement.unknown:
        yield UNKNOWN, None, statement.unknown
    for printed in (*(each.printed_at for each in statement.results), *(each.printed_at for each in statement.doses)):
        for span in printed:
            yield NUMBER, None, span


def cues(statement: Statement) -> tuple[Span, ...]:
    """Return the words that weaken, deny or back what a statement says, or say whose it is."""
    return statement.spans(*_CUES)


def legend(statement: Statement) -> list[tuple[Mark, list[tuple[NamedNode | None, str]]]]:
    """Return the kinds of words that a statement has, each with the words themselves, in order and each once."""
    found: dict[Mark, dict[tuple[NamedNode | None, str], None]] = {}
    for mark, property_, span in marks_of(statement):
        found.setdefault(mark, {})[property_, span.exact] = None
    return [(mark, list(words)) for mark, words in found.items()]
