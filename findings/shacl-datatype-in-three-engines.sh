#!/usr/bin/env bash
# sh:datatype finds other ill-formed values in each engine.
#
# Expected: SHACL (section 4.1.2): a literal that is ill-formed for its datatype is a violation, and a well-formed one
# is none. XML Schema says which are.
# Seen: of nine ill-formed values pyshacl 0.40.1 finds four: a year of two digits, month 13, a language with spaces, a
# dateTimeStamp without zone and a decimal with an exponent pass. shacl-engine 1.1.2 lets 30 February pass,
# rdf-validate-shacl 0.6.5 month 13 as well. pyshacl reports two well-formed values: midnight as 24:00:00, and a date
# in the year 12024.
# Seen on 2026-11-30 with Python 3.11 and Node 20.20.
# Why it matters: data that one tool accepted are rejected, or wrongly read, by the next.
# Workaround: sh:pattern beside sh:datatype for years, months and time stamps.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    rdflib==7.6.0 pyshacl==0.40.1
npm install --silent --no-audit --no-fund --no-package-lock \
    n3@2.13.12 rdf-ext@2.6.0 rdf-validate-shacl@0.6.5 shacl-engine@1.1.2

cat >data.ttl <<'END'
@prefix : <http://example.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:ill1 :gYear "21"^^xsd:gYear . :ill2 :gYearMonth "2021-13"^^xsd:gYearMonth .
:ill3 :language "not a language"^^xsd:language . :ill4 :dateTimeStamp "2021-01-01T00:00:00"^^xsd:dateTimeStamp .
:ill5 :decimal "1e3"^^xsd:decimal . :ill6 :date "2021-02-30"^^xsd:date . :ill7 :integer "12a"^^xsd:integer .
:ill8 :duration "1 year"^^xsd:duration . :ill9 :double "1,5"^^xsd:double .
:well1 :dateTime "2021-01-01T24:00:00"^^xsd:dateTime . :well2 :date "12024-01-01"^^xsd:date .
:well3 :gYear "2021Z"^^xsd:gYear . :well4 :double "INF"^^xsd:double .
END

cat >shapes.py <<'END'
TYPES = "gYear gYearMonth language dateTimeStamp decimal date integer duration double dateTime".split()
print("@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://example.org/> .")
print("@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .")
for name in TYPES:
    print(f":S{name} a sh:NodeShape ; sh:targetSubjectsOf :{name} ;")
    print(f"  sh:property [ sh:path :{name} ; sh:datatype xsd:{name} ] .")
END

cat >ask.py <<'END'
import logging

from pyshacl import validate
from rdflib import SH, Graph

logging.disable(logging.CRITICAL)
_, report, _ = validate(Graph().parse("data.ttl"), shacl_graph=Graph().parse("shapes.ttl"))
print("pyshacl:", *sorted(node.rpartition("/")[2] for node in report.objects(None, SH.focusNode)))
END

cat >ask.mjs <<'END'
import fs from 'node:fs';
import { Parser } from 'n3';
import rdf from 'rdf-ext';
import Validating from 'rdf-validate-shacl';
import { Validator } from 'shacl-engine';

const read = (name) => rdf.dataset(new Parser({ factory: rdf }).parse(fs.readFileSync(name, 'utf8')));
const show = (terms) => terms.map((term) => term.value.split('/').pop()).sort().join(' ');
const [data, shapes] = [read('data.ttl'), read('shapes.ttl')];
const first = await new Validating(shapes).validate(data);
console.log('rdf-validate-shacl:', show([...first.results].map(({ focusNode }) => focusNode)));
const second = await new Validator(shapes, { factory: rdf }).validate({ dataset: data });
console.log('shacl-engine:', show([...second.results].map(({ focusNode }) => focusNode.term ?? focusNode)));
END

cat >seen <<'END'
pyshacl: ill6 ill7 ill8 ill9 well1 well2
rdf-validate-shacl: ill1 ill3 ill4 ill5 ill7 ill8 ill9
shacl-engine: ill1 ill2 ill3 ill4 ill5 ill7 ill8 ill9
END

{ venv/bin/python shapes.py >shapes.ttl && venv/bin/python ask.py && node ask.mjs; } >now
if ! diff -u seen now; then
    echo "shacl-datatype-in-three-engines: changed" >&2
    exit 1
fi
cat now
echo "shacl-datatype-in-three-engines: still so"
