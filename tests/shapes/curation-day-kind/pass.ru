DELETE { ?curation dcterms:created ?day }
INSERT { ?curation dcterms:created "2026-11-28"^^xsd:date }
WHERE { ?curation a her2:Curation ; dcterms:created ?day }
