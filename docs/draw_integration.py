"""Draws the table of spellings and the answers of docs/integration.md.

python docs/draw_integration.py
"""

import json
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from her2ld.assets import PREFIX_MAP

PLACE = Path(__file__).parent / "integration.md"
_ROOT = PLACE.parent.parent
_TABLE = re.compile(r"(?<=\|---\|---\|---\|---\|\n).*?(?=\n\n)", re.DOTALL)
_COMMAND = re.compile(r"^```console\n\$ her2ld (?P<arguments>[^\n]*)\n.*?^```$", re.MULTILINE | re.DOTALL)
_SHOWN = 3
_MET = ("meshb", "uniprotkb", "genenames", "obolibrary", "identifiers.org", "bioontology")


def draw(page: str) -> str:
    """Give the page with its table and its answers drawn anew."""
    return _COMMAND.sub(_answered, _TABLE.sub(lambda _: table(), page))


def table() -> str:
    """Give the rows of the table: a vocabulary, its owner's form, and some of the other spellings."""
    return "\n".join(_row(record) for record in json.loads(PREFIX_MAP.read_text(encoding="utf-8")))


def _row(record: dict[str, Any]) -> str:
    names = {name.casefold(): name for name in record["prefix_synonyms"]}
    names.pop(record["prefix"].casefold(), None)
    by_host: dict[str, str] = {}
    for address in sorted(record["uri_prefix_synonyms"], key=lambda each: (not each.startswith("https"), len(each))):
        by_host.setdefault(urlsplit(address).netloc.removeprefix("www."), address)
    addresses = sorted(by_host.values(), key=_rank)
    names_shown = ", ".join(f"`{name}:…`" for name in sorted(names.values(), key=len)[:_SHOWN])
    shown = ", ".join(f"`{address}…`" for address in addresses[:_SHOWN])
    return f"| {record['prefix']} | `{record['uri_prefix']}…` | {names_shown} | {shown} |"


def _rank(address: str) -> tuple[int, int]:
    """Order addresses: those that people meet, and then the short ones."""
    return next((place for place, part in enumerate(_MET) if part in address), len(_MET)), len(address)


def _answered(match: re.Match[str]) -> str:
    return f"```console\n$ her2ld {match['arguments']}\n{run(match['arguments'])}```"


def run(arguments: str) -> str:
    """Give what a command says on both channels, run where the excerpts can be named as in the page."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "tests").symlink_to(_ROOT / "tests")
        command = [sys.executable, "-m", "her2ld", *shlex.split(arguments)]
        done = subprocess.run(  # noqa: S603  # the commands are those of the page
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
    return done.stdout


if __name__ == "__main__":
    PLACE.write_text(draw(PLACE.read_text(encoding="utf-8")), encoding="utf-8")
