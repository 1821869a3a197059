DELETE { her2:Emodin skos:definition ?definition }
INSERT { her2:Emodin skos:definition "therapeutic agent that is of the family of rhubarb, Rheum rhabarbarum L. and its like"@en }
WHERE { her2:Emodin skos:definition ?definition }
