"""The six formats: equal, deterministic, readable, and never half written."""

import gc
import hashlib
import io
import itertools
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import BlankNode, Dataset, Literal, NamedNode, Quad, RdfFormat, Store, parse

from her2ld import (
    Curation,
    ExportError,
    Vocabulary,
    build,
    curation_folders,
    export,
    from_rdflib,
    json_ld_context,
    read_curation,
    read_ontology,
    to_rdflib,
)
from her2ld.dataset.statements import CLAIM_PARTS
from her2ld.exports import FORMATS
from her2ld.files.writing import replacing
from her2ld.iris import local
from her2ld.rdf.syntaxes import BY_NAME
from her2ld.statements.statement import FIELDS, LINKS, WORDS, ValueKind
from her2ld.vocabulary import model, standard
from tests.graphs import canonical, literals_as_written
from tests.pages.sampling import without_unneeded

TERMS = (ValueKind.TERM, ValueKind.GROUP_OR_TERM)
RDFLIB_NAMES = {"turtle": "turtle", "trig": "trig", "ntriples": "nt11", "nquads": "nquads", "rdfxml": "xml"}


def written(quads: Iterable[Quad], name: str, vocabulary: Vocabulary, **options: str) -> bytes:
    output = io.BytesIO()
    export(quads, output, name, vocabulary, **options)
    return output.getvalue()


def read_by_a_second_library(data: bytes, name: str) -> Dataset:
    """Read with rdflib, or JSON-LD with PyLD, whose look-ups of remote contexts are forbidden."""
    if name == "jsonld":
        return read_json_ld(json.loads(data))
    graph = rdflib.Dataset() if FORMATS[name].has_named_graphs else rdflib.Graph()
    with literals_as_written():
        graph.parse(data=data, format=RDFLIB_NAMES[name])
    return canonical(from_rdflib(graph))


def read_json_ld(document: dict[str, Any]) -> Dataset:
    def forbidden(url: str, _options: object) -> None:
        raise AssertionError(f"a remote context was asked for: {url}")

    n_quads = jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": forbidden})
    return canonical(parse(n_quads, format=RdfFormat.N_QUADS))


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_holds_the_same_graph_and_the_count_is_what_a_parser_finds(
    name: str, vocabulary: Vocabulary, quads: tuple[Quad, ...]
) -> None:
    expected = Dataset(quads) if FORMATS[name].has_named_graphs else Dataset(flattened(quads))
    output = io.BytesIO()
    count = export(quads, output, name, vocabulary)
    found = read_by_a_second_library(output.getvalue(), name)
    assert found == canonical(expected)
    assert count == len(found)


@pytest.mark.parametrize("seeds", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_the_bytes_are_the_same_whatever_the_process(tmp_path: Path, seeds: int) -> None:
    """Hash seeds, three locales, two time zones and two working folders, in a fresh process each."""
    environments = zip(
        range(seeds), itertools.cycle(("C", "C.UTF-8", "POSIX")), itertools.cycle(("UTC", "Asia/Tokyo")), strict=False
    )
    digests = set()
    for seed, locale, zone in environments:
        folder = tmp_path / str(seed)
        environment = {**os.environ, "PYTHONHASHSEED": str(seed), "LC_ALL": locale, "TZ": zone}
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-m", "her2ld", "export", "-o", str(folder)],
            env=environment, cwd=folder if seed % 2 else tmp_path, check=True, capture_output=True,
        )  # fmt: skip
        files = sorted(folder.iterdir())
        assert [file.name for file in files] == sorted(f"her2{each.suffix}" for each in FORMATS.values())
        digests.add(tuple(hashlib.sha256(file.read_bytes()).hexdigest() for file in files))
    assert len(digests) == 1


def test_turtle_brings_a_term_and_what_is_asserted_of_it_together(
    vocabulary: Vocabulary, quads: tuple[Quad, ...]
) -> None:
    text = written(quads, "turtle", vocabulary).decode()
    block = next(block for block in text.split("\n\n") if block.startswith("her2:HER2Gene\n"))
    assert block.splitlines()[1] == "    a owl:NamedIndividual, her2:Gene, her2:ProtoOncogene ;"
    assert "    her2:encodes her2:HER2 ;" in block.splitlines()
    assert block.splitlines()[-1] == "    ."
    subjects = re.findall(r"^(\S+)\n    a ", text, flags=re.MULTILINE)
    named = [subject for subject in subjects if subject != "[]"]
    assert len(named) == len(set(named))
    assert "_:" not in text
    assert "owl:members ( her2:Gene her2:GeneAmplification " in text


