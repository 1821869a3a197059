DELETE { ?said her2:about ?term }
WHERE { ?said a her2:KnowledgeGap . ?said her2:about ?term }
