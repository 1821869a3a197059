#!/usr/bin/env bash
# A comment or a CDATA section within a text costs the text before it.
#
# Expected: XML: a comment is no part of the text, and a CDATA section is text like any other. RDF/XML (section
# 7.2.16) takes the whole text of an element: "HER2-positive" and "p < 0.05".
# Seen: rdfxml-streaming-parser 3.3.0, the reader of Comunica, keeps the last piece only: "-positive" and " 0.05".
# pyoxigraph 0.5.13 refuses both files (SyntaxError), and xml:lang="", which ends a language, too. rdflib 7.6.0 reads
# all. (CDATA that is the whole text is read; see pull request 71 of rdfjs/rdfxml-streaming-parser.js.)
# Seen on 2026-11-30 with Python 3.11 and Node 20.20.
# Why it matters: writers of ontologies put definitions with < into CDATA sections, and editors leave comments. A
# negation before the comment is gone.
# Workaround: read such files with rdflib.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    pyoxigraph==0.5.13 rdflib==7.6.0
npm install --silent --no-audit --no-fund --no-package-lock \
    rdfxml-streaming-parser@3.3.0

cat >make.py <<'END'
HEAD = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="http://example.org/" xml:lang="en">
<rdf:Description rdf:about="http://example.org/a"><ex:text%s</ex:text></rdf:Description></rdf:RDF>"""
TEXTS = {"comment": ">HER2<!-- checked -->-positive", "cdata": ">p <![CDATA[<]]> 0.05", "lang": ' xml:lang="">HER2'}
for name, text in TEXTS.items():
    open(name + ".rdf", "w").write(HEAD % text)
END

cat >ask.py <<'END'
from pyoxigraph import RdfFormat, parse
from rdflib import Graph

for name in ("comment", "cdata", "lang"):
    try:
        of_pyoxigraph = [str(quad.object) for quad in parse(path=name + ".rdf", format=RdfFormat.RDF_XML)]
    except SyntaxError as error:
        of_pyoxigraph = "SyntaxError"
    print(name, "rdflib:", *(each.n3() for each in Graph().parse(name + ".rdf", format="xml").objects()), end="; ")
    print("pyoxigraph:", of_pyoxigraph)
END

cat >ask.mjs <<'END'
import fs from 'node:fs';
import { RdfXmlParser } from 'rdfxml-streaming-parser';

for (const name of ['comment', 'cdata', 'lang']) {
  const parser = new RdfXmlParser();
  parser.on('data', ({ object }) => console.log(name, 'rdfxml-streaming-parser:', JSON.stringify(object.value), object.language));
  await new Promise((end) => { parser.on('end', end); parser.end(fs.readFileSync(`${name}.rdf`, 'utf8')); });
}
END

cat >seen <<'END'
comment rdflib: "HER2-positive"@en; pyoxigraph: SyntaxError
cdata rdflib: "p < 0.05"@en; pyoxigraph: SyntaxError
lang rdflib: "HER2"; pyoxigraph: SyntaxError
comment rdfxml-streaming-parser: "-positive" en
cdata rdfxml-streaming-parser: " 0.05" en
lang rdfxml-streaming-parser: "HER2" 
END

{ venv/bin/python make.py && venv/bin/python ask.py && node ask.mjs; } >now
if ! diff -u seen now; then
    echo "rdfxml-text-in-pieces: changed" >&2
    exit 1
fi
cat now
echo "rdfxml-text-in-pieces: still so"
