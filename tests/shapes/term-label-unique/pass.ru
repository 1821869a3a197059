DELETE { her2:Negated rdfs:label ?label }
INSERT { her2:Negated rdfs:label "not affirmed"@en }
WHERE { her2:Negated rdfs:label ?label }
