DELETE { ?said rdf:object ?value }
INSERT { ?said rdf:object her2:TumorBiomarker . }
WHERE { ?said rdfs:label "HER2 protein is a ligand orphan receptor"@en ; rdf:object ?value }
