DELETE { her2:Gene skos:definition ?definition }
INSERT { her2:Gene skos:definition "biomedical entity that is a stretch of DNA"@en }
WHERE { her2:Gene skos:definition ?definition }
