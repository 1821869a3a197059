"""Loading into a folder of Oxigraph: what is there is what was sent, or what was there before."""

import errno
import gzip
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, serialize

from her2ld import LoadError, RecordError
from her2ld.cli import main
from her2ld.dataset import read_rdf
from her2ld.loading import Sources, check_folder, load_folder, oxigraph_folder, write_files
from her2ld.loading.lines import Summing, sort_graphs
from her2ld.loading.loads import Note
from her2ld.loading.sums import sums_in_store
from her2ld.rdf.parser_limits import CheckedLines
from her2ld.vocabulary import model, standard
from tests.graphs import canonical

EXAMPLE = "http://example.org/"


def iri(name: str) -> NamedNode:
    return NamedNode(EXAMPLE + name)


def some(count: int, word: str = "one", graph: str = "graph") -> tuple[Quad, ...]:
    return tuple(Quad(iri(f"s{number}"), iri("p"), Literal(f"{word} {number}"), iri(graph)) for number in range(count))


def held(place: Path) -> set[Quad]:
    return set(Store.read_only(str(place)))


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_the_review_is_loaded_and_said_to_be(tmp_path: Path, quads: tuple[Quad, ...]) -> None:
    place = tmp_path / "new" / "store"
    sizes = Counter(str(quad.graph_name)[1:-1] for quad in quads)
    status, out, err = run("load", str(place))
    assert status == 0
    assert out.splitlines() == [
        *(
            f"loaded her2:graph/{name}: {sizes[f'{model.HER2LD}graph/{name}']:,} triples, verified"
            for name in ("ontology", "asserted", "hedged", "statements", "records")
        ),
        f"loaded {len(quads):,} triples in 5 graphs into {place}",
    ]
    assert err == "read 10.1007/BF02967477: 49 statements (9 hedged)\n"
    assert canonical(held(place)) == canonical(quads)
    assert [each.name for each in place.parent.iterdir()] == ["store"]


def test_loading_twice_gives_the_same_store(tmp_path: Path, quads: tuple[Quad, ...]) -> None:
    place = tmp_path / "store"
    reports = [load_folder(place, Sources(quads)) for _ in range(2)]
    assert reports[0] == reports[1]
    assert canonical(held(place)) == canonical(quads)


def test_graphs_of_others_stay(tmp_path: Path) -> None:
    place = tmp_path / "store"
    by_others = {
        *some(3, graph="theirs"),
        Quad(iri("s"), iri("p"), iri("o")),
        Quad(BlankNode("x"), iri("p"), BlankNode("y"), BlankNode("g")),
    }
    Store(place).extend(by_others)
    for word in ("old", "new"):
        report = load_folder(place, Sources(some(5, word)))
        assert report.changed
        assert report.others == {"the default graph": 1, EXAMPLE + "theirs": 3, "_:g": 1}
        assert held(place) == by_others | set(some(5, word))


def test_a_graph_that_the_sources_no_longer_have_is_named_and_can_be_pruned(tmp_path: Path) -> None:
    place = tmp_path / "store"
    inferred = tuple(Quad(each.subject, each.predicate, each.object, model.INFERRED_GRAPH) for each in some(2))
    load_folder(place, Sources((*inferred, *some(3, graph="theirs"))))
    file = tmp_path / "some.nq"
    file.write_bytes(serialize(some(1), format=RdfFormat.N_QUADS) or b"")
    said = run("load", str(place), str(file))[1].splitlines()
    assert said[1:3] == [
        "left her2:graph/inferred: 2 triples, of which the sources have none; --prune removes them",
        "left 1 graph of others",
    ]
    said = run("load", str(place), str(file), "--prune")[1].splitlines()
    assert said[1:3] == ["removed her2:graph/inferred, which the sources do not have", "left 1 graph of others"]
    assert held(place) == {*some(1), *some(3, graph="theirs")}


