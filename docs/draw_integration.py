"""Draws the table of spellings and the answers of docs/integration.md.

python docs/draw_integration.py
"""

import contextlib
import json
import re
import shlex
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from click.testing import CliRunner

from her2ld.assets import PREFIX_MAP
from her2ld.cli import main

PLACE = Path(__file__).parent / "integration.md"
_ROOT = PLACE.parent.parent
_TABLE = re.compile(r"(?<=\|---\|---\|---\|---\|\n).*?(?=\n\n)", re.DOTALL)
_COMMAND = re.compile(r"^```console\n\$ her2ld (?P<arguments>[^\n]*)\n.*?^```$", re.MULTILINE | re.DOTALL)
_SHOWN = 3
_MET = tuple(
    f"https://{each}"
    for each in (
        "meshb.",
        "www.uniprot.org/uniprotkb",
        "www.genenames.org/data/gene",
        "identifiers.org",
        "purl.",
        "www.ncbi",
    )
)


def draw(page: str) -> str:
    """Return the page with its table and its answers drawn anew."""
    return _COMMAND.sub(_answered, _TABLE.sub(lambda _: table(), page))


def table() -> str:
    """Return the rows of the table: a vocabulary, its owner's form, and some of the other spellings."""
    return "\n".join(_row(record) for record in json.loads(PREFIX_MAP.read_text(encoding="utf-8")))


def _row(record: dict[str, Any]) -> str:
    names = {name.casefold(): name for name in record["prefix_synonyms"]}
    names.pop(record["prefix"].casefold(), None)
    by_host: dict[str, str] = {}
    for address in sorted(record["uri_prefix_synonyms"], key=_rank):
        by_host.setdefault(urlsplit(address).netloc.removeprefix("www."), address)
    names_shown = ", ".join(f"`{name}:…`" for name in sorted(names.values(), key=len)[:_SHOWN])
    shown = ", ".join(f"`{address}…`" for address in list(by_host.values())[:_SHOWN])
    return f"| {record['prefix']} | `{record['uri_prefix']}…` | {names_shown} | {shown} |"


def _rank(address: str) -> tuple[int, int]:
    """Order addresses: those that people meet, then the other ones, the short ones first."""
    return next((place for place, start in enumerate(_MET) if address.startswith(start)), len(_MET)), len(address)


def _answered(match: re.Match[str]) -> str:
    return f"```console\n$ her2ld {match['arguments']}\n{run(match['arguments'])}```"


def run(arguments: str) -> str:
    """Return what a command says on both channels, run where the excerpts can be named as in the page."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("curation", "tests"):
            (Path(folder) / name).symlink_to(_ROOT / name)
        with contextlib.chdir(folder):
            done = CliRunner().invoke(main, shlex.split(arguments))
    if not (done.exception is None or isinstance(done.exception, SystemExit)):
        raise done.exception  # some commands of the page end with findings; none ends like this
    return done.output


if __name__ == "__main__":
    PLACE.write_text(draw(PLACE.read_text(encoding="utf-8")), encoding="utf-8")
