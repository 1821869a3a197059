"""The verbs ``export`` and ``context``."""

import contextlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

import click

from her2ld.cli.sources import (
    COULD_NOT_RUN,
    FINDINGS,
    excerpts_option,
    ontology_option,
    print_problem,
    read_excerpts,
    read_sources,
    say_excerpt,
)

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from her2ld.curation import Curation
    from her2ld.errors import Problem
    from her2ld.exports import Format
    from her2ld.graph.excerpts import Excerpt
    from her2ld.vocabulary.ontology import Vocabulary

_FORMAT_NAMES = ("turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld", "nanopub")


@click.command()
@click.argument("sources", metavar="[SOURCE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--to", "format_names", metavar="FORMAT", multiple=True, type=click.Choice(_FORMAT_NAMES),
    help="One of turtle, trig, ntriples, nquads, rdfxml, jsonld, nanopub; may be given more than once.",
)  # fmt: skip
@click.option(
    "-o", "--output", metavar="PATH", type=click.Path(path_type=Path),
    help="A file (its suffix names the format), a folder (all six, or those of --to), or - for standard output.",
)  # fmt: skip
@excerpts_option
@click.option("--reasoned", is_flag=True, help="Write what follows, too, as the graph inferred.")
@ontology_option
@click.option("--context-url", metavar="URL", help="Link the JSON-LD context at this address instead of embedding it.")
@click.option("--json", "as_json", is_flag=True, help="Report in JSON, for machines.")
def export(  # noqa: PLR0913  # a verb has one parameter for each of its options
    sources: tuple[Path, ...],
    format_names: tuple[str, ...],
    output: Path | None,
    ontology: Path | None,
    context_url: str | None,
    *,
    excerpt_files: tuple[Path, ...],
    reasoned: bool,
    as_json: bool,
) -> None:
    """Write the ontology and curated papers as RDF.

    A SOURCE is a curation folder, or a folder of them; without one, it is the review that travels with her2ld. What
    was read and written is reported on standard error; a mistake in a source is reported with its place and its
    remedy, and then nothing is written.

    \b
    Examples:
      her2ld export -o her2-linked-data          all six formats into a folder
      her2ld export -o her2.trig                 one file; the suffix says which format
      her2ld export --to jsonld | jq .           to standard output
      her2ld export my-curation/ -o out/ --to nquads --to turtle
      her2ld export --with ncit.owl -o merged.nq  and what another vocabulary says

    \b
    Formats:
      turtle    .ttl     for people to read; without what authors only suggest
      trig      .trig    for people to read; everything, in named graphs
      ntriples  .nt      a triple a line; without what authors only suggest
      nquads    .nq      a quad a line; everything
      rdfxml    .rdf     for Protégé and the OWL API; without what authors only suggest
      jsonld    .jsonld  for web developers; everything, in named graphs

    \b
    And only where --to asks for it:
      nanopub   .trig    a nanopublication of each statement, with a trusty URI

    Exit status: 0 written; 1 a source has mistakes; 2 it could not run.
    """
    from her2ld.errors import CurationError, Her2ldError  # noqa: PLC0415
    from her2ld.vocabulary.ontology import read_ontology  # noqa: PLC0415

    report = _Report(as_json=as_json)
    try:
        targets = _targets(format_names, output)
        if reasoned:
            _check_reasoned(targets)
        vocabulary = read_ontology(ontology) if ontology else read_ontology()
        curations, problems = read_sources(sources, vocabulary, report.read)
        if problems:
            report.fail(problems, FINDINGS)
        excerpts = read_excerpts(excerpt_files, report.joined)
        quads = chain(_quads(vocabulary, curations, reasoned=reasoned), excerpts)
        _write(vocabulary, quads, targets, context_url, report)
    except CurationError as error:
        report.fail(error.problems, FINDINGS)
    except Her2ldError as error:
        report.fail(error.problems, COULD_NOT_RUN)
    report.succeed()


@click.command()
@ontology_option
def context(ontology: Path | None) -> None:
    """Write the JSON-LD context to standard output, to be put where --context-url says.

    \b
    Example:
      her2ld context > her2-context.jsonld
    """
    from her2ld.errors import Her2ldError  # noqa: PLC0415
    from her2ld.vocabulary.context import json_ld_context  # noqa: PLC0415
    from her2ld.vocabulary.ontology import read_ontology  # noqa: PLC0415

    try:
        document = {"@context": json_ld_context(read_ontology(ontology) if ontology else read_ontology())}
    except Her2ldError as error:
        _Report(as_json=False).fail(error.problems, COULD_NOT_RUN)
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))


def _targets(format_names: Sequence[str], output: Path | None) -> "list[tuple[Format, Path | None]]":
    """Say which format goes where; None is standard output."""
    from her2ld.errors import ExportError, Problem  # noqa: PLC0415
    from her2ld.exports import FORMATS, NANOPUBLICATIONS, format_of  # noqa: PLC0415

    formats = {**FORMATS, NANOPUBLICATIONS.name: NANOPUBLICATIONS}
    asked = [formats[name] for name in dict.fromkeys(format_names)]
    if output is None or str(output) == "-":
        if len(asked) > 1:
            remedy = "name one format, or a folder with -o"
            raise ExportError([Problem("--to", f"standard output takes one format, not {len(asked)}", remedy)])
        return [(asked[0] if asked else FORMATS["trig"], None)]
    named = None if output.is_dir() else format_of(output)
    if named == FORMATS["trig"] and asked == [NANOPUBLICATIONS]:
        named = NANOPUBLICATIONS  # in TriG, too
    if named is None and output.suffix and not output.is_dir():
        suffixes = " ".join(each.suffix for each in FORMATS.values())
        remedy = f"use one of {suffixes}, or a name without a suffix for a folder"
        raise ExportError([Problem(str(output), f"no format has the suffix {output.suffix}", remedy)])
    if named is None and output.is_file():
        raise ExportError([Problem(str(output), "is a file without a suffix, not a folder", "give another name")])
    if named is None:
        return [(each, output / f"her2{each.suffix}") for each in asked or FORMATS.values()]
    if asked and asked != [named]:
        what = f"the name says {named.name}, --to says {', '.join(each.name for each in asked)}"
        raise ExportError([Problem(str(output), what, "leave --to out, or change the suffix")])
    return [(named, output)]


