"""A curator changes terms and takes them back: the lines that differ afterwards, and all that is refused."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode

from her2ld import assets, read_ontology
from her2ld.cli import main
from her2ld.vocabulary import model
from tests.test_new_terms import MESH, PEGFILGRASTIM, add, inserted, ontology, small

__all__ = ["ontology"]  # the fixture


def term(ontology: Path, verb: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["term", verb, *arguments, "--ontology", str(ontology)])


def block_of(ontology: Path, subject: str) -> list[str]:
    (block,) = (each for each in ontology.read_text(encoding="utf-8").split("\n\n") if each.startswith(f"{subject}\n"))
    return block.split("\n")


PEG = [
    "her2:Pegfilgrastim",
    "    a owl:NamedIndividual, her2:TherapeuticAgent ;",
    '    rdfs:label "pegfilgrastim"@en ;',
]
DEFINED = '    skos:definition "therapeutic agent that is filgrastim joined to polyethylene glycol"@en ;'


def test_the_lines_of_a_term_change_and_no_others(ontology: Path) -> None:
    assert add(ontology, *PEGFILGRASTIM).exit_code == 0
    line = ontology.read_text(encoding="utf-8").split("\n").index(PEG[0]) + 1
    steps: list[tuple[tuple[str, ...], str, list[str]]] = [
        (
            ("--related", "mesh:D016179", "--synonym", "PEG-rmetHuG-CSF"),
            "1 identifier is not proven: give a release that has it with --proof\n",
            [
                '    skos:altLabel "PEG-rmetHuG-CSF"@en ;',
                DEFINED,
                "    skos:relatedMatch mesh:D016179 ;",
                "    her2:notProven mesh:D016179 ;",
                "    her2:notLookedUp true ;",
            ],
        ),
        (
            ("--close", "mesh:C455861", "--synonym", 'the "PEG" one', "--no-term-in", "NCIt 24.04e"),
            "1 identifier is not proven: give a release that has it with --proof\n",
            [
                r'    skos:altLabel "PEG-rmetHuG-CSF"@en, "the \"PEG\" one"@en ;',
                DEFINED,
                "    skos:closeMatch mesh:C455861 ;",
                "    skos:relatedMatch mesh:D016179 ;",
                "    her2:notProven mesh:D016179, mesh:C455861 ;",
                '    her2:noTermIn "NCIt 24.04e" ;',
            ],
        ),
        (
            ("--exact", "mesh:C455861", "--checked-against", "MeSH 2024"),
            "",
            [
                r'    skos:altLabel "PEG-rmetHuG-CSF"@en, "the \"PEG\" one"@en ;',
                DEFINED,
                "    skos:exactMatch mesh:C455861 ;",
                "    skos:relatedMatch mesh:D016179 ;",
                "    her2:notProven mesh:D016179 ;",
                '    her2:noTermIn "NCIt 24.04e" ;',
            ],
        ),
    ]
    for arguments, told, lines in steps:
        result = term(ontology, "change", "Pegfilgrastim", *arguments)
        assert (result.exit_code, result.output) == (0, f"changed pegfilgrastim: {ontology}, line {line}\n{told}")
        assert block_of(ontology, PEG[0]) == [*PEG, *lines, "    ."]
    new = inserted(small(), ontology.read_text(encoding="utf-8"))
    assert [each for each in new if each.startswith("mesh:")] == [
        'mesh:C455861                               her2:checkedAgainst "MeSH 2024" .'
    ]
    assert len(new) == len(block_of(ontology, PEG[0])) + 2
    assert read_ontology(ontology).find('the "PEG" one') == read_ontology(ontology).find("pegfilgrastim")


def test_a_dry_run_shows_the_block_and_writes_nothing(ontology: Path) -> None:
    before = ontology.read_bytes()
    for verb, arguments in (("change", ("--no-term-in", "NCIt 24.04e")), ("remove", ())):
        name = "HER2 phosphorylation" if verb == "change" else "no such name"
        result = term(ontology, verb, name, *arguments, "--dry-run")
        assert ('    her2:noTermIn "NCIt 24.04e" ;' in result.stdout) is (verb == "change")
    assert ontology.read_bytes() == before


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("more", [(), ("--identifier", "mesh:C455861")])
def test_what_was_added_is_taken_back_to_the_byte(ontology: Path, newline: str, more: tuple[str, ...]) -> None:
    ontology.write_bytes(small().replace("\n", newline).encode())
    before = {file.name: file.read_bytes() for file in ontology.parent.glob("*.ttl")}
    assert add(ontology, *PEGFILGRASTIM, *more).exit_code == 0
    if more:
        proven = ("--exact", "mesh:C455861", "--checked-against", "MeSH 2024")
        assert term(ontology, "change", "pegfilgrastim", *proven).exit_code == 0
    result = term(ontology, "remove", "pegfilgrastim")
    assert (result.exit_code, result.stdout.startswith("removed pegfilgrastim: ")) == (0, True)
    assert {file.name: file.read_bytes() for file in ontology.parent.glob("*.ttl")} == before


def problems_of(result: Result) -> list[tuple[str, str]]:
    return re.findall(r"^  (.*)\n  remedy: (.*)$", result.stderr, flags=re.MULTILINE)


def test_all_that_is_wrong_with_a_change_is_said_at_once(ontology: Path) -> None:
    before = ontology.read_bytes()
    arguments = ("--synonym", "herceptin", "--synonym", "HER3", "--exact", "mesh:D000068878", "--broad", "mehs:D1")
    result = term(ontology, "change", "Herceptin", *arguments, "--no-term-in", "MeSH")
    told = [what.partition(" (")[0] for what, _ in problems_of(result)]
    assert (result.exit_code, told) == (
        1,
        [
            "already has the name “herceptin”",
            "the synonym “HER3” is a name of “HER3 protein”",
            "“MeSH” is not the name of a vocabulary and its release",
            "mehs:D1: the prefix mehs is not known",
            "already has that mapping to mesh:D000068878",
        ],
    )
    assert ontology.read_bytes() == before


def test_what_the_shapes_find_is_refused(ontology: Path) -> None:
    before = ontology.read_bytes()
    result = term(ontology, "change", "trastuzumab", "--no-term-in", "MeSH 2024")
    assert result.exit_code == 1
    assert problems_of(result)[0][0] == (
        f"“trastuzumab”: it says that MeSH has no term for it, but it is mapped to one (Trastuzumab ({MESH}D000068878))"
    )
    assert ontology.read_bytes() == before


def test_an_unknown_term_is_told_with_the_nearest(ontology: Path) -> None:
    for arguments in (("change", "trastuzumb", "--synonym", "x"), ("remove", "trastuzumb")):
        result = term(ontology, *arguments)
        expected = [("the ontology has no such entity or class", "did you mean “trastuzumab”?")]
        assert (result.exit_code, problems_of(result)) == (1, expected)
    result = term(ontology, "change", "trastuzumab")
    assert result.exit_code == 2
    assert "give a change: --synonym, --exact (or another match) or --no-term-in" in result.stderr


STATEMENTS = """\
[curation]
curator = "A"
date = 2026-11-30

