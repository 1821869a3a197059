#!/usr/bin/env bash
# Two libraries for SSSOM read other rows from one table.
#
# Expected: a row without mapping_justification, with a prefix that is not declared or with a confidence above 1 is
# against the SSSOM schema. A reader reports it.
# Seen: sssom-pydantic 0.6.10 leaves the three rows out and says nothing. sssom 0.4.21 reads all four: it fills in
# semapv:UnspecifiedMatching, keeps the unknown prefix, and keeps the confidence of 1.7. Neither raises an error.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: a set of mappings shrinks, or has justifications that nobody gave, depending on the tool that read
# it.
# Workaround: count the rows of the file, and look for semapv:UnspecifiedMatching.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    sssom==0.4.21 sssom-pydantic==0.6.10 pandas==3.1.1

cat >make.py <<'END'
ROWS = """#mapping_set_id: https://example.org/set
#license: https://creativecommons.org/publicdomain/zero/1.0/
#curie_map:
#  A: http://example.org/a/
#  B: http://example.org/b/
subject_id,predicate_id,object_id,mapping_justification,confidence
A:1,skos:exactMatch,B:1,semapv:ManualMappingCuration,0.9
A:2,skos:exactMatch,B:2,,0.9
A:3,skos:exactMatch,C:3,semapv:ManualMappingCuration,0.9
A:4,skos:exactMatch,B:4,semapv:ManualMappingCuration,1.7
"""
open("data.sssom.tsv", "w").write(ROWS.replace(",", "\t"))
END

cat >ask.py <<'END'
import sssom_pydantic
from sssom.parsers import parse_sssom_table

mappings, *_ = sssom_pydantic.read("data.sssom.tsv")
print("sssom-pydantic:", *(f"{each.subject.curie} {each.object.curie}" for each in mappings), sep="\n  ")
table = parse_sssom_table("data.sssom.tsv").df[["subject_id", "object_id", "mapping_justification", "confidence"]]
print("sssom:", *(" ".join(map(str, row)) for row in table.itertuples(index=False)), sep="\n  ")
END

cat >seen <<'END'
sssom-pydantic:
  A:1 B:1
sssom:
  A:1 B:1 semapv:ManualMappingCuration 0.9
  A:2 B:2 semapv:UnspecifiedMatching 0.9
  A:3 C:3 semapv:ManualMappingCuration 0.9
  A:4 B:4 semapv:ManualMappingCuration 1.7
END

{ venv/bin/python make.py && venv/bin/python -W ignore ask.py 2>/dev/null; } >now
if ! diff -u seen now; then
    echo "sssom-libraries-differ-on-incomplete-rows: changed" >&2
    exit 1
fi
cat now
echo "sssom-libraries-differ-on-incomplete-rows: still so"
