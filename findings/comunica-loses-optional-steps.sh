#!/usr/bin/env bash
# An optional step at the end of a path is no longer optional.
#
# Expected: SPARQL 1.1 (section 9.1): ?part in :hasPart/:hasPart? is each part, and each part of a part.
# Seen: Comunica 4.5.0 gives only the parts of parts: where the optional step was not taken the row is lost. With * in
# place of ?, or as a UNION, the answer is whole. (rdflib 7.6.0 and pyoxigraph 0.5.13 give both in each case.)
# Seen on 2026-11-30 with Node 20.20.
# Why it matters: "mapped, directly or over one more step" and rdf:type/rdfs:subClassOf? are usual questions; the
# direct ones are lost.
# Workaround: UNION of the path with and without the step.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --no-package-lock \
    @comunica/query-sparql-rdfjs-lite@4.5.0 n3@2.13.12

cat >data.ttl <<'END'
@prefix : <http://example.org/> .
:regimen :hasPart :course . :course :hasPart :dose .
END

cat >questions.rq <<'END'
SELECT ?part { :regimen :hasPart/:hasPart? ?part }
SELECT ?part { :regimen :hasPart/:hasPart* ?part }
SELECT ?part { { :regimen :hasPart ?part } UNION { :regimen :hasPart/:hasPart ?part } }
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
Comunica, SELECT ?part { :regimen :hasPart/:hasPart? ?part }
  ["part=http://example.org/dose"]
Comunica, SELECT ?part { :regimen :hasPart/:hasPart* ?part }
  ["part=http://example.org/course","part=http://example.org/dose"]
Comunica, SELECT ?part { { :regimen :hasPart ?part } UNION { :regimen :hasPart/:hasPart ?part } }
  ["part=http://example.org/course","part=http://example.org/dose"]
END

node ask.mjs >now
if ! diff -u seen now; then
    echo "comunica-loses-optional-steps: changed" >&2
    exit 1
fi
cat now
echo "comunica-loses-optional-steps: still so"
