"""Reader of the NBIB (MEDLINE) form, which PubMed saves as "PubMed": one tag and its text on each line.

A record begins with its ``PMID``, and ends with its citation, ``SO``, if PubMed wrote it. A tag has two to four
letters, is padded to four, and is followed by a hyphen and a space; lines that begin with white space continue the text
of the line above. Records are read one at a time and none is longer than 16 MiB, so that memory stays constant.
:mod:`her2ld.pubmed.nbib_record` interprets the tags.
"""

import re
from collections.abc import Iterator
from typing import IO

from her2ld.files.streams import LONGEST_RECORD, Line, UnreadableError, check_length, decoded, lines_of
from her2ld.pubmed.article import Article, Refusal
from her2ld.pubmed.clean_text import clean
from her2ld.pubmed.nbib_record import Field, article_of

_FIELD = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}-(?: (.*)|$)", re.DOTALL)
_PMID = re.compile(r"PMID *- *(\d+)\s*")
_OF_PUBMED = frozenset({"OWN", "STAT"})  # every record from PubMed has them


def read_nbib(stream: IO[bytes]) -> Iterator[Article | Refusal]:
    r"""Yield each record of a file in UTF-8, or the reason for its refusal; the other records are still read.

    A record is refused if it has bytes that are not UTF-8 (with their place), a line that neither is a tag nor
    continues one, a PMID that is no number or occurs twice, nothing after its PMID, or neither PMID nor DOI for a name,
    and if it is cut off. It is cut off if the file ends within a line and the citation (``SO``), which PubMed writes
    last, is missing or incomplete; or if others in the file have one, and it has none.

    >>> import io
    >>> [article] = read_nbib(io.BytesIO(b"PMID- 1\nTI  - Two\n      lines\n"))
    >>> article.pmid, article.title.text
    ('1', 'Two lines')
    """
    have_citations = False
    for position, lines in enumerate(_records(stream), 1):
        try:
            fields = _fields(lines)
            _check_whole(fields, lines, have_citations=have_citations)
            have_citations = have_citations or any(tag == "SO" for tag, _ in fields)
            article = article_of(fields)
        except UnreadableError as error:
            yield Refusal(position, error.what, error.remedy, error.number or lines[0].number, _pmid(lines))
            continue
        if article.pmid is not None and not (article.pmid.isascii() and article.pmid.isdigit()):
            what = f"the PMID “{article.pmid}” is no number"
            yield Refusal(position, what, "copy the record from PubMed again", lines[0].number)
        elif article.pmid is None and article.doi is None:
            what = "there is neither a PMID nor a DOI to name the record by"
            yield Refusal(position, what, "give it a line “PMID- ” with its number", lines[0].number)
        else:
            yield article


def _records(stream: IO[bytes]) -> Iterator[list[Line]]:
    """Yield the lines of each record; for one that is too long, as many as prove it."""
    record: list[Line] = []
    size = 0
    for line in lines_of(stream):
        if record and (line.is_blank or (line.content.startswith(b"PMID") and not _is_repeated(line, record[0]))):
            yield record
            record, size = [], 0
        if not line.is_blank and size <= LONGEST_RECORD:
            record.append(line)
        size += len(line.content)
    if record:
        yield record


def _fields(lines: list[Line]) -> list[Field]:
    """Split the lines of a record into tags and their texts, with one space for each run of white space."""
    check_length(sum(len(line.content) for line in lines))
    fields: list[Field] = []
    for line in lines:
        text = decoded(line.content, line.offset, line.number)
        match = _FIELD.match(text)
        if match:
            fields.append(Field(match[1], clean(match[2] or "")))
        elif fields and text[0].isspace():
            tag, begun = fields[-1]
            fields[-1] = Field(tag, f"{begun} {clean(text)}".strip(" "))
        else:
            start = text.strip()[:40]
            remedy = "begin it with a tag (“TI  - ”), or with spaces if it goes on with the line above"
            raise UnreadableError(f"the line “{start}” is neither a tag nor goes on with one", remedy, line.number)
    return fields


def _is_repeated(line: Line, first: Line) -> bool:
    """Tell whether a line repeats the PMID of the record; any other PMID begins the next record."""
    return bool(pmid := _pmid([line])) and pmid == _pmid([first])


def _check_whole(fields: list[Field], lines: list[Line], *, have_citations: bool) -> None:
    """Raise UnreadableError for a record that has its PMID twice or nothing else, or that is cut off."""
    again = [line.number for line in lines[1:] if line.content.startswith(b"PMID")]
    if again:
        remedy = "delete one of the lines, or put an empty line before it if another record begins there"
        raise UnreadableError("its PMID stands there twice", remedy, again[0])
    if len(fields) == 1 and fields[0].tag == "PMID":
        raise UnreadableError("nothing follows its PMID", "copy the record from PubMed again", lines[0].number)
    tag, text = fields[-1]
    tags = {each.tag for each in fields}
    ends_within_line = not lines[-1].content.endswith((b"\n", b"\r"))
    is_open = "SO" not in tags or (tag == "SO" and not text.endswith("."))
    if ends_within_line and is_open:
        remedy = "copy the record from PubMed again; if it is whole, end its last line with a line break"
        raise UnreadableError(f"the file ends within it, at the tag “{tag}”", remedy, lines[-1].number)
    if have_citations and "SO" not in tags and tags & _OF_PUBMED:
        what = f"it ends at the tag “{tag}”, without the citation (“SO”) that others have"
        raise UnreadableError(what, "copy the record from PubMed again", lines[-1].number)


def _pmid(lines: list[Line]) -> str | None:
    """Find the PMID of a record that cannot be read."""
    match = _PMID.match(lines[0].content.decode(errors="replace"))
    return match[1] if match else None
