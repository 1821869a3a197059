# A descriptor is a primary subject without being starred.
INSERT { ?paper fabio:hasPrimarySubjectTerm ?descriptor }
WHERE  { ?heading a her2:MeshHeading ; her2:descriptor ?descriptor . ?descriptor rdfs:label "Female"@en . ?paper her2:heading ?heading }
