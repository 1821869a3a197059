"""Pages as HTML documents: the template of each path, its data, and the files that pages need."""

import json
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from her2ld.iris import at_path
from her2ld.pages import stances
from her2ld.pages.home import home_view, network_view
from her2ld.pages.knowledge import Knowledge, Term, View, paper_at
from her2ld.pages.links import (
    FIXED,
    HOME,
    NETWORK,
    ONTOLOGY,
    QUERY,
    RECORDS,
    SEARCH,
    STATEMENTS,
    STUDIES,
    Links,
    LinkText,
    has_page,
    is_version,
    namer,
)
from her2ld.pages.marked_texts import cues, quoted, record_view, records_view, words_of
from her2ld.pages.papers import read_record, standings_of, standings_said, year_of
from her2ld.pages.query_page import Asked, query_view, search_view
from her2ld.pages.reference import reference_view
from her2ld.pages.statement_pages import claim_view, statement_view, statements_view
from her2ld.pages.things import GRAPHS, entity_view, graph_view, group_view, studies_view, study_view, thing_view
from her2ld.rdf.syntaxes import WRITTEN
from her2ld.vocabulary import standard

if TYPE_CHECKING:
    from jinja2 import Environment


_FOLDER = Path(__file__).with_name("assets")


def assets() -> dict[str, Path]:
    """Return the files that pages need, by their name after ``assets/`` in the address, sorted.

    >>> "pages.css" in assets()
    True
    """
    files = sorted(path for path in _FOLDER.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(_FOLDER).as_posix(): path for path in files}


_MEDIA = {each.suffix[1:]: each.media_type for each in WRITTEN}
_NAVIGATION = (
    (ONTOLOGY, "Ontology"),
    (STATEMENTS, "Statements"),
    (RECORDS, "Papers"),
    (STUDIES, "Studies"),
    (NETWORK, "Network"),
    (QUERY, "Questions"),
)


def render(knowledge: Knowledge, path: str, links: Links, search: str = "", asked: Asked | None = None) -> str | None:
    """Return the page of a path as an HTML document; None if there is no page.

    ``search`` is the text for the page ``search``, which a static site does not have. ``asked`` is a query that the
    page ``query`` sent without scripts, with its answer. All data are escaped, and links lead only to pages here or
    to addresses that begin with http.
    """
    exists = partial(has_page, knowledge)
    name = cache(namer(knowledge, links, exists))
    view = _view(knowledge, path, links, name, search, asked)
    if view is None:
        return None
    template, given = view
    return (
        _environment()
        .get_template(template)
        .render(
            path=path,
            links=links,
            name=name,
            curie=lambda iri: knowledge.curie(iri.value),
            short=lambda term: knowledge.curie(term.value) if isinstance(term, NamedNode) else "",
            quoted=partial(quoted, knowledge),
            cues=cues,
            stance_words=partial(stances.stance_words, knowledge),
            polarity=partial(stances.polarity, knowledge),
            standings_of=cache(partial(standings_of, knowledge)),
            standings_said=partial(standings_said, knowledge),
            before=partial(stances.before, knowledge),
            opposed_as=lambda statement: knowledge.opposed.get(statement.iri),
            status_label=lambda status: knowledge.vocabulary.label(status.value),
            year_of=cache(partial(year_of, knowledge)),
            words_of=partial(words_of, knowledge),
            places=_NAVIGATION,
            version=knowledge.vocabulary.version,
            alternates=_alternates(path, links),
            **given,
        )
    )


# The policy of each page: nothing from other hosts, no inline script and no inline style.
_POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "img-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
}
# The page with the editor may query the endpoint. The digest allows the one inline style of the editor.
_STYLE_OF_EDITOR = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
_POLICY_OF_EDITOR = {"connect-src": "'self'", "style-src": f"'self' {_STYLE_OF_EDITOR}"}


def content_security_policy(path: str) -> str:
    """Return the value of the Content-Security-Policy header for the page of a path.

    >>> content_security_policy("HER2").startswith("default-src 'none'; base-uri 'none'")
    True
    """
    parts = _POLICY | (_POLICY_OF_EDITOR if path == QUERY else {})
    return "; ".join(f"{name} {value}" for name, value in parts.items())


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # loaded only for drawing pages

    environment = Environment(
        loader=PackageLoader("her2ld.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["exact"] = _exact
    environment.filters["for_script"] = _for_script
    # All templates are read for the first page, because a sandbox opens no files for later ones.
    for name in environment.list_templates():
        environment.get_template(name)
    return environment


def _exact(text: str) -> str:
    """Return a text escaped so that HTML yields exactly its characters; NUL, which HTML lacks, is replaced."""
    from markupsafe import Markup, escape

    return escape(text.replace("\0", "\ufffd")).replace("\r", Markup("&#13;"))


def _for_script(data: object) -> str:
    """Return JSON in which nothing ends the script element around it."""
    from markupsafe import Markup

    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704  # escaped


def _view(  # noqa: PLR0913, PLR0917  # what a page may depend on
    knowledge: Knowledge,
    path: str,
    links: Links,
    name: Callable[[Term], LinkText],
    search: str,
    asked: Asked | None,
) -> View | None:
    fixed: dict[str, Callable[[], View]] = {
        HOME: partial(home_view, knowledge, links, name),
        ONTOLOGY: partial(reference_view, knowledge),
        STATEMENTS: partial(statements_view, knowledge),
        RECORDS: partial(records_view, knowledge),
        STUDIES: partial(studies_view, knowledge),
        NETWORK: partial(network_view, knowledge, name),
        QUERY: partial(query_view, knowledge, links, name, asked),
    }
    if links.endpoint is not None:
        fixed[SEARCH] = partial(search_view, knowledge, search)
    if path in fixed:
        return fixed[path]()
    if not has_page(knowledge, path):
        return None
    if path in knowledge.statements:
        return statement_view(knowledge, knowledge.statements[path])
    if path in knowledge.terms:
        return entity_view(knowledge, knowledge.terms[path], links)
    return _of_the_model(knowledge, at_path(path)) or _other(knowledge, path, name)


def _of_the_model(knowledge: Knowledge, iri: NamedNode) -> View | None:
    if iri in knowledge.claims:
        return claim_view(knowledge, iri)
    if iri in knowledge.judge.studies:
        return study_view(knowledge, knowledge.judge.studies[iri])
    if iri in knowledge.judge.groups:
        return group_view(knowledge, knowledge.judge.groups[iri])
    return None


def _other(knowledge: Knowledge, path: str, name: Callable[[Term], LinkText]) -> View:
    iri = at_path(path)
    paper = paper_at(knowledge.store, path)
    if paper:
        return record_view(knowledge, read_record(knowledge, paper), name)
    for whole in knowledge.iris(iri, standard.IS_PART_OF):
        record = read_record(knowledge, whole)
        if path in {text.path for text in record.texts}:
            return record_view(knowledge, record, name, only=path)
    if iri in GRAPHS and knowledge.store.contains_named_graph(iri):
        return graph_view(knowledge, iri)
    if is_version(knowledge, path):
        return reference_view(knowledge)
    return thing_view(knowledge, iri)


def _alternates(path: str, links: Links) -> list[tuple[str, str]]:
    """Return the endings of a thing's description, each with its media type; none for a page that is no thing."""
    is_thing = path not in {*FIXED, SEARCH} or path == ONTOLOGY
    return [(ending, _MEDIA[ending]) for _, ending in links.formats if is_thing]
