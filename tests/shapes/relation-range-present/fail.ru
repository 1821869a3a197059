DELETE { her2:observedIn rdfs:range ?class }
WHERE { her2:observedIn rdfs:range ?class }
