#!/usr/bin/env bash
# A name is found inside another that goes on with a Greek letter.
#
# Expected: FlashText finds whole words only: "TGF" is not in "TGFB1".
# Seen: flashtext 2.7 knows ASCII letters, digits and the underscore as parts of words. "TGF" is found in "TGFβ",
# "PLC" in "PLCγ1" and "ER" in "ERα", as if β were a full stop. A hyphen ends words, too: "HER2" is found in
# "anti-HER2".
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: names of genes and proteins end in Greek letters. The family is tagged where a member is meant, one
# receptor for another.
# Workaround: add_non_word_boundary for each letter that occurs (as shown), or a matcher with Unicode words.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    flashtext==2.7

cat >ask.py <<'END'
from flashtext import KeywordProcessor

plain, greek = KeywordProcessor(), KeywordProcessor()
for letter in "αβγδεζηθικλμνξοπρστυφχψω-":
    greek.add_non_word_boundary(letter)
for processor in (plain, greek):
    processor.add_keywords_from_list(["TGF", "PLC", "ER", "HER2"])
for text in ("TGFB1", "TGFβ", "PLCγ1", "ERα", "anti-HER2", "HER2 and ER"):
    print(text, plain.extract_keywords(text), "with Greek letters:", greek.extract_keywords(text))
END

cat >seen <<'END'
TGFB1 [] with Greek letters: []
TGFβ ['TGF'] with Greek letters: []
PLCγ1 ['PLC'] with Greek letters: []
ERα ['ER'] with Greek letters: []
anti-HER2 ['HER2'] with Greek letters: []
HER2 and ER ['HER2', 'ER'] with Greek letters: ['HER2', 'ER']
END

venv/bin/python ask.py >now
if ! diff -u seen now; then
    echo "flashtext-greek-letters-end-words: changed" >&2
    exit 1
fi
cat now
echo "flashtext-greek-letters-end-words: still so"