[group.a]
called = "pegfilgrastim"
regimen = "PEGfilgrastim"

[[statement]]
subject = "trastuzumab"
relation = "improves"
object = "overall survival"
quote = "pegfilgrastim"
each = [{ agent = "pegfilgrastim" }, { dose = [{ agent = "pegfilgrastim", value = "1 mg" }] }]
"""


def test_a_term_that_is_used_stays(ontology: Path, tmp_path: Path) -> None:
    folder = tmp_path / "paper"
    folder.mkdir()
    (folder / "statements.toml").write_text(STATEMENTS, encoding="utf-8")
    assert add(ontology, *PEGFILGRASTIM).exit_code == 0
    table = tmp_path / "terms.tsv"
    table.write_text(
        "kind\tlabel\tdefinition\tno_term_in\thas_component\n"
        "regimen\tmixed drug\tthat is a test\tMeSH 2024\tpegfilgrastim\n",
        encoding="utf-8",
    )
    assert add(ontology, "--from", str(table)).exit_code == 0
    before = ontology.read_bytes()
    line = before.decode().split("\n").index("her2:MixedDrug") + 1
    result = term(ontology, "remove", "pegfilgrastim", "--curation", str(folder))
    statements = folder / "statements.toml"
    assert (result.exit_code, re.findall(r"^(/.*)$", result.stderr, flags=re.MULTILINE)) == (
        1,
        [
            f"{ontology}, line {line}",
            f"{statements}, group a (line 5), regimen",
            f"{statements}, statement 1 (line 9), each 1, agent",
            f"{statements}, statement 1 (line 9), each 2, dose 1, agent",
        ],
    )
    assert ontology.read_bytes() == before


def test_a_term_that_a_question_asks_of_stays(ontology: Path) -> None:
    result = term(ontology, "remove", "trastuzumab")
    assert result.exit_code == 1
    assert ("it uses her2:Trastuzumab", "keep the term") in problems_of(result)


INSTALLED = (
    "belongs to the installed her2ld; the next installation replaces it. Install your clone with pip install "
    "--editable, or name the file of your clone with --ontology."
)


def test_who_writes_into_an_installed_copy_is_told_so(ontology: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "ONTOLOGY", ontology)
    monkeypatch.setattr(assets, "is_installed_copy", lambda: True)
    result = CliRunner().invoke(main, ["term", "add", *PEGFILGRASTIM, "--no-term-in", "MeSH 2024"])
    assert (result.exit_code, result.stderr) == (
        0,
        f"{ontology} {INSTALLED}\n",
    )
    assert read_ontology(ontology).find("pegfilgrastim")
    assert NamedNode(f"{model.HER2LD}Pegfilgrastim") in read_ontology(ontology).terms
