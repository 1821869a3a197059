"""What RDF is to keep of a record, to compare with what its quads say.

That is all of it but what docs/pubmed.md leaves out on purpose: the order of what is a list of plain texts, the
spelling of an ORCID that is right, first versions.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date as calendar_date
from urllib.parse import quote

from her2ld.pubmed import article as record
from her2ld.vocabulary import model, standard
from tests.pubmed.read_back import BOOK, DOI, PEOPLE, PLAIN_LISTS, SINGLE, TERM

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
PUBMED = "http://rdf.ncbi.nlm.nih.gov/pubmed/"


def kept(said: record.Article, *, abstract: bool = True) -> dict[str, object]:
    """Return what the quads of a record are to say."""
    later = bool(said.version and said.version != "1")
    doi = next((each.value for each in (*said.identifiers, *said.locations) if each.source == "doi" and each.valid), "")
    page = f"{model.HER2LD}record/pubmed/{said.pmid}"
    first = PUBMED + said.pmid if said.pmid else DOI + quote(doi, safe="/:;()._-~")
    electronic = said.journal.issn_kind == "Electronic"
    terms = [*said.publication_types, *said.supplementary_concepts, *(each.term for each in said.substances)]
    return {
        **{f"journal.{name}": value for name, value in said.journal._asdict().items() if name != "issn_kind"},
        "journal.issn": None if electronic else said.journal.issn,
        "journal.electronic_issn": said.journal.issn if electronic else None,
        **{f"pages.{name}": value for name, value in said.pages._asdict().items()},
        **{name: getattr(said, name) for name in SINGLE if hasattr(record.Article, name)},
        "title": said.title.text or None,
        **{name: said_date and iso(said_date) for name in DATES if (said_date := getattr(said, name)) or True},
        **{name: tuple(sorted(set(getattr(said, name)))) for name in PLAIN_LISTS if name in TEXT_LISTS},
        "versions": tuple(
            sorted({each for each in (said.version if later else None, said.version_identifier) if each})
        ),
        "keywords": tuple(sorted({each.text for each in said.keywords})),
        "publication_types": iris_of(said.publication_types),
        "substances": iris_of(each.term for each in said.substances),
        "supplementary_concepts": iris_of(said.supplementary_concepts),
        "electronic_dates": tuple(sorted({day for each in said.electronic_dates if (day := iso(each))})),
        "book_labels": tuple(sorted({" ".join(filter(None, (each.owner, each.text))) for each in said.book_labels})),
        "iri": f"{page}/version-{said.version}" if later else first,
        "version_of": first if later else None,
        "incomplete": {
            *incomplete(said.authors),
            *(() if said.grants_complete else ("grants",)),
            *(() if said.data_banks_complete else ("data banks",)),
        },
        "date": (iso(said.date), printed(said.date), said.date.season) if said.date else (None, None, None),
        "identifiers": known_by(
            each
            for each in (*said.identifiers, *said.locations, *said.other_identifiers)
            if (each.source, each.value) != ("pubmed", said.pmid)
        ),
        "vernacular_title": (said.vernacular_title.text or None, said.vernacular_title.marked_up)
        if said.vernacular_title
        else (None, None),
        "texts": texts_of(said, abstract=abstract),
        "subjects": (shortcuts(said, major=True), shortcuts(said, major=False)),
        "headings": [
            (
                iri_of(each.term),
                each.major,
                each.automatic or None,
                [
                    (iri_of(part.term), iri_of(each.term, part.term), part.major, part.automatic or None)
                    for part in each.qualifiers
                ],
            )
            for each in said.headings
        ],
        "people": [
            *people_of(said.authors, "author"),
            *people_of(said.investigators, "investigator"),
            *people_of((record.People(said.name_subjects),), "subject"),
        ],
        "history": [
            (
                each.status,
                iso(each.date),
                None if iso(each.date) else printed(each.date),
                ":".join(part.zfill(2) for part in (each.date.hour, each.date.minute, each.date.second) if part)
                or None,
            )
            for each in said.history
        ],
        "keyword_entries": [
            (place, each.text, each.major, each.owner)
            for place, each in enumerate(said.keywords, 1)
            if each.major or each.owner not in {None, "NOTNLM"}
        ],
        "grants": said.grants,
        "data_banks": [(each.name, sorted(set(each.accession_numbers))) for each in said.data_banks],
        "related": [
            (
                each.kind,
                each.source,
                each.pmid and PUBMED + each.pmid,
                each.version if each.version != "1" else None,
                each.note,
            )
            for each in said.related
        ],
        "references": [
            (
                each.citation,
                {
                    (source, PUBMED + value if source == "pubmed" and value.isdecimal() else value, valid)
                    for source, value, valid in known_by(each.identifiers)
                },
                sorted(set(each.titles)),
            )
            for each in said.references
        ],
        "notes": said.notes,
        "objects": [
            (each.kind, sorted({value if name is None else f"{name}={value}" for name, value in each.values}))
            for each in (*said.objects, *said.item_lists)
        ],
        "book": [book_of(said.book)] if said.book else [],
        "book_sections": sections_of(said.book_sections),
        "mesh": mesh_of(said, terms),
    }


DATES = ("completed", "revised", "contributed")
TEXT_LISTS = {"languages", "citation_subsets", "gene_symbols", "space_flight_missions"}


def iso(date: record.PartialDate) -> str | None:
    """Return a date as far as it is sure: a day, a month, a year. A text is read only if it lies in one month."""
    year, month, day = date.year, date.month, date.day
    if not year and date.text:
        in_a_month = re.fullmatch(r"(\d{4}) (\w{3})(?: (\d{1,2}))?(-\d{1,2})?", date.text)
        first_year = re.search(r"\b\d{4}\b", date.text)
        if in_a_month and in_a_month[2] in MONTHS:
            year, month, day = in_a_month[1], in_a_month[2], in_a_month[3] if not in_a_month[4] else None
        elif first_year:
            year = first_year[0]
    if not year or not re.fullmatch("[0-9]{4}", year) or year == "0000":
        return None
    if not month or not (month.isdecimal() or month.title()[:3] in MONTHS):
        return year
    number = int(month) if month.isdecimal() else MONTHS.index(month.title()[:3]) + 1
    for last in (day, "1"):
        try:
            known = calendar_date(int(year), number, int(last or ""))
        except ValueError:
            continue
        return known.isoformat() if last is day else known.isoformat()[:7]
    return year


def printed(date: record.PartialDate) -> str | None:
    """Return a date as PubMed prints it."""
    return " ".join(filter(None, (date.year, date.month, date.season, date.day, date.text))) or None


def iri_of(*terms: record.MeshTerm) -> str:
    """Name a MeSH term or a pair by NLM's IRI, or by one of ours made of the names if there is no identifier."""
    if all(each.identifier for each in terms):
        return standard.MESH + "".join(each.identifier or "" for each in terms)
    return f"{model.HER2LD}mesh/" + "/".join(quote(each.name, safe=":;()._-~") for each in terms)


