#!/usr/bin/env bash
# A subquery sees the variables of the query around it, and its totals change.
#
# Expected: SPARQL 1.1 (section 12) evaluates a subquery first and by itself; only the variables that it selects are
# joined. A COUNT in it is the count over all data.
# Seen: rdflib 7.6.0 fills in the row of the outer query first. The total becomes a count per row; and with GROUP BY,
# a row that should not join appears with an empty count (-1 below). pyoxigraph 0.5.13 gives the total, and no such
# row. An older report of the kind is issue 607 of RDFLib/rdflib.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: shares and percentages are computed with such subqueries; they come out wrong and look right.
# Workaround: other names of variables inside the subquery, or its own query.
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
:paper1 a :Paper ; :cites :paper2, :paper3 . :paper2 a :Paper ; :cites :paper3 . :paper3 a :Paper ."""
QUERIES = {
    "all citations, beside each paper": "SELECT (COUNT(?cited) AS ?n) { ?paper :cites ?cited }",
    "citations of each citing paper": "SELECT ?paper (COUNT(?cited) AS ?n) { ?paper :cites ?cited } GROUP BY ?paper",
}
graph = Graph().parse(data=DATA, format="turtle")
store = Store()
store.load(DATA, format=RdfFormat.TURTLE)
for name, inner in QUERIES.items():
    query = f"PREFIX : <http://example.org/> SELECT ?paper ?n {{ ?paper a :Paper {{ {inner} }} }}"
    of_rdflib = sorted((row.paper[-6:], -1 if row.n is None else int(row.n)) for row in graph.query(query))
    of_pyoxigraph = sorted((row["paper"].value[-6:], int(row["n"].value)) for row in store.query(query))
    print(name, "rdflib:", of_rdflib, "pyoxigraph:", of_pyoxigraph, sep="\n  ")
END

cat >seen <<'END'
all citations, beside each paper
  rdflib:
  [('paper1', 2), ('paper2', 1), ('paper3', 0)]
  pyoxigraph:
  [('paper1', 3), ('paper2', 3), ('paper3', 3)]
citations of each citing paper
  rdflib:
  [('paper1', 2), ('paper2', 1), ('paper3', -1)]
  pyoxigraph:
  [('paper1', 2), ('paper2', 1)]
END

venv/bin/python ask.py >now
if ! diff -u seen now; then
    echo "rdflib-subquery-sees-outside: changed" >&2
    exit 1
fi
cat now
echo "rdflib-subquery-sees-outside: still so"
