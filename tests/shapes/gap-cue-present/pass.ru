INSERT { ?said her2:basisCue ?cue }
WHERE { ?said a her2:KnowledgeGap . ?said her2:gapCue ?cue }
