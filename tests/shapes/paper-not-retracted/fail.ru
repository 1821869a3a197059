DELETE { ?s ?r ?o }
INSERT { ?paper her2:standing her2:Retracted . ?said her2:standing her2:Retracted }
WHERE { ?said prov:wasDerivedFrom ?paper ; a ?kind . VALUES ?kind { her2:Statement her2:KnowledgeGap }
  OPTIONAL { ?said her2:affirms ?claim . ?claim her2:subject ?s ; her2:relation ?r ; her2:object ?o . FILTER(?s != her2:HER2 || ?r != rdf:type) } }