def test_files_are_loaded_whatever_their_form(tmp_path: Path) -> None:
    plain, packed, turtle = tmp_path / "plain.nq", tmp_path / "packed.nt.gz", tmp_path / "turtle.ttl"
    plain.write_bytes(serialize((*some(4), *some(4, "two")), format=RdfFormat.N_QUADS) or b"")
    packed.write_bytes(gzip.compress(b"_:a <http://example.org/p> _:b .\n"))
    turtle.write_text("@prefix : <http://example.org/> . _:a :p [ :p 012, 'zwölf'@DE, 1.50 ] . :s :p :o .", "utf-8")
    place = tmp_path / "store"
    status, out, _ = run("load", str(place), *map(str, (plain, packed, turtle)), "--graph", EXAMPLE + "other")
    assert status == 0
    assert out.splitlines() == [
        "loaded http://example.org/graph: 8 triples, verified",
        "loaded http://example.org/other: 6 triples, verified, 2 of them by value, as the store writes them",
        f"loaded 14 triples in 2 graphs into {place}",
    ]
    other = {quad for quad in held(place) if quad.graph_name == iri("other")}
    assert len({term for quad in other for term in (quad.subject, quad.object) if isinstance(term, BlankNode)}) == 4


def test_a_large_file_is_loaded_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("her2ld.loading.oxigraph_folder._LEAST_BYTES", 1)
    file, torn = tmp_path / "many.nt", tmp_path / "torn.nq"
    file.write_bytes(serialize([quad.triple for quad in some(5_001)], format=RdfFormat.N_TRIPLES) or b"")
    told: list[tuple[str, int, int]] = []
    report = load_folder(
        tmp_path / "store", Sources(files=(file,), graph=iri("graph")), note=lambda *note: told.append(note)
    )
    assert (report.verified, held(tmp_path / "store")) == (True, set(some(5_001)))
    assert max(told) == ("reading", 5_001, 0)
    content = serialize(some(50_000), format=RdfFormat.N_QUADS) or b""
    torn.write_bytes(b"what is this\n" + content)
    with pytest.raises(RecordError, match=r"torn\.nq, line 1"):
        load_folder(tmp_path / "store", Sources(files=(torn,)))
    torn.write_bytes(b"_:a <http://example.org/p> _:b <http://example.org/graph> .\n" * 2 + content)
    report = load_folder(tmp_path / "store", Sources(files=(torn,)))
    assert (report.verified, report.triples) == (True, 50_001)


def test_the_parts_of_a_file_end_where_lines_end(tmp_path: Path) -> None:
    file = tmp_path / "few.nt"
    for lengths in ([], [1], [5, 400, 5], [9] * 4, [400, 5, 5, 5], [7] * 99):
        lines = [b"." * length + b"\n" for length in lengths]
        file.write_bytes(b"".join(lines))
        parts = list(oxigraph_folder._parts(file))  # noqa: SLF001  # what is lost there would be found out much later
        content = [file.read_bytes()[begin:end] for _, begin, end in parts]
        assert [line for some in content for line in some.splitlines(keepends=True)] == lines
        assert all(content)
        assert len(content) <= 4  # the number of parts


def test_what_is_given_twice_is_loaded_once(tmp_path: Path) -> None:
    file = tmp_path / "twice.nq"
    file.write_bytes((serialize(some(4), format=RdfFormat.N_QUADS) or b"") * 2)
    report = load_folder(tmp_path / "store", Sources(some(4), (file, file)))
    assert report.verified
    assert (report.triples, len(held(tmp_path / "store"))) == (4, 4)


def test_the_report_in_json(tmp_path: Path) -> None:
    file = tmp_path / "some.nq"
    file.write_bytes(serialize(some(1), format=RdfFormat.N_QUADS) or b"")
    status, out, _ = run("load", str(tmp_path / "store"), str(file), "--json")
    report = json.loads(out)
    digest = report["graphs"][0]["digest_sent"]
    assert len(digest) == 64
    assert status == 0
    assert report == {
        "target": str(tmp_path / "store"),
        "verified": True,
        "changed": True,
        "graphs": [
            {
                "graph": EXAMPLE + "graph",
                "verified": True,
                "sent": 1,
                "held": 1,
                "digest_sent": digest,
                "digest_held": digest,
                "by_value": 0,
                "missing": 0,
                "unexpected": 0,
                "first_missing": [],
                "first_unexpected": [],
            }
        ],
        "others": {},
        "pruned": [],
    }


