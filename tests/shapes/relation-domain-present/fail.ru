DELETE { her2:observedIn rdfs:domain ?class }
WHERE { her2:observedIn rdfs:domain ?class }
