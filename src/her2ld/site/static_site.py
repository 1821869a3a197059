"""The static site: its files as names and bytes that depend on the data alone, and the folder, replaced whole."""

import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from pyoxigraph import BlankNode, Quad, Store

from her2ld.dataset.descriptions import describe, in_order
from her2ld.errors import ExportError, Problem
from her2ld.exports import FORMATS, export
from her2ld.exports.blocks import blank_nodes_in, is_writable
from her2ld.exports.json_ld import JsonLdWriter
from her2ld.files.folders import made, replacing_folder, take_place
from her2ld.iris import at_path
from her2ld.pages import Knowledge, assets, page_paths, read_knowledge, render
from her2ld.pages.links import FORMATS as FORMS
from her2ld.rdf.syntaxes import BY_NAME
from her2ld.site.site_addresses import DOWNLOADS, check_base, download_name, file_name, links_in, redirect_rules
from her2ld.vocabulary import model
from her2ld.vocabulary.axioms import settle_blank_nodes
from her2ld.vocabulary.context import json_ld_context
from her2ld.vocabulary.ontology import Vocabulary

PAGE, RDF, OTHER = "page", "RDF", "other"
REDIRECT = "w3id/.htaccess"

_FORMAT_OF = {FORMATS[name].suffix[1:]: name for name in FORMATS}
_MOST_IN_SITEMAP = 50_000  # sitemaps.org


class File(NamedTuple):
    """A file of the site: its name (with ``/`` between folders), its kind, and its content."""

    name: str
    kind: str
    content: bytes


def filled_store(quads: Iterable[Quad], vocabulary: Vocabulary) -> Store:
    """Return a store of quads in which the names of blank nodes do not depend on the parser.

    Blank nodes of ``vocabulary`` keep their names; the others are numbered in their order. The names are written in
    N-Triples, and decide the order of axioms. Raises OntologyError for blank nodes that refer to each other in a
    circle, or that are nested more than a hundred deep.
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
    """Yield the pages, the description of each thing in four forms of RDF, the whole dataset, styles and scripts.

    ``base`` is the address of the site; with it, also a site map and the redirect rules of w3id.org. Raises ExportError
    for a base that is not the address of a folder.
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
    """Writes quads in a format. The context of JSON-LD is read only once, because that takes long."""

    vocabulary: Vocabulary
    json_ld: JsonLdWriter

    def written(self, quads: Iterable[Quad], format_name: str) -> bytes:
        """Return the quads as a document in a format."""
        if format_name == "jsonld":
            return "".join(self.json_ld.lines(quads)).encode()
        output = io.BytesIO()
        export(quads, output, format_name, self.vocabulary)
        return output.getvalue()


def _thing_files(knowledge: Knowledge, writer: Writer, path: str) -> Iterator[File]:
    """Yield the page of a path, and the RDF about its thing."""
    quads = describe(knowledge.store, at_path(path))
    # Forms without named graphs leave out hedged triples, so they cannot describe the graph of these.
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
    """Yield the addresses of the pages as a map of sitemaps.org, or as a map of maps if there are too many."""
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


# The file that marks a folder as a site of ours; sha256sum -c checks it.
DIGESTS = "files.sha256"
_SHOWN = 5


def write_site(folder: Path | str, files: Iterable[File]) -> Counter[str]:
    """Write the files into a new folder that then replaces ``folder``; return the number of files of each kind.

    An existing folder is replaced only if it is empty, or if this function wrote all its files. Raises ExportError for
    other folders, for a folder that another process is writing, for a name that leads out of the folder or is given
    twice, and if the folder cannot be written. Then the existing folder stays as it is.
    """
    folder = Path(folder)
    check_place(folder)
    with replacing_folder(folder) as work:
        site = made(work.folder / "site")
        counts = _write(site, files)
        check_place(folder)  # another process may have added a file
        take_place(site, work)
    return counts


def check_place(folder: Path) -> None:
    """Raise ExportError for a place with files that this module did not write."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ExportError([Problem(str(folder), "is a file", "give the name of a folder")])
    strange = sorted(_names_in(folder) - _names_written(folder))
    if strange:
        shown = ", ".join(strange[:_SHOWN]) + (f" and {len(strange) - _SHOWN:,} more" if len(strange) > _SHOWN else "")
        remedy = "give a new folder, which is replaced as a whole, and copy from there"
        raise ExportError([Problem(str(folder), f"holds files that are not of a site: {shown}", remedy)])


def _write(folder: Path, files: Iterable[File]) -> Counter[str]:
    counts: Counter[str] = Counter()
    digests: dict[str, str] = {}
    for file in files:
        _check_name(file.name, digests)
        _write_file(folder / file.name, file.content)
        digests[file.name] = hashlib.sha256(file.content).hexdigest()
        counts[file.kind] += 1
    lines = (f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    _write_file(folder / DIGESTS, "".join(lines).encode())
    counts[OTHER] += 1
    return counts


def _check_name(name: str, taken: dict[str, str]) -> None:
    parts = name.split("/")
    if not all(parts) or any(part in {".", ".."} or not part.isprintable() or "\\" in part for part in parts):
        remedy = "leave out the thing of that name"
        raise ExportError([Problem(repr(name), "cannot be the name of a file of the site", remedy)])
    if name in taken or name == DIGESTS:
        raise ExportError([Problem(name, "two files of the site would have that name", "rename one of the two things")])


def _write_file(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:  # fails if the file system takes two names for one
        file.write(content)


def _names_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()}


def _names_written(folder: Path) -> set[str]:
    return {DIGESTS, *_read_digests(folder / DIGESTS)} if (folder / DIGESTS).is_file() else set()


def _read_digests(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield line.partition("  ")[2]
