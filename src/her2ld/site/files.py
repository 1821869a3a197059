"""All files of the site, one after the other, as names and bytes that depend on the data alone."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from pyoxigraph import BlankNode, Quad, Store

from her2ld.dataset.descriptions import describe, in_order
from her2ld.exports import FORMATS, export
from her2ld.exports.blocks import blank_nodes_in, is_writable
from her2ld.exports.json_ld import JsonLdWriter
from her2ld.iris import at_path
from her2ld.pages import Knowledge, assets, page_paths, read_knowledge, render
from her2ld.pages.addresses import FORMATS as FORMS
from her2ld.rdf.syntaxes import BY_NAME
from her2ld.site.names import DOWNLOADS, download_name, file_name, links_in
from her2ld.site.redirect import check_base, redirect_rules
from her2ld.vocabulary import model
from her2ld.vocabulary.axioms import settle_blank_nodes
from her2ld.vocabulary.context import json_ld_context
from her2ld.vocabulary.ontology import Vocabulary

PAGE, RDF, OTHER = "page", "RDF", "other"
REDIRECT = "w3id/.htaccess"

_FORMAT_OF = {FORMATS[name].suffix[1:]: name for name in FORMATS}
_MOST_IN_SITEMAP = 50_000  # sitemaps.org


class File(NamedTuple):
    """A file of the site: its name with ``/`` between folders, what it is, and its content."""

    name: str
    kind: str
    content: bytes


def filled_store(quads: Iterable[Quad], vocabulary: Vocabulary) -> Store:
    """Return a store of quads in which no blank node is named by chance, as a parser of files names them.

    Those of ``vocabulary`` keep their names, which last; the others are numbered in the order of their coming. Names
    stand in N-Triples, and decide the order of axioms.

    Raises OntologyError for blank nodes that refer to each other in a circle, or are nested more than a hundred deep.
    """
    names = {node: node for quad in vocabulary.quads for node in quad.triple if isinstance(node, BlankNode)}

    given = list(quads)
    theirs = (quad.triple for quad in given if any(node not in names for node in blank_nodes_in(quad.triple)))
    settle_blank_nodes(dict.fromkeys(theirs), model.ONTOLOGY_GRAPH)  # raises OntologyError

    def named(quad: Quad) -> Quad:
        subject, object_ = (
            names.setdefault(node, BlankNode(f"n{len(names)}")) if isinstance(node, BlankNode) else node
            for node in (quad.subject, quad.object)
        )
        return Quad(subject, quad.predicate, object_, quad.graph_name)  # type: ignore[arg-type]

    store = Store()
    store.bulk_extend(map(named, given))
    return store


def site_files(store: Store, vocabulary: Vocabulary, base: str | None = None) -> Iterator[File]:
    """Yield the pages, what is said of each thing in four forms of RDF, the whole dataset, styles and scripts.

    With ``base``, the address at which the site will stand, also a site map and the rules that lead there from
    w3id.org.

    Raises ExportError for a base that is no address.
    """
    if base is not None:
        check_base(base)
    knowledge = read_knowledge(store, vocabulary)
    writer = Writer(vocabulary, JsonLdWriter(json_ld_context(vocabulary)))
    names = []
    for path in page_paths(knowledge):
        for file in _thing_files(knowledge, writer, path):
            names += [file.name] if file.kind == PAGE else []
            yield file
    quads = list(in_order(store))
    for format_name, _ in DOWNLOADS:
        yield File(download_name(format_name), RDF, writer.written(quads, format_name))
    for name, place in assets().items():
        yield File(f"assets/{name}", OTHER, place.read_bytes())
    if base is not None:
        yield from _site_maps(base, sorted(names))
        yield File(REDIRECT, OTHER, redirect_rules(base).encode())


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes quads in a format; what takes longer than most things, to read the context of JSON-LD, is done once."""

    vocabulary: Vocabulary
    json_ld: JsonLdWriter

    def written(self, quads: Iterable[Quad], format_name: str) -> bytes:
        """Return the document."""
        if format_name == "jsonld":
            return "".join(self.json_ld.lines(quads)).encode()
        output = io.BytesIO()
        export(quads, output, format_name, self.vocabulary)
        return output.getvalue()


def _thing_files(knowledge: Knowledge, writer: Writer, path: str) -> Iterator[File]:
    """Yield the page of a path and the RDF of what it is about."""
    quads = describe(knowledge.store, at_path(path))
    # Forms without named graphs do not state what is only suggested: of the graph of it they have nothing to say.
    is_hedged = any(quad.graph_name == model.HEDGED_GRAPH for quad in quads)
    forms = (
        [
            form
            for form in FORMS
            if (FORMATS[_FORMAT_OF[form[1]]].has_named_graphs or not is_hedged)
            and is_writable(quads, BY_NAME[_FORMAT_OF[form[1]]])
        ]
        if quads
        else []
    )
    name = file_name(path, ".html")
    page = render(knowledge, path, links_in(name, tuple(forms)))
    if page is not None:
        yield File(name, PAGE, page.encode())
    for _, ending in forms:
        yield File(file_name(path, f".{ending}"), RDF, writer.written(quads, _FORMAT_OF[ending]))


def _site_maps(base: str, names: list[str]) -> Iterator[File]:
    """Yield the addresses of the pages as sitemaps.org has them: a map, or a map of maps where there are too many."""
    parts = [names[start : start + _MOST_IN_SITEMAP] for start in range(0, len(names), _MOST_IN_SITEMAP)]
    if len(parts) == 1:
        yield _site_map("sitemap.xml", "urlset", "url", base, names)
        return
    for number, part in enumerate(parts, 1):
        yield _site_map(f"sitemap-{number}.xml", "urlset", "url", base, part)
    maps = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield _site_map("sitemap.xml", "sitemapindex", "sitemap", base, maps)


def _site_map(name: str, kind: str, item: str, base: str, names: list[str]) -> File:
    items = "".join(f"<{item}><loc>{base}{quote(each)}</loc></{item}>\n" for each in names)
    text = f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{items}</{kind}>\n'
    return File(name, OTHER, f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode())
