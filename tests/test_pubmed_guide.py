"""docs/pubmed-use.md: its commands exist, and its question has an answer."""

import re
import shlex
from pathlib import Path

import pytest

from her2ld.cli.export_verb import export
from tests.test_cli import run

GUIDE = (Path(__file__).parent.parent / "docs" / "pubmed-use.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^her2ld export (.+)$", GUIDE, re.MULTILINE)
RECORD = "PMID- 1\nTI  - Trastuzumab\nAB  - Herceptin and trastuzumab.\n\nPMID- 2\nTI  - Nothing of it\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_exists(command: str) -> None:
    export.make_context("export", shlex.split(command))


@pytest.mark.parametrize("packed", ["", ".gz"])
def test_from_a_saved_search_to_an_answer(tmp_path: Path, packed: str) -> None:
    assert len(COMMANDS) == 3
    (question,) = re.findall(r"^```sparql\n(.+?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    (tmp_path / "papers.rq").write_text(question, encoding="utf-8")
    (tmp_path / "saved.txt").write_text(RECORD, encoding="utf-8")
    found = tmp_path / f"found.nq{packed}"
    assert run("export", str(tmp_path / "saved.txt"), "-o", str(found))[0] == 0
    status, out, _ = run("query", str(tmp_path / "papers.rq"), "--data", str(found), "--to", "csv")
    assert (status, out.splitlines()) == (0, ["title,times", "Trastuzumab,3"])
