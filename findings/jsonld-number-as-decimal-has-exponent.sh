#!/usr/bin/env bash
# A JSON number declared as xsd:decimal is written in a form that xsd:decimal does not have.
#
# Expected: with {"@type": "xsd:decimal"} in the context, the number 2.5 becomes "2.5"^^xsd:decimal.
# Seen: PyLD 3.3.0 and pyoxigraph 0.5.13 both write "2.5E0"^^xsd:decimal, as the JSON-LD 1.1 API says (section 8.2.2
# forms the number first, whatever its type); XML Schema has no exponent for decimals. pyshacl 0.40.1 lets it pass
# sh:datatype, pyoxigraph calls it no number and leaves the sum empty. rdflib 7.6.0 writes "2.5", against the rule.
# Seen on 2026-11-30 with Python 3.11. Readers of Jena warn of it (issue 370 of uncefact/spec-untp tells how people
# meet it).
# Why it matters: doses and percentages are declared as decimals to be exact. The same file sums to 4 in one engine
# and to nothing in another.
# Workaround: write decimals as JSON text, "2.5".
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    PyLD==3.3.0 pyoxigraph==0.5.13 rdflib==7.6.0 pyshacl==0.40.1

cat >ask.py <<'END'
import json

from pyld import jsonld
from pyoxigraph import RdfFormat, Store
from pyshacl import validate
from rdflib import Graph

CONTEXT = {"dose": {"@id": "http://example.org/dose", "@type": "http://www.w3.org/2001/XMLSchema#decimal"}}
SHAPES = """@prefix : <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
:Exact a sh:NodeShape ; sh:targetSubjectsOf :dose ;
    sh:property [ sh:path :dose ; sh:datatype <http://www.w3.org/2001/XMLSchema#decimal> ] ."""
SUM = "SELECT (SUM(?dose) AS ?sum) { ?arm <http://example.org/dose> ?dose }"
for doses in ([2.5, 1.5], ["2.5", "1.5"]):
    data = [{"@context": CONTEXT, "@id": f"http://example.org/{dose}", "dose": dose} for dose in doses]
    text = json.dumps(data)
    of_pyld = jsonld.to_rdf(data, {"format": "application/n-quads"})
    store, graph = Store(), Graph().parse(data=text, format="json-ld")
    store.load(text, format=RdfFormat.JSON_LD)
    strict = Graph().parse(data=of_pyld, format="nt")
    print(text.count('"dose": "') and "as text" or "as numbers")
    print("  PyLD:", sorted(line.split('"')[1] for line in of_pyld.splitlines()))
    print("  pyoxigraph:", sorted(quad.object.value for quad in store), "sum", next(store.query(SUM))["sum"])
    print("  rdflib:", sorted(map(str, graph.objects())), "sum", next(iter(graph.query(SUM))).sum)
    print("  pyshacl of PyLD's: conforms", validate(strict, shacl_graph=Graph().parse(data=SHAPES, format="turtle"))[0])
END

cat >seen <<'END'
as numbers
  PyLD: ['1.5E0', '2.5E0']
  pyoxigraph: ['1.5E0', '2.5E0'] sum None
  rdflib: ['1.5', '2.5'] sum 4.0
  pyshacl of PyLD's: conforms True
as text
  PyLD: ['1.5', '2.5']
  pyoxigraph: ['1.5', '2.5'] sum "4"^^<http://www.w3.org/2001/XMLSchema#decimal>
  rdflib: ['1.5', '2.5'] sum 4.0
  pyshacl of PyLD's: conforms True
END

venv/bin/python ask.py >now
if ! diff -u seen now; then
    echo "jsonld-number-as-decimal-has-exponent: changed" >&2
    exit 1
fi
cat now
echo "jsonld-number-as-decimal-has-exponent: still so"
