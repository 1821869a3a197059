# Another qualifier, and the pair with it.
DELETE { ?part her2:qualifier ?qualifier ; her2:qualifiedDescriptor ?pair }
INSERT { ?part her2:qualifier ?other ; her2:qualifiedDescriptor mesh:D018734Q000378 }
WHERE  { ?heading her2:headingQualifier ?part . ?part her2:qualifier ?qualifier . ?qualifier rdfs:label "genetics"@en . ?part her2:qualifiedDescriptor ?pair . ?same her2:qualifier ?other . ?other rdfs:label "metabolism"@en }