def iris_of(terms: Iterable[record.MeshTerm]) -> tuple[str, ...]:
    """Name the terms."""
    return tuple(sorted(set(map(iri_of, terms))))


def known_by(given: Iterable[record.RecordIdentifier]) -> set[tuple[str, str, bool]]:
    """Return source, value and validity of each identifier."""
    return {(each.source, each.value, each.valid) for each in given}


def checked_orcid(value: str) -> str | None:
    """Return the IRI of an ORCID whose check digit is right (ISO 7064, mod 11-2)."""
    digits = re.sub(r"^https?://(www\.)?orcid\.org/|[-\s/]", "", value).upper()
    if not re.fullmatch(r"[0-9]{15}[0-9X]", digits):
        return None
    weighted = sum((10 if each == "X" else int(each)) * 2**place for place, each in enumerate(reversed(digits)))
    return "https://orcid.org/" + "-".join(re.findall("....", digits)) if weighted % 11 == 1 else None


def people_of(lists: Iterable[record.People], kind: str) -> list[tuple[object, ...]]:
    """Return the persons of some lists: by role, and within it in order."""
    flat = [(people, person) for people in lists for person in people.persons]
    numbered = [
        ("editor" if people.kind == "editors" else kind, *person_of(person, people), place)
        for place, (people, person) in enumerate(flat, 1)
    ]
    return sorted(numbered, key=lambda each: list(PEOPLE).index(str(each[0])))


