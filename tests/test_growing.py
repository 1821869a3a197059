"""A new relation and a new entity touch one file, the ontology; all the rest follows."""

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, Quad

from her2ld import Vocabulary, build, export, json_ld_context, read_curation, read_ontology
from her2ld.assets import ONTOLOGY
from her2ld.cli import main
from her2ld.vocabulary import model

TERMS = """
her2:dampens
    a owl:ObjectProperty ;
    rdfs:domain her2:Therapy ;
    rdfs:range her2:Process ;
    rdfs:label "dampens"@en ;
    skos:definition "relation that holds between a therapy and a process that it weakens"@en ;
    .

her2:Fasting
    a owl:NamedIndividual, her2:Therapy ;
    rdfs:label "fasting"@en ;
    skos:definition "therapy that withholds food"@en ;
    her2:noTermIn "MeSH 2024" ;
    .
"""
STATEMENT = """
[curation]
curator = "A. Curator"
date = 2026-11-22

[[statement]]
subject = "Fasting"
subject_as = "ras-MAPK"
relation = "dampens"
object = "HER2 signalling pathway"
basis = "stated"
cue = ["is thought"]
quote = "The intracellular signaling pathway of HER2 is thought to involve ras-MAPK"
"""


@pytest.fixture
def grown(tmp_path: Path, review_folder: Path) -> tuple[Path, Path]:
    """Return a grown copy of the ontology, and a curation folder that uses what is new in it."""
    ontology = tmp_path / "grown.ttl"
    ontology.write_text(ONTOLOGY.read_text(encoding="utf-8") + TERMS, encoding="utf-8")
    folder = tmp_path / "paper"
    folder.mkdir()
    for name in ("record.txt", "mesh.tsv"):
        (folder / name).write_bytes((review_folder / name).read_bytes())
    (folder / "statements.toml").write_text(STATEMENT, encoding="utf-8")
    return ontology, folder


def test_it_shows_in_the_graph_and_in_the_keys(grown: tuple[Path, Path], vocabulary: Vocabulary) -> None:
    ontology, folder = grown
    grown_vocabulary = read_ontology(ontology)
    quads = list(build(grown_vocabulary, [read_curation(folder, grown_vocabulary)]))
    subject, relation, value = (
        NamedNode(model.HER2LD + name) for name in ("Fasting", "dampens", "HER2SignalingPathway")
    )
    hedged = [quad for quad in quads if quad.graph_name == model.HEDGED_GRAPH]
    assert hedged == [Quad(subject, relation, value, model.HEDGED_GRAPH)]
    new_keys = json_ld_context(grown_vocabulary).keys() - json_ld_context(vocabulary).keys()
    assert new_keys == {"dampens"}
    output = io.BytesIO()
    export(quads, output, "jsonld", grown_vocabulary)
    graphs = {graph["id"]: graph["@graph"] for graph in json.loads(output.getvalue())["@graph"]}
    assert graphs["graph:hedged"] == [{"id": "her2:Fasting", "dampens": ["her2:HER2SignalingPathway"]}]


def test_a_local_name_that_two_share_is_ours(tmp_path: Path) -> None:
    ontology = tmp_path / "twice.ttl"
    more = '\nher2:title a owl:DatatypeProperty ; rdfs:label "running title"@en .\n'
    ontology.write_text(ONTOLOGY.read_text(encoding="utf-8") + more, encoding="utf-8")
    context = json_ld_context(read_ontology(ontology))
    assert context["title"] == {"@id": "her2:title", "@container": "@set"}
    assert context["dcterms:title"] == {"@id": "dcterms:title", "@language": "en", "@container": "@set"}


def test_it_shows_on_the_command_line(grown: tuple[Path, Path]) -> None:
    ontology, folder = grown
    result = CliRunner().invoke(main, ["export", str(folder), "--ontology", str(ontology), "--to", "trig"])
    assert result.exit_code == 0, result.stderr
    assert "\nher2:Fasting\n    her2:dampens her2:HER2SignalingPathway ;\n" in result.stdout
