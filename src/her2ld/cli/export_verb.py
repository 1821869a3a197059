"""The verbs ``export`` and ``context``, and the rules for the formats and places of an export."""

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli import EndAtOnce, without_garbage_collection
from her2ld.cli.export_records import RecordWork, divide, parts_of_records, record_options
from her2ld.cli.export_writing import Content, ExportReport, is_compressed, pieces_for, write
from her2ld.cli.options import GivenFiles, excerpts_option, ontology_option, sources_options
from her2ld.cli.printing import COULD_NOT_RUN, FINDINGS, echo_json
from her2ld.cli.reading import chosen_ontology, read_excerpts, read_sources
from her2ld.rdf.syntaxes import WRITTEN

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from her2ld.cli.export_writing import Goal
    from her2ld.exports import Format
    from her2ld.statements import Curation
    from her2ld.vocabulary.ontology import Vocabulary

FORMAT_NAMES = (*(each.name for each in WRITTEN), "framed", "nanopub", "kgx", "owl", "ofn", "obo", "obojson")


@click.command()
@click.argument("sources", metavar="[SOURCE]...", nargs=-1, type=str)
@click.option(
    "--to", "format_names", metavar="FORMAT", multiple=True, type=click.Choice(FORMAT_NAMES),
    help=f"One of {', '.join(FORMAT_NAMES)}; can be repeated.",
)  # fmt: skip
@click.option(
    "-o", "--output", metavar="PATH",
    help="A file (its suffix gives the format), a folder (for all six, or those of --to), or - for standard output.",
)  # fmt: skip
@excerpts_option
@sources_options
@click.option(
    "--domain", is_flag=True, help="Write only the biology of the ontology, without its models and without papers."
)
@click.option("--reasoned", is_flag=True, help="Also write inferred triples, as the graph inferred.")
@record_options
@ontology_option
@click.option(
    "--context-url", metavar="URL", help="Link to the JSON-LD context at this address instead of embedding it."
)
@click.option("--json", "as_json", is_flag=True, help="Report in JSON, for machines.")
@without_garbage_collection()
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
    jobs: int | None,
    dask: str | None,
) -> None:
    """Write the ontology, curated papers, and records of PubMed as RDF.

    A SOURCE is a curation folder, a folder of them, or records of PubMed in XML, NBIB or text, with or without gzip:
    a file, a folder, a pattern, a URL, or - for standard input. Without a SOURCE, the papers of her2ld are written.
    Standard error reports what was read and written. If a curation has a mistake, its place and remedy are reported
    and nothing is written. If a record of PubMed cannot be read, it is reported and the others are written.

    \b
    Examples:
      her2ld export -o her2-linked-data          all six formats into a folder
      her2ld export -o her2.trig                 one file; the suffix says which format
      her2ld export --to jsonld | jq .           to standard output
      her2ld export my-curation/ -o out/ --to nquads --to turtle
      her2ld export --with ncit.owl -o merged.nq together with another vocabulary
      her2ld export -o her2.obo                  the ontology alone, for tools that read OBO
      her2ld export --domain -o her2.owl         the biology of the ontology alone
      her2ld export --to kgx -o her2-knowledge-graph
      her2ld export pubmed.xml.gz -o her2.nq.gz  records of PubMed; .gz compresses
      her2ld export baseline/ --about HER2 --jobs 8 -o her2.nq.gz

    \b
    Formats:
      turtle    .ttl     for people to read; without suggestions of authors
      trig      .trig    for people to read; everything, in named graphs
      ntriples  .nt      a triple a line; without suggestions of authors
      nquads    .nq      a quad a line; everything
      rdfxml    .rdf     for Protégé and the OWL API; without suggestions of authors
      jsonld    .jsonld  for web developers; everything, in named graphs

    \b
    Formats of the ontology alone, for the tools of OBO users:
      owl       .owl     RDF/XML, with the annotations that these tools look for
      ofn       .ofn     the same in OWL functional syntax, an axiom a line
      obo       .obo     the same in OBO format 1.4
      obojson   .json    the same as OBO Graph JSON

    \b
    Formats that need --to:
      framed    .jsonld  statements as trees of JSON, with claim, evidence and results inside
      nanopub   .trig    a nanopublication of each statement, with a trusty URI
      kgx       .tsv     for knowledge graphs: a folder with a table of nodes and a table of edges

    Exit status: 0 written; 1 a source has mistakes, or records were refused; 2 it could not run.
    """
    from her2ld.errors import CurationError, Her2ldError
    from her2ld.vocabulary.ontology import read_domain

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
        vocabulary = chosen_ontology(ontology)
        if domain:
            vocabulary = read_domain(vocabulary, ontology) if ontology else read_domain(vocabulary)
        curations: Sequence[Curation] = ()
        pieces = None if reasoned or files or excerpt_files else pieces_for(formats, vocabulary)
        if hold_statements and (folders or not files):
            at_once = pieces.add if pieces else None
            curations, problems = read_sources(folders, vocabulary, report.read, given_files, at_once)
            if problems:
                report.fail(problems, FINDINGS)
        excerpts = read_excerpts(excerpt_files, report.joined, given_files)
        cut = tuple(pieces.in_order(curations)) if pieces else ()
        of_pieces = chain.from_iterable(each.quads for each in cut)
        quads = of_pieces if cut else _quads(vocabulary, curations, reasoned=reasoned)
        work = RecordWork(files, ontology, about, exactly, not no_abstract, jobs, dask, strict, not folders)
        with parts_of_records(work, vocabulary, goals, report) as parts:
            write(Content(vocabulary, quads, parts, excerpts, cut), goals, context_url, report)
    except CurationError as error:
        report.fail(error.problems, FINDINGS)
    except Her2ldError as error:
        report.fail(error.problems, COULD_NOT_RUN)
    if report.refused:
        report.fail(report.refused, FINDINGS)
    report.succeed()
    if not files:  # with records, other processes and connections may have to be closed
        raise EndAtOnce


