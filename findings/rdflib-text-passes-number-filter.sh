#!/usr/bin/env bash
# A filter for numbers lets texts pass.
#
# Expected: SPARQL 1.1 (section 17.3) has no operator that compares a text with a number. The comparison is a type
# error, and FILTER drops the row.
# Seen: in rdflib 7.6.0 every text is greater than every number: "n.d." and "<1" are found by FILTER(?value > 10), and
# IF(?value > 10, ...) says yes. pyoxigraph 0.5.13 drops them.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: tables of results hold "n.d.", "<1" and "not reached" beside numbers. They are counted as high
# values.
# Workaround: FILTER(ISNUMERIC(?value) && ?value > 10).
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
:sample1 :percent 5 . :sample2 :percent 12 . :sample3 :percent "n.d." . :sample4 :percent "<1" ."""
QUERY = "SELECT ?value { ?sample <http://example.org/percent> ?value FILTER(?value > 10) }"
GUARDED = QUERY.replace("FILTER(", "FILTER(ISNUMERIC(?value) && ")
graph = Graph().parse(data=DATA, format="turtle")
store = Store()
store.load(DATA, format=RdfFormat.TURTLE)
print("rdflib above 10:", sorted(str(row.value) for row in graph.query(QUERY)))
print("rdflib above 10, numbers only:", sorted(str(row.value) for row in graph.query(GUARDED)))
print("pyoxigraph above 10:", sorted(row["value"].value for row in store.query(QUERY)))
END

cat >seen <<'END'
rdflib above 10: ['12', '<1', 'n.d.']
rdflib above 10, numbers only: ['12']
pyoxigraph above 10: ['12']
END

venv/bin/python ask.py >now
if ! diff -u seen now; then
    echo "rdflib-text-passes-number-filter: changed" >&2
    exit 1
fi
cat now
echo "rdflib-text-passes-number-filter: still so"
