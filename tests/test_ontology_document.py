"""The ontology alone as OWL, functional syntax, OBO and OBO Graph JSON: all of it, and read back by other libraries."""

import dataclasses
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import fastobo
import pyhornedowl
import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from her2ld import ExportError, Vocabulary, ontology_document, read_ontology
from her2ld.cli import main
from her2ld.exports import FORMATS, ONTOLOGY_FORMATS
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.axioms import settle_blank_nodes
from her2ld.vocabulary.ontology import Term
from tests.graphs import canonical

FOLDER = Path(__file__).parent / "ontology_document"
TOY = "https://example.org/toy/"


def small(turtle: str) -> Vocabulary:
    """Return a small ontology, which has no statement model, as a vocabulary."""
    parser = parse(turtle, format=RdfFormat.TURTLE)
    quads = settle_blank_nodes(list(parser), model.ONTOLOGY_GRAPH)
    terms = {}
    for name in dict.fromkeys(quad.subject for quad in quads if quad.predicate == standard.LABEL):
        said = [quad for quad in quads if quad.subject == name]
        labels = [quad.object for quad in said if quad.predicate == standard.LABEL]
        types = [quad.object for quad in said if quad.predicate == standard.TYPE]
        assert isinstance(name, NamedNode)
        assert isinstance(labels[0], Literal)
        kinds = frozenset(kind for kind in types if isinstance(kind, NamedNode))
        terms[name] = Term(name, labels[0].value, (), kinds)
    prefixes = dict(sorted(parser.prefixes.items()))
    return dataclasses.replace(read_ontology(), version="7", prefixes=prefixes, quads=quads, terms=terms)


@pytest.mark.parametrize("name", ONTOLOGY_FORMATS)
def test_a_small_ontology_is_written_to_the_last_character(name: str) -> None:
    vocabulary = small((FOLDER / "small.ttl").read_text(encoding="utf-8"))
    expected = (FOLDER / f"small{ONTOLOGY_FORMATS[name].suffix}").read_text(encoding="utf-8")
    document = ontology_document(vocabulary, name)
    assert document.content.decode() == expected
    assert (document.terms, document.left_out) == (11, {"obo": 1, "obojson": 7}.get(name, 0))


def test_the_owl_file_holds_the_whole_ontology_with_other_names_for_definitions_and_synonyms(
    vocabulary: Vocabulary,
) -> None:
    """What annotates a mapping is said of the mapped term; all but what is said of RDF's own properties comes back."""
    written = list(parse(ontology_document(vocabulary, "owl").content, format=RdfFormat.RDF_XML))
    names = {standard.OBO_DEFINITION: standard.DEFINITION, standard.OBO_EXACT_SYNONYM: standard.ALT_LABEL}
    added = {*names, standard.OBO_CROSS_REFERENCE}
    mapped = {quad.subject: quad.object for quad in written if quad.predicate == standard.ANNOTATED_TARGET}
    own = {standard.OWL_AXIOM, *(quad.object for quad in written if quad.predicate == standard.ANNOTATED_SOURCE)}
    parts = {standard.ANNOTATED_SOURCE, standard.ANNOTATED_PROPERTY, standard.ANNOTATED_TARGET}
    back = (
        Quad(mapped.get(quad.subject, quad.subject), names.get(quad.predicate, quad.predicate), quad.object)
        for quad in written
        if quad.subject not in added and quad.predicate != standard.OBO_CROSS_REFERENCE
        if not (quad.subject in mapped and (quad.predicate in parts or quad.object in own))
    )
    of_rdf = (f"<{standard.RDF}", f"<{standard.RDFS}")
    told = (Quad(*quad.triple) for quad in vocabulary.quads if not str(quad.subject).startswith(of_rdf))
    assert len(mapped) > 1_400
    assert canonical(set(back)) == canonical(told)


def test_no_label_stands_twice_and_nothing_that_is_said_lacks_one(vocabulary: Vocabulary) -> None:
    """ROBOT's report makes errors of both: .ci/owl runs it."""
    written = list(parse(ontology_document(vocabulary, "owl").content, format=RdfFormat.RDF_XML))
    named = [quad for quad in written if isinstance(quad.subject, NamedNode)]
    labels = Counter(str(quad.object) for quad in named if quad.predicate == standard.LABEL)
    assert {label for label, count in labels.items() if count > 1} == set()
    said = {quad.subject for quad in named if quad.predicate not in {standard.TYPE, standard.INVERSE_OF}}
    header = {quad.subject for quad in named if quad.object == standard.OWL_ONTOLOGY}
    assert said - header == {quad.subject for quad in named if quad.predicate == standard.LABEL}