@click.command()
@ontology_option
def context(ontology: Path | None) -> None:
    """Write the JSON-LD context to standard output, for the address that is given to --context-url.

    \b
    Example:
      her2ld context > her2-context.jsonld
    """
    from her2ld.vocabulary.context import json_ld_context

    echo_json({"@context": json_ld_context(chosen_ontology(ontology))})


def _quads(vocabulary: "Vocabulary", curations: "Sequence[Curation]", *, reasoned: bool) -> "Iterable[Quad]":
    from her2ld.dataset import build

    quads = build(vocabulary, curations)
    if not reasoned:
        return quads
    from her2ld.reasoning.inference import reason
    from her2ld.vocabulary import model

    whole = tuple(quads)
    return sorted((*whole, *reason(whole).quads()), key=lambda quad: model.GRAPHS.index(quad.graph_name))


def targets(format_names: Sequence[str], output: str | None) -> "list[Goal]":
    """Return each format with its place: a file, a folder (for the tables of KGX), a URL, or None (standard output).

    Raises ExportError if the output cannot hold the formats.
    """
    from her2ld.errors import ExportError, Problem
    from her2ld.exports import FORMATS, FRAMED, KGX, NANOPUBLICATIONS, ONTOLOGY_FORMATS
    from her2ld.files.streams import is_url

    by_suffix = {**FORMATS, **ONTOLOGY_FORMATS}
    by_name = {**by_suffix, **{each.name: each for each in (FRAMED, NANOPUBLICATIONS, KGX)}}
    asked = [by_name[name] for name in dict.fromkeys(format_names)]
    if output is None or output == "-":
        if KGX in asked:
            raise ExportError([Problem("--to", "kgx needs a folder for its two files", "name one with -o")])
        if len(asked) > 1:
            remedy = "name one format, or a folder with -o"
            raise ExportError([Problem("--to", f"standard output takes one format, not {len(asked)}", remedy)])
        return [(asked[0] if asked else FORMATS["trig"], None)]
    if is_url(output):
        return [(_named(output, asked, by_suffix.values()), output)]
    path = Path(output)
    if path.is_dir() or not (path.suffix or path.is_file()):
        formats = asked or list(FORMATS.values())
        return [(each, path if each == KGX else path / f"her2{each.suffix}") for each in formats]
    if KGX in asked:
        remedy = "give a folder, or a name without a suffix; kgx is two files"
        raise ExportError([Problem(output, "is the name of a file, not of a folder", remedy)])
    if not path.suffix:
        raise ExportError([Problem(output, "is a file without a suffix, not a folder", "give another name")])
    return [(_named(output, asked, by_suffix.values()), path)]


