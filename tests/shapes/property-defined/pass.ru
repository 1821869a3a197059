# The property is defined, and so is what it means.
INSERT DATA { her2:Trastuzumab her2:advisedFor her2:BreastCancer . her2:advisedFor a owl:ObjectProperty ; rdfs:label "is advised for"@en ; skos:definition "property that is new"@en }
