"""What many tests need: the ontology, the curated review, and their quads, read once a process."""

import faulthandler
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from pyoxigraph import Quad

from her2ld import Curation, Vocabulary, build, curation_folders, read_curation, read_ontology
from tests.given_records import NOT_PROVEN, VARIABLE
from tests.serving_process import Server, running

CURATION = Path(__file__).parents[1] / "curation"
# Most tests are of one paper, the review: what they say of it stays true when papers are added.
REVIEW = Path(__file__).parent / "review"
os.environ["HER2LD_CURATION"] = str(REVIEW)

# Some tests let a process that is forked for the work crash. Its parent says so; the traceback would alarm a reader of
# the report for nothing.
if hasattr(os, "register_at_fork"):  # not on Windows, where nothing is forked
    os.register_at_fork(after_in_child=faulthandler.disable)

# A busy machine is no failure, and what is green today is green tomorrow. New examples: --hypothesis-profile=fuzz.
settings.register_profile("her2ld", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("fuzz", deadline=None, max_examples=2_000)
settings.load_profile("her2ld")


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """Return the ontology of the package."""
    return read_ontology()


@pytest.fixture(scope="session")
def review_folder() -> Path:
    """Return the folder of the curated review."""
    return curation_folders()[0]


@pytest.fixture(scope="session")
def review(vocabulary: Vocabulary, review_folder: Path) -> Curation:
    """Return the curated review."""
    return read_curation(review_folder, vocabulary)


@pytest.fixture(scope="session")
def quads(vocabulary: Vocabulary, review: Curation) -> tuple[Quad, ...]:
    """Return all quads of the main job, in the order in which they are written."""
    return tuple(build(vocabulary, [review]))


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which the first server of a session keeps what it has prepared, for all that follow."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def server(cache: Path) -> Iterator[Server]:
    """Return a server of the shipped data."""
    with running(cache=cache) as started:
        yield started


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say of how many papers the words were held against their texts, and that they were not where no text is given."""
    passed = terminalreporter.stats.get("passed", [])
    proven = [value for report in passed for name, value in report.user_properties if name == "proven"]
    asked = proven or any("test_proof_of_texts" in each.nodeid for each in passed)
    if not asked:
        return
    if not os.environ.get(VARIABLE):
        terminalreporter.write_line(f"papers: {NOT_PROVEN}")
    statements, spans = (sum(each[place] for each in proven) for place in (0, 1))
    terminalreporter.write_line(
        f"papers: {len(proven)} of {len(list(curation_folders(CURATION)))} held against their texts:"
        f" {statements:,} statements, {spans:,} spans"
    )
    others = {value for report in passed for name, value in report.user_properties if name == "left out"}
    for each in sorted(others):
        terminalreporter.write_line(f"papers: left out: {each}")
