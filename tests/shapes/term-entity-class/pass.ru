INSERT DATA { her2:PolarityScheme a owl:NamedIndividual, skos:ConceptScheme ; rdfs:label "polarity scheme"@en ; skos:definition "concept scheme that holds the polarities"@en }
