#!/usr/bin/env bash
# Blank nodes of two N-Quads files, or of two updates, become one.
#
# Expected: the label of a blank node means something in its own document only (RDF 1.1 Concepts, section 3.4), and
# INSERT DATA makes new blank nodes in each request (SPARQL 1.1 Update, section 3.1.1). Two files that both write _:b0
# speak of two things.
# Seen: rdflib 7.6.0 gives one node for N-Quads and for updates; for N-Triples, Turtle and TriG it gives two.
# pyoxigraph 0.5.13 gives two everywhere. For updates it is issue 892 of RDFLib/rdflib.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: many writers begin with _:b0. Two axioms, two mappings or two annotations are melted into one that
# says both things.
# Workaround: read N-Quads with pyoxigraph. The parameter bnode_context of rdflib's parser does not help (last line).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    rdflib==7.6.0 pyoxigraph==0.5.13

cat >ask.py <<'END'
import io

from pyoxigraph import RdfFormat, Store
from rdflib import Dataset, Graph

LINES = [f"_:b0 <http://example.org/says> {number} ." for number in (1, 2)]
TYPED = [line.replace(" 1 ", ' "1" ').replace(" 2 ", ' "2" ') for line in LINES]
FORMS = {"nt": RdfFormat.N_TRIPLES, "nquads": RdfFormat.N_QUADS, "turtle": RdfFormat.TURTLE, "trig": RdfFormat.TRIG}
for name, form in FORMS.items():
    dataset, store = Dataset(), Store()
    for text in TYPED:
        dataset.parse(data=text, format=name)
        store.load(io.BytesIO(text.encode()), format=form)
    nodes = {quad[0] for quad in dataset.quads()}
    print(f"{name}: rdflib {len(nodes)} nodes, pyoxigraph {len({quad.subject for quad in store})}")
graph, store = Graph(), Store()
for line in LINES:
    graph.update(f"INSERT DATA {{ {line} }}")
    store.update(f"INSERT DATA {{ {line} }}")
print(f"update: rdflib {len(set(graph.subjects()))} nodes, pyoxigraph {len({quad.subject for quad in store})}")
dataset = Dataset()
for text in TYPED:
    dataset.parse(data=text, format="nquads", bnode_context={})
print("nquads with bnode_context={}: rdflib", len({quad[0] for quad in dataset.quads()}), "nodes")
END

cat >seen <<'END'
nt: rdflib 2 nodes, pyoxigraph 2
nquads: rdflib 1 nodes, pyoxigraph 2
turtle: rdflib 2 nodes, pyoxigraph 2
trig: rdflib 2 nodes, pyoxigraph 2
update: rdflib 1 nodes, pyoxigraph 2
nquads with bnode_context={}: rdflib 1 nodes
END

venv/bin/python ask.py >now
if ! diff -u seen now; then
    echo "rdflib-joins-blank-nodes: changed" >&2
    exit 1
fi
cat now
echo "rdflib-joins-blank-nodes: still so"
