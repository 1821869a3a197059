"""Read hostile tables back with kgx: every row is one node, and every value is what was written.

Usage: PYTHONPATH=src python .ci/read_kgx.py, where kgx, biolink-model, hypothesis and pyoxigraph are installed.
"""

import json
import tempfile
from pathlib import Path

import validate_kgx  # noqa: F401  # it tells kgx where the Biolink model lies
from hypothesis import given, settings
from hypothesis import strategies as st
from kgx.source import TsvSource
from kgx.transformer import Transformer

from her2ld.exports.kgx import cell, json_array, tsv_lines

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


# A bar, and what ends a line and JSON does not escape, becomes another character.
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="".join(map(chr, (*range(0x7F, 0xA0), 0x2028, 0x2029, ord("|")))))
    | st.sampled_from("\"\\'\n\t {}[],:=")
)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(st.dictionaries(TEXTS, TEXTS | st.integers(-9, 9), max_size=3), min_size=1, max_size=3))
def test_kgx_keeps_json_as_it_is(objects: list[dict[str, object]]) -> None:
    """Backslashes and quotation marks come through."""
    node = {"id": ("her2:1",), "category": ("biolink:NamedThing",), "results": (json_array(objects),)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "json_nodes.tsv"
        path.write_bytes("".join(tsv_lines(tuple(node), [node])).encode())
        ((_, data),) = read(path)
    assert json.loads(str(data["results"])) == sorted(objects, key=str)


def read(path: Path) -> list[tuple[str, dict[str, object]]]:
    """Return the nodes of a table as kgx reads it."""
    return list(TsvSource(Transformer(stream=True)).parse(filename=str(path), format="tsv"))


if __name__ == "__main__":
    test_kgx_reads_what_was_written()
    test_kgx_keeps_json_as_it_is()
