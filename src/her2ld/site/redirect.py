r"""The rules by which w3id.org leads from our IRIs to the static site: a ``.htaccess`` for Apache 2.4 with mod_rewrite.

The rules weigh the Accept header as RFC 9110 (section 12.5.1) has it. mod_rewrite cannot compute, but its expressions
compare texts; so each q is brought into a form in which the order of texts is the order of numbers: ``0!``, ``0.25!``,
``0.5!``, ``1!``. The exclamation mark, which sorts before every digit, sets a type that is named apart from one that
only ``*/*`` or ``text/*`` lets in: of two that weigh the same, the one that is named wins.
"""

import re

from her2ld.errors import ExportError, Problem
from her2ld.exports.formats import ALSO_CALLED
from her2ld.rdf.syntaxes import OFFERED
from her2ld.site.names import OWN_PAGES, PROPERTIES
from her2ld.vocabulary import model

# The ending of each form, and its media type. Of what weighs the same the first is given: people first, then what is
# best to read.
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
    """Return the text of the ``.htaccess`` that leads to the site at ``base``, an absolute address ending in a slash.

    Raises ExportError for a base that is no such address.
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
    """Raise ExportError for what is no absolute address of a folder on the web, or would not stay one in a rule."""
    if not _ABSOLUTE.fullmatch(base):
        remedy = "give the address at which the folder is published, as https://example.org/her2ld/"
        raise ExportError([Problem(base, "is not the address of a folder on the web, with a slash at its end", remedy)])


def _range(media_range: str) -> str:
    """Return a pattern for a media range in an Accept header."""
    return rf"(?:^|,)\s*{media_range}(?=\s*(?:[;,]|$))"


def _weigh(name: str, media_range: str, mark: str = "") -> list[str]:
    """Return the rules that set a variable to the weight of a media range, where the header has it."""
    return [
        f"RewriteCond %{{HTTP_ACCEPT}} {_range(media_range)} [NC]",
        f"RewriteRule ^ - [E={name}:1{mark}]",
        f"RewriteCond %{{HTTP_ACCEPT}} {_range(media_range)}{_PARAMETERS}{_WEIGHT} [NC]",
        f"RewriteRule ^ - [E={name}:0%1{mark}]",
    ]


def _compare(media_type: str, unnamed: str, ending: str) -> list[str]:
    """Return the rules that choose a form, where it is wanted more than those before it."""
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
