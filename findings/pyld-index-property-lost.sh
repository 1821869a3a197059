#!/usr/bin/env bash
# The keys of an index that stand for a property are lost.
#
# Expected: JSON-LD 1.1 (section 4.6.1.1): with "@container": "@index" and "@index": "kind", where kind is a term of
# the context, each key becomes a value of that property.
# Seen: PyLD 3.3.0 expands the property to the bare word "kind" and then drops it, as it is no IRI: the triples are
# missing, without an error. If "@index" is a compact IRI ("ex:kind") they are there. jsonld.js 9.0.0, pyoxigraph
# 0.5.13 and rdflib 7.6.0 give them for both.
# Seen on 2026-11-30 with Python 3.11 and Node 20.20.
# Why it matters: JSON that groups findings by kind is turned into linked data without the kind.
# Workaround: a compact or whole IRI in "@index".
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    PyLD==3.3.0 pyoxigraph==0.5.13 rdflib==7.6.0
npm install --silent --no-audit --no-fund --no-package-lock \
    jsonld@9.0.0

cat >term.json <<'END'
{"@context": {"@version": 1.1, "kind": "http://example.org/kind",
   "parts": {"@id": "http://example.org/part", "@container": "@index", "@index": "kind"}},
 "@id": "http://example.org/regimen",
 "parts": {"drug": {"@id": "http://example.org/a"}, "device": {"@id": "http://example.org/b"}}}
END

cat >curie.json <<'END'
{"@context": {"@version": 1.1, "ex": "http://example.org/",
   "parts": {"@id": "http://example.org/part", "@container": "@index", "@index": "ex:kind"}},
 "@id": "http://example.org/regimen",
 "parts": {"drug": {"@id": "http://example.org/a"}, "device": {"@id": "http://example.org/b"}}}
END

cat >ask.py <<'END'
import json

from pyld import jsonld
from pyoxigraph import RdfFormat, parse
from rdflib import Graph

for name in ("term.json", "curie.json"):
    text = open(name).read()
    print(name, "PyLD:", len(jsonld.to_rdf(json.loads(text))["@default"]), "triples", end="; ")
    print("rdflib:", len(Graph().parse(data=text, format="json-ld")), end="; ")
    print("pyoxigraph:", len(list(parse(text, format=RdfFormat.JSON_LD))))
END

cat >ask.mjs <<'END'
import fs from 'node:fs';
import jsonld from 'jsonld';

for (const name of ['term.json', 'curie.json']) {
  console.log(name, 'jsonld.js:', (await jsonld.toRDF(JSON.parse(fs.readFileSync(name, 'utf8')))).length);
}
END

cat >seen <<'END'
term.json PyLD: 2 triples; rdflib: 4; pyoxigraph: 4
curie.json PyLD: 4 triples; rdflib: 4; pyoxigraph: 4
term.json jsonld.js: 4
curie.json jsonld.js: 4
END

{ venv/bin/python ask.py && node ask.mjs; } >now
if ! diff -u seen now; then
    echo "pyld-index-property-lost: changed" >&2
    exit 1
fi
cat now
echo "pyld-index-property-lost: still so"
