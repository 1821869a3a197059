"""``her2ld claims``: what it lists, in which forms, of which data. docs/claims.md shows more of it."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from click.testing import Result as Ran
from pyoxigraph import NamedNode, Store

from her2ld import ask, find_question, read_ontology
from her2ld.cli import main
from her2ld.cli.claims_verb import ClaimList
from her2ld.statements import Group, Result, Statement, Study
from her2ld.statements.paper_comparison import patients
from her2ld.statements.plain import judge
from her2ld.vocabulary import statement_model as model

HERE = Path(__file__).parent
MADE_UP = str(HERE / "claims")


def run(*arguments: str) -> Ran:
    return CliRunner().invoke(main, ["claims", *arguments])


def rows(*arguments: str) -> list[dict[str, str]]:
    result = run(*arguments, "--to", "csv")
    assert (result.exit_code, result.stderr) == (0, "")
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_without_data_the_shipped_claims_are_listed() -> None:
    result = run()
    assert (result.exit_code, result.stderr) == (0, "")
    assert "trastuzumab is directed against HER2 protein: affirmed, first said in 2001\n  affirmed by " in result.stdout
    assert (
        result.stdout.splitlines()[-1] == f"{len(rows())} claims: " + result.stdout.rpartition("claims: ")[2].rstrip()
    )


@pytest.mark.parametrize(
    ("term", "claims"),
    [
        ("capecitabine", 3),
        ("apoptosis", 2),
        ("improves", 1),
        ("  Overall  Survival ", 1),
        ("trastuzumab", 0),
    ],
)
def test_a_term_keeps_the_claims_that_speak_of_it(term: str, claims: int) -> None:
    assert len(rows(term, "--data", MADE_UP)) == claims


def test_a_term_finds_the_claims_that_hold_where_it_is_given() -> None:
    found = rows("trastuzumab emtansine", "--kinds", "--data", str(HERE.parent / "curation" / "34014777"))
    objects = {row["object"] for row in found if row["subject"] != "trastuzumab emtansine"}
    assert {"overall survival", "progression-free survival"} <= objects


def test_a_term_finds_its_kinds_and_the_regimens_with_it() -> None:
    found = {row["subject"] for row in rows("pertuzumab", "--kinds", "--data", str(HERE / "sentences" / "34019819"))}
    assert found == {"docetaxel, carboplatin, trastuzumab and pertuzumab", "trastuzumab and pertuzumab"}
    wider = rows("breast cancer", "--kinds")
    assert {"breast cancer", "metastatic breast cancer"} <= {row["object"] for row in wider}


def test_an_unknown_term_is_told_with_the_nearest() -> None:
    result = run("capecitabin")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "capecitabin\n  is not the name of a term\n  remedy: did you mean “capecitabine”?\n"
    assert "give a name of the ontology" in run("xyzzy-9").stderr
    assert "remedy: did you mean “drug resistance” or “" in run("Resistance").stderr


@pytest.mark.parametrize(
    "options", [("--disputed", "--limited"), ("--limited", "--different"), ("--disputed", "--limited", "--different")]
)
def test_one_thing_is_asked_at_a_time(options: tuple[str, ...]) -> None:
    result = run(*options)
    assert result.exit_code == 2
    assert "ask for one thing at a time: --disputed, --limited or --different" in result.stderr


@pytest.mark.parametrize("option", [(), ("--quotes",), ("--disputed",), ("--limited",), ("--different",)])
def test_every_form_says_the_same(option: tuple[str, ...]) -> None:
    as_csv = rows(*option, "--data", MADE_UP)
    assert as_csv
    tabbed = run(*option, "--data", MADE_UP, "--to", "tsv").stdout
    assert list(csv.DictReader(io.StringIO(tabbed), delimiter="\t")) == as_csv
    as_json = json.loads(run(*option, "--data", MADE_UP, "--to", "json").stdout)
    flat = [
        {
            name: "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
            for name, value in row.items()
        }
        for row in as_json
    ]
    assert flat == as_csv


def test_both_sides_of_a_dispute_are_in_the_table() -> None:
    one, other = rows("--disputed", "--data", MADE_UP)
    assert {one["quote"], other["quote"]} == {
        "Capecitabine decreased apoptosis",
        "Capecitabine increased apoptosis in BT-474 cells",
    }
    assert {one["effect"], other["effect"]} == {"limited", "disputed"}
    assert {one["paper"], other["paper"]} == {f"https://doi.org/10.5555/made-up-{number}" for number in (1, 2)}
    assert one["differs_in"] == other["differs_in"] == "system"
    assert one["opposition"] == "opposite relation"


def test_the_other_side_is_shown_though_its_claim_was_not_asked_for() -> None:
    result = run("increases", "--disputed", "--data", MADE_UP)
    assert "of “capecitabine decreases apoptosis”" in result.stdout


def test_numbers_say_whether_population_and_system_are_the_same() -> None:
    for row in rows("--different", "--data", MADE_UP):
        assert (row["same_population"], row["same_system"], row["differs_in"]) == ("no", "yes", "population")


def test_nothing_found_is_said() -> None:
    folder = str(HERE / "sentences" / "34019819")
    assert run("--disputed", "--data", folder).stdout == "no claims disputed\n"
    assert run("--limited", "--data", folder).stdout == "no claims limited\n"
    assert run("--different", "--data", folder).stdout == "no differences of numbers\n"
    assert rows("--different", "--data", folder) == []


def test_rdf_says_what_the_folders_say(tmp_path: Path) -> None:
    file = tmp_path / "both.nq"
    assert CliRunner().invoke(main, ["export", MADE_UP, "-o", str(file)]).exit_code == 0
    for option in ((), ("--disputed",), ("--limited",), ("--different",)):
        assert run(*option, "--data", str(file)).stdout == run(*option, "--data", MADE_UP).stdout


def test_files_that_were_exported_apart_are_compared(tmp_path: Path) -> None:
    files = []
    for folder in sorted(Path(MADE_UP).iterdir()):
        files += ["--data", str(tmp_path / f"{folder.name}.nq")]
        assert CliRunner().invoke(main, ["export", str(folder), "-o", files[-1]]).exit_code == 0
    assert run("--disputed", *files).stdout == run("--disputed", "--data", MADE_UP).stdout


def test_mistakes_of_one_paper_are_told_and_the_others_listed(tmp_path: Path) -> None:
    shutil.copytree(MADE_UP, tmp_path / "papers")
    wrong = min((tmp_path / "papers").iterdir()) / "statements.toml"
    wrong.write_text(wrong.read_text(encoding="utf-8").replace('"increases"', '"increeses"'), encoding="utf-8")
    result = run("--data", str(tmp_path / "papers"))
    assert result.exit_code == 1
    assert "increeses" in result.stderr
    assert result.stdout.endswith("2 claims: 1 affirmed, 1 denied\n")


def test_a_place_that_is_not_there_is_told() -> None:
    result = run("--data", "nowhere/at-all")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is not a curation folder" in result.stderr


@pytest.mark.parametrize(
    ("of_group", "size", "totals", "expected"),
    [
        (False, None, (), 131),
        (True, 11, (), 11),
        (True, None, (), None),
        (True, None, (("own", 55), ("none", 22), ("another", 285)), 55),
        (False, 0, (("another", 285),), 131),
    ],
)
def test_a_statement_is_of_its_group_and_takes_the_study_only_without_one(
    *, of_group: bool, size: int | None, totals: tuple[tuple[str, int], ...], expected: int | None
) -> None:
    study, group, other = (NamedNode(f"urn:{name}") for name in ("study", "group", "other"))
    of = {"own": group, "another": other, "none": None}
    results = tuple(Result(NamedNode("urn:result"), group=of[name], out_of=total) for name, total in totals)
    values = ((model.STUDY, study), *([(model.GROUP, group)] if of_group else []))
    statement = Statement(NamedNode("urn:statement"), "", None, None, (), values=values, results=results)
    by = judge(read_ontology().steering, [Study(study, size=131)], [Group(group, of_study=study, size=size)])
    assert patients(statement, by) == expected


QUOTED = """\
capecitabine decreases apoptosis: limited, first said in 2021
  affirmed by 1 paper (2021)
    affirmed, 2021, https://doi.org/10.5555/made-up-2
      “Capecitabine decreased apoptosis”
