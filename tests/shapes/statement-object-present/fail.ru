DELETE { ?said rdf:object ?value }
WHERE { ?said rdfs:label "emodin inhibits HER2 phosphorylation"@en ; rdf:object ?value }
