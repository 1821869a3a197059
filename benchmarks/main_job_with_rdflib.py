"""The main job done with rdflib alone: parse the files of the ontology, build the graphs, write the six formats.

    python benchmarks/main_job_with_rdflib.py PREPARED FOLDER ONTOLOGY...

It is spared the reading of the curation and the making of the JSON-LD context: PREPARED holds, pickled, the quads
that are to be built besides the ontology, and the context.
"""

import pickle
import sys
from pathlib import Path

import rdflib

GRAPHS = "https://w3id.org/her2ld/graph/"


def main(prepared: Path, folder: Path, *ontology: Path) -> None:
    """Write the six formats of the main job to ``folder``."""
    dataset = rdflib.Dataset()
    for file in ontology:
        dataset.graph(GRAPHS + "ontology").parse(file)
    rest, context = pickle.loads(prepared.read_bytes())  # noqa: S301  # made by main_job.py
    for subject, predicate, (kind, value, language, datatype), name in rest:
        term = (
            rdflib.URIRef(value)
            if kind == "iri"
            else rdflib.Literal(value, lang=language)
            if language
            else rdflib.Literal(value, datatype=rdflib.URIRef(datatype), normalize=False)
        )
        dataset.graph(name).add((rdflib.URIRef(subject), rdflib.URIRef(predicate), term))
    merged = rdflib.Graph()
    for graph in dataset.graphs():
        for prefix, namespace in graph.namespaces():
            merged.bind(prefix, namespace)
        if graph.identifier != rdflib.URIRef(GRAPHS + "hedged"):
            merged += graph
    merged.serialize(folder / "her2.ttl", format="turtle")
    merged.serialize(folder / "her2.nt", format="nt")
    merged.serialize(folder / "her2.rdf", format="xml")
    dataset.serialize(folder / "her2.trig", format="trig")
    dataset.serialize(folder / "her2.nq", format="nquads")
    dataset.serialize(folder / "her2.jsonld", format="json-ld", context=context)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