def test_exact_and_close_mappings_are_cross_references_and_no_others(vocabulary: Vocabulary) -> None:
    written = list(parse(ontology_document(vocabulary, "owl").content, format=RdfFormat.RDF_XML))
    mapped = Counter(quad.subject for quad in written if quad.predicate in {standard.EXACT_MATCH, standard.CLOSE_MATCH})
    references = Counter(quad.subject for quad in written if quad.predicate == standard.OBO_CROSS_REFERENCE)
    assert references == mapped
    her2 = vocabulary.find("HER2 protein")
    assert her2
    of_her2 = [quad.object for quad in written if quad.subject == her2.iri]
    texts_of_her2 = {value.value for value in of_her2 if isinstance(value, Literal)}
    assert {"uniprot:P04626", "mesh:C508053", "ncit:C17319"} <= texts_of_her2


def test_functional_syntax_holds_every_axiom_that_the_owl_file_holds(vocabulary: Vocabulary) -> None:
    """py-horned-owl passes over disjoint classes in RDF, so these alone are more."""
    owl, ofn = (ontology_document(vocabulary, name).content.decode() for name in ("owl", "ofn"))
    in_owl = pyhornedowl.open_ontology_from_string(owl, "rdf").get_components()
    in_ofn = pyhornedowl.open_ontology_from_string(ofn, "ofn").get_components()
    more = Counter(map(str, in_ofn))
    more.subtract(map(str, in_owl))
    assert sorted(name.partition("(")[0] for name, count in more.items() if count) == ["DisjointClasses"] * 6
    assert len(in_ofn) == len(in_owl) + 6


def frames(text: str) -> dict[str, list[tuple[str, Any]]]:
    """Read OBO with fastobo."""
    return {str(frame.id): [(clause.raw_tag(), clause) for clause in frame] for frame in fastobo.loads(text)}


def test_the_frames_of_obo_hold_every_term_but_datatype_properties(vocabulary: Vocabulary) -> None:
    read = frames(ontology_document(vocabulary, "obo").content.decode())
    expected = {
        term.iri.value.replace(model.HER2LD, "her2:"): (term.label, Counter(term.synonyms))
        for term in vocabulary.terms.values()
        if term.types and standard.OWL_DATATYPE_PROPERTY not in term.types
    }
    found = {}
    for name, clauses in read.items():
        (label,) = [clause.name for tag, clause in clauses if tag == "name"]
        assert [tag for tag, _ in clauses].count("def") == 1
        found[name] = (label, Counter(clause.synonym.desc for tag, clause in clauses if tag == "synonym"))
    assert found == expected


def test_the_owl_api_would_rename_a_relation_with_a_cross_reference_to_the_relations_ontology(
    vocabulary: Vocabulary,
) -> None:
    text = ontology_document(vocabulary, "obo").content.decode()
    typedefs = [frame for frame in text.split("\n\n") if frame.startswith("[Typedef]")]
    assert any(re.search(r"^xref: sio:", frame, flags=re.MULTILINE) for frame in typedefs)
    assert not [frame for frame in typedefs if re.search(r"^xref: [A-Z]+:", frame, flags=re.MULTILINE)]
    assert 'oboInOwl:hasDbXref her2:inhibits \\"RO:' in text


def test_what_obo_graphs_cannot_say_is_counted(vocabulary: Vocabulary) -> None:
    document = ontology_document(vocabulary, "obojson")
    said = Counter(quad.predicate for quad in vocabulary.quads if isinstance(quad.object, BlankNode))
    unions_and_definitions = sum(said[each] for each in (standard.EQUIVALENT_CLASS, standard.DOMAIN, standard.RANGE))
    datatypes = sum(
        quad.predicate == standard.RANGE and str(quad.object).startswith(f"<{standard.XSD}")
        for quad in vocabulary.quads
    )
    disjoint = sum(quad.object == standard.ALL_DISJOINT_CLASSES for quad in vocabulary.quads)
    disjoint += sum(quad.predicate.value.endswith("#disjointWith") for quad in vocabulary.quads)
    kinds_of_relation = {f"{standard.OWL}{name}Property" for name in ("Symmetric", "Irreflexive", "Transitive")}
    symmetric = sum(getattr(quad.object, "value", "") in kinds_of_relation for quad in vocabulary.quads)
    assert symmetric > 5
    assert document.left_out == unions_and_definitions + datatypes + disjoint + symmetric
    (graph,) = json.loads(document.content)["graphs"]
    kinds = Counter(node.get("type") for node in graph["nodes"])
    assert kinds["INDIVIDUAL"] == sum(quad.object == standard.OWL_INDIVIDUAL for quad in vocabulary.quads)


