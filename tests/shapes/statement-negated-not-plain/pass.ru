INSERT { <https://w3id.org/her2ld/statement/second> ?property ?value ; her2:polarity her2:Negated }
WHERE {
    ?said rdfs:label "HER2 gene encodes HER2 protein"@en ; ?property ?value .
    FILTER(?property NOT IN (her2:polarity))
}
