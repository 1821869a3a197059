"""Records as PubMed prints them for people: what it saves as "Abstract (text)", and what a browser copies of its page.

The layouts follow what PubMed prints; the texts come from the article.
"""

import io
import textwrap
from collections.abc import Iterable

from her2ld.pubmed.article import Article, PartialDate, People, Person, Refusal
from her2ld.pubmed.forms import form_of
from her2ld.pubmed.page import read_pages

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
HEADINGS = {
    "CommentIn": "Comment in",
    "ErratumIn": "Erratum in",
    "RetractionIn": "Retraction in",
    "UpdateIn": "Update in",
    "UpdateOf": "Update of",
}
_WIDTH = 80


def read(text: str) -> Article:
    """Read the one record of a text."""
    assert form_of(text.encode()) == "page"
    (article,) = read_pages(io.BytesIO(text.encode()))
    assert isinstance(article, Article), article
    return article


def refusal(text: str) -> tuple[str, int | None]:
    """Return why the one record of a text is refused, and the line."""
    (found,) = read_pages(io.BytesIO(text.encode()))
    assert isinstance(found, Refusal), found
    return found.what, found.line


def as_saved(article: Article, number: int = 1) -> str:
    """Return the record in the form that PubMed saves as "Abstract (text)"."""
    authors, places = _authors(article.authors)
    related = [
        f"{HEADINGS[each.kind]}\n    {each.source}" + (f". PMID: {each.pmid}." if each.pmid else "")
        for each in article.related
    ]
    blocks = [
        _wrapped(f"{number}. {citation(article)}"),
        _wrapped(article.title.text),
        *([f"[Article in {article.languages[0]}]"] if article.languages[:1] not in {(), ("eng",)} else []),
        *([_wrapped(f"{authors}.")] if authors else []),
        *(["Author information:\n" + "\n".join(_wrapped(place) for place in places)] if places else []),
        *related,
        *(["\n".join(_wrapped(part) for part in _labelled(article))] if article.abstract.text else []),
        *([_wrapped(article.abstract.copyright)] if article.abstract.copyright else []),
        "\n".join(_identifiers(article)),
        *(
            [_wrapped(f"Conflict of interest statement: {article.conflict_of_interest}")]
            if article.conflict_of_interest
            else []
        ),
    ]
    return "\n\n".join(blocks) + "\n"


def as_browser(article: Article) -> str:
    """Return what a reader copies of the page of a paper, with what stands around the record."""
    journal, _, rest = citation(article).partition(". ")
    persons = [each for people in article.authors for each in people.persons]
    names = [f"{each.fore_name or each.initials} {each.last_name} 1 2" for each in persons if each.last_name]
    groups = [each.collective_name for each in persons if each.collective_name]
    parts = [
        part[0] + part[1:].lower() if sep else part + sep + text for part, sep, text in map(_cut, _labelled(article))
    ]
    texts = [
        f"{part}: {text}" if sep else part
        for part, (_, sep, text) in zip(parts, map(_cut, _labelled(article)), strict=True)
    ]
    lines = [
        *(
            "Skip to main page content",
            "Search:",
            "Save Email",
            "Display options",
            "Full text links",
            "A Press full text link",
        ),
        *(
            "Actions",
            "Cite",
            "Page navigation",
            "Title & authors",
            "Abstract",
            "Similar articles",
            "LinkOut - more resources",
        ),
        *("Review", " ", journal, " ", f". {rest}"),
        article.title.text.removesuffix("."),
        *(["; ".join([", ".join(names), *groups]), "Affiliations Expand"] if names else []),
        " ".join(reversed(_identifiers(article))),
        *("Free PMC article", "Abstract", "\n\n".join(texts)),
        *(["", article.abstract.copyright] if article.abstract.copyright else []),
        *("", "PubMed Disclaimer", ""),
        *(["Conflict of interest statement", article.conflict_of_interest] if article.conflict_of_interest else []),
        *("Figures", "Figure 1", "Figure 1. What was seen in the first…"),
    ]
    for each in article.related:
        lines += [HEADINGS[each.kind], "A title of its own.", "Coe C, Poe E.", f"{each.source}."]
        lines += [f"PMID: {each.pmid} No abstract available."] if each.pmid else []
    lines += [
        *("Similar articles", "Another paper.", "Roe R, Doe J.", "J Other. 2020 Jul;1(2):3-4. doi: 10.5555/other."),
        *("PMID: 99999Free PMC article.", "See all similar articles", "Cited by 2 articles", "A third.", "Poe E."),
        *(
            "J Other. 2022 Jul;1(2):3-4.",
            "PMID: 99998",
            "References",
            "Doe J. A book. 1999. - PubMed",
            "Show all 28 references",
        ),
        *("MeSH terms", "Humans", "Actions", "Search in PubMed", "Search in MeSH", "Add to Search", "Mice* / genetics"),
        *("Substances", "Water", "Supplementary concepts", "Some disease", "Related information", "MedGen"),
        *(
            "Grants and funding",
            "R01 CA1/CA/NCI NIH HHS/United States",
            "LinkOut - more resources",
            "Full Text Sources",
            "A Press",
        ),
    ]
    return "\n".join(lines) + "\n"


