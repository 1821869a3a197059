"""The meaning of the tags of the NBIB form, as listed in PubMed's help on its "PubMed format".

The form has less than NLM's XML: no identifiers of MeSH terms, no sections of the abstract. A tag without a place in
:class:`Article`, even one that is on no list, is kept unchanged under ``objects``, by tag and text; so is redundant
text (``SO``, the citation as one line).
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from her2ld.pubmed.article import (
    Abstract,
    Article,
    Book,
    DataBank,
    Grant,
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
    RelatedCitation,
    Substance,
    Title,
)
from her2ld.pubmed.dates import date_of_digits, issue_date, moment
from her2ld.pubmed.people import read_people

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
_PARENTHESISED = re.compile(r"(?P<first>.*?\S) *\((?P<rest>.*)\)")
_PMID_AT_END = re.compile(r"(?P<source>.*?)[ .;]*PMID: *(?P<pmid>\d+)\.?")
# Funders of NLM's list: two letters for an institute of the NIH, an underscore at the end of most others.
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]{1,7}_|[A-Z][A-Z0-9_]{1,3}|ImNIH|CAPMC|PCORI")
_ACRONYM_ALONE = re.compile(r"[A-Z][A-Z0-9]{1,7}_|[A-Z]{2}|ImNIH|CAPMC|PCORI|HHMI")  # no number has this form


class Field(NamedTuple):
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

    def rest(self) -> tuple[tuple[str | None, str], ...]:
        """Return the fields that are left over."""
        return (*self.left, *((tag, text) for tag in list(self._texts) for text in self.all(tag)))


def article_of(fields: list[Field]) -> Article:
    """Return the record from the fields of one PMID.

    >>> article_of([Field("PMID", "1"), Field("MH", "Brain/*enzymology"), Field("XX", "new")]).headings[0].term.name
    'Brain'
    """
    people = read_people(fields)
    taken = _Taken(people.others)
    book = _book(taken, people.editors) if taken.has("BTI") else None
    history = _history(taken)
    related = tuple(_related(kind, text) for tag, kind in _RELATED.items() for text in taken.all(tag))
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
            *_bracketed(taken, "AID"),
            *(RecordIdentifier(text, "pmc") for text in taken.all("PMC")),
            *(RecordIdentifier(text, "mid") for text in taken.all("MID")),
        ),
        locations=_bracketed(taken, "LID"),
        other_identifiers=_owned_identifiers(taken),
        languages=tuple(taken.all("LA")),
        publication_types=tuple(map(MeshTerm, taken.all("PT"))),
        headings=tuple(map(heading_of, taken.all("MH"))),
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


def heading_of(text: str) -> MeshHeading:
    """Read a MeSH heading with its qualifiers; a star precedes a major topic.

    >>> [(each.term.name, each.major) for each in heading_of("Information Storage/*methods/standards").qualifiers]
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
    dates = []
    for text in taken.all("PHST"):
        match = _BRACKETED.fullmatch(text)
        if match:
            dates.append(HistoryDate(match["kind"], moment(match["value"])))
        else:
            taken.left.append(("PHST", text))
    said = {each.status for each in dates}
    for tag, status in _STATES.items():
        for text in taken.all(tag):
            stated = HistoryDate(status, moment(text))
            if status not in said:
                dates.append(stated)
            elif stated not in dates:
                taken.left.append((tag, text))
    return tuple(dates)


def _bracketed(taken: _Taken, tag: str) -> tuple[RecordIdentifier, ...]:
    found = []
    for text in taken.all(tag):
        match = _BRACKETED.fullmatch(text)
        if match:
            found.append(RecordIdentifier(match["value"], match["kind"]))
        else:
            taken.left.append((tag, text))
    return tuple(found)


def _owned_identifiers(taken: _Taken) -> tuple[RecordIdentifier, ...]:
    found = []
    for text in taken.all("OID"):
        owner, colon, value = text.partition(": ")
        if colon:
            found.append(RecordIdentifier(value, owner))
        else:
            taken.left.append(("OID", text))
    return tuple(found)


def _substances(taken: _Taken) -> tuple[Substance, ...]:
    found = []
    for text in taken.all("RN"):
        match = _PARENTHESISED.fullmatch(text)
        if match:
            found.append(Substance(MeshTerm(match["rest"]), match["first"]))
        else:
            taken.left.append(("RN", text))
    return tuple(found)


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


def grant_of(text: str) -> Grant:
    """Split ``number/acronym/agency/country``; a number can contain slashes, and all but the agency can be missing.

    >>> grant_of("DH_/Department of Health/United Kingdom")
    Grant(number=None, acronym='DH_', agency='Department of Health', country='United Kingdom')
    """
    *front, agency, country = (part.strip() for part in (text.split("/") if "/" in text else (text, "")))
    form = _ACRONYM if len(front) > 1 else _ACRONYM_ALONE
    acronym = front.pop() if front and form.fullmatch(front[-1]) else None
    return Grant("/".join(front) or None, acronym, agency or None, country or None)


def data_banks_of(texts: Iterable[str]) -> tuple[DataBank, ...]:
    """Return the data banks of texts ``ClinicalTrials.gov/NCT00000000``, each with its numbers."""
    banks: dict[str, list[str]] = {}
    for text in texts:
        name, slash, number = text.partition("/")
        banks.setdefault(name, []).extend([number] if slash else [])
    return tuple(DataBank(name, tuple(numbers)) for name, numbers in banks.items())


def _related(kind: str, text: str) -> RelatedCitation:
    match = _PMID_AT_END.fullmatch(text)
    return RelatedCitation(kind, match["source"], match["pmid"]) if match else RelatedCitation(kind, text)
