#!/usr/bin/env bash
# A reasoner reports the number zero as an error of the data.
#
# Expected: "0"^^xsd:double is valid (XML Schema 1.1, part 2, section 3.3.5), so OWL 2 RL (rule dt-not-type) finds no
# contradiction in it.
# Seen: owlrl 7.6.2 says of zero as xsd:double and as xsd:float that the "lexical value does not match its datatype",
# and adds a node with this error to the graph. Of other doubles, and of zero as xsd:decimal or xsd:integer, it says
# nothing.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: every JSON-LD number with a fraction or an exponent is an xsd:double. A change of 0e0 makes
# consistent data look inconsistent.
# Workaround: zero as xsd:decimal or xsd:integer, or pass over these errors.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    owlrl==7.6.2 rdflib==7.6.0

cat >ask.py <<'END'
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import RDF, XSD, Graph, Literal, URIRef

for kind, values in (
    ("double", ("1.5", "0", "0.0e0")),
    ("float", ("1.5", "0")),
    ("decimal", ("0.0",)),
    ("integer", ("0",)),
):
    for value in values:
        graph = Graph()
        graph.add((URIRef("http://example.org/a"), RDF.value, Literal(value, datatype=XSD[kind])))
        DeductiveClosure(OWLRL_Semantics).expand(graph)
        errors = [text for _, relation, text in graph if relation.endswith("#error")]
        print(f"{kind} {value}: {len(errors)} error{'s' * (len(errors) != 1)}")
END

cat >seen <<'END'
double 1.5: 0 errors
double 0: 1 error
double 0.0e0: 1 error
float 1.5: 0 errors
float 0: 1 error
decimal 0.0: 0 errors
integer 0: 0 errors
END

venv/bin/python -W ignore ask.py >now
if ! diff -u seen now; then
    echo "owlrl-zero-is-no-double: changed" >&2
    exit 1
fi
cat now
echo "owlrl-zero-is-no-double: still so"