def _named(output: str, asked: "Sequence[Format]", among: "Iterable[Format]") -> "Format":
    """Return the format for the suffix of a file, compressed or not.

    Raises ExportError if there is none, or if another format is asked for.
    """
    from her2ld.errors import ExportError, Problem
    from her2ld.exports import FORMATS, FRAMED, NANOPUBLICATIONS, format_of

    path = Path(output)
    path = path.with_suffix("") if is_compressed(output) else path
    named = format_of(path, among)
    if named == FORMATS["trig"] and list(asked) == [NANOPUBLICATIONS]:
        named = NANOPUBLICATIONS  # they are TriG, too
    if named == FORMATS["jsonld"] and list(asked) == [FRAMED]:
        named = FRAMED
    if named is None:
        suffixes = " ".join(each.suffix for each in among)
        remedy = f"use one of {suffixes}, or a name without a suffix for a folder"
        raise ExportError([Problem(output, f"no format has the suffix {path.suffix}", remedy)])
    if asked and list(asked) != [named]:
        what = f"the name says {named.name}, --to says {', '.join(each.name for each in asked)}"
        raise ExportError([Problem(output, what, "leave --to out, or change the suffix")])
    return named


def check(  # noqa: PLR0913  # one parameter for each of the options that exclude others
    formats: "Sequence[Format]", *, given: bool, joined: bool, reasoned: bool, records: bool, domain: bool
) -> bool:
    """Tell whether any of the formats holds statements; with ``domain``, none does.

    Raises ExportError if sources are ``given`` and no format holds statements, or if a format cannot hold inferred
    triples (``reasoned``), other vocabularies (``joined``) or ``records`` of PubMed.
    """
    from her2ld.errors import ExportError, Problem
    from her2ld.exports import FORMATS, FRAMED, KGX, NANOPUBLICATIONS, ONTOLOGY_FORMATS

    of_statements = [each for each in formats if each in (FRAMED, KGX, NANOPUBLICATIONS)]
    if domain and (given or joined or reasoned or of_statements):
        what = "it writes only the biology of the ontology, without papers and inferred triples"
        remedy = "leave out sources, --with and --reasoned, and choose a format of RDF or of the ontology"
        raise ExportError([Problem("--domain", what, remedy)])
    if domain:
        return False
    if records and of_statements:
        what = "framed, kgx and nanopub hold statements, and records of PubMed have none"
        raise ExportError([Problem("--to", what, "leave the records out, or choose a format of RDF")])

    if reasoned and (NANOPUBLICATIONS in formats or FRAMED in formats):
        what = "framed and nanopub hold only statements of papers, no inferred triples"
        raise ExportError([Problem("--reasoned", what, "leave --reasoned out")])
    without_place = ", ".join(each.name for each in formats if each.name not in FORMATS)
    if joined and without_place:
        remedy = "leave --with out, or choose a format of RDF"
        raise ExportError([Problem("--with", f"{without_place} cannot hold other vocabularies", remedy)])
    hold_statements = any(each.name not in ONTOLOGY_FORMATS for each in formats)
    if not hold_statements and (given or reasoned):
        titles = ", ".join(each.title for each in formats)
        remedy = "leave out sources and --reasoned, or choose a format of RDF"
        raise ExportError([Problem(titles, "holds only the ontology, without statements", remedy)])
    return hold_statements
