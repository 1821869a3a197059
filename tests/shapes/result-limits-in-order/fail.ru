DELETE { ?r her2:lower ?low ; her2:upper ?high }
INSERT { ?r her2:lower ?high ; her2:upper ?low }
WHERE { ?said rdfs:label "HER2 gene amplification is observed in breast cancer"@en ; a her2:Statement . ?said her2:result ?r . ?r her2:lower ?low ; her2:upper ?high }
