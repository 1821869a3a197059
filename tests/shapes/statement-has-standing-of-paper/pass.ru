INSERT { ?paper her2:relatedCitation <urn:x:notice> . <urn:x:notice> a her2:RelatedCitation ; her2:kind ?name . ?said her2:standing her2:Corrected }
WHERE { ?said prov:wasDerivedFrom ?paper ; a ?kind . VALUES ?kind { her2:Statement her2:KnowledgeGap } her2:ErratumIn her2:kind ?name }
