"""The verbs ``export`` and ``context``."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli.export_targets import FORMAT_NAMES, ExportReport, check, targets
from her2ld.cli.export_writing import Content, write
from her2ld.cli.printing import echo
from her2ld.cli.record_sources import RecordWork, divide, no_search_for_cycles, parts_of_records, record_options
from her2ld.cli.sources import (
    COULD_NOT_RUN,
    FINDINGS,
    GivenFiles,
    excerpts_option,
    ontology_option,
    read_excerpts,
    read_sources,
    sources_options,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad

    from her2ld.statements import Curation
    from her2ld.vocabulary.ontology import Vocabulary


@click.command()
@click.argument("sources", metavar="[SOURCE]...", nargs=-1, type=str)
@click.option(
    "--to", "format_names", metavar="FORMAT", multiple=True, type=click.Choice(FORMAT_NAMES),
    help=f"One of {', '.join(FORMAT_NAMES)}; may be given more than once.",
)  # fmt: skip
@click.option(
    "-o", "--output", metavar="PATH",
    help="A file (its suffix names the format), a folder (all six, or those of --to), or - for standard output.",
)  # fmt: skip
@excerpts_option
@sources_options
@click.option("--domain", is_flag=True, help="Write the biology of the ontology alone, without the models and papers.")
@click.option("--reasoned", is_flag=True, help="Write what follows, too, as the graph inferred.")
@record_options
@ontology_option
@click.option("--context-url", metavar="URL", help="Link the JSON-LD context at this address instead of embedding it.")
@click.option("--json", "as_json", is_flag=True, help="Report in JSON, for machines.")
@no_search_for_cycles()
def export(  # noqa: PLR0913  # a verb has one parameter for each of its options
    sources: tuple[str, ...],
    format_names: tuple[str, ...],
    output: str | None,
    ontology: Path | None,
    context_url: str | None,
    *,
    excerpt_files: tuple[Path, ...],
    given_files: GivenFiles,
    domain: bool,
    reasoned: bool,
    as_json: bool,
    about: tuple[str, ...],
    exactly: bool,
    no_abstract: bool,
    strict: bool,
    jobs: int,
    dask: str | None,
) -> None:
    """Write the ontology, curated papers, and records of PubMed as RDF.

    A SOURCE is a curation folder or a folder of them, or records of PubMed: its XML, NBIB or text, compressed with
    gzip or not, as a file, a folder, a pattern, a URL, or - for standard input. Without one, it is the papers that
    travel with her2ld. What was read and written is reported on standard error. A mistake in a curation is reported
    with its place and its remedy, and then nothing is written; a record of PubMed that cannot be read is reported, and
    the others are written.

    \b
    Examples:
      her2ld export -o her2-linked-data          all six formats into a folder
      her2ld export -o her2.trig                 one file; the suffix says which format
      her2ld export --to jsonld | jq .           to standard output
      her2ld export my-curation/ -o out/ --to nquads --to turtle
      her2ld export --with ncit.owl -o merged.nq and what another vocabulary says
      her2ld export -o her2.obo                  the ontology alone, for tools that take OBO
      her2ld export --domain -o her2.owl         of the ontology, the biology alone
      her2ld export --to kgx -o her2-knowledge-graph
      her2ld export pubmed.xml.gz -o her2.nq.gz  records of PubMed; .gz compresses
      her2ld export baseline/ --about HER2 --jobs 8 -o her2.nq.gz

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
      framed    .jsonld  statements as trees of JSON, with claim, evidence and results inside
      nanopub   .trig    a nanopublication of each statement, with a trusty URI
      kgx       .tsv     for knowledge graphs: tables of nodes and of edges, into a folder

    Exit status: 0 written; 1 a source has mistakes, or records were refused; 2 it could not run.
    """
    from her2ld.errors import CurationError, Her2ldError
    from her2ld.vocabulary.ontology import read_domain, read_ontology

    report = ExportReport(as_json=as_json, counts_notes=not sources)  # notes are for the curator of a paper
    try:
        goals = targets(format_names, output)
        folders, files = divide(sources)
        formats = [format_ for format_, _ in goals]
        hold_statements = check(
            formats,
            given=bool(sources),
            joined=bool(excerpt_files),
            reasoned=reasoned,
            records=bool(files),
            domain=domain,
        )
        vocabulary = read_ontology(ontology) if ontology else read_ontology()
        if domain:
            vocabulary = read_domain(vocabulary, ontology) if ontology else read_domain(vocabulary)
        curations: Sequence[Curation] = ()
        if hold_statements and (folders or not files):
            curations, problems = read_sources(folders, vocabulary, report.read, given_files)
            if problems:
                report.fail(problems, FINDINGS)
        excerpts = read_excerpts(excerpt_files, report.joined, given_files)
        quads = _quads(vocabulary, curations, reasoned=reasoned)
        work = RecordWork(files, ontology, about, exactly, not no_abstract, jobs, dask, strict, not folders)
        with parts_of_records(work, vocabulary, goals, report) as parts:
            write(Content(vocabulary, quads, parts, excerpts), goals, context_url, report)
    except CurationError as error:
        report.fail(error.problems, FINDINGS)
    except Her2ldError as error:
        report.fail(error.problems, COULD_NOT_RUN)
    if report.refused:
        report.fail(report.refused, FINDINGS)
    report.succeed()


@click.command()
@ontology_option
def context(ontology: Path | None) -> None:
    """Write the JSON-LD context to standard output, to be put where --context-url says.

    \b
    Example:
      her2ld context > her2-context.jsonld
    """
    from her2ld.errors import Her2ldError
    from her2ld.vocabulary.context import json_ld_context
    from her2ld.vocabulary.ontology import read_ontology

    try:
        document = {"@context": json_ld_context(read_ontology(ontology) if ontology else read_ontology())}
    except Her2ldError as error:
        ExportReport(as_json=False).fail(error.problems, COULD_NOT_RUN)
    echo(json.dumps(document, indent=2, ensure_ascii=False))


def _quads(vocabulary: "Vocabulary", curations: "Sequence[Curation]", *, reasoned: bool) -> "Iterable[Quad]":
    from her2ld.dataset import build

    quads = build(vocabulary, curations)
    if not reasoned:
        return quads
    from her2ld.reasoning.inference import reason
    from her2ld.vocabulary import model

    whole = tuple(quads)
    return sorted((*whole, *reason(whole).quads()), key=lambda quad: model.GRAPHS.index(quad.graph_name))
