#!/usr/bin/env bash
# A retraction, the substances and one of two languages are gone; a qualifier becomes a main topic.
#
# Expected: in MEDLINE's own form, RIN says where a paper was retracted, RN names substances, LA may stand twice, and
# a star marks the part that is a main topic: in "*Heading/first/second" the heading, in "Heading/*first/second" the
# first qualifier.
# Seen: nbib 0.3.2 has no field for RIN and RN, keeps the last LA, and makes each qualifier of a starred heading a
# main topic. Biopython 1.88 gives every line.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: PubMed gives this form for reference managers. A retracted paper looks like any other; topics are
# counted that indexers did not choose.
# Workaround: Bio.Medline, and split the headings at the slash.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    nbib==0.3.2 biopython==1.88

cat >data.nbib <<'END'
PMID- 99999901
OWN - NLM
STAT- MEDLINE
TI  - A title.
LA  - eng
LA  - fre
PT  - Journal Article
RN  - 0 (Some substance)
MH  - *Heading/first/second
MH  - Other heading/*first/second
RIN - A J. 2022;1:1. PMID: 99999902
SO  - A J. 2021;1:1.
END

cat >ask.py <<'END'
import nbib
from Bio import Medline

(record,) = nbib.read_file("data.nbib")
print("language:", record["language"])
for name, text in ("retraction", "99999902"), ("substance", "Some substance"):
    print(f"fields with the {name}:", [field for field, value in record.items() if text in str(value)])
for each in record["descriptors"]:
    print(each["descriptor"], "/", each["qualifier"], "main topic:", each["major"])
told = Medline.read(open("data.nbib"))
print("Biopython:", told["LA"], told["RIN"], told["RN"], told["MH"])
END

cat >seen <<'END'
language: fre
fields with the retraction: []
fields with the substance: []
Heading / first main topic: True
Heading / second main topic: True
Other heading / first main topic: True
Other heading / second main topic: False
Biopython: ['eng', 'fre'] ['A J. 2022;1:1. PMID: 99999902'] ['0 (Some substance)'] ['*Heading/first/second', 'Other heading/*first/second']
END

venv/bin/python ask.py >now
if ! diff -u seen now; then
    echo "nbib-drops-retractions-and-invents-topics: changed" >&2
    exit 1
fi
cat now
echo "nbib-drops-retractions-and-invents-topics: still so"
