"""Reader of the NBIB (MEDLINE) form, which PubMed saves as "PubMed": one tag and its text on each line.

A record begins with its ``PMID`` and ends with its citation, ``SO``, if PubMed wrote it. A tag has two to four
letters, is padded to four, and is followed by a hyphen and a space; a line that begins with white space continues the
line above. Records are read one at a time and none is longer than 16 MiB, so that memory stays constant.

The tags have the meaning that PubMed's help on its "PubMed format" lists. The form has less than NLM's XML: no
identifiers of MeSH terms, no sections of the abstract. A tag without a place in :class:`Article`, even an unlisted one,
is kept unchanged under ``objects``, by tag and text; so is the citation (``SO``), which repeats other tags.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

from her2ld.files.streams import LONGEST_RECORD, Line, UnreadableError, check_length, decoded, lines_of
from her2ld.pubmed.article import (
    Abstract,
    Article,
    Book,
    HeadingQualifier,
    HistoryDate,
    Journal,
    Keyword,
    MeshHeading,
    MeshTerm,
    Note,
    Pages,
    Parameters,
    PartialDate,
    People,
    RecordIdentifier,
    Refusal,
    Substance,
    Title,
    clean,
)
from her2ld.pubmed.people import read_people
from her2ld.pubmed.printed import data_banks_of, date_of_digits, grant_of, issue_date, moment, related_citation

OTHER_TAGS = "NBIB"
_RELATED = {
    "CIN": "CommentIn",
    "CON": "CommentOn",
    "CRI": "CorrectedandRepublishedIn",
    "CRF": "CorrectedandRepublishedFrom",
    "ECI": "ExpressionOfConcernIn",
    "ECF": "ExpressionOfConcernFor",
    "EIN": "ErratumIn",
    "EFR": "ErratumFor",
    "ORI": "OriginalReportIn",
    "PRIN": "PartialRetractionIn",
    "PROF": "PartialRetractionOf",
    "RIN": "RetractionIn",
    "ROF": "RetractionOf",
    "RPI": "RepublishedIn",
    "RPF": "RepublishedFrom",
    "RRI": "RetractedandRepublishedIn",
    "RRF": "RetractedandRepublishedFrom",
    "SPIN": "SummaryForPatientsIn",
    "UIN": "UpdateIn",
    "UOF": "UpdateOf",
}
# Tags with the date of a state that PHST may repeat.
_STATES = {"EDAT": "pubmed", "MHDA": "medline", "CRDT": "entrez"}
_BRACKETED = re.compile(r"(?P<value>.*\S) *\[(?P<kind>[^\][]+)\]")
_OWNED = re.compile(r"(?P<kind>.*?): (?P<value>.*)")
_PARENTHESISED = re.compile(r"(?P<first>.*?\S) *\((?P<rest>.*)\)")


class _Field(NamedTuple):
    """A tag and its text."""

    tag: str
    text: str


class _Taken:
    """The fields of a record by tag; untaken fields are left over."""

    def __init__(self, fields: Iterable[tuple[str, str]]) -> None:
        self._texts: defaultdict[str, list[str]] = defaultdict(list)
        for tag, text in fields:
            self._texts[tag].append(text)
        self.left: list[tuple[str | None, str]] = []

    def has(self, tag: str) -> bool:
        """Tell whether a tag is there, without taking it."""
        return tag in self._texts

    def all(self, tag: str) -> list[str]:
        """Take all texts of a tag."""
        return [text for text in self._texts.pop(tag, []) if text]

    def one(self, tag: str) -> str | None:
        """Take the first text of a tag; others are left over."""
        texts = self.all(tag)
        self.left += [(tag, text) for text in texts[1:]]
        return texts[0] if texts else None

    def matching(self, tag: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Take the texts of a tag that have a form; others are left over."""
        found = []
        for text in self.all(tag):
            match = pattern.fullmatch(text)
            if match:
                found.append(match)
            else:
                self.left.append((tag, text))
        return found

    def rest(self) -> tuple[tuple[str | None, str], ...]:
        """Return the fields that are left over."""
        return (*self.left, *((tag, text) for tag in list(self._texts) for text in self.all(tag)))


