# A heading qualifier does not say whether it is starred.
DELETE { ?part her2:majorTopic ?starred }
WHERE  { ?heading her2:headingQualifier ?part . ?part her2:qualifier ?qualifier . ?qualifier rdfs:label "genetics"@en . ?part her2:majorTopic ?starred }
