# The pair loses its label and stays a pair.
DELETE { ?pair rdfs:label ?label }
WHERE  { ?heading her2:headingQualifier ?part . ?part her2:qualifier ?qualifier . ?qualifier rdfs:label "genetics"@en . ?part her2:qualifiedDescriptor ?pair . ?pair rdfs:label ?label }
