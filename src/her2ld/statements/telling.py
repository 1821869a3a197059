"""The comparison of papers in words: the same for a terminal and for a page.

The caller supplies labels, years and the names of groups: neither the ontology nor a store is known here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from her2ld.statements.comparison import Compared, Stance, Support, patients
from her2ld.statements.disagreements import Disagreement, NumberDifference
from her2ld.statements.fields import FIELDS, SETTING_ORDER
from her2ld.statements.plain import Judge, Setting, setting_of_group
from her2ld.statements.statement import Claim, Result, Statement
from her2ld.statements.voices import claim_key, compared_setting
from her2ld.texts import counted
from her2ld.vocabulary import statement_model as model

_PART_NAMES = {field.property: field.name.replace("_", " ") for field in FIELDS} | {
    model.DOSE: "dose", model.RESULT_TIME: "time of the result", model.COUNTED: "what is counted",
}  # fmt: skip
_DONE = {
    Stance.AFFIRMS: "affirmed by", Stance.HEDGES: "hedged by", Stance.DENIES: "denied by",
    Stance.FINDS_NO: "not found by", Stance.LEAVES_OPEN: "left open by", Stance.ASKS: "asked by",
    Stance.RETRACTED: "retracted in",
}  # fmt: skip
Year = Callable[[NamedNode], str]


def claim_words(claim: Claim | None, label: Callable[[NamedNode], str]) -> str:
    """Return a claim in words: the labels of its parts."""
    parts = (claim.subject, claim.relation, claim.object) if claim else ()
    return " ".join(label(each) for each in parts if each)


def support_words(support: Support, year: Year, by: Judge) -> list[str]:
    """Return how many papers affirm, hedge, deny a claim and so on, as one text for each stance that occurs."""
    return [f"{_DONE[stance]} {_papers(support, stance, year, by)}" for stance in support.statements]


def _papers(support: Support, of: Stance, year: Year, by: Judge) -> str:
    papers = support.papers(of)
    found = sizes(support.statements[of], by)
    beside = [", ".join(years(papers, year)), f"n = {', '.join(map(str, found))}" if found else ""]
    told = "; ".join(filter(None, beside))
    return counted(len(papers), "paper") + (f" ({told})" if told else "")


def years(papers: Iterable[NamedNode], year: Year) -> list[str]:
    """Return the years of papers, sorted, each once."""
    return sorted({found for each in papers if (found := year(each))})


def sizes(statements: Iterable[Statement], by: Judge) -> list[int]:
    """Return the numbers of patients of statements, each once: they are never added up."""
    return sorted({size for each in statements if (size := patients(each, by)) is not None})


def opposing(statements: Iterable[Statement], comparison: Compared) -> list[Disagreement]:
    """Return the disagreements that dispute or limit one of the statements."""
    own = {each.iri for each in statements}
    return [each for each in comparison.disagreements if not own.isdisjoint((*each.disputed, *each.limited))]


def disagreement_words(
    disagreement: Disagreement, statements: Iterable[Statement], label: Callable[[NamedNode], str]
) -> str:
    """Return the effect of a disagreement on statements, its reason, and the differences between the settings."""
    effect = "limits" if {each.iri for each in statements}.isdisjoint(disagreement.disputed) else "disputes"
    return f"{effect}: {label(disagreement.why.value)}; {differ_words(disagreement.differs)}"


def differ_words(parts: Sequence[NamedNode]) -> str:
    """Return the differences between two settings in words."""
    return f"they differ in {', '.join(part_names(parts))}" if parts else "the same setting"


def part_names(parts: Iterable[NamedNode]) -> list[str]:
    """Return the names of parts of a setting."""
    return [_PART_NAMES.get(part, part.value) for part in parts]


def difference_words(difference: NumberDifference) -> str:
    """Return in words whether differing numbers share population and system, and their other differences."""
    population, system = (
        "the same" if same else "another" for same in (difference.same_population, difference.same_system)
    )
    return f"of {population} population and {system} system; {differ_words(difference.differs)}"


def number_words(result: Result) -> str:
    """Return a number with its interval in words; open ends are named."""
    unit = f" {result.unit}" if result.unit else ""
    lower, upper = (("open" if each is None else f"{each:f}") for each in (result.lower, result.upper))
    value = "" if result.value is None else f"{result.value:f}{unit} "
    count = f", {result.count} of {result.out_of}" if result.count is not None and result.out_of is not None else ""
    return f"{value}({lower} to {upper}{'' if value else unit}){count}"


def where(statement: Statement, by: Judge) -> Setting:
    """Return the setting of a statement as it is compared; nothing for a claim that lacks a part."""
    key = claim_key(statement.claim, by.steering)
    return compared_setting(statement, key, by) if key else {}


def where_number(statement: Statement, result: Result, by: Judge) -> Setting:
    """Return the setting of a number: that of its statement, with its group and its time."""
    parts = dict(where(statement, by))
    group = by.groups.get(result.group) if result.group else None
    if group:
        parts |= {each: values for each, values in setting_of_group(group, by).items() if values}
    if result.time:
        parts[model.RESULT_TIME] = frozenset({Literal(result.time)})
    return parts


def in_order(
    setting: Setting, name: Callable[[NamedNode | Literal], str]
) -> Iterator[tuple[str, list[NamedNode | Literal]]]:
    """Yield the names of the parts of a setting, each with its values, sorted by their ``name``."""
    for each in (*SETTING_ORDER, model.RESULT_TIME):
        if each in setting:
            yield _PART_NAMES[each], sorted(setting[each], key=lambda value: (name(value), str(value)))


def setting_words(setting: Setting, name: Callable[[NamedNode | Literal], str]) -> str:
    """Return a setting in words."""
    return "; ".join(f"{part} {', '.join(map(name, values))}" for part, values in in_order(setting, name))
