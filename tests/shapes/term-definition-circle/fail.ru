DELETE { her2:Gene skos:definition ?definition }
INSERT { her2:Gene skos:definition "biomedical entity that is the plan of a protein"@en }
WHERE { her2:Gene skos:definition ?definition }