def incomplete(lists: Iterable[record.People]) -> list[str]:
    """Return the kinds of persons of whom only some are listed."""
    return sorted({people.kind or "authors" for people in lists if not people.complete})


def person_of(said: record.Person, people: record.People) -> tuple[object, ...]:
    """Return what is said of a person."""
    return (
        *said[:5],
        {
            ("ORCID", iri, True) if source == "ORCID" and (iri := checked_orcid(value)) else (source, value, valid)
            for source, value, valid in known_by(said.identifiers)
        },
        [(each.text, known_by(each.identifiers)) for each in said.affiliations],
        said.valid,
        said.equal_contribution,
        people.identifier or said.investigators,
    )


def placed(title: record.Title | None) -> set[str]:
    """Return where a book keeps a title."""
    named = () if title is None else zip(("book", "part", "section"), title[2:], strict=True)
    return {f"{name}:{value}" for name, value in named if value}


def texts_of(said: record.Article, *, abstract: bool) -> dict[str, object]:
    """Return the texts that are nodes."""
    found: dict[str, object] = {}
    if said.title.text:
        found["title"] = (
            said.title.text,
            digest(said.title.text),
            said.title.marked_up,
            placed(said.title),
            *3 * [None],
            [],
        )
    named = [
        ("abstract", said.abstract),
        *((f"other-abstract-{n}", each) for n, each in enumerate(said.other_abstracts, 1)),
    ]
    for name, each in named:
        if each.text or each.copyright or name != "abstract":
            found[name] = (
                each.text if abstract else None,
                digest(each.text),
                each.marked_up if abstract else None,
                set(),
                each.copyright,
                each.kind,
                each.language,
                list(map(tuple, each.sections)),
            )
    return found


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def shortcuts(said: record.Article, *, major: bool) -> set[str]:
    """Return the descriptors and pairs that a paper is indexed with, starred or not."""
    alone = {iri_of(each.term) for each in said.headings if each.major or not each.qualifiers if each.major == major}
    return alone | {
        iri_of(each.term, part.term) for each in said.headings for part in each.qualifiers if part.major == major
    }


def book_of(said: record.Book) -> dict[str, object]:
    """Return what is said of the book of a record."""
    titles = [each for each in (said.title, said.collection) if each]
    flat = {
        **said._asdict(),
        "title.text": said.title.text,
        "collection.text": said.collection.text if said.collection else None,
        "beginning": iso(said.beginning) if said.beginning else None,
        "ending": iso(said.ending) if said.ending else None,
    }
    people = [*people_of(said.authors, "author"), *people_of(said.investigators, "investigator")]
    return {
        "single": [flat[name] for name in BOOK.values()],
        "markup": {each.marked_up for each in titles if each.marked_up},
        "isbns": sorted(set(said.isbns)),
        "incomplete": incomplete(said.authors),
        "identifiers": known_by(said.locations)
        | {(*each.split(":", 1), True) for title in titles for each in placed(title)},
        "people": people,
    }


def sections_of(sections: Iterable[record.BookSection]) -> list[tuple[object, ...]]:
    """Return what is said of the sections of a book."""
    return [
        (
            each.title.text,
            each.title.marked_up,
            placed(each.title),
            each.label,
            each.label_kind,
            sections_of(each.sections),
        )
        for each in sections
    ]


def mesh_of(said: record.Article, terms: list[record.MeshTerm]) -> dict[str, list[list[str]]]:
    """Return what is said of the MeSH terms of a record."""
    found: dict[str, list[set[str]]] = defaultdict(lambda: [set() for _ in TERM])

    def add(iri: str, *values: str | None) -> None:
        for collected, value in zip(found[iri], values, strict=False):
            collected.update(() if value is None else {value})

    for term in (*terms, *(each.term for each in said.headings)):
        add(iri_of(term), term.name, term.kind)
    for substance in said.substances:
        add(iri_of(substance.term), None, None, substance.registry_number)
    for each in said.headings:
        for part in each.qualifiers:
            add(iri_of(part.term), part.term.name)
            pair = iri_of(each.term, part.term)
            add(pair, f"{each.term.name}/{part.term.name}", None, None, iri_of(each.term), iri_of(part.term))
    return {iri: [sorted(values) for values in collected] for iri, collected in found.items()}
