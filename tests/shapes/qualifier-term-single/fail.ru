# A heading qualifier has a second qualifier.
INSERT { ?part her2:qualifier ?other }
WHERE  { ?heading her2:headingQualifier ?part . ?part her2:qualifier ?qualifier . ?qualifier rdfs:label "genetics"@en . ?same her2:qualifier ?other . ?other rdfs:label "metabolism"@en }
