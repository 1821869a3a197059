"""The verb ``paper``: new curation folders, and the quoted words of finished ones."""

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli import NearestVerb
from her2ld.cli.options import GivenFiles, ontology_option, records_option
from her2ld.cli.printing import FINDINGS, echo, print_problem
from her2ld.cli.reading import chosen_ontology, read_given_files
from her2ld.texts import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from her2ld.errors import Problem


@click.group(cls=NearestVerb)
def paper() -> None:
    """Begin the curation of papers, and store only the quoted words of their texts."""


@paper.command()
@click.argument("sources", metavar="RECORD...", nargs=-1, required=True)
@click.option(
    "-o", "--output", metavar="DIR", required=True, type=click.Path(path_type=Path),
    help="The folder in which each paper gets its own folder.",
)  # fmt: skip
@click.option("--curator", metavar="NAME", required=True, help="The name of the curator.")
@click.option("--orcid", metavar="ORCID", help="The ORCID of the curator.")
@click.option(
    "--pmid", "wanted", metavar="PMID", multiple=True,
    help="Only the paper with this PMID or DOI; can be repeated.",
)  # fmt: skip
def add(sources: tuple[str, ...], output: Path, curator: str, orcid: str | None, wanted: tuple[str, ...]) -> None:
    """Make a folder for each record of PubMed, with an entry for each sentence to fill in.

    RECORD is a file of PubMed in XML, NBIB or text, with one paper or many. In each folder, paper.toml has the data of
    the record, its headings, and the bounds and digests of its sentences, and statements.toml is for you to fill in.
    The abstract is not stored: give the record with --records while you work.

    \b
    Examples:
      her2ld paper add pubmed.nbib -o curation --curator "Jane Doe"
      her2ld paper add many.xml --pmid 33100329 -o curation --curator "Jane Doe"
      her2ld export curation/33100329 --records pubmed.nbib -o paper.ttl    lists the mistakes

    Exit status: 0 written; 1 some records were refused, and the others are written; 2 nothing is written.
    """
    from her2ld.curation.record_file import read_offered
    from her2ld.desk.new_papers import new_papers
    from her2ld.pubmed.forms import files_of

    records, refused = read_offered((file for source in sources for file in files_of(source)), wanted)
    papers = new_papers(records, output, curator, orcid, dt.datetime.now(tz=dt.UTC).date())
    for each in papers:
        for name, text in each.files.items():
            _write(each.folder / name, text)
    for problem in refused:
        print_problem(problem)
    for each in papers:
        echo(f"wrote {each.folder}: {each.sentences} sentences to read", err=True)
    line = f"{counted(len(papers), 'paper')}, {counted(sum(each.sentences for each in papers), 'sentence')}"
    echo(line + (f"; {counted(len(refused), 'record')} refused" if refused else ""), err=True)
    sys.exit(FINDINGS if refused else 0)


@paper.command()
@click.argument("folders", metavar="FOLDER...", nargs=-1, required=True, type=click.Path(path_type=Path))
@records_option
@ontology_option
def excerpt(folders: tuple[Path, ...], given_files: GivenFiles, ontology: Path | None) -> None:
    """Store the quoted words of curated papers, so that their folders can be read without their abstracts.

    FOLDER is a curation folder, or a folder of them. paper.toml gets only the words that statements quote; then you can
    remove the record from the folder.

    \b
    Example:
      her2ld paper excerpt curation/33100329 --records pubmed.nbib

    Exit status: 0 written; 1 there are mistakes, and nothing is written; 2 it could not run.
    """
    from her2ld.desk.new_papers import excerpted
    from her2ld.errors import CurationError, RecordError

    problems: list[Problem] = []
    texts: dict[Path, str] = {}
    vocabulary = chosen_ontology(ontology)
    given = read_given_files(given_files, vocabulary.steering)
    for folder in _each(folders):
        try:
            texts[folder / "paper.toml"] = excerpted(folder, vocabulary, given)
        except (CurationError, RecordError) as error:
            problems += error.problems
    if problems:
        for problem in problems:
            print_problem(problem)
        echo(f"{counted(len(problems), 'problem')}; nothing written", err=True)
        sys.exit(FINDINGS)
    for path, text in texts.items():
        _write(path, text)
        echo(f"wrote {path}", err=True)


def _each(folders: "Iterable[Path]") -> "Iterator[Path]":
    """Yield the given curation folders, and those in given folders of them."""
    from her2ld.assets import folders_at
    from her2ld.errors import Problem, RecordError

    for named in folders:
        found = folders_at(named)
        if not found:
            raise RecordError([Problem(str(named), "is not a curation folder", "name one, or a folder of them")])
        yield from found


def _write(path: Path, text: str) -> None:
    """Write a file of a curation folder, which is made if it is missing. Raises ExportError if that is not possible."""
    from her2ld.errors import ExportError, Problem

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        what = f"cannot be written ({error.strerror})"
        raise ExportError([Problem(str(path), what, "name another folder, or make room")]) from error
