"""What ``her2ld export`` writes where: the formats that are asked for, and the files that they go to."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from her2ld.rdf.syntaxes import COMPRESSED, WRITTEN

if TYPE_CHECKING:
    from her2ld.exports import Format

    Goal = tuple[Format, "Place"]

FORMAT_NAMES = (*(each.name for each in WRITTEN), "nanopub", "kgx", "owl", "ofn", "obo", "obojson")


# A file or folder, a URL, or standard output.
Place = Path | str | None


def is_compressed(place: Place) -> bool:
    """Tell whether what goes there is compressed: the name says so."""
    return str(place).lower().endswith(COMPRESSED)


def targets(format_names: Sequence[str], output: str | None) -> "list[Goal]":
    """Say which format goes where: a file; a folder, for the two tables of KGX; a URL; None for standard output.

    Raises ExportError where the name of the output and the formats do not go together.
    """
    from her2ld.errors import ExportError, Problem
    from her2ld.exports import FORMATS, KGX, NANOPUBLICATIONS, ONTOLOGY_FORMATS
    from her2ld.files.streams import is_url

    by_suffix = {**FORMATS, **ONTOLOGY_FORMATS}
    by_name = {**by_suffix, NANOPUBLICATIONS.name: NANOPUBLICATIONS, KGX.name: KGX}
    asked = [by_name[name] for name in dict.fromkeys(format_names)]
    if output is None or output == "-":
        if KGX in asked:
            raise ExportError([Problem("--to", "kgx is two files, which go into a folder", "name one with -o")])
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
    """Return the format that the name of a file stands for, whether it is compressed or not.

    Raises ExportError where it stands for none, or for another than is asked for.
    """
    from her2ld.errors import ExportError, Problem
    from her2ld.exports import FORMATS, NANOPUBLICATIONS, format_of

    path = Path(output)
    path = path.with_suffix("") if is_compressed(output) else path
    named = format_of(path, among)
    if named == FORMATS["trig"] and list(asked) == [NANOPUBLICATIONS]:
        named = NANOPUBLICATIONS  # in TriG, too
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
    """Tell whether any of the formats holds statements; of the ``domain`` alone none does.

    Raises ExportError where none does and sources are ``given``, or where one has no place for what only follows, for
    what is ``joined`` of other vocabularies, or for ``records`` of PubMed.
    """
    from her2ld.errors import ExportError, Problem
    from her2ld.exports import FORMATS, KGX, NANOPUBLICATIONS, ONTOLOGY_FORMATS

    if domain and (given or joined or reasoned or any(each in formats for each in (KGX, NANOPUBLICATIONS))):
        what = "it writes the biology of the ontology alone, without papers and what follows from them"
        remedy = "leave out sources, --with and --reasoned, and choose a format of RDF or of the ontology"
        raise ExportError([Problem("--domain", what, remedy)])
    if domain:
        return False
    if records and any(each in formats for each in (KGX, NANOPUBLICATIONS)):
        what = "kgx and nanopub hold statements, and records of PubMed state none"
        raise ExportError([Problem("--to", what, "leave the records out, or choose a format of RDF")])

    if reasoned and NANOPUBLICATIONS in formats:
        what = "a nanopublication says what a paper says, and no paper says what only follows"
        raise ExportError([Problem("--reasoned", what, "leave --reasoned out")])
    without_place = ", ".join(each.name for each in formats if each.name not in FORMATS)
    if joined and without_place:
        remedy = "leave --with out, or choose a format of RDF"
        raise ExportError([Problem("--with", f"{without_place} has no place for other vocabularies", remedy)])
    hold_statements = any(each.name not in ONTOLOGY_FORMATS for each in formats)
    if not hold_statements and (given or reasoned):
        titles = ", ".join(each.title for each in formats)
        remedy = "leave out sources and --reasoned, or choose a format of RDF"
        raise ExportError([Problem(titles, "holds the ontology and no statements", remedy)])
    return hold_statements
