"""The verb ``term``, and the questions by which ``her2ld term add`` asks for a term on a terminal."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli import NearestVerb
from her2ld.cli.printing import echo
from her2ld.cli.sources import COULD_NOT_RUN, FINDINGS
from her2ld.cli.term_changes import (
    change,
    check_release_names,
    dry_run_option,
    proof_options,
    releases_of,
    remove,
    stop,
    tell_installed_copy,
    tell_unproven,
)

if TYPE_CHECKING:
    from her2ld.desk.term_rows import TermRow
    from her2ld.errors import Problem
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
    from her2ld.vocabulary.identifiers import identify

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


@click.group(cls=NearestVerb)
def term() -> None:
    """Add, change and remove terms of the ontology, without writing Turtle."""


@term.command()
@click.argument("label", required=False)
@click.option("--kind", metavar="KIND", help="The name of its class; for a class itself, “class”.")
@click.option("--synonym", "synonyms", metavar="NAME", multiple=True, help="Another name for it; can be repeated.")
@click.option("--definition", metavar="TEXT", help="Its definition, continuing the name of its kind: “that …”.")
@click.option(
    "--identifier", "identifiers", metavar="IDENTIFIER", multiple=True,
    help="Its identifier in another vocabulary: mesh:D018719, or “broad mesh:D018719”; can be repeated.",
)  # fmt: skip
@click.option("--no-term-in", metavar="RELEASE", multiple=True, help="A release in which no fitting term was found.")
@click.option("--kind-of", metavar="TERM", multiple=True, help="A term above it; for a class, the class above it.")
@click.option("--note", metavar="TEXT", help="A remark on the mapping for readers.")
@click.option("--source", metavar="DOI", help="The paper for which it is added.")
@click.option("--from", "table", metavar="TABLE", type=click.Path(path_type=Path), help="A table of many terms.")
@proof_options
@click.option(
    "--ontology", metavar="FILE", type=click.Path(path_type=Path),
    help="The ontology to add them to, instead of the one of her2ld.",
)  # fmt: skip
@dry_run_option
def add(  # noqa: PLR0913  # a verb has one parameter for each of its options
    *,
    label: str | None,
    kind: str | None,
    synonyms: tuple[str, ...],
    definition: str | None,
    identifiers: tuple[str, ...],
    no_term_in: tuple[str, ...],
    kind_of: tuple[str, ...],
    note: str | None,
    source: str | None,
    table: Path | None,
    proving: tuple[Path, ...],
    names: tuple[str, ...],
    ontology: Path | None,
    dry_run: bool,
) -> None:
    """Add an entity or a class to the ontology, or all those of a table.

    The name in its IRI is made from the LABEL, and the block goes into its place. On a terminal, missing values are
    asked for. The columns of a TABLE, separated by tabs, are kind, label and definition, and as needed synonyms,
    identifiers (exact mesh:D018719 "Receptor, ErbB-2"), checked_against (where they were read), no_term_in, relations
    (has component: alpelisib|everolimus), kind_of, note, source; | separates several values.

    An identifier that is checked against no release is marked as not proven, unless the table says where it was read.

    \b
    Examples:
      her2ld term add                                     asks for all values
      her2ld term add "NRG1 protein" --kind protein --definition "that the NRG1 gene encodes" \\
          --identifier uniprot:Q02297 --proof uniprot.fasta
      her2ld term add --from terms.tsv --dry-run

    Exit status: 0 added; 1 something is wrong, and nothing is written; 2 it could not run.
    """
    from her2ld.assets import ONTOLOGY
    from her2ld.desk.new_terms import add_terms, write_terms
    from her2ld.desk.term_rows import read_term_table, term_row
    from her2ld.errors import Her2ldError, OntologyError
    from her2ld.vocabulary.ontology import read_ontology

    cells = {
        "kind": kind or "",
        "label": label or "",
        "definition": definition or "",
        "synonyms": "|".join(synonyms),
        "identifiers": "|".join(each if " " in each.strip() else f"exact {each}" for each in identifiers),
        "no_term_in": "|".join(no_term_in),
        "kind_of": "|".join(kind_of),
        "note": note or "",
        "source": source or "",
    }
    if table and any(cells.values()):
        raise click.UsageError("--from takes the terms from the table; leave the label and its options out")
    check_release_names(proving, names)
    path = ontology or ONTOLOGY
    try:
        vocabulary = read_ontology(path)
        if not table and not all(cells[name] for name in ("kind", "label", "definition")):
            ask_for_what_is_missing(cells, vocabulary)
        rows, wrong = read_term_table(table) if table else _only(term_row("the new term", cells))
        releases = releases_of(proving, names, rows, vocabulary)
    except Her2ldError as error:
        stop(error.problems, COULD_NOT_RUN)
    try:
        added = add_terms(path, rows, releases, wrong)
        if not dry_run:
            write_terms(added.files)
    except OntologyError as error:
        stop(error.problems, FINDINGS)
    except Her2ldError as error:
        stop(error.problems, COULD_NOT_RUN)
    if dry_run:
        echo("\n\n".join(added.blocks))
    else:
        for new, (file, line) in zip(added.terms, added.places, strict=True):
            echo(f"added {new.label}: {file}, line {line}")
        tell_unproven(added.unproven)
        tell_installed_copy(path)


def _only(made: "tuple[TermRow, list[Problem]]") -> "tuple[tuple[TermRow, ...], list[Problem]]":
    return (made[0],), made[1]


term.add_command(change)
term.add_command(remove)
