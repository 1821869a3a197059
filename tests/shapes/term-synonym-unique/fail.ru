INSERT DATA { her2:HER2Gene skos:altLabel "her2"@en }
