DELETE { ?said her2:polarity ?polarity . ?subject ?relation ?object }
INSERT { ?said her2:polarity her2:Negated }
WHERE {
    ?said rdfs:label "HER2 gene encodes HER2 protein"@en ; her2:polarity ?polarity .
    ?said rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .
}
