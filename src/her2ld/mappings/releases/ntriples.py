"""N-Triples read by the million for the few triples that matter, and checked for syntax to the last line.

A parser makes an object of every term. Here a regular expression runs over blocks of lines in the plain form that
triple stores write; it is stricter than N-Triples, so that what it accepts is right. A block with anything else
(comments, blank nodes, tabs, escapes in IRIs) goes through the parser whole, and so do the few lines asked for.
"""

import re
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, parse

from her2ld.mappings.releases.files import Source, blocks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from pyoxigraph import Quad

_IRI = rb"<https?://[a-z0-9.-]++/[A-Za-z0-9_.~!$&'()*+,;=:@/-]*+(?:#[A-Za-z0-9_.~-]*+)?+>"
_ESCAPE = rb'\\(?:[tbnrf"\'\\]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})'
_TEXT = rb'"[^"\\\r\n]*+(?:' + _ESCAPE + rb'[^"\\\r\n]*+)*+"'
_KIND = rb"(?:@[a-z]{2,3}|\^\^<http://www\.w3\.org/2001/XMLSchema#[A-Za-z]++>)?+"
_PLAIN = re.compile(rb"(?:" + _IRI + rb" " + _IRI + rb" (?:" + _IRI + rb"|" + _TEXT + _KIND + rb") \.\n)*+")
_SUBJECT = re.compile(rb"\n<([^>]*)")


class NTriples:
    """An N-Triples file that can be asked again and again; its syntax is checked the first time."""

    def __init__(self, source: Source) -> None:
        """Remember the file."""
        self._source = source
        self._irregular: set[int] | None = None

    def about(self, subjects: "AbstractSet[str]") -> "Iterator[Quad]":
        """Yield the triples whose subject is one of these IRIs, in the order of the file.

        The first time, all lines are checked. Raises ReleaseError, with the line, for what is no N-Triples: a page of
        HTML, Turtle, a last line that was cut.
        """
        wanted = frozenset(subject.encode() for subject in subjects)
        irregular: set[int] = set()
        before = 0
        with self._source.open() as stream:
            for number, block in enumerate(blocks(self._source, stream)):
                plain = _is_plain(block) if self._irregular is None else number not in self._irregular
                if plain:
                    yield from _in_lines(block, wanted)
                else:
                    irregular.add(number)
                    yield from self._parsed(block, subjects, before)
                before += block.count(b"\n")
        self._irregular = irregular

    def _parsed(self, block: bytes, subjects: "AbstractSet[str]", before: int) -> "Iterator[Quad]":
        try:
            for quad in parse(block, format=RdfFormat.N_TRIPLES):
                if isinstance(quad.subject, NamedNode) and quad.subject.value in subjects:
                    yield quad
        except SyntaxError as error:
            what = f"is not N-Triples ({error.msg})"
            remedy = "download it again, to its end, and give it as it was released"
            raise self._source.problem(what, remedy, before + (error.lineno or 1)) from error


def _is_plain(block: bytes) -> bool:
    try:
        block.decode()
    except UnicodeDecodeError:
        return False
    return _PLAIN.fullmatch(block) is not None


def _in_lines(block: bytes, wanted: frozenset[bytes]) -> "Iterator[Quad]":
    block = b"\n" + block
    found = wanted.intersection(_SUBJECT.findall(block))
    starts: list[int] = []
    for subject in found:
        line = b"\n<" + subject + b">"
        start = block.find(line)
        while start >= 0:
            starts.append(start + 1)
            start = block.find(line, start + 1)
    if starts:
        text = b"".join(block[start : block.index(b"\n", start) + 1] for start in sorted(starts))
        yield from parse(text, format=RdfFormat.N_TRIPLES)
