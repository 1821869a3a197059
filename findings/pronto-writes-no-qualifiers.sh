#!/usr/bin/env bash
# Reading and writing an OBO file loses the sources of its links.
#
# Expected: OBO 1.4: a tag may carry qualifiers in braces, and a comma in an identifier is written with a backslash.
# What was read is written again.
# Seen: pronto 2.7.4 writes no qualifier: {source="..."} is gone from is_a, relationship and xref, and so are the
# names of cross-references. Both pronto and fastobo 0.14.2, on which it is built, cut a cross-reference at its
# escaped comma. fastobo keeps the qualifiers.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: Mondo gives the sources of is_a and xref as qualifiers. A tool that only adds a term removes all of
# the evidence.
# Workaround: fastobo for edits, or a diff after each write.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    fastobo==0.14.2 pronto==2.7.4

cat >data.obo <<'END'
format-version: 1.4
ontology: example

[Term]
id: EX:0000001
name: neoplasm

[Term]
id: EX:0000002
name: carcinoma
def: "A neoplasm of epithelium." [EX:ref, http://example.org/a\,b]
xref: EX:9 {source="EX:paper"} ! another name
is_a: EX:0000001 {source="EX:paper"} ! neoplasm
relationship: part_of EX:0000001 {source="EX:book"} ! neoplasm

[Typedef]
id: part_of
name: part of
END

cat >ask.py <<'END'
import io

import fastobo
import pronto

TEXT = open("data.obo").read()
written = io.BytesIO()
pronto.Ontology("data.obo").dump(written, format="obo")
for name, text in ("pronto", written.getvalue().decode()), ("fastobo", str(fastobo.load("data.obo"))):
    print(f"{name} writes:", *(line for line in text.splitlines() if line and line not in TEXT.splitlines()), sep="\n  ")
END

cat >seen <<'END'
pronto writes:
  def: "A neoplasm of epithelium." [EX:ref, http://example.org/a]
  xref: EX:9
  is_a: EX:0000001
  relationship: part_of EX:0000001
fastobo writes:
  def: "A neoplasm of epithelium." [EX:ref, http://example.org/a]
END

venv/bin/python -W ignore ask.py >now
if ! diff -u seen now; then
    echo "pronto-writes-no-qualifiers: changed" >&2
    exit 1
fi
cat now
echo "pronto-writes-no-qualifiers: still so"
