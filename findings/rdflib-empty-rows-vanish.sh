#!/usr/bin/env bash
# Rows in which nothing is bound are left out of the answer.
#
# Expected: SPARQL 1.1 keeps a solution in which no selected variable is bound: the answer has a row for each paper,
# empty where there is no DOI. MIN over nothing is one row without a value.
# Seen: rdflib 7.6.0 leaves such rows out when an answer is read, so the answer has one row for three papers. The
# answer written as CSV has them. pyoxigraph 0.5.13 gives three rows.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: "three papers, one with a DOI" turns into "one paper", and a count of rows differs between the
# engines.
# Workaround: select a variable that is always bound beside the optional ones.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    rdflib==7.6.0 pyoxigraph==0.5.13

cat >ask.py <<'END'
from pyoxigraph import RdfFormat, Store
from rdflib import Graph

DATA = """@prefix : <http://example.org/> .
:paper1 a :Paper ; :doi "10.9999/1" . :paper2 a :Paper . :paper3 a :Paper ."""
graph = Graph().parse(data=DATA, format="turtle")
store = Store()
store.load(DATA, format=RdfFormat.TURTLE)
for query in (
    "PREFIX : <http://example.org/> SELECT ?doi { ?paper a :Paper OPTIONAL { ?paper :doi ?doi } }",
    "PREFIX : <http://example.org/> SELECT (MIN(?year) AS ?first) { ?paper :year ?year }",
):
    csv = graph.query(query).serialize(format="csv").decode().splitlines()
    print(query.partition(" SELECT ")[2])
    print("  rdflib:", len(list(graph.query(query))), "rows; its CSV:", len(csv) - 1, "rows")
    print("  pyoxigraph:", len(list(store.query(query))), "rows")
END

cat >seen <<'END'
?doi { ?paper a :Paper OPTIONAL { ?paper :doi ?doi } }
  rdflib: 1 rows; its CSV: 3 rows
  pyoxigraph: 3 rows
(MIN(?year) AS ?first) { ?paper :year ?year }
  rdflib: 0 rows; its CSV: 1 rows
  pyoxigraph: 1 rows
END

venv/bin/python ask.py >now
if ! diff -u seen now; then
    echo "rdflib-empty-rows-vanish: changed" >&2
    exit 1
fi
cat now
echo "rdflib-empty-rows-vanish: still so"
