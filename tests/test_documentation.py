"""What the documentation shows is what happens."""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from docs import draw_curation, draw_integration, draw_papers, draw_review
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from her2ld import Curation, Vocabulary, export, find_question, read_curation
from her2ld.assets import ONTOLOGY, curation_folders
from her2ld.cli import main
from her2ld.curation.form import KEYED
from her2ld.exports import ONTOLOGY_FORMATS
from her2ld.statements.plain import affirms, is_hedged
from her2ld.vocabulary.identifiers import owner_iri
from her2ld.vocabulary.model import HER2LD

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
ENGINEERS_GUIDE = (ROOT / "docs" / "data-engineers.md").read_text(encoding="utf-8")
CURATION_GUIDE = (ROOT / "docs" / "curation.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def run(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Run a her2ld command in ``folder``, where the repository's files can be named as in the documentation."""
    monkeypatch.chdir(folder)
    for name in ("curation", "ontology", "tests"):
        (folder / name).symlink_to(ROOT / name)
    arguments = shlex.split(command)
    assert arguments[0] == "her2ld"
    result = CliRunner().invoke(main, arguments[1:])
    assert result.exit_code == 0, result.stderr
    return result.stdout, result.stderr


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache for what is prepared of the papers of her2ld."""
    return tmp_path_factory.mktemp("prepared")


@pytest.fixture
def all_papers(prepared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands read all papers of her2ld, as those of a user do."""
    monkeypatch.delenv("HER2LD_CURATION")
    monkeypatch.setenv("XDG_CACHE_HOME", str(prepared))


@pytest.mark.usefixtures("all_papers")
def test_the_first_command_prints_what_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = blocks(README, "sh")[0].rsplit("&& ", 1)[1].strip().removeprefix(".venv/bin/")
    _, err = run(command, tmp_path, monkeypatch)
    first, last = blocks(ENGINEERS_GUIDE, "text")[0].split("…\n")
    printed = [line for line in err.splitlines(keepends=True) if not line.startswith("  ")]  # notes are apart
    assert "".join(printed).startswith(first)
    assert "".join(printed).endswith(last)
    assert len(printed) == 30 + last.count("\n")


def test_the_numbers_of_the_papers_are_those_shown(vocabulary: Vocabulary) -> None:
    papers = [read_curation(folder, vocabulary) for folder in curation_folders(ROOT / "curation")]
    claims = [each for paper in papers for each in paper.claims]
    numbers = {
        "statements and leave": len(claims),
        "questions open": sum(len(paper.gaps) for paper in papers),
        "statements the": sum(map(is_hedged, claims)),
        "are denied or not found": sum(not affirms(each) for each in claims),
        "have numbers": sum(bool(each.results) for each in claims),
    }
    text = " ".join(README.split())
    assert [words for words, number in numbers.items() if f"{number} {words}" not in text] == [], numbers
    message = "run: python docs/draw_papers.py"
    assert draw_papers.PICTURE.read_text(encoding="utf-8") == draw_papers.draw(papers), message


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(each, marks=pytest.mark.slow) if "her2ld site" in each else each
        for each in re.findall(r"^\| `(her2ld [^`]+)`", COMMANDS, flags=re.MULTILINE)
    ],
)
def test_the_commands_of_the_table_run(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(command, tmp_path, monkeypatch)


def test_the_statement_shown_is_in_the_turtle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, _ = run("her2ld export --to turtle", tmp_path, monkeypatch)
    for shown in blocks(ENGINEERS_GUIDE, "turtle"):
        for block in shown.split("\n\n"):
            assert block.rstrip() in out


@pytest.mark.usefixtures("all_papers")
def test_the_queries_and_programs_have_the_answers_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (query,) = blocks(ENGINEERS_GUIDE, "sparql")
    (tmp_path / "agents.rq").write_text(query, encoding="utf-8")
    (shown,) = blocks(ENGINEERS_GUIDE, "console")
    command, _, expected = shown.removeprefix("$ ").partition("\n")
    assert run(command, tmp_path, monkeypatch) == (expected, "")
    result = CliRunner().invoke(main, ["export", "--to", "ntriples", "-o", "her2-linked-data/her2.nt"])
    assert result.exit_code == 0, result.stderr
    programs, answers = blocks(ENGINEERS_GUIDE, "python"), blocks(ENGINEERS_GUIDE, "text")[1:]
    for program, answer in zip(programs, answers, strict=True):
        done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert done.stdout == answer


GUIDES = {
    name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    for name in ("curation", "claims", "curators", "ontologists", "queries", "reasoning")
}


def test_the_readme_is_read_in_two_minutes() -> None:
    assert len(README.split()) <= 700


@pytest.mark.parametrize(
    "shown",
    [
        each
        for page in (README, *GUIDES.values())
        for each in blocks(page, "console")
        # What a paper is read to say goes to standard error; further down.
        if not each.startswith(("$ her2ld export ", "$ her2ld paper "))
    ],
)
@pytest.mark.usefixtures("all_papers")
def test_the_commands_shown_with_their_output_give_it(
    shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shapes,), (table,) = blocks(GUIDES["ontologists"], "turtle"), blocks(GUIDES["ontologists"], "tsv")
    (tmp_path / "my-shapes.ttl").write_text(shapes, encoding="utf-8")
    (tmp_path / "mine.sssom.tsv").write_text(table, encoding="utf-8")
    (question,) = blocks(GUIDES["reasoning"], "sparql")
    (tmp_path / "by-component.rq").write_text(question, encoding="utf-8")
    command, _, expected = shown.removeprefix("$ ").partition("\n")
    assert run(command, tmp_path, monkeypatch) == (expected, "")


def test_the_ontology_opens_in_owlready2_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(blocks(GUIDES["ontologists"], "sh")[0].splitlines()[0], tmp_path, monkeypatch)
    (program,), (answer,) = blocks(GUIDES["ontologists"], "python"), blocks(GUIDES["ontologists"], "text")
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == answer


def test_the_page_on_integration_shows_the_spellings_and_what_the_commands_say() -> None:
    page = draw_integration.PLACE.read_text(encoding="utf-8")
    assert page.count("```console") == 9
    assert draw_integration.draw(page) == page, "run: python docs/draw_integration.py"


def test_the_spellings_shown_are_one_identifier() -> None:
    shown = blocks(draw_integration.PLACE.read_text(encoding="utf-8"), "text")[0].split()
    assert {owner_iri(spelling) for spelling in shown} == {NamedNode(shown[-1])}


def test_the_mappings_guide_shows_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "tests" / "releases")
    shown = blocks((ROOT / "docs" / "mappings.md").read_text(encoding="utf-8"), "console")
    for text, status in zip(shown, (0, 0, 0, 1, 1), strict=True):
        command, _, expected = text.removeprefix("$ her2ld ").partition("\n")
        result = CliRunner().invoke(main, shlex.split(command))
        assert (result.exit_code, result.stdout, result.stderr) == (status, expected, "")


