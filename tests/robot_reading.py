"""What ROBOT reads in the ontology's four formats is what was written; .ci/owl runs this on ROBOT's own output.

``python -m tests.robot_reading FOLDER`` wants ``her2.owl``, ``her2.ofn``, ``her2.obo`` and ``classes.owl`` as ROBOT
read them, each in RDF/XML, and ``her2.json``, which ROBOT made of ``her2.owl``: it reads no OBO Graph JSON, but writes
it. With ``--classes FILE`` it writes ``classes.owl``, what OBO format has to say, as OWL; with ``--kept WRITTEN READ``
it checks that ROBOT dropped no triple of an RDF/XML file.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import BlankNode, Dataset, Literal, Quad, RdfFormat, parse

from her2ld import ontology_document, read_ontology
from her2ld.exports.owl import individuals_as_classes, obo_prefixes, obo_triples, rdf_xml
from her2ld.vocabulary import standard
from tests.graphs import canonical

# What the OWL API adds when it reads OBO format, in which the IRI of the version and the languages have no place.
ADDED = ("oboInOwl#id>", "oboInOwl#hasOBOFormatVersion>", "oboInOwl#is_metadata_tag>", "owl#versionIRI>")
LABEL_DECLARED = f"{standard.LABEL} {standard.TYPE} {standard.OWL_ANNOTATION_PROPERTY}"
REMARK = "is an individual in OWL"


def graph(data: bytes) -> Dataset:
    return canonical(parse(data, format=RdfFormat.RDF_XML))


def as_obo(dataset: Dataset) -> Dataset:
    """Return a graph without what is added in OBO format, or has no place there."""
    kept = (each for each in dataset if not any(text in str(each) for text in (*ADDED, LABEL_DECLARED, REMARK)))
    return canonical(without_language(each) for each in kept)


def without_language(quad: Quad) -> Quad:
    value = quad.object
    if isinstance(value, Literal) and value.language:
        return Quad(quad.subject, quad.predicate, Literal(value.value))
    return quad


def named(dataset: Dataset) -> set[Quad]:
    """Return the triples about names alone; that one relation is the inverse of another goes both ways."""
    quads = {each for each in dataset if not {type(each.subject), type(each.object)} & {BlankNode}}
    inverses = {each for each in quads if each.predicate == standard.INVERSE_OF}
    return quads | {Quad(each.object, each.predicate, each.subject) for each in inverses}


def facts(document: bytes) -> Iterator[tuple[str, ...]]:
    """Yield what an OBO Graph says, each fact by itself."""
    (whole,) = json.loads(document)["graphs"]
    for node in (*whole["nodes"], {"id": whole["id"], "meta": whole["meta"]}):
        meta = node.pop("meta", {})
        yield from (("node", node["id"], key, node[key]) for key in node)
        for key, values in meta.items():
            each_value = values if isinstance(values, list) else [values]
            yield from (("meta", node["id"], key, json.dumps(_bare(each), sort_keys=True)) for each in each_value)
    for edge in whole["edges"]:
        ends = (edge["sub"], edge["obj"])
        yield ("edge", edge["pred"], *(sorted(ends) if edge["pred"] == "inverseOf" else ends))
    for axiom in whole["domainRangeAxioms"]:
        name = axiom.pop("predicateId")
        yield from (("class", name, key, each) for key, classes in axiom.items() for each in classes)
    for axiom in whole["propertyChainAxioms"]:
        yield ("chain", axiom["predicateId"], *axiom["chainPredicateIds"])


def _bare(value: object) -> object:
    """Return a value without what annotates it, which ROBOT leaves out."""
    return {part: value[part] for part in value if part != "meta"} if isinstance(value, dict) else value


def write_classes(path: Path) -> None:
    """Write what is said in OBO format as OWL."""
    vocabulary = read_ontology()
    path.write_bytes(rdf_xml(individuals_as_classes(obo_triples(vocabulary)), obo_prefixes(vocabulary)))


def check_kept(written: Path, read: Path) -> None:
    """Check that every triple about a name is there after ROBOT read and wrote it."""
    lost = named(graph(written.read_bytes())) - named(graph(read.read_bytes()))
    assert not lost, f"ROBOT drops {len(lost)} triples, such as {min(map(str, lost))}"


def main(folder: Path) -> None:
    vocabulary = read_ontology()
    written = graph(ontology_document(vocabulary, "owl").content)
    names = ("her2.owl", "her2.ofn", "her2.obo", "classes.owl")
    owl, ofn, obo, classes = (graph((folder / name).read_bytes()) for name in names)
    assert len(named(written)) > 1_500
    assert named(owl) == named(written)
    assert len(owl) == len(written)
    assert ofn == owl
    assert as_obo(obo) == as_obo(classes)
    of_robot = set(facts((folder / "her2.json").read_bytes()))
    of_ours = set(facts(ontology_document(vocabulary, "obojson").content))
    data = {
        iri.value for iri, term in vocabulary.terms.items() if standard.OWL_DATATYPE_PROPERTY in term.types
    }  # whose domains and values ROBOT leaves out
    assert of_robot <= of_ours
    assert {fact for fact in of_ours - of_robot if not any(name in part for name in data for part in fact)} == set()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--classes", file]:
            write_classes(Path(file))
        case ["--kept", *files]:
            check_kept(*map(Path, files))
        case [given]:
            main(Path(given))
