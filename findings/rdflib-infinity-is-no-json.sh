#!/usr/bin/env bash
# An open bound of a number makes a whole JSON-LD file unreadable.
#
# Expected: JSON-LD 1.1 is JSON, which has no infinity (RFC 8259, section 6): "INF"^^xsd:double stays a text, as
# {"@type": "xsd:double", "@value": "INF"}. In N-Triples its text is INF, the only one that XML Schema 1.0 allows.
# Seen: rdflib 7.6.0 writes the bare word Infinity, -Infinity or NaN for such doubles. A strict reader of JSON and
# pyoxigraph 0.5.13 refuse the file; Python's json reads it. In N-Triples, rdflib writes "inf" and "nan".
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: a confidence interval without an upper bound has such a value. With one of them, other programs refuse
# the whole file.
# Workaround: leave the bound out; or write JSON-LD with another library.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    rdflib==7.6.0 pyoxigraph==0.5.13

cat >ask.py <<'END'
import json

from pyoxigraph import RdfFormat, parse
from rdflib import Graph


def not_json(word):
    raise ValueError(f"{word} is not JSON")


for value in ("INF", "-INF", "NaN", "2.5E0"):
    line = f'<http://example.org/a> <http://example.org/b> "{value}"^^<http://www.w3.org/2001/XMLSchema#double> .'
    graph = Graph().parse(data=line, format="nt")
    text = graph.serialize(format="json-ld", indent=None)
    print(value, "in N-Triples:", graph.serialize(format="nt").split('"')[1])
    try:
        json.loads(text, parse_constant=not_json)
    except ValueError as error:
        print("  strict JSON:", error)
    try:
        print("  pyoxigraph: triples", len(list(parse(text, format=RdfFormat.JSON_LD))))
    except SyntaxError:
        print("  pyoxigraph: SyntaxError")
END

cat >seen <<'END'
INF in N-Triples: inf
  strict JSON: Infinity is not JSON
  pyoxigraph: SyntaxError
-INF in N-Triples: -inf
  strict JSON: -Infinity is not JSON
  pyoxigraph: SyntaxError
NaN in N-Triples: nan
  strict JSON: NaN is not JSON
  pyoxigraph: SyntaxError
2.5E0 in N-Triples: 2.5
  pyoxigraph: triples 1
END

venv/bin/python -W ignore ask.py >now
if ! diff -u seen now; then
    echo "rdflib-infinity-is-no-json: changed" >&2
    exit 1
fi
cat now
echo "rdflib-infinity-is-no-json: still so"
