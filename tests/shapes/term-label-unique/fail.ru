DELETE { her2:Similar rdfs:label ?label }
INSERT { her2:Similar rdfs:label "lower"@en }
WHERE { her2:Similar rdfs:label ?label . her2:Lower rdfs:label ?other }
