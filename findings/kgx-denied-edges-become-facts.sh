#!/usr/bin/env bash
# In RDF, an edge that is denied is stated; in memory, edges are merged.
#
# Expected: KGX: an edge is a record of its own, with its id and qualifiers, and "negated" says that the relation does
# not hold.
# Seen: kgx 2.6.0 writes to N-Triples, beside the record, the plain triple of each edge, of those with negated true as
# well. And of two edges with the same ends and predicate, one true and one negated, by different papers, the graph in
# memory keeps one, which has the id and the polarity of one and the publications of both.
# Seen on 2026-11-30 with Python 3.11, biolink-model 4.4.6; kgx reads its model from the package here, not from the
# network.
# Why it matters: "does not respond" and "responds" end as one edge, and a triple store answers yes.
# Workaround: stream (stream=True) from and to JSON Lines, and leave denied edges out before writing RDF.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    kgx==2.6.0 biolink-model==4.4.6

cat >t_nodes.tsv <<'END'
id	category	name
MONDO:0000001	biolink:Disease	one
HGNC:1	biolink:Gene	two
HGNC:2	biolink:Gene	three
END

cat >t_edges.tsv <<'END'
id	subject	predicate	object	negated	publications
urn:e:1	HGNC:1	biolink:related_to	MONDO:0000001	True	PMID:1
urn:e:2	HGNC:1	biolink:related_to	MONDO:0000001	False	PMID:2
urn:e:3	HGNC:2	biolink:related_to	MONDO:0000001	True	PMID:3
END

cat >ask.py <<'END'
import json
from importlib.resources import files

import bmt

PACKAGE = files("biolink_model")
bmt.Toolkit.__init__.__defaults__ = (str(PACKAGE / "schema" / "biolink_model.yaml"), {"predicate mappings": []})

from kgx import config
from kgx.transformer import Transformer

config.jsonld_context_map["biolink"] = json.loads(
    (PACKAGE / "prefixmaps" / "biolink_model_prefix_map.json").read_text()
)
for stream in (False, True):
    name = "streamed" if stream else "in memory"
    transformer = Transformer(stream=stream)
    transformer.transform(
        {"filename": ["t_nodes.tsv", "t_edges.tsv"], "format": "tsv"}, {"filename": f"out{stream}", "format": "jsonl"}
    )
    for line in sorted(open(f"out{stream}_edges.jsonl")):
        edge = json.loads(line)
        print(f"{name}:", edge["id"], "negated", edge["negated"], sorted(edge["publications"]))
transformer = Transformer(stream=True)
transformer.transform({"filename": ["t_nodes.tsv", "t_edges.tsv"], "format": "tsv"}, {"filename": "out.nt", "format": "nt"})
plain = [line for line in open("out.nt") if "related_to> " in line and "MONDO_0000001" in line]
print("plain triples in N-Triples:", *sorted(" ".join(part.rpartition("/")[2][:-1] for part in line.split()[:3]) for line in set(plain)), sep="\n  ")
END

cat >seen <<'END'

END

venv/bin/python -W ignore ask.py >now
if ! diff -u seen now; then
    echo "kgx-denied-edges-become-facts: changed" >&2
    exit 1
fi
cat now
echo "kgx-denied-edges-become-facts: still so"
