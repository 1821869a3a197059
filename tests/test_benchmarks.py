"""Each benchmark runs on little data, beside this revision as git has it, and measures what it says."""

import doctest
import gzip
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

import measuring
import reasoning
import same_reasoning
from her2ld.reasoning.closure import closure
from measuring import BEFORE, NOW, Taken, checkouts, in_turns, revisions, told_by, whole, within

FOLDER = measuring.ROOT / "benchmarks"
RECORDS = measuring.ROOT / "tests" / "pubmed" / "made_up_articles.xml"
# What others import, and what others run as their other side.
PARTS = {"copied_papers", "measuring", "main_job_with_rdflib", "serving_with_rdflib"}
of_git = pytest.mark.skipif(not (measuring.ROOT / ".git").exists(), reason="git knows the revision before")

FIGURE = r"[\d.,]+"
SPREAD = rf"{FIGURE} \({FIGURE} to {FIGURE}\)"
TAKEN = rf"{SPREAD} s, {FIGURE} MiB"
TAKEN_OF_CPU = rf"{SPREAD} s of CPU, {FIGURE} MiB"
ENGINE = rf" +{FIGURE} triples {TAKEN}; her2ld takes {SPREAD} of the CPU, {FIGURE} of the memory\n"
PASS = rf" +{SPREAD} s, {SPREAD} times the bare pass, {FIGURE} MiB\n"
TIMES = rf" +{TAKEN}; {SPREAD} times her2ld\n"

# What is given to a benchmark, and what it prints.
SMALL: dict[str, tuple[list[str], str]] = {
    "before_and_after": (
        ["--small", "--rounds", "1"],
        r" +before: quads .*\n(?:(?:export|validation|closure|questions|questions-300) .*\n){5}",
    ),
    "comparing": (
        ["10"],
        rf"{FIGURE} papers, .*\n(?:  (?:export|load) +{FIGURE} s, without .* MiB\n){{2}}  comparing .* kept\n",
    ),
    "loading": (
        ["--before", "HEAD", "--rounds", "1", "1000"],
        (
            rf"1,000 quads, .*\n(?:  (?:bulk loader|her2ld|her2ld before) +{FIGURE} s by .*, {TAKEN_OF_CPU}\n){{3}}"
            rf"(?:  her2ld(?: before)?: {SPREAD} of the rate of the bulk loader, {SPREAD} times its CPU\n){{2}}"
        ),
    ),
    "main_job": (
        ["1", "2"],
        (
            rf"(?:\d papers?, .*\n(?:  (?:her2ld export|rdflib alone) .* MiB\n){{2}}"
            rf"  rdflib / her2ld: {SPREAD} of CPU, {SPREAD} by the clock\n){{2}}"
        ),
    ),
    "mappings": (
        ["--rounds", "1", "--records", "200"],
        (
            rf"{FIGURE} triples, \d+ MiB, packed \d+ MiB\n(?:  (?:her2ld mappings --prove|bare parse) +{TAKEN}\n){{2}}"
            rf"  the proof takes {SPREAD} of the bare parse\n"
        ),
    ),
    "mentions": (
        ["--before", "HEAD", "--rounds", "1", "FILE"],
        (
            rf".*: 2 records, .*\n(?:  her2ld .*, 1 found\n){{2}}  ahocorasick_rs alone .*\n(?:  Phrase.*\n)?"
            rf"  with the ontology read, the finder is made in {SPREAD} s\n  of before, .* {SPREAD}, finding {SPREAD}\n"
        ),
    ),
    "pubmed": (
        ["--before", "HEAD", "--rounds", "1", "FILE", "FILE"],
        (
            rf"  bare pass of lxml{PASS}  her2ld{PASS}  her2ld before{PASS}(?:  her2ld, .*{PASS}){{5}}"
            rf"  her2ld takes {SPREAD} of what it took before\n"
            rf"(?:  the shared file takes {SPREAD} of what is taken by the clock by: .*\n){{2}}  mentions take .*\n"
        ),
    ),
    "reasoning": (
        ["--before", "HEAD", "--rounds", "1", "--papers", "2", "100"],
        (
            rf"closure of {FIGURE} triples\n(?:  her2ld.*{ENGINE}){{3}}(?:  reasonable{ENGINE})?  owlrl{ENGINE}"
            rf"2 papers, .*\n  closure of the whole: .*\n  closure of the whole before, .*\n"
            rf"(?:  one (?:removed|added): {FIGURE} ms, {FIGURE}% of the whole, and equal to it\n){{2}}"
            rf"her2ld reason, the whole process\n  her2ld{TIMES}  her2ld before{TIMES}  with HermiT{TIMES}"
        ),
    ),
    "same_reasoning": (
        ["100"],
        (
            rf"closure of {FIGURE} triples\n(?:  {FIGURE} .*: the same\n){{3}}"
            rf"her2ld reason --hedged on .*, which ends with 0\n  .* [1-9]\d* conclusions: the same\n"
        ),
    ),
    "starting": (
        ["import", "query", "--before", "HEAD", "--rounds", "1"],
        (
            rf"(?:.* {FIGURE} ms\n){{7}}(?:her2ld.*: import -?{FIGURE} of rdflib's, --help {SPREAD} times .*\n){{2}}"
            rf"(?:her2ld query .*\n  her2ld{TIMES}  her2ld before{TIMES}  rdflib{TIMES}){{2}}"
        ),
    ),
    "validation": (
        ["--before", "HEAD", "--rounds", "1", "100"],
        rf"{FIGURE} triples, 1 rounds\n(?:  her2ld.* {FIGURE} s of CPU, .* of the main thread, .* {FIGURE} MiB\n){{3}}",
    ),
}
TIMED_BY_THEMSELVES: dict[str, tuple[list[str], str]] = {
    "serving": (["start"], r"start to ready: \d+ ms; to the first answer: \d+ ms; medians of \d starts\n"),
}
NOT_SMALL = {"questions"}


