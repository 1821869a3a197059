"""The questions on all curated papers: whole answers, each row read beside its quote.

    python -m tests.test_questions_of_the_corpus

writes the answers anew from the papers as they are, to be read before they are committed.
"""

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from her2ld import Curation, bind, build, curation_folders, find_question, read_curation, read_ontology, read_questions
from her2ld.vocabulary import model, standard
from tests.denied import denied, hedged
from tests.engines import Rows, ask_oxigraph, compact

ROOT = Path(__file__).parent.parent
ANSWERS = Path(__file__).parent / "corpus"
# Questions with the values of their parameters, where the answer to the defaults is not the one that tells most.
ASKED: dict[str, dict[str, str | int]] = {
    "adverse_events": {},
    "aims_of_studies": {},
    "binding_partners": {"molecule": "ImmunoglobulinG"},
    "biomarkers": {},
    "clinical_findings": {},
    "compared_agents": {"agent": "Abemaciclib"},
    "evidence_of_edge": {},
    "first_said": {"thing": "HER2", "until": 2001},
    "known_of_population": {},
    "negative_findings": {},
    "not_known": {},
    "outcomes_of_regimen": {},
    "preclinical_findings": {},
    "prevalence": {},
    "regulators_of_protein": {"protein": "PDL1"},
    "resistance_and_sensitivity": {},
    "studies_of": {},
    "therapeutic_targets": {},
    "treatments_of_disease": {},
}
# They speak of studies, or of what is affirmed alone, so that no row is left where all is denied.
WITHOUT_LINK = {"first_said", "studies_of"}
LEFT_OPEN = {"her2:about", "her2:leavesOpen"}

pytestmark = pytest.mark.xdist_group("corpus")


@cache
def curations() -> tuple[Curation, ...]:
    return tuple(read_curation(folder, read_ontology()) for folder in curation_folders(ROOT / "curation"))


def as_it_is(curation: Curation) -> Curation:
    return curation


@cache
def data(copy: Callable[[Curation], Curation]) -> tuple[Quad, ...]:
    return tuple(build(read_ontology(), [copy(each) for each in curations()]))


@cache
def answers(copy: Callable[[Curation], Curation] = as_it_is, *, by_default: bool = False) -> dict[str, Rows]:
    """Return what a copy of all papers answers, by question."""
    queries = {name: find_question(name).query if by_default else asked(name) for name in ASKED}
    return ask_oxigraph(data(copy), queries, compact(read_ontology().prefixes))


def asked(name: str) -> str:
    values = {
        each: Literal(str(value), datatype=standard.XSD_INTEGER)
        if isinstance(value, int)
        else NamedNode(model.HER2LD + value)
        for each, value in ASKED[name].items()
    }
    return bind(find_question(name), values)


def written(name: str) -> Rows:
    with (ANSWERS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.parametrize("name", ASKED)
def test_a_question_gives_its_answer(name: str) -> None:
    assert answers()[name] == written(name), "read the rows, then: python -m tests.test_questions_of_the_corpus"


def test_each_answer_is_of_a_question() -> None:
    assert sorted(file.stem for file in ANSWERS.glob("*.csv")) == sorted(ASKED)


@pytest.mark.parametrize("name", ASKED)
def test_a_question_has_an_answer_by_default(name: str) -> None:
    header, *rows = answers(by_default=True)[name]
    assert rows
    assert WITHOUT_LINK & {name} or "link" in header


@cache
def until(year: int) -> dict[str, Rows]:
    """Return what the papers up to a year answer, by question, those of the thirty whose default is answered."""
    names = [each.name for each in read_questions() if "until" in {parameter.name for parameter in each.parameters}]
    value = Literal(str(year), datatype=standard.XSD_INTEGER)
    queries = {name: bind(find_question(name), {"until": value}) for name in names}
    return ask_oxigraph(data(as_it_is), queries, compact(read_ontology().prefixes))


def test_until_keeps_the_rows_of_papers_up_to_that_year() -> None:
    early, late = until(2001), until(9999)
    assert len(late) > 20
    found = set()
    for name, (header, *rows) in late.items():
        assert until(2000)[name] == [header]
        if name != "first_said":  # it counts
            year = header.index("year")
            assert early[name] == [header, *(row for row in rows if row[year] == "2001")]
            assert until(2021)[name] == late[name]
            found |= {row[year] for row in rows}
    assert found == {"2001", "2021"}


@pytest.mark.parametrize("name", ASKED)
def test_where_all_is_denied_no_row_affirms(name: str) -> None:
    header, *rows = answers(denied)[name]
    if name in WITHOUT_LINK:
        assert name == "studies_of" or not rows
        return
    links = {row[header.index("link")] for row in rows}
    assert links <= {"her2:denies", *LEFT_OPEN}
    assert rows or name == "aims_of_studies"


@pytest.mark.parametrize("name", ASKED)
def test_where_all_is_hedged_no_row_asserts(name: str) -> None:
    header, *rows = answers(hedged)[name]
    assert rows
    if "certainty" in header:
        said = {row[header.index("certainty")] for row in rows}
        assert said - {""} == {"her2:Possible"}, "a gap has no certainty"


def write() -> None:
    """Write each answer into its file."""
    ANSWERS.mkdir(exist_ok=True)
    for name, rows in answers().items():
        with (ANSWERS / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    write()
