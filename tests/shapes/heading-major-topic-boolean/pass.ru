# A star is taken away.
DELETE { ?part her2:majorTopic ?starred }
INSERT { ?part her2:majorTopic false }
WHERE  { ?part her2:qualifiedDescriptor ?pair ; her2:majorTopic ?starred . ?pair rdfs:label "Breast Neoplasms/metabolism"@en }