def test_individuals_are_classes_in_obo_format_and_what_relates_them_is_a_relationship(vocabulary: Vocabulary) -> None:
    """Few readers know Instance frames: simpleobo refuses them, the OWL API stops at the first."""
    text = ontology_document(vocabulary, "obo").content.decode()
    assert re.findall(r"^\[(\w+)\]$", text, flags=re.MULTILINE).count("Instance") == 0
    her2 = frames(text)["her2:HER2Gene"]
    assert [str(clause).partition(" ! ")[0] for tag, clause in her2 if tag in {"is_a", "relationship"}] == [
        "is_a: her2:Gene",
        "relationship: her2:encodes her2:HER2",
    ]
    agent = frames(text)["her2:HER2DirectedAgent"]
    lines = [str(clause).partition(" ! ")[0] for tag, clause in agent if tag == "intersection_of"]
    assert lines == ["intersection_of: her2:TherapeuticAgent", "intersection_of: her2:directedAgainst her2:HER2"]


def test_what_a_frame_of_obo_names_has_a_frame(vocabulary: Vocabulary) -> None:
    """Elsewise pronto, goatools and OAK end in a KeyError."""
    read = frames(ontology_document(vocabulary, "obo").content.decode())
    links = {"is_a", "relationship", "intersection_of", "domain", "range", "inverse_of"}
    named = {
        name
        for clauses in read.values()
        for tag, clause in clauses
        if tag in links
        for name in str(clause).partition(" ! ")[0].partition(": ")[2].split()
    }
    assert len(named) > 100
    assert named <= read.keys()


def test_the_page_shows_what_is_written_and_what_readers_find(
    vocabulary: Vocabulary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (FOLDER.parent.parent / "docs" / "obo.md").read_text(encoding="utf-8")
    text = ontology_document(vocabulary, "obo").content.decode()
    written = {line for line in text.splitlines() if line}
    blocks = re.findall(r"^```obo\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    shown = [line for block in blocks for line in block.split("\n")]
    assert set(shown) - {""} <= written
    terms, relations = text.count("\n[Term]\n"), text.count("\n[Typedef]\n")
    assert f"| {terms:,}, and {relations} relations |" in page
    assert f"| {terms + relations:,} frames |" in page
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["export", str(FOLDER.parent.parent / "curation"), "-o", "her2.rdf"])
    assert result.exit_code == 0, result.stderr
    (program,) = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert f"```text\n{done.stdout}```" in page


texts = st.text(
    st.characters(exclude_categories=("Cc", "Cn", "Cs")) | st.sampled_from("\n\t\"\\{}[]!,;:()'<>&#@ "), min_size=1
).filter(str.strip)


@given(label=texts, definition=texts, synonym=texts)
@example(label="a", definition="b\\", synonym="c\\")
def test_any_text_comes_back(label: str, definition: str, synonym: str) -> None:
    said = f"rdfs:label {Literal(label)} ; skos:definition {Literal(definition)} ; skos:altLabel {Literal(synonym)} ."
    prefixes = (FOLDER / "small.ttl").read_text(encoding="utf-8").partition("\n<")[0]
    vocabulary = small(f"""{prefixes}
        <https://example.org/toy> a owl:Ontology .
        toy:Toy a owl:Class ; {said}
        toy:ball1 a owl:NamedIndividual, toy:Toy ; {said}""")
    expected = {(TOY + name, text) for name in ("Toy", "ball1") for text in (label, definition, synonym)}

    owl, ofn, obo, graph = (ontology_document(vocabulary, name).content.decode() for name in ONTOLOGY_FORMATS)
    triples = parse(owl, format=RdfFormat.RDF_XML)
    assert expected <= {(t.subject.value, t.object.value) for t in triples if isinstance(t.subject, NamedNode)}
    assert expected <= annotations(ofn)

    document = fastobo.loads(obo)
    (axioms,) = [clause.axioms for clause in document.header if clause.raw_tag() == "owl-axioms"]
    unreadable = {text for text in (definition, synonym) if text.endswith("\\")}  # by fastobo, in quotation marks
    assert {each for each in expected if each[1] in unreadable} <= annotations(axioms)
    read = frames(obo)
    assert set(read) == {"toy:Toy", "toy:ball1"}
    for clauses in read.values():
        by_tag = dict(clauses)
        assert by_tag["name"].name.strip() == label.strip()  # a name has no quotation marks in OBO format
        quoted = {"def": definition, "synonym": synonym}
        assert set(by_tag) - {"name", "is_a"} == {tag for tag, text in quoted.items() if text not in unreadable}
        read_texts = {
            getattr(clause, "definition", None) or clause.synonym.desc for tag, clause in clauses if tag in quoted
        }
        assert read_texts == {definition, synonym} - unreadable

    for node in json.loads(graph)["graphs"][0]["nodes"][:2]:
        meta = node["meta"]
        assert [node["lbl"], meta["definition"]["val"], meta["synonyms"][0]["val"]] == [label, definition, synonym]


def annotations(functional_syntax: str) -> set[tuple[str, str]]:
    ontology = pyhornedowl.open_ontology_from_string(functional_syntax, "ofn")
    components = (each.component for each in ontology.get_components())
    return {
        (str(each.subject), each.ann.av.literal)
        for each in components
        if type(each).__name__ == "AnnotationAssertion" and hasattr(each.ann.av, "literal")
    }


@pytest.mark.parametrize(("name", "library"), [("ofn", "pyhornedowl"), ("obo", "fastobo"), ("obo", "pyhornedowl")])
def test_a_missing_library_is_named_with_its_remedy(
    name: str, library: str, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ExportError, match=f"{library} is not installed.*pip install 'her2ld\\[obo\\]'"):
        ontology_document(vocabulary, name)


def test_an_axiom_that_the_library_does_not_read_is_an_error(vocabulary: Vocabulary) -> None:
    unread = Quad(NamedNode(TOY + "a"), NamedNode(standard.OWL + "disjointUnionOf"), NamedNode(TOY + "b"))
    more = dataclasses.replace(vocabulary, quads=(*vocabulary.quads, unread))
    with pytest.raises(ExportError, match=r"py-horned-owl reads \d+ of \d+ axioms"):
        ontology_document(more, "ofn")


def test_the_bytes_are_the_same_whatever_the_process(tmp_path: Path) -> None:
    for seed in "012":
        arguments = ["-o", str(tmp_path / seed), *(f"--to={name}" for name in ONTOLOGY_FORMATS)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "her2ld", "export", *arguments]
        subprocess.run(command, env=environment, check=True, capture_output=True)
    for each in ONTOLOGY_FORMATS.values():
        assert len({(tmp_path / seed / f"her2{each.suffix}").read_bytes() for seed in "012"}) == 1


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["export", *arguments])
    return result.exit_code, result.stderr


