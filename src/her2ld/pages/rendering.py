"""Pages as HTML documents: the template of each path, its data, and the files that pages need."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from pyoxigraph import NamedNode

from her2ld.iris import at_path
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
)
from her2ld.pages.marked_texts import record_view, records_view
from her2ld.pages.papers import read_record
from her2ld.pages.query_page import Asked, query_view, search_view
from her2ld.pages.reference import reference_view
from her2ld.pages.shared_parts import environment, shared_parts
from her2ld.pages.statement_pages import claim_view, statement_view, statements_view
from her2ld.pages.things import GRAPHS, entity_view, graph_view, group_view, studies_view, study_view, thing_view
from her2ld.rdf.syntaxes import WRITTEN
from her2ld.vocabulary import standard

_FOLDER = Path(__file__).with_name("assets")


def assets() -> dict[str, Path]:
    """Return the files that pages need, by their name after ``assets/`` in the address, sorted.

    >>> "pages.css" in assets()
    True
    """
    files = sorted(path for path in _FOLDER.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(_FOLDER).as_posix(): path for path in files}


_MEDIA = {each.suffix[1:]: each.media_type for each in WRITTEN}
_NO_THINGS = frozenset({*FIXED, SEARCH} - {ONTOLOGY})


def render(knowledge: Knowledge, path: str, links: Links, search: str = "", asked: Asked | None = None) -> str | None:
    """Return the page of a path as an HTML document; None if there is no page.

    ``search`` is the text for the page ``search``, which a static site does not have. ``asked`` is a query that the
    page ``query`` sent without scripts, with its answer. All data are escaped, and links lead only to pages here or
    to addresses that begin with http.
    """
    shared = knowledge.once(shared_parts, replace(links, formats=(), downloads=()))
    view = _view(knowledge, path, links, shared.name, search, asked)
    if view is None:
        return None
    template, given = view
    return (
        environment()
        .get_template(template)
        .render(
            {
                **shared.given,
                "path": path,
                "links": links,
                "forms": _forms(path, links),
                **given,
            }
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


def _forms(path: str, links: Links) -> list[tuple[str, str, str]]:
    """Return the forms of a thing's description: the name, the media type and the address; none if it is no thing."""
    is_thing = path not in _NO_THINGS
    return [(words, _MEDIA[ending], links.data(path, ending)) for words, ending in links.formats if is_thing]
