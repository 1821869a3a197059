#!/usr/bin/env bash
# Sums and lists over values that some rows lack: three engines, three ways.
#
# Expected: SPARQL 1.1 (section 18.5.1): COUNT leaves unbound values out. For SUM, AVG, MIN and GROUP_CONCAT an
# unbound value is an error, and the result is unbound; as most users expect, it may also be skipped, but one way or
# the other for all.
# Seen: one of two arms has no number. rdflib 7.6.0 skips it and gives 5 everywhere. pyoxigraph 0.5.13 counts 1 and
# leaves all others empty. Comunica 4.5.0 leaves COUNT empty, too, also where nothing was bound and the count is 0.
# GROUP_CONCAT of IRIs is empty in pyoxigraph although all are bound.
# Seen on 2026-11-30 with Python 3.11 and Node 20.20.
# Why it matters: OPTIONAL with a total is the usual question for incomplete tables. The answer is a sum, nothing, or
# a number that is missing, and no engine says so.
# Workaround: SUM(COALESCE(?patients, 0)), GROUP_CONCAT(STR(?iri)), and for COUNT a pattern that is bound in each row
# that counts.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --no-package-lock \
    @comunica/query-sparql-rdfjs-lite@4.5.0 n3@2.13.12

cat >data.ttl <<'END'
@prefix : <http://example.org/> .
:arm1 a :Arm ; :patients 5 ; :drug :drug1 . :arm2 a :Arm ; :drug :drug2 .
END

cat >questions.rq <<'END'
SELECT (COUNT(?patients) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } }
SELECT ?arm (COUNT(?patients) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } } GROUP BY ?arm
SELECT (SUM(?patients) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } }
SELECT (MIN(?patients) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } }
SELECT (GROUP_CONCAT(?patients) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } }
SELECT (SUM(COALESCE(?patients, 0)) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } }
SELECT (STRLEN(GROUP_CONCAT(?drug)) AS ?letters) { ?arm :drug ?drug }
SELECT (STRLEN(GROUP_CONCAT(STR(?drug))) AS ?letters) { ?arm :drug ?drug }
END

cat >ask.py <<'END'
from pyoxigraph import RdfFormat, Store
from rdflib import Graph

PREFIXES = "PREFIX : <http://example.org/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
graph = Graph().parse("data.ttl")
store = Store()
store.load(path="data.ttl", format=RdfFormat.TURTLE)
for question in open("questions.rq").read().splitlines():
    print(question)
    of_rdflib = [{name: str(term) for name, term in row.asdict().items()} for row in graph.query(PREFIXES + question)]
    answer = store.query(PREFIXES + question)
    names = [variable.value for variable in answer.variables]
    of_pyoxigraph = [{name: row[name].value for name in names if row[name] is not None} for row in answer]
    for engine, rows in ("rdflib", of_rdflib), ("pyoxigraph", of_pyoxigraph):
        print(f"  {engine}:", sorted(" ".join(f"{name}={row[name][-40:]}" for name in sorted(row)) for row in rows))
END

cat >ask.mjs <<'END'
import fs from 'node:fs';
import { QueryEngine } from '@comunica/query-sparql-rdfjs-lite';
import { Parser, Store } from 'n3';

const PREFIXES = 'PREFIX : <http://example.org/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> ';
const sources = [new Store(new Parser().parse(fs.readFileSync('data.ttl', 'utf8')))];
for (const question of fs.readFileSync('questions.rq', 'utf8').trim().split('\n')) {
  const rows = await (await new QueryEngine().queryBindings(PREFIXES + question, { sources })).toArray();
  const cells = rows.map((row) => [...row].map(([name, term]) => `${name.value}=${term.value}`).sort().join(' ')).sort();
  console.log(`Comunica, ${question}`);
  console.log(`  ${JSON.stringify(cells)}`);
}
END

cat >seen <<'END'
SELECT (COUNT(?patients) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } }
  rdflib: ['n=1']
  pyoxigraph: ['n=1']
SELECT ?arm (COUNT(?patients) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } } GROUP BY ?arm
  rdflib: ['arm=http://example.org/arm1 n=1', 'arm=http://example.org/arm2 n=0']
  pyoxigraph: ['arm=http://example.org/arm1 n=1', 'arm=http://example.org/arm2 n=0']
SELECT (SUM(?patients) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } }
  rdflib: ['n=5']
  pyoxigraph: ['']
SELECT (MIN(?patients) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } }
  rdflib: ['n=5']
  pyoxigraph: ['']
SELECT (GROUP_CONCAT(?patients) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } }
  rdflib: ['n=5']
  pyoxigraph: ['']
SELECT (SUM(COALESCE(?patients, 0)) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } }
  rdflib: ['n=5']
  pyoxigraph: ['n=5']
SELECT (STRLEN(GROUP_CONCAT(?drug)) AS ?letters) { ?arm :drug ?drug }
  rdflib: ['letters=49']
  pyoxigraph: ['']
SELECT (STRLEN(GROUP_CONCAT(STR(?drug))) AS ?letters) { ?arm :drug ?drug }
  rdflib: ['letters=49']
  pyoxigraph: ['letters=49']
Comunica, SELECT (COUNT(?patients) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } }
  [""]
Comunica, SELECT ?arm (COUNT(?patients) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } } GROUP BY ?arm
  ["arm=http://example.org/arm1 n=1","arm=http://example.org/arm2"]
Comunica, SELECT (SUM(?patients) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } }
  [""]
Comunica, SELECT (MIN(?patients) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } }
  [""]
Comunica, SELECT (GROUP_CONCAT(?patients) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } }
  [""]
Comunica, SELECT (SUM(COALESCE(?patients, 0)) AS ?n) { ?arm a :Arm OPTIONAL { ?arm :patients ?patients } }
  ["n=5"]
Comunica, SELECT (STRLEN(GROUP_CONCAT(?drug)) AS ?letters) { ?arm :drug ?drug }
  ["letters=49"]
Comunica, SELECT (STRLEN(GROUP_CONCAT(STR(?drug))) AS ?letters) { ?arm :drug ?drug }
  ["letters=49"]
END

{ venv/bin/python ask.py && node ask.mjs; } >now
if ! diff -u seen now; then
    echo "engines-differ-on-totals-with-gaps: changed" >&2
    exit 1
fi
cat now
echo "engines-differ-on-totals-with-gaps: still so"
