# The descriptor has nine digits, as those that NLM made since 2015 have.
DELETE { ?heading her2:descriptor ?descriptor }
INSERT { ?heading her2:descriptor mesh:D000068878 }
WHERE  { ?heading a her2:MeshHeading ; her2:descriptor ?descriptor . ?descriptor rdfs:label "Female"@en }
