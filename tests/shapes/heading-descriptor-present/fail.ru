# A heading loses its descriptor.
DELETE { ?heading her2:descriptor ?descriptor }
WHERE  { ?heading a her2:MeshHeading ; her2:descriptor ?descriptor . ?descriptor rdfs:label "Female"@en }
