"""KGX: what is a fact is an edge, what is not is a node; identifiers, bytes, and cells that do no harm."""

import csv
import json
import os
import random
import re
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Dataset, NamedNode, Quad

from her2ld import Curation, ExportError, Vocabulary, build, iris, read_ontology
from her2ld.assets import ONTOLOGY
from her2ld.cli import main
from her2ld.exports.kgx import EDGE_COLUMNS, NODE_COLUMNS, KgxTables, kgx_tables, tsv_lines
from her2ld.reasoning.inference import reason
from her2ld.statements import Dose, Result
from her2ld.vocabulary import model as graphs
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from tests.denied import denied, hedged, retracted
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


def said_of(tables: KgxTables, iri: NamedNode) -> dict[str, tuple[str, ...]]:
    """Return the node of a statement."""
    (node,) = (node for node in tables.nodes if node["iri"] == (iri.value,))
    return dict(node)


def test_every_statement_is_a_node_and_every_asserted_claim_an_edge(tables: KgxTables, review: Curation) -> None:
    assert (tables.statements_as_edges, tables.statements_as_nodes) == (39, len(review.statements)) == (39, 50)
    named = {row["id"][0] for row in tables.nodes if row["id"][0].startswith("her2.statement:")}
    assert named == {f"her2.{iris.path_of(said.iri)}".replace("/", ":") for said in review.statements}
    behind = Counter(each for edge in tables.edges for each in edge.get("has_evidence", ()))
    assert (len(behind), behind.keys() <= named, set(behind.values())) == (39, True, {1})


def test_no_two_edges_share_subject_predicate_and_object(tables: KgxTables, quads: tuple[Quad, ...]) -> None:
    for each in (tables, kgx_tables([*quads, *reason(quads).quads()], read_ontology())):
        joined = Counter((edge["subject"], edge["predicate"], edge["object"]) for edge in each.edges)
        assert {key for key, count in joined.items() if count > 1} == set()


def test_two_relations_of_one_predicate_share_an_edge_and_nothing_is_lost(
    tables: KgxTables, review: Curation, quads: tuple[Quad, ...], vocabulary: Vocabulary
) -> None:
    drug, protein = (vocabulary.terms[NamedNode(f"{graphs.HER2LD}{name}")] for name in ("Trastuzumab", "HER2"))
    of_both = [said for said in review.claims if said.claim and said.claim.subject == drug.iri]
    of_both = [said for said in of_both if said.claim and said.claim.object == protein.iri]
    (edge,) = (
        edge for edge in tables.edges if (edge["subject"], edge["object"]) == (("CHEBI:231601",), ("UniProtKB:P04626",))
    )
    assert edge["predicate"] == ("biolink:related_to",)
    assert (edge["original_predicate"], edge["original_predicates"]) == (
        (),
        ("her2:directedAgainst", "her2:investigatedAgainst"),
    )
    assert edge["supporting_text"] == tuple(sorted(said.evidence[0].exact for said in of_both))
    assert edge["publications"] == ("doi:10.1007/BF02967477",)
    assert len(edge["has_evidence"]) == len(of_both) == 2
    assert edge["description"] == ("",)
    # What only follows from them is told, and never as if it were stated.
    reasoned = kgx_tables([*quads, *reason(quads).quads()], vocabulary)
    (now,) = (each for each in reasoned.edges if each["id"] == edge["id"])
    assert now == {**edge, "description": ("it follows, too: her2:targets",)}


def test_an_edge_has_every_paper_that_asserts_it(review: Curation, vocabulary: Vocabulary) -> None:
    first = review.statements[0]
    record = replace(review.record, pmid="33100329")
    paper = iris.article(record)
    other = replace(
        first, paper=paper, values=(*first.values, (model.CONDITION, NamedNode(f"{graphs.HER2LD}LigandDependent")))
    )
    other = replace(other, iri=iris.statement(other))
    again = replace(review, record=record, statements=(other,))
    tables = kgx_tables(build(vocabulary, [replace(review, statements=(first,)), again]), vocabulary)
    (edge,) = (
        edge for edge in tables.edges if edge["original_predicate"] == ("her2:encodes",) and "publications" in edge
    )
    assert edge["publications"] == ("PMID:33100329", "doi:10.1007/BF02967477")
    assert len(edge["has_evidence"]) == 2
    assert edge["description"] == ("encodes (condition: ligand-dependent) / encodes (no setting named)",)


