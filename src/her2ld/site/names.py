"""How the path of a page becomes the names of its files, and the addresses that lead from one file to another."""

from urllib.parse import unquote

from her2ld.exports import FORMATS
from her2ld.pages import Links, addresses

# The files of the whole dataset: their formats, and what the home page calls them.
DOWNLOADS = (
    ("trig", "TriG: everything, in named graphs, to be read"),
    ("nquads", "N-Quads: everything, in named graphs, a line each"),
    ("turtle", "Turtle: without named graphs, and without what authors only suggest"),
)
# Pages that are no thing of the data.
OWN_PAGES = frozenset({*addresses.FIXED, addresses.SEARCH} - {addresses.HOME})
# The folder of properties: some systems do not tell the class Certainty from the property certainty.
PROPERTIES = "property"


def stem(path: str) -> str:
    """Return the place of a page in the folder of the site, without its ending and percent-encoded as the path is.

    >>> [stem(path) for path in ("", "HER2", "certainty", "Certainty", "ontology", "statement/95a60bbbb907b84e")]
    ['index', 'HER2', 'property/certainty', 'Certainty', 'ontology', 'statement/95a60bbbb907b84e']
    """
    is_property = "a" <= path[:1] <= "z" and "/" not in path and path not in OWN_PAGES
    return f"{PROPERTIES}/{path}" if is_property else path or "index"


def file_name(path: str, ending: str) -> str:
    """Return the name of a file, with ``/`` between folders: a web host decodes an address before it looks for a file.

    >>> file_name("record/10.1000%5Fx", ".html")
    'record/10.1000_x.html'
    """
    return unquote(stem(path)) + ending


class FileLinks(Links):
    """The addresses in a file of the site, all relative to it, so that the folder works wherever it lies."""

    __slots__ = ()

    def page(self, path: str) -> str:
        """Return the address of the file of a page."""
        return f"{self.base}{stem(path)}{self.suffix}"

    def data(self, path: str, ending: str) -> str:
        """Return the address of the file of RDF."""
        return f"{self.base}{stem(path)}.{ending}"


def links_in(name: str, formats: tuple[tuple[str, str], ...]) -> FileLinks:
    """Return the addresses for a file of that name, which offers those forms of RDF.

    >>> links_in("statement/95a60bbbb907b84e.html", ()).page("certainty")
    '../property/certainty.html'
    >>> links_in("HER2.html", ()).page("")
    './index.html'
    """
    downloads = tuple((words, download_name(format_name)) for format_name, words in DOWNLOADS)
    return FileLinks("../" * name.count("/") or "./", ".html", None, formats, downloads)


def download_name(format_name: str) -> str:
    """Return the name of a file of the whole dataset.

    >>> download_name("trig")
    'dataset.trig'
    """
    return f"dataset{FORMATS[format_name].suffix}"
