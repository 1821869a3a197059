DELETE { her2:Similar rdfs:label ?label }
INSERT { her2:Similar rdfs:label "alike"@en-GB }
WHERE { her2:Similar rdfs:label ?label }
