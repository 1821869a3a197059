#!/usr/bin/env bash
# A path with a choice of two properties counts what both lead to once.
#
# Expected: SPARQL 1.1 (section 9.3, and 18.4) makes of :affirms|:mentions the union of both patterns, and a union
# keeps duplicates: a paper that affirms and mentions the same claim is two rows.
# Seen: pyoxigraph 0.5.13 gives one row and counts 1; with UNION it counts 2. rdflib 7.6.0 counts 2 for both.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: counts of support by several kinds of link differ between engines, and within one engine between two
# spellings of the same question.
# Workaround: UNION where rows are counted; SELECT DISTINCT where they should not be.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    rdflib==7.6.0 pyoxigraph==0.5.13

cat >data.ttl <<'END'
@prefix : <http://example.org/> .
:paper :affirms :claim ; :mentions :claim .
END

cat >questions.rq <<'END'
SELECT (COUNT(*) AS ?n) { ?paper :affirms|:mentions ?claim }
SELECT (COUNT(*) AS ?n) { { ?paper :affirms ?claim } UNION { ?paper :mentions ?claim } }
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

cat >seen <<'END'
SELECT (COUNT(*) AS ?n) { ?paper :affirms|:mentions ?claim }
  rdflib: ['n=2']
  pyoxigraph: ['n=1']
SELECT (COUNT(*) AS ?n) { { ?paper :affirms ?claim } UNION { ?paper :mentions ?claim } }
  rdflib: ['n=2']
  pyoxigraph: ['n=2']
END

venv/bin/python ask.py >now
if ! diff -u seen now; then
    echo "oxigraph-path-of-choices-counts-once: changed" >&2
    exit 1
fi
cat now
echo "oxigraph-path-of-choices-counts-once: still so"
