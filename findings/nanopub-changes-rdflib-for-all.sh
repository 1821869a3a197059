#!/usr/bin/env bash
# Importing a library changes how another reads numbers.
#
# Expected: rdflib normalises literals when it reads them ("01"^^xsd:integer becomes 1), as its documentation says; a
# library that uses rdflib leaves that as it is.
# Seen: "import nanopub" (2.0.1) sets rdflib.NORMALIZE_LITERALS to False for the whole process. All data that are
# parsed afterwards keep their spelling, so that a graph read before the import and one read after it differ, and a
# value is not found.
# Seen on 2026-11-30 with Python 3.11 and rdflib 7.6.0.
# Why it matters: a notebook gives other counts when the import moves to another cell.
# Workaround: put rdflib.NORMALIZE_LITERALS back after the import, as her2ld does.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    nanopub==2.0.1 rdflib==7.6.0

cat >ask.py <<'END'
import rdflib

DATA = '<http://example.org/a> <http://example.org/n> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .'
QUERY = "SELECT ?a { ?a <http://example.org/n> 1 }"


def show(when):
    graph = rdflib.Graph().parse(data=DATA, format="nt")
    print(f"{when}: {rdflib.NORMALIZE_LITERALS}, read as {next(graph.objects())}, found: {len(graph.query(QUERY))}")


show("before")
import nanopub

show("after import nanopub")
rdflib.NORMALIZE_LITERALS = True
show("put back")
END

cat >seen <<'END'
before: True, read as 1, found: 1
after import nanopub: False, read as 01, found: 0
put back: True, read as 1, found: 1
END

venv/bin/python -W ignore ask.py >now
if ! diff -u seen now; then
    echo "nanopub-changes-rdflib-for-all: changed" >&2
    exit 1
fi
cat now
echo "nanopub-changes-rdflib-for-all: still so"