def test_trig_opens_each_graph_once(vocabulary: Vocabulary, quads: tuple[Quad, ...]) -> None:
    text = written(quads, "trig", vocabulary).decode()
    opened = re.findall(r"^(graph:\w+) \{$", text, flags=re.MULTILINE)
    assert opened == ["graph:ontology", "graph:asserted", "graph:hedged", "graph:statements", "graph:records"]


def test_json_ld_speaks_the_language_of_the_field(vocabulary: Vocabulary, quads: tuple[Quad, ...]) -> None:
    document = json.loads(written(quads, "jsonld", vocabulary))
    graphs = {
        graph["id"]: {node["id"]: node for node in graph["@graph"] if "id" in node} for graph in document["@graph"]
    }
    assert graphs["graph:asserted"]["her2:HER2"] == {
        "id": "her2:HER2",
        "memberOf": ["her2:HERFamily"],
        "type": ["ReceptorTyrosineKinase"],
        "heterodimerizesWith": ["her2:HER3", "her2:HER4"],
    }
    assert graphs["graph:asserted"]["her2:HER1"]["heterodimerizesWith"] == ["her2:HER2"]  # symmetric ends are sorted
    gene = graphs["graph:ontology"]["her2:HER2Gene"]
    assert gene["label"] == ["HER2 gene"]
    assert gene["exactMatch"] == ["hgnc:3430", "ncbigene:2064", "ncit:C17756"]
    assert gene["closeMatch"] == ["mesh:D018734"]
    (statement,) = (
        node
        for node in graphs["graph:statements"].values()
        if node["type"] == ["Statement"] and node["label"][0].startswith("HER2 gene amplification is obs")
    )
    record = "her2:record/10.1007_BF02967477/abstract"
    assert statement == {
        "id": "statement:0c6b1ac1c0e02247",
        "type": ["Statement"],
        "label": ["HER2 gene amplification is observed in breast cancer"],
        "affirms": ["claim:f7c04b2b310cbee0"],
        "certainty": ["her2:Certain"],
        "basis": ["her2:Observed"],
        "attribution": ["her2:Nobody"],
        "reading": ["her2:OneOfList"],
        "basisCue": [f"{record}#char=707,728"],
        "attributionCue": [f"{record}#char=707,728"],
        "subjectWords": [f"{record}#char=605,635"],
        "objectWords": [f"{record}#char=746,765"],
        "evidence": [f"{record}#char=605,766"],
        "evidenceType": ["eco:0000303"],
        "result": ["statement:0c6b1ac1c0e02247-proportion"],
        "curatorNote": ["The author gives one range for amplification and overexpression together."],
        "wasDerivedFrom": ["https://doi.org/10.1007/BF02967477"],
    }
    assert graphs["graph:statements"]["claim:f7c04b2b310cbee0"] == {
        "id": "claim:f7c04b2b310cbee0",
        "type": ["Claim"],
        "label": ["HER2 gene amplification is observed in breast cancer"],
        "subject": ["her2:HER2Amplification"],
        "relation": ["her2:observedIn"],
        "object": ["her2:BreastCancer"],
        "claimStatus": ["her2:AffirmedClaim"],
    }
    assert graphs["graph:statements"]["statement:0c6b1ac1c0e02247-proportion"] == {
        "id": "statement:0c6b1ac1c0e02247-proportion",
        "type": ["Result"],
        "measure": ["her2:Proportion"],
        "lower": ["10"],
        "upper": ["40"],
        "intervalKind": ["her2:Range"],
        "unit": ["%"],
        "printedAt": [f"{record}#char=732,734", f"{record}#char=739,741"],
    }


def test_the_context_says_what_the_values_of_the_statement_model_are(vocabulary: Vocabulary) -> None:
    """Every property that leads to a node is coerced to its IRI, every number to its datatype."""
    context = json_ld_context(vocabulary)
    numbers = {"value": "xsd:decimal", "count": "xsd:integer", "pValue": "xsd:decimal", "minGrade": "xsd:integer"}
    to_nodes = {
        local(each) for each in (*LINKS, *CLAIM_PARTS, *WORDS, *(f.property for f in FIELDS if f.kind in TERMS))
    }
    for name, coerced in {**dict.fromkeys(to_nodes, "@id"), **numbers}.items():
        assert context[name] == {"@id": f"her2:{name}", "@type": coerced, "@container": "@set"}, name
    assert context["affirms"] != context["denies"]


def test_the_context_can_be_linked(vocabulary: Vocabulary, quads: tuple[Quad, ...]) -> None:
    url = "https://example.org/her2-context.jsonld"
    document = json.loads(written(quads, "jsonld", vocabulary, context_url=url))
    assert document["@context"] == url
    document["@context"] = json_ld_context(vocabulary)
    assert read_json_ld(document) == canonical(quads)


