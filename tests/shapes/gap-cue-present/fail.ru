DELETE { ?said her2:gapCue ?cue }
WHERE { ?said a her2:KnowledgeGap . ?said her2:gapCue ?cue }
