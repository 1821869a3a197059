"""The templates of pages, and the parts that many pages share, such as a link or a statement with its quote.

The parts are the macros of ``parts.html``. A link and a statement look alike on all pages with the same addresses, so
each is drawn once and remembered. All data are escaped.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from her2ld.pages import stances
from her2ld.pages.knowledge import Knowledge, Term
from her2ld.pages.links import (
    FIXED,
    NETWORK,
    ONTOLOGY,
    QUERY,
    RECORDS,
    SEARCH,
    STATEMENTS,
    STUDIES,
    Links,
    LinkText,
    namer,
)
from her2ld.pages.marked_texts import cues, quoted, words_of
from her2ld.pages.papers import standings_of, standings_said, year_of
from her2ld.remembered import Remembered
from her2ld.statements import Statement

if TYPE_CHECKING:
    from jinja2 import Environment

_MENU = (
    (ONTOLOGY, "Ontology"),
    (STATEMENTS, "Statements"),
    (RECORDS, "Papers"),
    (STUDIES, "Studies"),
    (NETWORK, "Network"),
    (QUERY, "Questions"),
)
_WITH_OWN_TOP = frozenset({*FIXED, SEARCH})
_MOST_LINKS, _MOST_STATEMENTS = 20_000, 4_000


@cache
def environment() -> "Environment":
    """Return the environment of Jinja with all templates loaded, because a sandbox opens no files later."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # loaded only for drawing pages

    found = Environment(
        loader=PackageLoader("her2ld.pages"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["exact"] = _exact
    found.filters["for_script"] = _for_script
    for name in found.list_templates():
        found.get_template(name)
    return found


def _exact(text: str) -> str:
    """Return a text escaped so that HTML yields exactly its characters; NUL, which HTML lacks, is replaced."""
    from markupsafe import Markup, escape

    return escape(text.replace("\0", "\ufffd")).replace("\r", Markup("&#13;"))


def _for_script(data: object) -> str:
    """Return JSON in which nothing ends the script element around it."""
    from markupsafe import Markup

    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704  # escaped


@dataclass(frozen=True, slots=True)
class Shared:
    """The names of things on pages with the same addresses, and all that the templates of these pages are given."""

    name: Callable[[Term], LinkText]
    given: Mapping[str, object]


def shared_parts(knowledge: Knowledge, place: Links) -> Shared:
    """Return what pages with the same addresses share; ``place`` has the addresses."""
    name = namer(knowledge, place)
    parts = SimpleNamespace()
    given = {
        "parts": parts,
        "menu": _MENU,
        "version": knowledge.vocabulary.version,
        "links": place,
        "name": name,
        "curie": lambda iri: knowledge.curie(iri.value),
        "short": lambda term: knowledge.curie(term.value) if isinstance(term, NamedNode) else "",
        "quoted": partial(quoted, knowledge),
        "cues": cues,
        "stance_words": partial(stances.stance_words, knowledge),
        "polarity": partial(stances.polarity, knowledge),
        "standings_of": partial(standings_of, knowledge),
        "standings_said": partial(standings_said, knowledge),
        "before": partial(stances.before, knowledge),
        "opposed_as": lambda statement: knowledge.opposed.get(statement.iri),
        "status_label": lambda status: knowledge.vocabulary.label(status.value),
        "year_of": partial(year_of, knowledge),
        "words_of": partial(words_of, knowledge),
    }
    macros = vars(environment().get_template("parts.html").make_module(given))
    vars(parts).update(macros)
    tops = Remembered[str | None, str](macros["top"], len(_WITH_OWN_TOP) + 1)
    links = Remembered[NamedNode, str](macros["link"], _MOST_LINKS)
    claims = Remembered[tuple[NamedNode, bool], str](
        lambda key: macros["claim"](knowledge.statement(key[0]), with_year=key[1]), _MOST_STATEMENTS
    )
    quotes = Remembered[NamedNode, str](lambda iri: macros["quote"](knowledge.statement(iri)), _MOST_STATEMENTS)

    def top(path: str) -> str:
        return tops[path if path in _WITH_OWN_TOP else None]

    def link(term: Term, title: str = "") -> str:
        if isinstance(term, NamedNode) and not title:
            return links[term]
        drawn: str = macros["link"](term, title)
        return drawn

    def claim(statement: Statement, *, with_year: bool = True) -> str:
        return claims[statement.iri, with_year]

    def quote(statement: Statement) -> str:
        return quotes[statement.iri]

    parts.top, parts.link, parts.claim, parts.quote = top, link, claim, quote
    return Shared(name, given)
