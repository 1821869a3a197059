DELETE { ?curation dcterms:created ?day }
WHERE { ?curation a her2:Curation ; dcterms:created ?day }
