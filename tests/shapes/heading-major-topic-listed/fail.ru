# A descriptor is starred, and the paper does not say so.
DELETE { ?heading her2:majorTopic ?starred }
INSERT { ?heading her2:majorTopic true }
WHERE  { ?heading a her2:MeshHeading ; her2:descriptor ?descriptor . ?descriptor rdfs:label "Female"@en . ?heading her2:majorTopic ?starred }
