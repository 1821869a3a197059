# A heading does not say whether it is starred.
DELETE { ?heading her2:majorTopic ?starred }
WHERE  { ?heading a her2:MeshHeading ; her2:descriptor ?descriptor . ?descriptor rdfs:label "Female"@en . ?heading her2:majorTopic ?starred }
