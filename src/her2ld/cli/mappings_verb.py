"""The verb ``mappings``: which of its tasks is asked for, and the SSSOM set."""

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli.options import GivenFiles, ontology_option, reading_options
from her2ld.cli.printing import FINDINGS, echo, opened
from her2ld.cli.reading import chosen_ontology
from her2ld.rdf.syntaxes import JSON_LD, N_TRIPLES, RDF_XML, TURTLE

if TYPE_CHECKING:
    from her2ld.vocabulary.ontology import Vocabulary

_SUFFIXES = {"sssom": ".tsv", **{each.name: each.suffix for each in (TURTLE, N_TRIPLES, RDF_XML, JSON_LD)}}


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Return a day in canonical form. Raises BadParameter if it is no day."""
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
    help="Compare our mappings with this SSSOM table (and further FILEs), and give the reasons for differences.",
)  # fmt: skip
@click.option(
    "--prove", "proving", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help="Check our identifiers against this release (and further FILEs).",
)  # fmt: skip
@click.option(
    "--drift", "drifting", metavar="OLD NEW", nargs=2, type=click.Path(path_type=Path),
    help="List the changes of our identifiers between two releases.",
)  # fmt: skip
@click.option(
    "--release", "names", metavar="NAME", multiple=True,
    help="The name of a release whose file does not name it, “MeSH 2024”; can be repeated, in the order of such files.",
)  # fmt: skip
@click.option(
    "--data", "sources", metavar="SOURCE", multiple=True, type=click.Path(path_type=Path),
    help="Check the identifiers of this curation folder or RDF instead of those of her2ld; can be repeated.",
)  # fmt: skip
@reading_options
@ontology_option
@click.option(
    "-o", "--output", metavar="PATH", type=click.Path(path_type=Path),
    help="Write the SSSOM set to this file (its suffix gives the format), or the proof, as JSON.",
)  # fmt: skip
@click.option("--date", "day", metavar="YYYY-MM-DD", callback=_day, help="The date to write into the proof.")
@click.option("--strict", is_flag=True, help="Let notes of a proof fail, too.")
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
    """Show the mappings of our terms to other vocabularies; compare them with others, and prove them.

    A TERM is a name of the ontology, or an identifier in any spelling: UniProtKB:P04626,
    https://identifiers.org/hgnc:3430. Without a TERM, all mappings are shown, also those that say that a term is not
    the same as another, or that a vocabulary has no such term.

    A FILE for --compare is an SSSOM table. A FILE for --prove is a release as its owner publishes it, with or without
    gzip: MeSH in N-Triples or XML, an ontology in OWL or OBO (GO, Mondo, ChEBI, NCIt and others), the complete set of
    HGNC, UniProt in RDF or FASTA. A proof covers the identifiers in mappings and in records.

    \b
    Examples:
      her2ld mappings                                  all of them
      her2ld mappings HER2 UniProtKB:P04626            those of one of our terms, and of an identifier
      her2ld mappings --to sssom -o her2.sssom.tsv     as an SSSOM set
      her2ld mappings --compare mondo.sssom.tsv        the differences from another set, with reasons
      her2ld mappings --prove mesh2024.nt.gz go.owl --release "MeSH 2024"
      her2ld mappings --prove mesh2024.nt.gz -o proof.json --date 2024-01-31
      her2ld mappings --drift mesh2024.nt.gz mesh2025.nt.gz

    Exit status: 0 shown, proven, or nothing changed; 1 a term has no mapping, a row of a table cannot be read, a
    difference has no reason, an identifier is refuted, or something changed; 2 it could not run.
    """
    from her2ld.cli import mapping_lists

    writing = format_name is not None or (output is not None and not proving)
    given = {"--compare": comparing, "--prove": proving, "--drift": drifting, "--to or -o": writing}
    tasks = [name for name, value in given.items() if value]
    is_table = format_name == "sssom" or (output is not None and output.suffix.lower() == _SUFFIXES["sssom"])
    if curies == "biolink" and not is_table:
        raise click.UsageError("--curies goes with --to sssom, or with -o and a name that ends in .tsv")
    _check_usage(tasks, asked=bool(asked), output=output, dated=bool(day or strict), sourced=bool(names or sources))
    vocabulary = chosen_ontology(ontology)
    files = tuple(map(Path, asked))
    if comparing:
        status = mapping_lists.print_comparison(vocabulary, (*comparing, *files), as_json=as_json)
    elif proving or drifting:
        claimed = mapping_lists.gather_identifier_uses(sources, vocabulary, given_files)
        releases = mapping_lists.read_releases(drifting or (*proving, *files), names, claimed, vocabulary)
        failed = (
            mapping_lists.print_drift(claimed, releases, as_json=as_json)
            if drifting
            else mapping_lists.print_proof(claimed, releases, output=output, day=day, strict=strict, as_json=as_json)
        )
        status = FINDINGS if failed else 0
    elif writing:
        status = _write(vocabulary, format_name, output, curies)
    else:
        status = mapping_lists.print_mappings(vocabulary, asked, as_json=as_json)
    sys.exit(status)


def _check_usage(tasks: "list[str]", *, asked: bool, output: Path | None, dated: bool, sourced: bool) -> None:
    """Raise UsageError for options that exclude each other."""
    if asked and {"--drift", "--to or -o"}.intersection(tasks):
        tasks = ["TERMs", *tasks]
    if len(tasks) > 1:
        raise click.UsageError(f"do one thing at a time: {', '.join(tasks)}")
    if output and str(output) == "-":
        raise click.UsageError("-o takes a file; for standard output, use --to FORMAT, or --json with --prove")
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
