# A heading is starred, and the paper says so.
DELETE { ?heading her2:majorTopic ?starred }
INSERT { ?heading her2:majorTopic true . ?paper fabio:hasPrimarySubjectTerm ?descriptor }
WHERE  { ?heading a her2:MeshHeading ; her2:descriptor ?descriptor . ?descriptor rdfs:label "Female"@en . ?heading her2:majorTopic ?starred . ?paper her2:heading ?heading }
