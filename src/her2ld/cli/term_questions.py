"""The questions by which ``her2ld term add`` asks for a term, on a terminal."""

import sys
from typing import TYPE_CHECKING

import click

from her2ld.cli.printing import echo

if TYPE_CHECKING:
    from her2ld.vocabulary.ontology import Vocabulary

_REQUIRED = {"label": "LABEL", "kind": "--kind", "definition": "--definition"}


def ask_for_what_is_missing(cells: dict[str, str], vocabulary: "Vocabulary") -> None:
    """Fill the cells, by name of column, with the answers to questions.

    Raises UsageError where standard input is no terminal.
    """
    if not _is_terminal():
        missing = [option for name, option in _REQUIRED.items() if not cells[name]]
        raise click.UsageError(f"give {' and '.join(missing)}; on a terminal, her2ld asks for them")
    if not cells["label"]:
        cells["label"] = _asked("What is it called?")
    if other := vocabulary.find(cells["label"]):
        echo(f"  that is a name of “{other.label}” already", err=True)
    if not cells["kind"]:
        cells["kind"] = _ask_for_kind(vocabulary, f"What kind of thing is {cells['label']}?")
    if cells["kind"] == "class" and not cells["kind_of"]:
        cells["kind_of"] = _ask_for_kind(vocabulary, "Which class is it below?", may_be_class=False)
    if not cells["synonyms"]:
        cells["synonyms"] = "|".join(_several("Another name of it (Enter for no more)"))
    if not cells["definition"]:
        answer = _asked(f"What sets it apart? {_kind_label(cells, vocabulary)} that")
        cells["definition"] = f"that {answer.removeprefix('that ')}"
    if not cells["identifiers"]:
        cells["identifiers"] = "|".join(_ask_for_identifiers())
    if not cells["identifiers"] and not cells["no_term_in"]:
        cells["no_term_in"] = "|".join(
            _several("A release that you searched in vain, as “MeSH 2024” (Enter for no more)")
        )


def _asked(question: str, *, default: str | None = None) -> str:
    """Ask on standard error, so that standard output holds the blocks alone."""
    answer: str = click.prompt(question, default, show_default=False, prompt_suffix=" ", err=True)
    return answer


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _kind_label(cells: dict[str, str], vocabulary: "Vocabulary") -> str:
    kind = cells["kind_of"] if cells["kind"] == "class" else cells["kind"]
    known = vocabulary.find(kind)
    return known.label if known else kind


def _ask_for_kind(vocabulary: "Vocabulary", question: str, *, may_be_class: bool = True) -> str:
    """Ask until the answer is a kind; a number takes one of those that were offered."""
    from her2ld.desk.term_names import is_kind, nearest_kinds

    offered: list[str] = []
    while True:
        answer = _asked(question)
        if answer.isdecimal() and 0 < int(answer) <= len(offered):
            return offered[int(answer) - 1]
        if (may_be_class and answer == "class") or is_kind(answer, vocabulary):
            return answer
        offered = nearest_kinds(answer, vocabulary)
        choices = ", ".join(f"{number} {name}" for number, name in enumerate(offered, 1))
        echo(f"  there is no kind “{answer}”" + (f"; did you mean {choices}?" if offered else ""), err=True)


def _ask_for_identifiers() -> list[str]:
    from her2ld.desk.term_rows import MATCHES
    from her2ld.errors import IdentifierError
    from her2ld.vocabulary.spellings import identify

    found = []
    while answer := _asked("Its identifier elsewhere, as mesh:D018719 (Enter for no more)", default=""):
        try:
            identify(answer)
        except IdentifierError as error:
            for problem in error.problems:
                echo(f"  {problem.what}; {problem.remedy}", err=True)
            continue
        match = click.prompt("  How well does it fit?", "exact", type=click.Choice(MATCHES), err=True)
        found.append(f"{match} {answer.strip()}")
    return found


def _several(question: str) -> list[str]:
    found = []
    while answer := _asked(question, default="").strip():
        found.append(answer)
    return found
