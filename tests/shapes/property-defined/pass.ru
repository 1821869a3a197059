# The property is defined, and so is what it means.
INSERT DATA { her2:Trastuzumab her2:recommendedFor her2:BreastCancer . her2:recommendedFor a owl:ObjectProperty ; rdfs:label "recommended for"@en ; skos:definition "property that is new"@en }