def test_a_store_with_files_of_others_in_it_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "store"
    load_folder(place, Sources(some(2)))
    (place / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(LoadError, match=r"holds notes\.txt, which is not the store's"):
        load_folder(place, Sources(some(3)))
    assert (place / "notes.txt").read_text("utf-8") == "mine"
    assert held(place) == set(some(2))


def test_a_folder_keeps_its_permissions(tmp_path: Path) -> None:
    place = tmp_path / "store"
    place.mkdir(mode=0o700)
    load_folder(place, Sources(some(2)))
    assert place.stat().st_mode & 0o777 == 0o700


def test_what_is_no_store_is_not_compared(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    status, _, err = run("load", str(tmp_path), "--check")
    assert (status, "is not a store of Oxigraph" in err) == (2, True)


def test_what_cannot_be_loaded_is_refused_and_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("her2ld.rdf.parser_limits.DEEPEST_NESTING", 3)
    empty, torn, deep = tmp_path / "empty.nq", tmp_path / "torn.nq", tmp_path / "deep.nt"
    empty.touch()
    torn.write_bytes((serialize(some(3), format=RdfFormat.N_QUADS) or b"")[:-20])
    deep.write_text("<http://example.org/s> <http://example.org/p> " + "<<( " * 4, "utf-8")
    place, other, file = tmp_path / "store", tmp_path / "other", tmp_path / "file"
    load_folder(place, Sources(some(2)))
    other.mkdir()
    (other / "letter.txt").touch()
    file.touch()
    for arguments, words in (
        ((place, empty), "hold no triple"),
        ((place, torn), "torn.nq, line 3"),
        ((place, deep), "nested more than 3 deep"),
        ((place, tmp_path / "none.nq"), "cannot be read"),
        ((place, tmp_path / "letter.doc"), "is not an RDF file by its name"),
        ((other,), "is not a store of Oxigraph"),
        (("ftp://127.0.0.1/x",), "give the address of a store with http or https"),
        ((file,), "is a file"),
    ):
        status, out, err = run("load", *map(str, arguments))
        assert (status, out) == (2, "")
        assert words in err
    assert held(place) == set(some(2))
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "deep.nt", "empty.nq", "file", "other", "store", "torn.nq",
    ]  # fmt: skip


def test_a_mistake_in_a_curation_ends_with_1_and_loads_nothing(tmp_path: Path, review_folder: Path) -> None:
    paper = tmp_path / "paper"
    paper.mkdir()
    for file in review_folder.iterdir():
        (paper / file.name).write_bytes(file.read_bytes().replace(b'"emodin"', b'"emodine"'))
    status, _, err = run("load", str(tmp_path / "store"), str(paper))
    assert status == 1
    assert "emodine" in err
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    "options",
    [
        ("http://localhost:1",),
        ("store", "--store", "oxigraph"),
        ("store", "--update", "http://localhost:1"),
        ("store", "--bulk", "--prune"),
        ("store", "--check", "--prune"),
        ("store", "--graph", "no iri"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options: tuple[str, ...]) -> None:
    assert run("load", *options)[0] == 2


def test_a_triple_about_a_triple_and_a_graph_without_a_name_are_refused(tmp_path: Path) -> None:
    for text, words in (
        ("<http://a.b/s> <http://a.b/p> <<( <http://a.b/s> <http://a.b/p> <http://a.b/o> )>> .", "about a triple"),
        ("<http://a.b/s> <http://a.b/p> <http://a.b/o> _:g .", "a graph without an IRI"),
    ):
        file = tmp_path / "unusual.nq"
        file.write_text(text, "utf-8")
        with pytest.raises(LoadError, match=words):
            load_folder(tmp_path / "store", Sources(files=(file,)))


def test_a_store_that_loses_a_triple_is_found_out_and_the_old_data_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "store"
    load_folder(place, Sources(some(3, "old")))
    fill = oxigraph_folder._fill  # noqa: SLF001  # a store that loses something cannot be had otherwise

    def losing(
        store: Store, sources: Sources, pool: Executor, note: Note | None
    ) -> tuple[Summing, list[Future[Summing]]]:
        sums = fill(store, sources, pool, note)
        store.remove(some(1, "new")[0])
        return sums

    monkeypatch.setattr(oxigraph_folder, "_fill", losing)
    file = tmp_path / "new.ttl"
    file.write_bytes(serialize([each.triple for each in some(3, "new")], format=RdfFormat.TURTLE) or b"")
    status, out, err = run("load", str(place), str(file), "--graph", EXAMPLE + "graph")
    assert (status, out) == (1, "")
    assert err.splitlines() == [
        "http://example.org/graph",
        "  is not what was sent: 1 triple is missing, 0 were not sent",
        '    - <http://example.org/s0> <http://example.org/p> "new 0" .',
        "  remedy: load it again, and nothing beside it; if it differs again, the store rewrites it (docs/loading.md)",
        f"1 of 1 graph not as sent; {place} is as it was",
    ]
    assert held(place) == set(some(3, "old"))


def test_a_merge_that_cannot_be_written_is_an_error_and_the_old_data_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "store"
    load_folder(place, Sources(some(3, "old")))

    def failing(_: Path) -> bool:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(oxigraph_folder, "keep_merge", failing)
    with pytest.raises(LoadError, match="No space left on device"):
        load_folder(place, Sources(some(3, "new")))
    monkeypatch.undo()
    assert held(place) == set(some(3, "old"))
    assert load_folder(place, Sources(some(3, "new"))).verified


def test_a_store_is_checked_without_being_changed(tmp_path: Path) -> None:
    place = tmp_path / "store"
    load_folder(place, Sources(some(3)))
    assert check_folder(place, Sources(some(3))).verified
    report = check_folder(place, Sources((*some(2), *some(1, "other"))))
    (graph,) = report.graphs
    assert (report.verified, report.changed) == (False, False)
    assert graph.first_missing == ('<http://example.org/s0> <http://example.org/p> "other 0" .',)
    assert graph.first_unexpected == ('<http://example.org/s2> <http://example.org/p> "one 2" .',)
    with pytest.raises(LoadError, match="is not a folder"):
        check_folder(tmp_path / "none", Sources(some(3)))


def test_a_folder_that_another_process_has_open_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "store"
    load_folder(place, Sources(some(3)))
    program = "import sys, pyoxigraph; store = pyoxigraph.Store(sys.argv[1]); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "open\n"
        with pytest.raises(LoadError, match="end the process that has it open"):
            load_folder(place, Sources(some(3, "new")))
        other.communicate("\n")
    assert held(place) == set(some(3))


def test_a_reader_that_has_it_open_keeps_what_it_has(tmp_path: Path) -> None:
    place = tmp_path / "store"
    load_folder(place, Sources(some(100, "old")))
    reader = Store.read_only(str(place))
    load_folder(place, Sources(some(100, "new")))
    assert set(reader) == set(some(100, "old"))
    assert held(place) == set(some(100, "new"))


KILLED = """
import os, signal, sys
from pathlib import Path
from pyoxigraph import Literal, NamedNode, Quad
from her2ld.files import folders
from her2ld.loading import Sources, oxigraph_folder, load_folder

def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def after(*arguments):
    switch_then(*arguments)
    killed()

where = sys.argv[2]
switch_then = oxigraph_folder.take_place
if where == "while it is filled":
    oxigraph_folder.check_not_empty = killed
elif where == "before it is compared":
    oxigraph_folder._compare = killed
elif where == "before the switch":
    oxigraph_folder.take_place = killed
elif where == "in the switch":
    folders._exchange = killed
elif where == "after the switch":
    oxigraph_folder.take_place = after
iri = lambda name: NamedNode("http://example.org/" + name)
quads = tuple(Quad(iri(f"s{n}"), iri("p"), Literal(f"new {n}"), iri("graph")) for n in range(100))
load_folder(Path(sys.argv[1]), Sources(quads))
"""


@pytest.mark.parametrize(
    ("where", "left"),
    [
        ("while it is filled", "old"),
        ("before it is compared", "old"),
        ("before the switch", "old"),
        ("in the switch", "old"),
        ("after the switch", "new"),
    ],
)
def test_a_load_that_is_killed_leaves_the_old_data_or_the_new(where: str, left: str, tmp_path: Path) -> None:
    place = tmp_path / "store"
    load_folder(place, Sources(some(100, "old")))
    done = subprocess.run([sys.executable, "-c", KILLED, str(place), where], check=False)
    assert done.returncode == -signal.SIGKILL
    assert held(place) == set(some(100, left))
    assert len(list(tmp_path.iterdir())) > 1
    load_folder(place, Sources(some(100, "newest")))
    assert held(place) == set(some(100, "newest"))
    assert [each.name for each in tmp_path.iterdir()] == ["store"]


def test_bulk_files_hold_what_was_sent_and_replace_earlier_ones(
    tmp_path: Path, quads: tuple[Quad, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("her2ld.loading.bulk_files._LINES_IN_A_FILE", 10_000)
    place = tmp_path / "files"
    status, out, _ = run("load", str(place), "--bulk")
    assert status == 0
    assert out.splitlines()[-1] == f"wrote {len(quads):,} triples in 5 graphs into {place}"
    files = sorted(place.iterdir())
    assert [file.name for file in files] == ["her2ld-0001.nq.gz", "her2ld-0002.nq.gz"]
    assert [gzip.decompress(file.read_bytes()).count(b"\n") for file in files] == [10_000, len(quads) - 10_000]
    assert b" _:" not in gzip.decompress(files[1].read_bytes())
    before = [file.read_bytes() for file in files]
    assert run("load", str(place), "--check")[0] == 0
    assert run("load", str(place), "--bulk")[0] == 0
    assert [file.read_bytes() for file in sorted(place.iterdir())] == before
    write_files(place, Sources(some(2)))
    assert [file.name for file in place.iterdir()] == ["her2ld-0001.nq.gz"]
    assert run("load", str(place), "--check")[0] == 1
    (place / "letter.txt").touch()
    with pytest.raises(LoadError, match="holds something other than bulk files"):
        write_files(place, Sources(quads))


def texts() -> st.SearchStrategy[str]:
    odd = st.sampled_from("\x00\x07\t\n\r\x0b\x0c\x1f\x7f\x85\u2028\\\"'<>_: .é😀")
    return st.text(st.one_of(odd, st.characters(codec="utf-8")), max_size=12)


def literals() -> st.SearchStrategy[Literal]:
    kinds = ("integer", "decimal", "double", "boolean", "date", "string", "nonNegativeInteger")
    lexical = st.sampled_from(("1", "+1", "-0", "1.5", ".5", "1e5", "1.5E-3", "true", "2026-01-01", "x", "a\tb", ""))
    typed = st.builds(
        lambda text, kind: Literal(text, datatype=NamedNode(standard.XSD + kind)), lexical, st.sampled_from(kinds)
    )
    return st.one_of(texts().map(Literal), texts().map(lambda text: Literal(text, language="en-GB")), typed)


def generated_quads() -> st.SearchStrategy[list[Quad]]:
    nodes = st.sampled_from([iri("a"), iri("_:b"), iri("é"), BlankNode("b"), BlankNode("c")])
    graphs = st.sampled_from([iri("graph"), iri("other"), DefaultGraph()])
    predicates = st.sampled_from([iri("p"), iri("q")])
    return st.lists(st.builds(Quad, nodes, predicates, st.one_of(nodes, literals()), graphs), max_size=12)


@settings(max_examples=25)
@given(generated_quads(), st.sampled_from([0, 1000]))
def test_a_store_sums_up_to_what_its_quads_sum_up_to(generated: list[Quad], times_an_object: int) -> None:
    """Read back as tab-separated values, row by row or object by object, whatever the texts hold."""
    store = Store()
    store.extend(generated)
    one_by_one = Summing()
    one_by_one.sum_up(store)
    expected = one_by_one.result()
    with tempfile.TemporaryDirectory() as name:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("her2ld.loading.sums._TIMES_AN_OBJECT", times_an_object)
            assert sums_in_store(store, expected, Path(name)) == expected
        sorted_twice = sort_graphs([*store, *store], Path(name))
        assert {graph: each.sum for graph, each in sorted_twice.items()} == expected


@settings(max_examples=25)
@given(st.lists(st.sampled_from([*some(6), *some(6, graph="other")]), max_size=40))
def test_what_does_not_fit_in_memory_is_sorted_all_the_same(generated: list[Quad]) -> None:
    with pytest.MonkeyPatch.context() as patched, tempfile.TemporaryDirectory() as name:
        patched.setattr("her2ld.loading.lines._LINES_AT_ONCE", 3)
        patched.setattr("her2ld.loading.lines._FILES_AT_ONCE", 2)
        graphs = sort_graphs(generated, Path(name))
        contents = {graph: each.file.read_text("utf-8").splitlines() for graph, each in graphs.items()}
    expected: dict[object, set[str]] = {}
    for quad in generated:
        expected.setdefault(quad.graph_name, set()).add(f"{quad.triple} .")
    assert contents == {graph: sorted(lines) for graph, lines in expected.items()}
    assert {graph: each.sum.triples for graph, each in graphs.items()} == {
        graph: len(lines) for graph, lines in expected.items()
    }


def test_lines_that_are_too_long_or_nested_too_deep_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("her2ld.rdf.parser_limits._LONGEST_LINE", 10_000)
    monkeypatch.setattr("her2ld.rdf.parser_limits.DEEPEST_NESTING", 3)
    beginning = "<http://example.org/s> <http://example.org/p> "
    for text, words in (
        (beginning + "<<( " * 4, "nested more than 3 deep"),
        (beginning + '"' + "x" * 10_000 + '" .', "a line of more than 10,000 bytes"),
    ):
        packed = tmp_path / "refused.nt.gz"
        packed.write_bytes(gzip.compress(text.encode()))
        with pytest.raises(RecordError, match=words):
            list(read_rdf(packed))


def test_brackets_in_texts_names_and_comments_of_lines_do_not_nest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("her2ld.rdf.parser_limits.DEEPEST_NESTING", 2)
    text = (
        r'<x:s> <x:p> "<<( \\" . # <<( <<( <<( "' + "\n"
        r'<x:s> <x:p> "\" <<( <<( <<( \\" .' + "\n"
        '<x:s> <x:q> <<( <x:s#> <x:p> <<( <x:s> <x:p> "<<( <<( <<(" )>> )>> .\n'
    )
    for name in ("x.nt", "x.nq"):
        (tmp_path / name).write_text(text)
        assert len(list(read_rdf(tmp_path / name))) == 3
    # In whatever pieces it is read.
    deep = text + "<x:s> <x:q> <<( <x:s> <x:p> <<( <x:s> <x:p> <<("
    for size in range(3, len(text)):
        lines = CheckedLines(io.BytesIO(text.encode()), "x.nt")
        assert b"".join(iter(partial(lines.read, size), b"")) == text.encode()
    with pytest.raises(RecordError, match="nested more than 2 deep"):
        CheckedLines(io.BytesIO(deep.encode()), "x.nt").read()