def test_each_benchmark_is_run_by_a_test() -> None:
    names = {path.stem for path in FOLDER.glob("*.py")}
    assert names == PARTS | set(SMALL) | set(TIMED_BY_THEMSELVES) | NOT_SMALL


@of_git
@pytest.mark.slow
@pytest.mark.parametrize("name", [*SMALL, *TIMED_BY_THEMSELVES])
def test_a_benchmark_runs_on_little_data(name: str, tmp_path: Path) -> None:
    arguments, printed = {**SMALL, **TIMED_BY_THEMSELVES}[name]
    file = tmp_path / "records.xml.gz"
    file.write_bytes(gzip.compress(RECORDS.read_bytes()))
    given = [str(file) if each == "FILE" else each for each in arguments]
    done = subprocess.run(
        [sys.executable, FOLDER / f"{name}.py", *given],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(printed, done.stdout), done.stdout


def test_what_differs_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now, before = tmp_path / "now", tmp_path / "before"
    now.write_text("1 <a> <b> <c>\n2 <a> <b> <d>\n", encoding="utf-8")
    before.write_text("1 <a> <b> <c>\n1 <a> <b> <d>\n", encoding="utf-8")
    assert same_reasoning.same_lines("new triples", now, now)
    assert not same_reasoning.same_lines("new triples", now, before)
    assert capsys.readouterr().out == (
        "  2 new triples: the same\n"
        "  2 new triples: not the same as the 2 before\n    + 2 <a> <b> <d>\n    - 1 <a> <b> <d>\n"
    )


def test_facts_contradict_each_kind_of_axiom() -> None:
    data = reasoning.data(0)
    planted = list(same_reasoning.contradicting(data))
    kinds = {step.rule.name for step in closure([*data, *planted]).contradictions()}
    assert not list(closure(data).contradictions())
    assert kinds == {"cax-dw", "cax-adc", "prp-irp"}


# --- What they measure by -----------------------------------------------------------------------------------------


def test_examples() -> None:
    assert doctest.testmod(measuring).failed == 0


def test_a_process_is_charged_for_itself_and_what_it_started_and_not_for_who_measures() -> None:
    held = bytearray(150 << 20)
    nothing = whole([sys.executable, "-c", "pass"])
    spin = "import time\nwhile time.process_time() < 0.3: pass"
    starts = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {spin!r}])\nkept = b'x' * (80 << 20)"
    busy = whole([sys.executable, "-c", starts])
    assert len(held) == 150 << 20
    assert nothing.cpu < 0.3 <= busy.cpu < busy.clock + 0.3
    assert nothing.memory < 60
    assert 80 < busy.memory < 150


def test_work_within_is_charged_by_itself() -> None:
    begin = time.process_time()
    idle = within(lambda: time.sleep(0.05))
    assert idle.clock >= 0.05
    assert idle.cpu <= time.process_time() - begin


def test_a_process_that_fails_is_no_measurement(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(subprocess.CalledProcessError) as failed:
        whole([sys.executable, "-c", "import sys; sys.exit('it cannot')"])
    assert failed.value.cmd == [sys.executable, "-c", "import sys; sys.exit('it cannot')"]
    assert capfd.readouterr().err == "it cannot\n"


def test_the_order_is_reversed_after_each_round_and_a_warm_up_does_not_count() -> None:
    done: list[str] = []

    def do(name: str) -> int:
        done.append(name)
        return len(done)

    results = in_turns({"a": lambda: do("a"), "b": lambda: do("b")}, 3, warm=True)
    assert done == ["a", "b", "a", "b", "b", "a", "a", "b"]
    assert results == {"a": [3, 6, 7], "b": [4, 5, 8]}


@of_git
@pytest.mark.slow
def test_a_revision_is_run_from_its_own_files() -> None:
    program = [sys.executable, "-c", "import her2ld, json; print(json.dumps(her2ld.__file__))"]
    with revisions("HEAD") as environments:
        places = {name: Path(told_by(program, environment)) for name, environment in environments.items()}
        assert places[NOW].parent == measuring.ROOT / "src" / "her2ld"
        assert measuring.ROOT not in places[BEFORE].parents
        assert places[BEFORE].exists()
        assert list(places[BEFORE].parent.glob("__pycache__/*.pyc"))
    assert not places[BEFORE].exists()


@of_git
def test_what_is_no_revision_is_told() -> None:
    with (
        pytest.raises(SystemExit, match=r"no-such-revision is no revision of .*: fatal: "),
        checkouts("no-such-revision"),
    ):
        pass


def test_results_of_another_process_are_taken_as_they_are() -> None:
    told = told_by([sys.executable, "-c", f"print({json.dumps([1, 2, 3, 4])})"])
    assert Taken(*told).cpu == 3
