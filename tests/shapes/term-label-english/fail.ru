DELETE { her2:Negated rdfs:label ?label }
INSERT { her2:Negated rdfs:label "verneint"@de }
WHERE { her2:Negated rdfs:label ?label }
