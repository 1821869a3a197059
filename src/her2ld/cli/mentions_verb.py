"""The verb ``mentions``: the names of terms that records of PubMed mention, and names that the ontology lacks."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from her2ld.cli.options import ontology_option
from her2ld.cli.printing import FINDINGS, echo, stop, table_writer
from her2ld.cli.reading import chosen_ontology
from her2ld.texts import counted

if TYPE_CHECKING:
    from pathlib import Path

    from her2ld.errors import Problem
    from her2ld.mentions import Mention
    from her2ld.pubmed.article import Article
    from her2ld.vocabulary.ontology import Vocabulary

_FORMS = ("tsv", "csv", "jsonl", "pubtator")
_COLUMNS = ("record", "part", "start", "end", "exact", "label", "term", "kind", "status", "within")
_EXAMPLES = 3


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--to", "form", metavar="FORM", type=click.Choice(_FORMS), default="tsv", help="tsv, csv, jsonl or pubtator."
)
@click.option("--unknown", is_flag=True, help="List words that look like names but are not in the ontology.")
@ontology_option
def mentions(sources: tuple[str, ...], form: str, *, unknown: bool, ontology: "Path | None") -> None:
    """List the names of the ontology that records of PubMed mention, with their places and their terms.

    A SOURCE has records of PubMed in XML, NBIB or text, with or without gzip: a file, a folder, a pattern, a URL, or -
    for standard input. Each line is a mention. Its place is counted in characters of the title or the abstract.

    With --unknown, list words that look like names of drugs, protein changes, cell lines or doses but are not in the
    ontology, with the number of uses and the first records: candidates for “her2ld term add”.

    \b
    Forms:
      tsv, csv    a table
      jsonl       an object a line
      pubtator    titles, abstracts and mentions, to compare with other tools; the places in an abstract continue
                  those in the title

    \b
    Examples:
      her2ld mentions pubmed.xml.gz > mentions.tsv
      her2ld mentions pubmed.nbib --to pubtator
      her2ld mentions baseline/ --unknown

    Exit status: 0 listed; 1 some records were refused, and the others are listed; 2 it could not run.
    """
    from her2ld.pubmed.forms import files_of

    refused: list[Problem] = []
    vocabulary = chosen_ontology(ontology)
    files = [file for source in sources for file in files_of(source)]
    articles = _articles(files, refused)
    if unknown:
        _write_unknown(articles, vocabulary, form)
    else:
        _write_mentions(articles, vocabulary, form)
    stop(refused, FINDINGS if refused else 0)


def _articles(files: list[str], refused: "list[Problem]") -> "Iterator[Article]":
    """Yield the records of the files; problems of refused records are added to ``refused``."""
    from her2ld.errors import RecordError
    from her2ld.exports.record_parts import problem_of
    from her2ld.files.streams import opened_source
    from her2ld.pubmed.article import Article, Refusal
    from her2ld.pubmed.forms import records_in

    for file in files:
        try:
            with opened_source(file) as stream:
                _, records = records_in(stream, file)
                for each in records:
                    if isinstance(each, Article):
                        yield each
                    elif isinstance(each, Refusal):
                        refused.append(problem_of(each, file))
        except RecordError as error:
            refused += error.problems


def _name(article: "Article") -> str:
    return article.pmid or f"doi:{article.doi}"


def _write_mentions(articles: "Iterator[Article]", vocabulary: "Vocabulary", form: str) -> None:
    from her2ld.mentions import mention_finder, record_finder
    from her2ld.mentions.concepts import concept_reader

    find = record_finder(mention_finder(vocabulary), vocabulary)
    if form == "pubtator":
        read = concept_reader(vocabulary)
        for article in articles:
            echo("\n".join(_pubtator(article, find(article), read)) + "\n")
        return
    write = _writer(form, _COLUMNS)
    for article in articles:
        for part, found in find(article).items():
            for each in found:
                write(_row(article, part, each, vocabulary))


def _writer(form: str, columns: tuple[str, ...]) -> Callable[[tuple[object, ...]], object]:
    """Return the function that writes a row in a form; the header of a table is written at once."""
    if form == "jsonl":
        return lambda row: echo(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False))
    return table_writer(form, columns)


def _row(article: "Article", part: str, mention: "Mention", vocabulary: "Vocabulary") -> tuple[object, ...]:
    from pyoxigraph import NamedNode

    term = vocabulary.terms[NamedNode(mention.term_iri)]
    kinds = [vocabulary.label(kind) for kind in sorted(term.types, key=str) if kind in vocabulary.terms]
    status = vocabulary.label(NamedNode(mention.status_iri)) if mention.status_iri else ""
    within = f"{mention.within[0]},{mention.within[1]}" if mention.within else ""
    return (
        _name(article), part, mention.start, mention.end, mention.exact, term.label, mention.term_iri,
        "; ".join(kinds), status, within,
    )  # fmt: skip


def _pubtator(
    article: "Article", found: "dict[str, tuple[Mention, ...]]", read: Callable[[str], tuple[str, str]]
) -> Iterator[str]:
    """Yield the lines of a record in the form of PubTator, which has only the title and the abstract."""
    name, title = _name(article), article.title.text
    yield f"{name}|t|{title}"
    yield f"{name}|a|{article.abstract.text}"
    for part, offset in (("title", 0), ("abstract", len(title) + 1)):
        for each in found.get(part, ()):
            kind, identifier = read(each.term_iri)
            yield "\t".join((name, str(each.start + offset), str(each.end + offset), each.exact, kind, identifier))


def _write_unknown(articles: "Iterator[Article]", vocabulary: "Vocabulary", form: str) -> None:
    """Write the candidates, the most frequent first, each with the number of its records and the first of them."""
    from her2ld.mentions import mention_finder, record_finder
    from her2ld.mentions.candidates import candidate_finder

    find, find_candidates = record_finder(mention_finder(vocabulary), vocabulary), candidate_finder(vocabulary)
    counts: Counter[tuple[str, str]] = Counter()
    records: dict[tuple[str, str], dict[str, None]] = {}
    total = 0
    for article in articles:
        total += 1
        found, texts = find(article), article.texts
        for part, text in texts.items():
            for each in find_candidates(text, found[part]):
                key = (each.kind, each.exact)
                counts[key] += 1
                records.setdefault(key, {})[_name(article)] = None
    write = _writer("tsv" if form == "pubtator" else form, ("kind", "name", "times", "records", "first_records"))
    for (kind, exact), times in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        known_in = list(records[kind, exact])
        write((kind, exact, times, len(known_in), "; ".join(known_in[:_EXAMPLES])))
    echo(f"{counted(total, 'record')}, {counted(len(counts), 'candidate')}", err=True)
