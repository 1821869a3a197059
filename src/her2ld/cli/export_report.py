"""What ``her2ld export`` says of what it read and wrote."""

import json
import sys
import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from her2ld.cli.printing import echo, secho
from her2ld.cli.sources import print_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from her2ld.cli.export_targets import Place
    from her2ld.cli.sources import ReadExcerpt
    from her2ld.errors import Problem
    from her2ld.exports import Format
    from her2ld.exports.record_parts import Part
    from her2ld.statements import Curation

# Characters of a run of unread words that are shown.
_WIDTH = 100
_NAMES_OF_COUNTS = {
    "not_about": "not about the term",
    "refused": "refused",
    "superseded": "superseded by another record of the paper",
}


class ExportReport:
    """What was read and written, said on standard error in words or in JSON."""

    def __init__(self, *, as_json: bool) -> None:
        """Say it in words, or in JSON at the end."""
        self._as_json = as_json
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
        for note in curation.notes:
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
        """Say all of it, if in JSON."""
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
