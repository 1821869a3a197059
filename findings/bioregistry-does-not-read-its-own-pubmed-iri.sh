#!/usr/bin/env bash
# The IRI that is made for a paper is not read back as that paper.
#
# Expected: parse_iri(get_iri(prefix, identifier)) gives prefix and identifier back.
# Seen: bioregistry 0.15.6 makes https://pubmed.ncbi.nlm.nih.gov/34087573/ of pubmed:34087573, and reads it as the
# identifier "34087573/", with the slash. The form without the slash is read right. The compact form of
# identifiers.org, HGNC:3430, is read as a term of "idot", and the IRI that NLM's RDF has for a paper not at all.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: papers that are named by the address one copies from PubMed become nodes of their own, beside those
# from identifiers.
# Workaround: strip the slash before parsing, and check with is_valid_identifier.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    bioregistry==0.15.6

cat >ask.py <<'END'
import bioregistry

made = bioregistry.get_iri("pubmed", "34087573")
for iri in (
    made,
    made.rstrip("/"),
    "https://identifiers.org/hgnc/3430",
    "https://identifiers.org/HGNC:3430",
    "http://rdf.ncbi.nlm.nih.gov/pubmed/34087573",
):
    print(iri, "->", *bioregistry.parse_iri(iri))
print("valid:", bioregistry.is_valid_identifier("pubmed", "34087573/"))
END

cat >seen <<'END'
https://pubmed.ncbi.nlm.nih.gov/34087573/ -> pubmed 34087573/
https://pubmed.ncbi.nlm.nih.gov/34087573 -> pubmed 34087573
https://identifiers.org/hgnc/3430 -> hgnc 3430
https://identifiers.org/HGNC:3430 -> idot HGNC:3430
http://rdf.ncbi.nlm.nih.gov/pubmed/34087573 -> None None
valid: False
END

venv/bin/python ask.py >now
if ! diff -u seen now; then
    echo "bioregistry-does-not-read-its-own-pubmed-iri: changed" >&2
    exit 1
fi
cat now
echo "bioregistry-does-not-read-its-own-pubmed-iri: still so"
