"""The texts of an imported record as nodes with digest and sections, and the mentions in them.

A mention is an annotation of the characters that name a term, in ``graph:records``.
"""

import hashlib
from typing import TYPE_CHECKING

from her2ld.dataset.literals import GRAPH, INTEGER, escaped, integer, string
from her2ld.pubmed.article import Abstract, Article, Title
from her2ld.vocabulary import model, standard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from her2ld.mentions import Mention  # the finder is not needed for curated papers


_A = f" {standard.TYPE} "
_IS_PART_OF = f" {standard.IS_PART_OF} "
_VALUE = f" {standard.VALUE} "
_SHA256 = f" {model.SHA256} "
_MARKED_UP = f" {model.MARKED_UP} "
_HAS_TEXT = f" {model.HAS_TEXT} "
_ORDER = f" {model.ORDER} "
_LABEL = f" {standard.LABEL} "
_IS_TITLE = f"{_A}{model.TITLE_TEXT}{GRAPH}"
_IS_ABSTRACT = f"{_A}{model.ABSTRACT_TEXT}{GRAPH}"


def add_texts(lines: list[str], paper: str, page: str, article: Article, *, abstract: bool) -> None:
    """Add title and abstracts as texts; without ``abstract``, the characters of abstracts are left out."""
    title = article.title
    if title.text:
        text = escaped(title.text)
        node = f"<{page}/title>"
        lines.append(
            f'{paper} {standard.TITLE} "{text}"{GRAPH}{paper}{_HAS_TEXT}{node}{GRAPH}{node}{_IS_TITLE}'
            f'{node}{_IS_PART_OF}{paper}{GRAPH}{node}{_VALUE}"{text}"{GRAPH}{node}{_SHA256}"{_digest(title.text)}"{GRAPH}'
        )
        add_markup(lines, node, title)
    if article.vernacular_title and article.vernacular_title.text:
        lines.append(f"{paper} {standard.ALTERNATIVE_TITLE} {string(article.vernacular_title.text)}")
        if article.vernacular_title.marked_up:
            lines.append(f"{paper}{_MARKED_UP}{string(article.vernacular_title.marked_up)}")
    if article.abstract.text or article.abstract.copyright:
        _add_abstract(lines, paper, f"{page}/abstract", article.abstract, shown=abstract)
    for place, other in enumerate(article.other_abstracts, 1):
        _add_abstract(lines, paper, f"{page}/other-abstract-{place}", other, shown=abstract)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def add_markup(lines: list[str], node: str, title: Title) -> None:
    """Add the tags of a title, and its place in a book."""
    if title.marked_up:
        lines.append(f"{node}{_MARKED_UP}{string(title.marked_up)}")
    lines.extend(
        f"{node} {standard.IDENTIFIER} {string(f'{name}:{value}')}"
        for name, value in (("book", title.book), ("part", title.part), ("section", title.section))
        if value
    )


def _add_abstract(lines: list[str], paper: str, place: str, abstract: Abstract, *, shown: bool) -> None:
    node = f"<{place}>"
    lines.append(
        f"{paper}{_HAS_TEXT}{node}{GRAPH}{node}{_IS_ABSTRACT}{node}{_IS_PART_OF}{paper}{GRAPH}"
        f'{node}{_SHA256}"{_digest(abstract.text)}"{GRAPH}'
    )
    if shown:
        lines.append(f"{node}{_VALUE}{string(abstract.text)}")
        if abstract.marked_up:
            lines.append(f"{node}{_MARKED_UP}{string(abstract.marked_up)}")
    for property_, text in (
        (standard.RIGHTS, abstract.copyright),
        (model.KIND, abstract.kind),
        (standard.LANGUAGE, abstract.language),
    ):
        if text:
            lines.append(f"{node} {property_} {string(text)}")
    for order, section in enumerate(abstract.sections, 1):
        part = f"<{place}#section-{order}>"
        lines.append(
            f"{node} {model.SECTION} {part}{GRAPH}{part}{_A}{model.ABSTRACT_SECTION}{GRAPH}"
            f"{part}{_ORDER}{integer(order)}{part} {standard.START} {integer(section.start)}"
            f"{part} {standard.END} {integer(section.end)}"
        )
        if section.label:
            lines.append(f"{part}{_LABEL}{string(section.label)}")
        if section.category:
            lines.append(f"{part} {model.CATEGORY} {string(section.category)}")


# The text after a subject or an object: making it from terms for each mention would take longer than the rest.
_IS_ANNOTATION = f"{_A}{standard.ANNOTATION}{GRAPH}"
_IS_IDENTIFYING = f" {standard.MOTIVATED_BY} {standard.IDENTIFYING}{GRAPH}"
_IS_SPAN = f"{_A}{standard.SPECIFIC_RESOURCE}{GRAPH}"
_IS_POSITION = f"{_A}{standard.POSITION_SELECTOR}{GRAPH}"
_IS_QUOTE = f"{_A}{standard.QUOTE_SELECTOR}{GRAPH}"
_HAS_BODY = f" {standard.HAS_BODY} <"
_HAS_STATUS = f" {model.MENTION_STATUS} <"
_NESTED_IN = f" {model.NESTED_IN} "
_HAS_TARGET = f" {standard.HAS_TARGET} "
_HAS_SOURCE = f" {standard.HAS_SOURCE} <"
_HAS_SELECTOR = f" {standard.HAS_SELECTOR} "
_STARTS = f' {standard.START} "'
_ENDS = f' {standard.END} "'
_EXACT = f" {standard.EXACT} "


def mention_lines(text_iri: str, mentions: "Iterable[Mention]", *, quoting: bool = True) -> str:
    """Return the lines of the mentions in one text, in their order; an empty string if there are none.

    ``text_iri`` is the IRI of the title or the abstract, as ``her2ld.iris.text`` makes it: it needs no escapes. The
    span and its selector have the IRIs that a statement's evidence would have, so characters that are both mentioned
    and quoted are one node. Without ``quoting``, the characters (``oa:exact``) are left out, and so is the type of a
    selector that quotes.
    """
    return "".join([_lines(text_iri, mention, quoting=quoting) for mention in mentions])


def _lines(text_iri: str, mention: "Mention", *, quoting: bool) -> str:
    term, start, end, exact, status, within = mention
    annotation = f"<{text_iri}#mention={start},{end}>"
    span = f"<{text_iri}#char={start},{end}>"
    selector = f"<{text_iri}#selector={start},{end}>"
    optional = f"{annotation}{_HAS_STATUS}{status}>{GRAPH}" if status else ""
    if within:
        optional += f"{annotation}{_NESTED_IN}<{text_iri}#mention={within[0]},{within[1]}>{GRAPH}"
    quote = f"{selector}{_IS_QUOTE}{selector}{_EXACT}{string(exact)}" if quoting else ""
    return (
        f"{annotation}{_IS_ANNOTATION}"
        f"{annotation}{_IS_IDENTIFYING}"
        f"{annotation}{_HAS_BODY}{term}>{GRAPH}"
        f"{optional}"
        f"{annotation}{_HAS_TARGET}{span}{GRAPH}"
        f"{span}{_IS_SPAN}"
        f"{span}{_HAS_SOURCE}{text_iri}>{GRAPH}"
        f"{span}{_HAS_SELECTOR}{selector}{GRAPH}"
        f"{selector}{_IS_POSITION}"
        f"{selector}{_STARTS}{start}{INTEGER}"
        f"{selector}{_ENDS}{end}{INTEGER}"
        f"{quote}"
    )