def _check_reasoned(targets: "Sequence[tuple[Format, Path | None]]") -> None:
    from her2ld.errors import ExportError, Problem  # noqa: PLC0415
    from her2ld.exports import NANOPUBLICATIONS  # noqa: PLC0415

    if any(format_ == NANOPUBLICATIONS for format_, _ in targets):
        what = "a nanopublication says what a paper says, and no paper says what only follows"
        raise ExportError([Problem("--reasoned", what, "leave --reasoned out")])


def _quads(vocabulary: "Vocabulary", curations: "Sequence[Curation]", *, reasoned: bool) -> "Iterable[Quad]":
    from her2ld.graph import build  # noqa: PLC0415

    quads = build(vocabulary, curations)
    if not reasoned:
        return quads
    from her2ld.reasoning.inference import reason  # noqa: PLC0415
    from her2ld.vocabulary import model  # noqa: PLC0415

    whole = tuple(quads)
    return sorted((*whole, *reason(whole).quads()), key=lambda quad: model.GRAPHS.index(quad.graph_name))


def _write(
    vocabulary: "Vocabulary",
    quads: "Iterable[Quad]",
    targets: "Sequence[tuple[Format, Path | None]]",
    context_url: str | None,
    report: "_Report",
) -> None:
    from her2ld.exports import NANOPUBLICATIONS, replacing  # noqa: PLC0415
    from her2ld.exports import export as write_quads  # noqa: PLC0415
    from her2ld.exports.nanopublications import write_nanopublications  # noqa: PLC0415

    if len(targets) > 1:
        quads = tuple(quads)  # one format takes them as they come; several read them several times
    for format_, path in targets:
        with replacing(path) if path else _standard_output() as file:
            if format_ == NANOPUBLICATIONS:
                nanopublications, written = write_nanopublications(quads, file, vocabulary)
                counts = {"nanopublications": nanopublications, "quads": written}
            else:
                written = write_quads(quads, file, format_.name, vocabulary, context_url=context_url)
                counts = {"quads" if format_.has_named_graphs else "triples": written}
        report.wrote(format_, path, counts)


@contextlib.contextmanager
def _standard_output() -> Iterator[IO[bytes]]:
    from her2ld.errors import ExportError, Problem  # noqa: PLC0415

    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # the reader has had enough; click ends quietly
    except OSError as error:
        what = f"cannot be written ({error.strerror})"
        raise ExportError([Problem("standard output", what, "make room, or write to a file")]) from error


class _Report:
    """What was read and written, said on standard error in words or in JSON."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._read: list[dict[str, Any]] = []
        self._written: list[dict[str, Any]] = []

    def read(self, folder: Path, curation: "Curation") -> None:
        from her2ld.curation import unread_words  # noqa: PLC0415

        unread = len(unread_words(curation))
        hedged = sum(not statement.modality.settles for statement in curation.statements)
        self._read.append(
            {
                "source": str(folder),
                "doi": curation.record.doi,
                "statements": len(curation.statements),
                "hedged": hedged,
                "knowledge_gaps": len(curation.gaps),
                "unread_words": unread,
            }
        )
        self._say(
            f"read {curation.record.doi}: {len(curation.statements)} statements ({hedged} hedged), "
            f"{len(curation.gaps)} knowledge gap{'s' * (len(curation.gaps) != 1)}, {unread} words unread"
        )

    def joined(self, excerpt: "Excerpt", vocabularies: "Sequence[str]") -> None:
        self._read.append(
            {
                "source": str(excerpt.path),
                "triples": len(excerpt.quads),
                "rewritten_iris": len(excerpt.rewritten),
                "vocabularies": list(vocabularies),
            }
        )
        self._say(say_excerpt(excerpt, vocabularies))

    def wrote(self, format_: "Format", path: Path | None, counts: dict[str, int]) -> None:
        target = str(path) if path else "standard output"
        self._written.append({"target": target, "format": format_.name, **counts})
        counted = ", ".join(f"{count:,} {unit}" for unit, count in counts.items())
        self._say(f"wrote {target}: {counted}, {format_.title}")

    def succeed(self) -> None:
        if self._as_json:
            click.echo(json.dumps({"read": self._read, "written": self._written}), err=True)

    def fail(self, problems: "Sequence[Problem]", status: int) -> NoReturn:
        if self._as_json:
            listed = [{"where": each.where, "what": each.what, "remedy": each.remedy} for each in problems]
            click.echo(json.dumps({"read": self._read, "written": self._written, "problems": listed}), err=True)
        else:
            for each in problems:
                print_problem(each)
            count = f"{len(problems)} problem{'s' * (len(problems) != 1)}"
            click.secho(f"{count}; {len(self._written) or 'nothing'} written", fg="red", err=True)
        sys.exit(status)

    def _say(self, line: str) -> None:
        if not self._as_json:
            click.echo(line, err=True)