def test_no_edge_says_what_an_author_is_not_sure_of(tables: KgxTables, review: Curation) -> None:
    joined = {(edge["original_subject"], edge["original_object"]) for edge in tables.edges}
    certain = (model.CERTAINTY, model.CERTAIN)
    unsure = [said.claim for said in review.claims if certain not in said.values]
    ends = {
        tuple((f"her2:{iris.path_of(end)}",) for end in (claim.subject, claim.object) if end)
        for claim in unsure
        if claim
    }
    assert len(ends) == 9
    assert joined & ends == set()


def test_a_hedged_statement_mentions_what_it_is_about(tables: KgxTables, review: Curation) -> None:
    (said,) = (each for each in review.claims if each.label == "HER2 protein is a ligand orphan receptor")
    node = said_of(tables, said.iri)
    assert node["name"] == ("affirms, probable: HER2 protein is a ligand orphan receptor",)
    assert node["supporting_text"] == (said.evidence[0].exact,)
    edges = [edge for edge in tables.edges if node["id"][0] in {edge["subject"][0], edge["object"][0]}]
    assert [(edge["subject"], edge["predicate"], edge["object"], edge["publications"]) for edge in edges] == [
        (node["id"], ("biolink:mentions",), (each,), ("doi:10.1007/BF02967477",))
        for each in ("UniProtKB:P04626", "her2:LigandOrphanReceptor")
    ]


def edges_of(curation: Curation, vocabulary: Vocabulary) -> list[tuple[tuple[str, ...], ...]]:
    """Return the edges, reasoned ones too, that are there with a curation and not without it."""

    def joined(quads: list[Quad]) -> set[tuple[tuple[str, ...], ...]]:
        tables = kgx_tables([*quads, *reason(quads).quads()], vocabulary)
        return {(edge["subject"], edge["predicate"], edge["object"]) for edge in tables.edges}

    nothing = replace(curation, statements=())
    return sorted(joined(list(build(vocabulary, [curation]))) - joined(list(build(vocabulary, [nothing]))))


@pytest.fixture(scope="module")
def most_edges(review: Curation, vocabulary: Vocabulary) -> int:
    """Return the number of edges of the review as it is."""
    return len(edges_of(review, vocabulary))


@pytest.mark.parametrize("changed", [denied, hedged, retracted])
def test_no_edge_comes_of_what_is_denied_hedged_or_retracted_throughout(
    changed: Callable[[Curation], Curation], review: Curation, vocabulary: Vocabulary, most_edges: int
) -> None:
    """Only the statements lead to what they are about."""
    curation = changed(review)
    edges = edges_of(curation, vocabulary)
    assert {predicate for _, predicate, _ in edges} == {("biolink:mentions",)}
    assert {subject[0].partition(":")[0] for subject, _, _ in edges} == {"her2.statement"}
    tables = kgx_tables(build(vocabulary, [curation]), vocabulary)
    assert (tables.statements_as_edges, tables.statements_as_nodes) == (0, len(review.statements))
    nodes = [node for node in tables.nodes if node["id"][0].startswith("her2.statement:")]
    assert {node["name"][0].partition(":")[0] for node in nodes} == {
        "denied": {"denies, certain", "denies, probable", "knowledge gap"},
        "hedged": {"affirms, possible", "knowledge gap"},
        "retracted": {"affirms, certain, retracted", "affirms, probable, retracted", "knowledge gap, retracted"},
    }[changed.__name__]
    assert {node.get("standing") for node in nodes} == {("retracted",) if changed is retracted else ()}
    assert most_edges > len(edges)  # it can fail


@pytest.fixture(scope="module")
def defined(vocabulary: Vocabulary) -> KgxTables:
    """Return the tables of the ontology alone."""
    return kgx_tables(vocabulary.quads, vocabulary)