def test_the_contradiction_shown_is_what_is_said(tmp_path: Path) -> None:
    file = tmp_path / "wrong.ttl"
    file.write_text("@prefix her2: <https://w3id.org/her2ld/> . her2:HER2Gene her2:heterodimerizesWith her2:HER3 .")
    (shown,) = blocks(GUIDES["reasoning"], "text")
    assert CliRunner().invoke(main, ["reason", str(file)]).stdout.startswith(shown)


def test_what_does_not_follow_is_told_as_shown() -> None:
    ((claim, answer),) = re.findall(r'`her2ld reason --why "([^"]+)"` answers\s+`([^`]+)`', GUIDES["reasoning"])
    result = CliRunner().invoke(main, ["reason", "--why", claim])
    assert (result.exit_code, result.output) == (1, f"{' '.join(answer.split())}\n")


def test_the_header_shown_is_that_of_the_question() -> None:
    (header,) = blocks(GUIDES["queries"], "text")
    assert find_question("approvals").query.startswith(header + "\n")


def test_the_picture_is_the_one_the_program_draws(review: Curation, vocabulary: Vocabulary) -> None:
    message = "run: python docs/draw_review.py"
    assert draw_review.PICTURE.read_text(encoding="utf-8") == draw_review.draw(review, vocabulary), message


def test_the_links_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    targets = [
        (page.parent / target).resolve()
        for page in pages
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
        if not target.startswith("https://")
    ]
    assert len(targets) > 5
    assert [target for target in targets if not target.exists()] == []


