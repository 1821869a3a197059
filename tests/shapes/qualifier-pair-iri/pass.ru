# Another descriptor, and the pair with it.
DELETE { ?heading her2:descriptor ?descriptor . ?part her2:qualifiedDescriptor ?pair }
INSERT { ?heading her2:descriptor ?other . ?part her2:qualifiedDescriptor mesh:D005784Q000235 }
WHERE  { ?heading her2:headingQualifier ?part . ?part her2:qualifier ?qualifier . ?qualifier rdfs:label "genetics"@en . ?heading her2:descriptor ?descriptor . ?part her2:qualifiedDescriptor ?pair . ?same her2:descriptor ?other . ?other rdfs:label "Gene Amplification"@en }
