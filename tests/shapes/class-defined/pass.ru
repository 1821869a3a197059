# The class is defined.
INSERT DATA { her2:Trastuzumab a her2:Antibody . her2:Antibody a owl:Class ; rdfs:subClassOf her2:TherapeuticAgent ; rdfs:label "antibody"@en ; skos:definition "therapeutic agent that is new"@en }
