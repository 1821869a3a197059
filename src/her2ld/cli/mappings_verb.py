"""The verb ``mappings``."""

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli.printing import echo, opened
from her2ld.cli.sources import (
    COULD_NOT_RUN,
    FINDINGS,
    GivenFiles,
    ontology_option,
    print_problem,
    reading_options,
)
from her2ld.rdf.syntaxes import JSON_LD, N_TRIPLES, RDF_XML, TURTLE

if TYPE_CHECKING:
    from her2ld.vocabulary.ontology import Vocabulary

_SUFFIXES = {"sssom": ".tsv", **{each.name: each.suffix for each in (TURTLE, N_TRIPLES, RDF_XML, JSON_LD)}}


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Check a day that the user gives."""
    try:
        return value and dt.date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise click.BadParameter("write a day as 2024-01-31") from error


@click.command()
@click.argument("asked", metavar="[TERM | FILE]...", nargs=-1)
@click.option(
    "--to", "format_name", metavar="FORMAT", type=click.Choice(tuple(_SUFFIXES)),
    help="Write them as an SSSOM set: sssom for its table, or RDF as turtle, ntriples, rdfxml, jsonld.",
)  # fmt: skip
@click.option(
    "--curies", metavar="NAMES", type=click.Choice(("bioregistry", "biolink")), default="bioregistry",
    help="Prefixes in the table of SSSOM: bioregistry (mondo:0007254, the default), biolink (MONDO:0007254).",
)  # fmt: skip
@click.option(
    "--compare", "comparing", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help="Say where this SSSOM table, and those in the FILEs, differ from ours, and why.",
)  # fmt: skip
@click.option(
    "--prove", "proving", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help="Hold our identifiers against this release, and those in the FILEs.",
)  # fmt: skip
@click.option(
    "--drift", "drifting", metavar="OLD NEW", nargs=2, type=click.Path(path_type=Path),
    help="Say what changed for our identifiers between two releases.",
)  # fmt: skip
@click.option(
    "--release", "names", metavar="NAME", multiple=True,
    help="What to call a release whose file does not say, “MeSH 2024”; can be repeated, in the order of those files.",
)  # fmt: skip
@click.option(
    "--data", "sources", metavar="SOURCE", multiple=True, type=click.Path(path_type=Path),
    help="Prove the identifiers of this curation folder or RDF, not of what travels with her2ld; can be repeated.",
)  # fmt: skip
@reading_options
@ontology_option
@click.option(
    "-o", "--output", metavar="PATH", type=click.Path(path_type=Path),
    help="Write the SSSOM set to this file (its suffix names the format), or the proof, in JSON.",
)  # fmt: skip
@click.option("--date", "day", metavar="YYYY-MM-DD", callback=_day, help="The day to be written into the proof.")
@click.option("--strict", is_flag=True, help="Let notes of a proof fail too.")
@click.option("--json", "as_json", is_flag=True, help="Report in JSON, for machines.")
def mappings(  # noqa: PLR0913  # a verb has one parameter for each of its options
    asked: tuple[str, ...],
    *,
    format_name: str | None,
    curies: str,
    comparing: tuple[Path, ...],
    proving: tuple[Path, ...],
    drifting: tuple[Path, Path] | None,
    names: tuple[str, ...],
    sources: tuple[Path, ...],
    given_files: GivenFiles,
    ontology: Path | None,
    output: Path | None,
    day: str | None,
    strict: bool,
    as_json: bool,
) -> None:
    """Show how our terms are mapped to other vocabularies; compare and prove it.

    A TERM is a name of ours, or an identifier in any spelling: UniProtKB:P04626, https://identifiers.org/hgnc:3430.
    Without one, all mappings are shown, those too that say what a term is not, and that a vocabulary has no term.

    A FILE to compare with is an SSSOM table. A FILE to prove by is a release as its owner publishes it, packed with
    gzip or not: MeSH in N-Triples or XML, an ontology in OWL or OBO (GO, Mondo, ChEBI, NCIt and others), HGNC's
    complete set, UniProt in RDF or FASTA. Proven are the identifiers that the ontology is mapped to and those in the
    records.

    \b
    Examples:
      her2ld mappings                                  all of them
      her2ld mappings HER2 UniProtKB:P04626            those of a term of ours, and of a term of others
      her2ld mappings --to sssom -o her2.sssom.tsv     as an SSSOM set
      her2ld mappings --compare mondo.sssom.tsv        where others differ, and why
      her2ld mappings --prove mesh2024.nt.gz go.owl --release "MeSH 2024"
      her2ld mappings --prove mesh2024.nt.gz -o proof.json --date 2024-01-31
      her2ld mappings --drift mesh2024.nt.gz mesh2025.nt.gz

    Exit status: 0 shown, proven, or nothing changed; 1 a term is mapped to nothing, a row of a table or a difference
    is not understood, an identifier is not proven, or something changed; 2 it could not run.
    """
    from her2ld.cli import mapping_lists
    from her2ld.errors import Her2ldError
    from her2ld.vocabulary.ontology import read_ontology

    writing = format_name is not None or (output is not None and not proving)
    given = {"--compare": comparing, "--prove": proving, "--drift": drifting, "--to or -o": writing}
    tasks = [name for name, value in given.items() if value]
    is_table = format_name == "sssom" or (output is not None and output.suffix.lower() == _SUFFIXES["sssom"])
    if curies == "biolink" and not is_table:
        raise click.UsageError("--curies goes with --to sssom, or with -o and a name that ends in .tsv")
    _check_usage(tasks, asked=bool(asked), output=output, dated=bool(day or strict), sourced=bool(names or sources))
    try:
        vocabulary = read_ontology(ontology) if ontology else read_ontology()
        files = tuple(map(Path, asked))
        if comparing:
            status = mapping_lists.tell_comparison(vocabulary, (*comparing, *files), as_json=as_json)
        elif proving or drifting:
            claimed = mapping_lists.gather_identifier_uses(sources, vocabulary, given_files)
            releases = mapping_lists.read_releases(drifting or (*proving, *files), names, claimed, vocabulary)
            failed = (
                mapping_lists.report_drift(claimed, releases, as_json=as_json)
                if drifting
                else mapping_lists.report_proof(
                    claimed, releases, output=output, day=day, strict=strict, as_json=as_json
                )
            )
            status = FINDINGS if failed else 0
        elif writing:
            status = _write(vocabulary, format_name, output, curies)
        else:
            status = mapping_lists.tell_mappings(vocabulary, asked, as_json=as_json)
    except Her2ldError as error:
        for problem in error.problems:
            print_problem(problem)
        sys.exit(COULD_NOT_RUN)
    sys.exit(status)


def _check_usage(tasks: "list[str]", *, asked: bool, output: Path | None, dated: bool, sourced: bool) -> None:
    """Raise UsageError for options that do not go together."""
    if asked and {"--drift", "--to or -o"}.intersection(tasks):
        tasks = ["TERMs", *tasks]
    if len(tasks) > 1:
        raise click.UsageError(f"do one thing at a time: {', '.join(tasks)}")
    if output and str(output) == "-":
        raise click.UsageError("-o names a file; for standard output say --to FORMAT, or --json with --prove")
    if output and tasks == ["--prove"] and output.suffix.lower() != ".json":
        raise click.UsageError("a proof is JSON: give a name that ends in .json")
    if dated and tasks != ["--prove"]:
        raise click.UsageError("--date and --strict go with --prove")
    if sourced and tasks not in (["--prove"], ["--drift"]):
        raise click.UsageError("--release and --data go with --prove and --drift")


def _write(vocabulary: "Vocabulary", format_name: str | None, output: Path | None, curies: str) -> int:
    """Write the mappings as an SSSOM set, to a file or to standard output; return the exit status."""
    from her2ld.errors import ExportError, Problem
    from her2ld.exports import export
    from her2ld.mappings.sssom_writer import biolink_prefixes, sssom_quads, sssom_table
    from her2ld.mappings.term_mappings import term_mappings

    named = next((name for name, suffix in _SUFFIXES.items() if output and output.suffix.lower() == suffix), None)
    if output and named is None:
        problem = Problem(str(output), "no format has that suffix", f"use one of {' '.join(_SUFFIXES.values())}")
        raise ExportError([problem])
    if named and format_name not in {None, named}:
        what = f"the name says {named}, --to says {format_name}"
        raise ExportError([Problem(str(output), what, "leave --to out, or change the suffix")])
    found = term_mappings(vocabulary)
    with opened(output) as file:
        if (format_name or named) == "sssom":
            prefixes = biolink_prefixes(vocabulary) if curies == "biolink" else None
            file.write(sssom_table(found, vocabulary, prefixes).encode())
        else:
            export(sssom_quads(found, vocabulary), file, format_name or named or "", vocabulary)
    echo(f"wrote {output or 'standard output'}: {len(found)} mappings, SSSOM", err=True)
    return 0
