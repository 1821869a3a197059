INSERT DATA { her2:Emodin skos:definition "therapeutic agent that occurs in rhubarb"@en }
