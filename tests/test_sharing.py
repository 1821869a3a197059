"""What two processes do is what one does: no result and no error is lost, and it is said where one breaks down."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode

from her2ld import ExportError, LimitError, Vocabulary, build, read_curation, validate
from her2ld.assets import curation_folders
from her2ld.cli import main
from her2ld.errors import Problem
from her2ld.exports import FORMATS
from her2ld.exports.formats import SeveralFormats
from her2ld.sharing import beside, copy_that_answers, shared_out
from her2ld.vocabulary import standard

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="work is shared on Linux alone")


class Works:
    """Work on items that the second process notes in a file, so that the first can wait for it."""

    def __init__(self, file: Path) -> None:
        """Begin with an empty file; this process is the first."""
        self.file, self.first = file, os.getpid()
        file.touch()

    def __call__(self, item: object) -> tuple[object, int, bytes]:
        """Return the item, the number of the process, and as many bytes as a paper has."""
        if os.getpid() == self.first:
            self.wait(1)
        else:
            with self.file.open("ab") as file:
                file.write(b".")
        return item, os.getpid(), bytes(40_000)

    def wait(self, least: int) -> None:
        """Wait until the second process has worked on so many items."""
        deadline = time.monotonic() + 60
        while self.file.stat().st_size < least:
            assert time.monotonic() < deadline
            time.sleep(0.001)


def test_each_item_is_worked_on_once_and_every_result_is_taken_here(tmp_path: Path) -> None:
    items = [f"item {number}" for number in range(500)]
    taken: dict[int, tuple[object, int, bytes]] = {}

    def take(place: int, result: tuple[object, int, bytes]) -> None:
        assert place not in taken
        taken[place] = result

    shared_out("work", items, Works(tmp_path / "second"), take)
    assert [taken[place][0] for place in range(len(items))] == items
    processes = {process for _, process, _ in taken.values()}
    assert len(processes) == 2
    assert os.getpid() in processes


def test_the_process_that_takes_results_is_left_less_work(tmp_path: Path) -> None:
    works = Works(tmp_path / "second")
    by: list[int] = []

    def take(_: int, result: tuple[object, int, bytes]) -> None:
        by.append(result[1])
        works.wait(min(4 * len(by), 30))

    shared_out("work", range(40), works, take)
    assert len(by) == 40
    assert by.count(os.getpid()) <= 10


def test_results_that_nobody_takes_yet_do_not_stop_the_second_process(tmp_path: Path) -> None:
    """A pipe of the usual size holds one of them."""
    works = Works(tmp_path / "second")
    shared_out("work", range(12), works, lambda *_: works.wait(11))


def test_an_error_in_taking_a_result_ends_the_second_process() -> None:
    processes: set[int] = set()

    def take(_: int, process: int) -> None:
        processes.add(process)
        if process != os.getpid():
            raise ExportError([Problem("here", "is wrong", "mend it")])

    with pytest.raises(ExportError, match="here"):
        shared_out("work", range(10**6), lambda _: os.getpid(), take)
    for process in processes - {os.getpid()}:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


@pytest.mark.parametrize("is_crash", [True, False])
def test_a_second_process_that_fails_on_an_item_is_said(is_crash: bool) -> None:  # noqa: FBT001
    first = os.getpid()

    def work(_: int) -> None:
        if os.getpid() != first:
            os.kill(os.getpid(), 9) if is_crash else int("no number")
        time.sleep(0.001)

    with pytest.raises(LimitError if is_crash else ValueError, match="crashed" if is_crash else "no number"):
        shared_out("work", range(10**4), work, lambda _, __: None)


def test_terms_come_back_as_they_are() -> None:
    terms = [NamedNode(f"http://example.org/{number}") for number in range(1000)]
    assert beside("work", lambda: terms, lambda: None) == (terms, None)


def test_an_error_of_the_second_process_is_raised_in_the_first() -> None:
    problem = Problem("there", "is wrong", "mend it")

    def fail() -> None:
        raise ExportError([problem])

    with pytest.raises(ExportError) as caught:
        beside("work", fail, lambda: None)
    assert caught.value.problems == (problem,)


def test_an_error_of_the_first_process_ends_the_second(tmp_path: Path) -> None:
    def wait() -> None:
        (tmp_path / "process").write_text(str(os.getpid()))
        os.read(os.pipe()[0], 1)

    def fail() -> None:
        while not (tmp_path / "process").exists() or not (tmp_path / "process").read_text():
            pass
        raise ExportError([Problem("here", "is wrong", "mend it")])

    with pytest.raises(ExportError, match="here"):
        beside("work", wait, fail)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "process").read_text()), 0)


def test_a_second_process_that_breaks_down_is_said() -> None:
    with pytest.raises(LimitError) as caught:
        beside("work", lambda: os.kill(os.getpid(), 9), lambda: None)
    (problem,) = caught.value.problems
    assert (problem.where, problem.what) == ("work", "the second process crashed (exit status -9)")
    assert "taskset" in problem.remedy


def test_a_copy_keeps_what_it_has_between_two_questions() -> None:
    known = [os.getpid()]

    def answer(number: int) -> list[int]:
        if number < 0:
            raise ExportError([Problem("there", "is negative", "mend it")])
        known.append(number)
        return known[1:]

    with copy_that_answers("work", answer) as one, copy_that_answers("work", answer) as other:
        for number in range(3):
            one.ask(number)
            other.ask(number * 10)
            assert (one.answer()[-1], len(other.answer())) == (number, number + 1)
        one.ask(-1)
        with pytest.raises(ExportError, match="negative"):
            one.answer()
        other.ask(7)
        assert other.answer() == [0, 10, 20, 7]
    assert known == [os.getpid()]


def test_a_copy_that_is_killed_while_it_sends_is_said() -> None:
    def answer(size: int) -> bytes:
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGKILL)).start()
        return bytes(size)

    with copy_that_answers("work", answer) as copy:
        copy.ask(16 << 20)  # more than a pipe holds
        time.sleep(0.5)
        with pytest.raises(LimitError, match="crashed"):
            copy.answer()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Return a folder of ten papers: the review under ten names, in an order that is not that of their numbers."""
    for number in range(10):
        folder = Path(shutil.copytree(curation_folders()[0], tmp_path / "papers" / str(number)))
        record = folder / "record.txt"
        record.write_text(record.read_text().replace("10.1007/BF02967477", f"10.1007/BF02967477-{number}"))
    return tmp_path / "papers"


