"""The studies of a paper and their groups: described once, and statements point to them by the curator's names."""

from collections.abc import Iterable
from decimal import Decimal

from pyoxigraph import NamedNode

from her2ld import iris
from her2ld.curation.form import Entry
from her2ld.curation.paper import Paper
from her2ld.errors import Problem
from her2ld.pubmed import Span as Place
from her2ld.statements import Group, Span, Statement, Study
from her2ld.texts.numbers import find_number
from her2ld.texts.quantities import read_count
from her2ld.vocabulary import statement_model as model


def read_studies(paper: Paper, studies: tuple[Entry, ...], groups: tuple[Entry, ...]) -> None:
    """Add the studies and the groups of the entries to the paper."""
    for entry in studies:
        quote = paper.quote(entry) if "quote" in entry else None
        designs = [paper.term(name, f"{entry.where}, design", model.DESIGN_CLASS) for name in entry.texts("design")]
        size = _size(paper, entry, quote)
        if size is None and any(each and each.iri in paper.vocabulary.steering.designs_of_one for each in designs):
            size = 1
        paper.studies[entry.key] = Study(
            iri=iris.study(paper.record, entry.key),
            called=entry.text("called"),
            designs=tuple(term.iri for term in designs if term),
            registry_numbers=entry.texts("registry"),
            populations=_populations(paper, entry),
            size=size,
            evidence=_evidence(paper, quote),
        )
        for number in entry.texts("registry"):
            paper.anywhere(number, f"{entry.where}, registry")
    keys = {entry.key for entry in groups}
    for entry in groups:
        _read_group(paper, entry, keys)


def _read_group(paper: Paper, entry: Entry, keys: set[str]) -> None:
    quote = paper.quote(entry) if "quote" in entry else None
    regimen = paper.term(entry.text("regimen") or "", f"{entry.where}, regimen") if "regimen" in entry else None
    within = entry.text("within")
    if within is not None and within not in keys:
        paper.report(
            f"{entry.where}, within", f"there is no group “{within}”", f"write one of {', '.join(sorted(keys))}"
        )
    study = entry.text("study") or (next(iter(paper.studies)) if len(paper.studies) == 1 else None)
    if study is not None and study not in paper.studies:
        paper.report(f"{entry.where}, study", f"there is no study “{study}”", f"write [study.{study}]")
    called = entry.text("called")
    if called is None:
        paper.report(entry.where, "“called” is missing", "write the words by which the paper names the group")
    else:
        paper.anywhere(called, f"{entry.where}, called")
    conditions = [paper.term(name, f"{entry.where}, condition") for name in entry.texts("condition")]
    paper.groups[entry.key] = Group(
        iri=iris.group(paper.record, entry.key),
        called=called,
        of_study=paper.studies[study].iri if study in paper.studies else None,
        within=iris.group(paper.record, within) if within in keys else None,
        regimen=regimen.iri if regimen else None,
        populations=_populations(paper, entry),
        conditions=tuple(term.iri for term in conditions if term),
        size=_size(paper, entry, quote),
        evidence=_evidence(paper, quote),
    )


def note_patients_unknown(paper: Paper, studies: Iterable[Entry], statements: Iterable[Statement]) -> None:
    """Note each study that does not say in which patients it observed what statements say of some.

    Of patients is what has a population or a group that is counted, unless the study is one of cells or of animals.
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


def _populations(paper: Paper, entry: Entry) -> tuple[NamedNode, ...]:
    terms = [paper.term(name, f"{entry.where}, population") for name in entry.texts("population")]
    return tuple(term.iri for term in terms if term)


def _evidence(paper: Paper, quote: Place | None) -> tuple[Span, ...]:
    return (paper.span(quote),) if quote else ()


def _size(paper: Paper, entry: Entry, quote: Place | None) -> int | None:
    text = entry.text("n")
    if text is None:
        return None
    count = read_count(text, f"{entry.where}, n")
    if isinstance(count, Problem):
        paper.problems.append(count)
        return None
    if quote is None:
        if "quote" not in entry:  # one that does not stand in the record was told already
            paper.report(entry.where, "“quote” is missing", "quote the words that hold the number")
    elif find_number(Decimal(count), quote.exact) is None:
        paper.report(f"{entry.where}, n", f"the quote does not hold {text!r}", "quote the words that hold the number")
    return count