capecitabine increases apoptosis: disputed, first said in 2019
  affirmed by 1 paper (2019)
    affirmed, 2019, https://doi.org/10.5555/made-up-1, system BT-474 cell line
      “Capecitabine increased apoptosis in BT-474 cells”
2 claims: 1 limited, 1 disputed
"""


def test_quotes_stand_under_their_claims() -> None:
    result = run("apoptosis", "--quotes", "--data", MADE_UP)
    assert (result.exit_code, result.stdout, result.stderr) == (0, QUOTED, "")


def test_quotes_make_a_row_of_each_statement() -> None:
    found = rows("--quotes")
    claims = {row["claim"]: row for row in rows()}
    assert {row["claim"] for row in found} == claims.keys()
    stances = ("affirming", "hedging", "denying", "not_finding", "leaving_open", "asking", "retracted")
    for iri, claim in claims.items():
        papers = {(row["stance"], row["paper"]) for row in found if row["claim"] == iri}
        assert len(papers) == sum(int(claim[stance]) for stance in stances)
    assert all(row["quote"] and row["paper"] for row in found)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All papers that come with her2ld, as a file; elsewhere the tests have one paper."""
    file = tmp_path_factory.mktemp("papers") / "all.nq"
    assert CliRunner().invoke(main, ["export", str(HERE.parent / "curation"), "-o", str(file)]).exit_code == 0
    return file


