#!/usr/bin/env bash
# A value that is not a number passes an upper limit.
#
# Expected: SHACL (section 4.3): a value that is not <= the limit of sh:maxInclusive is a violation. By XPath NaN is
# not <= anything.
# Seen: pyshacl 0.40.1 lets NaN pass sh:maxInclusive and sh:maxExclusive, and reports it for sh:minInclusive.
# rdf-validate-shacl 0.6.5 reports all three.
# Seen on 2026-11-30 with Python 3.11 and Node 20.20.
# Why it matters: NaN is how pandas and NumPy hold a missing p value. A shape that says "at most 1" accepts it.
# Workaround: a lower limit beside the upper one.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    rdflib==7.6.0 pyshacl==0.40.1
npm install --silent --no-audit --no-fund --no-package-lock \
    n3@2.13.12 rdf-validate-shacl@0.6.5

cat >data.ttl <<'END'
@prefix : <http://example.org/> .
:result :p "NaN"^^<http://www.w3.org/2001/XMLSchema#double> .
END

cat >shapes.ttl <<'END'
@prefix : <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
:AtMost a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:maxInclusive 1e0 ] .
:Below a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:maxExclusive 1e0 ] .
:AtLeast a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:minInclusive 0e0 ] .
END

cat >ask.py <<'END'
from pyshacl import validate
from rdflib import SH, Graph

_, report, _ = validate(Graph().parse("data.ttl"), shacl_graph=Graph().parse("shapes.ttl"))
found = report.objects(None, SH.sourceConstraintComponent)
print("pyshacl:", *sorted(each.rpartition("#")[2].removesuffix("ConstraintComponent") for each in found))
END

cat >ask.mjs <<'END'
import fs from 'node:fs';
import { Parser, Store } from 'n3';
import Validator from 'rdf-validate-shacl';

const read = (name) => new Store(new Parser().parse(fs.readFileSync(name, 'utf8')));
const report = await new Validator(read('shapes.ttl')).validate(read('data.ttl'));
const found = [...report.results].map((each) => each.sourceConstraintComponent.value.split('#')[1].replace('ConstraintComponent', ''));
console.log('rdf-validate-shacl:', found.sort().join(' '));
END

cat >seen <<'END'
pyshacl: MinInclusive
rdf-validate-shacl: MaxExclusive MaxInclusive MinInclusive
END

{ venv/bin/python ask.py && node ask.mjs; } >now
if ! diff -u seen now; then
    echo "pyshacl-nan-is-below-every-limit: changed" >&2
    exit 1
fi
cat now
echo "pyshacl-nan-is-below-every-limit: still so"