@pytest.mark.parametrize("link", [model.DENIES, model.FINDS_NO, model.LEAVES_OPEN])
def test_what_is_not_affirmed_is_no_edge(
    link: NamedNode, vocabulary: Vocabulary, review: Curation, defined: KgxTables
) -> None:
    said = replace(review.statements[0], link=link)
    said = replace(said, iri=iris.statement(said))
    tables = kgx_tables(build(vocabulary, [replace(review, statements=(said,))]), vocabulary)
    assert (tables.statements_as_edges, tables.statements_as_nodes) == (0, 1)
    assert said_of(tables, said.iri)["polarity"] == (vocabulary.label(link),)
    assert said_of(tables, said.iri)["name"][0].startswith(vocabulary.label(link))
    between = [edge["predicate"] for edge in tables.edges if edge["original_subject"] == ("her2:HER2Gene",)]
    assert between == [edge["predicate"] for edge in defined.edges if edge["original_subject"] == ("her2:HER2Gene",)]


@pytest.mark.parametrize("property_", [model.CERTAINTY, model.AFFIRMS, model.RELATION])
def test_what_does_not_say_it_in_full_is_no_edge(
    quads: tuple[Quad, ...], vocabulary: Vocabulary, property_: NamedNode
) -> None:
    tables = kgx_tables([quad for quad in quads if quad.predicate != property_], vocabulary)
    assert (tables.statements_as_edges, tables.statements_as_nodes) == (0, 50)


def test_both_ends_of_every_edge_are_nodes_and_every_id_is_one(tables: KgxTables, review: Curation) -> None:
    nodes = Counter(node["id"] for node in tables.nodes)
    (gap,) = review.gaps
    assert {edge[end] for edge in tables.edges for end in ("subject", "object")} == nodes.keys()
    assert said_of(tables, gap.iri)["id"] in nodes
    edges = Counter(edge["id"] for edge in tables.edges)
    assert {id_ for counts in (nodes, edges) for id_, count in counts.items() if count > 1} == set()


def test_an_edge_has_the_setting_of_its_statement(tables: KgxTables) -> None:
    told = {each for edge in tables.edges for each in edge["description"] if each}
    assert told == {
        "activates (condition: ligand-dependent)",
        "heterodimerizes with (condition: ligand-dependent)",
        "is approved for (as of: 2001; in jurisdiction: not stated)",
    }


def test_numbers_are_data_at_the_node(tables: KgxTables, review: Curation, vocabulary: Vocabulary) -> None:
    (said,) = (each for each in review.claims if each.label == "HER2 gene amplification is observed in breast cancer")
    assert json.loads(said_of(tables, said.iri)["results"][0]) == [
        {"measure": "proportion", "lower": 10, "upper": 40, "interval_kind": "range", "unit": "%"}
    ]
    drug = NamedNode(f"{graphs.HER2LD}Trastuzumab")
    part = NamedNode(f"{said.iri.value}-x")
    result = Result(
        part, value=Decimal("0.520"), upper=Decimal("0.12345678901234567890"), count=3, time='5 "or" 6 | years',
        significance=model.SIGNIFICANT,
    )  # fmt: skip
    dose = Dose(NamedNode(f"{said.iri.value}-y"), agent=drug, value=Decimal("2.5"), unit="mg", schedule="a day")
    more = replace(said, results=(result,), doses=(dose,))
    node = said_of(kgx_tables(build(vocabulary, [replace(review, statements=(more,))]), vocabulary), said.iri)
    (row,) = read("".join(tsv_lines(NODE_COLUMNS, [node])))
    assert json.loads(row["results"]) == [
        {"value": 0.52, "upper": "0.1234567890123456789", "count": 3, "time": '5 "or" 6 ¦ years',
         "significance": "significant"}
    ]  # fmt: skip
    assert json.loads(row["doses"]) == [{"agent": "trastuzumab", "value": 2.5, "unit": "mg", "schedule": "a day"}]
    assert '\\"' not in row["results"]  # which kgx deletes


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
    ends = [NamedNode(f"{graphs.HER2LD}{name}") for name in ("HER2", "HER3")]
    relations = [term.iri for term in vocabulary.terms.values() if term.is_relation and term.iri != standard.TYPE]
    more = [Quad(ends[0], relation, ends[1], graphs.ONTOLOGY_GRAPH) for relation in relations]
    edges = kgx_tables([*quads, *more], vocabulary).edges
    assert (
        len(
            {edge["original_predicate"] for edge in edges}
            & {(f"her2:{iri.value.split('/')[-1]}",) for iri in relations}
        )
        > 15
    )


