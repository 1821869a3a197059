"""Draw what commands print into the pages that show them: ``python docs/draw_commands.py``.

A block that begins with ``$ her2ld`` gets what that command prints, on standard output or else on standard error, and a
text behind a program gets what the program prints. The commands of a page run in one folder, in which ``curation/`` and
``tests/`` of the repository can be named.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent
PAGES = (
    ROOT / "README.md",
    *(
        FOLDER / f"{name}.md"
        for name in ("claims", "curators", "data-engineers", "ontologists", "queries", "reasoning", "standing")
    ),
)
# The blocks that a page tells the reader to save as a file, by their language.
SAVED = {
    "data-engineers": {"agents.rq": "sparql"},
    "ontologists": {"mine.sssom.tsv": "tsv", "my-shapes.ttl": "turtle"},
    "reasoning": {"by-component.rq": "sparql"},
}
# The file that the programs of a page read.
EXPORTED = {"data-engineers": "her2-linked-data/her2.nt", "ontologists": "her2.owl"}
_SHOWN = re.compile(r"(^```console\n\$ her2ld (?P<arguments>[^\n]*)\n).*?(^```$)", re.MULTILINE | re.DOTALL)
_PROGRAM = re.compile(r"(^```python\n(?P<program>.*?)^```$\n+)(^```text\n).*?(^```$)", re.MULTILINE | re.DOTALL)


def draw(name: str, page: str) -> str:
    """Return the page of that name with what its commands and its programs print."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for each in ("curation", "docs", "ontology", "tests"):
            (folder / each).symlink_to(ROOT / each)
        for file, language in SAVED.get(name, {}).items():
            block = re.search(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
            (folder / file).write_text(block[1] if block else "", encoding="utf-8")
        if name in EXPORTED:
            printed(["-m", "her2ld", "export", "-o", EXPORTED[name]], folder)
        page = _SHOWN.sub(
            lambda found: f"{found[1]}{printed(['-m', 'her2ld', *shlex.split(found['arguments'])], folder)}{found[3]}",
            page,
        )
        return _PROGRAM.sub(
            lambda found: f"{found[1]}{found[3]}{printed(['-c', found['program']], folder)}{found[4]}", page
        )


def printed(arguments: list[str], folder: Path) -> str:
    """Return what Python prints with those arguments in a folder; raises CalledProcessError if it fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HER2LD_")}
    done = subprocess.run(  # noqa: S603  # a command that a page shows
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout or done.stderr


if __name__ == "__main__":
    for place in PAGES:
        place.write_text(draw(place.stem, place.read_text(encoding="utf-8")), encoding="utf-8")
