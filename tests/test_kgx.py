"""KGX: what is a fact is an edge, what is not is a node; identifiers, bytes, and cells that do no harm."""

import csv
import os
import random
import re
import shlex
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Dataset, NamedNode, Quad

from her2ld import Curation, ExportError, Vocabulary, build, read_ontology
from her2ld.assets import ONTOLOGY
from her2ld.cli import main
from her2ld.exports.kgx import EDGE_COLUMNS, NODE_COLUMNS, KgxTables, kgx_tables, tsv_lines
from her2ld.vocabulary import model, standard
from tests.test_documentation import blocks

ROOT = Path(__file__).parent.parent
KEPT = Path(__file__).parent / "kgx"
GUIDE = (ROOT / "docs" / "knowledge-graphs.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tables(quads: tuple[Quad, ...], vocabulary: Vocabulary) -> KgxTables:
    return kgx_tables(quads, vocabulary)


def text(tables: KgxTables) -> dict[str, str]:
    return {
        "her2_nodes.tsv": "".join(tsv_lines(NODE_COLUMNS, tables.nodes)),
        "her2_edges.tsv": "".join(tsv_lines(EDGE_COLUMNS, tables.edges)),
    }


def read(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(content.splitlines(keepends=True), delimiter="\t", quoting=csv.QUOTE_NONE))


def edited(tmp_path: Path, *changes: tuple[str, str]) -> Vocabulary:
    """Read the ontology after changes of its text, each of which must change something."""
    content = ONTOLOGY.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in content
        content = content.replace(old, new)
    (tmp_path / "her2.ttl").write_text(content, encoding="utf-8")
    return read_ontology(tmp_path / "her2.ttl")


@pytest.mark.parametrize("name", ["her2_nodes.tsv", "her2_edges.tsv"])
def test_the_tables_of_the_review_are_those_that_are_kept(name: str, tables: KgxTables) -> None:
    message = "if it should differ: her2ld export --to kgx -o tests/kgx"
    assert text(tables)[name] == (KEPT / name).read_text(encoding="utf-8"), message


def test_every_statement_is_an_edge_or_a_node(tables: KgxTables, review: Curation) -> None:
    settled = [said for said in review.statements if said.modality.settles]
    unsettled = len(review.statements) - len(settled) + len(review.gaps)
    assert (tables.statements_as_edges, tables.statements_as_nodes) == (len(settled), unsettled) == (30, 10)
    named = [row["id"][0].startswith("her2.statement:") for row in (*tables.edges, *tables.nodes)]
    assert sum(named) == len(review.statements) + len(review.gaps)


def test_no_edge_says_what_an_author_only_suggests(tables: KgxTables, review: Curation) -> None:
    joined = {(edge["original_subject"], edge["original_object"]) for edge in tables.edges}
    hedged = {
        ((f"her2:{said.subject.iri.value.removeprefix(model.HER2LD)}",), (f"her2:{name}",))
        for said in review.statements
        if not said.modality.settles
        for name in [said.object.iri.value.removeprefix(model.HER2LD)]
    }
    assert len(hedged) == 9
    assert joined & hedged == set()


def test_a_hedged_statement_mentions_what_it_is_about(tables: KgxTables) -> None:
    (node,) = (node for node in tables.nodes if node["id"] == ("her2.statement:ffbd6535021fd1ef",))
    assert node["name"] == ("suggested: HER2 protein is a ligand orphan receptor",)
    assert node["supporting_text"] == ("and has been suggested to be a ligand orphan receptor.",)
    edges = [edge for edge in tables.edges if node["id"][0] in {edge["subject"][0], edge["object"][0]}]
    assert [(edge["subject"], edge["predicate"], edge["object"], edge["publications"]) for edge in edges] == [
        (node["id"], ("biolink:mentions",), (each,), ("doi:10.1007/BF02967477",))
        for each in ("UniProtKB:P04626", "her2:LigandOrphanReceptor")
    ]


def test_what_an_author_denies_is_no_edge(vocabulary: Vocabulary, review: Curation) -> None:
    said = next(each for each in review.statements if each.relation.label == "heterodimerizes with")
    denied = replace(said, polarity=vocabulary.terms[NamedNode(model.HER2LD + "Negated")])
    curation = replace(review, statements=(denied,), gaps=())
    tables = kgx_tables(build(vocabulary, [curation]), vocabulary)
    assert (tables.statements_as_edges, tables.statements_as_nodes) == (0, 1)
    assert [node["name"] for node in tables.nodes if node["id"][0].startswith("her2.statement:")] == [
        ("asserted: HER2 protein heterodimerizes with HER1 protein (negated)",)
    ]
    between = [edge["predicate"] for edge in tables.edges if edge["original_subject"] == ("her2:HER2",)]
    assert ("biolink:directly_physically_interacts_with",) not in between


@pytest.mark.parametrize("property_", [model.MODALITY, model.POLARITY])
def test_what_does_not_say_how_sure_it_is_is_no_edge(
    quads: tuple[Quad, ...], vocabulary: Vocabulary, property_: NamedNode
) -> None:
    tables = kgx_tables([quad for quad in quads if quad.predicate != property_], vocabulary)
    assert (tables.statements_as_edges, tables.statements_as_nodes) == (0, 40)


def test_both_ends_of_every_edge_are_nodes_and_every_id_is_one(tables: KgxTables) -> None:
    nodes = Counter(node["id"] for node in tables.nodes)
    assert {edge[end] for edge in tables.edges for end in ("subject", "object")} == nodes.keys()
    edges = Counter(edge["id"] for edge in tables.edges)
    assert {id_ for counts in (nodes, edges) for id_, count in counts.items() if count > 1} == set()


def test_conditions_travel_with_the_edge(tables: KgxTables) -> None:
    told = {edge["id"][0]: edge["description"] for edge in tables.edges if edge.get("description", ("",)) != ("",)}
    assert ("condition: ligand-dependent",) in told.values()
    assert ("as of: 2001; in jurisdiction: not stated",) in told.values()
    assert any("lower bound: 0.1" in each and "upper bound: 0.4" in each for (each,) in told.values())


def test_only_what_means_the_same_is_an_identifier(vocabulary: Vocabulary, tables: KgxTables) -> None:
    matches = [quad for quad in vocabulary.quads if quad.predicate.value.endswith("Match")]
    matched = {
        (quad.object.value, quad.predicate.value.endswith("exactMatch"))
        for quad in matches
        if isinstance(quad.object, NamedNode) and "biolink" not in quad.object.value
    }
    weaker = {iri for iri, is_exact in matched if not is_exact and (iri, True) not in matched}
    locals_ = {re.split("[/_#]", each)[-1] for each in weaker}
    written = {each.rpartition(":")[2] for node in tables.nodes for each in (*node["id"], *node.get("xref", ()))}
    assert len(locals_) > 50
    assert written & locals_ == set()


def test_the_gene_and_its_protein_stay_apart(tmp_path: Path, review: Curation, tables: KgxTables) -> None:
    ids = {node["name"]: node["id"] for node in tables.nodes}
    assert ids["HER2 gene",] == ("NCBIGene:2064",)
    assert ids["HER2 protein",] == ("UniProtKB:P04626",)
    shared = ("skos:exactMatch uniprot:P04626", "skos:exactMatch uniprot:P00533")
    vocabulary = edited(tmp_path, shared)
    changed = {node["name"]: node["id"] for node in kgx_tables(build(vocabulary, [review]), vocabulary).nodes}
    assert changed["HER1 protein",] == ("her2:HER1",)
    assert changed["HER2 protein",] == ("her2:HER2",)
    assert len(changed) == len(ids)


def test_every_relation_can_be_written(vocabulary: Vocabulary, quads: tuple[Quad, ...]) -> None:
    """No paper need have used it yet: each is put between two entities, as if it were defined so."""
    ends = [NamedNode(f"{model.HER2LD}{name}") for name in ("HER2", "HER3")]
    relations = [term.iri for term in vocabulary.terms.values() if term.is_relation and term.iri != standard.TYPE]
    more = [Quad(ends[0], relation, ends[1], model.ONTOLOGY_GRAPH) for relation in relations]
    edges = kgx_tables([*quads, *more], vocabulary).edges
    assert (
        len(
            {edge["original_predicate"] for edge in edges}
            & {(f"her2:{iri.value.split('/')[-1]}",) for iri in relations}
        )
        > 15
    )


def test_what_follows_is_marked_as_concluded(vocabulary: Vocabulary) -> None:
    drug, protein = (NamedNode(f"{model.HER2LD}{name}") for name in ("Emodin", "HER2"))
    inferred = Quad(drug, NamedNode(f"{model.HER2LD}targets"), protein, model.INFERRED_GRAPH)
    edges = kgx_tables([*vocabulary.quads, inferred], vocabulary).edges
    levels = Counter((*edge["knowledge_level"], *edge["agent_type"]) for edge in edges)
    assert levels["logical_entailment", "automated_agent"] == 1
    assert levels["knowledge_assertion", "manual_agent"] == len(edges) - 1


def test_what_the_ontology_does_not_map_is_refused(tmp_path: Path, review: Curation) -> None:
    vocabulary = edited(
        tmp_path,
        ("sio:010078, biolink:has_gene_product", "sio:010078"),
        ("her2:edgeCategory biolink:EntityToDiseaseAssociation", "her2:inferredOnly false"),
        ('her2:Therapy ;\n    rdfs:label "vaccination"@en', 'owl:Thing ;\n    rdfs:label "vaccination"@en'),
    )
    with pytest.raises(ExportError) as raised:
        kgx_tables(build(vocabulary, [review]), vocabulary)
    assert [(problem.where.split("/")[-1], problem.what) for problem in raised.value.problems] == [
        ("encodes", "has no terms of Biolink as an exact or broad match, not one"),
        ("observedIn", "does not say to which class of associations in Biolink it belongs"),
        ("Vaccination", "has no category in Biolink"),
    ]


def test_the_order_of_the_quads_does_not_matter(
    quads: tuple[Quad, ...], vocabulary: Vocabulary, tables: KgxTables
) -> None:
    shuffled = random.Random(2).sample(quads, len(quads))  # noqa: S311  # no secret
    assert text(kgx_tables(shuffled, vocabulary)) == text(tables)
    assert text(kgx_tables(Dataset(quads), vocabulary)) == text(tables)


def test_the_bytes_are_the_same_in_every_process(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "her2ld", "export", "--to", "kgx", "-o", str(tmp_path / seed)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
    for name in ("her2_nodes.tsv", "her2_edges.tsv"):
        kept = (KEPT / name).read_bytes()
        assert [(tmp_path / seed / name).read_bytes() == kept for seed in ("1", "2")] == [True, True]


HOSTILE = st.text(st.characters(codec="utf-8") | st.sampled_from("\t\n\r\x00\x1c\x85\u2028|\"'=+-@"))
COLUMNS = ("id", "name", "synonym")


@given(st.lists(st.tuples(HOSTILE, HOSTILE, st.lists(HOSTILE, max_size=3)), max_size=5))
def test_no_value_tears_a_row_or_runs(rows: list[tuple[str, str, list[str]]]) -> None:
    lines = tsv_lines(COLUMNS, [{"id": (id_,), "name": (name,), "synonym": tuple(names)} for id_, name, names in rows])
    content = "".join(lines)
    written = list(csv.reader(content.splitlines(keepends=True), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert written == list(csv.reader(content.splitlines(keepends=True), delimiter="\t"))
    assert written[0] == list(COLUMNS)
    assert len(written) == len(rows) + 1
    for (id_, name, names), cells in zip(rows, written[1:], strict=True):
        assert len(cells) == len(COLUMNS)
        assert not [each for each in cells if each.startswith(("=", "+", "-", "@", '"'))]
        assert [*map(tidy, (id_, name)), [each for each in map(tidy, names) if each]] == [
            *map(unguarded, cells[:2]),
            [each for each in unguarded(cells[2]).split("|") if each],
        ]


def tidy(value: str) -> str:
    """Give what is left of a value when all that breaks lines, and every bar, is replaced."""
    breaking = {chr(code) for code in (*range(32), *range(127, 160), 0x2028, 0x2029)}
    return "".join(" " if each in breaking else "¦" if each == "|" else each for each in value).strip()


def unguarded(cell: str) -> str:
    return cell[1:] if re.match("'[=+@\"-]", cell) and not cell.startswith("''") else cell


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ([], "kgx is two files"),
        (["-o", "-"], "kgx is two files"),
        (["-o", "her2.tsv"], "is the name of a file"),
        (["-o", "taken"], "is the name of a file"),
    ],
)
def test_it_goes_into_a_folder(
    arguments: list[str], what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").write_text("as before")
    result = CliRunner().invoke(main, ["export", "--to", "kgx", *arguments])
    assert (result.exit_code, what in result.stderr, result.stdout) == (2, True, "")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("taken", "as before")]


def test_it_can_be_written_beside_other_formats(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["export", "--to", "kgx", "--to", "nquads", "-o", str(tmp_path), "--json"])
    assert result.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["her2.nq", "her2_edges.tsv", "her2_nodes.tsv"]
    assert '"format": "kgx", "edges": 262, "statements": 30' in result.stderr


def test_a_folder_gets_the_six_formats_unless_it_is_asked_for(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["export", "-o", str(tmp_path)])
    assert [path.name for path in tmp_path.glob("*.tsv")] == []


def test_the_guide_shows_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (command,), (load,), (report, *tables, answer) = (blocks(GUIDE, each) for each in ("sh", "python", "text"))
    assert CliRunner().invoke(main, shlex.split(command)[1:]).stderr == report
    written = "".join(
        (tmp_path / "her2-knowledge-graph" / f"her2_{each}.tsv").read_text() for each in ("nodes", "edges")
    )
    for shown in tables:
        cells = [line.split(maxsplit=1) for line in shown.splitlines()]
        header = (
            NODE_COLUMNS if ["name", "suggested: HER2 protein is a ligand orphan receptor"] in cells else EDGE_COLUMNS
        )
        row = "\t".join(dict(cells).get(column, "") for column in header)
        assert f"\n{row}\n" in written
    done = subprocess.run([sys.executable, "-c", load], capture_output=True, text=True, check=True)
    assert done.stdout == answer
