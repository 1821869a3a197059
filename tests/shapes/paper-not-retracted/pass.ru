INSERT { ?paper her2:standing her2:Corrected . ?said her2:standing her2:Corrected }
WHERE { ?said prov:wasDerivedFrom ?paper ; a ?kind . VALUES ?kind { her2:Statement her2:KnowledgeGap } }
