INSERT DATA { her2:HER2Phosphorylation skos:altLabel "HER2 protein phosphorylation"@en }
