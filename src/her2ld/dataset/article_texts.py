"""The texts of an imported record as nodes: characters, digest and sections."""

import hashlib

from her2ld.dataset.n_quads import GRAPH, escaped, integer, string
from her2ld.pubmed.article import Abstract, Article, Title
from her2ld.vocabulary import model, standard

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
    """Add title and abstracts as texts; without ``abstract`` the characters of abstracts stay out."""
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
    """Add the tags of a title, and where a book keeps it."""
    if title.marked_up:
        lines.append(f"{node}{_MARKED_UP}{string(title.marked_up)}")
    lines.extend(
        f"{node} {standard.IDENTIFIER} {string(f'{name}:{value}')}"
        for name, value in (("book", title.book), ("part", title.part), ("section", title.section))
        if value
    )


def _add_abstract(lines: list[str], paper: str, place: str, said: Abstract, *, shown: bool) -> None:
    node = f"<{place}>"
    lines.append(
        f"{paper}{_HAS_TEXT}{node}{GRAPH}{node}{_IS_ABSTRACT}{node}{_IS_PART_OF}{paper}{GRAPH}"
        f'{node}{_SHA256}"{_digest(said.text)}"{GRAPH}'
    )
    if shown:
        lines.append(f"{node}{_VALUE}{string(said.text)}")
        if said.marked_up:
            lines.append(f"{node}{_MARKED_UP}{string(said.marked_up)}")
    for property_, text in (
        (standard.RIGHTS, said.copyright),
        (model.KIND, said.kind),
        (standard.LANGUAGE, said.language),
    ):
        if text:
            lines.append(f"{node} {property_} {string(text)}")
    for order, section in enumerate(said.sections, 1):
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
