#!/usr/bin/env bash
# Whether a prefix of a context counts as one depends on the reader.
#
# Expected: JSON-LD 1.1 (section 4.1.5): a term that is defined by an object, {"@id": ...}, is a prefix only if it
# says "@prefix": true. MESH:D018719 is then no compact IRI and stays as it is, in JSON-LD 1.1 readers.
# Seen: PyLD 3.3.0 and jsonld.js 9.0.0 keep MESH:D018719. rdflib 7.6.0 and pyoxigraph 0.5.13 expand it. With
# "@prefix": true all four expand.
# Seen on 2026-11-30 with Python 3.11 and Node 20.20.
# Why it matters: the same file makes two graphs that do not join, one of them with IRIs of a scheme "mesh:".
# Workaround: a prefix as plain text, "MESH": "http://...", or "@prefix": true.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    PyLD==3.3.0 pyoxigraph==0.5.13 rdflib==7.6.0
npm install --silent --no-audit --no-fund --no-package-lock \
    jsonld@9.0.0

cat >data.json <<'END'
{"@context": {"MESH": {"@id": "http://id.nlm.nih.gov/mesh/"}, "label": "http://example.org/label"},
 "@id": "MESH:D018719", "label": "a heading"}
END

cat >ask.py <<'END'
import json

from pyld import jsonld
from pyoxigraph import RdfFormat, parse
from rdflib import Graph

plain = json.load(open("data.json"))
marked = json.loads(open("data.json").read().replace('mesh/"', 'mesh/", "@prefix": true'))
for data in (plain, marked):
    text = json.dumps(data)
    print(data["@context"]["MESH"])
    print("  PyLD:", jsonld.to_rdf(data)["@default"][0]["subject"]["value"])
    print("  rdflib:", *Graph().parse(data=text, format="json-ld").subjects())
    print("  pyoxigraph:", *(quad.subject.value for quad in parse(text, format=RdfFormat.JSON_LD)))
END

cat >ask.mjs <<'END'
import fs from 'node:fs';
import jsonld from 'jsonld';

const text = fs.readFileSync('data.json', 'utf8');
for (const data of [text, text.replace('mesh/"', 'mesh/", "@prefix": true')].map((each) => JSON.parse(each))) {
  console.log(JSON.stringify(data['@context'].MESH), 'jsonld.js:', (await jsonld.toRDF(data))[0].subject.value);
}
END

cat >seen <<'END'
{'@id': 'http://id.nlm.nih.gov/mesh/'}
  PyLD: MESH:D018719
  rdflib: http://id.nlm.nih.gov/mesh/D018719
  pyoxigraph: http://id.nlm.nih.gov/mesh/D018719
{'@id': 'http://id.nlm.nih.gov/mesh/', '@prefix': True}
  PyLD: http://id.nlm.nih.gov/mesh/D018719
  rdflib: http://id.nlm.nih.gov/mesh/D018719
  pyoxigraph: http://id.nlm.nih.gov/mesh/D018719
{"@id":"http://id.nlm.nih.gov/mesh/"} jsonld.js: MESH:D018719
{"@id":"http://id.nlm.nih.gov/mesh/","@prefix":true} jsonld.js: http://id.nlm.nih.gov/mesh/D018719
END

{ venv/bin/python ask.py && node ask.mjs; } >now
if ! diff -u seen now; then
    echo "jsonld-prefix-in-long-form: changed" >&2
    exit 1
fi
cat now
echo "jsonld-prefix-in-long-form: still so"