def test_the_suffix_names_the_format_and_the_report_says_what_is_written(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    for each in ONTOLOGY_FORMATS.values():
        file, document = tmp_path / f"her2{each.suffix}", ontology_document(vocabulary, each.name)
        axioms = {0: "", 1: ", without 1 axiom that it cannot express"}
        without = axioms.get(document.left_out, f", without {document.left_out} axioms that it cannot express")
        assert run("-o", str(file)) == (0, f"wrote {file}: {document.terms:,} terms, {each.title}{without}\n")
        assert file.read_bytes() == document.content
    status, report = run("-o", str(tmp_path / "her2.json"), "--json")
    written = {
        "target": str(tmp_path / "her2.json"),
        "format": "obojson",
        "terms": document.terms,
        "left_out": document.left_out,
    }
    assert (status, json.loads(report)) == (0, {"read": [], "written": [written]})


def test_a_folder_gets_them_only_if_they_are_asked_for(tmp_path: Path) -> None:
    run("-o", str(tmp_path / "all"))
    assert {file.suffix for file in (tmp_path / "all").iterdir()} == {each.suffix for each in FORMATS.values()}
    status, report = run("-o", str(tmp_path / "two"), "--to", "obo", "--to", "turtle")
    assert status == 0
    assert "statements" in report
    assert {file.name for file in (tmp_path / "two").iterdir()} == {"her2.obo", "her2.ttl"}


@pytest.mark.parametrize("option", ["--reasoned", "curation"])
def test_statements_are_not_dropped_in_silence(option: str, tmp_path: Path) -> None:
    (tmp_path / "curation").mkdir()
    (tmp_path / "curation" / "record.txt").touch()
    status, report = run("-o", str(tmp_path / "her2.obo"), option.replace("curation", str(tmp_path / "curation")))
    assert status == 2
    assert "OBO format 1.4\n  holds only the ontology, without statements" in report
    assert not (tmp_path / "her2.obo").exists()
