INSERT { ?said her2:result ?new . ?new a her2:Result ; her2:measure her2:HazardRatio ; her2:value 10 ; her2:printedAt ?ten .  }
WHERE { ?said rdfs:label "HER2 gene amplification is observed in breast cancer"@en ; a her2:Statement . ?said her2:result/her2:printedAt ?ten .
    FILTER(STRENDS(STR(?ten), "=732,734")) BIND(IRI(CONCAT(STR(?said), "-new")) AS ?new) }
