# The descriptor is a qualifier.
DELETE { ?heading her2:descriptor ?descriptor }
INSERT { ?heading her2:descriptor ?other }
WHERE  { ?heading a her2:MeshHeading ; her2:descriptor ?descriptor . ?descriptor rdfs:label "Female"@en . ?same her2:qualifier ?other . ?other rdfs:label "metabolism"@en }
