INSERT DATA { her2:DirectionScheme a owl:NamedIndividual, skos:ConceptScheme ; rdfs:label "direction scheme"@en ; skos:definition "concept scheme that holds the directions"@en }
