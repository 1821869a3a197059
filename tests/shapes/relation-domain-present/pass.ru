DELETE { her2:about rdfs:domain ?class }
WHERE { her2:about rdfs:domain ?class }
