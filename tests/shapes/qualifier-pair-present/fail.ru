# A heading qualifier loses the pair.
DELETE { ?part her2:qualifiedDescriptor ?pair }
WHERE  { ?heading her2:headingQualifier ?part . ?part her2:qualifier ?qualifier . ?qualifier rdfs:label "genetics"@en . ?part her2:qualifiedDescriptor ?pair }
