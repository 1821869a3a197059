#!/usr/bin/env bash
# Synonyms are missing in OBO Graph JSON, and obsolete terms are current.
#
# Expected: OBO Graph JSON has synonyms, comments, subsets and property values in "meta", and "deprecated" for
# obsolete terms; a writer that reads OBO whole writes them.
# Seen: fastobo 0.14.2 (dump_graph), and pronto 2.7.4 (dump, format "json"), which uses it, write none of them, and
# "deprecated": false for the obsolete term. No error. pronto reading back its own file has no synonym, and nothing is
# obsolete.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: JSON is the form for the web. A search by synonym finds nothing there and obsolete terms are offered
# for curation.
# Workaround: take synonyms and the obsolete from the OBO file.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    fastobo==0.14.2 pronto==2.7.4

cat >data.obo <<'END'
format-version: 1.4
synonymtypedef: ABBREVIATION "abbreviation"
ontology: example

[Term]
id: EX:0000001
name: neoplasm
comment: Some comment.

[Term]
id: EX:0000002
name: carcinoma
def: "A neoplasm of epithelium." [EX:ref, http://example.org/a\,b]
synonym: "Ca" EXACT ABBREVIATION []
synonym: "epithelioma" RELATED [EX:x]
synonym: "epithelioma" EXACT [EX:y]
subset: slim
is_a: EX:0000001 {source="EX:paper"} ! neoplasm
property_value: weight "0.10" xsd:decimal

[Term]
id: EX:0000003
name: old name
is_obsolete: true
replaced_by: EX:0000002
END

cat >ask.py <<'END'
import io
import json

import fastobo
import pronto


def show(name, text):
    print(name)
    for node in json.loads(text)["graphs"][0]["nodes"]:
        kept = {key: value for key, value in node["meta"].items() if value} if node.get("meta") else {}
        kept.pop("definition", None)
        print(" ", node["lbl"], "deprecated:", node["meta"]["deprecated"], "meta:", sorted(kept))


written = io.BytesIO()
fastobo.dump_graph(fastobo.load("data.obo"), written)
show("fastobo", written.getvalue())
ontology = pronto.Ontology("data.obo")
written = io.BytesIO()
ontology.dump(written, format="json")
show("pronto", written.getvalue())
again = pronto.Ontology(io.BytesIO(written.getvalue()))
for name, each in ("read from OBO", ontology), ("read from its JSON", again):
    terms = [each[f"EX:000000{number}"] for number in (1, 2, 3)]
    print(name, [len(term.synonyms) for term in terms], [term.obsolete for term in terms])
END

cat >seen <<'END'
fastobo
  neoplasm deprecated: False meta: []
  carcinoma deprecated: False meta: []
  old name deprecated: False meta: ['basicPropertyValues']
pronto
  neoplasm deprecated: False meta: []
  carcinoma deprecated: False meta: []
  old name deprecated: False meta: ['basicPropertyValues']
read from OBO [0, 3, 0] [False, False, True]
read from its JSON [0, 0, 0] [False, False, False]
END

venv/bin/python -W ignore ask.py >now
if ! diff -u seen now; then
    echo "fastobo-obo-graph-forgets: changed" >&2
    exit 1
fi
cat now
echo "fastobo-obo-graph-forgets: still so"
