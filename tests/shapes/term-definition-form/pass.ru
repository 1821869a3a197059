DELETE { her2:Emodin skos:definition ?definition }
INSERT { her2:Emodin skos:definition "therapeutic agent that occurs in rhubarb"@en }
WHERE { her2:Emodin skos:definition ?definition }
