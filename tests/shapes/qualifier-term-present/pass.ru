# A heading loses its qualifier with all that was said of it.
DELETE { ?heading her2:headingQualifier ?part . ?part ?property ?value }
WHERE  { ?heading her2:headingQualifier ?part . ?part her2:qualifier ?qualifier . ?qualifier rdfs:label "genetics"@en . ?part ?property ?value }
