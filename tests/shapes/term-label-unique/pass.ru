DELETE { her2:Similar rdfs:label ?label }
INSERT { her2:Similar rdfs:label "no different"@en }
WHERE { her2:Similar rdfs:label ?label }
