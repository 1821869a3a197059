"""Read hostile tables back with kgx: every row is one node, and every value is what was written.

Usage: PYTHONPATH=src python .ci/read_kgx.py, where kgx, biolink-model, hypothesis and pyoxigraph are installed.
"""

import tempfile
from pathlib import Path

import validate_kgx  # noqa: F401  # it tells kgx where the Biolink model lies
from hypothesis import given, settings
from hypothesis import strategies as st
from kgx.source import TsvSource
from kgx.transformer import Transformer

from her2ld.exports.kgx import cell, tsv_lines

HOSTILE = st.text(st.characters(codec="utf-8") | st.sampled_from("\t\n\r\x00\x1c\x85\u2028|\"'\\=+-@"))
COLUMNS = ("id", "category", "name", "synonym")


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(st.tuples(HOSTILE, st.lists(HOSTILE, max_size=3)), min_size=1, max_size=5))
def test_kgx_reads_what_was_written(rows: list[tuple[str, list[str]]]) -> None:
    """A value that is empty is none; kgx gives a set for a column that may have several."""
    nodes = [
        {"id": (f"her2:{number}",), "category": ("biolink:NamedThing",), "name": (name,), "synonym": tuple(synonyms)}
        for number, (name, synonyms) in enumerate(rows)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hostile_nodes.tsv"
        path.write_bytes("".join(tsv_lines(COLUMNS, nodes)).encode())
        found = [(id_, data.get("name", ""), set(data.get("synonym", ()))) for id_, data in read(path)]
    assert found == [
        (f"her2:{number}", cell([name]), {each for each in cell(synonyms).split("|") if each})
        for number, (name, synonyms) in enumerate(rows)
    ]


def read(path: Path) -> list[tuple[str, dict[str, object]]]:
    """Give the nodes of a table as kgx reads it."""
    return list(TsvSource(Transformer(stream=True)).parse(filename=str(path), format="tsv"))


if __name__ == "__main__":
    test_kgx_reads_what_was_written()
