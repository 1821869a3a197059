# A heading moves to the end.
DELETE { ?heading her2:order ?order }
INSERT { ?heading her2:order 10 }
WHERE  { ?heading a her2:MeshHeading ; her2:descriptor ?descriptor . ?descriptor rdfs:label "Female"@en . ?heading her2:order ?order }