def exported(papers: Path, output: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["export", str(papers), "-o", str(output), *options])


def as_one(papers: Path, output: Path, *options: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("her2ld.sharing.has_second_processor", lambda: False)
        return exported(papers, output, *options)


@pytest.fixture
def always_as_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("her2ld.sharing.has_second_processor", lambda: True)
    monkeypatch.setattr("her2ld.cli.reading._ENOUGH_TO_SHARE", 2)
    monkeypatch.setattr("her2ld.cli.export_writing._ENOUGH_TO_SHARE", 1)


@pytest.mark.usefixtures("always_as_two")
@pytest.mark.parametrize("options", [(), ("--to", "turtle", "--to", "jsonld"), ("--to", "trig", "--to", "turtle")])
def test_two_processes_write_what_one_writes(papers: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    one = as_one(papers, tmp_path / "one", *options)
    two = exported(papers, tmp_path / "two", *options)
    assert (one.exit_code, two.exit_code) == (0, 0)
    assert two.output == one.output.replace(str(tmp_path / "one"), str(tmp_path / "two"))
    written = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()} == written
    assert len(written) == (len(options) // 2 or 6)


@pytest.mark.usefixtures("always_as_two")
def test_two_processes_report_every_mistake_that_one_reports(papers: Path, tmp_path: Path) -> None:
    for number, (wrong, right) in enumerate((("quote = ", "qoute = "), ("HER2", "HERR2"), ("[[statement]]", "[["))):
        file = papers / str(3 * number) / "statements.toml"
        file.write_text(file.read_text().replace(wrong, right, 3))
    (papers / "5" / "record.txt").write_text("no record")
    shutil.rmtree(papers / "8")
    shutil.copytree(papers / "7", papers / "8")
    one, two = as_one(papers, tmp_path / "one"), exported(papers, tmp_path / "two")
    assert (one.exit_code, two.exit_code) == (1, 1)
    assert two.output == one.output
    for said in ("qoute", "HERR2", "is not TOML", str(papers / "5"), "is a second folder of the paper"):
        assert said in two.output
    assert not (tmp_path / "two").exists()


@pytest.mark.usefixtures("always_as_two")
@pytest.mark.parametrize("format_name", ["jsonld", "turtle"])
def test_all_formats_take_their_places_or_none_does(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_name: str
) -> None:
    write = SeveralFormats.write

    def breaking(self: SeveralFormats, output: object, name: str, url: str | None = None) -> None:
        if name == format_name == "jsonld":
            os.kill(os.getpid(), 9)
        if name == format_name:
            raise ExportError([Problem("turtle", "cannot be written", "choose another format")])
        write(self, output, name, url)  # type: ignore[arg-type]

    monkeypatch.setattr(SeveralFormats, "write", breaking)
    output = tmp_path / "out"
    output.mkdir()
    (output / "her2.ttl").write_text("old")
    result = exported(papers, output)
    assert result.exit_code == 2
    said = "the second process crashed (exit status -9)" if format_name == "jsonld" else "cannot be written"
    assert said in result.output
    assert "nothing written" in result.output
    assert [(path.name, path.read_text()) for path in output.iterdir()] == [("her2.ttl", "old")]


def test_two_threads_find_what_one_finds(papers: Path, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    built = build(vocabulary, [read_curation(papers / "0", vocabulary)])
    quads = [quad for quad in built if quad.predicate != standard.EXACT]
    one = validate(quads)
    assert one.findings
    monkeypatch.setattr("her2ld.validation.queries._ENOUGH_TO_SHARE", 1)
    assert validate(quads) == one


@pytest.mark.usefixtures("always_as_two")
def test_the_first_file_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = exported(curation_folders()[0], tmp_path / "file" / "out")
    assert result.exit_code == 2
    assert f"{tmp_path / 'file' / 'out' / 'her2.ttl'}\n  cannot be written (Not a directory)" in result.output


WRITING_SLOWLY = """
import os, sys, time
import her2ld.cli.export_writing, her2ld.sharing
from her2ld.__main__ import run
from her2ld.exports.formats import SeveralFormats

her2ld.sharing.has_second_processor = lambda: True
her2ld.cli.export_writing._ENOUGH_TO_SHARE = 1
write = SeveralFormats.write

def slowly(self, output, name, url=None):
    write(self, output, name, url)
    output.flush()
    print(os.getpid(), flush=True)
    time.sleep(1)

SeveralFormats.write = slowly
run()
"""


def is_running(process: int) -> bool:
    try:
        return Path("/proc", str(process), "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.slow  # it waits for a process that ends by itself
@pytest.mark.parametrize("killed_by", [signal.SIGTERM, signal.SIGKILL])
def test_an_export_that_is_ended_while_two_processes_write_leaves_the_old_files(
    tmp_path: Path, killed_by: signal.Signals
) -> None:
    output = tmp_path / "out"
    output.mkdir()
    (output / "her2.ttl").write_text("old")
    command = [sys.executable, "-c", WRITING_SLOWLY, "export", str(curation_folders()[0]), "-o", str(output)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as first:
        assert first.stdout
        writing = {int(first.stdout.readline()) for _ in range(2)}
        assert first.pid in writing
        assert len(writing) == 2
        first.send_signal(killed_by)
        assert first.wait() == -killed_by
    deadline = time.monotonic() + 60
    while any(map(is_running, writing)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_running, writing))
    visible = [path for path in output.iterdir() if not path.name.startswith(".")]
    assert [(path.name, path.read_text()) for path in visible] == [("her2.ttl", "old")]
    assert exported(curation_folders()[0], output).exit_code == 0
    assert sorted(path.name for path in output.iterdir()) == sorted(f"her2{each.suffix}" for each in FORMATS.values())
    assert (output / "her2.ttl").read_text().startswith("@prefix")


def test_a_whole_export_as_a_process_says_all_before_it_ends_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "her2ld", "export", "--json", "--to", "turtle", "--to", "trig", "-o"]
    done = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=True)
    written = [Path(each["target"]) for each in json.loads(done.stderr)["written"]]
    assert written == [tmp_path / "her2.ttl", tmp_path / "her2.trig"]
    assert all(path.read_text().endswith(".\n") or path.read_text().endswith("}\n") for path in written)
    assert sorted(tmp_path.iterdir()) == sorted(written)
