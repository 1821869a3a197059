#!/usr/bin/env bash
# Years have no order: filters find nothing and valid data breaks SHACL shapes.
#
# Expected: SPARQL lets an engine compare further types, and pyoxigraph 0.5.13 does: "2021"^^xsd:gYear >
# "2020"^^xsd:gYear. SHACL (section 4.3) asks for that very comparison in sh:minInclusive, so a paper of 2021 is not
# before 2020.
# Seen: in rdflib 7.6.0 the comparison is an error: the filter drops every paper, and YEAR() of a year is unbound.
# pyshacl 0.40.1, which rests on it, reports the paper of 2021 as a violation of sh:minInclusive 2020;
# rdf-validate-shacl 0.6.5 does not.
# Seen on 2026-11-30 with Python 3.11 and Node 20.20.
# Why it matters: years of publication are often of this type, and the answer is empty, not an error.
# Workaround: compare STR(?year) of four digits, or xsd:integer(STR(?year)); in shapes, sh:pattern or sh:sparql.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    rdflib==7.6.0 pyoxigraph==0.5.13 pyshacl==0.40.1
npm install --silent --no-audit --no-fund --no-package-lock \
    n3@2.13.12 rdf-validate-shacl@0.6.5

cat >ask.py <<'END'
from pyoxigraph import RdfFormat, Store
from pyshacl import validate
from rdflib import Graph

DATA = open("data.ttl").read()
SHAPES = open("shapes.ttl").read()
graph = Graph().parse(data=DATA, format="turtle")
store = Store()
store.load(DATA, format=RdfFormat.TURTLE)
PREFIXES = "PREFIX : <http://example.org/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
for query in (
    'SELECT (COUNT(*) AS ?n) { ?paper :year ?year FILTER(?year >= "2020"^^xsd:gYear) }',
    "SELECT (COUNT(*) AS ?n) { ?paper :year ?year FILTER(YEAR(?year) >= 2020) }",
    'SELECT (COUNT(*) AS ?n) { ?paper :year ?year FILTER(STR(?year) >= "2020") }',
):
    of_rdflib = next(iter(graph.query(PREFIXES + query))).n
    of_pyoxigraph = next(store.query(PREFIXES + query))["n"].value
    print(f"{query.partition('FILTER')[2][:-2]}: rdflib {of_rdflib}, pyoxigraph {of_pyoxigraph}")
print("pyshacl: conforms", validate(graph, shacl_graph=Graph().parse(data=SHAPES, format="turtle"))[0])
END

cat >ask.mjs <<'END'
import fs from 'node:fs';
import { DataFactory, Parser, Store } from 'n3';
import Validator from 'rdf-validate-shacl';

const read = (name) => new Store(new Parser().parse(fs.readFileSync(name, 'utf8')));
const report = await new Validator(read('shapes.ttl')).validate(read('data.ttl'));
console.log('rdf-validate-shacl: conforms', report.conforms);
END

cat >data.ttl <<'END'
@prefix : <http://example.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:paper1 :year "2021"^^xsd:gYear . :paper2 :year "2022"^^xsd:gYear .
END

cat >shapes.ttl <<'END'
@prefix : <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Recent a sh:NodeShape ; sh:targetSubjectsOf :year ;
    sh:property [ sh:path :year ; sh:minInclusive "2020"^^xsd:gYear ] .
END

cat >seen <<'END'
(?year >= "2020"^^xsd:gYear): rdflib 0, pyoxigraph 2
(YEAR(?year) >= 2020): rdflib 0, pyoxigraph 2
(STR(?year) >= "2020"): rdflib 2, pyoxigraph 2
pyshacl: conforms False
rdf-validate-shacl: conforms true
END

{ venv/bin/python ask.py && node ask.mjs; } >now
if ! diff -u seen now; then
    echo "rdflib-years-have-no-order: changed" >&2
    exit 1
fi
cat now
echo "rdflib-years-have-no-order: still so"
