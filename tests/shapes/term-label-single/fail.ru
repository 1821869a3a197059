INSERT DATA { her2:HER2Phosphorylation rdfs:label "HER2 protein phosphorylation"@en }