def citation(article: Article) -> str:
    """Return the citation with all the dates that PubMed prints."""
    journal, online = article.journal, article.electronic_dates
    first, behind = article.date, ""
    model = article.publication_model or ""
    if article.publication_status == "aheadofprint":
        behind = " Online ahead of print."
    elif model == "Print-Electronic" and online:
        behind = f" Epub {printed(online[0])}."
    elif model in {"Electronic-eCollection", "Electronic-Print"} and online:
        first, behind = online[0], f" {'eCollection' if 'eColl' in model else 'Print'} {printed(article.date)}."
    place = (f";{journal.volume or ''}" if journal.volume or journal.issue else "") + (
        f"({journal.issue})" if journal.issue else ""
    )
    pages = f":{article.pages.text}" if article.pages.text else ""
    doi = f" doi: {article.doi}." if article.doi else ""
    return f"{journal.medline_abbreviation}. {printed(first)}{place}{pages}.{doi}{behind}"


def printed(date: PartialDate | None) -> str:
    """Return a date as PubMed prints it: its month by name, its day without a nought before it."""
    if date is None:
        return ""
    month = MONTHS[int(date.month) - 1] if date.month and date.month.isdigit() else date.month
    day = str(int(date.day)) if date.day else None
    return date.text or " ".join(part for part in (date.year, month or date.season, day) if part)


def _authors(lists: Iterable[People]) -> tuple[str, list[str]]:
    places: dict[str, int] = {}
    names, groups = [], []
    for person in (each for people in lists for each in people.persons):
        if person.collective_name:
            groups.append(person.collective_name)
            continue
        marks = [places.setdefault(each.text, len(places) + 1) for each in person.affiliations]
        names.append(_name(person) + "".join(f"({mark})" for mark in marks))
    return "; ".join([", ".join(names), *groups]).strip("; "), [f"({mark}){text}" for text, mark in places.items()]


def _name(person: Person) -> str:
    return " ".join(part for part in (person.last_name, person.initials, person.suffix) if part)


def _labelled(article: Article) -> list[str]:
    text, sections = article.abstract.text, article.abstract.sections
    labels = [f"{each.label}: " if each.label else "" for each in sections]
    return [label + text[each.start : each.end] for label, each in zip(labels, sections, strict=True)] or [text]


def _cut(text: str) -> tuple[str, str, str]:
    label, colon, rest = text.partition(": ")
    return (label, colon, rest) if colon and label.isupper() else (text, "", "")


def _identifiers(article: Article) -> list[str]:
    pmc = next((each.value for each in article.identifiers if each.source == "pmc"), None)
    said = (("DOI", article.doi), ("PMCID", pmc), ("PMID", article.pmid))
    return [f"{kind}: {value}" for kind, value in said if value]


def _wrapped(text: str) -> str:
    """Break lines at blanks only; the blank stays at the end of the line."""
    lines = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False, drop_whitespace=False)
    return "\n".join(lines)
