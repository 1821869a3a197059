# A heading qualifier loses its qualifier.
DELETE { ?part her2:qualifier ?qualifier }
WHERE  { ?heading her2:headingQualifier ?part . ?part her2:qualifier ?qualifier . ?qualifier rdfs:label "genetics"@en }
