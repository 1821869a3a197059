# A descriptor is called by its German name.
DELETE { ?descriptor rdfs:label "Female"@en }
INSERT { ?descriptor rdfs:label "weiblich"@de }
WHERE  { ?heading a her2:MeshHeading ; her2:descriptor ?descriptor . ?descriptor rdfs:label "Female"@en }
