# The star is a word.
DELETE { ?heading her2:majorTopic ?starred }
INSERT { ?heading her2:majorTopic "no" }
WHERE  { ?heading a her2:MeshHeading ; her2:descriptor ?descriptor . ?descriptor rdfs:label "Female"@en . ?heading her2:majorTopic ?starred }