def test_what_follows_is_marked_as_concluded(vocabulary: Vocabulary) -> None:
    drug, protein = (NamedNode(f"{graphs.HER2LD}{name}") for name in ("Emodin", "HER2"))
    inferred = Quad(drug, NamedNode(f"{graphs.HER2LD}targets"), protein, graphs.INFERRED_GRAPH)
    edges = kgx_tables([*vocabulary.quads, inferred], vocabulary).edges
    levels = Counter((*edge["knowledge_level"], *edge["agent_type"]) for edge in edges)
    assert levels["logical_entailment", "automated_agent"] == 1
    assert levels["knowledge_assertion", "manual_agent"] == len(edges) - 1


def test_what_the_ontology_does_not_map_is_refused(tmp_path: Path, review: Curation) -> None:
    observed = "biolink:coexists_with ;\n    dcterms:source <https://doi.org/10.1007/BF02967477>"
    vocabulary = edited(
        tmp_path,
        ("sio:010078, biolink:has_gene_product", "sio:010078"),
        (f"{observed} ;\n    her2:edgeCategory biolink:Association", f"{observed} ;\n    her2:inferredOnly false"),
        ('her2:Therapy ;\n    rdfs:label "vaccination"@en', 'owl:Thing ;\n    rdfs:label "vaccination"@en'),
    )
    with pytest.raises(ExportError) as raised:
        kgx_tables(build(vocabulary, [review]), vocabulary)
    assert [(problem.where.split("/")[-1], problem.what) for problem in raised.value.problems] == [
        ("encodes", "has no terms of Biolink as an exact or broad match, and needs one"),
        ("observedIn", "has no class of associations in Biolink"),
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
    """Return what is left of a value when all that breaks lines, and every bar, is replaced."""
    breaking = {chr(code) for code in (*range(32), *range(127, 160), 0x2028, 0x2029)}
    return "".join(" " if each in breaking else "¦" if each == "|" else each for each in value).strip()


def unguarded(cell: str) -> str:
    return cell[1:] if re.match("'[=+@\"-]", cell) and not cell.startswith("''") else cell


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ([], "kgx needs a folder for its two files"),
        (["-o", "-"], "kgx needs a folder for its two files"),
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
    counts = len((KEPT / "her2_edges.tsv").read_text(encoding="utf-8").splitlines()) - 1
    assert f'"format": "kgx", "edges": {counts}, "statements": 39' in result.stderr


def test_a_folder_gets_the_six_formats_unless_it_is_asked_for(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["export", "-o", str(tmp_path)])
    assert [path.name for path in tmp_path.glob("*.tsv")] == []


def test_the_guide_shows_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "curation").symlink_to(ROOT / "curation")
    monkeypatch.chdir(tmp_path)
    (command,), (load,), (report, *tables, answer) = (blocks(GUIDE, each) for each in ("sh", "python", "text"))
    assert CliRunner().invoke(main, shlex.split(command)[1:]).stderr == report
    written = "".join(
        (tmp_path / "her2-knowledge-graph" / f"her2_{each}.tsv").read_text() for each in ("nodes", "edges")
    )
    for shown in tables:
        cells = [line.split(maxsplit=1) for line in shown.splitlines()]
        header = EDGE_COLUMNS if "predicate" in dict(cells) else NODE_COLUMNS
        row = "\t".join(dict(cells).get(column, "") for column in header)
        assert f"\n{row}\n" in written
    done = subprocess.run([sys.executable, "-c", load], capture_output=True, text=True, check=True)
    assert done.stdout == answer
