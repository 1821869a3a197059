"""The content of the pages of studies and of their groups."""

from pyoxigraph import Literal, NamedNode

from her2ld.pages.knowledge import Knowledge, Term, View
from her2ld.statements import Group, Study
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model

Rows = list[tuple[NamedNode, list[Term]]]


def studies_view(knowledge: Knowledge) -> View:
    """Return the content of the list of studies: the design, population and number of statements of each."""
    return "studies.html", {
        "title": "Studies",
        "studies": [
            (each, _groups(knowledge, each), _paper(knowledge, each), len(_statements(knowledge, each)))
            for each in knowledge.judge.studies.values()
        ],
    }


def _paper(knowledge: Knowledge, study: Study) -> NamedNode | None:
    return next(iter(knowledge.iris(study.iri, standard.DERIVED_FROM)), None)


def _groups(knowledge: Knowledge, study: Study) -> list[Group]:
    return [each for each in knowledge.judge.groups.values() if each.of_study == study.iri]


def _statements(knowledge: Knowledge, thing: Study | Group) -> set[NamedNode]:
    """Return the statements on a study and its groups, or on a group alone."""
    groups = _groups(knowledge, thing) if isinstance(thing, Study) else []
    return {said.iri for each in (thing, *groups) for _, said in knowledge.uses.get(each.iri, ())}


def study_view(knowledge: Knowledge, study: Study) -> View:
    """Return the content of a study's page."""
    groups = _groups(knowledge, study)
    rows: Rows = [
        (model.DESIGN, list(study.designs)),
        (model.REGISTRATION_NUMBER, list(map(Literal, study.registry_numbers))),
        (model.POPULATION, list(study.populations)),
        (model.SIZE, _size(study)),
        (standard.DERIVED_FROM, list(knowledge.iris(study.iri, standard.DERIVED_FROM))),
    ]
    return _view(knowledge, study, rows, groups)


def group_view(knowledge: Knowledge, group: Group) -> View:
    """Return the content of the page of a study's group."""
    inside = [each for each in knowledge.judge.groups.values() if each.within == group.iri]
    rows: Rows = [
        (model.OF_STUDY, _one(group.of_study)),
        (model.WITHIN, _one(group.within)),
        (model.REGIMEN, _one(group.regimen)),
        (model.POPULATION, list(group.populations)),
        (model.CONDITION, list(group.conditions)),
        (model.SIZE, _size(group)),
        (standard.DERIVED_FROM, list(knowledge.iris(group.iri, standard.DERIVED_FROM))),
    ]
    return _view(knowledge, group, rows, inside)


def _view(knowledge: Knowledge, thing: Study | Group, rows: Rows, groups: list[Group]) -> View:
    """Return a study with all statements on it and on its groups, or a group with the statements on it alone."""
    said = _statements(knowledge, thing)
    return "study.html", {
        "title": thing.called or knowledge.label(thing.iri),
        "is_study": isinstance(thing, Study),
        "iri": thing.iri.value,
        "rows": [(property_, values) for property_, values in rows if values],
        "quotes": thing.evidence,
        "groups": groups,
        "statements": [each for each in knowledge.statements.values() if each.iri in said],
    }


def _one(value: NamedNode | None) -> list[Term]:
    return [value] if value else []


def _size(thing: Study | Group) -> list[Term]:
    return [Literal(thing.size)] if thing.size is not None else []
