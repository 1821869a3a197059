"""How a path becomes an address: the same pages stand on a server, and as files on a static site."""

from dataclasses import dataclass

# The forms in which what is said of a thing can be had, by the ending of the address.
FORMATS = (("Turtle", "ttl"), ("JSON-LD", "jsonld"), ("N-Triples", "nt"), ("RDF/XML", "rdf"))


@dataclass(frozen=True, slots=True)
class Links:
    """How a path becomes the address of a page: ``base`` + path + ``suffix``.

    A path is what follows the namespace in an IRI, percent-encoded as it is there. ``endpoint`` is the address at which
    SPARQL is answered; None on a static site. ``formats`` are the forms of RDF that every page offers, each with the
    ending that it has after a dot in place of ``suffix``; none where it is empty. ``downloads`` are the files of the
    whole dataset that the home page offers, each by its words and its name.

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
        """Return the address of a page; the home page is a file called ``index`` where files have a suffix."""
        return f"{self.base}{path or ('index' if self.suffix else '')}{self.suffix}"

    def data(self, path: str, ending: str) -> str:
        """Return the address of what is said of a thing, as RDF."""
        return f"{self.base}{path}.{ending}"

    def asset(self, name: str) -> str:
        """Return the address of a style, a script or a picture."""
        return f"{self.base}assets/{name}"
