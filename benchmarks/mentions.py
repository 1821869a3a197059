"""How fast the names of the ontology are found in titles and abstracts, beside spaCy and beside a bare search for them.

    python benchmarks/mentions.py [FILE.xml.gz…]

The files are NLM's: those that ``benchmarks/pubmed.py`` fetches, unless others are given. In turn, each title and
abstract of a file is searched

- by the finder, which reads what is around each name, and tells which term is meant and with which status;
- by ahocorasick_rs alone, for the spellings that the finder seeks, in the text as it is but for its case: no word ends
  are looked at, nothing is read;
- by spaCy's ``PhraseMatcher``, for the labels and synonyms of the same terms in any case, without variants of spelling;
  in one record of twenty. spaCy is installed from the package index into the cache folder of the user, once.

Times are of the CPU, the least of three runs. The bare pass unpacks the file and touches every node with lxml.
"""

import gc
import gzip
import importlib
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from ahocorasick_rs import BytesAhoCorasick, Implementation
from lxml import etree

import pubmed
from her2ld import read_ontology
from her2ld.dataset.article_texts import mention_lines
from her2ld.mentions import mention_finder
from her2ld.mentions.name_rules import names_by_spelling

Result = TypeVar("Result")
SPACY = "spacy==3.8.7"
RUNS = 3
SAMPLE = 20
READING = {"load_dtd": False, "no_network": True, "resolve_entities": False}


def timed(work: Callable[[], Result], runs: int = RUNS) -> tuple[Result, float]:
    """Do it several times, and return the result with the least seconds of CPU that it took."""
    least = float("inf")
    for _ in range(runs):
        gc.collect()  # what was read before is not to be thrown away in this one's time
        before = time.process_time()
        result = work()
        least = min(least, time.process_time() - before)
    return result, least


def bare_pass(file: str) -> int:
    """Count the nodes of a file."""
    nodes = 0
    with gzip.open(file) as stream:
        for _, record in etree.iterparse(stream, tag="PubmedArticle", **READING):
            nodes += sum(1 for node in record.iter() if node.text or node.tag)
            record.clear()
    return nodes


def texts(file: str) -> list[str]:
    """Return the title and the abstract of each record."""
    found = []
    with gzip.open(file) as stream:
        for _, article in etree.iterparse(stream, tag="Article", **READING):
            title, abstract = article.find("ArticleTitle"), article.findall("Abstract/AbstractText")
            found.append("".join(title.itertext()) if title is not None else "")
            found.append(" ".join("".join(part.itertext()) for part in abstract))
            article.clear()
    return found


def phrase_matcher() -> Callable[[str], list[Any]]:
    """Return spaCy's search for the labels and synonyms of what the finder seeks, fetching spaCy if it is not there."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "her2ld" / "benchmarks" / SPACY
    if not (cache / "spacy").exists():
        fetch = ["install", "--only-binary", ":all:", "--target", str(cache), SPACY]
        subprocess.run([sys.executable, "-m", "pip", "--quiet", *fetch], check=True)
    sys.path.append(str(cache))
    spacy = importlib.import_module("spacy")
    language = spacy.blank("en")
    matcher = importlib.import_module("spacy.matcher").PhraseMatcher(language.vocab, attr="LOWER")
    iris = {name.term_iri for name in SPELLINGS.values()}
    names = {name for term in VOCABULARY.terms.values() if term.iri.value in iris for name in term.names}
    matcher.add("names", list(map(language.make_doc, sorted(names))))
    print(f"spaCy {spacy.__version__} with {len(names):,} names")
    return lambda text: list(matcher(language.make_doc(text)))


def measure(file: str, by_spacy: Callable[[str], list[Any]]) -> None:
    """Print the rates for one file."""
    searched = texts(file)
    sample = searched[::SAMPLE]
    size, sampled = (sum(map(len, each)) / 1e6 for each in (searched, sample))
    bare_search = BytesAhoCorasick(list(SPELLINGS), implementation=Implementation.DFA).find_matches_as_indexes
    nodes, bare = timed(lambda: bare_pass(file), 1)
    found, seconds = timed(lambda: [FIND(text) for text in searched])
    hits, alone = timed(lambda: sum(len(bare_search(text.lower().encode("latin-1", "replace"))) for text in searched))
    _, writing = timed(lambda: [mention_lines("https://w3id.org/her2ld/record/1/title", each) for each in found], 1)
    matches, slow = timed(lambda: sum(len(by_spacy(text)) for text in sample), 1)
    records = len(searched) / 2
    terms = Counter(mention.term_iri.rsplit("/")[-1] for mentions in found for mention in mentions)
    print(f"{file}: {records:,.0f} records, {size:.1f} million characters, {nodes:,} nodes")
    each = 1e6 * seconds / records
    print(f"  found            {size / seconds:8.1f} MB/s  {each:6.1f} µs a record, {terms.total():,} mentions")
    print(f"  ahocorasick_rs   {size / alone:8.1f} MB/s  {1e6 * alone / records:6.1f} µs a record, {hits:,} hits")
    print(f"  spaCy            {sampled / slow:8.1f} MB/s  ({matches:,} matches in one record of {SAMPLE})")
    print(f"  as N-Quads       {1e6 * writing / records:22.1f} µs a record")
    print(f"  bare lxml pass   {bare:8.1f} s, of which finding and writing are {(seconds + writing) / bare:.1%}")
    print(f"  most often       {', '.join(f'{term} {count:,}' for term, count in terms.most_common(6))}")


VOCABULARY = read_ontology()
SPELLINGS = names_by_spelling(VOCABULARY)
FIND, built = timed(lambda: mention_finder(VOCABULARY))

if __name__ == "__main__":
    print(f"finder with {len(SPELLINGS):,} spellings made in {1e3 * built:.0f} ms")
    in_spacy = phrase_matcher()
    for path in sys.argv[1:] or [str(pubmed.fetched() / "data" / name) for name in pubmed.FILES]:
        measure(path, in_spacy)
