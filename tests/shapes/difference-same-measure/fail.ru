INSERT {
    ?said her2:result ?one, ?two .
    ?one a her2:Result ; her2:measure her2:Proportion ; her2:lower 10.0 ; her2:upper 10.0 ; her2:intervalKind her2:Range ; her2:printedAt ?ten .
    ?two a her2:Result ; her2:measure her2:HazardRatio ; her2:lower 40.0 ; her2:upper 40.0 ; her2:intervalKind her2:Range ; her2:printedAt ?forty .
    ?new a her2:NumberDifference ; rdfs:label "numbers whose intervals do not meet"@en ; her2:oneSide ?one ; her2:otherSide ?two
}
WHERE { ?said rdfs:label "HER2 gene amplification is observed in breast cancer"@en ; a her2:Statement ; her2:affirms ?claim ; her2:result/her2:printedAt ?ten, ?forty .
    FILTER(STRENDS(STR(?ten), "=732,734")) FILTER(STRENDS(STR(?forty), "=739,741"))
    BIND(IRI(CONCAT(STR(?said), "-one")) AS ?one) BIND(IRI(CONCAT(STR(?said), "-two")) AS ?two)
    BIND(IRI(CONCAT(STR(?claim), "#difference-1")) AS ?new) }
