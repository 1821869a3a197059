"""What data say is seen at a terminal, and does nothing to it."""

import json
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from her2ld.cli import main
from her2ld.texts import in_one_line, visible

# A control sequence of seven and of eight bits, a bell, a delete, an override of the direction, a carriage return.
NASTY = "HER2\x1b[1m\x9b1m\x07\x7f\u202e\r"
SEEN = "HER2\\u001b[1m\\u009b1m\\u0007\\u007f\\u202e\\u000d"

CARRIAGE_RETURN = "\\u000d"


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, list(map(str, arguments)), color=True)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@given(st.text())
def test_nothing_that_is_not_seen_is_left_and_json_stays_the_same(text: str) -> None:
    for each in (visible(text), in_one_line(text)):
        assert not [char for char in each if unicodedata.category(char) == "Cc" and char not in "\n\t"]
    assert not set(in_one_line(text)) & {"\n", "\t", "\u2028", "\u202e"}
    document = json.dumps(text, ensure_ascii=False)
    assert json.loads(visible(document)) == text


@pytest.fixture
def data(tmp_path: Path) -> Path:
    file = tmp_path / "data.nt"
    escaped = "".join(f"\\u{ord(char):04X}" for char in NASTY)
    file.write_text(f'<urn:x:s> <http://www.w3.org/2000/01/rdf-schema#label> "{escaped}\\n second line" .\n')
    return file


def ask(data: Path, name: str, form: str = "text") -> Result:
    query = data.with_name("query.rq")
    query.write_text(f"SELECT ?{name} {{ ?s ?p ?o }}")
    return run("query", query, "--data", data, "--to", form)


def test_a_table_shows_what_a_label_says(data: Path) -> None:
    table = ask(data, "o").stdout
    assert f"{SEEN}\\n second line" in table
    assert table.count("\n") == 3
    named = ask(data, "s").stdout
    assert f"{SEEN}\\n second line (urn:x:s)" in named


def test_csv_is_exact(data: Path) -> None:
    out = ask(data, "o", "csv").stdout_bytes
    assert out == f'o\r\n"{NASTY}\n second line"\r\n'.encode()


def test_an_error_shows_what_a_table_of_mappings_says(tmp_path: Path) -> None:
    table = tmp_path / "theirs.tsv"
    columns = "subject_id\tpredicate_id\tobject_id\tsubject_label\tobject_label\n"
    table.write_text(
        f"{columns}mesh:D001943\tskos:exactMatch\tdoid:3459\t{NASTY[:-1]}\tx\n"
        f"no\x1b[2J\tskos:exactMatch\tdoid:3459\tx\tx\n",
        newline="",
    )
    result = run("mappings", "--compare", table)
    assert f"theirs: mesh:D001943 ({SEEN.removesuffix(CARRIAGE_RETURN)})" in result.stdout
    assert "is not an identifier" in result.stderr
    assert "[2J" in result.stderr
    codes = result.output.replace("\x1b[0m", "").replace("\x1b[1m", "").replace("\x1b[32m", "")  # our own
    assert not [char for char in codes if unicodedata.category(char) == "Cc" and char not in "\n\t"]


def test_a_name_of_a_file_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "x\x1b[2J.ttl"
    file.write_text("<a")
    said = run("export", "--with", file, "-o", tmp_path / "out.nq").stderr
    assert "\\u001b[2J.ttl" in said
    assert "\x1b[2J" not in said
