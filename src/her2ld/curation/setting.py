"""The studies of a paper and their groups, and the setting of a statement, with the words for it.

Studies are described once; statements refer to them by the curator's names.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from her2ld import iris
from her2ld.curation.digits import Digits, PlacedNumber
from her2ld.curation.form import Entry
from her2ld.curation.paper import Paper, Words
from her2ld.curation.results import check_operator
from her2ld.errors import Problem
from her2ld.pubmed import Place
from her2ld.statements import Group, Span, Statement, Study
from her2ld.statements.statement import FIELDS, FieldPart, StatementField, Value, ValueKind
from her2ld.texts.numbers import Wanted, find_number
from her2ld.texts.quantities import read_count, read_interval, read_value
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.ontology import Term


def read_studies(paper: Paper, studies: tuple[Entry, ...], groups: tuple[Entry, ...]) -> None:
    """Add the studies and the groups of the entries to the paper."""
    for entry in studies:
        quote = paper.quote(entry) if "quote" in entry else None
        designs = [term.iri for term in paper.terms(entry, "design", model.DESIGN_CLASS).values()]
        size = _size(paper, entry, quote)
        if size is None and not paper.vocabulary.steering.designs_of_one.isdisjoint(designs):
            size = 1
        paper.studies[entry.key] = Study(
            iri=iris.study(paper.record, entry.key),
            called=entry.text("called"),
            designs=tuple(designs),
            registry_numbers=entry.texts("registry"),
            populations=_terms(paper, entry, "population"),
            size=size,
            evidence=_evidence(paper, quote),
        )
        paper.anywhere(entry, "registry")
    keys = {entry.key for entry in groups}
    for entry in groups:
        _read_group(paper, entry, keys)


def _read_group(paper: Paper, entry: Entry, keys: set[str]) -> None:
    quote = paper.quote(entry) if "quote" in entry else None
    regimen = paper.term(entry, "regimen")
    within = entry.text("within")
    if within is not None and within not in keys:
        paper.report(entry.at("within"), f"there is no group “{within}”", f"write one of {', '.join(sorted(keys))}")
    study = entry.text("study") or (next(iter(paper.studies)) if len(paper.studies) == 1 else None)
    if study is not None and study not in paper.studies:
        paper.report(entry.at("study"), f"there is no study “{study}”", f"write [study.{study}]")
    called = entry.text("called")
    if called is None:
        paper.report(entry.where, "“called” is missing", "write the words by which the paper names the group")
    paper.anywhere(entry, "called")
    paper.groups[entry.key] = Group(
        iri=iris.group(paper.record, entry.key),
        called=called,
        of_study=paper.studies[study].iri if study in paper.studies else None,
        within=iris.group(paper.record, within) if within in keys else None,
        regimen=regimen.iri if regimen else None,
        populations=_terms(paper, entry, "population"),
        conditions=_terms(paper, entry, "condition"),
        size=_size(paper, entry, quote),
        evidence=_evidence(paper, quote),
    )


def note_patients_unknown(paper: Paper, studies: Iterable[Entry], statements: Iterable[Statement]) -> None:
    """Note each study that has statements about patients but no population.

    A statement with a population or a counted group is about patients, unless its study is of cells or of animals.
    """
    groups = {each.iri: each for each in paper.groups.values()}
    in_patients, in_models = set(), set()
    for each in statements:
        group = groups.get(each.one(model.GROUP) or _NOTHING)
        study = each.one(model.STUDY) or (group.of_study if group else None)
        if each.one(model.SYSTEM) or each.one(model.SPECIES):
            in_models.add(study)
        elif each.one(model.BASIS) == model.OBSERVED and (each.one(model.POPULATION) or (group and group.size)):
            in_patients.add(study)
    for entry in studies:
        described = paper.studies[entry.key]
        if described.iri in in_patients - in_models and not described.populations:
            what = "has no population, so that clinical_findings does not list what it observed in patients"
            paper.note(entry.where, f'{what}: write population = ["…"]')


_NOTHING = NamedNode("urn:nothing")


def _terms(paper: Paper, entry: Entry, field: str) -> tuple[NamedNode, ...]:
    return tuple(term.iri for term in paper.terms(entry, field).values())


def _evidence(paper: Paper, quote: Place | None) -> tuple[Span, ...]:
    return (paper.span(quote),) if quote else ()


def _size(paper: Paper, entry: Entry, quote: Place | None) -> int | None:
    text = entry.text("n")
    if text is None:
        return None
    count = read_count(text, entry.at("n"))
    if isinstance(count, Problem):
        paper.problems.append(count)
        return None
    if quote is None:
        if "quote" not in entry:  # a quote that is not in the record was reported before
            paper.report(entry.where, "“quote” is missing", "quote the words that contain the number")
    elif find_number(Decimal(count), quote.exact) is None:
        paper.report(entry.at("n"), f"the quote does not contain {text!r}", "quote the words that contain the number")
    return count


_FIELDS = [field for field in FIELDS if field.part is not FieldPart.AXIS and field.property != model.STUDY]
_LAST_YEAR = 9999
# The words before the digits of a grade: "grade 3", "Gr 3", "grades 3 and 4", "grade (Gr) 3".
_GRADE = re.compile(r"\bgr(?:ades?)?\b\W{0,3}(?:[1-5]\W{0,3}(?:(?:and|or|to) )?)?\Z", re.IGNORECASE)
_GRADE_BEHIND = re.compile(r" ?[(\[]?gr(?:ades?)?\b\W{0,3}", re.IGNORECASE)
_REACH = 32
_WORDS_ARE_OPTIONAL = frozenset({model.DIRECTION, model.JURISDICTION, model.TIME})


def read_setting(
    paper: Paper, entry: Entry, quote: Place, digits: Digits, of_object: Sequence[Place]
) -> tuple[tuple[tuple[NamedNode, Value], ...], tuple[Words, ...]]:
    """Return the setting of a statement and its further parts, with the words for each.

    ``of_object`` are the words that name the object of the claim.
    """
    values, words = _grades(paper, entry, digits, of_object)
    for field in _FIELDS:
        if field.name not in entry:
            continue
        if field.kind in (ValueKind.TERM, ValueKind.GROUP_OR_TERM) and field.property != model.YEAR_SOURCE:
            named = _named(paper, entry, field)
            values += [(field.property, each.iri) for each in named.values()]
            words += _words_of(paper, entry, field, quote, named)
        elif field.words is not None:
            copied, copied_words = _copied(paper, entry, field, field.words, quote)
            values += copied
            words += copied_words
        else:
            values += [(field.property, value) for value in _literal(paper, entry, field, quote)]
    return tuple(values), tuple(words)


def _named(paper: Paper, entry: Entry, field: StatementField) -> Mapping[str, Group | Term]:
    """Return the groups and terms of a field by the names that the curator wrote."""
    if field.kind is ValueKind.TERM:
        return paper.terms(entry, field.name, field.of_class)
    value = paper.group_or_term(entry, field.name)
    return {entry.text(field.name) or "": value} if value else {}


def _words_of(
    paper: Paper, entry: Entry, field: StatementField, quote: Place, named: Mapping[str, Group | Term]
) -> Iterator[Words]:
    """Yield the words that name the values of a field, given by the curator or found in the text."""
    if field.words is None:
        return
    is_elsewhere = f"{field.name}_from" in entry
    for place in paper.anywhere(entry, f"{field.name}_from"):
        yield field.words, place
    for name, value in named.items():
        if isinstance(value, Term):
            places = paper.named_term(value, quote, whole=is_elsewhere)
        else:
            called = paper.named((value.called or name,), quote)
            places = (called,) if called else ()
        for place in places:
            yield field.words, place
        if not (places or is_elsewhere or field.property in _WORDS_ARE_OPTIONAL):
            remedy = f'write {field.name}_from = ["…"], words of the paper that name it'
            paper.report(entry.at(field.name), f"no words of the sentence name “{name}”", remedy)


def _copied(
    paper: Paper, entry: Entry, field: StatementField, words: NamedNode, quote: Place
) -> tuple[list[tuple[NamedNode, Value]], list[Words]]:
    """Return words of the sentence that are the value itself, such as “in most patients”."""
    places = paper.words(entry, field.name, quote)
    return [(field.property, Literal(each.exact)) for each in places], [(words, each) for each in places]


def _literal(paper: Paper, entry: Entry, field: StatementField, quote: Place) -> tuple[Value, ...]:
    where = entry.at(field.name)
    match field.kind:
        case ValueKind.TEXT:
            return (Literal(entry.text(field.name) or ""),)
        case ValueKind.YEAR:
            return _year(paper, entry, quote, where)
        case ValueKind.NUMBER:
            number = entry.whole(field.name) or 0
            if number < 1:
                paper.report(where, f"{number} is not a position", "count from 1")
            return (Literal(number),)
    return (model.FROM_CITATION,)


def _year(paper: Paper, entry: Entry, quote: Place, where: str) -> tuple[Value, ...]:
    year = entry.whole("as_of") or 0
    if not 0 < year <= _LAST_YEAR:
        paper.report(where, f"{year} is not a year", "write the year in four digits")
        return ()
    source = entry.text("as_of_from")
    if source not in (None, "citation"):
        paper.report(f"{where}_from", f"{source!r} is not a source of a year", 'write as_of_from = "citation"')
    if source == "citation":
        if str(year) != paper.record.citation.year:
            what = f"the citation gives the year {paper.record.citation.year}, not {year}"
            paper.report(where, what, "write the year of the citation")
    elif find_number(Decimal(year), quote.exact) is None:
        what = f"the quote does not contain the year {year}"
        paper.report(where, what, 'write as_of_from = "citation" where only the citation gives it')
    return (Literal(f"{year:04}", datatype=standard.XSD_YEAR),)


def _grades(
    paper: Paper, entry: Entry, digits: Digits, of_object: Sequence[Place]
) -> tuple[list[tuple[NamedNode, Value]], list[Words]]:
    text = entry.text("grade")
    if text is None:
        return [], []
    # All items of a list share a grade, unless each item has its own, or its own object beside the digits.
    where = entry.where_of("grade", "object", "object_as")
    lower: Decimal | None
    upper: Decimal | None
    interval = read_interval(text, where)
    if isinstance(interval, Problem):
        has_plus = text.rstrip().endswith("+")
        single = read_value(text.rstrip().removesuffix("+"), where)
        if isinstance(single, Problem) or single.value is None or single.operator not in (None, "≥"):
            paper.report(where, f"{text!r} is not a grade", 'write grade = "3", "3-4", "≥ 3" or "3 or higher"')
            return [], []
        lower, upper = single.value, None if has_plus or single.operator else single.value
        one = digits.find(Wanted(lower, operator=single.operator, spelling=text), where, _beside(paper, of_object))
        if one and has_plus:
            one = _with_plus(paper, one, where)
        elif one:
            check_operator(paper, one.printed, single.operator, where)
        found: tuple[PlacedNumber, ...] = (one,) if one else ()
    else:
        lower, upper = interval.lower, interval.upper
        bounds = [Wanted(each, spelling=text) for each in (lower, upper) if each is not None]
        found = digits.find_bounds(bounds[0], bounds[-1], where, _beside(paper, of_object)) if len(bounds) == 2 else ()  # noqa: PLR2004 - lower and upper
    first, last = (
        min((each.whole.start for each in found), default=0),
        max((each.whole.end for each in found), default=0),
    )
    words = [(model.GRADE_WORDS, paper.record.span(found[0].place.part, first, last))] if found else []
    pairs = ((model.MIN_GRADE, lower), (model.MAX_GRADE, upper))
    return [(property_, Literal(int(each))) for property_, each in pairs if each is not None], words


def _with_plus(paper: Paper, found: PlacedNumber, where: str) -> PlacedNumber:
    """Return a grade with the plus after it ("3+"), which means "or higher"."""
    after = paper.record.span(found.place.part, found.place.end, found.place.end + 1)
    if after.exact != "+":
        paper.report(where, f"the paper prints no “+” after {found.place.exact}", "copy the signs beside the number")
        return found
    return replace(found, whole=paper.record.span(after.part, found.place.start, after.end))


def _beside(paper: Paper, of_object: Sequence[Place]) -> Callable[[PlacedNumber], tuple[int, ...]]:
    """Return how badly digits fit as the grade of an object: whether they follow a word for it, and their distance.

    Digits that touch the words of the object fit best, then the nearest ones before them.
    """

    def misfit(found: PlacedNumber) -> tuple[int, ...]:
        text = paper.record.texts[found.place.part]
        start, end = found.whole.start, found.whole.end
        is_called = _GRADE.search(text, max(0, start - _REACH), start) is not None
        distances = [(2, 0)]
        for place in of_object:
            if place.part != found.place.part:
                continue
            between = text[end : place.start] if end <= place.start else ""
            if end <= place.start:
                distances.append((0, 0) if between in {"", " ", "-"} else (1, len(between)))
            elif place.end <= start and _GRADE_BEHIND.fullmatch(text, place.end, start):
                distances.append((0, 1))
        return int(not is_called), *min(distances)

    return misfit


def read_study(
    paper: Paper, entry: Entry, axes: Iterable[tuple[NamedNode, Value]], values: Iterable[tuple[NamedNode, Value]]
) -> tuple[tuple[NamedNode, Value], ...]:
    """Return the study of a statement: the named one, or for an observation the paper's only study."""
    key = entry.text("study")
    if key is not None and key not in paper.studies:
        paper.report(entry.at("study"), f"there is no study “{key}”", f"write [study.{key}]")
    elif key is not None:
        return ((model.STUDY, paper.studies[key].iri),)
    elif len(paper.studies) == 1 and (model.BASIS, model.OBSERVED) in axes and not _of_group(entry, values):
        return ((model.STUDY, next(iter(paper.studies.values())).iri),)
    return ()


def _of_group(entry: Entry, values: Iterable[tuple[NamedNode, Value]]) -> bool:
    """Tell whether a statement is about a group, which has a study."""
    ends = (entry.text("subject") or "", entry.text("object") or "")
    return any(property_ == model.GROUP for property_, _ in values) or any(each.startswith("@") for each in ends)
