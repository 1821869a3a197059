#!/usr/bin/env bash
# A number that came as a double is not found by the same number in a query.
#
# Expected: a number without exponent in a query is an xsd:decimal. SPARQL 1.1 (section 17.3, with the promotion of
# XPath) compares a double and a decimal as doubles: 0.1e0 = 0.1 is true.
# Seen: rdflib 7.6.0 compares the double with the exact decimal and says false, so FILTER(?dose = 0.1) finds nothing
# in doubles. 0.5, which has an exact double, is found. pyoxigraph 0.5.13 finds both.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: every JSON-LD number with a fraction is an xsd:double. Only those that a double holds exactly are
# found, as 0.5.
# Workaround: FILTER(ABS(?dose - 0.1) < 1e-9), or the number with an exponent, 0.1e0.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    rdflib==7.6.0 pyoxigraph==0.5.13

cat >ask.py <<'END'
import json

from pyoxigraph import RdfFormat, Store
from rdflib import Graph

DATA = json.dumps([{"@id": f"http://example.org/{dose}", "http://example.org/dose": dose} for dose in (0.1, 0.5, 2.2)])
graph = Graph().parse(data=DATA, format="json-ld")
store = Store()
store.load(DATA, format=RdfFormat.JSON_LD)
for dose in ("0.1", "0.5", "2.2", "0.1e0"):
    query = f"SELECT ?arm {{ ?arm <http://example.org/dose> ?dose FILTER(?dose = {dose}) }}"
    print(f"dose = {dose}: rdflib {len(graph.query(query))}, pyoxigraph {len(list(store.query(query)))}")
END

cat >seen <<'END'
dose = 0.1: rdflib 0, pyoxigraph 1
dose = 0.5: rdflib 1, pyoxigraph 1
dose = 2.2: rdflib 0, pyoxigraph 1
dose = 0.1e0: rdflib 1, pyoxigraph 1
END

venv/bin/python ask.py >now
if ! diff -u seen now; then
    echo "rdflib-double-is-not-decimal: changed" >&2
    exit 1
fi
cat now
echo "rdflib-double-is-not-decimal: still so"
