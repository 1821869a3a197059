"""What the verbs of ``her2ld term`` share: their options, and what is said at their end."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from her2ld.cli.sources import print_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyoxigraph import NamedNode

    from her2ld.desk.term_rows import TermRow
    from her2ld.errors import Problem
    from her2ld.mappings.releases import Release
    from her2ld.vocabulary.ontology import Vocabulary


def proof_options(command: "Callable[..., None]") -> "Callable[..., None]":
    """Add --proof and --release to a verb, which gets them as ``proving`` and ``names``."""
    for option in (
        click.option(
            "--release", "names", metavar="NAME", multiple=True,
            help="What to call a release whose file does not say; can be repeated, in the order of those files.",
        ),
        click.option(
            "--proof", "proving", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
            help="Hold the identifiers against this release of their vocabulary; can be repeated.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


dry_run_option = click.option("--dry-run", is_flag=True, help="Show the blocks, and write nothing.")


def stop(problems: "tuple[Problem, ...]", status: int) -> NoReturn:
    """Say the problems, and end the program."""
    for problem in problems:
        print_problem(problem)
    sys.exit(status)


def check_release_names(proving: tuple[Path, ...], names: tuple[str, ...]) -> None:
    """Raise UsageError where --release is given without a file that it could name."""
    if names and not proving:
        raise click.UsageError("--release names a file of --proof")


def releases_of(
    proving: tuple[Path, ...], names: tuple[str, ...], rows: "tuple[TermRow, ...]", vocabulary: "Vocabulary"
) -> "list[Release]":
    """Read the files of --proof, as far as they know the identifiers of the rows."""
    from her2ld.cli.proof_report import read_releases
    from her2ld.desk.term_identifiers import identifier_claims

    return read_releases(proving, names, identifier_claims(rows, vocabulary), vocabulary) if proving else []


def tell_unproven(unproven: "Sequence[NamedNode]") -> None:
    """Say how many identifiers no release was held against."""
    if unproven:
        count = len(unproven)
        told = "1 identifier is" if count == 1 else f"{count} identifiers are"
        click.echo(f"{told} not proven: give a release that has {'it' if count == 1 else 'them'} with --proof")


def tell_installed_copy(ontology: Path) -> None:
    """Warn where the ontology that was written is the copy within an installed package, which the next one replaces."""
    from her2ld.assets import ONTOLOGY, is_installed_copy

    if ontology == ONTOLOGY and is_installed_copy():
        click.echo(
            f"{ontology} is the copy of the installed her2ld, and lost when that is installed again: install your "
            "clone with pip install --editable, or name the file of your clone with --ontology",
            err=True,
        )
