#!/usr/bin/env bash
# A reasoner for OWL 2 RL does not apply some of its rules.
#
# Expected: "reasonable" calls itself a reasoner for OWL 2 RL, whose rules (OWL 2 Profiles, section 4.3) have property
# chains (prp-spo2), keys (prp-key), maxCardinality 1 (cls-maxc2) and scm-dom2, among others.
# Seen: reasonable 0.4.4 concludes nothing from chains, keys and maxCardinality 1, and does not pass domains down to
# subproperties, without a word. owlrl 7.6.2 does. Inverse, transitive and functional properties work in both.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: chains are how regulation over several steps is derived, keys how records are joined. An empty
# answer looks like "nothing follows".
# Workaround: owlrl for these axioms, or CONSTRUCT queries beside the reasoner.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    rdflib==7.6.0 owlrl==7.6.2 reasonable==0.4.4

cat >data.ttl <<'END'
@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:controls owl:propertyChainAxiom ( :activates :activates ) . :a :activates :b . :b :activates :c .
:Record owl:hasKey ( :number ) . :r1 a :Record ; :number "1" . :r2 a :Record ; :number "1" .
:Single rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :encodedBy ;
    owl:maxCardinality "1"^^xsd:nonNegativeInteger ] .
:protein a :Single ; :encodedBy :gene1, :gene2 .
:part rdfs:subPropertyOf :has . :has rdfs:domain :Whole .
:in owl:inverseOf :holds ; a owl:TransitiveProperty . :x :in :y . :y :in :z .
:id a owl:FunctionalProperty . :d :id :d1, :d2 .
END

cat >ask.py <<'END'
import owlrl
import reasonable
from rdflib import OWL, RDFS, Graph, Namespace

EX = Namespace("http://example.org/")
CONCLUSIONS = {
    "chain": (EX.a, EX.controls, EX.c),
    "key": (EX.r1, OWL.sameAs, EX.r2),
    "maxCardinality 1": (EX.gene1, OWL.sameAs, EX.gene2),
    "domain of a subproperty": (EX.part, RDFS.domain, EX.Whole),
    "transitive": (EX.x, EX["in"], EX.z),
    "inverse": (EX.z, EX.holds, EX.x),
    "functional": (EX.d1, OWL.sameAs, EX.d2),
}
told = Graph().parse("data.ttl")
reasoner = reasonable.PyReasoner()
reasoner.from_graph(told)
of_reasonable = set(reasoner.reason())
owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(told)
for name, triple in CONCLUSIONS.items():
    print(f"{name}: owlrl {triple in told}, reasonable {triple in of_reasonable}")
END

cat >seen <<'END'
chain: owlrl True, reasonable False
key: owlrl True, reasonable False
maxCardinality 1: owlrl True, reasonable False
domain of a subproperty: owlrl True, reasonable False
transitive: owlrl True, reasonable True
inverse: owlrl True, reasonable True
functional: owlrl True, reasonable True
END

venv/bin/python ask.py >now
if ! diff -u seen now; then
    echo "reasonable-skips-rules-in-silence: changed" >&2
    exit 1
fi
cat now
echo "reasonable-skips-rules-in-silence: still so"
