"""Reader of the NBIB (MEDLINE) form: what PubMed saves as "PubMed", a tag and its text a line.

A record begins with its ``PMID``, and ends with its citation, ``SO``, where PubMed wrote it. A tag has two to four
letters, is filled up to four, and is followed by a hyphen and a space; lines that begin with white space go on with the
text of the line above. Records are read one at a time and none is longer than 16 MiB, so that memory stays constant.
:mod:`her2ld.pubmed.nbib_record` knows the tags.
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
_OF_PUBMED = frozenset({"OWN", "STAT"})  # each record that PubMed wrote has them


def read_nbib(stream: IO[bytes]) -> Iterator[Article | Refusal]:
    r"""Yield each record of a file in UTF-8, or why it is refused; the records beside a refused one are read.

    A record is refused for bytes that are not UTF-8 (their place is said), for a line that is neither a tag nor goes on
    with one, for a PMID that is no number or stands twice, where nothing follows its PMID, where it is cut off, and
    where it has neither PMID nor DOI to be named by. It is cut off where the file ends within a line and the citation
    (``SO``), the last that PubMed writes, is missing or has no end; or where others in the file have one, and it has
    none.

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
    """Yield the lines of each record; of one that is too long, as many as show that it is."""
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
    """Cut the lines of a record into tags and their texts, each run of white space one space."""
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
    """Tell whether a line says the PMID of the record again; any other one begins the next record."""
    return bool(pmid := _pmid([line])) and pmid == _pmid([first])


def _check_whole(fields: list[Field], lines: list[Line], *, have_citations: bool) -> None:
    """Raise UnreadableError for a record that says its PMID twice or nothing else, or that is cut off."""
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
