# The qualifier is a descriptor.
DELETE { ?part her2:qualifier ?qualifier }
INSERT { ?part her2:qualifier ?other }
WHERE  { ?heading her2:headingQualifier ?part . ?part her2:qualifier ?qualifier . ?qualifier rdfs:label "genetics"@en . ?same her2:descriptor ?other . ?other rdfs:label "Humans"@en }
