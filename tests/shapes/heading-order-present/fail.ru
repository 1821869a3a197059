# A heading loses its place.
DELETE { ?heading her2:order ?order }
WHERE  { ?heading a her2:MeshHeading ; her2:descriptor ?descriptor . ?descriptor rdfs:label "Female"@en . ?heading her2:order ?order }
