INSERT DATA { her2:Emodin skos:scopeNote "therapeutic agent that occurs in rhubarb"@en }
