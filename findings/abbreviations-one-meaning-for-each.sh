#!/usr/bin/env bash
# Of an abbreviation with two meanings in one text, the last is given for both.
#
# Expected: the algorithm of Schwartz and Hearst finds each definition where it stands. A library that returns the
# pairs of a document returns both.
# Seen: abbreviations 0.2.5 returns a dictionary, so the later definition replaces the earlier one, also where both
# stand in one sentence. A definition in brackets with a Greek letter, a comma or an equals sign after the short form
# is not found.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: HR is hazard ratio and hormone receptor in the same abstract of oncology. Every "HR" is then read as
# a receptor.
# Workaround: read clause by clause, and take the nearest definition before the short form.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    abbreviations==0.2.5

cat >ask.py <<'END'
from abbreviations import schwartz_hearst

for text in (
    "Women with hormone receptor (HR) positive disease had a hazard ratio (HR) of 0.7.",
    "The hazard ratio (HR) was 0.7. Most were hormone receptor (HR) positive.",
    "We measured the phospholipase C-gamma (PLC-γ).",
    "The objective response rate (ORR = 45%) was high.",
    "Both progesterone receptor (PR, PgR) and the rest.",
):
    print(text, *schwartz_hearst.extract_abbreviation_definition_pairs(doc_text=text).items(), sep="\n  ")
END

cat >seen <<'END'
Women with hormone receptor (HR) positive disease had a hazard ratio (HR) of 0.7.
  ('HR', 'hazard ratio')
The hazard ratio (HR) was 0.7. Most were hormone receptor (HR) positive.
  ('HR', 'hormone receptor')
We measured the phospholipase C-gamma (PLC-γ).
The objective response rate (ORR = 45%) was high.
Both progesterone receptor (PR, PgR) and the rest.
END

venv/bin/python ask.py >now
if ! diff -u seen now; then
    echo "abbreviations-one-meaning-for-each: changed" >&2
    exit 1
fi
cat now
echo "abbreviations-one-meaning-for-each: still so"
