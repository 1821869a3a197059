"""Statements as trees of JSON: what they hold is what the graph says, and it hangs together as a reader wants it."""

import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pyld import jsonld
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from her2ld import Curation, ExportError, Vocabulary, build, curation_folders, export, read_curation
from her2ld.cli import main
from her2ld.dataset.statements import KINDS
from her2ld.exports.json_ld import write_framed
from her2ld.vocabulary import model, standard, statement_model

PAPERS = Path(__file__).parent.parent / "curation"
NODE = shutil.which("node")
CASE = PAPERS / "34095423"


@pytest.fixture(scope="module")
def quads(vocabulary: Vocabulary) -> tuple[Quad, ...]:
    return tuple(build(vocabulary, [read_curation(CASE, vocabulary)]))


def framed(quads: Iterable[Quad], vocabulary: Vocabulary) -> dict[str, Any]:
    output = io.BytesIO()
    count = write_framed(quads, output, vocabulary)
    document: dict[str, Any] = json.loads(output.getvalue())
    assert len(document["@graph"]) == count
    return document


def triples(document: dict[str, Any]) -> set[Quad]:
    n_quads = jsonld.to_rdf(document, {"format": "application/n-quads"})
    return set(parse(n_quads, format=RdfFormat.N_QUADS))


def test_every_statement_is_a_tree_with_its_claim_its_words_and_its_numbers(
    quads: tuple[Quad, ...], vocabulary: Vocabulary
) -> None:
    trees = framed(quads, vocabulary)["@graph"]
    told = [quad.subject for quad in quads if quad.predicate == standard.TYPE and quad.object in KINDS]
    assert len(trees) == len(told) == 20
    tree = next(each for each in trees if each["label"] == ["trastuzumab and pertuzumab has outcome partial response"])
    ((claim,), (result,)) = tree["affirms"], tree["result"]
    assert [claim[key][0]["label"] for key in ("subject", "relation", "object")] == [
        ["trastuzumab and pertuzumab"],
        ["has outcome"],
        ["partial response"],
    ]
    (words,) = [each["hasSelector"][0]["exact"][0] for each in tree["evidence"]]
    assert words.startswith("She was treated with the association of trastuzumab")
    assert (result["value"], result["unit"], result["measure"][0]["label"]) == (["36"], ["mo"], ["duration"])
    (paper,) = tree["wasDerivedFrom"]
    assert (paper["pmid"], paper["date"]) == (["34095423"], [{"@value": "2021", "@type": "xsd:gYear"}])
    assert tree["study"][0]["design"][0]["label"] == ["case report"]


def test_what_is_read_from_it_is_what_the_graph_says_and_all_that_it_says_of_statements(
    quads: tuple[Quad, ...], vocabulary: Vocabulary
) -> None:
    read = triples(framed(quads, vocabulary))
    held = {model.STATEMENTS_GRAPH, model.RECORDS_GRAPH, model.ONTOLOGY_GRAPH}
    assert read <= {Quad(*each.triple) for each in quads if each.graph_name in held}
    of_statements = {Quad(*each.triple) for each in quads if each.graph_name == model.STATEMENTS_GRAPH}
    # The reading of the paper by its curator is no part of any statement.
    curation = {each.subject for each in of_statements if each.object in {statement_model.CURATION, standard.AGENT}}
    assert {each for each in of_statements - read if each.subject not in curation} == set()
    quoted = {each.object for each in of_statements if each.predicate.value.endswith(("evidence", "Words"))}
    spans = {Quad(*each.triple) for each in quads if each.subject in quoted}
    assert spans <= read


def test_nothing_is_asserted(quads: tuple[Quad, ...], vocabulary: Vocabulary) -> None:
    """What is hedged or denied is told of, and never stated."""
    read = triples(framed(quads, vocabulary))
    graphs = (model.ASSERTED_GRAPH, model.HEDGED_GRAPH)
    stated = {Quad(*each.triple) for each in quads if each.graph_name in graphs}
    ontology = {Quad(*each.triple) for each in quads if each.graph_name == model.ONTOLOGY_GRAPH}
    assert read & (stated - ontology) == set()


