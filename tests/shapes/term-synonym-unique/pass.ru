INSERT DATA { her2:HER2Gene skos:altLabel "c-erbB-2"@en }
