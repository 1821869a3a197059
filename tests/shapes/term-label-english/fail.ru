DELETE { her2:Similar rdfs:label ?label }
INSERT { her2:Similar rdfs:label "ähnlich"@de }
WHERE { her2:Similar rdfs:label ?label }