def test_one_statement_more_changes_few_lines(vocabulary: Vocabulary, review: Curation) -> None:
    """No more lines than quads, but for the beginning and the end of its blocks."""
    import dataclasses

    less = dataclasses.replace(review, statements=review.statements[:20] + review.statements[21:])
    quads = set(build(vocabulary, [review])) - set(build(vocabulary, [less]))
    for name in FORMATS:
        before = written(build(vocabulary, [less]), name, vocabulary).decode().splitlines()
        after = written(build(vocabulary, [review]), name, vocabulary).decode().splitlines()
        assert len(set(before) - set(after)) <= 1, name
        assert 1 <= len(set(after) - set(before)) <= len(quads), name


def test_a_dataset_is_written_in_one_order(vocabulary: Vocabulary, quads: tuple[Quad, ...]) -> None:
    some = without_unneeded(quads)
    forward, backward = Dataset(some), Dataset(reversed(some))
    for name in FORMATS:
        data = written(forward, name, vocabulary)
        assert data == written(backward, name, vocabulary)
        in_their_order = written(some, name, vocabulary)
        syntax = BY_NAME[name].parsed_as
        assert len(Dataset(parse(data, syntax))) == len(Dataset(parse(in_their_order, syntax)))


def test_rdflib_and_back(quads: tuple[Quad, ...]) -> None:
    dataset = to_rdflib(quads)
    assert {graph.identifier for graph in dataset.graphs()} >= {rdflib.URIRef(model.HEDGED_GRAPH.value)}
    assert canonical(from_rdflib(dataset)) == canonical(quads)


def test_rdflib_terms_that_rdf_does_not_allow_are_refused() -> None:
    graph = rdflib.Graph()
    graph.add((rdflib.URIRef("http://a/> <http://b"), rdflib.RDF.type, rdflib.RDFS.Class))
    with pytest.raises(ValueError, match="IRI"):
        list(from_rdflib(graph))


def test_a_store_gives_back_what_was_sent(quads: tuple[Quad, ...]) -> None:
    """Triple stores rewrite literals that are not in canonical form; ours are."""
    store = Store()
    store.extend(quads)
    assert set(store) == set(quads)


def test_an_unknown_format_is_refused(vocabulary: Vocabulary) -> None:
    with pytest.raises(ExportError, match=r"turtlish: is not a known format\. Remedy: choose one of turtle, "):
        written([], "turtlish", vocabulary)


# Any graph, not only ours, comes through the writers that are made here.

VOCABULARY = read_ontology()

iris = st.one_of(
    st.sampled_from(
        [
            "https://w3id.org/her2ld/HER2",
            "https://w3id.org/her2ld/",
            "https://w3id.org/her2ld/record/10.1_a/abstract#char=0,3",
            "https://w3id.org/her2ld/a.b",
            "https://w3id.org/her2ld/-a",
            "https://w3id.org/her2ld//x",
            "http://purl.obolibrary.org/obo/GO_0038128",
            "http://www.w3.org/2000/01/rdf-schema#label",
            "http://www.w3.org/2004/02/skos/core#exactMatch",
            "https://w3id.org/her2ld/lower",
            "https://w3id.org/her2ld/relation",
            "https://w3id.org/her2ld/heterodimerizesWith",
            "http://id.nlm.nih.gov/mesh/D1",
            "urn:x:é",
        ]
    ),
    st.text(st.characters(categories=["L", "N"]), min_size=1).map(lambda name: f"http://example.org/{name}"),
).map(NamedNode)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
datatypes = st.sampled_from([standard.XSD_INTEGER, standard.XSD_BOOLEAN, standard.XSD_DECIMAL, standard.XSD_YEAR])
lexical_forms = st.one_of(
    st.sampled_from(["1", "01", "true", "0.10", "0.1", "1.", "-0", "9007199254740993", "१"]), texts
)
literals = st.one_of(
    texts.map(Literal),
    st.builds(lambda text, language: Literal(text, language=language), texts, st.sampled_from(["en", "fr", "en-gb"])),
    st.builds(lambda text, datatype: Literal(text, datatype=datatype), lexical_forms, datatypes),
)
blank_nodes = st.sampled_from([BlankNode(f"n{number}") for number in range(4)])
predicates = st.one_of(iris, st.sampled_from([standard.FIRST, standard.REST]))
typings = st.builds(lambda subject, kind: (subject, standard.TYPE, kind), iris | blank_nodes, iris | blank_nodes)
triples = (
    st.tuples(iris | blank_nodes, predicates, st.one_of(iris, blank_nodes, literals, st.just(standard.NIL))) | typings
)
some_quads = st.lists(
    st.builds(
        lambda triple, graph: Quad(triple[0], triple[1], triple[2], graph), triples, st.sampled_from(list(model.GRAPHS))
    ),
    max_size=12,
)


