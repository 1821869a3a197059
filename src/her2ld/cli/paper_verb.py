"""The verb ``paper``."""

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from her2ld.cli import NearestVerb
from her2ld.cli.printing import echo
from her2ld.cli.sources import (
    COULD_NOT_RUN,
    FINDINGS,
    GivenFiles,
    ontology_option,
    print_problem,
    read_given_files,
    records_option,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from her2ld.errors import Problem


@click.group(cls=NearestVerb)
def paper() -> None:
    """Begin the curation of papers, and keep only the quoted words of their texts."""


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
    help="Only the paper with this PMID, or this DOI; can be repeated.",
)  # fmt: skip
def add(sources: tuple[str, ...], output: Path, curator: str, orcid: str | None, wanted: tuple[str, ...]) -> None:
    """Make a folder for each record of PubMed, with an entry for each sentence to fill in.

    RECORD is PubMed's XML, NBIB or text, of one paper or many. The folder has paper.toml, with the record's data, its
    headings, and the bounds and digests of its sentences, and statements.toml for you to write. The abstract itself is
    not stored: pass the record with --records while you read.

    \b
    Examples:
      her2ld paper add pubmed.nbib -o curation --curator "Jane Doe"
      her2ld paper add many.xml --pmid 33100329 -o curation --curator "Jane Doe"
      her2ld export curation/33100329 --records pubmed.nbib -o paper.ttl    lists the mistakes

    Exit status: 0 written; 1 records were refused, and the others are written; 2 nothing is written.
    """
    from her2ld.curation.record_file import read_offered
    from her2ld.desk.new_papers import new_papers
    from her2ld.errors import Her2ldError
    from her2ld.pubmed.forms import files_of

    try:
        records, refused = read_offered((file for source in sources for file in files_of(source)), wanted)
        papers = new_papers(records, output, curator, orcid, dt.datetime.now(tz=dt.UTC).date())
        for each in papers:
            each.folder.mkdir(parents=True, exist_ok=True)
            for name, text in each.files.items():
                (each.folder / name).write_text(text, encoding="utf-8")
    except Her2ldError as error:
        _stop(error.problems)
    except OSError as error:
        from her2ld.errors import Problem

        _stop([Problem(str(output), f"cannot be written ({error.strerror})", "name a folder that can be")])
    for problem in refused:
        print_problem(problem)
    for each in papers:
        echo(f"wrote {each.folder}: {each.sentences} sentences to read", err=True)
    told = f"{_counted(len(papers), 'paper')}, {_counted(sum(each.sentences for each in papers), 'sentence')}"
    echo(told + (f"; {_counted(len(refused), 'record')} refused" if refused else ""), err=True)
    sys.exit(FINDINGS if refused else 0)


@paper.command()
@click.argument("folders", metavar="FOLDER...", nargs=-1, required=True, type=click.Path(path_type=Path))
@records_option
@ontology_option
def excerpt(folders: tuple[Path, ...], given_files: GivenFiles, ontology: Path | None) -> None:
    """Store the quoted words of curated papers, so that their folders can be read without their abstracts.

    FOLDER is a curation folder, or a folder of them. paper.toml gets the words that statements quote, and no others;
    after that, a record in the folder can be removed.

    \b
    Example:
      her2ld paper excerpt curation/33100329 --records pubmed.nbib

    Exit status: 0 written; 1 something is wrong, and nothing is written; 2 it could not run.
    """
    from her2ld.desk.new_papers import excerpted
    from her2ld.errors import CurationError, Her2ldError, RecordError
    from her2ld.vocabulary.ontology import read_ontology

    problems: list[Problem] = []
    texts: dict[Path, str] = {}
    try:
        vocabulary = read_ontology(ontology) if ontology else read_ontology()
        given = read_given_files(given_files, vocabulary.steering)
        for folder in _each(folders):
            try:
                texts[folder / "paper.toml"] = excerpted(folder, vocabulary, given)
            except (CurationError, RecordError) as error:
                problems += error.problems
        if not problems:
            for path, text in texts.items():
                path.write_text(text, encoding="utf-8")
    except Her2ldError as error:
        _stop(error.problems)
    if problems:
        for problem in problems:
            print_problem(problem)
        echo(f"{_counted(len(problems), 'problem')}; nothing written", err=True)
        sys.exit(FINDINGS)
    for path in texts:
        echo(f"wrote {path}", err=True)


def _each(folders: "Iterable[Path]") -> "Iterator[Path]":
    """Yield the named curation folders, and those in named folders of them."""
    from her2ld.assets import folders_at
    from her2ld.errors import Problem, RecordError

    for named in folders:
        found = folders_at(named)
        if not found:
            raise RecordError([Problem(str(named), "is not a curation folder", "name one, or a folder of them")])
        yield from found


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _stop(problems: "Iterable[Problem]") -> NoReturn:
    for problem in problems:
        print_problem(problem)
    sys.exit(COULD_NOT_RUN)
