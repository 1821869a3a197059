#!/usr/bin/env bash
# NOT EXISTS with another EXISTS inside finds nothing.
#
# Expected: SPARQL 1.1 (section 8.1 and 18.6) fills the row into the pattern of EXISTS, and so into an EXISTS inside
# it. A paper of which no cited paper is retracted stays.
# Seen: Comunica 4.5.0 gives no row at all, for the inner test as EXISTS and as NOT EXISTS. With MINUS it gives the
# three papers. (rdflib 7.6.0 and pyoxigraph 0.5.13 give them in each case.)
# Seen on 2026-11-30 with Node 20.20.
# Why it matters: "all of its sources are ..." is written so. In a check, no row means no mistake.
# Workaround: an OPTIONAL that stays unbound, or MINUS.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --no-package-lock \
    @comunica/query-sparql-rdfjs-lite@4.5.0 n3@2.13.12

cat >data.ttl <<'END'
@prefix : <http://example.org/> .
:paper1 a :Paper ; :cites :paper3 . :paper2 a :Paper ; :cites :paper4 .
:paper3 a :Paper ; :status :retracted . :paper4 a :Paper ; :status :standing .
END

cat >questions.rq <<'END'
SELECT ?paper { ?paper a :Paper FILTER NOT EXISTS { ?paper :cites ?cited FILTER EXISTS { ?cited :status :retracted } } }
SELECT ?paper { ?paper a :Paper FILTER NOT EXISTS { ?paper :cites ?cited FILTER NOT EXISTS { ?cited :status :standing } } }
SELECT ?paper { ?paper a :Paper MINUS { ?paper :cites ?cited . ?cited :status :retracted } }
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
Comunica, SELECT ?paper { ?paper a :Paper FILTER NOT EXISTS { ?paper :cites ?cited FILTER EXISTS { ?cited :status :retracted } } }
  []
Comunica, SELECT ?paper { ?paper a :Paper FILTER NOT EXISTS { ?paper :cites ?cited FILTER NOT EXISTS { ?cited :status :standing } } }
  []
Comunica, SELECT ?paper { ?paper a :Paper MINUS { ?paper :cites ?cited . ?cited :status :retracted } }
  ["paper=http://example.org/paper2","paper=http://example.org/paper3","paper=http://example.org/paper4"]
END

node ask.mjs >now
if ! diff -u seen now; then
    echo "comunica-nested-exists-sees-nothing: changed" >&2
    exit 1
fi
cat now
echo "comunica-nested-exists-sees-nothing: still so"
