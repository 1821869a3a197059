#!/usr/bin/env bash
# An exclamation mark with spaces round it ends a definition, although it stands within quotation marks.
#
# Expected: OBO 1.4: an exclamation mark begins a comment outside of quoted texts. Within quotation marks it is a
# character as any other.
# Seen: obonet 1.3.0 cuts each value at the first " ! ", also within quotation marks. The rest of the text, its closing
# quotation mark, the scope and the sources are gone, without a warning. fastobo 0.14.2 keeps them.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: a synonym without its scope and a definition without its sources look as if nobody had given them.
# Workaround: fastobo or pronto; or look for values that begin with a quotation mark and have no second one.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    obonet==1.3.0 fastobo==0.14.2

cat >data.obo <<'END'
format-version: 1.4
ontology: example

[Term]
id: EX:0000001
name: growth arrest
def: "A state in which a cell obeys a signal ! stop ! and does not divide." [EX:ref]
synonym: "signal ! stop" EXACT [EX:ref]
xref: EX:9 ! another name
END

cat >ask.py <<'END'
import logging

import fastobo
import obonet

logging.disable()
term = obonet.read_obo("data.obo").nodes["EX:0000001"]
print("obonet:", term["def"], *term["synonym"], *term["xref"], sep="\n  ")
(frame,) = fastobo.load("data.obo")
print("fastobo:", *list(frame)[1:], sep="\n  ")
END

cat >seen <<'END'
obonet:
  "A state in which a cell obeys a signal
  "signal
  EX:9
fastobo:
  def: "A state in which a cell obeys a signal ! stop ! and does not divide." [EX:ref]
  synonym: "signal ! stop" EXACT [EX:ref]
  xref: EX:9 ! another name
END

venv/bin/python -W ignore ask.py >now
if ! diff -u seen now; then
    echo "obonet-cuts-texts-at-exclamation-marks: changed" >&2
    exit 1
fi
cat now
echo "obonet-cuts-texts-at-exclamation-marks: still so"
