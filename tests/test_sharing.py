"""What two processes do is what one does: no result and no error is lost, and it is said where one breaks down."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode

from her2ld import ExportError, LimitError, Vocabulary, build, read_curation, validate
from her2ld.assets import curation_folders
from her2ld.cli import main
from her2ld.errors import Problem
from her2ld.exports.formats import SeveralFormats
from her2ld.sharing import beside, taken_in_turn
from her2ld.vocabulary import standard

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="work is shared on Linux alone")


def test_each_item_is_taken_once_and_what_is_sent_comes_back_whole() -> None:
    items = [f"item {number}" for number in range(2000)]
    left = taken_in_turn(items)
    there, here = beside("work", lambda: [*left(), (-1, str(os.getpid()))], lambda: list(left()))
    assert there.pop() != (-1, str(os.getpid()))
    assert sorted([*there, *here]) == list(enumerate(items))


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

    def breaking(self: SeveralFormats, output: object, name: str, url: str | None = None) -> int:
        if name == format_name == "jsonld":
            os.kill(os.getpid(), 9)
        if name == format_name:
            raise ExportError([Problem("turtle", "cannot be written", "choose another format")])
        return write(self, output, name, url)  # type: ignore[arg-type]

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
