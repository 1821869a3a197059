"""What things are called on a page, and where their names lead."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

from her2ld.iris import path_of
from her2ld.pages import sayings
from her2ld.pages.knowledge import Knowledge, Term
from her2ld.pages.links import Links
from her2ld.pages.paths import record_path
from her2ld.vocabulary import standard

# The only addresses that a page links to: what runs a script (javascript:, data:) is shown as text.
_WEB = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """A name on a page: the words, the address that it leads to, if any, and whether that is a page of others."""

    text: str
    href: str | None
    elsewhere: bool

    @property
    def page(self) -> str | None:
        """The address, if it is that of a page here."""
        return None if self.elsewhere else self.href


def namer(knowledge: Knowledge, links: Links, has_page: Callable[[str], bool]) -> Callable[[Term], Name]:
    """Return a function that names what stands in a triple, and links it where there is something to see."""
    curie = knowledge.curie

    def is_paper(iri: NamedNode) -> bool:
        kinds = knowledge.store.quads_for_pattern(iri, standard.TYPE, standard.ARTICLE)
        return next(kinds, None) is not None and has_page(record_path(knowledge.store, iri))

    def name(term: Term) -> Name:
        if isinstance(term, Literal):
            return Name(term.value, None, elsewhere=False)
        if not isinstance(term, NamedNode):
            return Name("a node without a name" if isinstance(term, BlankNode) else str(term), None, elsewhere=False)
        path = path_of(term)
        label = _label(knowledge, term, path)
        if path is not None:
            page, hash_, place = path.partition("#")
            return Name(label, links.page(page) + hash_ + place if has_page(page) else None, elsewhere=False)
        if is_paper(term):
            return Name(label, links.page(record_path(knowledge.store, term)), elsewhere=False)
        web = term.value if _WEB.match(term.value) else None
        return Name(label if label != term.value else curie(term.value), web, elsewhere=True)

    return name


def _label(knowledge: Knowledge, term: NamedNode, path: str | None) -> str:
    """Return what a thing is called; what papers say has before it how they say it, and a claim that it is one."""
    statement = knowledge.statements.get(term.value if path is None else path)
    if statement:
        return sayings.title(knowledge, statement)
    return f"claim: {knowledge.label(term)}" if term in knowledge.claims else knowledge.label(term)