def _article(fields: list[_Field]) -> Article:
    """Return the record from the fields of one PMID.

    >>> _article([_Field("PMID", "1"), _Field("MH", "Brain/*enzymology"), _Field("XX", "new")]).headings[0].term.name
    'Brain'
    """
    people = read_people(fields)
    taken = _Taken(people.others)
    book = _book(taken, people.editors) if taken.has("BTI") else None
    history = _history(taken)
    related = tuple(related_citation(kind, text) for tag, kind in _RELATED.items() for text in taken.all(tag))
    article = Article(
        pmid=taken.one("PMID"),
        title=Title(taken.one("TI") or ""),
        vernacular_title=_title(taken.one("TT")),
        abstract=Abstract(taken.one("AB") or "", copyright=taken.one("CI")),
        other_abstracts=_other_abstracts(taken),
        journal=_journal(taken, country=None if book else taken.one("PL")),
        pages=Pages(taken.one("PG")),
        date=book.date if book else issue_date(taken.one("DP")),
        electronic_dates=_dates(taken, "DEP"),
        authors=people.authors if book else (*people.authors, *people.editors),
        investigators=people.investigators,
        name_subjects=people.subjects,
        identifiers=(
            *_identifiers(taken, "AID", _BRACKETED),
            *(RecordIdentifier(text, "pmc") for text in taken.all("PMC")),
            *(RecordIdentifier(text, "mid") for text in taken.all("MID")),
        ),
        locations=_identifiers(taken, "LID", _BRACKETED),
        other_identifiers=_identifiers(taken, "OID", _OWNED),
        languages=tuple(taken.all("LA")),
        publication_types=tuple(map(MeshTerm, taken.all("PT"))),
        headings=tuple(map(_heading, taken.all("MH"))),
        substances=_substances(taken),
        supplementary_concepts=tuple(map(MeshTerm, taken.all("NM"))),
        gene_symbols=tuple(taken.all("GS")),
        keywords=_keywords(taken),
        grants=tuple(map(grant_of, taken.all("GR"))),
        data_banks=data_banks_of(taken.all("SI")),
        related=related,
        number_of_references=taken.one("RF"),
        citation_subsets=tuple(taken.all("SB")),
        space_flight_missions=tuple(taken.all("SFM")),
        notes=tuple(Note(text) for text in taken.all("GN")),
        conflict_of_interest=taken.one("COIS") or taken.one("COI"),
        status=taken.one("STAT"),
        owner=taken.one("OWN"),
        publication_model=taken.one("PUBM"),
        publication_status=taken.one("PST"),
        completed=_date(taken, "DCOM"),
        revised=_date(taken, "LR"),
        history=history,
        book=book,
        contributed=_date(taken, "CTDT"),
    )
    rest = taken.rest()
    return article._replace(objects=(Parameters(OTHER_TAGS, rest),)) if rest else article


def _heading(text: str) -> MeshHeading:
    """Read a MeSH heading with its qualifiers; a star precedes a major topic.

    >>> [(each.term.name, each.major) for each in _heading("Information Storage/*methods/standards").qualifiers]
    [('methods', True), ('standards', False)]
    """
    name, *qualifiers = text.split("/")
    return MeshHeading(
        MeshTerm(name.removeprefix("*")),
        name.startswith("*"),
        tuple(HeadingQualifier(MeshTerm(each.removeprefix("*")), each.startswith("*")) for each in qualifiers),
    )


def _title(text: str | None) -> Title | None:
    return Title(text) if text is not None else None


def _journal(taken: _Taken, country: str | None) -> Journal:
    issns: dict[str, str] = {}
    for text in taken.all("IS"):
        match = _PARENTHESISED.fullmatch(text)
        number, kind = (match["first"], match["rest"]) if match else (text, "")
        if kind in issns or (kind != "Linking" and len(issns.keys() - {"Linking"})):
            taken.left.append(("IS", text))  # NLM's record has one besides the linking one
        else:
            issns[kind] = number
    linking = issns.pop("Linking", None)
    kind, issn = next(iter(issns.items()), (None, None))
    return Journal(
        title=taken.one("JT"),
        medline_abbreviation=taken.one("TA"),
        issn=issn,
        issn_kind=kind or None,
        linking_issn=linking,
        nlm_identifier=taken.one("JID"),
        country=country,
        volume=taken.one("VI"),
        issue=taken.one("IP"),
    )


def _book(taken: _Taken, editors: tuple[People, ...]) -> Book:
    return Book(
        title=Title(taken.one("BTI") or ""),
        publisher=taken.one("PB"),
        place=taken.one("PL"),
        date=issue_date(taken.one("DP")),
        authors=editors,
        volume_title=taken.one("VTI"),
        edition=taken.one("EN"),
        collection=_title(taken.one("CTI")),
        isbns=tuple(taken.all("ISBN")),
    )


def _date(taken: _Taken, tag: str) -> PartialDate | None:
    text = taken.one(tag)
    return date_of_digits(text) if text else None


def _dates(taken: _Taken, tag: str) -> tuple[PartialDate, ...]:
    return tuple(map(date_of_digits, taken.all(tag)))


def _history(taken: _Taken) -> tuple[HistoryDate, ...]:
    dates = [HistoryDate(each["kind"], moment(each["value"])) for each in taken.matching("PHST", _BRACKETED)]
    states = {each.status for each in dates}
    for tag, status in _STATES.items():
        for text in taken.all(tag):
            stated = HistoryDate(status, moment(text))
            if status not in states:
                dates.append(stated)
            elif stated not in dates:
                taken.left.append((tag, text))
    return tuple(dates)


def _identifiers(taken: _Taken, tag: str, form: re.Pattern[str]) -> tuple[RecordIdentifier, ...]:
    return tuple(RecordIdentifier(each["value"], each["kind"]) for each in taken.matching(tag, form))