def shapes_of(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield each key with the kind of what is under it: lists of texts, of numbers, of objects."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name != "id" and "@value" not in value:
                assert isinstance(each, list), name
                yield from (
                    (name, type(item).__name__) for item in each if not (isinstance(item, dict) and "@value" in item)
                )
            yield from shapes_of(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from shapes_of(each, key)


def test_a_key_has_one_shape(vocabulary: Vocabulary) -> None:
    papers: list[Curation] = [read_curation(folder, vocabulary) for folder in curation_folders(PAPERS)[:12]]
    quads = list(build(vocabulary, papers))
    output = io.BytesIO()
    export(quads, output, "jsonld", vocabulary)
    graphs = [graph["@graph"] for graph in json.loads(output.getvalue())["@graph"]]
    for document in (graphs, framed(quads, vocabulary)["@graph"]):
        kinds: dict[str, set[str]] = {}
        for key, kind in shapes_of(document):
            kinds.setdefault(key, set()).add(kind)
        several = {key for key, found in kinds.items() if len(found) > 1}
        assert several <= {"@list", "equivalentClass", "domain", "range"}  # by a name, or by what stands in it


def test_it_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["export", *arguments])
        return result.exit_code, result.stderr

    output = tmp_path / "her2.framed.jsonld"
    status, said = run(str(CASE), "--to", "framed", "-o", str(output))
    assert (status, said.splitlines()[-1]) == (0, f"wrote {output}: 20 statements, framed JSON-LD 1.1")
    url = "https://example.org/context.jsonld"
    run(str(CASE), "--to", "framed", "--context-url", url, "-o", str(tmp_path))
    assert json.loads(output.read_text())["@context"] == url
    for options, message in (
        (("--reasoned", "--to", "framed"), "framed and nanopub hold only statements of papers"),
        (("--with", "tests/excerpts/annotated.ttl", "--to", "framed"), "framed cannot hold other vocabularies"),
        (("--domain", "--to", "framed"), "without papers"),
    ):
        status, said = run(*options)
        assert (status, bool(re.search(message, said))) == (2, True), said


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_the_program_shown_prints_what_is_shown(tmp_path: Path) -> None:
    page = (PAPERS.parent / "docs" / "json-ld.md").read_text(encoding="utf-8")
    program, shown = (
        re.findall(rf"^```{each}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)[0] for each in ("js", "text")
    )
    command = re.findall(r"^her2ld (export curation.*)$", page, re.MULTILINE)[0].split()
    command[1] = str(PAPERS.parent / command[1])
    command[-1] = str(tmp_path / command[-1])
    assert CliRunner().invoke(main, command).exit_code == 0
    done = subprocess.run([str(NODE), "-e", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == shown


def test_the_node_shown_is_in_the_export(vocabulary: Vocabulary) -> None:
    page = (PAPERS.parent / "docs" / "json-ld.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```json\n(.*?)\n```$", page, re.MULTILINE)
    output = io.BytesIO()
    export(build(vocabulary, [read_curation(PAPERS / "10.1007_BF02967477", vocabulary)]), output, "jsonld", vocabulary)
    assert shown in output.getvalue().decode().replace("},\n", "}\n").splitlines()


def test_without_statements_there_is_nothing_to_frame(vocabulary: Vocabulary) -> None:
    with pytest.raises(ExportError, match="there is no statement to write"):
        write_framed(build(vocabulary, []), io.BytesIO(), vocabulary)
    whole = Quad(NamedNode("urn:s"), standard.TYPE, KINDS[0], model.STATEMENTS_GRAPH)
    assert framed([whole], vocabulary)["@graph"] == [{"id": "urn:s", "type": ["Statement"]}]
