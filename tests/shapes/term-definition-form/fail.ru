DELETE { her2:Emodin skos:definition ?definition }
INSERT { her2:Emodin skos:definition "drug that is an anthraquinone"@en }
WHERE { her2:Emodin skos:definition ?definition }
