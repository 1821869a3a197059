"""Validate a folder of KGX TSV with kgx, and what her2.ttl says of Biolink with the Biolink model. No network.

Usage: python validate_kgx.py FOLDER ONTOLOGY, where kgx and biolink-model are installed. Exit status: 0 no finding; 1
findings, one a line. kgx fetches the model and its prefixes from the web; here both come from the package
biolink-model, and our own two prefixes are added, as kgx knows no others. Its checks are all its own.
"""

import csv
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import bmt
import rdflib
from rdflib import RDFS, Namespace

PACKAGE = files("biolink_model")
BIOLINK = "https://w3id.org/biolink/vocab/"
HER2 = Namespace("https://w3id.org/her2ld/")
# kgx makes its toolkit while it is imported, with whatever the defaults are; it asks no question about the mappings of
# predicates, which the package has not.
bmt.Toolkit.__init__.__defaults__ = (str(PACKAGE / "schema" / "biolink_model.yaml"), {"predicate mappings": []})


from kgx.cli.cli_utils import validate  # noqa: E402

from kgx import config  # noqa: E402

PREFIXES = json.loads((PACKAGE / "prefixmaps" / "biolink_model_prefix_map.json").read_text())
OURS = {"her2": str(HER2), "her2.statement": str(HER2["statement/"])}
config.jsonld_context_map["biolink"] = PREFIXES | OURS
OWN_COLUMNS = {"polarity", "certainty", "basis", "attribution", "standing", "results", "doses", "original_predicates"}


def main(folder: Path, ontology: Path) -> int:
    """Print the findings and give the exit status."""
    toolkit = bmt.Toolkit()
    graph = rdflib.Graph().parse(ontology)
    prefixes = {str(prefix) for prefix in graph.objects(None, HER2.compactPrefix)}
    findings = [f"{prefix} is no prefix of the model" for prefix in sorted(prefixes - PREFIXES.keys())]
    findings += [f"{prefix} is a prefix of the model" for prefix in sorted(OURS.keys() & PREFIXES.keys())]
    findings += mapped_terms(graph, toolkit, prefixes)
    findings += validated(folder, toolkit)
    nodes, edges = (list(rows(folder / f"her2_{each}.tsv")) for each in ("nodes", "edges"))
    findings += columns(nodes[0].keys() | edges[0].keys(), toolkit)
    findings += associations({node["id"]: node["category"].split("|") for node in nodes}, edges, toolkit)
    print(*findings, sep="\n", end="\n" if findings else "")
    print(f"{len(nodes)} nodes and {len(edges)} edges, {len(findings)} findings")
    return 1 if findings else 0


def validated(folder: Path, toolkit: bmt.Toolkit) -> Iterator[str]:
    """Yield the errors and warnings of ``kgx validate``, but for a category of the model that has a run of capitals."""
    inputs = [str(folder / f"her2_{each}.tsv") for each in ("nodes", "edges")]
    for level, kinds in validate(inputs, "tsv", None, os.devnull).items():
        for kind, messages in kinds.items():
            for message, entities in messages.items():
                name = re.fullmatch("Category '(.+)' is not in CamelCase form", message)
                if name and toolkit.is_category(f"biolink:{name[1]}"):
                    continue
                yield f"kgx {level} {kind}: {message} ({', '.join(sorted(set(entities)))})"


def mapped_terms(graph: rdflib.Graph, toolkit: bmt.Toolkit, prefixes: set[str]) -> Iterator[str]:
    """Yield the terms of Biolink that the ontology gets wrong: no such term, another label, another order, outdated."""
    source = rdflib.Literal(f"biolink-model {toolkit.get_model_version()}")
    terms = sorted(term for term in set(graph.subjects(HER2.checkedAgainst)) if str(term).startswith(BIOLINK))
    if not terms:
        yield "the ontology maps nothing to Biolink"
    for term in terms:
        element = toolkit.get_element(str(graph.value(term, RDFS.label)))
        if element is None or bmt.utils.format_element(element) != f"biolink:{term.removeprefix(BIOLINK)}":
            yield f"{term} is not in the model under the label {graph.value(term, RDFS.label)}"
            continue
        if element.deprecated:
            yield f"{term} is deprecated"
        if set(graph.objects(term, HER2.checkedAgainst)) != {source}:
            yield f"{term} was not read in {source}"
        order = " ".join(dict.fromkeys(each for each in element.id_prefixes if each in prefixes))
        category = toolkit.is_category(element.name)
        if category and str(graph.value(term, HER2.prefixOrder, default="")) != order:
            yield f"{term} has the prefix order {order}"


def columns(names: set[str], toolkit: bmt.Toolkit) -> Iterator[str]:
    """Yield the columns that are no slot of the model, but for those that docs/knowledge-graphs.md says are ours."""
    for name in sorted(names - OWN_COLUMNS):
        if toolkit.get_element(name.replace("_", " ")) is None:
            yield f"the column {name} is no slot of the model"


def associations(categories: dict[str, list[str]], edges: list[dict[str, str]], toolkit: bmt.Toolkit) -> Iterator[str]:
    """Yield the edges that are not what their class of associations says, or that have an end that is no node."""
    enums = toolkit.view.all_enums()
    names = ("knowledge level", "agent type")
    slots = {name: enums[toolkit.get_element(name).range].permissible_values for name in names}
    for edge in edges:
        for category in edge["category"].split("|"):
            yield from association_of(edge, category, categories, toolkit)
        for name, values in slots.items():
            if edge.get(name.replace(" ", "_")) not in values:
                yield f"{edge['id']}: it does not say its {name}"
    joined = Counter((edge["subject"], edge["predicate"], edge["object"]) for edge in edges)
    for (subject, predicate, object_), count in joined.items():
        if count > 1:
            yield f"{count} edges lead by {predicate} from {subject} to {object_}"


def association_of(
    edge: dict[str, str], category: str, categories: dict[str, list[str]], toolkit: bmt.Toolkit
) -> Iterator[str]:
    """Yield what an edge has that its class of associations does not allow."""
    if not toolkit.is_association(category):
        yield f"{edge['id']}: {category} is no class of associations"
        return
    association = toolkit.get_element(category).name
    demanded = toolkit.view.induced_slot("predicate", association).subproperty_of
    if demanded and demanded not in toolkit.get_ancestors(edge["predicate"], mixin=True):
        yield f"{edge['id']}: {edge['predicate']} is not below {demanded}"
    for end in ("subject", "object"):
        demanded = toolkit.view.induced_slot(end, association).range
        kinds = {kind for each in categories.get(edge[end], ()) for kind in toolkit.get_ancestors(each, mixin=True)}
        if demanded not in kinds:
            yield f"{edge['id']}: the {end} {edge[end]} is no {demanded}"


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a table by column."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
