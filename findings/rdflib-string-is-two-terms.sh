#!/usr/bin/env bash
# A text with and without its type are two different terms.
#
# Expected: RDF 1.1 Concepts (section 3.3): a literal without a type is one of type xsd:string; "HER2" and
# "HER2"^^xsd:string are one term.
# Seen: rdflib 7.6.0 keeps them apart: a graph of one triple written both ways has two, a query for the one form does
# not find the other, and pyshacl 0.40.1, which rests on rdflib, reports a violation of sh:equals. pyoxigraph 0.5.13
# has one triple. Known as issue 2123 of RDFLib/rdflib.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: some writers give the type, others leave it out. Joined in one graph, labels and symbols do not
# match.
# Workaround: compare STR(?label), or read by pyoxigraph and hand over what it writes, which never has the type.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    rdflib==7.6.0 pyoxigraph==0.5.13 pyshacl==0.40.1

cat >ask.py <<'END'
from pyoxigraph import RdfFormat, Store
from pyshacl import validate
from rdflib import Graph

DATA = """@prefix : <http://example.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:gene :symbol "HER2", "HER2"^^xsd:string ; :short "p185" ; :name "p185"^^xsd:string ."""
SHAPES = """@prefix : <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
:Same a sh:NodeShape ; sh:targetNode :gene ; sh:property [ sh:path :short ; sh:equals :name ] ."""
QUERY = 'SELECT ?gene { ?gene <http://example.org/name> "p185" }'
graph = Graph().parse(data=DATA, format="turtle")
store = Store()
store.load(DATA, format=RdfFormat.TURTLE)
print("triples: rdflib", len(graph), "pyoxigraph", len(store))
print("named p185: rdflib", len(graph.query(QUERY)), "pyoxigraph", len(list(store.query(QUERY))))
print("sh:equals holds in pyshacl:", validate(graph, shacl_graph=Graph().parse(data=SHAPES, format="turtle"))[0])
END

cat >seen <<'END'
triples: rdflib 4 pyoxigraph 3
named p185: rdflib 0 pyoxigraph 1
sh:equals holds in pyshacl: False
END

venv/bin/python ask.py >now
if ! diff -u seen now; then
    echo "rdflib-string-is-two-terms: changed" >&2
    exit 1
fi
cat now
echo "rdflib-string-is-two-terms: still so"
