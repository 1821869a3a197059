"""The verbs ``export`` and ``context``."""

import json
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli.export_report import ExportReport
from her2ld.cli.export_targets import FORMAT_NAMES, check, targets
from her2ld.cli.output import opened
from her2ld.cli.sources import (
    COULD_NOT_RUN,
    FINDINGS,
    excerpts_option,
    ontology_option,
    read_excerpts,
    read_sources,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad

    from her2ld.curation import Curation
    from her2ld.exports import Format
    from her2ld.vocabulary.ontology import Vocabulary


@click.command()
@click.argument("sources", metavar="[SOURCE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--to", "format_names", metavar="FORMAT", multiple=True, type=click.Choice(FORMAT_NAMES),
    help=f"One of {', '.join(FORMAT_NAMES)}; may be given more than once.",
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
      her2ld export --with ncit.owl -o merged.nq and what another vocabulary says
      her2ld export -o her2.obo                  the ontology alone, for tools that take OBO
      her2ld export --to kgx -o her2-knowledge-graph

    \b
    Formats:
      turtle    .ttl     for people to read; without what authors only suggest
      trig      .trig    for people to read; everything, in named graphs
      ntriples  .nt      a triple a line; without what authors only suggest
      nquads    .nq      a quad a line; everything
      rdfxml    .rdf     for Protégé and the OWL API; without what authors only suggest
      jsonld    .jsonld  for web developers; everything, in named graphs

    \b
    Formats of the ontology alone, for the tools of OBO users:
      owl       .owl     RDF/XML, with the annotations that these tools look for
      ofn       .ofn     the same in OWL functional syntax, an axiom a line
      obo       .obo     the same in OBO format 1.4
      obojson   .json    the same as OBO Graph JSON

    \b
    Formats that --to must ask for:
      nanopub   .trig    a nanopublication of each statement, with a trusty URI
      kgx       .tsv     for knowledge graphs: tables of nodes and of edges, into a folder

    Exit status: 0 written; 1 a source has mistakes; 2 it could not run.
    """
    from her2ld.errors import CurationError, Her2ldError  # noqa: PLC0415
    from her2ld.vocabulary.ontology import read_ontology  # noqa: PLC0415

    report = ExportReport(as_json=as_json)
    try:
        goals = targets(format_names, output)
        formats = [format_ for format_, _ in goals]
        hold_statements = check(formats, given=bool(sources), joined=bool(excerpt_files), reasoned=reasoned)
        vocabulary = read_ontology(ontology) if ontology else read_ontology()
        curations, problems = read_sources(sources, vocabulary, report.read) if hold_statements else ([], [])
        if problems:
            report.fail(problems, FINDINGS)
        excerpts = read_excerpts(excerpt_files, report.joined)
        quads = chain(_quads(vocabulary, curations, reasoned=reasoned), excerpts)
        _write(vocabulary, quads, goals, context_url, report)
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
        ExportReport(as_json=False).fail(error.problems, COULD_NOT_RUN)
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))


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
    goals: "Sequence[tuple[Format, Path | None]]",
    context_url: str | None,
    report: ExportReport,
) -> None:
    from her2ld.exports import KGX, NANOPUBLICATIONS, ONTOLOGY_FORMATS, ontology_document  # noqa: PLC0415
    from her2ld.exports import export as write_quads  # noqa: PLC0415

    if len(goals) > 1:
        quads = tuple(quads)  # one format takes them as they come; several read them several times
    for format_, path in goals:
        if format_ == KGX and path:
            _write_tables(vocabulary, quads, path, report)
            continue
        left_out = 0
        with opened(path) as file:
            if format_.name in ONTOLOGY_FORMATS:
                document = ontology_document(vocabulary, format_.name)
                file.write(document.content)
                counts, left_out = {format_.unit: document.terms}, document.left_out
            elif format_ == NANOPUBLICATIONS:
                from her2ld.exports.nanopublications import write_nanopublications  # noqa: PLC0415

                published, written = write_nanopublications(quads, file, vocabulary)
                counts = {format_.unit: published, "quads": written}
            else:
                counts = {format_.unit: write_quads(quads, file, format_.name, vocabulary, context_url=context_url)}
        report.wrote(format_, path, counts, left_out)


def _write_tables(vocabulary: "Vocabulary", quads: "Iterable[Quad]", folder: Path, report: ExportReport) -> None:
    from her2ld.exports import KGX  # noqa: PLC0415
    from her2ld.exports.kgx import kgx_tables, write_kgx  # noqa: PLC0415

    tables = kgx_tables(quads, vocabulary)
    nodes, edges = write_kgx(tables, folder)
    report.wrote(KGX, nodes, {"nodes": len(tables.nodes), "statements": tables.statements_as_nodes})
    report.wrote(KGX, edges, {"edges": len(tables.edges), "statements": tables.statements_as_edges})
