DELETE { her2:about rdfs:range ?class }
WHERE { her2:about rdfs:range ?class }
