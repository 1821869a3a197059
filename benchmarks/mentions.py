"""How fast the names of the ontology are found in titles and abstracts, beside spaCy and beside a bare search for them.

    python benchmarks/mentions.py [--before REVISION] [--rounds NUMBER] [FILE.xml.gz ...]

The files are NLM's: those that ``benchmarks/pubmed.py`` fetches, unless others are given. In processes of their own,
which take turns, each title and abstract of a file is searched

- by the finder, which reads what is around each name, and tells which term is meant and with which status; and by that
  of the revision before;
- by ahocorasick_rs alone, for the spellings that the finder seeks, in the text as it is but for its case: no word ends
  are looked at, nothing is read;
- by spaCy's ``PhraseMatcher``, for the labels and synonyms of the same terms in any case, without variants of spelling;
  in one record of twenty. spaCy is installed from the package index into the cache folder of the user, once; where
  files are given, it is left out if it is not there.

Printed are characters a second and the CPU of a record, the reading of the file not counted; and what it takes to make
the finder.
"""

import gzip
import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from ahocorasick_rs import BytesAhoCorasick, Implementation
from lxml import etree

import pubmed
from her2ld import read_ontology
from her2ld.mentions import mention_finder
from her2ld.mentions.name_rules import names_by_spelling
from measuring import BEFORE, NOW, Environment, Taken, cpu, in_turns, kept, options, ratio, revisions, told_by, within

Search = Callable[[str], int]
SPACY = "spacy==3.8.7"
ROUNDS, SAMPLE = 3, 20
FINDER, BARE, BY_SPACY = "finder", "ahocorasick_rs alone", "PhraseMatcher of spaCy"
READING = {"load_dtd": False, "no_network": True, "resolve_entities": False}


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


def spacy_folder() -> Path:
    """Return the folder in which spaCy is, or would be."""
    return kept(SPACY)


def fetch_spacy() -> None:
    """Install spaCy if it is not there."""
    if not (spacy_folder() / "spacy").exists():
        fetch = ["install", "--only-binary", ":all:", "--target", str(spacy_folder()), SPACY]
        subprocess.run([sys.executable, "-m", "pip", "--quiet", *fetch], check=True)


# --- What a process of its own does -------------------------------------------------------------------------------


def with_finder() -> Search:
    """Return the search by the finder."""
    find = mention_finder(read_ontology())
    return lambda text: len(find(text))


def with_spellings_alone() -> Search:
    """Return the search for the spellings and nothing more."""
    automaton = BytesAhoCorasick(list(names_by_spelling(read_ontology())), implementation=Implementation.DFA)
    return lambda text: len(automaton.find_matches_as_indexes(text.lower().encode("latin-1", "replace")))


def with_spacy() -> Search:
    """Return spaCy's search for the labels and synonyms of what the finder seeks."""
    sys.path.append(str(spacy_folder()))
    language = importlib.import_module("spacy").blank("en")
    matcher = importlib.import_module("spacy.matcher").PhraseMatcher(language.vocab, attr="LOWER")
    vocabulary = read_ontology()
    iris = {name.term_iri for name in names_by_spelling(vocabulary).values()}
    names = {name for term in vocabulary.terms.values() if term.iri.value in iris for name in term.names}
    matcher.add("names", list(map(language.make_doc, sorted(names))))
    return lambda text: len(matcher(language.make_doc(text)))


WORK = {FINDER: with_finder, BARE: with_spellings_alone, BY_SPACY: with_spacy}


def work(searcher: str, file: str) -> None:
    """Search a file; print the characters, the records, what was found, and what making ready and searching took."""
    searched = texts(file)[:: SAMPLE if searcher == BY_SPACY else 1]
    made: list[Search] = []
    making = within(lambda: made.append(WORK[searcher]()))
    found: list[int] = []
    searching = within(lambda: found.extend(map(made[0], searched)))
    print(json.dumps([sum(map(len, searched)), len(searched) / 2, sum(found), making, searching]))


# --- What compares ------------------------------------------------------------------------------------------------


def compare(file: str, rounds: int, environments: dict[str, Environment]) -> None:
    """Print the rates for a file."""
    command = [sys.executable, __file__, "--work"]
    searches = {
        name: partial(told_by, [*command, FINDER, file], environment) for name, environment in environments.items()
    }
    others = [BARE, *([BY_SPACY] if (spacy_folder() / "spacy").exists() else [])]
    searches |= {name: partial(told_by, [*command, name, file], environments[NOW]) for name in others}
    done = in_turns(searches, rounds)
    print(f"{file}: {done[NOW][0][1]:,.0f} records, {done[NOW][0][0] / 1e6:.1f} million characters")
    for name, told in done.items():
        characters, records, found, *_ = told[0]
        seconds = cpu(Taken(*each[4]) for each in told).median
        print(
            f"  {name:24}{characters / seconds / 1e6:8.1f} MB/s  {1e6 * seconds / records:8.1f} µs a record, "
            f"{found:,} found",
            flush=True,
        )
    making = {name: [Taken(*each[3]) for each in done[name]] for name in environments}
    print(f"  with the ontology read, the finder is made in {cpu(making[NOW]):.2f} s")
    if BEFORE in done:
        searching = {name: [Taken(*each[4]) for each in done[name]] for name in environments}
        print(f"  of before, making it takes {ratio(making[NOW], making[BEFORE]):.2f}", end=", ")
        print(f"finding {ratio(searching[NOW], searching[BEFORE]):.2f}", flush=True)


def main(files: list[str], rounds: int, before: str | None) -> None:
    """Print the rates for each file."""
    if not files:
        fetch_spacy()
        files = [str(pubmed.fetched() / "data" / name) for name in pubmed.FILES]
    with revisions(before) as environments:
        for file in files:
            compare(file, rounds, environments)


if __name__ == "__main__":
    parser = options(__doc__, rounds=ROUNDS)
    parser.add_argument("--work", nargs=2, help="what a process of its own does, which the others start")
    parser.add_argument("files", metavar="FILE.xml.gz", nargs="*", help="files of PubMed, in place of those of NLM")
    given = parser.parse_args()
    if given.work:
        work(*given.work)
    else:
        main(given.files, given.rounds, given.before)
