DELETE { her2:Negated rdfs:label ?label }
INSERT { her2:Negated rdfs:label "Affirmed"@en }
WHERE { her2:Negated rdfs:label ?label }
