INSERT {
    <https://w3id.org/her2ld/statement/second> ?property ?value ; her2:modality her2:Asserted .
    ?subject ?relation ?object
}
WHERE {
    ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ; ?property ?value .
    FILTER(?property NOT IN (her2:modality, her2:cue))
}
