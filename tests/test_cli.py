"""The command line: what goes where, what is said, and with which status it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import her2ld
from her2ld.cli import main
from her2ld.exports import FORMATS


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_a_folder_takes_all_formats(tmp_path: Path, review_folder: Path) -> None:
    folder = tmp_path / "new" / "deep"
    status, out, err = run("export", str(review_folder), "-o", str(folder))
    assert (status, out) == (0, "")
    assert sorted(file.name for file in folder.iterdir()) == sorted(f"her2{each.suffix}" for each in FORMATS.values())
    lines = err.splitlines()
    assert lines[0] == "read 10.1007/BF02967477: 49 statements (9 hedged), 1 knowledge gap, 0 words unread"
    assert [line.split(":")[0] for line in lines[1:]] == [
        f"wrote {folder}/her2{each.suffix}" for each in FORMATS.values()
    ]


def test_the_suffix_names_the_format(tmp_path: Path) -> None:
    for each in FORMATS.values():
        file = tmp_path / f"named{each.suffix}"
        status, _, err = run("export", "-o", str(file))
        assert (status, err.splitlines()[-1].split(", ")[-1]) == (0, each.title)
        assert file.stat().st_size > 100_000


def test_standard_output_takes_one_format() -> None:
    status, out, err = run("export", "--to", "ntriples", "-o", "-")
    assert status == 0
    assert f"wrote standard output: {len(out.splitlines()):,} triples, N-Triples" in err
    assert run("export")[1].startswith("@prefix ")
    assert run("export", "--to", "nquads", "--to", "turtle")[0] == 2


def test_chosen_formats_go_to_a_folder(tmp_path: Path) -> None:
    assert run("export", "--to", "nquads", "--to", "turtle", "-o", str(tmp_path))[0] == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == ["her2.nq", "her2.ttl"]


def test_the_report_in_json(tmp_path: Path, review_folder: Path) -> None:
    status, _, err = run("export", str(review_folder), "-o", str(tmp_path / "a.nq"), "--json")
    report = json.loads(err)
    written = report["written"][0]
    assert status == 0
    assert report["read"] == [
        {
            "source": str(review_folder),
            "paper": "https://doi.org/10.1007/BF02967477",
            "doi": "10.1007/BF02967477",
            "statements": 49,
            "hedged": 9,
            "denied_or_not_found": 0,
            "notes": [],
            "knowledge_gaps": 1,
            "unread_words": 0,
        }
    ]
    assert written == {"target": str(tmp_path / "a.nq"), "format": "nquads", "quads": written["quads"]}
    assert written["quads"] == len((tmp_path / "a.nq").read_text(encoding="utf-8").splitlines())


def test_mistakes_in_a_source_end_with_1_and_write_nothing(tmp_path: Path, review_folder: Path) -> None:
    for number in (1, 2):
        folder = tmp_path / "papers" / str(number)
        folder.mkdir(parents=True)
        for file in review_folder.iterdir():
            (folder / file.name).write_bytes(file.read_bytes().replace(b'"emodin"', b'"emodine"'))
    status, _, err = run("export", str(tmp_path / "papers"), "-o", str(tmp_path / "out"))
    assert status == 1
    assert err.count("the ontology has no entity or class “emodine”\n  remedy: did you mean “emodin”?") == 8
    assert err.endswith("8 problems; nothing written\n")
    assert not (tmp_path / "out").exists()
    status, _, err = run("export", str(tmp_path / "papers"), "-o", str(tmp_path / "out"), "--json")
    assert status == 1
    assert len(json.loads(err)["problems"]) == 8


def test_no_folder_is_passed_over(review_folder: Path, tmp_path: Path) -> None:
    for name, left_out in (("a", "record.txt"), ("b", "statements.toml")):
        folder = tmp_path / name
        folder.mkdir()
        for file in review_folder.iterdir():
            if file.name != left_out:
                (folder / file.name).write_bytes(file.read_bytes())
    status, _, err = run("export", str(tmp_path), "-o", str(tmp_path / "out"))
    assert status == 1
    assert [line for line in err.splitlines() if line.startswith(str(tmp_path))] == [
        str(tmp_path / "a" / "record.txt"),
        str(tmp_path / "b" / "statements.toml"),
    ]


def test_one_paper_is_given_once(review_folder: Path, tmp_path: Path) -> None:
    status, _, err = run("export", str(review_folder), str(review_folder), "-o", str(tmp_path / "out"))
    assert status == 1
    said = f"{review_folder}\n  is a second folder of the paper that {review_folder} is of (DOI 10.1007/BF02967477)\n"
    assert said in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["none"], "is not a file or a folder"),
        (["-o", "{tmp}/file"], "is a file without a suffix, not a folder"),
        (["-o", "{tmp}/a.xyz"], "no format has the suffix .xyz"),
        (["-o", "{tmp}/a.ttl", "--to", "nquads"], "the name says turtle, --to says nquads"),
        (["-o", "{tmp}/file/a.ttl"], "cannot be written (Not a directory)"),
        (["--ontology", "{tmp}/none.ttl"], "cannot be read (No such file or directory)"),
    ],
)
def test_what_cannot_run_ends_with_2(tmp_path: Path, arguments: list[str], what: str) -> None:
    (tmp_path / "file").write_text("in the way")
    status, _, err = run("export", *(argument.replace("{tmp}", str(tmp_path)) for argument in arguments))
    assert (status, what in err) == (2, True), err


def test_a_full_disk_is_said_in_words() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "her2ld", "export"], stdout=full, stderr=-1, text=True, check=False
        )
    assert done.returncode == 2
    assert "standard output\n  cannot be written (No space left on device)\n" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_has_had_enough_hears_no_complaint() -> None:
    """What it has not read is more than a pipe holds."""
    command = [sys.executable, "-m", "her2ld", "export", "--to", "nquads"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.read(1) == b"<"
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode == 141


def test_the_context_is_what_the_export_embeds(tmp_path: Path) -> None:
    assert run("export", "-o", str(tmp_path / "a.jsonld"))[0] == 0
    embedded = json.loads((tmp_path / "a.jsonld").read_text(encoding="utf-8"))["@context"]
    assert json.loads(run("context")[1]) == {"@context": embedded}


def test_help_shows_every_verb_whole_on_one_line() -> None:
    shown = run("--help")[1].partition("Verbs:\n")[2].splitlines()
    verbs = [line.split(maxsplit=1) for line in shown]
    assert [verb for verb, _ in verbs] == main.list_commands(click.Context(main))
    assert [line for _, line in verbs if not line.endswith(".") or line.endswith("...")] == []
    assert all(len(line) <= 79 for line in shown)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (("expor",), "there is no verb 'expor'. Did you mean 'export'?"),
        (("docs",), "there is no verb 'docs'."),
        (("xyz",), "there is no verb 'xyz'."),
        (("term", "chang"), "there is no verb 'chang'. Did you mean 'change'?"),
    ],
)
def test_an_unknown_verb_names_the_nearest(written: tuple[str, ...], said: str) -> None:
    status, _, err = run(*written)
    assert (status, err.splitlines()[-1]) == (2, f"Error: {said}")


def test_help_loads_nothing_heavy() -> None:
    program = "import sys; from her2ld.cli import main\ntry: main(['--help'])\nfinally: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert loaded & {"rdflib", "pyshacl", "owlready2", "rich", "lxml", "pyoxigraph"} == set()
    assert {name for name in loaded if name.startswith("her2ld")} == {"her2ld", "her2ld.cli"}


def test_the_front_page_of_the_package_loads_nothing_of_it() -> None:
    """Of Python itself it needs less than what the import of typing brings."""
    program = "import sys; sys.path.append(sys.argv[1]); import her2ld; print(*sys.modules)"
    source = str(Path(her2ld.__file__).parent.parent)
    done = subprocess.run([sys.executable, "-S", "-c", program, source], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert {name for name in loaded if name.startswith("her2ld") or name == "typing"} == {"her2ld"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's /dev/full, a disk without room")
@pytest.mark.parametrize("verb", ["--help", "context", "mappings", "query", "reason", "validate"])
def test_a_verb_whose_output_has_no_room_could_not_run(verb: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([sys.executable, "-m", "her2ld", verb], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "standard output",
        "  cannot be written (No space left on device)",
        "  remedy: make room",
    ]


def test_a_verb_whose_reader_has_gone_away_ends_as_programs_do_then() -> None:
    """It is gone before the verb begins, so that no verb is too quick for it to be noticed."""
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as closed:  # noqa: PTH123  # a descriptor, not a path
        done = subprocess.run([sys.executable, "-m", "her2ld", "mappings"], stdout=closed, stderr=-1, check=False)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("query", "x", "--param", "a"), "there is no option --param. Did you mean --p?"),
        (("query", "x", "-p", "a"), "there is no option -p. Did you mean --p?"),
        (("query", "x", "--q", "a"), "there is no option --q. Did you mean --p?"),
        (("export", "--out", "x"), "there is no option --out. Did you mean --output or --about?"),
        (("serve", "--hosts", "x"), "there is no option --hosts. Did you mean --host or --host-name?"),
        (("claims", "--disptued"), "there is no option --disptued. Did you mean --disputed?"),
        (("term", "add", "--ident", "x"), "there is no option --ident. Did you mean --identifier?"),
        (("--versoin",), "there is no option --versoin. Did you mean --version?"),
        (("load", "x", "--xyzzy"), "there is no option --xyzzy."),
    ],
)
def test_an_unknown_option_is_told_with_every_near_one(arguments: tuple[str, ...], message: str) -> None:
    result = CliRunner().invoke(main, arguments)
    verb = " ".join(each for each in ("main", *arguments[:2]) if each.isalpha() and each != "x")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == f"Error: {message} {verb} --help lists the options."
