# A starred pair is a subject of the paper, but not a primary one.
DELETE { ?paper fabio:hasPrimarySubjectTerm ?pair }
INSERT { ?paper fabio:hasSubjectTerm ?pair }
WHERE  { ?paper fabio:hasPrimarySubjectTerm ?pair . ?pair rdfs:label "Breast Neoplasms/metabolism"@en }
