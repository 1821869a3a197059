INSERT DATA { her2:HER2Gene skos:altLabel "HER2 oncogene"@en }
