DELETE { ?said her2:basis ?old }
INSERT { ?said her2:basis her2:Concluded }
WHERE { ?said a her2:KnowledgeGap . ?said her2:basis ?old }
