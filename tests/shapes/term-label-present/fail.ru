DELETE { her2:HER2Phosphorylation rdfs:label ?label }
WHERE { her2:HER2Phosphorylation rdfs:label ?label }
