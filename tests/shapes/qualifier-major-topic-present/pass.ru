# A heading qualifier is starred, and the paper says so.
DELETE { ?part her2:majorTopic ?starred }
INSERT { ?part her2:majorTopic true . ?paper fabio:hasPrimarySubjectTerm ?pair }
WHERE  { ?heading her2:headingQualifier ?part . ?part her2:qualifier ?qualifier . ?qualifier rdfs:label "genetics"@en . ?part her2:majorTopic ?starred ; her2:qualifiedDescriptor ?pair . ?paper her2:heading ?heading }
