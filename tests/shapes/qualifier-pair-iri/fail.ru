# The pair is that of another heading with the same qualifier.
DELETE { ?part her2:qualifiedDescriptor ?pair }
INSERT { ?part her2:qualifiedDescriptor ?other }
WHERE  { ?part her2:qualifiedDescriptor ?pair . ?pair rdfs:label "Biomarkers, Tumor/metabolism"@en . ?other rdfs:label "Breast Neoplasms/metabolism"@en }
