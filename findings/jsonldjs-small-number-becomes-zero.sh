#!/usr/bin/env bash
# A p value of 0.0000003 becomes the integer 0.
#
# Expected: JSON-LD 1.1 API (section 8.2.2): a number with a fraction becomes an xsd:double in canonical form, 3.0E-7.
# Seen: jsonld.js 9.0.0 makes "0"^^xsd:integer of every number below 0.000001, for it looks for a decimal point in the
# text that JavaScript writes, and JavaScript writes 3e-7. 0.000001 and 1.5e-7 are right. PyLD 3.3.0, pyoxigraph
# 0.5.13 and jsonld-streaming-parser 5.0.1 give 3.0E-7.
# Seen on 2026-11-30 with Python 3.11 and Node 20.20.
# Why it matters: the smallest p values, the most telling ones, turn into 0 without a word.
# Workaround: {"@value": "3.0E-7", "@type": "xsd:double"}, as text; or another reader.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    PyLD==3.3.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --no-package-lock \
    jsonld@9.0.0 jsonld-streaming-parser@5.0.1

cat >data.json <<'END'
[{"http://example.org/p": 0.04}, {"http://example.org/p": 0.000001}, {"http://example.org/p": 0.0000003},
 {"http://example.org/p": 0.00000015}, {"http://example.org/p": 1e-10}]
END

cat >ask.mjs <<'END'
import fs from 'node:fs';
import jsonld from 'jsonld';
import { JsonLdParser } from 'jsonld-streaming-parser';

const data = JSON.parse(fs.readFileSync('data.json', 'utf8'));
const show = (quads) => quads.map(({ object }) => `${object.value} ${object.datatype.value.split('#')[1]}`).join(', ');
console.log('jsonld.js:', show(await jsonld.toRDF(data)));
const quads = [];
const parser = new JsonLdParser();
parser.on('data', (quad) => quads.push(quad));
parser.on('end', () => console.log('jsonld-streaming-parser:', show(quads)));
parser.end(JSON.stringify(data));
END

cat >ask.py <<'END'
import json

from pyld import jsonld
from pyoxigraph import RdfFormat, parse

data = open("data.json").read()
quads = jsonld.to_rdf(json.loads(data))["@default"]
print("PyLD:", ", ".join(f"{quad['object']['value']} {quad['object']['datatype'][33:]}" for quad in quads))
literals = [quad.object for quad in parse(data, format=RdfFormat.JSON_LD)]
print("pyoxigraph:", ", ".join(f"{literal.value} {literal.datatype.value[33:]}" for literal in literals))
END

cat >seen <<'END'
jsonld.js: 4.0E-2 double, 1.0E-6 double, 0 integer, 1.5E-7 double, 0 integer
jsonld-streaming-parser: 4.0E-2 double, 1.0E-6 double, 3.0E-7 double, 1.5E-7 double, 1.0E-10 double
PyLD: 4.0E-2 double, 1.0E-6 double, 3.0E-7 double, 1.5E-7 double, 1.0E-10 double
pyoxigraph: 4.0E-2 double, 1.0E-6 double, 3.0E-7 double, 1.5E-7 double, 1.0E-10 double
END

{ node ask.mjs && venv/bin/python ask.py; } >now
if ! diff -u seen now; then
    echo "jsonldjs-small-number-becomes-zero: changed" >&2
    exit 1
fi
cat now
echo "jsonldjs-small-number-becomes-zero: still so"
