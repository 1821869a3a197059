#!/usr/bin/env bash
# Mappings that are denied are dropped, left unturned, or stated.
#
# Expected: SSSOM: predicate_modifier "Not" says that the mapping does not hold. It is another statement than the
# mapping, and its inverse is that the inverse does not hold.
# Seen: sssom 0.4.21 (1) removes the denial as a duplicate of the mapping if its confidence is lower
# (filter_redundant_rows, "sssom dedupe"), (2) turns all mappings round but the denied ones, which are in the table in
# their old direction only (invert_mappings), (3) writes the mapping itself as a triple for OWL (to_owl_graph). No
# warning.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: curators write denials because a lexical match is wrong. The wrong match survives, and in OWL it is
# asserted by their own file.
# Workaround: split the rows with "Not" off before each of these steps.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    sssom==0.4.21 pandas==3.1.1

cat >make.py <<'END'
ROWS = """#mapping_set_id: https://example.org/set
#license: https://creativecommons.org/publicdomain/zero/1.0/
#curie_map:
#  A: http://example.org/a/
#  B: http://example.org/b/
subject_id,predicate_id,predicate_modifier,object_id,mapping_justification,confidence
A:1,skos:exactMatch,,B:1,semapv:LexicalMatching,0.9
A:1,skos:exactMatch,Not,B:1,semapv:ManualMappingCuration,0.8
A:2,skos:broadMatch,Not,B:2,semapv:ManualMappingCuration,0.9
"""
open("data.sssom.tsv", "w").write(ROWS.replace(",", "\t"))
END

cat >ask.py <<'END'
from rdflib import SKOS
from sssom.parsers import parse_sssom_table
from sssom.util import filter_redundant_rows, invert_mappings
from sssom.writers import to_owl_graph

mappings = parse_sssom_table("data.sssom.tsv")


def show(title, table):
    rows = table.fillna("")[["subject_id", "predicate_modifier", "predicate_id", "object_id"]].itertuples(index=False)
    print(title, *sorted(" ".join(filter(None, row)) for row in rows), sep="\n  ")


show("read:", mappings.df)
show("without duplicates:", filter_redundant_rows(mappings.df))
show("inverted:", invert_mappings(mappings.df, merge_inverted=False))
graph = to_owl_graph(mappings)
stated = [(s, p, o) for p in (SKOS.exactMatch, SKOS.broadMatch) for s, o in graph.subject_objects(p)]
print("stated in OWL:", *sorted(" ".join(each[-12:] for each in triple) for triple in stated), sep="\n  ")
END

cat >seen <<'END'
read:
  A:1 Not skos:exactMatch B:1
  A:1 skos:exactMatch B:1
  A:2 Not skos:broadMatch B:2
without duplicates:
  A:1 skos:exactMatch B:1
  A:2 Not skos:broadMatch B:2
inverted:
  A:1 Not skos:exactMatch B:1
  A:2 Not skos:broadMatch B:2
  B:1 skos:exactMatch A:1
stated in OWL:
  mple.org/a/1 e#exactMatch mple.org/b/1
  mple.org/a/2 e#broadMatch mple.org/b/2
END

{ venv/bin/python make.py && venv/bin/python -W ignore ask.py 2>/dev/null; } >now
if ! diff -u seen now; then
    echo "sssom-py-forgets-what-is-denied: changed" >&2
    exit 1
fi
cat now
echo "sssom-py-forgets-what-is-denied: still so"
