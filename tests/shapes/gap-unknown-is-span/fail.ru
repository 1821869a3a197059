DELETE { ?said her2:unknownAspect ?words }
INSERT { ?said her2:unknownAspect her2:RasMAPKPathway }
WHERE { ?said a her2:KnowledgeGap . ?said her2:unknownAspect ?words }
