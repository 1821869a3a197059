"""Mentions as lines of N-Quads in ``graph:records``: annotations of the characters in which a term is named.

The lines are formatted by hand, which is several times as fast; tests read them with two parsers.
"""

from typing import TYPE_CHECKING

from pyoxigraph import Literal

from her2ld.vocabulary import model, standard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from her2ld.mentions import Mention  # curated papers are written without the finder

# What follows a subject or an object, as text: to make it from terms at each mention would take longer than the rest.
_IN_GRAPH = f" {model.RECORDS_GRAPH} .\n"
_IS_ANNOTATION = f" {standard.TYPE} {standard.ANNOTATION}{_IN_GRAPH}"
_IS_IDENTIFYING = f" {standard.MOTIVATED_BY} {standard.IDENTIFYING}{_IN_GRAPH}"
_IS_SPAN = f" {standard.TYPE} {standard.SPECIFIC_RESOURCE}{_IN_GRAPH}"
_IS_POSITION = f" {standard.TYPE} {standard.POSITION_SELECTOR}{_IN_GRAPH}"
_IS_QUOTE = f" {standard.TYPE} {standard.QUOTE_SELECTOR}{_IN_GRAPH}"
_OF_INTEGER = f'"^^{standard.XSD_INTEGER}{_IN_GRAPH}'
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
    """Return the lines of the mentions in one text, in their order; an empty string where there are none.

    ``text_iri`` names the title or the abstract, as ``her2ld.iris.text`` does: nothing in it needs an escape.
    The span and its selector are those of a statement's evidence, so what is both mentioned and quoted is one node.
    Without ``quoting`` the characters (``oa:exact``) are left out, and that the selector is one that quotes.
    """
    return "".join([_lines(text_iri, mention, quoting=quoting) for mention in mentions])


def _lines(text_iri: str, mention: "Mention", *, quoting: bool) -> str:
    term, start, end, exact, status, within = mention
    annotation = f"<{text_iri}#mention={start},{end}>"
    span = f"<{text_iri}#char={start},{end}>"
    selector = f"<{text_iri}#selector={start},{end}>"
    said = f"{annotation}{_HAS_STATUS}{status}>{_IN_GRAPH}" if status else ""
    if within:
        said += f"{annotation}{_NESTED_IN}<{text_iri}#mention={within[0]},{within[1]}>{_IN_GRAPH}"
    quote = f"{selector}{_IS_QUOTE}{selector}{_EXACT}{Literal(exact)}{_IN_GRAPH}" if quoting else ""
    return (
        f"{annotation}{_IS_ANNOTATION}"
        f"{annotation}{_IS_IDENTIFYING}"
        f"{annotation}{_HAS_BODY}{term}>{_IN_GRAPH}"
        f"{said}"
        f"{annotation}{_HAS_TARGET}{span}{_IN_GRAPH}"
        f"{span}{_IS_SPAN}"
        f"{span}{_HAS_SOURCE}{text_iri}>{_IN_GRAPH}"
        f"{span}{_HAS_SELECTOR}{selector}{_IN_GRAPH}"
        f"{selector}{_IS_POSITION}"
        f"{selector}{_STARTS}{start}{_OF_INTEGER}"
        f"{selector}{_ENDS}{end}{_OF_INTEGER}"
        f"{quote}"
    )
