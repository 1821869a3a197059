# A heading gets another descriptor.
DELETE { ?heading her2:descriptor ?descriptor }
INSERT { ?heading her2:descriptor ?other }
WHERE  { ?heading a her2:MeshHeading ; her2:descriptor ?descriptor . ?descriptor rdfs:label "Female"@en . ?other rdfs:label "Prognosis"@en . ?same her2:descriptor ?other }
