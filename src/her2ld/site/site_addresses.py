"""The addresses of the static site: the names of its files, the links between them, and the redirects of w3id.org.

w3id.org redirects from our IRIs to the site by a ``.htaccess`` for mod_rewrite of Apache 2.4. The rules weigh the
Accept header as in RFC 9110, section 12.5.1. mod_rewrite cannot compute, but it compares texts. So each q gets a form
in which the order of texts is the order of numbers: ``0!``, ``0.25!``, ``0.5!``, ``1!``. Only types that the header
names get the exclamation mark. It sorts before every digit, so different weights keep their order. Of two equal
weights, the type that is named wins over one that only ``*/*`` or ``text/*`` admits.
"""

import re
from urllib.parse import unquote

from her2ld.errors import ExportError, Problem
from her2ld.exports import FORMATS
from her2ld.pages import Links
from her2ld.pages.links import FIXED, HOME, SEARCH
from her2ld.rdf.syntaxes import ALSO_CALLED, OFFERED
from her2ld.vocabulary import model

# The files of the whole dataset: their formats, and their names on the home page.
DOWNLOADS = (
    ("trig", "TriG: everything, in named graphs, to be read"),
    ("nquads", "N-Quads: everything, in named graphs, a line each"),
    ("turtle", "Turtle: without named graphs, and without what authors only suggest"),
)
# Pages that are not about one thing of the data.
OWN_PAGES = frozenset({*FIXED, SEARCH} - {HOME})
# The folder of properties: some file systems take Certainty (a class) and certainty (a property) for one name.
PROPERTIES = "property"


def stem(path: str) -> str:
    """Return the place of a page in the folder of the site, without its ending, percent-encoded like the path.

    >>> [stem(path) for path in ("", "HER2", "certainty", "Certainty", "ontology", "statement/95a60bbbb907b84e")]
    ['index', 'HER2', 'property/certainty', 'Certainty', 'ontology', 'statement/95a60bbbb907b84e']
    """
    is_property = "a" <= path[:1] <= "z" and "/" not in path and path not in OWN_PAGES
    return f"{PROPERTIES}/{path}" if is_property else path or "index"


def file_name(path: str, ending: str) -> str:
    """Return the name of a file, decoded as a web host decodes an address, with ``/`` between folders.

    >>> file_name("record/10.1000%5Fx", ".html")
    'record/10.1000_x.html'
    """
    return unquote(stem(path)) + ending


class FileLinks(Links):
    """The addresses in a file of the site, all relative, so that the folder works anywhere."""

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


# The ending and the media type of each form. Of equal weights the first wins: pages for people, then readable formats.
FORMS = (
    (".html", "text/html"),
    *((each.suffix, each.media_type) for each in OFFERED),
)
EXAMPLE_BASE = "https://her2ld.example/"

_PARAMETERS = r"(?:[^,\x22]|\x22[^\x22]*\x22)*"
_WEIGHT = r";\s*q\s*=\s*(?:0|(?=\.))(\.\d{0,2}[1-9])?"
_FILE = rf"\.(?:{'|'.join(ending[1:] for ending, _ in FORMS)})"
_ABSOLUTE = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?/(?:[A-Za-z0-9._~-]+/)*")


