#!/usr/bin/env bash
# An edge that is not negated becomes a negated one, and of two edges one remains.
#
# Expected: KGX: the column "negated" of a TSV file is a boolean, True or False; an edge is a record of its own with
# an id, qualifiers and publications.
# Seen: kgx 2.6.0 takes every text in that column for true: "False" and "false" of TSV are true in JSON Lines. In
# memory (the default) it keeps one of two edges with the same subject, predicate and object, here that of PMID:2, and
# drops the other with its id and its publication. With stream=True both remain.
# Seen on 2026-11-30 with Python 3.11 and biolink-model 4.4.6. kgx takes its model from that package here, not from
# the network.
# Why it matters: a table that says "not negated" of all its edges is turned into one that denies them all. Evidence
# of several papers for one edge is that of one.
# Workaround: leave the cell empty where an edge is not negated, and stream.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    kgx==2.6.0 biolink-model==4.4.6

cat >t_nodes.tsv <<'END'
id	category	name
EX:1	biolink:Gene	one
EX:2	biolink:Gene	two
EX:3	biolink:Disease	three
END

cat >t_edges.tsv <<'END'
id	subject	predicate	object	negated	publications
urn:e:1	EX:1	biolink:related_to	EX:3	True	PMID:1
urn:e:2	EX:1	biolink:related_to	EX:3	False	PMID:2
urn:e:3	EX:2	biolink:related_to	EX:3	false	PMID:3
urn:e:4	EX:1	biolink:related_to	EX:2		PMID:4
END

cat >ask.py <<'END'
import json
from importlib.resources import files

import bmt

PACKAGE = files("biolink_model")
bmt.Toolkit.__init__.__defaults__ = (str(PACKAGE / "schema" / "biolink_model.yaml"), {"predicate mappings": []})

from kgx import config
from kgx.transformer import Transformer

PREFIXES = PACKAGE / "prefixmaps" / "biolink_model_prefix_map.json"
config.jsonld_context_map["biolink"] = json.loads(PREFIXES.read_text())
for line in open("t_edges.tsv").read().splitlines()[1:]:
    edge, *_, negated, publication = line.split("\t")
    print("table:", edge, "negated", negated or "-", publication)
for name, stream in ("in memory", False), ("streamed", True):
    tables = {"filename": ["t_nodes.tsv", "t_edges.tsv"], "format": "tsv"}
    Transformer(stream=stream).transform(tables, {"filename": f"out{stream}", "format": "jsonl"})
    for line in sorted(open(f"out{stream}_edges.jsonl")):
        edge = json.loads(line)
        print(f"{name}:", edge["id"], "negated", edge.get("negated", "-"), *edge["publications"])
END

cat >seen <<'END'
table: urn:e:1 negated True PMID:1
table: urn:e:2 negated False PMID:2
table: urn:e:3 negated false PMID:3
table: urn:e:4 negated - PMID:4
in memory: urn:e:2 negated True PMID:2
in memory: urn:e:3 negated True PMID:3
in memory: urn:e:4 negated - PMID:4
streamed: urn:e:1 negated True PMID:1
streamed: urn:e:2 negated True PMID:2
streamed: urn:e:3 negated True PMID:3
streamed: urn:e:4 negated - PMID:4
END

venv/bin/python -W ignore ask.py >now
if ! diff -u seen now; then
    echo "kgx-reads-false-as-true: changed" >&2
    exit 1
fi
cat now
echo "kgx-reads-false-as-true: still so"