def _substances(taken: _Taken) -> tuple[Substance, ...]:
    found = taken.matching("RN", _PARENTHESISED)
    return tuple(Substance(MeshTerm(each["rest"]), each["first"]) for each in found)


def _keywords(taken: _Taken) -> tuple[Keyword, ...]:
    texts = taken.all("OT")
    owner = taken.one("OTO") if texts else None
    return tuple(Keyword(text.removeprefix("*"), text.startswith("*"), owner) for text in texts)


def _other_abstracts(taken: _Taken) -> tuple[Abstract, ...]:
    texts, languages, owners = taken.all("OAB"), taken.all("OABL"), taken.all("OCI")
    if len(languages) > len(texts) or len(owners) > len(texts):
        taken.left += [("OABL", text) for text in languages[len(texts) :]]
        taken.left += [("OCI", text) for text in owners[len(texts) :]]
    return tuple(
        Abstract(
            text,
            copyright=owners[place] if place < len(owners) else None,
            language=languages[place] if place < len(languages) else None,
        )
        for place, text in enumerate(texts)
    )


_FIELD = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}-(?: (.*)|$)", re.DOTALL)
_PMID = re.compile(r"PMID *- *(\d+)\s*")
_OF_PUBMED = frozenset({"OWN", "STAT"})  # every record from PubMed has them


def read_nbib(stream: IO[bytes]) -> Iterator[Article | Refusal]:
    r"""Yield each record of a file in UTF-8, or the reason for its refusal; the other records are still read.

    A record is refused if it has bytes that are not UTF-8 (with their place), a line that neither is a tag nor
    continues one, a PMID that is not a number or occurs twice, nothing after its PMID, or neither PMID nor DOI for a
    name, and if it is cut off. It is cut off if the file ends within a line and the citation (``SO``), which PubMed
    writes last, is missing or incomplete; or if others in the file have one, and it has none.

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
            article = _article(fields)
        except UnreadableError as error:
            yield Refusal(position, error.what, error.remedy, error.number or lines[0].number, _pmid(lines))
            continue
        if article.pmid is not None and not (article.pmid.isascii() and article.pmid.isdigit()):
            what = f"the PMID “{article.pmid}” is not a number"
            yield Refusal(position, what, "copy the record from PubMed again", lines[0].number)
        elif article.pmid is None and article.doi is None:
            what = "it has neither a PMID nor a DOI"
            yield Refusal(position, what, "add a line “PMID- ” with its number", lines[0].number)
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


def _fields(lines: list[Line]) -> list[_Field]:
    """Split the lines of a record into tags and their texts, with one space for each run of white space."""
    check_length(sum(len(line.content) for line in lines))
    fields: list[_Field] = []
    for line in lines:
        text = decoded(line.content, line.offset, line.number)
        match = _FIELD.match(text)
        if match:
            fields.append(_Field(match[1], clean(match[2] or "")))
        elif fields and text[0].isspace():
            tag, begun = fields[-1]
            fields[-1] = _Field(tag, f"{begun} {clean(text)}".strip(" "))
        else:
            start = text.strip()[:40]
            remedy = "begin it with a tag (“TI  - ”), or with spaces if it continues the line above"
            raise UnreadableError(
                f"the line “{start}” neither begins with a tag nor continues the line above", remedy, line.number
            )
    return fields


def _is_repeated(line: Line, first: Line) -> bool:
    """Tell whether a line repeats the PMID of the record; any other PMID begins the next record."""
    return bool(pmid := _pmid([line])) and pmid == _pmid([first])


def _check_whole(fields: list[_Field], lines: list[Line], *, have_citations: bool) -> None:
    """Raise UnreadableError for a record that has its PMID twice or nothing else, or that is cut off."""
    again = [line.number for line in lines[1:] if line.content.startswith(b"PMID")]
    if again:
        remedy = "delete one of the lines, or put an empty line before it if another record begins there"
        raise UnreadableError("its PMID is there twice", remedy, again[0])
    if len(fields) == 1 and fields[0].tag == "PMID":
        raise UnreadableError("nothing follows its PMID", "copy the record from PubMed again", lines[0].number)
    tag, text = fields[-1]
    tags = {each.tag for each in fields}
    ends_within_line = not lines[-1].content.endswith((b"\n", b"\r"))
    is_open = "SO" not in tags or (tag == "SO" and not text.endswith("."))
    if ends_within_line and is_open:
        remedy = "copy the record from PubMed again; if it is whole, end its last line with a line break"
        raise UnreadableError(f"the file ends within the record, at the tag “{tag}”", remedy, lines[-1].number)
    if have_citations and "SO" not in tags and tags & _OF_PUBMED:
        what = f"it ends at the tag “{tag}”, without the citation (“SO”) that others have"
        raise UnreadableError(what, "copy the record from PubMed again", lines[-1].number)


def _pmid(lines: list[Line]) -> str | None:
    """Find the PMID of a record that cannot be read."""
    match = _PMID.match(lines[0].content.decode(errors="replace"))
    return match[1] if match else None
