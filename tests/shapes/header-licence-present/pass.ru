DELETE { ?ontology dcterms:license ?old }
INSERT { ?ontology dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/> }
WHERE { ?ontology a owl:Ontology ; dcterms:license ?old }
