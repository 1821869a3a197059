"""What papers said up to a year: the same as if the later ones had never been read."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from her2ld import Curation, as_of, build, curation_folders, read_curation, read_ontology, reason
from her2ld.cli import main
from her2ld.dataset import without_named_graphs
from her2ld.vocabulary import model as graphs
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model

HERE = Path(__file__).parent
MADE_UP = str(HERE / "claims")
FIRST, SECOND = (NamedNode(f"https://doi.org/10.5555/made-up-{number}") for number in (1, 2))  # of 2019 and of 2021
COMPARED = (graphs.ONTOLOGY_GRAPH, graphs.ASSERTED_GRAPH, graphs.HEDGED_GRAPH, graphs.STATEMENTS_GRAPH)
YEARS = (2000, 2001, 2018, 2019, 2020, 2021, 9999)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@cache
def curations() -> tuple[Curation, ...]:
    """Return three papers: the review of 2001, and two made-up ones that contradict each other."""
    folders = (*curation_folders(), *curation_folders(HERE / "claims"))
    return tuple(read_curation(folder, read_ontology()) for folder in folders)


@cache
def data(year: int = 9999) -> tuple[Quad, ...]:
    """Return the data of the papers up to a year, as if the others did not exist."""
    return tuple(build(read_ontology(), [each for each in curations() if int(each.record.citation.year or 0) <= year]))


@cache
def made_up() -> tuple[Quad, ...]:
    return tuple(build(read_ontology(), curations()[1:]))


def compared(quads: Iterable[Quad]) -> set[Quad]:
    """Return what is drawn from statements, without curators: one may have read more papers than one."""
    quads = tuple(quads)
    curators = {quad.subject for quad in quads if quad.object == standard.AGENT}
    return {quad for quad in quads if quad.graph_name in COMPARED and quad.subject not in curators}


@pytest.mark.parametrize("year", YEARS)
def test_it_is_as_if_the_later_papers_had_not_been_read(year: int) -> None:
    found = as_of(data(), year, read_ontology())
    assert compared(found.quads) == compared(data(year))
    read = [each for each in curations() if int(each.record.citation.year or 0) <= year]
    assert (found.papers, found.statements) == (len(read), sum(len(each.statements) for each in read))
    assert found.later.papers == 3 - found.papers
    assert (found.without_year.papers, found.without_paper, found.unstated, found.first_year) == (0, 0, 0, 2001)


@pytest.mark.parametrize("year", YEARS)
def test_it_is_so_where_all_graphs_are_one(year: int) -> None:
    found = as_of(without_named_graphs(data()), year, read_ontology())
    plain = {quad for quad in found.quads if quad.graph_name in (graphs.ASSERTED_GRAPH, graphs.HEDGED_GRAPH)}
    assert plain == {quad for quad in data(year) if quad.graph_name in (graphs.ASSERTED_GRAPH, graphs.HEDGED_GRAPH)}
    curators = {quad.subject for quad in data() if quad.object == standard.AGENT}
    others = {quad.triple for quad in data() if quad.graph_name == graphs.RECORDS_GRAPH or quad.subject in curators}
    left = {quad.triple for quad in found.quads if quad not in plain} - others
    assert left == {quad.triple for quad in compared(data(year)) if quad not in plain} - others
    assert found.unstated == 0


def test_what_was_inferred_from_later_papers_is_left_out() -> None:
    """A file of ``her2ld export --reasoned`` in one graph has it among its triples."""
    everything = [*without_named_graphs([*data(), *reason(data()).quads()])]
    before = reason(as_of(everything, 2000, read_ontology()).quads)
    of_ontology = {each for each in reason(read_ontology().quads).new if each.predicate != standard.SUBCLASS_OF}
    assert {each for each in before.new if each.subject in read_ontology().terms} == of_ontology


def test_a_claim_that_was_disputed_later_was_affirmed_before() -> None:
    (claim,) = (quad.subject for quad in data() if quad.object == model.DISPUTED_CLAIM)
    about = next(each.claim for paper in curations() for each in paper.claims if each.claim and each.claim.iri == claim)
    assert about.subject and about.relation and about.object  # noqa: PT018
    plain = Quad(about.subject, about.relation, about.object, graphs.ASSERTED_GRAPH)
    early, late = (as_of(data(), year, read_ontology()).quads for year in (2019, 2021))
    assert (plain in early, plain in late) == (True, False)
    assert [quad.object for quad in early if (quad.subject, quad.predicate) == (claim, model.CLAIM_STATUS)] == [
        model.AFFIRMED_CLAIM
    ]


def dated(quads: Iterable[Quad], *dates: str, paper: NamedNode = FIRST) -> list[Quad]:
    """Return quads in which a paper has other dates."""
    kept = [quad for quad in quads if (quad.subject, quad.predicate) != (paper, standard.DATE)]
    return [*kept, *(Quad(paper, standard.DATE, Literal(each), graphs.RECORDS_GRAPH) for each in dates)]


@pytest.mark.parametrize(
    ("dates", "is_in"),
    [
        (("2019",), True),
        (("2019-11",), True),
        (("2019-11-30",), True),
        (("2019", "2019-11-30"), True),
        ((), False),
        (("2018", "2019"), False),
        (("in 2019",), False),
        (("20190101",), False),
        (("-2019",), False),
    ],
)
def test_a_paper_needs_one_year(dates: tuple[str, ...], is_in: bool) -> None:  # noqa: FBT001
    found = as_of(dated(made_up(), *dates), 2020, read_ontology())
    assert (found.papers, found.statements) == ((1, 2) if is_in else (0, 0))
    assert (found.without_year.papers, found.without_year.statements) == ((0, 0) if is_in else (1, 2))
    assert (found.later.papers, found.later.statements) == (1, 2)


def test_what_has_no_paper_or_no_statement_is_counted() -> None:
    vocabulary = read_ontology()
    nodes = [quad.subject for quad in made_up() if quad.predicate == model.AFFIRMS]
    quads = [quad for quad in made_up() if (quad.subject, quad.predicate) != (nodes[0], standard.DERIVED_FROM)]
    relation, subject, value = (vocabulary.names[name].iri for name in ("activates", "her2 protein", "her3 protein"))
    quads.append(Quad(subject, relation, value, graphs.ASSERTED_GRAPH))
    quads.append(Quad(value, relation, subject))
    quads.append(Quad(value, NamedNode(standard.RDFS + "seeAlso"), subject))
    found = as_of(quads, 2019, vocabulary)
    assert (found.papers, found.statements, found.without_paper, found.unstated) == (1, 1, 1, 2)
    assert [quad for quad in quads[-3:] if quad in found.quads] == quads[-1:]


# --- On the command line --------------------------------------------------------------------------------------------


def written(quads: Iterable[Quad], file: Path) -> str:
    file.write_bytes(serialize(quads, format=RdfFormat.N_QUADS) or b"")
    return str(file)


LATER = "left out: 1 paper of a later year (2 statements)"


def test_reason_says_what_followed_then_and_what_is_left_out(tmp_path: Path) -> None:
    alone = run("reason", f"{MADE_UP}/10.5555_made-up-1").stdout
    said = f"as of 2020: 1 paper with 2 statements; {LATER}\n"
    assert run("reason", MADE_UP, "--as-of", "2020").stdout == alone + said
    assert run("reason", written(made_up(), tmp_path / "both.nq"), "--as-of", "2020").stdout == alone + said


@pytest.mark.slow
def test_hermit_is_asked_of_the_same_papers() -> None:
    rules = run("reason", MADE_UP, "--as-of", "2020")
    checked = run("reason", MADE_UP, "--as-of", "2020", "--engine", "hermit")
    assert (checked.exit_code, checked.stdout, checked.stderr) == (0, rules.stdout, "")


def test_before_all_papers_the_ontology_alone_is_there(tmp_path: Path) -> None:
    empty = written(read_ontology().quads, tmp_path / "ontology.nq")
    alone = run("reason", empty).stdout
    lines = "these triples follow from the ontology alone\nas of {}: no paper is that old, {}{}\n"
    assert run("reason", "--as-of", "1999").stdout == alone + lines.format(
        1999, "the first is of 2001; left out: 1 paper of a later year (50 statements)", ""
    )
    assert run("reason", empty, "--as-of", "1999").stdout == alone + lines.format(1999, "none has a year", "")


def test_without_year_is_said_apart(tmp_path: Path) -> None:
    file = written(dated(made_up()), tmp_path / "undated.nq")
    last = run("reason", file, "--as-of", "2020").stdout.splitlines()[-1]
    why = "1 paper of a later year (2 statements), 1 paper without a year (2 statements)"
    assert last == f"as of 2020: no paper is that old, the first is of 2021; left out: {why}"


def test_why_knows_no_later_paper(tmp_path: Path) -> None:
    text = "capecitabine increases apoptosis"
    file = written(made_up(), tmp_path / "both.nq")
    for source in (MADE_UP, file):
        then = run("reason", source, "--as-of", "2019", "--why", text)
        assert then.exit_code == 0
        assert then.stdout.splitlines()[1].startswith("  certain: “Capecitabine increased apoptosis in BT-474 cells”")
        assert then.stdout.endswith(f"as of 2019: 1 paper with 2 statements; {LATER}\n")
        later = run("reason", source, "--as-of", "2021", "--why", text)
        assert (later.exit_code, later.stdout.splitlines()[0]) == (1, f"{text}: it does not follow")
        early = run("reason", source, "--as-of", "2018", "--hedged", "--why", text)
        assert (early.exit_code, early.stdout.splitlines()[:2]) == (
            1,
            [f"{text}: it does not follow", "these triples follow from the ontology alone"],
        )


def test_what_only_a_later_paper_suggests_gives_no_conclusion(tmp_path: Path) -> None:
    out = tmp_path / "then.nq"
    arguments = ("reason", *map(str, curation_folders()), MADE_UP, "--hedged", "--as-of", "2001")
    report = json.loads(run(*arguments, "--json", "-o", str(out)).stdout)
    alone = json.loads(run("reason", "--hedged", "--json").stdout)
    assert report["conclusions"]
    assert report.pop("as_of") == {
        "year": 2001,
        "papers": 1,
        "statements": 50,
        "first_year": 2001,
        "left_out": {
            "of_a_later_year": {"papers": 2, "statements": 4},
            "without_a_year": {"papers": 0, "statements": 0},
            "without_a_paper": {"statements": 0},
            "that_no_statement_says": {"plain_triples": 0},
        },
    }
    assert report == alone
    assert run("reason", "--hedged", "-o", str(tmp_path / "alone.nq")).exit_code == 0
    assert out.read_bytes() == (tmp_path / "alone.nq").read_bytes()
    assert graphs.CONCLUSIONS_GRAPH in {quad.graph_name for quad in parse(out.read_bytes(), format=RdfFormat.N_QUADS)}


def test_conclusions_of_one_graph_are_those_of_named_graphs(tmp_path: Path) -> None:
    named, one = (
        written(each, tmp_path / f"{n}.nq") for n, each in enumerate((data(2001), without_named_graphs(data(2001))))
    )
    reports = [json.loads(run("reason", each, "--hedged", "--json").stdout) for each in (named, one)]
    assert reports[0]["conclusions"] == reports[1]["conclusions"] != []


@pytest.mark.parametrize("verb", ["reason", "claims"])
@pytest.mark.parametrize("year", ["20", "20210", "2O21", "-2021", "+2021", "", "\u0662\u0660\u0662\u0661"])
def test_a_year_has_four_digits(verb: str, year: str) -> None:
    result = run(verb, f"--as-of={year}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"“{year}” is no year: give four digits, such as 2021" in result.stderr


def test_claims_were_undisputed_before_the_second_paper() -> None:
    alone = run("claims", "--data", f"{MADE_UP}/10.5555_made-up-1").stdout
    assert run("claims", "--data", MADE_UP, "--as-of", "2020").stdout == (
        f"{alone}as of 2020: 1 paper with 2 statements; {LATER}\n"
    )
    for option in ("--disputed", "--limited", "--different"):
        then = run("claims", "--data", MADE_UP, option, "--as-of", "2020").stdout
        assert then.startswith("no ")
        now = run("claims", "--data", MADE_UP, option, "--as-of", "2021").stdout
        assert now == run("claims", "--data", MADE_UP, option).stdout + "as of 2021: 2 papers with 4 statements\n"


def test_a_table_of_claims_is_a_table(tmp_path: Path) -> None:
    file = written(made_up(), tmp_path / "both.nq")
    for form in ("csv", "tsv", "json"):
        alone = run("claims", "--data", f"{MADE_UP}/10.5555_made-up-1", "--to", form).stdout
        then = run("claims", "--data", file, "--as-of", "2020", "--to", form)
        assert (then.stdout, then.stderr) == (alone, f"as of 2020: 1 paper with 2 statements; {LATER}\n")
