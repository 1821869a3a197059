# A heading has a second descriptor.
INSERT { ?heading her2:descriptor ?other }
WHERE  { ?heading a her2:MeshHeading ; her2:descriptor ?descriptor . ?descriptor rdfs:label "Female"@en . ?same her2:descriptor ?other . ?other rdfs:label "Humans"@en }