def anchors(page: Path) -> set[str]:
    """Return the anchors that code hosts give to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_links_lead_to_headings() -> None:
    links = [
        (page.name, (page.parent / target).resolve() if target else page, anchor)
        for page in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))
        for target, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", page.read_text(encoding="utf-8"))
    ]
    assert len(links) > 10
    assert [(page, anchor) for page, target, anchor in links if anchor not in anchors(target)] == []


def test_the_first_entries_of_the_curation_guide_can_be_read(tmp_path: Path, vocabulary: Vocabulary) -> None:
    paper = "34094664"
    (tmp_path / "record.xml").write_bytes((ROOT / "tests" / "sentences" / paper / "record.xml").read_bytes())
    (tmp_path / "statements.toml").write_text("\n".join(blocks(CURATION_GUIDE, "toml")[:3]), encoding="utf-8")
    curation = read_curation(tmp_path, vocabulary)
    assert (len(curation.statements), len(curation.silences)) == (1, 1)


def test_the_parts_of_entries_in_the_curation_guide_are_those_of_papers() -> None:
    papers = [*(ROOT / "tests" / "sentences").glob("*/statements.toml"), *(ROOT / "curation").glob("*/statements.toml")]
    written = {line for paper in papers for line in paper.read_text(encoding="utf-8").splitlines()}
    shown = blocks(CURATION_GUIDE, "toml")
    assert len(shown) == 11
    assert [line for block in shown[3:8] for line in block.splitlines() if line not in written] == []


@pytest.mark.parametrize("paper", ["34019819", "33100329", "34093024"])
def test_the_examples_of_the_curation_guide_are_whole_and_say_what_is_shown(
    paper: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "tests" / "sentences" / paper / "statements.toml").read_text(encoding="utf-8")
    assert re.sub(r"\n# --- [^\n]*", "", text) in blocks(CURATION_GUIDE, "toml")
    (shown,) = (each for each in blocks(CURATION_GUIDE, "console") if f"sentences/{paper} " in each)
    command, _, expected = shown.removeprefix("$ ").partition("\n")
    _, err = run(command, tmp_path, monkeypatch)
    # The last line counts triples, which is no news of the paper.
    assert err.startswith(expected)
    assert err.removeprefix(expected).startswith("wrote paper.ttl: ")


def test_the_mistake_that_the_curation_guide_shows_is_told(
    tmp_path: Path, review_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mistakes = tomllib.loads((ROOT / "tests" / "curation_mistakes.toml").read_text(encoding="utf-8"))["mistake"]
    (written,) = (each["written"] for each in mistakes if each["is"] == "a hedge in the quote that no cue shows")
    folder = Path(shutil.copytree(review_folder, tmp_path / "paper"))
    header = '[curation]\ncurator = "A. Curator"\ndate = 2026-11-22\n\n'
    sections = '[sections]\nbackground = "The product of the HER-2/neu"\n\n'
    (folder / "statements.toml").write_text(f"{header}{sections}{written}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    command, _, expected = blocks(CURATION_GUIDE, "console")[1].removeprefix("$ her2ld ").partition("\n")
    result = CliRunner().invoke(main, shlex.split(command))
    assert (result.exit_code, result.stderr) == (1, expected)


def test_the_names_that_the_curation_guide_lists_are_the_ontology_s(vocabulary: Vocabulary) -> None:
    def of_class(name: str) -> list[str]:
        kind = vocabulary.find(name)
        assert kind
        members = (each for each in vocabulary.terms.values() if each.iri != kind.iri)
        return sorted(each.label for each in members if vocabulary.is_one_of(each, frozenset({kind.iri})))

    text = " ".join(CURATION_GUIDE.split())
    for names in (of_class("measure"), of_class("study design")):
        assert ", ".join(f"`{name}`" for name in names) + "." in text
    assert draw_curation.draw(CURATION_GUIDE) == CURATION_GUIDE, "run: python docs/draw_curation.py"
    relations = {each.label for each in vocabulary.terms.values() if each.is_relation}
    shown = set(re.findall(r"^\| `([^`]+)` \| ", draw_curation.relations(vocabulary), flags=re.MULTILINE))
    assert shown == relations - {vocabulary.label(each) for each in vocabulary.inferred_only}
    for words in (*vocabulary.steering.cue_words.values(), *vocabulary.steering.occasional_cue_words.values()):
        assert ", ".join(words) in CURATION_GUIDE


def test_the_curation_guide_begins_a_paper_and_keeps_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shown,) = (each for each in blocks(CURATION_GUIDE, "console") if each.startswith("$ her2ld paper "))
    command, _, expected = shown.removeprefix("$ ").partition("\n")
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, shlex.split(command)[1:])
    assert (result.exit_code, result.stderr) == (0, expected)
    (tmp_path / "pubmed.nbib").symlink_to(ROOT / "tests" / "sentences" / "34094664" / "record.xml")
    written = "\n".join(blocks(CURATION_GUIDE, "toml")[:3])
    (tmp_path / "curation" / "34094664" / "statements.toml").write_text(written, encoding="utf-8")
    for command in "".join(each for each in blocks(CURATION_GUIDE, "sh") if "--records" in each).splitlines():
        result = CliRunner().invoke(main, shlex.split(command)[1:])
        assert result.exit_code == 0, result.output


def test_the_curators_page_leads_from_a_record_to_rdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = "\n".join(line.removeprefix("   ") for line in GUIDES["curators"].splitlines())  # the blocks are in a list
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pubmed.nbib").symlink_to(ROOT / "tests" / "sentences" / "34094664" / "record.xml")
    begin, *read = [line for each in blocks(page, "sh") for line in each.splitlines() if "pubmed.nbib" in line]
    assert CliRunner().invoke(main, shlex.split(begin)[1:]).exit_code == 0
    statements = tmp_path / "curation-of-mine" / "34094664" / "statements.toml"
    header = statements.read_text(encoding="utf-8").partition("# --- Title")[0]
    (entry,) = blocks(page, "toml")
    statements.write_text(header + entry, encoding="utf-8")
    answers = [CliRunner().invoke(main, shlex.split(command)[1:]) for command in read]
    assert [answer.exit_code for answer in answers] == [0] * 4, [answer.stderr for answer in answers]
    assert "AGAP2-AS1 is target in HER2-positive breast cancer: hedged, first said in 2021\n" in answers[1].stdout


def test_the_curation_guide_has_every_field_of_studies_and_groups() -> None:
    for table, fields in KEYED.items():
        (rows,) = re.findall(rf"^\| field of `\[{table}\.NAME\]` .*\n((?:\|.*\n)+)", CURATION_GUIDE, flags=re.MULTILINE)
        named = [name for row in rows.splitlines()[1:] for name in re.findall(r"`(\w+)`", row.split("|")[1])]
        assert sorted(named) == sorted(fields)


@pytest.mark.slow
def test_the_changes_of_terms_that_are_shown_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in ONTOLOGY.parent.glob("*.ttl"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    before = (tmp_path / ONTOLOGY.name).read_bytes()
    (added,) = (each for each in blocks(CURATION_GUIDE, "console") if each.startswith("$ her2ld term add "))
    (changes,) = (each for each in blocks(CURATION_GUIDE, "sh") if "term change" in each)
    commands = [added.removeprefix("$ ").partition("\n")[0].removesuffix(" --dry-run"), *changes.splitlines()]
    (tmp_path / "curation").symlink_to(ROOT / "tests" / "sentences")
    monkeypatch.chdir(tmp_path)
    ran = [CliRunner().invoke(main, [*shlex.split(each)[1:], "--ontology", ONTOLOGY.name]) for each in commands]
    told = [(each.exit_code, each.output.partition(" ")[0]) for each in ran]
    assert told == [(0, "added"), (0, "changed"), (0, "changed"), (0, "removed")]
    assert (tmp_path / ONTOLOGY.name).read_bytes() == before


def test_the_table_of_terms_that_is_shown_can_be_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in ONTOLOGY.parent.glob("*.ttl"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (table,) = blocks(CURATION_GUIDE, "text")
    (tmp_path / "terms.tsv").write_text(table, encoding="utf-8")
    (command,) = [each for each in blocks(CURATION_GUIDE, "sh") if "term add" in each]
    out, _ = run(f"{command.strip()} --ontology {ONTOLOGY.name}", tmp_path, monkeypatch)
    added = re.findall(r"^added ([\w ]+): her2\.ttl, line \d+$", out, flags=re.MULTILINE)
    assert added == ["CSF3R gene", "CSF3R protein", "mammosphere assay"]


def test_the_validation_guide_shows_what_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quads: tuple[Quad, ...], vocabulary: Vocabulary
) -> None:
    guide = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    out, _ = run(blocks(guide, "sh")[0].strip(), tmp_path, monkeypatch)
    conforming, finding, _ = blocks(guide, "text")
    assert out == conforming
    emodin = vocabulary.find("emodin")
    assert emodin
    less = [quad for quad in quads if not (quad.subject == emodin.iri and quad.predicate.value.endswith("#definition"))]
    with (tmp_path / "less.nq").open("wb") as file:
        export(less, file, "nquads", vocabulary)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["validate", "less.nq"])
    assert result.stdout.startswith(finding)


def test_the_guide_on_standing_shows_what_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vocabulary: Vocabulary
) -> None:
    guide = (ROOT / "docs" / "standing.md").read_text(encoding="utf-8")
    watched, shown = blocks(guide, "text")
    (tmp_path / "watched.txt").write_text(watched, encoding="utf-8")
    out, _ = run(blocks(guide, "sh")[0].strip(), tmp_path, monkeypatch)
    assert out.startswith(shown)
    (tmp_path / "watched.txt").write_text("33686753 retracted in 34000000\n", encoding="utf-8")
    command = ["export", "tests/queries/papers/33686753", "--corrections", "watched.txt", "-o", "paper.nq"]
    assert CliRunner().invoke(main, command).exit_code == 0
    prefixes = f"PREFIX her2: <{HER2LD}>\n"
    expected = {str(each.triple) for each in parse(prefixes + blocks(guide, "turtle")[0], format=RdfFormat.TURTLE)}
    assert expected <= {str(each.triple) for each in parse(path=tmp_path / "paper.nq")}
    rows = dict(re.findall(r"^\| (.+?) \| ([a-z ]*) \|", guide, flags=re.MULTILINE))
    steering = vocabulary.steering
    given = {each.words[0]: each.standing for each in steering.corrections.values() if each.standing}
    given |= {f"“{name}”": standing for name, standing in steering.standing_of_type.items()}
    for words, standing in given.items():
        of_it = [row for row, name in rows.items() if name == vocabulary.label(standing)]
        assert any(words in row for row in of_it) or words == "“Retraction of Publication”", words


def test_the_nanopublication_guide_shows_what_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    guide = (ROOT / "docs" / "nanopublications.md").read_text(encoding="utf-8")
    _, err = run(blocks(guide, "sh")[0].strip(), tmp_path, monkeypatch)
    assert [err] == blocks(guide, "text")
    (shown,) = blocks(guide, "trig")
    assert shown in (tmp_path / "her2.nanopubs.trig").read_text(encoding="utf-8")
    (program,) = blocks(guide, "python")
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)
    code = re.findall(r"nanopub/(RA[\w-]+)#", shown)[0]
    assert (tmp_path / "nanopubs" / f"{code}.trig").exists()


def test_the_obo_guide_shows_what_is_said_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    guide = (ROOT / "docs" / "obo.md").read_text(encoding="utf-8")
    _, err = run(blocks(guide, "sh")[0].strip(), tmp_path, monkeypatch)
    assert err == blocks(guide, "text")[0]
    term, _ = blocks(guide, "obo")  # of the others a part is shown
    assert term.strip() in (tmp_path / "her2.obo").read_text(encoding="utf-8").split("\n\n")
    formats = re.findall(r"^\| `(\w+)` \| `(\.\w+)`", guide, flags=re.MULTILINE)
    assert formats == [(each.name, each.suffix) for each in ONTOLOGY_FORMATS.values()]


def test_the_version_is_the_same_everywhere(vocabulary: Vocabulary) -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {vocabulary.version}\n" in citation
    pattern = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["version"]["pattern"]
    assert re.findall(pattern, ONTOLOGY.read_text(encoding="utf-8")) == [vocabulary.version]
    assert f"\n## {vocabulary.version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
