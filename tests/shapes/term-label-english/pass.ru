DELETE { her2:Negated rdfs:label ?label }
INSERT { her2:Negated rdfs:label "denied"@en-GB }
WHERE { her2:Negated rdfs:label ?label }
