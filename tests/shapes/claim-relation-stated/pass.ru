DELETE { ?claim her2:relation ?old . her2:Trastuzumab ?old her2:HER2 }
INSERT { ?claim her2:relation her2:binds . her2:Trastuzumab her2:binds her2:HER2 }
WHERE { ?said rdfs:label "trastuzumab is directed against HER2 protein"@en ; a her2:Statement . ?said her2:affirms ?claim . ?claim her2:relation ?old }
