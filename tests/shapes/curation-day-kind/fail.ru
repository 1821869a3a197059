DELETE { ?curation dcterms:created ?day }
INSERT { ?curation dcterms:created "yesterday" }
WHERE { ?curation a her2:Curation ; dcterms:created ?day }
