"""A file of lines is summed up as it stands where that is right, and whatever its form the sum is that of its quads."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from her2ld.loading import load_folder
from her2ld.loading.lines import Summing
from her2ld.loading.loads import Sources
from her2ld.loading.sums import sum_lines

GRAPH = NamedNode("http://example.org/given")
TERMS = st.sampled_from(["<x:a>", "<http://example.org/b>"])
TEXTS = (
    '"a"', '"A"@en', '"A"@de-AT', '"a"^^<x:t>', '"a"^^<http://www.w3.org/2001/XMLSchema#string>', r'"\u0041"', r'"\'"',
    '"\t"', r'"\t"', r'"\\ \" .\n"', '" <x:g> ."', '"é"', r'"\\\'"', "<x:o>",
)  # fmt: skip
LINES = st.builds(
    lambda parts, graph, space, end: space.join([*parts, *graph, "."]) + end,
    st.tuples(TERMS, TERMS, st.sampled_from(TEXTS)),
    st.sampled_from([(), ("<x:g>",), ("<x:g>",), ("<x:h>",)]),
    st.sampled_from([" ", " ", " ", "  ", "\t"]),
    st.sampled_from(["\n", "\n", "\n", " \n", "\r\n", " # <x:g> .\n", "\n\n"]),
)


@given(
    lines=st.lists(LINES),
    is_cut=st.integers(0, 1),
    graph=st.sampled_from([None, GRAPH]),
    short=st.sampled_from([1, 20, 1000]),
)
def test_the_sum_is_that_of_the_quads(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], is_cut: int, graph: NamedNode | None, short: int
) -> None:  # fmt: skip
    file = tmp_path_factory.getbasetemp() / "summed.nq"
    file.write_text("".join(lines).rstrip("\n") if is_cut else "".join(lines), newline="")
    expected = Summing()
    expected.sum_up(Sources(files=(file,), graph=graph).all_quads())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("her2ld.loading.sums._SHORTEST_RUN", short)
        patch.setattr("her2ld.loading.sums._CHUNK", 10 * short)
        patch.setattr("her2ld.loading.sums._LOOKED_AT", 1)
        assert sum_lines(file, graph, None).result() == expected.result()


def test_triples_of_no_graph_whose_object_looks_like_one(tmp_path: Path) -> None:
    file = tmp_path / "x.nq"
    file.write_text("<x:s> <x:p> <x:g> .\n" * 3 + "<x:s> <x:p> <x:o> <x:g> .\n" * 3)
    result = sum_lines(file, None, None).result()
    assert {graph: each.triples for graph, each in result.items()} == {DefaultGraph(): 3, NamedNode("x:g"): 3}


def test_what_is_canonical_is_not_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "x.nq"
    quads = [Quad(NamedNode("x:s"), NamedNode("x:p"), Literal(str(each)), NamedNode("x:g")) for each in range(9)]
    file.write_text("".join(f"{quad} .\n" for quad in quads))
    expected = Summing()
    expected.sum_up(quads)
    monkeypatch.delattr("her2ld.loading.sums.parse")
    assert sum_lines(file, None, None).result() == expected.result()


def test_a_line_that_is_written_in_another_way_than_those_that_are_looked_at_is_compared_by_itself(
    tmp_path: Path,
) -> None:
    lines = [f'<x:s> <x:p> "{number}" <x:g> .\n' for number in range(99)]
    file = tmp_path / "x.nq"
    file.write_text("".join([*lines, '<x:s>  <x:p> "99" <x:g> .\n', lines[0]]))
    sources = Sources(files=(file,))
    expected = Summing()
    expected.sum_up(sources.all_quads())
    assert sum_lines(file, None, None).result() != expected.result()
    report = load_folder(tmp_path / "store", sources)
    assert [(graph.verified, graph.sent.triples, graph.held.triples) for graph in report.graphs] == [(True, 100, 100)]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", ["x.nq", "x.nt"])
def test_each_form_of_a_text_is_summed_up_as_what_it_says(text: str, name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(f"<x:s> <x:p> {text}{' <x:g>' * (name == 'x.nq')} .\n" * 2)
    expected = Summing()
    expected.sum_up(Sources(files=(file,)).all_quads())
    assert sum_lines(file, None, None).result() == expected.result()
