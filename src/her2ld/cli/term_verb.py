"""The verbs ``term add``, ``change`` and ``remove``, and the questions of ``term add`` on a terminal."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli import NearestVerb
from her2ld.cli.options import ontology_option
from her2ld.cli.printing import FINDINGS, echo, stop
from her2ld.texts import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from her2ld.desk.new_terms import OntologyChange
    from her2ld.desk.term_rows import TermRow
    from her2ld.errors import Problem
    from her2ld.mappings.releases import Release
    from her2ld.vocabulary.ontology import Vocabulary


@click.group(cls=NearestVerb)
def term() -> None:
    """Add, change and remove terms of the ontology, without writing Turtle."""


def _proof_options(command: "Callable[..., None]") -> "Callable[..., None]":
    """Add --proof and --release to a verb, which gets them as ``proving`` and ``names``."""
    for option in (
        click.option(
            "--release", "names", metavar="NAME", multiple=True,
            help="A name for a release whose file does not name it; can be repeated, in the order of such files.",
        ),
        click.option(
            "--proof", "proving", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
            help="Check the identifiers against this release of their vocabulary; can be repeated.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


_dry_run_option = click.option("--dry-run", is_flag=True, help="Show the blocks, and write nothing.")


def _check_release_names(proving: tuple[Path, ...], names: tuple[str, ...]) -> None:
    """Raise UsageError if --release is given without a file that it could name."""
    if names and not proving:
        raise click.UsageError("--release names a file of --proof")


def _releases(
    proving: tuple[Path, ...], names: tuple[str, ...], rows: "tuple[TermRow, ...]", vocabulary: "Vocabulary"
) -> "list[Release]":
    """Return the releases in the files of --proof, with their entries for the identifiers of the rows."""
    from her2ld.cli.mapping_lists import read_releases
    from her2ld.desk.term_rows import identifier_uses

    return read_releases(proving, names, identifier_uses(rows, vocabulary), vocabulary) if proving else []


def _carry_out(done: str, change: "Callable[[], OntologyChange]", ontology: Path, *, dry_run: bool) -> None:
    """Write a change and print what is ``done`` and where, or only print its blocks; end with its mistakes, if any."""
    from her2ld.desk.new_terms import write_terms
    from her2ld.errors import OntologyError

    try:
        changed = change()
        if not dry_run:
            write_terms(changed.files)
    except OntologyError as error:
        stop(error.problems, FINDINGS)
    if dry_run:
        echo("\n\n".join(changed.blocks))
        return
    for label, (file, line) in zip(changed.labels, changed.places, strict=True):
        echo(f"{done} {label}: {file}, line {line}")
    if changed.unproven:
        is_one = len(changed.unproven) == 1
        subject = f"{counted(len(changed.unproven), 'identifier')} {'is' if is_one else 'are'}"
        echo(f"{subject} not proven: give a release that has {'it' if is_one else 'them'} with --proof")
    _warn_of_installed_copy(ontology)


def _warn_of_installed_copy(ontology: Path) -> None:
    """Warn if the ontology is the copy in the installed package, which the next installation replaces."""
    from her2ld.assets import ONTOLOGY, is_installed_copy

    if ontology == ONTOLOGY and is_installed_copy():
        echo(
            f"{ontology} belongs to the installed her2ld; the next installation replaces it. Install your clone with "
            "pip install --editable, or name the file of your clone with --ontology.",
            err=True,
        )


_MATCHES = ("exact", "close", "broad", "narrow", "related")


def _identifier_options(command: "Callable[..., None]") -> "Callable[..., None]":
    for match in reversed(_MATCHES):
        command = click.option(
            f"--{match}", metavar="IDENTIFIER", multiple=True,
            help=f"Its {match} match in another vocabulary, such as mesh:D018719; can be repeated.",
        )(command)  # fmt: skip
    return command


@term.command()
@click.argument("name", metavar="TERM")
@click.option("--synonym", "synonyms", metavar="NAME", multiple=True, help="Another name for it; can be repeated.")
@_identifier_options
@click.option("--checked-against", metavar="RELEASE", default="", help="The release in which you read the identifiers.")
@click.option(
    "--no-term-in", metavar="RELEASE", multiple=True,
    help="A vocabulary and its release that have no fitting term, such as “MeSH 2024”; can be repeated.",
)  # fmt: skip
@_proof_options
@ontology_option
@_dry_run_option
def change(  # noqa: PLR0913  # a verb has one parameter for each of its options
    *,
    name: str,
    synonyms: tuple[str, ...],
    checked_against: str,
    no_term_in: tuple[str, ...],
    proving: tuple[Path, ...],
    names: tuple[str, ...],
    ontology: Path | None,
    dry_run: bool,
    **matches: tuple[str, ...],
) -> None:
    """Add synonyms and identifiers to a term of the ontology, or record that a vocabulary has no such term.

    TERM is a label or a synonym. If the term already has an identifier with another kind of match, it gets the given
    one. An unproven identifier becomes proven with --proof or --checked-against.

    \b
    Examples:
      her2ld term change pegfilgrastim --synonym "PEG-G-CSF"
      her2ld term change pegfilgrastim --exact mesh:C455861 --proof supp2024.xml
      her2ld term change "mammosphere assay" --no-term-in "NCIt 24.04e"

    Exit status: 0 changed; 1 there are mistakes, and nothing is written; 2 it could not run.
    """
    from her2ld.assets import ONTOLOGY
    from her2ld.desk.changed_terms import change_term
    from her2ld.desk.term_rows import term_row
    from her2ld.vocabulary.ontology import read_ontology

    cells = {
        "synonyms": "|".join(synonyms),
        "identifiers": "|".join(f"{match} {each}" for match in _MATCHES for each in matches[match]),
        "checked_against": checked_against,
        "no_term_in": "|".join(no_term_in),
    }
    if not any(cells[each] for each in cells if each != "checked_against"):
        raise click.UsageError("give a change: --synonym, --exact (or another match) or --no-term-in")
    _check_release_names(proving, names)
    path = ontology or ONTOLOGY
    row, wrong = term_row(f"“{name}”", cells, ())
    releases = _releases(proving, names, (row,), read_ontology(path))
    _carry_out("changed", partial(change_term, path, name, row, releases, wrong), path, dry_run=dry_run)


@term.command()
@click.argument("name", metavar="TERM")
@click.option(
    "--curation", "curations", metavar="DIR", multiple=True, type=click.Path(path_type=Path),
    help="A further curation folder, or a folder of them, to search for uses; can be repeated.",
)  # fmt: skip
@ontology_option
@_dry_run_option
def remove(name: str, curations: tuple[Path, ...], ontology: Path | None, *, dry_run: bool) -> None:
    """Remove a term from the ontology if nothing uses it.

    TERM is a label or a synonym. If the ontology, a question, a shape or a paper uses the term, nothing is removed and
    every place of use is reported. Lines of identifiers that only this term has are removed, too: term remove undoes
    term add completely.

    \b
    Examples:
      her2ld term remove pegfilgrastim --dry-run      shows the block to remove
      her2ld term remove pegfilgrastim --curation my-papers/

    Exit status: 0 removed; 1 it is used, and nothing is written; 2 it could not run.
    """
    from her2ld.assets import ONTOLOGY, curation
    from her2ld.desk.changed_terms import remove_term

    path = ontology or ONTOLOGY
    _carry_out("removed", partial(remove_term, path, name, (curation(), *curations)), path, dry_run=dry_run)


_REQUIRED = {"label": "LABEL", "kind": "--kind", "definition": "--definition"}


def _ask_for_missing_cells(cells: dict[str, str], vocabulary: "Vocabulary") -> None:
    """Fill the cells, by name of column, with the answers to questions.

    Raises UsageError if standard input is not a terminal.
    """
    if not _is_terminal():
        missing = [option for name, option in _REQUIRED.items() if not cells[name]]
        raise click.UsageError(f"give {' and '.join(missing)}; on a terminal, her2ld asks for them")
    if not cells["label"]:
        cells["label"] = _answer("What is it called?")
    if other := vocabulary.find(cells["label"]):
        echo(f"  that is a name of “{other.label}” already", err=True)
    if not cells["kind"]:
        cells["kind"] = _ask_for_kind(vocabulary, f"What kind of thing is {cells['label']}?")
    if cells["kind"] == "class" and not cells["kind_of"]:
        cells["kind_of"] = _ask_for_kind(vocabulary, "Which class is it below?", may_be_class=False)
    if not cells["synonyms"]:
        cells["synonyms"] = "|".join(_answers("Another name for it (Enter for no more)"))
    if not cells["definition"]:
        answer = _answer(f"What sets it apart? {_kind_label(cells, vocabulary)} that")
        cells["definition"] = f"that {answer.removeprefix('that ')}"
    if not cells["identifiers"]:
        cells["identifiers"] = "|".join(_ask_for_identifiers())
    if not cells["identifiers"] and not cells["no_term_in"]:
        cells["no_term_in"] = "|".join(
            _answers("A release without a fitting term, such as “MeSH 2024” (Enter for no more)")
        )


def _answer(question: str, *, default: str | None = None) -> str:
    """Return the answer to a question. It is asked on standard error, because standard output is for the blocks."""
    answer: str = click.prompt(question, default, show_default=False, prompt_suffix=" ", err=True)
    return answer


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _kind_label(cells: dict[str, str], vocabulary: "Vocabulary") -> str:
    kind = cells["kind_of"] if cells["kind"] == "class" else cells["kind"]
    known = vocabulary.find(kind)
    return known.label if known else kind


def _ask_for_kind(vocabulary: "Vocabulary", question: str, *, may_be_class: bool = True) -> str:
    """Return a kind; ask until the answer is one, or the number of one that was offered."""
    from her2ld.desk.term_names import is_kind, nearest_kinds

    offered: list[str] = []
    while True:
        answer = _answer(question)
        if answer.isdecimal() and 0 < int(answer) <= len(offered):
            return offered[int(answer) - 1]
        if (may_be_class and answer == "class") or is_kind(answer, vocabulary):
            return answer
        offered = nearest_kinds(answer, vocabulary)
        choices = ", ".join(f"{number} {name}" for number, name in enumerate(offered, 1))
        echo(f"  there is no kind “{answer}”" + (f"; did you mean {choices}?" if offered else ""), err=True)


def _ask_for_identifiers() -> list[str]:
    from her2ld.errors import IdentifierError
    from her2ld.vocabulary.identifiers import identify

    found = []
    while answer := _answer("Its identifier elsewhere, such as mesh:D018719 (Enter for no more)", default=""):
        try:
            identify(answer)
        except IdentifierError as error:
            for problem in error.problems:
                echo(f"  {problem.what}; {problem.remedy}", err=True)
            continue
        match = click.prompt("  How well does it fit?", "exact", type=click.Choice(_MATCHES), err=True)
        found.append(f"{match} {answer.strip()}")
    return found


def _answers(question: str) -> list[str]:
    found = []
    while answer := _answer(question, default="").strip():
        found.append(answer)
    return found


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
@_proof_options
@ontology_option
@_dry_run_option
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
    """Add an entity or a class to the ontology, or all terms of a table.

    The IRI is made from the LABEL, and the block goes into its place in the file. On a terminal, her2ld asks for
    missing values. A TABLE has the columns kind, label and definition, separated by tabs, and as needed synonyms,
    identifiers (exact mesh:D018719 "Receptor, ErbB-2"), checked_against (where they were read), no_term_in, relations
    (has component: alpelisib|everolimus), kind_of, note and source; | separates several values.

    An identifier that is checked against no release is marked as not proven, unless the table says where it was read.

    \b
    Examples:
      her2ld term add                                     asks for all values
      her2ld term add "NRG1 protein" --kind protein --definition "that the NRG1 gene encodes" \\
          --identifier uniprot:Q02297 --proof uniprot.fasta
      her2ld term add --from terms.tsv --dry-run

    Exit status: 0 added; 1 there are mistakes, and nothing is written; 2 it could not run.
    """
    from her2ld.assets import ONTOLOGY
    from her2ld.desk.new_terms import add_terms
    from her2ld.desk.term_rows import read_term_table, term_row
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
        raise click.UsageError("--from takes all terms from the table: leave out the label and its options")
    _check_release_names(proving, names)
    path = ontology or ONTOLOGY
    vocabulary = read_ontology(path)
    if not table and not all(cells[name] for name in _REQUIRED):
        _ask_for_missing_cells(cells, vocabulary)
    rows, wrong = read_term_table(table) if table else _only(term_row("the new term", cells))
    releases = _releases(proving, names, rows, vocabulary)
    _carry_out("added", partial(add_terms, path, rows, releases, wrong), path, dry_run=dry_run)


def _only(made: "tuple[TermRow, list[Problem]]") -> "tuple[tuple[TermRow, ...], list[Problem]]":
    return (made[0],), made[1]
