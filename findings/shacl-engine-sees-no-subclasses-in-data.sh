#!/usr/bin/env bash
# Members of a subclass are not checked, and not accepted, if the data say what is a subclass.
#
# Expected: SHACL (sections 2.1.3.2 and 4.1.1): an instance of a class is one of its subclasses, too, by the
# rdfs:subClassOf of the data graph.
# Seen: shacl-engine 1.1.2 looks for rdfs:subClassOf in the shapes graph only. A target class with all members in
# subclasses conforms unchecked, and sh:class refuses a member of a subclass. With the axiom in the shapes, too, it is
# right. pyshacl 0.40.1 and rdf-validate-shacl 0.6.5 are right in both cases.
# Seen on 2026-11-30 with Python 3.11 and Node 20.20.
# Why it matters: ontology and data usually come in one file, the shapes in another. "Conforms" then means that
# nothing was looked at.
# Workaround: give the ontology with the shapes as well.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    rdflib==7.6.0 pyshacl==0.40.1
npm install --silent --no-audit --no-fund --no-package-lock \
    n3@2.13.12 rdf-ext@2.6.0 rdf-validate-shacl@0.6.5 shacl-engine@1.1.2

cat >shapes.ttl <<'END'
@prefix : <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
:NeedsDose a sh:NodeShape ; sh:targetClass :Drug ; sh:property [ sh:path :dose ; sh:minCount 1 ] .
:UsesDrug a sh:NodeShape ; sh:targetSubjectsOf :uses ; sh:property [ sh:path :uses ; sh:class :Drug ] .
END

cat >axiom.ttl <<'END'
@prefix : <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Antibody rdfs:subClassOf :Drug .
END

cat >data.ttl <<'END'
@prefix : <http://example.org/> .
:antibody a :Antibody . :trial :uses :antibody .
END

cat >ask.py <<'END'
from pyshacl import validate
from rdflib import SH, Graph

data = Graph().parse("data.ttl").parse("axiom.ttl")
for shapes in (Graph().parse("shapes.ttl"), Graph().parse("shapes.ttl").parse("axiom.ttl")):
    _, report, _ = validate(data, shacl_graph=shapes)
    print("pyshacl:", *sorted(node.rpartition("/")[2] for node in report.objects(None, SH.focusNode)))
END

cat >ask.mjs <<'END'
import fs from 'node:fs';
import { Parser } from 'n3';
import rdf from 'rdf-ext';
import Validating from 'rdf-validate-shacl';
import { Validator } from 'shacl-engine';

const read = (...names) => rdf.dataset(names.flatMap((name) => new Parser({ factory: rdf }).parse(fs.readFileSync(name, 'utf8'))));
const show = (terms) => terms.map((term) => term.value.split('/').pop()).sort().join(' ');
const data = read('data.ttl', 'axiom.ttl');
for (const shapes of [read('shapes.ttl'), read('shapes.ttl', 'axiom.ttl')]) {
  const first = await new Validating(shapes).validate(data);
  console.log('rdf-validate-shacl:', show([...first.results].map(({ focusNode }) => focusNode)));
  const second = await new Validator(shapes, { factory: rdf }).validate({ dataset: data });
  console.log('shacl-engine:', show([...second.results].map(({ focusNode }) => focusNode.term ?? focusNode)));
}
END

cat >seen <<'END'
pyshacl: antibody
pyshacl: antibody
rdf-validate-shacl: antibody
shacl-engine: trial
rdf-validate-shacl: antibody
shacl-engine: antibody
END

{ venv/bin/python ask.py && node ask.mjs; } >now
if ! diff -u seen now; then
    echo "shacl-engine-sees-no-subclasses-in-data: changed" >&2
    exit 1
fi
cat now
echo "shacl-engine-sees-no-subclasses-in-data: still so"
