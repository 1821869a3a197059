"""The paths of all pages, their addresses on a server and on a static site, and the texts of links."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode

from her2ld.iris import at_path, path_of
from her2ld.pages.knowledge import Knowledge, Term, paper_at, papers, record_path
from her2ld.pages.stances import title
from her2ld.rdf.syntaxes import OFFERED, RdfSyntax
from her2ld.remembered import Remembered
from her2ld.vocabulary import model, standard

# Pages that are not about one thing of the data; a thing with the same path has no page.
HOME, ONTOLOGY, STATEMENTS, RECORDS, STUDIES, NETWORK, QUERY, SEARCH = (
    "", "ontology", "statements", "records", "studies", "network", "query", "search"
)  # fmt: skip
FIXED = (HOME, ONTOLOGY, STATEMENTS, RECORDS, STUDIES, NETWORK, QUERY)
# Addresses that the server uses itself.
_TAKEN = frozenset({SEARCH, "sparql", "health", "assets", "index"})
# Characters that cannot be in the name of a file, and characters that end the path of an address.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]")
_ENDS = re.compile(r"[?#]")


def page_paths(knowledge: Knowledge) -> list[str]:
    """Return the paths of all pages, sorted: for our IRIs without a fragment, and for papers with IRIs of others.

    A path is a relative address, percent-encoded as in the IRI. Things whose names lead out of a folder have no page.
    """
    paths = set(FIXED)
    versions = knowledge.store.quads_for_pattern(None, standard.VERSION_IRI, None, model.ONTOLOGY_GRAPH)
    paths.update(record_path(knowledge.store, paper) for paper in papers(knowledge.store))
    things = {*knowledge.store.named_graphs(), *(quad.subject for quad in knowledge.store)}
    things.update(quad.object for quad in versions)
    paths.update(path for thing in things if isinstance(thing, NamedNode) and (path := path_of(thing)))
    return sorted(path for path in paths if path in FIXED or is_sound(path))


def has_page(knowledge: Knowledge, path: str) -> bool:
    """Tell whether there is a page with that path."""
    if path in FIXED:
        return True
    if not is_sound(path):
        return False
    if path in knowledge.terms or path in knowledge.statements:
        return True
    iri = at_path(path)
    if next(knowledge.store.quads_for_pattern(iri, None, None), None) or knowledge.store.contains_named_graph(iri):
        return True
    return paper_at(knowledge.store, path) is not None or is_version(knowledge, path)


def is_version(knowledge: Knowledge, path: str) -> bool:
    """Tell whether a sound path is that of a version of the ontology, which has the page of the ontology."""
    iri = at_path(path)
    return any(knowledge.store.quads_for_pattern(None, standard.VERSION_IRI, iri, model.ONTOLOGY_GRAPH))


def is_sound(path: str) -> bool:
    """Tell whether a path can be an address and the name of a file.

    >>> [is_sound(path) for path in ("HER2", "record/10.1007_BF02967477", "../x", "a//b", "%2e%2e/x", "search")]
    [True, True, False, False, False, False]
    """
    try:
        at_path(path)
    except ValueError:
        return False
    plain = unquote(path)
    if _ENDS.search(path) or _UNSAFE.search(plain) or path.partition("/")[0] in _TAKEN:
        return False
    return all(part not in {"", ".", ".."} for part in plain.split("/"))


def offered(syntaxes: Iterable[RdfSyntax]) -> tuple[tuple[str, str], ...]:
    """Return the forms of the description of a thing, each with its name and the ending of its address."""
    return tuple((each.title.removesuffix(" 1.1"), each.suffix[1:]) for each in syntaxes)


FORMATS = offered(OFFERED)


@dataclass(frozen=True, slots=True)
class Links:
    """The rule that makes the address of a page from its path: ``base`` + path + ``suffix``.

    A path is the part of an IRI after the namespace, percent-encoded as in the IRI. ``endpoint`` is the address of the
    SPARQL endpoint; None on a static site. ``formats`` are the forms of RDF that every page offers, each with its
    ending after a dot in place of ``suffix``; it may be empty. ``downloads`` are the files of the whole dataset that
    the home page offers, each with its words and its name.

    >>> Links().page("HER2"), Links().page(""), Links().data("HER2", "ttl")
    ('/HER2', '/', '/HER2.ttl')
    >>> Links("../", ".html", None).page(""), Links("../", ".html", None).page("statement/95a60bbbb907b84e")
    ('../index.html', '../statement/95a60bbbb907b84e.html')
    """

    base: str = "/"
    suffix: str = ""
    endpoint: str | None = "/sparql"
    formats: tuple[tuple[str, str], ...] = FORMATS
    downloads: tuple[tuple[str, str], ...] = ()

    def page(self, path: str) -> str:
        """Return the address of a page; the home page is a file called ``index`` if files have a suffix."""
        return f"{self.base}{path or ('index' if self.suffix else '')}{self.suffix}"

    def data(self, path: str, ending: str) -> str:
        """Return the address of the description of a thing as RDF."""
        return f"{self.base}{path}.{ending}"

    def asset(self, name: str) -> str:
        """Return the address of a style, a script or a picture."""
        return f"{self.base}assets/{name}"


_MOST_NAMES = 20_000
# Only these addresses are links. Addresses that could run a script (javascript:, data:) are shown as text.
_WEB = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LinkText:
    """A name on a page: its words, the address of its link (None without one), and whether that is another site."""

    text: str
    href: str | None
    elsewhere: bool

    @property
    def page(self) -> str | None:
        """The address, if it is a page here."""
        return None if self.elsewhere else self.href


def namer(knowledge: Knowledge, links: Links) -> Callable[[Term], LinkText]:
    """Return a function that names a term of a triple, and links it if there is a page for it.

    The names of things are remembered.
    """
    named = Remembered[NamedNode, LinkText](partial(_named, knowledge, links), _MOST_NAMES)

    def name(term: Term) -> LinkText:
        if isinstance(term, NamedNode):
            return named[term]
        if isinstance(term, Literal):
            return LinkText(term.value, None, elsewhere=False)
        return LinkText("a node without a name" if isinstance(term, BlankNode) else str(term), None, elsewhere=False)

    return name


def _named(knowledge: Knowledge, links: Links, iri: NamedNode) -> LinkText:
    path = path_of(iri)
    label = _label(knowledge, iri, path)
    if path is not None:
        page, hash_, place = path.partition("#")
        address = links.page(page) + hash_ + place if has_page(knowledge, page) else None
        return LinkText(label, address, elsewhere=False)
    if next(knowledge.store.quads_for_pattern(iri, standard.TYPE, standard.ARTICLE), None):
        of_paper = record_path(knowledge.store, iri)
        if has_page(knowledge, of_paper):
            return LinkText(label, links.page(of_paper), elsewhere=False)
    web = iri.value if _WEB.match(iri.value) else None
    return LinkText(label if label != iri.value else knowledge.curie(iri.value), web, elsewhere=True)


def _label(knowledge: Knowledge, term: NamedNode, path: str | None) -> str:
    """Return the name of a thing; a statement begins with the paper's stance, and a claim with the word for it."""
    statement = knowledge.statements.get(term.value if path is None else path)
    if statement:
        return title(knowledge, statement)
    return f"claim: {knowledge.label(term)}" if term in knowledge.claims else knowledge.label(term)
