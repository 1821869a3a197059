"""What it takes to install her2ld and to start it, as whole processes: wheel, import, help, and one question.

    python benchmarks/starting.py [install | import | query ...] [--before REVISION] [--rounds NUMBER]
                                                                            (without a word: all three)

- install: the wheel of this checkout, and that of the revision before, each installed into a new environment with all
  that it needs, which is in pip's cache by then; and how large the wheels are.
- import: ``import her2ld`` beside ``import rdflib``, what a bare Python takes taken off both; and ``her2ld --help``
  beside the help of a program of click that does nothing.
- query: ``her2ld query certainty_about`` from its start to its end, beside a program that reads the same data with
  rdflib from N-Triples, asks the same question and prints the rows: about all papers, and about the review alone.

All take turns. Printed are seconds of CPU, the median with the least and the greatest, and ratios round by round.
"""

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from pyoxigraph import RdfFormat, serialize

from her2ld import build, curation_folders, read_curation, read_ontology, read_questions
from her2ld.assets import curation
from her2ld.dataset import without_named_graphs
from measuring import (
    BEFORE,
    NOW,
    ROOT,
    Environment,
    Taken,
    checkouts,
    cpu,
    in_turns,
    memory,
    options,
    ratio,
    revisions,
    whole,
)

ROUNDS = 11
MEGABYTE = 1_000_000
EMPTY = "import click\n@click.command()\ndef main(): pass\nmain(['--help'])"
REVIEW = ROOT / "tests" / "review"
QUESTION = "certainty_about"
WITH_RDFLIB = """
import sys, rdflib
graph = rdflib.Graph().parse(sys.argv[1], format="nt11")
for row in graph.query(open(sys.argv[2]).read()):
    print(*row, sep="\\t")
"""


# --- Install ------------------------------------------------------------------------------------------------------


def install(before: str | None, rounds: int) -> None:
    """Print how large the wheels are, and what it takes to install them."""
    with checkouts(before) as folders, tempfile.TemporaryDirectory() as temporary:
        wheels = {name: built(folder, Path(temporary, name)) for name, folder in folders.items()}
        work = {name: partial(installed, wheel) for name, wheel in wheels.items()}
        done = in_turns(work, rounds, warm=True)  # the first fills pip's cache
        for name, taken in done.items():
            size = wheels[name].stat().st_size / MEGABYTE
            print(f"install {name}: {cpu(taken):.1f} s, a wheel of {size:.2f} MB", flush=True)
    if BEFORE in done:
        print(f"  {ratio(done[NOW], done[BEFORE]):.2f} of what it took before")


def built(checkout: Path, folder: Path) -> Path:
    """Return the wheel of a checkout."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def installed(wheel: Path) -> Taken:
    """Install a wheel with all that it needs into a new environment; return what that took, without making it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        return whole([Path(folder, "bin", "python"), "-m", "pip", "install", "--quiet", wheel])


# --- Import and help ----------------------------------------------------------------------------------------------


def start(environments: Mapping[str, Environment], rounds: int) -> None:
    """Print what an import and the help take."""
    programs = {"python": ["-c", "pass"], "import rdflib": ["-c", "import rdflib"], "click --help": ["-c", EMPTY]}
    of_both = {"import": ["-c", "import her2ld"], "--help": ["-m", "her2ld", "--help"]}
    work = {
        name: partial(whole, [sys.executable, *arguments], environments[NOW]) for name, arguments in programs.items()
    }
    work |= {
        f"{what}, {name}": partial(whole, [sys.executable, *arguments], environment)
        for name, environment in environments.items()
        for what, arguments in of_both.items()
    }
    done = in_turns(work, rounds, warm=True)
    for what, taken in done.items():
        print(f"{what:24} {1000 * cpu(taken).median:6.1f} ms")
    bare, rdflib = (cpu(done[name]).median for name in ("python", "import rdflib"))
    for name in environments:
        share = (cpu(done[f"import, {name}"]).median - bare) / (rdflib - bare)
        helped = ratio(done[f"--help, {name}"], done["click --help"])
        print(f"{name}: import {share:.3f} of rdflib's, --help {helped:.2f} times that of an empty program", flush=True)


# --- A question ---------------------------------------------------------------------------------------------------


def query(environments: Mapping[str, Environment], rounds: int) -> None:
    """Print what a question takes, about all papers and about the review alone."""
    for what, root in (("all papers", curation()), ("the review alone", REVIEW)):
        with tempfile.TemporaryDirectory() as folder:
            compare_query(what, root, Path(folder), environments, rounds)


def compare_query(what: str, root: Path, folder: Path, environments: Mapping[str, Environment], rounds: int) -> None:
    """Print what a question about the papers of a folder takes, beside rdflib."""
    vocabulary = read_ontology()
    quads = build(vocabulary, [read_curation(each, vocabulary) for each in curation_folders(root)])
    data, question = folder / "her2.nt", folder / "query.rq"
    serialize((quad.triple for quad in without_named_graphs(quads)), str(data), format=RdfFormat.N_TRIPLES)
    question.write_text(next(each.query for each in read_questions() if each.name == QUESTION), encoding="utf-8")

    def asked(name: str) -> Taken:
        # The data are prepared once for each state of the files, in the warm-up, for each revision in its own place.
        places = {"HER2LD_CURATION": str(root), "XDG_CACHE_HOME": str(folder / name)}
        return whole([sys.executable, "-m", "her2ld", "query", QUESTION], {**environments[name], **places})

    work = {name: partial(asked, name) for name in environments}
    work["rdflib"] = partial(whole, [sys.executable, "-W", "ignore", "-c", WITH_RDFLIB, data, question])
    done = in_turns(work, rounds, warm=True)
    print(f"her2ld query {QUESTION}, {what}")
    for name, taken in done.items():
        times = ratio(taken, done[NOW])
        print(f"  {name:16} {cpu(taken):.3f} s, {memory(taken):,.0f} MiB; {times:.2f} times her2ld", flush=True)


def main(parts: list[str], rounds: int, before: str | None) -> None:
    """Print the parts that are asked for."""
    if "install" in parts:
        install(before, min(rounds, 3))
    with revisions(before) as environments:
        if "import" in parts:
            start(environments, rounds)
        if "query" in parts:
            query(environments, rounds)


if __name__ == "__main__":
    parser = options(__doc__, rounds=ROUNDS)
    known = ["install", "import", "query"]
    parser.add_argument("parts", metavar="PART", nargs="*", default=known, help="install, import or query")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(known):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    main(given.parts, given.rounds, given.before)