@given(some_quads)
def test_any_graph_comes_through_turtle_trig_and_json_ld(quads: list[Quad]) -> None:
    expected, flat = canonical(quads), canonical(flattened(quads))
    assert canonical(parse(written(Dataset(quads), "trig", VOCABULARY), format=RdfFormat.TRIG)) == expected
    assert read_json_ld(json.loads(written(Dataset(quads), "jsonld", VOCABULARY))) == expected
    turtle = written(Dataset(quads), "turtle", VOCABULARY)
    assert canonical(parse(turtle, format=RdfFormat.TURTLE)) == flat
    assert read_by_a_second_library(turtle, "turtle") == flat


@given(some_quads, st.sampled_from(["turtle", "trig", "jsonld"]))
def test_any_stream_comes_through_or_is_refused(quads: list[Quad], name: str) -> None:
    """A stream can speak of a blank node in two places, one of which is out before the other comes."""
    quads = sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad.subject)))
    try:
        data = written(quads, name, VOCABULARY)
    except ExportError as error:
        assert "more than one place of the stream" in str(error)  # noqa: PT017  # either outcome is right
        return
    assert read_by_a_second_library(data, name) == canonical(flattened(quads) if name == "turtle" else quads)


@pytest.mark.parametrize("name", ["turtle", "trig", "jsonld"])
def test_a_blank_node_that_is_shared_within_a_block_stays_one(name: str, vocabulary: Vocabulary) -> None:
    subject, shared = NamedNode("urn:s"), BlankNode("shared")
    quads = [
        Quad(subject, NamedNode("urn:p"), shared, model.ONTOLOGY_GRAPH),
        Quad(subject, NamedNode("urn:q"), shared, model.ONTOLOGY_GRAPH),
        Quad(shared, NamedNode("urn:r"), Literal("x"), model.ONTOLOGY_GRAPH),
    ]
    expected = canonical(flattened(quads) if name == "turtle" else quads)
    assert read_by_a_second_library(written(quads, name, vocabulary), name) == expected


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("9007199254740991", 9007199254740991),
        ("-9007199254740991", -9007199254740991),
        ("9007199254740992", {"@value": "9007199254740992", "@type": "xsd:integer"}),
        ("07", {"@value": "07", "@type": "xsd:integer"}),
    ],
)
def test_json_has_the_integers_that_every_reader_keeps(digits: str, expected: object, vocabulary: Vocabulary) -> None:
    quad = Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal(digits, datatype=standard.XSD_INTEGER))
    (node,) = json.loads(written([quad], "jsonld", vocabulary))["@graph"]
    assert node == {"id": "urn:s", "urn:p": [expected]}


def flattened(quads: Iterable[Quad]) -> list[Quad]:
    return [Quad(q.subject, q.predicate, q.object) for q in quads if q.graph_name != model.HEDGED_GRAPH]


def test_an_iri_that_json_ld_would_misread_is_refused(vocabulary: Vocabulary) -> None:
    quad = Quad(NamedNode("mesh:D1"), standard.TYPE, NamedNode("urn:x"))
    with pytest.raises(ExportError, match="mesh:D1: a JSON-LD processor would read"):
        written([quad], "jsonld", vocabulary)


def test_a_file_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "out.ttl"
    path.write_text("old")
    path.chmod(0o640)

    def interrupted() -> None:
        with replacing(path) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
    with replacing(path) as file:
        file.write(b"new")
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_the_bytes_are_on_the_disk_before_the_name_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.ttl"
    path.write_text("old")
    seen = []
    sync = os.fsync

    def watched(descriptor: int) -> None:
        seen.append((path.read_text(), stat.S_ISDIR(os.fstat(descriptor).st_mode)))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    with replacing(path) as file:
        file.write(b"new")
    assert seen == [("old", False), ("new", True)]


def test_a_place_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ExportError, match="cannot be written"), replacing(tmp_path / "file" / "out.ttl"):
        pass


def test_reading_a_curation_and_building_its_quads_make_no_cycles(vocabulary: Vocabulary) -> None:
    """The command exports without the collector of cycles."""
    folder = curation_folders()[0]
    read_curation(folder, vocabulary)  # fills what is remembered
    gc.collect()
    gc.disable()
    try:
        quads = tuple(build(vocabulary, [read_curation(folder, vocabulary)]))
        assert quads
        assert gc.collect() < 200
    finally:
        gc.enable()