def redirect_rules(base: str) -> str:
    """Return the text of the ``.htaccess`` for the site at ``base``, an absolute address that ends in a slash.

    Raises ExportError for any other base.
    """
    check_base(base)
    lines = [
        f"# Where {model.HER2LD} leads. Written by `her2ld site --base`; see README.md.",
        "RewriteEngine on",
        "",
        "# The address of the site: the one line to change when it moves.",
        f"RewriteRule ^ - [E=SITE:{base}]",
        "",
        "<IfModule mod_headers.c>",
        "Header always merge Vary Accept",
        "Header always set Access-Control-Allow-Origin *",
        "</IfModule>",
        "",
        "# A file of the site. The properties lie apart, as some hosts do not tell certainty from Certainty.",
        *_property_rule(rf"^([a-z][^/]*{_FILE})$", "$1", 302),
        f"RewriteRule ^(.+{_FILE})$ %{{ENV:SITE}}$1 [R=302,L]",
        "",
        "# How much anything, any text and any application is wanted: 1, or less, or 0.",
        "RewriteRule ^ - [E=ANY:0]",
        r"RewriteCond %{HTTP_ACCEPT} ^\s*$",
        "RewriteRule ^ - [E=ANY:1]",
        *_weigh("ANY", r"\*(?:/\*)?"),
        "RewriteRule ^ - [E=TEXT:%{ENV:ANY},E=APPLICATION:%{ENV:ANY}]",
        *_weigh("TEXT", r"text/\*"),
        *_weigh("APPLICATION", r"application/\*"),
        "",
        "# The form that is wanted most.",
        "RewriteRule ^ - [E=BEST:0!]",
    ]
    for ending, media_type in FORMS:
        wide = media_type.partition("/")[0].upper()
        lines += _compare(media_type, f"%{{ENV:{wide}}}", ending)
        for alias in ALSO_CALLED.get(media_type, ()):  # only by its name: what excludes the type excludes it, too
            lines += _compare(alias, "0", ending)
    lines += [
        "",
        "# Nothing that we have.",
        "RewriteCond %{ENV:FORM} ^$",
        "RewriteRule ^ - [R=406,L]",
        "",
        "# The namespace: the home page, or else the ontology.",
        r"RewriteCond %{ENV:FORM} =.html",
        "RewriteRule ^$ %{ENV:SITE} [R=303,L]",
        "RewriteRule ^$ %{ENV:SITE}ontology%{ENV:FORM} [R=303,L]",
        "",
        "# A property.",
        *_property_rule("^([a-z][^/]*?)/?$", "$1%{ENV:FORM}", 303),
        "",
        "# A class, an entity, a statement, a record, a version of the ontology.",
        r"RewriteRule ^(.+?)/?$ %{ENV:SITE}$1%{ENV:FORM} [R=303,L]",
    ]
    return "\n".join(lines) + "\n"


def check_base(base: str) -> None:
    """Raise ExportError for a base that is not the absolute address of a folder, or that would change in a rule."""
    if not _ABSOLUTE.fullmatch(base):
        remedy = "give the address at which the folder is published, as https://example.org/her2ld/"
        raise ExportError([Problem(base, "is not the address of a folder on the web, with a slash at its end", remedy)])


def _range(media_range: str) -> str:
    """Return a pattern for a media range in an Accept header."""
    return rf"(?:^|,)\s*{media_range}(?=\s*(?:[;,]|$))"


def _weigh(name: str, media_range: str, mark: str = "") -> list[str]:
    """Return the rules that set a variable to the weight of a media range, if the header has the range."""
    return [
        f"RewriteCond %{{HTTP_ACCEPT}} {_range(media_range)} [NC]",
        f"RewriteRule ^ - [E={name}:1{mark}]",
        f"RewriteCond %{{HTTP_ACCEPT}} {_range(media_range)}{_PARAMETERS}{_WEIGHT} [NC]",
        f"RewriteRule ^ - [E={name}:0%1{mark}]",
    ]


def _compare(media_type: str, unnamed: str, ending: str) -> list[str]:
    """Return the rules that choose a form if its weight is higher than that of the forms before it."""
    return [
        f"# {media_type}",
        f"RewriteRule ^ - [E=WEIGHT:{unnamed}]",
        *_weigh("WEIGHT", media_type.replace("+", r"\+"), "!"),
        'RewriteCond expr "%{reqenv:WEIGHT} > %{reqenv:BEST}"',
        f"RewriteRule ^ - [E=BEST:%{{ENV:WEIGHT}},E=FORM:{ending}]",
    ]


def _property_rule(pattern: str, place: str, status: int) -> list[str]:
    own_pages = "|".join(sorted(OWN_PAGES))
    return [
        rf"RewriteCond $1 !^(?:{own_pages})(?:\.|$)",
        f"RewriteRule {pattern} %{{ENV:SITE}}{PROPERTIES}/{place} [R={status},L]",
    ]