@pytest.mark.slow
def test_the_claims_about_a_term_are_those_of_the_question(papers: Path) -> None:
    """Of all papers, for each term that is the subject, the relation or the object of a claim."""
    store = Store()
    store.load(path=papers)
    question = find_question("claims_about").query.replace("VALUES ?thing { her2:HER2 }", "")
    asked: dict[object, set[object]] = {}
    for row in ask(store, question).table():  # type: ignore[union-attr]
        for end in (row["subject"], row["relation"], row["object"]):
            asked.setdefault(end, set()).add(row["claim"])
    listed: dict[object, set[object]] = {}
    for each in ClaimList.of(list(store), read_ontology(), None).supports:
        for end in (each.claim.subject, each.claim.relation, each.claim.object):
            listed.setdefault(end, set()).add(each.claim.iri)
    assert len(listed) > 400
    assert listed == asked


def claims_of_question(name: str, data: str) -> set[str]:
    question = ["query", "claims_about", "--p", f"thing={name}", "--to", "csv", "--data", data]
    return {row["claim"] for row in csv.DictReader(io.StringIO(CliRunner().invoke(main, question).stdout))}


@pytest.mark.parametrize("name", ["capecitabine", "apoptosis", "overall survival", "improves"])
def test_a_term_lists_the_claims_of_the_question(name: str) -> None:
    claims = {row["claim"] for row in rows(name, "--data", MADE_UP)}
    assert claims
    assert claims == claims_of_question(name, MADE_UP)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["trastuzumab", "breast cancer", "lapatinib"])
def test_kinds_add_claims(name: str, papers: Path) -> None:
    claims = {row["claim"] for row in rows(name, "--data", str(papers))}
    assert claims == claims_of_question(name, str(papers))
    assert claims < {row["claim"] for row in rows(name, "--kinds", "--data", str(papers))}


def test_kinds_need_a_term() -> None:
    result = run("--kinds")
    assert (result.exit_code, "--kinds needs a TERM" in result.stderr) == (2, True)


def test_claims_that_kinds_would_add_are_counted() -> None:
    folder = str(HERE / "sentences" / "34019819")
    last = run("pertuzumab", "--data", folder).stdout.splitlines()[-1]
    with_kinds = rows("pertuzumab", "--kinds", "--data", folder)
    assert last == f"no claims; --kinds adds {len(with_kinds)}"
    assert "--kinds adds" not in run("pertuzumab", "--kinds", "--data", folder).stdout
