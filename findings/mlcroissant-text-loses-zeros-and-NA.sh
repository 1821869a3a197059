#!/usr/bin/env bash
# A column declared as text is read as numbers first.
#
# Expected: Croissant 1.0: the dataType of a field is the type of its values; a code "0000303" of type sc:Text is that
# text, and the gene symbol "NA" is "NA".
# Seen: mlcroissant 1.1.1 guesses the types of the columns first and converts afterwards: b"303", bytes without the
# zeros, and None for "NA". No error, no warning.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: identifiers of ontologies have leading zeros. They no longer match, although the description says
# that they are texts.
# Workaround: a letter or prefix in the column ("EX:0000303"), or read the file that Croissant names with csv.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    mlcroissant==1.1.1

cat >data.csv <<'END'
code,symbol
0000303,NA
0000304,ABC1
END

cat >make.py <<'END'
import hashlib
import json
from pathlib import Path

CONTEXT = {
    "@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/", "dct": "http://purl.org/dc/terms/", "conformsTo": "dct:conformsTo",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, "column": "cr:column", "extract": "cr:extract",
    "field": "cr:field", "fileObject": "cr:fileObject", "recordSet": "cr:recordSet", "source": "cr:source",
}
FIELDS = [
    {"@type": "cr:Field", "@id": f"rows/{name}", "name": name, "dataType": "sc:Text",
     "source": {"fileObject": {"@id": "data.csv"}, "extract": {"column": name}}}
    for name in ("code", "symbol")
]
FILE = {
    "@type": "cr:FileObject", "@id": "data.csv", "name": "data.csv", "contentUrl": "data.csv",
    "encodingFormat": "text/csv", "sha256": hashlib.sha256(Path("data.csv").read_bytes()).hexdigest(),
}
DATASET = {
    "@context": CONTEXT, "@type": "sc:Dataset", "name": "example", "description": "Two rows.",
    "conformsTo": "http://mlcommons.org/croissant/1.0", "license": "https://creativecommons.org/publicdomain/zero/1.0/",
    "url": "https://example.org/", "datePublished": "2024-01-01", "version": "1.0.0", "distribution": [FILE],
    "recordSet": [{"@type": "cr:RecordSet", "@id": "rows", "name": "rows", "field": FIELDS}],
}
Path("data.json").write_text(json.dumps(DATASET))
END

cat >ask.py <<'END'
import csv

import mlcroissant

for row in mlcroissant.Dataset("data.json").records("rows"):
    print("mlcroissant:", row)
for row in csv.DictReader(open("data.csv")):
    print("csv:", row)
END

cat >seen <<'END'
mlcroissant: {'rows/code': b'303', 'rows/symbol': None}
mlcroissant: {'rows/code': b'304', 'rows/symbol': b'ABC1'}
csv: {'code': '0000303', 'symbol': 'NA'}
csv: {'code': '0000304', 'symbol': 'ABC1'}
END

{ venv/bin/python make.py && venv/bin/python -W ignore ask.py 2>/dev/null; } >now
if ! diff -u seen now; then
    echo "mlcroissant-text-loses-zeros-and-NA: changed" >&2
    exit 1
fi
cat now
echo "mlcroissant-text-loses-zeros-and-NA: still so"
