"""What ``her2ld export`` writes where, and what it says of what it read and wrote."""

import json
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from her2ld.cli.printing import echo, secho
from her2ld.cli.sources import print_problem
from her2ld.rdf.syntaxes import COMPRESSED, WRITTEN
from her2ld.texts import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from her2ld.exports import Format

    Goal = tuple[Format, "Place"]

    from her2ld.cli.sources import ReadExcerpt
    from her2ld.errors import Problem
    from her2ld.exports import Format
    from her2ld.exports.record_parts import Part
    from her2ld.statements import Curation


FORMAT_NAMES = (*(each.name for each in WRITTEN), "framed", "nanopub", "kgx", "owl", "ofn", "obo", "obojson")


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
    from her2ld.exports import FORMATS, FRAMED, KGX, NANOPUBLICATIONS, ONTOLOGY_FORMATS
    from her2ld.files.streams import is_url

    by_suffix = {**FORMATS, **ONTOLOGY_FORMATS}
    by_name = {**by_suffix, **{each.name: each for each in (FRAMED, NANOPUBLICATIONS, KGX)}}
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
    from her2ld.exports import FORMATS, FRAMED, NANOPUBLICATIONS, format_of

    path = Path(output)
    path = path.with_suffix("") if is_compressed(output) else path
    named = format_of(path, among)
    if named == FORMATS["trig"] and list(asked) == [NANOPUBLICATIONS]:
        named = NANOPUBLICATIONS  # in TriG, too
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
    """Tell whether any of the formats holds statements; of the ``domain`` alone none does.

    Raises ExportError where none does and sources are ``given``, or where one has no place for what only follows, for
    what is ``joined`` of other vocabularies, or for ``records`` of PubMed.
    """
    from her2ld.errors import ExportError, Problem
    from her2ld.exports import FORMATS, FRAMED, KGX, NANOPUBLICATIONS, ONTOLOGY_FORMATS

    of_statements = [each for each in formats if each in (FRAMED, KGX, NANOPUBLICATIONS)]
    if domain and (given or joined or reasoned or of_statements):
        what = "it writes the biology of the ontology alone, without papers and what follows from them"
        remedy = "leave out sources, --with and --reasoned, and choose a format of RDF or of the ontology"
        raise ExportError([Problem("--domain", what, remedy)])
    if domain:
        return False
    if records and of_statements:
        what = "framed, kgx and nanopub hold statements, and records of PubMed state none"
        raise ExportError([Problem("--to", what, "leave the records out, or choose a format of RDF")])

    if reasoned and (NANOPUBLICATIONS in formats or FRAMED in formats):
        what = "framed and nanopub hold what papers say, and no paper says what only follows"
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


# Characters of a run of unread words that are shown.
_WIDTH = 100
_NAMES_OF_COUNTS = {
    "not_about": "not about the term",
    "refused": "refused",
    "superseded": "superseded by another record of the paper",
}


class ExportReport:
    """What was read and written, said on standard error in words or in JSON."""

    def __init__(self, *, as_json: bool, counts_notes: bool = False) -> None:
        """Say it in words, or in JSON at the end; in words, the notes of curations one by one, or their number."""
        self._as_json = as_json
        self._counts_notes = counts_notes
        self._read: list[dict[str, Any]] = []
        self._written: list[dict[str, Any]] = []
        self.refused: list[Problem] = []

    def read(self, folder: Path, curation: "Curation") -> None:
        """Say how much a paper was read to hold."""
        from her2ld import iris
        from her2ld.curation import unread_runs, unread_words
        from her2ld.statements.plain import affirms, is_hedged

        unread = len(unread_words(curation))
        hedged = sum(map(is_hedged, curation.claims))
        denied = sum(not affirms(statement) for statement in curation.claims)
        paper = curation.record.doi or iris.article(curation.record).value
        self._read.append(
            {
                "source": str(folder),
                "paper": iris.article(curation.record).value,
                "doi": curation.record.doi,
                "statements": len(curation.claims),
                "hedged": hedged,
                "denied_or_not_found": denied,
                "notes": list(curation.notes),
                "knowledge_gaps": len(curation.gaps),
                "unread_words": unread,
            }
        )
        self._say(
            f"read {paper}: {len(curation.claims)} statements ({hedged} hedged"
            f"{f', {denied} denied or not found' * bool(denied)}), "
            f"{len(curation.gaps)} knowledge gap{'s' * (len(curation.gaps) != 1)}, {unread} words unread"
        )
        for note in () if self._counts_notes else curation.notes:
            self._say(f"  note: {note}")
        for run in unread_runs(curation):
            self._say(f"  unread: {textwrap.shorten(run, _WIDTH, placeholder=' …')}")

    def read_records(self, part: "Part") -> None:
        """Say what became of the records of a file."""
        self.refused += part.refused
        counts = {
            "records": part.records,
            "exported": part.exported,
            "not_about": part.not_about,
            "refused": len(part.refused),
            "superseded": part.superseded,
            "deletions": part.deletions,
        }
        self._read.append({"source": part.source, "form": part.form, **counts})
        if part.form == "checksum":
            self._say(f"passed over {part.source}, a checksum")
            return
        said = f"{part.exported:,} of {part.records:,} record{'s' * (part.records != 1)} exported"
        for name, words in _NAMES_OF_COUNTS.items():
            said += f", {counts[name]:,} {words}" if counts[name] else ""
        if part.deletions:
            said += f"; {part.deletions:,} taken back by NLM"
        self._say(f"read {part.source}: {said}")

    def joined(self, excerpt: "ReadExcerpt") -> None:
        """Say what was joined of another vocabulary."""
        self._read.append(asdict(excerpt))
        self._say(str(excerpt))

    def wrote(self, format_: "Format", path: "Place", counts: dict[str, int], left_out: int = 0) -> None:
        """Say how much of each unit was written where, and how many axioms the format cannot say."""
        target = str(path) if path else "standard output"
        self._written.append({"target": target, "format": format_.name, **counts})
        line = f"wrote {target}: {', '.join(f'{count:,} {unit}' for unit, count in counts.items())}, {format_.title}"
        if left_out:
            self._written[-1]["left_out"] = left_out
            line += f", without {left_out} axiom{'s' * (left_out != 1)} that it cannot say"
        self._say(line)

    def succeed(self) -> None:
        """Say all of it, if in JSON; else how many notes were left out."""
        notes = sum(len(each.get("notes", ())) for each in self._read)
        if notes and self._counts_notes:
            self._say(f"{counted(notes, 'note')} for curators: her2ld validate lists {'it' if notes == 1 else 'them'}")
        if self._as_json:
            echo(json.dumps({"read": self._read, "written": self._written}), err=True)

    def fail(self, problems: "Sequence[Problem]", status: int) -> NoReturn:
        """Say the problems, and exit."""
        if self._as_json:
            listed = [{"where": each.where, "what": each.what, "remedy": each.remedy} for each in problems]
            echo(json.dumps({"read": self._read, "written": self._written, "problems": listed}), err=True)
        else:
            for each in problems:
                print_problem(each)
            count = f"{len(problems)} problem{'s' * (len(problems) != 1)}"
            secho(f"{count}; {len(self._written) or 'nothing'} written", fg="red", err=True)
        sys.exit(status)

    def _say(self, line: str) -> None:
        if not self._as_json:
            echo(line, err=True)
