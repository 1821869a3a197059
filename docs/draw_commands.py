"""Draw what commands print into the pages that show them: ``python docs/draw_commands.py``.

A block that begins with ``$ her2ld`` gets what that command prints, on standard output or else on standard error. The
commands run in a folder of their own, in which ``curation/`` and ``tests/`` of the repository can be named.
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
_SHOWN = re.compile(r"(^```console\n\$ her2ld (?P<arguments>[^\n]*)\n).*?(^```$)", re.MULTILINE | re.DOTALL)
_PROGRAM = re.compile(r"(^```python\n(?P<program>.*?)^```$\n+)(^```text\n).*?(^```$)", re.MULTILINE | re.DOTALL)


def draw(page: str) -> str:
    """Return the page with what its commands and its program print."""
    page = _SHOWN.sub(
        lambda found: found[1] + printed(["-m", "her2ld", *shlex.split(found["arguments"])]) + found[3], page
    )
    return _PROGRAM.sub(lambda found: found[1] + found[3] + printed(["-c", found["program"]]) + found[4], page)


def printed(arguments: list[str]) -> str:
    """Return what Python prints with those arguments; raises CalledProcessError where it fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HER2LD_")}
    with tempfile.TemporaryDirectory() as folder:
        for name in ("curation", "docs", "ontology", "tests"):
            (Path(folder) / name).symlink_to(ROOT / name)
        done = subprocess.run(  # noqa: S603  # a command that a page shows
            [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=True
        )
    return done.stdout or done.stderr


if __name__ == "__main__":
    for place in PAGES:
        if place.exists():
            place.write_text(draw(place.read_text(encoding="utf-8")), encoding="utf-8")
